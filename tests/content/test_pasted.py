"""A lesson as one text to paste."""

import pytest

import content
from content import pasted

LINK = "https://hocvuso.example.vn/phuong-hoa-mai"
NAMES = "(Tên mục có thể khác theo máy.)"
FACTS = "(Điều này có thể thay đổi, nên xem lại ở dichvucong.gov.vn.)"


@pytest.mark.parametrize("slug", content.lessons())
def test_a_pasted_lesson_is_short_and_whole(slug: str) -> None:
    lesson, twin = content.lessons()[slug], content.translations("en")[slug]
    for words in (lesson, twin):
        text = pasted.text(lesson, words, LINK, NAMES, FACTS)
        assert len(text) <= pasted.LENGTH
        assert text.startswith(f"{words.title}\n1. ")
        assert text.endswith(f"\n{LINK}")
        assert not set("{}") & set(text)


def test_a_pasted_lesson_speaks_to_anybody() -> None:
    assert (
        pasted.text(content.lessons()["wifi"], content.lessons()["wifi"], LINK, NAMES, FACTS)
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
        content.lessons()["giay-to-vneid"], twin, LINK, NAMES, FACTS
    )


@pytest.mark.parametrize(
    ("slug", "notes"),
    [
        ("wifi", []),
        ("am-luong", [NAMES]),
        ("dang-nhap-dvc", [NAMES, FACTS]),
        ("so-suc-khoe", [FACTS]),  # the step on a menu says itself that names may differ
        ("sinh-trac-hoc", []),  # and so do the short steps
    ],
)
def test_a_pasted_lesson_says_what_may_differ_or_change_unless_it_is_said_already(slug: str, notes: list[str]) -> None:
    lesson = content.lessons()[slug]
    lines = pasted.text(lesson, lesson, LINK, NAMES, FACTS).splitlines()
    assert [line for line in lines if line in (NAMES, FACTS)] == notes
