"""Reasons, losses and what is left out, in the words of `data/codebooks/`."""

from __future__ import annotations

from sijill.codebooks.book import load_book
from sijill.codebooks.coded import LeftOut, Loss, Reason

__all__ = ["left", "lost", "reason"]


def reason(field: str, rule: str, note: str) -> Reason:
    """Why a field has its value. Raises `KeyError` for a rule that no file lays down.

    >>> reason("fatalities", "acled.fatalities.none", "no number").rule
    'acled.fatalities.none'
    """
    return Reason(field=field, rule=load_book().rules[rule].id, note=note)


def lost(kind: str, what: str = "", what_ar: str | None = None) -> Loss:
    """What a row does not hold. Raises `KeyError` for a kind that no file lays down. `what` is said of this row, in both languages.

    >>> lost("range", "4 to 7").note.endswith(": 4 to 7")
    True
    """
    known = load_book().losses[kind]
    what_ar = what if what_ar is None else what_ar
    return Loss(kind=kind, note=f"{known.en}: {what}" if what else known.en, note_ar=f"{known.ar}: {what_ar}" if what_ar else known.ar)


def left(incident: str, rule: str, what: str = "") -> LeftOut:
    """Why an incident has no row. Raises `KeyError` for a rule that no file lays down.

    >>> left("inc-1", "acled.not_event.modality", "threatened").rule
    'acled.not_event.modality'
    """
    known = load_book().rules[rule]
    return LeftOut(
        incident=incident,
        rule=rule,
        note=f"{known.en} ({what})" if what else known.en,
        note_ar=f"{known.ar} ({what})" if what else known.ar,
    )
