"""Whether a target is reached, without rounding and without guessing."""

import pytest

from bot.rules.tally import Distinct, Figures
from bot.rules.target import counted, reached


@pytest.mark.parametrize(
    ("goal", "above", "part", "whole", "met"),
    [
        (85, False, 85, 100, True),
        (85, False, 846, 1000, False),  # 84.6 % is not 85 %
        (80, True, 80, 100, False),  # "trên 80%" is more than 80
        (80, True, 81, 100, True),
        (100, False, 38, 38, True),
        (100, False, 0, 0, None),
        (100, False, None, None, None),
    ],
)
def test_percent(goal: int, above: bool, part: int | None, whole: int | None, met: bool | None) -> None:
    assert reached(goal, "percent", above, part, whole).met is met


@pytest.mark.parametrize(("part", "met"), [(5, True), (4, False), (None, None)])
def test_people(part: int | None, met: bool | None) -> None:
    assert reached(5, "people", False, part, None).met is met


def test_what_the_bot_counts() -> None:
    figures = Figures(size=38, classes=2, active=1, pupils=Distinct(23))
    assert counted("pupils_helped", figures, (1, 3)) == (23, 38)
    assert counted("classes_active", figures, (1, 3)) == (1, 2)
    assert counted("schools_active", figures, (1, 3)) == (1, 3)
