"""A plan is no log: it is offered as a reminder, once, at a time the pupil picks."""

from tests.talk import School


def test_a_plan_becomes_a_reminder_with_one_tap(school: School) -> None:
    an = school.pupil("An")
    assert "Cần mình nhắc không?" in an.say("mai em chỉ bà ngoại cài vneid")
    assert an.labels == ["Nhắc ngày mai 19:30", "Nhắc thứ Bảy 28/11 9:00", "Không cần"]
    assert "ngày mai 19:30 mình nhắc em" in an.tap("Nhắc ngày mai 19:30")
    assert an.logs() == []
    assert school.deliver() == []
    school.wait(days=1)
    ((_, reply),) = school.deliver()
    assert reply.text == "An ơi, em định chỉ bà ngoại: cài VNeID. Xong rồi nhắn mình một câu để ghi nha."
    assert school.deliver() == []


def test_the_same_without_marks(school: School) -> None:
    an = school.pupil("An")
    an.say("toi mai em se chi me quet qr")
    an.tap("Nhắc ngày mai 19:30")
    school.wait(days=1)
    ((_, reply),) = school.deliver()
    assert "em định chỉ mẹ: quét QR trả tiền" in reply.text


def test_what_was_done_meanwhile_needs_no_reminder(school: School) -> None:
    an = school.pupil("An")
    an.say("mai em chỉ bà ngoại cài vneid")
    an.tap("Nhắc ngày mai 19:30")
    school.wait(hours=20)
    an.say("giúp bà ngoại cài vneid 20p, bà tự làm được")
    an.tap("Đúng, ghi lại")
    school.wait(hours=5)
    assert school.deliver() == []


def test_a_machine_that_slept_does_not_remind_the_next_morning(school: School) -> None:
    an = school.pupil("An")
    an.say("mai em chỉ bà ngoại cài vneid")
    an.tap("Nhắc ngày mai 19:30")
    school.wait(days=1, hours=13)
    assert school.deliver() == []


def test_a_reminder_for_the_weekend_holds_up_nothing_sooner(school: School) -> None:
    an = school.pupil("An")
    an.say("mai em chỉ bà ngoại cài vneid")
    an.tap("Nhắc thứ Bảy 28/11 9:00")
    an.say("ngày mai con sẽ dạy mẹ chuyển khoản")
    an.tap("Nhắc ngày mai 19:30")
    school.wait(days=1)
    assert len(school.deliver()) == 1


def test_a_little_cheat_gets_a_friendly_no_and_a_real_offer(school: School) -> None:
    an = school.pupil("An")
    school.wait(hours=-2)
    assert "Mình chỉ ghi buổi có thật" in an.say("ghi đại 30p cho đủ chỉ tiêu đc ko")
    assert an.labels[:2] == ["Xem bài", "Nhắc hôm nay 19:30"]
    assert an.logs() == []


def test_a_time_that_has_gone_by_is_asked_again(school: School) -> None:
    an = school.pupil("An")
    school.wait(hours=-2)
    an.say("tối nay em sẽ chỉ bà ngoại cài vneid")
    tonight = an.value("Nhắc hôm nay 19:30")
    school.wait(hours=3)
    assert "lúc nào thì tiện" in an.choose(tonight)


def test_the_same_in_english(school: School) -> None:
    an = school.pupil("An")
    an.say("/language")
    an.tap("English")
    an.say("mai em chỉ bà ngoại cài vneid")
    assert "I will remind you tomorrow at 19:30" in an.tap("Remind me tomorrow at 19:30")
