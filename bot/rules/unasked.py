"""May this unasked message be said now, must it wait, or has it lost its sense?

A rule per kind: how late it still makes sense, and whether it is a reminder. What is held up (by
night, a pause, holidays, a week that had its reminders) waits if it will still make sense
afterwards and is dropped, with the reason, if not. So a machine that slept overnight says in the
morning what is still worth saying, and skips the rest.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.rules import reminding

ANSWER = 0  # the urgency of what a person has just asked for: never held up
NEWS = 1
BULK = 2  # what goes to many at once

HOURS, DAYS = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kind:
    """`lasts`: how late it still makes sense. `reminder`: silent on holidays. `counted`: one of the week's reminders."""

    lasts: timedelta
    reminder: bool = False
    counted: bool = False


KINDS = {
    "practice": Kind(6 * HOURS, reminder=True, counted=True),
    "review": Kind(12 * HOURS, reminder=True, counted=True),
    "nudge": Kind(2 * DAYS, reminder=True, counted=True),
    "course": Kind(6 * HOURS),  # an hour the person picked, as a plan
    "plan": Kind(6 * HOURS),  # asked for this very evening, so it comes on a holiday too
    "summary": Kind(3 * DAYS, reminder=True),
    "recall": Kind(5 * DAYS, reminder=True),
    "confirm": Kind(7 * DAYS),
    "wanted": Kind(3 * DAYS),
    "announcement": Kind(7 * DAYS),
    "doubt": Kind(14 * DAYS),
    "news": Kind(14 * DAYS),
    "recalled": Kind(14 * DAYS),
    "amended": Kind(14 * DAYS),
    "answered": Kind(14 * DAYS),
    "joined": Kind(14 * DAYS),
    "linked": Kind(14 * DAYS),
    "unlinked": Kind(14 * DAYS),
}
COUNTED = tuple(name for name, kind in KINDS.items() if kind.counted)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person wants: `quiet` nothing at all, nothing before `paused_until`, nothing from `sleeps` to `wakes`."""

    quiet: bool = False
    paused_until: date | None = None
    sleeps: int | None = None
    wakes: int | None = None


@dataclass(frozen=True, slots=True)
class Week:
    """How the week is: reminders sent so far, how many it takes, and when the holidays that are now end."""

    sent: int = 0
    most: int = reminding.MOST_A_WEEK
    holidays_until: date | None = None


@dataclass(frozen=True, slots=True)
class Wait:
    """Not before this moment."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Drop:
    """Not at all, and why."""

    reason: str


def verdict(
    kind: str, urgency: int, due_at: datetime, now: datetime, wishes: Wishes, week: Week = Week()
) -> Wait | Drop | None:
    """None: say it now. `now` is in the person's time zone."""
    if urgency == ANSWER:
        return None
    if wishes.quiet:
        return Drop("the person stopped reminders")
    until, reason = _held(KINDS[kind], now, wishes, week)
    awake = reminding.awake(until, wishes.sleeps, wishes.wakes)
    if awake != until:
        until, reason = awake, reason or "it would be night"
    if until - due_at > KINDS[kind].lasts:
        return Drop(reason or "it comes too late to make sense")
    return Wait(until) if until > now else None


def _held(kind: Kind, now: datetime, wishes: Wishes, week: Week) -> tuple[datetime, str]:
    """Until when something holds it up, and what; the moment itself when nothing does."""
    until, reason = now, ""
    if wishes.paused_until is not None and wishes.paused_until > now.date():
        until, reason = reminding.at(wishes.paused_until, 0, now), "the person paused reminders"
    if kind.reminder and week.holidays_until is not None:
        until, reason = max(until, reminding.at(week.holidays_until, 0, now)), reason or "these are holidays"
    if kind.counted and week.sent >= week.most:
        monday = now.date() + timedelta(days=7 - now.weekday())
        until, reason = max(until, reminding.at(monday, 0, now)), reason or "the week had its reminders"
    return until, reason
