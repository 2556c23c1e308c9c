"""Questions about lessons."""

from datetime import datetime

from sqlmodel import select

from db.models import (
    Progress,
)
from db.store.questions import Questions


class Learning(Questions):
    """How far people are in their lessons."""

    def progress(self, person_id: int) -> dict[str, Progress]:
        """How far the person is, by lesson."""
        rows = self._session.exec(select(Progress).where(Progress.person_id == person_id))
        return {row.lesson: row for row in rows}

    def lesson_progress(self, person_id: int, lesson: str, now: datetime) -> Progress:
        """How far the person is in one lesson; changing it keeps the change."""
        asked = select(Progress).where(Progress.person_id == person_id, Progress.lesson == lesson)
        found = self._session.exec(asked).first()
        if found is None:
            found = Progress(person_id=person_id, lesson=lesson, seen_at=now)
            self._session.add(found)
        found.seen_at = now
        return found
