"""How long: units, halves, ranges, clock times, so much each."""

import pytest

from tests.bot.rules.reading.conftest import Read

LENGTHS = [
    ("30p", 30), ("45ph", 45), ("15'", 15), ("20 mins", 20), ("20 phút", 20), ("20 phut", 20),
    ("1h15", 75), ("1h 30", 90), ("1g30", 90), ("1h", 60), ("2 tiếng", 120), ("2 tieng", 120), ("1 giờ", 60),
    ("1 tiếng 15", 75), ("1 tiếng 15 phút", 75), ("một tiếng mười lăm phút", 75), ("một tiếng mười lăm", 75),
    ("nửa tiếng", 30), ("nua tieng", 30), ("nữa giờ", 30), ("1/2 tiếng", 30), ("0,5 giờ", 30), ("1,5h", 90),
    ("tiếng rưỡi", 90), ("1 tiếng rưỡi", 90), ("một giờ rưỡi", 90), ("hai tiếng rưỡi", 150), ("2h rưỡi", 150),
    ("1 tiếng kém 15", 45), ("gần 40 phút", 40), ("hơn nửa tiếng", 30), ("khoảng hai mươi phút", 20),
    ("hai lăm phút", 25), ("ba mươi phút", 30), ("ba muoi phut", 30), ("hăm lăm phút", 25), ("mười lăm phút", 15),
    ("15-20p", 15), ("15p-20p", 15), ("20 đến 30 phút", 20), ("1-2 tiếng", 60),
    ("từ 19h đến 19h30", 30), ("7h–7h45", 45), ("từ 7 giờ tới 8 giờ", 60), ("19:30 - 20:15", 45),
    ("từ 7h đến 8h tối", 60),
    ("lúc 8h", None), ("8h tối", None), ("20h00", None), ("20h00, 15p", 15),
    ("2 buổi mỗi buổi 30p", 60), ("3 ngày x 10p", 30), ("mỗi ngày 10p từ thứ 2 đến thứ 4", 30), ("3 lần, 10p", 10),
    ("tổng 1h", 60), ("10p rồi thêm 15p", 25), ("cả buổi sáng", None), ("một lúc", None), ("bật 4g", None),
    ("3 phần tư tiếng", 45), ("1/4 tiếng", 15), ("3 chục phút", 30), ("10 phú", 10), ("tối qua và tối nay, mỗi tối 10 phút", 20),
    ("30 phút, mỗi người 15 phút", 30), ("bài 3 - 20p", 20), ("nghe bai choi 20 phut", 20), ("5-10p", 5), ("nửa giờ, từ 6 giờ tới 6 giờ rưỡi", 30), ("được 5p thôi", 5), ("gói 30 phút", None), ("half an hour", 30), ("an hour", 60), ("72 tuổi, 10p", 10), ("50k, 10p", 10),
]  # fmt: skip


@pytest.mark.parametrize(("words", "minutes"), LENGTHS)
def test_a_length_is_read(read: Read, words: str, minutes: int | None) -> None:
    assert read(f"em dạy bà zalo {words}").minutes == minutes


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("em dạy ông nội, bà nội zalo, mỗi người 20p", 40),
        ("mỗi người 10 phút: em dạy bố mẹ zalo", 20),
        ("em dạy ông 10p, bà 15p zalo", 25),
        ("15-20p em chỉ mẹ tải app cho em học bài", 15),
        ("em dạy bố chặn số lạ với đổi hình nền, mỗi việc 10 phút", 20),
        ("em dạy em gái bớt xem tiktok, giới hạn 1 tiếng, dạy 10p", 10),
    ],
)
def test_so_much_each_is_multiplied_and_parts_are_added(read: Read, line: str, minutes: int) -> None:
    assert read(line).minutes == minutes


def test_a_length_in_words_is_no_person(read: Read) -> None:
    assert read("ba muoi phut em day me zalo").relatives == ("ME",)
