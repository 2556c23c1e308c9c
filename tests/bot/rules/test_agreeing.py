"""Plain yes and no, with marks and without, in whole sentences only."""

import pytest

from bot.rules.agreeing import agrees, denies

YES = [
    "đúng", "đúng rồi", "Đúng rồi ạ", "dung roi", "dạ đúng rồi ạ", "đúng r", "ừ", "ừ đúng rồi con", "Ừ, phải rồi cháu",
    "vâng", "dạ", "vâng ạ", "phải", "chuẩn luôn", "chính xác", "ok", "OK!", "oke bot", "ok nha", "ok được", "ghi đi",
    "lưu lại giúp em", "ghi lại đi ạ", "u", "uh", "yes", "Yes please", "yep", "that's right", "right", "save it", "ok, save it",
]  # fmt: skip
NO = [
    "không", "không phải", "không phải ạ", "khong phai dau", "chưa", "chưa đúng", "chua dung a", "ko", "ko đúng",
    "không đúng rồi", "sai", "sai rồi", "đâu có", "dạ không", "dạ chưa đúng ạ", "no", "nope", "not right", "no, it is not",
]  # fmt: skip
NEITHER = [
    "đúng là bà chưa làm được", "ừ mà bà chưa làm được", "được rồi", "bà làm được", "không làm được", "chưa làm được",
    "không, là mẹ", "ok mẹ tự làm", "30 phút", "mẹ", "phải nhắc", "có", "ghi nhầm rồi", "dừng nhắc", "lưu số cho bà",
    "yes she can", "no idea how", "", "?",
]  # fmt: skip


@pytest.mark.parametrize("said", YES)
def test_a_plain_yes_agrees(said: str) -> None:
    assert (agrees(said), denies(said)) == (True, False)


@pytest.mark.parametrize("said", NO)
def test_a_plain_no_denies(said: str) -> None:
    assert (agrees(said), denies(said)) == (False, True)


@pytest.mark.parametrize("said", NEITHER)
def test_whoever_says_more_says_neither(said: str) -> None:
    assert (agrees(said), denies(said)) == (False, False)
