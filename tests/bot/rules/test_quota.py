"""How a metered month is shared out."""

import pytest

from bot.rules.quota import is_tight, may_send


@pytest.mark.parametrize(
    ("used", "kind", "allowed"),
    [
        (0, "practice", True),
        (2399, "practice", True),
        (2400, "practice", False),
        (2400, "nudge", False),
        (2400, "recall", False),
        (2400, "summary", True),
        (2849, "confirm", True),
        (2850, "confirm", False),
        (2850, None, True),
        (3000, None, True),
        (3000, "linked", False),
    ],
)
def test_the_month_is_braked_at_80_and_95_percent(used: int, kind: str | None, allowed: bool) -> None:
    assert may_send(used, 3000, kind) == allowed


@pytest.mark.parametrize(("used", "tight"), [(2399, False), (2400, True)])
def test_extras_are_left_out_from_the_first_brake_on(used: int, tight: bool) -> None:
    assert is_tight(used, 3000) == tight
