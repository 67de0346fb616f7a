"""What is read, cut into units: every row in one unit, the same way every time, and new where something is new."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batch_cases import lines, report
from test_archives import URL, warc

from sijill.batch.inputs import find, units_of
from sijill.batch.stage import rows_of
from sijill.batch.units import Unit, batches_of
from sijill.errors import InputError
from sijill.ingest.jsonl import JsonLines, LineError


def units(path: Path) -> list[Unit]:
    return [unit for file in find([str(path)]) for unit in units_of(file)]


def taken(unit: Unit) -> list[dict[str, Any]]:
    return [row for batch in batches_of(unit) for row in rows_of(batch)]


def rows(path: Path) -> list[dict[str, Any]]:
    return [row for unit in units(path) for row in taken(unit)]


def as_the_reader_of_lines(path: Path) -> list[tuple[str, str | None, str | None, str | None]]:
    """The rows as `sijill read` takes them."""
    with JsonLines(str(path)) as found:
        return [
            (f"{path.name}#{n}", one.id, None, one.error) if isinstance(one, LineError) else (f"{path.name}#{n}", one.id, one.text, None)
            for n, one in found
        ]


def plain(found: list[dict[str, Any]]) -> list[tuple[str, str | None, str | None, str | None]]:
    return [(row["place"], row.get("id"), row.get("text"), row.get("error")) for row in found]


HARD = {
    "a file without lines": "",
    "one line without an end": '{"text": "قُتل مدني"}',
    "exactly a thousand lines": lines(0, 1000),
    "a thousand and one, and no end": lines(0, 1001).rstrip("\n"),
    "many": lines(0, 2500),
    "a mark at the beginning": "\ufeff" + lines(0, 3),
    "blank lines and bad ones": "\n\n" + lines(0, 2) + "no JSON\n{}\n  \n" + '{"id": "x", "text": "\\ud800"}\n' + lines(2, 1100) + "\n[1]",
}


@pytest.mark.parametrize("packed", [False, True], ids=["plain", "packed"])
@pytest.mark.parametrize("text", HARD.values(), ids=HARD)
def test_every_line_is_in_one_unit(tmp_path: Path, text: str, packed: bool) -> None:
    path = tmp_path / ("a.jsonl.gz" if packed else "a.jsonl")
    path.write_bytes(gzip.compress(text.encode()) if packed else text.encode())
    assert plain(rows(path)) == as_the_reader_of_lines(path)
    cut = units(path)
    assert all((unit.rows or 0) > 0 for unit in cut)
    assert [unit.first for unit in cut] == [1 + 1000 * number for number in range(len(cut))]


def test_a_packed_file_that_is_damaged_gives_what_comes_before(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines(0, 1500).encode())[:-2000])
    found = rows(path)
    assert plain(found) == as_the_reader_of_lines(path)
    assert "damaged from here on" in found[-1]["error"]
    assert len(found) > 500


def test_long_packed_files_are_cut_into_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is unpacked from the beginning: with a unit for every thousand lines, a large file would cost its square."""
    monkeypatch.setattr("sijill.batch.inputs._CUTS", 2)
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines(0, 5500).encode()))
    assert [(unit.first, unit.rows) for unit in units(path)] == [(1, 3000), (3001, 2500)]
    assert plain(rows(path)) == as_the_reader_of_lines(path)


def parquet(path: Path, count: int, *, group: int = 1 << 20) -> Path:
    schema = pa.schema([(name, pa.string()) for name in report(0)])
    table = pa.Table.from_pylist([report(n) for n in range(count)], schema=schema)
    pq.write_table(table, path, row_group_size=group, compression="none")
    return path


@pytest.mark.parametrize(("count", "group"), [(0, 10), (10, 4), (2500, 5000), (2500, 1200)])
def test_every_row_of_a_parquet_file_is_in_one_unit(tmp_path: Path, count: int, group: int) -> None:
    path = parquet(tmp_path / "a.parquet", count, group=group)
    found = rows(path)
    assert [(row["place"], row["id"], row["text"]) for row in found] == [
        (f"a.parquet#{n + 1}", f"r{n}", report(n)["text"]) for n in range(count)
    ]
    assert all(unit.rows is not None and unit.rows <= 1000 for unit in units(path))


def test_large_row_groups_are_cut_into_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.batch.inputs._ROWS", 10)
    monkeypatch.setattr("sijill.batch.inputs._CUTS", 4)
    assert [unit.rows for unit in units(parquet(tmp_path / "a.parquet", 101))] == [26, 26, 26, 23]
    assert [row["id"] for row in rows(tmp_path / "a.parquet")] == [f"r{n}" for n in range(101)]


