"""Weeks in a row, kindly counted."""

from datetime import date, timedelta

import pytest

from bot.rules.streak import Streak, streak

WEDNESDAY = date(2026, 11, 25)


def weeks(*back: int) -> list[date]:
    """A day in each of these weeks, counted back from this one."""
    return [WEDNESDAY - timedelta(weeks=count) for count in back]


@pytest.mark.parametrize(
    ("back", "expected"),
    [
        ((), Streak(0, True)),
        ((0,), Streak(1, False)),
        ((0, 0, 1), Streak(2, False)),
        ((1, 2), Streak(2, True)),
        ((0, 2), Streak(2, False)),
        ((2, 3), Streak(2, True)),
        ((0, 3), Streak(1, False)),
        ((3, 4), Streak(0, True)),
        ((0, 1, 3, 4), Streak(4, False)),
        ((0, 2, 3, 4, 6), Streak(5, False)),
        ((0, 2, 4), Streak(2, False)),
        ((0, 1, 2, 3, 5, 6, 7, 9), Streak(8, False)),
    ],
)
def test_one_missed_week_in_four_breaks_nothing(back: tuple[int, ...], expected: Streak) -> None:
    assert streak(weeks(*back), WEDNESDAY) == expected


def test_days_to_come_and_other_days_of_the_week_change_nothing() -> None:
    monday, sunday = WEDNESDAY - timedelta(days=2), WEDNESDAY - timedelta(days=3)
    assert streak([monday, sunday, WEDNESDAY + timedelta(days=1)], WEDNESDAY) == Streak(2, False)
