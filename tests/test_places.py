"""Places: what a sentence names, and where that lies."""

from __future__ import annotations

import pytest
from factories import place, places, reading

from sijill.geo import km
from sijill.records import Place

# --- names that the gazetteer has --------------------------------------------------------------------------------------

# sentence, a word of the name, level, country, latitude and longitude (public knowledge, rounded), how near in km
KNOWN = [
    ("قصفت قوات النظام مدينة إدلب.", "إدلب", "city", "SY", 35.93, 36.63, 10),
    ("قصف مدفعي على مدينة معرة النعمان.", "معرة النعمان", "city", "SY", 35.65, 36.68, 10),
    ("قصفت قوات النظام بلدة سرمين بالمدفعية.", "سرمين", "town", "SY", 35.90, 36.72, 10),
    ("غارة روسية على بلدة كفرزيتا.", "كفرزيتا", "town", "SY", 35.37, 36.60, 10),
    ("هاجم تنظيم داعش بلدة عين عيسى.", "عين عيسى", "town", "SY", 36.39, 38.85, 10),
    ("اشتباكات بين الجيش ومسلحين في الحسكة.", "الحسكة", "city", "SY", 36.50, 40.75, 10),
    ("اشتباكات في مدينة سري كانيه بين فصيلين.", "سري كانيه", "city", "SY", 36.85, 40.07, 10),
    ("قصف تركي على كري سبي.", "كري سبي", "city", "SY", 36.70, 38.96, 10),
    ("انفجرت عبوة ناسفة في كوباني.", "كوباني", "city", "SY", 36.89, 38.35, 10),
    ("سيطرت القوات على مدينة الشدادي بعد اشتباكات.", "الشدادي", "town", "SY", 36.06, 40.73, 10),
    ("قصفت القوات مدينة دير الزور.", "دير الزور", "city", "SY", 35.34, 40.14, 10),
    ("غارات على دوما في الغوطة الشرقية.", "دوما", "city", "SY", 33.57, 36.40, 10),
    ("انفجرت سيارة مفخخة في مدينة الموصل وقتل جندي.", "الموصل", "city", "IQ", 36.34, 43.13, 15),
    ("هجوم انتحاري في مدينة بعقوبة.", "بعقوبة", "city", "IQ", 33.75, 44.64, 10),
    ("اشتباكات بين الجيش ومسلحين في الفلوجة.", "الفلوجة", "city", "IQ", 33.35, 43.78, 10),
    ("قصفت جماعة الحوثي مدينة مأرب.", "مأرب", "city", "YE", 15.46, 45.33, 10),
    ("غارات للتحالف على مدينة صعدة.", "صعدة", "city", "YE", 16.94, 43.76, 10),
    ("اغتال مسلحون ضابطاً في مدينة عدن.", "عدن", "city", "YE", 12.79, 45.02, 15),
    ("اشتباكات في مدينة سرت بين قوات حفتر ومسلحين.", "سرت", "city", "LY", 31.21, 16.59, 10),
    ("انفجار سيارة مفخخة في بنغازي.", "بنغازي", "city", "LY", 32.12, 20.07, 15),
    ("اقتحمت قوات الاحتلال مدينة جنين.", "جنين", "city", "PS", 32.46, 35.30, 10),
    ("غارة إسرائيلية على مدينة رفح في قطاع غزة.", "رفح", "city", "PS", 31.29, 34.25, 10),
    ("هجوم على حاجز للجيش في مدينة العريش.", "العريش", "city", "EG", 31.13, 33.80, 10),
    ("اشتباكات بين الجيش وقوات الدعم السريع في مدينة الفاشر.", "الفاشر", "city", "SD", 13.63, 25.35, 15),
    ("هجوم انتحاري في مقديشو نفذته حركة الشباب.", "مقديشو", "city", "SO", 2.04, 45.34, 15),
    ("اشتباكات مسلحة في مدينة صيدا اللبنانية.", "صيدا", "city", "LB", 33.56, 35.37, 10),
    ("تفجير انتحاري في كابول أسفر عن مقتل جنديين.", "كابول", "city", "AF", 34.53, 69.17, 15),
    # sites and camps
    ("هاجم تنظيم داعش سجن الصناعة في الحسكة.", "سجن الصناعة", "site", "SY", 36.48, 40.76, 5),
    ("هاجم تنظيم داعش سجن غويران في الحسكة.", "سجن غويران", "site", "SY", 36.48, 40.76, 5),
    ("اقتحمت قوات الأمن مخيم الهول.", "مخيم الهول", "site", "SY", 36.37, 41.15, 8),
    # neighbourhoods
    ("اشتباكات في حي غويران بمدينة الحسكة بين الجيش ومسلحين.", "غويران", "neighbourhood", "SY", 36.49, 40.75, 5),
    ("قصفت قوات النظام حي جوبر في دمشق.", "جوبر", "neighbourhood", "SY", 33.53, 36.33, 5),
    # governorates and regions
    ("انتشر الجيش في محافظة شبوة بعد اشتباكات مع مسلحين.", "شبوة", "governorate", "YE", 14.6, 46.8, 80),
    ("نفذ الجيش عملية أمنية في شمال سيناء.", "سيناء", None, "EG", 30.6, 33.8, 120),
    # a name that other countries bear too: what stands around it says which
    ("قصفت قوات النظام طرابلس وحمص وحماة، وقتل جندي.", "حماة", "city", "SY", 35.13, 36.75, 10),
    ("اشتباكات في طرابلس بين قوات حفتر ومسلحين من مصراتة.", "طرابلس", "city", "LY", 32.88, 13.19, 15),
    ("اشتباكات في طرابلس شمال لبنان بين الجيش اللبناني ومسلحين.", "طرابلس", "city", "LB", 34.44, 35.83, 15),
    ("قصفت قوات النظام بلدة الباب بريف حلب.", "الباب", "city", "SY", 36.37, 37.52, 10),
    ("هجوم على حاجز في القائم غرب الأنبار قتل فيه جندي.", "القائم", "city", "IQ", 34.37, 41.09, 15),
    ("غارات على محافظة الجوف اليمنية.", "الجوف", "governorate", "YE", 16.5, 45.4, 80),
]


