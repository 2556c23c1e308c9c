"""How fast unasked messages may leave."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.rules import pacing

NOW = datetime(2026, 11, 25, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(("taken", "at_rest"), [(-3600, False), (0, False), (5, False), (5.1, True), (60, True)])
def test_a_line_taken_for_long_is_at_rest(taken: float, at_rest: bool) -> None:
    assert pacing.is_at_rest(NOW + timedelta(seconds=taken), NOW) == at_rest


@pytest.mark.parametrize(("late", "lost"), [(-1, False), (0, False), (0.1, False), (0.11, True), (9, True)])
def test_who_comes_late_has_lost_the_moment(late: float, lost: bool) -> None:
    assert pacing.is_lost(NOW, NOW + timedelta(seconds=late)) == lost


@pytest.mark.parametrize(("waiting", "room"), [(0, 20_000), (19_999, 1), (20_000, 0), (50_000, 0)])
def test_a_full_outbox_takes_nothing_that_can_wait(waiting: int, room: int) -> None:
    assert pacing.room(waiting) == room
