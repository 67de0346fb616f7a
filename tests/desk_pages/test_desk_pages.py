"""The pages, as a browser without scripts sees them: what they show, where they lead, what is decided on them."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import pytest
from litestar.testing import TestClient

from sijill.desk.app import create_app, only
from sijill.desk.curve import curves
from sijill.records import Report, TollPoint
from sijill.register import Register

Client = TestClient  # type: ignore[type-arg]


def words_of(page: str) -> str:
    """What a page says, without its marks."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def prison(register: Register) -> str:
    return register.store.incidents(sort="reports").incidents[0].id


def token(client: Client) -> str:
    found = re.search(r'name="_csrf_token" value="([^"]+)"', client.get(f"/incident/{prison(client.app.state['register'])}").text)
    assert found
    return found[1]


def send(client: Client, path: str, **form: str) -> str:
    """Send a form as a browser would; gives where it leads."""
    given = urlencode({"_csrf_token": token(client), **form})
    answer = client.post(path, content=given, headers={"Content-Type": "application/x-www-form-urlencoded"}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


# --- read ------------------------------------------------------------------------------------------------------------


def test_the_register_lists_filters_and_pages(desk: Client) -> None:
    page = desk.get("/").text
    assert page.count('class="incident-link"') == 8
    assert "هجوم مسلح" in page
    assert "armed assault" in page
    only_one = desk.get("/", params={"place": "كفر عمة"}).text
    assert only_one.count('class="incident-link"') == 1
    assert desk.get("/", params={"killed": "100", "kind": "armed_assault"}).text.count('class="incident-link"') == 1
    assert "Not understood" in desk.get("/", params={"killed": "many"}).text
    assert desk.get("/", params={"after": "nonsense"}).status_code == 400


def test_a_search_shows_the_words_that_it_found(desk: Client) -> None:
    page = desk.get("/", params={"text": "غويران"}).text
    assert re.search(r'<p class="found"[^>]*>.*<mark>[^<]*غويران</mark>', page)


def test_an_incident_shows_its_ledger_and_every_number_leads_to_its_words(desk: Client, register: Register) -> None:
    page = desk.get(f"/incident/{prison(register)}").text
    assert "246" in page
    assert "374" in page
    assert "121 ≠ 114" in page
    links = set(re.findall(r'href="(/report/[0-9a-f]{64}\?claim=fig-[0-9a-f]{16})"', page))
    assert len(links) > 20
    for link in sorted(links):
        answer = desk.get(link, follow_redirects=False)
        assert answer.status_code == 303
        path, _, key = answer.headers["location"].partition("#r-")
        assert f'data-key="{key}"' in desk.get(path).text
        assert re.search(rf'<mark data-ids="[^"]*\b{key}\b', desk.get(path).text)


def test_a_policy_is_for_one_look(desk: Client, register: Register) -> None:
    before = register.store.incident(prison(register))
    page = desk.get(f"/incident/{prison(register)}", params={"policy": "acled"}).text
    assert '<option value="acled" selected>' in page
    assert register.store.incident(prison(register)) == before
    assert desk.get(f"/incident/{prison(register)}", params={"policy": "nonsense"}).status_code == 400


def test_a_report_shows_how_it_was_obtained_and_gives_its_original(desk: Client, register: Register) -> None:
    report = next(iter(register.store.reports()))
    page = desk.get(f"/report/{report.sha256}").text
    (link,) = re.findall(r'href="(/report/[^"]+/original/[0-9a-f]{64})"', page)
    answer = desk.get(link)
    assert answer.content == report.text.encode()
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"].startswith("application/octet-stream")
    assert desk.get(f"/report/{report.sha256}/original/{'0' * 64}").status_code == 404


def test_reports_are_found_by_their_words(desk: Client) -> None:
    assert "<mark>" in desk.get("/reports", params={"q": "السجن"}).text
    assert "لا تقارير" in desk.get("/reports", params={"q": "لا شيء من هذا هنا"}).text
    assert desk.get("/reports").text.count('class="incident-link"') == 14


@pytest.mark.parametrize(
    "path", ["/incident/inc-nope", "/report/nope", "/report/" + "0" * 64, "/nowhere", "/incident/%00", "/report/a?claim=b"]
)
def test_what_is_not_there_is_said_in_a_page(desk: Client, path: str) -> None:
    answer = desk.get(path)
    assert answer.status_code == 404
    assert "لم يتمّ ذلك" in answer.text


@pytest.mark.parametrize("what", ["contradictions", "pairs", "places", "readings", "nonsense"])
def test_queues(desk: Client, what: str) -> None:
    assert 'class="incident-link"' in desk.get("/review", params={"what": what}).text


def test_the_audit_log_is_read_backwards(desk: Client, register: Register) -> None:
    page = desk.get("/audit").text
    assert register.store.head()[1] in page
    assert page.index(">14<") < page.index(">2<")
    assert desk.get("/audit", params={"before": "3"}).text.count("<tr>") == 3
    assert desk.get("/audit", params={"before": "x"}).status_code == 200


# --- decide ----------------------------------------------------------------------------------------------------------


def test_a_number_is_corrected_and_taken_back(desk: Client, register: Register) -> None:
    reading = next(r for r in register.store.readings() if r.figures)
    figure = reading.figures[0]
    where = f"/report/{reading.sha256}#r-{figure.id}"
    to = send(desk, "/judge", decision="edit", subject=figure.claim, field="value", value="9", note="حسب الجدول", back=where)
    assert re.fullmatch(rf"/report/{reading.sha256}\?said=jud-[0-9a-f]{{12}}#r-{figure.id}", to)
    assert next(f for f in register.reading(reading.sha256).figures if f.claim == figure.claim).value == 9
    page = desk.get(to.partition("#")[0]).text
    assert "حسب الجدول" in page
    assert "amal" in page
    said = register.store.judgements()[-1]
    assert (said.by, said.note, said.value) == ("amal", "حسب الجدول", 9)
    send(desk, "/undo", id=said.id, back=where)
    assert register.reading(reading.sha256).figures[0].value == figure.value
    assert register.verify().ok


def test_two_incidents_are_made_one_and_parted_again(desk: Client, register: Register) -> None:
    one, other = (i.id for i in register.store.incidents(sort="reports").incidents[:2])
    before = register.count().incidents
    send(desk, "/judge", decision="same", subject=one, other=other, back=f"/incident/{one}")
    assert register.count().incidents == before - 1
    send(desk, "/undo", id=register.store.judgements()[-1].id, back=f"/incident/{one}")
    assert register.count().incidents == before


def test_what_is_left_out_can_be_seen_and_brought_back(desk: Client, register: Register) -> None:
    reading = next(r for r in register.store.readings() if r.figures)
    figure = reading.figures[0]
    send(desk, "/judge", decision="reject", subject=figure.claim, back=f"/report/{reading.sha256}")
    page = desk.get(f"/report/{reading.sha256}").text
    assert f'data-key="{figure.id}"' not in page
    assert 'class="left-out"' in page
    assert figure.quote in words_of(page)


@pytest.mark.parametrize(
    "back", ["//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/a b\r\nSet-Cookie: x=1"]
)
def test_a_form_leads_back_to_the_desk_alone(desk: Client, register: Register, back: str) -> None:
    claim = next(r for r in register.store.readings() if r.figures).figures[0].claim
    assert re.fullmatch(r"/\?said=jud-[0-9a-f]{12}", send(desk, "/judge", decision="accept", subject=claim, back=back))


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"decision": "edit", "subject": "fig-0000000000000000", "field": "value", "value": "3"}, 404),
        ({"decision": "nonsense", "subject": "x"}, 400),
        ({"decision": "same", "subject": "inc-a", "other": "inc-b"}, 404),
        ({"decision": "accept"}, 400),
    ],
)
def test_what_cannot_be_decided_is_refused(desk: Client, form: dict[str, str], status: int) -> None:
    given = urlencode({"_csrf_token": token(desk), **form})
    answer = desk.post("/judge", content=given, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == status
    assert "لم يتمّ ذلك" in answer.text


def test_a_form_of_another_page_is_refused(desk: Client, register: Register) -> None:
    claim = next(r for r in register.store.readings() if r.figures).figures[0].claim
    for given in ({}, {"_csrf_token": "made up"}):
        body = urlencode({"decision": "accept", "subject": claim, **given})
        answer = desk.post("/judge", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
        assert answer.status_code == 403
    assert register.store.judgements() == []


def test_reviewers_who_disagree_are_shown_with_their_agreement(desk: Client, register: Register) -> None:
    claims = [f.claim for r in register.store.readings() for f in r.figures][:3]
    for by, words in (("hadi", ("accept", "accept", "reject")), ("amal", ("accept", "reject", "reject"))):
        for claim, word in zip(claims, words, strict=True):
            register.judge(word, claim, by=by)  # type: ignore[arg-type]
    page = words_of(desk.get("/review", params={"what": "disputes"}).text)
    assert claims[1] in page
    assert claims[0] not in page
    assert re.search(r"amal\s+·\s+hadi\s+3\s+2\s+0\.40", page)


def test_an_incident_is_assigned_and_found_again(desk: Client, register: Register) -> None:
    id = prison(register)
    assert send(desk, "/assign", id=id, to="amal", back=f"/incident/{id}") == f"/incident/{id}"
    assert re.search(r'id="assigned".*?<strong><bdi>amal</bdi></strong>', desk.get(f"/incident/{id}").text, re.S)
    assert f'href="/incident/{id}"' in desk.get("/review", params={"what": "assigned"}).text
    send(desk, "/assign", id=id, to="hadi", back="/")
    assert f'href="/incident/{id}"' not in desk.get("/review", params={"what": "assigned"}).text
    send(desk, "/assign", id=id, to=" ", back="/")
    assert register.assigned() == {}


def test_what_the_reader_missed_is_added(desk: Client, register: Register) -> None:
    reading = next(r for r in register.store.readings() if r.events)
    text = register.store.report(reading.sha256).text
    words = text[reading.events[0].start : reading.events[0].start + 12].strip()
    form = {"sha": reading.sha256, "what": "figure", "words": words, "line": "0", "before": "0", "effect": "missing", "value": "2"}
    to = send(desk, "/claim", **form, status="civilian", event=reading.events[0].id)
    assert re.fullmatch(rf"/report/{reading.sha256}\?claim=fig-[0-9a-f]{{16}}", to)
    (figure,) = [f for f in register.reading(reading.sha256).figures if f.effect == "missing"]
    assert (figure.value, figure.status, figure.quote, figure.event) == (2, "civilian", words, reading.events[0].id)
    to = send(desk, "/claim", sha=reading.sha256, what="event", words=words, line="0", before="0", kind="siege", date="2022-01-21")
    assert next(e for e in register.reading(reading.sha256).events if e.kind == "siege").date == "2022-01-21"
    for wrong in ({**form, "before": "3"}, {**form, "effect": "x"}, {**form, "value": "many"}, {**form, "what": "place"}):
        body = urlencode({"_csrf_token": token(desk), **wrong})
        assert desk.post("/claim", content=body, headers={"Content-Type": "application/x-www-form-urlencoded"}).status_code == 400


def test_an_incident_is_signed_and_waits_for_a_second_signature(desk: Client, register: Register) -> None:
    id = register.store.incidents(sort="reports").incidents[1].id
    send(desk, "/judge", decision="accept", subject=id, back=f"/incident/{id}")
    page = desk.get(f"/incident/{id}").text
    assert re.search(r'id="signed".*?<strong><bdi>amal</bdi></strong>', page, re.S)
    assert f'href="/incident/{id}"' in desk.get("/review", params={"what": "signatures"}).text
    register.judge("accept", id, by="hadi")
    assert f'href="/incident/{id}"' not in desk.get("/review", params={"what": "signatures"}).text


# --- what is hostile -------------------------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)> قتل ثلاثة مدنيين في قصف على بلدة سرمين. \u202eانقلب\u202c "
    + "٣" * 300
    + " {{ 7 * 7 }} "
    + "كلمة" * 3000
)


def test_what_a_report_says_is_shown_as_text(desk: Client, register: Register) -> None:
    title = "\"><script>alert('title')</script>\u202e{{config}}"
    report = Report.of(HOSTILE, title=title, outlet="<b onmouseover=alert(3)>صحيفة</b>", url="javascript:alert(4)", published="2022-02-01")
    register.add_reports([report])
    incident = register.store.homes([register.reading(report.sha256).events[0].claim])
    pages = [
        f"/report/{report.sha256}",
        "/",
        "/reports",
        "/audit",
        "/review?what=readings",
        *(f"/incident/{id}" for id in incident.values()),
    ]
    for path in pages:
        page = desk.get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b onmouseover" not in page
        assert 'href="javascript:' not in page
        assert "\u202e" not in page
    assert "{{ 7 * 7 }}" in words_of(desk.get(f"/report/{report.sha256}").text)


def test_every_answer_carries_its_policy(desk: Client) -> None:
    for path in ("/", "/nowhere", "/static/desk.css", "/audit", "/incident/inc-x"):
        headers = desk.get(path).headers
        assert "script-src 'self'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_another_name_for_the_machine_is_refused(register: Register) -> None:
    with TestClient(create_app(register, only("amal"), hosts=["127.0.0.1:8765"]), base_url="http://evil.example") as client:
        assert client.get("/").status_code == 400


def test_pages_hold_no_script_or_style_of_their_own(desk: Client, register: Register) -> None:
    sha = next(iter(register.store.reports())).sha256
    for path in ("/", f"/incident/{prison(register)}", f"/report/{sha}", "/review", "/reports", "/audit"):
        page = desk.get(path).text
        assert not re.search(r"<script(?![^>]*(?:src=|application/json))", page), path
        assert "<style" not in page
        assert not re.search(r"\sstyle=|\son\w+=", re.sub(r"<script.*?</script>", "", page, flags=re.S)), path
        assert len(page) < 300_000


# --- the toll over time ----------------------------------------------------------------------------------------------


def test_a_curve_is_drawn_to_scale() -> None:
    steps = [("sohr", "2022-01-21", 10), ("sohr", "2022-01-23", 20), ("sdf", "2022-01-25", 40)]
    (curve,) = curves([TollPoint(day=day, source=s, effect="killed", best=n, claim=f"fig-{n}") for s, day, n in steps])
    assert [(s.x, s.y) for line in curve.lines for s in line.steps] == [(0.0, 112.5), (280.0, 75.0), (560.0, 0.0)]
    assert curve.lines[0].path == "M0.0 112.5H280.0V75.0"
    assert curves([TollPoint(day="2022-01-21", source="sohr", effect="killed", best=1, claim="fig-1")]) == []
