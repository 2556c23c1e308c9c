"""When a log is complete."""

from datetime import date

import pytest

from bot.rules.draft import Partial, clear_up, frequent, is_late, missing, past, sensible

TODAY = date(2026, 11, 25)
WHOLE = Partial(relatives=("BO",), skills=("CK",), day=TODAY, outcome="TU_LAM")


@pytest.mark.parametrize(
    ("partial", "asked"),
    [
        (Partial(), "who"),
        (Partial(relatives=("BA_HAY_BO",)), "which"),
        (Partial(relatives=("BA_HAY_BO", "ME")), "which"),
        (Partial(relatives=("BO",)), "skill"),
        (Partial(relatives=("BO",), skills=("CK",)), "day"),
        (Partial(relatives=("BO",), skills=("CK",), day=TODAY), "outcome"),
        (Partial(relatives=("BO",), skills=("CK",), day=TODAY, outcome="KHONG_RO"), "outcome"),
        (WHOLE, None),
    ],
)
def test_one_thing_is_asked_at_a_time(partial: Partial, asked: str | None) -> None:
    assert missing(partial) == asked


@pytest.mark.parametrize(
    ("relatives", "chosen", "expected"),
    [
        (("BA_HAY_BO",), "BO", ("BO",)),
        (("BA_HAY_BO", "ME"), "BA_NOI", ("BA_NOI", "ME")),
        (("BO", "BA_HAY_BO"), "BO", ("BO",)),
    ],
)
def test_the_unclear_relative_becomes_the_chosen_one(
    relatives: tuple[str, ...], chosen: str, expected: tuple[str, ...]
) -> None:
    assert clear_up(Partial(relatives=relatives), chosen).relatives == expected


@pytest.mark.parametrize(("day", "late"), [(TODAY, False), (date(2026, 11, 11), False), (date(2026, 11, 10), True)])
def test_after_two_weeks_a_log_is_added_afterwards(day: date, late: bool) -> None:
    assert is_late(day, TODAY) is late


@pytest.mark.parametrize(
    ("history", "expected"),
    [
        ([], ["ME", "BO"]),
        ([("CO",), ("BO",), ("BO",)], ["BO", "CO", "ME"]),
        ([("CO",), ("ME", "DI")], ["CO", "ME", "DI", "BO"]),
    ],
)
def test_the_own_people_come_first_the_most_helped_before_the_latest(
    history: list[tuple[str, ...]], expected: list[str]
) -> None:
    assert frequent(history, ["ME", "BO"]) == expected


@pytest.mark.parametrize(
    ("said", "kept"), [(None, None), (0, None), (1, 1), (1440, 1440), (1441, None), (10**12, None)]
)
def test_minutes_are_some_and_no_more_than_a_day(said: int | None, kept: int | None) -> None:
    assert sensible(said) == kept


@pytest.mark.parametrize(("said", "kept"), [(None, None), (0, 0), (-3, -3), (1, None), (-366, -366), (-5000, None)])
def test_a_session_lies_in_the_past_year(said: int | None, kept: int | None) -> None:
    assert past(said) == kept
