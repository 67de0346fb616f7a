"""The HTML page: what it shows, what it must never let through, and that every word of ours exists in both languages."""

import html.parser
import json
import re
from typing import get_args

import pytest

from sijill import records
from sijill.export import html as page
from sijill.export.html import (
    Keys,
    check_total,
    collect_marks,
    contradiction_sum,
    date_words,
    figure_words,
    ledger,
    paragraphs,
    parse_edtf,
    render,
    script_json,
    shown,
    timeline,
)
from sijill.records import (
    ActorRef,
    Contradiction,
    DateMention,
    EventClaim,
    Evidence,
    FigureClaim,
    Place,
    Reading,
    Report,
    Span,
)

TEXT = "\n\n".join(
    [
        "مساء الخميس 20 كانون الثاني 2022 انفجرت سيارة مفخخة عند بوابة سجن الصناعة في حي غويران بمدينة الحسكة، ثم هاجم "
        "نحو 200 مسلح من تنظيم داعش السجن الذي يُحتجز فيه ما يقارب 5 آلاف شخص.",
        "وفجر اليوم التالي فرّ عشرات السجناء إلى حي الزهور، وقُتل مدنيين على أيدي المرتزقة قرب مزرعة أم الرمان، وبدأت "
        "قوات سوريا الديمقراطية حصار السجن منذ ذلك اليوم.",
        "وأعلنت قوى الأمن الداخلي حظر تجول من 24 إلى 31 كانون الثاني، ونزح أكثر من 45 ألف شخص وفق الأمم المتحدة.",
        "وقال المرصد السوري إن 7 مدنيين قُتلوا بينهم طفلان، وإن ما بين 4 و6 من المهاجمين سلّموا أنفسهم في مبنى الجامعة.",
        "وكان التنظيم يخطط لمهاجمة مخيم الهول، ولو نجح لفتح الطريق إلى الشدادي. وهدد بإعدام 30 رهينة، وحاول تفجير عبوة "
        "في تل تمر. ونفت القوات وقوع غارة على غويران. وفي تشرين الثاني 2021 أُحبط هجوم مماثل في دير الزور.",
        "وبلغت الحصيلة النهائية 114 قتيلاً: 77 من العاملين والحراس و40 مقاتلاً و4 مدنيين. وقُتل من التنظيم 374 بحسب "
        "القيادة العامة، ولا يقلّون عن 246 بحسب المرصد السوري. واعتُقل 60 مختبئاً ثم 23 آخرون، أي 83 في المجموع.",
    ]
)


def at(quote: str, *, nth: int = 0) -> tuple[int, int]:
    """Where the words stand in the sample, the nth time."""
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return start, start + len(quote)


def evidence(**words: str) -> list[Evidence]:
    return [Evidence(what=what, start=at(quote)[0], end=at(quote)[1], rule=f"test.{what}") for what, quote in words.items()]


def figure(id: str, quote: str, *, effect: str = "killed", nth: int = 0, **fields) -> FigureClaim:
    start, end = at(quote, nth=nth)
    if "value" in fields and fields.get("bound", "exact") == "exact":
        fields |= {"min": fields["value"], "max": fields["value"]}
    return FigureClaim(id=id, claim=f"fig-{id}", effect=effect, quote=quote, start=start, end=end, rule="test.figure", **fields)


def event(id: str, quote: str, kind: str, *, nth: int = 0, **fields) -> EventClaim:
    start, end = at(quote, nth=nth)
    return EventClaim(id=id, claim=f"eve-{id}", kind=kind, quote=quote, start=start, end=end, rule="test.event", **fields)


def place(id: str, name: str, level: str, *more: str, nth: int = 0, **fields) -> Place:
    start, end = at(name, nth=nth)
    mentions = [Span(start=start, end=end), *(Span(start=at(words)[0], end=at(words)[1]) for words in more)]
    return Place(id=id, name=name, level=level, start=start, end=end, mentions=mentions, rule="test.place", **fields)


def actor(id: str, name: str, name_en: str, *names: str, partisan: tuple[str, ...] = ()) -> ActorRef:
    mentions = [Span(start=match.start(), end=match.end()) for words in names for match in re.finditer(re.escape(words), TEXT)]
    return ActorRef(id=id, name=name, name_en=name_en, names=list(names), partisan_names=list(partisan), mentions=mentions)


