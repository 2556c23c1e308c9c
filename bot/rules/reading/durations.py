"""How many minutes a line tells of: sums, ranges, clock times, so much each."""

from collections.abc import Collection
from typing import NamedTuple

from bot.rules.reading.line import Line

HOUR = 60
# "5h" and later is a time of the day; nobody sits beside grandmother for five hours.
LONGEST_HOURS = 5
# "4g" is the network; "1g" and "2g30" are hours.
NETWORKS = (3, 4, 5)


class Span(NamedTuple):
    """Minutes said at tokens `start` to `end`; none when the words were a time of the day."""

    minutes: int | None
    start: int
    end: int


class Durations(NamedTuple):
    """The minutes of a line; `per_head` when they were said of each person."""

    minutes: int | None
    per_head: bool
    taken: frozenset[int]

    def total(self, people: int) -> int | None:
        return self.minutes if self.minutes is None or not self.per_head else self.minutes * max(1, people)


def read(line: Line, taken: Collection[int] = (), days: int = 1) -> Durations:
    """`taken` places belong to dates; `days` is how many days a range of weekdays covers."""
    spans: list[Span] = []
    place = 0
    while place < len(line):
        span = None if place in taken else _span(line, place)
        if span is None:
            place += 1
        else:
            spans.append(span)
            place = span.end
    used = frozenset(number for span in spans for number in range(span.start, span.end))
    lengths = [span for span in spans if span.minutes is not None]
    return Durations(_together(line, lengths, used, days), line.has("per_head"), used)


def _together(line: Line, spans: list[Span], used: Collection[int], days: int) -> int | None:
    if not spans:
        return None
    for span in spans:
        if any(span.start - 3 <= tag.start < span.start for tag in line.words("total")):
            return span.minutes
    minutes = sum(span.minutes or 0 for span in spans)
    if line.has("per_time") or _crossed(line, spans):
        return minutes * max(_times(line, used), days)
    return minutes


def _crossed(line: Line, spans: list[Span]) -> bool:
    """ "3 ngày x 10p", "10p x 3 ngày" """
    signs = ("x", "*", "×")
    return any(line.text(span.start - 1) in signs or line.text(span.end) in signs for span in spans)


def _times(line: Line, used: Collection[int]) -> int:
    """ "2 buổi", "3 ngày": how many times."""
    for place in range(len(line)):
        if place not in used:
            number, end = line.number(place)
            if number and line.word("times", end):
                return int(number)
    return 1


def _span(line: Line, place: int) -> Span | None:
    if line.before("not_for", place):
        return None
    whole = _whole(line, place)
    if whole is not None:
        return whole
    number, end = line.number(place)
    if not number and line.text(place) != "0":
        return None
    if line.text(end) == ":" and line.text(end + 1).isdigit():
        return _clock(line, place, number * HOUR + int(line.text(end + 1)), end + 2)
    if (to := line.word("to", end)) and (later := line.number(to))[0]:
        return _lower_bound(line, place, number, later[1])
    if after := line.word("minute", end):
        return Span(round(number), place, _skip_upper(line, after))
    if after := line.word("hour", end):
        return _hours(line, place, number, after)
    return None


def _whole(line: Line, place: int) -> Span | None:
    found = [tag for tag in line.tags("minutes") if tag.start == place]
    if not found:
        return None
    longest = max(found, key=lambda tag: tag.end)
    return Span(int(longest.value), place, longest.end)


def _lower_bound(line: Line, place: int, number: float, end: int) -> Span | None:
    """ "15-20p", "1 đến 2 tiếng" """
    if after := line.word("minute", end):
        return Span(round(number), place, after)
    if after := line.word("hour", end):
        return Span(round(number * HOUR), place, after)
    return None


def _skip_upper(line: Line, end: int) -> int:
    """ "15p-20p": the upper bound is read over."""
    if (to := line.word("to", end)) and (upper := line.number(to))[0] and (after := line.word("minute", upper[1])):
        return after
    return end


def _hours(line: Line, place: int, number: float, end: int) -> Span | None:
    unit = line.text(end - 1)
    minutes, after = _past_hour(line, end)
    if unit == "g" and number in NETWORKS:
        return None
    total = round(number * HOUR) + minutes
    if unit in ("g", "giờ") and _is_clock(line, place, number, after):
        return _clock(line, place, total, after)
    if (to := line.word("to", after)) and (upper := _hour_end(line, to)):
        return Span(total, place, upper)
    return Span(total, place, after)


def _past_hour(line: Line, end: int) -> tuple[int, int]:
    """What follows the hour: "rưỡi", "kém 15", "15 (phút)"."""
    if after := line.word("half", end):
        return 30, after
    sign = 1
    if less := line.word("less", end):
        sign, end = -1, less
    elif line.stop(end):
        return 0, end
    minutes, after = line.number(end)
    if not 0 < minutes < HOUR and line.text(end) != "00":
        return 0, end
    if line.word("hour", after) or line.word("day_unit", after):
        return 0, end
    if not line.word("minute", after) and not line.text(end)[:1].isdigit() and not line.stop(after):
        return 0, end  # "1 tiếng hai bà cháu": a number word needs its unit
    return sign * round(minutes), line.word("minute", after) or after


def _hour_end(line: Line, place: int) -> int:
    number, end = line.number(place)
    after = line.word("hour", end) if number else 0
    return _past_hour(line, after)[1] if after else 0


def _is_clock(line: Line, place: int, number: float, end: int) -> bool:
    if line.before("clock_before", place) or number >= LONGEST_HOURS:
        return True
    return bool(line.word("clock_after", end)) and line.tokens[end].bare in ("chieu", "trua")


def _clock(line: Line, place: int, start: float, end: int) -> Span:
    """A time of the day is no length, unless it is the start of a range."""
    while after := line.word("clock_after", end):
        end = after
    to = line.word("to", end)
    number, after = line.number(to) if to else (0, 0)
    if number and line.text(after) == ":" and line.text(after + 1).isdigit():
        finish, end = number * HOUR + int(line.text(after + 1)), after + 2
    elif number and (hour := line.word("hour", after)):
        minutes, end = _past_hour(line, hour)
        finish = number * HOUR + minutes
    else:
        return Span(None, place, end)
    return Span(round((finish - start) % (12 * HOUR)), place, end)
