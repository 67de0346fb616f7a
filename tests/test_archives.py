"""Web archives: the pages in them with when they were taken, and archives that are damaged, endless or a trap."""

from __future__ import annotations

import gzip
import io
import json
import random
import time
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest
from ingesting import TEXT, error, found, one, written
from pages import HEADLINE, PARAGRAPHS, page
from pdfs import pdf, right_aligned

from sijill.ingest import packing
from sijill.ingest.acquired import Acquired, Failed

URL = "https://alain.example/news/1"
PAGE = page(below="<div>21 كانون الثاني 2022</div>")


def warc(
    body: bytes | str = PAGE,
    url: str = URL,
    *,
    kind: str = "response",
    status: str = "200 OK",
    date: str = "2022-01-22T10:00:00Z",
    **headers: str,
) -> bytes:
    """One record of an archive."""
    data = body.encode() if isinstance(body, str) else body
    sent = {"content_type": "text/html; charset=utf-8", **headers}
    http = f"HTTP/1.1 {status}\r\n" + "".join(f"{k.replace('_', '-')}: {v}\r\n" for k, v in sent.items()) + "\r\n"
    block = (http.encode() if kind in ("response", "revisit", "request") else b"") + data
    media = "application/http; msgtype=response" if kind == "response" else sent["content_type"]
    head = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Type: {media}\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n" % len(block) + block + b"\r\n\r\n"


INFO = b"WARC/1.1\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"


def wacz(*members: bytes, pages: list[str] | None = None, method: int = zipfile.ZIP_STORED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("datapackage.json", "{}")
        for n, member in enumerate(members):
            archive.writestr(f"archive/data-{n}.warc.gz", member)
        if pages is not None:
            lines = [{"format": "json-pages-1.0"}, *({"url": url, "title": "x"} for url in pages)]
            archive.writestr("pages/pages.jsonl", "\n".join(map(json.dumps, lines)))
    return file.getvalue()


MAKES = {
    "plain": INFO + warc(),
    "packed by record": gzip.compress(INFO) + gzip.compress(warc()),
    "packed as a whole": gzip.compress(INFO + warc()),
    "WACZ": wacz(gzip.compress(INFO) + gzip.compress(warc())),
    "WACZ, packed again": wacz(gzip.compress(warc()), method=zipfile.ZIP_DEFLATED),
    "WACZ with a list": wacz(gzip.compress(warc()), pages=[URL]),
    "WACZ with a list of others": wacz(gzip.compress(warc()), pages=["https://alain.example/other"]),
    "WACZ, archive not packed": wacz(warc()),
}


@pytest.mark.parametrize("data", MAKES.values(), ids=MAKES)
def test_the_page_of_an_archive(tmp_path: Path, data: bytes) -> None:
    file = written(tmp_path / "a.bin", data)
    item = one(file)
    assert (item.report.title, item.report.url, item.report.published) == (HEADLINE, URL, "2022-01-21")
    assert PARAGRAPHS[0] in item.report.text
    assert item.original.data == PAGE.encode()
    assert (item.original.how, item.original.location) == ("archive", f"{file}!/{URL}")
    assert item.original.headers["captured"] == "2022-01-22T10:00:00Z"
    assert item.original.obtained == "2022-02-02T12:00:00Z"


@pytest.mark.parametrize(
    ("record", "count"),
    [
        (warc(status="404 Not Found"), 0),
        (warc(status="301 Moved"), 0),
        (warc(kind="request"), 0),
        (warc(kind="revisit"), 0),
        (warc(kind="metadata"), 0),
        (warc(url="urn:x"), 0),
        (warc(b"\x89PNG\r\n", content_type="image/png"), 0),
        (warc("body{}", content_type="text/css"), 0),
        (warc('{"a":1}', content_type="application/json"), 0),
        (warc("var a = '<p>'", content_type="application/javascript"), 0),
        (warc(kind="resource"), 1),
        (warc(TEXT, kind="conversion", content_type="text/plain"), 1),
        (warc(pdf(right_aligned(["قتل مدني في القرية أمس"])), content_type="application/pdf"), 1),
        (warc() + warc(), 1),
        (warc() + warc(PAGE + " "), 2),
        (warc(content_type=""), 1),
    ],
)
def test_what_is_taken_of_an_archive(tmp_path: Path, record: bytes, count: int) -> None:
    items = found(written(tmp_path / "a.warc", INFO + record))
    assert sum(isinstance(item, Acquired) for item in items) == count
    if not count:
        assert "nothing to take in" in items[0].error  # type: ignore[union-attr]


def chunked(data: bytes) -> bytes:
    return b"5\r\n" + data[:5] + b"\r\n%x;a=b\r\n" % (len(data) - 5) + data[5:] + b"\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (gzip.compress(PAGE.encode()), {"content_encoding": "gzip"}),
        (zlib.compress(PAGE.encode()), {"content_encoding": "deflate"}),
        (brotli.compress(PAGE.encode()), {"content_encoding": "br"}),
        (chunked(PAGE.encode()), {"transfer_encoding": "chunked"}),
        (PAGE.encode(), {"transfer_encoding": "chunked"}),
        (PAGE.encode(), {"content_encoding": "gzip"}),
    ],
    ids=["gzip", "deflate", "br", "chunked", "said to be chunked", "said to be packed"],
)
def test_bodies_are_unpacked(tmp_path: Path, body: bytes, headers: dict[str, str]) -> None:
    assert one(written(tmp_path / "a.warc", warc(body, **headers))).original.data == PAGE.encode()


