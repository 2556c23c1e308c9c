"""The lesson that teachers copy from the documentation is a right one."""

import re
from pathlib import Path

from content import FOLDER, check

PAGE = FOLDER.parent / "docs" / "viet-bai-hoc.md"


def test_the_lesson_to_copy_is_right_also_when_it_is_ready(broken: Path) -> None:
    lesson, twin, brief = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    lesson = lesson.replace("status: draft", "status: ready").replace("practice:", f"{brief}practice:")
    (broken / "lessons" / "xem-pin.yaml").write_text(lesson, encoding="utf-8")
    (broken / "lessons" / "xem-pin.en.yaml").write_text(twin, encoding="utf-8")
    assert check.everything(broken) == []


def test_a_draft_is_checked_too(broken: Path) -> None:
    lesson = re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)[0]
    (broken / "lessons" / "xem-pin.yaml").write_text(lesson, encoding="utf-8")
    assert check.everything(broken) == ["lessons/xem-pin.yaml: thiếu bản dịch xem-pin.en.yaml"]
