"""Questions about people: who speaks, how, from where."""

from dataclasses import dataclass, fields
from datetime import date, datetime

from sqlalchemy import and_, bindparam, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from db.models import (
    Heard,
    Person,
    Role,
    Who,
)
from db.prepared import Prepared
from db.store.questions import Questions, named_insert


@dataclass(slots=True)
class Speaker:
    """The person who is speaking, with all that a turn needs to know of them, in one read.

    Changing `nickname` … `zone` and handing the speaker to `Store.remember` keeps the change.
    `chosen_at` is when it was said who of several people has this address, None where it is one's own.
    `first_answer` is the stored answer when this very event was answered before, else None.
    """

    id: int
    who_id: int
    nickname: str
    address: str
    locale: str
    text_size: str
    doing: str
    memory: str
    menu: str
    quiet: bool
    paused_until: date | None
    sleeps: int | None
    wakes: int | None
    zone: str
    stopped_at: datetime | None
    role: str | None
    unit_id: int | None
    chosen_at: datetime | None = None
    heard: str | None = None
    first_answer: str | None = None

    def become(self, other: "Speaker") -> None:
        """From now on this is that person, at the same address."""
        for field in fields(self):
            if field.name not in ("who_id", "stopped_at", "chosen_at", "heard", "first_answer"):
                setattr(self, field.name, getattr(other, field.name))


# The statements of every turn, see db/prepared.py.

_SPEAKER = Prepared(
    core_select(
        col(Person.id),
        col(Who.id),
        col(Person.nickname),
        col(Person.address),
        col(Person.locale),
        col(Person.text_size),
        col(Person.doing),
        col(Person.memory),
        col(Person.menu),
        col(Person.quiet),
        col(Person.paused_until),
        col(Person.sleeps),
        col(Person.wakes),
        col(Person.zone),
        col(Who.stopped_at),
        col(Role.role),
        col(Role.unit_id),
        col(Who.chosen_at),
        col(Heard.event_id),
        col(Heard.replies),
    )
    .select_from(Who)
    .join(Person, col(Person.id) == col(Who.person_id))
    .outerjoin(Role, and_(col(Role.person_id) == col(Person.id), col(Role.current)))
    .outerjoin(Heard, and_(col(Heard.who_id) == col(Who.id), col(Heard.event_id) == bindparam("event_id")))
    .where(col(Who.channel) == bindparam("channel"), col(Who.address) == bindparam("address"))
    .with_for_update(of=[Person.__table__])  # type: ignore[attr-defined]  # SQLModel does not declare __table__
)


_REMEMBER = Prepared(
    update(Person)
    .where(col(Person.id) == bindparam("person_id"))
    .values({name: bindparam(name) for name in ("doing", "memory", "menu")})
)


_HEARD = Prepared(named_insert(Heard, "who_id", "event_id", "at", "replies"))


class People(Questions):
    """Who speaks, and where the conversation with them stands."""

    def speaker(self, channel: str, address: str, event_id: str) -> Speaker | None:
        """The person at this address, or None when nobody has spoken from it yet."""
        rows = _SPEAKER.run(self._connection, channel=channel, address=address, event_id=event_id)
        return Speaker(*rows[0]) if rows else None

    def newcomer(self, channel: str, address: str, locale: str, now: datetime) -> Speaker:
        """A new person at a new address."""
        person = Person(locale=locale, created_at=now)
        self._session.add(person)
        self._session.flush()
        who = Who(channel=channel, address=address, person_id=person.id)
        self._session.add(who)
        self._session.flush()
        return Speaker(
            person.id, who.id, "", "", locale, "normal", "", "", "", False, None, None, None, "", None, None, None
        )

    def add_who(self, channel: str, address: str, person_id: int) -> None:
        """Another address of a person."""
        self._session.add(Who(channel=channel, address=address, person_id=person_id))
        self._session.flush()

    def heard(self, who_id: int, event_id: str, now: datetime, replies: str) -> None:
        """This event was answered with these replies; a second time is an IntegrityError."""
        _HEARD.run(self._connection, who_id=who_id, event_id=event_id, at=now, replies=replies)

    def remember(self, speaker: Speaker) -> None:
        """Where the conversation stands now."""
        _REMEMBER.run(
            self._connection, person_id=speaker.id, doing=speaker.doing, memory=speaker.memory, menu=speaker.menu
        )

    def describe(self, speaker: Speaker) -> None:
        """How the person wants to be spoken to now."""
        self._change_person(
            speaker.id,
            nickname=speaker.nickname,
            address=speaker.address,
            locale=speaker.locale,
            text_size=speaker.text_size,
            quiet=speaker.quiet,
            paused_until=speaker.paused_until,
            sleeps=speaker.sleeps,
            wakes=speaker.wakes,
            zone=speaker.zone,
        )

    def rename(self, person_id: int, nickname: str) -> None:
        """A pupil is called otherwise from now on."""
        self._change_person(person_id, nickname=nickname)

    def speak_as(self, speaker: Speaker, person_id: int) -> None:
        """From now on whoever speaks from this address is that person, as with a phone handed back."""
        self._connection.execute(update(Who).where(col(Who.id) == speaker.who_id).values(person_id=person_id))
        found = self.person(person_id)
        speaker.id = person_id
        for name in ("nickname", "address", "locale", "text_size", "quiet", "doing", "memory", "menu"):
            setattr(speaker, name, getattr(found, name))
        role = self._session.exec(select(Role).where(Role.person_id == person_id, col(Role.current))).first()
        speaker.role, speaker.unit_id = (role.role, role.unit_id) if role else (None, None)

    def speaks_again(self, who_id: int) -> None:
        """The person wrote to us, so the address is open again."""
        self._connection.execute(update(Who).where(col(Who.id) == who_id).values(stopped_at=None))

    def stopped(self, who_id: int, now: datetime) -> None:
        """The person blocked us at this address."""
        self._connection.execute(update(Who).where(col(Who.id) == who_id).values(stopped_at=now))

    def role_at(self, channel: str, address: str) -> tuple[str, int | None] | None:
        """The current role and unit of whoever speaks from this address."""
        row = self._connection.execute(
            core_select(col(Role.role), col(Role.unit_id))
            .join(Who, col(Who.person_id) == col(Role.person_id))
            .where(col(Who.channel) == channel, col(Who.address) == address, col(Role.current))
        ).first()
        return None if row is None else (row[0], row[1])

    def is_known(self, channel: str, address: str) -> bool:
        """Whether anybody has spoken from this address."""
        found = core_select(col(Who.id)).where(col(Who.channel) == channel, col(Who.address) == address)
        return self._connection.execute(found).first() is not None

    def person(self, person_id: int) -> Person:
        """A person by id, who must exist."""
        return self._session.exec(select(Person).where(Person.id == person_id)).one()

    def _change_person(self, person_id: int, **values: object) -> None:
        self._connection.execute(update(Person).where(col(Person.id) == person_id).values(**values))
