"""Placement, the test of a topic and the questions that come back, where choices are numbered lines and nothing is tapped."""

import pytest

import content
from tests.talk import School, Talk

NUMBERED = ("zalo_bot", "console")


@pytest.fixture(params=NUMBERED)
def ba(school: School, request: pytest.FixtureRequest) -> Talk:
    """A grandmother on a channel without buttons."""
    talk = school.stranger("ba", request.param)
    talk.join("LEARNER")
    number(talk, "Bà")
    return talk


def number(talk: Talk, label: str) -> str:
    """Choose by the number that stands before a label."""
    return talk.say(str(talk.labels.index(label) + 1))


def test_placement_by_numbers_leads_to_a_lesson_with_its_reason(ba: Talk) -> None:
    ba.say("học tiếp")
    number(ba, "Xếp lớp nhanh")
    assert "Câu 1/5." in ba.replies[-1].text
    for _ in range(5):
        number(ba, "Chưa biết")
    assert "Bà đúng 0/5 câu." in ba.replies[0].text
    assert "Bài tiếp theo: “" in ba.replies[-1].text
    assert ba.say("1").startswith("Bài “")


def test_a_topic_is_tested_by_numbers(ba: Talk) -> None:
    ba.say("hoc bai")
    number(ba, "Điện thoại")
    while "Kiểm tra trước khi học" not in ba.labels:
        number(ba, "Bài khác")
    number(ba, "Kiểm tra trước khi học")
    for _ in range(4):
        number(ba, "Chưa biết")
    assert "Bà đúng 0/5 câu." in number(ba, "Chưa biết")


def test_a_question_comes_back_and_is_answered_by_a_number(school: School, ba: Talk) -> None:
    ba.join("bai-chu-to-hon")
    number(ba, "Bà biết rồi")
    ba.say(str(content.lessons()["chu-to-hon"].questions[0].right))
    school.wait(days=2)
    assert "mình ôn 1 câu nhỏ nhé" in ba.receive()
    _review, slug, asked, _place = ba.replies[-1].choices[0].value.split(":")
    assert "Hết câu ôn hôm nay rồi ạ" in ba.say(str(content.lessons()[slug].questions[int(asked) - 1].right))
