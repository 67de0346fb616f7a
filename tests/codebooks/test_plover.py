"""What the manual of PLOVER makes of cases, one rule a row, with counter-examples."""

from __future__ import annotations

import pytest
from coding_cases import DAY, Expected, check, dead, event, figure, made, report, span, vague

from sijill.codebooks.book import load_book
from sijill.codebooks.plover import code
from sijill.records import Case

IS, SDF, SYRIA, TURKEY = "islamic_state", "sdf", "syrian_government", "turkey"


def row(event: str, *modes: str, **more: object) -> list[dict[str, object]]:
    return [{"event": event.split(), "mode": list(modes), **more}]


def ids(case: Case, role: str) -> list[str]:
    (made,) = code(case).rows
    return [entity["identifier_text"] for entity in made.row[role]]


EVENTS = [
    Expected(
        "a fight has all its sides as actors",
        made("armed_clash", agents=[IS, SDF]),
        row("ASSAULT", "firearms", recipient=[]),
        "plover.two_sided",
    ),
    Expected(
        "people who were driven out", made("displacement"), row("SANCTION", "expel", actor=[], context=["migration"]), "plover.displaced"
    ),
    Expected(
        "an air strike", made("air_strike", agents=[TURKEY]), row("ASSAULT", "aerial", quad_code=4, event_scale=-9.5), "plover.crosswalk"
    ),
    Expected("a drone strike", made("drone_strike", agents=[TURKEY]), row("ASSAULT", "drone"), "plover.crosswalk"),
    Expected("artillery", made("shelling", agents=[TURKEY]), row("ASSAULT", "heavy-weapons"), "plover.crosswalk"),
    Expected(
        "a suicide attack",
        made("suicide_bombing", agents=[IS]),
        row("ASSAULT", "suicide-attack", context=["terrorism"]),
        "plover.crosswalk",
    ),
    Expected(
        "several modes of one attack",
        made("armed_clash", agents=[IS, SDF], also=["vehicle_bomb"]),
        row("ASSAULT", "firearms", "explosives", event_scale=-9.0),
        "plover.crosswalk",
    ),
    Expected(
        "a mode scores more exactly than its type",
        made("protest_repression", agents=["egypt_police"], words="الغاز المسيل للدموع"),
        row("PROTEST ASSAULT", "demo", "crowd-control", event_scale=-7.5),
        "plover.scale",
    ),
    Expected(
        "live fire on protesters",
        made("protest_repression", agents=["egypt_police"], figures=[dead(2)]),
        row("PROTEST ASSAULT", "demo", "firearms"),
        "plover.crosswalk",
    ),
    Expected("a riot", made("riot", agents=["rioters", "egypt_police"]), row("PROTEST", "riot", event_scale=-7.0), "plover.scale"),
    Expected("sexual violence", made("sexual_violence", agents=[IS]), row("ASSAULT", "sexual", context=["gender"]), "plover.crosswalk"),
    Expected(
        "an arrest by a state", made("arrest", agents=["egypt_police"]), row("COERCE", "arrest", event_scale=-7.0), "plover.crosswalk"
    ),
    Expected(
        "fighters captured in a fight are no arrest",
        made("armed_clash", agents=[IS, SDF], figures=[figure("arrested", 4, "combatant", IS)]),
        row("ASSAULT", "firearms", "abduct"),
        "plover.captured",
    ),
    Expected(
        "troops that move inside an attack",
        made("armed_assault", agents=[IS], also=["deployment"]),
        row("ASSAULT", "firearms"),
        "plover.mobilize",
    ),
    Expected(
        "troops that move alone", made("deployment", agents=[TURKEY]), row("MOBILIZE", "troops", event_scale=-6.5), "plover.crosswalk"
    ),
    Expected("a siege", made("siege", agents=[SYRIA]), row("COERCE", "restrict", "withhold"), "plover.crosswalk"),
    Expected(
        "an agreement", made("agreement_or_ceasefire", agents=[SYRIA, SDF]), row("AGREE", quad_code=1, event_scale=2.5), "plover.crosswalk"
    ),
    Expected("a withdrawal", made("withdrawal", agents=[SDF]), row("RETREAT", "withdraw", quad_code=2, event_scale=8.0), "plover.scale"),
    Expected("bodies found are no event", made("bodies_found"), [], "plover.no_event"),
    Expected(
        "a threat, conditional too",
        made("air_strike", agents=[TURKEY], modality="threatened"),
        row("THREATEN", "violence", quad_code=3, event_scale=-3.5),
        "plover.threat",
    ),
    Expected(
        "a threat to drive people out",
        made("displacement", agents=[TURKEY], modality="threatened"),
        row("THREATEN", "expel"),
        "plover.threat",
    ),
    Expected(
        "what is planned", made("air_strike", agents=[TURKEY], modality="planned"), row("ASSAULT", "aerial", "future"), "plover.auxiliary"
    ),
    Expected("cooperation that is planned", made("withdrawal", agents=[SDF], modality="planned"), row("AGREE"), "plover.future_agreement"),
    Expected(
        "what is supposed",
        made("air_strike", agents=[TURKEY], modality="hypothetical"),
        row("ASSAULT", "aerial", "hypothetical"),
        "plover.auxiliary",
    ),
    Expected(
        "what is denied", made("air_strike", agents=[TURKEY], modality="denied"), row("ASSAULT", "aerial", "negation"), "plover.auxiliary"
    ),
    Expected(
        "what is told as long past",
        made("air_strike", agents=[TURKEY], reports=[report(event("air_strike", background=True))]),
        row("ASSAULT", "aerial", "historical"),
        "plover.auxiliary",
    ),
    Expected(
        "unknown is null, and nought is not", made("shelling"), [{"size": {"dead": None, "injured": None, "arrested": None}}], "plover.size"
    ),
    Expected(
        "the best estimates",
        made("shelling", figures=[dead((3, 5, 8)), figure("injured", 9)]),
        [{"size": {"dead": 5, "injured": 9, "arrested": None}}],
        "plover.size",
    ),
    Expected(
        "several days",
        made("shelling", reports=[report(event("shelling"), event("shelling", "2022-03-12", number=2))]),
        [{"date": DAY, "enddate": "2022-03-12"}],
        "plover.crosswalk",
    ),
    Expected("one day has no end", made("shelling"), [{"date": DAY, "enddate": None}], "plover.crosswalk"),
    Expected("told with its whole a part has no record", made("shelling", parent="inc-w"), [], "plover.parts.with_whole", apart=False),
]