@pytest.mark.parametrize(("text", "name", "level", "country", "lat", "lon", "near"), KNOWN)
def test_known_names(text: str, name: str, level: str | None, country: str, lat: float, lon: float, near: float) -> None:
    found = place(text, name)
    assert found.country == country
    assert level is None or found.level in (level, "town" if level == "city" else level, "city" if level == "town" else level)
    assert found.lat is not None
    assert found.lon is not None
    assert km(found.lat, found.lon, lat, lon) <= near


# --- names that no list has -------------------------------------------------------------------------------------------

UNKNOWN = [
    # sentence, name, level, its container; it lies where the container lies, and says how far off it may be
    ("انفجر لغم في قرية زقموطة بريف حماة وقتل جندي.", "زقموطة", "village", "ريف حماة"),
    ("هاجم مسلحون حي الزقموط في مدينة الموصل.", "حي الزقموط", "neighbourhood", "مدينة الموصل"),
    ("قصف الطيران الروسي مشفى الزقموط في مدينة إدلب.", "مشفى الزقموط", "site", "مدينة إدلب"),
    ("هاجم مسلحون سجن الزقموط في مدينة بعقوبة.", "سجن الزقموط", "site", "مدينة بعقوبة"),
    ("قصفت قوات النظام قرية خربة مسقنطر في ريف إدلب.", "خربة مسقنطر", "village", "ريف إدلب"),
    # the number of a unit is of its name, and what it lies in stands after
    ("قصفت الطائرات معسكر اللواء 35 مدرع في مدينة تعز.", "معسكر اللواء 35 مدرع", "site", "مدينة تعز"),
    ("هاجم مسلحون مقر الفرقة الأولى مشاة في مدينة الموصل.", "مقر الفرقة الأولى مشاة", "site", "مدينة الموصل"),
    # a building of a governorate stands where it is said to stand
    ("اقتحم مسلحون مبنى جامعة الأنبار في مدينة الرمادي.", "مبنى جامعة الأنبار", "site", "مدينة الرمادي"),
]


@pytest.mark.parametrize(("text", "name", "level", "container"), UNKNOWN)
def test_unknown_names_after_a_kind_word(text: str, name: str, level: str, container: str) -> None:
    found, around = place(text, name), place(text, container)
    assert (found.level, found.gazetteer, found.within) == (level, None, around.id)
    assert (found.lat, found.lon) == (around.lat, around.lon)
    assert (found.radius_km or 0) >= 5


def test_a_building_of_a_governorate_is_put_in_its_largest_city() -> None:
    found = place("هاجم مسلحون جامعة الأنبار وقتلوا شرطيا.", "جامعة الأنبار")
    assert found.level == "site"
    assert km(found.lat or 0, found.lon or 0, 33.42, 43.3) < 15  # Ramadi


def test_a_quarter_lies_in_its_city_whichever_side_is_said() -> None:
    found = place("انفجرت قنبلة في حي الزقموط جنوبي مدينة كركوك وقتلت شرطيا.", "حي الزقموط")
    assert km(found.lat or 0, found.lon or 0, 35.468, 44.392) < 1


def test_an_unknown_name_without_a_container_has_no_coordinates() -> None:
    found = place("هاجم مسلحون قرية زقموطة وقتلوا جندياً.", "زقموطة")
    assert (found.lat, found.lon, found.radius_km) == (None, None, None)


# --- lists, parts and containers --------------------------------------------------------------------------------------

NAMES = [
    # sentence, the places' names in order
    ("قصفت قوات النظام قريتي البارة وكنصفرة.", ["البارة", "كنصفرة"]),
    ("غارات على بلدات حاس وكفرنبل ومعرة حرمة.", ["حاس", "كفرنبل", "معرة حرمة"]),
    ("غارات تركية في جبال قنديل ومتينا.", ["جبال قنديل", "متينا"]),
    ("اشتباكات في أحياء غويران والزهور بالحسكة.", ["غويران", "الزهور", "الحسكة"]),
    ("قصفت قوات النظام ريف إدلب الجنوبي.", ["ريف إدلب الجنوبي"]),
    ("قصف على ريف حماة الشمالي وريف اللاذقية.", ["ريف حماة الشمالي", "ريف اللاذقية"]),
    ("انفجار عبوة شمال مدينة تدمر.", ["شمال مدينة تدمر"]),
    ("هجوم على حاجز للجيش غرب الرقة.", ["غرب الرقة"]),
    ("قصف على سوق في مدينة «أريحا».", ["أريحا"]),
]


@pytest.mark.parametrize(("text", "names"), NAMES)
def test_names_in_order(text: str, names: list[str]) -> None:
    found = [p.name for p in places(text)]
    assert len(found) == len(names)
    assert all(name in whole for name, whole in zip(names, found, strict=True))


def test_the_countryside_is_an_area_around_its_town() -> None:
    found = place("قصفت قوات النظام ريف إدلب الجنوبي.", "ريف إدلب الجنوبي")
    assert found.level == "line_or_area"
    assert (found.radius_km or 0) >= 25


def within(text: str, name: str) -> Place | None:
    container = place(text, name).within
    return next((p for p in places(text) if p.id == container), None)


CONTAINED = [
    ("هاجم مسلحون بلدة هجين بمحافظة دير الزور.", "هجين", "دير الزور"),
    ("قصف على حي الزبدية بمدينة حلب.", "الزبدية", "مدينة حلب"),
    ("قصفت قوات النظام بلدة حاس في ريف إدلب.", "حاس", "ريف إدلب"),
]


@pytest.mark.parametrize(("text", "name", "container"), CONTAINED)
def test_containers(text: str, name: str, container: str) -> None:
    around = within(text, name)
    assert around is not None
    assert container in around.name


# --- one place under two names, and words that point back -------------------------------------------------------------


def test_two_names_of_one_prison_are_one_place() -> None:
    found = place("هاجم تنظيم داعش سجن الصناعة في الحسكة. وحاول السجناء الفرار من سجن غويران.", "سجن الصناعة")
    assert found.aka == ["سجن غويران"]


ANAPHORA = [
    ("قصفت قوات النظام مدينة أريحا. ثم شن الطيران الروسي غارات على المدينة.", "air_strike", "أريحا"),
    ("هاجم مسلحون سجن الصناعة في الحسكة. وقد فر عشرة سجناء من السجن.", "escape", "سجن الصناعة"),
    ("اقتحم الجيش بلدة هجين. وسقطت قذائف على البلدة ليلاً وقتل جندي.", "shelling", "هجين"),
]


