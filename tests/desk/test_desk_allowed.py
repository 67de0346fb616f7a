"""Who only reads sees nothing of the restricted kinds, by any route; who judges sees everything."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from desk_people import Client, Desk

from sijill.records import Report

SECRET = Report.of(
    "اعتقلت دورية أمنية شاباً من بلدة سرمين يوم الأربعاء وقضى تحت التعذيب في فرع أمني بمدينة إدلب.",
    title="وفاة تحت التعذيب",
    published="2022-03-02",
    outlet="C",
)
PLAIN = Report.of("أصيب خمسة مدنيين يوم الخميس في قصف مدفعي على مدينة أريحا.", title="قصف على أريحا", published="2022-03-03", outlet="D")


class There(NamedTuple):
    secret: str
    plain: str
    claim: str


@pytest.fixture
def there(desk: Desk) -> There:
    """The ids of an incident of torture and of one of shelling, and a claim of the first."""
    desk.register.add_reports([SECRET, PLAIN])
    reading = desk.register.reading(SECRET.sha256)
    claim = next(event.claim for event in reading.events if event.kind == "torture")
    plain = desk.register.reading(PLAIN.sha256).events[0].claim
    homes = desk.register.store.homes([claim, plain])
    return There(homes[claim], homes[plain], claim)


@pytest.fixture(params=["reader", "token"])
def reading(desk: Desk, request: pytest.FixtureRequest) -> Client:
    """Somebody who may only read: by a role, or by a token."""
    return desk.client("reader") if request.param == "reader" else desk.program("admin", "read")


REFUSED = [
    "/incident/{secret}",
    "/report/{sha}",
    "/report/{sha}?claim={claim}",
    "/report/{sha}/original/{sha}",
    "/api/v1/incidents/{secret}",
    "/api/v1/incidents/{secret}/dossier",
    "/api/v1/incidents/{claim}/dossier",
    "/api/v1/incidents/{secret}/parts",
    "/api/v1/reports/{sha}",
    "/api/v1/reports/{sha}/reading",
    "/api/v1/reports/{sha}/acquisitions",
    "/api/v1/originals/{sha}",
    "/api/v1/claims/{claim}",
]


@pytest.mark.parametrize("path", REFUSED)
def test_what_is_restricted_is_refused(desk: Desk, there: There, reading: Client, path: str) -> None:
    at = path.format(sha=SECRET.sha256, **there._asdict())
    answer = reading.get(at)
    assert answer.status_code == 403
    assert "سرمين" not in answer.text
    assert "torture" not in answer.text
    assert desk.client("analyst").get(at).status_code in (200, 303)


@pytest.mark.parametrize(
    "path",
    [
        "/?sort=date",
        "/?text=التعذيب",
        "/reports",
        "/reports?q=التعذيب",
        "/api/v1/incidents",
        "/api/v1/incidents?text=التعذيب",
        "/api/v1/incidents/map",
        "/api/v1/reports",
        "/api/v1/reports?q=التعذيب",
        "/api/v1/export?format=jsonl&table=claims&level=public",
    ],
)
def test_lists_leave_it_out(desk: Desk, there: There, reading: Client, path: str) -> None:
    answer = reading.get(path)
    assert answer.status_code == 200
    hidden = (there.secret, there.claim, SECRET.title or "", "التعذيب في")
    assert not [word for word in hidden if word in answer.text]
    seen = desk.client("analyst").get(path).text
    if "level=public" not in path:
        assert [word for word in hidden if word in seen], "who judges sees it"


def test_everything_else_is_seen(there: There, reading: Client) -> None:
    assert reading.get(f"/incident/{there.plain}").status_code == 200
    assert reading.get(f"/report/{PLAIN.sha256}").status_code == 200
    assert there.plain in reading.get("/").text
    assert reading.get(f"/api/v1/incidents/{there.plain}").status_code == 200


def test_another_incident_of_the_same_report_is_seen_without_its_words(desk: Desk, there: There, reading: Client) -> None:
    arrest = next(e.claim for e in desk.register.reading(SECRET.sha256).events if e.kind == "arrest")
    id = desk.register.store.homes([arrest])[arrest]
    assert id != there.secret
    for path in (f"/incident/{id}", f"/api/v1/incidents/{id}/dossier"):
        answer = reading.get(path)
        assert answer.status_code == 200
        assert "اعتقلت" not in answer.text
        assert (SECRET.title or "") not in answer.text
        assert "اعتقلت" in desk.client("analyst").get(path).text


def test_counts_by_month_leave_the_kinds_out(desk: Desk, there: There, reading: Client) -> None:
    def counted(client: Client) -> int:
        return sum(month["incidents"] for month in client.get("/api/v1/incidents/months").json()["months"])

    assert counted(reading) < counted(desk.client("analyst"))


def test_who_only_reads_is_not_led_to_the_queue(desk: Desk) -> None:
    assert 'href="/review"' not in desk.client("reader").get("/").text
    assert re.search(r'href="/review"', desk.client("analyst").get("/").text)
