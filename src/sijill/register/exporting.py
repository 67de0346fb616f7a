"""Incidents of a register handed on: in a form, with what belongs beside it, or one incident as a file of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, TypeVar

from sijill.errors import InputError
from sijill.export import tables
from sijill.export.about import About, readme, render_about
from sijill.export.accompanying import codebook_of, fields_of, left_out_of, lost_of, spared_of
from sijill.export.dossier import render_dossier_page
from sijill.export.dossier_pdf import dossier_pdf
from sijill.export.evidence import evidence_json
from sijill.export.files import written
from sijill.export.forms import TABLE_FORMS, Tally, form_of, writer
from sijill.records import Incident
from sijill.register.disclosing import checked
from sijill.register.rebuilding import Progress
from sijill.store import IncidentFilter

if TYPE_CHECKING:
    from sijill.export.facts import Facts
    from sijill.register.register import Register

__all__ = ["DOSSIER_FORMS", "dossier_file", "write_beside", "write_form"]

T = TypeVar("T")

DOSSIER_FORMS = ("html", "pdf", "json")
"""What the file of an incident can be."""


def write_form(
    register: Register,
    out: IO[bytes],
    *,
    form: str,
    table: str = "incidents",
    where: IncidentFilter | None = None,
    level: str = "full",
    policy: str | None = None,
    progress: Progress | None = None,
) -> Tally:
    """Write the incidents of a filter in a form to a file that is open. See `Register.export`."""
    also = {} if checked(level) == "full" else {"redaction": level}
    if form in TABLE_FORMS:
        incidents, _ = register.disclosed(where, level=level, policy=policy)
        return _table(_told(incidents, progress), out, form, table, also)
    write = writer(form_of(form))
    return write(_told(register.cases(where, level=level, policy=policy), progress), out, also)


def _table(incidents: Iterable[Incident], out: IO[bytes], form: str, table: str, also: dict[str, str]) -> Tally:
    count = 0

    def counted() -> Iterator[Incident]:
        nonlocal count
        for incident in incidents:
            count += 1
            yield incident

    rows = tables.write(counted(), out, form=form, table=table, also=also)
    return Tally(incidents=count, rows=rows)


def _told(items: Iterable[T], progress: Progress | None) -> Iterator[T]:
    """The same, with word of how many there were."""
    for number, item in enumerate(items, 1):
        if progress is not None and number % 100 == 0:
            progress("incidents", number, 0)
        yield item


def write_beside(path: str, tally: Tally, facts: Facts, *, form: str, table: str) -> list[str]:
    """Write what an exported file holds beside it, under its name with `.README.md` and `.about.html` after it.

    Returns their paths; none for a device or a pipe.
    Raises `InputError` where they cannot be written.
    """
    target = Path(path)
    if not target.is_file():
        return []
    about = About(
        file=target.name,
        form=form,
        size=target.stat().st_size,
        sha256=_sha256(target),
        facts=facts,
        tally=tally,
        fields=fields_of(form, table),
        lost=lost_of(form, table, tally),
        spared=spared_of(form, table, tally),
        left_out=left_out_of(form, table, tally),
        codebook=codebook_of(form),
    )
    made = {f"{path}.README.md": readme(about), f"{path}.about.html": render_about(about)}
    for name, content in made.items():
        with written(name) as out:
            out.write(content.encode())
    return list(made)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def dossier_file(register: Register, id: str, *, form: str, policy: str | None, level: str, lang: Literal["ar", "en"]) -> bytes:
    """The file of an incident in a form of `DOSSIER_FORMS`. See `Register.write_dossier`."""
    if form not in DOSSIER_FORMS:
        raise InputError(f"the file of an incident can be {', '.join(DOSSIER_FORMS)}, not {form!r}")
    case = register.case(id, policy=policy, level=level)
    facts = register.facts(level=level, policy=policy)
    if form == "pdf":
        return dossier_pdf(case, facts, lang=lang)
    if form == "html":
        return render_dossier_page(case, facts, lang=lang).encode()
    return (evidence_json(case, facts) + "\n").encode()
