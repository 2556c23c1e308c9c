"""The goal of a class."""

import pytest

from bot.rules.goal import counts, fits, meant


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (38, {19: 50, 27: 70, 31: 80, 38: 100}),
        (40, {20: 50, 28: 70, 32: 80, 40: 100}),
        (2, {1: 50, 2: 70}),
        (1, {1: 50}),
        (0, {}),
    ],
)
def test_the_shares_as_counts(size: int, expected: dict[int, int]) -> None:
    assert counts(size) == expected


@pytest.mark.parametrize(
    ("said", "size", "goal"),
    [
        ("30", 38, 30),
        ("30 em", 38, 30),
        ("khoảng 25 bạn nhé", 38, 25),
        ("80%", 38, 31),
        ("80 %", 38, 31),
        ("100%", 38, 38),
        ("38", 38, 38),
        ("39", 38, None),
        ("0", 38, None),
        ("-3", 38, None),
        ("0%", 38, None),
        ("120%", 38, None),
        ("12.5", 38, None),
        ("1/2 lớp", 38, None),
        ("20 hoặc 30", 38, None),
        ("ba mươi", 38, None),
        ("", 38, None),
        ("9" * 400, 38, None),
        ("45", 0, 45),
        ("101", 0, None),
        ("50%", 0, None),
    ],
)
def test_what_a_line_means(said: str, size: int, goal: int | None) -> None:
    assert meant(said, size) == goal


@pytest.mark.parametrize(("goal", "size", "expected"), [(1, 38, True), (38, 38, True), (39, 38, False), (0, 38, False)])
def test_a_goal_fits_the_class(goal: int, size: int, expected: bool) -> None:
    assert fits(goal, size) == expected
