"""Fixtures that several files of tests use."""

import os
import shutil
from collections.abc import Iterator

import pytest
from serving import Server

try:
    from playwright import sync_api
except ImportError:
    sync_api = None

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]


@pytest.fixture
def server() -> Iterator[Server]:
    """A web server on this machine."""
    made = Server()
    yield made
    made.close()


@pytest.fixture(scope="module")
def chromium():
    """A browser; where there is none the tests that want it are skipped, and fail where CI is set.

    It ends with its module: while it runs a thread is there, and where threads are no process may fork.
    """
    path = os.environ.get("SIJILL_CHROMIUM") or shutil.which("chromium")
    missing = (
        "Playwright is not installed" if sync_api is None else None if path else "no Chromium: install it, or name it in SIJILL_CHROMIUM"
    )
    if missing and os.environ.get("CI"):
        pytest.fail(missing)
    if missing:
        pytest.skip(missing)
    with sync_api.sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def opened_page(chromium, tmp_path):
    """Opens a page from a file; afterwards nothing may have been fetched, logged as an error, or popped up."""
    contexts, trouble = [], []

    def opened(source, *, width=1400, height=900, **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: message.type in ("error", "warning") and trouble.append(message.text))
        tab.on("pageerror", lambda error: trouble.append(str(error)))
        tab.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        tab.on("request", lambda request: request.url.startswith(("file:", "data:")) or trouble.append(request.url))
        file = tmp_path / f"page{len(contexts)}.html"
        file.write_text(source, "utf-8")
        tab.goto(file.as_uri())
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []
