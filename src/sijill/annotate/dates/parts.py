"""The parts that date expressions are made of: days, months, years, weekdays; each read where it starts.

Every reader takes the index of a unit and gives `Part` or None; none looks further than some ten units ahead.
"""

from __future__ import annotations

from typing import Final, cast

from sijill.annotate import numbers
from sijill.annotate.dates.calendar import FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR, Anchor, Calendar, Clock, Moment, Shift
from sijill.annotate.dates.calendar import Unit as TimeUnit
from sijill.annotate.dates.cursor import Part
from sijill.annotate.dates.hours import Hours
from sijill.annotate.unit import Unit
from sijill.records import TimeOfDay

__all__ = ["Parts"]

_YEARS: Final = range(1900, 2100)


class Parts(Hours):
    """Readers of days, months and years."""

    def part(self, i: int) -> Part | None:
        """The part that starts at a unit, whatever its kind."""
        tags = self.tags(i)
        if "D" in tags:
            return self._numeric_date(i) or self._day_and_month(i) or self._clock_digits(i, told=False)
        if "RELDAY" in tags:
            event_day = self._event_day(i)
            return event_day if event_day or self.passed > i else self._relative_day(i)
        if "WEEKDAY" in tags:
            return self._weekday(i, "weekday")
        if "CLOCK" in tags:
            return self._clock(i)
        if "DAYPART" in tags:
            return self._daypart(i)
        if "MONTH" in tags:
            return self.month(i, sure=False)
        if "EDGE" in tags:
            return self._edge(i)
        if tags & _DAY_WORDS:
            return self._feast(i) or self._day_and_month(i) or self._hour_alone(i)
        if "NUM_UNIT" in tags:
            return self._hour_alone(i)
        if "SAME_OF" in tags or "DEMONSTRATIVE" in tags:
            return self._pointed_period(i)
        if "SEASON" in tags:
            return self._season(i)
        if "DECADE" in tags:
            return self._decade(i)
        if "NAMED_DAY" in tags:
            return self._named_day(i)
        if "PERIOD" in tags:
            return self._feast(i) or self._period(i)
        return None

    # --- days of a month

    def day_number(self, i: int) -> tuple[int, int] | None:
        """A day of the month in digits or as an ordinal: (day, unit after)."""
        digits = self.digits(i)
        if digits is not None:
            return (digits, i + 1) if 1 <= digits <= 31 and len(self.word(i)) <= 2 else None
        tags = self.tags(i)
        if "ORDINAL" in tags:
            value = int(self.feature(i, "value"))
            if "NUM_TEN" in self.tags(i + 1):
                return value + 10, i + 2
            if self.word(i + 1) == "و" and "NUM_TENS" in self.tags(i + 2):
                value += int(self.feature(i + 2, "value"))
                return (value, i + 3) if value <= 31 else None
            return value, i + 1
        if "NUM_TENS" in tags:
            value = int(self.feature(i, "value"))
            return (value, i + 1) if value <= 30 else None
        return None

    def _day_and_month(self, i: int) -> Part | None:
        """«20 كانون الثاني 2022», «19/ أيلول/ 2023», «الثامن من الشهر الجاري»."""
        read = self.day_number(i)
        if not read:
            return None
        found = self.of_month(*read)
        week_or_half = "FRACTION" in self.tags(i - 1) or (self.unit(i - 1) == "week" and not self.digits(i))
        if found and week_or_half:
            return found._replace(moment=found.moment._replace(day=None))  # «الأسبوع الأول من آذار»
        return found

    def of_month(self, day: int, at: int) -> Part | None:
        """The month that a day already read belongs to: «من شهر أيار», «من الشهر الماضي»."""
        if self.tags(at) & _DAY_JOINTS:
            at += 1
        if "PERIOD" in self.tags(at) and self.items[at].feature("unit") == "month" and "MONTH" in self.tags(at + 1):
            at += 1
        if "LPAR" in self.tags(at) or "QUOTE" in self.tags(at):
            at += 1 if "MONTH" in self.tags(at + 1) else 0
        if "MONTH" in self.tags(at):
            found = self.month(at, sure=True)
        else:
            found = self._pointed_period(at) or self._turned_period(at)
            if found and not (found.moment.shift and found.moment.shift.unit == "month"):
                found = None
        return found._replace(moment=found.moment._replace(day=day)) if found else None

    # --- months and years

    def month(self, i: int, *, sure: bool) -> Part | None:
        """A month, its name in another tradition beside it, and its year. A weak name needs more than itself."""
        calendar = cast(Calendar, self.items[i].feature("calendar") or "gregorian")
        number, at = int(self.feature(i, "month")), i + 1
        american = self._day_then_year(at, number, calendar)
        if american:
            return american
        at, doubled = self._second_name(at, number, calendar)
        moment = Moment(month=number, calendar=calendar)
        at, moment, dated = self._year_after(at, moment)
        sure = sure or doubled or dated or self._month_stands(i)
        return Part(moment, None, at) if sure or "MONTH_WEAK" not in self.tags(i) else None

    def _day_then_year(self, i: int, month: int, calendar: Calendar) -> Part | None:
        """«فبراير 3, 2024», «November 23, 2024»: the day between the month and the year."""
        day, at = self.digits(i), i + 1 + bool(self.tags(i + 1) & {"COMMA"} or self.word(i + 1) == ",")
        year = self.digits(at)
        if day is None or not 1 <= day <= 31 or len(self.word(i)) > 2 or year not in _YEARS or len(self.word(at)) != 4:
            return None
        return Part(Moment(year=year, month=month, day=day, calendar=calendar), None, at + 1)

    def _month_stands(self, i: int) -> bool:
        """Whether the word before shows that a weak month name is a month: «في مارس», «منذ آب», «شهر رمضان»."""
        before = self.tags(i - 1)
        if "PERIOD" in before and self.items[i - 1].feature("unit") == "month":
            return True
        if self.word(i) == "اب" and self.units.folded.source[self.units.row.span(i, i + 1)[0]] == "إ":
            return False  # «إب», a governorate of Yemen, and no «آب»
        spaced = not self.touch(i) or "MONTH_JOINED" in self.tags(i)
        return spaced and bool(before & {"IN", "SINCE", "UNTIL", "KHILAL", "EDGE"}) and self.word(i - 1) not in ("داخل", "وسط")

    def _second_name(self, at: int, number: int, calendar: Calendar) -> tuple[int, bool]:
        """«تموز/يوليو», «يوليو (تموز)»: the same month named again."""
        opened = at
        while opened < at + 2 and self.tags(opened) & {"SLASH", "LPAR", "QUOTE", "DASH"}:
            opened += 1
        if opened == at and "MONTH" not in self.tags(at):
            return at, False
        if "MONTH" not in self.tags(opened):
            return at, False
        other = self.items[opened]
        if (other.feature("calendar") or "gregorian") != calendar or int(other.entry.features["month"]) != number:
            return at, False
        closing = self.tags(opened + 1)
        closes = opened > at and ("RPAR" in closing or ("QUOTE" in closing and "QUOTE" in self.tags(opened - 1)))
        return opened + (2 if closes else 1), True

    def _year_after(self, at: int, moment: Moment) -> tuple[int, Moment, bool]:
        """The year right after a month, «الماضي», or neither: (unit after, moment, whether any stood there)."""
        turn = self.turn(at)
        if turn is not None:
            return at + 1, moment._replace(turn=turn), True
        year = self.year_at(at, hijri=moment.calendar == "hijri")
        skipped = at
        if not year and self.tags(at) & _YEAR_JOINTS:
            skipped = at + 1
            if not (self.word(at) in ("في", "من", "ل") and "PERIOD" not in self.tags(skipped)):
                year = self.year_at(skipped, hijri=moment.calendar == "hijri")
        if year:
            value, calendar, last = year
            if calendar != moment.calendar and calendar == "hijri":
                return at, moment, False
            return last, moment._replace(year=value), True
        for start in (at, at + 1):
            if start == at + 1 and not self.tags(at) & {"FROM", "IN", "COMMA"}:
                break
            pointed = self._turned_period(start) or self._pointed_period(start)
            shift = pointed.moment.shift if pointed else None
            if pointed and shift and shift.unit == "year":
                return pointed.last, moment._replace(shift=shift), True
            if pointed and shift and shift.unit == "month" and shift.anchor == "report" and start == at:
                return pointed.last, moment._replace(turn=shift.number), True  # «3 آب الشهر المقبل»
        return at, moment, False

    def turn(self, i: int) -> int | None:
        """«الماضي» −1, «الجاري» 0, «المقبل» 1."""
        if "TURN" in self.tags(i) and self.word(i).startswith(("ال", "قبل")):
            return int(self.feature(i, "turn"))
        return None

    def year_at(self, i: int, *, hijri: bool = False) -> tuple[int, Calendar, int] | None:
        """A year, with «عام» or without, in digits or (after «عام») in words: (year, calendar, unit after)."""
        named = "PERIOD" in self.tags(i) and self.items[i].feature("unit") == "year" and "PL" not in self.tags(i)
        at = i + 1 if named else i
        if named and "LPAR" in self.tags(at):
            at += 1
        value, last = self.digits(at), at + 1
        if value is None and named:
            words = numbers.number_at(self.units, at)
            if words and isinstance(words[0], int) and words[0] > 999:
                value, last = int(words[0]), words[1]
        if value is None:
            return None
        era = self.tags(last)
        if "ERA_HIJRI" in era or ((hijri or named) and FIRST_HIJRI_YEAR - 43 <= value <= LAST_HIJRI_YEAR):
            if not FIRST_HIJRI_YEAR - 43 <= value <= LAST_HIJRI_YEAR:
                return None
            return value, "hijri", last + ("ERA_HIJRI" in era)
        if named and 60 <= value <= 99 and last == at + 1 and len(self.word(at)) == 2:
            return 1900 + value, "gregorian", last + ("ERA_COMMON" in era and self.word(last) != "ه")  # «عام 94»
        if value not in _YEARS or (len(self.word(at)) != 4 and last == at + 1):
            return None
        return value, "gregorian", last + ("ERA_COMMON" in era and self.word(last) != "ه")

    # --- numeric dates

    def _numeric_date(self, i: int) -> Part | None:
        """«20-01-2022», «2022/01/20», «20 / 1 / 1419هـ»; day before month unless that cannot be."""
        mark = self.tags(i + 1) & {"SLASH", "DASH", "STOP"}
        if not mark or not mark <= self.tags(i + 3) or self.word(i + 1) not in "/-.":
            return None
        if self.word(i + 1) == "." and not all(self.touch(j) for j in range(i + 1, i + 5)):
            return None
        if (self.tags(i - 1) & mark and "D" in self.tags(i - 2)) or (self.word(i + 5) == self.word(i + 1) and "D" in self.tags(i + 6)):
            return None
        first, second, third = self.digits(i), self.digits(i + 2), self.digits(i + 4)
        if first is None or second is None or third is None:
            return None
        lengths = [len(self.word(j)) for j in (i, i + 2, i + 4)]
        if lengths[0] == 4:
            year, month, day = first, second, third
        else:
            day, month, year = first, second, third
            if lengths[2] == 2 and self.word(i + 1) != ".":
                year += 2000 if year < 50 else 1900
            elif lengths[2] != 4:
                return None
        if month > 12 >= day:
            day, month = month, day
        if not (1 <= month <= 12 and 1 <= day <= 31):
            return None
        last = i + 5
        calendar: Calendar = "hijri" if "ERA_HIJRI" in self.tags(last) or 1300 <= year <= 1500 else "gregorian"
        if calendar == "gregorian" and year not in _YEARS:
            return None
        last += bool((self.tags(last) & {"ERA_HIJRI", "ERA_COMMON"} and self.touch(last)) or "ERA_HIJRI" in self.tags(last))
        return Part(Moment(year=year, month=month, day=day, calendar=calendar), None, last)

    def short_numeric_date(self, i: int) -> Part | None:
        """«20/1» with no year: read only where the words before call for a date."""
        first, second = self.digits(i), self.digits(i + 2)
        if not (self.tags(i + 1) & {"SLASH", "DASH"}) or first is None or second is None:
            return None
        if self.tags(i + 3) & {"SLASH", "DASH"} or not (1 <= first <= 31 and 1 <= second <= 12):
            return None
        return Part(Moment(month=second, day=first, calendar="gregorian"), None, i + 3)

    # --- days by name or by distance

    def _relative_day(self, i: int) -> Part:
        unit = self.items[i]
        shift = Shift("day", int(unit.entry.features["shift"]), cast(Anchor, unit.entry.features["anchor"]))
        if shift.anchor == "text" and shift.number and self.word(i + 1) == "ل" and self.touch(i + 2):
            shift = shift._replace(anchor="event")  # «في اليوم التالي للهجوم»
        part = cast("TimeOfDay | None", unit.feature("part"))
        return Part(Moment(shift=shift), Clock(part=part) if part else None, i + 1)

    def _event_day(self, i: int) -> Part | None:
        """«اليوم الثالث للهجوم»; «اليوم الأول من رمضان» is a day of the month. «على التوالي» says nothing of a day."""
        if "ORDINAL" not in self.tags(i + 1) or not self.word(i).endswith("يوم"):
            return None
        read = self.day_number(i + 1)
        if not read:
            return None
        of_month = self.of_month(*read)
        if of_month:
            return of_month
        if self.tags(read[1]) & {"RUNNING", "REL"}:
            self.passed = read[1]
            return None
        return Part(Moment(event_day=read[0]), None, read[1])

    def _weekday(self, i: int, name: str) -> Part:
        moment = Moment(weekday=int(self.feature(i, name)))
        turn = self.turn(i + 1)
        return Part(moment._replace(turn=turn), None, i + 2) if turn is not None else Part(moment, None, i + 1)

    def _daypart(self, i: int) -> Part | None:
        """A part of the day: alone where its form allows, else only before a day («فجر الخميس», «صباح يوم 5 آذار»)."""
        feast = self._feast(i)
        if feast:
            return feast
        tags = self.tags(i)
        midnight = "MIDNIGHT" in tags
        if midnight and "GMT" in self.tags(i + 1):
            return None
        clock = Clock(0, 0, "night", True) if midnight else Clock(part=cast(TimeOfDay, self.feature(i, "part")))
        at = i + 1
        if at < self.count and self.word(at) in ("باكر", "الباكر", "باكرا", "المتاخر", "المبكر", "امس"):
            at += self.word(at) != "امس"
        bracket = self.tags(at) & {"LPAR", "QUOTE"} and self.tags(at + 1) & {"WEEKDAY", "RELDAY"}
        rest = at + 1 if bracket or "FROM" in self.tags(at) or ("IN" in self.tags(at) and not self.touch(at + 1)) else at
        day = self.day_part(rest)
        if day:
            moment = day.moment._replace(after_midnight=True) if "AFTER_MIDNIGHT" in tags and _one_day_named(day.moment) else day.moment
            return Part(moment, clock, day.last + bool(bracket and self.tags(day.last) & {"RPAR", "QUOTE"}))
        alone = "DAYPART_ALONE" in tags or ("DEF" in tags and self._part_stands(i))
        return Part(Moment(), clock, at) if alone else None

    def _part_stands(self, i: int) -> bool:
        """«في الصباح», «عند الفجر», «صلاة الظهر», «ساعات الليل»."""
        before = self.tags(i - 1)
        if "IN" in before and self.touch(i) and self.word(i - 1) == "ل":
            return False
        hours = "PERIOD" in before and self.items[i - 1].feature("unit") == "hour"
        first_hours = "FROM" in before and "ORDINAL" in self.tags(i - 2)  # «الساعات الأولى من الصباح»
        return (
            hours
            or first_hours
            or bool(before & {"IN", "AT", "SINCE", "UNTIL", "LASTING"})
            or self.word(i - 1) in ("صلاه", "مع", "خلال", "اثناء")
        )

    def day_part(self, i: int) -> Part | None:
        """A day, with «يوم» before it or not: what a daypart or «يوم» leads on to."""
        tags = self.tags(i)
        if self.word(i) == "يوم":
            following = self.tags(i + 1)
            if "WEEKDAY_BARE" in following and "WEEKDAY" not in following and "NUM_ONE" not in following:
                return self._weekday(i + 1, "weekday")
            if "DATED" in following:
                i += 1
            if not _DAY_AFTER_DAY.isdisjoint(following):
                return self.part(i + 1) or self.short_numeric_date(i + 1)
            return None
        if not _DAY.isdisjoint(tags) and "CLOCK" not in tags:
            found = self.part(i)
            return found if (found and found.clock is None) or (found and "RELDAY" in tags) else None
        return None

    # --- weeks, months, years by distance

    def _period(self, i: int) -> Part | None:
        """«يوم الخميس», «عام 2013», «الشهر الماضي»."""
        if self.word(i) == "يوم":
            return self.day_part(i)
        unit = self.items[i].feature("unit")
        if unit == "week" and "ORDINAL" in self.tags(i + 1):
            return self._day_and_month(i + 1)
        if unit == "month" and "MONTH" in self.tags(i + 1):
            return self.month(i + 1, sure=True)
        if unit == "year":
            if "NOT_A_YEAR" in self.tags(i - 1):
                return None
            year = self.year_at(i)
            if year:
                return Part(Moment(year=year[0], calendar=year[1]), None, year[2])
        return self._turned_period(i) or self._period_same(i)

    def _turned_period(self, i: int) -> Part | None:
        """«الأسبوع الماضي», «العام الجاري»: a week, month or year counted from the day of writing."""
        unit = self.unit(i)
        if unit not in ("day", "week", "month", "year") or "DEF" not in self.tags(i) or self.tags(i) & {"PL", "DUAL"}:
            return None
        turn = self.turn(i + 1)
        if turn is None or "NOT_A_YEAR" in self.tags(i - 1):
            return None
        return Part(Moment(shift=Shift(unit, turn, "report")), None, i + 2)

    def _period_same(self, i: int) -> Part | None:
        """«العام نفسه», «الشهر التالي»: counted from what the text told last."""
        unit = self.unit(i)
        if unit not in ("day", "week", "month", "year") or "DEF" not in self.tags(i) or "TURN_TEXT" not in self.tags(i + 1):
            return None
        return Part(Moment(shift=Shift(unit, int(self.feature(i + 1, "turn")), "text")), None, i + 2)

    def _pointed_period(self, i: int) -> Part | None:
        """«هذا الشهر», «ذلك العام», «نفس الشهر», and the same after the noun."""
        if "SAME_OF" in self.tags(i):
            anchor: Anchor = "text"
        elif "DEMONSTRATIVE" in self.tags(i):
            anchor = "report" if self.word(i) in ("هذا", "هذه") else "text"
        else:
            return self._period_same(i)
        unit, tags = self.unit(i + 1), self.tags(i + 1)
        if unit not in ("day", "week", "month", "year") or "DEF" not in tags or "SG" not in tags:
            return None
        return Part(Moment(shift=Shift(unit, 0, anchor)), None, i + 2)

    def _edge(self, i: int) -> Part | None:
        """«مطلع أيار», «نهاية العام الماضي», «منتصف 2014»."""
        edge, at = self.feature(i, "edge"), i + 1
        if "MONTH" in self.tags(at):
            found = self.month(at, sure=True)
        elif "PERIOD" in self.tags(at):
            found = self._period(at)
            if not found and "DEF" in self.tags(at) and self.unit(at) in ("month", "year", "week"):
                found = Part(Moment(shift=Shift(cast(TimeUnit, self.unit(at)), 0, "report")), None, at + 1)
        else:
            year = self.year_at(at)
            found = Part(Moment(year=year[0], calendar=year[1]), None, year[2]) if year else None
        if not found:
            return None
        day = self.items[i].feature("day")  # «غرة رمضان» is its first day
        if day and found.moment.month:
            return found._replace(moment=found.moment._replace(day=int(day)))
        return found._replace(moment=found.moment._replace(edge=edge))

    def _decade(self, i: int) -> Part | None:
        """«تسعينيات القرن الماضي», «الثمانينيات»; of a man's age («في الخمسينيات من عمره») and of the twenties it says nothing."""
        named = "CENTURY" in self.tags(i + 1)
        if self.tags(i + 1) & {"FROM"} or "OF_AGE" in self.tags(i + 1):
            return None
        first = int(self.feature(i, "decade"))
        if not named and ("DEF" not in self.tags(i) or first == 1920):
            return None
        return Part(Moment(decade=first), None, i + 1 + named)

    def _named_day(self, i: int) -> Part | None:
        """«العاشر من رمضان»: a day of the month only where a year or «يوم» stands beside it, since towns and streets bear its name."""
        moment = Moment(month=int(self.feature(i, "month")), day=int(self.feature(i, "day")), calendar=_calendar(self.items[i]))
        at, moment, dated = self._year_after(i + 1, moment)
        led = self.word(i - 1) in ("يوم", "ليله", "فجر", "صباح", "مساء")
        return Part(moment, None, at) if dated or led else None

    def _feast(self, i: int) -> Part | None:
        """«ثاني أيام عيد الأضحى», «يوم عيد الفطر», «ليلة رأس السنة»: one day of a feast; the feast alone is no day."""
        number, at = 1, i + 1
        if "ORDINAL" in self.tags(i) and self.word(at) in ("ايام", "يوم"):
            number, at = int(self.feature(i, "value")), at + 1
        elif self.word(i) == "ليله":
            number = 0
        elif self.word(i) != "يوم":
            return None
        if "FEAST" not in self.tags(at):
            return None
        feast = self.items[at]
        moment = Moment(month=int(self.feature(at, "month")), day=int(self.feature(at, "day")), calendar=_calendar(feast))
        last, moment, _ = self._year_after(at + 1, moment)
        clock = Clock(part="night") if number == 0 else None
        return Part(moment._replace(feast_day=number), clock, last)

    def _season(self, i: int) -> Part | None:
        """«صيف 2014», «الصيف الماضي»."""
        season = self.feature(i, "season")
        turn = self.turn(i + 1) if "DEF" in self.tags(i) else None
        if turn is not None:
            return Part(Moment(season=season, turn=turn), None, i + 2)
        at = i + 1 if "FROM" in self.tags(i + 1) else i
        year = self.year_at(at + 1)
        if year:
            return Part(Moment(season=season, year=year[0], calendar=year[1]), None, year[2])
        pointed = self._turned_period(at + 1)
        if pointed and pointed.moment.shift and pointed.moment.shift.unit == "year":
            return Part(pointed.moment._replace(season=season), None, pointed.last)
        return None


def _one_day_named(moment: Moment) -> bool:
    """Whether a day is told by its name or by its distance («الأحد», «أمس»), as nights are."""
    return moment.day is None and moment.event_day is None and (moment.weekday is not None or moment.shift is not None)


def _calendar(unit: Unit) -> Calendar:
    return cast(Calendar, unit.feature("calendar") or "gregorian")


_DAY: Final = frozenset({"WEEKDAY", "RELDAY", "D", "ORDINAL", "NUM_TENS"})
_DAY_AFTER_DAY: Final = _DAY | {"DATED"}
_DAY_WORDS: Final = {"ORDINAL", "NUM_TENS"}
_DAY_JOINTS: Final = {"FROM", "SLASH", "DASH"}
_YEAR_JOINTS: Final = {"SLASH", "DASH", "COMMA", "FROM", "IN", "TO"}
