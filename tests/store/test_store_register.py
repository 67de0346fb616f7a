"""The verbs of a register on both databases: the same incidents, figures, ids and answers for the same reports and judgements."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from store_factories import Opener

from sijill.records import Report
from sijill.register import Register

HASAKAH = Path(__file__).parent.parent / "register" / "hasakah.jsonl"


def told(location: str) -> dict[str, Any]:
    """Everything that a register says after some work with it."""
    rows = [json.loads(line) for line in HASAKAH.read_text(encoding="utf-8").splitlines()]
    reports = [Report.of(row.pop("text"), **row) for row in rows]
    with Register(location, by="analyst", clock=lambda: datetime(2022, 3, 6, tzinfo=UTC)) as register:
        register.add_reports(reports[:5])
        register.add_reports(reports[5:])
        (first, second) = register.reading(reports[0].sha256).events[:2]
        said = register.judge("reject", second.claim)
        register.judge("edit", register.reading(reports[0].sha256).figures[0].claim, field="value", value=21)
        register.undo(said[0].id)
        incidents = register.incidents(limit=100).incidents
        return {
            "incidents": [msgspec.to_builtins(incident) for incident in incidents],
            "dossier": msgspec.to_builtins(register.dossier(first.claim)),
            "search": {
                query: [(h.report.id, [(s.start, s.end) for s in h.spans]) for h in register.search(query).hits]
                for query in ("غويران", "الديمقراطيه قوات", '"سجن الصناعة"', "المرصد -داعش", "374", "لا شيء من هذا")
            },
            "families": register.store.families(),
            "dump": [msgspec.json.encode(line) for line in register.store.dump()],
            "verified": register.verify().ok,
        }


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return told(str(tmp_path_factory.mktemp("sqlite") / "r.db"))


def test_sqlite_and_postgresql_say_the_same(new_location: Opener, on_sqlite: dict[str, Any]) -> None:
    found = told(new_location("postgresql"))
    for name, value in on_sqlite.items():
        assert found[name] == value, name
    assert found["verified"]
    assert len(found["search"]["غويران"]) >= 10
