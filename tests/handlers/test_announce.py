"""Announcements: shown first, counted, withdrawn until sent, and told who has them."""

from datetime import datetime

from tests.talk import School, Talk

WORDS = "Thứ Bảy lớp mình mang điện thoại của ông bà đến trường nhé."


def class_of_three(school: School) -> tuple[Talk, list[Talk]]:
    pupils = [school.pupil(name) for name in ("An", "Bình", "Chi")]
    school.pupil("Dung", "PUPIL7B")
    return school.teacher(), pupils


def test_the_teacher_sees_what_is_read_and_by_how_many_before_it_goes(school: School) -> None:
    teacher, pupils = class_of_three(school)
    pupils[2].say("dừng nhắc")
    teacher.say("thông báo")
    shown = teacher.say(WORDS)
    assert shown.splitlines() == [
        "Cô, Lớp 7A, thông báo:",
        WORDS,
        "Gửi tới 2 người.",
        "1 người đã dừng nhắc nên không nhận.",
    ]
    assert school.outbox() == []
    assert "thứ Tư 25/11 19:32" in teacher.tap("Gửi")
    assert school.deliver() == []
    school.wait(minutes=2)
    assert {(address, reply.text) for address, reply in school.deliver()} == {
        (pupil.who.address, f"Cô, Lớp 7A, thông báo:\n{WORDS}") for pupil in pupils[:2]
    }


def test_it_can_be_withdrawn_until_it_is_sent(school: School) -> None:
    teacher, _pupils = class_of_three(school)
    teacher.say("thông báo")
    teacher.say(WORDS)
    teacher.tap("Gửi")
    assert "Đã rút lại: 3 người không nhận nữa." in teacher.tap("Rút lại")
    school.wait(hours=1)
    assert school.deliver() == []
    assert "Đã rút lại: 3 người" in teacher.choose("announced:1")


def test_the_report_adds_up_to_everybody(school: School) -> None:
    teacher, pupils = class_of_three(school)
    teacher.say("thông báo")
    teacher.say(WORDS)
    teacher.tap("Gửi")
    assert "Đã tới 0 · đang chờ 3 · lỗi 0" in teacher.tap("Xem đã tới đâu")
    pupils[0].say("dừng nhắc")
    with school.database.transaction() as store:
        store.stopped(pupils[1].person(store).who_id, school.now)
    school.wait(minutes=2)
    school.deliver()
    teacher.say("thông báo")
    said = teacher.tap("Tin gần nhất")
    assert "Đã tới 1 · đang chờ 0 · lỗi 0 · dừng nhắc, chặn hoặc đã rời 2" in said
    assert f"“{WORDS}”" in said
    assert "Rút lại" not in teacher.labels


def test_at_night_it_waits_for_the_morning(school: School) -> None:
    teacher, _pupils = class_of_three(school)
    school.now = school.now.replace(hour=22)
    teacher.say("thông báo")
    teacher.say(WORDS)
    assert "thứ Năm 26/11 8:30" in teacher.tap("Gửi")
    school.wait(minutes=5)
    assert school.deliver() == []
    school.now = datetime(2026, 11, 26, 8, 30, tzinfo=school.now.tzinfo)
    assert len(school.deliver()) == 3


def test_a_button_sends_the_words_it_stood_under_and_no_others(school: School) -> None:
    teacher, _pupils = class_of_three(school)
    teacher.say("thông báo")
    teacher.say(WORDS)
    old = teacher.value("Gửi")
    teacher.tap("Viết lại")
    teacher.say("Mai nghỉ học.")
    assert "cũ rồi" in teacher.choose(old)
    assert school.outbox() == []


def test_an_officer_chooses_whom_in_all_classes(school: School) -> None:
    teacher, _pupils = class_of_three(school)
    officer = school.officer()
    officer.say("/thongbao")
    officer.say("Phường mời cả nhà dự ngày hội học tập số sáng Chủ nhật.")
    assert officer.labels == ["Thầy cô", "Học sinh", "Tất cả", "Thôi, không gửi"]
    assert "Gửi tới 5 người." in officer.tap("Tất cả")
    officer.tap("Gửi")
    school.wait(minutes=2)
    sent = school.deliver()
    assert teacher.who.address in {address for address, _reply in sent}
    assert sent[0][1].text.startswith("Phường Hoa Mai thông báo:\n")
    assert len(sent) == 5


def test_secrets_are_masked_before_anybody_reads_them(school: School) -> None:
    teacher, _pupils = class_of_three(school)
    teacher.say("thông báo")
    assert "123456" not in teacher.say("mã OTP của lớp là 123456 nhé")


def test_a_text_too_long_is_asked_for_again(school: School) -> None:
    teacher, _pupils = class_of_three(school)
    teacher.say("thông báo")
    assert "dài quá" in teacher.say("Mời cả lớp. " * 50)
    assert "Gửi tới 3 người." in teacher.say(WORDS)


def test_who_left_the_class_meanwhile_is_not_told(school: School) -> None:
    teacher, pupils = class_of_three(school)
    teacher.say("thông báo")
    teacher.say(WORDS)
    teacher.tap("Gửi")
    pupils[0].say("/rutdongy")
    school.wait(minutes=2)
    assert len(school.deliver()) == 2


def test_a_pupil_announces_nothing(school: School) -> None:
    an = school.pupil("An")
    an.say("thông báo")
    assert "viết thông báo" not in an.answers[-1].replies[0].text


def test_an_announcement_of_another_teacher_is_not_shown(school: School) -> None:
    teacher, _pupils = class_of_three(school)
    teacher.say("thông báo")
    teacher.say(WORDS)
    teacher.tap("Gửi")
    other = school.teacher("TEACHER7B")
    with school.database.transaction() as store:
        person = other.person(store)
        person.menu = '[0,[["x","announced:1"]],[]]'
        store.remember(person)
    assert WORDS not in other.choose("announced:1")
