"""The pupil's own logbook."""

import pytest

from tests.handlers.test_log import SENTENCE
from tests.talk import School, Talk


def with_a_log(school: School) -> Talk:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    return an


def test_an_empty_book_says_the_goal(school: School) -> None:
    assert "ít nhất 1 người thân" in school.pupil("An").say("sổ của em")


def test_the_book_shows_sessions_people_and_the_goal(school: School) -> None:
    an = with_a_log(school)
    said = an.say("so cua toi")
    assert "1 buổi, giúp 1 người thân, 1 người tự làm được" in said
    assert "đạt ✅" in said
    assert "bà ngoại · gọi video Zalo · 20 phút · tự làm được" in said


def test_a_session_is_withdrawn_and_counts_nowhere(school: School) -> None:
    an = with_a_log(school)
    an.say("/so")
    an.tap("Sửa, rút, xác nhận")
    an.tap("Buổi 1")
    assert "Đã rút" in an.tap("Rút lại")
    assert an.logs() == []
    assert "Sổ của em còn trống" in an.say("/so")


@pytest.mark.parametrize(
    "said",
    [
        *("xóa dòng hôm qua", "xoa dong hom qua", "xóa nhật ký hôm qua", "sửa dòng hôm qua", "sua dong hom qua"),
        *(
            "rút lại dòng giúp bà",
            "rut lai dong giup ba",
            "em muốn xóa buổi hôm qua",
            "ghi nhầm rồi",
            "sửa giúp em với",
        ),
        *("delete yesterday's log", "How can I edit my log?"),
    ],
)
def test_words_about_a_saved_session_lead_to_the_list(school: School, said: str) -> None:
    an = with_a_log(school)
    an.say("/menu")
    an.say(said)
    assert len(an.replies) == 1
    assert an.replies[0].text.startswith("Em chọn buổi cần sửa, rút hay xác nhận nhé:\n1. ")
    an.tap("Buổi 1")
    an.tap("Rút lại")
    assert an.logs() == []


def test_in_english_they_lead_there_too(school: School) -> None:
    an = with_a_log(school)
    an.say("/ngonngu")
    an.tap("English")
    assert "Choose the session to correct, take back or have confirmed:" in an.say("delete my log from yesterday")


def test_where_nothing_can_be_changed_it_is_said(school: School) -> None:
    assert "Chưa có buổi nào sửa được" in school.pupil("An").say("xóa dòng hôm qua")


def test_who_keeps_no_logbook_is_not_led_to_one(school: School) -> None:
    assert "chưa hiểu ý" in school.teacher().say("xóa dòng hôm qua")
    assert "chưa hiểu ý" in school.elder().say("xóa dòng hôm qua")


def test_help_about_a_call_log_is_a_log(school: School) -> None:
    an = with_a_log(school)
    assert "Em chọn buổi" not in an.say("em chỉ bà ngoại xóa nhật ký cuộc gọi 20p")
    assert an.replies[-1].text == "Bà ngoại làm đến đâu rồi?"


def test_a_correction_takes_the_place_of_the_old_session(school: School) -> None:
    an = with_a_log(school)
    an.tap("Sửa")
    an.tap("Số phút")
    an.tap("45 phút")
    an.tap("Đúng, ghi lại")
    (log,) = an.logs()
    assert log.minutes == 45


def test_a_checked_session_is_neither_corrected_nor_withdrawn(school: School) -> None:
    an = with_a_log(school)
    an.say("/so")
    an.tap("Sửa, rút, xác nhận")
    an.tap("Buổi 1")
    withdraw, correct = an.value("Rút lại"), an.value("Sửa")
    teacher = school.teacher()
    teacher.tap("Duyệt buổi ghi")
    assert "Đã duyệt 1 buổi" in teacher.tap("Duyệt 1 buổi này")
    assert "thầy cô đã duyệt" in an.choose(withdraw)
    assert "thầy cô đã duyệt" in an.choose(correct)
    assert "✓✓" in an.say("/so")
    assert len(an.logs()) == 1


def test_nobody_touches_the_session_of_somebody_else(school: School) -> None:
    an = with_a_log(school)
    an.say("/so")
    an.tap("Sửa, rút, xác nhận")
    an.tap("Buổi 1")
    withdraw = an.value("Rút lại")
    binh = school.pupil("Bình")
    assert "cũ rồi" in binh.choose(withdraw)
    assert binh.answer.unknown_choice
    assert len(an.logs()) == 1
