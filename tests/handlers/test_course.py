"""The national course: one's own word, changed at will; a reminder; the teacher's eye; counts that add up."""

import re
from random import Random

import pytest
from sqlalchemy import select
from sqlmodel import col

from bot.menu import fold
from db.models import CourseCheck, CourseWord
from handlers.reports import mooc
from tests.handlers.test_kin import family
from tests.talk import School, Talk

SAID = ("Đang học", "Xong khóa", "Có chứng nhận", "Đã thấy xác nhận trên VNeID")


def says(talk: Talk, label: str) -> str:
    talk.say("/khoahoc")
    if talk.labels and "Khóa học của tôi" in talk.labels:
        talk.tap("Khóa học của tôi")
    return talk.tap(label)


def history(school: School, talk: Talk) -> list[CourseWord]:
    with school.database.transaction() as store:
        return store.course_words([talk.person(store).id])


@pytest.mark.parametrize("words", ["/khoahoc", "khóa học", "khoa hoc", "Khóa học quốc gia", "binh dan hoc vu so"])
def test_it_is_told_honestly_what_the_platform_is(school: School, words: str) -> None:
    an = school.pupil("An")
    said = an.say(words)
    assert said.startswith(
        "Nền tảng quốc gia “Bình dân học vụ số”: https://binhdanhocvuso.gov.vn. Em đăng nhập bằng VNeID; "
        "bài học theo thứ tự, xong bài này mới mở bài sau.\n"
        "Xác nhận là việc của cơ quan phụ trách; khi có, em xem trên VNeID của mình. Mình không đăng nhập hộ"
    )
    assert "không xác nhận thay được" in said
    assert an.labels == [*SAID, "Nhắc một lần"]


def test_one_tap_says_how_far_one_is(school: School) -> None:
    ba = school.elder("bà")
    assert "Bà học đến đâu rồi ạ?" in ba.say("khóa học")
    assert "Đã ghi lời bà tự khai: xong khóa." in ba.tap("Xong khóa")
    assert "Bà tự khai: xong khóa (từ 25/11)." in ba.say("khoa hoc")
    assert ba.labels == ["Đang học", "Có chứng nhận", "Đã thấy xác nhận trên VNeID", "Nhắc một lần", "Việc khác"]


@pytest.mark.parametrize(
    "words",
    [
        *("xong khóa", "Xong khóa học.", "xong khoa", "da xong khoa hoc", "course finished"),
        *("có chứng nhận", "co chung nhan", "đã thấy xác nhận trên VNeID", "thay xac nhan tren vneid"),
    ],
)
def test_who_says_it_in_words_is_asked_for_one_tap_and_nothing_is_kept_before(school: School, words: str) -> None:
    ba = school.elder("bà")
    assert "Bấm chọn là bà tự khai và đồng ý lưu điều này." in ba.say(words)
    assert ba.labels == [*SAID, "Nhắc một lần"]
    assert history(school, ba) == []


def test_what_it_is_can_be_read_again_and_leads_to_the_lesson(school: School) -> None:
    ba = school.elder("bà")
    says(ba, "Đang học")
    assert ba.say("/khoahoc").endswith("Trang học: https://binhdanhocvuso.gov.vn")
    ba.tap("Việc khác")
    assert "Xác nhận là việc của cơ quan phụ trách" in ba.tap("Khóa học này là gì?")
    assert "Học trên nền tảng Bình dân học vụ số" in ba.tap("Xem bài hướng dẫn")


def test_the_same_by_number(school: School) -> None:
    an = school.pupil("An")
    an.say("khoa hoc")
    assert "tự khai: có chứng nhận" in an.say("số 3")


def test_the_word_goes_forward_and_back_and_all_of_it_is_kept(school: School) -> None:
    an = school.pupil("An")
    for label in ("Đang học", "Có chứng nhận", "Xong khóa"):
        says(an, label)
        school.wait(days=1)
    an.say("/khoahoc")
    an.tap("Việc khác")
    assert "Đã bỏ lời khai" in an.tap("Bỏ lời khai")
    assert "Em học đến đâu rồi ạ?" in an.say("/khoahoc")
    kept = history(school, an)
    assert [word.state for word in kept] == ["learning", "certificate", "finished", "none"]
    assert [word.at.day for word in kept] == [25, 26, 27, 28]


