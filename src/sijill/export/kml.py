"""Incidents as KML 2.2, for globes and maps: a folder for each month, a pin and the circle that holds the true place, a span of days.

Viewers read descriptions, names and values of data as HTML, escaped or not, so that words of a report could become a page that runs. Hence
angle brackets become ‹ and ›, and the balloon is told to show the description alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import IO, Any

import msgspec
from lxml import etree

from sijill.export.forms import Tally
from sijill.export.losing import Counting
from sijill.export.plain import Plain, Said, Spot, day_of, plain, say, spot, told
from sijill.export.shapes import EXACT_KM, circle
from sijill.records import Case

__all__ = ["KML", "write"]

KML = "http://www.opengis.net/kml/2.2"
_STYLES = (("exact", 0.0, "ff2b2bd9"), ("near", 10.0, "ff1f8fe0"), ("area", 50.0, "ff3fb7c9"), ("region", float("inf"), "ff8f8f8f"))
"""By name, up to which radius in kilometres, and colour (alpha, blue, green, red)."""
_UNDATED = "undated"


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write a KML document as the cases come. `also` are further data of every placemark.

    Cases that follow each other and began in the same month share a folder, so that nothing is held: a month comes twice where they do not
    come in the order of their days.

    >>> import io
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling", first="2022-03-01"))], out, {}).rows
    1
    >>> b"<begin>2022-03-01</begin>" in out.getvalue()
    True
    """
    counting = Counting("kml")
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element(f"{{{KML}}}kml", nsmap={None: KML}), file.element(f"{{{KML}}}Document"):
            file.write(_text("name", "سجل · sijill"))
            for style in _styles():
                file.write(style)
            for month, told_in in groupby(counting.of(cases), key=_month):
                with file.element(f"{{{KML}}}Folder"):
                    file.write(_text("name", month))
                    for case in told_in:
                        file.write(_placemark(case, plain(case), also))
                        counting.rows += 1
    return counting.tally()


def _month(case: Case) -> str:
    day, undated = day_of(case.incident.first), say("register", _UNDATED)
    return day.isoformat()[:7] if day else f"{undated.ar} · {undated.en}"


def _placemark(case: Case, row: Plain, also: Mapping[str, str]) -> Any:
    mark = _element("Placemark")
    mark.set("id", row.id if row.id.isascii() and row.id.replace("-", "").isalnum() else "")
    if not mark.get("id"):
        del mark.attrib["id"]
    mark.append(_text("name", f"{row.title_ar} | {row.title_en}"))
    words: Said = told(case, row)
    mark.append(_text("description", f"{words.ar}\n\n{words.en}"))
    if row.first:
        span = etree.SubElement(mark, f"{{{KML}}}TimeSpan")
        span.append(_text("begin", row.first))
        span.append(_text("end", row.last or row.first))
    at = spot(case.incident.places[0]) if case.incident.places else None
    mark.append(_text("styleUrl", f"#{_style_of(at)}"))
    data = etree.SubElement(mark, f"{{{KML}}}ExtendedData")
    for name, value in {**msgspec.structs.asdict(row), **also}.items():
        if value is not None and value != []:
            one = etree.SubElement(data, f"{{{KML}}}Data", name=_unmarked(name))
            one.append(_text("value", "; ".join(value) if isinstance(value, list) else _plain(value)))
    if at is not None:
        mark.append(_shape(at))
    return mark


def _plain(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shape(at: Spot) -> Any:
    """A pin and, unless the spot is known, the circle around it."""
    shapes = _element("MultiGeometry")
    shapes.append(_wrapped("Point", _text("coordinates", f"{at.lon!r},{at.lat!r}")))
    if at.radius_km is not None and at.radius_km > EXACT_KM:
        for ring in circle(*at[:2], at.radius_km):
            corners = _text("coordinates", " ".join(f"{lon!r},{lat!r}" for lon, lat in ring))
            shapes.append(_wrapped("Polygon", _wrapped("outerBoundaryIs", _wrapped("LinearRing", corners))))
    return shapes


def _style_of(at: Spot | None) -> str:
    radius = at.radius_km if at and at.radius_km is not None else float("inf")
    return next(name for name, most, _ in _STYLES if radius <= max(most, EXACT_KM))


def _styles() -> Iterator[Any]:
    for name, _, colour in _STYLES:
        style = _element("Style")
        style.set("id", name)
        for kind in ("IconStyle", "LineStyle"):
            style.append(_wrapped(kind, _text("color", colour)))
        style.append(_wrapped("PolyStyle", _text("color", f"33{colour[2:]}")))
        style.append(_wrapped("BalloonStyle", _text("text", "$[description]")))
        yield style


def _element(name: str) -> Any:
    return etree.Element(f"{{{KML}}}{name}", nsmap={None: KML})


def _wrapped(name: str, inner: Any) -> Any:
    outer = _element(name)
    outer.append(inner)
    return outer


def _text(name: str, text: str) -> Any:
    made = _element(name)
    made.text = _unmarked(text)
    return made


def _unmarked(text: str) -> str:
    """The text without anything that a viewer could take for markup.

    >>> _unmarked("<script>")
    '‹script›'
    """
    return text.replace("<", "‹").replace(">", "›")
