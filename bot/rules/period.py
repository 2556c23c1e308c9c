"""The days a report is about: a week, a month, a quarter, or any.

A month is the calendar's, or closes on a day of its own: Decree 09/2019/NĐ-CP counts from the 15th of the
month before to the 14th, and a quarter from three such months. Which one is the unit's to set (`closes`,
0 for the calendar's end).
"""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Kind = Literal["week", "month", "quarter", "days", "year"]
# A Vietnamese school year opens on 5 September; sessions of the summer before belong to the old one.
YEAR_OPENS = (9, 1)
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_WEEK = re.compile(r"(\d{4})-W(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, both ends included."""

    kind: Kind
    first: date
    last: date

    @property
    def name(self) -> str:
        """ "2026-W47", "2026-11", "2026-Q4", "2026-11-01..2026-11-20": what `named` reads."""
        if self.kind == "week":
            year, week, _day = self.first.isocalendar()
            return f"{year}-W{week:02}"
        if self.kind == "month":
            return f"{self.last:%Y-%m}"
        if self.kind == "quarter":
            return f"{self.last.year}-Q{(self.last.month + 2) // 3}"
        return f"{self.first}..{self.last}"


def week(day: date) -> Period:
    """The week, Monday to Sunday, that holds a day."""
    first = day - timedelta(days=day.weekday())
    return Period("week", first, first + timedelta(days=6))


def month(day: date, closes: int = 0) -> Period:
    """The month that holds a day; `closes` is its last day, 0 for the calendar's."""
    if closes and day.day > closes:
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return Period("month", *_months(day.year, day.month, 1, closes))


def quarter(day: date, closes: int = 0) -> Period:
    """The quarter that holds a day, made of three months."""
    last = month(day, closes).last
    return Period("quarter", *_months(last.year, (last.month + 2) // 3 * 3, 3, closes))


def days(first: date, last: date) -> Period:
    """Any days."""
    return Period("days", first, last)


def school_year(day: date) -> Period:
    """From September to August."""
    first = date(day.year if (day.month, day.day) >= YEAR_OPENS else day.year - 1, *YEAR_OPENS)
    return Period("year", first, date(first.year + 1, *YEAR_OPENS) - timedelta(days=1))


def before(period: Period, closes: int = 0) -> Period:
    """The period just before: the same kind, or as many days."""
    last = period.first - timedelta(days=1)
    if period.kind == "week":
        return week(last)
    if period.kind == "month":
        return month(last, closes)
    if period.kind == "quarter":
        return quarter(last, closes)
    return Period(period.kind, last - (period.last - period.first), last)


def of(kind: Kind, day: date, closes: int = 0) -> Period:
    """The period of a kind that holds a day; "days" is that day."""
    if kind == "week":
        return week(day)
    if kind == "month":
        return month(day, closes)
    if kind == "quarter":
        return quarter(day, closes)
    return school_year(day) if kind == "year" else days(day, day)


def named(name: str, closes: int = 0) -> Period | None:
    """The period that `Period.name` names; None when there is none such."""
    first, dots, last = name.partition("..")
    try:
        if dots:
            found = days(date.fromisoformat(first), date.fromisoformat(last))
            return found if found.first <= found.last else None
        if said := _WEEK.fullmatch(name.upper()):
            return week(date.fromisocalendar(int(said[1]), int(said[2]), 1))
        if said := _QUARTER.fullmatch(name.upper()):
            return Period("quarter", *_months(int(said[1]), int(said[2]) * 3, 3, closes))
        if said := _MONTH.fullmatch(name):
            return Period("month", *_months(int(said[1]), int(said[2]), 1, closes))
    except ValueError:
        pass
    return None


def _months(year: int, number: int, several: int, closes: int) -> tuple[date, date]:
    """The first and last day of some months that end with this one."""
    start = year * 12 + number - 1 - several
    if not closes:
        first = date((start + 1) // 12, (start + 1) % 12 + 1, 1)
        return first, date(year, number, calendar.monthrange(year, number)[1])
    return date(start // 12, start % 12 + 1, closes) + timedelta(days=1), date(year, number, closes)
