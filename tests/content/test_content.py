"""Every content file, by name."""

import re
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


@pytest.mark.parametrize("name", check.TABLES)
def test_table(name: str) -> None:
    assert check.table(FOLDER / name) == []


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
        ("steps:\n", "steps:\n" + "  - text: Xem.\n" * 2, "lessons/wifi.yaml: steps: nhiều quá, tối đa 5"),
        ("lần sau máy tự vào", "lần sau " + "rất " * 60 + "nhanh", "steps → 3 → text: dài quá, nhiều nhất 240 chữ"),
        ('mạng."\n', 'mạng."\n    check: true\n', "steps → 1 → check: chỉ được là 'menu' hoặc 'fact'"),
        ('"Nghe nhạc"', '"Nghe thật nhiều bài hát và xem thật nhiều phim cùng cả nhà suốt buổi"', "nhiều nhất 60 chữ"),
        (
            '      - "Chuyển tiền ngân hàng"\n      - "Nghe nhạc"\n',
            "",
            "questions → 1 → options: ít quá, cần ít nhất 2",
        ),
        ("questions:\n", "questions: []\nx:\n", "questions: ít quá, cần ít nhất 3"),
        ("skill: DT_MANG", "skill: DT_KHONG_CO", "chưa có kỹ năng “DT_KHONG_CO”"),
        ("topic: dien-thoai", "topic: khong-co", "chưa có chủ đề “khong-co”"),
        ("status: ready", "status: nearly", "status: chỉ được là 'ready' hoặc 'draft'"),
        ("steps:", "needs: [khong-co]\nsteps:", "lessons/wifi.yaml: chưa có bài “khong-co”"),
        ("DLGF 0.1", "DLGF 0.9", "lessons/wifi.yaml: chưa có năng lực “DLGF 0.9” trong frameworks/"),
        ("TT02 5.1", "TT02 7.1", "lessons/wifi.yaml: chưa có năng lực “TT02 7.1” trong frameworks/"),
        ("Vuốt từ", "Vuô\u0301t từ", "chữ chưa ở dạng dựng sẵn (NFC)"),
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
def test_a_slip_is_told_in_plain_vietnamese(few: Path, before: str, after: str, said: str) -> None:
    path = few / "lessons" / "wifi.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert any(said in problem for problem in check.everything(few)), check.everything(few)


def slip(path: Path, before: str, after: str) -> None:
    """Write something else in a file."""
    text = path.read_text(encoding="utf-8")
    assert before in text, before
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_lessons_that_need_each_other_are_told_with_the_way_round(broken: Path) -> None:
    for slug, need in (("wifi", "am-luong"), ("am-luong", "danh-ba"), ("danh-ba", "wifi")):
        slip(broken / "lessons" / f"{slug}.yaml", "steps:", f"needs: [{need}]\nsteps:")
    assert check.everything(broken) == [
        "lessons/am-luong.yaml: bài này cần chính nó (vòng tròn): am-luong → danh-ba → wifi → am-luong",
        "lessons/danh-ba.yaml: bài này cần chính nó (vòng tròn): danh-ba → wifi → am-luong → danh-ba",
        "lessons/wifi.yaml: bài này cần chính nó (vòng tròn): wifi → am-luong → danh-ba → wifi",
    ]


def test_a_skill_without_a_lesson_is_told(broken: Path) -> None:
    slip(broken / "lessons" / "goi-video-zalo.yaml", "status: ready", "status: draft")
    assert check.everything(broken) == ["skills/ZALO_VIDEO.yaml: chưa có bài nào dạy kỹ năng này"]


def test_a_group_of_no_framework_is_told(broken: Path) -> None:
    slip(broken / "frameworks" / "qd757.yaml", "ours: [GV]", "ours: []")
    assert check.everything(broken) == ["lessons/nen-tang-bdhvs.yaml: chưa có nhóm “GV” trong frameworks/"]


@pytest.mark.parametrize(
    ("name", "before", "after", "said"),
    [
        ("jargon.yaml", 'say: "ứng dụng"', "nói: x", "app → say: thiếu mục này"),
        ("jargon.yaml", 'say: "ứng dụng"', "say: [", "không đọc được tệp: while parsing a flow node"),
        ("official_sites.yaml", "chinhphu.vn:", "https://chinhphu.vn:", "sai dạng"),
        ("phrases/not_logs.yaml", "greeting:", "greetings:", "greetings: mục này không có trong mẫu"),
        ("frameworks/tt02.yaml", "number: 6\n", "number: sáu\n", "domains → 6 → number: phải là số"),
    ],
)
def test_a_slip_in_a_table_is_told(
    few: Path, told_of_few: list[str], name: str, before: str, after: str, said: str
) -> None:
    slip(few / name, before, after)
    problems = [problem for problem in check.everything(few) if problem not in told_of_few]
    assert problems
    assert all(problem.startswith(f"{name}: ") for problem in problems), problems
    assert any(said in problem for problem in problems), problems


def test_most_right_answers_in_one_place_are_told(broken: Path) -> None:
    for path in check.lesson_files(broken):
        text = path.read_text(encoding="utf-8")
        path.write_text(re.sub(r"right: \d", "right: 2", text), encoding="utf-8")
    total = sum(len(lesson.questions) for lesson in content.lessons().values())
    said = f"lessons: {total} trên {total} câu hỏi có đáp án đúng ở chỗ 2, hãy đổi chỗ bớt"
    assert said in check.everything(broken)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("your home", "{your} home", "steps → 2: bản tiếng Anh không có chỗ trống: viết thẳng “you”"),
        ("Could you do it?", "Do it.", "practice: việc làm thử phải kết thúc bằng câu hỏi, ví dụ “Could you do it?”"),
        ('      - "Listen to music"\n', "", "có 2 lựa chọn ở câu 1, bản tiếng Việt có 3"),
    ],
)
def test_a_slip_in_a_translation_is_told(few: Path, told_of_few: list[str], before: str, after: str, said: str) -> None:
    path = few / "lessons" / "wifi.en.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    problems = [problem for problem in check.everything(few) if problem not in told_of_few]
    assert problems == [f"lessons/wifi.yaml: wifi.en.yaml: {said}"]


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


def test_a_recording_with_a_name_nobody_looks_for_is_told(broken: Path) -> None:
    voices = broken / "lessons" / "wifi" / "voice"
    voices.mkdir(parents=True)
    for name in ("1.mp3", "2.en.ogg", "end.m4a", "5.mp3", "buoc 2.mp3", "3.wma"):
        (voices / name).write_bytes(b"somebody's voice")
    assert check.lesson(broken / "lessons" / "wifi.yaml") == [
        f"voice/{name}: tên tệp phải là số của bước (1 đến 4) hoặc end, ví dụ 2.mp3, tiếng Anh 2.en.mp3; "
        "đuôi là một trong .wav, .flac, .mp3, .m4a, .ogg"
        for name in ("3.wma", "5.mp3", "buoc 2.mp3")
    ]
