"""Which day a line tells of, in days from the day it was written."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from bot.rules.reading.line import Line, longest
from bot.rules.reading.matcher import Tag

WEEK = 7
SATURDAY = 5
# They make the day after them another thing's.
OF = ("hơn", "hon", "của", "cua", "quả")


class Dates(NamedTuple):
    """The last day named, None when it cannot be placed; `days` a range of weekdays covers."""

    offset: int | None
    said: bool
    days: int
    taken: frozenset[int]


class _Day(NamedTuple):
    offset: int | None
    start: int
    end: int


def read(line: Line, today: date) -> Dates:
    days = _days(line, today)
    taken = frozenset(place for day in days for place in range(day.start, day.end))
    if not days:
        return Dates(0, False, 1, taken)
    return Dates(days[-1].offset, True, _covered(line, days), taken)


def _days(line: Line, today: date) -> list[_Day]:
    days = list(_written(line, today))
    taken = {place for day in days for place in range(day.start, day.end)}
    for tag in longest(line.tags("day", "weekday"), taken):
        is_digit = line.text(tag.end - 1).isdigit()
        if tag.kind == "weekday" and (_unit(line, tag.end) if is_digit else line.word("minute", tag.end)):
            continue  # "mẹ t 5p" is no Thursday, "thử hai phút" no Monday
        if line.text(tag.start - 1) in OF or (tag.loose and tag.size == 1 and tag.value == "vague"):
            continue  # "tiến bộ hơn hôm trước", "các khoản của hôm qua", "kết quả lần trước", "hom sau"
        if line.before("appointments", tag.start) or (tag.loose and line.text(tag.end - 1) == "con"):
            continue  # "đặt được lịch sáng thứ 6", "hoi con" is no "hồi còn"
        is_loose = tag.kind == "weekday" or tag.value == "vague"
        if (is_loose and line.before("ordinals", tag.start)) or (
            tag.value == "vague" and line.text(tag.start - 1) in ("từ", "tu")
        ):
            continue  # "bài thứ hai", "hết hạn từ tháng trước"
        days.append(_Day(_offset(line, tag, today), tag.start, tag.end))
    days.sort(key=lambda day: day.start)
    begun = line.help_begins()
    days = [
        day for day in days if day.offset is not None or day.end > begun
    ]  # "quyển sổ hôm trước bị ướt, em dạy mẹ …"
    days = [day for day in days if not line.word("recheck", day.end)] or days  # "hôm nay hỏi lại bà quên"
    days = [day for day in days if day is days[0] or not _is_news(line, day)]
    return _without_weeks(line, days)


def _is_news(line: Line, day: _Day) -> bool:
    """ "hôm kia em dạy mợ, bữa nay mợ bán được 3 đơn": nobody taught that day."""
    end = line.clause_end(day.end)
    clause = range(line.clause_start(day.start), end)
    taught = any(line.word("verbs", place) for place in clause)
    timed = any(line.text(place).isdigit() and _unit(line, place + 1) for place in clause)
    return not taught and not timed and end > day.end


def _unit(line: Line, place: int) -> bool:
    return bool(line.word("minute", place) or line.word("hour", place))


def _without_weeks(line: Line, days: list[_Day]) -> list[_Day]:
    """ "thứ 6 tuần trước" is one day, not two."""
    weekdays = {tag.start for tag in line.tags("weekday")}
    if not any(day.start in weekdays for day in days):
        return days
    return [day for day in days if not line.word("last_week", day.start) and not line.word("this_week", day.start)]


def _offset(line: Line, tag: Tag, today: date) -> int | None:
    if tag.kind == "weekday":
        return _weekday(line, int(tag.value), tag, today)
    if tag.value == "weekend":
        return SATURDAY - today.weekday() - WEEK
    return None if tag.value == "vague" else int(tag.value)


def _weekday(line: Line, weekday: int, tag: Tag, today: date) -> int | None:
    this_week = weekday - today.weekday()
    if line.has("last_week"):
        return this_week - WEEK
    if line.has("this_week"):
        return this_week if this_week <= 0 else None
    if line.word("just_past", tag.end) and this_week == 0:
        return -WEEK
    return this_week if this_week <= 0 else this_week - WEEK


def _covered(line: Line, days: list[_Day]) -> int:
    """ "từ thứ 2 đến thứ 4" are three days, "tối qua với tối nay" two."""
    joined = 0
    for first, last in pairwise(days):
        if line.word("to", first.end) == last.start and first.offset is not None and last.offset is not None:
            return max(1, last.offset - first.offset + 1)
        joined += line.word("joins", first.end) == last.start
    return 1 + joined


def _written(line: Line, today: date) -> Iterator[_Day]:
    """Days in numbers: "20/11", "ngày 20 tháng 11", "3 ngày trước", "cách đây 2 tuần"."""
    place = 0
    while place < len(line):
        day = _ago(line, place) or _calendar(line, place, today)
        if day:
            yield day
        place = day.end if day else place + 1


def _ago(line: Line, place: int) -> _Day | None:
    since = line.word("since", place)
    if any(tag.start < place < tag.end for tag in line.tags("weekday")):
        return None  # "thứ 7 tuần trước" is one Saturday, not seven weeks
    number, end = line.number(since or place)
    unit = line.word("day_unit", end) or line.word("week_unit", end)
    if not number or not unit:
        return None
    ago = line.word("ago", unit)
    if not since and not ago:
        return None
    size = 1 if line.word("day_unit", end) else WEEK
    return _Day(-int(number) * size, place, ago or unit)


def _calendar(line: Line, place: int, today: date) -> _Day | None:
    happy = line.text(place + 1) in ("lam", "lắm")  # "mừng lắm"
    if line.word("lunar", place) and line.number(place + 1)[0] and not _unit(line, place + 2) and not happy:
        return _Day(None, place, place + 2)
    named = line.word("day_word", place)
    start = named or place
    day, sign, month = line.text(start), line.text(start + 1), line.text(start + 2)
    if not day.isdigit() or not 0 < int(day) < 32:
        return None
    is_length = not named and _unit(line, start + 3)  # "10-12p", "1/2 tiếng"
    if month.isdigit() and 0 < int(month) < 13 and sign in ("/", "-", ".", "tháng", "thang") and not is_length:
        return _placed(line, place, start + 3, int(day), int(month), today)
    if named and not line.word("minute", start + 1) and line.text(named - 1).startswith("ng"):
        return _day_of_month(place, start + 1, int(day), today)
    return None


def _placed(line: Line, place: int, end: int, day: int, month: int, today: date) -> _Day | None:
    if line.text(end) in ("/", "-", ".") and line.text(end + 1) in (str(today.year), str(today.year - 1)):
        end += 2
    for year in (today.year, today.year - 1):
        try:
            offset = (date(year, month, day) - today).days
        except ValueError:
            continue
        if offset <= 0:
            return _Day(offset, place, end)
    return None


def _day_of_month(place: int, end: int, day: int, today: date) -> _Day | None:
    moment = today
    while moment.day != day:
        moment -= timedelta(days=1)
    return _Day((moment - today).days, place, end)