def test_the_same_word_twice_is_one_word(school: School) -> None:
    an = school.pupil("An")
    an.say("/khoahoc")
    learning = an.value("Đang học")
    an.tap("Đang học")
    assert "đã khai rồi" in an.choose(learning)
    assert len(history(school, an)) == 1


def test_nobody_is_ever_told_to_be_confirmed(school: School) -> None:
    an = school.pupil("An")
    said = says(an, "Đã thấy xác nhận trên VNeID") + an.say("/khoahoc") + school.teacher().say("/khoahoc")
    assert "được xác nhận" not in said
    assert "phổ cập" not in said
    assert "tự khai" in said


def test_a_stranger_reads_about_it_and_nothing_is_kept(school: School) -> None:
    somebody = school.stranger()
    somebody.join()
    assert "https://binhdanhocvuso.gov.vn" in somebody.say("khóa học")
    assert "Đang học" not in somebody.labels


def test_who_withdrew_consent_says_nothing_more(school: School) -> None:
    an = school.pupil("An")
    an.say("/khoahoc")
    learning, soon = an.value("Đang học"), an.value("Nhắc một lần")
    an.say("/rutdongy")
    assert "cũ rồi" in an.choose(learning)
    assert "cũ rồi" in an.choose(soon)
    assert history(school, an) == []


def test_the_number_of_a_certificate_is_kept_and_an_identity_number_is_not(school: School) -> None:
    an = school.pupil("An")
    says(an, "Có chứng nhận")
    an.tap("Ghi số chứng nhận")
    assert "đừng gửi" in an.say("001203004567")
    assert "chưa đọc được" in an.say("có rồi ạ")
    assert "Số chứng nhận: BDHVS-2026/0123." in an.say("bdhvs-2026/0123")
    assert "001203004567" not in "".join(word.certificate for word in history(school, an))
    assert "BDHVS-2026/0123" in says(an, "Đã thấy xác nhận trên VNeID") + an.say("/khoahoc")
    assert "BDHVS" not in says(an, "Xong khóa") + an.say("/khoahoc")


def test_a_number_without_a_certificate_is_not_asked_for(school: School) -> None:
    an = school.pupil("An")
    says(an, "Có chứng nhận")
    number = an.value("Ghi số chứng nhận")
    an.tap("Ghi số chứng nhận")
    an.choose(an.value("Để sau"))
    says(an, "Đang học")
    assert "Ghi số chứng nhận" not in an.labels
    assert "cũ rồi" in an.choose(number)
    an.say("/khoahoc")
    an.tap("Việc khác")
    assert an.labels == ["Khóa học này là gì?", "Bỏ lời khai", "Trang chính"]


def test_a_number_typed_after_the_word_was_taken_back_elsewhere_is_not_kept(school: School) -> None:
    an = school.pupil("An")
    says(an, "Có chứng nhận")
    an.tap("Ghi số chứng nhận")
    with school.database.transaction() as store:
        store.say_course(an.person(store).id, "learning", "", school.now)
    assert "chưa hiểu" in an.say("BDHVS-2026/0123")


def test_a_reminder_comes_once_when_the_person_picked(school: School) -> None:
    ba = school.elder("bà")
    ba.say("khóa học")
    ba.tap("Nhắc một lần")
    assert ba.labels == ["Nhắc ngày mai 8:30", "Nhắc thứ Sáu 27/11 8:30", "Nhắc thứ Bảy 28/11 8:30", "Không cần"]
    assert "ngày mai 8:30 cháu nhắc bà một lần" in ba.tap("Nhắc ngày mai 8:30")
    school.wait(hours=12)
    assert ba.receive() == ""
    school.wait(hours=1, minutes=5)
    assert ba.receive().startswith("Bà ơi, đến giờ bà hẹn học ở https://binhdanhocvuso.gov.vn rồi ạ.")
    assert "Đã ghi lời bà tự khai: đang học." in ba.tap("Đang học")
    school.wait(days=7)
    assert ba.receive() == ""


