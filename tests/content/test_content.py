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
    places = Counter(lesson.question.right for lesson in content.lessons().values())
    assert max(places.values()) < len(content.lessons()) / 2


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
    ],
)
def test_a_slip_is_told_in_plain_vietnamese(broken: Path, before: str, after: str, said: str) -> None:
    path = broken / "lessons" / "wifi.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert any(said in problem for problem in check.everything(broken)), check.everything(broken)


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
