"""The week of a class."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.rules import week
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
    assert week.figures(logs, first, THIS) == Figures(helped=3, sessions=3, alone=1, confirmed=1, minutes=50)


def test_two_relatives_of_the_same_kin_are_two_when_the_pupils_differ() -> None:
    logs = [Log(pupil_id=1), Log(pupil_id=2), Log(pupil_id=2)]
    assert week.figures(logs, {}, THIS).alone == 2


def test_a_school_is_the_sum_of_its_classes() -> None:
    assert week.total([Figures(1, 2, 3, 4, 5), Figures(10, 20, 30, 40, 50)]) == Figures(11, 22, 33, 44, 55)
    assert week.total([]) == Figures(0, 0, 0, 0, 0)


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
        ([Log()] * 5, [1], [Nudge(1, "alike", 5)]),
        ([Log(minutes=number) for number in range(5)], [1], []),
        ([], [1, 2, 3, 4], [Nudge(1, "never", 0), Nudge(2, "never", 0), Nudge(3, "never", 0)]),
    ],
)
def test_who_needs_a_word(logs: list[Log], pupils: list[int], expected: list[Nudge]) -> None:
    assert week.nudges(logs, pupils, THIS, THIS.last) == expected


def test_a_pupil_is_named_once_with_the_weightiest_reason() -> None:
    logs = [Log(outcome="VUONG")] * 5
    assert week.nudges(logs, [1], THIS, THIS.last) == [Nudge(1, "stuck", 5, "BA_NGOAI", "ZALO_VIDEO")]


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
    assert week.nudges(logs, [1], THIS, MONDAY) == []
    assert week.nudges(logs, [1], THIS, THIS.last) == [Nudge(1, "quiet", 3)]
