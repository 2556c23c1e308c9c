"""Questions that come back at the person's hour, at most three a day."""

from datetime import timedelta

import content
from tests.talk import School, Talk

PHONE = ("chu-to-hon", "am-luong", "bat-tat-sac", "wifi", "danh-ba")


def learnt(school: School, *slugs: str, who: Talk | None = None, right: bool = True) -> Talk:
    """Somebody who has shown that they know some lessons, or that they do not."""
    talk = who or school.elder("bà")
    for slug in slugs:
        talk.join(f"bai-{slug}")
        talk.choose(f"known:{slug}")
        found = content.lessons()[slug].questions[0]
        talk.choose(f"knows:{slug}:1:{found.right if right else found.right % len(found.options) + 1}")
    return talk


def answer(talk: Talk, *, right: bool = True) -> str:
    """Answer the review question on the screen."""
    value = next(
        choice.value for reply in talk.replies for choice in reply.choices if choice.value.startswith("review:")
    )
    _review, slug, number, _place = value.split(":")
    place = content.lessons()[slug].questions[int(number) - 1].right if right else 0
    return talk.choose(f"review:{slug}:{number}:{place}")


def test_a_right_answer_comes_back_after_two_days_and_then_after_eleven(school: School) -> None:
    ba = learnt(school, "chu-to-hon")
    school.wait(days=1)
    assert ba.receive() == ""
    school.wait(days=1)
    assert "Bà ơi, mình ôn 1 câu nhỏ nhé." in ba.receive()
    assert "Hết câu ôn hôm nay rồi ạ" in answer(ba)
    school.wait(days=10)
    assert ba.receive() == ""
    school.wait(days=1)
    assert "mình ôn 1 câu" in ba.receive()


def test_a_wrong_answer_comes_back_sooner_and_is_never_scolded(school: School) -> None:
    ba = learnt(school, "chu-to-hon")
    school.wait(days=2)
    ba.receive()
    said = answer(ba, right=False)
    assert said.startswith("Dạ không sao ạ.")
    assert "Xem lại bài" in ba.labels
    school.wait(days=1)
    assert "Hôm nay có 1 câu ôn." in ba.say("ôn bài")


def test_at_most_three_a_day_and_the_rest_tomorrow(school: School) -> None:
    ba = learnt(school, *PHONE)
    school.wait(days=2)
    assert "mình ôn 3 câu" in ba.receive()
    for _ in range(3):
        said = answer(ba)
    assert "Hết câu ôn hôm nay" in said
    assert "Hôm nay bà không có câu ôn nào. Câu tiếp theo: thứ Bảy 28/11" in ba.say("on bai")
    school.wait(days=1)
    assert "Hôm nay có 2 câu ôn." in ba.say("ôn bài")


def test_nobody_is_asked_more_than_twice_a_week(school: School) -> None:
    ba = learnt(school, *PHONE, right=False)
    prompts = []
    for _ in range(7):
        school.wait(days=1)
        prompts.append(bool(ba.receive()))
    assert sum(prompts) == 2


def test_who_has_a_reminder_hour_is_asked_then_and_only_then(school: School) -> None:
    ba = learnt(school, "chu-to-hon")
    ba.say("nhắc học")
    ba.tap("Chủ nhật")
    ba.tap("8:30")
    school.wait(days=3)
    assert ba.receive() == ""
    school.now = school.now.replace(hour=8, minute=30) + timedelta(days=1)
    assert "mình ôn 1 câu" in ba.receive()


def test_who_stopped_reminders_is_asked_nothing(school: School) -> None:
    ba = learnt(school, "chu-to-hon")
    ba.say("dừng nhắc")
    school.wait(days=2)
    assert ba.receive() == ""


def test_a_day_counts_once_however_often_it_is_answered(school: School) -> None:
    ba = learnt(school, "chu-to-hon")
    school.wait(days=2)
    ba.receive()
    answer(ba, right=False)
    school.wait(days=1)
    ba.say("ôn bài")
    answer(ba)
    assert "Câu tiếp theo" in ba.say("ôn bài")


def test_nothing_to_review_yet(school: School) -> None:
    assert "học xong một bài là có câu ôn" in school.elder("bà").say("ôn bài")


def test_in_english(school: School) -> None:
    ba = learnt(school, "chu-to-hon")
    ba.say("english")
    ba.tap("English")
    school.wait(days=2)
    assert "one small question" in ba.receive().lower() or "1 small question" in ba.replies[0].text
