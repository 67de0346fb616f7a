"""Every rule does what its examples say, and nothing that its counter-examples forbid; mistakes are all shown at once."""

import shutil
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from sijill.annotate.tokenise import tokenise
from sijill.check import check_data, file_problems, rule_problems
from sijill.claims import Context
from sijill.lexicon import load_lexicon
from sijill.pipeline import understand
from sijill.records import Report
from sijill.rules import Example, Rule, RuleSet, _longest, load_rules
from sijill.text import fold


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.name)
def test_examples(rule: Rule) -> None:
    assert rule_problems(rule, load_lexicon()) == []


@pytest.mark.parametrize("rule", [rule for rule in load_rules() if rule.stage == "figure"], ids=lambda rule: rule.name)
def test_people_are_counted_wherever_a_rule_for_figures_matches(rule: Rule) -> None:
    for text in (*(example.text for example in rule.examples), *rule.counter):
        report = Report.of(text)
        assert _told(understand(report, None, everything=False)) == _told(understand(report, None)), text


def _told(context: Context) -> list[tuple[str, str, object]]:
    return [(figure.effect, figure.rule, figure.group.quantity) for figure in context.figures]


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("GROUP HARM_V", "HARM_V"),
        ("GROUP IN? HARM_V{0,2} BOTH", "BOTH"),
        ("group:GROUP&HARMED", "HARMED"),
        ("TANK ( HARM_V | BOTH )", "TANK"),
    ],
)
def test_what_a_rule_needs_of_a_text(pattern: str, needs: str) -> None:
    lexicon = load_lexicon()
    rule = Rule("a rule", "figure", pattern, {}, (), (), "rules/x.toml:1")
    assert RuleSet([rule], lexicon).needed(frozenset({"GROUP"})) == lexicon.chars_with(needs)


@pytest.mark.parametrize("pattern", ["GROUP", "GROUP HARM_V?", "GROUP HARM_V | GROUP BOTH", "GROUP !STOP CONJ"])
def test_a_rule_that_needs_no_word_of_its_own_can_match_anywhere(pattern: str) -> None:
    lexicon = load_lexicon()
    rule = Rule("a rule", "figure", pattern, {}, (), (), "rules/x.toml:1")
    assert RuleSet([rule], lexicon).needed(frozenset({"GROUP"})) == lexicon.all_chars()


def test_every_rule_says_what_it_must_not_read() -> None:
    assert [rule.name for rule in load_rules() if not rule.examples or not rule.counter] == []


def test_a_wrong_example_is_shown_with_its_line() -> None:
    rule = next(r for r in load_rules() if r.stage == "event")
    wrong = Rule(
        rule.name, rule.stage, rule.pattern, rule.gives, (Example("فاز الفريق", "riot"),), (rule.examples[0].text,), "rules/x.toml:7"
    )
    problems = rule_problems(wrong, load_lexicon())
    assert len(problems) == 2
    assert all(problem.startswith("rules/x.toml:7: ") for problem in problems)


@pytest.mark.parametrize(
    ("pattern", "words", "found"),
    [
        ("RAID_N", "غاره", 1),
        ("RAID_N IN", "غاره", 0),
        ("RAID_N IN?", "غاره", 1),
        ("RAID_N ( IN | ON )?", "غاره", 1),
        ("RAID_N ( IN | ON )", "غاره علي", 1),
        ("RAID_N | HARM_V", "غاره", 1),
        ("RAID_N | HARM_V", "قتل", 1),
        ("RAID_N{1,2}", "غاره", 1),
        ("!IN", "قتل", 1),
    ],
)
def test_a_rule_is_passed_over_only_where_it_cannot_match(pattern: str, words: str, found: int) -> None:
    lexicon = load_lexicon()
    rule = Rule("a rule", "event", pattern, {"kind": "riot"}, (), (), "rules/x.toml:1")
    assert len(RuleSet([rule], lexicon).matches(tokenise(fold(words), lexicon).row)) == found


