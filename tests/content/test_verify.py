"""The list of what a person still has to do."""

from pathlib import Path

from content import verify


def test_everything_marked_is_listed_under_its_lesson(broken: Path) -> None:
    for path in (broken / "lessons").glob("*.yaml"):
        if not path.name.startswith(("dai-su-so.", "tra-cuu-ho-so.")):
            path.unlink()
    lines = verify.report(broken)
    assert lines == [
        "L27 Tra cứu tình trạng hồ sơ (lessons/tra-cuu-ho-so.yaml, 20/11/2026)",
        "  [ ] bước 1 (tên mục): Vào dichvucong.gov.vn → Tra cứu hồ sơ (hoặc mục hồ sơ của tôi sau khi đăng nhập).",
        "  [ ] bước 3 (tên mục): Đọc trạng thái: đã tiếp nhận, đang xử lý, cần bổ sung, đã có kết quả.",
        "L62 Đại sứ số: người giúp và người được giúp (lessons/dai-su-so.yaml, 20/11/2026)",
        "  [ ] bước 2 (quy định, ngày, số): Theo kế hoạch của xã, mỗi mentor giúp ít nhất 5 mentee, tức là người học (con số có thể khác theo nơi).",
        "  [ ] nguồn: Kiến thức chung, cần người kiểm tra",
        "Khung năng lực số cho người học (Thông tư 02/2025/TT-BGDĐT) (frameworks/tt02.yaml)",
        "  [ ] tên của TT02 6.1: Hiểu biết về trí tuệ nhân tạo",
        "  [ ] tên của TT02 6.2: Sử dụng trí tuệ nhân tạo",
        "  [ ] tên của TT02 6.3: Đánh giá trí tuệ nhân tạo",
        "Lịch nghỉ 2026 (calendar/2026.yaml)",
        "  [ ] Tết Bính Ngọ: 10/02–24/02",
        "Lịch nghỉ 2027 (calendar/2027.yaml)",
        "  [ ] Tết Đinh Mùi: 30/01–13/02",
        "Lịch nghỉ 2028 (calendar/2028.yaml)",
        "  [ ] Tết Mậu Thân: 19/01–02/02",
        "Đoàn trường (Đoàn TNCS Hồ Chí Minh) (letterheads/doan.yaml)",
        "  [ ] thể thức của phần đầu và phần ký",
        "Liên đội (Đội TNTP Hồ Chí Minh) (letterheads/doi.yaml)",
        "  [ ] thể thức của phần đầu và phần ký",
        "Chi bộ (văn bản của Đảng) (letterheads/party.yaml)",
        "  [ ] thể thức của phần đầu và phần ký",
        "Phòng Văn hóa - Xã hội (Nghị định 30/2020) (letterheads/ward.yaml)",
        "  [ ] thể thức của phần đầu và phần ký",
    ]
    assert verify.count(lines) == 14


def test_a_lesson_that_is_verified_is_not_listed(broken: Path) -> None:
    path = broken / "lessons" / "tra-cuu-ho-so.yaml"
    text = path.read_text(encoding="utf-8").replace("    check: menu\n", "")
    path.write_text(text, encoding="utf-8")
    assert not any("tra-cuu-ho-so.yaml" in line for line in verify.report(broken))