@pytest.mark.parametrize(("text", "kind", "name"), ANAPHORA)
def test_definite_nouns_point_back(text: str, kind: str, name: str) -> None:
    found = reading(text)
    happened = [e for e in found.events if e.kind == kind]
    assert len(happened) == 1
    assert [name in p.name for p in found.places if p.id in happened[0].places] == [True]


# --- what is no scene -------------------------------------------------------------------------------------------------

DATELINES = [
    ("دمشق - سانا\nقصفت مدفعية الجيش مواقع لتنظيم داعش في مدينة تدمر.", "shelling", "تدمر"),
    ("القاهرة (رويترز) - هاجم مسلحون حاجزاً للجيش في مدينة العريش.", "armed_assault", "العريش"),
    ("بيروت: انفجرت سيارة مفخخة في مدينة اعزاز وقتل جنديان.", "vehicle_bomb", "اعزاز"),
]


@pytest.mark.parametrize(("text", "kind", "name"), DATELINES)
def test_a_dateline_is_no_scene(text: str, kind: str, name: str) -> None:
    found = reading(text)
    (happened,) = [e for e in found.events if e.kind == kind]
    assert [p.name.split()[-1] for p in found.places if p.id in happened.places] == [name]


ACTORS_NOT_PLACES = [
    ("قصفت تركيا مدينة عين عيسى.", "تركيا"),
    ("أعلنت موسكو أن طائراتها قصفت مدينة إدلب.", "موسكو"),
    ("قالت واشنطن إن غارة قتلت قيادياً في تنظيم داعش بمدينة الباب.", "واشنطن"),
    ("قصفت إسرائيل مطاراً قرب دمشق.", "إسرائيل"),
]


@pytest.mark.parametrize(("text", "name"), ACTORS_NOT_PLACES)
def test_a_country_that_acts_is_no_place(text: str, name: str) -> None:
    assert not any(name in p.name for p in places(text))


PLACES_NOT_ACTORS = [
    ("انفجرت عبوة ناسفة في تركيا قرب حاجز للجيش وقتل جندي.", "تركيا"),
    ("زاد نشاط تنظيم داعش في العراق بعد الهجوم على السجن ومقتل ثلاثة حراس.", "العراق"),
    ("قتل جندي في اشتباكات داخل سوريا.", "سوريا"),
    ("قتل 12 جنديا في هجوم في مالي.", "مالي"),
]


@pytest.mark.parametrize(("text", "name"), PLACES_NOT_ACTORS)
def test_a_country_where_something_happens_is_a_place(text: str, name: str) -> None:
    assert place(text, name).level == "country"


ORDINARY_WORDS = [
    "فتح مسلحون الباب وقتلوا حارساً.",  # الباب is a town, too
    "قتل سالم في اشتباكات مع الشرطة.",
    "وصلت القوات بعد السلام على الجنود، ثم دارت اشتباكات.",
    "قتل أمير الجماعة في غارة على مقره.",
]


@pytest.mark.parametrize("text", ORDINARY_WORDS)
def test_ordinary_words_name_no_place(text: str) -> None:
    assert places(text) == []


def test_candidates_are_kept_with_the_reasons() -> None:
    found = place("اشتباكات في طرابلس بين قوات حفتر ومسلحين من مصراتة.", "طرابلس")
    assert {c.country for c in found.candidates} >= {"LY", "LB"}
    assert all(c.why for c in found.candidates)
    assert [c.score for c in found.candidates] == sorted((c.score for c in found.candidates), reverse=True)


# --- what else a text says of where a place is ------------------------------------------------------------------------

IN_A_DIRECTION = [
    # the area lies in the direction said: sentence, a word of the area, then the place that it is a part of, and how it lies to it
    ("قصفت قوات النظام ريف حلب الغربي. وانفجر لغم في حلب.", "ريف", "في حلب", (0, -1)),
    ("اشتباكات شمال الحسكة. وانفجر لغم في الحسكة.", "شمال", "الحسكة", (1, 0)),
    ("غارات على ريف إدلب الجنوبي. وانفجر لغم في إدلب.", "ريف", "إدلب", (-1, 0)),
]


@pytest.mark.parametrize(("text", "part", "whole", "way"), IN_A_DIRECTION)
def test_a_part_lies_in_its_direction(text: str, part: str, whole: str, way: tuple[int, int]) -> None:
    area = place(text, part)
    centre = next(p for p in places(text) if p.name in whole and part not in p.name)
    assert None not in (area.lat, area.lon, centre.lat, centre.lon)
    north, east = (area.lat or 0) - (centre.lat or 0), (area.lon or 0) - (centre.lon or 0)
    assert (round(north, 1) > 0) - (round(north, 1) < 0) == way[0]
    assert (round(east, 1) > 0) - (round(east, 1) < 0) == way[1]


