"""The teacher corrects a session: a new version with a reason, the old one stays to be seen."""

import pytest

from db.store import Told
from tests.handlers.test_check import SENTENCE, changes, opened, saved
from tests.handlers.test_summary import helped
from tests.talk import School, Talk


def taps(talk: Talk, *labels: str) -> str:
    return [talk.tap(label) for label in labels][-1]


def corrected(school: School, reason: str = "Em ấy ghi nhầm") -> tuple[Talk, Talk]:
    """A pupil and a teacher who made the pupil's checked 20 minutes 45."""
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Duyệt", "Trang chính")
    teacher.say("/duyet")
    taps(teacher, "Các buổi đã duyệt", "Buổi 1", "Sửa", "Số phút", "45 phút", "Lưu", reason)
    return an, teacher


def every_log(school: School, talk: Talk) -> list[Told]:
    """The pupil's logs and their earlier versions."""
    with school.database.transaction() as store:
        (log,) = store.own_logs(talk.person(store).id)
        return [log, *store.versions(log)]


def test_a_checked_session_is_corrected_and_both_versions_stay(school: School) -> None:
    an, teacher = corrected(school)
    assert teacher.replies[0].text == "Đã sửa ✅ Bản cũ và lý do vẫn còn trong sổ."
    new, old = every_log(school, an)
    assert (new.minutes, new.state, new.replaces) == (45, "checked", old.id)
    assert (old.minutes, old.state) == (20, "wrong")
    assert changes(school, old.id)[-1].reason == changes(school, new.id)[0].reason == ":slip"
    said = teacher.replies[1].text
    assert "45 phút · tự làm được ✓✓" in said
    assert "• cô sửa: ghi nhầm, thứ Tư 25/11 19:30" in said
    assert "Bản trước: hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 20 phút · tự làm được (cô sửa: " in said


def test_the_form_speaks_to_the_teacher_and_offers_what_is_the_pupils(school: School) -> None:
    an = school.pupil("An")
    for days in (1, 2):
        helped(school, an, days, relative="CHU")
    helped(school, an, 3)
    teacher = opened(school)
    assert teacher.tap("Sửa") == "Cô muốn sửa chỗ nào ạ?"
    assert teacher.labels == ["Người được giúp", "Việc đã chỉ", "Số phút", "Ngày", "Kết quả"]
    assert teacher.tap("Người được giúp") == "Người được giúp là ai ạ?"
    assert teacher.labels[:2] == ["Chú", "Bà ngoại"]
    assert teacher.tap("Chú").startswith("Sửa buổi của An: ")
    assert teacher.labels == ["Lưu", "Sửa chỗ khác", "Thôi, giữ nguyên"]
    taps(teacher, "Sửa chỗ khác")
    assert teacher.tap("Việc đã chỉ") == "Việc đã chỉ là gì ạ?"
    assert teacher.labels[0] == "Gọi video Zalo"
    teacher.tap("Gọi video Zalo")
    taps(teacher, "Sửa chỗ khác")
    assert teacher.tap("Ngày") == "Buổi đó hôm nào ạ?"
    assert "hôm nay (thứ Tư 25/11) · chú" in teacher.tap("Hôm nay")
    taps(teacher, "Sửa chỗ khác")
    teacher.tap("Kết quả")
    assert teacher.tap("Bị vướng").endswith(" · bị vướng.")
    taps(teacher, "Sửa chỗ khác", "Số phút")
    assert teacher.replies[0].text == "Bao nhiêu phút ạ? Cô bấm chọn hoặc nhắn số, ví dụ 25p."


