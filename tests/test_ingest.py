"""Bytes become text, lines of JSON become reports; what cannot be read says why in one line."""

import gzip
import json
from pathlib import Path

import pytest

from sijill.errors import InputError
from sijill.ingest import jsonl
from sijill.ingest.demo import demo_report
from sijill.ingest.jsonl import JsonLines, LineError, is_json_lines, report_from_line
from sijill.ingest.text import check_text, decode, read_bytes, read_report
from sijill.records import Report

TEXT = "قُتل ثلاثة مدنيين\r\nفي قصف على إدلب"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), None),
        (b"\xef\xbb\xbf" + TEXT.encode(), None),
        (TEXT.encode("utf-16"), None),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), None),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), None),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("cp1256"), "windows-1256"),
        (TEXT.encode("iso-8859-6"), "iso-8859-6"),
        (TEXT.encode(), "utf-8"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16", "utf-16 be", "utf-32", "utf-16 declared", "windows-1256", "iso-8859-6", "utf-8 declared"],
)
def test_text_is_decoded_and_not_altered(data: bytes, encoding: str | None) -> None:
    assert decode(data, name="a", encoding=encoding) == TEXT


@pytest.mark.parametrize(
    ("data", "encoding", "says"),
    [
        ("قتل".encode("cp1256"), None, "--encoding windows-1256"),
        (TEXT.encode(), "windows-1256", "leave out --encoding"),
        (TEXT.encode("utf-16-le"), None, "zero bytes"),
        (b"\0\1\2\3", None, "binary"),
        (b"%PDF-1.7 \xe2", None, "a PDF file"),
        (b"PK\x03\x04....", None, "office document"),
        (gzip.compress(b"a"), None, "a gzip file"),
        (b"{\\rtf1 }", None, "rich text"),
        ("قتل".encode()[:-1], None, "not UTF-8 (byte 0xd9 at position 4)"),
        (b"\xed\xa0\x80", None, "not UTF-8"),
        (b"\xff\xfea", None, "not UTF-16"),
    ],
    ids=[
        "old code page",
        "wrongly declared",
        "utf-16 without mark",
        "binary",
        "pdf",
        "docx",
        "gzip",
        "rtf",
        "cut",
        "surrogate",
        "odd utf-16",
    ],
)
def test_what_is_not_text_is_refused_in_one_line(data: bytes, encoding: str | None, says: str) -> None:
    with pytest.raises(InputError) as wrong:
        decode(data, name="a.txt", encoding=encoding)
    assert says in str(wrong.value)
    assert "a.txt" in str(wrong.value)
    assert "\n" not in str(wrong.value)


@pytest.mark.parametrize(
    "text",
    ["<!DOCTYPE html><html>قتل</html>", "<html lang='ar'>", "<p>قُتل</p>", "نص <br/> ثم <br/>", "<DIV class='a'>قتل</DIV>", "<p>a\n\n<b>b"],
)
def test_web_pages_are_refused(text: str) -> None:
    with pytest.raises(InputError, match="is HTML"):
        check_text(text, name="page")


@pytest.mark.parametrize("text", ["أكثر من 5 < 6 > 4", "سطر<br>سطر", "<قتل> ثلاثة <جرحى>", "<3 <3 <3", "a <pre-war> b <ulna>"])
def test_angle_brackets_alone_are_no_web_page(text: str) -> None:
    check_text(text, name="text")


