"""Phrases in the person's language and manner of address."""

from datetime import date

import pytest

from bot.texts import _, capital, clock, counted, day, listed, manner_for, number, percent, short_day, speaking, weekday
from tests import translations

WEDNESDAY = date(2026, 11, 25)


def test_days_numbers_and_hours_follow_the_language() -> None:
    with speaking(manner_for("vi", "bà")):
        assert (day(WEDNESDAY), clock(570), percent(23, 38), number(1234.5)) == (
            "thứ Tư 25/11",
            "9:30",
            "61%",
            "1.234,5",
        )
    with speaking(manner_for("en", "bà")):
        assert (day(WEDNESDAY), clock(570), percent(23, 38)) == ("Wednesday 25 Nov", "09:30", "61%")


@pytest.mark.parametrize(("which", "name"), [(0, "thứ Hai"), (5, "thứ Bảy"), (6, "Chủ nhật")])
def test_weekdays_have_their_vietnamese_names(which: int, name: str) -> None:
    assert weekday(which) == name


@pytest.mark.parametrize(
    ("address", "role", "you", "me"),
    [
        ("bà", "learner", "bà", "cháu"),
        ("ông", "learner", "ông", "cháu"),
        ("em", "pupil", "em", "mình"),
        ("", "pupil", "em", "mình"),
        ("cô", "teacher", "cô", "em"),
        ("cô", "learner", "cô", "cháu"),
        ("", None, "bạn", "mình"),
    ],
)
def test_people_are_addressed_by_kinship(address: str, role: str | None, you: str, me: str) -> None:
    found = manner_for("vi", address, role)
    assert (found.you, found.me) == (you, me)


def test_nobody_is_percent_of_nothing() -> None:
    assert percent(0, 0) == "–"


def test_lists_are_joined_as_spoken() -> None:
    assert [listed([]), listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == ["", "a", "a và b", "a, b và c"]


def test_small_words_stay_small_inside_a_name() -> None:
    assert capital("gọi video Zalo") == "Gọi video Zalo"
    assert short_day(WEDNESDAY) == "25/11"


def test_english_counts_one_and_many() -> None:
    with speaking(manner_for("en", "")):
        assert counted("{n} phút", 1) != counted("{n} phút", 2).replace("2", "1")


def test_an_unknown_phrase_is_said_as_it_is_written() -> None:
    with speaking(manner_for("en", "")):
        assert _("câu này không có trong từ điển") == "câu này không có trong từ điển"


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_every_phrase_is_translated_and_no_placeholder_lost(language: str) -> None:
    assert list(translations.problems(language)) == []


@pytest.mark.parametrize("language", translations.LANGUAGES)
def test_no_translation_is_longer_than_a_button(language: str) -> None:
    long = [
        message.string
        for message in translations.catalogue(language)
        if message.id and len(message.id) <= 20 and isinstance(message.string, str) and len(message.string) > 40
    ]
    assert long == []
