"""Reminders: chosen, sent, paused, stopped."""

from datetime import datetime, timedelta

import pytest

from tests.talk import School, Talk


def reminded(school: School, day: str = "Thứ Bảy", hour: str = "19:00") -> Talk:
    an = school.pupil("An")
    an.say("nhắc em")
    while day not in an.labels:
        an.tap("Ngày khác")
    an.tap(day)
    an.tap(hour)
    return an


def at(school: School, day: int, hour: int, minute: int = 0) -> None:
    school.now = datetime(2026, 11, day, hour, minute, tzinfo=school.now.tzinfo)


def test_the_person_picks_day_and_hour(school: School) -> None:
    an = school.pupil("An")
    an.say("nhắc")
    an.tap("Thứ Bảy")
    assert an.labels == ["15:00", "17:00", "19:00", "20:00"]
    assert "thứ Bảy 28/11, 19:00" in an.tap("19:00")
    assert "thứ Bảy lúc 19:00" in an.say("/nhac")


def test_a_reminder_comes_once_at_its_time_every_week(school: School) -> None:
    an = reminded(school)
    at(school, 28, 18, 59)
    assert school.deliver() == []
    at(school, 28, 19, 0)
    ((address, reply),) = school.deliver()
    assert address == an.who.address
    assert "An ơi, tuần này em giúp ai chưa" in reply.text
    assert school.deliver() == []
    school.wait(days=7)
    assert len(school.deliver()) == 1


def test_the_buttons_of_a_reminder_work(school: School) -> None:
    an = reminded(school)
    at(school, 28, 19)
    ((_address, reply),) = school.deliver()
    an.replies = (reply,)
    assert "Em giúp ai?" in an.tap("Ghi buổi giúp")


def test_who_has_helped_this_week_is_not_reminded(school: School) -> None:
    an = reminded(school)
    an.say("giúp bà ngoại gọi video zalo 20p, bà tự làm được")
    an.tap("Đúng, ghi lại")
    at(school, 28, 19)
    assert school.deliver() == []
    assert school.outbox() == [("dropped", "nothing left to say")]


def test_stop_stops_everything_at_once_even_what_is_on_its_way(school: School) -> None:
    an = reminded(school)
    at(school, 28, 19)
    with school.database.transaction() as store:
        from bot import turns

        turns.tick(store, school.now)
    assert "dừng nhắc rồi" in an.say("dừng nhắc")
    assert school.deliver() == []
    assert school.outbox() == [("dropped", "the person stopped reminders")]
    school.wait(days=7)
    assert school.deliver() == []


def test_a_pause_ends_by_itself(school: School) -> None:
    an = reminded(school)
    an.say("nhắc")
    an.tap("Tạm dừng")
    assert "thứ Tư 2/12" in an.tap("1 tuần")
    at(school, 28, 19)
    assert school.deliver() == []
    assert school.outbox() == [("dropped", "the person paused reminders")]
    assert "tạm dừng đến thứ Tư 2/12" in an.say("nhắc")
    school.wait(days=7)
    assert len(school.deliver()) == 1


@pytest.mark.parametrize(
    ("said", "until"),
    [("nghỉ nhắc đến 5/12", "thứ Bảy 5/12"), ("tam dung nhac mot tuan", "thứ Tư 2/12")],
)
def test_a_pause_is_said_in_a_sentence_in_the_middle_of_anything(school: School, said: str, until: str) -> None:
    an = reminded(school)
    an.say("giúp bà ngoại gọi video zalo 20p")
    assert f"nghỉ nhắc đến {until}" in an.say(said)
    at(school, 28, 19)
    assert school.deliver() == []


def test_a_pause_without_a_day_asks_how_long_and_can_end_early(school: School) -> None:
    an = reminded(school)
    assert "bao lâu" in an.say("nghỉ nhắc")
    an.tap("2 tuần")
    assert "Hằng tuần" in an.tap("Nhắc lại ngay")
    at(school, 28, 19)
    assert len(school.deliver()) == 1


def test_who_asks_for_a_reminder_during_a_pause_gets_it(school: School) -> None:
    an = reminded(school)
    an.say("nghỉ nhắc một tháng")
    an.say("nhắc")
    an.tap("Đổi ngày giờ")
    an.tap("Chủ nhật")
    an.tap("15:00")
    at(school, 29, 15)
    assert len(school.deliver()) == 1


@pytest.mark.parametrize("said", ["dung nhac", "thôi đừng nhắc nữa", "Bot ơi, khỏi nhắc em nữa ạ!", "stop reminders"])
def test_stop_is_understood_in_the_middle_of_anything_and_planned_reminders_go_too(school: School, said: str) -> None:
    an = reminded(school)
    an.say("giúp bà ngoại gọi video zalo 20p")
    assert "dừng nhắc rồi" in an.say(said)
    an.say("nhắc")
    an.tap("Thứ Bảy")
    an.tap("17:00")
    at(school, 28, 17)
    assert len(school.deliver()) == 1