def test_who_finished_is_reminded_to_look_for_the_confirmation(school: School) -> None:
    an = school.pupil("An")
    says(an, "Xong khóa")
    an.tap("Nhắc một lần")
    an.tap("Nhắc ngày mai 18:30")
    school.wait(days=1)
    assert "đến giờ em hẹn xem chứng nhận và xác nhận rồi" in an.receive()
    assert an.labels == ["Đang học", "Có chứng nhận", "Đã thấy xác nhận trên VNeID", "Nhắc lần khác"]


def test_who_saw_it_is_offered_no_reminder(school: School) -> None:
    an = school.pupil("An")
    an.say("/khoahoc")
    an.tap("Nhắc một lần")
    tomorrow = an.value("Nhắc ngày mai 18:30")
    said = says(an, "Đã thấy xác nhận trên VNeID")
    assert "Chúc mừng em!" in said
    assert "Nhắc một lần" not in an.labels
    an.say("/khoahoc")
    assert "Nhắc một lần" not in an.labels
    assert "cũ rồi" in an.choose(tomorrow)
    assert school.outbox() == []


def test_the_same_reminder_asked_for_twice_comes_once(school: School) -> None:
    an = school.pupil("An")
    for _ in range(2):
        an.say("/khoahoc")
        an.tap("Nhắc một lần")
        an.tap("Nhắc ngày mai 18:30")
    school.wait(days=1)
    assert len(school.deliver()) == 1


def test_the_whole_way_without_buttons_and_without_marks(school: School) -> None:
    """Numbers, labels and plain words, as on a channel that shows no buttons."""
    _an, ba = family(school)
    assert "Bà học đến đâu rồi ạ?" in ba.say("khoa hoc")
    assert "lúc nào thì tiện" in ba.say("nhac mot lan")
    assert "nhắc bà một lần" in ba.say("so 1")
    school.wait(hours=13, minutes=5)
    assert "đến giờ bà hẹn học" in ba.receive()
    assert "tự khai: xong khóa" in ba.say("xong khoa")
    ba.say("khoa hoc")
    assert "tự khai: có chứng nhận" in ba.say("co chung nhan")
    assert "nhắn số ghi trên giấy chứng nhận" in ba.say("1")
    assert "Số chứng nhận: BDHVS-7." in ba.say("bdhvs-7")
    co = school.teacher()
    co.say("khoa hoc")
    assert "• bà ngoại của An: có chứng nhận" in co.say("xem tung nguoi")
    assert "thầy cô đối chiếu" in co.say("1")
    assert "Thầy cô đã đối chiếu." in ba.say("khoa hoc")
    co.say("khoa hoc")
    assert ";NCT;" in co.say("danh sach gui di")


def test_teachers_are_reminded_at_their_hours(school: School) -> None:
    co = school.teacher()
    co.say("/khoahoc")
    co.tap("Khóa học của tôi")
    co.tap("Nhắc một lần")
    assert co.labels == ["Nhắc ngày mai 16:30", "Nhắc thứ Sáu 27/11 16:30", "Nhắc thứ Hai 30/11 9:00", "Không cần"]


def test_who_sees_it_on_vneid_meanwhile_is_not_reminded(school: School) -> None:
    an = school.pupil("An")
    an.say("/khoahoc")
    an.tap("Nhắc một lần")
    an.tap("Nhắc ngày mai 18:30")
    says(an, "Đã thấy xác nhận trên VNeID")
    school.wait(days=1)
    assert school.deliver() == []


def test_a_reminder_long_past_is_dropped_and_a_time_gone_by_is_asked_again(school: School) -> None:
    an = school.pupil("An")
    an.say("/khoahoc")
    an.tap("Nhắc một lần")
    tomorrow = an.value("Nhắc ngày mai 18:30")
    an.tap("Nhắc ngày mai 18:30")
    school.wait(days=2)
    assert school.deliver() == []
    assert "lúc nào thì tiện" in an.choose(tomorrow)


def test_a_new_reminder_ends_the_silence_the_person_asked_for(school: School) -> None:
    an = school.pupil("An")
    an.say("dừng nhắc")
    an.say("/khoahoc")
    an.tap("Nhắc một lần")
    an.tap("Nhắc ngày mai 18:30")
    school.wait(days=1)
    assert "đến giờ em hẹn" in an.receive()


def test_the_teacher_sees_counts_and_a_list_by_nickname(school: School) -> None:
    an, binh = school.pupil("An"), school.pupil("Bình")
    school.pupil("Chi")
    says(an, "Có chứng nhận")
    says(binh, "Đang học")
    co = school.teacher()
    said = co.say("khóa học")
    assert said.startswith("Lớp 7A: khóa học trên binhdanhocvuso.gov.vn\n")
    assert "• 3 học sinh đã vào lớp: 1 chưa khai · 1 đang học · 1 có chứng nhận\n• 1 thầy cô: 1 chưa khai" in said
    assert "Thầy cô đã đối chiếu: 0 người." in said
    said = co.tap("Xem từng người")
    assert "• An: có chứng nhận, tự khai 25/11 (7A-HOAMAI-" in said
    assert "• Bình: đang học, tự khai 25/11" in said
    assert "Chi" not in said


def test_one_tap_compares_and_one_takes_it_back(school: School) -> None:
    an = school.pupil("An")
    says(an, "Có chứng nhận")
    co = school.teacher()
    co.say("/khoahoc")
    co.tap("Xem từng người")
    check = co.value("Đã đối chiếu An")
    assert "Đã ghi: An, có chứng nhận – thầy cô đối chiếu." in co.tap("Đã đối chiếu An")
    co.choose(check)
    assert "Thầy cô đã đối chiếu." in an.say("/khoahoc")
    assert "Thầy cô đã đối chiếu: 1 người." in co.say("/khoahoc")
    assert "tự khai 25/11, thầy cô đã đối chiếu" in co.tap("Xem từng người")
    assert "lời tự khai vẫn còn" in co.tap("Bỏ đối chiếu An")
    assert "đối chiếu" not in an.say("/khoahoc")
    with school.database.transaction() as store:
        (word,) = store.course_words([an.person(store).id])
        assert store.course_checks([word.id]) == []
        me = co.person(store).id
    with school.database.engine.connect() as connection:
        kept = connection.execute(select(col(CourseCheck.by), col(CourseCheck.undone_by))).all()
    assert [tuple(row) for row in kept] == [(me, me)]


def test_a_new_word_needs_a_new_comparison(school: School) -> None:
    an = school.pupil("An")
    says(an, "Xong khóa")
    co = school.teacher()
    co.say("/khoahoc")
    co.tap("Xem từng người")
    check = co.value("Đã đối chiếu An")
    says(an, "Có chứng nhận")
    assert "vừa đổi" in co.choose(check)
    co.tap("Đã đối chiếu An")
    undo = co.value("Bỏ đối chiếu An")
    says(an, "Đang học")
    assert "đối chiếu" not in an.say("/khoahoc")
    assert "vừa đổi" in co.choose(undo)


def test_when_everybody_took_their_word_back_the_list_is_the_class(school: School) -> None:
    an = school.pupil("An")
    says(an, "Xong khóa")
    co = school.teacher()
    co.say("/khoahoc")
    listing = co.value("Xem từng người")
    an.say("/khoahoc")
    an.tap("Việc khác")
    an.tap("Bỏ lời khai")
    assert "1 chưa khai" in co.choose(listing)
    assert "Xem từng người" not in co.labels


def test_a_long_list_goes_page_by_page(school: School) -> None:
    for name in ("An", "Bình", "Chi", "Dũng", "Giang"):
        says(school.pupil(name), "Đang học")
    co = school.teacher()
    co.say("/khoahoc")
    co.tap("Xem từng người")
    assert co.labels[-2:] == ["Đã đối chiếu Dũng", "Người khác"]
    assert "Giang" in co.tap("Người khác")
    assert co.labels == ["Đã đối chiếu Giang", "Người khác"]
    assert "An" in co.tap("Người khác")


