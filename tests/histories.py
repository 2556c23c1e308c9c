"""Realistic histories of a school: classes, pupils, relatives, weeks, holidays, withdrawals and corrections.

Each is made from a number, so that one that fails can be made again.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlmodel import SQLModel

from db.database import Database
from db.models import Change, Kin, Log, LogRelative, LogSkill, Person, Role, Unit

FIRST = date(2026, 9, 7)
WEEKS = 14
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
# Tết comes later; these are the days on which a school of the story is closed and few log.
HOLIDAY = (date(2026, 10, 26), date(2026, 11, 1))
RELATIVES = ("BA_NOI", "BA_NGOAI", "ONG_NOI", "ME", "BO", "CO", "HANG_XOM", "EM")
ELDERS = frozenset({"BA_NOI", "BA_NGOAI", "ONG_NOI"})
SKILLS = ("ZALO_VIDEO", "ZALO_CHAT", "VNEID_CAI", "VNEID_MUC2", "QR_TRA", "AT_LUADAO", "DT_HIENTHI")
OUTCOMES = ("TU_LAM", "TU_LAM", "CO_HO_TRO", "CHUA_QUEN", "CHUA_DUOC", "VUONG", "KHONG_RO", "TU_CHOI")
STATES = ("told", "told", "confirmed", "confirmed", "checked", "withdrawn", "wrong")
COUNTED = frozenset({"told", "confirmed", "checked"})


@dataclass(slots=True)
class Told:
    """A session of a history, as it ended."""

    id: int
    pupil_id: int
    unit_id: int
    day: date
    minutes: int
    outcome: str
    state: str
    relatives: tuple[str, ...]
    skills: tuple[str, ...]
    replaces: int | None = None
    on_paper: bool = False


@dataclass
class History:
    """A school and all that happened in it. Ids begin at `base`, so that many share a database."""

    number: int
    base: int
    rooms: list[int] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)
    pupils: dict[int, list[int]] = field(default_factory=dict)
    linked: list[tuple[int, str, int]] = field(default_factory=list)
    people: list[int] = field(default_factory=list)
    sessions: list[Told] = field(default_factory=list)

    @property
    def school(self) -> int:
        return self.base

    def counting(self, room: int | None, first: date, last: date) -> list[Told]:
        """The sessions that count of a class (or of all) in some days, by the plainest reading."""
        return [
            told
            for told in self.sessions
            if told.state in COUNTED and first <= told.day <= last and room in (None, told.unit_id)
        ]

    def who(self, told: Told, relative: str) -> object:
        """Which person that is: an account that was linked, or this pupil's relative."""
        for pupil_id, code, account in self.linked:
            if (pupil_id, code) == (told.pupil_id, relative):
                return account
        return told.pupil_id, relative


def history(number: int) -> History:
    """The history of this number."""
    chance = Random(number)
    made = History(number, base=number * 10_000 + 10)
    for place in range(chance.choice((1, 2, 2, 3, 5))):
        room = made.base + 1 + place
        made.rooms.append(room)
        made.pupils[room] = _people(made, chance.choice((0, 1, 3, 6, 12)))
        made.sizes[room] = max(len(made.pupils[room]), chance.choice((0, 5, 30, 38)))
    if len(made.rooms) > 1 and made.pupils[made.rooms[0]] and chance.random() < 0.4:
        made.pupils[made.rooms[1]].append(made.pupils[made.rooms[0]][0])  # somebody changed class
        made.sizes[made.rooms[1]] = max(made.sizes[made.rooms[1]], len(made.pupils[made.rooms[1]]))
    everyone = sorted({pupil for pupils in made.pupils.values() for pupil in pupils})
    for _link in range(chance.choice((0, 0, 1, 2)) if everyone else 0):
        account = _people(made, 1)[0]
        for pupil in {chance.choice(everyone), chance.choice(everyone)}:  # sometimes brother and sister
            made.linked.append((pupil, chance.choice(RELATIVES), account))
    made.linked = list({(pupil, code): (pupil, code, account) for pupil, code, account in made.linked}.values())
    for room in made.rooms:
        for pupil in made.pupils[room]:
            made.sessions += _sessions(made, chance, room, pupil)
    for place, told in enumerate(made.sessions):
        told.id = made.base + place
        told.on_paper = chance.random() < 0.1
    _corrections(made, chance)
    return made


