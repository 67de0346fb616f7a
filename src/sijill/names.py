"""Names of places, actors and sources: the files of `data/gazetteer` and `data/actors`, indexed by folded name.

The gazetteer is large, so its rows stay unparsed text until a name is asked for. The small places of far countries stand in a
file of their own, which is read when a kind word first introduces a name that no nearer place has: no word of a text is ever
a place because a far town is called so.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final, NamedTuple, cast

from sijill.errors import DataError
from sijill.inflect import inflect
from sijill.records import Level
from sijill.text import fold, fold_word

__all__ = ["Actor", "GazetteerEntry", "Names", "Source", "load_names"]

_PLACE_COLUMNS: Final = 11


class GazetteerEntry(NamedTuple):
    """A place of the gazetteer. Coordinates in degrees (WGS 84); `weak` names need a kind word to count."""

    id: str
    name: str
    names: tuple[str, ...]
    name_en: str
    level: Level
    country: str
    lat: float
    lon: float
    parent: str
    population: int
    pcode: str
    flags: frozenset[str]


class Actor(NamedTuple):
    """An actor under its neutral id."""

    id: str
    name_en: str
    name: str
    type: str
    country: str
    role: str
    parent: str


class Source(NamedTuple):
    """Someone who reports: an agency, a monitor, a ministry, witnesses."""

    id: str
    name_en: str
    name: str
    kind: str
    generic: bool


class Generic(NamedTuple):
    """An actor word that needs a country to become an actor, such as «الجيش»."""

    role: str
    fallback: str
    status: str


class Names:
    """All names by folded form. `load_names()` makes it.

    >>> names = load_names()
    >>> [place.name_en for place in names.places("سري كانيه")][:1]
    ['Ras al-Ayn (Serekaniye)']
    """

    def __init__(self, place_files: PlaceFiles, actor_files: ActorFiles) -> None:
        self._rows = place_files.rows
        self._read_far_rows = place_files.far_rows
        self._english: dict[str, list[int]] | None = None
        self._far: _FarPlaces | None = None
        self._countries: dict[str, int] | None = None
        self._inside: dict[str, list[int]] | None = None
        self.doubtful = place_files.doubtful
        self.at_war = place_files.at_war
        self.around = place_files.around
        self.capital_countries = actor_files.capital_countries
        self.capitals = {country: form for form, country in reversed(actor_files.capital_countries.items())}
        self._place_index: dict[str, int | tuple[int, ...]] = {}
        self._weak: set[str] = set()
        self._by_id: dict[str, int] = {}
        self._parsed: dict[int, GazetteerEntry] = {}
        self._places: dict[str, list[GazetteerEntry]] = {}
        self.actors = actor_files.actors
        self.sources = actor_files.sources
        self.by_country = actor_files.by_country
        self.by_region = actor_files.by_region
        self.regional = frozenset(actor for actor, _ in self.by_region)
        self.air_powers = actor_files.air_powers
        self.speaks_for = actor_files.speaks_for
        self._actor_forms = actor_files.forms
        self._called: dict[str, frozenset[str]] = {}
        self._index_places()

    def _index_places(self) -> None:
        """Only the first two columns and the flags are looked at; the rest waits in the row."""
        index = self._place_index
        for number, (row, names) in enumerate(zip(self._rows, _folded_names(self._rows), strict=True)):
            self._by_id[row.split("\t", 2)[1]] = number
            weak = not row.endswith("\t")
            for name in names:
                before = index.get(name)
                if before is None:
                    index[name] = number
                    if weak and not name.startswith(_WITH_KIND):
                        self._weak.add(name)
                    continue
                index[name] = (*before, number) if isinstance(before, tuple) else (before, number)
                if not weak:
                    self._weak.discard(name)
        for name in [n for n in index if n.startswith(_HEADS)]:
            # «كفر زيتا» and «كفرزيتا» are one name, as are «تل رفعت» and «تلرفعت».
            head, space, rest = name.partition(" ")
            if not space:
                head = next((h for h in _HEADS if name.startswith(h) and len(name) - len(h) > 3), "")
                rest = name[len(head) :]
            other = f"{head}{rest}" if space else f"{head} {rest}"
            if head in _HEADS and rest and other not in index and " " not in rest and len(rest) > 2:
                index[other] = index[name]
                if name in self._weak:
                    self._weak.add(other)

    # --- what a form is

    def forms(self) -> Iterator[str]:
        """Every folded form that names anything."""
        return itertools.chain(self._place_index, self._actor_forms)

    def actor_names(self) -> Iterator[str]:
        """Every folded form that names an actor or a source."""
        return iter(self._actor_forms)

    def has(self, form: str) -> bool:
        """Whether a folded form names anything."""
        return form in self._place_index or form in self._actor_forms

    def tags(self, form: str) -> frozenset[str]:
        """The classes that names give to a folded form."""
        place = self._place_index.get(form)
        actor = self._actor_forms.get(form)
        if place is None:
            return actor.tags if actor else _NOTHING
        tags = _WEAK_PLACE if form in self._weak else _PLACE
        return tags | actor.tags if actor else tags

    def tag_sets(self) -> list[frozenset[str]]:
        """Every set of classes that some name has."""
        actor_sets = {form.tags for form in self._actor_forms.values()}
        both = {tags | place for tags in actor_sets for place in (_PLACE, _WEAK_PLACE)}
        return sorted({_PLACE, _WEAK_PLACE} | actor_sets | both, key=sorted)

    def origin(self, form: str) -> str:
        """The file and line that gave a form, or an empty text."""
        found = []
        if form in self._place_index:
            found.append("gazetteer/places.tsv")
        if form in self._actor_forms:
            found.append(self._actor_forms[form].origin)
        return "; ".join(found)

    # --- what a form means

    def places(self, form: str) -> list[GazetteerEntry]:
        """The gazetteer entries that bear a folded name."""
        found = self._places.get(form)
        if found is None:
            numbers = self._place_index.get(form, ())
            found = [self._place(n) for n in (numbers if isinstance(numbers, tuple) else (numbers,))]
            if found:
                self._places[form] = found
        return found

    def far_places(self, form: str) -> list[GazetteerEntry]:
        """The small places of far countries that bear a folded name; the first call reads their file.

        >>> [place.country for place in load_names().far_places("سبوكين")]
        ['US']
        """
        if self._far is None:
            self._far = _FarPlaces(self._read_far_rows())
        return self._far.places(form)

    def all_countries(self) -> list[GazetteerEntry]:
        """The entries of all countries.

        >>> "IQ" in {place.country for place in load_names().all_countries()}
        True
        """
        self.countries("")
        return [self._place(number) for number in (self._countries or {}).values()]

    def places_in_english(self, name: str) -> list[GazetteerEntry]:
        """The gazetteer entries whose English name has these consonants in this order: vowels are written one way here, one way there.

        >>> sorted({place.name_en for place in load_names().places_in_english("al hasakeh")})
        ['Al-Hasakah', 'Al-Hasakeh']
        """
        if self._english is None:
            self._english = {}
            for number, row in enumerate(self._rows):
                self._english.setdefault(_consonants(row.split("\t", 3)[2]), []).append(number)
        return [self._place(number) for number in self._english.get(_consonants(name), ())]

    def countries(self, code: str) -> list[GazetteerEntry]:
        """The entry of a country by its code (ISO 3166-1 alpha-2), in a list, or none.

        >>> [place.name_en for place in load_names().countries("YE")]
        ['Yemen']
        """
        if self._countries is None:
            rows = ((number, row) for number, row in enumerate(self._rows) if "\tcountry\t" in row)
            self._countries = {row.split("\t")[4]: number for number, row in rows}
        number = self._countries.get(code)
        return [] if number is None else [self._place(number)]

    def place_by_id(self, id: str) -> GazetteerEntry | None:
        """The entry with a gazetteer id; far places have none here."""
        number = self._by_id.get(id)
        return None if number is None else self._place(number)

    def places_within(self, id: str) -> list[GazetteerEntry]:
        """The places of the gazetteer that lie right in one, in the order of the file; none where it has no such id.

        >>> [place.name_en for place in load_names().places_within("SY08") if place.level == "city" and place.population > 100_000]
        ['Qamishli', 'Al-Hasakah']
        """
        if self._inside is None:
            self._inside = {}
            for number, row in enumerate(self._rows):
                self._inside.setdefault(row.split("\t", 8)[7], []).append(number)
        return [self._place(number) for number in self._inside.get(id, ())] if id else []

    def _place(self, number: int) -> GazetteerEntry:
        found = self._parsed.get(number)
        if found is None:
            found = self._parsed[number] = _parse_place(self._rows[number])
        return found

    def place_count(self) -> int:
        """How many places the gazetteer holds, the far ones too."""
        return len(self._rows) + len(self._read_far_rows())

    def actor_of(self, form: str) -> str | None:
        """The actor id that a folded name stands for."""
        found = self._actor_forms.get(form)
        return found.actor if found else None

    def called(self, head: str) -> frozenset[str]:
        """The actors that some name calls by a folded word: «تنظيم …» is a name of the Islamic State, who is also «داعش».

        Who is by its first name another body is not among them: «حزب …» is called «التنظيم» by its enemies alone.
        """
        known = self._called.get(head)
        if known is None:
            named = {found.actor for form, found in self._actor_forms.items() if found.actor and form.partition(" ")[0] == head}
            known = frozenset(actor for actor in named if self._first_word(actor) not in _BODIES - {head})
            self._called[head] = known
        return known

    def _first_word(self, actor: str) -> str:
        return fold_word(self.actors[actor].name.partition(" ")[0])

    def actor_in(self, form: str, country: str | None) -> str | None:
        """The actor id that a folded name stands for in reports of a country, where that is known.

        «الفرقة الرابعة» is an army's fourth division, and every army has one: elsewhere than in its own country it is another's.
        """
        slug = self.actor_of(form)
        if slug is None or country is None or not _NUMBERED.fullmatch(form):
            return slug
        return slug if self.actors[slug].country in (None, "", country) else None

    def source_of(self, form: str) -> str | None:
        """The source id that a folded name stands for."""
        found = self._actor_forms.get(form)
        return found.source if found else None

    def generic_of(self, form: str) -> Generic | None:
        """The generic actor word that a folded form is."""
        found = self._actor_forms.get(form)
        return found.generic if found else None


_BODIES: Final = frozenset("تنظيم حزب حركه جماعه هييه جبهه جيش قوات وحدات مجموعه كتيبه كتايب لواء شبكه تيار".split())
_NUMBERED: Final = re.compile(
    r"(?:(?:قوات|عناصر|مسلحو|مقاتلو) )?(?:ال)?(?:فرقه|لواء|كتيبه|فيلق|فوج) "
    r"(?:\d+|ال(?:اول|اولي|ثاني|ثانيه|(?:ثالث|رابع|خامس|سادس|سابع|ثامن|تاسع|عاشر)ه?))"
)

_HEADS: Final = ("كفر", "تل", "دير", "عين", "معره", "جسر", "خان", "ابو", "بيت")


class PlaceFiles:
    """The files of `data/gazetteer` that the reader needs: places, doubtful names, countries at war, the words around names by role."""

    def __init__(self, base: Traversable) -> None:
        self._base = base / "gazetteer"
        self.rows = _place_rows(self._base, "places.tsv")
        self.doubtful = frozenset(_listed(self._base, "doubtful_words.txt"))
        self.at_war = frozenset(country.upper() for country in _listed(self._base, "at_war.txt"))
        self.around: dict[str, frozenset[str]] = {}
        self._read_around()

    def far_rows(self) -> list[str]:
        """The rows of the far places, read anew."""
        return _place_rows(self._base, "places_far.tsv")

    def _read_around(self) -> None:
        lines = [line for line in self._text("around.csv").splitlines(keepends=True) if not line.startswith("#")]
        roles: dict[str, set[str]] = {role: set() for role in AROUND}
        for row in csv.DictReader(lines):
            if row["role"] not in roles:
                raise DataError("gazetteer/around.csv", 0, f"unknown role {row['role']!r}; one of {', '.join(AROUND)}")
            roles[row["role"]].update(map(fold_word, _split(row["forms"])))
        self.around = {role: frozenset(words) for role, words in roles.items()}

    def _text(self, name: str) -> str:
        file = self._base / name
        return file.read_text(encoding="utf-8") if file.is_file() else ""


def _listed(folder: Traversable, name: str) -> Iterator[str]:
    """The folded lines of a word list, remarks after # aside."""
    file = folder / name
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        word = line.split("#")[0].strip()
        if word:
            yield fold_word(word)


