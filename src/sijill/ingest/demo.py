"""The report that comes with sijill, written for it from public facts."""

from __future__ import annotations

from importlib.resources import files

from sijill.errors import InputError
from sijill.records import Report

__all__ = ["demo_report"]


def demo_report() -> Report:
    """The demo report: the attack on al-Sina'a prison in Hasakah, January 2022.

    >>> demo_report().published
    '2022-02-02'
    """
    file = files("sijill") / "data" / "demo" / "hasakah.ar.txt"
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as wrong:
        raise InputError("the demo report is missing from this installation; install sijill anew") from wrong
    return Report.of(text, id="hasakah-demo", title="هجوم على سجن الصناعة في الحسكة", published="2022-02-02")