OF_A_COUNTRY = [
    # words that mean the country's own: sentence, word, level, country
    ("هجوم انتحاري في العاصمة الأفغانية كابول قتل فيه جندي.", "كابول", "city", "AF"),
    ("اشتباكات بين الجيش وقوات الدعم السريع في العاصمة السودانية.", "العاصمة", "city", "SD"),
    ("قصفت قوات النظام إدلب وحماة، وعم الغضب أنحاء البلاد بعد مقتل جندي.", "البلاد", "line_or_area", "SY"),
    ("غارات على محافظة الجوف اليمنية.", "الجوف", "governorate", "YE"),
    # of two towns of one name, that of the country at war
    ("قتل ثلاثة جنود بهجوم مسلح في الرقة.", "الرقة", "city", "SY"),
    ("سيطرت القوات على مدينة زنجبار.", "مدينة زنجبار", "city", "YE"),
]


@pytest.mark.parametrize(("text", "name", "level", "country"), OF_A_COUNTRY)
def test_the_country_of_a_report(text: str, name: str, level: str, country: str) -> None:
    found = place(text, name)
    assert (found.level, found.country) == (level, country)


LONG_NAMES = [
    # names that no list has, of more than one word: sentence, names in order
    ("انفجر لغم في قرية مقطع زقموط كبير بريف منبج وقتل جندي.", ["مقطع زقموط كبير", "ريف منبج"]),
    ("قصفت قوات النظام قرية خان الزقموط بريف حماة.", ["خان الزقموط", "ريف حماة"]),
    ("قصف مدفعي على قرى الزقموطة وملا زقموط ومسقنطر بريف إدلب.", ["الزقموطة", "ملا زقموط", "مسقنطر", "ريف إدلب"]),
    ("هاجم مسلحون قرية زقموط غربي منبج.", ["زقموط", "غربي منبج"]),
    ("استعادت القوات بدعم من مليشيات محلية بلدة زقموط.", ["بلدة زقموط"]),
    ("قصفت قوات النظام قرية تل جدية بريف حماة.", ["تل جدية", "ريف حماة"]),
]


@pytest.mark.parametrize(("text", "names"), LONG_NAMES)
def test_unlisted_names_keep_their_words(text: str, names: list[str]) -> None:
    found = [p.name for p in places(text)]
    assert len(found) == len(names)
    assert all(name in whole for name, whole in zip(names, found, strict=True))
    assert "غربي" not in found[0]


def test_a_town_of_another_country_is_known_by_it() -> None:
    assert place("هجوم انتحاري في بلدة سروج جنوب شرقي تركيا قتل فيه جندي.", "سروج").country == "TR"


SPELLINGS = [
    # a kind word makes another spelling of a known name enough: sentence, name, English name
    ("قصفت قوات النظام بلدة كنصفرا بريف إدلب.", "كنصفرا", "Kansafra"),
    ("قصفت قوات النظام مدينة #معرة_النعمان.", "معرة_النعمان", "Maarrat an Nu'man"),
    ("اشتباكات قرب تلرفعت بين الجيش ومسلحين.", "تلرفعت", "Tell Rifat"),
    ("هاجم مسلحون عين عيسى وتل تمر.", "تل تمر", "Tell Tamer"),
]


@pytest.mark.parametrize(("text", "name", "english"), SPELLINGS)
def test_other_spellings_of_known_names(text: str, name: str, english: str) -> None:
    found = place(text, name)
    assert found.gazetteer is not None
    assert (found.name_en or "")[:4] == english[:4]


def test_a_far_place_counts_after_a_kind_word_where_its_country_is_spoken_of() -> None:
    found = place("قتل ثلاثة أشخاص في إطلاق نار في مدينة سبوكين في الولايات المتحدة.", "سبوكين")
    assert found.country == "US"


FAR_NAMESAKES = [
    "قتل جندي في هجوم شنته خلايا في سبوكين.",  # no kind word: a far place is nothing by itself
    "قصفت قوات النظام حلب. قال سامي العاصي إن جندياً قتل.",
]


