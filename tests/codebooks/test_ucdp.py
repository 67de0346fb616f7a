"""What the codebook of UCDP GED makes of cases, one rule a row, with counter-examples."""

from __future__ import annotations

import pytest
from coding_cases import DAY, Expected, check, dead, event, figure, made, report, use, vague

from sijill.codebooks.ucdp import code

IS, SDF, SYRIA, TURKEY = "islamic_state", "sdf", "syrian_government", "turkey"
CIVILIANS = dead(3, "civilian")
STEP = use(9, "sohr", claim="fig-9", used=False, why="the same source gave a later count")
WHOLE = made("armed_clash", id="inc-w", agents=[IS, SDF], figures=[dead(13, uses=[use(13, "sohr", claim="fig-8"), STEP])]).incident
RUNNING = made(
    "armed_clash", id="inc-p", day="2022-03-12", parent="inc-w", agents=[IS, SDF], figures=[dead(9, uses=[use(9, "sohr", claim="fig-9")])]
)
OWN = made("armed_clash", id="inc-q", day="2022-03-12", parent="inc-w", agents=[IS, SDF], figures=[dead(5)]).incident


SIDED = made("armed_clash", id="inc-s", day="2022-03-12", parent="inc-w", agents=[IS, SDF], figures=[dead(5, "combatant", IS)]).incident


def deaths(a: int, b: int, civilians: int, unknown: int, low: int, high: int) -> list[dict[str, object]]:
    best = a + b + civilians + unknown
    return [
        {"deaths_a": a, "deaths_b": b, "deaths_civilians": civilians, "deaths_unknown": unknown, "best": best, "low": low, "high": high}
    ]


def type_of(number: int, a: str, b: str, **more: object) -> list[dict[str, object]]:
    return [{"type_of_violence": number, "side_a": a, "side_b": b, **more}]


GOVERNMENT, ISLAMIC, FORCES = "Government of Syria (to December 2024)", "Islamic State", "Syrian Democratic Forces"

TYPES = [
    Expected(
        "a government and rebels: the government is side A",
        made("armed_clash", agents=[IS, SYRIA], figures=[dead(3)]),
        type_of(1, GOVERNMENT, ISLAMIC, gwnoa=652, gwnob=None),
        "ucdp.type.state",
    ),
    Expected(
        "also where it was attacked",
        made("vehicle_bomb", agents=[IS], figures=[dead(3, "combatant", SYRIA)]),
        type_of(1, GOVERNMENT, ISLAMIC, deaths_a=3, deaths_b=0),
        "ucdp.side.order",
    ),
    Expected(
        "two governments",
        made("shelling", agents=[TURKEY], targets=[SYRIA], figures=[dead(3, "combatant", SYRIA)]),
        type_of(1, "Turkey (state and armed forces)", GOVERNMENT, gwnoa=640, gwnob=652),
        "ucdp.type.state",
    ),
    Expected("two groups", made("armed_clash", agents=[IS, SDF], figures=[dead(3)]), type_of(2, ISLAMIC, FORCES), "ucdp.type.non_state"),
    Expected(
        "a group's police is no government",
        made("armed_clash", agents=["asayish_nes", IS], figures=[dead(3)]),
        type_of(2, "Internal Security Forces of North and East Syria (Asayish)", ISLAMIC, gwnoa=None),
        "ucdp.type.non_state",
    ),
    Expected(
        "an attack on civilians",
        made("shooting", agents=[IS], figures=[CIVILIANS]),
        type_of(3, ISLAMIC, "Civilians", gwnoa=None, deaths_civilians=3),
        "ucdp.type.one_sided",
    ),
    Expected(
        "shots at unarmed protesters",
        made("protest_repression", agents=["egypt_police"], targets=["protesters"], figures=[CIVILIANS]),
        type_of(3, "Egyptian police and Interior Ministry forces", "Civilians", gwnoa=651),
        "ucdp.type.one_sided",
    ),
    Expected(
        "prisoners who are killed are civilians",
        made("execution", agents=[IS], figures=[dead(4, "combatant", SYRIA)]),
        type_of(3, ISLAMIC, "Civilians", deaths_civilians=4),
        "ucdp.type.one_sided",
    ),
    Expected(
        "civilians who die in a battle do not change its type",
        made("armed_clash", agents=[IS, SYRIA], figures=[CIVILIANS, dead(2, "combatant", SYRIA)]),
        type_of(1, GOVERNMENT, ISLAMIC, deaths_civilians=3, deaths_a=2),
        "ucdp.type.state",
    ),
    Expected("a riot is not codable", made("riot", agents=["rioters"], figures=[CIVILIANS]), [], "ucdp.type.not_organised"),
    Expected("nor is crime", made("shooting", agents=["criminals"], figures=[CIVILIANS]), [], "ucdp.type.not_organised"),
    Expected(
        "nor gunmen whom nobody names", made("shooting", agents=["unidentified_gunmen"], figures=[CIVILIANS]), [], "ucdp.type.not_organised"
    ),
    Expected("nor an attack that nobody is named for", made("explosive_device", figures=[CIVILIANS]), [], "ucdp.type.not_organised"),
    Expected(
        "nor dead fighters of whom nobody says whose they were",
        made("drone_strike", agents=[TURKEY], figures=[dead(2, "combatant")]),
        [],
        "ucdp.type.no_second_side",
    ),
]

