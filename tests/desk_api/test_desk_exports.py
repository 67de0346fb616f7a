"""What a desk hands on: the same bytes as the command line writes, at the level that a role allows, and files of single incidents."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from desk_api_factory import Api, person, refusal

from sijill.desk.exports import FORMATS
from sijill.export.forms import FORMS, TABLE_FORMS, form_of
from sijill.export.redact import LEVELS
from sijill.records import Report

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError):
    PDF = False
else:
    PDF = True


def attack(reader: Api) -> str:
    return next(one["id"] for one in reader.ok("/incidents")["incidents"] if len(one["reports"]) > 5)


def test_every_format_is_offered() -> None:
    assert sorted(FORMATS) == sorted([*TABLE_FORMS, *(form.name for form in FORMS)])


@pytest.mark.parametrize("form", FORMATS)
def test_the_desk_sends_what_the_command_line_writes(reader: Api, tmp_path: Path, form: str) -> None:
    path = tmp_path / "file"
    reader.register.export(str(path), form=form, level="internal")
    answer = reader.get(f"/export?format={form}&level=internal")
    assert answer.status_code == 200
    assert answer.content == path.read_bytes()
    ending = f".{form}" if form in TABLE_FORMS else form_of(form).ending
    assert answer.headers["content-disposition"] == f'attachment; filename="incidents-internal{ending}"'
    assert answer.headers["content-type"].count("charset") <= 1


@pytest.mark.parametrize(("form", "begins"), [("html", b"<!doctype html>"), ("json", b'{"format":"sijill evidence 1"')])
@pytest.mark.parametrize("level", LEVELS)
def test_the_file_of_an_incident(reader: Api, form: str, begins: bytes, level: str) -> None:
    id = attack(reader)
    answer = reader.get(f"/incidents/{id}/file?format={form}&level={level}&lang=en")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="{id}-{level}.{form}"'
    quotes = [report.text[:30] for report in reader.register.store.reports() if report.text[:30].encode() in answer.content]
    assert bool(quotes) == (level == "full")


@pytest.mark.skipif(not PDF and not os.environ.get("CI"), reason="no PDF here")
def test_the_file_of_an_incident_as_a_pdf(reader: Api) -> None:
    answer = reader.get(f"/incidents/{attack(reader)}/file?format=pdf&level=full")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_a_claim_leads_to_the_file_of_its_incident(reader: Api) -> None:
    id = attack(reader)
    claim = reader.register.incident(id).events[0]
    answer = reader.get(f"/incidents/{claim}/file?format=json&level=full")
    assert json.loads(answer.content)["incident"]["id"] == id


def test_who_may_have_which_file(api: Api) -> None:
    may = {"reader": {"public"}, "analyst": {"public", "internal"}, "editor": set(LEVELS)}
    id = attack(api)
    for role, levels in may.items():
        api.who = person(role)  # type: ignore[arg-type]
        answers = {level: api.get(f"/incidents/{id}/file?format=json&level={level}") for level in LEVELS}
        assert {level for level, answer in answers.items() if answer.status_code == 200} == levels
        for level in set(LEVELS) - levels:
            assert "does not include the right to" in refusal(answers[level], 403)


@pytest.mark.parametrize(("role", "status"), [("reader", 403), ("editor", 404)])
def test_a_restricted_incident_is_in_no_public_file(api: Api, role: str, status: int) -> None:
    text = "توفي معتقل تحت التعذيب اليوم في مدينة حلب على يد قوات النظام."
    api.register.add_reports([Report.of(text, published="2022-03-01")])
    (id,) = [one.id for one in api.register.incidents().incidents if one.kind == "torture"]
    assert api.get(f"/incidents/{id}/file?format=json&level=full").status_code == 200
    api.who = person(role)  # type: ignore[arg-type]
    refusal(api.get(f"/incidents/{id}/file?format=json&level=public"), status)
    assert id.encode() not in api.get("/export?format=plover&level=public").content
