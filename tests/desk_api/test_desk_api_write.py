"""What is decided and added over the API: signed, kept once, told apart from what changed meanwhile, and nothing lost."""

from __future__ import annotations

import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from desk_api_factory import REPORTS, Api, person, refusal

from sijill.desk.jobs import Jobs
from sijill.register import Register
from sijill.store import Store

PRISON = REPORTS[0]
STRIKE = "قتل {} مدنيين اليوم في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب."


def claims(api: Api) -> tuple[str, str]:
    """A claim of an event and one of a figure."""
    reading = api.register.reading(PRISON.sha256)
    return reading.events[0].claim, reading.figures[0].claim


# --- judging ---------------------------------------------------------------------------------------------------------


def test_a_judgement_is_signed_and_can_be_taken_back(api: Api) -> None:
    event, _ = claims(api)
    (kept,) = api.post("/judgements", {"decision": "accept", "subject": event, "note": "seen\u202e <b>"}).json()
    assert (kept["by"], kept["claim"], kept["note"]) == ("amal", event, "seen\u202e <b>")
    assert api.ok("/judgements")["judgements"] == [kept]
    api.who = person("analyst", "basel")
    answer = api.post(f"/judgements/{kept['id']}/undo", {"note": "it was another day"})
    assert answer.status_code == 201
    assert (answer.json()[0]["by"], answer.json()[0]["undoes"]) == ("basel", kept["id"])
    assert "taken back already" in refusal(api.post(f"/judgements/{kept['id']}/undo", {}), 409)
    assert "holds no judgement jud-none" in refusal(api.post("/judgements/jud-none/undo", {}), 404)
    assert api.ok("/judgements?standing=true")["judgements"] == []
    assert len(api.ok(f"/judgements?claim={event}")["judgements"]) == 2
    page = api.ok("/judgements?limit=1")
    assert (page["judgements"], page["next"]) == ([kept], kept["id"])
    assert [one["undoes"] for one in api.ok(f"/judgements?after={page['next']}")["judgements"]] == [kept["id"]]
    assert [entry["by"] for entry in api.ok("/audit", params={"after": len(REPORTS)})["entries"]] == ["amal", "basel"]
    api.who = person("editor")
    assert api.ok("/verify")["problems"] == []


def test_an_edit_is_seen_in_reading_and_incident(api: Api) -> None:
    _, figure = claims(api)
    assert api.post("/judgements", {"decision": "edit", "subject": figure, "field": "value", "value": 19}).status_code == 201
    assert 19 in [one["value"] for one in api.ok(f"/reports/{PRISON.sha256}/reading")["figures"]]
    assert api.ok(f"/claims/{figure}")["figure"]["value"] == 20  # what is kept is never changed


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("value", 10**30, "a number of people lies between"),
        ("value", -5, "a number of people lies between"),
        ("value", 2**31, "a number of people lies between"),
        ("value", "many", "Expected"),
        ("value", {"a": []}, "Expected"),
        ("min", 5**40, "a number of people lies between"),
        ("quote", "x", "'quote' cannot be edited"),
        ("source", "a\u202e\0", "control characters"),
        ("source", "x" * 201, "at most 200"),
        ("demographic", ["a\nb"], "control characters"),
        (None, 5, "needs the field"),
    ],
)
def test_values_that_cannot_be_meant(api: Api, field: str | None, value: object, said: str) -> None:
    _, figure = claims(api)
    assert said in refusal(api.post("/judgements", {"decision": "edit", "subject": figure, "field": field, "value": value}), 400)
    assert api.ok("/judgements")["judgements"] == []


@pytest.mark.parametrize("day", ["banana", "2022-13-45", "9999-12-31/..", "0001", "2022-02-02/2022-01-01", "", "٢٠٢٢"])
def test_days_that_are_none(api: Api, day: str) -> None:
    event, _ = claims(api)
    answer = api.post("/judgements", {"decision": "edit", "subject": event, "field": "date", "value": day})
    assert answer.status_code == 400 or day == "٢٠٢٢"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b'{"decision": "accept"}', 400),
        (b'{"decision": "burn", "subject": "x"}', 400),
        (b'{"decision": "accept", "subject": "x", "by": "somebody else"}', 400),
        (b'{"decision": "accept", "subject": "\xff"}', 400),
        (b'{"decision": "accept", "subject": "\\ud800"}', 400),
        (b'{"decision": "accept", "subject": 1e999}', 400),
        (b'{"decision": "accept", "subject": "eve-none"}', 404),
        (b'{"decision": "same", "subject": "inc-none", "other": "inc-1"}', 404),
        (b'{"decision": "same", "subject": "inc-none"}', 400),
        (b'{"decision": "accept", "subject": "' + b"x" * 101 + b'"}', 400),
        (b'{"decision": "accept", "subject": "x", "value": ' + b"[" * 5000 + b"}", 400),
        (b'{"decision": "accept", "subject": "x", "note": "' + b"x" * (65 << 10) + b'"}', 413),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_bodies_that_are_no_decision(api: Api, body: bytes, status: int) -> None:
    refusal(api.post("/judgements", content=body, headers={"Content-Type": "application/json"}), status)
    assert api.ok("/judgements")["judgements"] == []


