"""A school to talk in: people by name, their words in, the bot's words out."""

from copy import copy
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from bot import sheets, turns
from bot.port import Answer, File, Incoming, Reply, Who
from bot.rules.roster import Sheet, Unreadable
from db.database import Database
from db.models import Unit
from db.store import Draft, Speaker, Store, Told

PLACE = turns.Place("vi", "https://hocvuso.example.vn")


class School:
    """A school, its codes, and what time it is."""

    def __init__(self, database: Database, now: datetime) -> None:
        self.database = database
        self.now = now
        self.place = PLACE
        self.events = count(1)
        with database.transaction() as store:
            self.ward = store.add_unit(Unit(kind="ward", name="Phường Hoa Mai", code="PHUONGHOAMAI"))
            school = Unit(parent_id=self.ward, kind="school", name="THCS Hoa Mai", code="THCS-HOAMAI")
            self.school = school_id = store.add_unit(school)
            self.room = self._class(store, school_id, "7A", 38, 30)
            self.other_room = self._class(store, school_id, "7B", 30, 24)
            for code, unit, role in (
                ("PUPIL7A", self.room, "pupil"),
                ("TEACHER7A", self.room, "teacher"),
                ("PUPIL7B", self.other_room, "pupil"),
                ("TEACHER7B", self.other_room, "teacher"),
                ("OFFICER", self.ward, "officer"),
                ("SCHOOL", school_id, "officer"),
                ("LEARNER", None, "learner"),
            ):
                store.invite(code, unit, role)

    def again(self, database: Database) -> "School":
        """The same school in a copy of its database, with no event yet."""
        other = copy(self)
        other.database, other.events = database, count(1)
        return other

    def _class(self, store: Store, school: int, name: str, size: int, goal: int) -> int:
        unit = Unit(parent_id=school, kind="class", name=f"Lớp {name}", code=f"{name}-HOAMAI", size=size, goal=goal)
        return store.add_unit(unit)

    def stranger(self, address: str = "somebody", channel: str = "web") -> "Talk":
        """Somebody who has not said a word."""
        return Talk(self, Who(channel, address))

    def pupil(self, nickname: str = "An", code: str = "PUPIL7A", channel: str = "web") -> "Talk":
        """A pupil who has joined, with both consents."""
        talk = self.stranger(f"pupil-{nickname}-{code}", channel)
        talk.join(code)
        talk.say(nickname)
        talk.tap("Em đồng ý")
        talk.tap("Tôi là phụ huynh, tôi đồng ý")
        return talk

    def elder(self, address: str = "bà", channel: str = "web") -> "Talk":
        """A learner of that address."""
        talk = self.stranger(f"learner-{address}", channel)
        talk.join("LEARNER")
        while address.capitalize() not in talk.labels:
            talk.tap("Cách gọi khác")
        talk.tap(address.capitalize())
        if channel == "web":
            talk.tap("Chữ to")
        return talk

    def teacher(self, code: str = "TEACHER7A", address: str = "Cô") -> "Talk":
        """The teacher of a class."""
        talk = self.stranger(f"teacher-{code}")
        talk.join(code)
        talk.tap(address)
        return talk

    def officer(self) -> "Talk":
        """The ward's officer."""
        return self._officer("OFFICER")

    def school_officer(self) -> "Talk":
        """The school's officer."""
        return self._officer("SCHOOL")

    def _officer(self, code: str) -> "Talk":
        talk = self.stranger(code.lower())
        talk.join(code)
        talk.tap("Anh")
        return talk

    def wait(self, **span: float) -> None:
        """Time passes."""
        self.now += timedelta(**span)

    def deliver(self) -> list[tuple[str, Reply]]:
        """The clock ticks and the outbox is sent: who is told what."""
        with self.database.transaction() as store:
            turns.tick(store, self.now)
            for unit_id in store.classes():
                turns.daily(store, unit_id, self.now)
            turns.daily_reviews(store, self.now)
        sent: list[tuple[str, Reply]] = []
        before: list[tuple[str, str]] = []
        while (rows := self.outbox()) != before:  # a person's rows go one by one, and some are dropped
            before = rows
            with self.database.transaction() as store:
                claimed = turns.claim(store, self.now, 1000, self.place)
                for sending, _reply in claimed:
                    store.settle(sending, "sent", self.now)
            sent += [(sending.address, reply) for sending, reply in claimed]
        return sent

    def outbox(self) -> list[tuple[str, str]]:
        """State and reason of every outbox row."""
        with self.database.transaction() as store:
            return [(row.state, row.reason) for row in store.outbox()]

    def told(self, talk: "Talk", day: datetime, draft: Draft) -> None:
        """A log that was told some time ago."""
        with self.database.transaction() as store:
            store.add_log(talk.person(store), draft, day)


