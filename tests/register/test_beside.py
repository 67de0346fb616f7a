"""What is written beside an export: true of the file, complete, in both languages, harmless whatever a report says."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hasakah import REPORTS

from sijill import Register, Report
from sijill.cli import cli
from sijill.errors import InputError
from sijill.export.accompanying import fields_of, spared_of
from sijill.export.forms import FORMS, TABLE_FORMS, Tally
from sijill.export.html import words
from sijill.store import IncidentFilter

NAMES = [*TABLE_FORMS, *(form.name for form in FORMS)]
ENDINGS = {form.name: form.ending for form in FORMS} | {name: f".{name}" for name in TABLE_FORMS}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with Register(str(tmp_path_factory.mktemp("beside") / "r.sijill")) as made:
        made.add_reports([*REPORTS, Report.of("أصيب ثلاثة مدنيين في قصف بمحيط القرية.", outlet="</script><b>")])
        yield made


@pytest.mark.parametrize("form", NAMES)
def test_every_form_comes_with_what_it_is(register: Register, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"data{ENDINGS[form]}"
    tally = register.export(str(path), form=form, readme=True)
    readme = (tmp_path / f"{path.name}.README.md").read_text("utf-8")
    page = (tmp_path / f"{path.name}.about.html").read_text("utf-8")
    sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
    for text in (readme, page):
        assert sha256 in text
        assert register.store.head()[1] in text
        assert f"{tally.rows:,}" in text
    english, arabic = readme.split("\n---\n")
    assert "## Data dictionary" in english
    assert "## معجم الحقول" in arabic
    assert english.count("\n| `") == arabic.count("\n| `") > 3
    assert "http" not in re.sub(r"<meta[^>]+>", "", page)
    assert words("form", form).en != words("form", form).ar, "the form has no words"


@pytest.mark.parametrize("form", NAMES)
def test_every_loss_that_was_counted_is_told(register: Register, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"data{ENDINGS[form]}"
    tally = register.export(str(path), form=form, readme=True)
    readme = (tmp_path / f"{path.name}.README.md").read_text("utf-8")
    english = readme.split("\n---\n")[0]
    assert len(re.findall(r"^- .* \(\d[\d,]*\)$", english.partition("## How they were made")[2].partition("## ")[2], re.MULTILINE)) == len(
        tally.lost
    ) + len(tally.left_out)


def test_the_same_register_gives_the_same_files(register: Register, tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        for form in NAMES:
            register.export(str(tmp_path / folder / f"data{ENDINGS[form]}"), form=form, readme=True)
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []


def test_it_says_what_was_chosen_and_by_which_policy(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    register.export(
        str(path), form="csv", where=IncidentFilter(country="SY", text="سجن `x` <b>"), level="public", policy="acled", readme=True
    )
    readme = (tmp_path / "a.csv.README.md").read_text("utf-8")
    assert "- `country` = `SY`" in readme
    assert "- `text` = `سجن 'x' <b>`" in readme
    assert "«acled»" in readme
    assert "level public" in readme
    page = (tmp_path / "a.csv.about.html").read_text("utf-8")
    assert "<b>" not in page


def test_figures_are_by_the_policy_that_was_asked_for(register: Register, tmp_path: Path) -> None:
    lowest, usual = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    register.export(str(lowest), form="jsonl", policy="acled")
    register.export(str(usual), form="jsonl")
    assert '"policy":"acled"' in lowest.read_text("utf-8")
    assert '"policy":"acled"' not in usual.read_text("utf-8")
    with pytest.raises(InputError, match="there is no policy"):
        register.export(str(tmp_path / "c.jsonl"), form="jsonl", policy="mean")
    assert not (tmp_path / "c.jsonl").exists()


@pytest.mark.browser
def test_the_page_opens_in_both_languages(register: Register, tmp_path: Path, opened_page) -> None:
    path = tmp_path / "a.kml"
    register.export(str(path), form="kml", readme=True)
    tab = opened_page((tmp_path / "a.kml.about.html").read_text("utf-8"), width=390)
    assert tab.inner_text("h1") == "عن هذه البيانات"
    tab.click("[data-language=en]")
    assert tab.inner_text("h1") == "About these data"
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


def test_the_command_line_writes_both_or_neither(tmp_path: Path) -> None:
    kept = str(tmp_path / "r.sijill")
    with Register(kept) as register:
        register.add_reports(REPORTS[-2:])
    run = CliRunner().invoke(cli, ["export", str(tmp_path / "a.geojson"), "--register", kept])
    assert run.exit_code == 0, run.output
    assert sorted(path.name for path in tmp_path.glob("a.*")) == ["a.geojson", "a.geojson.README.md", "a.geojson.about.html"]
    run = CliRunner().invoke(cli, ["export", str(tmp_path / "b.ics"), "--register", kept, "--no-readme"])
    assert (run.exit_code, (tmp_path / "b.ics.README.md").exists()) == (0, False)


@pytest.mark.parametrize("form", NAMES)
def test_what_is_said_of_a_form_is_said_in_both_languages(form: str) -> None:
    for table in ("incidents", "figures", "claims") if form in TABLE_FORMS else ("",):
        nothing = Tally(incidents=0, rows=0)
        said = [*fields_of(form, table), *spared_of(form, table, nothing)]
        assert said
        for one in said:
            assert re.search("[\u0600-\u06ff]", one.means.ar), one
            assert re.search("[a-z]", one.means.en), one
