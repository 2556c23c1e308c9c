"""Weeks in a row with help, kindly counted: one missed week in four breaks nothing.

A streak that breaks at the first missed week teaches people to stop after it; a child with an exam,
a cold or the Tết holidays should find the row as it was.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

FORGIVEN_EVERY = 4  # weeks
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Streak:
    """`weeks` with help in the row; `resting` tells that this week has none yet."""

    weeks: int
    resting: bool


def streak(days: Iterable[date], today: date) -> Streak:
    """The row of weeks up to now; the running week only adds and never breaks, days to come count for nothing."""
    helped = {_monday(day) for day in days if day <= today}
    this_week = _monday(today)
    weeks, since_missed = 0, FORGIVEN_EVERY
    week = this_week if this_week in helped else this_week - _WEEK
    while True:
        if week in helped:
            weeks += 1
            since_missed += 1
        elif since_missed + 1 >= FORGIVEN_EVERY and week - _WEEK in helped:
            since_missed = 0
        else:
            return Streak(weeks, this_week not in helped)
        week -= _WEEK


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
