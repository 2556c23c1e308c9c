"""How it went: who is the subject of "được", and what is only done."""

import pytest

from tests.bot.rules.reading.conftest import Read

OUTCOMES = [
    ("bà tự làm được", "TU_LAM"),
    ("tự gọi luôn rồi", "TU_LAM"),
    ("ba lần rồi mới vào được", "CO_HO_TRO"),
    ("cuối cùng em phải làm hộ luôn", "CO_HO_TRO"),
    ("gọi em sang bấm thanh toán hộ", "CO_HO_TRO"),
    ("gọi video thì được, gửi ảnh thì chưa", "CHUA_DUOC"),
    ("em cũng không biết", "KHONG_RO"),
    ("bà hứa không đọc mã nữa", "KHONG_RO"),
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
    # Alone: by her own hand, without us, in one go, or with a word of praise.
    ("bà gọi một mình luôn", "TU_LAM"),
    ("bà khỏi cần em nữa", "TU_LAM"),
    ("giờ bà chẳng cần nhìn em", "TU_LAM"),
    ("bà làm phát được luôn", "TU_LAM"),
    ("bà gọi nhanh hơn em", "TU_LAM"),
    ("bà thao tác thuần thục", "TU_LAM"),
    ("now she calls without my help", "TU_LAM"),
    # Managed, but not without us.
    ("bà làm theo được", "CO_HO_TRO"),
    ("bà vẫn phải nhờ em bấm hộ", "CO_HO_TRO"),
    ("có em ngồi cạnh bà mới làm được", "CO_HO_TRO"),
    ("em đọc từng bước thì bà làm xong", "CO_HO_TRO"),
    ("bà gửi được dưới sự giám sát của em", "CO_HO_TRO"),
    # Slow, forgetful, clumsy.
    ("bà quên tới quên lui", "CHUA_QUEN"),
    ("bà cứ lẫn hai nút", "CHUA_QUEN"),
    ("bà làm được nhưng chậm", "CHUA_QUEN"),
    ("bà bấm chưa chuẩn", "CHUA_QUEN"),
    # Not yet.
    ("bà bỏ cuộc", "CHUA_DUOC"),
    ("bà chưa nhớ gì hết", "CHUA_DUOC"),
    ("bà nghe được nhưng chưa biết cách gửi", "CHUA_QUEN"),
    # A thing that fails, whosever it is.
    ("mạng nhà bà chập chờn quá", "VUONG"),
    ("wifi nhà bà hư", "VUONG"),
    ("điện thoại của bà bị đơ", "VUONG"),
    ("căn cước của bà hết hạn", "VUONG"),
    ("sim của bà không chính chủ", "VUONG"),
    ("máy bà đời cũ không tải được, loay hoay mãi", "VUONG"),
    # Unwilling.
    ("bà kêu phiền", "TU_CHOI"),
    ("bà lắc đầu", "TU_CHOI"),
    # What was taught, what is feared, and what was forgotten by name tell nothing.
    ("bà hay quên mật khẩu", "KHONG_RO"),
    ("em ghi ra giấy để khỏi quên", "KHONG_RO"),
    ("bà phân biệt tin thật tin giả", "KHONG_RO"),
]


@pytest.mark.parametrize(("words", "outcome"), OUTCOMES)
def test_how_it_went_is_read(read: Read, words: str, outcome: str) -> None:
    assert read(f"hôm nay em dạy bà zalo, {words}").outcome == outcome


def test_of_two_learners_the_less_advanced_counts(read: Read) -> None:
    assert read("em dạy ông bà zalo, bà vẫn hay quên còn ông làm được").outcome == "CHUA_QUEN"


def test_of_one_learner_the_last_word_counts(read: Read) -> None:
    assert read("em dạy bà zalo, lúc đầu chưa quen sau bà tự làm được").outcome == "TU_LAM"


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("bà chưa biết gọi zalo nên em chỉ bà 20p", "KHONG_RO"),
        ("giup bac gai cai so suc khoe dien tu 20 phut xong roi", "CO_HO_TRO"),
        ("con chup man hinh cho mo, 5 phut", "KHONG_RO"),
        ("bà hay quên nên em dạy lại zalo 20p", "KHONG_RO"),
        ("bà chưa biết gọi zalo, em chỉ 20p, bà gọi được", "TU_LAM"),
        ("bà đã được em chỉ gọi zalo 20p", "KHONG_RO"),
        ("em dạy dì với dượng zalo, dì làm được, dượng chưa", "CHUA_DUOC"),
        ("dạy bà zalo 5p bà tắt không được 🤣 vui", "CHUA_DUOC"),
        ("em dạy chú tư thím tư mở zalo", "KHONG_RO"),
    ],
)
def test_only_what_came_of_the_help_counts(read: Read, line: str, outcome: str) -> None:
    assert read(line).outcome == outcome


def test_what_is_forbidden_is_no_failure(read: Read) -> None:
    assert read("em dạy bà không được đọc mã otp").outcome == "KHONG_RO"
