"""Questions about the national course: what people say of themselves, and what a teacher compared."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select as core_select
from sqlalchemy import update
from sqlmodel import col, select

from db.models import CourseCheck, CourseWord, Kin, Role
from db.store.logs import MOST_VALUES
from db.store.questions import Questions


class Courses(Questions):
    """Own words, never changed: a new one follows. Checks belong to one word each."""

    def say_course(self, person_id: int, state: str, certificate: str, now: datetime) -> int:
        """Keep a person's own word; its id."""
        word = CourseWord(person_id=person_id, state=state, certificate=certificate, at=now)
        self._session.add(word)
        self._session.flush()
        return word.id

    def course_words(self, person_ids: Sequence[int]) -> list[CourseWord]:
        """Every word of these people, the oldest first."""
        found: list[CourseWord] = []
        for start in range(0, len(person_ids), MOST_VALUES):
            some = col(CourseWord.person_id).in_(person_ids[start : start + MOST_VALUES])
            found += self._session.exec(select(CourseWord).where(some))
        return sorted(found, key=lambda word: word.id)

    def course_checks(self, word_ids: Sequence[int]) -> list[CourseCheck]:
        """The checks of these words that stand, the oldest first."""
        found: list[CourseCheck] = []
        for start in range(0, len(word_ids), MOST_VALUES):
            some = col(CourseCheck.word_id).in_(word_ids[start : start + MOST_VALUES])
            found += self._session.exec(select(CourseCheck).where(some, col(CourseCheck.undone_at).is_(None)))
        return sorted(found, key=lambda check: check.id)

    def course_speakers(self) -> set[int]:
        """Everybody who ever said a word of the course."""
        return set(self._connection.execute(core_select(col(CourseWord.person_id)).distinct()).scalars())

    def course_people(self, unit_ids: Sequence[int]) -> tuple[set[int], set[int], set[int]]:
        """The pupils of some classes, their linked relatives, and the teachers."""
        pupils, relatives, teachers = set[int](), set[int](), set[int]()
        for start in range(0, len(unit_ids), MOST_VALUES):
            here = (col(Role.unit_id).in_(unit_ids[start : start + MOST_VALUES]), col(Role.held))
            mine = core_select(col(Role.person_id)).where(*here, col(Role.role) == "pupil")
            pupils.update(self._connection.execute(mine).scalars())
            linked = (col(Kin.pupil_id).in_(mine), col(Kin.ended_at).is_(None))
            relatives.update(self._connection.execute(core_select(col(Kin.learner_id)).where(*linked)).scalars())
            staff = core_select(col(Role.person_id)).where(*here, col(Role.role) == "teacher")
            teachers.update(self._connection.execute(staff).scalars())
        return pupils, relatives, teachers

    def check_course(self, word_id: int, by: int, now: datetime) -> None:
        """A teacher compared this word with what they saw."""
        self._session.add(CourseCheck(word_id=word_id, by=by, at=now))
        self._session.flush()

    def uncheck_course(self, word_id: int, by: int, now: datetime) -> None:
        """The teacher takes it back; that it was so stays known."""
        standing = (col(CourseCheck.word_id) == word_id) & col(CourseCheck.undone_at).is_(None)
        self._connection.execute(update(CourseCheck).where(standing).values(undone_by=by, undone_at=now))

    def kin_of(self, pupil_ids: Sequence[int]) -> list[Kin]:
        """The links of several pupils that stand, the oldest first."""
        asked = select(Kin).where(col(Kin.pupil_id).in_(pupil_ids), col(Kin.ended_at).is_(None))
        return list(self._session.exec(asked.order_by(col(Kin.id))))
