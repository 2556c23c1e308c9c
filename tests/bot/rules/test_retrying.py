"""When to try a failed sending again."""

from datetime import timedelta

import pytest

from bot.rules import retrying


@pytest.mark.parametrize(
    ("tries", "chance", "seconds"),
    [
        (1, 0, 15),
        (1, 1, 30),
        (2, 0, 30),
        (2, 1, 60),
        (5, 0.5, 360),
        (8, 1, 3600),
        (11, 0, 1800),
        (11, 1, 3600),
        (12, 0, None),
        (99, 1, None),
    ],
)
def test_each_wait_is_up_to_twice_the_last_and_the_twelfth_try_is_the_last(
    tries: int, chance: float, seconds: int | None
) -> None:
    expected = None if seconds is None else timedelta(seconds=seconds)
    assert retrying.wait(tries, chance) == expected


@pytest.mark.parametrize(
    ("asked", "chance", "seconds"), [(7, 0, 7), (7, 1, 7.7), (3600, 0.5, 3780), (0, 1, 0), (86400, 0, 86400)]
)
def test_what_the_channel_asked_for_is_waited_and_a_little_more(asked: int, chance: float, seconds: float) -> None:
    assert retrying.wait(3, chance, timedelta(seconds=asked)) == timedelta(seconds=seconds)


def test_whoever_asks_for_ever_is_given_up_too() -> None:
    assert retrying.wait(retrying.MOST_TRIES, 0, timedelta(seconds=1)) is None
