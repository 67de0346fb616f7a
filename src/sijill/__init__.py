"""sijill (سجل) reads conflict reports, Arabic first: every value it gives points at the words it came from.

>>> from sijill import Report, read
>>> reading = read(Report.of("قُتل ثلاثة مدنيين في قصف مدفعي على مدينة إدلب."))
>>> reading.figures[0].value, reading.figures[0].quote
(3, 'قُتل ثلاثة مدنيين')

The names below are imported when they are first asked for, so that `import sijill` costs nothing.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sijill.batch.local import read_many
    from sijill.errors import DataError, DateError, InputError, SijillError, StoreError
    from sijill.export.html import render as to_html
    from sijill.export.pretty import render as to_text
    from sijill.mentions import read_with_mentions
    from sijill.pipeline import read
    from sijill.records import Reading, Report, to_json
    from sijill.register.register import Register

__all__ = [
    "DataError",
    "DateError",
    "InputError",
    "Reading",
    "Register",
    "Report",
    "SijillError",
    "StoreError",
    "read",
    "read_many",
    "read_with_mentions",
    "to_html",
    "to_json",
    "to_text",
]

_HOME = {
    "DataError": "sijill.errors:DataError",
    "DateError": "sijill.errors:DateError",
    "InputError": "sijill.errors:InputError",
    "Reading": "sijill.records:Reading",
    "Register": "sijill.register.register:Register",
    "Report": "sijill.records:Report",
    "SijillError": "sijill.errors:SijillError",
    "StoreError": "sijill.errors:StoreError",
    "read": "sijill.pipeline:read",
    "read_many": "sijill.batch.local:read_many",
    "read_with_mentions": "sijill.mentions:read_with_mentions",
    "to_html": "sijill.export.html:render",
    "to_json": "sijill.records:to_json",
    "to_text": "sijill.export.pretty:render",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import PackageNotFoundError, version

        try:
            return version("sijill")
        except PackageNotFoundError:  # run from a checkout that is not installed
            return "0+checkout"
    if name not in _HOME:
        raise AttributeError(f"module 'sijill' has no attribute {name!r}")
    module, _, attribute = _HOME[name].partition(":")
    found = getattr(importlib.import_module(module), attribute)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