def test_the_list_to_send_is_that_of_the_file_and_has_no_names(school: School) -> None:
    an = school.pupil("An")
    says(an, "Có chứng nhận")
    an.tap("Ghi số chứng nhận")
    an.say("bdhvs-7")
    co = school.teacher()
    co.say("/language")
    co.tap("English")
    co.say("/course")
    said = co.tap("List to send")
    with school.database.transaction() as store:
        unit = store.unit(school.room)
        code = an.person(store).id
        cells = mooc.table(unit, mooc.rows(store, unit), school.now.tzinfo)
    assert co.replies[-1].text.splitlines() == mooc.written(cells).decode("utf-8-sig").splitlines()
    assert f"1;Lớp 7A;7A-HOAMAI-{code:04d};HS;" in said
    assert 'BDHVS-7;tự khai;"có chứng nhận; ngày là ngày tự khai"' in said
    assert "An" not in said


def test_a_long_list_to_send_goes_part_by_part(school: School) -> None:
    for number in range(12):
        says(school.pupil(f"Em{number}"), "Đã thấy xác nhận trên VNeID")
    co = school.teacher()
    co.say("/khoahoc")
    co.tap("Danh sách gửi đi")
    assert len(co.replies[-1].text) <= 2000
    first = co.replies[-1].text.splitlines()
    co.tap("Phần tiếp")
    rest = co.replies[-1].text.splitlines()
    assert [line.split(";")[0] for line in [*first[1:], *rest[1:]]] == [str(number) for number in range(1, 13)]
    assert first[0] == rest[0]
    co.tap("Phần tiếp")
    assert co.replies[-1].text.splitlines() == first


def test_the_list_to_send_is_the_teachers_alone_and_never_empty(school: School) -> None:
    an, co, officer = school.pupil("An"), school.teacher(), school.officer()
    co.say("/khoahoc")
    assert "Danh sách gửi đi" not in co.labels
    says(an, "Đang học")
    co.say("/khoahoc")
    listing = co.value("Danh sách gửi đi")
    officer.say("/khoahoc")
    assert "Danh sách gửi đi" not in officer.labels
    an.say("/khoahoc")
    an.tap("Việc khác")
    an.tap("Bỏ lời khai")
    assert "1 chưa khai" in co.choose(listing)
    co.say("/rutdongy")
    assert "cũ rồi" in co.choose(listing)


def test_a_linked_grandmother_is_in_the_list_of_the_class(school: School) -> None:
    _an, ba = family(school)
    says(ba, "Đã thấy xác nhận trên VNeID")
    co = school.teacher()
    assert "• 1 người thân đã nối máy: 1 đã thấy xác nhận trên VNeID" in co.say("/khoahoc")
    assert "• bà ngoại của An: đã thấy xác nhận trên VNeID" in co.tap("Xem từng người")
    assert "bà ngoại của An" in co.tap("Đã đối chiếu bà ngoại của An")
    ba.say("/noimay")
    ba.tap("Thôi nối với An")
    assert "người thân" not in co.say("/khoahoc")


def test_a_teacher_touches_only_the_own_class(school: School) -> None:
    says(school.pupil("An"), "Xong khóa")
    co, other = school.teacher(), school.teacher("TEACHER7B")
    co.say("/khoahoc")
    listing = co.value("Xem từng người")
    co.tap("Xem từng người")
    check = co.value("Đã đối chiếu An")
    assert "học sinh" not in other.say("/khoahoc")
    assert "cũ rồi" in other.choose(check)
    assert "cũ rồi" in other.choose(listing)
    co.join("TEACHER7B")
    co.tap("Đúng, thêm vai")
    assert "vừa đổi" in co.choose(check)
    assert "An" not in co.choose(listing)


def test_who_teaches_no_more_compares_no_more(school: School) -> None:
    says(school.pupil("An"), "Xong khóa")
    co = school.teacher()
    co.say("/khoahoc")
    listing = co.value("Xem từng người")
    co.tap("Xem từng người")
    check = co.value("Đã đối chiếu An")
    co.say("/rutdongy")
    assert "cũ rồi" in co.choose(listing)
    assert "cũ rồi" in co.choose(check)


