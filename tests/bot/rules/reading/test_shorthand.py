"""Shorthand is written out, and slips of the keyboard are undone into known words only."""

import pytest

from bot.rules.reading.shorthand import Shorthand
from bot.rules.reading.tokens import token

SHORTHAND = Shorthand({"hnay": "hôm nay", "h": "giờ", "h nay": "hôm nay", "đc": "được", "AI": "trí tuệ nhân tạo"})
SHORTHAND.learn([token(word) for word in ["bà", "nội", "chỉ", "mã", "em", "dạy", "bác", "tự", "gọi", "được"]])


@pytest.mark.parametrize(
    ("line", "full"),
    [
        ("hnay e dạy", "hôm nay e dạy"),
        ("h nay", "hôm nay"),
        ("1h", "1 giờ"),
        ("hỏi AI", "hỏi trí tuệ nhân tạo"),
        ("hỏi ai", "hỏi ai"),
        ("emdạy bànội", "em dạy bà nội"),
        ("bácc", "bác"),
        ("dayj", "dạy"),
        ("dyạ", "dạy"),  # two letters changed about
        ("nộị", "nội"),
        ("duocj", "được"),  # the marks of the vowels forgotten
        ("chĩ", "chỉ"),  # ngã for hỏi, as half the country says it
        ("mả", "mã"),
        ("cccd", "cccd"),  # not a stretched "cd"
        ("zzz", "z"),
    ],
)
def test_a_line_is_written_out(line: str, full: str) -> None:
    tokens, _ = SHORTHAND.read(line)
    assert [(found.letters, found.tone) for found in tokens] == [
        (meant.letters, meant.tone) for meant in map(token, full.split())
    ]


@pytest.mark.parametrize(("line", "marked"), [("day ba noi đc", False), ("dạy ba noi", True), ("", False)])
def test_abbreviations_do_not_make_a_line_marked(line: str, marked: bool) -> None:
    assert SHORTHAND.read(line)[1] is marked
