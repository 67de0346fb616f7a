"""The commands: what they print, where, and how they end. Most run in this process; those about processes run in their own."""

import gzip
import json
import os
import pty
import re
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sijill.cli import cli
from sijill.ingest.demo import demo_report

TEXT = "قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب أمس."
SOURCE = Path(__file__).parents[1] / "src"


def run(*arguments: str, input: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=input)


@pytest.fixture
def report(tmp_path: Path) -> str:
    file = tmp_path / "report.txt"
    file.write_text(TEXT, encoding="utf-8")
    return str(file)


@pytest.fixture
def lines(tmp_path: Path) -> str:
    file = tmp_path / "reports.jsonl"
    objects = [{"id": f"r{i}", "text": TEXT, "published": "2022-02-02"} for i in range(3)]
    file.write_text("".join(json.dumps(o) + "\n" for o in objects), encoding="utf-8")
    return str(file)


def fails(result: Result, says: str) -> None:
    """The command ended with one line on standard error and nothing else."""
    assert result.exit_code == 2
    assert result.stdout == ""
    assert re.fullmatch(r"sijill: [^\n]+\n", result.stderr)
    assert says in result.stderr


# --- read ------------------------------------------------------------------------------------------------------------


def test_read_is_pretty_by_default(report: str) -> None:
    result = run("read", report)
    assert result.exit_code == 0
    assert "TIMELINE" in result.stdout
    assert "3 civilians" in result.stdout
    assert "\u2068" not in result.stdout


def test_read_json(report: str) -> None:
    result = run("read", report, "--format", "json", "--published", "2022-02-02", "--title", "ع", "--outlet", "و")
    found = json.loads(result.stdout)
    assert result.stdout.count("\n") == 1
    assert (found["id"], found["title"], found["outlet"], found["mentions"]) == ("report", "ع", "و", None)
    assert found["events"][0]["date"] == "2022-02-01"


def test_read_json_indented_and_with_mentions(report: str) -> None:
    result = run("read", report, "--format", "json", "--indent", "--mentions", "--id", "x")
    found = json.loads(result.stdout)
    assert result.stdout.count("\n") > 20
    assert found["id"] == "x"
    assert {m["kind"] for m in found["mentions"]} >= {"date", "quantity", "place"}


def test_read_html(report: str) -> None:
    result = run("read", report, "--format", "html")
    assert result.stdout.startswith("<!doctype html>") or result.stdout.startswith("<!DOCTYPE html>")


def test_read_standard_input() -> None:
    result = run("read", "-", "--format", "json", input=TEXT.encode())
    assert json.loads(result.stdout)["figures"][0]["value"] == 3


def test_read_another_encoding(tmp_path: Path) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("قتل ثلاثة مدنيين في قصف على مدينة إدلب".encode("cp1256"))
    fails(run("read", str(file)), "--encoding windows-1256")
    assert "3 civilians" in run("read", str(file), "--encoding", "windows-1256").stdout


@pytest.mark.parametrize(
    "date", ["yesterday", "2022-13-01", "2022-02-30", "20220202", "2022-2-2", "2022-02-02x", "", "٢٠٢٢-٠٢-٠٢", "2022-W05-3"]
)
def test_a_wrong_date(report: str, date: str) -> None:
    fails(run("read", report, "--published", date), "YYYY-MM-DD")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    fails(run("read", str(tmp_path / "missing.txt")), "No such file")
    fails(run("read", str(tmp_path)), "directory")
    fails(run("read", str(tmp_path / "missing.jsonl")), "No such file")


def test_errors_do_not_obey_the_name_of_a_file() -> None:
    result = run("read", "\x1b[2J.txt")
    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


# --- lines of JSON ---------------------------------------------------------------------------------------------------


def test_lines_give_readings_in_order(lines: str) -> None:
    result = run("read", lines)
    assert result.exit_code == 0
    assert [json.loads(line)["id"] for line in result.stdout.splitlines()] == ["r0", "r1", "r2"]
    assert result.stderr == ""


def test_packed_lines_and_lines_from_standard_input(lines: str, tmp_path: Path) -> None:
    packed = tmp_path / "packed.jsonl.gz"
    packed.write_bytes(gzip.compress(Path(lines).read_bytes()))
    assert run("read", str(packed)).stdout == run("read", lines).stdout
    given = packed.read_bytes()
    piped = subprocess.run(command("read", "-", "--jsonl"), env=environment(), input=given, capture_output=True, check=True)
    assert piped.stdout.decode() == run("read", lines).stdout


def test_a_bad_line_does_not_stop_the_rest(lines: str) -> None:
    with open(lines, "a", encoding="utf-8") as file:
        file.write('{"id": "bad"}\n\n{"id": "r9", "text": "قتل"}\n')
    result = run("read", lines)
    assert result.exit_code == 3
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert found[3] == {"id": "bad", "line": 4, "error": 'the object has no "text"'}
    assert found[4]["id"] == "r9"
    assert re.fullmatch(r"sijill: 1 of 5 lines [^\n]+\n", result.stderr)


@pytest.mark.parametrize("options", [["--format", "html"], ["--format", "pretty"], ["--title", "a"], ["--published", "2022-02-02"]])
def test_what_lines_cannot_have(lines: str, options: list[str]) -> None:
    fails(run("read", lines, *options), options[0])


