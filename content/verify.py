"""What a person still has to verify, lesson by lesson: steps and sources marked `check`."""

from collections.abc import Iterator
from pathlib import Path

from content import FOLDER
from content.check import readable, readable_lessons
from content.schema import Framework, Lesson, Letterhead, Year

_BOX = "  [ ] "
_WHAT = {"menu": "tên mục", "fact": "quy định, ngày, số"}


def report(folder: Path = FOLDER) -> list[str]:
    """A list to print and tick: a line a lesson, framework or calendar, and under it a box for each thing to do."""
    lines: list[str] = []
    for slug, lesson in sorted(readable_lessons(folder).items(), key=lambda pair: pair[1].code):
        if boxes := list(_of_lesson(lesson)):
            lines += [f"{lesson.code} {lesson.title} (lessons/{slug}.yaml, {lesson.checked_on:%d/%m/%Y})", *boxes]
    for name, framework in readable(sorted((folder / "frameworks").glob("*.yaml")), Framework).items():
        if boxes := list(_of_framework(framework)):
            lines += [f"{framework.name} (frameworks/{name}.yaml)", *boxes]
    for name, year in readable(sorted((folder / "calendar").glob("*.yaml")), Year).items():
        if boxes := [
            f"{_BOX}{found.name}: {found.first:%d/%m}–{found.last:%d/%m}" for found in year.holidays if found.check
        ]:
            lines += [f"Lịch nghỉ {name} (calendar/{name}.yaml)", *boxes]
    for name, letterhead in readable(sorted((folder / "letterheads").glob("*.yaml")), Letterhead).items():
        if letterhead.check:
            lines += [f"{letterhead.name} (letterheads/{name}.yaml)", f"{_BOX}thể thức của phần đầu và phần ký"]
    return lines


def count(lines: list[str]) -> int:
    """How many things the report asks for."""
    return sum(line.startswith(_BOX) for line in lines)


def _of_lesson(lesson: Lesson) -> Iterator[str]:
    for at, step in enumerate(lesson.steps, 1):
        if step.check:
            yield f"{_BOX}bước {at} ({_WHAT[step.check]}): {step.text}"
    for source in lesson.sources:
        if source.check:
            yield f"{_BOX}nguồn: {source.name}" + (f" ({source.url})" if source.url else "")


def _of_framework(framework: Framework) -> Iterator[str]:
    for code, competence in framework.codes().items():
        if competence.check:
            yield f"{_BOX}tên của {code}: {competence.name}"