@pytest.mark.parametrize(
    ("pattern", "longest"),
    [
        ("RAID_N", 1),
        ("RAID_N IN? ON{0,3}", 5),
        ("RAID_N ( IN | ON BY ){0,2} ( a:BY )?", 6),
        ("RAID_N ( IN ( ON | BY FROM )? ){2} | BY", 7),
    ],
)
def test_how_long_a_match_can_be(pattern: str, longest: int) -> None:
    assert _longest(Rule("a rule", "event", pattern, {}, (), (), "rules/x.toml:1")) == longest


@pytest.mark.parametrize("pattern", ["RAID_N IN*", "RAID_N IN+", "RAID_N ( IN ON ){2,}"])
def test_a_match_without_end_is_long(pattern: str) -> None:
    assert _longest(Rule("a rule", "event", pattern, {}, (), (), "rules/x.toml:1")) >= 1000


def test_the_installed_data_is_in_order() -> None:
    found = check_data()
    assert found.problems == []
    assert min(found.counts.values()) > 10


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the installed data, to be spoilt."""
    with as_file(files("sijill") / "data") as installed:
        for folder in ("words", "rules", "gazetteer", "actors"):
            shutil.copytree(installed / folder, tmp_path / folder)
    return tmp_path


def spoil(file: Path, *changes: tuple[str, str]) -> None:
    content = file.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in content
        content = content.replace(before, after, 1)
    file.write_text(content, encoding="utf-8")


def test_sound_data_has_no_problem(data: Path) -> None:
    assert file_problems(data) == []


def test_all_mistakes_of_a_word_file_are_shown(data: Path) -> None:
    numbers = data / "words" / "numbers.csv"
    count = len(numbers.read_text(encoding="utf-8").splitlines())
    rows = [
        "NUM_UNIT,nonsense,كلمة,,",
        "NUM_UNIT,word,كلمة",
        "NUM_UNIT,word,كلمة||,,",
        "NUM_UNIT,word,كلمة,value,",
        "NUM_UNIT,word,ثلاثة,value=4,",
    ]
    with numbers.open("a", encoding="utf-8") as file:
        file.write("".join(row + "\n" for row in rows))
    problems = file_problems(data)
    assert [problem.split(": ")[0] for problem in problems] == [f"words/numbers.csv:{count + n}" for n in range(1, 6)]


SPOILT_RULES = """\
[[rule]]
name = "a"

[[rule]]
name = = "b"

[[rule]]
name = "suicide attack"
stage = "event"
pattern = "SUICIDE"
gives = { kind = "riot" }
examples = [{ text = "أ", expect = "riot" }]
counter = []

[[rule]]
name = "c"
stage = "event"
pattern = "SUICIDE"
gives = { kind = "riot" }
examples = ["أ"]
counter = []
"""


def test_all_mistakes_of_a_rule_file_are_shown(data: Path) -> None:
    events = data / "rules" / "events.toml"
    count = events.read_text(encoding="utf-8").count("\n")
    with events.open("a", encoding="utf-8") as file:
        file.write(SPOILT_RULES)
    problems = file_problems(data)
    assert [problem.split(": ")[0] for problem in problems] == [f"rules/events.toml:{count + n}" for n in (1, 5, 7, 15)]


def test_mistakes_in_names_are_shown(data: Path) -> None:
    places = data / "gazetteer" / "places.tsv"
    row = next(line for line in places.read_text(encoding="utf-8").split("\n") if "gn:173811\t" in line)
    cells = row.split("\t")
    spoilt = ["\t".join([*cells[:3], "metropolis", cells[4], "98", "east", *cells[7:]]), "\t".join(cells[:-1])]
    with places.open("a", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in spoilt))
    spoil(data / "actors" / "sources.csv", (",", ",,"))
    problems = file_problems(data)
    assert len([p for p in problems if p.startswith("gazetteer/places.tsv:")]) == 5
    assert any(p.startswith("actors/sources.csv:") for p in problems)
