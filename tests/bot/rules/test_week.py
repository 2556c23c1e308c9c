"""The week of a class."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import week
from bot.rules.suspicion import Mark
from bot.rules.week import Figures, Good, Nudge, Span

MONDAY = date(2026, 11, 16)
THIS = Span(MONDAY)


@dataclass(frozen=True)
class Log:
    """A log as the rule sees it."""

    pupil_id: int = 1
    day: date = MONDAY
    minutes: int = 20
    outcome: str = "TU_LAM"
    state: str = "told"
    relatives: tuple[str, ...] = ("BA_NGOAI",)
    skills: tuple[str, ...] = ("ZALO_VIDEO",)
    id: int = 1


@pytest.mark.parametrize("days", range(7))
def test_a_week_runs_from_monday_to_sunday(days: int) -> None:
    assert week.week_of(MONDAY + timedelta(days=days)) == THIS
    assert THIS.last == date(2026, 11, 22)
    assert THIS.before.first == date(2026, 11, 9)


def test_figures_count_the_week_and_who_has_helped_by_its_end() -> None:
    logs = [
        Log(),
        Log(day=MONDAY + timedelta(days=6), minutes=10, state="confirmed"),
        Log(pupil_id=2, outcome="CHUA_QUEN", relatives=("BO", "ME")),
        Log(pupil_id=3, day=MONDAY - timedelta(days=1)),
        Log(pupil_id=4, day=MONDAY + timedelta(days=7)),
    ]
    first = {1: MONDAY, 2: MONDAY, 3: MONDAY - timedelta(days=1), 4: MONDAY + timedelta(days=7)}
    assert week.figures(logs, first, THIS) == Figures(
        helped=3, sessions=3, told=2, confirmed=1, checked=0, alone=1, minutes=50
    )


@given(st.lists(st.tuples(st.sampled_from(["told", "confirmed", "checked"]), st.integers(-3, 10))))
def test_each_session_of_the_week_is_in_one_state(told: list[tuple[str, int]]) -> None:
    found = week.figures([Log(day=MONDAY + timedelta(days=days), state=state) for state, days in told], {}, THIS)
    assert found.told + found.confirmed + found.checked == found.sessions
    assert found.sessions == sum(1 for _state, days in told if 0 <= days < 7)


def test_a_check_counts_as_checked_and_no_more_as_confirmed() -> None:
    found = week.figures([Log(state="confirmed"), Log(state="checked"), Log(state="checked")], {}, THIS)
    assert (found.told, found.confirmed, found.checked) == (0, 1, 2)


def test_two_relatives_of_the_same_kin_are_two_when_the_pupils_differ() -> None:
    logs = [Log(pupil_id=1), Log(pupil_id=2), Log(pupil_id=2)]
    assert week.figures(logs, {}, THIS).alone == 2


def test_a_school_is_the_sum_of_its_classes() -> None:
    parts = [Figures(1, 2, 3, 4, 5, 6, 7), Figures(10, 20, 30, 40, 50, 60, 70)]
    assert week.total(parts) == Figures(11, 22, 33, 44, 55, 66, 77)
    assert week.total([]) == Figures(0, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("logs", "pupils", "expected"),
    [
        ([], [1], [Nudge(1, "never", 0)]),
        ([Log(day=MONDAY - timedelta(days=15))], [1], [Nudge(1, "quiet", 3)]),
        ([Log(day=MONDAY - timedelta(days=14))], [1], []),
        ([Log(outcome="VUONG")] * 2, [1], [Nudge(1, "stuck", 2, "BA_NGOAI", "ZALO_VIDEO")]),
        ([Log(outcome="VUONG")], [1], []),
        ([Log(outcome="VUONG")] * 2 + [Log()], [1], []),
        ([Log(outcome="VUONG", day=MONDAY - timedelta(days=30))] * 2 + [Log(relatives=("ME",))], [1], []),
        ([], [1, 2, 3, 4], [Nudge(1, "never", 0), Nudge(2, "never", 0), Nudge(3, "never", 0)]),
    ],
)
def test_who_needs_a_word(logs: list[Log], pupils: list[int], expected: list[Nudge]) -> None:
    assert week.nudges(logs, {}, pupils, THIS, THIS.last) == expected


def test_a_pupil_is_named_once_with_the_weightiest_reason() -> None:
    logs = [Log(outcome="VUONG")] * 5
    odd = {1: [Mark(1, "alike", 5)]}
    assert week.nudges(logs, odd, [1], THIS, THIS.last) == [Nudge(1, "stuck", 5, "BA_NGOAI", "ZALO_VIDEO")]


ODD = {
    "nothing odd": ([Log()], {}, []),
    "the same five times": ([Log(id=5)], {5: [Mark(5, "alike", 5)]}, [Nudge(1, "odd", 5, mark="alike")]),
    "the weightiest of several": ([Log(id=1), Log(id=2)], {1: [Mark(1, "long", 300)], 2: [Mark(2, "denied")]}, [Nudge(1, "odd", 0, mark="denied")]),
    "the teacher has looked": ([Log(id=5, state="checked")], {5: [Mark(5, "alike", 5)]}, []),
    "of another week": ([Log(id=5, day=MONDAY - timedelta(days=1))], {5: [Mark(5, "alike", 5)]}, []),
    "in the order told": ([Log(2, id=7), Log(1, id=8)], {7: [Mark(7, "many", 6)], 8: [Mark(8, "denied")]}, [Nudge(2, "odd", 6, mark="many"), Nudge(1, "odd", 0, mark="denied")]),
    "three at most": ([Log(n, id=n) for n in range(1, 6)], {n: [Mark(n, "twice", 2)] for n in range(1, 6)}, [Nudge(n, "odd", 2, mark="twice") for n in range(1, 4)]),
}  # fmt: skip


@pytest.mark.parametrize(("logs", "marks", "expected"), ODD.values(), ids=ODD.keys())
def test_whose_logs_are_odd(logs: list[Log], marks: dict[int, list[Mark]], expected: list[Nudge]) -> None:
    assert week.nudges(logs, marks, [], THIS, THIS.last) == expected


@pytest.mark.parametrize(
    ("logs", "expected"),
    [
        ([], None),
        ([Log(outcome="CO_HO_TRO")], None),
        ([Log(day=MONDAY - timedelta(days=1))], None),
        ([Log(1, MONDAY + timedelta(days=3), relatives=("ME",)), Log(2)], Good(2, "BA_NGOAI", "ZALO_VIDEO")),
        (
            [Log(1, relatives=("ME",)), Log(2, MONDAY + timedelta(days=1), relatives=("BO",))],
            Good(2, "BO", "ZALO_VIDEO"),
        ),
    ],
)
def test_the_good_thing_is_an_elder_who_can_do_it_alone(logs: list[Log], expected: Good | None) -> None:
    assert week.good_thing(logs, frozenset({"BA_NGOAI"}), THIS) == expected


def test_days_that_have_not_come_are_no_silence() -> None:
    logs = [Log(day=MONDAY - timedelta(days=15))]
    assert week.nudges(logs, {}, [1], THIS, MONDAY) == []
    assert week.nudges(logs, {}, [1], THIS, THIS.last) == [Nudge(1, "quiet", 3)]
