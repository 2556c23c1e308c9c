"""Questions about units, roles, invitations and consent."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, update
from sqlmodel import col, select

from db.models import (
    Consent,
    Invitation,
    Person,
    Role,
    Unit,
    Who,
)
from db.store.questions import Questions


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil of a class, as their teacher sees them."""

    id: int
    nickname: str


class Units(Questions):
    """Who belongs where, and who agreed to what."""

    def unit(self, unit_id: int) -> Unit:
        """A unit by id, which must exist."""
        return self._session.exec(select(Unit).where(Unit.id == unit_id)).one()

    def unit_by_code(self, code: str) -> Unit | None:
        """A unit by its short code, in capitals or not."""
        return self._session.exec(select(Unit).where(func.upper(Unit.code) == code.upper())).first()

    def class_of_code(self, code: str) -> Unit | None:
        """A class by its own code or by a code that people join it with."""
        invited = select(Invitation.unit_id).where(Invitation.code == code.upper())
        asked = select(Unit).where(Unit.kind == "class")
        return self._session.exec(
            asked.where((func.upper(Unit.code) == code.upper()) | col(Unit.id).in_(invited))
        ).first()

    def set_goal(self, unit_id: int, goal: int) -> None:
        """From now on so many pupils of a class shall have helped somebody."""
        self._connection.execute(update(Unit).where(col(Unit.id) == unit_id).values(goal=goal))

    def add_unit(self, unit: Unit) -> int:
        """Add a node to the tree; its id."""
        self._session.add(unit)
        self._session.flush()
        return unit.id

    def classes_under(self, unit_id: int) -> list[Unit]:
        """Every class at or below a unit, by name."""
        found: list[Unit] = []
        level = [self.unit(unit_id)]
        while level:
            found += [unit for unit in level if unit.kind == "class"]
            level = list(self._session.exec(select(Unit).where(col(Unit.parent_id).in_([unit.id for unit in level]))))
        return sorted(found, key=lambda unit: unit.name)

    def classes(self) -> list[int]:
        """The id of every class."""
        return list(self._session.exec(select(Unit.id).where(Unit.kind == "class").order_by(col(Unit.id))))

    def is_empty(self) -> bool:
        """Whether nothing was ever set up or said here."""
        return (
            self._session.exec(select(Unit.id)).first() is None and self._session.exec(select(Who.id)).first() is None
        )

    def invite(self, code: str, unit_id: int | None, role: str, expires_at: datetime | None = None) -> None:
        """Let this code give that role."""
        self._session.add(Invitation(code=code, unit_id=unit_id, role=role, expires_at=expires_at))
        self._session.flush()

    def invitation(self, code: str, now: datetime) -> Invitation | None:
        """The invitation with this code, unless it has expired."""
        found = self._session.exec(select(Invitation).where(Invitation.code == code)).first()
        return found if found and (found.expires_at is None or found.expires_at > now) else None

    def invitations(self, unit_id: int | None, role: str) -> list[Invitation]:
        """The invitations to a role in a unit."""
        return list(
            self._session.exec(select(Invitation).where(Invitation.unit_id == unit_id, Invitation.role == role))
        )

    def take_role(self, person_id: int, role: str, unit_id: int | None, now: datetime) -> None:
        """From now on the person speaks in this role."""
        self.leave_role(person_id)
        self._session.add(Role(person_id=person_id, role=role, unit_id=unit_id, since=now))
        self._session.flush()

    def leave_role(self, person_id: int) -> None:
        """The person speaks in no role any more."""
        self._connection.execute(update(Role).where(col(Role.person_id) == person_id).values(current=False))

    def agree(self, person_id: int, by: str, notice: str, channel: str, now: datetime) -> None:
        """Keep the proof of a consent."""
        self._session.add(Consent(person_id=person_id, by=by, notice=notice, channel=channel, at=now))
        self._session.flush()

    def withdraw_consent(self, person_id: int, now: datetime) -> None:
        """The person agrees no longer."""
        self._connection.execute(
            update(Consent)
            .where(col(Consent.person_id) == person_id, col(Consent.withdrawn_at).is_(None))
            .values(withdrawn_at=now)
        )

    def consents(self, person_id: int) -> list[Consent]:
        """Every consent of a person, withdrawn ones too."""
        return list(self._session.exec(select(Consent).where(Consent.person_id == person_id).order_by(col(Consent.id))))

    def pupils(self, unit_id: int) -> list[Pupil]:
        """The pupils who joined a class, by nickname."""
        rows = self._session.exec(
            select(Person.id, Person.nickname)
            .join(Role, col(Role.person_id) == col(Person.id))
            .where(Role.unit_id == unit_id, Role.role == "pupil", col(Role.current))
            .order_by(Person.nickname, col(Person.id))
        )
        return [Pupil(person_id, nickname) for person_id, nickname in rows]

    def staff(self, unit_id: int) -> list[int]:
        """The ids of a unit's teachers now."""
        asked = select(Role.person_id).where(Role.unit_id == unit_id, Role.role == "teacher", col(Role.current))
        return sorted(self._session.exec(asked))

    def everybody(self, unit_id: int, role: str) -> list[int]:
        """The ids of all who ever had this role in a unit."""
        rows = self._session.exec(select(Role.person_id).where(Role.unit_id == unit_id, Role.role == role))
        return sorted(set(rows))

    def nicknames(self, unit_id: int) -> set[str]:
        """The nicknames taken in a class, lower case."""
        return {pupil.nickname.lower() for pupil in self.pupils(unit_id)}