@pytest.mark.parametrize("text", FAR_NAMESAKES)
def test_a_far_place_is_nothing_by_itself(text: str) -> None:
    assert all(p.country not in ("US", "TL") for p in places(text))


def test_a_namesake_abroad_is_none() -> None:
    found = place("قصفت قوات النظام قرية ودان بريف حماة، وقتل جندي في حلب.", "ودان")
    assert (found.gazetteer, found.country) == (None, "SY")


DOUBTFUL = [
    ("كان القادة القادرين دوما على الهجوم، فقتل جندي في حلب.", "دوما"),
    ("أعلن الجيش في بيان اليوم أن جندياً قتل في مدينة حلب.", "بيان"),
    ("قتلت فاطمة في غارة على مدينة حلب.", "اطمة"),
    ("قال أبو بكر البغدادي إن الهجوم على مدينة حلب فشل.", "البغدادي"),
    ("توجه إلى مسقط رأسه بعد الهجوم على مدينة حلب.", "الأطراف"),
]


@pytest.mark.parametrize(("text", "name"), DOUBTFUL)
def test_a_word_is_no_place_without_a_preposition(text: str, name: str) -> None:
    assert not any(name in p.name for p in places(text))


@pytest.mark.parametrize("text", ["قصفت قوات النظام في دوما حياً وقتل جندي.", "غارات على مدينة دوما.", "قتل جندي في حرستا ودوما."])
def test_the_same_word_is_a_place_with_one(text: str) -> None:
    found = place(text, "دوما")
    assert (found.level, found.country) == ("city", "SY")


# --- which of the places named is the event's -------------------------------------------------------------------------

