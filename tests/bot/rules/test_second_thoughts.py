"""Not this log after all."""

import pytest

from bot.rules.second_thoughts import leaves


@pytest.mark.parametrize(
    "said",
    [
        *("thôi", "Thôi!", "thoi", "thôi khỏi", "thoi khoi", "bỏ đi", "bo di", "hủy", "huỷ", "huy", "hủy bỏ đi"),
        *("không ghi nữa", "khong ghi nua", "thôi em không ghi đâu", "ko muốn ghi nữa ạ", "dạ thôi, không ghi nữa"),
        *("đừng lưu nhé", "em không cần ghi đâu", "xóa đi", "bỏ buổi này đi", "cho em hủy", "thôi bot ơi", "khỏi"),
        *("never mind", "nevermind", "cancel", "Cancel it please", "forget it", "don't save it", "do not log this"),
    ],
)
def test_the_log_being_told_is_left(said: str) -> None:
    assert leaves(said)


@pytest.mark.parametrize(
    "said",
    [
        *("", "mẹ thôi", "chỉ mẹ thôi", "bà thôi", "thôi mẹ", "thôi nhắc", "thôi 30 phút", "bo", "bỏ", "bố đi"),
        *("không", "chưa", "chưa làm được", "không ghi được căn cước", "em chỉ bà hủy gói cước 20p", "hủy gói cước"),
        *("không phải bà, là mẹ", "never", "mom", "cancel the internet plan for mom", "xóa dòng hôm qua", "thôi " * 50),
    ],
)
def test_an_answer_leaves_nothing(said: str) -> None:
    assert not leaves(said)
