"""Incidents as linked data (JSON-LD 1.1): everything with its provenance, or the evidence alone as collections of Web Annotations.

What the nodes are is in `export/linked.py`. The context stands in the file, so that it expands without a network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

from sijill.export.cells import as_json
from sijill.export.forms import Tally
from sijill.export.grouping import Telling, by_report
from sijill.export.html import shown
from sijill.export.linked import CONTEXT, READER, annotated, case_nodes, iri, report_iri
from sijill.export.losing import Counting
from sijill.export.plain import plain
from sijill.records import Case, CaseReport

__all__ = ["write", "write_annotations"]


def write(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write the graph of all cases as they come. `also` are further properties of the dataset.

    A report or an actor of several cases is written once; of those written the ids alone are held.

    >>> import io, json
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {}).rows
    1
    >>> [node["id"] for node in json.loads(out.getvalue())["@graph"]]
    ['urn:sijill:dataset', 'urn:sijill:reader', 'urn:sijill:incident:inc-1']
    """
    counting, graph = Counting("jsonld"), _Graph(out)
    dataset = {"id": "urn:sijill:dataset", "type": "Dataset", "name_ar": "سجل الحوادث", "name_en": "Register of incidents"}
    graph.add({**dataset, **{key: shown(value) for key, value in also.items()}})
    graph.add({"id": READER, "type": "SoftwareAgent", "label": "sijill"})
    for case in counting.of(cases):
        for node in case_nodes(case, plain(case)):
            graph.add(node)
        counting.rows += 1
    graph.close()
    return counting.tally()


def write_annotations(cases: Iterable[Case], out: IO[bytes], also: Mapping[str, str]) -> Tally:
    """Write a collection of annotations for each report: the words of its claims and of their evidence, and nothing reconciled.

    All reports are held while the cases come, for a report may tell several of them. `also` are further properties of each collection.

    >>> import io
    >>> from sijill.records import Incident
    >>> out = io.BytesIO()
    >>> write_annotations([Case(incident=Incident(id="inc-1", kind="shelling"))], out, {}).rows
    0
    """
    counting, graph = Counting("annotations"), _Graph(out)
    for tellings in by_report(_reports(counting, cases)):
        graph.add({**_collection(tellings), **{key: shown(value) for key, value in also.items()}})
        counting.rows += 1
    graph.close()
    return counting.tally()


def _reports(counting: Counting, cases: Iterable[Case]) -> Iterator[tuple[str, list[CaseReport]]]:
    for case in counting.of(cases):
        yield case.incident.id, case.reports


def _collection(tellings: Sequence[Telling]) -> dict[str, Any]:
    line = tellings[0].report.line
    items = {node["id"]: node for telling in tellings for node in annotated(telling.report)}
    id = iri("annotations", line.sha256)
    page = {"id": f"{id}:1", "type": "AnnotationPage", "partOf": id, "startIndex": 0, "items": list(items.values())}
    label = shown(line.title or line.id)
    return {"id": id, "type": "AnnotationCollection", "label": label, "about": report_iri(line.sha256), "total": len(items), "first": page}


class _Graph:
    """A graph that is written node by node."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._seen = out, set[str]()
        out.write(b'{"@context":' + as_json(CONTEXT) + b',\n"@graph":[')

    def add(self, node: dict[str, Any]) -> None:
        """Write a node, unless one of its id was written."""
        if node["id"] not in self._seen:
            self._out.write((b",\n" if self._seen else b"\n") + as_json(node))
            self._seen.add(node["id"])

    def close(self) -> None:
        self._out.write(b"\n]}\n")
