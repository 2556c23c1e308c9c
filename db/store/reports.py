"""Questions about reports: what was counted, what was sent, and what is aimed at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, ScalarSelect, String, bindparam, exists, func, literal_column, or_, update
from sqlalchemy import select as core_select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col, select

from db.models import Change, Kin, Log, LogRelative, LogSkill, Report, Reporting, Role, Unit, UnitTarget
from db.prepared import Prepared
from db.store.logs import COUNTED, MOST_VALUES
from db.store.questions import Questions

WITHOUT_PUPILS = ("village", "team")


class Seen(NamedTuple):
    """One session that counts, as a report needs it; light, since a ward has a million."""

    pupil_id: int
    day: date
    minutes: int
    outcome: str
    state: str
    on_paper: bool
    relatives: tuple[str, ...]
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit and the branches below it."""

    unit: Unit
    below: tuple["Branch", ...]

    @property
    def classes(self) -> list[Unit]:
        """Every class of the branch."""
        return [self.unit] if self.unit.kind == "class" else [room for branch in self.below for room in branch.classes]

    @property
    def reporting(self) -> tuple["Branch", ...]:
        """The branches just below that report: a village or a team has no pupils to report of."""
        return tuple(one for one in self.below if one.classes or one.unit.kind not in WITHOUT_PUPILS)


class _Together(FunctionElement[str]):
    """The values of a column in one text; SQLAlchemy's own `aggregate_strings` cannot be compiled beforehand."""

    inherit_cache = True
    type = String()


@compiles(_Together, "sqlite")
def _sqlite(element: _Together, compiler: SQLCompiler, **options: Any) -> str:
    return f"group_concat({compiler.process(element.clauses, **options)})"


@compiles(_Together, "postgresql")
def _postgresql(element: _Together, compiler: SQLCompiler, **options: Any) -> str:
    return f"string_agg({compiler.process(element.clauses, **options)}, ',')"


def _codes(code: str, log_id: int) -> ScalarSelect[str]:
    """The codes of a session in one text, so that a session is one row however many it has."""
    return core_select(_Together(col(code))).where(col(log_id) == col(Log.id)).correlate(Log).scalar_subquery()


# Said as it stands in the condition of the index, which a bound value would not be.
_FROM_PAPER = exists().where(col(Change.log_id) == col(Log.id), col(Change.how) == literal_column("'paper'"))
# Asked once a class, for hundreds of classes: see db/prepared.py.
_SEEN = Prepared(
    core_select(
        *(col(column) for column in (Log.pupil_id, Log.day, Log.minutes, Log.outcome, Log.state)),
        _FROM_PAPER,
        _codes(LogRelative.relative, LogRelative.log_id),
        _codes(LogSkill.skill, LogSkill.log_id),
    ).where(
        col(Log.unit_id) == bindparam("unit_id"),
        col(Log.day).between(bindparam("first"), bindparam("last")),
        or_(*(col(Log.state) == state for state in COUNTED)),
    )
)


