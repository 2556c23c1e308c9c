"""When a question comes back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.review import LONGEST, Grade, Memory, Waiting, after, due

TODAY = date(2026, 11, 25)
GRADES: tuple[Grade, ...] = ("wrong", "help", "right")


def gaps(*grades: Grade) -> list[int]:
    """The days until the next time, each question being answered on the very day it is due."""
    memory, day, found = None, TODAY, []
    for grade in grades:
        memory = after(memory, grade, day)
        found.append((memory.due - day).days)
        day = memory.due
    return found


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        (("right",), [2]),
        (("help",), [1]),
        (("wrong",), [1]),
        (("right", "right", "right", "right"), [2, 11, 30, 30]),
        (("wrong", "right", "right", "right"), [1, 2, 6, 17]),
        (("help", "right", "wrong", "right"), [1, 5, 1, 2]),
        (("right", "wrong", "wrong", "right"), [2, 1, 1, 1]),
    ],
)
def test_the_days_grow_with_right_answers_and_a_wrong_one_starts_anew(
    grades: tuple[Grade, ...], expected: list[int]
) -> None:
    assert gaps(*grades) == expected


@given(st.lists(st.sampled_from(GRADES), min_size=1, max_size=12))
def test_it_is_always_between_tomorrow_and_a_month(grades: list[Grade]) -> None:
    assert all(1 <= days <= LONGEST for days in gaps(*grades))


@given(st.lists(st.sampled_from(GRADES), max_size=8), st.integers(0, 40))
def test_a_better_answer_never_comes_back_sooner(grades: list[Grade], late: int) -> None:
    memory, day = None, TODAY
    for grade in grades:
        memory = after(memory, grade, day)
        day = memory.due
    day += timedelta(days=late)
    wrong, helped, right = (after(memory, grade, day).due for grade in GRADES)
    assert wrong <= helped <= right


def waiting(lesson: str, stability: float, days: int) -> Waiting:
    return Waiting(lesson, 0, Memory(stability, 5, TODAY, TODAY + timedelta(days=days)))


def test_at_most_three_a_day_the_least_sure_first_and_none_before_its_day() -> None:
    cards = [waiting("a", 9, 0), waiting("b", 1, -3), waiting("c", 4, 0), waiting("d", 2, -1), waiting("e", 0.1, 1)]
    assert [one.lesson for one in due(cards, 0, TODAY)] == ["b", "d", "c"]
    assert [one.lesson for one in due(cards, 2, TODAY)] == ["b"]
    assert due(cards, 3, TODAY) == []
