"""A row of UCDP GED's form: a conflict's two sides, days between which it happened, deaths by side with low, best and high.

`source_original` says who the information comes from, and is who a number is according to; publishers stay in the text. How force was used
is not said, so the kind of every event is the vaguest of ours.
"""

from __future__ import annotations

from datetime import date

from sijill.datasets.acled import event_code
from sijill.datasets.actors import actor_of, source_of
from sijill.datasets.codes import Precision, country_of, load_codes, plain_name
from sijill.datasets.dates import day_of
from sijill.datasets.draft import Draft
from sijill.datasets.places import coordinates, put_place
from sijill.records import Evidence, Status

__all__ = ["published", "read_ucdp"]

_EXACT = Precision("town", "where_coordinates", 5.0)
_NAMED_BY = ("where_coordinates", "adm_2", "adm_1", "where_description", "country")
_ONE_SIDED = "3"


def read_ucdp(draft: Draft, order: str | None) -> str:
    """Read a row; the id that it has in its data set. `order` is how its dates with slashes are written.

    Raises `RowError` for a row without days or a type of violence.
    """
    code = event_code("ucdp", draft.value("type_of_violence").removesuffix(".0"))
    if code is None or code.kind is None:
        raise draft.refuse("type_of_violence", "no type of violence: 1, 2 or 3")
    first, last = day_of(draft.value("date_start"), order=order), day_of(draft.value("date_end"), order=order)
    if first is None:
        raise draft.refuse("date_start", "no day, or one that may be two; write it as YYYY-MM-DD")
    country = _country(draft)
    place = _place(draft, country)
    sides, said = _sides(draft, first)
    one_sided = code.actors == "doer"
    source = source_of(draft.value("source_original")) if draft.has("source_original") else None
    event = draft.event(
        "type_of_violence",
        code.kind,
        date=_edtf(draft, first, last),
        date_basis="stated",
        places=[place] if place else [],
        agents=list(dict.fromkeys(id for column, id in sides if column == "side_a" or not one_sided)),
        targets=[id for column, id in sides if column == "side_b"] if one_sided else [],
        source=source,
        evidence=[
            *(e for e in said if e.what == "agent" or one_sided),
            *draft.evidence("date", "date_start"),
            *draft.evidence("date", "date_end"),
            *(draft.evidence("source", "source_original") if source else []),
        ],
    )
    _deaths(draft, event, dict(sides), source)
    return draft.value("relid") if not draft.has("id") else draft.value("id").removesuffix(".0")


def published(draft: Draft) -> str | None:
    """The day of the source, where the row gives one; of several the first."""
    found = [day for part in draft.value("source_date").split(";") if (day := day_of(part)) is not None]
    return min(found).isoformat() if found else None


def _country(draft: Draft) -> str | None:
    found = country_of(draft.value("country")) if draft.has("country") else None
    if draft.has("country") and found is None:
        draft.problem("country", "no country that is known")
    return found


def _place(draft: Draft, country: str | None) -> str | None:
    point = coordinates(draft, "latitude", "longitude")
    written = draft.value("where_prec").removesuffix(".0")
    precision = load_codes().precision.get(("ucdp", "place", written)) if written else _EXACT
    if precision is None:
        draft.problem("where_prec", "no precision of a place: 1 to 7")
        precision = _EXACT
    for column in (precision.name_from, *_NAMED_BY):
        if draft.has(column):
            return put_place(draft, column, precision, point, country)
    return None


def _edtf(draft: Draft, first: date, last: date | None) -> str:
    written = draft.value("date_prec").removesuffix(".0")
    if written and ("ucdp", "date", written) not in load_codes().precision:
        draft.problem("date_prec", "no precision of a day: 1 to 5")
    if draft.has("date_end") and last is None:
        draft.problem("date_end", "no day, or one that may be two")
    elif last is not None and last < first:
        draft.problem("date_end", "before the first day; left out")
        last = None
    return first.isoformat() if last in (None, first) else f"{first}/{last}"


def _sides(draft: Draft, day: date) -> tuple[list[tuple[str, str]], list[Evidence]]:
    """The two sides by column, and the words that name them."""
    found, said = [], []
    for column, what in (("side_a", "agent"), ("side_b", "target" if draft.value("type_of_violence").startswith(_ONE_SIDED) else "agent")):
        written = draft.value(column)
        if written and plain_name(written) not in ("na", "none"):
            found.append((column, actor_of(written, day) or " ".join(written.split())))
            said += draft.evidence(what, column)
    return found, said


_PARTS: tuple[tuple[str, Status, str | None], ...] = (
    ("deaths_a", "combatant", "side_a"),
    ("deaths_b", "combatant", "side_b"),
    ("deaths_civilians", "civilian", None),
    ("deaths_unknown", "unknown", None),
)


def _deaths(draft: Draft, event: str, sides: dict[str, str], source: str | None) -> None:
    """The total with its bounds, and what it is made of. A zero is no figure, unless more may have died."""
    low, best, high = (draft.count(column) for column in ("low", "best", "high"))
    if (low or 0) > (best or 0) or (high is not None and high < (best or 0)):
        draft.problem("best", f"not between low and high ({low}, {high}); taken without them")
        low = high = best
    parts = [(column, count, status, side) for column, status, side in _PARTS if (count := draft.count(column))]
    given = [draft.has(column) for column, _, _ in _PARTS]
    said = [*draft.evidence("number", "low"), *draft.evidence("number", "high")]
    if not best and not high:
        if best is None and parts:
            draft.problem("best", "no total; the parts stand alone")
            _put_parts(draft, parts, event, sides, source, None)
        return
    total = draft.figure(
        "best" if best is not None else "high",
        "killed",
        value=best or 0,
        low=low,
        high=high,
        role="total" if parts else "alone",
        event=event,
        source=source,
        evidence=said,
    )
    ids = _put_parts(draft, parts, event, sides, source, total)
    added = [count for _, count, _, _ in parts]
    if all(given) and best is not None and sum(added) != best:
        draft.problem("best", f"not the sum of its four parts ({' + '.join(map(str, added)) or 0} = {sum(added)})")
        if ids:
            draft.contradict(total, ids, best, added)


def _put_parts(
    draft: Draft, parts: list[tuple[str, int, Status, str | None]], event: str, sides: dict[str, str], source: str | None, total: str | None
) -> list[str]:
    return [
        draft.figure(
            column,
            "killed",
            value=count,
            status=status,
            side=sides.get(side) if side else None,
            role="part" if total else "alone",
            of=total,
            event=event,
            source=source,
            evidence=draft.evidence("side", side) if side and side in sides else (),
        )
        for column, count, status, side in parts
    ]
