"""The week of a class, for its teacher and for the ward."""

from datetime import datetime, timedelta

from db.models import Unit
from db.store import Draft
from tests.talk import School, Talk


def helped(
    school: School, talk: Talk, days_ago: int, outcome: str = "TU_LAM", relative: str = "BA_NGOAI", minutes: int = 20
) -> None:
    day = school.now - timedelta(days=days_ago)
    school.told(talk, day, Draft(day.date(), minutes, False, outcome, (relative,), ("ZALO_VIDEO",)))


def test_the_summary_says_counts_beside_percentages_and_the_change_with_dates(school: School) -> None:
    an, binh = school.pupil("An"), school.pupil("Bình")
    helped(school, an, 8)
    helped(school, an, 1)
    helped(school, binh, 1, outcome="CO_HO_TRO", relative="ME")
    said = school.teacher().say("/lop")
    assert said.startswith("Lớp 7A, tuần 23/11–29/11 (đến 25/11)\n")
    assert "2/38 em (5%) đã giúp ít nhất 1 người thân; mục tiêu 30 em." in said
    assert "So với tuần 16/11–22/11: +1 em, +1 buổi." in said
    assert "Trong tuần 2 buổi: 2 tự khai · 0 người thân xác nhận · 0 thầy cô đối chiếu." in said
    assert "\n1 người thân tự làm được.\n" in said
    assert "Đọc trước lớp: “Bà ngoại của bạn An tuần này đã tự làm được: gọi video Zalo.”" in said
    assert "Chờ cô: 3 buổi cần duyệt." in said


def test_at_most_three_pupils_need_a_word_the_stuck_ones_first(school: School) -> None:
    names = ["An", "Bình", "Chi", "Dũng", "Giang"]
    people = {name: school.pupil(name) for name in names}
    helped(school, people["An"], 1, outcome="VUONG", relative="BO")
    helped(school, people["An"], 2, outcome="VUONG", relative="BO")
    for _ in range(5):
        helped(school, people["Bình"], 1)
    helped(school, people["Chi"], 30)
    said = school.teacher().say("/lop")
    assert "• An: bố bị vướng gọi video Zalo 2 lần\n• Bình: 5 buổi ghi giống nhau\n• Chi: 4 tuần chưa ghi" in said
    assert "Dũng" not in said


def test_sessions_are_split_by_state_and_what_is_wrong_or_withdrawn_counts_nowhere(school: School) -> None:
    an = school.pupil("An")
    school.wait(days=-4)  # Saturday
    for minutes in (10, 20, 30, 40, 50):
        an.say(f"giúp bà ngoại gọi video zalo {minutes}p, bà tự làm được")
        an.tap("Đúng, ghi lại")
        if minutes in (20, 30):
            an.tap("Đưa máy cho bà ngoại")
            an.tap("Đúng rồi")
        school.wait(days=1)
    an.say("/rutlai")
    an.tap("Rút lại")
    school.wait(days=-1)
    teacher = school.teacher()
    teacher.say("/duyet")
    teacher.tap("Xem từng buổi")
    teacher.tap("Buổi 1")
    teacher.tap("Duyệt")
    said = teacher.say("/lop")
    assert "Trong tuần 2 buổi: 1 tự khai · 1 người thân xác nhận · 0 thầy cô đối chiếu." in said
    assert "Trong tuần 2 buổi: 0 tự khai · 1 người thân xác nhận · 1 thầy cô đối chiếu." in teacher.tap("Tuần trước")
    assert "mới có ít em ghi nên chưa hiện số" in school.officer().say("/lop"), "one pupil's weeks are no statistic"


def test_what_is_odd_is_said_in_words_until_the_teacher_has_looked(school: School) -> None:
    an, binh, chi = (school.pupil(name) for name in ("An", "Bình", "Chi"))
    helped(school, an, 1, minutes=250)
    helped(school, binh, 1)
    helped(school, binh, 1)
    chi.say("giúp mẹ chuyển khoản 10p, mẹ tự làm được")
    for label in ("Đúng, ghi lại", "Đưa máy cho mẹ", "Chưa đúng"):
        chi.tap(label)
    teacher = school.teacher()
    said = teacher.say("/lop")
    assert "• An: 250 phút trong một ngày\n• Bình: ghi hai lần trong một ngày\n• Chi: người thân bảo chưa đúng" in said
    assert teacher.labels == ["Hỏi lại An", "Hỏi lại Bình", "Hỏi lại Chi", "Duyệt buổi ghi", "Chi tiết"]
    teacher.say("/duyet")
    teacher.tap("Xem buổi có dấu ⚠")
    teacher.tap("Buổi 1")
    teacher.tap("Duyệt")
    assert teacher.say("/lop").count(": ghi hai lần") == 1


def test_who_is_asked_about_odd_sessions_looks_through_the_own_book(school: School) -> None:
    an = school.pupil("An")
    helped(school, an, 1, minutes=250)
    teacher = school.teacher()
    teacher.say("/lop")
    teacher.tap("Hỏi lại An")
    assert "An ơi, cô muốn hỏi em thêm về mấy buổi vừa ghi." in an.receive()
    assert an.labels == ["Sổ của em"]


