"""How it went: who is the subject of "được", and what is only done."""

import pytest

from tests.bot.rules.reading.conftest import Read

OUTCOMES = [
    ("bà tự làm được", "TU_LAM"),
    ("ba tu goi dc roi", "TU_LAM"),
    ("bà gửi được ảnh rồi", "TU_LAM"),
    ("bà biết bấm rồi", "TU_LAM"),
    ("bà hiểu", "TU_LAM"),
    ("bà rành rồi", "TU_LAM"),
    ("bà làm xong rồi", "TU_LAM"),
    ("ok r", "TU_LAM"),
    ("she did it herself", "TU_LAM"),
    ("xong rồi ạ", "CO_HO_TRO"),
    ("gửi đc r", "CO_HO_TRO"),
    ("done", "CO_HO_TRO"),
    ("bà làm được khi có người nhắc", "CO_HO_TRO"),
    ("chỉ 3 lần bà mới được", "CO_HO_TRO"),
    ("bà quen dần", "CO_HO_TRO"),
    ("bà chưa quen", "CHUA_QUEN"),
    ("bà hay quên lắm", "CHUA_QUEN"),
    ("bà đọc được rồi nhưng hay bấm nhầm", "CHUA_QUEN"),
    ("bà chưa làm được", "CHUA_DUOC"),
    ("bà vẫn chưa biết", "CHUA_DUOC"),
    ("bà gửi không được", "CHUA_DUOC"),
    ("bà mệt nên nghỉ", "CHUA_DUOC"),
    ("mạng lỗi nên chưa gửi được", "VUONG"),
    ("máy bà đầy bộ nhớ", "VUONG"),
    ("bà chưa có cccd gắn chip", "VUONG"),
    ("bà sợ bị lừa nên không chịu học", "TU_CHOI"),
    ("bà bảo để con làm cho", "TU_CHOI"),
    ("bà vui lắm", "KHONG_RO"),
    ("đang đợi duyệt", "KHONG_RO"),
    ("", "KHONG_RO"),
    ("được 5p thôi", "KHONG_RO"),
]


@pytest.mark.parametrize(("words", "outcome"), OUTCOMES)
def test_how_it_went_is_read(read: Read, words: str, outcome: str) -> None:
    assert read(f"hôm nay em dạy bà zalo, {words}").outcome == outcome


def test_of_two_learners_the_less_advanced_counts(read: Read) -> None:
    assert read("em dạy ông bà zalo, bà vẫn hay quên còn ông làm được").outcome == "CHUA_QUEN"


def test_of_one_learner_the_last_word_counts(read: Read) -> None:
    assert read("em dạy bà zalo, lúc đầu chưa quen sau bà tự làm được").outcome == "TU_LAM"


def test_what_is_forbidden_is_no_failure(read: Read) -> None:
    assert read("em dạy bà không được đọc mã otp").outcome == "KHONG_RO"