def _people(made: History, several: int) -> list[int]:
    new = [made.base + len(made.people) + place for place in range(several)]
    made.people += new
    return new


def _sessions(made: History, chance: Random, room: int, pupil: int) -> Iterator[Told]:
    eager = chance.choice((0.0, 0.1, 0.3, 0.7))
    for week in range(WEEKS):
        if chance.random() >= eager:
            continue
        day = FIRST + timedelta(weeks=week, days=chance.randrange(7))
        if HOLIDAY[0] <= day <= HOLIDAY[1] and chance.random() < 0.8:
            continue
        yield Told(
            id=0,
            pupil_id=pupil,
            unit_id=room,
            day=day,
            minutes=chance.choice((5, 10, 15, 20, 45, 240)),
            outcome=chance.choice(OUTCOMES),
            state=chance.choice(STATES),
            relatives=tuple(sorted(set(chance.choices(RELATIVES, k=chance.choice((1, 1, 1, 2)))))),
            skills=tuple(sorted(set(chance.choices(SKILLS, k=chance.choice((1, 1, 2)))))),
        )


def _corrections(made: History, chance: Random) -> None:
    """A teacher's version takes a session's place: the old one is wrong, the new one checked."""
    for told in [told for told in made.sessions if told.state == "wrong"][:3]:
        if chance.random() < 0.5:
            number = made.base + len(made.sessions)
            again = (told.pupil_id, told.unit_id, told.day, 30, "CO_HO_TRO", "checked", told.relatives, told.skills)
            made.sessions.append(Told(number, *again, replaces=told.id))


def store(database: Database, histories: list[History]) -> None:
    """Write histories as rows."""
    noon = datetime(2026, 12, 20, 12, tzinfo=VIETNAM)
    rows: dict[type[SQLModel], list[dict[str, object]]] = {
        table: [] for table in (Unit, Person, Role, Kin, Log, LogRelative, LogSkill, Change)
    }
    for one in histories:
        rows[Unit].append(_unit(one.school, None, "school", f"Trường {one.number}", None))
        for place, room in enumerate(one.rooms):
            rows[Unit].append(_unit(room, one.school, "class", f"Lớp 7{'ABCDE'[place]}", one.sizes[room]))
        rows[Person] += [
            {"id": person, "nickname": f"HS{person % 100}", "address": "em", "created_at": noon}
            | {
                "locale": "vi",
                "text_size": "normal",
                "group": "",
                "doing": "",
                "memory": "",
                "menu": "",
                "quiet": False,
            }
            for person in one.people
        ]
        for room, pupils in one.pupils.items():
            rows[Role] += [
                {"person_id": pupil, "unit_id": room, "role": "pupil", "since": noon}
                | dict.fromkeys(
                    ("current", "held"), not any(pupil in one.pupils[new] for new in one.rooms if new > room)
                )
                for pupil in pupils
            ]
        rows[Kin] += [
            {"pupil_id": pupil, "relative": code, "learner_id": account, "since": noon}
            for pupil, code, account in one.linked
        ]
        for told in one.sessions:
            rows[Log].append(
                {name: getattr(told, name) for name in ("id", "pupil_id", "unit_id", "day", "minutes", "outcome")}
                | {"state": told.state, "replaces": told.replaces, "told_at": noon - timedelta(days=20)}
                | {"habitual": False, "wording": "", "note": ""}
            )
            rows[LogRelative] += [{"log_id": told.id, "relative": code} for code in told.relatives]
            rows[LogSkill] += [{"log_id": told.id, "skill": code} for code in told.skills]
            if told.on_paper:
                paper = {"state": "told", "how": "paper", "at": noon, "reason": ""}
                rows[Change].append({"log_id": told.id} | paper)
            if told.state in ("confirmed", "checked"):
                how = "own" if told.state == "confirmed" else "teacher"
                rows[Change].append({"log_id": told.id, "state": told.state, "how": how, "at": noon, "reason": ""})
    with database.engine.begin() as connection:
        for table, several in rows.items():
            if several:
                connection.execute(insert(table), several)


def _unit(number: int, parent: int | None, kind: str, name: str, size: int | None) -> dict[str, object]:
    return {"id": number, "parent_id": parent, "kind": kind, "name": name, "code": f"U{number}", "size": size}
