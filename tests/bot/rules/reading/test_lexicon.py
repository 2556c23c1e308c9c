"""How a phrase is written in the content."""

from bot.rules.reading.lexicon import slots


def test_a_phrase_names_a_class_of_words() -> None:
    assert slots("nhờ {me} (làm)", {"me": ("em", "bọn em")}) == [
        ((("nhờ",),), False),
        ((("em",), ("bọn", "em")), False),
        ((("làm",),), True),
    ]


def test_a_phrase_offers_choices_and_may_leave_words_out() -> None:
    assert slots("tắt|khởi_động (cái) máy") == [
        ((("tắt",), ("khởi", "động")), False),
        ((("cái",),), True),
        ((("máy",),), False),
    ]