class Reports(Questions):
    """Reports, how units make them, and their targets."""

    def branch(self, unit_id: int) -> Branch:
        """The tree from a unit down, each level by name, asked a level at a time."""
        root = self._session.exec(select(Unit).where(Unit.id == unit_id)).one()
        levels = [[root]]
        while levels[-1] and (below := self._below([unit.id for unit in levels[-1]])):
            levels.append(below)
        made: dict[int, tuple[Branch, ...]] = {}
        for level in reversed(levels):
            branches = [Branch(unit, made.get(unit.id, ())) for unit in level]
            made = {}
            for branch in branches:
                if branch.unit.parent_id is not None:
                    made[branch.unit.parent_id] = (*made.get(branch.unit.parent_id, ()), branch)
        return branches[0]

    def _below(self, unit_ids: Sequence[int]) -> list[Unit]:
        found: list[Unit] = []
        for start in range(0, len(unit_ids), MOST_VALUES):
            some = select(Unit).where(col(Unit.parent_id).in_(unit_ids[start : start + MOST_VALUES]))
            found += self._session.exec(some)
        return sorted(found, key=lambda unit: (len(unit.name), unit.name))

    def above(self, unit_id: int) -> list[Unit]:
        """The units a unit is in, the nearest first."""
        found: list[Unit] = []
        unit = self._session.exec(select(Unit).where(Unit.id == unit_id)).one()
        while unit.parent_id is not None:
            unit = self._session.exec(select(Unit).where(Unit.id == unit.parent_id)).one()
            found.append(unit)
        return found

    def seen(self, unit_id: int, first: date, last: date) -> Iterator[Seen]:
        """The sessions of a class that count, in some days, both ends included; in no order."""
        codes: dict[str, tuple[str, ...]] = {}  # few combinations, many sessions
        for pupil_id, day, minutes, outcome, state, on_paper, relatives, skills in _SEEN.run(
            self._connection, unit_id=unit_id, first=first, last=last
        ):
            told = (pupil_id, day, minutes, outcome, state, bool(on_paper))
            yield Seen(*told, _split(relatives, codes), _split(skills, codes))

    def joined(self, unit_ids: Sequence[int]) -> dict[int, int]:
        """How many pupils joined each class; classes nobody joined are absent."""
        found: dict[int, int] = {}
        for start in range(0, len(unit_ids), MOST_VALUES):
            rows = core_select(col(Role.unit_id), func.count(col(Role.person_id).distinct())).where(
                col(Role.unit_id).in_(unit_ids[start : start + MOST_VALUES]),
                col(Role.role) == "pupil",
                col(Role.current),
            )
            counts = self._connection.execute(rows.group_by(col(Role.unit_id)))
            found |= {unit_id: pupils for unit_id, pupils in counts if unit_id is not None}
        return found

    def moved(self, unit_ids: Sequence[int]) -> frozenset[int]:
        """The pupils of some classes who have been in more than one class."""
        several = (
            core_select(col(Role.person_id))
            .where(col(Role.role) == "pupil", col(Role.unit_id).is_not(None), *_ever_in(Role.person_id, unit_ids))
            .group_by(col(Role.person_id))
            .having(func.count(col(Role.unit_id).distinct()) > 1)
        )
        return frozenset(self._connection.execute(several).scalars())

    def linked_accounts(self, unit_ids: Sequence[int]) -> dict[tuple[int, str], int]:
        """The linked accounts of relatives, by pupil of some classes and kinship; ended links too: it was the same person."""
        rows = core_select(col(Kin.pupil_id), col(Kin.relative), col(Kin.learner_id)).order_by(col(Kin.id))
        mine = rows.where(*_ever_in(Kin.pupil_id, unit_ids))
        return {(pupil_id, relative): learner for pupil_id, relative, learner in self._connection.execute(mine)}

    # -- what was sent ------------------------------------------------------------------------

    def send_report(self, report: Report) -> int:
        """Keep a report as it is sent; its id."""
        self._session.add(report)
        self._session.flush()
        return report.id

    def versions_sent(self, unit_id: int, kind: str, first: date, last: date) -> list[Report]:
        """Every version of a report that was sent, the first one first."""
        same = (Report.unit_id == unit_id, Report.kind == kind, Report.first == first, Report.last == last)
        return list(self._session.exec(select(Report).where(*same).order_by(col(Report.version))))

    def received(self, unit_ids: Sequence[int], kind: str, first: date, last: date) -> dict[int, list[Report]]:
        """What each of some units sent for a period, every version; who sent nothing is absent."""
        found: dict[int, list[Report]] = {}
        for start in range(0, len(unit_ids), MOST_VALUES):
            asked = select(Report).where(
                col(Report.unit_id).in_(unit_ids[start : start + MOST_VALUES]),
                Report.kind == kind,
                Report.first == first,
                Report.last == last,
            )
            for report in self._session.exec(asked.order_by(col(Report.version))):
                found.setdefault(report.unit_id, []).append(report)
        return found

    def report(self, report_id: int) -> Report | None:
        """A report that was sent, by id."""
        return self._session.exec(select(Report).where(Report.id == report_id)).first()

    def decide_report(self, report_id: int, state: str, by: int, answer: str, now: datetime) -> bool:
        """A sent report is approved or returned, once; False when somebody was first."""
        changed = self._connection.execute(
            update(Report)
            .where(col(Report.id) == report_id, col(Report.state) == "sent")
            .values(state=state, decided_by=by, decided_at=now, answer=answer)
        )
        self._session.expire_all()
        return changed.rowcount == 1

    # -- how a unit reports, and what it aims at -----------------------------------------------

    def reporting(self, unit_id: int) -> Reporting:
        """How a unit reports: its own row, or that of the nearest unit above that has one."""
        above: int | None = unit_id
        while above is not None:
            found = self._session.exec(select(Reporting).where(Reporting.unit_id == above)).first()
            if found is not None:
                return found
            above = self._session.exec(select(Unit.parent_id).where(Unit.id == above)).one()
        return Reporting(unit_id=unit_id)

    def set_reporting(self, reporting: Reporting) -> None:
        """From now on the unit reports like this."""
        self._session.merge(reporting)
        self._session.flush()

    def targets(self, unit_id: int) -> list[UnitTarget]:
        """What a unit aims at, by slug."""
        asked = select(UnitTarget).where(UnitTarget.unit_id == unit_id).order_by(UnitTarget.slug)
        return list(self._session.exec(asked))

    def set_target(self, target: UnitTarget) -> None:
        """Choose a target, or change what was counted for it."""
        self._session.merge(target)
        self._session.flush()


def _ever_in(person_id: int, unit_ids: Sequence[int]) -> list[ColumnElement[bool]]:
    """Only people who were ever in these units; of very many units, everybody is asked about."""
    if len(unit_ids) > MOST_VALUES:
        return []
    return [col(person_id).in_(core_select(col(Role.person_id)).where(col(Role.unit_id).in_(unit_ids)))]


def _split(codes: str | None, known: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    if not codes:
        return ()
    found = known.get(codes)
    if found is None:
        found = known[codes] = tuple(sorted(codes.split(",")))
    return found
