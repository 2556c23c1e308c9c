"""Who says what of the national course: the same people in chat and in danh_sach_mooc.csv."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Literal

import content
from bot.rules import course, rights
from bot.texts import _, counted
from db.models import CourseWord, Unit
from db.store import Store
from handlers.reports import csv_file

TITLE = "mooc"
SITE = "binhdanhocvuso.gov.vn"
COLUMNS = (
    "stt",
    "don_vi",
    "ma_nguoi_hoc",
    "doi_tuong",
    "ten_khoa",
    "ngay_hoan_thanh",
    "ma_chung_nhan",
    "trang_thai",
    "ghi_chu",
)

Group = Literal["HS", "PH", "NCT", "CBGVNV"]
Kind = Literal["pupils", "relatives", "teachers"]


@dataclass(frozen=True, slots=True)
class Learner:
    """One person of a class: a pupil (HS), a linked parent (PH) or elder (NCT), a teacher (CBGVNV).

    `nickname` is a pupil's own or that of the pupil whose `relative` this is.
    """

    id: int
    group: Group
    nickname: str
    relative: str
    standing: course.Standing


def rows(store: Store, unit: Unit) -> list[Learner]:
    """Everybody of a class, each once: pupils by nickname, then their linked relatives, then teachers."""
    pupils = {pupil.id: pupil.nickname for pupil in store.pupils(unit.id)}
    people: dict[int, tuple[Group, str, str]] = {one: ("HS", name, "") for one, name in pupils.items()}
    for kin in store.kin_of(list(pupils)):
        group: Group = "NCT" if content.relatives()[kin.relative].age == "60+" else "PH"
        people.setdefault(kin.learner_id, (group, pupils[kin.pupil_id], kin.relative))
    for one in store.staff(unit.id):
        people.setdefault(one, ("CBGVNV", "", ""))
    found = standings(store, list(people))
    return [Learner(one, *named, found[one]) for one, named in people.items()]


def standings(store: Store, person_ids: list[int], before: datetime | None = None) -> dict[int, course.Standing]:
    """Where each of these people stands, or stood before a moment."""
    words = [word for word in store.course_words(person_ids) if before is None or word.at < before]
    checks = store.course_checks([word.id for word in words])
    checked = {check.word_id for check in checks if before is None or check.at < before}
    said: defaultdict[int, list[CourseWord]] = defaultdict(list)
    for word in words:
        said[word.person_id].append(word)
    return {one: course.standing(said[one], checked) for one in person_ids}


@dataclass(frozen=True, slots=True)
class Told:
    """How many people stand where, by their own word; of `compared` of them a teacher saw it with their own eyes."""

    states: Mapping[course.State, int]
    compared: int

    @property
    def people(self) -> int:
        return sum(self.states.values())

    @property
    def said(self) -> int:
        return self.people - self.states["none"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Pupils, linked relatives and teachers of some classes, each person in one of them."""

    pupils: Told
    relatives: Told
    teachers: Told

    def shown(self, above: bool) -> list[tuple[Kind, Told]]:
        """Whom there are any of; above the class no group of fewer than five people."""
        kinds: tuple[tuple[Kind, Told], ...] = (
            ("pupils", self.pupils),
            ("relatives", self.relatives),
            ("teachers", self.teachers),
        )
        return [(kind, told) for kind, told in kinds if told.people >= (rights.FEWEST if above else 1)]


def counts(store: Store, unit_ids: Sequence[int], before: datetime) -> Counts:
    """Who is in some classes now, and what each had said before a moment."""
    pupils, relatives, teachers = store.course_people(unit_ids)
    relatives -= pupils
    teachers -= pupils | relatives
    spoke = sorted(store.course_speakers() & (pupils | relatives | teachers))
    found = standings(store, spoke, before)
    return Counts(*(_told(people, found) for people in (pupils, relatives, teachers)))


def _told(people: set[int], found: Mapping[int, course.Standing]) -> Told:
    said = [found[one] for one in people if one in found]
    states = course.tally(standing.state for standing in said)
    states["none"] += len(people) - len(said)
    return Told(states, sum(standing.compared for standing in said))


def kind_name(kind: Kind, people: int) -> str:
    """ "3 học sinh đã vào lớp": so many of a kind."""
    return {
        "pupils": counted("{n} học sinh đã vào lớp", people),
        "relatives": counted("{n} người thân đã nối máy", people),
        "teachers": counted("{n} thầy cô", people),
    }[kind]


def state_name(state: course.State) -> str:
    """ "đang học": a state inside a sentence."""
    return {
        "none": _("chưa khai"),
        "learning": _("đang học"),
        "finished": _("xong khóa"),
        "certificate": _("có chứng nhận"),
        "seen": _("đã thấy xác nhận trên VNeID"),
    }[state]


def code(unit: Unit, learner: Learner) -> str:
    """What stands for a person outside: the class and a number; only the class's teacher knows who it is."""
    return f"{unit.code}-{learner.id:04d}"


def said(learners: Iterable[Learner]) -> list[Learner]:
    """Who said anything of the course."""
    return [learner for learner in learners if learner.standing.state != "none"]


def table(unit: Unit, learners: Iterable[Learner], zone: tzinfo | None) -> list[list[str]]:
    """The rows of danh_sach_mooc.csv: who said anything, no names; `trang_thai` is the method, never a confirmation."""
    return [
        [
            str(number),
            unit.name,
            code(unit, learner),
            learner.group,
            f"Bình dân học vụ số ({SITE})",
            _date(learner.standing.finished, zone),
            learner.standing.certificate,
            _("đã đối chiếu") if learner.standing.compared else _("tự khai"),
            _note(learner.standing),
        ]
        for number, learner in enumerate(said(learners), 1)
    ]


def _date(moment: datetime | None, zone: tzinfo | None) -> str:
    return f"{moment.astimezone(zone):%d/%m/%Y}" if moment else ""


def _note(standing: course.Standing) -> str:
    state = state_name(standing.state)
    return _("{state}; ngày là ngày tự khai", state=state) if standing.finished else state


def written(cells: Iterable[Iterable[str]], separator: str = ";") -> bytes:
    """danh_sach_mooc.csv."""
    return csv_file.written(COLUMNS, cells, separator)


def lines(cells: Iterable[Iterable[str]]) -> list[str]:
    """The same, to be copied from a message."""
    return written(cells).decode("utf-8-sig").splitlines()