def test_an_archive_is_one_unit(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        gzip.compress(warc() + warc("<html></html>", "https://alain.example/frame") + warc("GIF89a", "https://alain.example/g"))
    )
    (unit,) = units(path)
    (row,) = taken(unit)
    assert (row["place"], row["url"], row["language"], row["published"]) == (f"a.warc.gz!/{URL}", URL, "ar", "2022-01-21")
    path.write_bytes(path.read_bytes()[:-30])
    *_, damaged = taken(*units(path))
    assert "is damaged from here on" in damaged["error"]
    assert str(tmp_path) not in damaged["place"] + damaged["error"]


WRONG = {
    "a.parquet": (b"no Parquet at all", "it is damaged"),
    "b.jsonl": ('{"text": "قتل"}'.encode("utf-16"), "is UTF-16"),
    "c.parquet": (None, 'has no column "text" (its columns: words)'),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_file_that_cannot_be_read_is_a_row_that_says_why(tmp_path: Path, name: str) -> None:
    data, error = WRONG[name]
    if data is None:
        pq.write_table(pa.table({"words": ["قتل"]}), tmp_path / name)
    else:
        (tmp_path / name).write_bytes(data)
    (row,) = rows(tmp_path / name)
    assert row["place"] == name
    assert error in row["error"]
    assert str(tmp_path) not in row["error"]


def test_rows_that_cannot_be_unpacked_are_told_of(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", 300, group=100)
    at = pq.ParquetFile(path).metadata.row_group(1).column(4)
    start = at.dictionary_page_offset or at.data_page_offset
    data = bytearray(path.read_bytes())
    data[start : start + at.total_compressed_size] = b"\xff" * at.total_compressed_size
    path.write_bytes(data)
    found = rows(path)
    assert [row["id"] for row in found if not row.get("error")] == [f"r{n}" for n in (*range(100), *range(200, 300))]
    (wrong,) = [row for row in found if row.get("error")]
    assert wrong["place"] == "a.parquet#101"
    assert "rows 101 to 200 cannot be unpacked" in wrong["error"]


# --- what is new -----------------------------------------------------------------------------------------------------


def ids(path: Path) -> list[str]:
    return [unit.id for unit in units(path)]


def test_a_file_that_was_touched_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(0, 10), encoding="utf-8")
    before = ids(path)
    os.utime(path, (1, 1))
    assert ids(path) == before


def test_a_file_that_was_changed_is_another_whatever_its_time(tmp_path: Path) -> None:
    path = parquet(tmp_path / "a.parquet", 10)
    before, kept = ids(path), path.stat()
    data = path.read_bytes().replace(b"2022-03-05", b"2022-03-06")
    assert len(data) == kept.st_size
    path.write_bytes(data)
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert set(ids(path)).isdisjoint(before)


def test_of_a_file_that_was_added_to_the_end_alone_is_new(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(0, 2500), encoding="utf-8")
    before = ids(path)
    path.write_text(lines(0, 3500), encoding="utf-8")
    assert [id in before for id in ids(path)] == [True, True, False, False]


def test_stretches_that_are_alike_are_not_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(0, 1000) * 3, encoding="utf-8")
    assert len(set(ids(path))) == 3


def test_names_do_not_hang_on_where_a_folder_lies(tmp_path: Path) -> None:
    for place in ("one", "other"):
        (tmp_path / place / "in" / "deep").mkdir(parents=True)
        (tmp_path / place / "in" / "deep" / "a.jsonl").write_text(lines(0, 5), encoding="utf-8")
    assert ids(tmp_path / "one" / "in") == ids(tmp_path / "other" / "in")
    assert [file.name for file in find([str(tmp_path / "one" / "in")])] == ["in/deep/a.jsonl"]
    with pytest.raises(InputError, match=r"two files are called in/deep/a\.jsonl"):
        find([str(tmp_path / "one" / "in"), str(tmp_path / "other" / "in")])


def test_what_is_no_input_is_passed_over(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.NDJSON", "_SUCCESS", "_part.jsonl", ".hidden.jsonl", "notes.txt", ".b.jsonl.crc"):
        (tmp_path / name).write_text(lines(0, 1), encoding="utf-8")
    (tmp_path / "_temporary").mkdir()
    (tmp_path / "_temporary" / "c.jsonl").write_text(lines(0, 1), encoding="utf-8")
    assert [file.name.split("/")[1] for file in find([str(tmp_path)])] == ["a.NDJSON", "b.jsonl"]


@pytest.mark.parametrize(("name", "message"), [("nowhere", "there is no such"), ("a.txt", "cannot be told"), ("empty", "holds nothing")])
def test_what_cannot_be_an_input_is_refused(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.txt").write_text("قتل", encoding="utf-8")
    with pytest.raises(InputError, match=message):
        find([str(tmp_path / name)])


def test_a_file_that_changes_while_it_is_read_gives_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(lines(0, 500), encoding="utf-8")
    (unit,) = units(path)
    batches = batches_of(unit)
    next(batches)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(report(500)))
    with pytest.raises(InputError, match="was changed while it was read"):
        list(batches)
    path.unlink()
    with pytest.raises(InputError, match="cannot read"):
        list(batches_of(unit))
