"""The days and places of rows of ACLED, and how exact they are, one rule a row, with counter-examples."""

from __future__ import annotations

import pytest
from coding_cases import DAY, Expected, check, dead, event, inside, made, report

IS, SDF, TURKEY = "islamic_state", "sdf", "turkey"
CLASH, SHELLING = "Armed clash", "Shelling/artillery/missile attack"


def sub(name: str, **more: object) -> list[dict[str, object]]:
    return [{"sub_event_type": name, **more}]


def days(*rows: tuple[str, int]) -> list[dict[str, object]]:
    return [{"event_date": day, "fatalities": fatalities} for day, fatalities in rows]


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
        "a truce of the whole country stands at its capital",
        made("agreement_or_ceasefire", agents=["syrian_government"], at="syria"),
        sub("Agreement", geo_precision=3, location="Damascus"),
        "acled.place.strategic",
    ),
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


@pytest.mark.parametrize("expected", [*DATES, *PLACED], ids=lambda one: one.name)
def test_rows(expected: Expected) -> None:
    check("acled", expected)
