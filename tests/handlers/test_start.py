"""Who are you, and what may we keep."""

import pytest

from handlers.start import NOTICE
from tests.talk import School


def test_a_stranger_is_told_they_talk_to_a_machine_and_asked_who_they_are(school: School) -> None:
    said = school.stranger().join()
    assert "máy trả lời tự động" in said
    assert "không bao giờ hỏi mật khẩu" in said


def test_a_pupil_joins_by_link_with_both_consents(school: School) -> None:
    an = school.stranger()
    assert "Lớp 7A" in an.join("pupil-7a")
    assert "Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15" in an.say("An")
    assert "phụ huynh" in an.tap("Em đồng ý")
    assert "Cảm ơn phụ huynh" in an.tap("Tôi là phụ huynh, tôi đồng ý")
    assert an.labels == ["Ghi buổi giúp", "Sổ của em", "Học bài", "Nhắc em", "Trợ giúp"]
    with school.database.transaction() as store:
        consents = [(consent.by, consent.notice) for consent in store.consents(an.person(store).id)]
    assert consents == [("child", NOTICE), ("guardian", NOTICE)]


def test_a_pupil_joins_by_typing_the_code(school: School) -> None:
    an = school.stranger()
    an.join()
    an.tap("Em là học sinh")
    assert "chưa thấy mã này" in an.say("7A")
    assert "Lớp 7A" in an.say("pupil 7a")


def test_after_five_wrong_codes_the_pupil_is_sent_to_ask_the_teacher(school: School) -> None:
    an = school.stranger()
    an.join()
    an.tap("Em là học sinh")
    answers = [an.say(f"sai {number}") for number in range(5)]
    assert "hỏi lại người phát mã" in answers[-1]
    assert "Em là học sinh" in an.labels


@pytest.mark.parametrize("wrong", ["0912 345 678", "x" * 21, "!!!", "012345678901", "An 12345"])
def test_a_nickname_is_short_and_holds_no_number_of_a_person(school: School, wrong: str) -> None:
    an = school.stranger()
    an.join("PUPIL7A")
    assert "chọn tên khác" in an.say(wrong)
    assert "đọc giúp mình" in an.say("Bống 2")


def test_two_pupils_of_a_class_do_not_share_a_nickname(school: School) -> None:
    school.pupil("An")
    other = school.stranger("other")
    other.join("PUPIL7A")
    assert "đã có bạn tên an" in other.say("an")


@pytest.mark.parametrize("who_refuses", ["child", "guardian"])
def test_without_both_consents_nothing_is_kept_and_nothing_logged(school: School, who_refuses: str) -> None:
    an = school.stranger()
    an.join("PUPIL7A")
    an.say("An")
    if who_refuses == "guardian":
        an.tap("Em đồng ý")
    assert "không ghi gì" in an.tap("Em không đồng ý" if who_refuses == "child" else "Tôi không đồng ý")
    assert "mã thầy cô" in an.say("giúp bà ngoại gọi video 20p, bà tự làm được")
    with school.database.transaction() as store:
        person = an.person(store)
        assert (person.nickname, person.role) == ("", None)
        assert all(consent.withdrawn_at for consent in store.consents(person.id))


@pytest.mark.parametrize("address", ["bà", "ông", "cô", "bác", "chú", "anh", "chị"])
def test_an_elder_says_only_how_to_be_addressed_and_the_text_size(school: School, address: str) -> None:
    elder = school.elder(address)
    assert f"Dạ chào {address}" in elder.replies[0].text
    assert elder.labels == ["Học bài", "Học tiếp", "Nhắc học", "Nối với con cháu", "Trợ giúp"]
    assert elder.answer.text_size == "large"


def test_on_a_channel_with_its_own_letters_text_size_is_not_asked(school: School) -> None:
    elder = school.elder("bà", channel="telegram")
    assert "Học bài" in elder.labels


def test_a_teacher_joins_with_an_invitation_and_is_promised_the_monday_message(school: School) -> None:
    teacher = school.teacher()
    assert "Mỗi thứ Hai 9:00" in teacher.replies[0].text
    with school.database.transaction() as store:
        dues = store.dues(teacher.person(store).id, "summary")
        assert [(due.weekday, due.minute) for due in dues] == [(0, 540)]


def test_who_comes_back_is_greeted_and_keeps_their_role(school: School) -> None:
    an = school.pupil("An")
    assert "Chào em" in an.join()
    assert "Chào em" in an.join("PUPIL7A")
    assert "Ghi buổi giúp" in an.labels


def test_an_expired_or_unknown_code_is_said_kindly(school: School) -> None:
    assert "không đúng hoặc đã hết hạn" in school.stranger().join("NOSUCHCODE")


def test_in_english_nobody_is_asked_how_to_be_addressed(school: School) -> None:
    guest = school.stranger()
    guest.join()
    said = guest.tap("English")
    assert "Tiếng Việt" not in said
    guest.join("LEARNER")
    assert len(guest.labels) == 1


def test_an_old_yes_of_the_guardian_is_none_for_the_child(school: School) -> None:
    an = school.stranger()
    an.join("PUPIL7A")
    an.say("An")
    an.tap("Em đồng ý")
    guardian = an.value("Tôi là phụ huynh, tôi đồng ý")
    an.tap("Tôi không đồng ý")
    an.join("PUPIL7A")
    assert "Em muốn mình gọi em là gì" in an.choose(guardian)
    an.say("An")
    assert "Em có đồng ý không" in an.choose(guardian)
    with school.database.transaction() as store:
        assert an.person(store).role is None


def test_a_teacher_who_types_instead_of_tapping_is_asked_again(school: School) -> None:
    teacher = school.stranger()
    teacher.join()
    teacher.tap("Tôi là thầy cô")
    teacher.say("TEACHER7A")
    teacher.say("gì cơ?")
    assert not teacher.answer.failed
    teacher.join("TEACHER7A")
    assert "Dạ chào thầy" in teacher.say("thầy")
