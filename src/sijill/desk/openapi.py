"""The description of the API that programs read: one JSON document, and no page that would load scripts from elsewhere."""

from __future__ import annotations

from litestar import Router
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme, Tag

from sijill.desk.rights import needs
from sijill.desk.team import COOKIE

__all__ = ["PATH", "config"]

PATH = "/api/schema/openapi.json"
"""Where the document is."""

_SAID = """\
The same records as the command line and the Python library give, as JSON.

Every GET of a record or a list carries an ETag; sent back as If-None-Match it gives 304 while nothing has changed. A refusal is an object
with `error`, in one line. A parameter that is not known is refused. Unknown is null, never zero."""


def config() -> OpenAPIConfig:
    """How the document is made and served; anybody may see it, for it says nothing of the register."""
    return OpenAPIConfig(
        title="sijill",
        version="1",
        description=_SAID,
        openapi_router=Router("/api/schema", route_handlers=[], opt=needs(None), include_in_schema=False),
        render_plugins=[JsonRenderPlugin()],
        components=Components(
            security_schemes={
                "session": SecurityScheme(
                    type="apiKey", name=COOKIE, security_scheme_in="cookie", description="Who signed in on the pages of the desk."
                ),
                "token": SecurityScheme(type="http", scheme="bearer", description="A token of an account."),
            }
        ),
        tags=[
            Tag(name="incidents", description="What many reports say of one incident."),
            Tag(name="reports", description="Reports, what was read from them, and where they came from."),
            Tag(name="judgements", description="What people decided; it wins over what was computed, and can be taken back."),
            Tag(name="register", description="The register as a whole."),
        ],
    )
