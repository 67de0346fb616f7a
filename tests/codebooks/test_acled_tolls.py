"""The dead of rows of ACLED, of wholes and of parts, one rule a row, with counter-examples."""

from __future__ import annotations

import pytest
from coding_cases import DAY, Expected, check, dead, figure, made, use, vague

from sijill.records import Incident

IS, SDF = "islamic_state", "sdf"


TOLLS = [
    Expected(
        "women among fighters are none more",
        made("armed_clash", agents=[IS, SDF], figures=[dead(3, "civilian"), dead(2, "combatant", demographic=["women"])]),
        [{"fatalities": 3}],
        "acled.fatalities.counted",
    ),
    Expected("a number", made("shelling", figures=[dead(5)]), [{"fatalities": 5}], "acled.fatalities.counted"),
    Expected("the lowest of a range", made("shelling", figures=[dead((3, 5, 7))]), [{"fatalities": 3}], "acled.fatalities.lowest"),
    Expected("nothing told", made("shelling"), [{"fatalities": 0}], "acled.fatalities.none"),
    Expected(
        "«ضحايا» may be injured",
        made("shelling", figures=[figure("killed_or_injured", 12)]),
        [{"fatalities": 0}],
        "acled.fatalities.ambiguous",
    ),
    Expected(
        "«عشرات» is ten", made("shelling", vague_words=[vague("tens", "عشرات القتلى")]), [{"fatalities": 10}], "acled.fatalities.tens"
    ),
    Expected(
        "dozens are twelve", made("shelling", vague_words=[vague("tens", "dozens killed")]), [{"fatalities": 12}], "acled.fatalities.dozens"
    ),
    Expected(
        "«مئات» is a hundred",
        made("shelling", vague_words=[vague("hundreds", "مئات القتلى")]),
        [{"fatalities": 100}],
        "acled.fatalities.hundreds",
    ),
    Expected(
        "several are three",
        made("shelling", vague_words=[vague("several", "عدد من القتلى")]),
        [{"fatalities": 3}],
        "acled.fatalities.several",
    ),
    Expected(
        "several are ten beside tens of injured",
        made("shelling", vague_words=[vague("several", "عدد من القتلى"), vague("tens", "عشرات الجرحى", "injured", id="f2")]),
        [{"fatalities": 10}],
        "acled.fatalities.several",
    ),
    Expected(
        "a number goes before a vague word",
        made("shelling", figures=[dead(2)], vague_words=[vague("tens", "عشرات القتلى")]),
        [{"fatalities": 2}],
        "acled.fatalities.counted",
    ),
    Expected(
        "an assassination means a death",
        made("assassination", agents=["unidentified_gunmen"]),
        [{"fatalities": 1}],
        "acled.fatalities.implied",
    ),
    Expected("an attempt on a life does not", made("assassination", modality="attempted"), [{"fatalities": 0}], "acled.fatalities.none"),
    Expected(
        "both sides and civilians are one number",
        made("armed_clash", agents=[IS, SDF], figures=[dead(4, "combatant", IS), dead(3, "combatant", SDF), dead(2, "civilian")]),
        [{"fatalities": 9}],
        "acled.fatalities.counted",
    ),
    Expected(
        "children among civilians are not counted twice",
        made("shelling", figures=[dead(3, "civilian"), dead(2, "civilian", demographic=["children"])]),
        [{"fatalities": 3}],
        "acled.fatalities.counted",
    ),
    Expected(
        "the lowest source that counts everybody",
        made(
            "armed_clash",
            agents=[IS, SDF],
            figures=[
                dead(332, uses=[use(332, "sohr")]),
                dead((246, 374, 374), "combatant", IS, uses=[use(246, "sohr", claim="fig-2"), use(374, "sdf", claim="fig-3", family="f2")]),
                dead((79, 117, 117), "combatant", SDF, uses=[use(79, "sohr", claim="fig-4"), use(117, "sdf", claim="fig-5", family="f2")]),
                dead(60, "civilian", uses=[use(60, "sdf", claim="fig-6", family="f2")]),
            ],
        ),
        [{"fatalities": 332}],
        "acled.fatalities.lowest",
    ),
    Expected(
        "a source that counts one side is no lower estimate of all",
        made(
            "armed_clash",
            agents=[IS, SDF],
            figures=[
                dead(20, "combatant", IS, uses=[use(20, "sohr")]),
                dead((7, 9, 9), "combatant", SDF, uses=[use(7, "sdf", claim="fig-2", family="f2"), use(9, "sohr", claim="fig-3")]),
            ],
        ),
        [{"fatalities": 27}],
        "acled.fatalities.lowest",
    ),
]


