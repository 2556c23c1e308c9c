"""A reply as a channel's limits want it."""

import pytest

from bot.parts import split, written_out
from bot.port import Choice, Reply


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", [""]),
        ("Ngắn.", ["Ngắn."]),
        ("Câu một. Câu hai. Câu ba.", ["Câu một. Câu hai.", "Câu ba."]),
        ("Câu một dài.\nCâu hai.", ["Câu một dài.", "Câu hai."]),
        ("không có dấu chấm nào cả", ["không có dấu chấm", "nào cả"]),
        ("x" * 45, ["x" * 20, "x" * 20, "x" * 5]),
        ("a" + "🙂" * 15, ["a" + "🙂" * 9, "🙂" * 6]),
        ("Số 3.14 rất quen. Hết.", ["Số 3.14 rất quen.", "Hết."]),
        ("Vừa đúng hai mươi ạ. Hết.", ["Vừa đúng hai mươi ạ.", "Hết."]),
    ],
)
def test_text_is_cut_at_sentences_then_words_then_anywhere(text: str, parts: list[str]) -> None:
    assert split(text, most=20) == parts


def test_a_reply_is_written_out_where_there_are_no_buttons() -> None:
    asked = Reply("Bố làm được chưa?", (Choice("Được rồi", "yes"), Choice("Chưa", "no")), hint="(Nhắn số.)")
    assert written_out(asked) == "Bố làm được chưa?\n1. Được rồi\n2. Chưa\n(Nhắn số.)"
    assert written_out(Reply("Chào", hint="(Nhắn số.)")) == "Chào"
