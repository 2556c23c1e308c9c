"""What a report counts, from the sessions alone: the one place where its numbers come from.

A number of people is a number of different people. A relative is one pupil's "bà ngoại", or the account
that several pupils linked; whom two classes may both know is kept by key (`Distinct.shared`), so that a
sum over classes, schools and wards counts them once. Everything else adds up as it stands, and a share
is always Σ numerators / Σ denominators.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Protocol, TypeVar

ALONE = "TU_LAM"
ASSISTED = "CO_HO_TRO"
NOT_YET = ("CHUA_QUEN", "CHUA_DUOC")
STUCK = "VUONG"


class Session(Protocol):
    """What this rule must know of a session that counts."""

    @property
    def pupil_id(self) -> int: ...
    @property
    def minutes(self) -> int: ...
    @property
    def outcome(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def on_paper(self) -> bool: ...
    @property
    def relatives(self) -> tuple[str, ...]: ...
    @property
    def skills(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Distinct:
    """So many different ones: `own` are in this group only, `shared` may be in another too, by key."""

    own: int = 0
    shared: frozenset[str] = frozenset()

    @property
    def count(self) -> int:
        return self.own + len(self.shared)

    def __add__(self, other: "Distinct") -> "Distinct":
        return Distinct(self.own + other.own, self.shared | other.shared)


NOBODY = Distinct()


@dataclass(frozen=True, slots=True)
class Part:
    """The sessions of one skill, group of skills or relative. A session with two skills is in both."""

    sessions: int = 0
    people: Distinct = NOBODY
    alone: int = 0
    stuck: int = 0

    def __add__(self, other: "Part") -> "Part":
        return Part(
            self.sessions + other.sessions,
            self.people + other.people,
            self.alone + other.alone,
            self.stuck + other.stuck,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """The counts of a class, or of many, over some days.

    `size` is what the class lists hold; `active` how many of the `classes` have a session. A pupil is in
    `pupils` with any session, in `confirmed_pupils` with one that a relative confirmed or a teacher
    checked, in `checked_pupils` with one that a teacher checked. `told`, `confirmed` and `checked` are
    sessions, each in one of them; `on_paper` those of them that a class leader copied from the paper book.
    `alone_people` are the relatives with a session they managed alone.
    """

    size: int = 0
    classes: int = 0
    active: int = 0
    sessions: int = 0
    minutes: int = 0
    told: int = 0
    confirmed: int = 0
    checked: int = 0
    on_paper: int = 0
    pupils: Distinct = NOBODY
    confirmed_pupils: Distinct = NOBODY
    checked_pupils: Distinct = NOBODY
    people: Distinct = NOBODY
    elders: Distinct = NOBODY
    alone_people: Distinct = NOBODY
    outcomes: Mapping[str, int] = field(default_factory=dict)
    skills: Mapping[str, Part] = field(default_factory=dict)
    groups: Mapping[str, Part] = field(default_factory=dict)
    relatives: Mapping[str, Part] = field(default_factory=dict)

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            size=self.size + other.size,
            classes=self.classes + other.classes,
            active=self.active + other.active,
            sessions=self.sessions + other.sessions,
            minutes=self.minutes + other.minutes,
            told=self.told + other.told,
            confirmed=self.confirmed + other.confirmed,
            checked=self.checked + other.checked,
            on_paper=self.on_paper + other.on_paper,
            pupils=self.pupils + other.pupils,
            confirmed_pupils=self.confirmed_pupils + other.confirmed_pupils,
            checked_pupils=self.checked_pupils + other.checked_pupils,
            people=self.people + other.people,
            elders=self.elders + other.elders,
            alone_people=self.alone_people + other.alone_people,
            outcomes=_merged(self.outcomes, other.outcomes),
            skills=_merged(self.skills, other.skills),
            groups=_merged(self.groups, other.groups),
            relatives=_merged(self.relatives, other.relatives),
        )

    def of(self, *outcomes: str) -> int:
        """The sessions with one of these outcomes."""
        return sum(self.outcomes.get(outcome, 0) for outcome in outcomes)

    @property
    def helped(self) -> "Share":
        """The pupils who helped somebody, of the class lists, and how sure that is."""
        surely, checked = self.confirmed_pupils.count, self.checked_pupils.count
        return Share(self.pupils.count, self.size, self.pupils.count - surely, surely - checked, checked)

    @property
    def managed(self) -> "Share":
        """The sessions managed alone, of all; how sure is told for all."""
        return Share(self.of(ALONE), self.sessions, self.told, self.confirmed, self.checked)


@dataclass(frozen=True, slots=True)
class Share:
    """A ratio with its method: so many of the whole, and how many rest on which word."""

    part: int
    whole: int
    told: int
    confirmed: int
    checked: int


@dataclass(frozen=True, slots=True)
class Known:
    """What counting must know beyond the sessions.

    `elders` are the kinship codes of people of 60 and more; `group_of` puts a skill into its group;
    `accounts` are the linked accounts of relatives by pupil and code; `moved` are the pupils who have
    been in several classes.
    """

    elders: frozenset[str] = frozenset()
    group_of: Mapping[str, str] = field(default_factory=dict)
    accounts: Mapping[tuple[int, str], int] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()

    def key(self, pupil_id: int, relative: str) -> str:
        """Who this is beyond the class; "" for somebody whom no other class can know."""
        if account := self.accounts.get((pupil_id, relative)):
            return f"k{account}"
        return f"p{pupil_id}:{relative}" if pupil_id in self.moved else ""


class _People:
    """Different relatives, gathered one by one."""

    __slots__ = ("own", "shared")

    def __init__(self) -> None:
        self.own: set[tuple[int, str]] = set()
        self.shared: set[str] = set()

    def add(self, who: tuple[int, str], key: str) -> None:
        if key:
            self.shared.add(key)
        else:
            self.own.add(who)

    def done(self) -> Distinct:
        return Distinct(len(self.own), frozenset(self.shared))


class _Gathered:
    """The sessions of one skill, group or relative, gathered one by one."""

    __slots__ = ("alone", "people", "sessions", "stuck")

    def __init__(self) -> None:
        self.sessions = self.alone = self.stuck = 0
        self.people = _People()

    def add(self, outcome: str, who: Iterable[tuple[tuple[int, str], str]]) -> None:
        self.sessions += 1
        self.alone += outcome == ALONE
        self.stuck += outcome == STUCK
        for one, key in who:
            self.people.add(one, key)

    def done(self) -> Part:
        return Part(self.sessions, self.people.done(), self.alone, self.stuck)


def count(sessions: Iterable[Session], size: int, known: Known) -> Figures:
    """The figures of one class of so many pupils, from its sessions that count."""
    minutes = on_paper = 0
    states: Counter[str] = Counter()
    outcomes: Counter[str] = Counter()
    pupils: dict[str, set[int]] = {"told": set(), "confirmed": set(), "checked": set()}
    people, elders, alone = _People(), _People(), _People()
    skills: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    groups: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    relatives: defaultdict[str, _Gathered] = defaultdict(_Gathered)
    keys: dict[tuple[int, str], str] = {}
    for session in sessions:
        pupil_id, outcome = session.pupil_id, session.outcome
        minutes += session.minutes
        on_paper += session.on_paper
        states[session.state] += 1
        outcomes[outcome] += 1
        pupils[session.state].add(pupil_id)
        helped = []
        for relative in session.relatives:
            who = (pupil_id, relative)
            key = keys.get(who)
            if key is None:
                key = keys[who] = known.key(pupil_id, relative)
            helped.append((who, key))
            people.add(who, key)
            if relative in known.elders:
                elders.add(who, key)
            if outcome == ALONE:
                alone.add(who, key)
            relatives[relative].add(outcome, helped[-1:])
        for skill in session.skills:
            skills[skill].add(outcome, helped)
        for group in {known.group_of.get(skill, "") for skill in session.skills}:
            groups[group].add(outcome, helped)
    checked = pupils["checked"]
    surely = checked | pupils["confirmed"]
    return Figures(
        size=size,
        classes=1,
        active=int(states.total() > 0),
        sessions=states.total(),
        minutes=minutes,
        told=states["told"],
        confirmed=states["confirmed"],
        checked=states["checked"],
        on_paper=on_paper,
        pupils=_pupils(surely | pupils["told"], known),
        confirmed_pupils=_pupils(surely, known),
        checked_pupils=_pupils(checked, known),
        people=people.done(),
        elders=elders.done(),
        alone_people=alone.done(),
        outcomes=dict(outcomes),
        skills={code: gathered.done() for code, gathered in skills.items()},
        groups={code: gathered.done() for code, gathered in groups.items()},
        relatives={code: gathered.done() for code, gathered in relatives.items()},
    )


def _pupils(ids: set[int], known: Known) -> Distinct:
    moved = ids & known.moved
    return Distinct(len(ids) - len(moved), frozenset(f"p{pupil_id}" for pupil_id in moved))


def total(parts: Iterable[Figures]) -> Figures:
    """Several classes together: sums, and different people once."""
    return reduce(add, parts, Figures())


_N = TypeVar("_N", int, Part)


def _merged(some: Mapping[str, _N], more: Mapping[str, _N]) -> dict[str, _N]:
    together = dict(some)
    for code, value in more.items():
        together[code] = together[code] + value if code in together else value
    return together
