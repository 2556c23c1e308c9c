"""Which day, in days from Wednesday 25 November 2026."""

import pytest

from tests.bot.rules.reading.conftest import Read

DAYS = [
    ("hôm nay", 0), ("hnay", 0), ("nay", 0), ("sáng nay", 0), ("bữa ni", 0), ("nãy", 0), ("tuần này", 0), ("", 0),
    ("hôm qua", -1), ("hqua", -1), ("tối qua", -1), ("hum qua", -1), ("bữa qua", -1),
    ("hồi hôm", -1), ("toi hom qua", -1),
    ("hôm kia", -2), ("bữa kia", -2), ("tối hôm kia", -2), ("hôm kìa", -3), ("yesterday", -1), ("2 days ago", -2),
    ("3 ngày trước", -3), ("cách đây 4 ngày", -4), ("cách đây 2 tuần", -14), ("hai hôm trước", -2),
    ("hôm nọ", None), ("bữa hổm", None), ("mấy hôm trước", None), ("mùng 5", None),
    ("chủ nhật vừa rồi", -3), ("cn", -3), ("hôm thứ 3", -1), ("t7", -4), ("thứ hai", -2),
    ("thứ sáu", -5), ("thứ tư", 0),
    ("thứ tư vừa rồi", -7), ("thứ 7 tuần trước", -4), ("thứ 2 tuần trước", -9), ("tuần trước thứ 5", -6),
    ("cn tuần trc", -3), ("thứ hai tuần này", -2), ("thứ sáu tuần này", None),
    ("cuối tuần vừa rồi", -4), ("tuần trước", -7),
    ("20/11", -5), ("ngày 20/11", -5), ("25/11", 0), ("20-11", -5), ("ngày 20 tháng 11", -5), ("20/11/2026", -5),
    ("ngày 22", -3), ("26/11", -364), ("tối wa", -1), ("hôm qau", -1), ("hồi khuya", -1), ("từ thứ 2 đến thứ 4", 0),
]  # fmt: skip


@pytest.mark.parametrize(("words", "offset"), DAYS)
def test_a_day_is_read(read: Read, words: str, offset: int | None) -> None:
    assert read(f"{words} em dạy bà gọi zalo 10p").date_offset_days == offset


def test_news_of_a_later_day_leaves_the_day_of_the_help(read: Read) -> None:
    assert read("hôm kia em dạy mợ zalo 10p, bữa nay mợ gọi được rồi").date_offset_days == -2
    assert read("hôm kia em dạy mợ zalo 10p, hôm qua em dạy tiếp 10p").date_offset_days == -1


@pytest.mark.parametrize(
    "line",
    [
        "em dạy mẹ t 5p zalo",
        "em chỉ bà trả tiền qua app 10-12p",
        "thứ lỗi em dạy bà zalo 10p",
        "em dạy bà zalo, tới lần thứ hai bà nhớ",
        "em dạy bà zalo, thẻ hết hạn từ tháng trước",
    ],
)
def test_a_number_beside_a_length_is_no_day(read: Read, line: str) -> None:
    assert read(line).date_offset_days == 0