def test_several_people_are_ticked_for_the_pupil(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Sửa", "Người được giúp")
    while "Nhiều người cùng lúc" not in teacher.labels:
        teacher.tap("Khác…")
    assert teacher.tap("Nhiều người cùng lúc") == "Đã chọn: bà ngoại. Còn nữa không ạ?"
    assert teacher.tap("✓ Bà ngoại") == "Cô chọn từng người ạ."
    taps(teacher, "Bà ngoại", "Bà nội", "Xong", "Lưu", "Hỏi lại người thân")
    assert an.logs()[0].relatives == ("BA_NGOAI", "BA_NOI")


def test_the_teacher_may_write_the_correction(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    teacher.tap("Sửa")
    assert "bố · gọi video Zalo · 20 phút" in teacher.say("bố")
    assert "25 phút" in teacher.say("25p")
    said = teacher.say("em chỉ mẹ gọi vd zalo 40p, mẹ bị vướng")
    assert "mẹ · gọi video Zalo · 40 phút · bị vướng" in said
    taps(teacher, "Lưu", "Em ấy ghi nhầm")
    assert an.logs()[0].relatives == ("ME",)


def test_a_reason_of_ones_own_is_masked_and_the_pupil_reads_it(school: School) -> None:
    an, teacher = corrected(school, "Lý do khác")
    assert "nhiều nhất 100 ký tự" in teacher.replies[0].text
    assert an.logs()[0].minutes == 20
    said = teacher.say("bà nhớ là 45 phút, mã OTP là 482913")
    assert "đừng gửi mật khẩu" in said
    assert "482913" not in said
    assert an.logs()[0].minutes == 45
    assert "✓✓ cô đã sửa: bà nhớ là 45 phút, mã OTP là •••" in an.say("/so")


@pytest.mark.parametrize("labels", [("Số phút", "45 phút"), ("Số phút", "45 phút", "Lưu", "Lý do khác")])
def test_the_teacher_leaves_it_with_a_word_also_where_the_reason_is_asked(
    school: School, labels: tuple[str, ...]
) -> None:
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Sửa", *labels)
    teacher.say("thôi")
    assert teacher.replies[0].text == "Dạ, em giữ nguyên, chưa sửa gì ạ."
    assert teacher.labels[0] == "Tuần của lớp"
    assert [log.minutes for log in every_log(school, an)] == [20]


def test_a_teachers_question_is_answered_and_the_correction_goes_on(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Sửa", "Số phút", "45 phút")
    teacher.say("cái này có tính điểm thi đua không?")
    assert teacher.replies[-1].text.startswith("Sửa buổi của An: ")
    taps(teacher, "Lưu", "Em ấy ghi nhầm")
    assert an.logs()[0].minutes == 45


@pytest.mark.parametrize("written", ["x" * 101, ":::", " : "])
def test_a_reason_too_long_or_empty_is_asked_for_again(school: School, written: str) -> None:
    an, teacher = corrected(school, "Lý do khác")
    assert "nhiều nhất 100 ký tự" in teacher.say(written)
    assert an.logs()[0].minutes == 20
    teacher.say(":undone")
    assert changes(school, an.logs()[0].id)[0].reason == "undone"


def test_the_pupil_gets_one_kind_message_and_sees_both_versions(school: School) -> None:
    an, _teacher = corrected(school)
    assert an.receive() == (
        "An ơi, cô sửa giúp em một buổi: hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 45 phút · tự làm được. "
        "Lý do: ghi nhầm. Thấy chưa đúng thì em nói lại với cô nhé."
    )
    said = an.tap("Xem buổi này")
    assert "Bản trước: " in said
    assert "20 phút" in said
    assert an.labels == ["Sổ của em", "Trang chính"]
    assert an.receive() == ""
    assert "45 phút · tự làm được ✓✓ cô đã sửa: ghi nhầm" in an.say("/so")
    an.tap("Sửa, rút, xác nhận")
    assert "Bản trước: " in an.tap("Buổi 1")


def test_a_correction_that_was_found_wrong_since_is_not_told(school: School) -> None:
    an, teacher = corrected(school)
    teacher.tap("Không đúng")
    assert "sửa giúp em" not in an.receive()
    assert an.logs() == []


def test_it_counts_once_and_only_the_last_version_can_be_changed(school: School) -> None:
    an, teacher = corrected(school)
    assert "Trong tuần 1 buổi: 0 tự khai · 0 người thân xác nhận · 1 thầy cô đối chiếu." in teacher.say("/lop")
    teacher.say("/duyet")
    taps(teacher, "Các buổi đã duyệt")
    assert "1 buổi cô đã xem" in teacher.replies[0].text
    taps(teacher, "Buổi 1", "Sửa", "Số phút", "10 phút", "Lưu", "Em ấy ghi nhầm")
    assert [log.minutes for log in every_log(school, an)] == [10, 45, 20]


def test_an_older_version_cannot_be_brought_back(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    teacher.tap("Không đúng")
    undo = teacher.value("Hoàn tác")
    taps(teacher, "Hoàn tác", "Sửa", "Số phút", "45 phút", "Lưu", "Em ấy ghi nhầm")
    assert "không hoàn tác được" in teacher.choose(undo)
    assert [log.minutes for log in an.logs()] == [45]
    assert teacher.labels == ["Quay lại"]


def test_nothing_changed_is_nothing_corrected(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Sửa", "Số phút")
    teacher.say("20p")
    assert "Chưa có gì khác bản cũ ạ." in teacher.tap("Lưu")
    assert teacher.labels == ["Lưu", "Sửa chỗ khác", "Thôi, giữ nguyên"]
    assert "Trạng thái: tự khai." in teacher.tap("Thôi, giữ nguyên")
    assert len(every_log(school, an)) == 1


def test_a_stale_save_or_reason_saves_nothing(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Sửa", "Số phút", "45 phút")
    save = teacher.value("Lưu")
    teacher.tap("Lưu")
    reason = teacher.value("Em ấy ghi nhầm")
    teacher.say("30p")
    assert "30 phút" in teacher.choose(save)
    assert "Sửa buổi của An" in teacher.choose(reason)
    assert an.logs()[0].minutes == 20
    taps(teacher, "Lưu", "Em ấy ghi nhầm")
    assert an.logs()[0].minutes == 30
    assert "đã ghi hoặc đã bỏ" in teacher.choose(reason)


def test_while_the_reason_is_written_another_may_still_be_tapped(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Sửa", "Số phút", "45 phút", "Lưu")
    slip = teacher.value("Em ấy ghi nhầm")
    teacher.tap("Lý do khác")
    assert "Đã sửa ✅" in teacher.choose(slip)
    assert an.logs()[0].minutes == 45


def test_what_the_pupil_withdrew_meanwhile_is_not_brought_back(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Sửa", "Số phút", "45 phút", "Lưu")
    an.say("/rutlai")
    an.tap("Rút lại")
    assert "em ấy vừa rút hoặc sửa" in teacher.tap("Em ấy ghi nhầm")
    assert an.logs() == []


def test_the_pupils_own_correction_comes_too_late_after_the_teachers(school: School) -> None:
    an = saved(school)
    taps(an, "Sửa", "Số phút", "10 phút")
    teacher = opened(school)
    taps(teacher, "Sửa", "Số phút", "45 phút", "Lưu", "Em ấy ghi nhầm")
    assert "thầy cô đã duyệt" in an.tap("Đúng, ghi lại")
    assert [log.minutes for log in an.logs()] == [45]


def test_a_teacher_of_another_class_cannot_go_on_with_a_correction(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    taps(teacher, "Sửa", "Số phút", "45 phút")
    save = teacher.value("Lưu")
    with school.database.transaction() as store:
        person = teacher.person(store)
        store.take_role(person.id, "teacher", school.other_room, school.now)
    assert "đã ghi hoặc đã bỏ" in teacher.choose(save)
    assert "Sửa buổi của An" not in teacher.say("30p")
    assert an.logs()[0].minutes == 20


def test_a_button_of_the_pupils_form_saves_no_teachers_line(school: School) -> None:
    """The same phone may have been a pupil's before: its old buttons are still to be tapped."""
    an = saved(school)
    both = school.pupil("Bình")
    both.say("giúp mẹ chuyển khoản 10p, mẹ tự làm được")
    save = both.value("Đúng, ghi lại")
    both.join("TEACHER7A")
    both.tap("Cô")
    both.say("/duyet")
    taps(both, "Xem từng buổi", "Buổi 1", "Sửa", "Số phút", "45 phút")
    assert "Sửa buổi của An" in both.choose(save)
    assert [log.minutes for log in an.logs()] == [20]


def test_the_fingerprint_and_the_hour_stay_with_a_corrected_line(school: School) -> None:
    line = "tối nay 19h em chỉ bà ngoại cách gọi video trên zalo cho cậu ở xa 20 phút, bà tự làm được rồi"
    an = saved(school, line=line)
    teacher = opened(school)
    taps(teacher, "Sửa", "Số phút", "45 phút", "Lưu", "Em ấy ghi nhầm")
    new, old = every_log(school, an)
    assert old.wording
    assert (new.wording, new.began) == (old.wording, old.began)


def test_the_same_in_english(school: School) -> None:
    an = saved(school, line=SENTENCE)
    teacher = school.teacher()
    teacher.say("/language")
    teacher.tap("English")
    teacher.say("/check")
    taps(teacher, "Open them one by one", "Session 1")
    assert teacher.tap("Correct it") == "Which part should be corrected?"
    taps(teacher, "Minutes")
    assert teacher.tap("45 minutes").startswith("Correcting An's session: ")
    assert "The pupil can read the reason too." in teacher.tap("Save")
    assert "corrected (you): the relative was asked" in teacher.tap("The relative was asked")
    assert an.logs()[0].minutes == 45
