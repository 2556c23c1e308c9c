"""Questions about units, roles, invitations and consent."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, delete, func, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from db.models import (
    Consent,
    Exams,
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

    def set_exams(self, unit_id: int, first: date, last: date) -> None:
        """From the first to the last day there are exams in a unit."""
        self._session.add(Exams(unit_id=unit_id, first=first, last=last))
        self._session.flush()

    def forget_exams(self, unit_id: int) -> None:
        """No exams are known of a unit any more."""
        self._connection.execute(delete(Exams).where(col(Exams.unit_id) == unit_id))

    def exams(self, unit_id: int, since: date) -> list[Exams]:
        """The exams set for this very unit that end on that day or later."""
        asked = select(Exams).where(Exams.unit_id == unit_id, Exams.last >= since)
        return list(self._session.exec(asked.order_by(col(Exams.first), col(Exams.id))))

    def has_exams(self, unit_id: int, first: date, last: date) -> bool:
        """Whether a unit, or one it belongs to, has exams in these days."""
        here: int | None = unit_id
        while here is not None:
            if any(found.first <= last for found in self.exams(here, first)):
                return True
            here = self.unit(here).parent_id
        return False

    def add_unit(self, unit: Unit) -> int:
        """Add a node to the tree; its id."""
        self._session.add(unit)
        self._session.flush()
        return unit.id

    def rename_unit(self, unit_id: int, name: str) -> None:
        """A unit is called otherwise from now on; what was sent before keeps the name it had."""
        self._connection.execute(update(Unit).where(col(Unit.id) == unit_id).values(name=name))
        self._session.expire_all()

    def classes_under(self, unit_id: int) -> list[Unit]:
        """Every class at or below a unit, by name."""
        return [unit for unit in self.units_under(unit_id) if unit.kind == "class"]

    def units_under(self, unit_id: int) -> list[Unit]:
        """A unit and every unit below it, by name."""
        found: list[Unit] = []
        level = [self.unit(unit_id)]
        while level:
            found += level
            level = list(self._session.exec(select(Unit).where(col(Unit.parent_id).in_([unit.id for unit in level]))))
        return sorted(found, key=lambda unit: unit.name)

    def path(self, unit_id: int) -> list[int]:
        """A unit and all it lies in, up to the root."""
        found: list[int] = []
        above: int | None = unit_id
        while above is not None and above not in found:
            found.append(above)
            above = self._connection.execute(core_select(col(Unit.parent_id)).where(col(Unit.id) == above)).scalar()
        return found

    def members(self, unit_id: int, roles: Collection[str]) -> dict[int, bool]:
        """Who has one of these roles at or below a unit now, and whether they have stopped reminders."""
        found: list[int] = []
        level = [unit_id]
        while level:
            found += level
            level = list(self._session.exec(select(Unit.id).where(col(Unit.parent_id).in_(level))))
        rows = self._session.exec(
            select(Person.id, Person.quiet)
            .join(Role, col(Role.person_id) == col(Person.id))
            .where(col(Role.unit_id).in_(found), col(Role.role).in_(roles), col(Role.held))
        )
        return {person_id: quiet for person_id, quiet in rows}  # noqa: C416 - a result of rows is no mapping

    def classes(self) -> list[int]:
        """The id of every class."""
        return list(self._session.exec(select(Unit.id).where(Unit.kind == "class").order_by(col(Unit.id))))

    def is_empty(self) -> bool:
        """Whether nothing was ever set up or said here."""
        return (
            self._session.exec(select(Unit.id)).first() is None and self._session.exec(select(Who.id)).first() is None
        )

    def invite(
        self, code: str, unit_id: int | None, role: str, expires_at: datetime | None = None, once: bool = False
    ) -> None:
        """Let this code give that role."""
        self._session.add(Invitation(code=code, unit_id=unit_id, role=role, expires_at=expires_at, once=once))
        self._session.flush()

    def invitation(self, code: str, now: datetime) -> Invitation | None:
        """The invitation with this code, unless it has expired."""
        found = self.any_invitation(code)
        stands = found and found.used_at is None and (found.expires_at is None or found.expires_at > now)
        return found if stands else None

    def any_invitation(self, code: str) -> Invitation | None:
        """The invitation with this code, also an expired or a used one."""
        return self._session.exec(select(Invitation).where(Invitation.code == code)).first()

    def use_invitation(self, invitation: Invitation, now: datetime) -> None:
        """Somebody took what the invitation gives; one that is good once is good no more."""
        if invitation.once:
            same = col(Invitation.code) == invitation.code
            self._connection.execute(update(Invitation).where(same).values(used_at=now))

    def invitations(self, unit_id: int | None, role: str) -> list[Invitation]:
        """The invitations to a role in a unit, without pupils' cards."""
        asked = select(Invitation).where(Invitation.unit_id == unit_id, Invitation.role == role)
        return list(self._session.exec(asked.where(col(Invitation.listed_id).is_(None))))

    def take_role(
        self, person_id: int, role: str, unit_id: int | None, now: datetime, beside: Collection[str] = ()
    ) -> None:
        """From now on the person speaks in this role; of earlier ones only those `beside` it stay theirs."""
        mine = col(Role.person_id) == person_id
        self._connection.execute(update(Role).where(mine).values(current=False))
        self._connection.execute(update(Role).where(mine, ~_stays(beside)).values(held=False))
        same = (mine, col(Role.role) == role, col(Role.unit_id) == unit_id, col(Role.held))
        if not self._connection.execute(update(Role).where(*same).values(current=True)).rowcount:
            self._session.add(Role(person_id=person_id, role=role, unit_id=unit_id, since=now))
            self._session.flush()

    def leave_role(self, person_id: int) -> None:
        """The person has no role any more."""
        mine = col(Role.person_id) == person_id
        self._connection.execute(update(Role).where(mine).values(current=False))
        self._connection.execute(update(Role).where(mine, ~_stays(())).values(held=False))

    def roles(self, person_id: int, roles: Collection[str]) -> list[Role]:
        """Those of these roles that are a person's now, the oldest first."""
        mine = (Role.person_id == person_id, col(Role.role).in_(roles), col(Role.held))
        asked = select(Role).where(*mine).order_by(col(Role.id))
        return list(self._session.exec(asked, execution_options={"populate_existing": True}))

    def speak_in(self, person_id: int, role_id: int) -> None:
        """From now on the person speaks in this role of theirs; the others stay theirs."""
        mine = col(Role.person_id) == person_id
        self._connection.execute(update(Role).where(mine).values(current=col(Role.id) == role_id))

    def end_role(self, role_id: int) -> None:
        """This role is the person's no more."""
        self._connection.execute(update(Role).where(col(Role.id) == role_id).values(current=False, held=False))

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
        asked = select(Role.person_id).where(Role.unit_id == unit_id, Role.role == "teacher", col(Role.held))
        return sorted(self._session.exec(asked))

    def everybody(self, unit_id: int, role: str) -> list[int]:
        """The ids of all who ever had this role in a unit."""
        rows = self._session.exec(select(Role.person_id).where(Role.unit_id == unit_id, Role.role == role))
        return sorted(set(rows))

    def nicknames(self, unit_id: int) -> set[str]:
        """The nicknames taken in a class, lower case."""
        return {pupil.nickname.lower() for pupil in self.pupils(unit_id)}


def _stays(beside: Collection[str]) -> ColumnElement[bool]:
    """A pupil who leads the class is a pupil beside it, and that ends by itself when the pupil leaves."""
    return col(Role.role).in_([*beside, "leader"])