def sample() -> tuple[Report, Reading]:
    """A report and its reading, written by hand, with one of everything."""
    report = Report.of(TEXT, title="عشرة أيام في الحسكة: سجن الصناعة من الهجوم إلى الحصيلة", outlet="نشرة التجربة", published="2022-02-02")
    places = [
        place("p1", "سجن الصناعة", "site", name_en="al-Sina'a prison", aka=["سجن غويران"], lat=36.48, lon=40.76, radius_km=3, within="p3"),
        place("p2", "حي غويران", "neighbourhood", name_en="Ghweran", lat=36.486, lon=40.755, radius_km=4, within="p3", country="SY"),
        place("p3", "الحسكة", "city", name_en="Hasakah", lat=36.502, lon=40.748, radius_km=8, country="SY"),
        place("p4", "حي الزهور", "neighbourhood", name_en="al-Zuhour", lat=36.47, lon=40.74, radius_km=5, within="p3"),
        place("p5", "مزرعة أم الرمان", "village"),
        place("p6", "مبنى الجامعة", "site", name_en="university building", within="p3"),
        place("p7", "مخيم الهول", "site", name_en="al-Hol camp", lat=36.38, lon=41.14, radius_km=5),
        place("p8", "الشدادي", "town", name_en="al-Shaddadi", lat=36.055, lon=40.73, radius_km=10),
        place("p9", "تل تمر", "town", name_en="Tal Tamr", lat=36.656, lon=40.37, radius_km=10),
        place("p10", "دير الزور", "governorate", name_en="Deir ez-Zor", lat=35.336, lon=40.141, radius_km=60),
    ]
    actors = [
        actor("islamic_state", "تنظيم الدولة الإسلامية", "Islamic State", "تنظيم داعش", "المرتزقة", "التنظيم", partisan=("المرتزقة",)),
        actor("sdf", "قوات سوريا الديمقراطية", "Syrian Democratic Forces", "قوات سوريا الديمقراطية"),
        actor("asayish_nes", "قوى الأمن الداخلي", "Internal Security (Asayish)", "قوى الأمن الداخلي"),
        actor("sohr", "المرصد السوري لحقوق الإنسان", "Syrian Observatory for Human Rights", "المرصد السوري"),
    ]
    events = [
        event(
            "e1",
            "انفجرت سيارة مفخخة عند بوابة سجن الصناعة",
            "vehicle_bomb",
            date="2022-01-20",
            date_basis="stated",
            time_of_day="evening",
            places=["p1"],
            agents=["islamic_state"],
            means=["car"],
            main=True,
            evidence=evidence(date="مساء الخميس 20 كانون الثاني 2022", place="سجن الصناعة"),
        ),
        event(
            "e2",
            "هاجم نحو 200 مسلح من تنظيم داعش السجن",
            "armed_assault",
            date="2022-01-20",
            date_basis="frame",
            time="19:30",
            time_of_day="evening",
            places=["p1", "p3"],
            agents=["islamic_state"],
            targets=["asayish_nes", "prison guards"],
            main=True,
            evidence=evidence(agent="تنظيم داعش"),
        ),
        event(
            "e3", "فرّ عشرات السجناء إلى حي الزهور", "escape", date="2022-01-21", date_basis="relative", time_of_day="dawn", places=["p4"]
        ),
        event("e4", "قُتل مدنيين على أيدي المرتزقة", "execution", date="2022-01-21", places=["p5"], agents=["islamic_state"]),
        event("e5", "حصار السجن منذ ذلك اليوم", "siege", date="2022-01-21/..", date_basis="relative", places=["p1"], agents=["sdf"]),
        event(
            "e6",
            "حظر تجول من 24 إلى 31 كانون الثاني",
            "curfew",
            date="2022-01-24/2022-01-31",
            date_basis="stated",
            agents=["asayish_nes"],
            evidence=evidence(date="من 24 إلى 31 كانون الثاني"),
        ),
        event("e7", "سلّموا أنفسهم في مبنى الجامعة", "surrender", places=["p6"], source="sohr"),
        event("e8", "يخطط لمهاجمة مخيم الهول", "armed_assault", modality="planned", places=["p7"], agents=["islamic_state"]),
        event("e9", "لفتح الطريق إلى الشدادي", "territorial_control", modality="hypothetical", places=["p8"], agents=["islamic_state"]),
        event("e10", "هدد بإعدام 30 رهينة", "execution", modality="threatened", agents=["islamic_state"]),
        event("e11", "حاول تفجير عبوة في تل تمر", "explosive_device", modality="attempted", places=["p9"]),
        event("e12", "ونفت القوات وقوع غارة على غويران", "air_strike", modality="denied", places=["p2"], source="sdf"),
        event("e13", "أُحبط هجوم مماثل في دير الزور", "armed_assault", date="2021-11", background=True, places=["p10"], date_basis="stated"),
    ]
    figures = [
        figure("f1", "نحو 200 مسلح", effect="attackers", value=200, bound="about", who="attackers", side="islamic_state", event="e2",
               status="combatant", evidence=evidence(number="نحو 200")),
        figure("f2", "ما يقارب 5 آلاف شخص", effect="held", value=5000, bound="about", who="people held in the prison", status="detainee"),
        figure("f3", "عشرات السجناء", effect="escaped", bound="vague", vague_word="tens", min=20, max=99, who="prisoners", event="e3",
               status="detainee"),
        figure("f4", "مدنيين", bound="vague", vague_word="dual_or_plural", min=2, who="civilians", status="civilian", event="e4"),
        figure("f5", "أكثر من 45 ألف شخص", effect="displaced", value=45000, bound="more_than", min=45001, who="people",
               source="united_nations", cumulative=True),
        figure("f6", "7 مدنيين قُتلوا", value=7, who="civilians", status="civilian", source="sohr", role="alone",
               evidence=evidence(source="المرصد السوري", effect="قُتلوا")),
        figure("f7", "طفلان", value=2, who="children", status="civilian", demographic=["children"], role="subset", of="f6", source="sohr"),
        figure("f8", "ما بين 4 و6 من المهاجمين", effect="surrendered", bound="range", min=4, max=6, who="attackers", event="e7",
               side="islamic_state", source="sohr"),
        figure("f9", "114 قتيلاً", value=114, who="all dead of the attacked side", role="total", side="sdf", status="mixed"),
        figure("f10", "77 من العاملين والحراس", value=77, who="prison staff and guards", role="part", of="f9",
               side="sdf", status="security"),
        figure("f11", "40 مقاتلاً", value=40, who="fighters", role="part", of="f9", side="sdf", status="combatant"),
        figure("f12", "4 مدنيين", value=4, who="civilians", role="part", of="f9", status="civilian"),
        figure("f13", "374", value=374, who="Islamic State members", side="islamic_state", status="combatant", source="sdf"),
        figure("f14", "لا يقلّون عن 246", value=246, bound="at_least", min=246, who="Islamic State members", side="islamic_state",
               status="combatant", source="sohr"),
        figure("f15", "83 في المجموع", effect="arrested", value=83, role="total", side="islamic_state"),
        figure("f16", "60 مختبئاً", effect="arrested", value=60, role="part", of="f15", side="islamic_state"),
        figure("f17", "23 آخرون", effect="arrested", value=23, role="part", of="f15", side="islamic_state"),
    ]  # fmt: skip
    contradictions = [
        Contradiction(
            kind="total_differs_from_parts", figures=["f9", "f10", "f11", "f12"], sum=121, stated=114, difference=7,
            note="The parts make 77 + 40 + 4 = 121; the report states 114, 7 fewer.",
            note_ar="مجموع الأجزاء 77 + 40 + 4 = 121، ويقول التقرير 114، أي أقل بـ7.",
        ),
        Contradiction(
            kind="sources_disagree", figures=["f4", "f6"], note="Civilians killed: 2 or more, and 7.",
            note_ar="المدنيون القتلى: 2 أو أكثر، و7.",
        ),
    ]  # fmt: skip
    start, end = at("اليوم التالي")
    reading = Reading(
        id=report.id, sha256=report.sha256, kind="conflict", language="ar", places=places, actors=actors, figures=figures, events=events,
        contradictions=contradictions, warnings=["لا يقول التقرير من أين جاءت الحصيلة النهائية 114."],
        mentions=[DateMention(start=start, end=end, quote="اليوم التالي", rule="test.date", edtf="2022-01-21", basis="relative")],
    )  # fmt: skip
    return report, reading