AROUND: Final = ("not_name", "people", "body", "reporter", "origin", "carried", "seat", "spoken", "occasion", "at_once", "past")
"""What a word beside a place name can say of it, as in `gazetteer/around.csv`."""


class _FarPlaces:
    """The rows of `places_far.tsv` by folded name."""

    def __init__(self, rows: list[str]) -> None:
        self._rows = rows
        self._index: dict[str, list[int]] = {}
        for number, names in enumerate(_folded_names(rows)):
            for name in names:
                self._index.setdefault(name, []).append(number)

    def places(self, form: str) -> list[GazetteerEntry]:
        """The entries that bear a folded name."""
        return [_parse_place(self._rows[number]) for number in self._index.get(form, ())]


def _folded_names(rows: list[str]) -> Iterator[list[str]]:
    """The names of each row, folded: all at once, for folding never joins or splits lines (but closes up letters set apart by «|»)."""
    folded = fold("\n".join(row[: row.index("\t")] for row in rows).replace("|", "/")).text
    return (names.split("/") for names in folded.split("\n")) if rows else iter(())


_WITH_KIND: Final = tuple(f"{kind} " for kind in "ولايه محافظه منطقه مدينه قضاء ناحيه مخيم".split())
"""Names that say what they name («ولاية الوحدة») are no ordinary words, though the rest of them is."""

