"""Addresses of our files for a messenger's servers."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.links import LASTS, is_good, ticket

NOW = datetime(2026, 11, 25, 19, 30, tzinfo=UTC)


def test_a_ticket_is_good_for_its_file_until_it_ends() -> None:
    given = ticket("wifi-1.aac", NOW, "key")
    assert is_good(given, "wifi-1.aac", NOW, "key")
    assert is_good(given, "wifi-1.aac", NOW + LASTS, "key")
    assert not is_good(given, "wifi-1.aac", NOW + LASTS + timedelta(seconds=1), "key")
    assert not is_good(given, "wifi-2.aac", NOW, "key")
    assert not is_good(given, "wifi-1.aac", NOW, "another key")


@pytest.mark.parametrize("given", ["", "-", "x-y", "99999999999", "99999999999-", "9" * 40 + "-a", "²-a", "1-é"])
def test_what_is_no_ticket_is_refused(given: str) -> None:
    assert not is_good(given, "wifi-1.aac", NOW, "key")


def test_a_ticket_cannot_be_made_longer() -> None:
    until, signature = ticket("wifi-1.aac", NOW, "key").split("-")
    assert not is_good(f"{int(until) + 60}-{signature}", "wifi-1.aac", NOW, "key")
