"""The figures of a unit over some days, from the store: what every output of a report shows."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo

import content
from bot.rules import period, tally
from bot.rules.period import Period
from bot.rules.tally import Figures
from db.models import Unit
from db.store import Asked, Branch, Store
from handlers.reports import mooc


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's figures: a class, or everything below a school or ward."""

    unit: Unit
    figures: Figures


@dataclass(frozen=True, slots=True)
class Counted:
    """A unit and some days, counted; `until` is the last of them that has come.

    `asked` are the questions to the teachers in these days, by number only: a question is between a pupil
    and the teacher. `course` is where people stand with the national course at the end of these days.
    `year` goes from the start of the school year to the end of the period. `parts` are the units just
    below (or the unit itself, when it is a class): their sum is `figures`, different people once.
    `goes_up`: who reads it stands above the unit.
    """

    unit: Unit
    period: Period
    until: date
    figures: Figures
    before: Figures
    year: Figures
    parts: tuple[Line, ...]
    active_parts: int
    asked: Asked
    course: mooc.Counts
    goes_up: bool = False

    @property
    def hides(self) -> bool:
        """Whether groups of fewer than five people are hidden: whoever reads it stands above a class."""
        return self.goes_up or self.unit.kind != "class"

    @property
    def overlap(self) -> "Overlap":
        """Who is in several parts, and in the sum once."""
        return Overlap(
            sum(part.figures.pupils.count for part in self.parts) - self.figures.pupils.count,
            sum(part.figures.people.count for part in self.parts) - self.figures.people.count,
            sum(part.figures.elders.count for part in self.parts) - self.figures.elders.count,
        )


@dataclass(frozen=True, slots=True)
class Overlap:
    """So many are counted by several units."""

    pupils: int
    people: int
    elders: int


def counted(store: Store, unit_id: int, over: Period, now: datetime) -> Counted:
    """Count a class, school or ward. A class is read at a time, so memory does not grow with the ward."""
    tree = store.branch(unit_id)
    earlier = period.before(over, store.reporting(unit_id).closes)
    since = Period("year", min(period.school_year(over.last).first, over.first), over.last)
    counting = _Counting(store, tree, (over, earlier, since), now.tzinfo)
    rooms = [room.id for room in tree.classes]
    first, after = moments(over, now.tzinfo)
    below = [(branch.unit, counting.branch(branch)) for branch in tree.reporting or (tree,)]
    return Counted(
        unit=tree.unit,
        period=over,
        until=min(over.last, now.date()),
        figures=tally.total(figures for _unit, (figures, _before, _year) in below),
        before=tally.total(before for _unit, (_figures, before, _year) in below),
        year=tally.total(year for _unit, (_figures, _before, year) in below),
        parts=tuple(Line(unit, figures) for unit, (figures, _before, _year) in below),
        active_parts=sum(year.sessions > 0 for _unit, (_figures, _before, year) in below),
        asked=store.asked(rooms, first, after),
        course=mooc.counts(store, rooms, after),
    )


def moments(over: Period, zone: tzinfo | None) -> tuple[datetime, datetime]:
    """The first moment of a period, and the first one after it."""
    return datetime.combine(over.first, time(), zone), datetime.combine(over.last + timedelta(days=1), time(), zone)


class _Counting:
    """Counting classes one after the other, each over several periods from one reading."""

    def __init__(self, store: Store, tree: Branch, periods: tuple[Period, ...], zone: tzinfo | None) -> None:
        self._store = store
        self._periods = periods
        rooms = [room.id for room in tree.classes]
        self._joined = store.joined(rooms)
        self._known = known(store, rooms)
        self._left = [store.left_since(rooms, moments(over, zone)[1]) for over in periods]

    def branch(self, branch: Branch) -> tuple[Figures, ...]:
        rooms = [self._room(room) for room in branch.classes]
        return tuple(tally.total(column) for column in zip(*rooms, strict=True)) or (Figures(),) * len(self._periods)

    def _room(self, room: Unit) -> tuple[Figures, ...]:
        now = max(room.size or 0, self._joined.get(room.id, 0))
        # A class is as big as it was when the days ended: who left it since was one of them.
        sizes = [now + left.get(room.id, 0) for left in self._left]
        first, last = min(over.first for over in self._periods), max(over.last for over in self._periods)
        seen = list(self._store.seen(room.id, first, last))
        whole = tally.count(seen, sizes[0], self._known)
        found = []
        for over, size in zip(self._periods, sizes, strict=True):
            mine = [session for session in seen if over.first <= session.day <= over.last]
            # A report on the whole year so far counts it once.
            one = replace(whole, size=size) if len(mine) == len(seen) else tally.count(mine, size, self._known)
            # Who helped somebody and then left was of the class while they did.
            found.append(replace(one, size=max(size, one.pupils.count)))
        return tuple(found)


def known(store: Store, rooms: list[int]) -> tally.Known:
    """What counting some classes must know beyond the sessions."""
    return tally.Known(
        elders=frozenset(code for code, found in content.relatives().items() if found.age == "60+"),
        group_of={code: found.group for code, found in content.skills().items()},
        accounts=store.linked_accounts(rooms),
        moved=store.moved(rooms),
    )
