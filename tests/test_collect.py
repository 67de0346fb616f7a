"""The one door: files, folders, tables and lines become reports with their originals; what cannot be read says why and stops nothing."""

import gzip
import hashlib
import json
import os
import random
from pathlib import Path

import pytest
from ingesting import NOON, TEXT, error, found, one, written

from sijill.errors import DateError
from sijill.ingest import collect as collecting
from sijill.ingest import packing, tables
from sijill.ingest.acquired import Acquired, Failed
from sijill.ingest.charset import Said, choose_charset
from sijill.ingest.collect import collect
from sijill.ingest.language import language_of

# --- texts -----------------------------------------------------------------------------------------------------------


def test_a_text_is_kept_as_it_is_with_its_bytes(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + f"  {TEXT}\r\n".encode()
    item = one(written(tmp_path / "a.txt", data))
    assert item.report.text == f"  {TEXT}\r\n"
    assert item.report.language == "ar"
    assert item.original.data == data
    assert item.original.sha256 == hashlib.sha256(data).hexdigest()
    assert (item.original.how, item.original.media_type, item.original.charset) == ("file", "text/plain", "utf-8")
    assert (item.original.location, item.original.obtained) == (str(tmp_path / "a.txt"), "2022-02-02T12:00:00Z")
    assert item.warnings == []


def test_what_the_caller_says_stands_in_where_nothing_is_told(tmp_path: Path) -> None:
    told, silent = found(
        written(tmp_path / "a.csv", f"text,published,outlet\n{TEXT},2021-01-01,x\n{TEXT},,\n"), outlet="صحيفة", published="2022-01-21"
    )
    assert isinstance(told, Acquired)
    assert isinstance(silent, Acquired)
    assert (told.report.outlet, told.report.published) == ("x", "2021-01-01")
    assert (silent.report.outlet, silent.report.published) == ("صحيفة", "2022-01-21")
    with pytest.raises(DateError):
        collect(str(tmp_path), published="21/1/2022")


def test_a_text_in_an_old_code_page(tmp_path: Path) -> None:
    item = one(written(tmp_path / "a.txt", TEXT.replace("ُ", "").encode("cp1256")))
    assert item.report.text == TEXT.replace("ُ", "")
    assert item.original.charset == "windows-1256"
    assert item.warnings == ["no encoding is named; the bytes are not UTF-8, and were read as windows-1256"]
    assert one(written(tmp_path / "b.txt", TEXT.replace("ُ", "").encode("iso-8859-6")), encoding="iso-8859-6").warnings == []


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b" \r\n\xef\xbb\xbf", "is empty"),
        (bytes(range(256)), "binary"),
        (random.Random(1).randbytes(5000), ""),
        (TEXT.encode()[:-2], "not UTF-8"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "save it as .docx"),
        (b"{\\rtf1 a}", "save it as .docx"),
        (b"Rar!\x1a\x07", "unpack it"),
        (b'{"text": "a"}', ".jsonl"),
        (b"<?xml version='1.0'?><a>b</a>", "XML"),
    ],
    ids=["empty", "white", "all bytes", "random", "cut", "doc", "rtf", "rar", "json", "xml"],
)
def test_what_is_not_read_says_what_to_do(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in error(written(tmp_path / "a.txt", data))


def test_random_bytes_are_never_a_report(tmp_path: Path) -> None:
    chance = random.Random(2)
    for size in (100, 1000, 100_000):
        for _ in range(20):
            (item,) = found(written(tmp_path / "a.txt", chance.randbytes(size)))
            assert isinstance(item, Failed)


def test_size_is_limited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "MAX_FILE_BYTES", 1024 * 1024)
    assert "larger than 1 MB" in error(written(tmp_path / "a.txt", TEXT * 10_000))


def test_packed_text(tmp_path: Path) -> None:
    assert one(written(tmp_path / "a.txt.gz", gzip.compress(TEXT.encode()))).report.text == TEXT
    assert "damaged" in error(written(tmp_path / "b.txt.gz", gzip.compress(TEXT.encode())[:-12]))


def test_a_bomb_of_gzip_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packing, "SMALL", 100_000)
    rows = written(tmp_path / "a.jsonl.gz", gzip.compress(b'{"text":"' + b"a" * 10_000_000 + b'"}'))
    assert "times its size" in error(rows)


