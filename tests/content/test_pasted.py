"""A lesson as one text to paste."""

import pytest

import content
from content import pasted

LINK = "https://hocvuso.example.vn/phuong-hoa-mai"
NOTE = "(Tên mục có thể khác theo máy.)"


@pytest.mark.parametrize("slug", content.lessons())
def test_a_pasted_lesson_is_short_and_whole(slug: str) -> None:
    lesson, twin = content.lessons()[slug], content.translations("en")[slug]
    for words in (lesson, twin):
        text = pasted.text(lesson, words, LINK, NOTE)
        assert len(text) <= pasted.LENGTH
        assert text.startswith(f"{words.title}\n1. ")
        assert text.endswith(f"\n{LINK}")
        assert not set("{}") & set(text)


def test_a_pasted_lesson_speaks_to_anybody() -> None:
    assert (
        pasted.text(content.lessons()["wifi"], content.lessons()["wifi"], LINK, NOTE)
        == """Kết nối Wi-Fi
1. Vuốt từ mép trên xuống, giữ vào hình Wi-Fi để mở danh sách mạng.
2. Chọn đúng tên mạng nhà mình, nhập mật khẩu (phân biệt chữ hoa, chữ thường).
3. Thấy chữ “Đã kết nối” (hoặc gần như vậy) là được; lần sau máy tự vào.
4. Không vào được: tắt Wi-Fi 10 giây rồi bật lại, hoặc khởi động lại bộ phát.
⚠ Ở Wi-Fi công cộng, không mở ngân hàng, không nhập mật khẩu, mã OTP.
https://hocvuso.example.vn/phuong-hoa-mai"""
    )


def test_where_a_lesson_has_short_steps_those_are_pasted() -> None:
    twin = content.translations("en")["giay-to-vneid"]
    assert twin.brief is not None
    assert f"\n1. {twin.brief[0]}\n2. {twin.brief[1]}\n" in pasted.text(
        content.lessons()["giay-to-vneid"], twin, LINK, NOTE
    )