_NOTHING: Final[frozenset[str]] = frozenset()
_PLACE: Final = frozenset({"PLACE"})
_WEAK_PLACE: Final = frozenset({"PLACE_WEAK"})


def _parse_place(row: str) -> GazetteerEntry:
    cells = row.split("\t")
    names = tuple(cells[0].split("|"))
    return GazetteerEntry(
        id=cells[1],
        name=names[0],
        names=names,
        name_en=cells[2],
        level=cast(Level, cells[3]),
        country=cells[4],
        lat=float(cells[5]),
        lon=float(cells[6]),
        parent=cells[7],
        population=int(cells[8] or 0),
        pcode=cells[9],
        flags=frozenset(cells[10].split(",")) if cells[10] else frozenset(),
    )


# --- actors and sources ----------------------------------------------------------------------------------------------


def _consonants(name: str) -> str:
    """A name in Latin letters without vowels, doubled letters and signs; the name itself where too little is left to tell by."""
    letters = [c for c in name.casefold() if c.isalnum()]
    bare = [c for c in letters if c not in "aeiouy"]
    told = "".join(c for c, before in zip(bare, ["", *bare], strict=False) if c != before)
    return told if len(told) > 2 else "".join(letters)


class ActorForm(NamedTuple):
    """One folded wording of an actor or source."""

    tags: frozenset[str]
    actor: str | None
    source: str | None
    generic: Generic | None
    origin: str