def test_stopping_forgets_what_was_planned_for_later_even_when_reminders_come_back(school: School) -> None:
    an = school.pupil("An")
    an.say("giúp bà ngoại gọi video zalo 20p, bà bị vướng")
    an.tap("Đúng, ghi lại")
    with school.database.transaction() as store:
        row = {"key": "p", "person_id": an.person(store).id, "kind": "plan", "about": "x||", "urgency": 1}
        store.write_outbox([{**row, "free_at": school.now + timedelta(days=1), "written_at": school.now}])
    an.say("dừng nhắc")
    an.say("nhắc")
    an.tap("Thứ Bảy")
    an.tap("15:00")
    school.wait(days=1)
    assert school.deliver() == []


def test_on_holidays_nobody_is_reminded(school: School) -> None:
    reminded(school)
    school.now = datetime(2027, 1, 30, 18, 0, tzinfo=school.now.tzinfo)
    school.deliver()
    for day in (30, 37, 44):
        school.now = datetime(2027, 1, 1, 19, 0, tzinfo=school.now.tzinfo) + timedelta(days=day - 1)
        assert school.deliver() == []
    assert school.outbox()[1:] == [("dropped", "these are holidays")] * 3
    school.now = datetime(2027, 2, 20, 19, 0, tzinfo=school.now.tzinfo)
    assert len(school.deliver()) == 1


def test_in_exam_weeks_a_pupil_is_reminded_once(school: School) -> None:
    an = reminded(school)
    an.say("nhắc")
    an.tap("Thêm một lần nữa")
    an.tap("Chủ nhật")
    an.tap("15:00")
    teacher = school.teacher()
    teacher.say("tuần thi")
    assert "23/11–29/11 là tuần thi" in teacher.tap("Tuần này")
    at(school, 28, 19)
    assert len(school.deliver()) == 1
    at(school, 29, 15)
    assert school.deliver() == []
    assert school.outbox()[-1] == ("dropped", "the week had its reminders")
    school.wait(days=7)
    assert len(school.deliver()) == 1


def test_the_night_is_the_persons_own_and_no_reminder_is_set_into_it(school: School) -> None:
    me = school.elder("cô")
    me.say("giờ yên lặng")
    assert me.labels == ["20:00–8:00", "22:00–6:00", "Đổi múi giờ", "Để nguyên"]
    assert "từ 20:00 đến 8:00" in me.tap("20:00–8:00")
    me.say("nhắc")
    me.tap("Chủ nhật")
    assert me.labels == ["9:00", "10:00"]
    me.tap("9:00")
    me.say("giờ yên lặng")
    assert "20:00–8:00" not in me.labels


def test_a_night_that_would_swallow_a_reminder_is_not_offered(school: School) -> None:
    me = school.elder("cô")
    me.say("nhắc")
    me.tap("Chủ nhật")
    me.tap("20:30")
    me.say("giờ yên lặng")
    assert "20:00–8:00" not in me.labels


def test_somebody_abroad_is_reminded_by_the_clock_there(school: School) -> None:
    me = school.elder("bác")
    me.say("nhắc")
    me.tap("Chủ nhật")
    me.tap("9:30")
    me.say("múi giờ")
    while "Đức, Pháp, Séc" not in me.labels:
        me.tap("Nơi khác")
    assert "bây giờ là 13:30" in me.tap("Đức, Pháp, Séc")
    at(school, 29, 9, 30)
    assert school.deliver() == []
    at(school, 29, 15, 29)  # 9:29 in Berlin
    assert school.deliver() == []
    at(school, 29, 15, 30)
    assert len(school.deliver()) == 1
    school.now = datetime(2027, 3, 29, 12, 0, tzinfo=school.now.tzinfo)  # it is summer time there now
    assert school.deliver() == []
    school.now = datetime(2027, 4, 4, 14, 30, tzinfo=school.now.tzinfo)
    assert len(school.deliver()) == 1


def test_at_most_two_reminders_a_week(school: School) -> None:
    an = reminded(school)
    an.say("nhắc")
    an.tap("Thêm một lần nữa")
    an.tap("Chủ nhật")
    saved = an.value("15:00")
    an.tap("15:00")
    an.say("nhắc")
    assert "Thêm một lần nữa" not in an.labels
    assert "nhiều nhất 2 lần" in an.choose(saved)


def test_a_reminder_missed_while_the_machine_slept_is_skipped_and_the_next_one_comes(school: School) -> None:
    reminded(school)
    at(school, 29, 8)
    assert school.deliver() == []
    assert school.outbox() == [("dropped", "it comes too late to make sense")]
    school.now = datetime(2026, 12, 5, 19, 0, tzinfo=school.now.tzinfo)
    assert len(school.deliver()) == 1


def test_an_elder_is_reminded_of_the_next_lesson_at_an_elders_hour(school: School) -> None:
    ba = school.elder("bà")
    ba.say("nhắc học")
    ba.tap("Thứ Tư")
    assert ba.labels == ["8:30", "9:30", "15:30", "16:30", "19:45"]
    ba.tap("9:30")
    school.now = datetime(2026, 12, 2, 9, 30, tzinfo=school.now.tzinfo)
    ((_address, reply),) = school.deliver()
    assert "Mình học bài “Bật, tắt, khóa và sạc điện thoại” nhé" in reply.text