def test_with_three_to_remind_the_checks_come_before_the_week_before(school: School) -> None:
    people = [school.pupil(name) for name in ("An", "Bình", "Chi")]
    for talk in people:
        helped(school, talk, 1, minutes=250)
        helped(school, talk, 8)
    teacher = school.teacher()
    teacher.say("/lop")
    assert teacher.labels == ["Nhắc cả 3 em", "Kiểm 1 buổi ngẫu nhiên", "Duyệt buổi ghi", "Chi tiết", "Tuần trước"]
    assert "tuần 16/11–22/11" in teacher.say("/lop 1")


def test_a_nudge_really_goes_out_once_a_week(school: School) -> None:
    chi = school.pupil("Chi")
    teacher = school.teacher(address="Thầy")
    teacher.say("/lop")
    assert "Đã gửi lời nhắc nhẹ tới Chi" in teacher.tap("Nhắc nhẹ Chi")
    ((address, reply),) = school.deliver()
    assert address == chi.who.address
    assert "Chi ơi, thầy nhắc nhẹ" in reply.text
    teacher.say("/lop")
    assert "đã được nhắc rồi" in teacher.tap("Nhắc nhẹ Chi")
    assert school.deliver() == []


def test_who_stopped_reminders_is_not_nudged(school: School) -> None:
    school.pupil("Chi").say("dừng nhắc")
    teacher = school.teacher()
    teacher.say("/lop")
    assert "đã tắt nhắc" in teacher.tap("Nhắc nhẹ Chi")
    assert school.deliver() == []


def test_every_monday_at_nine_the_teacher_gets_the_week_that_ended(school: School, monday: datetime) -> None:
    an = school.pupil("An")
    helped(school, an, 0)
    teacher = school.teacher()
    school.now = monday
    ((address, reply),) = school.deliver()
    assert address == teacher.who.address
    assert reply.text.startswith("Lớp 7A, tuần 23/11–29/11\n1/38 em")
    assert school.deliver() == []


def test_the_teacher_checks_what_was_shown_and_nothing_else(school: School) -> None:
    an = school.pupil("An")
    for days in range(1, 8):
        helped(school, an, days, minutes=10 * days)
    teacher = school.teacher()
    teacher.say("/duyet")
    assert "Đã duyệt 5 buổi" in teacher.tap("Duyệt 5 buổi này")
    assert [log.state for log in an.logs()].count("checked") == 5
    assert "Đã duyệt 2 buổi" in teacher.tap("Duyệt 2 buổi này")
    assert "Không có buổi nào chờ duyệt" in teacher.replies[1].text


def test_a_teacher_sees_and_touches_only_the_own_class(school: School) -> None:
    an = school.pupil("An")
    helped(school, an, 1)
    teacher, other = school.teacher(), school.teacher("TEACHER7B")
    teacher.say("/lop")
    nudge = teacher.value("Nhắc nhẹ An") if "Nhắc nhẹ An" in teacher.labels else "nudge:1:never"
    teacher.say("/duyet")
    check = teacher.value("Duyệt 1 buổi này")
    assert "0/30 em" in other.say("/lop")
    assert "cũ rồi" in other.choose(nudge)
    assert "cũ rồi" in other.choose(check)
    assert an.logs()[0].state == "told"


def test_the_officer_sees_counts_by_class_and_no_names(school: School) -> None:
    for name in ("An", "Bình", "Chi", "Dũng", "Giang"):
        helped(school, school.pupil(name), 1)
        helped(school, school.pupil(name, "PUPIL7B"), 1)
    said = school.officer().say("/lop")
    assert "Phường Hoa Mai, tuần 23/11–29/11 (đến 25/11)" in said
    assert "10/68 em (15%)" in said
    assert "• Lớp 7A: 5/38 (13%)" in said
    assert "An" not in said.replace("Hoa Mai", "")


def test_who_withdrew_is_counted_but_named_no_more(school: School) -> None:
    an = school.pupil("An")
    helped(school, an, 1)
    an.say("/rutdongy")
    said = school.teacher().say("/lop")
    assert "1/38 em" in said
    assert "Đọc trước lớp" not in said


def test_classes_of_several_schools_are_told_apart(school: School) -> None:
    with school.database.transaction() as store:
        second = store.add_unit(Unit(parent_id=school.ward, kind="school", name="THCS Sao Mai", code="THCS-SAOMAI"))
        store.add_unit(Unit(parent_id=second, kind="class", name="Lớp 7A", code="7A-SAOMAI", size=20))
    said = school.officer().say("/lop")
    assert "• Lớp 7A, THCS Sao Mai: 0/20 (0%)" in said
    assert "• Lớp 7A, THCS Hoa Mai: 0/38 (0%)" in said


def test_pupils_and_elders_get_no_summary(school: School) -> None:
    assert "chưa hiểu" in school.pupil("An").say("/lop")
    assert "chưa hiểu" in school.elder().say("/duyet")


def test_the_teacher_finds_the_code_and_link_of_the_class(school: School) -> None:
    said = school.teacher().tap("Thẻ vào lớp")
    assert "PUPIL7A" in said
    assert "https://hocvuso.example.vn/?join=PUPIL7A" in said