class ActorFiles:
    """The files of `data/actors`, read and indexed."""

    def __init__(self) -> None:
        self.actors: dict[str, Actor] = {}
        self.sources: dict[str, Source] = {}
        self.by_country: dict[tuple[str, str], str] = {}
        self.by_region: dict[tuple[str, str], str] = {}
        self.air_powers: dict[str, tuple[str, ...]] = {}
        self.speaks_for: dict[str, str] = {}
        self.capital_countries: dict[str, str] = {}
        self.forms: dict[str, ActorForm] = {}

    def add(
        self,
        names: Iterable[str],
        tags: str,
        origin: str,
        *,
        actor: str | None = None,
        source: str | None = None,
        generic: Generic | None = None,
    ) -> None:
        """Enter wordings; one that has a meaning already keeps it and gains the other kind of meaning only."""
        for name in names:
            form = fold_word(name)
            before = self.forms.get(form)
            if before is None:
                self.forms[form] = ActorForm(frozenset(tags.split()), actor, source, generic, origin)
                continue
            if (actor or generic) and (before.actor or before.generic):
                continue
            self.forms[form] = ActorForm(
                before.tags | set(tags.split()),
                before.actor or actor,
                before.source or source,
                before.generic or generic,
                f"{before.origin}; {origin}",
            )

    def read(self, folder: Traversable) -> None:
        """Read all four files, in the order that decides which meaning wins: names, countries, capitals, adjectives."""
        rows = list(_csv_rows(folder, "actors.csv"))
        for _, row in rows:
            self.actors[row["id"]] = Actor(
                row["id"], row["name_en"], row["names_ar"].split("|")[0], row["type"], row["country"], row["role"], row["parent"]
            )
            for capital in _split(row["capitals_ar"]):
                self.capital_countries.setdefault(fold_word(capital), row["country"])
        for column, tags in (
            ("names_ar", "ACTOR"),
            ("partisan_ar", "ACTOR PARTISAN"),
            ("countries_ar", "COUNTRY"),
            ("capitals_ar", "CAPITAL"),
        ):
            for origin, row in rows:
                self.add(_split(row[column]), tags, origin, actor=row["id"])
        for origin, row in rows:
            named = _split(row["names_ar"])
            indefinite = [f"قوات {a}ة" for a in _split(row["adjectives_ar"]) if f"القوات ال{a}ة" in named]
            self.add([form for form in indefinite if form not in named], "ACTOR", origin, actor=row["id"])
        for origin, row in rows:
            for adjective in _split(row["adjectives_ar"]):
                broken = not adjective.endswith("ي")  # «أتراك», «روس»: plurals that stand as they are
                forms = [fold_word(adjective)] if broken else [f.text for f in inflect("adj", adjective)]
                self.add([*forms, *("ال" + f for f in forms)], "ADJ_ACTOR", origin, actor=row["id"])
        for origin, row in _csv_rows(folder, "generic.csv"):
            meaning = Generic(row["role"], row["fallback"], row["status"])
            self.add(_split(row["forms_ar"]), _GENERIC_TAGS.get(row["role"], "GENERIC"), origin, generic=meaning)
        for _, row in _csv_rows(folder, "by_country.csv"):
            self.by_country[row["country"], row["role"]] = row["actor"]
        for _, row in _csv_rows(folder, "by_region.csv"):
            self.by_region[row["actor"], row["within"]] = row["there"]
        for _, row in _csv_rows(folder, "speaks_for.csv"):
            self.speaks_for[row["source"]] = row["actor"]
        for _, row in _csv_rows(folder, "air_powers.csv"):
            self.air_powers[row["actor"]] = tuple(_split(row["not_in"]))
        for origin, row in _csv_rows(folder, "sources.csv"):
            generic_source = row["generic"] == "yes"
            self.sources[row["id"]] = Source(row["id"], row["name_en"], row["names_ar"].split("|")[0], row["kind"], generic_source)
            self.add(_split(row["names_ar"]), "SOURCE SOURCE_GEN" if generic_source else "SOURCE", origin, source=row["id"])


