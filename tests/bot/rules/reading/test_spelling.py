"""When two syllables may be the same word."""

import pytest

from bot.rules.reading.spelling import fits, one_slip, said_alike, sound
from bot.rules.reading.tokens import token


@pytest.mark.parametrize(
    ("written", "meant", "expected"),
    [
        ("ba", "bà", True),
        ("bà", "bà", True),
        ("bá", "bà", False),
        ("nhâp", "nhập", True),
        ("nhạp", "nhập", True),
        ("nhặp", "nhập", False),
        ("diện", "điện", False),
        ("dien", "điện", True),
    ],
)
def test_missing_marks_are_forgiven_and_wrong_ones_are_not(written: str, meant: str, expected: bool) -> None:
    assert fits(token(written), token(meant)) is expected


@pytest.mark.parametrize(
    ("written", "meant", "expected"),
    [
        ("đượt", "được", True),
        ("hiễu", "hiểu", True),
        ("chuôn", "chuông", True),
        ("sóa", "xóa", True),
        ("nời", "lời", True),
        ("đượt", "đước", False),
        ("hướn", "hương", False),
        ("tiền", "tiến", False),
    ],
)
def test_marks_and_vowels_agree_where_a_region_hears_the_same(written: str, meant: str, expected: bool) -> None:
    assert said_alike(token(written), token(meant)) is expected


@pytest.mark.parametrize(("one", "other"), [("nua", "lua"), ("chac", "trac"), ("xac", "sac"), ("khoang", "khoan")])
def test_words_that_sound_alike_share_a_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("written", "meant", "expected"),
    [
        ("kahm", "kham", True),
        ("shoppe", "shopee", True),
        ("huog", "huong", True),
        ("khm", "kham", True),
        ("km", "kham", False),
    ],
)
def test_one_letter_may_be_wrong(written: str, meant: str, expected: bool) -> None:
    assert one_slip(written, meant) is expected