def whole_and_part(part_uses: list[object], number: int, whole: int) -> tuple[Incident, Incident]:
    steps = [use(number, "sohr", claim="fig-9", used=False, why="the same source gave a later count")] if part_uses else []
    told = made(
        "armed_clash", id="inc-w", agents=[IS, SDF], figures=[dead(whole, uses=[use(whole, "sohr", claim="fig-8"), *steps])]
    ).incident
    part = made(
        "armed_clash",
        id="inc-p",
        day="2022-03-12",
        parent="inc-w",
        agents=[IS, SDF],
        figures=[dead(number, uses=[use(number, "sohr", claim="fig-9")])],
    )
    return told, part.incident


OWN = whole_and_part([], 5, 12)
RUNNING = whole_and_part([1], 9, 13)
LARGER = whole_and_part([], 20, 12)

PARTS = [
    Expected(
        "what a part counts itself is taken off the whole",
        made("armed_clash", id="inc-w", agents=[IS, SDF], figures=OWN[0].figures, parts=[OWN[1]]),
        [{"fatalities": 7}],
        "acled.fatalities.parts",
    ),
    Expected(
        "and stands in the row of the part",
        made("armed_clash", id="inc-p", day="2022-03-12", parent="inc-w", agents=[IS, SDF], figures=OWN[1].figures, kin=[OWN[0]]),
        [{"fatalities": 5}],
        "acled.fatalities.counted",
    ),
    Expected(
        "a toll of the whole told beside a part is divided over both",
        made("armed_clash", id="inc-w", agents=[IS, SDF], figures=RUNNING[0].figures, parts=[RUNNING[1]]),
        [{"fatalities": 7}],
        "acled.fatalities.parts",
    ),
    Expected(
        "and the part has its share",
        made("armed_clash", id="inc-p", day="2022-03-12", parent="inc-w", agents=[IS, SDF], figures=RUNNING[1].figures, kin=[RUNNING[0]]),
        [{"fatalities": 6}],
        "acled.fatalities.parts",
    ),
    Expected(
        "a part that counts more is not in the whole",
        made("armed_clash", id="inc-w", agents=[IS, SDF], figures=LARGER[0].figures, parts=[LARGER[1]]),
        [{"fatalities": 12}],
        "acled.fatalities.counted",
    ),
    Expected(
        "told with its whole a part has no row",
        made("armed_clash", id="inc-p", parent="inc-w", figures=OWN[1].figures, kin=[OWN[0]]),
        [],
        "acled.parts.with_whole",
        apart=False,
    ),
    Expected(
        "and the whole has its days",
        made("armed_clash", id="inc-w", agents=[IS, SDF], figures=OWN[0].figures, parts=[OWN[1]]),
        [{"fatalities": 6, "event_date": DAY}, {"fatalities": 6, "event_date": "2022-03-12"}],
        "acled.fatalities.divided",
        apart=False,
    ),
    Expected(
        "a part has the doers of its whole",
        made("surrender", id="inc-p", parent="inc-w", kin=[OWN[0]]),
        [{"actor1": "Islamic State"}],
        "acled.actor.of_whole",
    ),
    Expected(
        "but is not blamed for bodies found",
        made("bodies_found", id="inc-p", parent="inc-w", kin=[OWN[0]]),
        [{"actor1": "Civilians (Syria)"}],
        "acled.strategic.mass_grave",
    ),
]


@pytest.mark.parametrize("expected", [*TOLLS, *PARTS], ids=lambda one: one.name)
def test_rows(expected: Expected) -> None:
    check("acled", expected)