@pytest.mark.parametrize(
    "type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonx"]
)
def test_what_a_page_of_the_web_can_send_is_refused(api: Api, type: str) -> None:
    """A form of another site can be sent with these types and no question asked; with ours a browser asks first, and is refused."""
    event, _ = claims(api)
    body = json.dumps({"decision": "accept", "subject": event}).encode()
    for path in ("/judgements", "/judgements/jud-1/undo", "/reports"):
        refusal(api.post(path, content=body, headers={"Content-Type": type}), 415)
    for site in ("cross-site", "same-site"):
        refusal(api.post("/reports", [{"text": "x"}], headers={"Sec-Fetch-Site": site}), 403)
    for site in ("same-origin", "none"):
        assert api.post("/judgements", {"decision": "accept", "subject": event}, headers={"Sec-Fetch-Site": site}).status_code == 201
    asked = api.client.options("/api/v1/judgements", headers={"Origin": "https://other.example", "Access-Control-Request-Method": "POST"})
    assert "access-control-allow-origin" not in asked.headers


def test_who_decides_on_what_has_changed_is_told(api: Api) -> None:
    event, figure = claims(api)
    home = api.register.store.incident_of(event)
    tag = api.get(f"/incidents/{home}").headers["etag"]
    change = {"decision": "edit", "subject": figure, "field": "value", "value": 19}
    assert api.post("/judgements", change, headers={"If-Match": tag}).status_code == 201
    again = change | {"value": 18}
    assert "changed meanwhile" in refusal(api.post("/judgements", again, headers={"If-Match": tag}), 412)
    assert len(api.ok("/judgements")["judgements"]) == 1
    tag = api.get(f"/incidents/{home}").headers["etag"]
    reject = {"decision": "unsure", "subject": home, "other": api.register.reading(REPORTS[-1].sha256).events[0].claim}
    assert api.post("/judgements", reject, headers={"If-Match": f'"x", {tag}'}).status_code == 201
    assert api.post("/judgements", again, headers={"If-Match": "*"}).status_code == 201
    assert api.post("/judgements", again | {"value": 17}).status_code == 201
    refusal(api.post("/judgements", again | {"subject": "fig-none"}, headers={"If-Match": tag}), 404)
    refusal(api.post("/judgements", again | {"subject": "inc-none"}, headers={"If-Match": tag}), 404)


def test_of_many_who_judge_at_once_none_is_lost(api: Api) -> None:
    """The same decision at the same moment too: each is kept under an id of its own."""
    event, figure = claims(api)
    bodies = [{"decision": "accept", "subject": event, "note": str(n % 3)} for n in range(12)]
    bodies += [{"decision": "edit", "subject": figure, "field": "value", "value": n} for n in range(12)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda body: api.post("/judgements", body), bodies))
    assert [answer.status_code for answer in answers] == [201] * 24
    kept = api.ok("/judgements?limit=100")["judgements"]
    assert len({one["id"] for one in kept}) == 24
    assert {one["id"] for answer in answers for one in answer.json()} == {one["id"] for one in kept}
    assert api.ok("/verify")["problems"] == []


def test_of_two_who_edit_what_they_saw_one_is_told(api: Api) -> None:
    event, figure = claims(api)
    tag = api.get(f"/incidents/{api.register.store.incident_of(event)}").headers["etag"]
    bodies = [{"decision": "edit", "subject": figure, "field": "value", "value": n} for n in (18, 19)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda body: api.post("/judgements", body, headers={"If-Match": tag}), bodies))
    assert sorted(answer.status_code for answer in answers) == [201, 412]
    assert len(api.ok("/judgements")["judgements"]) == 1


def test_a_judgement_is_taken_back_by_one_of_many(api: Api) -> None:
    (kept,) = api.post("/judgements", {"decision": "accept", "subject": claims(api)[0]}).json()
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: api.post(f"/judgements/{kept['id']}/undo", {}).status_code, range(6)))
    assert sorted(answers) == [201, 409, 409, 409, 409, 409]


# --- adding ----------------------------------------------------------------------------------------------------------


def test_reports_are_added_by_a_job(api: Api) -> None:
    reports = [{"text": STRIKE.format(n), "outlet": f"Paper {n}", "published": "2022-03-01"} for n in ("ثلاثة", "أربعة")]
    answer = api.post("/reports", [*reports, {"text": PRISON.text}])
    assert answer.status_code == 202
    assert answer.headers["location"] == f"/api/v1/jobs/{answer.json()['id']}"
    job = api.ended(answer.json())
    assert (job["state"], job["reports"], job["done"], job["added"], job["there"], job["errors"]) == ("done", 3, 3, 2, 1, [])
    assert job["by"] == "amal"
    (found,) = api.ok("/incidents?place=سرمين")["incidents"]
    assert len(found["reports"]) == 2
    assert {entry["by"] for entry in api.ok("/audit", params={"after": len(REPORTS)})["entries"]} == {"amal"}
    assert api.ended(api.post("/reports", reports).json())["there"] == 2  # sent again it changes nothing
    assert api.ok("/verify")["problems"] == []


