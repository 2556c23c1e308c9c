"""The spoken check: a few sessions of last week, by chance."""

from datetime import date, datetime, timedelta

import pytest

from bot.rules import sampling
from db.models import Change
from db.store import Draft
from handlers import sample
from tests.handlers.test_summary import helped
from tests.talk import School, Talk

LAST_WEEK = date(2026, 11, 16)


def told(school: School, talk: Talk, count: int, minutes: int = 20) -> None:
    """So many sessions last week, all on different days or with different people."""
    people = ("BA_NGOAI", "BA_NOI", "ONG_NOI", "ONG_NGOAI", "ME")
    for number in range(count):
        day = school.now - timedelta(days=3 + number % 7)
        relative = people[number // 7 % len(people)]
        school.told(talk, day, Draft(day.date(), minutes + number, False, "TU_LAM", (relative,), ("ZALO_VIDEO",)))


def told_late(school: School, talk: Talk) -> None:
    """A session of last week that is told only now."""
    day = school.now - timedelta(days=5)
    with school.database.transaction() as store:
        store.add_log(talk.person(store), Draft(day.date(), 99, False, "TU_LAM", ("BO",), ("CK",)), school.now)


def one_told(school: School) -> Talk:
    an = school.pupil("An")
    helped(school, an, 8)
    return an


def drawn(school: School) -> list[int]:
    with school.database.transaction() as store:
        return sample.drawn(store, school.room, LAST_WEEK)


def changes(school: School, log_id: int) -> list[Change]:
    with school.database.transaction() as store:
        return store.changes([log_id])


def test_last_weeks_session_is_asked_about_aloud(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    said = teacher.say("kiểm ngẫu nhiên")
    assert "Kiểm ngẫu nhiên, buổi 1/1:\nAn: thứ Ba 17/11 · bà ngoại · gọi video Zalo · 20 phút · tự làm được" in said
    assert "Chưa có người thân xác nhận." in said
    assert "Cô hỏi An vài câu về buổi này" in said
    assert teacher.labels == ["Đúng rồi", "Không đúng", "Để sau"]
    said = teacher.tap("Đúng rồi")
    assert "buổi của An đúng rồi ✓✓\nXong đợt kiểm ngẫu nhiên tuần 16/11–22/11 (1 buổi). Cảm ơn cô!" in said
    (log,) = an.logs()
    assert log.state == "checked"
    (change,) = changes(school, log.id)
    assert (change.state, change.how, change.reason, change.at) == ("checked", "sample", "", school.now)
    assert "Xong đợt" in teacher.say("/kiem")


@pytest.mark.parametrize("said", ["/kiem", "/spotcheck", "kiểm ngẫu nhiên", "kiem ngau nhien", "Spot check"])
def test_the_check_is_found_by_command_and_by_plain_words(school: School, said: str) -> None:
    one_told(school)
    assert "buổi 1/1" in school.teacher().say(said)


@pytest.mark.parametrize(("typed", "state"), [("dung roi", "checked"), ("1", "checked"), ("số 3", "told")])
def test_the_answer_may_be_typed(school: School, typed: str, state: str) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    teacher.say(typed)
    assert an.logs()[0].state == state


def test_what_is_not_right_counts_no_more_and_the_pupil_hears_it_kindly_once(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    assert "Buổi của An: không đúng, em không tính nữa. Lát nữa em nhắn em ấy nhẹ nhàng." in teacher.tap("Không đúng")
    assert an.logs() == []
    assert an.receive() == ""
    school.wait(minutes=10)
    assert an.receive() == (
        "An ơi, cô xem lại cùng em buổi này nhé: thứ Ba 17/11 · bà ngoại · gọi video Zalo · 20 phút · tự làm được. "
        "Không sao đâu, em kể lại cho cô nghe là được."
    )
    said = an.tap("Xem buổi này")
    assert "Trạng thái: không đúng." in said
    assert "• cô hỏi trực tiếp, không đúng, thứ Tư 25/11 19:30" in said
    school.wait(days=1)
    assert an.receive() == ""


def test_a_slip_is_undone_and_the_pupil_never_hears_of_it(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    teacher.tap("Không đúng")
    assert "Đã hoàn tác.\nKiểm ngẫu nhiên, buổi 1/1:" in teacher.tap("Hoàn tác")
    assert an.logs()[0].state == "told"
    teacher.tap("Đúng rồi")
    school.wait(hours=1)
    assert "xem lại" not in an.receive()
    assert an.logs()[0].state == "checked"


def test_who_was_doubted_undone_and_doubted_again_hears_it_once(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    for label in ("Không đúng", "Hoàn tác", "Không đúng"):
        teacher.tap(label)
    school.wait(hours=1)
    assert an.receive().count("xem lại cùng em") == 1


def test_undoing_leaves_what_the_relative_confirmed(school: School) -> None:
    an = school.pupil("An")
    an.say("hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r")
    for label in ("Đúng, ghi lại", "Đưa máy cho bà ngoại", "Đúng rồi"):
        an.tap(label)
    school.wait(days=7)
    teacher = school.teacher()
    assert "bà ngoại xác nhận trên máy của An, thứ Tư 25/11 19:30" in teacher.say("/kiem")
    teacher.tap("Đúng rồi")
    teacher.tap("Hoàn tác")
    assert an.logs()[0].state == "confirmed"


def test_an_old_undo_button_undoes_nothing_newer(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    teacher.tap("Không đúng")
    undo = teacher.value("Hoàn tác")
    teacher.tap("Hoàn tác")
    teacher.tap("Đúng rồi")
    assert "không hoàn tác được" in teacher.choose(undo)
    assert an.logs()[0].state == "checked"


def test_later_goes_on_to_the_next_and_comes_back(school: School) -> None:
    told(school, school.pupil("An"), 25)
    teacher = school.teacher()
    assert "buổi 1/2" in teacher.say("/kiem")
    assert "buổi 2/2" in teacher.tap("Để sau")
    said = teacher.tap("Đúng rồi")
    assert "Còn 1 buổi để sau" in said
    assert teacher.labels == ["Hoàn tác", "Kiểm tiếp", "Trang chính"]
    assert "buổi 1/2" in teacher.tap("Kiểm tiếp")
    assert "Còn 1 buổi để sau" in teacher.tap("Để sau")
    school.wait(days=1)
    assert "buổi 1/2" in teacher.say("/kiem")


def test_what_was_approved_on_paper_is_still_asked_about_aloud(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/duyet")
    teacher.tap("Duyệt 1 buổi này")
    teacher.say("/kiem")
    teacher.tap("Đúng rồi")
    assert [(change.state, change.how) for change in changes(school, an.logs()[0].id)] == [
        ("checked", "teacher"),
        ("checked", "sample"),
    ]
    assert "buổi 1/1" in teacher.tap("Hoàn tác")
    assert an.logs()[0].state == "checked"


def test_what_was_taken_back_before_the_draw_is_not_drawn_and_afterwards_falls_out(school: School) -> None:
    an, binh = school.pupil("An"), school.pupil("Bình")
    helped(school, an, 8)
    helped(school, binh, 8)
    an.say("/rutlai")
    an.tap("Rút lại")
    school.wait(seconds=1)
    teacher = school.teacher()
    assert "Bình: " in teacher.say("/kiem")
    binh.say("/rutlai")
    binh.tap("Rút lại")
    assert "không còn chờ kiểm" in teacher.tap("Đúng rồi")
    assert "Xong đợt" in teacher.say("/kiem")
    assert binh.logs() == []


def test_who_has_left_is_not_asked_about(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    an.say("/rutdongy")
    assert "Xong đợt" in teacher.say("/kiem")


def test_this_weeks_sessions_are_not_drawn_yet(school: School) -> None:
    helped(school, school.pupil("An"), 1)
    teacher = school.teacher()
    assert "không có buổi nào để kiểm" in teacher.say("/kiem")
    assert drawn(school) == []


def test_years_later_the_seed_gives_the_same_sessions_whatever_became_of_them(school: School) -> None:
    an, binh = school.pupil("An"), school.pupil("Bình")
    told(school, an, 30)
    told(school, binh, 35, minutes=60)
    teacher = school.teacher()
    teacher.say("/kiem")
    first = drawn(school)
    assert len(first) == 4
    teacher.tap("Không đúng")
    told_late(school, an)
    for talk in (an, binh):
        for _ in range(20):
            talk.say("/rutlai")
            talk.tap("Rút lại")
    teacher.say("/duyet")
    teacher.tap("Duyệt 5 buổi này")
    school.wait(days=800)
    assert drawn(school) == first
    with school.database.transaction() as store:
        kept = store.sample(school.room, LAST_WEEK)
        assert kept is not None
        assert len(kept.seed) == 16
        pool = sample.pool(store, school.room, LAST_WEEK, kept.drawn_at)
        assert len(pool) == 65
        assert sampling.pick(kept.seed, pool) == first


def test_a_session_told_or_taken_back_in_the_second_of_the_draw_changes_no_draw(school: School) -> None:
    an = school.pupil("An")
    told(school, an, 21)
    school.teacher().say("/kiem")
    first = drawn(school)
    told_late(school, an)
    an.say("/rutlai")
    an.tap("Rút lại")
    assert drawn(school) == first


def test_a_draw_is_kept_once(school: School) -> None:
    one_told(school)
    school.teacher().say("/kiem")
    with school.database.transaction() as store:
        before = store.sample(school.room, LAST_WEEK)
        store.draw(school.room, LAST_WEEK, "another", school.now)
        after = store.sample(school.room, LAST_WEEK)
        assert before is not None
        assert after is not None
        assert after.seed == before.seed


def test_an_empty_week_is_drawn_when_the_first_late_session_comes(school: School) -> None:
    an = school.pupil("An")
    teacher = school.teacher()
    teacher.say("/kiem")
    helped(school, an, 5)
    assert "buổi 1/1" in teacher.say("/kiem")


def test_mondays_summary_and_the_week_lead_to_the_check_while_something_is_open(
    school: School, monday: datetime
) -> None:
    an = school.pupil("An")
    helped(school, an, 1)
    teacher = school.teacher()
    school.now = monday
    teacher.receive()
    assert "buổi 1/1" in teacher.tap("Kiểm 1 buổi ngẫu nhiên")
    teacher.say("/lop")
    teacher.tap("Kiểm 1 buổi ngẫu nhiên")
    teacher.tap("Đúng rồi")
    teacher.say("/lop")
    assert "Kiểm 1 buổi ngẫu nhiên" not in teacher.labels


def test_another_class_and_other_people_have_no_part_in_it(school: School) -> None:
    an = one_told(school)
    teacher, other = school.teacher(), school.teacher("TEACHER7B")
    teacher.say("/kiem")
    right = teacher.value("Đúng rồi")
    assert "không có buổi nào để kiểm" in other.say("/kiem")
    assert "cũ rồi" in other.choose(right)
    assert "chưa hiểu" in an.say("/kiem")
    assert "chưa hiểu" in school.officer().say("/kiem")
    assert an.logs()[0].state == "told"


def test_a_teacher_who_changed_the_class_cannot_decide_with_an_old_button(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    right, later = teacher.value("Đúng rồi"), teacher.value("Để sau")
    teacher.join("TEACHER7B")
    teacher.tap("Đúng, thêm vai")
    assert "không còn chờ kiểm" in teacher.choose(right)
    assert "không có buổi nào" in teacher.choose(later)
    assert an.logs()[0].state == "told"


def test_who_is_no_teacher_any_more_decides_and_undoes_nothing(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    right = teacher.value("Đúng rồi")
    teacher.tap("Không đúng")
    undo = teacher.value("Hoàn tác")
    teacher.say("/rutdongy")
    assert "cũ rồi" in teacher.choose(right)
    assert "cũ rồi" in teacher.choose(undo)
    assert an.logs() == []


def test_what_the_teacher_decided_elsewhere_meanwhile_falls_out(school: School) -> None:
    an = one_told(school)
    teacher = school.teacher()
    teacher.say("/kiem")
    teacher.tap("Không đúng")
    unsay = teacher.value("Hoàn tác")
    teacher.say("/duyet")
    teacher.tap("Các buổi đã duyệt")
    teacher.tap("Buổi 1")
    teacher.tap("Hoàn tác")
    assert an.logs()[0].state == "told"
    assert "không hoàn tác được" in teacher.choose(unsay)
    assert "buổi 1/1" in teacher.say("/kiem")


def test_a_pupil_who_wants_no_messages_gets_none_and_the_teacher_is_not_told_otherwise(school: School) -> None:
    an = one_told(school)
    an.say("dừng nhắc")
    teacher = school.teacher()
    teacher.say("/kiem")
    assert "nhắn em ấy" not in teacher.tap("Không đúng")
    school.wait(hours=1)
    assert an.receive() == ""


def test_nobody_is_written_to_at_night(school: School) -> None:
    an = one_told(school)
    school.wait(hours=1, minutes=25)
    teacher = school.teacher()
    teacher.say("/kiem")
    teacher.tap("Không đúng")
    school.wait(minutes=30)
    assert an.receive() == ""
    school.wait(hours=12)
    assert "xem lại cùng em" in an.receive()


def test_the_same_in_english(school: School) -> None:
    one_told(school)
    teacher = school.teacher()
    teacher.say("/language")
    teacher.tap("English")
    said = teacher.say("spot check")
    assert "Random check, session 1 of 1:\nAn: Tuesday 17 Nov" in said
    assert "No relative has confirmed it yet." in said
    assert "it counts no more" in teacher.tap("Not right")
    assert "Undone." in teacher.tap("Undo")
    assert "is right ✓✓" in teacher.tap("That is right")
