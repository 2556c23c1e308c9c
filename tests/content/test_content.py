"""Every content file, by name."""

from collections import Counter
from pathlib import Path

import pytest

import content
from content import FOLDER, check


@pytest.mark.parametrize("path", check.lesson_files(), ids=lambda path: path.stem)
def test_lesson(path: Path) -> None:
    assert check.lesson(path) == []


@pytest.mark.parametrize(
    "path",
    [path for name in check.FOLDERS for path in sorted((FOLDER / name).glob("*.yaml"))],
    ids=lambda path: f"{path.parent.name}/{path.stem}",
)
def test_file(path: Path) -> None:
    assert check.one_file(path, check.FOLDERS[path.parent.name])[1] == []


def test_files_agree_with_each_other() -> None:
    assert check.together() == []


def test_all_65_lessons_are_here_and_each_topic_has_some() -> None:
    lessons = content.lessons()
    assert [lesson.code for lesson in lessons.values()] == [f"L{number:02}" for number in range(1, 66)]
    assert {lesson.topic for lesson in lessons.values()} == set(content.topics())


def test_right_answers_are_not_always_in_the_same_place() -> None:
    places = Counter(question.right for lesson in content.lessons().values() for question in lesson.questions)
    assert max(places.values()) < places.total() / 2


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("warning:", "warnung:", "lessons/wifi.yaml: warnung: mục này không có trong mẫu, có thể gõ sai tên"),
        ("right: ", "right: 9 #", "đáp án đúng là 9 nhưng chỉ có 3 lựa chọn"),
        ("skill: DT_MANG", "skill: DT_KHONG_CO", "chưa có kỹ năng “DT_KHONG_CO”"),
        ("topic: dien-thoai", "topic: khong-co", "chưa có chủ đề “khong-co”"),
        ("status: ready", "status: nearly", "status: chỉ được là 'ready' or 'draft'"),
        ("steps:", "needs: [wifi]\nsteps:", "bài này cần chính nó"),
        ("checked_on: 2026-11-20", "checked_on: hôm qua", "checked_on: phải là ngày"),
        ("code: L04", "code: L05", "mã L05 dùng cho 2 bài"),
        ("title: ", "title: [", "không đọc được tệp"),
        ('title: "', 'title: "{You} ', "tên không có chỗ trống {you}"),
        ("mạng nhà {you}", "mạng nhà {ba}", "steps → 2 → text: chỗ trống chỉ được là {you} hoặc {You}"),
        ("mạng nhà {you}", "mạng nhà {You}", "steps → 2 → text: đầu câu viết {You}, giữa câu viết {you}"),
        ('practice: "{You} vuốt', 'practice: "Vuốt', "practice: việc làm thử phải gọi người học"),
        ("Được chưa ạ?", "Làm nhé.", "practice: việc làm thử phải kết thúc bằng câu hỏi lễ phép"),
        ("practice:", "tries:", "practice: thiếu mục này"),
        ("questions:", "question:", "questions: thiếu mục này"),
        ('"Nghe nhạc"', '"xem thoi tiet"', "hai lựa chọn giống nhau (không kể dấu, chữ hoa và hình)"),
        ("    check: true\n", "", "nguồn không có địa chỉ (url) thì phải ghi check: true"),
        ("    check: true\n", "    url: http://moet.gov.vn\n", "sources → 1 → url: sai dạng"),
    ],
)
def test_a_slip_is_told_in_plain_vietnamese(broken: Path, before: str, after: str, said: str) -> None:
    path = broken / "lessons" / "wifi.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert any(said in problem for problem in check.everything(broken)), check.everything(broken)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("your home", "{your} home", "steps → 2: bản tiếng Anh không có chỗ trống: viết thẳng “you”"),
        ("Could you do it?", "Do it.", "practice: việc làm thử phải kết thúc bằng câu hỏi, ví dụ “Could you do it?”"),
        ('      - "Listen to music"\n', "", "có 2 lựa chọn ở câu 1, bản tiếng Việt có 3"),
    ],
)
def test_a_slip_in_a_translation_is_told(broken: Path, before: str, after: str, said: str) -> None:
    path = broken / "lessons" / "wifi.en.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    assert check.everything(broken) == [f"lessons/wifi.yaml: wifi.en.yaml: {said}"]


def test_a_missing_or_shorter_translation_is_told(broken: Path) -> None:
    (broken / "lessons" / "wifi.en.yaml").unlink()
    twin = broken / "lessons" / "deepfake.en.yaml"
    lines = twin.read_text(encoding="utf-8").splitlines()
    first_step = next(number for number, line in enumerate(lines) if line.startswith("  - "))
    twin.write_text("\n".join(lines[:first_step] + lines[first_step + 1 :]), encoding="utf-8")
    assert check.everything(broken) == [
        "lessons/deepfake.yaml: deepfake.en.yaml: có 4 bước, bản tiếng Việt có 5",
        "lessons/wifi.yaml: thiếu bản dịch wifi.en.yaml",
    ]
