"""The texts of rows of ACLED: notes, sources, ids, what is lost."""

from __future__ import annotations

from coding_cases import dead, event, made, report, use

from sijill.codebooks.acled import code
from sijill.records import Conflict

IS, SDF = "islamic_state", "sdf"


def test_the_note_says_when_who_where_and_what_differs() -> None:
    conflict = Conflict(
        kind="total_differs_from_parts", claims=[], sum=121, stated=114, note="77 + 40 + 4 = 121; the report says 114", note_ar=""
    )
    case = made("armed_clash", at="prison", agents=[IS, SDF], figures=[dead((114, 117, 121))], conflicts=[conflict])
    (row,) = code(case).rows
    assert row.row["notes"].startswith(
        "On 10 March 2022, Islamic State clashed with Syrian Democratic Forces at Al-Sinaa (Ghuwayran) prison"
    )
    assert "Figures differ: 114 against 121 (77 + 40 + 4)." in row.row["notes"]
    assert {"contradictions", "range", "place_coarser"} <= {loss.kind for loss in row.lost}


def test_sources_are_outlets_and_those_named_for_the_numbers() -> None:
    case = made("shelling", figures=[dead(3, uses=[use(3, "sohr")])])
    (row,) = code(case).rows
    assert row.row["source"] == "Our Paper; Syrian Observatory for Human Rights"
    nobody = made("shelling", reports=[report(event("shelling"), outlet=None)])
    assert code(nobody).rows[0].row["source"] == "Undisclosed Source"


def test_a_country_that_is_not_in_the_lists_is_told_as_lost() -> None:
    (row,) = code(made("shelling", country="ZZ")).rows
    assert (row.row["country"], row.row["iso"]) == ("Syria", 760)  # of the place, whatever the incident says
    nowhere = made("shelling", at="unlisted country")
    (row,) = code(nowhere).rows
    assert (row.row["country"], row.row["iso"], row.row["region"]) == ("", None, "")
    assert "country_code" in {loss.kind for loss in row.lost}


def test_the_id_of_the_first_day_stays_when_more_days_are_told() -> None:
    one = made("armed_clash", agents=[IS, SDF])
    more = made("armed_clash", agents=[IS, SDF], reports=[report(event("armed_clash"), event("armed_clash", "2022-03-12", number=2))])
    first, second = (row.row["event_id_cnty"] for row in code(more).rows)
    assert code(one).rows[0].row["event_id_cnty"] == first == "SYR1"
    assert second == "SYR1-20220312"


def test_partisan_words_are_told_as_lost() -> None:
    (row,) = code(made("shelling", words="قصفت ميليشيا قسد القرية", agents=[SDF])).rows
    assert [loss.note for loss in row.lost if loss.kind == "partisan_words"] == ["wordings that take a side are not held: «ميليشيا قسد»"]
    assert "ميليشيا" not in row.row["notes"]