@pytest.mark.parametrize(("text", "says"), [("", "empty"), (" \n\t ", "empty"), ("قتل \ud800", "surrogate")])
def test_texts_that_hold_nothing_to_read(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        check_text(text, name="text")


def test_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.ingest.text.MAX_CHARACTERS", 10)
    monkeypatch.setattr("sijill.ingest.text.MAX_BYTES", 40)
    with pytest.raises(InputError, match="split it"):
        check_text("ق" * 11, name="text")
    with pytest.raises(InputError, match="split it"):
        decode(b"a" * 41, name="text")


def test_hostile_angle_brackets_take_no_time() -> None:
    check_text("<p " * 300_000, name="text")
    check_text("<" * 1_000_000, name="text")


def test_a_report_is_called_after_its_file(tmp_path: Path) -> None:
    file = tmp_path / "hasakah-2022.ar.txt"
    file.write_bytes(TEXT.encode())
    report = read_report(str(file), title="عنوان", published="2022-02-02")
    assert (report.id, report.text, report.title, report.published) == ("hasakah-2022", TEXT, "عنوان", "2022-02-02")
    assert read_report(str(file), id="other").id == "other"


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    for path in (str(tmp_path / "missing.txt"), str(tmp_path), "a\0b"):
        with pytest.raises(InputError, match="cannot read"):
            read_bytes(path)
        with pytest.raises(InputError, match="cannot read"):
            JsonLines(path)


def test_the_demo_report_is_there() -> None:
    assert "الحسكة" in demo_report().text


# --- lines of JSON ---------------------------------------------------------------------------------------------------


def lines_of(tmp_path: Path, data: bytes, name: str = "a.jsonl") -> list[tuple[int, Report | LineError]]:
    file = tmp_path / name
    file.write_bytes(data)
    with JsonLines(str(file)) as lines:
        return list(lines)


def test_names_of_json_lines() -> None:
    assert [is_json_lines(n) for n in ("a.jsonl", "A.JSONL.GZ", "a.json", "a.txt", "-")] == [True, True, False, False, False]


def test_fields_of_a_report() -> None:
    given = {"id": "a", "text": TEXT, "title": "ع", "published": "2022-02-02", "outlet": "و", "url": "https://example.org/1", "more": [1]}
    report = report_from_line(json.dumps(given).encode(), 1)
    assert isinstance(report, Report)
    kept = ("id", "text", "title", "published", "outlet", "url")
    assert [getattr(report, field) for field in kept] == [given[field] for field in kept]


def test_empty_fields_are_not_said() -> None:
    report = report_from_line(json.dumps({"text": TEXT, "id": "", "title": "", "outlet": None}).encode(), 1)
    assert isinstance(report, Report)
    assert (report.id, report.title, report.outlet) == (report.sha256[:16], None, None)


@pytest.mark.parametrize(
    ("line", "id", "says"),
    [
        (b"not json", None, "not JSON"),
        (b'{"id": "a", "text": "\xff"}', None, "not UTF-8"),
        (b"[1, 2]", None, "not a JSON object"),
        (b"null", None, "not a JSON object"),
        (b'{"id": "a"}', "a", 'no "text"'),
        (b'{"id": "a", "text": 5}', "a", '"text" must be a string'),
        (b'{"id": [], "text": "a"}', None, '"id" must be a string'),
        (b'{"id": true, "text": "a"}', None, '"id" must be a string'),
        (b'{"id": 7, "text": "a", "title": {}}', "7", '"title" must be a string'),
        (b'{"id": "a", "text": ""}', "a", "empty"),
        (b'{"id": "a", "text": "<p>a</p>"}', "a", "HTML"),
        (b'{"id": "a", "text": "\\ud800"}', "a", "surrogate"),
        (b'{"id": "\\ud800", "text": "a"}', None, "surrogate"),
        (b'{"id": "a", "text": "a", "title": "\\ud800"}', "a", '"title"'),
        (b"[" * 200_000, None, "nested too deeply"),
        (b'{"id": "a", "text": 1' + b"0" * 5000 + b"}", None, "not JSON"),
    ],
)
def test_bad_lines_say_what_is_wrong(line: bytes, id: str | None, says: str) -> None:
    found = report_from_line(line, 3)
    assert isinstance(found, LineError)
    assert (found.id, found.line) == (id, 3)
    assert says in found.error
    assert "\n" not in found.error


def test_lines_keep_their_numbers(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"id":"a","text":"\xd9\x82"}\r\n\n  \nbad\n{"id":"b","text":"\xd9\x82"}'
    found = lines_of(tmp_path, data)
    assert [(number, item.id, isinstance(item, Report)) for number, item in found] == [(1, "a", True), (4, None, False), (5, "b", True)]


@pytest.mark.parametrize("name", ["a.jsonl.gz", "a.jsonl"])
def test_gzip_is_known_by_its_bytes(tmp_path: Path, name: str) -> None:
    assert [n for n, _ in lines_of(tmp_path, gzip.compress(b'{"text":"a"}\n{"text":"b"}\n'), name)] == [1, 2]


def test_a_damaged_file_ends_in_an_error(tmp_path: Path) -> None:
    whole = gzip.compress(b"".join(json.dumps({"text": f"{i} {i * 7919 % 1000}"}).encode() + b"\n" for i in range(5000)))
    broken = bytearray(whole)
    broken[len(whole) // 2] ^= 0xFF
    for data in (whole[: len(whole) // 2], bytes(broken), whole[:12]):
        found = lines_of(tmp_path, data)
        last = found[-1][1]
        assert isinstance(last, LineError)
        assert "damaged" in last.error


def test_utf_16_lines_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="UTF-16"):
        lines_of(tmp_path, '{"text":"a"}\n'.encode("utf-16"))


def test_an_endless_line_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_LINE_BYTES", 100)
    found = lines_of(tmp_path, b'{"text":"' + b"a" * 3_000_000 + b'"}\n{"text":"b"}\n')
    assert [type(item) for _, item in found] == [LineError, Report]
    assert "longer than 100 bytes" in found[0][1].error  # type: ignore[union-attr]


def test_an_empty_file_holds_no_lines(tmp_path: Path) -> None:
    assert lines_of(tmp_path, b"") == []
