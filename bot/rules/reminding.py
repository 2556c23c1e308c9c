"""When to remind: hours that suit the person, and the next time of a weekly appointment.

The hours are a judgement of what suits each group (pupils after dinner and at the weekend, elders
after breakfast, after their nap and after the evening news, teachers before they leave school);
nobody is written to after 21:00. At most two reminders a week: more make people stop reading them.
"""

from datetime import date, datetime, time, timedelta
from typing import Literal

from bot.rules import rights

Audience = Literal["pupil", "elder", "parent", "teacher"]

MOST_A_WEEK = 2
SUMMARY_AT = (0, 9 * 60)  # Monday 9:00, after the flag ceremony
SATURDAY, SUNDAY = 5, 6
MOST_IN_EXAMS = 1
# From when to when nothing is said unasked, unless the person chose other hours (minutes of the day).
SLEEPS, WAKES = 21 * 60, 7 * 60
NIGHTS = ((SLEEPS, WAKES), (20 * 60, 8 * 60), (22 * 60, 6 * 60))
MORNING = 8 * 60 + 30
EVENING = 19 * 60 + 30
WEEKEND = 9 * 60
ELDERS = frozenset({"bà", "ông", "cụ", "bác"})


def audience(role: str | None, address: str) -> Audience:
    """Whose hours apply."""
    if role == "pupil":
        return "pupil"
    if role in rights.STAFF:
        return "teacher"
    return "elder" if address in ELDERS else "parent"


def good_days(group: Audience) -> list[int]:
    """The weekdays to offer, best first; 0 is Monday."""
    if group == "teacher":
        return [0, 4, 2, 1, 3]
    return [5, 6, 2, 4, 0, 1, 3]


def good_minutes(group: Audience, weekday: int) -> list[int]:
    """The minutes of the day to offer on a weekday, at most five."""
    hours: dict[Audience, list[float]] = {
        "elder": [8.5, 9.5, 15.5, 16.5, 19.75],
        "parent": [9, 10, 20, 20.5] if weekday == SUNDAY else [20, 20.25, 20.5],
        "teacher": [9, 16.5, 17] if weekday == 0 else [16.5, 17, 17.5],
        "pupil": [18.5, 19, 19.5, 20],
    }
    if group == "pupil" and weekday == SATURDAY:
        return [15 * 60, 17 * 60, 19 * 60, 20 * 60]
    if group == "pupil" and weekday == SUNDAY:
        return [9 * 60, 10 * 60, 15 * 60, 19 * 60, 20 * 60]
    return [int(hour * 60) for hour in hours[group]]


def next_time(weekday: int, minute: int, after: datetime) -> datetime:
    """The first such weekday and minute later than `after`, in the time zone of `after`."""
    days = (weekday - after.weekday()) % 7
    first = at(after.date() + timedelta(days=days), minute, after)
    return first if first > after else at(first.date() + timedelta(days=7), minute, after)


def at(day: date, minute: int, like: datetime) -> datetime:
    """A minute of a day in the time zone of `like`."""
    return datetime.combine(day, time(minute // 60, minute % 60), like.tzinfo)


def soon(now: datetime) -> list[datetime]:
    """The next times at which a pupil may be reminded of a plan: tonight, tomorrow, the coming Saturday."""
    tonight, tomorrow = now.date(), now.date() + timedelta(days=1)
    saturday = now.date() + timedelta(days=(SATURDAY - now.weekday()) % 7 or 7)
    found = [at(tonight, EVENING, now)] if now < at(tonight, EVENING, now) - timedelta(minutes=30) else []
    found.append(at(tomorrow, EVENING, now))
    return [*found, at(saturday, WEEKEND, now)] if saturday != tomorrow else found


def once(group: Audience, now: datetime) -> list[datetime]:
    """The next times at which somebody may be reminded of one thing: two soon, and one on their best day."""
    soonest, best = now + timedelta(minutes=30), good_days(group)[0]
    days = [now.date() + timedelta(days=count) for count in range(8)]
    good = [day for day in days if day.weekday() in good_days(group)]
    offered = [[at(day, minute, now) for minute in good_minutes(group, day.weekday())] for day in good]
    first = [found[0] for moments in offered if (found := [moment for moment in moments if moment > soonest])]
    return [*first[:2], *[moment for moment in first[2:] if moment.weekday() == best][:1]]


def good_minute(group: Audience, weekday: int) -> int:
    """The one minute of a weekday at which to ask something of one's own accord."""
    return good_minutes(group, weekday)[1]


def by_day(moment: datetime) -> datetime:
    """The moment itself, or a good hour of the next morning when it is night: nobody is woken by a message."""
    morning = awake(moment)
    return moment if morning == moment else at(morning.date(), MORNING, moment)


def awake(moment: datetime, sleeps: int | None = None, wakes: int | None = None) -> datetime:
    """The moment itself, or when the person's night that it falls into ends; None are the usual hours."""
    asleep, up = SLEEPS if sleeps is None else sleeps, WAKES if wakes is None else wakes
    minute = moment.hour * 60 + moment.minute
    if not is_night(minute, asleep, up):
        return moment
    days = 1 if up <= asleep <= minute else 0
    return at(moment.date() + timedelta(days=days), up, moment)


def is_night(minute: int, sleeps: int, wakes: int) -> bool:
    """Whether a minute of the day lies in the night, which may pass midnight."""
    return sleeps <= minute < wakes if sleeps < wakes else minute >= sleeps or minute < wakes


def most_a_week(exams: bool) -> int:
    """How many reminders a week takes; half of them when there are exams."""
    return MOST_IN_EXAMS if exams else MOST_A_WEEK
