"""The reader with the words of the content, at one fixed moment."""

from collections.abc import Callable
from datetime import datetime

import pytest

from bot.rules.reading import Reading
from handlers.reading import reader

Read = Callable[[str], Reading]


@pytest.fixture
def read() -> Read:
    """Reads a line written on the evening of Wednesday 25 November 2026."""
    moment = datetime.fromisoformat("2026-11-25T19:30:00+07:00")
    return lambda line: reader().read(line, moment)
