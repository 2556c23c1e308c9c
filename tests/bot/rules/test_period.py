"""Weeks, months by the calendar or by Decree 09/2019, quarters, and any days."""

from datetime import date

import pytest

from bot.rules import period
from bot.rules.period import Period


def test_a_month_is_the_calendars_or_closes_on_its_own_day() -> None:
    assert period.month(date(2026, 11, 20)) == Period("month", date(2026, 11, 1), date(2026, 11, 30))
    assert period.month(date(2026, 11, 14), 14) == Period("month", date(2026, 10, 15), date(2026, 11, 14))
    assert period.month(date(2026, 11, 15), 14) == Period("month", date(2026, 11, 15), date(2026, 12, 14))
    assert period.month(date(2026, 12, 20), 14) == Period("month", date(2026, 12, 15), date(2027, 1, 14))


def test_a_quarter_is_three_months() -> None:
    assert period.quarter(date(2026, 11, 20)) == Period("quarter", date(2026, 10, 1), date(2026, 12, 31))
    assert period.quarter(date(2026, 11, 20), 14) == Period("quarter", date(2026, 9, 15), date(2026, 12, 14))
    assert period.quarter(date(2026, 12, 20), 14) == Period("quarter", date(2026, 12, 15), date(2027, 3, 14))


def test_a_school_year_goes_from_september_to_august() -> None:
    assert period.school_year(date(2027, 8, 31)) == Period("year", date(2026, 9, 1), date(2027, 8, 31))
    assert period.school_year(date(2026, 9, 1)).first == date(2026, 9, 1)


@pytest.mark.parametrize("closes", [0, 14, 20])
@pytest.mark.parametrize("kind", ["week", "month", "quarter"])
def test_every_day_of_two_years_is_in_one_period_of_a_kind_and_its_name_finds_it(
    kind: period.Kind, closes: int
) -> None:
    for number in range(730):
        day = date.fromordinal(date(2026, 1, 1).toordinal() + number)
        found = period.of(kind, day, closes)
        assert found.first <= day <= found.last
        assert period.named(found.name, closes) == found
        earlier = period.before(found, closes)
        assert (earlier.last.toordinal() + 1, earlier.kind) == (found.first.toordinal(), kind)


def test_any_days_are_named_by_both_ends() -> None:
    some = period.days(date(2026, 11, 1), date(2026, 11, 20))
    assert period.named(some.name) == some
    assert period.before(some) == period.days(date(2026, 10, 12), date(2026, 10, 31))
    assert period.named(period.school_year(date(2026, 11, 1)).name) == period.days(date(2026, 9, 1), date(2027, 8, 31))


@pytest.mark.parametrize(
    "name", ["", "2026", "2026-13", "2026-W60", "2026-Q5", "tháng này", "2026-11-20..2026-11-01", "2026-11-01.."]
)
def test_what_is_no_period_is_none(name: str) -> None:
    assert period.named(name) is None
