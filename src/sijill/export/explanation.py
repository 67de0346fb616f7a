"""Explanations as text for a terminal: the words, what the lexicon says of them, the rules, and what came of it."""

from __future__ import annotations

from sijill.explain import Explanation, ItemExplanation, Merged, Reason, RuleMatch, Word
from sijill.export.terminal import Page, Piece, shorten

__all__ = ["render_explanation", "render_item"]


def render_explanation(found: Explanation, *, width: int = 80, colour: bool = False, isolates: bool = False) -> str:
    """What is known of one code point, from the sentence down to the claims."""
    page = Page(width=width, colour=colour, isolates=isolates)
    page.heading(f"Sentence {found.sentence.start}–{found.sentence.end}")
    _quote(page, found.sentence.quote, 2, whole=True)
    page.heading(f"Words at {found.offset}")
    if not found.words:
        page.add("none: the code point stands between words", indent=2)
    for word in found.words:
        _word(page, word)
    _merged(page, "Read together as", found.merged)
    _merged(page, "Mentions", found.mentions)
    page.heading("Rules that matched", beside="· those with ✓ gave a claim")
    if not found.rules:
        page.add("none", indent=2)
    for match in found.rules:
        _match(page, match)
    page.heading("What came of it")
    if not found.uses:
        page.add("nothing: no claim uses these words", indent=2)
    for use in found.uses:
        page.add(
            Piece(use.id, "strong"), f"{use.kind}: {use.says}", Piece(f"as {use.what}, by the rule: {use.rule}", "dim"), indent=2, hang=4
        )
    return page.text()


def render_item(found: ItemExplanation, *, width: int = 80, colour: bool = False, isolates: bool = False) -> str:
    """The evidence for one item, piece by piece; for a place also its candidates."""
    page = Page(width=width, colour=colour, isolates=isolates)
    page.add(Piece(found.id, "heading"), found.kind, Piece(found.says, "strong"))
    if found.kind == "place":
        _reasons(page, found.item["rule"], 2)
    page.heading("Evidence")
    if not found.evidence:
        page.add("none", indent=2)
    for reason in found.evidence:
        _reason(page, reason)
    if found.candidates:
        page.heading("Candidates", beside="· the first was chosen")
        for c in found.candidates:
            where = f"{c.level}, {c.country or 'no country'}, {c.lat}, {c.lon}"
            page.add(Piece(f"{c.score:g}", "strong"), f"{c.name_en or ''} ({c.id}): {where}", indent=2, hang=4)
            _reasons(page, c.why, 4)
            _quote(page, c.name, 4)
    return page.text()


def _quote(page: Page, text: str, indent: int, *, whole: bool = False) -> None:
    room = page.width - indent - 3
    page.add(Piece(text if whole else f"«{shorten(text, room)}»", "quote", isolate=True), indent=indent)


def _reasons(page: Page, why: str, indent: int) -> None:
    """Reasons one on a line: each may end in an Arabic name."""
    for reason in why.split("; "):
        page.add("–", Piece(reason, isolate=True), indent=indent, hang=indent + 2)


def _word(page: Page, word: Word) -> None:
    page.add(f"{word.start}–{word.end}", Piece(" ".join(word.classes), "strong"), indent=2, hang=4)
    _quote(page, word.quote, 4)
    if word.folded != word.quote:
        page.add("matched as", Piece(word.folded, isolate=True), indent=4)
    features = {name: value for name, value in word.features.items() if name != "lemma"}
    if features:
        page.add("; ".join(f"{name}={value}" for name, value in features.items()), indent=4, hang=6)
    for origin in word.origins or ["known by its shape only: no file has it"]:
        page.add(Piece(origin, "dim"), indent=4, hang=6)


def _merged(page: Page, heading: str, items: list[Merged]) -> None:
    if not items:
        return
    page.heading(heading)
    for item in items:
        page.add(f"{item.start}–{item.end}", Piece(" ".join(item.classes), "strong"), indent=2)
        page.add(Piece(item.meaning, isolate=True), indent=4, hang=6)
        _quote(page, item.quote, 4)


def _match(page: Page, match: RuleMatch) -> None:
    page.add(
        Piece("✓" if match.used else "·", "strong"), Piece(match.name, "strong"), f"({match.stage})", Piece(match.origin, "dim"), indent=2
    )
    page.add(match.pattern, indent=4, hang=6)
    page.add(f"gives {', '.join(f'{name} = {value}' for name, value in match.gives.items())}", indent=4, hang=6)
    _quote(page, match.quote, 4)
    for name, part in match.parts.items():
        page.add(f"{name}:", Piece(shorten(part, page.width - 10 - len(name)), isolate=True), indent=6)


def _reason(page: Page, reason: Reason) -> None:
    page.add(Piece(reason.what, "strong"), f"{reason.start}–{reason.end}", Piece(f"by: {reason.rule}", "dim"), indent=2, hang=4)
    if reason.origin:
        page.add(Piece(f"{reason.origin}  {reason.pattern}", "dim"), indent=4, hang=6)
    _quote(page, reason.quote, 4)
