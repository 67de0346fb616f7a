"""The desk over a register that took in a data set: its rows are shown as what they are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar.testing import TestClient
from rows_made_up import acled, filled, table

from sijill import Report
from sijill.desk.app import create_app, only
from sijill.register import Register

SARMIN = Report.of(
    "قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب.", published="2022-03-01", outlet="Our Paper"
)
ROWS = [
    acled(
        event_id_cnty=id,
        event_date="2022-03-01",
        event_type="Explosions/Remote violence",
        sub_event_type="Shelling/artillery/missile attack",
        actor1="Military Forces of Syria (2000-2024)",
        actor2="",
        location=place,
        latitude=lat,
        longitude=lon,
        fatalities="9",
        notes=notes,
    )
    for id, place, lat, lon, notes in (
        ("A", "Sarmin", "35.9031", "36.7258", "<b>Shells</b> fell on a town."),
        ("B", "Daraa", "32.62", "36.10", "سقطت قذائف على مدينة."),
    )
]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    (tmp_path / "rows.csv").write_bytes(table(ROWS))
    with filled(tmp_path / "r.db", [SARMIN]) as made:
        made.take_in(str(tmp_path / "rows.csv"), apply=True)
        yield made


@pytest.fixture
def desk(register: Register) -> Iterator[TestClient]:  # type: ignore[type-arg]
    with TestClient(create_app(register, only("amal")), raise_server_exceptions=False) as client:
        yield client


def said(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_incidents_of_reports_and_of_rows_alone_are_shown(desk: TestClient, register: Register) -> None:  # type: ignore[type-arg]
    assert desk.get("/").text.count('class="incident-link"') == 2
    for page in register.pages():
        for incident in page:
            shown = desk.get(f"/incident/{incident.id}")
            assert shown.status_code == 200
            assert "ACLED" in said(shown.text)
            assert ("compiled by a data set" in said(shown.text)) == (incident.families == 1)


def test_a_row_is_shown_with_its_evidence_and_as_text_only(desk: TestClient, register: Register) -> None:  # type: ignore[type-arg]
    for sha in register.store.rows_of("ACLED"):
        shown = desk.get(f"/report/{sha}")
        assert shown.status_code == 200
        assert "fatalities:" in said(shown.text)
        assert "<b>Shells" not in shown.text
        assert re.search(r"<mark[^>]*>9</mark>|>9<", shown.text)


def test_the_other_pages_stand(desk: TestClient) -> None:  # type: ignore[type-arg]
    for path in ("/reports", "/review", "/audit", "/reports?text=Shells"):
        assert desk.get(path).status_code == 200
    assert "take in" in desk.get("/audit").text
