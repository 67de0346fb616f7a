"""The HTML page in a real browser: text and record linked both ways, nothing fetched, nothing run that a report says."""

import pytest
from test_html import HOSTILE, hostile_page, sample

from sijill.export.html import render

pytestmark = pytest.mark.browser


@pytest.fixture
def visit(opened_page):
    """Opens a page from a file, by default that of the sample."""
    return lambda source=None, **options: opened_page(source if source is not None else render(*sample()), **options)


def highlighted(tab) -> str:
    return " ".join(tab.eval_on_selector_all("mark.selected", "marks => marks.map(mark => mark.textContent)"))


def selected_row(tab) -> list[str]:
    return tab.eval_on_selector_all(".row.selected", "rows => rows.map(row => row.dataset.key)")


def in_view(tab, selector) -> bool:
    script = "e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }"
    return tab.eval_on_selector(selector, script)


# --- both ways ------------------------------------------------------------------------------------------------------


def test_click_on_a_figure_highlights_its_words(visit):
    tab = visit()
    tab.click("#r-f10 .number")
    assert selected_row(tab) == ["f10"]
    assert highlighted(tab) == "77 من العاملين والحراس"
    assert in_view(tab, "mark.selected")


def test_a_clicked_row_stays_where_it_is(visit):
    tab = visit(height=600)
    row = tab.locator("#r-f16")
    row.scroll_into_view_if_needed()
    before = row.bounding_box()["y"]
    row.locator(".number").click()
    assert row.bounding_box()["y"] == before
    assert in_view(tab, "mark.selected")


def test_click_on_words_selects_their_row(visit):
    tab = visit()
    tab.click('mark[data-ids="f11"]')
    assert selected_row(tab) == ["f11"]
    assert in_view(tab, "#r-f11")


def test_clicks_on_shared_words_go_round_their_items(visit):
    tab = visit()
    words = tab.locator('mark[data-ids~="p1"][data-ids~="e1"]').first
    wanted = words.get_attribute("data-ids").split()
    met = []
    for _ in wanted:
        words.click()
        met += selected_row(tab)
    assert met == wanted
    assert met[0] == "p1"


def test_hover_shows_the_other_side(visit):
    tab = visit()
    tab.hover("#r-f13")
    assert tab.locator("mark.hover").all_inner_texts() == ["374"]
    tab.hover('mark[data-ids="f11"]')
    assert tab.locator(".row.hover").get_attribute("data-key") == "f11"


def test_contradiction_highlights_every_figure_of_its_sum(visit):
    tab = visit()
    tab.click("#r-c1 .sum")
    assert [number for number in ("114", "77", "40", "4") if number in highlighted(tab)] == ["114", "77", "40", "4"]


def test_link_to_an_event_goes_there(visit):
    tab = visit()
    tab.click("#r-f1 a[data-go=e2]")
    assert selected_row(tab) == ["e2"]
    assert in_view(tab, "#r-e2")


def test_circle_on_the_map_selects_place_and_its_events(visit):
    tab = visit()
    tab.locator("#map").scroll_into_view_if_needed()
    tab.locator("#map path.area").last.dispatch_event("click")
    assert selected_row(tab) == ["p1"]
    assert "سجن الصناعة" in highlighted(tab)
    related = tab.eval_on_selector_all(".row.event.related", "rows => rows.map(row => row.dataset.key)")
    assert related == ["e1", "e2", "e5"]
    assert tab.locator("#map path.area.chosen").count() == 1


def test_address_with_an_item_opens_on_it(visit, tmp_path):
    tab = visit()
    tab.goto(tab.url.split("#")[0] + "#r-f9")
    tab.reload()
    assert selected_row(tab) == ["f9"]


# --- keyboard -------------------------------------------------------------------------------------------------------


def test_keys_walk_the_rows(visit):
    tab = visit()
    tab.keyboard.press("j")
    assert selected_row(tab) == ["c1"]
    tab.keyboard.press("j")
    tab.keyboard.press("ArrowDown")
    assert selected_row(tab) == ["e13"]
    tab.keyboard.press("k")
    assert selected_row(tab) == ["c2"]
    tab.keyboard.press("Escape")
    assert selected_row(tab) == []
    assert highlighted(tab) == ""