@dataclass
class Talk:
    """One person's conversation."""

    school: School
    who: Who
    replies: tuple[Reply, ...] = ()
    answers: list[Answer] = field(default_factory=list)

    def say(self, text: str, event_id: str | None = None) -> str:
        """Write something; what the bot answers, all in one text."""
        return self._hear(Incoming(self.who, event_id or self._event(), text=text))

    def tap(self, label: str, event_id: str | None = None) -> str:
        """Tap a button of the last answer."""
        values = [choice.value for reply in self.replies for choice in reply.choices if choice.label == label]
        assert values, f"no button {label!r} among {self.labels}"
        return self.choose(values[0], event_id)

    def choose(self, value: str, event_id: str | None = None) -> str:
        """Send a button's value, whatever was offered."""
        return self._hear(Incoming(self.who, event_id or self._event(), choice=value))

    def join(self, code: str = "") -> str:
        """Open the conversation."""
        return self._hear(Incoming(self.who, self._event(), join=code))

    def receive(self) -> str:
        """The clock ticks, and this person reads what they are sent; "" when it is nothing."""
        mine = tuple(reply for address, reply in self.school.deliver() if address == self.who.address)
        self.replies = mine or self.replies
        return "\n".join(reply.text for reply in mine)

    def send_picture(self) -> str:
        """Send something that is not words."""
        return self._hear(Incoming(self.who, self._event(), kind="media"))

    def send_file(self, name: str, body: bytes) -> str:
        """Send a file, read as the program reads it."""
        try:
            found: tuple[Sheet, ...] | Unreadable = sheets.read(File(name, body))
        except Unreadable as unreadable:
            found = unreadable
        return self._hear(Incoming(self.who, self._event(), kind="file", file=File(name, body)), found)

    def hide(self) -> str:
        """Send something that the channel withholds."""
        return self._hear(Incoming(self.who, self._event(), kind="hidden"))

    @property
    def labels(self) -> list[str]:
        """The buttons of the last answer."""
        return [choice.label for reply in self.replies for choice in reply.choices]

    def value(self, label: str) -> str:
        """The value behind a button of the last answer."""
        return next(choice.value for reply in self.replies for choice in reply.choices if choice.label == label)

    @property
    def answer(self) -> Answer:
        """The last answer as a channel sees it."""
        return self.answers[-1]

    def logs(self) -> list[Told]:
        """The person's logs that count, the last told first."""
        with self.school.database.transaction() as store:
            return store.own_logs(self.person(store).id)

    def person(self, store: Store) -> Speaker:
        """The person as the store knows them."""
        found = store.speaker(self.who.channel, self.who.address, "")
        assert found is not None
        return found

    def _hear(self, said: Incoming, found: tuple[Sheet, ...] | Unreadable | None = None) -> str:
        with self.school.database.transaction() as store:
            answer = turns.answer(store, said, self.school.now, self.school.place, found)
        self.answers.append(answer)
        self.replies = answer.replies
        return "\n".join(reply.text for reply in answer.replies)

    def _event(self) -> str:
        return f"event-{next(self.school.events)}"