def test_a_bad_line_is_named_and_the_rest_goes_on(api: Api) -> None:
    lines: list[bytes] = [
        b"\xef\xbb\xbf" + json.dumps({"text": STRIKE.format("ثلاثة"), "published": "2022-03-01"}).encode(),
        b"",
        b"{",
        b'{"id": "no text"}',
        b'{"text": "\xff"}',
        b'{"text": "\\ud800", "id": "half"}',
        b'{"text": "a\\u0000b", "id": "nul"}',
        b'{"text": 5}',
        b'{"text": "x", "title": ["y"]}',
        b"[" * 100_000,
        json.dumps({"text": STRIKE.format("خمسة"), "published": "2022-99-99", "id": "day"}).encode(),
        json.dumps({"text": STRIKE.format("<script>\u202eسبعة"), "published": "2022-03-01", "id": "=1+1"}).encode(),
        b"1e999999",
    ]
    answer = api.post("/reports", content=b"\n".join(lines), headers={"Content-Type": "application/x-ndjson; charset=utf-8"})
    job = api.ended(answer.json())
    assert (job["state"], job["reports"], job["done"], job["added"]) == ("done", 12, 12, 3)
    assert [error["line"] for error in job["errors"]] == [3, 4, 5, 6, 8, 9, 10, 11, 13]  # a NUL is kept as any letter
    assert all(error["error"] and "\n" not in error["error"] for error in job["errors"])


@pytest.mark.parametrize(
    ("body", "type", "status"),
    [
        (b"", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"text": "x"}', "application/json", 400),
        (b"[1,", "application/json", 400),
        (b"\xff\xff", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b"\n \r\n", "application/x-ndjson", 400),
        (b"[" + b"{}," * 10_000 + b"{}]", "application/json", 413),
        (b"{}\n" * 10_001, "application/x-ndjson", 413),
        (b" " * ((32 << 20) + 1), "application/x-ndjson", 413),
    ],
    ids=lambda value: ascii(value)[:30],
)
def test_bodies_that_are_no_reports(api: Api, body: bytes, type: str, status: int) -> None:
    refusal(api.post("/reports", content=body, headers={"Content-Type": type}), status)


def test_one_job_runs_at_a_time_and_few_wait(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    go, running = threading.Event(), list[int]()
    add = Register.add_reports

    def slow(self: Register, reports: Any, **given: Any) -> Any:
        running.append(1)
        assert len(running) == 1
        go.wait(20)
        running.clear()
        return add(self, reports, **given)

    monkeypatch.setattr(Register, "add_reports", slow)
    jobs = [api.post("/reports", [{"text": STRIKE.format(n)}]) for n in range(8)]
    accepted = [job.json() for job in jobs if job.status_code == 202]
    assert 4 <= len(accepted) <= 5
    assert "wait" in refusal(jobs[-1], 429)
    assert jobs[-1].headers["retry-after"]
    go.set()
    assert {api.ended(job)["state"] for job in accepted} == {"done"}
    assert api.post("/reports", [{"text": STRIKE.format("x")}]).status_code == 202


def test_a_job_that_fails_says_so_and_the_next_one_runs(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Store, "known", lambda *_: 1 / 0)
        failed = api.ended(api.post("/reports", [{"text": "x"}]).json())
    assert (failed["state"], failed["error"]) == ("failed", "something went wrong inside the desk; the log says what")
    assert api.ended(api.post("/reports", [{"text": STRIKE.format("x")}]).json())["added"] == 1


def test_only_the_last_jobs_are_remembered(api: Api) -> None:
    jobs = Jobs(api.register, remembered=2)
    ids = list[str]()
    for n in range(4):
        job = jobs.submit([(1, b"{}")], by="amal")
        assert job
        ids.append(job.id)
        for _ in range(200):
            if (found := jobs.get(job.id)) and found.state == "done":
                break
            time.sleep(0.02)
        assert found, n
        assert found.errors[0].error == 'the object has no "text"'
    assert [jobs.get(id) is not None for id in ids] == [False, False, True, True]


def test_pages_go_on_while_others_add(api: Api) -> None:
    """Of what was there when the first page was asked for, nothing is left out and nothing comes twice."""
    there = {one["id"] for one in api.ok("/incidents?limit=500")["incidents"]}
    sent = [{"text": STRIKE.format(n), "published": f"20{n % 20 + 10}-03-01", "outlet": f"Paper {n}"} for n in range(120)]
    job = api.post("/reports", sent).json()
    seen, after = list[str](), None
    while True:
        page = api.ok("/incidents", params={"limit": 1} | ({"after": after} if after else {}))
        seen += [one["id"] for one in page["incidents"]]
        after = page["next"]
        if after is None:
            break
    assert there <= set(seen)
    assert len(seen) == len(set(seen))
    assert api.ended(job)["state"] == "done"
