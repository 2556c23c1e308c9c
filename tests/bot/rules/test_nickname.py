"""What a pupil may be called."""

import pytest

from bot.rules.nickname import fault


@pytest.mark.parametrize(
    "name", ["Bống", "Bống 2", "Bi-Bo", "Tí Nị", "O'Nan", "Ba.", "7up", "ñ", "meomeo99", "Gaubong12"]
)
def test_a_short_name_is_a_nickname(name: str) -> None:
    assert fault(name) is None


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "letters"),
        ("!!!", "letters"),
        ("Bống 🌼", "letters"),
        ("x" * 21, "too_long"),
        ("An 12345", "digits"),
        ("0912 345 678", "phone"),
        ("+84 912 345 678", "phone"),
        ("bong 0912.345.678", "phone"),
        ("031214000123", "identity"),
        ("123456789", "identity"),
        ("bong@mau.vn", "email"),
        ("mau.vn", "link"),
        ("https://mau", "link"),
    ],
)
def test_what_says_too_much_is_none(name: str, why: str) -> None:
    assert fault(name) == why
