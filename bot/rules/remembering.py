"""What a relative can do now: from how the sessions went and from what was answered days later.

What counts is that they can do it alone, so the last word is the latest one: a session, an answer on
the day, or a check-back after 7 and after 30 days.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

Knowing = Literal["alone", "helped", "learning", "forgot"]
# A week shows whether it stayed, a month whether it became a habit.
AFTER = (7, 30)
CATCH_UP = timedelta(days=3)
ASKED_AFTER = frozenset({"TU_LAM", "CO_HO_TRO"})
_FROM_OUTCOME: dict[str, Knowing] = {"TU_LAM": "alone", "CO_HO_TRO": "helped"}
_FROM_ANSWER: dict[str, Knowing] = {"still": "alone", "help": "helped", "forgot": "forgot"}


class Told(Protocol):
    """What this rule must know of a log."""

    @property
    def id(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def outcome(self) -> str: ...
    @property
    def relatives(self) -> tuple[str, ...]: ...
    @property
    def skills(self) -> tuple[str, ...]: ...


class Owned(Told, Protocol):
    """A log of which it is known whose it is."""

    @property
    def pupil_id(self) -> int: ...


class Said(Protocol):
    """What this rule must know of an answer."""

    @property
    def log_id(self) -> int: ...
    @property
    def relative(self) -> str: ...
    @property
    def skill(self) -> str: ...
    @property
    def after(self) -> int: ...
    @property
    def answer(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Event:
    day: date
    log_id: int
    order: int
    knowing: Knowing


def known(logs: Iterable[Told], answers: Iterable[Said]) -> dict[tuple[str, str], Knowing]:
    """How each (relative, skill) of one pupil stands; answers to logs not given here say nothing."""
    told = {log.id: log for log in logs}
    latest: dict[tuple[str, str], _Event] = {}
    for key, event in [*_sessions(told.values()), *_answers(told, answers)]:
        before = latest.get(key)
        if before is None or (before.day, before.log_id, before.order) <= (event.day, event.log_id, event.order):
            latest[key] = event
    return {key: event.knowing for key, event in latest.items()}


def _sessions(logs: Iterable[Told]) -> Iterable[tuple[tuple[str, str], _Event]]:
    for log in logs:
        for relative in log.relatives:
            for skill in log.skills:
                yield (relative, skill), _Event(log.day, log.id, -1, _FROM_OUTCOME.get(log.outcome, "learning"))


def _answers(logs: Mapping[int, Told], answers: Iterable[Said]) -> Iterable[tuple[tuple[str, str], _Event]]:
    for said in answers:
        log = logs.get(said.log_id)
        knowing = _FROM_ANSWER.get(said.answer)
        if log is None or knowing is None:
            continue
        for skill in [said.skill] if said.skill else log.skills:
            event = _Event(log.day + timedelta(days=said.after), log.id, said.after, knowing)
            yield (said.relative, skill), event


def alone(standing: Mapping[tuple[str, str], Knowing]) -> set[str]:
    """The relatives who can do at least one thing alone."""
    return {relative for (relative, _skill), knowing in standing.items() if knowing == "alone"}


def forgotten(standing: Mapping[tuple[str, str], Knowing]) -> list[tuple[str, str]]:
    """What was forgotten, as (relative, skill)."""
    return [key for key, knowing in standing.items() if knowing == "forgot"]


def next_skill(standing: Mapping[tuple[str, str], Knowing], relative: str, wanted: Sequence[str]) -> str | None:
    """The next small thing for this relative: what was forgotten, then what is not there yet, then something new.

    `wanted` are the skills in the order in which they are usually learnt.
    """
    mine = {skill: knowing for (whose, skill), knowing in standing.items() if whose == relative}
    for state in ("forgot", "learning", "helped"):
        for skill, knowing in mine.items():
            if knowing == state:
                return skill
    return next((skill for skill in wanted if skill not in mine), None)


@dataclass(frozen=True, slots=True)
class Question:
    """Ask after so many days whether this relative can still do that."""

    pupil_id: int
    log_id: int
    relative: str
    skill: str
    after: int


def questions(logs: Iterable[Owned], asked: Iterable[tuple[Question, date]], today: date) -> list[Question]:
    """Which question to ask today for each pupil, one at most; `asked` are the earlier ones with their days.

    Only the last session about a skill is asked about, so that helping again starts the days anew. A
    day that was missed (the machine was off, another question came first) is caught up with for some days.
    """
    earlier = list(asked)
    known_ones = {question for question, _day in earlier}
    found: dict[int, tuple[date, Question]] = {}
    for log, relative, skill in _last_sessions(logs):
        for after in AFTER:
            question = Question(log.pupil_id, log.id, relative, skill, after)
            due = log.day + timedelta(days=after)
            if question in known_ones or not due <= today <= due + CATCH_UP:
                continue
            if log.pupil_id not in found or due < found[log.pupil_id][0]:
                found[log.pupil_id] = (due, question)
    had_one = {question.pupil_id for question, day in earlier if day == today}
    return [question for pupil_id, (_due, question) in sorted(found.items()) if pupil_id not in had_one]


def _last_sessions(logs: Iterable[Owned]) -> Iterable[tuple[Owned, str, str]]:
    """For each pupil, relative and skill the last session, where something was learnt in it."""
    last: dict[tuple[int, str, str], Owned] = {}
    for log in sorted(logs, key=lambda one: (one.day, one.id)):
        for relative in log.relatives:
            for skill in log.skills:
                last[log.pupil_id, relative, skill] = log
    for (_pupil, relative, skill), log in last.items():
        if log.outcome in ASKED_AFTER:
            yield log, relative, skill
