"""What the linter says about words: one slip, one sentence a teacher understands."""

from pathlib import Path

import pytest

from content import check

OFFICIAL = "không phải trang chính thức (danh sách ở official_sites.yaml); ví dụ trang giả thì viết rời, như “ngan-hang .vip”, để không ai bấm được"


def slipped(few: Path, name: str, before: str, after: str) -> list[str]:
    """What is said about the lesson on Wi-Fi after a slip in one of its files."""
    path = few / "lessons" / name
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return check.lesson(few / "lessons" / "wifi.yaml")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (
            "lần sau máy tự vào.",
            "lần sau máy tự vào. Tắt màn hình. Cất máy đi.",
            "steps → 3: có 4 việc trong một bước (đếm câu, dấu “;” và chữ “rồi”), nhiều nhất 2: tách thành hai bước hoặc bớt lời",
        ),
        (
            "lần sau máy tự vào.",
            "lần sau máy tự vào rồi mở Zalo.",
            "steps → 3: có 3 việc trong một bước (đếm câu, dấu “;” và chữ “rồi”), nhiều nhất 2: tách thành hai bước hoặc bớt lời",
        ),
        (
            "Vuốt từ mép trên xuống, giữ",
            "Mở Cài đặt → Mạng → Internet → Wi-Fi, giữ",
            "steps → 1: đi qua 4 chỗ một lúc (dấu →), nhiều nhất 3: tách thành hai bước",
        ),
        ("danh sách mạng", "menu mạng", "steps → 1: chữ “menu” khó hiểu, hãy viết “bảng chọn”"),
        ("danh sách mạng", "Menu mạng", "steps → 1: chữ “menu” khó hiểu, hãy viết “bảng chọn”"),
        ('"Nghe nhạc"', '"Bấm link lạ"', "chữ “link” phải giải thích ít nhất một lần, ví dụ “đường dẫn (link)”"),
        ("danh sách mạng", "trang wifi-nha.com", f"steps → 1: “wifi-nha.com” {OFFICIAL}"),
        ("danh sách mạng", "http://Wifi-Nha.COM/x", f"steps → 1: “wifi-nha.com” {OFFICIAL}"),
        ("danh sách mạng", "trang xgov.vn", f"steps → 1: “xgov.vn” {OFFICIAL}"),
        ("    check: true", "    url: https://gov.vn.example.com", f"sources → 1: “gov.vn.example.com” {OFFICIAL}"),
        (
            'danh sách mạng."\n',
            'danh sách mạng."\n    check: fact\n',
            "steps → 1: check: fact mà không nguồn nào có url để chỉ chỗ xem lại: thêm url, hoặc viết ngay trong bước, ví dụ “(có thể thay đổi, {you} hỏi lại nhà mạng)”",
        ),
        (
            'Không vào được: tắt Wi-Fi 10 giây rồi bật lại, hoặc khởi động lại bộ phát."\n',
            'Mạng hỏng thì {you} gọi người nhà xem giúp."\n    check: menu\n',
            "steps → 4: check: menu là cho tên nút, tên mục trên màn hình, mà bước này không nói về chúng; nếu là quy định, ngày hay con số thì ghi check: fact",
        ),
    ],
)
def test_a_slip_in_words_is_told(few: Path, before: str, after: str, said: str) -> None:
    told = slipped(few, "wifi.yaml", before, after)
    assert any(problem.endswith(said) for problem in told), told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("danh sách mạng", "danh sách mạng (chờ một chút; có khi lâu rồi mới hiện)"),
        ("danh sách mạng", "trang dichvucong.gov.vn"),
        ("danh sách mạng", "trang mst.gov.vn/mang hoặc chinhphu.vn"),
        ("danh sách mạng", "trang giả như wifi-nha .vip"),
        ("danh sách mạng", "kho App Store"),
        ("danh sách mạng", "ai ai cũng thấy"),
        ("danh sách mạng", "đường dẫn (link); link nào lạ thì thôi"),
        ("    check: true", "    url: https://mst.gov.vn"),
        ('danh sách mạng."\n', 'danh sách mạng."\n    check: menu\n'),
    ],
)
def test_what_is_right_is_left_alone(few: Path, before: str, after: str) -> None:
    assert slipped(few, "wifi.yaml", before, after) == []


def test_right_answers_of_a_lesson_all_in_one_place_are_told(few: Path) -> None:
    questions = "questions:\n" + "".join(
        f'  - ask: "{ask}"\n    options: ["Không", "Có"]\n    right: 1\n    why: "Vì thế."\n'
        for ask in ["Một?", "Hai?", "Ba?"]
    )
    path = few / "lessons" / "wifi.yaml"
    text = path.read_text(encoding="utf-8")
    head, tail = text[: text.index("questions:")], text[text.index("sources:") :]
    path.write_text(head + questions + tail, encoding="utf-8")
    assert check.lesson(path)[0] == "questions: câu nào cũng có đáp án đúng ở chỗ 1, hãy đổi chỗ"


def test_a_lesson_too_long_to_paste_is_told_and_mended_by_short_steps(few: Path) -> None:
    long = "rất " * 40
    assert slipped(few, "wifi.yaml", "danh sách mạng", f"danh sách {long}mạng") == []
    told = slipped(few, "wifi.yaml", "lần sau máy tự vào", f"lần sau {long}máy tự vào")
    assert told == [
        "bài dán có 762 chữ, nhiều nhất 700 (tên bài, các bước, cảnh báo, đường dẫn): viết ngắn lại, hoặc thêm mục brief với các bước rút gọn"
    ]
    brief = 'brief: ["Mở danh sách.", "Chọn mạng nhà {you}.", "Gõ mật khẩu."]\nmistake:'
    assert slipped(few, "wifi.yaml", "mistake:", brief) == []


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("your home network", "the network of wifi-nha.com", f"steps → 2: “wifi-nha.com” {OFFICIAL}"),
        ('"Connect to Wi-Fi"', '"Kết nối Wi-Fi"', "title: chưa dịch"),
    ],
)
def test_a_slip_in_the_words_of_a_translation_is_told(few: Path, before: str, after: str, said: str) -> None:
    assert slipped(few, "wifi.en.yaml", before, after) == [f"wifi.en.yaml: {said}"]


def test_a_translated_fact_without_a_place_to_look_it_up_must_say_itself_that_it_may_change(few: Path) -> None:
    said = "danh sách mạng (có thể thay đổi)."
    told = slipped(few, "wifi.yaml", 'danh sách mạng."\n', f'{said}"\n    check: fact\n')
    assert len(told) == 1
    assert told[0].startswith("wifi.en.yaml: steps → 1: check: fact mà không nguồn nào có url")
