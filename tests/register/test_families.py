"""Reprints are found, near-copies of other stories are not."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hasakah import PRISON, REPORTS, REPRINT

from sijill.families import BANDS, akin, find_kin, rows_of, sign
from sijill.records import Original, Report
from sijill.register.kinship import all_families, settle_families
from sijill.store import Store

STORY = (
    "قتل ثلاثة مدنيين وأصيب خمسة آخرون فجر اليوم في قصف مدفعي على أطراف بلدة النور شرقي مدينة إدلب، وقال متطوعون في الدفاع المدني "
    "إنهم أخرجوا امرأة وطفلين من تحت الأنقاض ونقلوهم إلى مشفى قريب، فيما أعلن المجلس المحلي الحداد يوماً واحداً في البلدة."
)
MENU = "\n".join(["الرئيسية", "سياسة", "اقتصاد", "رياضة", "الأكثر قراءة", "اتصل بنا", "من نحن", "شروط الاستخدام", "النشرة البريدية"] * 4)
OTHER = (
    "افتتح وزير الزراعة معرضاً للزهور في حديقة تشرين بدمشق بحضور عدد من السفراء، وقال إن المعرض يضم مئات الأنواع من مختلف المحافظات وإنه "
    "يستمر عشرة أيام، وأشار إلى أن الوزارة وزعت شتولاً مجانية على طلاب المدارس الذين زاروا المعرض في يومه الأول."
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param(STORY, STORY, True, id="the same text"),
        pytest.param(STORY, "متابعات - " + STORY + " (وكالات)", True, id="with a line of the agency"),
        pytest.param(STORY, STORY.replace("ثلاثة", "أربعة"), True, id="with another number: a revision of one story"),
        pytest.param(STORY, STORY.replace("إ", "ا").replace("ة ", "ه "), True, id="in another spelling"),
        pytest.param(MENU + "\n" + STORY, MENU + "\n" + OTHER, False, id="two pages of one newspaper with the same menu"),
        pytest.param(STORY, OTHER, False, id="two stories"),
        pytest.param(STORY, STORY[:60], False, id="a line out of a story: too short to tell"),
        pytest.param(STORY, STORY + " ".join(f"كلمة{n}" for n in range(300)), False, id="a story quoted in a long review"),
        pytest.param("", "", False, id="nothing"),
    ],
)
def test_akin(one: str, other: str, same: bool) -> None:
    assert akin(rows_of(one), rows_of(other)) is same
    assert akin(rows_of(other), rows_of(one)) is same


def test_kin_share_a_band() -> None:
    assert set(sign(STORY).bands) & set(sign("متابعات - " + STORY).bands)
    assert not set(sign(STORY).bands) & set(sign(OTHER).bands)


def test_a_signature_is_the_same_every_time() -> None:
    assert sign(STORY) == sign(STORY)
    assert len(sign(STORY).bands) == BANDS
    assert all(-(2**63) <= key < 2**63 for key in sign(STORY).bands)


def test_the_reprint_among_the_reports_of_hasakah() -> None:
    rows = {report.sha256: rows_of(report.text) for report in REPORTS}
    assert [r.id for r in REPORTS if r is not REPRINT and akin(rows[r.sha256], rows[REPRINT.sha256])] == ["watana-30"]
    assert all(not akin(rows[one.sha256], rows[other.sha256]) for one in PRISON for other in PRISON if one is not other)


def test_kin_do_not_hang_on_the_order_of_what_is_near() -> None:
    """A text akin to two stories finds both; of copies of one story, one."""
    texts = {"b": STORY, "a": "متابعات - " + STORY, "c": OTHER, "d": "خاص - " + OTHER}
    signed = {name: sign(text) for name, text in texts.items()}
    both = sign(STORY + "\n" + OTHER)
    near = [(name, one.hashes) for name, one in signed.items()]
    found = find_kin(both.rows, both.hashes, near, lambda name: signed[name].rows)
    assert len(found) == 2
    assert {"ab".find(name) >= 0 for name in found} == {True, False}
    assert found == find_kin(both.rows, both.hashes, near[::-1], lambda name: signed[name].rows)


def retold(chance: random.Random) -> list[Report]:
    """Reprints of a few stories with some words changed, over half a year and at times that are not known."""
    stories = [[f"كلمة{chance.randrange(500)}" for _ in range(40)] for _ in range(4)]
    days = [None, "2022", "2022-02-30", *(f"2022-{month:02}-{day:02}" for month in range(1, 7) for day in range(1, 29))]
    found = []
    for number in range(60):
        words = list(chance.choice(stories))
        for _ in range(chance.randrange(12)):
            words[chance.randrange(len(words))] = f"غيرها{number}"
        found.append(Report.of(" ".join([*words, f"رقم{number}"]), published=chance.choice(days)))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_families_of_all_at_once_are_those_found_bit_by_bit(tmp_path: Path, seed: int) -> None:
    reports = retold(random.Random(seed))
    with Store.open(str(tmp_path / "r.db")) as store:
        for one in reports:
            with store.writing() as batch:
                original = Original(
                    sha256=one.sha256, media_type="text/plain", location=one.id, how="given", obtained="2022-07-01T00:00:00Z"
                )
                batch.add(one, original, None)
                settle_families(store, batch, [one.sha256])
        bit_by_bit = store.families()
        with store.writing() as batch:
            assert all_families(store, batch, lambda done: None) == bit_by_bit
    assert 4 < len(set(bit_by_bit.values())) < len(reports)
