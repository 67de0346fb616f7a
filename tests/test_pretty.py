"""The pretty output: what it shows, in which order, and what it never lets through to a terminal."""

import re
import unicodedata
from typing import Any

import pytest

from sijill.export.pretty import render
from sijill.export.terminal import Page, Piece, shorten, width_of
from sijill.ingest.demo import demo_report
from sijill.pipeline import read
from sijill.records import ActorRef, Contradiction, EventClaim, FigureClaim, Place, Reading, Report

TEXT = "قُتل ثلاثة مدنيين في قصف على إدلب. وأصيب آخرون.\nنص آخر"
REPORT = Report.of(TEXT, id="report-1")


def figure(id: str, **fields: Any) -> FigureClaim:
    given = {"effect": "killed", "quote": TEXT[:17], "start": 0, "end": 17, "rule": "r", "claim": "", **fields}
    return FigureClaim(id=id, **given)


def event(id: str, **fields: Any) -> EventClaim:
    given = {"kind": "shelling", "quote": TEXT[21:24], "start": 21, "end": 24, "rule": "r", "claim": "", **fields}
    return EventClaim(id=id, **given)


def reading(**fields: Any) -> Reading:
    given = {"id": "report-1", "sha256": REPORT.sha256, "kind": "conflict", "language": "ar", **fields}
    return Reading(**given)


def shown(found: Reading, report: Report = REPORT, **options: Any) -> str:
    return render(report, found, **options)


def place(id: str, name: str, name_en: str | None = None) -> Place:
    return Place(id=id, name=name, name_en=name_en, level="city", start=30, end=34, rule="r")


# --- what it shows ---------------------------------------------------------------------------------------------------


def test_the_head_says_what_the_report_is() -> None:
    text = shown(reading(title="عنوان", outlet="وكالة", published="2022-02-02", warnings=["no year"], figures=[figure("f1", value=3)]))
    for part in ("عنوان", "وكالة", "Published 2022-02-02", "ar", REPORT.sha256[:16], "1 figure ", "! no year"):
        assert part in text


def test_a_negative_and_an_unread_report_say_so() -> None:
    assert "No event and no figure" in shown(reading(kind="negative"))
    assert "not in a language" in shown(reading(kind="unread", language=None))


def test_events_stand_in_order_of_time_and_undated_ones_last() -> None:
    events = [
        event("e1"),
        event("e2", date="2022-01-26", time="16:50"),
        event("e3", date="2022-01-20/.."),
        event("e4", date="2022-01-26", time_of_day="dawn"),
        event("e5", date="2022-01-20"),
    ]
    text = shown(reading(events=events))
    assert re.findall(r"\[(e\d)\]", text) == ["e5", "e3", "e4", "e2", "e1"]
    assert "2022-01-26 Wednesday 26 January 2022" in text


def test_an_event_has_its_place_people_source_and_words() -> None:
    found = reading(
        events=[event("e1", places=["p1", "p2"], agents=["sdf"], targets=["guards"], source="sohr", main=True, means=["artillery"])],
        places=[place("p1", "إدلب", "Idlib"), place("p2", "تل غريب")],
        actors=[ActorRef(id="sdf", name_en="Syrian Democratic Forces")],
    )
    lines = [line.strip() for line in shown(found).split("\n")]
    assert "shelling (artillery) · main [e1]" in lines
    assert "Idlib" in lines
    assert "تل غريب" in lines  # an Arabic name has a line of its own
    assert "Syrian Democratic Forces → guards" in lines
    assert "Source: sohr" in lines
    assert "«قصف على إدلب»" in lines


def test_the_basis_of_a_date_is_marked() -> None:
    text = shown(reading(events=[event("e1", date="2022-01-20", date_basis="stated"), event("e2", date="2022-01-20", date_basis="frame")]))
    assert "= stated ~ from the text" in text
    assert re.search(r"^  = +shelling \[e1\]", text, re.M)
    assert re.search(r"^  ~ +shelling \[e2\]", text, re.M)


@pytest.mark.parametrize("modality", ["planned", "attempted", "hypothetical", "threatened", "denied"])
def test_what_is_not_told_as_fact_stands_apart(modality: str) -> None:
    text = shown(reading(events=[event("e1", modality=modality, date="2022-01-20")]))
    assert "TIMELINE" not in text
    assert f"{modality.upper()} · Not told as facts" in text
    assert "2022-01-20 [e1]" in text


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"value": 5}, "5"),
        ({"value": 5000, "bound": "about"}, "about 5,000"),
        ({"value": 5, "min": 5, "bound": "at_least"}, "at least 5"),
        ({"value": 30, "min": 31, "bound": "more_than"}, "more than 30"),
        ({"value": 30, "max": 30, "bound": "at_most"}, "at most 30"),
        ({"min": 4, "max": 6, "bound": "range"}, "4–6"),
        ({"min": 2, "bound": "vague", "vague_word": "dual_or_plural"}, "2 or more (dual or plural)"),
        ({"min": 20, "max": 99, "bound": "vague", "vague_word": "tens"}, "tens (20–99)"),
        ({"value": 0}, "0"),
    ],
)
def test_numbers_as_stated(fields: dict[str, Any], number: str) -> None:
    assert f"\n    {number} [f1]" in shown(reading(figures=[figure("f1", **fields)]))


