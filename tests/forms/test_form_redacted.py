"""What is left out of a redacted case is in none of the forms: every byte of every form is looked through."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from form_cases import tallied

from sijill.export.forms import FORMS
from sijill.export.redact import LEVELS
from sijill.records import Case, Report
from sijill.register import Register

EXCHANGED = [form.name for form in FORMS if not form.name.endswith("-bare")]
VICTIM, WITNESS = "محمد خالد العلي", "سعاد إبراهيم"
REPORTS = [
    Report.of(
        f"قتل ثلاثة مدنيين بينهم {VICTIM} اليوم في قصف جوي روسي على مشفى شام في بلدة كفرنبل في ريف إدلب، كما قالت {WITNESS}.",
        id=f"testimony of {WITNESS}",
        title=f"مقتل {VICTIM}",
        outlet="Kafr Page",
        url="https://example.org/mohammad-khaled",
        published="2022-03-01",
    ),
    Report.of(f"توفي المعتقل {VICTIM} تحت التعذيب اليوم في مدينة حلب على يد قوات النظام.", id="2", published="2022-03-01"),
]
NEVER = [VICTIM, WITNESS, "testimony", "قتل ثلاثة مدنيين"]
"""In nothing but a full export."""
NEVER_PUBLIC = [*NEVER, "mohammad-khaled", "Kafr Page", "مشفى", "تعذيب", "torture"]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    path: Path = tmp_path_factory.mktemp("forms") / "r.db"
    with Register(str(path), by="tester", clock=lambda: datetime(2022, 3, 6, 9, 0, tzinfo=UTC)) as made:
        made.add_reports(REPORTS)
        event = made.reading(REPORTS[0].sha256).events[0].claim
        for field, value in (("agents", [WITNESS]), ("targets", [VICTIM]), ("means", [VICTIM]), ("source", WITNESS)):
            made.judge("edit", event, field=field, value=value, note=VICTIM)
        yield made


def whole(form: str, cases: list[Case], level: str) -> str:
    """All that is in a file, packed or folded."""
    data = tallied(form, cases, {} if level == "full" else {"redaction": level})[0]
    if form == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            data = b"".join(map(parts.read, parts.namelist()))
    return data.decode("utf-8-sig").replace("\r\n ", "")


@pytest.mark.parametrize("form", EXCHANGED)
def test_what_was_left_out_is_in_no_form(register: Register, form: str) -> None:
    cases = {level: list(register.cases(level=level)) for level in LEVELS}
    full = whole(form, cases["full"], "full")
    assert any(word in full for word in NEVER), "the full form has what the others must not have"
    for word in NEVER:
        assert word not in whole(form, cases["internal"], "internal"), word
    for word in NEVER_PUBLIC:
        assert word not in whole(form, cases["public"], "public"), word


@pytest.mark.parametrize("form", [form for form in EXCHANGED if form not in ("labelstudio", "ucdp")])
def test_a_redacted_file_says_so(register: Register, form: str) -> None:
    assert "public" in whole(form, list(register.cases(level="public")), "public")
