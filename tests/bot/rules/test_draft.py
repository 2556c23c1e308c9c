"""When a log is complete."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.draft import (
    Part,
    Partial,
    bare,
    clear_up,
    fingerprint,
    frequent,
    is_fresh,
    is_late,
    missing,
    name,
    past,
    sensible,
    tick,
    untick,
    was_corrected,
)

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
        (replace(WHOLE, picking="who"), "who"),
        (replace(WHOLE, picking="skill"), "skill"),
        (Partial(relatives=("ME", "BA_HAY_BO"), picking="who"), "which"),
        (Partial(picking="skill"), "who"),
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


def test_a_tick_is_added_once_and_taken_away() -> None:
    both = tick(tick(tick(Partial(), "who", "ME"), "who", "BO"), "who", "ME")
    assert (both.relatives, both.picking) == (("ME", "BO"), "who")
    assert untick(both, "who", "ME").relatives == ("BO",)
    assert untick(both, "who", "DI") == both
    assert tick(WHOLE, "skill", "HOADON").skills == ("CK", "HOADON")


@pytest.mark.parametrize(
    ("picking", "written", "relatives", "still"),
    [
        (None, ("ME",), ("ME",), None),
        (None, ("ME", "DI"), ("ME", "DI"), None),
        ("skill", ("ME",), ("ME",), "skill"),
        ("who", ("ME",), ("BO", "ME"), "who"),
        ("who", ("BO",), ("BO",), "who"),
        ("who", ("ME", "DI"), ("BO", "ME", "DI"), None),
    ],
)
def test_what_is_written_joins_what_is_being_picked(
    picking: Part | None, written: tuple[str, ...], relatives: tuple[str, ...], still: Part | None
) -> None:
    named = name(replace(WHOLE, picking=picking), "who", written)
    assert (named.relatives, named.skills, named.picking) == (relatives, ("CK",), still)


@pytest.mark.parametrize(
    ("said", "minutes"), [("25", 25), ("10", 10), ("9", None), ("25p", None), ("", None), ("9" * 5000, None)]
)
def test_a_number_alone_is_minutes_unless_it_may_be_a_choice(said: str, minutes: int | None) -> None:
    assert bare(said, WHOLE) == minutes
    assert bare(said, replace(WHOLE, outcome=None)) == minutes
    assert bare(said, replace(WHOLE, day=None)) is None
    assert bare(said, replace(WHOLE, picking="who")) is None


@pytest.mark.parametrize(
    ("partial", "fresh"),
    [
        (Partial(tapped=True, day=TODAY), True),
        (Partial(day=TODAY), False),
        (Partial(tapped=True, skills=("CK",)), False),
        (Partial(tapped=True, relatives=("BO",)), False),
    ],
)
def test_a_log_is_fresh_while_only_its_day_is_known(partial: Partial, fresh: bool) -> None:
    assert is_fresh(partial) is fresh


READ: dict[str, object] = {
    "relatives": ["BA"], "skills": ["CK"], "minutes": 20, "date_offset_days": 0, "outcome": "TU_LAM",
}  # fmt: skip


@pytest.mark.parametrize(
    ("read", "saved", "expected"),
    [
        ({}, {}, False),
        ({}, {"relatives": ["ME"]}, True),
        ({"relatives": []}, {}, True),
        ({"relatives": ["BA_HAY_BO"]}, {"relatives": ["BO"]}, False),
        ({"skills": []}, {}, True),
        ({}, {"minutes": 30}, True),
        ({"minutes": None}, {}, False),
        ({"date_offset_days": None}, {}, False),
        ({}, {"date_offset_days": -1}, True),
        ({"outcome": "KHONG_RO"}, {}, False),
        ({"outcome": None}, {}, False),
        ({}, {"outcome": "VUONG"}, True),
    ],
)
def test_a_mistake_is_what_was_read_otherwise_not_what_was_asked_for(
    read: dict[str, object], saved: dict[str, object], expected: bool
) -> None:
    assert was_corrected(READ | read, READ | saved) == expected


@pytest.mark.parametrize(
    ("said", "other", "same"),
    [
        ("giúp bà gọi video 20p", "giúp bà gọi video 20p", False),
        ("hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r", "Hnay e chỉ bà ngoại gọi vd zalo 20p bà tự làm đc r!", True),
        ("hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r", "hnay e chỉ bà ngoại gọi vd zalo 25p, bà tự làm đc r", False),
    ],
)  # fmt: skip
def test_a_long_sentence_is_known_again_and_a_short_one_tells_nothing(said: str, other: str, same: bool) -> None:
    assert (fingerprint(said) == fingerprint(other) != "") == same
