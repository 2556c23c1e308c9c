"""The list of what a person still has to do."""

from pathlib import Path

from content import verify


def test_everything_marked_is_listed_under_its_lesson(broken: Path) -> None:
    for path in (broken / "lessons").glob("*.yaml"):
        if not path.name.startswith(("phan-anh-156.", "tra-cuu-ho-so.")):
            path.unlink()
    lines = verify.report(broken)
    assert lines == [
        "L27 Tra cứu tình trạng hồ sơ (lessons/tra-cuu-ho-so.yaml, 20/11/2026)",
        "  [ ] bước 1: Vào dichvucong.gov.vn → Tra cứu hồ sơ (hoặc mục hồ sơ của tôi sau khi đăng nhập); tên mục có thể thay đổi.",
        "  [ ] câu hỏi: mới có 1, cần 3",
        "L47 Phản ánh lừa đảo, rác qua 156 và 5656 (lessons/phan-anh-156.yaml, 20/11/2026)",
        "  [ ] bước 2: Gõ một chữ đầu: S là tin nhắn rác, V là cuộc gọi rác, LD là lừa đảo; tiếp theo là số điện thoại và nội dung (cách gõ có thể thay đổi).",
        "  [ ] câu hỏi: mới có 1, cần 3",
        "  [ ] nguồn: Kiến thức chung, cần người kiểm tra",
        "Khung năng lực số cho người học (Thông tư 02/2025/TT-BGDĐT) (frameworks/tt02.yaml)",
        "  [ ] tên của TT02 6.1: Hiểu biết về trí tuệ nhân tạo",
        "  [ ] tên của TT02 6.2: Sử dụng trí tuệ nhân tạo",
        "  [ ] tên của TT02 6.3: Đánh giá trí tuệ nhân tạo",
    ]
    assert verify.count(lines) == 8


def test_a_lesson_that_is_verified_and_whole_is_not_listed(broken: Path) -> None:
    path = broken / "lessons" / "tra-cuu-ho-so.yaml"
    text = path.read_text(encoding="utf-8").replace("    check: true\n", "")
    question = text[text.index("  - ask:") : text.index("sources:")]
    path.write_text(text.replace(question, question * 3), encoding="utf-8")
    assert not any("tra-cuu-ho-so.yaml" in line for line in verify.report(broken))
