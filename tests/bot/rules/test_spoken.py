"""Whole sentences, with their marks or with none."""

import pytest

from bot.rules.spoken import whole


@pytest.mark.parametrize(
    ("said", "fits"),
    [("dừng nhắc", True), ("Dung nhac!", True), ("đúng nhắc", False), ("dừng nhắc em", False), ("dừng  nhắc", True)],
)
def test_the_whole_sentence_fits_with_the_right_marks_or_none(said: str, fits: bool) -> None:
    assert bool(whole(r"dừng\s+nhắc", said)) is fits


def test_a_comma_stands_alone() -> None:
    assert whole("thôi , khỏi", "thôi,khỏi")