def test_nobody_compares_themselves(school: School) -> None:
    co = school.teacher()
    says(co, "Có chứng nhận")
    assert "1 thầy cô: 1 có chứng nhận" in co.say("/khoahoc")
    assert "Xem từng người" not in co.labels


def test_the_officer_sees_counts_and_no_names(school: School) -> None:
    says(school.pupil("An"), "Xong khóa")
    says(school.pupil("Bình", "PUPIL7B"), "Đang học")
    officer = school.officer()
    assert "Phường Hoa Mai có ít học sinh quá nên không hiện số." in officer.say("khoa hoc")
    for name in ("Chi", "Dũng", "Giang", "Hà"):
        school.pupil(name)
        school.pupil(name, "PUPIL7B")
    said = officer.say("khoa hoc")
    assert "Phường Hoa Mai: khóa học trên" in said
    assert "• 10 học sinh đã vào lớp: 8 chưa khai · 1 đang học · 1 xong khóa" in said
    assert "• Lớp 7A: 1/5 người đã khai" in said
    assert "An" not in said.replace("Hoa Mai", "")
    assert "Bình" not in said


def test_an_officer_has_a_word_too(school: School) -> None:
    assert "tự khai: đang học" in says(school.officer(), "Đang học")


def test_the_same_in_english(school: School) -> None:
    an = school.pupil("An")
    an.say("/language")
    an.tap("English")
    assert "You log in with VNeID" in an.say("national course")
    assert an.labels == [
        "Learning",
        "Course finished",
        "Has the certificate",
        "Saw the confirmation on VNeID",
        "Remind me once",
    ]
    assert "Noted as your own word: learning." in an.say("1")
    assert "By your own word: learning (since 25 Nov)." in an.say("/course")
    assert an.say("remind me once") == "I will remind you once. When would be good?"
    an.say("1")
    school.wait(days=1)
    assert "https://binhdanhocvuso.gov.vn" in an.receive()
    assert "Noted as your own word: course finished." in an.say("course finished")


def test_it_is_in_the_help_of_everybody(school: School) -> None:
    for talk in (school.pupil("An"), school.elder("bà"), school.teacher(), school.officer()):
        assert "khoa hoc" in fold(talk.say("/help").replace("khoahoc", ""))


def test_it_is_part_of_ones_own_data_and_erased_with_it(school: School) -> None:
    an = school.pupil("An")
    says(an, "Có chứng nhận")
    co = school.teacher()
    co.say("/khoahoc")
    co.tap("Xem từng người")
    co.tap("Đã đối chiếu An")
    assert "Tự khai về khóa học quốc gia: có chứng nhận" in an.say("/dulieu")
    co.say("/xoadulieu")
    co.tap("Xóa hết")
    assert "Thầy cô đã đối chiếu." in an.say("/khoahoc")  # that it was compared stays; by whom does not
    an.say("/xoadulieu")
    an.tap("Xóa hết")
    assert history(school, an) == []


@pytest.mark.parametrize("seed", range(3))
def test_the_counts_by_state_are_all_the_people(school: School, seed: int) -> None:
    chance = Random(seed)
    an, ba = family(school)
    people = [an, ba, *(school.pupil(name) for name in ("Bình", "Chi", "Dũng"))]
    co = school.teacher()
    for _ in range(20):
        talk = chance.choice(people)
        talk.say("/khoahoc")
        talk.choose(chance.choice([choice for choice in values(talk) if choice.startswith("course_say")]))
        if chance.random() < 0.3:
            talk.say("/khoahoc")
            if "Việc khác" in talk.labels:
                talk.tap("Việc khác")
                talk.tap("Bỏ lời khai")
        said = co.say("/khoahoc").splitlines()
        sums = [[int(number) for number in re.findall(r"(?:^• |: |· )(\d+)", line)] for line in said[1:4]]
        assert [counts[0] for counts in sums] == [4, 1, 1]
        assert all(counts[0] == sum(counts[1:]) for counts in sums)


def values(talk: Talk) -> list[str]:
    return [choice.value for reply in talk.replies for choice in reply.choices]
