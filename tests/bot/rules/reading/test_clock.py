"""When a session began: the clock time that was said, as a minute of the day."""

from datetime import datetime

import pytest

from handlers.reading import reader
from tests.bot.rules.reading.conftest import Read

MOMENTS = [
    ("từ 19h đến 19h30", 1140),
    ("lúc 8h tối", 1200),
    ("8h tối qua", 1200),
    ("tối qua lúc 8h", 1200),
    ("từ 7h đến 8h tối", 1140),
    ("từ 7 rưỡi đến 8 giờ tối", 1170),
    ("19:30 - 20:15", 1170),
    ("lúc 20 giờ kém 15", 1185),
    ("8h sáng nay", 480),
    ("lúc 11h trưa", 660),
    ("lúc 1h trưa", 780),
    ("3h chiều", 900),
    ("lúc 3h", 900),  # nobody teaches at three in the morning
    ("lúc 9h", 540),
    ("lúc 11h đêm", 1380),
    ("lúc 12h đêm", 0),
    ("20 phút", None),
    ("1h30", None),
    ("2 tiếng tối qua", None),
    ("tối qua", None),
]


@pytest.mark.parametrize(("words", "began"), MOMENTS)
def test_a_clock_time_tells_when_the_session_began(read: Read, words: str, began: int | None) -> None:
    assert read(f"em dạy bà zalo {words}").began == began


def test_an_answer_carries_the_time_too() -> None:
    assert reader().pieces("từ 19h đến 19h30", datetime.fromisoformat("2026-11-25T20:00:00+07:00")).began == 1140


@pytest.mark.parametrize(
    ("words", "minutes"),
    [("từ 7 rưỡi đến 8 giờ", 30), ("từ 6h45 tới 7h30 tối", 45), ("lúc 20h, 15p", 15), ("8h tối, nửa tiếng", 30)],
)
def test_a_range_of_times_is_a_length(read: Read, words: str, minutes: int) -> None:
    assert read(f"em dạy bà zalo {words}").minutes == minutes
