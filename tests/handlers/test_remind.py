"""Reminders: chosen, sent, paused, stopped."""

from datetime import datetime

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
    assert "tạm dừng đến thứ Tư 2/12" in an.say("nhắc")
    school.wait(days=7)
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
    assert school.outbox() == []
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
