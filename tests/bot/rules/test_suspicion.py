"""What makes a log look odd."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

import pytest

from bot.rules.suspicion import WEIGHTIEST_FIRST, Mark, Reason, denied, marks, weightiest

MONDAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Log:
    """A log as the rule sees it."""

    id: int
    pupil_id: int = 1
    day: date = MONDAY
    minutes: int = 20
    began: int | None = None
    outcome: str = "TU_LAM"
    wording: str = ""
    relatives: tuple[str, ...] = ("BA_NGOAI",)
    skills: tuple[str, ...] = ("ZALO_VIDEO",)


def days(count: int) -> date:
    return MONDAY + timedelta(days=count)


CASES = {
    "nothing odd": ([Log(1), Log(2, relatives=("ME",)), Log(3, day=days(1))], {}),
    "just four hours": ([Log(1, minutes=240)], {}),
    "more than four hours": ([Log(1, minutes=241)], {1: ["long"]}),
    "together more than four hours": ([Log(1, minutes=200), Log(2, minutes=60, skills=("CK",))], {1: ["long"], 2: ["long"]}),
    "two pupils' hours are not added": ([Log(1, minutes=200), Log(2, pupil_id=2, minutes=200)], {}),
    "the same twice on a day": ([Log(1), Log(2, minutes=45)], {2: ["twice"]}),
    "the same on two days": ([Log(1), Log(2, day=days(1))], {}),
    "at the same time": ([Log(1, began=1140), Log(2, began=1150, relatives=("ME",))], {2: ["overlap"]}),
    "one after the other": ([Log(1, began=1140), Log(2, began=1160, relatives=("ME",))], {}),
    "at an unknown time": ([Log(1, began=1140), Log(2, relatives=("ME",))], {}),
    "six relatives in a day": ([Log(1, relatives=("BA", "ONG", "BO")), Log(2, relatives=("ME", "CO", "CHU"))], {1: ["many"], 2: ["many"]}),
    "alike four times": ([Log(n, day=days(n)) for n in range(1, 5)], {}),
    "alike five times in a week": ([Log(n, day=days(n)) for n in range(1, 6)], {5: ["alike"]}),
    "alike six times in a week": ([Log(n, day=days(n)) for n in range(1, 7)], {5: ["alike"], 6: ["alike"]}),
    "alike five times, told backwards": ([Log(n, day=days(-n)) for n in range(1, 6)], {1: ["alike"]}),
    "alike five times in a week, and once long after": ([Log(n, day=days(n)) for n in range(1, 6)] + [Log(6, day=days(20))], {5: ["alike"]}),
    "alike five times in many weeks": ([Log(n, day=days(7 * n)) for n in range(1, 6)], {}),
    "the same words by another": ([Log(1, wording="x"), Log(2, pupil_id=2, wording="x")], {2: ["copied"]}),
    "the same words by the same": ([Log(1, wording="x"), Log(2, wording="x", day=days(1))], {}),
    "the same words a month later": ([Log(1, wording="x"), Log(2, pupil_id=2, wording="x", day=days(30))], {}),
}  # fmt: skip


@pytest.mark.parametrize(("logs", "expected"), CASES.values(), ids=CASES.keys())
def test_what_is_marked(logs: list[Log], expected: dict[int, list[str]]) -> None:
    assert {log_id: [mark.reason for mark in found] for log_id, found in marks(logs).items()} == expected


def test_a_mark_says_how_much_and_beside_which() -> None:
    assert marks([Log(1, minutes=200), Log(2, minutes=60)]) == {
        1: [Mark(1, "long", 260)],
        2: [Mark(2, "twice", 2, 1), Mark(2, "long", 260)],
    }


def test_a_relatives_no_is_a_mark_on_logs_that_still_count() -> None:
    assert marks([Log(1)], denied=[1, 99]) == {1: [Mark(1, "denied")]}


@dataclass(frozen=True)
class Step:
    """A change as the rule sees it."""

    log_id: int
    how: str
    reason: str


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ([], set()),
        ([Step(1, "handed", "ME:wrong")], {1}),
        ([Step(1, "handed", "ME:wrong"), Step(1, "handed", "ME:right")], set()),
        ([Step(1, "own", "ME:help"), Step(1, "own", "BO:wrong"), Step(2, "own", "BO:right")], {1}),
        ([Step(1, "own", "ME:wrong"), Step(1, "teacher", "")], {1}),
        ([Step(1, "teacher", "x:wrong")], set()),
    ],
)
def test_the_last_word_of_a_relative_counts(steps: list[Step], found: set[int]) -> None:
    assert denied(steps) == found


def test_the_weightiest_mark_is_named_where_there_is_room_for_one() -> None:
    assert weightiest([Mark(1, "many", 6), Mark(1, "copied", 2), Mark(2, "long", 300)]).reason == "copied"
    assert weightiest([Mark(1, "alike", 5), Mark(2, "alike", 7)]).count == 7
    assert set(WEIGHTIEST_FIRST) == set(get_args(Reason))


def test_the_order_in_which_logs_are_read_does_not_matter() -> None:
    logs = [Log(1), Log(2, minutes=45), Log(3, minutes=230, relatives=("ME",))]
    assert marks(logs) == marks(reversed(logs))
