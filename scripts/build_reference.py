#!/usr/bin/env python3
"""Write docs/reference/ from the code and the data files; a test holds the pages to what this gives.

python3 scripts/build_reference.py            write the pages
python3 scripts/build_reference.py --check    say which page is out of date; exit code 1 if any is
"""

from __future__ import annotations

import csv
import inspect
import json
import re
import sys
import tempfile
import typing
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "reference"
DATA = ROOT / "src" / "sijill" / "data"
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "src"))

from sijill import records  # noqa: E402
from sijill.desk.app import create_app, only  # noqa: E402
from sijill.lexicon import load_lexicon, read_word_file  # noqa: E402
from sijill.register import Register  # noqa: E402
from sijill.rules import Rule, load_rules  # noqa: E402

GENERATED = "*Made by `scripts/build_reference.py` from the code and the data files; do not edit.*"


def pages() -> dict[str, str]:
    """Every page of the reference: file name and content."""
    return {
        "reading.schema.json": json.dumps(records.reading_schema(), ensure_ascii=False, indent=2) + "\n",
        "reading.md": reading_page(),
        "classes.md": classes_page(),
        "rules.md": rules_page(),
        "api.md": api_page(),
    }


def table(head: list[str], rows: list[list[str]]) -> list[str]:
    """A Markdown table."""
    cells = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in cells]


def code(text: str) -> str:
    return f"`{text}`"


# --- the reading ------------------------------------------------------------------------------------------------------

STRUCTS = (
    records.Reading, records.Place, records.PlaceCandidate, records.ActorRef, records.FigureClaim, records.EventClaim,
    records.Contradiction, records.Evidence, records.Span, records.DateMention, records.QuantityMention, records.PlaceMention,
    records.ActorMention,
)  # fmt: skip
LISTS = (
    "Bound", "Effect", "Status", "Role", "VagueWord", "Modality", "TimeOfDay", "EventKind", "Level", "ContradictionKind", "DateBasis",
)  # fmt: skip

