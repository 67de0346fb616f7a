"""The register's verbs: what is added, judged and taken back is linked as a rebuild of the whole would link it."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hasakah import OTHERS, PRISON, REPORTS, REPRINT
from told import report

from sijill.errors import InputError, StoreError
from sijill.link import chains
from sijill.records import Incident
from sijill.register.register import Register
from sijill.store.tables import VERSION_TABLE


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with opened(tmp_path / "register.db") as one:
        yield one


def opened(path: Path) -> Register:
    return Register(str(path), by="analyst", clock=lambda: datetime(2022, 3, 6, 9, 0, tzinfo=UTC))


def every(register: Register) -> list[Incident]:
    """All incidents, by id."""
    return sorted(register.incidents(limit=1000).incidents, key=lambda incident: incident.id)


def shape(register: Register) -> set[frozenset[str]]:
    """The groups of event claims, whatever their ids."""
    return {frozenset(incident.events) for incident in every(register)}


STRIKE = report("قتل ثلاثة مدنيين اليوم الثلاثاء في قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب.", "2022-03-01", "A")
AGAIN = report(
    "أوقع قصف مدفعي لقوات النظام على بلدة سرمين في ريف إدلب ثلاثة قتلى مدنيين اليوم الثلاثاء، كما قال مراسلنا.", "2022-03-01", "B"
)
ELSEWHERE = report("انفجرت عبوة ناسفة اليوم الثلاثاء في مدينة درعا وأصيب شرطي.", "2022-03-01", "C")


def test_adding_twice_changes_nothing(register: Register) -> None:
    assert register.add_reports([STRIKE, AGAIN, ELSEWHERE]) == ["added"] * 3
    before, audit = every(register), register.store.head()
    assert register.add_reports([STRIKE, AGAIN]) == ["there"] * 2
    assert every(register) == before
    assert register.store.head() == audit
    assert register.verify().ok


@pytest.mark.parametrize("many", [1, 3, 400])
@pytest.mark.parametrize("seed", range(4))
def test_one_by_one_is_the_same_as_all_anew(tmp_path: Path, seed: int, many: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In any order, in any portions, wherever chains are cut: what was linked bit by bit is byte for byte what a rebuild makes."""
    monkeypatch.setattr(chains, "_MANY", many)
    row = random.Random(seed).sample(REPORTS, len(REPORTS))
    with opened(tmp_path / "r.db") as register:
        while row:
            portion, row = row[: seed + 1], row[seed + 1 :]
            register.add_reports(portion)
        bit_by_bit = every(register)
        register.rebuild()
        assert every(register) == bit_by_bit
        assert register.verify().ok


def test_a_reprint_is_of_the_family_of_the_first(register: Register) -> None:
    register.add_reports(REPORTS)
    families = register.store.families()
    original = next(r for r in PRISON if r.id == "watana-30")
    assert families[REPRINT.sha256] == original.sha256
    assert len(set(families.values())) == len(REPORTS) - 1


def test_a_report_that_is_akin_to_two_families_makes_them_one(register: Register) -> None:
    words = [f"كلمة{n}" for n in range(60)]
    left, right, both = (
        report(" ".join(words[a:b]) + ".", "2022-03-01", id=name) for a, b, name in ((0, 40, "l"), (20, 60, "r"), (0, 60, "b"))
    )
    register.add_reports([left, right])
    assert len(set(register.store.families().values())) == 2
    register.add_reports([both])
    assert set(register.store.families().values()) == {left.sha256}


@pytest.mark.parametrize(("later", "kin"), [("2022-03-20", True), ("2022-06-01", False), (None, True)])
def test_the_same_form_in_another_month_is_no_reprint(register: Register, later: str | None, kin: bool) -> None:
    form = (
        "وثق مركزنا خلال هذه الفترة مقتل {} مدنيين وإصابة {} آخرين في أنحاء المحافظة كلها، "
        "من دون أن يذكر أسماءهم أو أعمارهم أو كيف قتلوا ومن قتلهم."
    )
    first, second = report(form.format(12, 20), "2022-03-01"), report(form.format(14, 25), later)  # type: ignore[arg-type]
    register.add_reports([first, second])
    assert (len(set(register.store.families().values())) == 1) is kin
    register.rebuild()
    assert (len(set(register.store.families().values())) == 1) is kin


