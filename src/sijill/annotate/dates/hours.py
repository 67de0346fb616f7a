"""Hours: «الساعة 4:50 عصرا», «الساعة الثالثة والنصف إلا خمس دقائق», «السابعة مساء»."""

from __future__ import annotations

from typing import cast

from sijill.annotate import numbers
from sijill.annotate.dates.calendar import Clock, Moment
from sijill.annotate.dates.cursor import Cursor, Part
from sijill.records import TimeOfDay

__all__ = ["Hours"]


class Hours(Cursor):
    """Readers of the time of day."""

    def day_part(self, i: int) -> Part | None:
        """The day that a part of the day leads on to; `Parts` reads it."""
        raise NotImplementedError

    def _clock(self, i: int) -> Part | None:
        """«الساعة 4:50 عصرا», «الساعة الثالثة والنصف إلا خمس دقائق»."""
        at = i + 1
        while at < i + 3 and (self.tags(at) & {"BOUND", "AT", "COLON", "LPAR"} or self.word(at) == "ال"):
            at += 1
        return self._clock_digits(at, told=True) or self._clock_words(at)

    def _clock_digits(self, i: int, *, told: bool) -> Part | None:
        """Hours in digits: after «الساعة» freely, else only with minutes and a part of the day after or «عند» before."""
        hour, at, exact = self.digits(i), i + 1, False
        if told and hour is not None and len(self.word(i)) == 4 and hour < 2400 and hour % 100 < 60:
            half, after = self._half(at)
            return Part(Moment(), Clock(hour // 100, hour % 100, half, True), after)  # «الساعة 1159»
        if hour is None or hour > 24 or len(self.word(i)) > 2:
            return None
        minute = 0
        if at + 1 < self.count and (self.word(at) in (":", ",", "،", ".", "ر") and self.touch(at) and self.touch(at + 1)):
            minutes = self.digits(at + 1)
            if minutes is not None and minutes < 60 and len(self.word(at + 1)) == 2:
                if self.word(at) == "ر" and len(self.word(i)) == 2 and minutes <= 23 and hour <= 59:
                    hour, minutes = minutes, hour  # «30ر4»: minutes stand first
                minute, at, exact = minutes, at + 2, True
        elif told and self.word(at) == "ر" and self.touch(at) and (self.digits(at + 1) or 99) <= 24:
            hour, minute, at, exact = cast(int, self.digits(at + 1)), hour, at + 2, True
        elif told and self.word(at) == "و":
            minute, at = self._minutes(at, 0)
        if not told and not exact:
            return None
        half, after = self._half(at)
        if half == "evening" and self.word(at) == "م" and (hour == 12 or hour < 6):
            half = "afternoon"  # «12:41 م»: from noon on
        if not told and half is None and not (self.tags(i - 1) & {"AT", "CLOCK"} or "BOUND" in self.tags(i - 1)):
            return None
        if not told and self.word(i + 1) != ":" and half is None:
            return None
        if "GMT" in self.tags(after) or (hour == 24 and minute):
            return None
        return Part(Moment(), Clock(hour % 24, minute, half, exact), after)

    def _clock_words(self, i: int) -> Part | None:
        tags = self.tags(i)
        if "ORDINAL" in tags:
            hour, at = int(self.feature(i, "value")), i + 1
            if "NUM_TEN" in self.tags(at):
                hour, at = hour + 10, at + 1
        elif "NUM_UNIT" in tags and self.feature(i, "value") == "1":
            hour, at = 1, i + 1
        else:
            return None
        if hour > 12 or ("DEF" not in tags and not self.word(i).startswith("ال")):
            return None
        minute, at = self._minutes(at, 0)
        if minute < 0:
            hour, minute = (hour - 2) % 12 + 1, minute + 60
        half, at = self._half(at)
        return Part(Moment(), Clock(hour, minute, half), at)

    def _hour_alone(self, i: int) -> Part | None:
        """«السابعة مساء», «عند الثامنة» without «الساعة»; «الساعات الأولى من الصباح» is no hour."""
        if self.unit(i - 1) == "hour":
            return None
        found = self._clock_words(i)
        told = found and found.clock and (found.clock.part or ("AT" in self.tags(i - 1) and self.word(i - 1) == "عند"))
        return found if told and self.word(i).endswith(("ه", "ي")) else None

    def _minutes(self, at: int, minute: int) -> tuple[int, int]:
        """«والنصف», «وعشر دقائق», «إلا ربعا», one after the other."""
        for _ in range(2):
            sign = 1 if self.word(at) == "و" else -1 if "EXCEPT" in self.tags(at) else 0
            if not sign:
                break
            if "FRACTION" in self.tags(at + 1):
                minute, at = minute + sign * 60 // int(self.feature(at + 1, "parts")), at + 2
                continue
            read = numbers.number_at(self.units, at + 1)
            if not read or not isinstance(read[0], int) or read[0] > 59 or self.unit(read[1]) != "minute":
                break
            minute, at = minute + sign * read[0], read[1] + 1
        return minute, at

    def _half(self, at: int) -> tuple[TimeOfDay | None, int]:
        """The part of the day after an hour: «عصرا», «من فجر», «بعد الظهر», «ص»."""
        if "CLOCK_HALF" in self.tags(at):
            return cast(TimeOfDay, self.feature(at, "part")), at + 1
        start = at
        if "FROM" in self.tags(at) or self.word(at) in ("في", "ب"):
            at += 1
        tags = self.tags(at)
        if "DAYPART" in tags and "MIDNIGHT" not in tags and ("DAYPART_ALONE" in tags or "DEF" in tags or self.day_part(at + 1)):
            # «من فجر اليوم»: the day itself is read as the next part
            return cast(TimeOfDay, self.feature(at, "part")), at + 1
        if "DAYPART" in tags and at > start and self.tags(at + 1) & {"FROM"} and self.day_part(at + 2):
            return cast(TimeOfDay, self.feature(at, "part")), at + 1
        return None, start
