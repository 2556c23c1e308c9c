"""Questions about the national course: what people say of themselves, and what a teacher compared."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlmodel import col, select

from db.models import CourseCheck, CourseWord, Kin
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
        asked = select(CourseWord).where(col(CourseWord.person_id).in_(person_ids))
        return list(self._session.exec(asked.order_by(col(CourseWord.id))))

    def course_checks(self, word_ids: Sequence[int]) -> list[CourseCheck]:
        """The checks of these words that stand, the oldest first."""
        asked = select(CourseCheck).where(col(CourseCheck.word_id).in_(word_ids), col(CourseCheck.undone_at).is_(None))
        return list(self._session.exec(asked.order_by(col(CourseCheck.id))))

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
