"""Who stands where in a row of ACLED, and of which type, one rule a row, with counter-examples."""

from __future__ import annotations

import pytest
from coding_cases import Expected, check, dead, made

from sijill.codebooks.acled_actors import interaction
from sijill.codebooks.book import load_book

IS, SDF, SYRIA, TURKEY, RUSSIA = "islamic_state", "sdf", "syrian_government", "turkey", "russia"
CLASH, SHELLING, ATTACK = "Armed clash", "Shelling/artillery/missile attack", "Attack"
CIVILIANS = dead(3, "civilian")


def sub(name: str, **more: object) -> list[dict[str, object]]:
    return [{"sub_event_type": name, **more}]


ACTORS = [
    Expected(
        "gunmen and somebody are one",
        made("shooting", agents=["unidentified_gunmen", "unidentified"]),
        sub(ATTACK, actor1="Unidentified Armed Group (Syria)", assoc_actor_1=""),
        "acled.inter.unidentified",
    ),
    Expected(
        "people of whom nobody says what they were are no target",
        made("shelling", agents=[SYRIA], figures=[dead(3)]),
        sub(SHELLING, actor2="", civilian_targeting="", fatalities=3),
        "acled.explosions.shelling",
    ),
    Expected(
        "one report names who did it, another does not",
        made("vehicle_bomb", agents=["unidentified", "unidentified_gunmen", IS]),
        sub("Remote explosive/landmine/IED", actor1="Islamic State", assoc_actor_1=""),
        "acled.explosions.remote",
    ),
    Expected(
        "a clash with gunmen whom nobody names has two sides",
        made("armed_clash", agents=["unidentified_gunmen", SDF]),
        sub(CLASH, actor1="Unidentified Armed Group (Syria)", actor2="Syrian Democratic Forces"),
        "acled.inter.unidentified",
    ),
    Expected(
        "a foreign army is an external force",
        made("shelling", agents=[TURKEY]),
        sub(SHELLING, inter1="External/Other forces", interaction="External/Other forces only"),
        "acled.inter.abroad",
    ),
    Expected(
        "at home it is a state force",
        made("shelling", agents=[TURKEY], at="ankara"),
        sub(SHELLING, inter1="State forces"),
        "acled.explosions.shelling",
    ),
    Expected(
        "both governments of Yemen",
        made("armed_clash", agents=["houthis", "yemen_government"], at="sanaa"),
        sub(CLASH, inter1="State forces", interaction="State forces-State forces"),
        "acled.inter.governments",
    ),
    Expected(
        "the Houthis before 2015",
        made("armed_clash", agents=["houthis", "yemen_government"], at="sanaa", day="2014-03-10"),
        sub(CLASH, inter1="Rebel group"),
        "acled.battles.clash",
    ),
    Expected(
        "gunmen whom nobody names",
        made("assassination", agents=["unidentified_gunmen"]),
        sub(ATTACK, actor1="Unidentified Armed Group (Syria)", inter1="Political militia"),
        "acled.inter.unidentified",
    ),
    Expected(
        "an air force that nobody names",
        made("air_strike", figures=[CIVILIANS]),
        sub("Air/drone strike", actor1="Unidentified Military Forces (Syria)", inter1="External/Other forces"),
        "acled.inter.unidentified",
    ),
    Expected(
        "executed soldiers are civilians",
        made("execution", agents=[IS], figures=[dead(9, "combatant", SYRIA)]),
        sub(ATTACK, inter2="Civilians", assoc_actor_2="Government of Syria (to December 2024)"),
        "acled.inter.situational",
    ),
    Expected(
        "executed prisoners are civilians",
        made("execution", agents=[IS], figures=[dead(9, "detainee")]),
        sub(ATTACK, actor2="Civilians (Syria)", civilian_targeting="Civilians targeted"),
        "acled.inter.situational",
    ),
    Expected(
        "an officer shot at his home is a civilian",
        made("shooting", agents=["unidentified_gunmen"], figures=[dead(1, "security", SYRIA)], words="قتل ضابط أمام منزله"),
        sub(ATTACK, inter2="Civilians"),
        "acled.inter.situational",
    ),
    Expected(
        "an actor on no list has no type",
        made("armed_clash", agents=["storm_eagles", SDF]),
        sub(CLASH, inter1="", interaction="", inter2="Rebel group"),
        "acled.inter.unknown",
    ),
    Expected(
        "partners of a strike are associated",
        made("air_strike", agents=[RUSSIA, SYRIA], figures=[CIVILIANS]),
        sub("Air/drone strike", assoc_actor_1="Government of Syria (to December 2024)"),
        "acled.actor.associated",
    ),
    Expected(
        "civilians hit beside fighters are associated",
        made("air_strike", agents=[RUSSIA], figures=[dead(2, "combatant", SDF), CIVILIANS]),
        sub("Air/drone strike", actor2="Syrian Democratic Forces", assoc_actor_2="Civilians (Syria)", civilian_targeting=""),
        "acled.actor.civilians_incidental",
    ),
    Expected(
        "civilians hit alone are the target",
        made("shelling", agents=[SYRIA], figures=[CIVILIANS]),
        sub(SHELLING, actor2="Civilians (Syria)", civilian_targeting="Civilians targeted"),
        "acled.explosions.shelling",
    ),
    Expected(
        "civilians in the crossfire of a battle are not",
        made("armed_clash", agents=[IS, SDF], figures=[CIVILIANS]),
        sub(CLASH, civilian_targeting="", assoc_actor_2="", fatalities=3),
        "acled.targeting.battles",
    ),
    Expected(
        "journalists are civilians",
        made("shooting", agents=[IS], targets=["journalists"]),
        sub(ATTACK, assoc_actor_2="Journalists (Syria)"),
        "acled.vac.attack",
    ),
    Expected(
        "the odd order of civilians and external forces",
        made("shelling", agents=[TURKEY], figures=[CIVILIANS]),
        sub(SHELLING, interaction="External/Other forces-Civilians"),
        "acled.inter.abroad",
    ),
]


@pytest.mark.parametrize("expected", ACTORS, ids=lambda one: one.name)
def test_rows(expected: Expected) -> None:
    check("acled", expected)


def test_interactions_are_those_of_the_codebook() -> None:
    book = load_book()
    labels = [*book.inter_codes]
    made_of = {interaction(one, other) for one in labels for other in [*labels, ""]}
    assert made_of == set(book.interactions.values())
    assert len(book.interactions) == 44
