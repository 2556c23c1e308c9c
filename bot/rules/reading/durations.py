"""How many minutes a line tells of: sums, ranges, clock times, so much each; and when the session began."""

from collections.abc import Collection
from typing import NamedTuple

from bot.rules.reading import clock
from bot.rules.reading.clock import HOUR, Span
from bot.rules.reading.line import Line

# "4g" is the network; "1g" and "2g30" are hours.
# "choi 20p" without marks is play all the same; "con 20p", "het 20p", "goi 20p" are not "còn", "hét", "gói".
PLAYING = ("choi", "nghi", "doi")
NETWORKS = ("3", "4", "5")
# "định danh mức 2 - 30p" is no range.
RANKED = ("muc", "do", "level", "lv", "cap", "lop", "bai", "lan", "buoi")


class Durations(NamedTuple):
    """The minutes of a line, `per_head` when said of each person, `per_skill` of each thing learned; `began` is a minute of the day."""

    minutes: int | None
    per_head: bool
    per_skill: bool
    taken: frozenset[int]
    began: int | None

    def total(self, people: int, skills: int) -> int | None:
        if self.minutes is None:
            return None
        return self.minutes * (max(1, people) if self.per_head else 1) * (max(1, skills) if self.per_skill else 1)


def read(line: Line, taken: Collection[int] = (), days: int = 1) -> Durations:
    """`taken` places belong to dates; `days` is how many days a range of weekdays covers."""
    spans: list[Span] = []
    place = 0
    while place < len(line):
        span = None if place in taken else _span(line, place, taken)
        if span is None:
            place += 1
        else:
            spans.append(span)
            place = span.end
    used = frozenset(number for span in spans for number in range(span.start, span.end))
    lengths = [span for span in spans if span.minutes is not None]
    whole = [span for span in lengths if not _is_each(line, span)]
    alike = len(whole) == len(lengths) or not whole
    per_head = line.has("per_head") and alike
    per_skill = line.has("per_skill") and len(lengths) == 1
    began = next((span.began for span in spans if span.began is not None), None)
    return Durations(_together(line, whole or lengths, used, days), per_head, per_skill, used, began)


def _is_each(line: Line, span: Span) -> bool:
    """ "mỗi người 15p": not to be added to a sum that was said as well."""
    return any(tag.end <= span.start <= tag.end + 1 for tag in line.words("per_head"))


def _together(line: Line, spans: list[Span], used: Collection[int], days: int) -> int | None:
    if not spans:
        return None
    for span in spans:
        if any(span.start - 3 <= tag.start < span.start for tag in line.words("total")):
            return span.minutes
    minutes = sum(span.minutes or 0 for span in spans)
    if len(spans) == 2 and spans[0].minutes == spans[1].minutes and sum(span.began is not None for span in spans) == 1:
        return spans[0].minutes  # "nửa giờ, từ 6 giờ tới 6 giờ rưỡi": the same twice
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


def _span(line: Line, place: int, taken: Collection[int]) -> Span | None:
    if _is_no_length(line, place):
        return None
    found = _whole(line, place) or (None if is_network(line, place, place + 1) else clock.read(line, place, taken))
    if found is not None:
        return found
    number, end = line.number(place)
    if (not number and line.text(place) != "0") or is_network(line, place, end):
        return None
    if (
        (to := line.word("to", end))
        and (later := line.number(to))[0] > number  # not "gọi 113 tới 20 phút"
        and line.bare(place - 1) not in RANKED
    ):
        return _lower_bound(line, place, number, later[1])
    if after := line.word("minute", end):
        return Span(round(number), place, _skip_upper(line, after))
    if after := line.word("hour", end):
        return _hours(line, place, number, after)
    return None


def _is_no_length(line: Line, place: int) -> bool:
    """ "được chơi 20p", "còn 5 phút", "bật 4g 20p"; not the "con 20p" and "goi 20p" of those who write no marks."""
    if line.text(place - 2) in ("đi", "di", "xin"):
        return False  # "lập kế hoạch đi chơi 20p", "soạn đơn xin nghỉ 15p"
    ended = [
        tag for tag in line.words("not_for") if tag.end == place and line.text(tag.start - 1) != "bai"
    ]  # "bài chòi"
    return any(tag.size > 1 or not tag.loose or line.text(tag.start) in PLAYING for tag in ended)


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


def is_network(line: Line, place: int, end: int) -> bool:
    """ "3g", "bật 5g 20p"; not the hour of "lúc 5g" and "3g30"."""
    said = line.text(place) in NETWORKS and line.text(end) == "g" and not line.before("clock_before", place)
    return said and (line.text(place) != "5" or line.before("networked", place))


def _hours(line: Line, place: int, number: float, end: int) -> Span | None:
    minutes, after = clock.past_hour(line, end)
    total = round(number * HOUR) + minutes
    if (to := line.word("to", after)) and (upper := clock.hour(line, to)[1]):
        return Span(total, place, upper)
    return Span(total, place, after)
