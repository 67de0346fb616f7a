"""The forms of an Arabic word: what an editor writes as one item, the reader knows in every shape newspapers use.

Not a full morphology: third-person verbs, nouns with their duals, plurals and pronouns, adjectives. Items are spelled
normally (with hamza and ta marbuta); forms come back folded.

===========  ===========================  =======================================================
way          item                         forms
===========  ===========================  =======================================================
``word``     ``في``                       itself
``verb``     ``أصاب/صيب``                 past stem / present stem: أصاب أصابت أصابوا يصيب سيصيب أصابهم …
``noun``     ``مدني/+ون/+ة``              singular / plurals: مدنيا مدنيان مدنيين مدنيون مدنية مدنيات …
``adj``      ``روسي``                     روسي روسية روسيين روسيون روسيات …
===========  ===========================  =======================================================

A plural is written whole (``قتلى``) or as ``+ون``, ``+ات``; ``+ة`` adds the feminine. In a phrase the first word inflects.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from sijill.text import fold

__all__ = ["INFLECTIONS", "Form", "inflect"]

_PRONOUNS: Final = ("ه", "ها", "هم", "هما", "هن")


class Form(NamedTuple):
    """One written form: folded text, what its shape says (number, gender, tense), and classes of its own.

    A `weak` form yields silently to another item that gives the same letters.
    """

    text: str
    features: dict[str, str]
    tags: frozenset[str] = frozenset()
    weak: bool = False


def inflect(way: str, item: str) -> list[Form]:
    """All forms of `item`, folded, the item itself first, none twice.

    >>> [f.text for f in inflect("noun", "قتيل/قتلى")][:6]
    ['قتيل', 'قتيلا', 'قتيلان', 'قتيلين', 'قتلي', 'قتلاه']
    >>> [f.text for f in inflect("verb", "أودى/ودي")][:4]
    ['اودي', 'اودت', 'اوديا', 'اودتا']
    """
    first, _, rest = item.partition(" ")
    tail = f" {rest}" if rest else ""
    every = list(INFLECTIONS[way](first))
    # One fold for all forms: folding never joins or splits lines, and to fold each by itself takes twice the time.
    folded = fold("\n".join([form.text + tail for form in every])).text.split("\n")
    forms: dict[str, Form] = {}
    for form, line in zip(every, folded, strict=True):
        text = " ".join(line.split())
        if text not in forms:
            forms[text] = Form(text, form.features, form.tags, form.weak)
    return list(forms.values())


def _word(item: str) -> Iterator[Form]:
    yield Form(item, {})


def _verb(item: str) -> Iterator[Form]:
    past, _, present = item.partition("/")
    yield from _past(past)
    if present:
        yield from _present(present)


_PAST: Final = frozenset({"PAST"})
_PRESENT: Final = frozenset({"PRES"})
_FUTURE: Final = frozenset({"FUT"})
_ACCUSATIVE: Final = frozenset({"ACC"})
_WITH_PRONOUN: Final = frozenset({"PRON"})


def _past(stem: str) -> Iterator[Form]:
    short = stem[:-1] if stem[-1] in "ىا" else stem
    dual = stem[:-1] + "يا" if stem[-1] == "ى" else stem + "ا"
    plural = (stem[:-1] if stem[-1] in "ىايي" else stem) + "و"
    yield Form(stem, {"vnum": "sg"}, _PAST)
    yield Form(short + "ت", {"vnum": "sg", "vgender": "f"}, _PAST)
    yield Form(dual, {"vnum": "du"}, _PAST)
    yield Form(short + "تا", {"vnum": "du"}, _PAST)
    yield Form(plural + "ا", {"vnum": "pl"}, _PAST)
    yield Form(short + "ن", {"vnum": "pl"}, _PAST, weak=True)
    joined = stem[:-1] + "ا" if stem[-1] == "ى" else stem
    for pronoun in _PRONOUNS:
        for base in (joined, short + "ت", plural):
            yield Form(base + pronoun, {}, _PAST | _WITH_PRONOUN, weak=True)


def _present(stem: str) -> Iterator[Form]:
    plural = stem[:-1] if stem[-1] in "يىو" else stem
    joined = stem[:-1] + "ا" if stem[-1] == "ى" else stem
    for prefix, tense in (("ي", _PRESENT), ("ت", _PRESENT), ("سي", _FUTURE), ("ست", _FUTURE)):
        yield Form(prefix + stem, {"vnum": "sg"}, tense, weak=True)
        yield Form(prefix + plural + "ون", {"vnum": "pl"}, tense, weak=True)
        yield Form(prefix + plural + "وا", {"vnum": "pl"}, tense, weak=True)
        yield Form(prefix + stem + "ان", {"vnum": "du"}, tense, weak=True)
        for pronoun in _PRONOUNS[:4]:
            yield Form(prefix + joined + pronoun, {}, tense | _WITH_PRONOUN, weak=True)


def _noun(item: str) -> Iterator[Form]:
    singular, *plurals = item.split("/")
    yield from _singular(singular, ambiguous="+ون" in plurals)
    for plural in plurals:
        if plural == "+ون":
            yield Form(singular + "ون", {"num": "pl"})
            yield Form(singular + "و", {"num": "pl"}, weak=True)
            yield Form(singular + "ي", {"num": "pl"}, weak=True)
            for pronoun in _PRONOUNS:  # «أربعة من مرافقيه»; his two companions as well, but far less often
                yield Form(f"{singular}و{pronoun}", {"num": "pl"}, _WITH_PRONOUN, weak=True)
                yield Form(f"{singular}ي{pronoun}", {"num": "dp"}, _WITH_PRONOUN, weak=True)
        elif plural == "+ات":
            yield Form(_open(singular, "ات"), {"num": "pl", "gender": "f"})
            yield from _with_pronouns(_open(singular, "ات"), "pl")  # «كثف الطيران غاراته»
        elif plural == "+ة":
            yield from _feminine(singular)
        else:
            yield Form(plural, {"num": "pl"})
            if not plural.endswith(("ة", "ى", "ا", "اء", "ات")):
                yield Form(plural + "ا", {"num": "pl"}, _ACCUSATIVE, weak=True)
            yield from _with_pronouns(plural, "pl")
    yield from _with_pronouns(singular, "sg")
    yield from _dual_with_pronouns(singular, ambiguous="+ون" in plurals)


def _singular(noun: str, *, ambiguous: bool) -> Iterator[Form]:
    gender = {"gender": "f"} if noun.endswith("ة") else {}
    yield Form(noun, {"num": "sg", **gender})
    if not noun.endswith(("ة", "اء", "ى", "ا")):
        yield Form(noun + "ا", {"num": "sg"}, _ACCUSATIVE, weak=True)
    dual = noun[:-1] + "ت" if noun.endswith("ة") else noun
    yield Form(dual + "ان", {"num": "du", **gender})
    # «مدنيين» is two civilians or many; «قتيلين», whose plural is قتلى, is two.
    yield Form(dual + "ين", {"num": "dp" if ambiguous else "du", **gender})


def _feminine(noun: str) -> Iterator[Form]:
    for text, number in ((noun + "ة", "sg"), (noun + "تان", "du"), (noun + "تين", "du"), (noun + "ات", "pl")):
        yield Form(text, {"num": number, "gender": "f"})
    for pronoun in _PRONOUNS:
        yield Form(noun + "ت" + pronoun, {"num": "sg", "gender": "f"}, _WITH_PRONOUN, weak=True)


def _with_pronouns(noun: str, number: str) -> Iterator[Form]:
    base = noun[:-1] + "ت" if noun.endswith("ة") else noun[:-1] + "ا" if noun.endswith("ى") else noun
    for pronoun in _PRONOUNS:
        yield Form(base + pronoun, {"num": number}, _WITH_PRONOUN, weak=True)


def _dual_with_pronouns(noun: str, *, ambiguous: bool) -> Iterator[Form]:
    """«والداه», «شقيقتيها»; «مقاتليه» is a form of the plural."""
    base = noun[:-1] + "ت" if noun.endswith("ة") else noun
    if noun.endswith(("ى", "ا", "ء")):
        return
    for pronoun in _PRONOUNS:
        yield Form(f"{base}ا{pronoun}", {"num": "du"}, _WITH_PRONOUN, weak=True)
        if not ambiguous:
            yield Form(f"{base}ي{pronoun}", {"num": "du"}, _WITH_PRONOUN, weak=True)


def _open(noun: str, ending: str) -> str:
    return (noun[:-1] if noun.endswith("ة") else noun) + ending


def _adjective(item: str) -> Iterator[Form]:
    for ending in ("", "ة", "ين", "ون", "ات", "تين", "تان", "ان"):
        yield Form(item + ending, {}, weak=bool(ending))
    yield Form(item + "ا", {}, weak=True)


INFLECTIONS: Final[dict[str, Callable[[str], Iterator[Form]]]] = {
    "word": _word,
    "verb": _verb,
    "noun": _noun,
    "adj": _adjective,
}
