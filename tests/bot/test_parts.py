"""Long texts cut where a sentence ends."""

import pytest

from bot.parts import split


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
