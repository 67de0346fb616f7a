"""JSON-LD: it expands without a network, says the same to RDF as to JSON, and every claim is found again by its words and its place."""

from __future__ import annotations

import json
import socket
from pathlib import Path
from typing import Any

import msgspec
import pytest
from form_cases import CASE, CASES, CHILDREN, EVENT, FIGURE, SHA, SPOT, TEXT, reader, written

from sijill.records import Case, Report
from sijill.register import Register

OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
SCHEMA = "http://schema.org/"
OURS = "urn:sijill:term:"


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """No connection can be made."""

    def refused(*_: object) -> None:
        raise AssertionError("something was to be fetched")

    monkeypatch.setattr(socket.socket, "connect", refused)
    monkeypatch.setattr(socket, "create_connection", refused)


def graph(form: str, cases: list[Case] = CASES, **also: str) -> Any:
    return reader("rdflib").Graph().parse(data=written(form, cases, also), format="json-ld")


def nodes(form: str, cases: list[Case] = CASES) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in json.loads(written(form, cases))["@graph"]}


def ask(found: Any, query: str) -> list[tuple[str, ...]]:
    prefixes = f"PREFIX oa: <{OA}> PREFIX prov: <{PROV}> PREFIX schema: <{SCHEMA}> PREFIX our: <{OURS}> "
    return sorted(tuple(str(value) for value in row) for row in found.query(prefixes + query))


@pytest.mark.usefixtures("alone")
def test_nothing_is_lost_between_json_and_rdf() -> None:
    """Every property of every node is a triple: a key that the context did not know would be dropped without a word."""
    count = 0

    def walk(node: Any) -> None:
        nonlocal count
        for key, value in node.items():
            if key != "id":
                values = value if isinstance(value, list) else [value]
                count += len(set(map(json.dumps, values)))
                for one in values:
                    if isinstance(one, dict):
                        walk(one)

    for node in json.loads(written("jsonld"))["@graph"]:
        walk(node)
    assert len(graph("jsonld")) == count


@pytest.mark.usefixtures("alone")
def test_an_incident_is_an_event_with_its_figures() -> None:
    found = graph("jsonld")
    assert ask(found, "SELECT ?id ?d { ?id a schema:Event ; schema:startDate ?d }") == [
        ("urn:sijill:incident:inc-1a", "2022-03-01"),
        ("urn:sijill:incident:inc-2b", "2022-04-10"),
        ("urn:sijill:incident:inc-3c", "2022-04-11"),
    ]
    tolls = ask(found, "SELECT ?e ?l ?b ?h { ?i our:figures ?f . ?f our:effect ?e ; our:low ?l ; our:best ?b ; our:high ?h }")
    assert tolls == [("displaced", "40", "40", "40"), ("injured", "1", "1", "2"), ("killed", "2", "2", "2"), ("killed", "3", "5", "7")]
    names = ask(found, 'SELECT ?n { <urn:sijill:incident:inc-1a> schema:name ?n FILTER(lang(?n) = "ar") }')
    assert names == [("قصف · سرمين · من 1 إلى 2 آذار/مارس 2022",)]
    assert ask(found, "SELECT ?p { <urn:sijill:incident:inc-2b> schema:superEvent ?p }") == [("urn:sijill:incident:inc-1a",)]
    spots = ask(found, "SELECT ?lat { <urn:sijill:incident:inc-1a> schema:location ?p . ?p schema:geo/schema:latitude ?lat }")
    assert [float(lat) for (lat,) in spots] == [35.9031, 35.93]


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("form", ["jsonld", "annotations"])
def test_every_claim_is_found_by_its_words_and_its_place(form: str) -> None:
    query = """SELECT ?a ?start ?end ?exact ?before ?after { ?a a oa:Annotation ; oa:hasTarget ?t . ?t oa:hasSource ?s .
        ?t oa:hasSelector ?q . ?q oa:exact ?exact ; oa:prefix ?before ; oa:suffix ?after .
        ?t oa:hasSelector ?p . ?p oa:start ?start ; oa:end ?end }"""
    rows = ask(graph(form), query)
    for _, start, end, exact, before, after in rows:
        assert TEXT[int(start) : int(end)] == exact
        assert TEXT.count(before + exact + after) == 1
        assert TEXT.index(before + exact + after) + len(before) == int(start)
    claims = {f"urn:sijill:claim:{claim.claim}" for claim in (EVENT, FIGURE, CHILDREN)}
    evidence = {f"urn:sijill:claim:{claim.claim}.{n}" for claim in (EVENT, FIGURE) for n in range(1, len(claim.evidence) + 1)}
    assert {row[0] for row in rows} == claims | evidence


