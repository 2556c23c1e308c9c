"""When a question comes back: FSRS, with days for steps, and never more than a month away.

FSRS beats the older SM-2 clearly (https://github.com/open-spaced-repetition/srs-benchmark); its steps of
minutes are for people who sit and cram, so there are none here. One wrong answer brings a question back
tomorrow, and the gaps grow smoothly from there. Elders who are asked every day stop answering: three
questions a day are the most.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fsrs import Scheduler

Grade = Literal["wrong", "help", "right"]

MOST_A_DAY = 3
LONGEST = 30  # days
_RATINGS: dict[Grade, int] = {"wrong": 1, "help": 2, "right": 3}  # FSRS: Again, Hard, Good


@dataclass(frozen=True, slots=True)
class Memory:
    """How well a question is remembered, as FSRS counts it: `stability` in days, `difficulty` from 1 to 10."""

    stability: float
    difficulty: float
    last: date
    due: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question that may be asked, and how it stands."""

    lesson: str
    number: int
    memory: Memory


def after(memory: Memory | None, grade: Grade, today: date) -> Memory:
    """How a question stands after an answer; None before the first one."""
    from fsrs import Card, Rating, State

    card = Card(card_id=0, due=_moment(today))  # an id of our own: without one the library waits for a new millisecond
    if memory is not None:
        card = Card(
            card_id=0,
            state=State.Review,
            step=None,
            stability=memory.stability,
            difficulty=memory.difficulty,
            due=_moment(memory.due),
            last_review=_moment(memory.last),
        )
    done, _log = _scheduler().review_card(card, Rating(_RATINGS[grade]), _moment(today))
    assert done.stability is not None
    assert done.difficulty is not None
    return Memory(
        done.stability, done.difficulty, today, today + timedelta(days=max(1, (done.due - _moment(today)).days))
    )


def due(waiting: Iterable[Waiting], asked_today: int, today: date) -> list[Waiting]:
    """What to ask now, the least sure first, so that no more than three questions a day come together."""
    ready = [one for one in waiting if one.memory.due <= today]
    ready.sort(key=lambda one: (one.memory.stability, one.memory.due, one.lesson, one.number))
    return ready[: max(0, MOST_A_DAY - asked_today)]


@cache
def _scheduler() -> "Scheduler":
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=LONGEST, enable_fuzzing=False)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
