"""Questions about addresses that several people share: a family's one phone."""

from datetime import UTC, datetime

from sqlalchemy import select as core_select
from sqlalchemy import update
from sqlmodel import col, select

from db.models import Person, Role, Sharer, Who
from db.store.people import Speaker
from db.store.questions import Questions

# Before everything that was ever chosen: whoever writes next is asked who they are.
NOBODY_YET = datetime(1970, 1, 2, tzinfo=UTC)


class Sharing(Questions):
    """Who uses an address, and who of them is there now."""

    def sharers(self, who_id: int) -> list[int]:
        """The people who use a shared address and have said who they are, the first first."""
        asked = (
            core_select(col(Sharer.person_id))
            .join(Role, col(Role.person_id) == col(Sharer.person_id))
            .where(col(Sharer.who_id) == who_id, col(Role.current))
            .order_by(col(Sharer.person_id))
        )
        return list(self._connection.execute(asked).scalars())

    def share(self, who_id: int, person_id: int, locale: str, now: datetime) -> int:
        """Somebody new at the address of this person; the new one's id."""
        person = Person(locale=locale, created_at=now)
        self._session.add(person)
        self._session.flush()
        once = self._insert_once(Sharer, "who_id", "person_id")
        self._connection.execute(once, [{"who_id": who_id, "person_id": one} for one in (person_id, person.id)])
        return person.id

    def here_is(self, who_id: int, person_id: int, now: datetime) -> None:
        """This one of them has the phone now."""
        self._connection.execute(
            update(Who).where(col(Who.id) == who_id).values(person_id=person_id, chosen_at=now, waiting="")
        )

    def keep_waiting(self, who_id: int, said: str) -> None:
        """What was said before it is known by whom."""
        self._connection.execute(update(Who).where(col(Who.id) == who_id).values(waiting=said))

    def what_waits(self, who_id: int) -> str:
        """What waits to be answered at this address."""
        return self._session.exec(select(Who.waiting).where(Who.id == who_id)).one()

    def who_is_it(self, who_id: int) -> None:
        """Something was said here to one of them: whoever answers is asked who they are."""
        self._connection.execute(update(Who).where(col(Who.id) == who_id).values(chosen_at=NOBODY_YET))

    def speaker_of(self, person_id: int, who_id: int) -> Speaker:
        """A person as a turn knows them, at an address that they use, whoever has it now."""
        row = self._connection.execute(
            core_select(Person, col(Role.role), col(Role.unit_id))
            .outerjoin(Role, (col(Role.person_id) == col(Person.id)) & col(Role.current))
            .where(col(Person.id) == person_id)
        ).one()
        return Speaker(
            row.id,
            who_id,
            row.nickname,
            row.address,
            row.locale,
            row.text_size,
            row.doing,
            row.memory,
            row.menu,
            row.quiet,
            row.paused_until,
            row.sleeps,
            row.wakes,
            row.zone,
            None,
            row.role,
            row.unit_id,
        )