@pytest.mark.usefixtures("alone")
def test_who_read_and_who_judged() -> None:
    found = graph("jsonld")
    assert ask(found, "SELECT ?r ?w { ?r prov:used ?t ; prov:wasAssociatedWith ?w . ?t a prov:Entity }") == [
        (f"urn:sijill:reading:{sha}", "urn:sijill:reader") for sha in (SHA, "cd" * 32)
    ]
    judged = ask(
        found, "SELECT ?d ?c ?at ?n { ?j our:decision ?d ; prov:used ?c ; prov:endedAtTime ?at ; prov:wasAssociatedWith/rdfs:label ?n }"
    )
    assert [(row[0], row[1].split(":")[-1], row[3]) for row in judged] == [
        ("accept", FIGURE.claim, "ليلى"),
        ("edit", EVENT.claim, "ليلى"),
    ]
    generated = ask(found, "SELECT DISTINCT ?r { ?a prov:wasGeneratedBy ?r }")
    assert generated == [(f"urn:sijill:reading:{SHA}",)]


def test_a_report_of_two_incidents_is_written_once() -> None:
    found = json.loads(written("jsonld", [CASE, SPOT]))["@graph"]
    ids = [node["id"] for node in found]
    assert len(ids) == len(set(ids))
    assert f"urn:sha256:{SHA}" in ids


def test_collections_hold_the_claims_of_a_report() -> None:
    found = nodes("annotations", [CASE, SPOT])
    assert [node["label"] for node in found.values()] == ["قصف على سرمين", "sarmin-2"]
    first = found[f"urn:sijill:annotations:{SHA}"]
    assert first["total"] == len(first["first"]["items"]) == 6
    assert first["first"]["partOf"] == first["id"]


def test_without_a_text_positions_stay_and_words_do_not() -> None:
    report = msgspec.structs.replace(CASE.reports[0], text=None)
    found = nodes("jsonld", [msgspec.structs.replace(CASE, reports=[report])])
    (selector,) = found[f"urn:sijill:claim:{EVENT.claim}"]["target"]["selector"]
    assert selector == {"type": "TextPositionSelector", "start": EVENT.start, "end": EVENT.end}


def test_the_context_stands_inside() -> None:
    for form in ("jsonld", "annotations"):
        context = json.loads(written(form))["@context"]
        assert isinstance(context, dict)
        assert not [value for value in context.values() if isinstance(value, dict) and "@context" in value]


def test_the_words_of_a_register_are_found_in_its_texts(tmp_path: Path) -> None:
    lines = (Path(__file__).parent.parent / "register" / "hasakah.jsonl").read_text(encoding="utf-8").splitlines()
    reports = [Report.of(row.pop("text"), **row) for row in map(json.loads, lines[:4])]
    texts = {f"urn:sha256:{report.sha256}": report.text for report in reports}
    with Register(str(tmp_path / "r.db"), by="tester") as register:
        register.add_reports(reports)
        collections = nodes("annotations", list(register.cases()))
    found = [item["target"] for collection in collections.values() for item in collection["first"]["items"]]
    assert len(found) > 50
    for target in found:
        quote, position = target["selector"]
        text = texts[target["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text