def test_a_register_of_the_first_schema_is_linked_anew_and_keeps_its_ids(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with opened(path) as register:
        register.add_reports(REPORTS)
        before, head = every(register), register.store.head()
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE tellings")
    connection.execute("DROP TABLE ties")
    for name in ("incidents_by_harm", "incidents_by_reports"):
        connection.execute(f"DROP INDEX {name}")
    for name in ("accounts", "sessions", "tokens"):
        connection.execute(f"DROP TABLE {name}")
    connection.execute(f"UPDATE {VERSION_TABLE} SET version_num = '0001'")
    connection.commit()
    connection.close()
    with opened(path) as register:
        assert every(register) == before
        assert register.store.head() == head


# --- judgements ------------------------------------------------------------------------------------------------------


def strike(register: Register) -> Incident:
    return next(i for i in every(register) if i.kind == "shelling" and len(i.reports) == max(len(j.reports) for j in every(register)))


def test_reviewers_split_join_and_take_it_back(register: Register) -> None:
    register.add_reports([STRIKE, AGAIN, ELSEWHERE])
    one = strike(register)
    assert len(one.events) == 2
    said = register.judge("different", *one.events)
    assert {frozenset([claim]) for claim in one.events} <= shape(register)
    register.undo(said[0].id)
    assert strike(register).id == one.id
    assert frozenset(one.events) in shape(register)

    other = next(i for i in every(register) if i.id != one.id)
    register.judge("same", one.id, other.id, note="one attack, told from two towns")
    assert frozenset(one.events + other.events) in shape(register)
    assert strike(register).id == one.id
    assert every(register) == rebuilt(register)


def test_two_incidents_are_kept_apart_whole(register: Register) -> None:
    register.add_reports([STRIKE, AGAIN, ELSEWHERE])
    one = strike(register)
    other = next(i for i in every(register) if i.id != one.id)
    assert len(register.judge("different", one.id, other.id)) == 2
    assert every(register) == rebuilt(register)


def test_a_rejected_claim_goes_and_comes_back(register: Register) -> None:
    register.add_reports([STRIKE, AGAIN])
    before = every(register)
    figure = register.reading(AGAIN.sha256).figures[0]
    event = register.reading(AGAIN.sha256).events[0]
    said = [register.judge("reject", figure.claim), register.judge("reject", event.claim)]
    assert strike(register).reports == [STRIKE.sha256]
    assert figure.claim not in {use.claim for f in strike(register).figures for use in f.uses}
    assert every(register) == rebuilt(register)
    for judgements in said:
        register.undo(judgements[0].id)
    assert every(register) == before


def test_an_edited_figure_counts_as_edited(register: Register) -> None:
    register.add_reports([STRIKE])
    figure = register.reading(STRIKE.sha256).figures[0]
    register.judge("edit", figure.claim, field="value", value=5, by="second reader")
    assert [f.best for f in strike(register).figures] == [5]
    assert register.reading(STRIKE.sha256).figures[0].value == 5
    stored = register.store.claims([figure.claim])[figure.claim]
    assert getattr(stored.claim, "value", None) == 3  # the reading that is kept is never changed
    assert every(register) == rebuilt(register)


def rebuilt(register: Register) -> list[Incident]:
    register.rebuild()
    return every(register)


@pytest.mark.parametrize(
    ("decision", "subject", "other", "field", "value", "error"),
    [
        ("edit", "figure", None, "value", "many", r"Expected `int \| null`"),
        ("edit", "figure", None, "quote", "x", "'quote' cannot be edited; one of effect"),
        ("edit", "figure", None, None, 1, "needs the field"),
        ("same", "event", None, None, None, "takes two claims"),
        ("same", "event", "event", None, None, "are of one incident"),
        ("same", "figure", "event", None, None, "is a figure"),
        ("accept", "event", "event", None, None, "takes one claim"),
        ("reject", "eve-none", None, None, None, "holds no claim eve-none"),
        ("same", "inc-none", "event", None, None, "holds no incident inc-none"),
    ],
)
def test_what_cannot_be_judged(
    register: Register, decision: str, subject: str, other: str | None, field: str | None, value: object, error: str
) -> None:
    register.add_reports([STRIKE])
    reading = register.reading(STRIKE.sha256)
    ids = {"figure": reading.figures[0].claim, "event": reading.events[0].claim, None: None}
    with pytest.raises((InputError, StoreError), match=error):
        register.judge(decision, ids.get(subject, subject), ids.get(other, other), field=field, value=value)  # type: ignore[arg-type]
    assert register.store.judgements() == []


def test_a_judgement_is_taken_back_once(register: Register) -> None:
    register.add_reports([STRIKE])
    (said,) = register.judge("accept", register.reading(STRIKE.sha256).events[0].claim)
    register.undo(said.id)
    with pytest.raises(StoreError, match="no judgement"):
        register.undo(said.id)
    with pytest.raises(StoreError, match="no judgement"):
        register.undo("jud-none")


# --- what was interrupted --------------------------------------------------------------------------------------------


def test_what_was_added_and_not_linked_is_linked_when_asked(tmp_path: Path) -> None:
    with opened(tmp_path / "r.db") as register:
        register.add_reports([STRIKE, AGAIN], settle=False)
        assert register.store.incident_ids() == []
    with opened(tmp_path / "r.db") as register:
        assert len(register.incidents().incidents) == 1


def test_ids_stay_through_rebuilds_and_a_better_reader(register: Register) -> None:
    register.add_reports(REPORTS)
    before = every(register)
    register.rebuild(read=True)
    assert every(register) == before


def test_possible_twins_are_shown_with_their_terms(register: Register) -> None:
    near = report("قصفت قوات النظام بالمدفعية أمس الخميس بلدة النيرب في ريف إدلب وأصيب رجل.", "2022-03-04", "D")
    register.add_reports([STRIKE, near])
    pairs = [pair for i in every(register) for pair in register.incident(i.id).possibly]
    assert pairs
    assert all(pair.terms and pair.veto is None for pair in pairs)


def test_there_is_no_such_policy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no policy 'guess'"):
        Register(str(tmp_path / "r.db"), policy="guess")


def test_the_others_of_hasakah_are_incidents_of_their_own(register: Register) -> None:
    register.add_reports(REPORTS)
    for other in OTHERS:
        (own,) = [i for i in every(register) if other.sha256 in i.reports]
        assert own.reports == [other.sha256]


# --- assignments -----------------------------------------------------------------------------------------------------


def test_incidents_are_assigned_and_every_assignment_stays_in_the_log(register: Register) -> None:
    register.add_reports([STRIKE, ELSEWHERE])
    one, other = (incident.id for incident in every(register))
    register.assign(one, "hadi", by="amal")
    register.assign(other, "hadi", by="amal")
    register.assign(one, "نور", by="amal")
    assert list(register.assigned().items()) == [(one, "نور"), (other, "hadi")], "the latest first"
    assert register.assigned(other) == {other: "hadi"}
    register.assign(other, None)
    assert register.assigned() == {one: "نور"}
    assert register.assigned(other) == {}
    told = [(e.by, e.subject, e.detail["to"]) for e in register.store.audit() if e.action == "assign"]
    assert told == [("amal", one, "hadi"), ("amal", other, "hadi"), ("amal", one, "نور"), ("analyst", other, None)]
    assert register.verify().ok


@pytest.mark.parametrize("name", ["", " amal", "a" * 101, "a\nb", "a\u202eb"])
def test_what_is_no_name_is_refused(register: Register, name: str) -> None:
    register.add_reports([STRIKE])
    with pytest.raises(InputError, match="a name has"):
        register.assign(every(register)[0].id, name)
    with pytest.raises(StoreError, match="holds no incident"):
        register.assign("inc-none", "amal")


def test_what_an_incident_shows_is_never_older_than_the_register(register: Register) -> None:
    """Pairs are remembered while nothing changes; what changes them is seen at once."""
    register.add_reports([STRIKE, AGAIN])
    id = strike(register).id
    before = register.incident(id)
    assert register.incident(id) is before
    register.judge("different", *before.events)
    assert register.incident(id) != before
