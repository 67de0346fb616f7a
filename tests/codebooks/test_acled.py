"""What ACLED's codebook makes of cases, one rule a row, with counter-examples."""

from __future__ import annotations

import pytest
from coding_cases import DAY, Expected, check, dead, event, figure, inside, made, report, use, vague

from sijill.codebooks.acled import code
from sijill.codebooks.acled_actors import interaction
from sijill.codebooks.book import load_book
from sijill.records import Conflict, Incident

IS, SDF, SYRIA, TURKEY, RUSSIA = "islamic_state", "sdf", "syrian_government", "turkey", "russia"
CLASH, SHELLING, ATTACK = "Armed clash", "Shelling/artillery/missile attack", "Attack"
CIVILIANS = dead(3, "civilian")


def sub(name: str, **more: object) -> list[dict[str, object]]:
    return [{"sub_event_type": name, **more}]


def days(*rows: tuple[str, int]) -> list[dict[str, object]]:
    return [{"event_date": day, "fatalities": fatalities} for day, fatalities in rows]


KINDS = [
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

DATES = [
    Expected(
        "a bomb goes off on one day, though only three are known",
        made(
            "vehicle_bomb",
            day="2022-03-10",
            last="2022-03-12",
            figures=[dead(6)],
            reports=[report(event("vehicle_bomb", "2022-03-10/2022-03-12"))],
        ),
        [{"event_date": "2022-03-11", "time_precision": 2, "fatalities": 6}],
        "acled.date.week",
    ),
    Expected(
        "the day of publication is no voice where another report tells the day",
        made(
            "shelling",
            reports=[
                report(event("shelling", "2022-03-10", date_basis="stated"), id="r1"),
                report(event("shelling", "2022-03-11", date_basis="published"), id="r2"),
            ],
        ),
        [{"event_date": "2022-03-10", "time_precision": 1}],
        "acled.date.day",
    ),
    Expected("a day", made("shelling"), sub(SHELLING, event_date=DAY, time_precision=1), "acled.date.day"),
    Expected(
        "a weekend has its middle",
        made("shelling", day="2022-03-11", last="2022-03-13"),
        sub(SHELLING, event_date="2022-03-12", time_precision=2),
        "acled.date.week",
    ),
    Expected(
        "a week has its middle",
        made("shelling", day="2022-03-07", last="2022-03-13"),
        sub(SHELLING, event_date="2022-03-10", time_precision=2),
        "acled.date.week",
    ),
    Expected(
        "a month has its middle",
        made("shelling", day="2022-03-01", last="2022-03-31"),
        sub(SHELLING, event_date="2022-03-16", time_precision=3),
        "acled.date.month",
    ),
    Expected(
        "the beginning of a month is its first day",
        made("shelling", day="2022-03-01", last="2022-03-10"),
        sub(SHELLING, event_date="2022-03-01", time_precision=3),
        "acled.date.month",
    ),
    Expected(
        "the end of a month is its last",
        made("shelling", day="2022-03-20", last="2022-03-31"),
        sub(SHELLING, event_date="2022-03-31", time_precision=3),
        "acled.date.month",
    ),
    Expected("more than a month is not coded", made("shelling", day="2022-01-01", last="2022-03-10"), [], "acled.date.wide"),
    Expected("no day is not coded", made("shelling", day=None), [], "acled.date.unknown"),
    Expected(
        "a total of three days is divided",
        made(
            "armed_clash",
            day="2022-03-10",
            last="2022-03-12",
            agents=[IS, SDF],
            figures=[dead(12)],
            reports=[report(event("armed_clash", "2022-03-10/2022-03-12"))],
        ),
        days(("2022-03-10", 4), ("2022-03-11", 4), ("2022-03-12", 4)),
        "acled.fatalities.divided",
    ),
    Expected(
        "what remains goes to the first day",
        made(
            "armed_clash",
            agents=[IS, SDF],
            figures=[dead(11)],
            reports=[
                report(
                    event("armed_clash", "2022-03-10"),
                    event("armed_clash", "2022-03-12", number=2),
                    event("air_strike", "2022-03-14", number=3),
                )
            ],
        ),
        days(("2022-03-10", 5), ("2022-03-12", 3), ("2022-03-14", 3)),
        "acled.date.sequence",
    ),
    Expected(
        "three months of fighting are no ninety rows",
        made(
            "armed_clash",
            day="2022-03-01",
            last="2022-03-20",
            figures=[dead(9)],
            reports=[report(event("armed_clash", "2022-03-01/2022-03-20"))],
        ),
        [{"fatalities": 9, "time_precision": 3}],
        "acled.date.month",
    ),
    Expected(
        "reports that give different days are not several days",
        made(
            "shelling",
            figures=[dead(4)],
            reports=[
                report(event("shelling", "2022-03-10"), id="r1"),
                report(event("shelling", "2022-03-10"), id="r2"),
                report(event("shelling", "2022-03-12"), id="r3"),
            ],
        ),
        [{"event_date": "2022-03-10", "time_precision": 1, "fatalities": 4}],
        "acled.date.disagree",
    ),
    Expected(
        "one against one is the middle",
        made(
            "shelling",
            figures=[dead(4)],
            reports=[report(event("shelling", "2022-03-10"), id="r1"), report(event("shelling", "2022-03-12"), id="r2")],
        ),
        [{"event_date": "2022-03-11", "time_precision": 2}],
        "acled.date.disagree",
    ),
    Expected(
        "a reprint gives no second voice",
        made(
            "shelling",
            reports=[
                report(event("shelling", "2022-03-10"), id="r1", family="f"),
                report(event("shelling", "2022-03-10"), id="r2", family="f"),
                report(event("shelling", "2022-03-12"), id="r3"),
            ],
        ),
        [{"event_date": "2022-03-11", "time_precision": 2}],
        "acled.date.disagree",
    ),
]

PLACED = [
    Expected(
        "the country is that of the place",
        made("armed_clash", agents=[TURKEY, "pkk"], at="ninawa", country="TR"),
        sub(CLASH, country="Iraq", inter1="External/Other forces"),
        "acled.inter.abroad",
    ),
    Expected(
        "a village that no list has is as exact as its radius: its governorate",
        made("shelling", at="unlisted village", reports=[report(event("shelling"), places=inside("قرية ما", "SY08"))]),
        sub(SHELLING, geo_precision=3, location="Al-Hasakah"),
        "acled.place.governorate",
    ),
    Expected("a site that is known no better than the country", made("shelling", at="unlisted site"), [], "acled.place.country"),
    Expected(
        "a town",
        made("shelling", at="hasakah"),
        sub(SHELLING, geo_precision=1, location="Al-Hasakah", admin1="Al-Hasakeh", latitude="36.5024", iso=760, region="Middle East"),
        "acled.place.town",
    ),
    Expected(
        "a quarter of a city",
        made("shelling", at="salihiyah"),
        sub(SHELLING, geo_precision=1, location="Al-Hasakah – Al-Salihiyah"),
        "acled.place.town",
    ),
    Expected(
        "a site stands at its town",
        made("shelling", at="prison"),
        sub(SHELLING, geo_precision=1, location="Al-Hasakah"),
        "acled.place.town",
    ),
    Expected(
        "near a town",
        made("shelling", at="near hasakah"),
        sub(SHELLING, geo_precision=2, location="Al-Hasakah", longitude="40.7477"),
        "acled.place.near",
    ),
    Expected(
        "a district stands at its seat",
        made("shelling", at="atareb district"),
        sub(SHELLING, geo_precision=2, location="Al-Atarib", admin1="Aleppo"),
        "acled.place.district",
    ),
    Expected(
        "a governorate stands at its capital",
        made("shelling", at="hasakah governorate"),
        sub(SHELLING, geo_precision=3, location="Al-Hasakah"),
        "acled.place.governorate",
    ),
    Expected(
        "a capital of another name",
        made("shelling", at="ninawa"),
        sub(SHELLING, geo_precision=3, location="Mosul", country="Iraq", iso=368),
        "acled.place.governorate",
    ),
    Expected("a region", made("shelling", at="northern syria"), sub(SHELLING, geo_precision=3), "acled.place.natural"),
    Expected("a road", made("shelling", at="desert road"), sub(SHELLING, geo_precision=3, location="Desert Road"), "acled.place.natural"),
    Expected("a country alone is not coded", made("shelling", at="syria"), [], "acled.place.country"),
    Expected("no place is not coded", made("shelling", at=""), [], "acled.place.unknown"),
    Expected("a country gives way to a town", made("shelling", at="syria + idlib"), sub(SHELLING, location="Idlib"), "acled.place.town"),
]

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


@pytest.mark.parametrize("expected", [*KINDS, *ACTORS, *DATES, *PLACED, *TOLLS, *PARTS], ids=lambda one: one.name)
def test_rows(expected: Expected) -> None:
    check("acled", expected)


def test_every_rule_of_the_crosswalk_has_a_case() -> None:
    shown = {one.rule for one in (*KINDS, *ACTORS)}
    asked = {row.rule for rows in load_book().crosswalk.values() for row in rows if row.when}
    assert asked - shown == set()


def test_the_note_says_when_who_where_and_what_differs() -> None:
    conflict = Conflict(
        kind="total_differs_from_parts", claims=[], sum=121, stated=114, note="77 + 40 + 4 = 121; the report says 114", note_ar=""
    )
    case = made("armed_clash", at="prison", agents=[IS, SDF], figures=[dead((114, 117, 121))], conflicts=[conflict])
    (row,) = code(case).rows
    assert row.row["notes"].startswith(
        "On 10 March 2022, Islamic State clashed with Syrian Democratic Forces at Al-Sinaa (Ghuwayran) prison"
    )
    assert "Figures differ: 114 against 121 (77 + 40 + 4)." in row.row["notes"]
    assert {"contradictions", "range", "place_coarser"} <= {loss.kind for loss in row.lost}


def test_sources_are_outlets_and_those_named_for_the_numbers() -> None:
    case = made("shelling", figures=[dead(3, uses=[use(3, "sohr")])])
    (row,) = code(case).rows
    assert row.row["source"] == "Our Paper; Syrian Observatory for Human Rights"
    nobody = made("shelling", reports=[report(event("shelling"), outlet=None)])
    assert code(nobody).rows[0].row["source"] == "Undisclosed Source"


def test_the_id_of_the_first_day_stays_when_more_days_are_told() -> None:
    one = made("armed_clash", agents=[IS, SDF])
    more = made("armed_clash", agents=[IS, SDF], reports=[report(event("armed_clash"), event("armed_clash", "2022-03-12", number=2))])
    first, second = (row.row["event_id_cnty"] for row in code(more).rows)
    assert code(one).rows[0].row["event_id_cnty"] == first == "SYR1"
    assert second == "SYR1-20220312"


def test_partisan_words_are_told_as_lost() -> None:
    (row,) = code(made("shelling", words="قصفت ميليشيا قسد القرية", agents=[SDF])).rows
    assert [loss.note for loss in row.lost if loss.kind == "partisan_words"] == ["wordings that take a side are not held: «ميليشيا قسد»"]
    assert "ميليشيا" not in row.row["notes"]


def test_interactions_are_those_of_the_codebook() -> None:
    book = load_book()
    labels = [*book.inter_codes]
    made_of = {interaction(one, other) for one in labels for other in [*labels, ""]}
    assert made_of == set(book.interactions.values())
    assert len(book.interactions) == 44
