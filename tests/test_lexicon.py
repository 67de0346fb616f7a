"""The lexicon: how written words are taken apart, and how a mistake in a data file is answered."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest

from sijill.annotate.tokenise import tokenise
from sijill.errors import DataError, SijillError
from sijill.inflect import Form
from sijill.lexicon import Lexicon, data_folder, gather, load_lexicon, read_word_file
from sijill.names import load_names
from sijill.rules import RuleSet, load_rules, read_rule_file
from sijill.text import fold


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon()


def test_no_text_brings_a_set_of_classes_that_rules_do_not_know() -> None:
    """What looks for classes holds the sets that have them: one that came later would be found in no text but the first."""
    lexicon = load_lexicon.__wrapped__()  # a new one: that of the process has met words
    before = lexicon.all_chars()
    forms = {*lexicon.names.forms(), *(form for tag in lexicon.classes() for form in lexicon.words_of(tag))}
    late = [form for form in sorted(forms) if (entry := lexicon.entry(form)) is not None and entry.char not in before]
    assert late == []


# --- clitics ----------------------------------------------------------------------------------------------------------

SPLITS = [
    # conjunction, preposition, article
    ("وبالحسكة", "و ب الحسكه"),
    ("للقوات", "ل القوات"),
    ("وللقوات", "و ل القوات"),
    ("وللمدنيين", "و ل المدنيين"),
    ("لمدنيين", "ل مدنيين"),
    ("بالمدفعية", "ب المدفعيه"),
    ("بمقتل", "ب مقتل"),
    ("بقذيفة", "ب قذيفه"),
    ("وقتل", "و قتل"),
    ("فقتل", "ف قتل"),
    ("وأصيب", "و اصيب"),
    ("وسيقتلون", "و سيقتلون"),
    ("وطفلين", "و طفلين"),
    ("كجندي", "ك جندي"),
    ("ببلدة", "ب بلده"),
    ("وببلدة", "و ب بلده"),
    ("ولقوا", "و لقوا"),
    # names
    ("بدمشق", "ب دمشق"),
    ("ودمشق", "و دمشق"),
    ("لسوريا", "ل سوريا"),
    ("لإدلب", "ل ادلب"),
    ("وحلب", "و حلب"),
    ("بحمص", "ب حمص"),
    ("وبغداد", "و بغداد"),
    # function words
    ("وفي", "و في"),
    ("ومن", "و من"),
    ("ولا", "و لا"),
    ("فلا", "ف لا"),
    ("ولدى", "و لدي"),
    # a first letter that belongs to the word
    ("كامل", "كامل"),
    ("كانت", "كانت"),
    ("وصل", "وصل"),
    ("وقع", "وقع"),
    ("وجد", "وجد"),
    ("ولد", "ولد"),
    ("والد", "والد"),
    ("وادي", "وادي"),
    ("وكيل", "وكيل"),
    ("بدر", "بدر"),
    ("بلدة", "بلده"),
    ("بعد", "بعد"),
    ("بابل", "بابل"),
    ("بينهم", "بينهم"),
    ("بغداد", "بغداد"),
    ("فرق", "فرق"),
    ("فتح", "فتح"),
    ("فجر", "فجر"),
    ("فلسطين", "فلسطين"),
    ("لبنان", "لبنان"),
    ("لحج", "لحج"),
    ("لكن", "لكن"),
    # nothing known: only a conjunction before the article is taken off
    ("والمسقنطر", "و المسقنطر"),
    ("بالمسقنطر", "ب المسقنطر"),
    ("ومسقنطر", "ومسقنطر"),
    ("بسقنطر", "بسقنطر"),
]


@pytest.mark.parametrize(("word", "pieces"), SPLITS)
def test_clitics(lexicon: Lexicon, word: str, pieces: str) -> None:
    assert [piece.word for piece in lexicon.analyse(fold(word).text)] == pieces.split()


@pytest.mark.parametrize("word", [word for word, _ in SPLITS])
def test_pieces_cover_the_word_in_order(lexicon: Lexicon, word: str) -> None:
    folded = fold(word).text
    pieces = lexicon.analyse(folded)
    assert pieces[0].start == 0
    assert pieces[-1].end == len(folded)
    assert all(a.end == b.start or (a.word == "ل" and b.word.startswith("ال")) for a, b in itertools.pairwise(pieces))


# --- phrases and names ------------------------------------------------------------------------------------------------

PHRASES = [
    ("دير الزور", ["دير الزور"]),
    ("بدير الزور", ["ب", "دير الزور"]),
    ("في «دير الزور»", ["في", '"', "دير الزور", '"']),
    ("«دير» الزور", ['"', "دير الزور"]),
    ("عبوة «ناسفة»", ["عبوه ناسفه", '"']),
    ("ولقوات سوريا الديمقراطية", ["و", "ل", "قوات سوريا الديمقراطيه"]),
    ("قوات «سوريا الديمقراطية»", ["قوات سوريا الديمقراطيه", '"']),
    ("إطلاق النار", ["اطلاق النار"]),
    ("وكانون الثاني", ["و", "كانون الثاني"]),
    ("سري كانيه", ["سري كانيه"]),
    ("دير وزور", ["دير", "وزور"]),
    ("دير، الزور", ["دير", "،", "الزور"]),
    ("وسبق أن", ["و", "سبق ان"]),
    ("وتل تمر", ["و", "تل تمر"]),
    ("وكري سبي", ["و", "كري سبي"]),
    ("وكري", ["وكري"]),
]


@pytest.mark.parametrize(("text", "units"), PHRASES)
def test_phrases_and_names_are_one_unit(lexicon: Lexicon, text: str, units: list[str]) -> None:
    assert [unit.word for unit in tokenise(fold(text), lexicon)] == units


def test_units_tell_their_place_in_the_source(lexicon: Lexicon) -> None:
    text = "قُصِفت «قوات» سوريـا الديمقراطيّة ليلًا"
    units = tokenise(fold(text), lexicon)
    at = next(i for i, unit in enumerate(units) if unit.has("ACTOR"))
    start, end = units.row.span(at, at + 1)
    assert text[start:end] == "قوات» سوريـا الديمقراطيّة"


CLASSES = [
    ("قتل", {"HARM_V", "PAST"}),
    ("القتلى", {"HARMED", "DEF", "PL"}),
    ("مدنيين", {"PERSON", "DUALPL"}),
    ("مدنيان", {"PERSON", "DUAL"}),
    ("غارات", {"RAID_N", "PL"}),
    ("سيهاجم", {"ATTACK_V", "FUT"}),
    ("الحسكة", {"PLACE"}),
    ("داعش", {"ACTOR"}),
    ("روسية", {"ADJ_ACTOR"}),
    ("الشرطة", {"GENERIC"}),
    ("سجن", {"KIND"}),
    ("2022", {"D", "YEAR"}),
    ("26", {"D", "DAY"}),
    ("7", {"D", "DAY", "MONTHNUM"}),
]


@pytest.mark.parametrize(("word", "tags"), CLASSES)
def test_classes(lexicon: Lexicon, word: str, tags: set[str]) -> None:
    assert tags <= lexicon.analyse(fold(word).text)[-1].entry.tags


def test_an_entry_says_where_it_comes_from(lexicon: Lexicon) -> None:
    entry = lexicon.entry("قتلي")
    assert entry is not None
    file, line = entry.origin.split("; ")[0].rsplit(":", 1)
    row = (data_folder() / file).read_text(encoding="utf-8").split("\n")[int(line) - 1]
    assert "قتيل/قتلى" in row


def test_loading_again_gives_the_same_lexicon() -> None:
    assert load_lexicon() is load_lexicon()


# --- mistakes in a word file ------------------------------------------------------------------------------------------

HEADER = "class,inflect,forms,features,note"

WORD_MISTAKES = [
    # the file's lines, the line of the mistake, a word of the answer
    (["class,forms,features"], 1, "columns"),
    (["# سطر", "class;inflect"], 2, "columns"),
    ([HEADER, "PERSON,noun,مدني"], 2, "columns"),
    ([HEADER, "PERSON,noun,مدني,status=civilian,a note, with a comma"], 2, "quote"),
    ([HEADER, "# تعليق", "", "PERSON,nouns,مدني,,"], 4, "inflect"),
    ([HEADER, ",noun,مدني,,"], 2, "class"),
    ([HEADER, "PERSON,noun,,,"], 2, "form"),
    ([HEADER, "PERSON,noun,مدني||طفل,,"], 2, "empty form"),
    ([HEADER, "PERSON,noun,مدني|,,"], 2, "empty form"),
    ([HEADER, "PERSON,noun,ﻣﺪﻧﻲ,,"], 2, "presentation"),
    ([HEADER, "PERSON,noun,مدني,status,"], 2, "name=value"),
    ([HEADER, "PERSON,noun,مدني,status=,"], 2, "name=value"),
    ([HEADER, "PERSON,noun,مدني,=civilian,"], 2, "name=value"),
]


def refused(action: Callable[[], object]) -> DataError:
    with pytest.raises(DataError) as caught:
        action()
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(f"{caught.value.path}:{caught.value.line}: ")
    assert isinstance(caught.value, SijillError)
    return caught.value


@pytest.mark.parametrize(("lines", "line", "says"), WORD_MISTAKES)
def test_mistakes_in_a_word_file(lines: list[str], line: int, says: str) -> None:
    wrong = refused(lambda: list(read_word_file("words/test.csv", [text + "\n" for text in lines])))
    assert (wrong.path, wrong.line) == ("words/test.csv", line)
    assert says in wrong.problem


def test_one_word_with_two_meanings_in_a_class_is_refused() -> None:
    lines = [HEADER, "PERSON,word,مدنيّ,status=civilian,", "OTHER,word,مدني,,", "PERSON,word,مدنى,status=security,"]
    wrong = refused(lambda: gather(read_word_file("words/test.csv", lines)))
    assert (wrong.path, wrong.line) == ("words/test.csv", 4)
    assert "words/test.csv:2" in wrong.problem  # where it is already


def test_one_word_in_two_classes_is_fine() -> None:
    lines = [HEADER, "SHOOT_N,word,رصاص,,", "FIRE_OF,word,رصاص,x=1,"]
    glosses = gather(read_word_file("words/test.csv", lines))
    assert glosses["رصاص"].tags == {"SHOOT_N", "FIRE_OF"}


def test_a_guessed_form_yields_to_a_written_one() -> None:
    rows = [
        ("HARM_V", Form("اسره", {}, frozenset({"PAST", "PRON"}), weak=True), {"effect": "arrested"}, "a.csv:2"),
        ("PERSON", Form("اسره", {"num": "sg"}), {"en": "families"}, "a.csv:3"),
    ]
    assert gather(rows)["اسره"].tags == {"PERSON", "SG"}


def test_comments_and_empty_lines_are_skipped() -> None:
    lines = ["# أول", HEADER, "", "# ثان", "PERSON,word,مدني,,ملاحظة"]
    assert [(tag, form.text, origin) for tag, form, _, origin in read_word_file("w.csv", lines)] == [("PERSON", "مدني", "w.csv:5")]


# --- mistakes in a rule file ------------------------------------------------------------------------------------------

GOOD_RULE = """[[rule]]
name = "good"
stage = "event"
pattern = "RAID_N"
gives = { kind = "air_strike" }
examples = [{ text = "غارة على القرية", expect = "air_strike" }]
counter = ["زيارة إلى القرية"]
"""


def rule(**changed: str | None) -> str:
    """A rule file of two rules, the second with lines changed or (None) left out."""
    lines = []
    for line in GOOD_RULE.replace('"good"', '"second"').splitlines():
        name = line.split(" = ")[0]
        if name not in changed:
            lines.append(line)
        elif changed[name] is not None:
            lines.append(f"{name} = {changed[name]}")
    return GOOD_RULE + "\n" + "\n".join([*lines, *(f"{k} = {v}" for k, v in changed.items() if k not in GOOD_RULE)])


RULE_MISTAKES = [
    *((rule(**{field: None}), 9, repr(field)) for field in ("name", "stage", "pattern", "gives", "examples", "counter")),
    (rule(stage='"evnt"'), 9, "stage"),
    (rule(examples="[]"), 9, "example"),
    (rule(remark='"x"'), 9, "remark"),
    (rule(pattern='"ﻏﺎﺭﺓ"'), 9, "compatibility"),
    (rule(counter='["ﻏﺎﺭﺓ"]'), 9, "compatibility"),
    (rule(pattern='"RAID_N'), 12, "TOML"),
]


@pytest.mark.parametrize(("content", "line", "says"), RULE_MISTAKES)
def test_mistakes_in_a_rule_file(content: str, line: int, says: str) -> None:
    wrong = refused(lambda: read_rule_file("rules/test.toml", content))
    assert (wrong.path, wrong.line) == ("rules/test.toml", line)
    assert says in wrong.problem


PATTERN_MISTAKES = [
    ("NO_SUCH_CLASS", "NO_SUCH_CLASS"),
    ("RAID_N (", "hold together"),
    ("RAID_N )", "hold together"),
    ("RAID_N{x}", "cannot be read"),
    ("RAID_N} ON", "cannot be read"),
    ("? RAID_N", "cannot be read"),
    ("خنفشار", "خنفشار"),
]


@pytest.mark.parametrize(("pattern", "says"), PATTERN_MISTAKES)
def test_mistakes_in_a_pattern(lexicon: Lexicon, pattern: str, says: str) -> None:
    def compile_it() -> object:
        return RuleSet(read_rule_file("rules/test.toml", rule(pattern=f'"{pattern}"')), lexicon).compiled

    wrong = refused(compile_it)
    assert (wrong.path, wrong.line) == ("rules/test.toml", 9)
    assert says in wrong.problem


def test_rule_names_are_taken_once() -> None:
    names = [rule.name for rule in load_rules()]
    assert len(names) == len(set(names))


# --- mistakes in the files of names -----------------------------------------------------------------------------------

ACTOR_HEADERS = {
    file.name.removesuffix(".csv"): file.read_text(encoding="utf-8").split("\n")[0]
    for file in (data_folder() / "actors").iterdir()
    if file.name.endswith(".csv")
}
PLACE_HEADER = next(
    line for line in (data_folder() / "gazetteer" / "places.tsv").read_text(encoding="utf-8").split("\n") if line.startswith("#")
)


@pytest.fixture
def names_folder(tmp_path: Path) -> Path:
    (tmp_path / "actors").mkdir()
    (tmp_path / "gazetteer").mkdir()
    for name, header in ACTOR_HEADERS.items():
        (tmp_path / "actors" / f"{name}.csv").write_text(header + "\n", encoding="utf-8")
    row = "سرمين\tx:1\tSarmin\ttown\tSY\t35.9\t36.7\t\t\t\t"
    (tmp_path / "gazetteer" / "places.tsv").write_text(f"{PLACE_HEADER}\n{row}\n", encoding="utf-8")
    return tmp_path


def test_a_small_folder_of_names_is_read(names_folder: Path) -> None:
    names = load_names(names_folder)
    assert [place.name_en for place in names.places("سرمين")] == ["Sarmin"]
    assert names.places("حلب") == []


@pytest.mark.parametrize("name", sorted(ACTOR_HEADERS))
@pytest.mark.parametrize("cells", [1, 40])
def test_a_row_of_the_wrong_width_in_an_actor_file(names_folder: Path, name: str, cells: int) -> None:
    width = ACTOR_HEADERS[name].count(",")
    good = "," * width
    (names_folder / "actors" / f"{name}.csv").write_text("\n".join([ACTOR_HEADERS[name], good, ",".join(["x"] * cells)]), encoding="utf-8")
    wrong = refused(lambda: load_names(names_folder))
    assert (wrong.path, wrong.line) == (f"actors/{name}.csv", 3)
    assert "column" in wrong.problem


@pytest.mark.parametrize("row", ["سرمين\tx:2", "سرمين\tx:2\t" + "\t" * 20])
def test_a_row_of_the_wrong_width_in_the_gazetteer(names_folder: Path, row: str) -> None:
    file = names_folder / "gazetteer" / "places.tsv"
    file.write_text(file.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    wrong = refused(lambda: load_names(names_folder))
    assert (wrong.path, wrong.line) == ("gazetteer/places.tsv", 3)
