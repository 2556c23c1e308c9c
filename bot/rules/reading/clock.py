"""Times of the day: "lúc 8h tối", "từ 7 rưỡi đến 8 giờ", "19:30 - 20:15"."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.rules.reading.line import Line

HOUR = 60
DAY = 24 * HOUR
# "5h" and later is a time of the day; nobody sits beside grandmother for five hours.
LONGEST_HOURS = 5
# Nobody teaches at three in the morning: "3h" without a part of the day is in the afternoon.
FIRST_HOUR = 7


class Span(NamedTuple):
    """Minutes said at tokens `start` to `end`; none for a time of the day, whose minute is `began`."""

    minutes: int | None
    start: int
    end: int
    began: int | None = None


def read(line: Line, place: int, dates: Collection[int]) -> Span | None:
    """The time of the day that starts here, perhaps up to another; `dates` are places of words like "tối qua"."""
    minute, end = _time(line, place)
    if not end:
        return None
    end = _over_part(line, end)
    finish, after = _until(line, end)
    part = _part(line, range(after or end, len(line))[:1]) or _part(line, range(end - 1, end)) or _part(line, dates)
    if not after:
        return Span(None, place, end, _of_day(minute, part))
    after = _over_part(line, after)
    part = _part(line, range(after - 1, after)) or part
    return Span(round((finish - minute) % (12 * HOUR)), place, after, _of_day(minute, part))


def _time(line: Line, place: int) -> tuple[int, int]:
    """Minutes since midnight or noon, and where the time ends; (0, 0) for a length."""
    number, end = line.number(place)
    if not number and line.text(place) not in ("0", "00"):
        return 0, 0
    if line.text(end) == ":" and line.text(end + 1).isdigit():
        return round(number * HOUR) + int(line.text(end + 1)), end + 2
    bare = _is_led(line, place) and (line.word("half", end) or line.word("to", end))
    if bare and number < DAY // HOUR and hour(line, line.word("to", line.word("half", end) or end))[1]:
        return round(number * HOUR) + (30 if line.word("half", end) else 0), line.word("half", end) or end
    after = line.word("hour", end)
    if not after or line.text(after - 1) not in ("g", "giờ"):
        return 0, 0
    minutes, after = past_hour(line, after)
    return (round(number * HOUR) + minutes, after) if _is_time(line, place, number, after) else (0, 0)


def _is_led(line: Line, place: int) -> bool:
    """ "lúc 7h", "từ 7h"; not "sổ sức khỏe điện tử 1h15" where no marks are written."""
    return line.before("clock_before", place) and not (line.text(place - 1) == "tu" and line.text(place - 2) == "dien")


def _is_time(line: Line, place: int, number: float, end: int) -> bool:
    if _is_led(line, place) or number >= LONGEST_HOURS:
        return True
    return bool(line.word("clock_after", end)) and line.tokens[end].bare in ("chieu", "trua")


def _until(line: Line, place: int) -> tuple[float, int]:
    """The other end of a range and where it ends; (0, 0) if there is none."""
    to = line.word("to", place)
    number, end = line.number(to) if to else (0, 0)
    if not number:
        return 0, 0
    if line.text(end) == ":" and line.text(end + 1).isdigit():
        return number * HOUR + int(line.text(end + 1)), end + 2
    return hour(line, to)


def hour(line: Line, place: int) -> tuple[float, int]:
    """ "8 giờ", "8h kém 15", "8 rưỡi" in minutes, and where it ends; (0, 0) if no hour starts here."""
    number, end = line.number(place) if place else (0, 0)
    after = line.word("hour", end) if number else 0
    if not after:
        half = line.word("half", end) if number else 0
        return (number * HOUR + 30, half) if half else (0, 0)
    minutes, after = past_hour(line, after)
    return number * HOUR + minutes, after


def past_hour(line: Line, end: int) -> tuple[int, int]:
    """What follows the hour: "rưỡi", "kém 15", "15 (phút)"."""
    if after := line.word("half", end):
        return 30, after
    sign = 1
    if less := line.word("less", end):
        sign, end = -1, less
    elif line.stop(end):
        return 0, end
    minutes, after = line.number(end)
    if not 0 < minutes < HOUR:
        return (0, after) if line.text(end) == "00" else (0, end)
    is_day = any(tag.start in (after, after + 1) for tag in line.tags("day", "weekday"))  # "15h10 hôm thứ bảy"
    if line.word("hour", after) or (line.word("day_unit", after) and not is_day):
        return 0, end
    if not line.word("minute", after) and not line.text(end)[:1].isdigit() and not line.stop(after):
        return 0, end  # "1 tiếng hai bà cháu": a number word needs its unit
    return sign * round(minutes), line.word("minute", after) or after


def _over_part(line: Line, end: int) -> int:
    while after := line.word("clock_after", end):
        end = after
    return end


def _part(line: Line, places: Iterable[int]) -> str:
    """The part of the day that is named at these places."""
    names = ("morning", "noon", "evening", "night")
    return next((name for place in places for name in names if line.word(name, place)), "")


def _of_day(minute: float, part: str) -> int:
    """The minute of the day; what no part of the day tells is taken for the hours when people are awake."""
    late = {"morning": False, "noon": minute < 11 * HOUR, "evening": True, "night": 7 * HOUR <= minute < 12 * HOUR}
    if part == "night" and minute >= 12 * HOUR and minute < 13 * HOUR:
        return round(minute) % (12 * HOUR)
    if minute < 12 * HOUR and late.get(part, minute < FIRST_HOUR * HOUR):
        minute += 12 * HOUR
    return round(minute) % DAY
