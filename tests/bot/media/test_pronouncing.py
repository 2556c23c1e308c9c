"""What a Vietnamese voice would read wrongly, and how it is said."""

import re

import pytest

import content
from bot.media import pieces
from bot.media.pronouncing import said
from bot.texts import manner_for, speaking


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("Không gửi OTP cho ai.", "Không gửi ô tê pê cho ai."),
        ("Gọi 113 hoặc 115.", "Gọi một một ba hoặc một một năm."),
        ("Gọi 156/5656 (miễn phí).", "Gọi một năm sáu hoặc năm sáu năm sáu, miễn phí."),
        ("Gọi 1022, 18001091.", "Gọi một không hai hai, một tám không không một không chín một."),
        ("Mở Zalo.", "Mở da lô."),
        ("AI có thể sai, ai cũng vậy.", "ây ai có thể sai, ai cũng vậy."),
        ("Mở VNeID → Cài đặt → Quét mã QR", "Mở vi en i đi, Cài đặt, Quét mã quy a"),
        ("Chọn “Kết nối”.", "Chọn Kết nối ."),
        ("bật/tắt Wi-Fi", "bật hoặc tắt oai phai"),
        ("mạng 4G/5G", "mạng bốn gờ hoặc năm gờ"),
        ("Từ 1/7/2025", "Từ 1 tháng 7 năm 2025"),
        ("Học 30p, 15p", "Học ba mươi phút, 15 phút"),
        ("20 triệu, 10.000.000 đồng", "20 triệu, 10000000 đồng"),
        ("KHÔNG bấm. TRẢ tiền.", "không bấm. trả tiền."),
        ("Thẻ BHYT, chữ XYZ", "Thẻ bảo hiểm y tế, chữ ích i dài dét"),
        ("mật khẩu 123456", "mật khẩu một hai ba bốn năm sáu"),
        ("Trang dichvucong.gov.vn.", "Trang dịch vụ công, chấm gốp, chấm vê nờ."),
        ("giảm 50%", "giảm 50 phần trăm"),
        ("Chờ một chút...", "Chờ một chút"),
        ("Trời ơi", "Trời ơi"),
    ],
)
def test_what_is_not_a_vietnamese_word_is_said_as_people_say_it(text: str, spoken: str) -> None:
    assert said(text, content.pronunciation()) == spoken


def test_nothing_in_the_lessons_is_left_to_be_misread() -> None:
    with speaking(manner_for("vi", "bà")):
        voices = [piece for slug in content.lessons() for piece in spoken(slug)]
        titles = [said(lesson.title, content.pronunciation()) for lesson in content.lessons().values()]
    words = {word for text in (*titles, *(voice.words for voice in voices)) for word in text.split()}
    # No Vietnamese syllable is longer than "nghiêng", or has a dot inside.
    foreign = re.compile(r"[fjwzFJWZ/@&%=_“”→]|[A-Z]{2}|[^\W\d_]{8,}|\w\.[^\W\d]")
    assert {word for word in words if foreign.search(word)} == set()


def spoken(slug: str) -> list[pieces.Voice]:
    """All that is read aloud of a lesson."""
    steps = len(content.lessons()[slug].steps)
    return [*(pieces.voice(slug, number) for number in range(1, steps + 1)), pieces.closing_voice(slug)]
