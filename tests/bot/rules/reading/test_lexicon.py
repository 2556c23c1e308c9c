"""How a phrase is written in the content."""

from bot.rules.reading.lexicon import slots


def test_a_phrase_offers_choices_and_may_leave_words_out() -> None:
    assert slots("tắt|khởi_động (cái) máy") == [
        ((("tắt",), ("khởi", "động")), False),
        ((("cái",),), True),
        ((("máy",),), False),
    ]
