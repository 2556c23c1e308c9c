"""Questions about the life of a class: its leaders, pupils without a phone, questions to the teacher, goals."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func
from sqlalchemy import select as core_select
from sqlmodel import col, select

from db.models import Change, GoalChange, Log, Person, PupilQuestion, Role, SummarySaid, Who
from db.store.logs import MOST_VALUES
from db.store.questions import Questions

OPEN = col(PupilQuestion.answered_at).is_(None)


@dataclass(frozen=True, slots=True)
class Asked:
    """So many questions to the teacher; so many of them still wait for an answer; so many pupils asked them."""

    questions: int = 0
    waiting: int = 0
    pupils: int = 0

    @property
    def answered(self) -> int:
        return self.questions - self.waiting


class Classes(Questions):
    """What a class has beside its logs."""

    # -- leaders and pupils without a phone ------------------------------------------------------

    def leaders(self, unit_id: int) -> set[int]:
        """Who fills in for others in a class: pupils who are in it now."""
        asked = select(Role.person_id).where(Role.unit_id == unit_id, Role.role == "leader")
        here = select(Role.person_id).where(Role.unit_id == unit_id, Role.role == "pupil", col(Role.current))
        leading, pupils = list(self._session.exec(asked)), list(self._session.exec(here))
        return set(leading) & set(pupils)

    def make_leader(self, person_id: int, unit_id: int, now: datetime) -> None:
        """A pupil fills in for others from now on, beside being a pupil."""
        self._session.add(Role(person_id=person_id, unit_id=unit_id, role="leader", current=False, since=now))
        self._session.flush()

    def end_leader(self, person_id: int, unit_id: int) -> None:
        """A pupil fills in for others no more."""
        mine = (col(Role.person_id) == person_id, col(Role.unit_id) == unit_id, col(Role.role) == "leader")
        self._connection.execute(delete(Role).where(*mine))

    def add_on_paper(self, unit_id: int, nickname: str, now: datetime) -> int:
        """A pupil without a phone, whom others fill in for; the person's id."""
        person = Person(nickname=nickname, address="em", created_at=now)
        self._session.add(person)
        self._session.flush()
        self._session.add(Role(person_id=person.id, unit_id=unit_id, role="pupil", since=now))
        self._session.flush()
        return person.id

    def without_phone(self, unit_id: int) -> set[int]:
        """The pupils of a class who speak from nowhere."""
        pupils = (col(Role.unit_id) == unit_id, col(Role.role) == "pupil", col(Role.current))
        asked = (
            core_select(col(Role.person_id))
            .outerjoin(Who, col(Who.person_id) == col(Role.person_id))
            .where(*pupils, col(Who.id).is_(None))
        )
        return set(self._connection.execute(asked).scalars())

    def from_paper(self, log_ids: Sequence[int]) -> set[int]:
        """Those of some logs that were filled in from the paper book."""
        found: set[int] = set()
        for start in range(0, len(log_ids), MOST_VALUES):
            some = col(Change.log_id).in_(log_ids[start : start + MOST_VALUES])
            asked = core_select(col(Change.log_id)).where(some, col(Change.how) == "paper")
            found.update(self._connection.execute(asked).scalars())
        return found

    # -- questions to the teacher -----------------------------------------------------------------

    def ask_teacher(self, pupil_id: int, unit_id: int, text: str, now: datetime) -> None:
        """Keep a (masked) question."""
        self._session.add(PupilQuestion(pupil_id=pupil_id, unit_id=unit_id, text=text, asked_at=now))
        self._session.flush()

    def open_questions(self, unit_id: int, pupil_id: int | None = None) -> list[PupilQuestion]:
        """What waits for an answer in a class, the oldest first."""
        asked = select(PupilQuestion).where(PupilQuestion.unit_id == unit_id, OPEN).order_by(col(PupilQuestion.id))
        return list(self._session.exec(asked if pupil_id is None else asked.where(PupilQuestion.pupil_id == pupil_id)))

    def asked(self, unit_ids: Sequence[int], since: datetime, before: datetime) -> Asked:
        """The questions asked in some classes from one moment until before another, and which of them are answered by now."""
        asked_by: list[tuple[int, bool]] = []
        for start in range(0, len(unit_ids), MOST_VALUES):
            rows = core_select(col(PupilQuestion.pupil_id), OPEN).where(
                col(PupilQuestion.unit_id).in_(unit_ids[start : start + MOST_VALUES]),
                col(PupilQuestion.asked_at) >= since,
                col(PupilQuestion.asked_at) < before,
            )
            asked_by += [(pupil_id, bool(waits)) for pupil_id, waits in self._connection.execute(rows)]
        waiting = sum(waits for _pupil_id, waits in asked_by)
        return Asked(len(asked_by), waiting, len({pupil_id for pupil_id, _waits in asked_by}))

    def question(self, question_id: int) -> PupilQuestion | None:
        """A question by id; changing it keeps the change."""
        return self._session.exec(select(PupilQuestion).where(PupilQuestion.id == question_id)).first()

    # -- goals, and what was said last ------------------------------------------------------------

    def keep_goal(self, unit_id: int, goal: int, by: int, now: datetime) -> None:
        """A goal was set, by whom and when."""
        self._session.add(GoalChange(unit_id=unit_id, goal=goal, by=by, at=now))
        self._session.flush()

    def goals(self, unit_id: int) -> list[GoalChange]:
        """The goals of a class over time, the last first."""
        asked = select(GoalChange).where(GoalChange.unit_id == unit_id).order_by(col(GoalChange.id).desc())
        return list(self._session.exec(asked))

    def standing(self, unit_ids: Sequence[int]) -> str:
        """A mark of all that was told, decided or asked in some classes: the same mark, nothing happened."""
        logs = select(func.max(Log.id)).where(col(Log.unit_id).in_(unit_ids))
        steps = select(func.max(Change.id)).join(Log, col(Log.id) == col(Change.log_id))
        asked = select(func.max(PupilQuestion.id)).where(col(PupilQuestion.unit_id).in_(unit_ids), OPEN)
        found = (logs, steps.where(col(Log.unit_id).in_(unit_ids)), asked)
        return ":".join(str(self._session.exec(one).one() or 0) for one in found)

    def summary_said(self, person_id: int) -> SummarySaid | None:
        """How things stood when the person was last told."""
        return self._session.exec(select(SummarySaid).where(SummarySaid.person_id == person_id)).first()

    def keep_summary_said(self, person_id: int, mark: str, now: datetime) -> None:
        """This is how things stand as the person is told now."""
        self.flush()
        self._connection.execute(delete(SummarySaid).where(col(SummarySaid.person_id) == person_id))
        self._session.add(SummarySaid(person_id=person_id, mark=mark, at=now))
        self._session.flush()
