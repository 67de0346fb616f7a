"""Reports as tasks of Label Studio: each text with its claims marked, to be corrected by people and taken back in by the ids of claims.

The file is a list of tasks, one for each report that tells any of the incidents::

    {
      "data": {
        "text": "…",            the untouched text of the report
        "report": "ac9a58…",    its SHA-256, by which it is known again
        "id": "watana-30", "title": "…", "outlet": "…", "published": "2022-01-30",   texts, "" where unknown
        "incidents": ["inc-cb050b90af9a"]
      },
      "predictions": [{
        "model_version": "sijill",
        "result": [
          {"id": "eve-859744f7dd1f4cc9", "from_name": "label", "to_name": "text", "type": "labels",
           "value": {"start": 217, "end": 231, "text": "…", "labels": ["event:bodies_found"]},
           "meta": {"claim": "eve-859744f7dd1f4cc9", "what": "event", "modality": "asserted"}},
          {"id": "fig-b79dccb1f5cef29c", …, "labels": ["figure:killed"], "meta": {"claim": …, "what": "figure"}},
          {"id": "fig-b79dccb1f5cef29c.1", …, "labels": ["evidence:number"], "meta": {"claim": "fig-b79dccb1f5cef29c", "what": "number"}}
        ]
      }]
    }

Events alone have a `modality`: one that is not "asserted" was planned, denied or the like, and is no fact.

A label is what the words are (`event`, `figure` or `evidence`), a colon, and the kind, the effect or what the evidence is of. `id` is the
claim's own; evidence has the claim's with a point and its number after it, in the
order of the record. Whoever takes corrections in should go by `id`: Label Studio keeps it while a region is moved or given another label,
and makes one of its own for a new region, which has no `meta`.

**Counting.** `start` and `end` count code points of the text, as everywhere in sijill, and `end` is exclusive: so does Label Studio's own
page, which turns the UTF-16 units of the browser into code points before it keeps a region and back when it draws it. Versions of before
that change (2022) counted UTF-16 units; where an exported region and its `text` do not agree, that is why, and `text` is right.

Predictions and not annotations are written: nobody has confirmed them yet. A report without its text (a redacted export) is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any, get_args
from xml.sax.saxutils import quoteattr

from sijill.export.cells import as_json, whole
from sijill.export.forms import Tally
from sijill.export.grouping import Telling, by_report
from sijill.export.losing import Counting
from sijill.records import Case, CaseReport, Effect, EventClaim, EventKind, FigureClaim

__all__ = ["EVIDENCE", "labeling_config", "labels", "write"]

EVIDENCE = (
    "number", "effect", "who", "side", "event", "date", "time", "place", "agent", "target", "source", "modality", "role", "means",
)  # fmt: skip
"""What evidence is of; any other word of a record is written as it is, and has to be added to the configuration by hand."""

_COLOURS = {"event": "#1f6fb2", "figure": "#b3261e", "evidence": "#8a8a8a"}


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write the tasks. All reports are held while the cases come, for a report may tell several of them; `also` is further data of each.

    >>> import io, json
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {}).left_out
    {'no_text': 1}
    >>> json.loads(out.getvalue())
    []
    """
    counting = Counting("labelstudio")
    out.write(b"[")
    for tellings in by_report(_with_text(counting, cases)):
        out.write((b",\n" if counting.rows else b"\n") + as_json(_task(tellings, also)))
        counting.rows += 1
    out.write(b"\n]\n")
    return counting.tally()


def _with_text(counting: Counting, cases: Iterable[Case]) -> Iterator[tuple[str, list[CaseReport]]]:
    for case in counting.of(cases):
        reports = [one for one in case.reports if one.text is not None]
        if reports:
            yield case.incident.id, reports
        else:
            counting.leave_out("no_text")


def _task(tellings: Sequence[Telling], also: Mapping[str, str]) -> dict[str, Any]:
    report = tellings[0].report
    line, text = report.line, report.text or ""
    data = {"text": whole(text), "report": line.sha256, "id": whole(line.id)}
    data |= {name: whole(getattr(line, name) or "") for name in ("title", "outlet", "published")}
    found: dict[str, dict[str, Any]] = {}
    for telling in tellings:
        claims: list[EventClaim | FigureClaim] = [*telling.report.events, *telling.report.figures]
        for claim in claims:
            found |= {region["id"]: region for region in _regions(claim, text)}
    return {
        "data": {**data, "incidents": list(dict.fromkeys(whole(telling.incident) for telling in tellings)), **also},
        "predictions": [{"model_version": "sijill", "result": list(found.values())}],
    }


def _regions(claim: EventClaim | FigureClaim, text: str) -> Iterator[dict[str, Any]]:
    if isinstance(claim, EventClaim):
        region = _region(claim.claim, claim.claim, "event", f"event:{claim.kind}", text, claim.start, claim.end)
        yield {**region, "meta": {**region["meta"], "modality": claim.modality}}
    else:
        yield _region(claim.claim, claim.claim, "figure", f"figure:{claim.effect}", text, claim.start, claim.end)
    for number, one in enumerate(claim.evidence, start=1):
        if not (
            isinstance(claim, EventClaim) and one.what == "event" and (one.start, one.end) == (claim.start, claim.end)
        ):  # the region before it already
            yield _region(f"{claim.claim}.{number}", claim.claim, one.what, f"evidence:{one.what}", text, one.start, one.end)


def _region(id: str, claim: str, what: str, label: str, text: str, start: int, end: int) -> dict[str, Any]:
    return {
        "id": whole(id),
        "from_name": "label",
        "to_name": "text",
        "type": "labels",
        "value": {"start": start, "end": end, "text": whole(text[start:end]), "labels": [whole(label)]},
        "meta": {"claim": whole(claim), "what": whole(what)},
    }


def labels() -> list[str]:
    """Every label that a region can have.

    >>> labels()[0], labels()[-1]
    ('event:armed_assault', 'evidence:means')
    """
    groups = (("event", get_args(EventKind)), ("figure", get_args(Effect)), ("evidence", EVIDENCE))
    return [f"{group}:{kind}" for group, kinds in groups for kind in kinds]


def labeling_config() -> str:
    """The configuration that a project of Label Studio needs for these tasks, as XML. The text is set from right to left.

    >>> labeling_config().startswith("<View>")
    True
    """
    rows = [f"    <Label value={quoteattr(label)} background={quoteattr(_COLOURS[label.partition(':')[0]])}/>" for label in labels()]
    lines = [
        "<View>",
        '  <Header value="$title"/>',
        '  <Filter toName="label" minlength="0" name="filter"/>',
        '  <Labels name="label" toName="text" showInline="false">',
        *rows,
        "  </Labels>",
        '  <View style="direction: rtl; text-align: right; unicode-bidi: plaintext">',
        '    <Text name="text" value="$text"/>',
        "  </View>",
        "</View>",
    ]
    return "\n".join(lines) + "\n"
