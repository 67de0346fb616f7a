"""What leaves the register redacted carries no trace of what was left out: every string of every export is looked through."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk_api_factory import Api, opened, person, refusal

from sijill.cli import cli
from sijill.errors import InputError, StoreError
from sijill.export.redact import LEVELS, Redactor, Vocabulary
from sijill.records import Figure, Incident, IncidentPlace, Report, TollPoint, Use
from sijill.register import Register

VICTIM, WITNESS, HOST = "محمد خالد العلي", "سعاد إبراهيم", "أبو ياسين الحمدان"
SENTENCES = {
    "hospital": f"قتل ثلاثة مدنيين بينهم {VICTIM} اليوم في قصف جوي روسي على مشفى شام في بلدة كفرنبل في ريف إدلب، كما قالت {WITNESS}.",
    "camp": f"قتل طفلان اليوم في قصف مدفعي لقوات النظام على مخيم قاح في ريف إدلب، وهما ابنا {VICTIM}.",
    "prison": "قتل خمسة سجناء اليوم في انفجار سيارة مفخخة قرب سجن غويران في مدينة الحسكة.",
    "torture": f"توفي المعتقل {VICTIM} تحت التعذيب اليوم في مدينة حلب على يد قوات النظام.",
    "rape": "اغتصب مسلحون امرأة اليوم في مدينة عفرين في ريف حلب.",
    "village": f"أصيب أربعة مدنيين اليوم في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب، وقال {HOST} إن منزله تهدم.",
}
REPORTS = [
    Report.of(
        text,
        id=f"testimony of {WITNESS} {name}",
        title=f"عنوان {name}: {VICTIM}",
        outlet="Kafr Page",
        url=f"https://example.org/{name}/mohammad-khaled",
        published="2022-03-01",
    )
    for name, text in SENTENCES.items()
]
PEOPLE = [VICTIM, WITNESS, HOST, *VICTIM.split()[:2], "mohammad-khaled"]


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """A register of crimes, in which reviewers wrote names into fields that take any text."""
    path: Path = tmp_path_factory.mktemp("redact") / "r.db"
    with opened(path) as register:
        register.add_reports(REPORTS)
        reading = register.reading(REPORTS[-1].sha256)
        figure, event = reading.figures[0].claim, reading.events[0].claim
        for field, value in (("source", WITNESS), ("side", VICTIM), ("demographic", ["women", VICTIM])):
            register.judge("edit", figure, field=field, value=value)
        for field, value in (("agents", [HOST]), ("targets", [VICTIM]), ("means", [VICTIM]), ("source", WITNESS)):
            register.judge("edit", event, field=field, value=value)
        with (api := Api(register)).client:
            yield api


def strings(value: Any) -> Iterator[str]:
    """Every key and every value of a record, as text."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from (*strings(key), *strings(one))
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)
    else:
        yield str(value)


def exported(api: Api, level: str) -> dict[str, list[str]]:
    """Every string of every export at a level, and of every dossier."""
    found: dict[str, list[str]] = {}
    for form, table in itertools.product(("csv", "jsonl"), ("incidents", "figures", "claims")):
        answer = api.get("/export", params={"format": form, "table": table, "level": level})
        assert answer.status_code == 200
        assert answer.headers["content-disposition"] == f'attachment; filename="{table}-{level}.{form}"'
        text = answer.content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text))) if form == "csv" else [json.loads(line) for line in text.splitlines()]
        assert rows
        assert {row.get("redaction") for row in rows} == {None if level == "full" else level}
        found[f"{table}.{form}"] = list(strings(rows))
    for incident in api.register.incidents().incidents:
        answer = api.get(f"/incidents/{incident.id}/dossier", params={"level": level})
        if answer.status_code == 200:
            found[f"dossier {incident.id}"] = list(strings(answer.json()))
    return found


def words_of_reports(register: Register) -> set[str]:
    """Titles, quotes and sentences: everything that came from a report as text, but names of places and actors."""
    found: set[str] = set()
    for report in REPORTS:
        reading = register.reading(report.sha256)
        found |= {report.title or "", report.id, *re.split(r"[.،\n]", report.text)}
        found |= {one.quote for one in (*reading.events, *reading.figures)}
    return {one.strip() for one in found if len(one.strip()) > 3}


def sites(register: Register) -> list[IncidentPlace]:
    every = [place for incident in register.incidents().incidents for place in incident.places]
    return [place for place in every if place.level == "site" or "مخيم" in place.name]


def holding(found: dict[str, list[str]], needle: str) -> list[str]:
    return [where for where, texts in found.items() if any(needle in text for text in texts)]


