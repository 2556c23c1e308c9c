"""What makes a log look odd, for the teacher to ask about kindly: marked with the reason, never dropped.

An odd log is no proof. Whoever helps the same grandmother every evening looks odd too; that is why
each mark says what was seen, and nothing follows from it by itself.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Literal, Protocol

Reason = Literal["overlap", "twice", "alike", "long", "many", "copied", "denied"]

# What a teacher looks at first, where there are several.
WEIGHTIEST_FIRST: tuple[Reason, ...] = ("denied", "copied", "overlap", "alike", "twice", "long", "many")
MOST_A_DAY = 240  # minutes
MOST_RELATIVES = 5  # in a day
ALIKE_TIMES = 5  # in a week
COPIED_WITHIN = timedelta(days=14)


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
    def began(self) -> int | None: ...
    @property
    def outcome(self) -> str: ...
    @property
    def wording(self) -> str: ...
    @property
    def relatives(self) -> tuple[str, ...]: ...
    @property
    def skills(self) -> tuple[str, ...]: ...


class Step(Protocol):
    """What this rule must know of a log's change of state: `how` it was made, and the `reason` given."""

    @property
    def log_id(self) -> int: ...
    @property
    def how(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Mark:
    """What was seen at a log. `count` is how many logs are alike, minutes or relatives there were that day.

    `other` is the log it overlaps, repeats or was copied from, 0 where there is none.
    """

    log_id: int
    reason: Reason
    count: int = 0
    other: int = 0


def marks(logs: Iterable[Told], denied: Iterable[int] = ()) -> dict[int, list[Mark]]:
    """What is odd about some logs of a class, by log id; `denied` are the logs a relative said no to.

    The later log of two carries the mark, except where the whole day is too long or too full.
    """
    known = sorted(logs, key=lambda log: log.id)
    ids = {log.id for log in known}
    found: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in [
        *(Mark(log_id, "denied") for log_id in denied if log_id in ids),
        *_in_groups(known, lambda log: (log.pupil_id, log.day), _day),
        *_in_groups(known, lambda log: (log.pupil_id, log.relatives, log.skills, log.minutes, log.outcome), _alike),
        *_in_groups([log for log in known if log.wording], lambda log: log.wording, _copied),
    ]:
        found[mark.log_id].append(mark)
    return dict(found)


def denied(history: Iterable[Step]) -> set[int]:
    """The logs to which a relative's last word was no, by their changes in order."""
    last = {step.log_id: step.reason for step in history if step.how in ("handed", "own")}
    return {log_id for log_id, reason in last.items() if reason.endswith(":wrong")}


def weightiest(found: Iterable[Mark]) -> Mark:
    """The one of several marks to name where there is room for one."""
    return min(found, key=lambda mark: (WEIGHTIEST_FIRST.index(mark.reason), -mark.count))


def _in_groups(
    logs: Sequence[Told], key: Callable[[Told], object], look: Callable[[Sequence[Told]], list[Mark]]
) -> list[Mark]:
    groups: defaultdict[object, list[Told]] = defaultdict(list)
    for log in logs:
        groups[key(log)].append(log)
    return [mark for group in groups.values() for mark in look(group)]


def _day(logs: Sequence[Told]) -> list[Mark]:
    """One pupil's day."""
    minutes = sum(log.minutes for log in logs)
    people = {code for log in logs for code in log.relatives}
    found = [Mark(log.id, "long", minutes) for log in logs if minutes > MOST_A_DAY]
    found += [Mark(log.id, "many", len(people)) for log in logs if len(people) > MOST_RELATIVES]
    for first, second in combinations(logs, 2):
        if _same(first, second):
            found.append(Mark(second.id, "twice", 2, first.id))
        elif _overlap(first, second):
            found.append(Mark(second.id, "overlap", 2, first.id))
    return list({(mark.log_id, mark.reason): mark for mark in reversed(found)}.values())


def _same(first: Told, second: Told) -> bool:
    """The same people and skills on the same day: perhaps sent twice."""
    return (set(first.relatives), set(first.skills)) == (set(second.relatives), set(second.skills))


def _overlap(first: Told, second: Told) -> bool:
    if first.began is None or second.began is None:
        return False
    return first.began < second.began + second.minutes and second.began < first.began + first.minutes


def _alike(logs: Sequence[Told]) -> list[Mark]:
    """The same in every part, several times within seven days; the fifth of them and those after it are marked."""
    ordered = sorted(logs, key=lambda log: (log.day, log.id))
    found = []
    for index, last in enumerate(ordered):
        near = [log for log in ordered[: index + 1] if last.day - log.day < timedelta(days=7)]
        if len(near) >= ALIKE_TIMES:
            found.append(Mark(last.id, "alike", len(near), near[0].id))
    return found


def _copied(logs: Sequence[Told]) -> list[Mark]:
    """The very same sentence by another pupil, within two weeks."""
    return [
        Mark(log.id, "copied", 2, first.id)
        for index, log in enumerate(logs)
        if (first := _copied_from(log, logs[:index])) is not None
    ]


def _copied_from(log: Told, earlier: Sequence[Told]) -> Told | None:
    return next(
        (one for one in earlier if one.pupil_id != log.pupil_id and abs(log.day - one.day) <= COPIED_WITHIN), None
    )
