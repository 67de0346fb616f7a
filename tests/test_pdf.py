"""PDF files: Arabic in the order of reading, lines joined to paragraphs, what is damaged, locked or empty."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from ingesting import error, one, written
from pdfs import painted, pdf, right_aligned

from sijill.ingest.pdf import Letter, read_pdf, reading_order

LINES = [
    "قُتل ثلاثة مدنيين بينهم طفل وأصيب خمسة آخرون في قصف استهدف",
    "قرية عين التينة في 21/1/2022 (صباح الخميس) بحسب ما قال سكان",
    "من القرية.",
    "",
    "ولم تعلن أي جهة مسؤوليتها عن القصف، ودعت البلدية إلى تحقيق",
    "مستقل في ما حدث بين 10:30 و11:45 صباحاً.",
]


def read(*pages: list[tuple[float, float, str]], **options: str) -> str:
    return read_pdf(pdf(*pages, **options), name="a.pdf").text  # type: ignore[arg-type]


def order(text: str) -> str:
    """What is read of a line that was painted."""
    return reading_order([Letter(char, 7.0 * x, 7.0 * x + (6.9 if char != " " else 7), 0.0, 10.0) for x, char in enumerate(painted(text))])


def test_a_report_of_two_paragraphs(tmp_path: Path) -> None:
    data = pdf(right_aligned(LINES), title="تقرير يومي")
    item = one(written(tmp_path / "a.dat", data))
    assert item.report.text == f"{' '.join(LINES[:3])}\n{' '.join(LINES[4:])}"
    assert item.report.title == "تقرير يومي"
    assert (item.original.media_type, item.original.data, item.original.charset) == ("application/pdf", data, None)
    assert item.warnings == []
    assert item.report.language == "ar"


@pytest.mark.parametrize("mirrored", [True, False])
def test_brackets_turn_to_what_they_enclose_however_they_were_kept(mirrored: bool) -> None:
    assert "(صباح الخميس)" in read(right_aligned(LINES, mirrored=mirrored))


def test_letters_that_were_painted_from_right_to_left() -> None:
    """Some programs paint every letter by itself, in the order of reading."""
    line = "قتل ثلاثة مدنيين في قصف على القرية"
    assert reading_order([Letter(char, 500 - 7.0 * n, 506.9 - 7.0 * n, 0.0, 10.0) for n, char in enumerate(line)]) == line


@pytest.mark.parametrize(
    "line",
    [
        "قتل ثلاثة مدنيين في القرية",
        "قتل 12 مدنيا في 21/1/2022 على الأقل",
        "بين 10:30 و11:45 صباحا",
        "قتل ٢١ مدنيا في القرية",
        "قُتِلَ ثلاثةُ مدنيّين في القرية",
        "قالت وكالة Hawar News Agency إن القصف",
        "صاروخ من طراز Grad على القرية",
        "قصف (عنيف) على «القرية» أمس",
        "قالت وكالة (Hawar News Agency) إن القصف",
        "القصف على القرية.",
        "ﻗﺘﻞ ﻣﺪﻧﻲ ﻓﻲ ﺍﻟﻘﺮﻳﺔ",
        "Three people were killed",
    ],
)
def test_the_order_of_reading(line: str) -> None:
    assert (order(line) if not line.isascii() else reading_order([Letter(c, n, n + 1, 0, 1) for n, c in enumerate(line)])) == line


def test_presentation_forms_come_out_as_letters() -> None:
    """PDFium itself gives the letters for them."""
    assert read(right_aligned(["ﻗﺘﻞ ﻣﺪﻧﻲ ﻓﻲ ﺍﻟﻘﺮﻳﺔ أمس"])) == "قتل مدني في القرية أمس"


def test_arabic_that_looks_backwards_is_told() -> None:
    backwards = [(100.0, 700.0 - 16 * n, line) for n, line in enumerate(LINES) if line]
    found = read_pdf(pdf(backwards), name="a.pdf")
    assert any("backwards" in warning for warning in found.warnings)


def test_words_in_pieces_are_told() -> None:
    pieces = [(500.0 - 30 * n, 700.0, f"{char} ") for n, char in enumerate("قتلثلاثةمدنيين")]
    assert any("broken into letters" in warning for warning in read_pdf(pdf(pieces), name="a.pdf").warnings)


def test_two_columns() -> None:
    first = right_aligned(["قتل ثلاثة مدنيين في قصف على", "قرية العين صباح الخميس في", "ريف المدينة."], right=560)
    second = right_aligned(["وقال سكان إن القذائف سقطت", "قرب المدرسة بعد خروج طلابها", "منها بقليل."], right=280)
    assert read([*first, *second]).split("\n") == [
        "قتل ثلاثة مدنيين في قصف على قرية العين صباح الخميس في ريف المدينة.",
        "وقال سكان إن القذائف سقطت قرب المدرسة بعد خروج طلابها منها بقليل.",
    ]


def test_a_language_from_left_to_right() -> None:
    lines = ["Three civilians were killed and five were wounded in the", "shelling of a village, people who live there said."]
    assert read([(40.0, 700.0 - 16 * n, line) for n, line in enumerate(lines)]) == " ".join(lines)


def test_edges_of_pages_are_left_out() -> None:
    pages = []
    for n in range(4):
        body = right_aligned([f"قتل {n + 3} مدنيين في قصف على القرية رقم {n + 1} من ريف المدينة", "وأصيب آخرون."], top=700)
        pages.append([*right_aligned([f"نشرة الأسبوع العدد {n + 7}"], top=780), *body, *right_aligned([f"صفحة {n + 1} من 4"], top=40)])
    text = read(*pages)
    assert "نشرة" not in text
    assert "صفحة" not in text
    assert text.count("وأصيب آخرون.") == 4


def test_pages_without_words_are_told(tmp_path: Path) -> None:
    found = one(written(tmp_path / "a.pdf", pdf(right_aligned(LINES), [], right_aligned(LINES[:1]), [])))
    assert found.warnings == ["no words were found on pages 2, 4, which may be pictures"]


@pytest.mark.parametrize("title", ["Microsoft Word - x.doc", "untitled", "report.docx", "", "a", "https://example.org"])
def test_titles_that_are_none(title: str) -> None:
    assert read_pdf(pdf(right_aligned(LINES), title=title), name="a").title is None


WHOLE = pdf(right_aligned(LINES))


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n", "damaged PDF"),
        (b"%PDF-1.7\n" + random.Random(1).randbytes(5000), "damaged PDF"),
        (WHOLE[:300], "damaged PDF"),
        (pdf(right_aligned(LINES), encrypt=True), "locked with a password"),
        (pdf([]), "OCR"),
        (pdf([], []), "OCR"),
    ],
    ids=["nothing", "noise", "cut", "locked", "no words", "no words on two pages"],
)
def test_bad_files(tmp_path: Path, data: bytes, says: str) -> None:
    assert says in error(written(tmp_path / "a.pdf", data))


def test_files_with_errors_anywhere_end_in_a_report_or_an_error(tmp_path: Path) -> None:
    from ingesting import found

    chance = random.Random(5)
    for _ in range(60):
        data = bytearray(WHOLE)
        for _ in range(20):
            data[chance.randrange(9, len(data))] = chance.randrange(256)
        assert len(found(written(tmp_path / "a.pdf", bytes(data)))) == 1


def test_too_many_pages_and_letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sijill.ingest.pdf.MAX_PAGES", 2)
    assert "more than 2" in error(written(tmp_path / "a.pdf", pdf([], [], [])))
    monkeypatch.setattr("sijill.ingest.pdf.MAX_LETTERS", 100)
    assert "longer than 100 letters" in error(written(tmp_path / "a.pdf", pdf(right_aligned(LINES))))


@pytest.mark.slow
def test_time_grows_with_length() -> None:
    def seconds(pages: int) -> float:
        data = pdf(*[right_aligned(LINES * 6, leading=14)] * pages)
        start = time.process_time()
        read_pdf(data, name="a")
        return time.process_time() - start

    assert seconds(40) < max(3 * seconds(20), 2.0)
