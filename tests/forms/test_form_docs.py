"""The page for users tells of every form, as it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sijill.export.forms import CODEBOOKS, FORMS

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exchange.md"
EXCHANGED = [form for form in FORMS if form.name not in CODEBOOKS]

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="the documents are not here")


def test_every_form_has_its_row() -> None:
    told = {row[1]: row[2] for row in re.finditer(r"^\| `([\w-]+)` \| (\.[\w.]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)}
    assert {form.name: form.ending for form in EXCHANGED}.items() <= told.items()


def test_what_has_to_be_installed_is_told() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for form in EXCHANGED:
        if form.extra:
            assert re.search(rf"`{form.name}`[^.]*sijill\[{form.extra}\]", text), form.name
