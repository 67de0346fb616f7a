"""What the tests of collecting share: a still clock, and what was found at a path."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sijill.ingest.acquired import Acquired, Failed
from sijill.ingest.collect import collect

NOON = datetime(2022, 2, 2, 12, tzinfo=UTC)
TEXT = "قُتل ثلاثة مدنيين بينهم طفل في قصف مدفعي على قرية عين التينة في ريف إدلب يوم الخميس، بحسب ما قال سكان من القرية."


def found(location: Path | str, **options: Any) -> list[Acquired | Failed]:
    """Everything at a location, taken at noon of 2 February 2022."""
    return list(collect(str(location), now=lambda: NOON, **options))


def one(location: Path | str, **options: Any) -> Acquired:
    """The one report at a location."""
    (item,) = found(location, **options)
    assert isinstance(item, Acquired), item
    return item


def error(location: Path | str, **options: Any) -> str:
    """The one error at a location; it is one line."""
    (item,) = found(location, **options)
    assert isinstance(item, Failed), item
    assert "\n" not in item.error
    return item.error


def written(path: Path, data: bytes | str) -> Path:
    """A file that holds the data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path
