"""Syllables fall into letters and tone however they were typed."""

import unicodedata

import pytest

from bot.rules.reading.tokens import from_telex, from_vni, token, words

KNOWN = {("ba", "\u0300"), ("nôi", "\u0323"), ("đươc", "\u0323"), ("ngoai", "\u0323"), ("goi", "\u0323")}


@pytest.mark.parametrize(
    ("typed", "same"), [("hòa", "hoà"), ("thủy", "thuỷ"), ("ngoại", "ngọai"), ("gọi", "goị"), ("hướng", "hứơng")]
)
def test_the_place_of_the_tone_does_not_matter(typed: str, same: str) -> None:
    one, other = token(typed), token(same)
    assert (one.letters, one.tone, one.bare) == (other.letters, other.tone, other.bare)


def test_a_token_keeps_its_letters_its_tone_and_its_bare_form() -> None:
    found = token("được")
    assert (found.letters, found.tone, found.bare, found.marked) == ("đươc", "\u0323", "duoc", True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Bà NỘI, 30p", ["bà", "nội", ",", "30", "p"]),
        ("1h15", ["1", "h", "15"]),
        ("0,5 giờ", ["0,5", "giờ"]),
        ("15’", ["15", "'"]),
        ("chàooo bà ơiiii", ["chào", "bà", "ơi"]),
        ("ck 50k, 500.000đ", ["ck", "₫", ",", "₫"]),
        ("hỏi AI nhé", ["hỏi", "AI", "nhé"]),
        ("HỎI AI ĐI", ["hỏi", "ai", "đi"]),
        ("mk là •••", ["mk", "là", "•••"]),
    ],
)
def test_a_line_falls_into_words(line: str, expected: list[str]) -> None:
    assert words(line) == expected


def test_marks_typed_apart_are_put_together() -> None:
    assert words(unicodedata.normalize("NFD", "bà nội được")) == ["bà", "nội", "được"]


@pytest.mark.parametrize(
    ("typed", "meant"), [("baf", "bà"), ("nooij", "nội"), ("dduwowcj", "được"), ("zalo", "zalo"), ("max", "max")]
)
def test_telex_is_undone_only_into_known_words(typed: str, meant: str) -> None:
    assert _same(from_telex(typed, KNOWN), meant)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ba2 no6i5", "bà nội"), ("ba2 noi65", "bà nội"), ("ngoai5", "ngoại"), ("20p 4g lv2 t7", "20p 4g lv2 t7")],
)
def test_vni_is_undone_only_into_known_words(typed: str, meant: str) -> None:
    found = [token(word) for word in from_vni(typed, KNOWN).split()]
    assert [(word.letters, word.tone) for word in found] == [(token(w).letters, token(w).tone) for w in meant.split()]


def _same(one: str, other: str) -> bool:
    return (token(one).letters, token(one).tone) == (token(other).letters, token(other).tone)
