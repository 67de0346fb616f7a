"""What keywords alone give: a number beside a word of harm is a figure, an event word is an event. The floor to stand above.

No clauses, no dates, no places, no bounds but «أكثر من»; some forty words. Output has the field names of a reading, so that the
same script scores it.
"""

from __future__ import annotations

import re
from typing import Any

__all__ = ["read"]

_HARM = {
    "killed": "قتل مقتل قتيل قتلى قتيلا استشهد استشهاد شهيد شهداء شهيدا مصرع وفاة حصيلة ضحايا",
    "injured": "أصيب إصابة جرح جريح جرحى جريحا مصاب مصابين بجروح",
    "arrested": "اعتقل اعتقال اعتقلت توقيف أوقفت",
    "abducted": "خطف اختطف اختطاف",
    "displaced": "نزح نزوح تشريد نازح نازحين",
    "released": "أفرج إفراج الإفراج",
}
_EVENTS = {
    "air_strike": "غارة غارات طيران جوي جوية",
    "shelling": "قصف قصفت قذائف قذيفة مدفعية صاروخ صواريخ",
    "vehicle_bomb": "مفخخة",
    "suicide_bombing": "انتحاري انتحارية",
    "explosive_device": "عبوة ناسفة لغم",
    "explosion": "انفجار تفجير انفجر انفجرت",
    "armed_clash": "اشتباكات اشتباك معارك مواجهات",
    "armed_assault": "هجوم هاجم هاجمت",
    "assassination": "اغتيال اغتال",
    "shooting": "رصاص الرصاص قنص",
    "arrest": "اعتقل اعتقال اعتقلت",
    "abduction": "خطف اختطف اختطاف",
    "protest": "مظاهرة مظاهرات احتجاج احتجاجات متظاهرين",
    "siege": "حصار",
    "agreement_or_ceasefire": "هدنة اتفاق",
    "territorial_control": "سيطرت سيطر",
}
_NUMBERS = "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()
_WORD = re.compile(r"[\w\u064b-\u0652]+")
_REACH = 3


def read(text: str) -> dict[str, Any]:
    """Figures and events of a text by keywords alone."""
    words = [
        (match[0].strip("\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"), match.start(), match.end()) for match in _WORD.finditer(text)
    ]
    figures = [figure for i in range(len(words)) for figure in _figure(words, i)]
    events: list[dict[str, Any]] = []
    for word, start, end in words:
        kind = _kind(_EVENTS, word)
        if kind and not (events and events[-1]["kind"] == kind and start - events[-1]["end"] < 200):
            events.append(
                {"id": f"e{len(events) + 1}", "kind": kind, "modality": "asserted", "date": None, "places": [], "start": start, "end": end}
            )
    return {"places": [], "figures": figures, "events": events, "contradictions": []}


def _figure(words: list[tuple[str, int, int]], i: int) -> list[dict[str, Any]]:
    """The number at a word, if a word of harm stands within three words of it; the one before it is asked first."""
    value = _number(words[i][0])
    if value is None:
        return []
    around = [*range(i - 1, max(-1, i - 1 - _REACH), -1), *range(i + 1, min(len(words), i + 1 + _REACH))]
    for j in around:
        effect = _kind(_HARM, words[j][0])
        if effect:
            start, end = min(words[i][1], words[j][1]), max(words[i][2], words[j][2])
            return [{"effect": effect, "value": value, "bound": "exact", "status": "unknown", "role": "alone", "start": start, "end": end}]
    return []


def _number(word: str) -> int | None:
    bare = word.removeprefix("و")
    if bare.isdecimal() and len(bare) <= 6:
        return int(bare)
    return _NUMBERS.index(bare) + 1 if bare in _NUMBERS else None


def _kind(table: dict[str, str], word: str) -> str | None:
    bare = re.sub("^(?:وال|بال|ال|و|ب|ل)(?=..)", "", word)
    return next((kind for kind, listed in table.items() if word in listed.split() or bare in listed.split()), None)
