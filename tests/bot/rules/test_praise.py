"""How much is praised."""

import pytest

from bot.rules.praise import Praise, after_session


@pytest.mark.parametrize(
    ("before", "relatives", "sessions", "expected"),
    [
        (set(), ("BA",), 1, Praise("BA", 1)),
        ({"BA"}, ("BA",), 2, Praise()),
        ({"BA"}, ("ME",), 2, Praise("ME", 2)),
        ({"BA"}, ("ME", "BO"), 2, Praise("BO", 3)),
        ({"BA"}, ("ME",), 5, Praise("ME", 2)),
        ({"BA"}, ("ME",), 6, Praise(enough=True)),
    ],
)
def test_a_new_relative_is_praised_and_the_sixth_session_of_a_week_is_not(
    before: set[str], relatives: tuple[str, ...], sessions: int, expected: Praise
) -> None:
    assert after_session(before, relatives, sessions) == expected