# What a field means wherever it stands, then where it means something of its own.
MEANINGS = {
    "start": "first code point of its words in the report's text",
    "end": "the code point after its last word",
    "quote": "its words, as the report writes them: `text[start:end]`",
    "rule": "the rule or step that read it",
    "evidence": "the words of each single value",
    "mentions": "every place of the text that names it",
    "name": "the name, as the report writes it first",
    "name_en": "the name in English, where a list has it",
    "level": "what kind of place it is",
    "country": "ISO 3166 code of the country",
    "lat": "latitude in degrees (WGS 84)",
    "lon": "longitude in degrees (WGS 84)",
    "source": "who is said to have said it: an actor's or source's id; null where the report speaks for itself",
    "status": "whether they were civilians, armed, or held",
    "claim": "content id: the same words saying the same thing keep it when rules change",
    "value": "the number, where the text gives one",
    "bound": "how the number is bounded",
    "min": "the least that the words allow",
    "max": "the most that the words allow",
    "vague_word": "the kind of vague word that stands for the number",
    "time": "hour of the day, HH:MM",
    "time_of_day": "part of the day",
    "places": "ids of the places where it happened, the most exact first",
    "why": "the terms of the score in words",
    "type": "what kind of actor it is",
}
OWN_MEANINGS = {
    "Reading.id": "the report's id, as given, or the first 16 digits of `sha256`",
    "Reading.sha256": "SHA-256 of the report's text in UTF-8",
    "Reading.title": "the report's title, as given",
    "Reading.outlet": "the report's outlet, as given",
    "Reading.url": "where the report was found, as given",
    "Reading.dataset": "the data set whose row this is: compiled by somebody from reports, no witness of its own; null for a report",
    "Reading.published": "publication date, as given",
    "Reading.language": "`ar` where Arabic was read",
    "Reading.kind": "whether the report tells of conflict, tells of none, or was not read",
    "Reading.places": "the places that the report names, in the order of first naming",
    "Reading.actors": "the actors that the report names or that a claim speaks of",
    "Reading.figures": "the numbers of people, in the order of the text",
    "Reading.events": "the events, in the order of the text",
    "Reading.contradictions": "claims that cannot all be true",
    "Reading.warnings": "what a reader of this record should know",
    "Reading.mentions": "dates, quantities, names found, where they were asked for",
    "Place.id": "`p1`, `p2`, … inside this reading",
    "Place.aka": "other names that the report has for it",
    "Place.radius_km": "how far the true place may lie from the coordinates",
    "Place.within": "id of the place that it lies in, as the report says",
    "Place.gazetteer": "id of the gazetteer entry; null where no list has the name",
    "Place.pcode": "OCHA place code",
    "Place.candidates": "the entries that the name could mean, best first, where there are several",
    "PlaceCandidate.id": "id of the gazetteer entry",
    "PlaceCandidate.name": "name in the gazetteer",
    "PlaceCandidate.score": "how well it fits; comparable within one place only",
    "ActorRef.id": "neutral id",
    "ActorRef.name": "neutral name in Arabic",
    "ActorRef.names": "the report's plain wordings",
    "ActorRef.partisan_names": "the report's wordings that take a side",
    "FigureClaim.id": "`f1`, `f2`, … inside this reading",
    "FigureClaim.effect": "what befell them",
    "FigureClaim.who": "who they were, in English",
    "FigureClaim.demographic": "`children`, `women`, `men`, where the words say so",
    "FigureClaim.side": "id of the actor that they belonged to",
    "FigureClaim.role": "whether it stands alone, sums others up, is a part of a sum, or is some of another figure's people",
    "FigureClaim.of": "id of the total or of the whole",
    "FigureClaim.cumulative": "whether it counts a longer time than the event at hand",
    "FigureClaim.event": "id of the event that it belongs to",
    "EventClaim.id": "`e1`, `e2`, … inside this reading",
    "EventClaim.kind": "what happened",
    "EventClaim.modality": "how certain the report says it is; only `asserted` is told as a fact",
    "EventClaim.date": "when, in EDTF: a day, an interval, a month, a year, or open at one end",
    "EventClaim.date_basis": "where the date came from",
    "EventClaim.agents": "ids of those who did it",
    "EventClaim.targets": "ids of those it was done to",
    "EventClaim.means": "what it was done with, in English",
    "EventClaim.main": "whether the report is about it (one to three are)",
    "EventClaim.background": "whether it is an older event recalled",
    "EventClaim.clause": "the clause around its words, for people to read",
    "EventClaim.mentions": "where it is told again",
    "Contradiction.kind": "what kind of contradiction it is",
    "Contradiction.figures": "ids of the figures",
    "Contradiction.events": "ids of the events",
    "Contradiction.sum": "what the parts add up to",
    "Contradiction.stated": "what the report says",
    "Contradiction.difference": "by how much they differ",
    "Contradiction.note": "the sums in English",
    "Contradiction.note_ar": "the sums in Arabic",
    "Evidence.what": "which value: number, effect, who, side, event, date, place, agent, target, source, modality, role",
    "DateMention.edtf": "the date in EDTF; null where the text alone cannot say which day is meant",
    "DateMention.duration": "a length of time, ISO 8601",
    "DateMention.recurrence": "what comes again, such as every Friday",
    "DateMention.basis": "where the date came from",
    "QuantityMention.unit": "the counted noun, where it is known",
    "PlaceMention.place": "id in the reading's list of places",
    "PlaceMention.candidates": "the entries that the name could mean",
    "ActorMention.actor": "neutral id",
    "ActorMention.partisan": "whether the wording takes a side",
}


def reading_page() -> str:
    lines = ["# The reading", "", GENERATED, ""]
    lines += ["Offsets are Unicode code points of the report's untouched text; `end` is exclusive.", ""]
    lines += ["The same in [JSON Schema](reading.schema.json). `null` means unknown, never zero.", ""]
    for struct in STRUCTS:
        lines += [f"## {struct.__name__}", "", " ".join((inspect.getdoc(struct) or "").split()), ""]
        lines += [*table(["field", "type", "default", "meaning"], [_field_row(struct, f) for f in msgspec.structs.fields(struct)]), ""]
    lines += ["# Closed lists", ""]
    for name in LISTS:
        values = typing.get_args(getattr(records, name))
        lines += [f"## {name}", "", ", ".join(map(code, values)), ""]
    return "\n".join(lines).rstrip() + "\n"