SCENES = [
    # sentence, kind of the event, names of its places
    ("انفجرت عبوة ناسفة بسيارة تابعة للمجلس العسكري لمنبج في مدينة الباب.", "explosive_device", ["مدينة الباب"]),
    ("أفاد مراسلنا في حلب أن قصفاً مدفعياً استهدف بلدة كفرتعال.", "shelling", ["بلدة كفرتعال"]),
    ("أصيب طفل بقصف على بلدة سرمين ونقل إلى مستشفى في مدينة إدلب.", "shelling", ["بلدة سرمين"]),
    ("قصفت قوات النظام بلدة كفرتعال بريف حلب الغربي.", "shelling", ["بلدة كفرتعال"]),
    ("مقتل طفل في مدينة أريحا جراء قصف مدفعي لقوات النظام المتمركزة في سراقب.", "shelling", ["مدينة أريحا"]),
    ("أطلق المسلحون سراح عشرة أسرى من سجن صيدنايا إلى مدينة حمص.", "release_or_exchange", ["سجن صيدنايا"]),
    ("غارات روسية على قرى كفرنوران وتديل والشيخ علي.", "air_strike", ["كفرنوران", "تديل", "الشيخ علي"]),
    ("نظم أهالي مدينة القامشلي مظاهرة ضد الغلاء.", "protest", ["مدينة القامشلي"]),
    # both of two, though no list has the second and its «و» is written to it
    ("قصف طيران التحالف مديريتي صرواح وزقموط في محافظة مأرب.", "air_strike", ["صرواح", "زقموط"]),
    # «حيث» looks back to the words before it, and to the innermost place of them
    ("قالت مصادر في محافظة إب إن الحوثيين وصلوا إلى مدينة يريم، حيث خطفوا ثلاثة طلاب.", "abduction", ["مدينة يريم"]),
    ("تركز القتال في حلب على حي الشعار شرقي المدينة، حيث قتل جندي في كمين.", "armed_assault", ["حي الشعار"]),
    ("شهدت مدينة السويداء جنوبي سوريا، اليوم الثلاثاء، اشتباكات مسلحة.", "armed_clash", ["مدينة السويداء"]),
    ("قتل جندي في اشتباكات في سنجار. ووصلت تعزيزات كبيرة من أربيل إلى الموصل.", "deployment", ["الموصل"]),
    ("هاجم شاب من مدينة حلب مقهى في دمشق فقتل ثلاثة مدنيين.", "armed_assault", ["دمشق"]),
    ("دعت الهيئة إلى احترام اتفاقيات جنيف بعد قصف سوق في تعز.", "shelling", ["تعز"]),
    ("شهدت مدينة نيالا اشتباكات بين الجيش والدعم السريع كما شهدت مدينة الأبيض قصفا مدفعيا.", "armed_clash", ["مدينة نيالا"]),
    ("قتل شاب برصاصة في الصدر في نابلس.", "shooting", ["نابلس"]),
    ("قتل أربعة مسلحين بالرصاص في مدينة الصدر ببغداد.", "shooting", ["مدينة الصدر"]),
    ("قتل مدنيان بانفجار عبوة ناسفة في جاسم.", "explosive_device", ["جاسم"]),
    ("قتل أربعة في تفجيرات باريس.", "explosive_device", ["باريس"]),
    ("عثر الأهالي على جثة رجل وعليه آثار طلق ناري في منطقة الرأس في قرية أبو النيتل.", "bodies_found", ["قرية أبو النيتل"]),
    ("شهدت مدينة نيالا عاصمة جنوب دارفور اشتباكات بين الجيش والدعم السريع.", "armed_clash", ["مدينة نيالا"]),
    ("نشر الجيش قوات في مدينة أم درمان بعد اشتباكات في الخرطوم.", "armed_clash", ["الخرطوم"]),
    ("قتل أربعة في هجوم على قرية سامي العاصي في كركوك.", "attack_unspecified", ["قرية سامي العاصي"]),
    ("قتل أربعة في هجوم على قرية محمد علي في كركوك.", "attack_unspecified", ["قرية محمد علي"]),
    ("استهدفت الطائرات مدنيين وهم في طريق عودتهم من المستشفى وسط خانيونس.", "air_strike", ["وسط خانيونس"]),
    ("قتل ثلاثة مدنيين في قصف وسط الموصل (400 كلم شمال بغداد).", "shelling", ["وسط الموصل"]),
    # where a body has its office, where the hurt were brought, where something was said or held meanwhile
    ("ذكر المرصد السوري ومقره في بريطانيا أن مسلحين من داعش استهدفوا نقطة أمنية.", "attack_unspecified", []),
    ("أعلنت منظمة مقرها جنيف مقتل خمسة مدنيين في قصف.", "shelling", []),
    ("قال المرصد الذي يتخذ من لندن مقرا له إن خمسة قتلوا في قصف على بلدة سرمين.", "shelling", ["بلدة سرمين"]),
    ("قتل ثلاثة في قصف على مقر الشرطة في كركوك.", "shelling", ["كركوك"]),
    ("أصيب جنود ونقلوا إلى مستشفى العريش العسكري. وفتح مجهولون النار على سيارة.", "shooting", []),
    ("نقل الجرحى من حلب إلى مستشفى في إدلب بعد قصف على المدينة.", "shelling", ["حلب"]),
    ("قتل 15 في تفجير المسجد، ونقل المصابون إلى مستشفى في الرياض.", "explosive_device", []),
    ("زار الوزير مستشفى في جدة والتقى ثلاثة من المصابين في هجوم الحوثيين.", "attack_unspecified", []),
    ("أصيب ثلاثة في قصف على مستشفى العريش.", "shelling", ["مستشفى العريش"]),
    ("قتل عشرة في هجوم. وقال الوزير في مؤتمر صحفي في جنيف إن الهجوم لن يمر.", "attack_unspecified", []),
    ("قتل خمسة في هجوم مسلح أمس بالتزامن مع زيارة الرئيس إلى باريس.", "armed_assault", []),
    ("قتل خمسة في هجوم مسلح أمس استهدف اجتماعا في بغداد.", "armed_assault", ["بغداد"]),
    # where the arrested were before
    ("اعتقلت الشرطة رجلا عاد من سوريا.", "arrest", []),
    ("اعتقلت الشرطة الكويتية أربعة أشخاص قاتلوا مع داعش في الموصل.", "arrest", []),
    ("اعتقلت الشرطة أربعة أشخاص في الموصل.", "arrest", ["الموصل"]),
    # words that are spelled like a name
    ("انفجرت سيارة مفخخة باكرا في بغداد.", "vehicle_bomb", ["بغداد"]),
    ("انفجرت سيارة مفخخة في أكرا.", "vehicle_bomb", ["أكرا"]),
    ("قتل خمسة في معركة في بيدوا.", "armed_clash", ["بيدوا"]),
    ("قتل خمسة في قصف على بلدة معركة.", "shelling", ["بلدة معركة"]),
    ("قتل خمسة في انفجار لغم على طريق معروف.", "explosive_device", []),
    ("قتل خمسة في تفجير في عسير.", "explosive_device", ["عسير"]),
    ("قتل شخصان في غارة على صور.", "air_strike", ["صور"]),
    ("استهدف صاروخ أطلق من اليمن مدينة إيلات.", "shelling", ["مدينة إيلات"]),
    ("في بغداد قتل خمسة بسيارة مفخخة في الكرادة، وفي بعقوبة قتل شرطيان بعبوة ناسفة.", "vehicle_bomb", ["الكرادة"]),
    ("في بغداد قتل خمسة بسيارة مفخخة في الكرادة، وفي بعقوبة قتل شرطيان بعبوة ناسفة.", "explosive_device", ["بعقوبة"]),
    ("قتل خمسة في الهجوم الذي شنه داعش على تدمر.", "attack_unspecified", ["تدمر"]),
    ("قتل جندي في مدينة نيالا عاصمة ولاية جنوب دارفور بقصف استهدف المدينة.", "shelling", ["مدينة نيالا"]),
    ("استهدف انتحاري مقر شرطة محافظة ديالى في بعقوبة.", "suicide_bombing", ["بعقوبة"]),
    ("اندلعت اشتباكات مع قوات تابعة لمصراتة في سرت.", "armed_clash", ["سرت"]),
    ("اندلعت اشتباكات في بلدة تاورغاء التابعة لمصراتة.", "armed_clash", ["بلدة تاورغاء"]),
]