# --- places ----------------------------------------------------------------------------------------------------------


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/10.txt", ".hidden/x.txt", "a/.x.txt", "c/photo.png"):
        written(tmp_path / name, "\x89PNG\r\n" if name.endswith("png") else TEXT)
    (tmp_path / "c" / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    items = found(tmp_path)
    names = [os.path.relpath(i.original.location if isinstance(i, Acquired) else i.location, tmp_path) for i in items]
    assert names == ["a/10.txt", "a/2.txt", "b.txt", "c/photo.png"]
    assert isinstance(items[-1], Failed)
    assert items[-1].skipped


def test_links_that_go_round_end(tmp_path: Path) -> None:
    written(tmp_path / "a" / "a.txt", TEXT)
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "loop1").symlink_to(tmp_path / "loop2")
    (tmp_path / "loop2").symlink_to(tmp_path / "loop1")
    items = found(tmp_path)
    assert sum(isinstance(item, Acquired) for item in items) == 1
    assert {Path(item.location).name: item.skipped for item in items if isinstance(item, Failed)} == {
        "up": True,
        "loop1": False,
        "loop2": False,
    }


def test_what_cannot_be_opened_stops_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "b.txt", TEXT)
    os.mkfifo(tmp_path / "a.txt")
    (tmp_path / "c.txt").symlink_to(tmp_path / "nowhere")
    locked = written(tmp_path / "d.txt", TEXT)
    opened = open

    def refuse(path: str, *rest: object, **named: object) -> object:
        if str(path) == str(locked):
            raise PermissionError(13, "Permission denied")
        return opened(path, *rest, **named)  # type: ignore[call-overload]

    monkeypatch.setattr("builtins.open", refuse)
    kinds = [(type(item).__name__, "" if isinstance(item, Acquired) else item.error) for item in found(tmp_path)]
    assert [kind for kind, _ in kinds] == ["Failed", "Acquired", "Failed", "Failed"]
    assert "neither a file nor a folder" in kinds[0][1]
    assert "Permission denied" in kinds[3][1]


@pytest.mark.parametrize("location", ["nowhere.txt", "ftp://example.org/a", "a\0b", "https://example.org/a"])
def test_no_such_place(location: str) -> None:
    assert error(location)


def test_a_surprise_in_one_file_is_told_and_the_rest_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path / "a.txt", TEXT)
    written(tmp_path / "b.txt", TEXT)
    calls = iter([ZeroDivisionError("x\ny"), RecursionError()])

    def surprise(*_: object, **__: object) -> None:
        raise next(calls)

    monkeypatch.setattr("sijill.ingest.text.read_text", surprise)
    assert [type(item) for item in found(tmp_path)] == [Failed, Failed]


# --- rows ------------------------------------------------------------------------------------------------------------


def test_lines_of_json(tmp_path: Path) -> None:
    lines = [
        json.dumps({"id": "a", "text": TEXT, "published": "21 كانون الثاني 2022", "url": "https://example.org/1"}),
        "not json",
        json.dumps({"text": "Three people were killed in the town", "published": "soon"}),
    ]
    first, bad, last = found(written(tmp_path / "a.jsonl", "\n".join(lines)))
    assert isinstance(first, Acquired)
    assert (first.report.id, first.report.published, first.report.url) == ("a", "2022-01-21", "https://example.org/1")
    assert first.original.data == lines[0].encode() + b"\n"
    assert (first.original.how, first.original.location) == ("row", f"{tmp_path / 'a.jsonl'}#1")
    assert isinstance(bad, Failed)
    assert bad.error.startswith("line 2 of a.jsonl: not JSON")
    assert isinstance(last, Acquired)
    assert last.report.language == "en"
    assert [warning.split(":")[0] for warning in last.warnings] == [
        "the day of publication is not understood and left out",
        "the text is not Arabic (en)",
    ]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_tables_of_every_make(tmp_path: Path, mark: str, charset: str) -> None:
    rows = [["م", "العنوان", "نص_الخبر", "تاريخ النشر", "المصدر", "الرابط"]]
    rows += [[str(n), "قصف", '"قتل مدني\n""في"" القرية"', "21/01/2022", "صحيفة", f"https://example.org/{n}"] for n in (1, 2)]
    data = "\r\n".join(mark.join(row) for row in rows).encode(charset)
    items = found(written(tmp_path / "a.csv", data))
    for n, item in enumerate(items, 1):
        assert isinstance(item, Acquired), item
        report = item.report
        assert (report.id, report.title, report.text, report.published) == (str(n), "قصف", 'قتل مدني\n"في" القرية', "2022-01-21")
        assert (report.outlet, report.url) == ("صحيفة", f"https://example.org/{n}")
    assert len(items) == 2
    if charset == "utf-8":
        assert items[0].original.data.decode() == mark.join(rows[1]) + "\r\n"  # type: ignore[union-attr]


def test_a_bad_row_stops_nothing(tmp_path: Path) -> None:
    data = b'id,text\n1,\xd9\x82\n2,\xff\xd9\x82\n3\n4,"never closed\n5,\xd9\x82\n\n6,\xd9\x82\n'
    items = found(written(tmp_path / "a.csv", data))
    assert [item.report.id if isinstance(item, Acquired) else item.error.split(":")[0] for item in items] == [
        "1",
        "line 3 of a.csv",
        "line 4 of a.csv",
        "line 5 of a.csv",
        "5",
        "6",
    ]