# Generic words that also say how an attack was made, or by whom.
_GENERIC_TAGS: Final = {"air_force": "GENERIC AIR"}


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _csv_rows(folder: Traversable, name: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Rows of a CSV file with ``file:line``; a row of the wrong width is refused."""
    file = folder / name
    reader = csv.DictReader(file.read_text(encoding="utf-8").splitlines(keepends=True))
    for row in reader:
        origin = f"actors/{name}:{reader.line_num}"
        if None in row or None in row.values():
            raise DataError(f"actors/{name}", reader.line_num, "wrong number of columns; quote a cell that holds a comma")
        yield origin, row


def load_names(folder: Traversable | None = None) -> Names:
    """Read the gazetteer and the actor files under `folder` (the installed `data/` where none is given)."""
    base = folder or files("sijill") / "data"
    actors = ActorFiles()
    actors.read(base / "actors")
    return Names(PlaceFiles(base), actors)


def _place_rows(folder: Traversable, name: str) -> list[str]:
    rows = [row for row in (folder / name).read_text(encoding="utf-8").split("\n") if row and not row.startswith("#")]
    for number, row in enumerate(rows, start=2):
        if row.count("\t") != _PLACE_COLUMNS - 1:
            raise DataError(f"gazetteer/{name}", number, f"{row.count(chr(9)) + 1} columns where {_PLACE_COLUMNS} are due")
    return rows