@pytest.mark.parametrize(("text", "kind", "names"), SCENES)
def test_the_scene_of_an_event(text: str, kind: str, names: list[str]) -> None:
    found = reading(text)
    happened = next(e for e in found.events if e.kind == kind)
    scenes = [p.name for p in found.places if p.id in happened.places]
    assert len(scenes) == len(names)
    assert all(name in scene for name, scene in zip(names, scenes, strict=True))


def test_items_under_a_heading_lie_in_its_place() -> None:
    text = "حلب:\nقصف مدفعي على قرية زقموطة بالريف الغربي.\nدرعا:\nانفجرت عبوة ناسفة بسيارة ضابط.\n"
    found = reading(text)
    bomb = next(e for e in found.events if e.kind == "explosive_device")
    assert [p.name for p in found.places if p.id in bomb.places] == ["درعا"]
    assert place(text, "زقموطة").lat == pytest.approx(36.2, abs=0.4)


def test_a_later_telling_that_is_more_exact_gives_the_scene() -> None:
    found = reading("مقتل مدني بغارة جوية على ريف إدلب. واستهدفت الغارة الجوية بلدة سرمين بريف إدلب.")
    (strike,) = [e for e in found.events if e.kind == "air_strike"]
    assert ["سرمين" in p.name for p in found.places if p.id in strike.places] == [True]


@pytest.mark.parametrize(("text", "name"), [("للفلوجة", "الفلوجة"), ("للاذقية", "اللاذقية"), ("لحلب", "حلب"), ("للرقة", "الرقة")])
def test_a_name_behind_a_preposition_is_whole(text: str, name: str) -> None:
    (found,) = reading(f"قتل خمسة في قصف على الأحياء الشرقية {text}.").places
    assert found.name == name


def test_the_only_scene_of_a_report_is_where_all_of_it_was() -> None:
    found = reading("قتل الجيش عشرة مدنيين في هجمات متعمدة. وقالت المنظمة إنها وثقت ما جرى. ولم ترد الحكومة. وكان ذلك في مدينة الفاشر.")
    assert found.events
    assert {found.places[0].id} == {id for event in found.events for id in event.places}


MORE_EXACT = [
    ("ارتكبت المليشيات هجوماً في مدينة عدن استهدف ضاحية دار سعد بالصواريخ.", "دار سعد"),
    ("نهبت القوات بلدة الطيانة، في حين اعتقلت الميليشيا خمسة أشخاص أثناء مداهمتها قرية البحرة.", "البحرة"),
]


@pytest.mark.parametrize(("text", "name"), MORE_EXACT)
def test_the_more_exact_place_is_the_scene(text: str, name: str) -> None:
    found = reading(text)
    assert any(name in p.name for p in found.places if p.id in found.events[-1].places)
