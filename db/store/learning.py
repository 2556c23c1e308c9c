"""Questions about lessons."""

from datetime import date, datetime

from sqlalchemy import func
from sqlmodel import col, select

from db.models import Card, Person, Progress, TopicTest
from db.store.questions import Questions


class Learning(Questions):
    """How far people are in their lessons, and what they remember of them."""

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

    def group(self, person_id: int) -> str:
        """Whose lessons the person chose to follow; "" when they chose none."""
        return self._session.exec(select(Person.group).where(Person.id == person_id)).one()

    def choose_group(self, person_id: int, group: str) -> None:
        """From now on the person follows the lessons of this group."""
        found = self._session.exec(select(Person).where(Person.id == person_id)).one()
        found.group = group

    def cards(self, person_id: int) -> list[Card]:
        """Every question the person has answered."""
        return list(self._session.exec(select(Card).where(Card.person_id == person_id)))

    def card(self, person_id: int, lesson: str, question: int) -> Card | None:
        """One question; changing it keeps the change."""
        return self._session.exec(
            select(Card).where(Card.person_id == person_id, Card.lesson == lesson, Card.question == question)
        ).first()

    def add_card(self, card: Card) -> None:
        """A question answered for the first time."""
        self._session.add(card)
        self._session.flush()

    def people_with_due_cards(self, today: date) -> list[int]:
        """Who has a question to be asked again."""
        asked = (
            select(Card.person_id).where(Card.due <= today).group_by(col(Card.person_id)).order_by(func.min(Card.due))
        )
        return list(self._session.exec(asked))

    def keep_test(self, person_id: int, topic: str, stage: str, right: int, of: int, now: datetime) -> None:
        """The result of a test; a later try takes the place of the earlier one."""
        found = self._session.exec(
            select(TopicTest).where(
                TopicTest.person_id == person_id, TopicTest.topic == topic, TopicTest.stage == stage
            )
        ).first()
        if found is None:
            found = TopicTest(person_id=person_id, topic=topic, stage=stage, right=right, of=of, at=now)
            self._session.add(found)
        found.right, found.of, found.at = right, of, now
        self._session.flush()

    def tests(self, person_id: int) -> dict[tuple[str, str], TopicTest]:
        """The person's tests by topic and stage."""
        rows = self._session.exec(select(TopicTest).where(TopicTest.person_id == person_id))
        return {(row.topic, row.stage): row for row in rows}
