"""People tap and type anything in any order; nothing breaks, and nothing is saved that was not shown."""

from random import Random

import pytest

from bot.port import MOST_CHOICES
from tests.examples import MOST
from tests.handlers.test_summary import helped
from tests.talk import School, Talk

WORDS = (
    "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r",
    "toi qua giup ba cai vneid",
    "bố",
    "25p",
    "hôm qua",
    "tự làm được",
    "ừ đúng rồi",
    "không phải",
    "2",
    "số 4",
    "học bài",
    "sổ của em",
    "nhắc",
    "dừng nhắc",
    "/lop",
    "/duyet",
    "/kiem",
    "mục tiêu",
    "30 em",
    "/ngonngu",
    "/khoahoc",
    "xong khóa",
    "/rutlai",
    "giống lần trước",
    "mk của bà là Lan1950",
    "làm sao để tải VNeID?",
    "mai em dạy bà nội gọi zalo",
    "thôi khỏi",
    "xóa dòng hôm qua",
    "không phải bà ngoại, là mẹ",
    "{you} %s \\ <b>&amp;</b> 😀",
    "ok",
)
STEPS = 150 if MOST else 75


def person(school: School, role: str) -> Talk:
    if role == "pupil":
        return school.pupil("An")
    return {"elder": school.elder, "teacher": school.teacher, "officer": school.officer}[role]()


@pytest.mark.parametrize("seed", range(min(30, MOST or 1)))
@pytest.mark.parametrize("role", ["pupil", "elder", "teacher", "officer", "stranger"])
def test_a_random_walk_never_breaks(school: School, role: str, seed: int) -> None:
    chance = Random(f"{role}-{seed}")
    with_sessions(school)
    talk = school.stranger() if role == "stranger" else person(school, role)
    shown = ""
    for _ in range(STEPS):
        before = len(talk.logs()) if role == "pupil" else 0
        values = [choice.value for reply in talk.replies for choice in reply.choices]
        if values and chance.random() < 0.7:
            talk.choose(chance.choice(values))
        else:
            talk.say(chance.choice(WORDS))
        check(talk)
        if role == "pupil":
            if len(talk.logs()) > before:
                saved = talk.logs()[0]
                assert f"{saved.minutes} " in shown
            shown = "\n".join(reply.text for reply in talk.replies)
        if chance.random() < 0.1:
            school.wait(hours=chance.choice([1, 20, 24 * 7]))
            school.deliver()


def with_sessions(school: School) -> None:
    """A pupil of the class told something today, the same again, and something last week."""
    binh = school.pupil("Bình")
    for _ in range(2):
        binh.say(WORDS[0])
        binh.tap("Đúng, ghi lại")
    for days in (7, 8, 9):
        helped(school, binh, days, minutes=10 * days)


def check(talk: Talk) -> None:
    """An answer is something, fits the narrowest channel, and leaves no placeholder open."""
    assert talk.replies
    for reply in talk.replies:
        assert reply.text.strip()
        assert len(reply.choices) <= MOST_CHOICES
        assert len({choice.label for choice in reply.choices}) == len(reply.choices), reply
        assert "{" not in reply.text.replace("{you} %s", "")
    assert all(not reply.choices for reply in talk.replies[:-1])
