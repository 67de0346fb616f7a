"""What goes out and comes back: a whole register, and plain tables of its incidents."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hasakah import REPORTS

from sijill.errors import InputError, StoreError
from sijill.export.tables import TABLES, write
from sijill.records import Figure, Incident, IncidentPlace
from sijill.register import Register


def opened(path: Path) -> Register:
    return Register(str(path), by="analyst", clock=lambda: datetime(2022, 3, 6, 9, 0, tzinfo=UTC))


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Register]:
    """A register with reports, judgements and one taken back."""
    with opened(tmp_path / "full.db") as register:
        register.add_reports(REPORTS)
        claims = [event.claim for event in register.reading(REPORTS[0].sha256).events]
        register.judge("accept", claims[0], note="seen")
        said = register.judge("reject", claims[1])
        register.undo(said[0].id)
        register.judge("edit", register.reading(REPORTS[0].sha256).figures[0].claim, field="value", value=21)
        yield register


def test_a_register_comes_back_as_it_was(full: Register, tmp_path: Path) -> None:
    path = str(tmp_path / "out.sijill.gz")
    rows = full.export(path).rows
    with opened(tmp_path / "new.db") as copy:
        assert copy.load(path) == rows
        assert list(copy.store.dump()) == list(full.store.dump())
        assert copy.incidents(limit=1000) == full.incidents(limit=1000)
        assert copy.store.families() == full.store.families()
        assert copy.store.head() == full.store.head()
        assert copy.verify().ok


def test_the_same_register_gives_the_same_file(full: Register, tmp_path: Path) -> None:
    one, two = tmp_path / "1.sijill.gz", tmp_path / "2.sijill.gz"
    full.export(str(one))
    with opened(tmp_path / "new.db") as copy:
        copy.load(str(one))
        copy.export(str(two))
    with gzip.open(one) as a, gzip.open(two) as b:
        first, second = a.read().splitlines(), b.read().splitlines()
    assert first[:-1] == second[: len(first) - 1]  # but for the entry of the second export


def test_an_import_needs_an_empty_register(full: Register, tmp_path: Path) -> None:
    path = str(tmp_path / "out.sijill.gz")
    full.export(path)
    with pytest.raises(StoreError, match="needs an empty register"):
        full.load(path)


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (lambda data: b"", "no export"),
        (lambda data: b"not gzip", "no export"),
        (lambda data: data[: len(data) // 2], "damaged|before its time"),
        (lambda data: gzip.compress(b"\n".join(gzip.decompress(data).splitlines()[:-1]) + b"\n"), "before its time"),
        (lambda data: gzip.compress(b"\n".join(gzip.decompress(data).splitlines()[1:]) + b"\n"), "no export"),
        (lambda data: gzip.compress(gzip.decompress(data).replace(b"register 1", b"register 9")), "another version"),
        (lambda data: gzip.compress(gzip.decompress(data).replace("سجن".encode(), "دار".encode())), "is damaged"),
        (lambda data: gzip.compress(gzip.decompress(data).replace(b'{"row":"report"', b'{"row":"parrot"', 1)), "no row of a register"),
    ],
)
def test_a_damaged_export_leaves_the_register_empty(full: Register, tmp_path: Path, damage: object, error: str) -> None:
    whole, broken = tmp_path / "whole.sijill.gz", tmp_path / "broken.sijill.gz"
    full.export(str(whole))
    broken.write_bytes(damage(whole.read_bytes()))  # type: ignore[operator]
    with opened(tmp_path / "new.db") as copy:
        with pytest.raises((InputError, StoreError), match=error):
            copy.load(str(broken))
        assert copy.count().reports == 0


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with opened(tmp_path / "new.db") as register, pytest.raises(InputError, match="cannot read"):
        register.load(str(tmp_path / "nothing.sijill.gz"))


# --- tables ----------------------------------------------------------------------------------------------------------

STRIKE = Incident(
    id="inc-1",
    kind="air_strike",
    first="2022-03-01",
    last="2022-03-01",
    places=[IncidentPlace(name="=سرمين", name_en="Sarmin", level="town", lat=35.9, lon=36.72, radius_km=6)],
    agents=["russia", "syrian_government"],
    figures=[Figure(effect="killed", status="civilian", low=3, best=3, high=5, policy="default")],
)
UNPLACED = Incident(id="inc-2", kind="shelling")


def rows(form: str, table: str = "incidents") -> bytes:
    out = io.BytesIO()
    write([STRIKE, UNPLACED], out, form=form, table=table)
    return out.getvalue()


def test_csv() -> None:
    data = rows("csv")
    assert data.startswith(b"\xef\xbb\xbf")  # spreadsheets know UTF-8 by it
    one, two = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert (one["place"], one["place_en"], one["agents"]) == ("'=سرمين", "Sarmin", "russia;syrian_government")
    assert (one["killed_low"], one["killed_best"], one["killed_high"]) == ("3", "3", "5")
    assert (two["first"], two["killed_best"], two["lat"]) == ("", "", "")  # unknown is not zero


def test_geojson() -> None:
    one, two = json.loads(rows("geojson"))["features"]
    assert one["geometry"]["type"] == "Polygon"
    assert [one["properties"][name] for name in ("lat", "lon", "radius_km")] == [35.9, 36.72, 6]
    assert two["geometry"] is None


def test_lines_of_json_are_the_records() -> None:
    one, two = map(json.loads, rows("jsonl").splitlines())
    assert one["figures"][0]["best"] == 3
    assert two["id"] == "inc-2"


@pytest.mark.parametrize("table", TABLES)
def test_parquet(table: str) -> None:
    pyarrow = pytest.importorskip("pyarrow.parquet")
    held = pyarrow.read_table(io.BytesIO(rows("parquet", table)))
    expected = list(csv.DictReader(io.StringIO(rows("csv", table).decode("utf-8-sig"))))
    assert held.num_rows == len(expected)
    assert held.column_names == list(csv.DictReader(io.StringIO(rows("csv", table).decode("utf-8-sig"))).fieldnames or [])


@pytest.mark.parametrize(
    ("form", "table", "error"), [("xml", "incidents", "no format"), ("csv", "people", "no table"), ("geojson", "claims", "GeoJSON")]
)
def test_what_cannot_be_written(form: str, table: str, error: str) -> None:
    with pytest.raises(InputError, match=error):
        write([], io.BytesIO(), form=form, table=table)


def test_every_claim_of_a_figure_is_in_the_table_of_claims(full: Register, tmp_path: Path) -> None:
    path = tmp_path / "claims.csv"
    full.export(str(path), form="csv", table="claims")
    found = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    every = full.incidents(limit=1000).incidents
    assert len(found) == sum(len(i.events) + sum(len(f.uses) for f in i.figures) for i in every)
    assert {row["used"] for row in found} == {"", "true", "false"}