@pytest.mark.parametrize("expected", EVENTS, ids=lambda one: one.name)
def test_records(expected: Expected) -> None:
    check("plover", expected)


@pytest.mark.parametrize(
    ("case", "actors", "recipients"),
    [
        pytest.param(made("armed_clash", agents=[IS, SDF]), [IS, SDF], [], id="who fights are all actors"),
        pytest.param(
            made("armed_clash", agents=[IS, SDF], figures=[dead(2, "civilian")]),
            [IS, SDF],
            ["civilians"],
            id="who suffers in it is the recipient",
        ),
        pytest.param(made("shelling", agents=[TURKEY], targets=[SDF]), [TURKEY], [SDF], id="one side acts"),
        pytest.param(made("displacement", agents=[TURKEY], targets=["refugees"]), [TURKEY], ["refugees"], id="who drives people out acts"),
        pytest.param(made("displacement"), [], ["civilians"], id="and they never do"),
    ],
)
def test_roles(case: Case, actors: list[str], recipients: list[str]) -> None:
    assert ids(case, "actor") == actors
    assert ids(case, "recipient") == recipients


def test_the_erratum_of_accuse() -> None:
    assert load_book().scale["ACCUSE", ""].scale == -3
    assert load_book().rules["plover.accuse"].source.endswith("taken for an erratum")


def test_the_words_stand_where_the_spans_say() -> None:
    text = "قصفت تركيا القرية صباحا"
    told = event("shelling", quote="قصفت", clause=span(text, "قصفت تركيا القرية"))
    (made_of,) = code(made("shelling", agents=[TURKEY], reports=[report(told, text=text)])).rows
    (info,) = made_of.row["text_info"]
    assert text[info["start"] : info["end"]] == "قصفت"
    assert made_of.row["text"] == "قصفت تركيا القرية"
    assert made_of.row["cite_info"]["version"] == "2.0 draft"


def test_without_texts_the_words_are_told_as_lost() -> None:
    (made_of,) = code(made("shelling", vague_words=[vague("several")])).rows
    assert made_of.row["text"] is None
    assert {"texts", "vague_not_held"} <= {loss.kind for loss in made_of.lost}


def test_a_place_has_its_resolution() -> None:
    found = {
        at: code(made("shelling", at=at)).rows[0].row["location"]["resolution"] for at in ("prison", "hasakah", "near hasakah", "syria")
    }
    assert found == {"prison": 5, "hasakah": 4, "near hasakah": 4, "syria": 1}
