"""Questions about the teacher's spoken checks, and about what was understood wrongly."""

from datetime import date, datetime

from sqlalchemy import delete
from sqlmodel import col, select

from db.models import Correction, Sample
from db.store.questions import Questions


class Checking(Questions):
    """Samples and corrections."""

    def sample(self, unit_id: int, week: date) -> Sample | None:
        """The chance drawn for a class and week, if it was drawn."""
        return self._session.exec(select(Sample).where(Sample.unit_id == unit_id, Sample.week == week)).first()

    def draw(self, unit_id: int, week: date, seed: str, now: datetime) -> None:
        """Keep the chance for a class and week, once: whoever comes second changes nothing."""
        drawn = {"unit_id": unit_id, "week": week, "seed": seed, "drawn_at": now}
        self._connection.execute(self._insert_once(Sample, "unit_id", "week"), drawn)

    def add_correction(self, person_id: int, said: str, understood: str, saved: str, now: datetime) -> None:
        """Keep a masked sentence with what was understood and what it became."""
        self._session.add(Correction(person_id=person_id, said=said, understood=understood, saved=saved, at=now))
        self._session.flush()

    def corrections(self) -> list[Correction]:
        """Every correction, the oldest first."""
        return list(self._session.exec(select(Correction).order_by(col(Correction.id))))

    def forget_corrections(self, before: datetime) -> None:
        """Erase sentences older than this."""
        self._connection.execute(delete(Correction).where(col(Correction.at) < before))