def _field_row(struct: type[msgspec.Struct], item: msgspec.structs.FieldInfo) -> list[str]:
    own = f"{struct.__name__}.{item.name}"
    meaning = OWN_MEANINGS.get(own) or MEANINGS.get(item.name)
    if meaning is None:
        raise SystemExit(f"build_reference.py: {own} has no meaning; give it one in OWN_MEANINGS")
    return [code(item.name), _type(struct, item.name), _default(item), meaning]


def _type(struct: type[msgspec.Struct], name: str) -> str:
    written = next(c.__annotations__[name] for c in struct.__mro__ if name in inspect.get_annotations(c))
    text = re.sub(r"Literal\[(.*)\]", lambda m: re.sub("[\"']", "", m.group(1)).replace(", ", " | "), str(written).replace("None", "null"))
    return re.sub(rf"\b({'|'.join(LISTS)})\b", lambda m: f"[{m.group(1)}](#{m.group(1).lower()})", text)


def _default(item: msgspec.structs.FieldInfo) -> str:
    if item.default is not msgspec.NODEFAULT:
        return code(json.dumps(item.default))
    if item.default_factory is not msgspec.NODEFAULT:
        return code(json.dumps(item.default_factory()))
    return "always given"


# --- classes of words -------------------------------------------------------------------------------------------------


@dataclass
class WordClass:
    """What the files say of one class."""

    forms: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    example: str = ""


SHAPES = {
    "W": "a word that no file knows",
    "DEF": "a word with the article",
    "LATIN": "a word in other letters",
    "D": "a number in digits",
    "DAY": "a number from 1 to 31",
    "MONTHNUM": "a number from 1 to 12",
    "YEAR": "a number from 1900 to 2099",
    "BIG": "a number of ten digits or more",
    "ZERO": "nought",
    "NL": "the end of a line",
    "COMMA": "، or ,",
    "STOP": "the end of a sentence",
    "SEMI": "؛ or ;",
    "COLON": ":",
    "DASH": "-",
    "SLASH": "/",
    "QUOTE": "a quotation mark",
    "LPAR": "an opening bracket",
    "RPAR": "a closing bracket",
    "PERCENT": "%",
    "MARK": "any other mark",
}
FORMS = {
    "PAST": "a verb of the past",
    "PRES": "a verb of the present",
    "FUT": "a verb of the future",
    "PRON": "a word with a pronoun joined to it",
    "ACC": "a noun in the accusative",
    "SG": "a singular",
    "DUAL": "a dual",
    "DUALPL": "a form that may be dual or plural («مدنيين»)",
    "PL": "a plural",
    "COUNTED_MEN": "men of a named actor, whom a number can count («جنود إسرائيليين»)",
}
UNITS = {
    "NOBODY": "a counted group of none: «0 مدني»",
    "Q": "a number, in digits or words, with its bound",
    "ONE": "the number one, as a word",
    "VAGUEQ": "a vague number («عشرات»)",
    "DATE": "a date",
    "TIME": "an hour or part of the day",
    "GROUP": "a counted group of people",
    "BARE": "a group without a number",
    "DEFG": "a person known or named",
    "HARMED": "a group named by its harm",
    "NAME": "a name",
}
# class, file under data/actors or data/gazetteer, column with the names
NAMES = (
    ("ACTOR", "actors/actors.csv", "names_ar"),
    ("PARTISAN", "actors/actors.csv", "partisan_ar"),
    ("COUNTRY", "actors/actors.csv", "countries_ar"),
    ("CAPITAL", "actors/actors.csv", "capitals_ar"),
    ("ADJ_ACTOR", "actors/actors.csv", "adjectives_ar"),
    ("GENERIC", "actors/generic.csv", "forms_ar"),
    ("SOURCE", "actors/sources.csv", "names_ar"),
    ("SOURCE_GEN", "actors/sources.csv", "names_ar"),
    ("KIND", "gazetteer/kinds.csv", "form"),
)


