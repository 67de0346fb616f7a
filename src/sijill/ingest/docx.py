"""Word documents (.docx) become reports: the words of the body, a line for each paragraph and each row of a table.

A document is a zip archive of XML, so that it can be a bomb of either kind; both are met with limits before anything is unpacked.
What was deleted with changes tracked, what is hidden, headers, footers, comments and notes are left out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import Any

from sijill.errors import InputError
from sijill.ingest.acquired import Content
from sijill.ingest.packing import member
from sijill.ingest.xml import local_name, parse_xml

__all__ = ["MEDIA_TYPE", "read_docx"]

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAX_XML = 50 * 1024 * 1024

_LEFT_OUT = frozenset("del movefrom instrtext deltext sectpr ppr rpr tblpr tcpr trpr fldchar".split())
_IN_RUNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "nobreakhyphen": "-"}


def read_docx(archive: zipfile.ZipFile, *, name: str) -> Content:
    """The report in a Word document. Raises `InputError` where it is damaged, locked, too large or without words.

    >>> import io
    >>> made = zipfile.ZipFile(io.BytesIO(), "w")
    >>> made.writestr("word/document.xml", "<w:body xmlns:w='w'><w:p><w:r><w:t>قُتل مدني</w:t></w:r></w:p></w:body>")
    >>> read_docx(made, name="a.docx").text
    'قُتل مدني'
    """
    root = parse_xml(member(archive, "word/document.xml", name=name, limit=MAX_XML), name=name)
    lines = [line for line in _lines(root) if line.strip()]
    if not lines:
        pictures = any(part.startswith("word/media/") for part in archive.namelist())
        advice = "it holds pictures only: read their words with OCR first" if pictures else "give a document with text"
        raise InputError(f"{name} holds no words; {advice}")
    warnings = []
    if "word/footnotes.xml" in archive.namelist() and any(local_name(one) == "footnotereference" for one in root.iter()):
        warnings.append("the document's footnotes are left out")
    if any(local_name(one) in ("ins", "del", "movefrom", "moveto") for one in root.iter()):
        warnings.append("the document holds tracked changes: it was read as if all were accepted")
    return Content(text="\n".join(lines), media_type=MEDIA_TYPE, title=_title(archive, root, name), warnings=warnings)


def _lines(root: Any) -> Iterator[str]:
    """The lines of a document in order. Text boxes stand inside paragraphs; their lines come before the rest of it."""
    from lxml import etree

    walk = etree.iterwalk(root, events=("start", "end"))
    words: list[list[str]] = [[]]  # of the paragraphs that are open
    cells: list[list[str]] = []  # of the rows that are open

    def done(text: str) -> Iterator[str]:
        if cells:
            cells[-1].append(text.strip())
        else:
            yield text

    for event, element in walk:
        tag = local_name(element)
        if event == "start":
            if tag in _LEFT_OUT or (tag == "fallback" and _has_choice(element)) or (tag == "r" and _hidden(element)):
                walk.skip_subtree()
            elif tag == "p":
                words.append([])
            elif tag == "tr":
                cells.append([])
            elif tag == "t":
                words[-1].append(element.text or "")
            elif tag in _IN_RUNS and local_name(element.getparent()) == "r":
                words[-1].append(_IN_RUNS[tag])
        elif tag == "p":
            text = "".join(words.pop())
            yield from done(text)
        elif tag == "tr":
            row = [cell for cell in cells.pop() if cell]
            yield from done("\t".join(row))


def _has_choice(element: Any) -> bool:
    """Whether a fallback only repeats, for old programs, what stands beside it."""
    return any(local_name(other) == "choice" for other in element.getparent())


def _hidden(run: Any) -> bool:
    properties = next((child for child in run if local_name(child) == "rpr"), None)
    vanish = next((child for child in properties if local_name(child) == "vanish"), None) if properties is not None else None
    return vanish is not None and not any(value in ("0", "false", "off") for value in vanish.attrib.values())


def _title(archive: zipfile.ZipFile, root: Any, name: str) -> str | None:
    """The title among the properties, else the first paragraph in the style of a title."""
    if "docProps/core.xml" in archive.namelist():
        try:
            core = parse_xml(member(archive, "docProps/core.xml", name=name, limit=1 << 20), name=name)
        except InputError:
            core = ()
        for element in core:
            if local_name(element) == "title" and (element.text or "").strip():
                return " ".join(element.text.split())
    for paragraph in root.iter():
        if local_name(paragraph) != "p":
            continue
        style = next((one for one in paragraph.iter() if local_name(one) == "pstyle"), None)
        if style is not None and any(value.lower() in ("title", "heading1") for value in style.attrib.values()):
            text = " ".join("".join(one.text or "" for one in paragraph.iter() if local_name(one) == "t").split())
            if text:
                return text
    return None