def test_an_archive_says_nothing_of_later_days(tmp_path: Path) -> None:
    later = page(below="<div>1 شباط 2022</div>")
    assert one(written(tmp_path / "a.warc", warc(later))).report.published is None
    assert one(written(tmp_path / "b.warc", warc(later, date="2022-02-02T10:00:00Z"))).report.published == "2022-02-01"


def test_only_the_pages_that_were_meant(tmp_path: Path) -> None:
    frame = warc(PAGE, "https://ads.example/frame")
    items = found(written(tmp_path / "a.wacz", wacz(gzip.compress(frame) + gzip.compress(warc()), pages=[URL + "#top"])))
    assert [item.report.url for item in items if isinstance(item, Acquired)] == [URL]


def test_frames_without_a_report_are_passed_over(tmp_path: Path) -> None:
    items = found(written(tmp_path / "a.warc", warc("<html><a href='/'>x</a></html>", "https://ads.example/") + warc()))
    assert [item.skipped for item in items if isinstance(item, Failed)] == [True]
    assert sum(isinstance(item, Acquired) for item in items) == 1


# --- bad archives ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tail",
    [
        gzip.compress(warc(PAGE + "x"))[:-40],
        gzip.compress(warc(PAGE + "x"))[:12],
        gzip.compress(b"no record"),
        gzip.compress(b"WARC/1.0\r\n\r\n"),
        gzip.compress(b"WARC/1.0\r\nContent-Length: -1\r\n\r\n"),
        gzip.compress(b"WARC/1.0\r\nContent-Length: 99999999999\r\n\r\nabc"),
        gzip.compress(b"WARC/1.0\r\n" + b"a: b\r\n" * 1000),
        gzip.compress(b"WARC/1.0\r\n" + b"a" * 1_000_000),
        random.Random(1).randbytes(1000),
    ],
    ids=["cut", "cut early", "no record", "no length", "negative", "far too long", "headers", "endless line", "noise"],
)
@pytest.mark.parametrize("inside", [False, True])
def test_what_came_before_the_damage_is_kept(tmp_path: Path, tail: bytes, inside: bool) -> None:
    data = gzip.compress(warc()) + tail
    first, second = found(written(tmp_path / "a.warc.gz", wacz(data) if inside else data))
    assert isinstance(first, Acquired)
    assert isinstance(second, Failed)
    assert "damaged" in second.error
    assert "\n" not in second.error


def test_a_record_that_is_too_large_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.ingest.archives.MAX_BODY", 100_000)
    monkeypatch.setattr("sijill.ingest.archives._LINE", 1000)
    big = warc("ق" * 200_000, "https://alain.example/big")
    packed = warc(gzip.compress(bytes(10_000_000)), "https://alain.example/packed", content_encoding="gzip")
    first, second, third = found(written(tmp_path / "a.warc", big + packed + warc()))
    assert isinstance(first, Failed)
    assert "larger than" in first.error
    assert isinstance(second, Failed)
    assert "once unpacked" in second.error
    assert isinstance(third, Acquired)


def test_bombs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "SMALL", 1_000_000)
    start = time.process_time()
    bomb = gzip.compress(warc(bytes(60_000_000)))
    assert "times its size" in error(written(tmp_path / "a.warc.gz", bomb))
    assert "times its size" in error(written(tmp_path / "b.wacz", wacz(bomb)))
    assert "times its size" in error(written(tmp_path / "c.wacz", wacz(warc(bytes(60_000_000)), method=zipfile.ZIP_DEFLATED)))
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (wacz(), "unpack it"),
        (wacz(b""), "nothing to take in"),
        (wacz(gzip.compress(warc()))[:-50], "damaged"),
        (wacz(gzip.compress(warc())).replace(gzip.compress(warc())[100:150], bytes(50)), "damaged"),
        (wacz(gzip.compress(warc())).replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00"), "locked"),
        (b"WARC/1.0\r\n", "damaged"),
        (INFO, "nothing to take in"),
    ],
    ids=["no archive", "an empty one", "cut", "damaged inside", "locked", "a line", "no page"],
)
def test_bad_archives(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in error(written(tmp_path / "a.wacz", data))


def test_a_large_archive_is_read_in_parts(tmp_path: Path) -> None:
    """Memory does not grow with the archive: its pages are taken one at a time, as they are asked for."""
    from sijill.ingest.collect import collect

    with (tmp_path / "a.warc").open("wb") as file:
        for n in range(3000):
            file.write(warc(f"<html><p>{TEXT} {n}</p></html>", f"https://alain.example/{n}"))
    items = collect(str(tmp_path / "a.warc"))
    start = time.process_time()
    assert isinstance(next(items), Acquired)
    assert time.process_time() - start < 1