def test_a_quotation_mark_left_open_takes_no_more_than_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROW_LINES", 50)
    items = found(written(tmp_path / "a.csv", "text\n" + '"open\n' * 3 + "قتل\n" * 500))
    assert [type(item) for item in items[:3]] == [Failed] * 3
    assert len(items) == 503


@pytest.mark.parametrize(
    ("data", "says"), [("a,b\n1,2\n", "has no column of texts"), ("text\n\0\n", "binary"), ("id,text\n", None), ('"', "no table")]
)
def test_what_is_no_table(tmp_path: Path, data: str, says: str | None) -> None:
    items = found(written(tmp_path / "a.csv", data))
    if says is None:
        assert items == []
    else:
        assert [says in item.error for item in items if isinstance(item, Failed)] == [True]


def test_the_same_twice_gives_the_same(tmp_path: Path) -> None:
    written(tmp_path / "a.csv", f"text\n{TEXT}\n")
    written(tmp_path / "b.txt", TEXT)
    assert found(tmp_path) == found(tmp_path)
    assert len({item.report.sha256 for item in found(tmp_path) if isinstance(item, Acquired)}) == 1
    assert NOON.year == 2022


# --- encodings and languages -----------------------------------------------------------------------------------------

PLAIN = TEXT.replace("ُ", "")


@pytest.mark.parametrize(
    ("data", "said", "charset", "warned"),
    [
        (TEXT.encode(), [], "utf-8", False),
        (TEXT.encode(), ["windows-1256"], "utf-8", True),
        (TEXT.encode(), ["iso-8859-1"], "utf-8", True),
        (b"\xef\xbb\xbf" + TEXT.encode(), ["windows-1256"], "utf-8", False),
        (TEXT.encode("utf-16"), ["utf-8"], "utf-16-le", False),
        (TEXT.encode("utf-16-le"), ["utf-16"], "utf-16-le", False),
        (PLAIN.encode("cp1256"), ["windows-1256"], "windows-1256", False),
        (PLAIN.encode("cp1256"), ["utf-8"], "windows-1256", True),
        (PLAIN.encode("cp1256"), ["iso-8859-1"], "windows-1256", True),
        (PLAIN.encode("cp1256"), ["iso-8859-6"], "windows-1256", True),
        (PLAIN.encode("cp1256"), [], "windows-1256", True),
        (PLAIN.encode("cp1256"), ["rot13"], "windows-1256", True),
        (PLAIN.encode("iso-8859-6"), ["iso-8859-6"], "iso-8859-6", False),
        (PLAIN.encode("iso-8859-6"), ["windows-1256"], "iso-8859-6", True),
        ("L’armée a tué trois civils près du château".encode("cp1252"), ["iso-8859-1"], "windows-1252", False),
        ("Tote in der Nähe von Köln, sagte der Sprecher für die Behörde".encode("cp1252"), [], "windows-1252", True),
        (TEXT.encode()[:60] + b"\xff" + TEXT.encode()[60:], ["utf-8"], "utf-8", False),
        (b"only ascii", ["windows-1256"], "utf-8", False),
        (random.Random(3).randbytes(4000), ["utf-8"], "binary", False),
    ],
)
def test_what_bytes_are_written_in(data: bytes, said: list[str], charset: str, warned: bool) -> None:
    found = choose_charset(data, said=[Said("the header", name) for name in said])
    assert (found[0], bool(found[2])) == (charset, warned)


@pytest.mark.parametrize(
    ("text", "hint", "tag"),
    [
        (TEXT, None, "ar"),
        (TEXT, "en", "ar"),
        (TEXT + " Hawar News Agency", None, "ar"),
        ("قتل", None, "ar"),
        ("Three civilians were killed in the shelling of the village", "ar", "en"),
        ("Trois civils ont été tués dans le village et les environs", None, "fr"),
        ("Köyde üç sivil öldürüldü ve bir çocuk yaralandı, bu saldırı için", None, "tr"),
        ("سه غیرنظامی در گلوله‌باران روستا کشته شدند و پنج نفر دیگر زخمی شدند؛ گزارش‌ها از چند منبع", None, "fa"),
        ("سێ هاووڵاتی لە گوندەکەدا کوژران و ژمارەیەک بریندار بوون", None, "ckb"),
        ("تین شہری گاؤں پر گولہ باری میں ہلاک ہوئے اور کئی زخمی ہیں", None, "ur"),
        ("שלושה אזרחים נהרגו בהפגזה", None, "he"),
        ("Трое гражданских погибли", None, "ru"),
        ("Drei Tote", "de-AT", "de"),
        ("xyz", None, "und"),
        ("12:30", None, "und"),
        ("", "en", "und"),
    ],
)
def test_which_language(text: str, hint: str | None, tag: str) -> None:
    assert language_of(text, hint=hint) == tag
