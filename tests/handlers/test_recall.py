"""A week and a month later: who can still do it, and what is done about forgetting."""

from datetime import timedelta

from tests.handlers.test_kin import SENTENCE, family
from tests.talk import School, Talk


def pupil_with_a_log(school: School, line: str = SENTENCE, days: int = 7) -> Talk:
    """A pupil whose session was some days ago, at the hour at which pupils are asked."""
    an = school.pupil("An")
    an.say(line)
    an.tap("Đúng, ghi lại")
    school.wait(days=days)
    return an


def test_after_a_week_the_pupil_asks_for_the_grandmother(school: School) -> None:
    an = pupil_with_a_log(school, days=6)
    assert an.receive() == ""
    school.wait(days=1)
    assert an.receive() == (
        "An ơi, tuần trước em chỉ bà ngoại gọi video trên Zalo. Giờ bà còn tự làm được không? Em hỏi bà giúp mình nhé."
    )
    assert an.labels == ["Vẫn làm được", "Cần nhắc một chút", "Quên rồi"]
    assert an.tap("Vẫn làm được").startswith("Hay quá! Bà ngoại nhớ được rồi 🌼")
    assert "1 người tự làm được" in an.say("sổ của em")


def test_what_was_forgotten_suggests_the_lesson_and_counts_as_alone_no_more(school: School) -> None:
    an = pupil_with_a_log(school)
    an.receive()
    assert "Em chỉ lại bà ngoại một lần nhé" in an.tap("Quên rồi")
    assert an.labels == ["Xem bài này", "Nhắc em", "Trang chính"]
    assert "Gọi video" in an.tap("Xem bài này")
    book = an.say("sổ của em")
    assert "0 người tự làm được" in book
    assert "Bà ngoại quên gọi video Zalo rồi" in book


def test_each_question_comes_once_after_7_and_after_30_days(school: School) -> None:
    an = pupil_with_a_log(school)
    assert "tuần trước" in an.receive()
    assert an.receive() == ""
    school.wait(days=1)
    assert an.receive() == ""
    school.wait(days=22)
    assert "tháng trước" in an.receive()
    school.wait(days=60)
    assert an.receive() == ""


def test_helping_again_starts_the_days_anew(school: School) -> None:
    an = pupil_with_a_log(school, days=4)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    school.wait(days=3)
    assert an.receive() == ""
    school.wait(days=4)
    assert "tuần trước" in an.receive()


def test_one_question_a_day_the_others_follow(school: School) -> None:
    an = school.pupil("An")
    for line in (SENTENCE, "giúp mẹ chuyển khoản 10p, mẹ tự làm được"):
        an.say(line)
        an.tap("Đúng, ghi lại")
    school.wait(days=7)
    assert "bà ngoại" in an.receive()
    assert an.receive() == ""
    school.wait(days=1)
    assert "mẹ chuyển khoản" in an.receive()


def test_what_did_not_go_well_or_was_taken_back_is_not_asked_about(school: School) -> None:
    an = pupil_with_a_log(school, "giúp bố cài vneid 30p, bố chưa làm được", days=0)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    an.say("rút lại")
    an.tap("Rút lại")
    school.wait(days=7)
    assert an.receive() == ""


def test_a_question_that_waits_is_dropped_when_the_log_is_taken_back(school: School) -> None:
    an = pupil_with_a_log(school, days=7)
    school.now -= timedelta(hours=8)
    assert an.receive() == ""
    an.say("rút lại")
    an.tap("Rút lại")
    school.wait(hours=8)
    assert an.receive() == ""
    assert ("dropped", "nothing left to say") in school.outbox()


def test_a_machine_that_was_off_for_two_days_asks_then_and_one_that_was_off_for_a_week_does_not(school: School) -> None:
    an = pupil_with_a_log(school, days=9)
    assert "bà ngoại" in an.receive()
    binh = school.pupil("Bình")
    binh.say(SENTENCE)
    binh.tap("Đúng, ghi lại")
    school.wait(days=14)
    assert binh.receive() == ""


def test_late_in_the_evening_nobody_is_asked(school: School) -> None:
    an = pupil_with_a_log(school)
    school.wait(hours=3)
    assert an.receive() == ""
    school.wait(hours=21)
    assert "bà ngoại" in an.receive()


def test_a_grandmother_with_an_account_is_asked_herself_and_the_pupil_hears_what_she_forgot(school: School) -> None:
    an, ba = family(school)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    ba.receive()
    ba.tap("Đúng rồi")
    an.receive()
    school.wait(days=7)
    assert ba.receive() == "Bà ơi, tuần trước cháu An chỉ bà gọi video trên Zalo. Giờ bà còn tự làm được không ạ?"
    assert "quên là chuyện thường" in ba.tap("Quên rồi")
    assert "Xem bài này" in ba.labels
    assert "Bà ngoại cần em chỉ lại: gọi video Zalo." in an.receive()


def test_who_stopped_reminders_is_not_asked(school: School) -> None:
    an = pupil_with_a_log(school)
    an.say("dừng nhắc")
    assert an.receive() == ""


def test_the_answer_may_be_typed_without_marks_and_in_english(school: School) -> None:
    an = pupil_with_a_log(school)
    an.receive()
    assert "quên là chuyện thường" in an.say("quen roi")
    an.say("english")
    an.tap("English")
    school.wait(days=23)
    assert an.receive().startswith("An, last month you showed your maternal grandmother how to make a Zalo video call.")
    assert "remembers it" in an.tap("Still can")


def test_an_answer_is_not_anothers_to_give(school: School) -> None:
    an = pupil_with_a_log(school)
    an.receive()
    value = an.value("Quên rồi")
    assert "cũ rồi" in school.pupil("Bình").choose(value)
