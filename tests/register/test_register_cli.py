"""The commands of a register, as people type them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hasakah import PRISON

from sijill.cli import cli

TEXT = "قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب."
OTHER = "انفجرت عبوة ناسفة اليوم الثلاثاء في مدينة درعا وأصيب شرطي."


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SIJILL_REGISTER", raising=False)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_text(OTHER, encoding="utf-8")
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(cli, list(arguments))
    assert result.exit_code == code, (result.output, result.exception)
    return result


def answer(*arguments: str) -> Any:
    return json.loads(run(*arguments, "--json").stdout)


def added() -> None:
    run("add", "in", "--published", "2022-03-01", "--outlet", "Our Paper")


def test_add_says_what_came_of_it(folder: Path) -> None:
    (folder / "in" / "empty.txt").touch()
    result = run("add", "in", "--published", "2022-03-01", code=3)
    assert "2 added, 0 already there, 1 failed" in result.stdout
    assert "empty.txt" in result.stderr
    again = answer_of_failure("add", "in", "--published", "2022-03-01", "--json")
    assert (again["added"], again["there"], len(again["failed"])) == (0, 2, 1)


def answer_of_failure(*arguments: str) -> Any:
    return json.loads(run(*arguments, code=3).stdout)


def test_incidents_are_listed_and_filtered(folder: Path) -> None:
    added()
    assert len(answer("incidents")["incidents"]) == 2
    assert [i["kind"] for i in answer("incidents", "--killed", "1")["incidents"]] == ["shelling"]
    assert [i["kind"] for i in answer("incidents", "--place", "درعا")["incidents"]] == ["explosive_device"]
    assert answer("incidents", "--since", "2022-03-02")["incidents"] == []
    text = run("incidents", "--sort", "harm").stdout
    assert text.index("Sarmin") < text.index("Daraa")
    assert "3 killed" in text
    assert "بلدة سرمين · 3 قُتلوا" in run("incidents", "--lang", "ar").stdout


def test_pages_go_on(folder: Path) -> None:
    added()
    first = answer("incidents", "--limit", "1")
    second = answer("incidents", "--limit", "1", "--after", first["next"])
    assert first["incidents"][0]["id"] != second["incidents"][0]["id"]
    assert second["next"] is None


def test_show_leads_to_the_words(folder: Path) -> None:
    added()
    (incident,) = answer("incidents", "--kind", "shelling")["incidents"]
    dossier = answer("show", incident["id"])
    report = dossier["reports"][0]
    words = {w["claim"]: w for w in dossier["words"]}
    use = dossier["incident"]["figures"][0]["uses"][0]
    assert TEXT[words[use["claim"]]["start"] : words[use["claim"]]["end"]] == words[use["claim"]]["quote"]
    assert report["outlet"] == "Our Paper"
    text = run("show", incident["id"]).stdout
    assert "«قتل ثلاثة مدنيين»" in text
    assert "Syrian government" in text or "Syria" in text
    assert run("show", use["claim"]).stdout == text  # a claim leads to its incident
    assert "المجهول ليس صفراً" in run("show", incident["id"], "--lang", "ar").stdout


def test_another_policy_is_shown_and_not_kept(folder: Path) -> None:
    (folder / "in" / "c.txt").write_text(
        "أوقع قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب خمسة قتلى مدنيين اليوم الثلاثاء.", encoding="utf-8"
    )
    added()
    (incident,) = answer("incidents", "--kind", "shelling")["incidents"]
    best = {policy: answer("show", incident["id"], "--policy", policy)["incident"]["figures"][0]["best"] for policy in ("default", "acled")}
    assert best == {"default": 5, "acled": 3}
    assert answer("show", incident["id"])["incident"]["figures"][0]["policy"] == "default"


def test_search_finds_words_in_any_spelling(folder: Path) -> None:
    added()
    assert [hit["report"]["text"] for hit in answer("search", "إدلب المدنيين")["hits"]] == [TEXT]
    assert "سرمين" in run("search", "سرمين").stdout
    assert "No report" in run("search", "كوكب").stdout


def test_judge_and_undo(folder: Path) -> None:
    added()
    one, two = (i["id"] for i in answer("incidents")["incidents"])
    said = answer("judge", "same", one, two, "--by", "reader", "--note", "one night")
    assert len(answer("incidents")["incidents"]) == 1
    run("undo", said[0]["id"], "--by", "reader")
    assert {i["id"] for i in answer("incidents")["incidents"]} == {one, two}
    figure = next(i for i in answer("incidents", "--kind", "shelling")["incidents"])["figures"][0]["uses"][0]["claim"]
    run("judge", "edit", figure, "--field", "value", "--value", "4")
    assert answer("incidents", "--kind", "shelling")["incidents"][0]["figures"][0]["best"] == 4


def test_verify_and_rebuild(folder: Path) -> None:
    added()
    before = answer("incidents")
    assert "2 incidents of 2 reports" in run("rebuild", "--read").stdout
    assert answer("incidents") == before
    assert "all in order" in run("verify").stdout
    assert answer("verify")["problems"] == []


def test_export_and_import(folder: Path) -> None:
    added()
    run("export", "all.sijill.gz")
    run("export", "list.csv")
    run("export", "figures.txt", "--format", "jsonl", "--table", "figures")
    assert (folder / "list.csv").read_bytes().startswith(b"\xef\xbb\xbfid,kind")
    run("import", "all.sijill.gz", "--register", "copy.db")
    assert answer("incidents", "--register", "copy.db") == answer("incidents")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (["incidents"], "there is no register register.sijill; make one with: sijill add"),
        (["show", "inc-1", "--register", "in/a.txt"], "no sijill register|no register"),
        (["add", "in", "--published", "yesterday"], "is not a date"),
        (["export", "out.xyz"], "give --format"),
        (["import", "nothing.sijill.gz"], "cannot read nothing.sijill.gz"),
    ],
)
def test_errors_are_one_line(folder: Path, arguments: list[str], error: str) -> None:
    import re

    result = run(*arguments, code=2)
    assert re.search(error, result.stderr), result.stderr
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""


def test_unknown_things_are_named(folder: Path) -> None:
    added()
    assert "no incident inc-none" in run("show", "inc-none", code=2).stderr
    assert "there is no kind 'war'" in run("incidents", "--kind", "war", code=2).stderr
    assert "there is no policy 'guess'" in run("show", "inc-none", "--policy", "guess", code=2).stderr


def test_one_incident_of_many_outlets(folder: Path) -> None:
    for report in PRISON[:4]:
        (folder / f"{report.id}.txt").write_text(report.text, encoding="utf-8")
        run("add", f"{report.id}.txt", "--published", report.published or "", "--outlet", report.outlet or "")
    (whole,) = answer("incidents", "--no-parts")["incidents"]
    assert whole["families"] == 4