def test_parts_stand_under_their_total_with_the_sum() -> None:
    figures = [
        figure("f1", value=77, role="part", of="f4"),
        figure("f2", value=40, role="part", of="f4"),
        figure("f3", value=4, role="part", of="f4", who="civilians", status="civilian"),
        figure("f4", value=114, role="total", cumulative=True),
    ]
    text = shown(reading(figures=figures))
    assert re.findall(r"\[(f\d)\]", text) == ["f4", "f1", "f2", "f3"]
    assert "114 · total · cumulative [f4]" in text
    assert "77 + 40 + 4 = 121 ≠ 114 (does not add up)" in text
    assert "        4 civilians · part [f3]" in text


def test_contradictions_have_their_sums() -> None:
    found = Contradiction(kind="total_differs_from_parts", figures=["f1"], sum=121, stated=114, difference=7, note="note", note_ar="ملاحظة")
    text = shown(reading(contradictions=[found]))
    for part in ("Total differs from its parts", "121 ≠ 114", "Difference: 7", "note"):
        assert part in text


def test_arabic_labels() -> None:
    text = render(demo_report(), read(demo_report()), lang="ar")
    for part in ("التسلسل الزمني", "دفتر الأعداد", "تناقضات", "77 + 40 + 4 = 121 ≠ 114"):
        assert part in text
    assert "TIMELINE" not in text


def test_the_same_every_time() -> None:
    assert render(demo_report(), read(demo_report())) == render(demo_report(), read(demo_report()))


# --- what a terminal may get -----------------------------------------------------------------------------------------

HOSTILE = "قتل\x1b[2J\x1b]0;owned\x07\x9b31m\u202eمدني\u2066\r\nثلاثة\u2028\x00\ud800\x7f"


def test_nothing_of_the_report_reaches_the_terminal_as_a_command() -> None:
    report = Report.of(HOSTILE, id=HOSTILE)
    hostile = {"quote": HOSTILE, "start": 0, "end": len(HOSTILE)}
    found = reading(
        id=HOSTILE,
        title=HOSTILE,
        outlet=HOSTILE,
        published=HOSTILE,
        language=HOSTILE,
        warnings=[HOSTILE],
        events=[event("e1", agents=[HOSTILE], source=HOSTILE, places=["p1"], means=[HOSTILE], date=HOSTILE, time=HOSTILE, **hostile)],
        figures=[figure("f1", who=HOSTILE, side=HOSTILE, source=HOSTILE, value=1, demographic=[HOSTILE], **hostile)],
        places=[place("p1", HOSTILE)],
        contradictions=[Contradiction(kind="sources_disagree", note=HOSTILE, note_ar=HOSTILE)],
    )
    for lang in ("en", "ar"):
        text = render(report, found, lang=lang)  # type: ignore[arg-type]
        bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cs") and char != "\n"} | (set(text) & set("\u202e\u2066"))
        assert bad == set()


def test_arabic_is_isolated_on_a_terminal_only() -> None:
    demo = demo_report()
    found = read(demo)
    assert "\u2068" not in render(demo, found)
    for line in render(demo, found, isolates=True).split("\n"):
        assert line.count("\u2068") == line.count("\u2069") <= 1
        if "\u2068" in line:
            assert line.endswith("\u2069")


def test_colour_only_when_asked_for() -> None:
    demo = demo_report()
    found = read(demo)
    assert "\x1b[" not in render(demo, found)
    coloured = render(demo, found, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == render(demo, found)


@pytest.mark.parametrize("width", [1, 30, 60, 80, 120, 300])
@pytest.mark.parametrize("lang", ["en", "ar"])
def test_lines_keep_within_the_width(width: int, lang: Any) -> None:
    demo = demo_report()
    for line in render(demo, read(demo), width=width, lang=lang).split("\n"):
        assert width_of(line) <= max(width, 30)


def test_a_word_longer_than_a_line_is_never_cut_inside_a_character() -> None:
    page = Page(width=30)
    page.add(Piece("قُ" * 100), indent=4)
    lines = page.text().strip("\n").split("\n")
    assert "".join(line.strip() for line in lines) == "قُ" * 100
    assert all(line.strip().startswith("ق") and line.endswith("ُ") for line in lines)


@pytest.mark.parametrize(
    ("text", "room", "short"),
    [
        ("قتل ثلاثة", 20, "قتل ثلاثة"),
        ("قتل ثلاثة مدنيين", 12, "قتل ثلاثة…"),
        ("قتل\nثلاثة", 20, "قتل ثلاثة"),
        ("ق" * 50, 10, "ق" * 9 + "…"),
        ("قُتِلَ" * 9, 7, "قُتِلَ" * 2 + "…"),
        ("", 10, ""),
    ],
)
def test_shorten(text: str, room: int, short: str) -> None:
    assert shorten(text, room) == short


def test_an_endless_text_is_shortened_without_reading_it_all() -> None:
    assert width_of(shorten("ق" * 10_000_000, 40)) == 40
