"""Counted time: «قبل يومين», «خلال الأشهر الثلاثة الماضية», «على مدار 7 أيام», «كل يوم جمعة»."""

from __future__ import annotations

from typing import Final, cast

from sijill.annotate import numbers
from sijill.annotate.dates.calendar import ONE_FROM, Anchor, DateExpression, Moment, Shift, Unit
from sijill.annotate.dates.parts import Parts
from sijill.annotate.unit import Chunk
from sijill.records import TimeOfDay

__all__ = ["Counts", "counted_shift", "minus"]


class Counts(Parts):
    """Readers of expressions that count units of time."""

    def _counted(self, i: int) -> tuple[int | None, Unit, int] | None:
        """«يومين», «ثلاثة أيام», «نحو 4 سنوات», «أسبوع»: (how many, of what, unit after); vague numbers are None."""
        for _ in range(2):
            i += "BOUND" in self.tags(i)
        if "VAGUE" in self.tags(i) and "PERIOD" in self.tags(i + 1):
            return None, cast(Unit, self.feature(i + 1, "unit")), i + 2
        tags = self.tags(i)
        if "PERIOD" in tags and "DEF" not in tags and "PRON" not in tags:
            unit = cast(Unit, self.feature(i, "unit"))
            if "DUAL" in tags or self.word(i) == "ليلتين":
                return 2, unit, i + 1
            if "SG" in tags and "D" not in self.tags(i + 1):
                if "NUM_UNIT" in self.tags(i + 1) and self.feature(i + 1, "value") == "1":
                    return 1, unit, i + 2
                return (1, unit, i + 1) if not self.tags(i + 1) & _NO_SINGLE_PERIOD else None
            return (None, unit, i + 1) if "PL" in tags else None
        read = numbers.number_at(self.units, i)
        if not read or not isinstance(read[0], int):
            return None
        unit_at = read[1]
        period = self.unit(unit_at)
        if period is None or self.tags(unit_at) & {"DEF", "DUAL"}:
            return None
        return read[0], period, unit_at + 1

    def _shifted(self, i: int) -> Chunk | None:
        """«قبل يومين», «بعد أسبوع»; «بعد يوم من الهجوم» is counted from the event."""
        counted = self._counted(i + 1)
        if not counted or ("PERIOD" in self.tags(i - 1) and "PERIOD" in self.tags(i + 1)):
            return None  # «يوما بعد يوم»
        count, unit, last = counted
        before = "BEFORE" in self.tags(i)
        if "TURN" in self.tags(last):
            return None
        anchor: Anchor = "report" if before else "text"
        follows = last + 1 if self.word(last) in ("فقط", "تقريبا", "واحد", "واحده") else last
        from_event = self.tags(follows) & {"FROM", "ON"} or self.word(last) in ONE_FROM
        if from_event and self.word(follows + 1) not in ("الان", "اليوم"):
            anchor = "event"
        moment = Moment(shift=counted_shift(unit, minus(count) if before else count, anchor))
        return Chunk(i, last, ("DATE",), DateExpression("date", moment))

    def _last_units(self, i: int) -> Chunk | None:
        """«آخر 24 ساعة»; «آخر يوم في رمضان» is one day."""
        counted = self._counted(i + 1)
        if not counted or counted[0] is None or counted[0] < 2:
            return None
        return self._span(i, counted[2], counted[0], counted[1])

    def _past_units(self, i: int) -> Chunk | None:
        """«الأشهر الثلاثة الماضية», «الأسبوعين الماضيين», «الساعات الـ24 الأخيرة», «الأيام القليلة الماضية»."""
        unit = self.unit(i)
        tags = self.tags(i)
        if unit is None or not tags & {"PL", "DUAL"} or "DEF" not in tags:
            return None
        at, count = i + 1, 2 if "DUAL" in tags else None
        if self.word(at) == "ال":
            at += 1
        if "FEW" in self.tags(at):
            at += 1
        elif self.turn(at) is None:
            read = numbers.number_at(self.units, at)
            if not read or not isinstance(read[0], int):
                return None
            count, at = int(read[0]), read[1]
        turn = self.turn(at)
        return self._span(i, at + 1, count, unit) if turn == -1 else None

    def _span(self, first: int, last: int, count: int | None, unit: Unit) -> Chunk:
        return Chunk(first, last, ("DATE",), DateExpression("span", Moment(shift=Shift(unit, minus(count), "report"))))

    def _lasting(self, i: int) -> Chunk | None:
        """«على مدار 7 أيام», «لمدة ساعتين», «خلال الـ24 ساعة الماضية», «استمر القصف ثلاث ساعات»."""
        at = i + 1
        if "LASTING_V" in self.tags(i) and not self._counted(at) and "DEF" in self.tags(at):
            at += 1
            found = self._duration(at, at)
            return found
        if self.word(at) == "ال":
            at += 1
        return self._duration(at, i)

    def _duration(self, at: int, first: int) -> Chunk | None:
        count, unit, last = self._counted(at) or (None, "day", at)
        if count is None:
            return None
        if self.turn(last) == -1:
            return self._span(at, last + 1, count, unit)
        if count == 1 and first == at - 1 and self.word(first) in ("ل", "خلال", "استمر", "دام") and unit in ("year", "day"):
            return None
        half = _HALVES.get(unit, "") if self.word(last) == "و" and self.word(last + 1) in ("نصف", "النصف") else ""
        return Chunk(first, last + (2 if half else 0), ("DATE",), DateExpression("duration", duration=_iso_duration(count, unit) + half))

    def _recurrence(self, i: int) -> Chunk | None:
        """«كل يوم جمعة», «كل أسبوع», as an RFC 5545 rule."""
        at = i + 1
        day = self.word(at) == "يوم" and "WEEKDAY_BARE" in self.tags(at + 1)
        if day or ("WEEKDAY_BARE" in self.tags(at) and "NUM_ONE" not in self.tags(at)):
            at += day
            rule, at = "FREQ=WEEKLY;BYDAY=" + _RRULE_DAYS[int(self.feature(at, "weekday")) - 1], at + 1
        elif "PERIOD" in self.tags(at) and "SG" in self.tags(at) and not self.tags(at) & {"DEF", "PRON"}:
            frequency = _FREQUENCIES.get(self.feature(at, "unit"))
            if not frequency or "NUM_UNIT" in self.tags(at + 1):
                return None
            rule, at = frequency, at + 1
        elif self.word(at) in ("ليله", "صباح", "مساء", "فجر"):
            rule, at = "FREQ=DAILY", at + 1
        else:
            return None
        part = self.items[at - 1].feature("part")
        value = DateExpression("recurrence", recurrence=rule, time_of_day=cast("TimeOfDay | None", part))
        return Chunk(i, at, ("DATE",), value)


_NO_SINGLE_PERIOD: Final = {"WEEKDAY", "WEEKDAY_BARE", "RELDAY", "MONTH", "NUM_MULT", "ORDINAL"}
_RRULE_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES: Final = {"day": "FREQ=DAILY", "week": "FREQ=WEEKLY", "month": "FREQ=MONTHLY", "year": "FREQ=YEARLY", "hour": "FREQ=HOURLY"}
_HALVES: Final = {"year": "6M", "day": "T12H", "hour": "30M"}
_LETTERS: Final = {"year": "Y", "month": "M", "week": "W", "day": "D", "hour": "H", "minute": "M", "second": "S"}


def minus(count: int | None) -> int | None:
    """The count backwards; a vague one stays vague."""
    return None if count is None else -count


def counted_shift(unit: Unit, count: int | None, anchor: Anchor) -> Shift:
    """«قبل أسبوع» is a day, seven days back; «الأسبوع الماضي» is a week."""
    return Shift("day", count * 7, anchor) if unit == "week" and count is not None else Shift(unit, count, anchor)


def _iso_duration(count: int, unit: Unit) -> str:
    return f"P{'T' if unit in ('hour', 'minute', 'second') else ''}{count}{_LETTERS[unit]}"