def test_the_reports_are_read_as_this_test_needs_them(secret: Api) -> None:
    kinds = {incident.kind for incident in secret.register.incidents().incidents}
    assert {"air_strike", "torture", "sexual_violence"} <= kinds
    names = {place.name for place in sites(secret.register)}
    assert len(names) == 2
    full = exported(secret, "full")
    for needle in (VICTIM, WITNESS, HOST, *names, "Kafr Page", "mohammad-khaled"):
        assert holding(full, needle), needle


@pytest.mark.parametrize("level", ["internal", "public"])
def test_no_name_and_no_word_of_a_report_is_left(secret: Api, level: str) -> None:
    found = exported(secret, level)
    needles = [*PEOPLE, *words_of_reports(secret.register)]
    needles = [needle for needle in needles if level == "public" or needle != "mohammad-khaled"]  # addresses stay for colleagues
    assert len(needles) > 25
    assert {needle: where for needle in needles if (where := holding(found, needle))} == {}


def test_colleagues_get_places_outlets_and_addresses(secret: Api) -> None:
    found = exported(secret, "internal")
    assert holding(found, "https://example.org/hospital/")
    assert holding(found, "Kafr Page")
    assert holding(found, "سجن غويران")
    assert holding(found, "torture")


def test_no_site_and_no_exact_point_is_public(secret: Api) -> None:
    found = exported(secret, "public")
    exact = [place for incident in secret.register.incidents().incidents for place in incident.places if place.lat is not None]
    for place in sites(secret.register):
        for needle in (place.name, place.name_en, place.gazetteer, place.pcode):
            assert not needle or not holding(found, needle), needle
    for place in exact:
        for angle in (place.lat, place.lon):
            if round(angle or 0, 1) != angle:
                assert all(str(angle) not in texts for texts in found.values()), angle
    assert not holding(found, "https://")
    assert not holding(found, "Kafr Page")
    assert holding(found, "سرمين")


def test_crimes_that_are_not_public_leave_no_gap(secret: Api) -> None:
    """Neither they nor their ids, nor how many there are; and whoever asks for one is told what is told of one that there is not."""
    found = exported(secret, "public")
    for incident in secret.register.incidents().incidents:
        if incident.kind in ("torture", "sexual_violence"):
            assert not holding(found, incident.id)
            assert not holding(found, incident.kind)
            said = refusal(secret.get(f"/incidents/{incident.id}/dossier?level=public"), 404)
            assert said == f"the register holds no incident and no claim {incident.id}"
    answer = secret.get("/export?format=csv&level=public&kind=torture")
    assert answer.content.decode("utf-8-sig").count("\r\n") == 1


def test_an_incident_that_one_report_calls_torture_is_not_public(tmp_path: Path) -> None:
    with opened(tmp_path / "r.db") as register:
        register.add_reports([REPORTS[3]])
        (incident,) = [one for one in register.incidents().incidents if one.kind == "torture"]
        for event in incident.events:
            register.judge("edit", event, field="kind", value="arrest")
        assert [one.kind for one in register.incidents().incidents] == ["arrest"]
        incidents, _ = register.disclosed(level="public")
        assert list(incidents) == []


def test_who_may_export_what(secret: Api) -> None:
    may = {"reader": {"public"}, "analyst": {"public", "internal"}, "editor": set(LEVELS)}
    before = secret.who
    for role, levels in may.items():
        secret.who = person(role)  # type: ignore[arg-type]
        answers = {level: secret.get(f"/export?format=csv&level={level}") for level in LEVELS}
        assert {level for level, answer in answers.items() if answer.status_code == 200} == levels
        for level in set(LEVELS) - levels:
            assert "does not include the right to" in refusal(answers[level], 403)
    secret.who = before
    for wrong in ("", "?format=csv", "?format=doc&level=full", "?format=csv&level=secret", "?format=csv&level=full&table=x"):
        path = f"/export{wrong}"
        refusal(secret.get(path), 400)


def test_files_are_redacted_alike(secret: Api, tmp_path: Path) -> None:
    register = secret.register
    for form, level in itertools.product(("csv", "jsonl", "geojson", "parquet"), LEVELS):
        path = tmp_path / f"{level}.{form}"
        assert register.export(str(path), form=form, level=level).rows == {"full": 6, "internal": 6, "public": 4}[level]
        data = path.read_bytes()
        assert (b"redaction" in data) is (level != "full")
        if form in ("csv", "jsonl"):
            assert data == secret.get(f"/export?format={form}&level={level}").content
        if level == "public":
            assert not any(needle.encode() in data for needle in (*PEOPLE, "مشفى", "غويران", "مخيم"))
    with pytest.raises(InputError, match="exported whole"):
        register.export(str(tmp_path / "x"), form="register", level="public")
    with pytest.raises(InputError, match="there is no level 'open'"):
        register.export(str(tmp_path / "x"), form="csv", level="open")
    with pytest.raises(StoreError, match="holds no incident"):
        register.disclosed_dossier("inc-none", level="public")


