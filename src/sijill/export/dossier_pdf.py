"""The file of one incident as a PDF, set from the same page, with its evidence attached so that it can be checked without sijill.

It is set by weasyprint, whose type is shaped by Pango: Arabic joins, runs from right to left, and can be found and copied. Nothing is
fetched while it is set.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from sijill.errors import InputError
from sijill.export.dossier import Language, page_values, styles, template
from sijill.export.evidence import checker, evidence_json, fingerprint
from sijill.export.facts import Facts
from sijill.records import Case

__all__ = ["dossier_pdf"]

_MISSING = (
    "PDF needs weasyprint; install it with: pip install 'sijill[pdf]'",
    "PDF needs Pango, which is not on this system; on Debian: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
)


def dossier_pdf(case: Case, facts: Facts, *, lang: Language = "ar") -> bytes:
    """The PDF of a case in one language. The same case and facts give the same bytes.

    Attached are `evidence.json`, `check.py` and the text of every report, under the first 12 digits of its SHA-256.
    Raises `InputError` where weasyprint or the Pango of the system is missing.
    """
    library = _weasyprint()
    page = template().render(**page_values(case, facts), lang=lang, paper=True, style=styles())
    at = _time(facts)
    files = {"evidence.json": evidence_json(case, facts), "check.py": checker()}
    files |= {f"{one.line.sha256[:12]}.txt": one.text for one in case.reports if one.text is not None}
    attached = [
        library.Attachment(string=text.encode("utf-8", "surrogatepass"), name=name, description=name, created=at, modified=at)
        for name, text in files.items()
    ]
    made: bytes = library.HTML(string=page, url_fetcher=library.urls.URLFetcher(allowed_protocols={"data"})).write_pdf(
        attachments=attached, pdf_identifier=fingerprint(case, facts)[:32].encode(), pdf_tags=True
    )
    return made


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint
    except ImportError as wrong:
        raise InputError(_MISSING[0]) from wrong
    except OSError as wrong:
        raise InputError(_MISSING[1]) from wrong
    return weasyprint


def _time(facts: Facts) -> datetime:
    """The time of the register's state, which stands for that of making: a clock would make every file another."""
    return datetime.fromisoformat(facts.at.replace("Z", "+00:00")) if facts.at else datetime(1970, 1, 1, tzinfo=UTC)
