"""When to remind."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.rules import reminding

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
WEDNESDAY = datetime(2026, 11, 25, 19, 30, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("weekday", "minute", "expected"),
    [
        (2, 20 * 60, datetime(2026, 11, 25, 20, 0, tzinfo=VIETNAM)),
        (2, 19 * 60 + 30, datetime(2026, 12, 2, 19, 30, tzinfo=VIETNAM)),
        (2, 9 * 60, datetime(2026, 12, 2, 9, 0, tzinfo=VIETNAM)),
        (5, 15 * 60, datetime(2026, 11, 28, 15, 0, tzinfo=VIETNAM)),
        (0, 9 * 60, datetime(2026, 11, 30, 9, 0, tzinfo=VIETNAM)),
    ],
)
def test_the_next_time_is_the_first_one_later_than_now(weekday: int, minute: int, expected: datetime) -> None:
    assert reminding.next_time(weekday, minute, WEDNESDAY) == expected


def test_an_hour_stays_an_hour_where_clocks_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    before = datetime(2026, 10, 24, 20, 0, tzinfo=berlin)
    assert reminding.next_time(6, 9 * 60, before).hour == 9


@pytest.mark.parametrize(
    ("role", "address", "group"),
    [
        ("pupil", "em", "pupil"),
        ("teacher", "cô", "teacher"),
        ("officer", "anh", "teacher"),
        ("learner", "bà", "elder"),
        ("learner", "bác", "elder"),
        ("learner", "cô", "parent"),
        (None, "", "parent"),
    ],
)
def test_whose_hours_apply(role: str | None, address: str, group: str) -> None:
    assert reminding.audience(role, address) == group


@pytest.mark.parametrize("group", ["pupil", "elder", "parent", "teacher"])
def test_the_hours_offered_are_few_and_never_at_night_or_nap_time(group: reminding.Audience) -> None:
    days = reminding.good_days(group)
    assert len(set(days)) == len(days)
    for weekday in days:
        offered = reminding.good_minutes(group, weekday)
        assert 2 <= len(offered) <= 5
        assert all(8 * 60 <= minute <= 21 * 60 for minute in offered)
        assert not any(11.5 * 60 <= minute <= 14 * 60 for minute in offered)
        if group == "pupil" and weekday < 5:
            assert min(offered) >= 18 * 60 + 30


@pytest.mark.parametrize("group", ["pupil", "elder", "parent", "teacher"])
@pytest.mark.parametrize("hour", [0, 8, 12, 18, 20, 23])
@pytest.mark.parametrize("weekday", range(7))
def test_a_reminder_of_one_thing_is_offered_at_good_hours_to_come(
    group: reminding.Audience, hour: int, weekday: int
) -> None:
    now = datetime(2026, 11, 23 + weekday, hour, 15, tzinfo=VIETNAM)
    offered = reminding.once(group, now)
    assert 2 <= len(offered) <= 3
    assert offered == sorted(offered)
    assert offered[0] > now
    for moment in offered:
        assert moment.weekday() in reminding.good_days(group)
        assert moment.hour * 60 + moment.minute in reminding.good_minutes(group, moment.weekday())


@pytest.mark.parametrize(
    ("at", "night", "expected"),
    [
        ("25 20:59", (None, None), "25 20:59"),
        ("25 21:00", (None, None), "26 07:00"),
        ("25 23:59", (None, None), "26 07:00"),
        ("25 00:00", (None, None), "25 07:00"),
        ("25 06:59", (None, None), "25 07:00"),
        ("25 07:00", (None, None), "25 07:00"),
        ("25 20:30", (20 * 60, 8 * 60), "26 08:00"),
        ("25 07:59", (20 * 60, 8 * 60), "25 08:00"),
        ("25 12:30", (12 * 60, 14 * 60), "25 14:00"),
        ("25 11:59", (12 * 60, 14 * 60), "25 11:59"),
        ("25 14:00", (12 * 60, 14 * 60), "25 14:00"),
        ("25 23:00", (0, 6 * 60), "25 23:00"),
        ("25 03:00", (0, 6 * 60), "25 06:00"),
    ],
)
def test_a_moment_in_the_night_becomes_the_morning_after_it(
    at: str, night: tuple[int | None, int | None], expected: str
) -> None:
    def on(text: str) -> datetime:
        return datetime.strptime(f"2026-11-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)

    assert reminding.awake(on(at), *night) == on(expected)


def test_what_is_written_at_night_is_said_at_a_good_hour_of_the_morning() -> None:
    assert reminding.by_day(WEDNESDAY.replace(hour=22)) == datetime(2026, 11, 26, 8, 30, tzinfo=VIETNAM)
    assert reminding.by_day(WEDNESDAY.replace(hour=3)) == datetime(2026, 11, 25, 8, 30, tzinfo=VIETNAM)
    assert reminding.by_day(WEDNESDAY) == WEDNESDAY


def test_no_hour_offered_lies_in_the_usual_night() -> None:
    for group in ("pupil", "elder", "parent", "teacher"):
        for weekday in reminding.good_days(group):
            for minute in reminding.good_minutes(group, weekday):
                assert not reminding.is_night(minute, reminding.SLEEPS, reminding.WAKES)
