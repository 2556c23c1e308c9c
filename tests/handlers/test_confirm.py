"""The relative's word: on the pupil's phone, in kin terms."""

import pytest

from db.models import Change
from tests.talk import School, Talk

SENTENCE = "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r"


def saved(school: School, line: str = SENTENCE) -> Talk:
    an = school.pupil("An")
    an.say(line)
    an.tap("Đúng, ghi lại")
    return an


def changes(school: School, talk: Talk) -> list[Change]:
    with school.database.transaction() as store:
        return store.changes([log.id for log in store.own_logs(talk.person(store).id)])


def test_the_grandmother_confirms_and_answers_one_easy_question(school: School) -> None:
    an = saved(school)
    assert "Nhờ bà ngoại bấm xác nhận luôn nhé?" in an.replies[0].text
    asked = an.tap("Đưa máy cho bà ngoại")
    assert asked == "Dạ chào bà. Hôm nay cháu An chỉ bà gọi video trên Zalo, phải không ạ?"
    assert an.labels == ["Đúng rồi", "Chưa đúng", "Bà vẫn cần giúp"]
    assert an.logs()[0].state == "told"
    assert "Bà thử một câu cho vui nhé: Muốn thấy mặt người gọi, bà bấm hình nào ạ?" in an.tap("Đúng rồi")
    assert an.logs()[0].state == "confirmed"
    assert an.tap("Cái máy quay 📹") == "Bà giỏi quá ạ! 🌼 Bà trả máy cho cháu An giúp nhé."
    assert an.tap("An nhận lại máy").startswith("Bà ngoại đã xác nhận 🌼")
    (change,) = changes(school, an)
    assert (change.state, change.how, change.reason) == ("confirmed", "handed", "BA_NGOAI:right")
    assert change.at == school.now


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("dung roi", "confirmed"),
        ("2", "told"),
        ("số 1", "confirmed"),
        ("Ừ đúng rồi con", "confirmed"),
        ("phai roi chau", "confirmed"),
        ("không phải đâu", "told"),
        ("chưa đúng con ạ", "told"),
    ],
)
def test_the_answer_may_be_typed_without_marks_or_by_number(school: School, typed: str, state: str) -> None:
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    an.say(typed)
    assert an.logs()[0].state == state


def test_a_wrong_answer_to_the_easy_question_is_never_blamed(school: School) -> None:
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    an.tap("Đúng rồi")
    said = an.tap("Bà chưa nhớ")
    assert said.startswith("Dạ không sao ạ. Hình máy quay là gọi thấy mặt nhau")
    assert an.logs()[0].state == "confirmed"


def test_a_mother_is_spoken_to_as_a_mother(school: School) -> None:
    an = saved(school, "giúp mẹ chuyển khoản 10p, mẹ tự làm được")
    assert an.tap("Đưa máy cho mẹ") == "Dạ chào mẹ. Hôm nay con An chỉ mẹ chuyển khoản, phải không ạ?"


def test_what_is_not_right_stays_told_and_the_pupil_can_correct_it(school: School) -> None:
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    assert "Cháu An sẽ xem lại cùng bà" in an.tap("Chưa đúng")
    assert "chưa đúng. Em xem lại cùng bà ngoại" in an.tap("An nhận lại máy")
    assert an.logs()[0].state == "told"
    an.tap("Sửa")
    an.tap("Số phút")
    an.tap("10 phút")
    an.tap("Đúng, ghi lại")
    assert [log.minutes for log in an.logs()] == [10]


def test_who_still_needs_help_is_confirmed_and_counts_as_helped_not_as_alone(school: School) -> None:
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    assert "từ từ là quen" in an.tap("Bà vẫn cần giúp")
    assert "vẫn cần em giúp thêm" in an.tap("An nhận lại máy")
    assert an.logs()[0].state == "confirmed"
    assert "0 người tự làm được" in an.say("sổ của em")


def test_several_relatives_each_get_the_phone(school: School) -> None:
    an = saved(school, "chỉ bà ngoại và mẹ gọi video zalo 20p, cả hai tự làm được")
    assert an.labels[:2] == ["Đưa máy cho bà ngoại", "Đưa máy cho mẹ"]
    assert "con An chỉ mẹ" in an.tap("Đưa máy cho mẹ")


def test_later_it_can_still_be_confirmed_from_the_logbook(school: School) -> None:
    an = saved(school)
    assert "Khi nào tiện" in an.tap("Để sau")
    school.wait(days=1)
    an.say("sổ của em")
    an.tap("Sửa, rút, xác nhận")
    an.tap("Buổi 1")
    assert "Hôm qua cháu An chỉ bà" in an.tap("Đưa máy cho bà ngoại")


def test_what_the_teacher_checked_needs_no_confirming(school: School) -> None:
    an = saved(school)
    hand = an.value("Đưa máy cho bà ngoại")
    teacher = school.teacher()
    teacher.say("/duyet")
    teacher.tap("Duyệt 1 buổi này")
    assert "thầy cô đã xem rồi" in an.choose(hand)
    assert an.logs()[0].state == "checked"


def test_a_tap_on_an_old_screen_cannot_undo_the_teachers_check(school: School) -> None:
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    no = an.value("Chưa đúng")
    teacher = school.teacher()
    teacher.say("/duyet")
    teacher.tap("Duyệt 1 buổi này")
    assert "thầy cô đã xem rồi" in an.choose(no)
    assert an.logs()[0].state == "checked"


def test_nobody_confirms_for_another_pupil(school: School) -> None:
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    yes = an.value("Đúng rồi")
    binh = school.pupil("Bình")
    assert binh.choose(yes).startswith("Nút này cũ rồi")
    assert an.logs()[0].state == "told"


def test_when_something_was_stuck_the_teacher_hears_it_and_the_father_confirms(school: School) -> None:
    an = saved(school, "giúp bố cài vneid 30p, bị vướng")
    assert "vướng chỗ nào" in an.replies[0].text
    assert "thầy cô sẽ thấy câu này" in an.say("máy bố đầy bộ nhớ")
    assert "con An chỉ bố cài VNeID" in an.tap("Đưa máy cho bố")


def test_the_same_in_english(school: School) -> None:
    an = saved(school)
    an.say("/language")
    an.tap("English")
    an.say("my logbook")
    an.tap("Correct, withdraw, confirm")
    an.tap("Session 1")
    an.tap("Hand the phone to maternal grandmother")
    assert an.replies[0].text == "Hello! Today An showed you how to make a Zalo video call. Is that right?"
    assert "One question just for fun: Which picture" in an.tap("That is right")
    assert an.tap("The camera 📹") == "Well done! 🌼 Please give the phone back to An."
    assert "has confirmed it" in an.tap("An has the phone back")
