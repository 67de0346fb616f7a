"""PDF files made by hand: lines of letters painted from left to right, as programs that set Arabic leave them."""

from __future__ import annotations

import re

SIZE, WIDE = 12, 0.6  # every letter is as wide


def painted(text: str, *, mirrored: bool = True) -> str:
    """An Arabic line as it stands on paper from left to right: turned around, but for its numbers and Latin words."""
    parts = re.findall(r"[A-Za-z][A-Za-z ]*[A-Za-z]|[0-9٠-٩]+(?:[/.,:][0-9٠-٩]+)*|.", text)
    turned = str.maketrans("()[]«»", ")(][»«") if mirrored else {}
    return "".join(part.translate(turned) for part in reversed(parts))


def pdf(*pages: list[tuple[float, float, str]], title: str = "", encrypt: bool = False, size: float = SIZE) -> bytes:
    """A file whose pages hold lines: (left edge, baseline, letters in the order they are painted)."""
    chars = sorted({char for page in pages for _, _, line in page for char in line} | {" "})
    code = {char: n for n, char in enumerate(chars, 1)}
    mapping = "\n".join(f"<{n:04x}> <{char.encode('utf-16-be').hex()}>" for char, n in code.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /a def /CMapType 2 def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange {len(code)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    contents = [
        "BT "
        + " ".join(f"/F {size} Tf 1 0 0 1 {x:.1f} {y:.1f} Tm <{''.join(f'{code[c]:04x}' for c in line)}> Tj" for x, y, line in page)
        + " ET"
        for page in pages
    ]
    first = 7
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = {
        1: "<</Type/Catalog/Pages 2 0 R>>",
        2: f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        3: "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[4 0 R]/ToUnicode 5 0 R>>",
        4: "<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
        f"/DW {int(WIDE * 1000)}>>",
        5: f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
        6: f"<</Title <feff{title.encode('utf-16-be').hex()}>>>",
    }
    for n, content in enumerate(contents):
        objects[first + 2 * n] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents {first + 2 * n + 1} 0 R>>"
        )
        objects[first + 2 * n + 1] = f"<</Length {len(content)}>>stream\n{content}\nendstream"
    out = b"%PDF-1.7\n"
    places = []
    for number, written in objects.items():
        places.append(len(out))
        out += f"{number} 0 obj\n{written}\nendobj\n".encode("latin-1")
    locked = f"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{'11' * 32}>/U<{'22' * 32}>>>/ID[<00><00>]" if encrypt else ""
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 6 0 R{locked}>>"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(out)}\n%%EOF".encode()


def right_aligned(
    lines: list[str], *, right: float = 560, top: float = 760, leading: float = 16, mirrored: bool = True
) -> list[tuple[float, float, str]]:
    """Arabic lines below each other, each ending at the right margin."""
    return [(right - len(line) * SIZE * WIDE, top - leading * n, painted(line, mirrored=mirrored)) for n, line in enumerate(lines) if line]
