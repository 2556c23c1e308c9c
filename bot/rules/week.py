"""The week of a class: what a teacher is told, from the logs alone.

A pupil "has helped" from the day of the first log that counts; the share is of the class list, not
of those who joined. Withdrawn and wrong logs never reach this file.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, Protocol

from bot.rules.suspicion import Mark, Reason, weightiest

MOST_NUDGES = 3
QUIET_WEEKS = 3
STUCK_TIMES = 2
STUCK_SINCE = timedelta(weeks=4)
ALONE = "TU_LAM"
STUCK = "VUONG"


class Told(Protocol):
    """What this rule must know of a log."""

    @property
    def id(self) -> int: ...
    @property
    def pupil_id(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def minutes(self) -> int: ...
    @property
    def outcome(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def relatives(self) -> tuple[str, ...]: ...
    @property
    def skills(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Span:
    """Seven days from a Monday, both ends included."""

    first: date

    @property
    def last(self) -> date:
        return self.first + timedelta(days=6)

    @property
    def before(self) -> "Span":
        return Span(self.first - timedelta(days=7))


@dataclass(frozen=True, slots=True)
class Figures:
    """Raw counts up to the end of a week (`helped`) and within it (the rest).

    Every session is in one of `told`, `confirmed` and `checked`. `alone` is what the sessions of the week
    say; who forgets later is found by the check-backs, and changes no week that has gone by.
    """

    helped: int
    sessions: int
    told: int
    confirmed: int
    checked: int
    alone: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Nudge:
    """A pupil who needs a word, and why: "never", "quiet" for `count` weeks, "stuck" `count` times, "odd".

    `mark` says what is odd, and `count` is the one of `bot.rules.suspicion.Mark`.
    """

    pupil_id: int
    reason: Literal["never", "quiet", "stuck", "odd"]
    count: int
    relative: str = ""
    skill: str = ""
    mark: Reason | None = None


@dataclass(frozen=True, slots=True)
class Good:
    """One thing to read aloud: a relative who can do it alone now."""

    pupil_id: int
    relative: str
    skill: str


def week_of(day: date) -> Span:
    """The week, Monday to Sunday, that holds a day."""
    return Span(day - timedelta(days=day.weekday()))


def figures(logs: Iterable[Told], first_helped: Mapping[int, date], span: Span) -> Figures:
    """The counts of a week. A relative counts once per pupil, however many sessions."""
    mine = [log for log in logs if span.first <= log.day <= span.last]
    states = Counter(log.state for log in mine)
    return Figures(
        helped=sum(1 for day in first_helped.values() if day <= span.last),
        sessions=len(mine),
        told=states["told"],
        confirmed=states["confirmed"],
        checked=states["checked"],
        alone=len({(log.pupil_id, code) for log in mine if log.outcome == ALONE for code in log.relatives}),
        minutes=sum(log.minutes for log in mine),
    )


def total(parts: Iterable[Figures]) -> Figures:
    """The counts of several classes together: sums, never means."""
    rows = list(parts)
    return Figures(*(sum(getattr(row, name) for row in rows) for name in Figures.__slots__))


def nudges(
    logs: Sequence[Told], marks: Mapping[int, Sequence[Mark]], pupil_ids: Iterable[int], span: Span, until: date
) -> list[Nudge]:
    """At most three pupils who need a word: stuck ones first, then odd logs, then silent ones.

    `logs` reach back at least `QUIET_WEEKS` weeks; `marks` are what is odd about some of them, by log id;
    `until` is the last day that has come.
    """
    mine = [log for log in logs if span.first <= log.day <= span.last]
    lately = [log for log in logs if log.day > until - STUCK_SINCE]
    found = [*_stuck(lately), *_odd(mine, marks), *_silent(logs, pupil_ids, until)]
    first: dict[int, Nudge] = {}
    for nudge in found:
        first.setdefault(nudge.pupil_id, nudge)
    return list(first.values())[:MOST_NUDGES]


def _stuck(logs: Sequence[Told]) -> list[Nudge]:
    times = Counter(
        (log.pupil_id, relative, skill)
        for log in logs
        if log.outcome == STUCK
        for relative in log.relatives
        for skill in log.skills
    )
    solved = {(log.pupil_id, r, s) for log in logs if log.outcome == ALONE for r in log.relatives for s in log.skills}
    return [
        Nudge(pupil, "stuck", count, relative, skill)
        for (pupil, relative, skill), count in times.most_common()
        if count >= STUCK_TIMES and (pupil, relative, skill) not in solved
    ]


def _odd(logs: Sequence[Told], marks: Mapping[int, Sequence[Mark]]) -> list[Nudge]:
    """Odd logs at which the teacher has not looked yet, each pupil once, in the order in which they were told."""
    found: dict[int, list[Mark]] = {}
    for log in sorted(logs, key=lambda log: log.id):
        if log.state != "checked" and log.id in marks:
            found.setdefault(log.pupil_id, []).extend(marks[log.id])
    said = {pupil_id: weightiest(several) for pupil_id, several in found.items()}
    return [Nudge(pupil_id, "odd", mark.count, mark=mark.reason) for pupil_id, mark in said.items()]


def _silent(logs: Sequence[Told], pupil_ids: Iterable[int], until: date) -> list[Nudge]:
    """Pupils without a log for some weeks; who never logged comes after who fell silent."""
    last: dict[int, date] = {}
    for log in logs:
        if log.day <= until:
            last[log.pupil_id] = max(log.day, last.get(log.pupil_id, log.day))
    quiet = []
    never = []
    for pupil_id in pupil_ids:
        if pupil_id not in last:
            never.append(Nudge(pupil_id, "never", 0))
        elif (weeks := (until - last[pupil_id]).days // 7) >= QUIET_WEEKS:
            quiet.append(Nudge(pupil_id, "quiet", weeks))
    return sorted(quiet, key=lambda nudge: -nudge.count) + never


def good_thing(logs: Iterable[Told], elders: frozenset[str], span: Span) -> Good | None:
    """The relative to read aloud: one who can do it alone, an elder before others, the latest first."""
    mine = [
        log
        for log in logs
        if span.first <= log.day <= span.last and log.outcome == ALONE and log.relatives and log.skills
    ]
    if not mine:
        return None
    best = max(mine, key=lambda log: (any(code in elders for code in log.relatives), log.day))
    relative = next((code for code in best.relatives if code in elders), best.relatives[0])
    return Good(best.pupil_id, relative, best.skills[0])
