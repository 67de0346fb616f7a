"""The desk in a real browser on a real database: the ways that people take through it, in both languages; nothing leaves the machine."""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from prison_desk import filled

from sijill.desk.app import create_app, only
from sijill.register import Register

try:
    from axe_playwright_python.sync_playwright import Axe
    from playwright import sync_api
except ImportError:
    sync_api = None  # type: ignore[assignment]

pytestmark = pytest.mark.browser

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
Page = Any


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
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


class Served:
    """A desk that really listens."""

    def __init__(self, register: Register) -> None:
        self.register = register
        listening = socket.socket()
        listening.bind(("127.0.0.1", 0))
        self.host = f"127.0.0.1:{listening.getsockname()[1]}"
        app = create_app(register, only("amal"), hosts=[self.host])
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    with filled(tmp_path / "r.db") as register, contextlib.closing(Served(register)) as desk:
        yield desk


@pytest.fixture
def visit(browser: Any, served: Served) -> Iterator[Callable[..., Page]]:
    """Opens a page of the desk; afterwards nothing may have been asked of another machine, logged as an error, or popped up."""
    contexts, trouble = [], list[str]()

    def opened(path: str = "/", *, language: str = "ar", width: int = 1400, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        tab = context.new_page()
        tab.on("console", lambda message: message.type in ("error", "warning") and trouble.append(message.text))
        tab.on("pageerror", lambda error: trouble.append(str(error)))
        tab.on("dialog", lambda dialog: (trouble.append(f"dialog {dialog.message}"), dialog.dismiss()))
        tab.on("request", lambda request: request.url.startswith((served.url(), "data:")) or trouble.append(request.url))
        tab.goto(served.url(path))
        if language == "en":
            tab.click("[data-language=en]")
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []


def prison(served: Served) -> str:
    return f"/incident/{served.register.store.incidents(sort='reports').incidents[0].id}"


LABELS = {
    "ar": {
        "killed": "القتلى، على الأقل",
        "show": "اعرض",
        "kind": "هجوم مسلح",
        "decide": "القرار",
        "undo": "تراجع",
        "reject": "استبعاد",
        "same": "الحادثة نفسها",
    },
    "en": {
        "killed": "Killed, at least",
        "show": "Show",
        "kind": "armed assault",
        "decide": "Decide",
        "undo": "Undo",
        "reject": "reject",
        "same": "the same",
    },
}
IN_VIEW = "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_from_the_list_to_the_words_of_a_number(visit: Callable[..., Page], served: Served, language: str) -> None:
    say = LABELS[language]
    tab = visit(language=language)
    assert tab.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    tab.get_by_label(say["killed"]).fill("100")
    tab.get_by_role("button", name=say["show"], exact=True).click()
    assert "killed=100" in tab.url
    tab.get_by_role("link", name=say["kind"]).first.click()
    tab.locator(".figure-line .to-words", has_text="374").first.click()
    tab.wait_for_selector("mark.selected")
    words = " ".join(tab.eval_on_selector_all("mark.selected", "marks => marks.map(mark => mark.textContent)"))
    assert "374" in words
    assert tab.eval_on_selector(
        "mark.selected", "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
    )
    tab.go_back()
    assert "/incident/" in tab.url
    assert tab.evaluate("document.documentElement.lang") == language, "the language is remembered from page to page"


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_figure_is_corrected_by_keyboard_and_taken_back(visit: Callable[..., Page], served: Served, language: str) -> None:
    say = LABELS[language]
    reading = next(r for r in served.register.store.readings() if r.figures)
    figure = reading.figures[0]
    tab = visit(f"/report/{reading.sha256}?claim={figure.claim}", language=language)
    row = tab.locator(f'[data-key="{figure.id}"]')
    row.locator("summary", has_text=say["decide"]).press("Enter")
    row.locator("input[name=value]").fill("9")
    row.locator("input[name=note]").fill("حسب الجدول")
    row.locator("input[name=note]").press("Enter")
    tab.wait_for_selector(".said")
    assert served.register.reading(reading.sha256).figures[0].value == 9
    assert "9" in row.locator(".number").inner_text()
    tab.locator(".said").get_by_role("button", name=say["undo"]).click()
    tab.wait_for_selector(".said", state="detached")
    assert served.register.reading(reading.sha256).figures[0].value == figure.value


SELECT = """([words]) => {
  for (const line of document.querySelectorAll(".report-text > p")) {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    let text = "", nodes = [];
    while (walker.nextNode()) { nodes.push([walker.currentNode, text.length]); text += walker.currentNode.data; }
    const at = text.indexOf(words);
    if (at < 0) continue;
    const place = (offset) => { const [node, start] = nodes.filter(([, start]) => start <= offset).pop(); return [node, offset - start]; };
    const range = document.createRange();
    range.setStart(...place(at));
    range.setEnd(...place(at + words.length));
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    line.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    return true;
  }
  return false;
}"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_selected_words_become_a_claim(visit: Callable[..., Page], served: Served, language: str) -> None:
    """The words span marks and plain text, and stand behind others on their line."""
    report = next(r for r in served.register.store.reports() if "3500" in r.text)
    words = "السجن، الذي يضم نحو 3500"
    assert words in report.text
    tab = visit(f"/report/{report.sha256}", language=language)
    assert tab.evaluate(SELECT, [words])
    form = tab.locator("#add-claim form").first
    assert form.locator("input[name=words]").input_value() == words
    form.locator("select[name=effect]").select_option("displaced")
    form.locator("input[name=value]").fill("3500")
    form.get_by_role("button").click()
    tab.wait_for_selector("mark.selected")
    added = next(f for f in served.register.reading(report.sha256).figures if f.effect == "displaced")
    assert (added.quote, report.text[added.start : added.end]) == (words, words)
    assert "".join(tab.eval_on_selector_all("mark.selected", "marks => marks.map(mark => mark.textContent)")) == words


@pytest.mark.parametrize("language", ["ar", "en"])
def test_two_incidents_are_merged_and_parted(visit: Callable[..., Page], served: Served, language: str) -> None:
    say = LABELS[language]
    before = served.register.count().incidents
    tab = visit("/review?what=pairs", language=language)
    tab.get_by_role("button", name=say["same"]).first.click()
    tab.wait_for_selector(".said")
    assert served.register.count().incidents == before - 1
    tab.locator(".said").get_by_role("button", name=say["undo"]).click()
    tab.wait_for_selector(".said", state="detached")
    assert served.register.count().incidents == before


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_second_reviewer_disagrees_and_both_are_kept(visit: Callable[..., Page], served: Served, language: str) -> None:
    say = LABELS[language]
    reading = next(r for r in served.register.store.readings() if r.figures)
    claim = reading.figures[0].claim
    served.register.judge("accept", claim, by="hadi", note="قرأته")
    tab = visit(f"/report/{reading.sha256}?claim={claim}", language=language)
    row = tab.locator(f'[data-key="{reading.figures[0].id}"]')
    row.locator("summary", has_text=say["decide"]).click()
    assert "hadi" in row.locator(".decisions").inner_text()
    row.get_by_role("button", name=say["reject"]).click()
    tab.wait_for_selector(".said")
    assert [(j.by, j.decision) for j in served.register.store.judgements()] == [("hadi", "accept"), ("amal", "reject")]
    tab.locator(".left-out summary").click()
    assert {"hadi", "amal"} <= set(tab.locator(".left-out .decision bdi").all_inner_texts())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_list_is_exported_redacted(visit: Callable[..., Page], served: Served, language: str) -> None:
    say = {"ar": ("تصدير هذه القائمة", "احفظ"), "en": ("Export this list", "Save")}[language]
    tab = visit("/?place=سجن غويران&sort=harm", language=language)
    tab.locator(".export summary", has_text=say[0]).click()
    tab.locator(".export select[name=table]").select_option("claims")
    tab.locator(".export select[name=level]").select_option("public")
    with tab.expect_download() as kept:
        tab.locator(".export").get_by_role("button", name=say[1]).click()
    text = Path(kept.value.path()).read_text("utf-8-sig")
    assert kept.value.suggested_filename == "claims-public.csv"
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) > 20
    assert {row["redaction"] for row in rows} == {"public"}
    for reading in served.register.store.readings():
        for claim in (*reading.events, *reading.figures):
            assert len(claim.quote) < 12 or claim.quote not in text
    assert "غويران" not in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_finds_no_serious_violation(visit: Callable[..., Page], served: Served, language: str, scheme: str) -> None:
    sha = next(iter(served.register.store.reports())).sha256
    tab = visit(language=language, color_scheme=scheme)
    for path in ("/", prison(served), f"/report/{sha}", "/review", "/review?what=pairs", "/reports?q=سجن", "/audit", "/nowhere"):
        tab.goto(served.url(path)) if path != "/nowhere" else None
        tab.wait_for_load_state("networkidle")
        found = Axe().run(tab).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found if v["impact"] in ("serious", "critical")] == [], path


@pytest.mark.parametrize(("language", "other"), [("ar", "en"), ("en", "ar")])
def test_a_page_speaks_one_language_at_a_time(visit: Callable[..., Page], served: Served, language: str, other: str) -> None:
    sha = next(iter(served.register.store.reports())).sha256
    tab = visit(language=language)
    for path in ("/", prison(served), f"/report/{sha}", "/review?what=pairs", "/review?what=disputes", "/reports", "/audit"):
        tab.goto(served.url(path))
        tab.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
        shown = f"all => all.filter((one) => one.offsetParent && one.className === '{other}').map((one) => one.textContent)"
        assert tab.eval_on_selector_all(f".{other}", shown) == [], path


@pytest.mark.parametrize("width", [390, 1400])
def test_no_page_is_wider_than_its_window(visit: Callable[..., Page], served: Served, width: int) -> None:
    sha = next(iter(served.register.store.reports())).sha256
    tab = visit(width=width)
    for path in ("/", prison(served), f"/report/{sha}", "/review?what=pairs", "/reports", "/audit"):
        tab.goto(served.url(path))
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path


def test_pages_can_be_read_without_scripts_and_on_paper(visit: Callable[..., Page], served: Served) -> None:
    tab = visit(prison(served), java_script_enabled=False)
    assert tab.locator(".figure-line .to-words").count() > 10
    tab.emulate_media(media="print")
    assert not tab.locator(".desk-head nav").is_visible()
    assert tab.locator(".ledger").is_visible()


def test_pages_are_light(visit: Callable[..., Page], served: Served) -> None:
    """Everything that a first visit fetches, but the map's data, is less than 300 kB."""
    sizes: dict[str, int] = {}
    tab = visit("/reports")
    tab.on("response", lambda answer: sizes.__setitem__(answer.url, int(answer.headers.get("content-length") or 0)))
    for path in ("/", prison(served), f"/report/{next(iter(served.register.store.reports())).sha256}"):
        sizes.clear()
        tab.goto(served.url(path), wait_until="networkidle")
        assert sum(size for url, size in sizes.items() if "basemap" not in url and "/map" not in url) < 300_000, sizes
