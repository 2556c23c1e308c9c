"""When exams are."""

from datetime import date

import pytest

from bot.rules import exams

WEDNESDAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("21/12 đến 2/1", (date(2026, 12, 21), date(2027, 1, 2))),
        ("từ 21/12 tới hết 27/12 nhé", (date(2026, 12, 21), date(2026, 12, 27))),
        ("21.12 - 27.12", (date(2026, 12, 21), date(2026, 12, 27))),
        ("21/12/2026 đến 2/1/2027", (date(2026, 12, 21), date(2027, 1, 2))),
        ("20/11 đến 27/11", (date(2026, 11, 20), date(2026, 11, 27))),
        ("3/5 đến 9/5", (date(2027, 5, 3), date(2027, 5, 9))),
        ("thi ngày 21/12", None),
        ("31/2 đến 5/3", None),
        ("1/1 đến 30/6", None),
        ("27/12/2026 đến 21/12/2026", None),
        ("1/5/2020 đến 9/5/2020", None),
        ("tuần sau", None),
        ("", None),
    ],
)
def test_a_span_is_read_as_teachers_write_it(said: str, expected: tuple[date, date] | None) -> None:
    assert exams.span(said, WEDNESDAY) == expected
