"""The records: frozen, encoded as JSON in the order of their fields, with content ids that outlive the rules."""

from __future__ import annotations

import json

import msgspec
import pytest
from factories import reading

from sijill.records import (
    ActorMention,
    DateMention,
    Evidence,
    FigureClaim,
    Mention,
    Place,
    PlaceMention,
    QuantityMention,
    Reading,
    Report,
    Span,
    claim_id,
    reading_schema,
    to_json,
)

# --- reports ----------------------------------------------------------------------------------------------------------


def test_a_report_is_known_by_its_text() -> None:
    one, same, other = Report.of("قصف"), Report.of("قصف", outlet="x", title="t"), Report.of("قصف ")
    assert one.sha256 == same.sha256 != other.sha256
    assert one.id == one.sha256[:16]
    assert Report.of("قصف", id="r1").id == "r1"


@pytest.mark.parametrize("text", ["", "قصف", "\ud800", "a\x00b", "😀" * 3])
def test_any_text_makes_a_report(text: str) -> None:
    report = Report.of(text)
    assert report.text == text
    assert len(report.sha256) == 64


def test_records_are_frozen_and_compared_by_value() -> None:
    span = Span(start=0, end=3)
    assert span == Span(start=0, end=3)
    with pytest.raises(AttributeError):
        span.start = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        Span(0, 3)  # type: ignore[misc]


# --- claim ids --------------------------------------------------------------------------------------------------------


def test_claim_ids_depend_on_what_is_said_where() -> None:
    said = ("ab" * 32, "figure", 5, 20, "killed", 4)
    others = [
        ("cd" * 32, "figure", 5, 20, "killed", 4),
        ("ab" * 32, "event", 5, 20, "killed", 4),
        ("ab" * 32, "figure", 6, 20, "killed", 4),
        ("ab" * 32, "figure", 5, 21, "killed", 4),
        ("ab" * 32, "figure", 5, 20, "injured", 4),
        ("ab" * 32, "figure", 5, 20, "killed", 5),
        ("ab" * 32, "figure", 5, 20, "killed", None),
        ("ab" * 32, "figure", 5, 20, "killed"),
    ]
    ids = [claim_id(*parts) for parts in (said, *others)]  # type: ignore[arg-type]
    assert len(set(ids)) == len(ids)
    assert claim_id(*said) == "fig-1f6787d23e815442"  # ids in the registers of users must not change


def test_text_and_numbers_are_told_apart_in_an_id() -> None:
    assert claim_id("x", "figure", 1, 2, "4") != claim_id("x", "figure", 1, 2, 4)
    assert claim_id("x", "figure", 1, 2, "a", "b") != claim_id("x", "figure", 1, 2, "ab")


TEXT = "قصفت قوات النظام بلدة سرمين بالمدفعية في 5 آذار 2020 وقتلت ثلاثة مدنيين بينهم طفلة."


def test_claim_ids_of_a_reading_say_nothing_of_rules() -> None:
    """Renaming a rule, or reading the same words by another, leaves every claim its id."""
    found = reading(TEXT)
    for figure in found.figures:
        said = (figure.effect, figure.value, figure.min, figure.max, figure.vague_word)
        assert figure.claim == claim_id(found.sha256, "figure", figure.start, figure.end, *said)
    for event in found.events:
        assert event.claim == claim_id(found.sha256, "event", event.start, event.end, event.kind, event.modality)
    assert found.figures
    assert found.events


def test_claim_ids_are_the_same_in_another_outlets_copy() -> None:
    copy = reading(TEXT, outlet="x", id="other", title="t")
    assert [c.claim for c in (*copy.figures, *copy.events)] == [c.claim for c in (*reading(TEXT).figures, *reading(TEXT).events)]


# --- JSON -------------------------------------------------------------------------------------------------------------


def test_json_keeps_arabic_and_the_order_of_fields() -> None:
    text = to_json(Evidence(what="who", start=1, end=4, rule="قاعدة"))
    assert text == '{"what":"who","start":1,"end":4,"rule":"قاعدة"}'


def test_json_can_be_indented() -> None:
    assert to_json(Span(start=0, end=3), indent=2) == '{\n  "start": 0,\n  "end": 3\n}'


def test_a_reading_comes_back_from_its_json() -> None:
    found = reading(TEXT)
    assert msgspec.json.decode(to_json(found), type=Reading) == found
    assert list(json.loads(to_json(found))) == list(Reading.__struct_fields__)


MENTIONS: list[Mention] = [
    DateMention(start=0, end=4, quote="أمس", rule="r", edtf="2020-03-04", basis="relative"),
    QuantityMention(start=0, end=4, quote="عشرات", rule="r", min=20, max=99, bound="vague", vague_word="tens"),
    PlaceMention(start=0, end=4, quote="حلب", rule="r", place="p1"),
    ActorMention(start=0, end=4, quote="قسد", rule="r", actor="sdf"),
]


@pytest.mark.parametrize("mention", MENTIONS, ids=[type(m).__name__ for m in MENTIONS])
def test_mentions_come_back_as_their_own_kind(mention: Mention) -> None:
    assert msgspec.json.decode(to_json(mention), type=Mention) == mention


def test_unknown_is_null_and_never_zero() -> None:
    claim = FigureClaim(id="f1", claim="c", effect="killed", quote="قتلى", start=0, end=4, rule="r")
    said = json.loads(to_json(claim))
    assert (said["value"], said["min"], said["max"]) == (None, None, None)


def test_a_value_outside_a_closed_list_is_refused() -> None:
    place = json.loads(to_json(Place(id="p1", name="حلب", level="city", start=0, end=3, rule="r")))
    with pytest.raises(msgspec.ValidationError, match="level"):
        msgspec.convert({**place, "level": "planet"}, Place)


# --- the schema -------------------------------------------------------------------------------------------------------


def test_the_schema_names_every_field_of_a_reading() -> None:
    schema = reading_schema()
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["$defs"]["Reading"]["properties"]) == set(Reading.__struct_fields__)
    assert schema == reading_schema()
