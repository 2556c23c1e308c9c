"""A year of reminders by a virtual clock: none lost, none doubled, none in the night, none after "dừng".

What must arrive is worked out beside the program, person by person and week by week, from the same
wishes; then the two lists are compared. PEOPLE (1,000 in `make soak`) says how many people live through it.
"""

import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, update
from sqlmodel import col, select

import content
from bot import turns
from bot.rules import reminding
from db import migrate
from db.database import Database
from db.models import Due, Person
from tests.conftest import VIETNAM
from tests.crowd import crowd
from tests.talk import PLACE

PEOPLE = int(os.environ.get("PEOPLE", "10"))
START, END = datetime(2026, 11, 23, 0, 0, tzinfo=VIETNAM), datetime(2027, 11, 22, 0, 0, tzinfo=VIETNAM)
ZONES = ("", "", "", "Asia/Tokyo", "Europe/Berlin", "America/Los_Angeles")
LASTS = timedelta(hours=6)


@dataclass
class Life:
    """What one person wishes in this year, and what they were sent."""

    id: int
    zone: ZoneInfo
    times: list[tuple[int, int]]  # weekday and minute
    stops: datetime | None
    pause: tuple[datetime, date] | None  # said then, until that day
    sent: list[datetime] = field(default_factory=list)

    def expected(self, asleep: list[tuple[datetime, datetime]]) -> list[datetime]:
        """The moments, by the person's own clock, at which reminders are meant to come."""
        return sorted(moment for moment in self._weekly() if self._comes(moment, asleep))

    def _weekly(self) -> list[datetime]:
        found = []
        for weekday, minute in self.times:
            first = START.astimezone(self.zone).date()
            first += timedelta(days=(weekday - first.weekday()) % 7)
            found += [
                datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=self.zone)
                for day in (first + timedelta(weeks=number) for number in range(-1, 54))
            ]
        return [moment for moment in found if START < moment < END]

    def _comes(self, moment: datetime, asleep: list[tuple[datetime, datetime]]) -> bool:
        """By the rules as they are told to people: holidays, pauses, "dừng", and six hours of patience."""
        sent = awake(moment, asleep).astimezone(self.zone)
        if sent - moment > LASTS or not 7 * 60 <= sent.hour * 60 + sent.minute < 21 * 60:
            return False
        if any(found.first <= sent.date() <= found.last for found in content.calendar()):
            return False
        if self.pause is not None and self.pause[0] <= sent and sent.date() < self.pause[1]:
            return False
        return self.stops is None or sent < self.stops


def lives(people: list[int], chance: Random) -> list[Life]:
    """Everybody has one or two reminders a week; some stop, some pause, some live far away."""
    found = []
    for person in people:
        zone = chance.choice(ZONES)
        days = chance.sample(range(7), chance.choice((1, 2)))
        times = [(day, chance.choice(reminding.good_minutes("pupil", day))) for day in days]
        moment = START + timedelta(minutes=chance.randrange(int((END - START).total_seconds()) // 60))
        stops = moment if chance.random() < 0.3 else None
        pause = None
        if stops is None and chance.random() < 0.4:
            pause = (moment, (moment + timedelta(days=chance.choice((3, 7, 14, 30)))).date())
        found.append(Life(person, ZoneInfo(zone) if zone else VIETNAM, times, stops, pause))
    return found


def nights_asleep(chance: Random) -> list[tuple[datetime, datetime]]:
    """Twelve times in the year the machine sleeps, for minutes or for days."""
    found = []
    for month in range(12):
        since = START + timedelta(days=30 * month + chance.randrange(20), minutes=15 * chance.randrange(96))
        found.append((since, since + timedelta(minutes=15 * chance.choice((1, 4, 20, 40, 300)))))
    return found


@pytest.fixture
def fast() -> Database:
    """A database in memory: a year has many commits, and none of them must survive a power cut."""
    made = Database("sqlite://")
    migrate.to(made.engine)
    return made


def test_a_year_of_reminders(fast: Database) -> None:
    chance = Random(int(os.environ.get("SEED", "1")))
    everybody = lives(crowd(fast, PEOPLE, "telegram", START), chance)
    asleep = nights_asleep(chance)
    set_up(fast, everybody)
    live(fast, {life.id: life for life in everybody}, asleep)

    for life in everybody:
        expected = life.expected(asleep)
        due = [closest(moment, life) for moment in life.sent]
        doubled = [moment for moment, count in Counter(due).items() if count > 1]
        assert doubled == []
        assert due == expected
        assert not any(in_the_night(moment.astimezone(life.zone)) for moment in life.sent)
        assert life.stops is None or not any(moment > life.stops for moment in life.sent)
    assert sum(len(life.sent) for life in everybody) > 30 * PEOPLE
    fast.close()


def set_up(database: Database, everybody: list[Life]) -> None:
    with database.transaction() as store:
        for life in everybody:
            zone = "" if life.zone == VIETNAM else life.zone.key
            store._connection.execute(update(Person).where(col(Person.id) == life.id).values(zone=zone))
            for weekday, minute in life.times:
                first = reminding.next_time(weekday, minute, START.astimezone(life.zone))
                store._session.add(
                    Due(kind="practice", person_id=life.id, weekday=weekday, minute=minute, due_at=first)
                )


def live(database: Database, everybody: dict[int, Life], asleep: list[tuple[datetime, datetime]]) -> None:
    """The clock jumps to whatever happens next; wishes come true when they are said; sleep is sleep."""
    wishes = sorted(
        [(life.stops, life.id) for life in everybody.values() if life.stops]
        + [(life.pause[0], life.id) for life in everybody.values() if life.pause]
    )
    now = START
    while now < END:
        while wishes and wishes[0][0] <= now:
            _said, person = wishes.pop(0)
            wish(database, everybody[person], now)
        with database.transaction() as store:
            turns.tick(store, now)
            for sending, _reply in turns.claim(store, now, 10_000, PLACE):
                store.settle(sending, "sent", now)
                everybody[sending.person_id].sent.append(now)
            first = store._connection.execute(select(func.min(Due.due_at))).scalar()
        happens = [first.astimezone(VIETNAM) if first else END, wishes[0][0] if wishes else END]
        now = awake(min(happens), asleep)


def awake(moment: datetime, asleep: list[tuple[datetime, datetime]]) -> datetime:
    return next((until for since, until in asleep if since <= moment < until), moment)


def wish(database: Database, life: Life, now: datetime) -> None:
    """ "dừng nhắc", or "nghỉ nhắc đến …"."""
    with database.transaction() as store:
        if life.stops is not None:
            store.drop_dues(life.id)
            store.drop_waiting(life.id, now, "the person stopped reminders")
        values = {"quiet": True} if life.stops else {"paused_until": life.pause[1] if life.pause else None}
        store._connection.execute(update(Person).where(col(Person.id) == life.id).values(**values))


def closest(sent: datetime, life: Life) -> datetime:
    """The appointment that a sending belongs to: the last one before it."""
    local = sent.astimezone(life.zone)
    return max(moment for moment in life._weekly() if moment <= local)


def in_the_night(moment: datetime) -> bool:
    return not 7 <= moment.hour < 21
