"""The commands import and compare, as people type them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from rows_made_up import acled, table, ucdp

from sijill.cli import cli

TEXT = "قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب."
SHELLED = acled(
    event_date="2022-03-01",
    event_type="Explosions/Remote violence",
    sub_event_type="Shelling/artillery/missile attack",
    actor1="Military Forces of Syria (2000-2024)",
    actor2="",
    location="Sarmin",
    latitude="35.9031",
    longitude="36.7258",
    fatalities="9",
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIJILL_REGISTER", raising=False)
    monkeypatch.delenv("SIJILL_USER", raising=False)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "events.csv").write_bytes(table([SHELLED | {"mood": "grim"}, SHELLED | {"event_id_cnty": "B", "event_date": "never"}]))
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == code, (result.output, result.exception)
    return result


def answer(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json").stdout)


def added() -> None:
    run("add", "a.txt", "--published", "2022-03-01", "--outlet", "Our Paper")


def test_import_says_first_what_it_would_do_and_then_does_it(folder: Path) -> None:
    added()
    looked = run("import", "events.csv").stdout
    assert "ACLED (acled), 2 rows" in looked
    assert "mood (grim)" in looked
    assert "line 3, event_date: «never»" in looked
    assert "(the row is left out)" in looked
    assert "0 incidents would come new, 1 that are there would get a claim more" in looked
    assert looked.endswith("\n  sijill import events.csv --register register.sijill --apply\n")
    assert answer("import", "events.csv")["new"] == 1
    done = run("import", "events.csv", "--apply", "--by", "amal").stdout
    assert "0 incidents come new, 1 that were there got a claim more" in done
    assert "nothing was changed" not in done
    assert answer("import", "events.csv", "--apply")["there"] == 1
    (incident,) = answer("incidents")["incidents"]
    assert (incident["families"], len(incident["reports"])) == (1, 2)
    shown = run("show", incident["id"]).stdout
    assert "ACLED" in shown
    assert "compiled by a data set" in shown
    assert "قاعدة بيانات" in run("show", incident["id"], "--lang", "ar").stdout
    assert "ACLED:SYR900001" in run("search", "prison").stdout
    assert "all in order" in run("verify").stdout


def test_import_without_a_register_makes_none_before_it_is_asked_to(folder: Path) -> None:
    assert answer("import", "events.csv", "--register", "new.db")["incidents_new"] == 1
    assert not (folder / "new.db").exists()
    run("import", "events.csv", "--register", "new.db", "--apply")
    assert len(answer("incidents", "--register", "new.db")["incidents"]) == 1


def test_the_form_and_the_name_can_be_said(folder: Path) -> None:
    (folder / "u.csv").write_bytes(table([ucdp()]))
    assert answer("import", "u.csv", "--name", "Mine")["dataset"] == "Mine"
    refused = run("import", "u.csv", "--as", "acled", code=2)
    assert refused.stderr.strip() == (
        "sijill: u.csv is not of the form acled: it has no column event_date, no column event_type or sub_event_type"
    )
    assert "is of no form that is known" in run("import", "a.txt", code=2).stderr
    assert "cannot read none.csv" in run("import", "none.csv", code=2).stderr


def test_a_whole_register_still_fills_a_new_one(folder: Path) -> None:
    added()
    run("import", "events.csv", "--apply")
    run("export", "all.sijill.gz")
    assert "1 incidents of 2 reports" in run("import", "all.sijill.gz", "--register", "new.db").stdout


def test_compare_shows_and_writes(folder: Path) -> None:
    added()
    told = run("compare", "events.csv").stdout
    assert "theirs above our high" in told
    assert "In both: 1" in told
    assert "في كليهما" in run("compare", "events.csv", "--lang", "ar").stdout
    found = answer("compare", "events.csv", "--out", "found.csv")
    assert [match["killed"] for match in found["matches"]] == ["above"]
    assert len((folder / "found.csv").read_text(encoding="utf-8-sig").splitlines()) == 2
    run("import", "events.csv", "--apply")
    assert answer("compare", "ACLED")["matches"] == found["matches"]
    assert answer("compare", "register.sijill")["only_theirs"] == []
    assert "is no file, no register" in run("compare", "nothing", code=2).stderr
    assert "there is no register" in run("compare", "events.csv", "--register", "none.db", code=2).stderr
