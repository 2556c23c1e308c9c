"""When a summary is worth a message, and which week it tells."""

from datetime import date, timedelta

import pytest

from bot.rules.rhythm import week_to_tell, worth
from tests.conftest import WEDNESDAY as NOW


def test_the_first_and_every_new_state_is_told() -> None:
    assert worth("1:2:0", None, None, NOW) == "tell"
    assert worth("1:3:0", "1:2:0", NOW - timedelta(days=1), NOW) == "tell"


@pytest.mark.parametrize(("days", "what"), [(1, "silent"), (7, "silent"), (21, "silent"), (28, "calm"), (60, "calm")])
def test_when_nothing_happened_there_is_silence_and_once_a_month_a_word(days: int, what: str) -> None:
    assert worth("1:2:0", "1:2:0", NOW - timedelta(days=days), NOW) == what


@pytest.mark.parametrize(
    ("day", "daily", "first"),
    [
        (date(2026, 11, 23), False, date(2026, 11, 16)),  # Monday
        (date(2026, 11, 25), False, date(2026, 11, 16)),
        (date(2026, 11, 26), False, date(2026, 11, 23)),  # Thursday
        (date(2026, 11, 27), False, date(2026, 11, 23)),
        (date(2026, 11, 23), True, date(2026, 11, 16)),
        (date(2026, 11, 24), True, date(2026, 11, 23)),
    ],
)
def test_the_week_that_is_told(day: date, daily: bool, first: date) -> None:
    assert week_to_tell(day, daily).first == first