def minimal(text: str, **fields) -> tuple[Report, Reading]:
    report = Report.of(text)
    return report, Reading(id=report.id, sha256=report.sha256, kind="conflict", **fields)


class Outline(html.parser.HTMLParser):
    """The page as a browser meets it: tags with their attributes, and the text inside each mark."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self._inside: list[str] = []
        self.words = ""
        self._in_report = 0
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag == "article":
            self._in_report = 1
        if tag == "mark":
            self._inside = (attributes.get("data-ids") or "").split()

    def handle_endtag(self, tag):
        if tag == "mark":
            self._inside = []
        if tag == "article":
            self._in_report = 0

    def handle_data(self, data):
        if self._in_report:
            self.words += data
        for key in self._inside:
            self.text[key] = self.text.get(key, "") + data

    def ids(self) -> list[str]:
        return [attributes["id"] for _, attributes in self.tags if "id" in attributes]


@pytest.fixture(scope="module")
def outline() -> Outline:
    return Outline(render(*sample()))


# --- the whole page -------------------------------------------------------------------------------------------------


def test_same_reading_same_bytes():
    assert render(*sample()) == render(*sample())


def test_page_is_small_enough_to_send():
    assert len(render(*sample()).encode()) < 900_000


def test_every_item_has_one_row(outline):
    _, reading = sample()
    ids = outline.ids()
    assert len(ids) == len(set(ids))
    for item in [*reading.figures, *reading.events, *reading.places]:
        assert f"r-{item.id}" in ids
    assert {"r-a-sdf", "r-c1", "r-c2"} <= set(ids)


def test_marks_hold_exactly_the_words_of_each_item(outline):
    _, reading = sample()
    for item in [*reading.figures, *reading.events]:
        assert item.quote in outline.text[item.id]
    assert outline.text["f10"] == "77 من العاملين والحراس"
    assert outline.text["a-sdf"] == "قوات سوريا الديمقراطية"
    assert outline.text["e1"] == "مساء الخميس 20 كانون الثاني 2022" + "انفجرت سيارة مفخخة عند بوابة سجن الصناعة"


def test_the_text_is_whole(outline):
    assert re.sub(r"\s", "", outline.words) == re.sub(r"\s", "", TEXT)


def test_inner_links_lead_somewhere(outline):
    ids = set(outline.ids())
    wanted = [attributes["href"][1:] for tag, attributes in outline.tags if tag == "a" and attributes.get("href")]
    assert wanted
    assert set(wanted) <= ids


def test_data_in_the_page_is_the_record():
    report, reading = sample()
    stored = re.search(r'id="sijill-data">(.*?)</script>', render(report, reading), re.S)[1]
    assert json.loads(stored) == {"report": json.loads(records.to_json(report)), "reading": json.loads(records.to_json(reading))}


def test_no_address_is_fetched(outline):
    for tag, attributes in outline.tags:
        assert tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
        assert "src" not in attributes
        assert not (attributes.get("href") or "#").strip("#") or attributes["href"].startswith("#")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
    source = render(*sample())
    assert not re.findall(r"url\((?!data:)", re.search("<style>(.*?)</style>", source, re.S)[1])
    assert "sourceMappingURL" not in source


def test_policy_names_each_script():
    source = render(*sample())
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', source)[1]
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for script in re.findall(r"<script>(.*?)</script>", source, re.S):
        assert page._hash(script) in policy


def test_page_without_places_has_no_map():
    source = render(*minimal("لا مكان هنا."))
    assert 'id="map"' not in source
    assert 'id="sijill-map"' not in source
    assert len(source) < 300_000


def test_place_off_the_globe_is_listed_not_drawn():
    report, reading = minimal("بلدة", places=[Place(id="p1", name="بلدة", level="town", lat=123.0, lon=500.0, start=0, end=4, rule="r")])
    source = render(report, reading)
    assert 'id="map"' not in source
    assert "123.000, 500.000" in source


@pytest.mark.parametrize(("kind", "words"), [("negative", "No event and no figure"), ("unread", "not in a language")])
def test_empty_readings_say_so(kind, words):
    report = Report.of("نص")
    assert words in render(report, Reading(id=report.id, sha256=report.sha256, kind=kind))


def test_marks_outside_the_text_are_left_out():
    report, reading = minimal(
        "قتيل", figures=[FigureClaim(id="f1", claim="c", effect="killed", value=1, quote="قتيل", start=2, end=99, rule="r")]
    )
    source = render(report, reading)
    assert "<mark" not in source
    assert 'id="r-f1"' in source


def test_dangling_references_do_not_break_the_page():
    report, reading = minimal(
        "قتيل",
        figures=[FigureClaim(id="f1", claim="c", effect="killed", value=1, of="f9", event="e9", quote="قتيل", start=0, end=4, rule="r")],
        contradictions=[Contradiction(kind="sources_disagree", figures=["f7"], events=["e7"], note="n", note_ar="ن")],
    )
    assert 'id="r-f1"' in render(report, reading)


# --- what must not get through --------------------------------------------------------------------------------------

HOSTILE = [
    "</script><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "<!--<script>",
    "{{ 7*7 }}{% raw %}",
    "]]></style><script>alert(1)</script>",
    "javascript:alert(1)",
    "\u202e12\u202c \u2066x",
    "a\ud800b",
    "\x00\x08\x9f\ufffe",
    "\u2028\u2029",
]


def hostile_page(bad: str) -> str:
    """A page where every string of the report and record is hostile."""
    text = f"قبل {bad} بعد"
    start, end = 4, 4 + len(bad)
    report = Report.of(text, id=bad, title=bad, outlet=bad, url=bad, published=bad)
    claim = {"start": start, "end": end, "quote": bad, "rule": bad, "evidence": [Evidence(what=bad, start=start, end=end, rule=bad)]}
    reading = Reading(
        id=bad, sha256=report.sha256, kind="conflict", language=bad, warnings=[bad],
        places=[Place(id=bad, name=bad, name_en=bad, aka=[bad], level="town", lat=33.5, lon=36.3, radius_km=2, within=bad, start=start,
                      end=end, rule=bad)],
        actors=[ActorRef(id=bad, name=bad, name_en=bad, names=[bad], partisan_names=[bad + "!"], mentions=[Span(start=start, end=end)])],
        events=[EventClaim(id=bad, claim=bad, kind="shelling", date=bad, time=bad, places=[bad], agents=[bad], targets=[bad, "x " + bad],
                           means=[bad], source=bad, **claim)],
        figures=[FigureClaim(id=bad, claim=bad, effect="killed", value=3, who=bad, side=bad, source=bad, event=bad, of=bad,
                             demographic=[bad], **claim)],
        contradictions=[Contradiction(kind="sources_disagree", figures=[bad, bad], events=[bad], note=bad, note_ar=bad)],
    )  # fmt: skip
    return render(report, reading)


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_strings_stay_strings(bad):
    source = hostile_page(bad)
    source.encode("utf-8")
    seen = Outline(source)
    assert {tag for tag, _ in seen.tags} <= {tag for tag, _ in Outline(render(*sample())).tags}
    assert not [name for _, attributes in seen.tags for name in attributes if name.startswith("on") or name in {"src", "style"}]
    assert all((attributes.get("href") or "#").startswith("#") for _, attributes in seen.tags)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00]", re.sub(r'<script type="application/json".*?</script>', "", source, flags=re.S))


@pytest.mark.parametrize("bad", HOSTILE)
def test_hostile_strings_survive_in_the_data(bad):
    stored = re.search(r'id="sijill-data">(.*?)</script>', hostile_page(bad), re.S)[1]
    assert json.loads(stored)["report"]["title"] == bad


def test_json_cannot_close_its_script():
    assert not set("<>&\u2028\u2029") & set(script_json(HOSTILE))


def test_direction_controls_are_shown_as_a_sign():
    source = render(*minimal("قُتل \u202e12\u202c شخصاً"))
    assert 'title="U+202E"' in source
    assert "invisible direction characters" in source


# --- cutting the text -----------------------------------------------------------------------------------------------


def test_overlapping_marks_are_cut_at_every_edge():
    marks = [page.Mark(0, 6, "event", "e1", True), page.Mark(4, 9, "figure", "f1", True), page.Mark(4, 6, "place", "p1", True)]
    [line] = paragraphs("abcdefghij", marks)
    assert [(segment.html, segment.keys, segment.kinds) for segment in line] == [
        ("abcd", ["e1"], ["event"]),
        ("ef", ["p1", "f1", "e1"], ["figure", "event", "place"]),
        ("ghi", ["f1"], ["figure"]),
        ("j", [], []),
    ]


def test_a_mark_over_two_paragraphs_is_in_both():
    lines = paragraphs("one\n\ntwo", [page.Mark(1, 7, "event", "e1", True)])
    assert [[(segment.html, segment.keys) for segment in line] for line in lines] == [
        [("o", []), ("ne", ["e1"])],
        [("tw", ["e1"]), ("o", [])],
    ]


def test_offsets_are_code_points():
    text = "🔥🔥 قُتل 5"
    report, reading = minimal(
        text, figures=[FigureClaim(id="f1", claim="c", effect="killed", value=5, quote="5", start=text.index("5"), end=len(text), rule="r")]
    )
    assert Outline(render(report, reading)).text["f1"] == "5"


def test_unlinked_date_mentions_are_marked_too():
    report, reading = sample()
    marks = collect_marks(report, reading, Keys())
    assert page.Mark(*at("اليوم التالي"), "date", None, False) in marks


@pytest.mark.parametrize("text", ["", "\n\n", " "])
def test_empty_texts(text):
    assert paragraphs(text, []) == []
    assert render(*minimal(text))


# --- dates ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edtf", "english"),
    [
        ("2022-01-20", "Thursday 20 January 2022"),
        ("2022-01", "January 2022"),
        ("2012", "2012"),
        ("2022-01-24/2022-01-31", "24 – 31 January 2022"),
        ("2022-01-24/2022-02-03", "24 January – 3 February 2022"),
        ("2021-12-24/2022-01-03", "24 December 2021 – 3 January 2022"),
        ("2021-11/2022-02", "November 2021 – February 2022"),
        ("2022-01/2022-02-15", "January 2022 – 15 February 2022"),
        ("2012/..", "from 2012 on"),
        ("../2022-02-03", "until 3 February 2022"),
        ("2022-13-40", "2022-13-40"),
        ("2022-02-30", "2022-02-30"),
        ("../..", "../.."),
        ("nonsense", "nonsense"),
        ("9999", "9999"),
    ],
)
def test_dates_in_words(edtf, english):
    assert re.sub("<[^>]*>", "", date_words(edtf).en) == english


def test_arabic_dates_keep_each_number_left_to_right():
    assert date_words("2022-01-20").ar == 'الخميس <bdi dir="ltr">20</bdi> كانون الثاني/يناير <bdi dir="ltr">2022</bdi>'


def test_timeline_runs_in_order_of_time():
    dates = ["2022-01-21", None, "2022-01-21/..", "soon", "2022-01", "2021", "../2022-01-21", "2022-01-21/2022-01-30", "2022-01-20"]
    events = [event(f"e{n}", "السجن", "siege", date=date) for n, date in enumerate(dates)]
    assert [day.edtf for day in timeline(events).days] == [
        "2021", "2022-01", "2022-01-20", "../2022-01-21", "2022-01-21", "2022-01-21/2022-01-30", "2022-01-21/..", "soon", None,
    ]  # fmt: skip


def test_inside_a_day_the_hour_decides():
    day = {"date": "2022-01-20"}
    events = [
        event("e1", "السجن", "siege", **day),
        event("e2", "السجن", "siege", time_of_day="evening", **day),
        event("e3", "السجن", "siege", time="07:10", **day),
    ]
    assert [item.id for item in timeline(events).days[0].events] == ["e3", "e2", "e1"]


def test_bars_leave_old_background_out_of_the_axis():
    events = [
        event("e1", "السجن", "siege", date="1967", background=True),
        event("e2", "السجن", "siege", date="2022-01-20"),
        event("e3", "السجن", "siege", date="2022-01-29"),
    ]
    assert [day.bar for day in timeline(events).days] == [None, (0.0, 10.0), (90.0, 10.0)]


def test_parse_edtf_refuses_half_an_interval():
    assert parse_edtf("2022-01-20/soon") is None


# --- numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "english", "arabic"),
    [
        ({"value": 5}, "5", "5"),
        ({"value": 45000}, "45,000", "45,000"),
        ({"value": 5000, "bound": "about"}, "≈ 5,000", "≈ 5,000"),
        ({"value": 5, "bound": "at_least", "min": 5}, "at least 5", "5 على الأقل"),
        ({"value": 200, "bound": "more_than", "min": 201}, "more than 200", "أكثر من 200"),
        ({"value": 9, "bound": "at_most", "max": 9}, "at most 9", "9 على الأكثر"),
        ({"value": 9, "bound": "fewer_than", "max": 8}, "fewer than 9", "أقل من 9"),
        ({"bound": "range", "min": 4, "max": 6}, "4–6", "4–6"),
        ({"bound": "vague", "vague_word": "tens", "min": 20, "max": 99}, "tens", "عشرات"),
        ({"bound": "vague", "vague_word": "dual_or_plural", "min": 2}, "2 or more (dual or plural)", "2 أو أكثر (مثنى أو جمع)"),
        ({"bound": "vague"}, "an unstated number", "عدد غير محدد"),
        ({"value": None}, "an unstated number", "عدد غير محدد"),
        ({"value": 0}, "0", "0"),
    ],
)
def test_numbers_as_stated(fields, english, arabic):
    stated = FigureClaim(id="f", claim="c", effect="killed", quote="", start=0, end=0, rule="r", **fields)
    both = figure_words(stated)
    assert (re.sub("<[^>]*>", "", both.en), re.sub("<[^>]*>", "", both.ar)) == (english, arabic)
    assert not re.search(r"\d", re.sub(r'<bdi dir="ltr">.*?</bdi>', "", both.ar))


def number(value=None, **fields) -> FigureClaim:
    return figure("f", "السجن", value=value, **fields)


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (number(114), [number(77), number(40), number(4)], ("77 + 40 + 4 = 121 ≠ 114", "does_not_add_up")),
        (number(83), [number(60), number(23)], ("60 + 23 = 83", "adds_up")),
        (number(83), [number(60), number(20, bound="at_least", min=20)], ("60 + ≥20", "within_bounds")),
        (number(70), [number(60), number(20, bound="at_least", min=20)], ("60 + ≥20", "does_not_add_up")),
        (number(83), [number(60), number(20, bound="about")], ("60 + ≈20", "cannot_check")),
        (number(83), [number(60), number(None, bound="vague", min=20, max=99)], ("60 + (20–99)", "within_bounds")),
        (number(83), [number(60), number(None, bound="vague")], ("60 + ?", "cannot_check")),
        (number(83), [number(60), number(None, bound="range", min=4, max=6)], ("60 + (4–6)", "does_not_add_up")),
        (number(5), [], None),
    ],
)
def test_totals_against_parts(total, parts, expected):
    assert check_total(total, parts) == expected


def test_ledger_keeps_parts_under_their_total_whatever_their_side():
    _, reading = sample()
    by_effect = dict(ledger(reading.figures))
    [account] = [account for account in by_effect["killed"] if account.side == "sdf"]
    [total] = account.entries
    assert [entry.figure.id for entry in total.below] == ["f10", "f11", "f12"]
    assert total.check == ("77 + 40 + 4 = 121 ≠ 114", "does_not_add_up")


def test_every_figure_is_in_the_ledger_once_even_in_a_circle():
    figures = [number(1, of="b"), number(2, of="a"), number(3, of="c"), number(4, of="gone")]
    figures = [records.msgspec.structs.replace(item, id=id) for item, id in zip(figures, "abcd", strict=True)]

    def flat(entries):
        return [name for entry in entries for name in [entry.figure.id, *flat(entry.below)]]

    found = [name for _, accounts in ledger(figures) for account in accounts for name in flat(account.entries)]
    assert sorted(found) == list("abcd")


@pytest.mark.parametrize(
    ("contradiction", "expected"),
    [
        (
            {"kind": "total_differs_from_parts", "figures": ["f9", "f10", "f11", "f12"], "sum": 121, "stated": 114},
            "77 + 40 + 4 = 121 ≠ 114",
        ),
        ({"kind": "total_differs_from_parts", "figures": ["f9", "f10"], "sum": 121, "stated": 114}, "121 ≠ 114"),
        ({"kind": "sources_disagree", "figures": ["f13", "f14"]}, "374 ≠ ≥246"),
        ({"kind": "earlier_figure_replaced", "figures": ["f13", "f9"]}, "114 → 374"),
        ({"kind": "subset_exceeds_whole", "figures": ["f6", "f7"]}, "2 > 7"),
        ({"kind": "date_conflict", "events": ["e1", "e3"]}, "2022-01-20 ≠ 2022-01-21"),
        ({"kind": "date_conflict", "events": ["e1"]}, None),
        ({"kind": "sources_disagree", "figures": []}, None),
    ],
)
def test_arithmetic_of_contradictions(contradiction, expected):
    _, reading = sample()
    assert contradiction_sum(Contradiction(note="", note_ar="", **contradiction), reading) == expected


# --- colours --------------------------------------------------------------------------------------------------------


def colours(selector: str) -> dict[str, str]:
    """The colour list of one theme, from the style sheet."""
    css = page._text("assets", "page.css")
    block = css[css.index(selector + " {") :]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block[: block.index("}")]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    dark, light = sorted([luminance(first), luminance(second)])
    return (light + 0.05) / (dark + 0.05)


THEMES = [":root", ':root[data-theme="dark"]']


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("ground", ["paper", "raised", "hover", "chosen"])
@pytest.mark.parametrize("text", ["ink", "soft", "link", "alarm", "fine"])
def test_words_can_be_read_on_every_ground(theme, ground, text):
    assert contrast(colours(theme)[ground], colours(theme)[text]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("ground", "text"), [("figure", "ink"), ("strong", "strong-ink"), ("faint", "ink"), ("land", "soft"), ("land", "ink")]
)
def test_marked_words_can_be_read(theme, ground, text):
    assert contrast(colours(theme)[ground], colours(theme)[text]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("kind", ["event", "date", "place", "actor", "source"])
def test_lines_under_words_can_be_seen(theme, kind):
    assert contrast(colours(theme)["paper"], colours(theme)[kind]) >= 3


def test_both_lists_of_dark_colours_are_the_same():
    assert colours(':root:not([data-theme="light"])') == colours(':root[data-theme="dark"]')
    assert set(colours(":root")) == set(colours(':root[data-theme="dark"]'))


# --- words ----------------------------------------------------------------------------------------------------------

FIELDS = {
    "effect": records.Effect, "status": records.Status, "role": records.Role, "bound": records.Bound, "vague_word": records.VagueWord,
    "modality": records.Modality, "time_of_day": records.TimeOfDay, "event_kind": records.EventKind, "level": records.Level,
    "contradiction_kind": records.ContradictionKind, "date_basis": records.DateBasis, "mark": page.MarkKind,
}  # fmt: skip


@pytest.mark.parametrize("group", FIELDS)
def test_every_value_of_the_records_has_words(group):
    assert set(get_args(FIELDS[group])) == set(page._words()[group])


def test_words_come_in_both_languages():
    for group, pairs in page._words().items():
        for key, pair in pairs.items():
            assert len(pair) == 2, (group, key)
            assert all(pair), (group, key)
            assert sorted(re.findall(r"{\w}", pair[0])) == sorted(re.findall(r"{\w}", pair[1])), (group, key)


def test_common_people_are_named_in_both_languages():
    assert page.who_words("Civilians").ar == "مدنيون"
    assert page.who_words("two <b>").en == "<bdi>two &lt;b&gt;</bdi>"


def test_templates_use_only_words_that_exist():
    source = (
        page.asset("templates", "page.html").decode()
        + page.asset("templates", "rows.html").decode()
        + page.asset("templates", "panes.html").decode()
    )
    used = set(re.findall(r'(?:ui|label)\("(\w+)"', source))
    assert used <= set(page._words()["ui"])


def test_numbers_and_dates_are_set_left_to_right(outline):
    assert any(tag == "bdi" and attributes.get("dir") == "ltr" for tag, attributes in outline.tags)
    assert '<bdi dir="ltr">77 + 40 + 4 = 121 ≠ 114</bdi>' in render(*sample())


def test_shown_is_one_paintable_line():
    assert shown("a\r\nb\u2029c\ud800\u202ed\x00") == "a b c\ufffdd\ufffd"


def test_vendored_files_come_with_their_licences():
    for folder, licence in [("leaflet", "LICENSE"), ("noto-naskh-arabic", "LICENSE"), ("natural-earth", "LICENSE-world-atlas")]:
        assert page.asset("assets", "vendor", folder, licence)


def test_basemap_is_small():
    assert len(page.asset("assets", "basemap.json")) < 250_000