def test_enter_on_words_and_on_a_row(visit):
    tab = visit()
    tab.locator("mark[data-ids=f3], mark[data-ids^='f3 ']").first.focus()
    tab.keyboard.press("Enter")
    assert selected_row(tab) == ["f3"]
    tab.locator("#r-f8").focus()
    tab.keyboard.press("Enter")
    assert selected_row(tab) == ["f8"]
    assert highlighted(tab) == "ما بين 4 و6 من المهاجمين"


def test_tab_reaches_text_and_record(visit):
    tab = visit()
    reached = set()
    for _ in range(100):
        tab.keyboard.press("Tab")
        reached.add(tab.evaluate("document.activeElement.tagName + (document.activeElement.closest('#record') ? ' record' : '')"))
    assert {"MARK", "BUTTON", "LI record"} <= reached


# --- language, colours, size ----------------------------------------------------------------------------------------


def test_language_switch_is_remembered(visit):
    tab = visit()
    assert tab.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    tab.click("[data-language=en]")
    assert tab.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["en", "ltr"]
    assert tab.locator("#timeline-title").inner_text() == "Timeline"
    assert tab.locator("nav.contents").get_attribute("aria-label") == "Sections of the record"
    assert tab.evaluate("getComputedStyle(document.querySelector('.report-text p')).direction") == "rtl"
    tab.wait_for_timeout(300)  # a browser under load writes down what it remembers a moment later
    tab.reload()
    assert tab.evaluate("document.documentElement.lang") == "en"


def test_colours_follow_the_system_and_the_button(visit):
    paper = "getComputedStyle(document.body).backgroundColor"
    tab = visit(color_scheme="dark")
    dark = tab.evaluate(paper)
    tab.click("#theme")
    light = tab.evaluate(paper)
    assert dark != light
    assert visit(color_scheme="light").evaluate(paper) == light


def test_kinds_can_be_hidden(visit):
    tab = visit()
    line = "getComputedStyle(document.querySelector('.report-text .k-date')).textDecorationLine"
    assert tab.evaluate(line) == "underline"
    tab.click("[data-kind=date]")
    assert tab.evaluate(line) == "none"
    assert tab.locator("[data-kind=date]").get_attribute("aria-pressed") == "false"


@pytest.mark.parametrize("width", [360, 390, 768, 900, 1400])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_nothing_sticks_out(visit, width, language):
    tab = visit(width=width)
    tab.click(f"[data-language={language}]")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_phone_has_a_way_back(visit):
    tab = visit(width=390, height=800)
    tab.click("#r-f10 .number")
    assert in_view(tab, "mark.selected")
    tab.click("#bar [data-to=record]")
    assert in_view(tab, "#r-f10")


def test_sums_run_left_to_right_in_arabic(visit):
    script = """() => {
      const words = document.querySelector('#r-c1 .sum bdi').firstChild, box = (text) => {
        const range = document.createRange(), at = words.data.indexOf(text);
        range.setStart(words, at); range.setEnd(words, at + text.length); return range.getBoundingClientRect().left };
      return ['77', '40', '121', '114'].map(box) }"""
    places = visit().evaluate(script)
    assert places == sorted(places)


def test_paper_has_text_and_record_and_no_buttons(visit):
    tab = visit()
    tab.emulate_media(media="print")
    assert tab.locator(".report-text").is_visible()
    assert tab.locator("#r-f9").is_visible()
    assert not tab.locator(".tools").is_visible()
    assert not tab.locator("#map").is_visible()


def test_scripts_off_leaves_a_readable_page(visit):
    tab = visit(java_script_enabled=False)
    assert "77 من العاملين والحراس" in tab.locator(".report-text").inner_text()
    assert tab.locator("#r-f9").is_visible()
    assert not tab.locator(".tools").is_visible()
    assert tab.locator("mark").count() > 20


def test_embedded_type_is_used(visit):
    tab = visit()
    tab.evaluate("document.fonts.ready")
    assert tab.evaluate("document.fonts.check('16px \"Noto Naskh Arabic\"', 'ع')")
    assert tab.evaluate("[...document.fonts].some(face => face.status === 'loaded')")


# --- hostile reports ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bad", HOSTILE)
def test_nothing_in_a_report_runs(visit, bad):
    tab = visit(hostile_page(bad))  # an alert would be a dialog, a blocked script a console error: both fail
    tab.click("[data-language=en]")
    tab.locator(".row").first.click(position={"x": 3, "y": 3})
    for mark in tab.locator("mark").all():
        mark.hover()
    assert len(selected_row(tab)) == 1
    assert tab.evaluate("document.images.length") == 0
