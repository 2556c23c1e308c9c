"""What a relative can do now, and when to ask again."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from bot.rules import remembering

MONDAY = date(2026, 11, 2)
KEY = ("BA_NGOAI", "ZALO_VIDEO")


@dataclass(frozen=True)
class Log:
    """A log as the rule sees it."""

    id: int
    outcome: str = "TU_LAM"
    day: date = MONDAY
    relatives: tuple[str, ...] = ("BA_NGOAI",)
    skills: tuple[str, ...] = ("ZALO_VIDEO",)


@dataclass(frozen=True)
class Said:
    """An answer as the rule sees it."""

    log_id: int
    after: int
    answer: str
    relative: str = "BA_NGOAI"
    skill: str = ""


LATER = MONDAY + timedelta(days=10)
CASES = {
    "alone": ([Log(1)], [], "alone"),
    "with help": ([Log(1, "CO_HO_TRO")], [], "helped"),
    "not yet": ([Log(1, "CHUA_QUEN")], [], "learning"),
    "stuck": ([Log(1, "VUONG")], [], "learning"),
    "the later session decides": ([Log(1, "CO_HO_TRO"), Log(2, "TU_LAM", LATER)], [], "alone"),
    "she says on the day that she needs help": ([Log(1)], [Said(1, 0, "help")], "helped"),
    "she confirms": ([Log(1, "CO_HO_TRO")], [Said(1, 0, "right")], "helped"),
    "she still can after a week": ([Log(1, "CO_HO_TRO")], [Said(1, 7, "still", skill="ZALO_VIDEO")], "alone"),
    "she forgot after a week": ([Log(1)], [Said(1, 7, "forgot", skill="ZALO_VIDEO")], "forgot"),
    "she forgot and learnt it again": ([Log(1), Log(2, day=LATER)], [Said(1, 7, "forgot", skill="ZALO_VIDEO")], "alone"),
    "a month is later than a week": ([Log(1)], [Said(1, 30, "still", skill="ZALO_VIDEO"), Said(1, 7, "forgot", skill="ZALO_VIDEO")], "alone"),
    "an answer to a log that counts no more": ([Log(1)], [Said(9, 7, "forgot")], "alone"),
    "another's answer": ([Log(1)], [Said(1, 7, "forgot", relative="ME")], "alone"),
}  # fmt: skip


@pytest.mark.parametrize(("logs", "answers", "expected"), CASES.values(), ids=CASES.keys())
def test_how_a_skill_stands(logs: list[Log], answers: list[Said], expected: str) -> None:
    assert remembering.known(logs, answers)[KEY] == expected
    assert remembering.known(reversed(logs), reversed(answers))[KEY] == expected


def test_who_can_do_something_alone_and_what_was_forgotten() -> None:
    logs = [Log(1), Log(2, "CO_HO_TRO", relatives=("ME", "BO")), Log(3, relatives=("BO",), skills=("CK",))]
    standing = remembering.known(logs, [Said(3, 7, "forgot", "BO", "CK")])
    assert remembering.alone(standing) == {"BA_NGOAI"}
    assert remembering.forgotten(standing) == [("BO", "CK")]


WANTED = ("ZALO_VIDEO", "DT_HIENTHI", "CK")


@pytest.mark.parametrize(
    ("logs", "answers", "expected"),
    [
        ([], [], "ZALO_VIDEO"),
        ([Log(1)], [], "DT_HIENTHI"),
        ([Log(1, "CHUA_QUEN")], [], "ZALO_VIDEO"),
        ([Log(1, "CO_HO_TRO"), Log(2, "CHUA_DUOC", skills=("MUASAM",))], [], "MUASAM"),
        ([Log(1), Log(2, skills=("CK", "DT_HIENTHI"))], [], None),
        ([Log(1), Log(2, skills=("CK", "DT_HIENTHI"))], [Said(2, 30, "forgot", skill="CK")], "CK"),
        ([Log(1, relatives=("ME",))], [], "ZALO_VIDEO"),
    ],
)
def test_the_next_small_thing(logs: list[Log], answers: list[Said], expected: str | None) -> None:
    standing = remembering.known(logs, answers)
    assert remembering.next_skill(standing, "BA_NGOAI", WANTED) == expected


@dataclass(frozen=True)
class Owned(Log):
    """A log of which it is known whose it is."""

    pupil_id: int = 1


def asked(log_id: int, after: int, pupil_id: int = 1) -> remembering.Question:
    return remembering.Question(pupil_id, log_id, "BA_NGOAI", "ZALO_VIDEO", after)


WEEK = MONDAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("logs", "earlier", "today", "expected"),
    [
        ([Owned(1)], [], WEEK - timedelta(days=1), []),
        ([Owned(1)], [], WEEK, [asked(1, 7)]),
        ([Owned(1)], [], WEEK + timedelta(days=3), [asked(1, 7)]),
        ([Owned(1)], [], WEEK + timedelta(days=4), []),
        ([Owned(1)], [(asked(1, 7), WEEK)], WEEK, []),
        ([Owned(1)], [(asked(1, 7), WEEK)], MONDAY + timedelta(days=30), [asked(1, 30)]),
        ([Owned(1, "VUONG")], [], WEEK, []),
        ([Owned(1), Owned(2, day=MONDAY + timedelta(days=2))], [], WEEK, []),
        ([Owned(1), Owned(2, "VUONG", day=MONDAY + timedelta(days=2))], [], WEEK, []),
        ([Owned(1), Owned(2, pupil_id=2)], [], WEEK, [asked(1, 7), asked(2, 7, pupil_id=2)]),
        ([Owned(1), Owned(2, relatives=("ME",))], [], WEEK, [asked(1, 7)]),
        ([Owned(1), Owned(2, relatives=("ME",))], [(asked(1, 7), WEEK)], WEEK, []),
    ],
)  # fmt: skip
def test_when_to_ask_again(
    logs: list[Owned],
    earlier: list[tuple[remembering.Question, date]],
    today: date,
    expected: list[remembering.Question],
) -> None:
    assert remembering.questions(logs, earlier, today) == expected