def classes_page() -> str:
    used = _uses(load_rules())
    found = word_classes()
    rows = [
        [code(name), str(len(c.forms)), c.example, ", ".join(sorted(c.files)), str(used[name]) if used[name] else ""]
        for name, c in sorted(found.items())
    ]
    lines = [
        "# Classes of words", "", GENERATED, "",
        "A rule's pattern names classes; `sijill.rules` says how. A form may have several.", "",
        "## Words and names", "",
        *table(["class", "forms", "for example", "file", "rules"], rows), "",
        "`PLACE` is a name of the gazetteer; `PLACE_WEAK` one that is also an ordinary word, and counts where the words around it say so.",
        "`ADJ_ACTOR`, `GENERIC` and names count as written; with clitics and inflections there are more.", "",
    ]  # fmt: skip
    for title, described in (("Shapes", SHAPES), ("Forms", FORMS), ("Units made before rules run", UNITS)):
        lines += [f"## {title}", "", *table(["class", "meaning"], [[code(k), v] for k, v in described.items()]), ""]
    described_above = {*found, *SHAPES, *FORMS, *UNITS, "PLACE", "PLACE_WEAK"}
    missing = {tag for tag in load_lexicon().classes() if not tag.startswith("=")} - described_above
    if missing:
        raise SystemExit(f"build_reference.py: classes that no table describes: {', '.join(sorted(missing))}")
    return "\n".join(lines).rstrip() + "\n"


def word_classes() -> dict[str, WordClass]:
    """Every class of the word files and the files of names, with its forms, files and first example."""
    found: dict[str, WordClass] = defaultdict(WordClass)
    for path in sorted((DATA / "words").glob("*.csv")):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        for tag, form, _, origin in read_word_file(f"words/{path.name}", lines):
            entered = found[tag]
            entered.forms.add(form.text)
            entered.files.add(f"words/{path.name}")
            if not entered.example:
                cells = next(csv.reader([lines[int(origin.rsplit(":", 1)[1]) - 1]]))
                entered.example = cells[2].split("|")[0].split("/")[0]
    for tag, file, column in NAMES:
        for name, row in _names(file, column):
            if tag == "SOURCE_GEN" and row["generic"] != "yes":
                continue
            found[tag].forms.add(name)
            found[tag].files.add(file)
            found[tag].example = found[tag].example or name
    return found


def _names(file: str, column: str) -> Iterator[tuple[str, dict[str, str]]]:
    lines = [line for line in (DATA / file).read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("#")]
    for row in csv.DictReader(lines):
        yield from ((name.strip(), row) for name in row[column].split("|") if name.strip())


def _uses(rules: tuple[Rule, ...]) -> dict[str, int]:
    """How many rules name each class."""
    counts: dict[str, int] = defaultdict(int)
    for rule in rules:
        for tag in set(re.findall(r"\b[A-Z][A-Z0-9_]*\b", rule.pattern)):
            counts[tag] += 1
    return counts


# --- rules ------------------------------------------------------------------------------------------------------------


def rules_page() -> str:
    rules = load_rules()
    lines = ["# Rules", "", GENERATED, "", f"{len(rules)} rules, in the order in which they stand in their files.", ""]
    for stage in dict.fromkeys(rule.stage for rule in rules):
        rows = [
            [rule.name, code(rule.pattern), _gives(rule.gives), rule.examples[0].text, code(rule.examples[0].expect)]
            for rule in rules
            if rule.stage == stage
        ]
        lines += [f"## {stage.capitalize()}", "", *table(["rule", "pattern", "gives", "example", "read as"], rows), ""]
    return "\n".join(lines).rstrip() + "\n"


def _gives(gives: dict[str, object]) -> str:
    return ", ".join(
        f"{name} = {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}" for name, value in gives.items()
    )


# --- the API ----------------------------------------------------------------------------------------------------------