DEATHS = [
    Expected(
        "the suicide attacker stands on his side",
        made("suicide_bombing", agents=[IS], figures=[dead(3, "civilian"), dead(1, "combatant", IS)]),
        deaths(1, 0, 3, 0, 4, 4),
        "ucdp.type.one_sided",
    ),
    Expected(
        "prisoners who are shot are civilians",
        made("shooting", agents=[IS], figures=[dead(4, "detainee")]),
        deaths(0, 0, 4, 0, 4, 4),
        "ucdp.type.one_sided",
    ),
    Expected(
        "a part that knows the side of its dead, and a whole that does not",
        made("armed_clash", id="inc-w", agents=[IS, SDF], figures=WHOLE.figures, parts=[SIDED]),
        deaths(0, 0, 0, 8, 8, 8),
        "ucdp.deaths.parts",
    ),
    Expected("nobody died", made("shelling", agents=[SYRIA]), [], "ucdp.deaths.none"),
    Expected("injured are no deaths", made("shelling", agents=[SYRIA], figures=[figure("injured", 9)]), [], "ucdp.deaths.none"),
    Expected(
        "«ضحايا» are no deaths for certain",
        made("shelling", agents=[SYRIA], figures=[figure("killed_or_injured", 9)]),
        [],
        "ucdp.deaths.none",
    ),
    Expected(
        "a vague word gives no number",
        made("shelling", agents=[SYRIA], vague_words=[vague("tens", "عشرات القتلى")]),
        [],
        "ucdp.deaths.vague",
    ),
    Expected("bodies found", made("bodies_found", figures=[dead(22)]), [], "ucdp.deaths.undated"),
    Expected(
        "one death is enough",
        made("shelling", agents=[SYRIA], figures=[dead(1, "civilian")]),
        deaths(0, 0, 1, 0, 1, 1),
        "ucdp.deaths.by_side",
    ),
    Expected(
        "who was hit by a shell may have been anybody",
        made("shelling", agents=[SYRIA], figures=[dead(4), dead(3, "civilian")]),
        deaths(0, 0, 3, 1, 4, 4),
        "ucdp.deaths.by_side",
    ),
    Expected(
        "who was executed could not fight back",
        made("execution", agents=[IS], figures=[dead(4)]),
        deaths(0, 0, 4, 0, 4, 4),
        "ucdp.deaths.by_side",
    ),
    Expected(
        "the dead by side, and best the sum of the four",
        made(
            "armed_clash",
            agents=[IS, SDF],
            figures=[dead((2, 4, 6), "combatant", IS), dead(3, "combatant", SDF), dead((1, 2, 2), "civilian")],
        ),
        deaths(4, 3, 2, 0, 6, 11),
        "ucdp.deaths.by_side",
    ),
    Expected(
        "those of whom nothing is known",
        made("armed_clash", agents=[IS, SDF], figures=[dead(10), dead(4, "combatant", IS)]),
        deaths(4, 0, 0, 6, 10, 10),
        "ucdp.deaths.by_side",
    ),
    Expected(
        "low, best and high of one number",
        made("shooting", agents=[IS], figures=[dead((3, 5, 8), "civilian")]),
        deaths(0, 0, 5, 0, 3, 8),
        "ucdp.deaths.range",
    ),
    Expected(
        "an assassination means a death",
        made("assassination", agents=[IS]),
        deaths(0, 0, 1, 0, 1, 1),
        "ucdp.deaths.by_side",
    ),
    *(
        Expected(
            f"what is {modality} has none", made("shelling", agents=[SYRIA], modality=modality, figures=[dead(3)]), [], "ucdp.modality"
        )
        for modality in ("threatened", "planned", "hypothetical", "denied")
    ),
]

