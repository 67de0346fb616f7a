"""Which language a text is in, as far as the reader needs to know: Arabic, or what else."""

from __future__ import annotations

import re

__all__ = ["language_of"]

_SAMPLE = 20_000
_ARABIC_SCRIPT = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\ufb50-\ufdfb\ufe70-\ufefc]")
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_WORD = re.compile(r"[^\W\d_]+")

# Letters that Arabic writes only in foreign names. Each is common in running text of its language. Arabic keyboards of some
# countries give ی and ک for ي and ك, so these two prove nothing.
_LETTERS = {"ur": "ٹڈڑےں", "ckb": "ێۆڕڵەڤ", "fa": "پچژگ"}
_WORDS = {
    "en": "the of and to in was were that said by",
    "fr": "le la les des et dans une du est qui",
    "tr": "ve bir bu için ile olarak olan da de",
    "ku": "û li di ku ji bi ya yên hatin ser",
    "de": "der die und das von den ist mit im auf",
    "es": "el los las del que por una con en para",
}
_OTHER_SCRIPTS = {
    "he": "[\u05d0-\u05ea]",
    "ru": "[\u0400-\u04ff]",
    "zh": "[\u4e00-\u9fff]",
    "hy": "[\u0531-\u058f]",
    "syr": "[\u0710-\u074f]",
}
_TAG = re.compile(r"[a-z]{2,3}", re.ASCII)


def language_of(text: str, *, hint: str | None = None) -> str:
    """A plain language tag: "ar" where Arabic prevails, else the language that letters and small words tell, else "und".

    `hint` is what a page says of itself; it is believed only where letters and words leave the question open, since many pages are
    wrong about it.

    >>> language_of("قُتل ثلاثة مدنيين في قصف على إدلب"), language_of("Three civilians were killed in the shelling of the town")
    ('ar', 'en')
    >>> language_of("12 / 24"), language_of("Drei Tote", hint="de-DE")
    ('und', 'de')
    """
    sample = text[:_SAMPLE]
    arabic, latin = len(_ARABIC_SCRIPT.findall(sample)), len(_LATIN.findall(sample))
    others = {tag: len(re.findall(letters, sample)) for tag, letters in _OTHER_SCRIPTS.items()}
    most = max(others, key=lambda tag: others[tag])
    if others[most] > max(arabic, latin):
        return most
    if arabic >= latin and arabic:
        return _of_arabic_script(sample, arabic)
    if not latin:
        return "und"
    words = [word.lower() for word in _WORD.findall(sample)]
    counts = {tag: sum(word in known for word in words) for tag, known in ((t, frozenset(w.split())) for t, w in _WORDS.items())}
    best = max(counts, key=lambda tag: counts[tag])
    if counts[best] * 12 >= len(words) and counts[best] >= 2:
        return best
    told = _TAG.match((hint or "").lower())
    return told[0] if told and told[0] not in ("ar", *_OTHER_SCRIPTS) else "und"


def _of_arabic_script(sample: str, letters: int) -> str:
    shares = {tag: sum(map(sample.count, special)) / letters for tag, special in _LETTERS.items()}
    if shares["ckb"] > 0.03:
        return "ckb"
    if shares["ur"] > 0.02:
        return "ur"
    return "fa" if shares["fa"] > 0.02 and letters > 40 else "ar"
