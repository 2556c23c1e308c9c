"""Whether it is still known who holds a shared phone."""

from datetime import timedelta

import pytest

from bot.rules.sharing import is_remembered
from tests.conftest import WEDNESDAY


@pytest.mark.parametrize(("hours", "remembered"), [(0, True), (4.9, True), (5, False), (12, False)])
def test_who_it_is_is_remembered_for_an_evening(hours: float, remembered: bool) -> None:
    assert is_remembered(WEDNESDAY, WEDNESDAY + timedelta(hours=hours)) == remembered
