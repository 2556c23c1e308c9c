"""What somebody wants of the reminders, from one sentence: stop them, or rest until a day.

Understood in the middle of anything, so only whole sentences count: "em chỉ bà dừng nhắc hẹn" is a log.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta

from bot.rules.spoken import as_written, bare, whole

MOST_LETTERS = 80
LONGEST = timedelta(days=366)

_PERSON = r"(?:em|tôi|tui|mình|tớ|bà|ông|cô|thầy|bác|chú|cụ|anh|chị|con|cháu|bot|máy)"
_BEFORE = rf"(?:(?:{_PERSON}|ơi|dạ|ạ|xin|vui lòng|làm ơn|hãy|cho|muốn|nhờ|giúp|please|bot|,)\s+)*"
_AFTER = rf"(?:\s+(?:{_PERSON}|nữa|đi|nhé|nha|nhe|nghe|ạ|với|luôn|hết|giùm|dùm|giúp|cho|học|bài|ôn|ghi|đâu|please))*"
_NOT = r"(?:dừng|ngừng|ngưng|thôi|tắt|hủy|huỷ|bỏ|đừng|khỏi|không|ko|k|hết)"
_REMIND = r"(?:(?:lời|lịch|tin|việc)\s+)?(?:nhắc|nhắc nhở|nhắc lịch|nhắc nhớ|nhắc hẹn)"
_STOP = (
    rf"{_BEFORE}{_NOT}(?:\s+(?:đừng|khỏi|không|cần|muốn|phải|có|được|bị|gửi))*\s+{_REMIND}{_AFTER}",
    rf"{_BEFORE}(?:đừng|dừng|ngừng|thôi)\s+(?:đừng\s+)?(?:gửi|nhắn)(?:\s+tin)?(?:\s+cho\s+{_PERSON})?\s+nữa{_AFTER}",
    r"(?:please\s+)?(?:stop|unsubscribe|stop (?:all )?(?:the |my )?remind(?:ers?|ing)(?: me)?|no more reminders"
    r"|(?:don'?t|do not) remind me(?: any ?more)?|turn off (?:the |my )?reminders)(?:\s+please)?",
)
_REST = (
    rf"{_BEFORE}(?:(?:tạm(?:\s+thời)?\s+)?(?:dừng|ngừng|ngưng|nghỉ|hoãn|khoan|đừng))\s+{_REMIND}(?:\s+{_PERSON})*"
    rf"(?P<span>\s.*)?",
    r"(?:please\s+)?(?:pause|snooze)(?:\s+(?:the|my|all))?(?:\s+reminders?)?(?P<span>\s.*)?",
)

_ABOUT = re.compile("nhắ|nhac|nhan|gửi|gui|stop|pause|snooze|remind|subscribe")

_NUMBERS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "mười": 10, "vài": 3}
_NUMBERS |= {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "a few": 3}
_WEEKDAYS = {"hai": 0, "ba": 1, "tư": 2, "bốn": 2, "năm": 3, "sáu": 4, "bảy": 5}
_ENGLISH = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBER = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_TO = r"(?:(?:cho\s+)?(?:đến|tới|until|till|to)\s+)?(?P<end>(?:hết|the end of)\s+)?"
# Without a day these words ask for a rest; the others ("dừng nhắc") for an end.
_SOFT = re.compile("tam|nghi|hoan|khoan|pause|snooze")


def stop(said: str, today: date) -> tuple[str, ...] | None:
    """() when the sentence says that all reminders shall end, else None."""
    if not _may_be(said):
        return None
    return () if any(whole(pattern, said) for pattern in _STOP) and rest(said, today) in (None, ("",)) else None


def rest(said: str, today: date) -> tuple[str, ...] | None:
    """The first day with reminders again as ("2026-12-05",), ("",) when none was said, None for another sentence."""
    if not _may_be(said):
        return None
    for pattern in _REST:
        found = whole(pattern, said)
        if found is None:
            continue
        span = re.sub(rf"{as_written(_AFTER, said)}$", "", found["span"] or "").strip(" ,")
        if not span:
            return ("",) if _SOFT.search(bare(said).lower()) else None
        until = _until(span, today)
        return None if until is None else (until.isoformat(),)
    return None


def _may_be(said: str) -> bool:
    """Whether it is worth a closer look: nearly every line is a log and no wish."""
    return len(said) <= MOST_LETTERS and _ABOUT.search(said.lower()) is not None


def _until(span: str, today: date) -> date | None:
    """The first day after the rest, where the words tell one that lies ahead."""
    for pattern, read in _SPANS:
        found = whole(pattern, span)
        if found is not None:
            until = read(found, today)
            return until if until is not None and today < until <= today + LONGEST else None
    return None


def _length(found: re.Match[str], today: date) -> date:
    said = found["n"]
    number = int(said) if said.isdigit() else next(n for word, n in _NUMBERS.items() if bare(word) == bare(said))
    days = {"ng": 1, "da": 1, "ho": 1, "tu": 7, "we": 7, "th": 30, "mo": 30}[bare(found["unit"])[:2]]
    return today + timedelta(days=number * days)


def _written(found: re.Match[str], today: date) -> date | None:
    """ "5/12": the next such day; with "hết", the day after it."""
    day, month, year = int(found["d"]), int(found["m"]), found["y"]
    try:
        when = date(int(year) if year and len(year) == 4 else today.year, month, day)
        if year is None and when < today:
            when = when.replace(year=today.year + 1)
    except ValueError:
        return None
    return when + timedelta(days=1) if found["end"] else when


def _weekday(found: re.Match[str], today: date) -> date:
    return _next(_number_of(found["day"]), found, today)


def _english_day(found: re.Match[str], today: date) -> date:
    return _next(_ENGLISH.index(found["day"]), found, today)


def _next(weekday: int, found: re.Match[str], today: date) -> date:
    when = today + timedelta(days=(weekday - today.weekday()) % 7 or 7)
    return when + timedelta(days=1) if found["end"] else when


def _number_of(said: str) -> int:
    plain = bare(said)
    if plain in ("cn", "chu nhat"):
        return 6
    name = plain.removeprefix("thu").removeprefix("t").strip()
    return int(name) - 2 if name.isdigit() else next(n for word, n in _WEEKDAYS.items() if bare(word) == name)


def _monday(_found: re.Match[str], today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


def _tomorrow(_found: re.Match[str], today: date) -> date:
    return today + timedelta(days=1)


def _next_month(_found: re.Match[str], today: date) -> date:
    return (today.replace(day=1) + timedelta(days=32)).replace(day=1)


def _half_month(_found: re.Match[str], today: date) -> date:
    return today + timedelta(days=15)


_SPANS: tuple[tuple[str, Callable[[re.Match[str], date], date | None]], ...] = (
    (rf"(?:trong\s+|for\s+)?{_NUMBER}\s*(?P<unit>ngày|hôm|tuần|tháng|days?|weeks?|months?)(?:\s+nữa)?", _length),
    (r"(?:trong\s+)?nửa tháng", _half_month),
    (
        rf"{_TO}(?:ngày\s+)?(?P<d>\d{{1,2}})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<m>\d{{1,2}})(?:[/.-](?P<y>\d{{4}}))?",
        _written,
    ),
    (rf"{_TO}(?P<day>(?:thứ|t)\s*(?:[2-7]|hai|ba|tư|bốn|năm|sáu|bảy)|chủ nhật|cn)", _weekday),
    (rf"{_TO}(?P<day>{'|'.join(_ENGLISH)})", _english_day),
    (rf"{_TO}(?:tuần này|tuần|tuần sau|next week|this week|the week)", _monday),
    (rf"{_TO}(?:tháng này|tháng|tháng sau|next month|this month)", _next_month),
    (rf"{_TO}(?:hôm nay|mai|ngày mai|tối nay|today|tomorrow|tonight)", _tomorrow),
)
