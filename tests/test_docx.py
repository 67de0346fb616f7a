"""Word documents: what is read of them, and what is not, bombs among them."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest
from ingesting import TEXT, error, one, written

from sijill.ingest.docx import MEDIA_TYPE

W = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006'"
CORE = (
    "<cp:coreProperties xmlns:cp='http://schemas.openxmlformats.org/package/2006/metadata/core-properties' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{}</dc:title><dc:creator>user</dc:creator></cp:coreProperties>"
)


def p(*runs: str, style: str = "") -> str:
    properties = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>"


def docx(body: str, *, declaration: str = "", **parts: bytes | str) -> bytes:
    """A document with this body; `parts` are further members, with «__» for a slash and «_» for a full stop."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", f"<?xml version='1.0'?>{declaration}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_png", ".png"), data)
    return file.getvalue()


def text(tmp_path: Path, body: str) -> str:
    return one(written(tmp_path / "a.docx", docx(body))).report.text


def test_a_document(tmp_path: Path) -> None:
    data = docx(p(r(TEXT)) + p() + p(r("وقال "), r("المسعف")), docProps__core_xml=CORE.format("تقرير  يومي"))
    item = one(written(tmp_path / "a.bin", data))
    assert item.report.text == f"{TEXT}\nوقال المسعف"
    assert item.report.title == "تقرير يومي"
    assert (item.original.data, item.original.media_type) == (data, MEDIA_TYPE)
    assert item.warnings == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("<w:r><w:t>قُتل</w:t><w:tab/><w:t>مدني</w:t><w:br/><w:t>أمس</w:t></w:r>"), "قُتل\tمدني\nأمس"),
        (p(r("قُتل "), f"<w:hyperlink>{r('مدني')}</w:hyperlink>", f"<w:smartTag>{r(' واحد')}</w:smartTag>"), "قُتل مدني واحد"),
        (p("<w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>", r("قُتل")), "قُتل"),
        (p(r("قُتل "), f"<w:ins>{r('ثلاثة')}</w:ins><w:del><w:r><w:delText>أربعة</w:delText></w:r></w:del>"), "قُتل ثلاثة"),
        (p(f"<w:moveFrom>{r('هنا')}</w:moveFrom>", r("قُتل"), f"<w:moveTo>{r(' هناك')}</w:moveTo>"), "قُتل هناك"),
        (p(r("قُتل "), r("سرّاً ", "<w:vanish/>"), r("مدني", "<w:vanish w:val='0'/>")), "قُتل مدني"),
        (p(r("قُتل"), "<w:r><w:instrText>PAGE</w:instrText></w:r>"), "قُتل"),
        (f"<w:sdt><w:sdtContent>{p(r('قُتل'))}</w:sdtContent></w:sdt>", "قُتل"),
        (
            "<w:tbl>"
            + "".join(
                "<w:tr>" + "".join(f"<w:tc>{p(r(c))}</w:tc>" for c in row) + "</w:tr>" for row in (("المكان", "القتلى"), ("القرية", "3"))
            )
            + "</w:tbl>"
            + p(r("بعد الجدول")),
            "المكان\tالقتلى\nالقرية\t3\nبعد الجدول",
        ),
        (
            p(
                "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent>"
                + p(r("في الإطار"))
                + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
                + p(r("في الإطار"))
                + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>",
                r("في النص"),
            ),
            "في الإطار\nفي النص",
        ),
    ],
    ids=["breaks", "links", "tab stops", "tracked", "moved", "hidden", "fields", "controls", "table", "text box"],
)
def test_what_is_read_of_a_document(tmp_path: Path, body: str, expected: str) -> None:
    assert text(tmp_path, body) == expected


def test_a_title_by_its_style(tmp_path: Path) -> None:
    item = one(written(tmp_path / "a.docx", docx(p(r("حصيلة "), r("الأسبوع"), style="Title") + p(r(TEXT)))))
    assert item.report.title == "حصيلة الأسبوع"


def test_doubts_are_told(tmp_path: Path) -> None:
    body = p(f"<w:ins>{r(TEXT)}</w:ins>", "<w:r><w:footnoteReference w:id='1'/></w:r>")
    item = one(written(tmp_path / "a.docx", docx(body, word__footnotes_xml="<a/>")))
    assert item.warnings == [
        "the document's footnotes are left out",
        "the document holds tracked changes: it was read as if all were accepted",
    ]


def test_a_bomb_of_zip(tmp_path: Path) -> None:
    start = time.process_time()
    assert "times its size" in error(written(tmp_path / "a.docx", docx("ق" * 10_000_000)))
    many = docx(p(r(TEXT)), **{f"word__{n}_xml": b"a" for n in range(21_000)})
    assert "more than 20,000" in error(written(tmp_path / "b.docx", many))
    assert time.process_time() - start < 10


def test_a_document_that_unpacks_to_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = docx(p(r(TEXT)), word__media__a_png=bytes(200_000))
    monkeypatch.setattr("sijill.ingest.packing.members.__kwdefaults__", {"largest": 100_000})
    assert "unpacks to" in error(written(tmp_path / "a.docx", data))


def test_a_size_that_lies(tmp_path: Path) -> None:
    """More than it declares never comes out of a member, and what does not fit is damaged."""
    data = docx(p(r("ق" * 100_000)))
    size = zipfile.ZipFile(io.BytesIO(data)).getinfo("word/document.xml").file_size.to_bytes(4, "little")
    assert data.count(size) == 2
    assert "damaged" in error(written(tmp_path / "a.docx", data.replace(size, (500).to_bytes(4, "little"))))


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE a [<!ENTITY a 'ق'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>",
        "<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>",
        "<!DOCTYPE a [<!ENTITY % a SYSTEM 'http://127.0.0.1/'> %a;]>",
    ],
)
def test_entities_are_refused(tmp_path: Path, declaration: str) -> None:
    assert "entities" in error(written(tmp_path / "a.docx", docx(p(r("&a;")), declaration=declaration)))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (docx(p(r(TEXT)))[:200], "damaged"),
        (docx(p(r(TEXT)))[:-30], "damaged"),
        (docx(p(r(TEXT))).replace(b"\x00\x00\x08\x00", b"\x01\x00\x08\x00", 99), "locked"),
        (docx("<w:p>"), "damaged XML"),
        (docx("<w:p>" * 100_000), "damaged XML"),
        (docx(p()), "no words"),
        (docx(p(), word__media__a_png=b"x"), "OCR"),
        (b"PK\x05\x06" + bytes(18), "unpack it and give the folder"),
        (b"\xd0\xcf\x11\xe0" + bytes(1000), "locked with a password"),
    ],
    ids=["cut", "cut at the end", "locked", "unclosed", "deep", "no words", "pictures", "empty archive", "ole"],
)
def test_bad_documents(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in error(written(tmp_path / "a.docx", data))


@pytest.mark.parametrize(
    ("parts", "says"),
    [(["xl/workbook.xml"], ".csv"), (["ppt/presentation.xml"], ".pdf"), (["mimetype", "content.xml"], ".docx"), (["a.txt"], "unpack it")],
)
def test_other_archives_say_what_to_do(tmp_path: Path, parts: list[str], says: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for part in parts:
            archive.writestr(part, "x")
    assert says in error(written(tmp_path / "a.zip", file.getvalue()))
