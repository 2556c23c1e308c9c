"""How fast unasked messages may leave."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules import pacing

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("taken", "per_second", "free"),
    [(-3600, 25, 25), (0, 25, 25), (0.5, 25, 12), (1, 25, 0), (60, 25, 0), (0, 1, 1), (0.2, 1, 0)],
)
def test_moments_are_booked_a_second_ahead_and_no_more(taken: float, per_second: float, free: int) -> None:
    assert pacing.free_moments(NOW + timedelta(seconds=taken), NOW, per_second) == free


def test_the_line_goes_on_where_it_was_free() -> None:
    taken = NOW + timedelta(seconds=0.4)
    expected = [taken, taken + timedelta(seconds=0.5), taken + timedelta(seconds=1)]
    assert pacing.moments(taken, NOW, 2, 2) == expected


def test_an_idle_line_saves_nothing_up() -> None:
    assert pacing.moments(NOW - timedelta(hours=1), NOW, 10, 1)[0] == NOW


@pytest.mark.parametrize(("waiting", "room"), [(0, 20_000), (19_999, 1), (20_000, 0), (50_000, 0)])
def test_a_full_outbox_takes_nothing_that_can_wait(waiting: int, room: int) -> None:
    assert pacing.room(waiting) == room
