"""May this unasked message be said now?"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.unasked import ANSWER, BULK, KINDS, NEWS, Drop, Wait, Week, Wishes, verdict
from handlers import UNASKED

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEDNESDAY = datetime(2026, 11, 25, 19, 30, tzinfo=VIETNAM)
NIGHT = WEDNESDAY.replace(hour=23)
THURSDAY, MONDAY = date(2026, 11, 26), date(2026, 11, 30)


def on(day: int, hour: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("kind", "hours", "late"),
    [
        ("practice", 6, "practice"),
        ("plan", 6, "plan"),
        ("review", 12, "review"),
        ("nudge", 48, "nudge"),
        ("summary", 72, "summary"),
        ("recall", 120, "recall"),
        ("news", 336, "news"),
    ],
)
def test_each_kind_makes_sense_for_its_own_time(kind: str, hours: int, late: str) -> None:
    due_at = WEDNESDAY - timedelta(hours=hours)
    assert verdict(kind, NEWS, due_at, WEDNESDAY, Wishes()) is None
    gone = verdict(kind, NEWS, due_at - timedelta(minutes=1), WEDNESDAY, Wishes())
    assert gone == Drop("it comes too late to make sense")


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_said_stop_hears_nothing_but_answers(kind: str) -> None:
    quiet = Wishes(quiet=True)
    assert verdict(kind, NEWS, WEDNESDAY, WEDNESDAY, quiet) == Drop("the person stopped reminders")
    assert verdict(kind, BULK, WEDNESDAY, WEDNESDAY, quiet) == Drop("the person stopped reminders")
    assert verdict(kind, ANSWER, WEDNESDAY, NIGHT, quiet) is None


@pytest.mark.parametrize(
    ("kind", "due_at", "expected"),
    [
        ("practice", NIGHT, Drop("it would be night")),
        ("plan", NIGHT, Drop("it would be night")),
        ("review", NIGHT, Wait(on(26, 7))),
        ("news", NIGHT, Wait(on(26, 7))),
        ("announcement", NIGHT, Wait(on(26, 7))),
        ("review", NIGHT - timedelta(hours=5), Drop("it would be night")),
    ],
)
def test_at_night_what_still_makes_sense_waits_for_the_morning(
    kind: str, due_at: datetime, expected: Wait | Drop
) -> None:
    assert verdict(kind, NEWS, due_at, NIGHT, Wishes()) == expected


@pytest.mark.parametrize(
    ("kind", "until", "expected"),
    [
        ("practice", THURSDAY, Drop("the person paused reminders")),
        ("news", THURSDAY, Wait(on(26, 7))),
        ("news", MONDAY, Wait(on(30, 7))),
        ("confirm", date(2026, 12, 5), Drop("the person paused reminders")),
        ("practice", WEDNESDAY.date(), None),
        ("practice", date(2026, 11, 1), None),
    ],
)
def test_a_pause_holds_up_everything_until_its_day(kind: str, until: date, expected: Wait | Drop | None) -> None:
    assert verdict(kind, NEWS, WEDNESDAY, WEDNESDAY, Wishes(paused_until=until)) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("practice", Drop("these are holidays")),
        ("summary", Wait(on(27, 7))),
        ("plan", None),
        ("news", None),
        ("announcement", None),
    ],
)
def test_on_holidays_only_reminders_are_held_up(kind: str, expected: Wait | Drop | None) -> None:
    week = Week(holidays_until=date(2026, 11, 27))
    assert verdict(kind, NEWS, WEDNESDAY, WEDNESDAY, Wishes(), week) == expected


@pytest.mark.parametrize(
    ("kind", "sent", "most", "expected"),
    [
        ("practice", 1, 2, None),
        ("practice", 2, 2, Drop("the week had its reminders")),
        ("practice", 1, 1, Drop("the week had its reminders")),
        ("review", 5, 2, Drop("the week had its reminders")),
        ("recall", 5, 2, None),
        ("news", 5, 1, None),
    ],
)
def test_a_week_takes_so_many_reminders(kind: str, sent: int, most: int, expected: Drop | None) -> None:
    assert verdict(kind, NEWS, WEDNESDAY, WEDNESDAY, Wishes(), Week(sent, most)) == expected


def test_a_wait_ends_by_day() -> None:
    late = Wishes(paused_until=THURSDAY, sleeps=20 * 60, wakes=8 * 60)
    assert verdict("news", NEWS, WEDNESDAY, WEDNESDAY, late) == Wait(on(26, 8))


def test_everything_that_is_said_unasked_has_its_rule() -> None:
    assert KINDS.keys() == UNASKED.keys()
