"""When exams are: a span of days as a teacher writes it."""

import re
from datetime import date, timedelta

LONGEST = timedelta(days=42)
_DAY = r"(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}))?"
_SPAN = re.compile(rf"{_DAY}\D{{1,12}}?{_DAY}")


def span(said: str, today: date) -> tuple[date, date] | None:
    """The first and the last day of "từ 21/12 đến 2/1"; None when there is no such span of at most six weeks.

    Without a year it is the one in which the span ends on or after today.
    """
    found = _SPAN.search(said)
    if found is None:
        return None
    day, month, year, last_day, last_month, last_year = (int(part) if part else None for part in found.groups())
    for guess in (today.year, today.year + 1):
        try:
            last = date(last_year or guess, last_month or 0, last_day or 0)
            first = date(year or last.year, month or 0, day or 0)
            if first > last and year is None:
                first = first.replace(year=last.year - 1)
        except ValueError:
            continue
        if first <= last < first + LONGEST and last >= today:
            return first, last
    return None