def test_the_command_line_redacts(hasakah: Path, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    ran = CliRunner().invoke(cli, ["export", str(path), "--register", str(hasakah), "--level", "public"])
    assert ran.exit_code == 0, ran.output
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert {row["redaction"] for row in rows} == {"public"}
    assert not any("غويران" in row["place"] for row in rows)
    refused = CliRunner().invoke(cli, ["export", str(tmp_path / "a.sijill.gz"), "--register", str(hasakah), "--level", "internal"])
    assert isinstance(refused.exception, InputError) or "exported whole" in refused.output


# --- one record at a time --------------------------------------------------------------------------------------------

PUBLIC = Redactor("public", Vocabulary(ids=frozenset({"sohr", "sdf"}), names=frozenset({"AFP"}), means=frozenset({"car"})))


def place(name: str, level: str, **given: Any) -> IncidentPlace:
    return IncidentPlace(name=name, level=level, **{"lat": 36.1234, "lon": 37.4321, "radius_km": 2, "gazetteer": "g"} | given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("places", "left"),
    [
        ([place("حلب", "city")], ["حلب"]),
        ([place("مشفى عمر", "site"), place("حلب", "city")], ["حلب"]),
        ([place("مشفى عمر", "site")], ["موقع"]),
        ([place("مشفى عمر", "site"), place("سجن حلب", "site"), place("سوريا", "country")], ["سوريا", "موقع"]),
        ([place("مخيم اليرموك", "neighbourhood")], ["موقع"]),
        ([place("محيط المستشفى", "line_or_area")], ["موقع"]),
        ([place("قرب الحاجز", "line_or_area", gazetteer="sj:sy-site-x")], ["موقع"]),
        ([place("Atmeh", "village", name_en="Atmeh Camp")], ["موقع"]),
        ([place("بيت حانون", "city")], ["بيت حانون"]),
        ([place("بيت أبو علي", "village", gazetteer=None)], ["موقع"]),
        ([place("منزل", "village")], ["موقع"]),
        ([], []),
    ],
)
def test_public_places(places: list[IncidentPlace], left: list[str]) -> None:
    made = PUBLIC.incident(Incident(id="i", kind="shelling", places=places))
    assert made
    assert [one.name for one in made.places] == left
    for one in made.places:
        assert (one.lat, one.lon) == (36.1, 37.4)
        assert one.radius_km == 10
        assert one.name != "موقع" or (one.gazetteer, one.pcode, one.name_en) == (None, None, "a site")


def test_the_circle_around_a_rounded_point_holds_the_true_place() -> None:
    made = PUBLIC.incident(Incident(id="i", kind="shelling", places=[place("حلب", "city", radius_km=25.2), place("x", "city", lat=None)]))
    assert made
    assert [one.radius_km for one in made.places] == [34, 2]


def test_what_no_list_has_is_not_named() -> None:
    use = Use(claim="fig-1", report="a", family="a", source="a witness", used=True, why="x")
    sums = ["3 + 4 = 7", "3 of a man"]
    figure = Figure(effect="killed", side="a man", demographic=["women", "a man"], policy="default", sums=sums, uses=[use])
    point = TollPoint(day=None, source="A Page", effect="killed", side="sdf", claim="fig-1")
    said: dict[str, Any] = {"agents": ["a man", "sdf"], "targets": ["x"], "means": ["car", "x"]}
    made = PUBLIC.incident(Incident(id="i", kind="shelling", figures=[figure], curve=[point], **said))
    assert made
    assert (made.agents, made.targets, made.means) == (["sdf"], [], ["car"])
    assert (made.figures[0].side, made.figures[0].demographic, made.figures[0].sums) == ("unlisted", ["women"], ["3 + 4 = 7"])
    assert made.figures[0].uses[0].source == "unlisted"
    assert (made.curve[0].source, made.curve[0].side) == ("unlisted", "sdf")


def test_everything_is_left_at_the_full_level() -> None:
    incident = Incident(id="i", kind="torture", agents=["a man"])
    assert Redactor("full", Vocabulary(frozenset(), frozenset(), frozenset())).incident(incident) is incident
