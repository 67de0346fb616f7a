"""The forms that incidents can be handed on in: their names, endings, and the module that writes each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, NamedTuple

from sijill.errors import InputError

if TYPE_CHECKING:
    from sijill.records import Case

__all__ = ["CODEBOOKS", "FORMS", "REGISTER", "TABLE_FORMS", "Form", "Tally", "Writer", "form_by_name_of", "form_of", "writer"]


_NOTHING: Mapping[str, int] = MappingProxyType({})


class Tally(NamedTuple):
    """What came of an export: how many incidents went in and rows came out, what was left out and what was lost, each with how often.

    The keys of `left_out` and `lost` are ids of rules and of losses, which `data/codebooks/` and `data/export/` put into words.
    """

    incidents: int
    rows: int
    left_out: Mapping[str, int] = _NOTHING
    lost: Mapping[str, int] = _NOTHING


Writer = Callable[["Iterable[Case]", IO[bytes], Mapping[str, str]], Tally]
"""Writes cases; the mapping holds what every row is to say of the export as a whole, such as its level of redaction."""


class Form(NamedTuple):
    """A form: its name, how files of it end, its media type, and `module:function` of its writer. `extra` is what has to be installed."""

    name: str
    ending: str
    media_type: str
    writer: str
    extra: str | None = None


FORMS: tuple[Form, ...] = (
    Form("acled", ".acled.csv", "text/csv", "coded:write_acled"),
    Form("ucdp", ".ucdp.csv", "text/csv", "coded:write_ucdp"),
    Form("acled-bare", ".acled.csv", "text/csv", "coded:write_acled_bare"),
    Form("ucdp-bare", ".ucdp.csv", "text/csv", "coded:write_ucdp_bare"),
    Form("plover", ".plover.jsonl", "application/x-ndjson", "coded:write_plover"),
    Form("geojson", ".geojson", "application/geo+json", "geojson:write"),
    Form("kml", ".kml", "application/vnd.google-earth.kml+xml", "kml:write"),
    Form("ics", ".ics", "text/calendar", "ics:write", "export"),
    Form("jsonld", ".jsonld", "application/ld+json", "jsonld:write"),
    Form("annotations", ".annotations.jsonld", "application/ld+json", "jsonld:write_annotations"),
    Form("hxl", ".hxl.csv", "text/csv", "hxl:write"),
    Form("timemap", ".timemap.json", "application/json", "timemap:write"),
    Form("ftm", ".ftm.jsonl", "application/x-ndjson", "ftm:write_entities"),
    Form("ftm-statements", ".ftm.csv", "text/csv", "ftm:write_statements"),
    Form("uwazi", ".uwazi.csv", "text/csv", "uwazi:write"),
    Form("atlos", ".atlos.csv", "text/csv", "atlos:write"),
    Form("labelstudio", ".labelstudio.json", "application/json", "label_studio:write"),
    Form("xlsx", ".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx:write", "export"),
)


CODEBOOKS = {"acled": "acled", "acled-bare": "acled", "ucdp": "ucdp", "ucdp-bare": "ucdp", "plover": "plover"}
"""The codebook that a form follows, where it follows one."""
REGISTER = "register"
"""A whole register as one file, from which another can be filled."""
TABLE_FORMS = ("csv", "jsonl", "parquet")
"""Plain tables of incidents, figures or claims (see `export.tables`)."""


def form_by_name_of(path: str) -> str | None:
    """The form of a file by how its name ends, the longest ending first; None where nothing ends so.

    >>> form_by_name_of("a.acled.csv"), form_by_name_of("A.CSV"), form_by_name_of("a.sijill.gz"), form_by_name_of("a.doc")
    ('acled', 'csv', 'register', None)
    """
    endings = {form.ending: form.name for form in FORMS if not form.name.endswith("-bare")}
    endings |= {f".{name}": name for name in TABLE_FORMS} | {".sijill.gz": REGISTER}
    ending = max((end for end in endings if path.lower().endswith(end)), key=len, default=None)
    return None if ending is None else endings[ending]


def form_of(name: str) -> Form:
    """A form by its name.

    Raises `InputError` where there is none.

    >>> form_of("kml").ending
    '.kml'
    """
    for form in FORMS:
        if form.name == name:
            return form
    raise InputError(f"there is no format {name!r}; one of {', '.join(form.name for form in FORMS)}")


def writer(form: Form) -> Writer:
    """The function that writes a form, loaded when it is first asked for.

    Raises `InputError` where a library that it needs is not installed.
    """
    module, _, name = form.writer.partition(":")
    try:
        found: Writer = getattr(import_module(f"sijill.export.{module}"), name)
    except ModuleNotFoundError as wrong:
        if form.extra is None:
            raise
        raise InputError(f"{form.name} needs {wrong.name}; install it with: pip install 'sijill[{form.extra}]'") from wrong
    return found
