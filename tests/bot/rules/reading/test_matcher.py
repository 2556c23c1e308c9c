"""Phrases are found with their marks, without them, and with one slip; never against a written mark."""

import pytest

from bot.rules.reading.lexicon import Lexicon
from bot.rules.reading.matcher import Matcher

PHRASES = (
    "gọi (điện) video", "bán * (*) online", "bật|mở wifi", "tắt|khởi_động máy", "lừa đảo", "shopee", "sinh trắc học",
)  # fmt: skip
KIN = ("bà ngoại", "mợ")
MATCHER = Matcher(
    Lexicon(
        tags={"skill": {phrase: (phrase,) for phrase in PHRASES}, "relative": {phrase: (phrase,) for phrase in KIN}},
        abbreviations={"vd": "video", "wf": "wifi"},
        stages={},
        numbers={},
        fillers=("cái", "cho"),
    )
)


def found(line: str) -> set[str]:
    tokens, _ = MATCHER.tokens(line)
    return {tag.value for tag in MATCHER.tags(tokens)}


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("gọi video", "gọi (điện) video"),
        ("goi dien video", "gọi (điện) video"),
        ("gọi vd", "gọi (điện) video"),
        ("gọi cái video", "gọi (điện) video"),
        ("mo wf", "bật|mở wifi"),
        ("khởi động máy", "tắt|khởi_động máy"),
        ("bà ngọai", "bà ngoại"),
        ("ba ngoai", "bà ngoại"),
        ("bàngoại", "bà ngoại"),
        ("nừa đảo", "lừa đảo"),
        ("lua dao", "lừa đảo"),
        ("shoppe", "shopee"),
        ("shope", "shopee"),
        ("sinh chắc học", "sinh trắc học"),
        ("sinh trãc học", "sinh trắc học"),
        ("bán xoài online", "bán * (*) online"),  # any word stands for "*"
        ("bán xoài cát online", "bán * (*) online"),
        ("bà ngaoi", "bà ngoại"),
        ("bà ngaoij", "bà ngoại"),
    ],
)
def test_a_phrase_is_found(line: str, phrase: str) -> None:
    assert phrase in found(line)


@pytest.mark.parametrize(
    ("line", "phrase"),
    [
        ("mở", "mợ"),
        ("mơ", "mợ"),
        ("bật máy", "bật|mở wifi"),
        ("mở máy", "tắt|khởi_động máy"),
        ("gọi điện", "gọi (điện) video"),
        ("bà ngoài", "bà ngoại"),
        ("pee", "shopee"),
        ("bán online", "bán * (*) online"),
        ("gọi cải video", "gọi (điện) video"),  # "cải" is no filler "cái"
    ],
)
def test_another_word_is_not_taken_for_it(line: str, phrase: str) -> None:
    assert phrase not in found(line)
