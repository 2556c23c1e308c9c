"""An answer or a correction, or something said beside the log."""

from dataclasses import replace
from datetime import date

import pytest

from bot.rules.answering import Field, completes, fields, filled, is_answer, meant
from bot.rules.draft import Missing, Partial
from bot.rules.reading import Pieces
from bot.rules.reading.intent import NotLog

TODAY = date(2026, 11, 25)
NOTHING = Pieces((), (), None, False, None, "KHONG_RO")
WHOLE = Partial(relatives=("BA_NGOAI",), skills=("CK",), day=TODAY, outcome="TU_LAM")
UNTOLD = replace(WHOLE, outcome=None)


def some(*named: Field) -> frozenset[Field]:
    return frozenset(named)


@pytest.mark.parametrize(
    ("kind", "named", "asked", "words", "expected"),
    [
        ("other", some("who"), "who", 1, True),  # mẹ
        ("other", some("who"), "which", 1, True),
        ("other", some("who"), None, 2, True),  # mẹ chứ
        ("other", some("length"), None, 3, True),  # 30 phút chứ
        ("other", some("day"), "outcome", 2, True),  # hôm qua
        ("other", some("outcome"), "outcome", 3, True),  # chưa làm được
        ("other", some("who", "outcome"), None, 9, True),  # à mà bà ngoại chưa tự làm được đâu nhé
        ("", some("who"), None, 7, True),  # a line that could be a log
        ("greeting", some("who"), "who", 2, True),  # chào bà
        ("other", some("who"), None, 5, False),  # mẹ em đang nấu cơm
        ("other", some("who"), "who", 5, True),
        ("other", some(), "outcome", 1, False),  # ừm
        ("", some(), None, 3, False),
        ("greeting", some(), None, 1, False),
        ("question", some("skill"), "skill", 6, False),  # làm sao để tải VNeID vậy
        ("question", some(), None, 6, False),  # cái này có tính điểm không
        ("plan", some("who", "skill", "length"), None, 9, False),  # mai em sẽ dạy bà nội gọi zalo 30p
        ("cheat", some("length", "outcome"), "outcome", 9, False),  # ghi đại 30p cho đủ chỉ tiêu
        ("command", some("day"), "day", 4, False),  # xem điểm hôm qua
        ("no_attempt", some("day"), None, 8, False),  # hôm nay em chưa giúp được ai
        ("victim", some("who"), "who", 6, False),
        ("data", some("who"), "who", 6, False),
    ],
)
def test_what_is_surely_no_log_or_names_nothing_is_no_answer(
    kind: NotLog, named: frozenset[Field], asked: Missing | None, words: int, expected: bool
) -> None:
    assert is_answer(kind, named, asked, words) is expected


@pytest.mark.parametrize(
    ("named", "asked", "expected"),
    [
        (some("who", "outcome"), "outcome", True),  # bà vẫn cần em nhắc từng bước
        (some("who"), "who", True),  # em giúp mẹ
        (some("who"), "which", True),
        (some("who", "skill", "outcome"), "outcome", False),  # a whole new log
        (some("who", "length"), "outcome", False),
        (some("who", "length"), None, False),
    ],
)
def test_a_line_that_could_be_a_log_answers_where_it_names_what_is_asked_and_no_more(
    named: frozenset[Field], asked: Missing | None, expected: bool
) -> None:
    assert completes(named, asked) is expected


@pytest.mark.parametrize(
    ("said", "partial", "outcome", "minutes"),
    [
        ("chưa", UNTOLD, "CHUA_DUOC", None),
        ("chua a", UNTOLD, "CHUA_DUOC", None),
        ("not yet", UNTOLD, "CHUA_DUOC", None),
        ("chưa", WHOLE, "KHONG_RO", None),
        ("chưa", Partial(), "KHONG_RO", None),
        ("25", UNTOLD, "KHONG_RO", 25),
        ("25", Partial(), "KHONG_RO", None),
    ],
)
def test_the_shortest_words_mean_what_was_asked(said: str, partial: Partial, outcome: str, minutes: int | None) -> None:
    found = meant(said, NOTHING, partial)
    assert (found.outcome, found.minutes) == (outcome, minutes)


def test_minutes_and_days_that_nobody_means_name_nothing() -> None:
    wild = NOTHING._replace(minutes=5000, dated=True, date_offset_days=3)
    assert fields(meant("5000 phút, 28/11", wild, WHOLE)) == some()


def test_each_part_that_is_named_is_filled_in_and_the_others_stay() -> None:
    found = Pieces(("ME",), ("ZALO_VIDEO",), 25, True, -1, "VUONG")
    assert fields(found) == some("who", "skill", "length", "day", "outcome")
    changed = Partial(("ME",), ("ZALO_VIDEO",), 25, False, date(2026, 11, 24), "VUONG")
    assert filled(WHOLE, found, TODAY) == changed
    assert filled(WHOLE, NOTHING, TODAY) == WHOLE
