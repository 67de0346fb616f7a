"""The file of an incident: what is in it, that it can be checked without sijill, and that nothing in a report runs or is fetched."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pypdfium2
import pytest
from hasakah import REPORTS

from sijill import Register, Report
from sijill.errors import InputError, StoreError
from sijill.export.dossier import render_dossier_page
from sijill.export.dossier_pdf import dossier_pdf
from sijill.export.evidence import checker, evidence, fingerprint
from sijill.export.facts import Facts
from sijill.export.html import script_json
from sijill.records import Case

try:
    import weasyprint  # noqa: F401
except (ImportError, OSError) as wrong:
    NO_PDF: str | None = str(wrong)
else:
    NO_PDF = None

FACTS = Facts(version="1", at="2022-03-06T08:00:00Z", entries=14, head="ab" * 32)
HOSTILE = Report.of(
    "قُتل ثلاثة مدنيين اليوم في قصف مدفعي على مدينة إدلب </script><script>alert(1)</script> <img src=x onerror=alert(2)> \u202e قلب 😀 "
    "وأصيب خمسة آخرون.",
    published="2022-02-02",
    title='"><script>alert(3)</script>',
    outlet="<b>صحيفة</b>",
    url="javascript:alert(4)",
)


def pdf(function):
    """Tests that make a PDF; where that cannot be done they are skipped, and fail where CI is set."""
    return pytest.mark.skipif(NO_PDF is not None and not os.environ.get("CI"), reason=f"no PDF here: {NO_PDF}")(function)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with Register(str(tmp_path_factory.mktemp("dossier") / "r.sijill"), by="hala") as made:
        made.add_reports([*REPORTS, HOSTILE])
        yield made


def attack(register: Register) -> str:
    return next(one.id for one in register.incidents().incidents if len(one.reports) > 5)


def hostile(register: Register) -> str:
    return next(one.id for one in register.incidents().incidents if HOSTILE.sha256 in one.reports)


def seen(page: str) -> str:
    """The English words of a page, without its elements."""
    return re.sub(r"<[^>]+>", "", re.sub(r'<span class="ar" lang="ar">.*?</span>', "", page))


def checked(content: str, folder: Path, name: str = "file.html") -> subprocess.CompletedProcess[str]:
    """What the printed program says of a file, run by a Python that has no sijill."""
    (folder / "check.py").write_text(checker(), "utf-8")
    (folder / name).write_text(content, "utf-8")
    return subprocess.run(
        [sys.executable, "-I", "-S", "check.py", name], cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )


# --- what is in it ---------------------------------------------------------------------------------------------------


def test_it_holds_the_numbers_the_sums_and_who_disagrees(register: Register) -> None:
    page = render_dossier_page(register.case(attack(register)), FACTS, lang="en")
    text = seen(page)
    for said in ("121 is not 114", "77 + 40 + 4 = 121; the report says 114", "246–374 (374)", "set aside: told again by a report"):
        assert said in text
    for report in register.case(attack(register)).reports:
        assert report.line.sha256 in page


def test_every_claim_is_in_the_evidence_with_its_words(register: Register) -> None:
    case = register.case(attack(register))
    found = evidence(case, FACTS)
    texts = {report["sha256"]: report["text"] for report in found["reports"]}
    assert {claim["claim"] for claim in found["claims"]} >= set(case.incident.events)
    assert {claim["claim"] for claim in found["claims"]} >= {use.claim for figure in case.incident.figures for use in figure.uses}
    for claim in found["claims"]:
        assert texts[claim["report"]][claim["start"] : claim["end"]] == claim["quote"] != ""


def test_it_says_how_reports_were_obtained_and_what_was_decided(register: Register) -> None:
    id = attack(register)
    register.judge("accept", register.incident(id).events[0], note="قرأتُ النص")
    page = render_dossier_page(register.case(id), register.facts(), lang="ar")
    assert "hala" in page
    assert "قرأتُ النص" in page
    assert "text/plain" in page
    assert register.store.head()[1] in page


def test_the_same_case_gives_the_same_page(register: Register) -> None:
    case = register.case(attack(register))
    assert render_dossier_page(case, FACTS) == render_dossier_page(case, FACTS)


def test_another_policy_gives_other_figures(register: Register) -> None:
    case = register.case(attack(register), policy="acled")
    assert {figure.policy for figure in case.incident.figures} == {"acled"}
    assert register.facts(policy="acled").policy == "acled"
    assert register.facts().policy == "default"


# --- checked without sijill ------------------------------------------------------------------------------------------


def test_the_program_finds_a_true_file_right(register: Register, tmp_path: Path) -> None:
    case = register.case(attack(register))
    said = checked(render_dossier_page(case, FACTS), tmp_path)
    assert (said.returncode, said.stderr) == (0, "")
    assert "11 texts" in said.stdout
    assert "all right" in said.stdout
    assert fingerprint(case, FACTS) in said.stdout


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("246 من تنظيم داعش", "264 من تنظيم داعش", "is not the one that was read"),
        ('"sums":["77 + 40 = 117"]', '"sums":["77 + 40 = 114"]', "does not add up"),
        ('"quote":"114 قتيلا', '"quote":"144 قتيلا', "do not stand where it says"),
    ],
)
def test_the_program_finds_a_changed_file_wrong(register: Register, tmp_path: Path, old: str, new: str, wrong: str) -> None:
    page = render_dossier_page(register.case(attack(register)), FACTS)
    assert old in page
    said = checked(page.replace(old, new), tmp_path)
    assert said.returncode == 1
    assert wrong in said.stdout


def test_half_characters_and_script_ends_survive_the_page(register: Register, tmp_path: Path) -> None:
    said = checked(render_dossier_page(register.case(hostile(register)), FACTS), tmp_path)
    assert (said.returncode, "all right" in said.stdout) == (0, True)
    half = Report.of("قُتل مدنيان اليوم في قصف على مدينة منبج \ud800.", published="2022-02-03")
    case = register.case(hostile(register))
    bad = msgspec.structs.replace(case.reports[0], text=half.text, line=msgspec.structs.replace(case.reports[0].line, sha256=half.sha256))
    page = render_dossier_page(msgspec.structs.replace(case, reports=[msgspec.structs.replace(bad, events=[], figures=[])]), FACTS)
    assert "is not the one that was read" not in checked(page, tmp_path).stdout


# --- in a browser ----------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_the_page_checks_itself_and_speaks_both_languages(register: Register, opened_page) -> None:
    tab = opened_page(render_dossier_page(register.case(attack(register)), FACTS))
    tab.click("#check-now")
    tab.wait_for_selector("[data-say=right]:not([hidden])")
    assert tab.evaluate("document.documentElement.dir") == "rtl"
    assert "لا يساوي" in tab.inner_text("#contradictions")
    tab.click("[data-language=en]")
    assert tab.evaluate("document.documentElement.dir") == "ltr"
    assert "is not" in tab.inner_text("#contradictions")
    assert tab.inner_text("h1").startswith("armed assault")


@pytest.mark.browser
def test_the_page_sees_that_a_text_was_changed(register: Register, opened_page) -> None:
    page = render_dossier_page(register.case(attack(register)), FACTS)
    tab = opened_page(page.replace("246 من تنظيم داعش", "264 من تنظيم داعش"))
    tab.click("#check-now")
    tab.wait_for_selector("[data-say=wrong]:not([hidden])")


@pytest.mark.browser
def test_nothing_of_a_hostile_report_runs(register: Register, opened_page) -> None:
    tab = opened_page(render_dossier_page(register.case(hostile(register)), FACTS))
    assert tab.locator("img").count() == 0
    assert tab.locator("a[href^='javascript']").count() == 0
    tab.click("#check-now")
    tab.wait_for_selector("[data-say=right]:not([hidden])")


@pytest.mark.browser
def test_it_fits_a_telephone(register: Register, opened_page) -> None:
    tab = opened_page(render_dossier_page(register.case(attack(register)), FACTS), width=390)
    assert tab.evaluate("document.documentElement.scrollWidth") == 390


# --- as a PDF --------------------------------------------------------------------------------------------------------


@pdf
def test_the_pdf_holds_its_evidence_and_can_be_checked(register: Register, tmp_path: Path) -> None:
    case = register.case(attack(register))
    document = pypdfium2.PdfDocument(dossier_pdf(case, FACTS, lang="en"))
    attached = [document.get_attachment(n) for n in range(document.count_attachments())]
    files = {one.get_name(): bytes(one.get_data()) for one in attached}
    assert files.keys() >= {"evidence.json", "check.py", *(f"{report.line.sha256[:12]}.txt" for report in case.reports)}
    assert files["check.py"].decode() == checker()
    assert files[f"{case.reports[0].line.sha256[:12]}.txt"].decode() == case.reports[0].text
    said = checked(files["evidence.json"].decode(), tmp_path, "evidence.json")
    assert (said.returncode, fingerprint(case, FACTS) in said.stdout) == (0, True)


@pdf
@pytest.mark.parametrize(
    ("lang", "words"), [("ar", ["تناقضات", "لا يساوي", "المرصد السوري لحقوق الإنسان"]), ("en", ["Contradictions", "is not 114"])]
)
def test_words_of_the_pdf_can_be_found(register: Register, lang: str, words: list[str]) -> None:
    document = pypdfium2.PdfDocument(dossier_pdf(register.case(attack(register)), FACTS, lang=lang))
    text = "".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    assert [word for word in words if word not in text] == []


@pdf
def test_the_same_case_gives_the_same_pdf(register: Register) -> None:
    case = register.case(hostile(register))
    assert dossier_pdf(case, FACTS) == dossier_pdf(case, FACTS)


# --- levels, and doors -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["internal", "public"])
def test_below_full_no_word_of_a_report_is_in_it(register: Register, level: str) -> None:
    case = register.case(attack(register), level=level)
    page = render_dossier_page(case, register.facts(level=level), lang="en")
    whole = register.case(attack(register))
    for report in whole.reports:
        assert report.text is not None
        assert report.text[:40] not in page
        assert (report.line.title or "?") not in page
    assert "246–374 (374)" in seen(page)
    assert script_json(evidence(case, FACTS)).count('"quote":""') > 20


def test_what_is_public_leaves_restricted_incidents_out(tmp_path: Path) -> None:
    with Register(str(tmp_path / "r.sijill")) as register:
        register.add_reports([Report.of("توفي معتقل تحت التعذيب اليوم في مدينة حلب على يد قوات النظام.", published="2022-02-02")])
        (incident, *_) = [one for one in register.incidents().incidents if one.kind == "torture"]
        assert register.case(incident.id).incident.id == incident.id
        with pytest.raises(StoreError, match="no incident"):
            register.case(incident.id, level="public")
        assert [case.incident.kind for case in register.cases(level="public") if case.incident.kind == "torture"] == []


@pytest.mark.parametrize("ending", ["html", "json"])
def test_it_is_written_whole_or_not_at_all(register: Register, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"file.{ending}"
    sha256 = register.write_dossier(attack(register), str(path))
    assert len(sha256) == 64
    assert checked(path.read_text("utf-8"), tmp_path, path.name).returncode == 0
    with pytest.raises(InputError, match="cannot write"):
        register.write_dossier(attack(register), str(tmp_path / "none" / path.name))


def test_it_cannot_be_of_another_kind(register: Register, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="html, pdf, json"):
        register.write_dossier(attack(register), str(tmp_path / "file.doc"))


def test_a_case_is_a_record(register: Register) -> None:
    case = register.case(attack(register))
    assert msgspec.json.decode(msgspec.json.encode(case), type=Case) == case
    assert json.loads(json.dumps(evidence(case, FACTS))) == evidence(case, FACTS)