FIELDS = [
    Expected("the number of a state", made("shooting", agents=[SYRIA], figures=[CIVILIANS]), [{"gwnoa": 652}], "ucdp.state"),
    Expected(
        "reprints are no sources",
        made("shooting", agents=[IS], figures=[CIVILIANS], families=2),
        [{"number_of_sources": 2}],
        "ucdp.sources",
    ),
    Expected(
        "a wide range is to be checked",
        made("shooting", agents=[IS], figures=[dead((2, 3, 4), "civilian")]),
        [{"code_status": "Check deaths"}],
        "ucdp.status",
    ),
    Expected(
        "a day",
        made("shooting", agents=[IS], figures=[CIVILIANS]),
        [{"date_prec": 1, "date_start": DAY, "date_end": DAY, "event_clarity": 1}],
        "ucdp.date.day",
    ),
    Expected(
        "days are a range and are not divided",
        made(
            "armed_clash",
            agents=[IS, SDF],
            figures=[dead(12)],
            reports=[report(event("armed_clash"), event("armed_clash", "2022-03-12", number=2))],
        ),
        [{"date_prec": 2, "date_start": DAY, "date_end": "2022-03-12", "best": 12, "event_clarity": 2}],
        "ucdp.date.range",
    ),
    Expected(
        "a week",
        made("shooting", agents=[IS], figures=[CIVILIANS], day="2022-03-07", last="2022-03-13"),
        [{"date_prec": 3}],
        "ucdp.date.range",
    ),
    Expected(
        "a month",
        made("shooting", agents=[IS], figures=[CIVILIANS], day="2022-03-01", last="2022-03-31"),
        [{"date_prec": 4}],
        "ucdp.date.range",
    ),
    Expected(
        "a year",
        made("shooting", agents=[IS], figures=[CIVILIANS], day="2022-01-01", last="2022-12-31"),
        [{"date_prec": 5}],
        "ucdp.date.range",
    ),
    Expected(
        "longer than a year",
        made("shooting", agents=[IS], figures=[CIVILIANS], day="2021-01-01", last="2022-12-31"),
        [],
        "ucdp.date.unknown",
    ),
    *(
        Expected(
            f"{at} has where_prec {precision}",
            made("shooting", agents=[IS], figures=[CIVILIANS], at=at),
            [{"where_prec": precision}],
            "ucdp.where",
        )
        for at, precision in (
            ("prison", 1),
            ("hasakah", 1),
            ("near hasakah", 2),
            ("atareb district", 3),
            ("hasakah governorate", 4),
            ("northern syria", 5),
            ("syria", 6),
        )
    ),
    Expected("no place", made("shooting", agents=[IS], figures=[CIVILIANS], at=""), [], "ucdp.where.unknown"),
    Expected(
        "a country without a number in the list has none",
        made("shooting", agents=["israel"], figures=[CIVILIANS], at="gaza"),
        [{"country_id": None, "country": "Palestine", "gwnoa": 666}],
        "ucdp.type.one_sided",
    ),
    Expected(
        "a part beside which the whole's toll is told is in its row",
        made("armed_clash", id="inc-w", agents=[IS, SDF], figures=WHOLE.figures, parts=[RUNNING.incident]),
        [{"best": 13, "date_end": "2022-03-12", "event_clarity": 2}],
        "ucdp.clarity",
    ),
    Expected(
        "and has none",
        made("armed_clash", id="inc-p", parent="inc-w", agents=[IS, SDF], figures=RUNNING.incident.figures, kin=[WHOLE]),
        [],
        "ucdp.deaths.with_whole",
    ),
    Expected(
        "what a part counts itself is taken off",
        made("armed_clash", id="inc-w", agents=[IS, SDF], figures=WHOLE.figures, parts=[OWN]),
        [{"best": 8, "low": 8, "date_end": DAY}],
        "ucdp.deaths.parts",
    ),
    Expected(
        "told with its whole a part has no row",
        made("armed_clash", id="inc-q", parent="inc-w", figures=OWN.figures, kin=[WHOLE]),
        [],
        "ucdp.parts.with_whole",
        apart=False,
    ),
]


@pytest.mark.parametrize("expected", [*TYPES, *DEATHS, *FIELDS], ids=lambda one: one.name)
def test_rows(expected: Expected) -> None:
    check("ucdp", expected)


def test_claimants_stand_apart_from_outlets() -> None:
    case = made("shooting", agents=[IS], figures=[dead(3, "civilian", uses=[use(3, "sohr")])], families=1)
    (row,) = code(case).rows
    assert row.row["source_original"] == "Syrian Observatory for Human Rights"
    assert row.row["source_office"] == "Our Paper"
    assert row.row["number_of_sources"] == 1


def test_numbers_of_the_programme_are_not_made_up() -> None:
    (row,) = code(made("shooting", agents=[IS], figures=[CIVILIANS])).rows
    empty = {name for name, value in row.row.items() if value is None}
    assert empty == {
        *("id", "relid", "active_year", "conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id"),
        *("side_a_dset_id", "side_a_new_id", "side_b_dset_id", "side_b_new_id", "gwnoa", "gwnob"),
    }
    assert "ids" in {loss.kind for loss in row.lost}


def test_a_wide_range_is_to_be_checked() -> None:
    (row,) = code(made("shooting", agents=[IS], figures=[dead((3, 5, 8), "civilian")])).rows
    assert row.row["code_status"] == "Check deaths"
    (row,) = code(made("shooting", agents=[IS], figures=[dead((4, 5, 6), "civilian")])).rows
    assert row.row["code_status"] == "Clear"


def test_one_sided_violence_without_a_word_for_civilians_is_to_be_checked() -> None:
    (row,) = code(made("shelling", agents=[SYRIA], figures=[dead(4)])).rows
    assert (row.row["type_of_violence"], row.row["code_status"]) == (3, "Check type of violence")
    (row,) = code(made("shelling", agents=[SYRIA], figures=[CIVILIANS])).rows
    assert row.row["code_status"] == "Clear"
