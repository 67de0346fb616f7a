"""The OpenAPI document and what the API does agree, whatever is asked: made-up requests, the same ones every time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from desk_api_factory import REPORTS, Api, opened
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from sijill.desk.rights import RIGHTS

_EXAMPLES = 20
_OF_A_REPORT = ("/reports/{sha256}", "/reports/{sha256}/reading", "/reports/{sha256}/acquisitions", "/originals/{sha256}")
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]


@pytest.fixture(scope="module")
def desk(hasakah: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    path = tmp_path_factory.mktemp("schema") / "r.db"
    shutil.copyfile(hasakah, path)
    with opened(path) as register, (api := Api(register)).client:
        yield api


@pytest.mark.slow
def test_what_is_answered_is_what_is_described(desk: Api) -> None:
    described = schemathesis.openapi.from_asgi("/api/schema/openapi.json", desk.app)
    ids = there(desk)
    tried = 0
    for found in described.get_all_operations():
        operation = found.ok()
        try_out(operation.as_strategy())
        if operation.body or list(operation.iter_parameters()):
            try_out(operation.as_strategy(generation_mode=GenerationMode.NEGATIVE))
        if operation.label in ids:
            try_out(operation.as_strategy(path_parameters=ids[operation.label]))
        tried += 1
    assert tried == len(operations(desk))


def there(desk: Api) -> dict[str, dict[str, str]]:
    """Ids of what is there, for routes that a made-up id leads nowhere on."""
    sha = REPORTS[0].sha256
    claim = desk.register.reading(sha).events[0].claim
    incident = desk.register.store.incident_of(claim)
    assert incident
    by_path = {
        "/incidents/{id}": {"id": incident},
        "/incidents/{id}/dossier": {"id": incident},
        "/incidents/{id}/parts": {"id": incident},
        "/claims/{id}": {"id": claim},
        **{path: {"sha256": sha} for path in _OF_A_REPORT},
    }
    return {f"GET /api/v1{path}": ids for path, ids in by_path.items()}


def try_out(strategy: Any) -> None:
    """Send some of the requests of a strategy, the same ones every time."""

    @seed(7)
    @settings(max_examples=_EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=strategy)
    def sent(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    sent()


def operations(desk: Api) -> dict[str, Any]:
    document = desk.client.get("/api/schema/openapi.json").json()
    return {f"{method.upper()} {path}": one for path, item in document["paths"].items() for method, one in item.items()}


def test_every_route_says_what_it_does_what_it_needs_and_how_it_refuses(desk: Api) -> None:
    found = operations(desk)
    assert len(found) >= 20
    assert all(route.split(" ")[1].startswith("/api/v1/") for route in found)
    for route, one in found.items():
        assert one["summary"], route
        assert any(f"Needs the right to {right}." in one["description"] for right in RIGHTS), route
        assert one["security"] == [{"session": []}, {"token": []}], route
        assert {"400", "401", "403", "503"} <= set(one["responses"]), route
        for status, answer in one["responses"].items():
            if int(status) >= 400:
                assert answer["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Refusal"}, route
        for parameter in one.get("parameters", []):
            assert parameter["description"], (route, parameter["name"])
        if route.startswith("GET "):
            assert "304" in one["responses"] or route.endswith(("/export", "/file")), route
        else:
            assert one["requestBody"]["required"], route


def test_every_parameter_has_a_bound(desk: Api) -> None:
    for route, one in operations(desk).items():
        for parameter in one.get("parameters", []):
            written = str(parameter["schema"])
            bounds = ("maxLength", "maximum", "enum", "pattern", "boolean", "'format': 'date'")
            assert any(bound in written for bound in bounds), (route, parameter["name"])


def test_the_document_is_all_that_is_served_of_it(desk: Api) -> None:
    """No page that would load scripts from elsewhere."""
    for path in ("swagger", "redoc", "elements", "rapidoc", "scalar", "stoplight", "oauth2-redirect.html", "openapi.yaml"):
        answer = desk.client.get(f"/api/schema/{path}")
        assert answer.status_code == 404, path
        assert "<script" not in answer.text
    assert desk.client.get("/api/schema").json()["openapi"].startswith("3.")
