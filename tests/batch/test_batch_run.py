"""A run into a folder: the same bytes for every number of workers, nothing read twice, nothing mixed."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batch_cases import folder_of_lines, left, lines, ran, report, started
from pages import page
from test_archives import warc

from sijill.batch import engine, run
from sijill.batch.outputs import manifest_of, not_read, rows
from sijill.batch.parts import Output
from sijill.batch.run import read_into
from sijill.batch.stage import Options
from sijill.batch.tasks import Outcome, do
from sijill.batch.units import Unit
from sijill.batch.work import ReadTask
from sijill.errors import InputError
from sijill.pipeline import read
from sijill.records import Report, to_json


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = folder_of_lines(tmp_path / "in", files=4, each=15)
    (folder / "bad.jsonl").write_text("no JSON\n" + lines(1000, 2) + '{"id": "x", "text": "<p>قُتل</p>"}\n', encoding="utf-8")
    return folder


def into(output: Path, *inputs: Path, **given: Any) -> run.Summary:
    return read_into(str(output), [str(path) for path in inputs], **given)


@pytest.mark.parametrize("workers", [2, 3, 9])
def test_the_same_bytes_for_every_number_of_workers(tmp_path: Path, source: Path, workers: int) -> None:
    alone = into(tmp_path / "alone", source)
    more = into(tmp_path / "more", source, workers=workers)
    assert left(tmp_path / "alone") == left(tmp_path / "more")
    assert len(left(tmp_path / "alone")) == 6
    assert (alone.done, alone.there, alone.rows, alone.undone) == (more.done, 0, more.rows, []) == (5, 0, {"failed": 2, "read": 62}, [])


def test_workers_take_parquet_as_one_does(tmp_path: Path) -> None:
    """The main process has looked into the files before it forks: what Arrow keeps of that must not hold up a worker."""
    (tmp_path / "in").mkdir()
    for number in range(6):
        table = pa.Table.from_pylist([report(n) for n in range(number * 50, number * 50 + 50)])
        pq.write_table(table, tmp_path / "in" / f"{number}.parquet", row_group_size=20)
    into(tmp_path / "alone", tmp_path / "in")
    into(tmp_path / "more", tmp_path / "in", workers=3)
    assert left(tmp_path / "alone") == left(tmp_path / "more")
    assert [row["id"] for row in rows(str(tmp_path / "more"))] == [f"r{n}" for n in range(300)]


def test_rows_come_once_and_in_order(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source, workers=2)
    found = list(rows(str(tmp_path / "out")))
    assert [row["place"] for row in found] == [
        *(f"in/bad.jsonl#{n}" for n in range(1, 5)),
        *(f"in/f{file:03}.jsonl#{n}" for file in range(4) for n in range(1, 16)),
    ]
    assert [row["id"] for row in found[4:]] == [f"r{n}" for n in range(60)]
    given = report(59)
    assert found[-1]["reading"] == to_json(
        read(Report.of(**{name: given[name] for name in ("text", "id", "title", "outlet", "published")}))
    )
    assert [(row["place"], row["id"], row["status"]) for row in not_read(str(tmp_path / "out"))] == [
        ("in/bad.jsonl#1", None, "failed"),
        ("in/bad.jsonl#4", "x", "failed"),
    ]


def test_the_manifest_tells_what_is_there(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    manifest = manifest_of(str(tmp_path / "out"))
    assert manifest.complete
    assert manifest.rows == {"failed": 2, "read": 62}
    assert [(name, [unit.rows for unit in units]) for name, units in manifest.inputs.items()][:2] == [
        ("in/bad.jsonl", [{"failed": 2, "read": 2}]),
        ("in/f000.jsonl", [{"read": 15}]),
    ]
    for units in manifest.inputs.values():
        for unit in units:
            assert Output(str(tmp_path / "out")).counts(unit.id) == unit.rows


class Told(list[ReadTask]):
    """An engine that does everything here, and remembers what it was given."""

    def __call__(self, tasks: list[ReadTask]) -> Any:
        self += tasks
        return (do(task) for task in tasks)

    def names(self) -> list[str]:
        return [task.unit.name for task in self]


def test_a_rerun_reads_nothing(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    before, told = left(tmp_path / "out"), Told()
    again = into(tmp_path / "out", source, engine=told)
    assert told == []
    assert (again.done, again.there, again.rows) == (0, 5, {"failed": 2, "read": 62})
    assert left(tmp_path / "out") == before


def test_a_new_file_is_read_alone(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    (source / "new.jsonl").write_text(lines(500, 3), encoding="utf-8")
    told = Told()
    summary = into(tmp_path / "out", source, engine=told)
    assert told.names() == ["in/new.jsonl"]
    assert (summary.done, summary.there, summary.rows) == (1, 5, {"failed": 2, "read": 65})
    into(tmp_path / "whole", source)
    assert left(tmp_path / "out") == left(tmp_path / "whole")


def test_a_changed_file_takes_the_place_of_what_it_was(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    (source / "f001.jsonl").write_text(lines(700, 15), encoding="utf-8")
    told = Told()
    into(tmp_path / "out", source, engine=told)
    assert told.names() == ["in/f001.jsonl"]
    into(tmp_path / "whole", source)
    assert left(tmp_path / "out") == left(tmp_path / "whole")


def test_what_is_no_longer_given_stays(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source / "f000.jsonl")
    summary = into(tmp_path / "out", source / "f001.jsonl")
    assert summary.rows == {"read": 15}
    assert [row["id"] for row in rows(str(tmp_path / "out"))] == [f"r{n}" for n in range(30)]
    assert manifest_of(str(tmp_path / "out")).rows == {"read": 30}


def test_a_part_that_was_lost_is_made_again(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    before = left(tmp_path / "out")
    next((tmp_path / "out" / "parts").iterdir()).unlink()
    assert into(tmp_path / "out", source).done == 1
    assert left(tmp_path / "out") == before


def test_a_part_that_was_damaged_is_told_of(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    part = next((tmp_path / "out" / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:100])
    with pytest.raises(InputError, match=f"the part {part.stem} of .* is damaged .*; take it away"):
        list(rows(str(tmp_path / "out")))


def test_a_straggler_of_another_way_of_reading_is_not_taken_for_this_one(tmp_path: Path, source: Path) -> None:
    """A worker may outlive its run for a moment, and write its part when the output was begun anew already."""
    straggling: list[ReadTask] = []

    def killed(tasks: list[ReadTask]) -> Any:
        straggling.extend(tasks)
        yield from ()

    def late(tasks: list[ReadTask]) -> Any:
        assert [do(task).error for task in straggling] == [None] * 5
        return (do(task) for task in tasks)

    into(tmp_path / "out", source, engine=killed)
    into(tmp_path / "out", source, options=Options(longest=5), anew=True, engine=late)
    into(tmp_path / "whole", source, options=Options(longest=5))
    assert left(tmp_path / "out") == left(tmp_path / "whole")


def test_pages_may_speak_of_tags(tmp_path: Path) -> None:
    """A text with tags in it was never taken out of its page, and is refused; one that was taken out of a page may be about them."""
    told = "قُتل ثلاثة مدنيين &lt;p&gt; في قصف مدفعي على بلدة سرمين في ريف إدلب، بحسب الدفاع المدني السوري."
    (tmp_path / "a.warc").write_bytes(warc(page().replace("<div class='content'>", f"<div class='content'><p>{told}</p>")))
    summary = into(tmp_path / "out", tmp_path / "a.warc", options=Options(texts=True))
    assert summary.rows == {"read": 1}
    (row,) = rows(str(tmp_path / "out"))
    assert "مدنيين <p> في قصف" in row["text"]


# --- what is refused -------------------------------------------------------------------------------------------------


def test_another_way_of_reading_is_refused(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    before = left(tmp_path / "out")
    with pytest.raises(InputError, match=r"read in another way \(longest was 1000000, now 5; mentions was False, now True\); give --anew"):
        into(tmp_path / "out", source, options=Options(longest=5, mentions=True))
    assert left(tmp_path / "out") == before
    summary = into(tmp_path / "out", source, options=Options(longest=5), anew=True)
    assert summary.rows == {"failed": 2, "too_large": 62}
    into(tmp_path / "whole", source, options=Options(longest=5))
    assert left(tmp_path / "out") == left(tmp_path / "whole")


def test_another_version_is_refused(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    into(tmp_path / "out", source)
    monkeypatch.setattr(run, "reader_version", lambda: "sijill 99")
    with pytest.raises(InputError, match=r"out was read by sijill \d.*, and this is sijill 99; give --anew"):
        into(tmp_path / "out", source)
    summary = into(tmp_path / "out", source, anew=True)
    assert summary.done == 0
    assert "a worker has sijill" in summary.undone[0]


def test_a_folder_of_others_is_left_alone(tmp_path: Path, source: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine", encoding="utf-8")
    for anew in (False, True):
        with pytest.raises(InputError, match="holds other files"):
            into(tmp_path / "out", source, anew=anew)
    assert left(tmp_path / "out") == {"thesis.txt": b"mine"}
    (tmp_path / "out" / "manifest.json").write_text("{}", encoding="utf-8")
    with pytest.raises(InputError, match="was not written by"):
        into(tmp_path / "out", source)


def test_an_output_cannot_be_an_input(tmp_path: Path, source: Path) -> None:
    into(source / "out", source / "f000.jsonl")
    with pytest.raises(InputError, match=r"holds in/out/parts/.*, which is to be read"):
        into(source / "out", source)


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    big = folder_of_lines(tmp_path / "big", files=30, each=30)
    with started(big, output, "--workers", 1) as first:
        while not Output(str(output)).done():
            assert first.poll() is None
        with pytest.raises(InputError, match="another run is writing"):
            into(output, source)
        first.terminate()
        first.communicate()
    into(output, source)
    ran(big, output, "--workers", 2)
    assert sum(manifest_of(str(output)).rows.values()) == 900 + 64


# --- what goes wrong -------------------------------------------------------------------------------------------------


def test_a_unit_that_cannot_be_done_now_is_done_later(tmp_path: Path, source: Path) -> None:
    def hampered(tasks: list[ReadTask]) -> Any:
        for task in tasks:
            if task.unit.name == "in/f002.jsonl":
                os.utime(task.unit.path, (1, 1))
            yield do(task)

    summary = into(tmp_path / "out", source, engine=hampered)
    assert summary.undone == ["in/f002.jsonl was changed while it was read; run this again when nothing writes to it"]
    assert not manifest_of(str(tmp_path / "out")).complete
    assert len(list(rows(str(tmp_path / "out")))) == 49
    assert into(tmp_path / "out", source).done == 1
    into(tmp_path / "whole", source)
    assert left(tmp_path / "out") == left(tmp_path / "whole")


def test_a_full_disk_leaves_no_half_part(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(pq.ParquetWriter, "write_table", full)
        summary = into(tmp_path / "out", source)
    assert summary.undone
    assert all("No space left" in problem for problem in summary.undone)
    assert list((tmp_path / "out" / "parts").iterdir()) == []
    into(tmp_path / "out", source)
    into(tmp_path / "whole", source)
    assert left(tmp_path / "out") == left(tmp_path / "whole")


def test_what_a_killed_run_left_half_written_is_swept(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    before = left(tmp_path / "out")
    (tmp_path / "out" / "parts" / "abc.parquet.123.tmp").write_bytes(b"half")
    (tmp_path / "out" / "parts" / f"{'0' * 32}.parquet").write_bytes(b"nobody's")
    into(tmp_path / "out", source)
    assert left(tmp_path / "out") == before


def test_a_unit_that_kills_every_worker_ends_nothing(tmp_path: Path, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = engine.do

    def deadly(task: ReadTask, *, careful: bool = False) -> Outcome:
        if task.unit.name == "in/f001.jsonl":
            os._exit(1)
        return whole(task, careful=careful)

    monkeypatch.setattr(engine, "do", deadly)
    summary = into(tmp_path / "out", source, workers=2)
    assert summary.done == 4
    assert summary.undone == ["in/f001.jsonl: 10 workers died of it (out of memory?); try fewer --workers"]


def test_a_large_input_is_not_held(tmp_path: Path) -> None:
    """Units go to workers as paths and numbers: what a task weighs does not hang on what it reads."""
    path = tmp_path / "a.jsonl"
    path.write_text(lines(0, 3000), encoding="utf-8")
    told = Told()
    into(tmp_path / "out", path, engine=told)
    assert len(told) == 3
    assert all(len(msgspec.json.encode(task)) < 1000 for task in told)
    assert all(isinstance(task.unit, Unit) for task in told)


def test_outputs_can_be_moved(tmp_path: Path, source: Path) -> None:
    into(tmp_path / "out", source)
    shutil.move(tmp_path / "out", tmp_path / "there")
    told = Told()
    into(tmp_path / "there", source, engine=told)
    assert told == []
    assert str(tmp_path) not in json.dumps([str(value) for row in rows(str(tmp_path / "there")) for value in row.values()])
