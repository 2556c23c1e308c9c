"""What somebody wants of the reminders."""

from datetime import date

import pytest

from bot.rules import wishes

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    "said",
    [
        "dừng nhắc",
        "Dừng nhắc!",
        "dung nhac",
        "DUNG NHAC",
        "thôi nhắc đi",
        "thôi đừng nhắc nữa",
        "đừng nhắc bà nữa nhé",
        "cho bà dừng nhắc",
        "bot ơi đừng nhắc nữa ạ",
        "em không muốn nhắc nữa",
        "ko nhắc nữa",
        "khỏi nhắc",
        "tắt lời nhắc",
        "tắt nhắc nhở",
        "hủy lịch nhắc",
        "huỷ nhắc",
        "dạ thôi khỏi nhắc tôi nữa ạ",
        "đừng nhắn tin nữa",
        "đừng gửi nữa",
        "thoi dung nhac nua",
        "không cần nhắc đâu",
        "ngừng nhắc học",
        "ngưng nhắc",
        "ngung nhac di",
        "stop",
        "STOP",
        "stop reminders",
        "Stop reminding me please",
        "don't remind me anymore",
        "turn off reminders",
        "unsubscribe",
        "no more reminders",
    ],
)
def test_an_end_is_understood_however_it_is_said(said: str) -> None:
    assert wishes.stop(said, WEDNESDAY) == ()


@pytest.mark.parametrize(
    "said",
    [
        "",
        "đúng nhắc",
        "nhắc em",
        "nhắc",
        "em chỉ bà dừng nhắc hẹn trên điện thoại 20p",
        "giúp bà tắt nhắc zalo 10 phút, bà làm được",
        "bà không cần con nhắc mà tự làm được rồi",
        "dừng",
        "không",
        "thôi",
        "đừng lo",
        "tạm dừng nhắc một tuần",
        "nghỉ nhắc",
        "dừng nhắc đến 5/12",
        "I helped grandma stop the reminders on Zalo for 20 minutes",
        "dừng nhắc " * 20,
    ],
)
def test_no_other_sentence_ends_the_reminders(said: str) -> None:
    assert wishes.stop(said, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("said", "until"),
    [
        ("nghỉ nhắc đến 5/12", "2026-12-05"),
        ("nghi nhac den 5/12", "2026-12-05"),
        ("Nghỉ nhắc tới ngày 5 tháng 12 nhé.", "2026-12-05"),
        ("tạm dừng nhắc đến hết 5/12", "2026-12-06"),
        ("dừng nhắc đến 5/12/2026 ạ", "2026-12-05"),
        ("tạm dừng nhắc đến 2/1", "2027-01-02"),
        ("tạm dừng nhắc một tuần", "2026-12-02"),
        ("tam dung nhac 1 tuan", "2026-12-02"),
        ("tạm nghỉ nhắc 2 tuần", "2026-12-09"),
        ("nghỉ nhắc bà 3 hôm nhé", "2026-11-28"),
        ("ngừng nhắc 2 tuần", "2026-12-09"),
        ("cho bà nghỉ nhắc 10 ngày", "2026-12-05"),
        ("nghỉ nhắc trong vài hôm", "2026-11-28"),
        ("hoãn nhắc nửa tháng", "2026-12-10"),
        ("nghỉ nhắc một tháng", "2026-12-25"),
        ("nghỉ nhắc hết tuần này", "2026-11-30"),
        ("nghỉ nhắc đến hết tuần", "2026-11-30"),
        ("nghỉ nhắc tuần này", "2026-11-30"),
        ("nghỉ nhắc đến tuần sau", "2026-11-30"),
        ("nghỉ nhắc đến hết tháng", "2026-12-01"),
        ("nghỉ nhắc hôm nay", "2026-11-26"),
        ("tối nay nghỉ nhắc", None),
        ("đừng nhắc hôm nay", "2026-11-26"),
        ("nghỉ nhắc đến thứ hai", "2026-11-30"),
        ("nghỉ nhắc đến thứ 4", "2026-12-02"),
        ("nghỉ nhắc đến hết chủ nhật", "2026-11-30"),
        ("nghi nhac den cn", "2026-11-29"),
        ("pause reminders until 5/12", "2026-12-05"),
        ("pause reminders for 2 weeks", "2026-12-09"),
        ("pause until monday", "2026-11-30"),
        ("snooze reminders for three days", "2026-11-28"),
        ("nghỉ nhắc", ""),
        ("tạm dừng nhắc", ""),
        ("tam dung nhac nhe", ""),
        ("pause reminders", ""),
        ("nghỉ nhắc đến 25/11", None),
        ("nghỉ nhắc đến 31/2", None),
        ("nghỉ nhắc 900 ngày", None),
        ("nghỉ nhắc bà uống thuốc", None),
        ("dừng nhắc", None),
        ("nhắc em đến 5/12", None),
        ("giúp bà nghỉ nhắc đến 5/12 20p", None),
    ],
)
def test_a_rest_ends_on_the_day_that_was_said(said: str, until: str | None) -> None:
    assert wishes.rest(said, WEDNESDAY) == (None if until is None else (until,))