def api_page() -> str:
    document = api_document()
    filters = [one["name"] for one in document["paths"]["/api/v1/incidents/map"]["get"]["parameters"]]
    lines = ["# The API", "", GENERATED, "", *document["info"]["description"].splitlines(), ""]
    lines += ["How to use it is told in [the API](../api.md). The same for programs: `/api/schema/openapi.json` of a desk.", ""]
    lines += [
        "## The filter of incidents",
        "",
        "Routes that take it have these parameters, all in the query. Whatever is given must hold.",
        "",
    ]
    lines += [*_parameters(document["paths"]["/api/v1/incidents/map"]["get"]["parameters"]), ""]
    for tag in document["tags"]:
        lines += [f"## Routes: {tag['name']}", "", tag["description"], ""]
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if tag["name"] in operation["tags"]:
                    lines += [f"### {method.upper()} {path}", "", *_operation(operation, filters)]
    lines += ["## Refusals", "", "The body is a [Refusal](#refusal).", ""]
    operations = [operation for methods in document["paths"].values() for operation in methods.values()]
    said = {status: answer["description"] for one in operations for status, answer in one["responses"].items() if status >= "300"}
    lines += [*table(["status", "meaning"], [[status, said[status]] for status in sorted(said)]), ""]
    lines += ["# Records", "", "The fields of readings are told of in [the reading](reading.md).", ""]
    for name, schema in sorted(document["components"]["schemas"].items()):
        lines += [f"## {name}", "", " ".join(schema.get("description", "").split()), ""]
        rows = [[code(item), _json_type(of)] for item, of in schema.get("properties", {}).items()]
        lines += [*table(["field", "type"], rows), ""]
    return re.sub("\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def api_document() -> dict[str, typing.Any]:
    """The OpenAPI document of a desk."""
    with tempfile.TemporaryDirectory() as folder, Register(str(Path(folder, "empty.db"))) as register:
        return create_app(register, only("nobody")).openapi_schema.to_schema()


def _operation(operation: dict[str, typing.Any], filters: list[str]) -> Iterator[str]:
    yield from [operation["description"], ""]
    parameters = operation.get("parameters", [])
    if set(filters) <= {one["name"] for one in parameters}:
        yield from ["Takes [the filter of incidents](#the-filter-of-incidents).", ""]
        parameters = [one for one in parameters if one["name"] not in filters]
    if parameters:
        yield from [*_parameters(parameters), ""]
    if "requestBody" in operation:
        body = operation["requestBody"]
        types = "; ".join(f"`{media}`: {_json_type(of['schema'])}" for media, of in body["content"].items())
        yield from [f"Body: {types}. {body.get('description', '')}".strip(), ""]
    status, answer = next((status, answer) for status, answer in operation["responses"].items() if status < "300")
    given = "; ".join(f"`{media}`: {_json_type(of['schema'])}" for media, of in answer["content"].items())
    refused = ", ".join(sorted(other for other in operation["responses"] if other != status))
    yield from [f"Answers {status}, {given}. [Other answers](#refusals): {refused}.", ""]


def _parameters(parameters: list[dict[str, typing.Any]]) -> list[str]:
    rows = [[code(one["name"]), one["in"], _json_type(one["schema"]), _standard(one), one["description"]] for one in parameters]
    return table(["parameter", "in", "type", "default", "meaning"], rows)


def _standard(parameter: dict[str, typing.Any]) -> str:
    if parameter["required"]:
        return "required"
    default = parameter["schema"].get("default")
    return "" if default is None else code(json.dumps(default))


_BOUNDS = {"format": "{}", "minimum": "from {:,g}", "maximum": "to {:,g}", "maxLength": "at most {}", "maxItems": "at most {:,}"}


def _json_type(schema: dict[str, typing.Any]) -> str:
    """A JSON Schema in a few words, with its bounds."""
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema:
        return ", ".join("null" if value is None else code(str(value)) for value in schema["enum"])
    if "oneOf" in schema:
        kinds = " or ".join(dict.fromkeys(_json_type(one) for one in schema["oneOf"]))
    elif schema.get("type") == "array":
        kinds = f"list of {_json_type(schema['items'])}" if schema.get("items") else "list"
    else:
        given = schema.get("type", "anything")
        kinds = " or ".join(given) if isinstance(given, list) else str(given)
    bounds = [said.format(schema[key]) for key, said in _BOUNDS.items() if key in schema]
    if "pattern" in schema:
        bounds.append(f"like {code(schema['pattern'])}")
    return f"{kinds} ({', '.join(bounds)})" if bounds else kinds


def main(arguments: list[str]) -> int:
    stale = [name for name, content in pages().items() if not _is_current(FOLDER / name, content)]
    if arguments == ["--check"]:
        for name in stale:
            print(f"docs/reference/{name} is out of date: run python3 dev.py schema")
        return int(bool(stale))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in stale:
        (FOLDER / name).write_text(pages()[name], encoding="utf-8")
        print(f"docs/reference/{name}")
    return 0


def _is_current(path: Path, content: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == content


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
