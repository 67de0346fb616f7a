"""Which event of ACLED a case is: the hierarchy and the list of sub-events, one rule a row, with counter-examples."""

from __future__ import annotations

import pytest
from coding_cases import Expected, check, dead, event, figure, made, report

from sijill.codebooks.book import load_book

IS, SDF, SYRIA, TURKEY, RUSSIA = "islamic_state", "sdf", "syrian_government", "turkey", "russia"
CLASH, SHELLING, ATTACK = "Armed clash", "Shelling/artillery/missile attack", "Attack"
CIVILIANS = dead(3, "civilian")


def sub(name: str, **more: object) -> list[dict[str, object]]:
    return [{"sub_event_type": name, **more}]


KINDS = [
    Expected(
        "of two kinds the higher in the order",
        made("arrest", agents=["egypt_police"], also=["shelling"]),
        sub(SHELLING),
        "acled.hierarchy.order",
    ),
    Expected(
        "fighters who give up change their group", made("surrender", agents=[IS]), sub("Change to group/activity"), "acled.strategic.change"
    ),
    Expected(
        "an attack that was tried is one",
        made("armed_assault", agents=[IS], targets=[SDF], modality="attempted"),
        sub(CLASH),
        "acled.not_event.attempted",
    ),
    Expected(
        "nor is a rocket fired by an aircraft",
        made("interception", agents=[SDF], words="اعترضت صاروخا أطلقته طائرة حربية"),
        sub("Disrupted weapons use"),
        "acled.strategic.disrupted",
    ),
    # (a) to (o) of the aggregation rules, in the codebook's order
    Expected(
        "an air strike inside a ground battle is one battle",
        made("armed_clash", agents=[IS, SYRIA], also=["air_strike"]),
        sub(CLASH, event_type="Battles"),
        "acled.hierarchy.battle",
    ),
    Expected(
        "an air strike alone is none",
        made("air_strike", agents=[SYRIA]),
        sub("Air/drone strike", event_type="Explosions/Remote violence"),
        "acled.explosions.air",
    ),
    Expected(
        "a protest that turned violent is one riot",
        made("protest", also=["riot"], agents=["protesters", "egypt_police"]),
        sub("Violent demonstration", event_type="Riots"),
        "acled.hierarchy.riot",
    ),
    Expected(
        "who was abducted and then killed was attacked",
        made("abduction", agents=[IS], also=["execution"], figures=[dead(1, "civilian")]),
        sub(ATTACK),
        "acled.hierarchy.abducted_killed",
    ),
    Expected(
        "who was abducted and lives was abducted",
        made("abduction", agents=[IS]),
        sub("Abduction/forced disappearance"),
        "acled.vac.abduction",
    ),
    Expected(
        "shelling with an air strike is an air strike",
        made("shelling", agents=[SYRIA], also=["air_strike"]),
        sub("Air/drone strike"),
        "acled.hierarchy.air",
    ),
    Expected(
        "two sides that exchange fire clash",
        made("shelling", agents=[SDF, TURKEY], words="تبادل القصف"),
        sub(CLASH),
        "acled.hierarchy.exchange",
    ),
    Expected(
        "two partners that shell do not",
        made("shelling", agents=[RUSSIA, SYRIA], figures=[CIVILIANS]),
        sub(SHELLING),
        "acled.explosions.shelling",
    ),
    Expected(
        "territory held for less than a day is a clash",
        made(
            "territorial_control",
            agents=[IS],
            figures=[dead(4, "combatant", SDF)],
            reports=[report(event("territorial_control", agents=[IS]), event("territorial_control", "2022-03-11", number=2, agents=[SDF]))],
        ),
        [{"sub_event_type": CLASH}, {"sub_event_type": CLASH}],
        "acled.hierarchy.held_shortly",
    ),
    Expected(
        "territory that a group took by force",
        made("territorial_control", agents=[IS], figures=[dead(4, "combatant", SDF)]),
        sub("Non-state actor overtakes territory"),
        "acled.battles.territory",
    ),
    Expected(
        "territory that the government took by force",
        made("territorial_control", agents=[SYRIA], also=["armed_clash"]),
        sub("Government regains territory"),
        "acled.battles.territory",
    ),
    Expected(
        "a foreign army that takes territory is no government that regains it",
        made("territorial_control", agents=[TURKEY], also=["armed_clash"]),
        sub("Non-state actor overtakes territory"),
        "acled.battles.territory",
    ),
    Expected(
        "territory taken without resistance",
        made("territorial_control", agents=[SYRIA]),
        sub("Non-violent transfer of territory", event_type="Strategic developments"),
        "acled.strategic.transfer",
    ),
    Expected(
        "a withdrawal is a transfer without violence",
        made("withdrawal", agents=[SDF]),
        sub("Non-violent transfer of territory"),
        "acled.strategic.transfer",
    ),
    Expected(
        "an interception disrupts a weapon",
        made("interception", agents=["israel"], words="اعتراض صاروخ", at="gaza"),
        sub("Disrupted weapons use"),
        "acled.strategic.disrupted",
    ),
    Expected(
        "a crewed aircraft shot down is shelling",
        made("interception", agents=[SDF], words="أسقطت طائرة حربية"),
        sub(SHELLING),
        "acled.strategic.crewed",
    ),
    Expected(
        "a drone shot down is not",
        made("interception", agents=[SDF], words="أسقطت طائرة مسيرة"),
        sub("Disrupted weapons use"),
        "acled.strategic.disrupted",
    ),
    Expected(
        "a device that was defused disrupts a weapon",
        made("explosive_device", modality="attempted", agents=[SYRIA]),
        sub("Disrupted weapons use"),
        "acled.strategic.disrupted",
    ),
    Expected(
        "a device that went off does not",
        made("explosive_device", figures=[CIVILIANS]),
        sub("Remote explosive/landmine/IED"),
        "acled.explosions.remote",
    ),
    Expected(
        "fire from a helicopter that nobody answers",
        made("shelling", agents=[SYRIA], words="قصفت مروحية البلدة"),
        sub("Air/drone strike"),
        "acled.explosions.helicopter",
    ),
    Expected(
        "a helicopter in a fight with two sides",
        made("armed_clash", agents=[SYRIA, IS], words="اشتباكات بمشاركة مروحية"),
        sub(CLASH),
        "acled.battles.clash",
    ),
    Expected(
        "white phosphorus is no chemical weapon",
        made("chemical_attack", agents=["israel"], words="قصف بالفوسفور الأبيض", at="gaza"),
        sub(SHELLING),
        "acled.explosions.not_chemical",
    ),
    Expected(
        "a chemical weapon",
        made("chemical_attack", agents=[SYRIA], words="هجوم بغاز الكلور"),
        sub("Chemical weapon"),
        "acled.explosions.chemical",
    ),
    Expected("a hand grenade", made("explosive_device", words="ألقى مجهولون قنبلة يدوية"), sub("Grenade"), "acled.explosions.grenade"),
    Expected(
        "a petrol bomb is no grenade",
        made("explosive_device", words="ألقى شبان زجاجة حارقة"),
        sub("Mob violence"),
        "acled.explosions.not_grenade",
    ),
    Expected(
        "a suicide bomber is counted, and is no target",
        made("suicide_bombing", agents=[IS], figures=[dead(3, "civilian"), dead(1, "combatant", IS)]),
        sub("Suicide bomb", fatalities=4, actor2="Civilians (Syria)", civilian_targeting="Civilians targeted"),
        "acled.explosions.suicide",
    ),
    Expected(
        "arrests by a group are abductions",
        made("arrest", agents=["hts"]),
        sub("Abduction/forced disappearance"),
        "acled.vac.nonstate_arrest",
    ),
    Expected("arrests by a state by way of law", made("arrest", agents=["egypt_police"]), sub("Arrests"), "acled.strategic.arrests"),
    Expected(
        "detention by a state outside the law",
        made("arrest", agents=[SYRIA], words="اعتقال تعسفي"),
        sub("Abduction/forced disappearance"),
        "acled.vac.extrajudicial",
    ),
    Expected(
        "bodies found are no deaths of that day",
        made("bodies_found", figures=[dead(22)]),
        sub("Other", fatalities=0),
        "acled.strategic.mass_grave",
    ),
    Expected(
        "displacement",
        made("displacement", figures=[figure("displaced", 4000, "civilian")]),
        sub("Other", fatalities=0),
        "acled.strategic.other",
    ),
    Expected("a siege", made("siege", agents=[SYRIA]), sub("Other"), "acled.strategic.other"),
    Expected("two demonstrators are no demonstration", made("protest", figures=[figure("attackers", 2)]), [], "acled.protests.three"),
    Expected(
        "three are",
        made("protest", figures=[figure("attackers", 3)]),
        sub("Peaceful protest", tags="crowd size=about 3"),
        "acled.protests.peaceful",
    ),
    Expected("a strike without a demonstration is no event", made("protest", words="إضراب عام في المدينة"), [], "acled.protests.strike"),
    Expected(
        "live fire on demonstrators",
        made("protest_repression", agents=["egypt_police"], targets=["protesters"], figures=[dead(2, "civilian")]),
        sub("Excessive force against protesters", disorder_type="Political violence; Demonstrations"),
        "acled.protests.excessive",
    ),
    Expected(
        "tear gas",
        made("protest_repression", agents=["egypt_police"], targets=["protesters"], words="أطلقت الغاز المسيل للدموع"),
        sub("Protest with intervention", actor1="Protesters (Syria)"),
        "acled.protests.intervention",
    ),
    Expected(
        "a peaceful demonstration",
        made("protest"),
        sub("Peaceful protest", tags="crowd size=no report", inter1="Protesters", interaction="Protesters only"),
        "acled.protests.peaceful",
    ),
    Expected("an agreement", made("agreement_or_ceasefire", agents=[SYRIA, SDF]), sub("Agreement"), "acled.strategic.agreement"),
    Expected(
        "property burned",
        made("arson", agents=["israeli_settlers"], at="gaza"),
        sub("Looting/property destruction"),
        "acled.strategic.looting",
    ),
    Expected(
        "sexual violence stands above other violence against civilians",
        made("abduction", agents=[IS], also=["sexual_violence"]),
        sub("Sexual violence"),
        "acled.vac.sexual",
    ),
    Expected("an attack on civilians", made("shooting", agents=[IS], figures=[CIVILIANS]), sub(ATTACK), "acled.vac.attack"),
    Expected(
        "a shooting at soldiers is a clash",
        made("shooting", agents=[IS], figures=[dead(2, "combatant", SYRIA)]),
        sub(CLASH),
        "acled.battles.clash",
    ),
    Expected(
        "a crowd that beats people",
        made("riot", agents=["rioters"], figures=[CIVILIANS]),
        sub("Mob violence", event_type="Riots", civilian_targeting="Civilians targeted"),
        "acled.riots.mob",
    ),
    Expected(
        "a crowd against the police",
        made("riot", agents=["rioters", "egypt_police"]),
        sub("Violent demonstration"),
        "acled.riots.demonstration",
    ),
    Expected("two crowds that fight", made("armed_clash", agents=["rioters", "protesters"]), sub("Mob violence"), "acled.riots.mob"),
    Expected(
        "a base",
        made("deployment", agents=[TURKEY], words="أقامت نقطة عسكرية"),
        sub("Headquarters or base established"),
        "acled.strategic.base",
    ),
    Expected("a sentence is no event", made("judicial_action", agents=[SYRIA]), [], "acled.not_event.judicial"),
    *(
        Expected(f"what is {modality} is no event", made("shelling", agents=[IS], modality=modality), [], "acled.not_event.modality")
        for modality in ("threatened", "planned", "hypothetical", "denied")
    ),
]


@pytest.mark.parametrize("expected", KINDS, ids=lambda one: one.name)
def test_rows(expected: Expected) -> None:
    check("acled", expected)


def test_every_rule_of_the_crosswalk_has_a_case() -> None:
    shown = {one.rule for one in KINDS}
    asked = {row.rule for rows in load_book().crosswalk.values() for row in rows if row.when}
    assert asked - shown == set()
