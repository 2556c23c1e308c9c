"""When an Official Account may write to somebody."""

from datetime import timedelta

import pytest

from bot.rules.window import state
from tests.conftest import WEDNESDAY


@pytest.mark.parametrize(
    ("hours", "left", "expected"),
    [
        (0, None, "free"),
        (48, 3, "free"),
        (48.1, 3, "paid"),
        (1, 0, "paid"),
        (168, None, "paid"),
        (168.1, None, "shut"),
    ],
)
def test_two_days_are_free_and_seven_cost(hours: float, left: int | None, expected: str) -> None:
    assert state(WEDNESDAY - timedelta(hours=hours), left, WEDNESDAY) == expected


def test_who_never_wrote_is_not_written_to() -> None:
    assert state(None, None, WEDNESDAY) == "shut"
