"""The pupil's own logbook."""

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
