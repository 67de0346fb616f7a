"""Every route that reads: what it gives, what it refuses, and the marks by which an answer is known again."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
import pytest
from desk_api_factory import REPORTS, Api, person

from sijill.records import Dossier, Incident, Reading, Report
from sijill.store.kept import Acquisition, Counts, Hits, Incidents, Map, Months

PRISON = REPORTS[0]
NONE = "0" * 64


def first(reader: Api, **given: Any) -> Any:
    return reader.ok("/incidents", params={"sort": "reports", "limit": 1, **given})["incidents"][0]


def test_records_are_those_of_the_register(reader: Api) -> None:
    register = reader.register
    id = first(reader)["id"]
    claim = register.reading(PRISON.sha256).figures[0].claim
    assert msgspec.convert(reader.ok("/incidents"), Incidents) == register.incidents()
    assert msgspec.convert(reader.ok(f"/incidents/{id}"), Incident) == register.incident(id)
    assert msgspec.convert(reader.ok(f"/incidents/{id}/dossier"), Dossier) == register.dossier(id)
    assert msgspec.convert(reader.ok(f"/incidents/{claim}/dossier?policy=ucdp"), Dossier) == register.dossier(claim, policy="ucdp")
    assert msgspec.convert(reader.ok(f"/incidents/{id}/parts"), list[Incident]) == register.parts(id)
    assert msgspec.convert(reader.ok("/incidents/map"), Map) == register.store.map_of()
    assert msgspec.convert(reader.ok("/incidents/months"), Months) == register.store.months_of()
    assert msgspec.convert(reader.ok(f"/reports/{PRISON.sha256}"), Report) == PRISON
    assert msgspec.convert(reader.ok(f"/reports/{PRISON.sha256}/reading"), Reading) == register.reading(PRISON.sha256)
    acquired = msgspec.convert(reader.ok(f"/reports/{PRISON.sha256}/acquisitions"), list[Acquisition])
    assert acquired == register.store.acquisitions(PRISON.sha256)
    assert msgspec.convert(reader.ok("/counts"), Counts) == register.count()
    assert msgspec.convert(reader.ok("/reports?q=غويران&limit=3"), Hits) == register.search("غويران", limit=3)


def test_a_claim_is_an_event_or_a_figure(reader: Api) -> None:
    reading = reader.register.reading(PRISON.sha256)
    event, figure = (reader.ok(f"/claims/{one.claim}") for one in (reading.events[0], reading.figures[0]))
    assert (event["event"]["claim"], event["figure"]) == (reading.events[0].claim, None)
    assert (figure["figure"]["claim"], figure["event"]) == (reading.figures[0].claim, None)
    assert (event["report"], event["current"]) == (PRISON.sha256, True)


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({}, 8),
        ({"kind": "assassination"}, 1),
        ({"since": "2022-01-24", "until": "2022-01-24"}, 1),
        ({"place": "سجن غويران", "killed": 200}, 1),
        ({"country": "SY", "parts": "false"}, 4),
        ({"box": "36,40,37,41"}, 6),
        ({"near": "36.5,40.75,50"}, 6),
        ({"source": "Jazira Post"}, 1),
        ({"actor": "islamic_state", "conflicts": "true"}, 1),
        ({"text": '"دراجة نارية"'}, 1),
        ({"kind": "torture"}, 0),
    ],
)
def test_filters(reader: Api, asked: dict[str, str], count: int) -> None:
    found = reader.ok("/incidents", params=asked)["incidents"]
    assert len(found) == count
    months = reader.ok("/incidents/months", params=asked)
    assert sum(month["incidents"] for month in months["months"]) + months["undated"] == count
    seen = reader.ok("/incidents/map", params=asked)
    assert len(seen["points"]) + seen["unplaced"] == count


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("/incidents?kind=party", "kind: "),
        ("/incidents?killed=-1", "killed: "),
        ("/incidents?killed=99999999999999999999999", "killed: "),
        ("/incidents?since=yesterday", "since: "),
        ("/incidents?since=2022-02-30", "since: "),
        ("/incidents?box=1,2,3", "box: "),
        ("/incidents?box=10,0,5,1", "box: "),
        ("/incidents?box=nan,0,5,1", "box: "),
        ("/incidents?near=91,0,5", "near: "),
        ("/incidents?near=1,0,-5", "near: "),
        ("/incidents?limit=0", "limit: "),
        ("/incidents?limit=501", "limit: "),
        ("/incidents?sort=size", "sort: "),
        ("/incidents?undated=perhaps", "undated: "),
        ("/incidents?country=syria", "country: "),
        ("/incidents?place=", "place: "),
        (f"/incidents?text={'x' * 501}", "text: "),
        ("/incidents?plcae=x", "plcae: there is no such parameter here; one of actor"),
        ("/incidents?kind=arrest&kind=torture", "kind: it is given twice"),
        ("/incidents?after=nowhere", "no place to go on from"),
        ("/incidents/map?limit=5", "limit: there is no such parameter"),
        ("/counts?x=1", "one of (none)"),
        ("/reports?limit=101", "limit: "),
        ("/reports?language=العربية", "language: "),
        ("/reports/abc", "sha256: "),
        ("/reports/" + "A" * 64, "sha256: "),
        ("/originals/..%2f..%2fetc", "Not Found"),
        (f"/incidents/{'x' * 101}", "id: "),
        ("/incidents/inc-1/dossier?policy=guess", "policy: "),
        ("/audit?after=-1", "after: "),
        ("/judgements?after=jud-none", "after: "),
    ],
)
def test_wrong_parameters_are_refused_by_name(reader: Api, path: str, names: str) -> None:
    said = reader.refused(404 if names == "Not Found" else 400, path)
    assert names in said


@pytest.mark.parametrize(
    "path",
    [
        "/incidents/inc-none",
        "/incidents/inc-none/dossier",
        "/incidents/eve-none/dossier",
        "/incidents/inc-none/parts",
        f"/reports/{NONE}",
        f"/reports/{NONE}/reading",
        f"/reports/{NONE}/acquisitions",
        f"/originals/{NONE}",
        "/claims/fig-none",
        "/jobs/job-none",
        "/nothing",
        "/incidents/inc-none/nothing",
    ],
)
def test_what_is_not_there(reader: Api, path: str) -> None:
    reader.refused(404, path)


def test_other_methods_are_refused(reader: Api) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        answer = reader.client.request(method, "/api/v1/incidents")
        assert (answer.status_code, answer.json()) == (405, {"error": "Method Not Allowed"})


# --- marks -----------------------------------------------------------------------------------------------------------


def paths(reader: Api) -> list[str]:
    id, sha = first(reader)["id"], PRISON.sha256
    claim = reader.register.reading(sha).events[0].claim
    single = [f"/incidents/{id}", f"/incidents/{id}/dossier", f"/incidents/{id}/parts", f"/claims/{claim}", f"/originals/{sha}"]
    lists = ["/incidents", "/incidents/map", "/incidents/months", "/reports", "/judgements", "/audit", "/counts", "/verify"]
    return [*single, *lists, f"/reports/{sha}", f"/reports/{sha}/reading", f"/reports/{sha}/acquisitions"]


def test_what_is_known_already_is_not_sent_again(reader: Api) -> None:
    for path in paths(reader):
        answer = reader.get(path)
        tag = answer.headers["etag"]
        assert answer.status_code == 200, path
        assert reader.get(path).headers["etag"] == tag
        for known in (tag, f'"other", W/{tag}', "*"):
            again = reader.get(path, headers={"If-None-Match": known})
            assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
        assert reader.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_marks_differ(reader: Api) -> None:
    tags = [reader.get(path).headers["etag"] for path in paths(reader)]
    assert len(set(tags)) == len(tags)
    assert reader.get("/incidents?limit=1").headers["etag"] != reader.get("/incidents?limit=2").headers["etag"]


def test_answers_are_kept_by_nobody_on_the_way(reader: Api) -> None:
    assert reader.get("/incidents").headers["cache-control"] == "no-store"


# --- originals -------------------------------------------------------------------------------------------------------


def test_originals_are_given_to_be_saved_and_never_shown(api: Api) -> None:
    page = "<script>alert(1)</script> قتل مدني في قصف على مدينة إدلب."
    api.register.add_reports([Report.of(page, published="2022-03-01")])
    sha = Report.of(page).sha256
    (acquired,) = api.ok(f"/reports/{sha}/acquisitions")
    answer = api.get(f"/originals/{acquired['original']['sha256']}")
    assert answer.content == page.encode()
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="{sha}"'
    assert answer.headers["content-security-policy"].startswith("sandbox")
    assert answer.headers["x-content-type-options"] == "nosniff"


# --- pages of lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["date", "harm", "reports"])
def test_pages_of_incidents(reader: Api, sort: str) -> None:
    seen, after = [], None
    while True:
        page = reader.ok("/incidents", params={"sort": sort, "limit": 3} | ({"after": after} if after else {}))
        seen += [one["id"] for one in page["incidents"]]
        after = page["next"]
        if after is None:
            break
    assert seen == [one["id"] for one in reader.ok("/incidents", params={"sort": sort})["incidents"]]
    assert len(seen) == len(set(seen)) == 8


def test_pages_of_reports_and_of_the_log(reader: Api) -> None:
    shas, after = list[str](), None
    while True:
        page = reader.ok("/reports", params={"limit": 5} | ({"after": after} if after else {}))
        shas += [hit["report"]["sha256"] for hit in page["hits"]]
        after = page["next"]
        if after is None:
            break
    assert sorted(shas) == sorted(report.sha256 for report in REPORTS)
    numbers, last = list[int](), 0
    while True:
        page = reader.ok("/audit", params={"limit": 4, "after": last})
        numbers += [entry["number"] for entry in page["entries"]]
        if page["next"] is None:
            break
        last = page["next"]
    assert numbers == list(range(1, len(REPORTS) + 1))


def test_reports_by_outlet_day_and_language(reader: Api) -> None:
    for asked, count in (
        ({"outlet": "afp"}, 1),
        ({"since": "2022-01-30", "until": "2022-01-31"}, 3),
        ({"language": "en"}, 0),
        ({"q": "\0"}, 0),
    ):
        assert len(reader.ok("/reports", params=asked)["hits"]) == count, asked


# --- rights ----------------------------------------------------------------------------------------------------------


def test_who_may_what(api: Api) -> None:
    may = {"reader": {"read"}, "analyst": {"read", "judge"}, "editor": {"read", "judge", "edit"}}
    judgement = {"decision": "accept", "subject": api.register.reading(PRISON.sha256).events[0].claim}
    for role, rights in may.items():
        api.who = person(role)  # type: ignore[arg-type]
        tried = {
            "read": api.get("/incidents"),
            "judge": api.post("/judgements", judgement),
            "edit": api.get("/verify"),
        }
        assert {right for right, answer in tried.items() if answer.status_code < 300} == rights
        assert {answer.status_code for right, answer in tried.items() if right not in rights} <= {403}
    api.who = None
    assert "sign in" in api.refused(401, "/incidents")
    assert api.post("/reports", [{"text": "x"}]).status_code == 401
    assert api.client.get("/api/schema/openapi.json").status_code == 200


# --- hostile input ---------------------------------------------------------------------------------------------------

HOSTILE: list[str | bytes] = [
    "<script>alert(1)</script>",
    "\u202eabc\u202c",
    "a\0b",
    "\ud800".encode("utf-8", "surrogatepass"),
    b"\xff\xfe",
    "'; DROP TABLE x; --",
    "%",
    "\U0010ffff" * 50,
    "\n\r\t",
]


@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_hostile_text_is_text(reader: Api, value: str | bytes) -> None:
    written = quote(value)
    for path in ("/incidents?place=", "/incidents?text=", "/incidents?actor=", "/incidents?source=", "/reports?q=", "/reports?outlet="):
        found = reader.ok(path + written)
        assert found.get("incidents", found.get("hits")) == []
    for path in ("/incidents?kind=", "/incidents?since=", "/incidents?after=", "/reports/", f"/incidents?{written}="):
        answer = reader.get(path + written)
        assert answer.status_code in (400, 404)
        assert answer.headers["content-type"].startswith("application/json")
        assert list(answer.json()) == ["error"]
    assert reader.get("/incidents/" + written).status_code == 404
