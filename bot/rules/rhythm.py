"""When a summary is worth a message: when something happened; else once a month, to say that all is well.

Which week it tells: early in the week the one that ended, from Thursday on the one that runs. Who is told
every day is told of the running week, on Mondays of the one that ended.
"""

from datetime import date, datetime, timedelta
from typing import Literal

from bot.rules import week

MONTH = timedelta(days=28)
SCHOOL_DAYS = range(5)
DAILY_AT = (9 * 60, 16 * 60 + 30, 17 * 60)
THURSDAY = 3


def worth(mark: str, said: str | None, said_at: datetime | None, now: datetime) -> Literal["tell", "calm", "silent"]:
    """Tell it, say only that nothing has happened for a month, or say nothing; marks as in `Store.standing`."""
    if mark != said or said_at is None:
        return "tell"
    # An hour's grace: a message that went out late must not push the next one a week on.
    return "calm" if now - said_at >= MONTH - timedelta(hours=1) else "silent"


def week_to_tell(today: date, daily: bool) -> week.Span:
    """The week of which somebody is told on this day."""
    running = week.week_of(today)
    ended = today.weekday() == 0 if daily else today.weekday() < THURSDAY
    return running.before if ended else running