def test_mentions_of_lines(lines: str) -> None:
    assert json.loads(run("read", lines, "--mentions").stdout.splitlines()[0])["mentions"]


# --- output ----------------------------------------------------------------------------------------------------------


def test_output_to_a_file(report: str, lines: str, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before")
    target.chmod(0o640)
    assert run("read", report, "--format", "json", "-o", str(target)).stdout == ""
    assert json.loads(target.read_text(encoding="utf-8"))["id"] == "report"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    run("read", lines, "-o", str(target))
    assert target.read_text(encoding="utf-8").count("\n") == 3
    assert [file for file in os.listdir(tmp_path) if file.endswith(".part")] == []


def test_output_through_a_link_keeps_the_link(report: str, tmp_path: Path) -> None:
    target, link = tmp_path / "real.html", tmp_path / "link.html"
    target.write_text("before")
    link.symlink_to(target)
    run("read", report, "--format", "html", "-o", str(link))
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") != "before"


def test_output_to_a_device(report: str) -> None:
    assert run("read", report, "-o", os.devnull).exit_code == 0
    assert not os.path.isfile(os.devnull)


def test_output_that_fails_leaves_nothing(report: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.txt"
    target.write_text("before")
    monkeypatch.setattr("sijill.export.pretty.render", lambda *_, **__: 1 / 0)
    assert isinstance(run("read", report, "-o", str(target)).exception, ZeroDivisionError)
    assert target.read_text() == "before"
    assert [file for file in os.listdir(tmp_path) if file.endswith(".part")] == []


def test_output_that_cannot_be_written(report: str, tmp_path: Path) -> None:
    fails(run("read", report, "-o", str(tmp_path / "no" / "such" / "folder")), "cannot write")


# --- the other commands ----------------------------------------------------------------------------------------------


def test_explain_a_place_in_the_text(report: str) -> None:
    result = run("explain", report, "--at", "0")
    assert "words/harm.csv:" in result.stdout
    assert json.loads(run("explain", report, "--at", "0", "--json").stdout)["words"][0]["quote"] == "قُتل"


def test_explain_an_item(report: str) -> None:
    assert "rules/figures.toml:" in run("explain", report, "--id", "f1").stdout
    assert json.loads(run("explain", report, "--id", "e1", "--json").stdout)["kind"] == "event"


@pytest.mark.parametrize("options", [[], ["--at", "1", "--id", "f1"], ["--at", "999"], ["--id", "f99"], ["--at", "1", "--published", "x"]])
def test_explain_says_what_it_needs(report: str, options: list[str]) -> None:
    fails(run("explain", report, *options), "")


def test_demo() -> None:
    result = run("demo")
    assert "77 + 40 + 4 = 121" in result.stdout
    assert "sijill demo --format html" in result.stdout.splitlines()[-1]
    assert json.loads(run("demo", "--format", "json").stdout)["sha256"] == demo_report().sha256


def test_lexicon_check() -> None:
    result = run("lexicon", "check")
    assert result.exit_code == 0
    assert "all in order" in result.stdout


def test_lexicon_check_shows_every_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.check.file_problems", lambda _: ["words/a.csv:1: one", "words/b.csv:2: two"])
    result = run("lexicon", "check")
    assert result.exit_code == 1
    assert result.stdout == "words/a.csv:1: one\nwords/b.csv:2: two\n"


def test_help_and_version() -> None:
    assert run("--version").stdout.startswith("sijill ")
    for command in ((), ("read",), ("explain",), ("demo",), ("lexicon",), ("lexicon", "check")):
        assert run(*command, "--help").exit_code == 0


# --- in a process of its own -----------------------------------------------------------------------------------------


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "sijill", *arguments]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE), **more}


def test_the_same_bytes_for_every_hash_seed_and_locale(report: str) -> None:
    outputs = {
        subprocess.run(command("read", report, "--format", form), env=environment(**given), capture_output=True, check=True).stdout
        for form in ("json",)
        for given in ({"PYTHONHASHSEED": "1"}, {"PYTHONHASHSEED": "2"}, {"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"})
    }
    assert len(outputs) == 1


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, sijill.cli; print(sorted({'jinja2', 'msgspec', 'sijill.lexicon', 'sijill.pipeline'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True).stdout == "[]\n"


def test_a_closed_pipe_is_silent(lines: str) -> None:
    with open(lines, "a", encoding="utf-8") as file:
        file.write((json.dumps({"text": TEXT}) + "\n") * 2000)
    with subprocess.Popen(command("read", lines), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("extra", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_on_a_terminal(report: str, extra: dict[str, str], coloured: bool) -> None:
    primary, secondary = pty.openpty()
    env = environment(**{"TERM": "xterm", "COLUMNS": "60", **extra})
    env = {name: value for name, value in env.items() if name != "NO_COLOR" or name in extra}
    subprocess.run(command("read", report), env=env, stdout=secondary, check=True)
    os.close(secondary)
    output = drained(primary)
    assert "\u2068" in output
    assert ("\x1b[" in output) is coloured


def drained(handle: int) -> str:
    data = b""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            piece = os.read(handle, 65536)
        except OSError:
            break
        if not piece:
            break
        data += piece
    os.close(handle)
    return data.decode()
