"""Everything wrong with the content files, in plain Vietnamese, for authors."""

from collections import Counter
from pathlib import Path

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from content import FOLDER, read
from content.schema import FirstChoices, Lesson, LessonTranslation, Outcome, Relative, Skill, Topic

FOLDERS: dict[str, type[BaseModel]] = {"relatives": Relative, "skills": Skill, "outcomes": Outcome}
LANGUAGES = ("en",)
# "Something else" can be anything, so there is nothing to ask about it.
NOTHING_TO_ASK = "KHAC"
_SAID = {
    "missing": "thiếu mục này",
    "extra_forbidden": "mục này không có trong mẫu, có thể gõ sai tên",
    "string_too_long": "dài quá, nhiều nhất {max_length} chữ",
    "string_too_short": "đang để trống",
    "string_type": "phải là chữ (đặt trong dấu ngoặc kép)",
    "too_short": "ít quá, cần ít nhất {min_length}",
    "too_long": "nhiều quá, tối đa {max_length}",
    "literal_error": "chỉ được là {expected}",
    "string_pattern_mismatch": "sai dạng, phải theo mẫu {pattern}",
    "date_from_datetime_parsing": "phải là ngày, ví dụ 2026-11-20",
    "date_type": "phải là ngày, ví dụ 2026-11-20",
    "greater_than_equal": "nhỏ nhất là {ge}",
    "less_than_equal": "lớn nhất là {le}",
    "int_type": "phải là số",
    "int_parsing": "phải là số",
    "bool_type": "phải là true hoặc false",
}


def everything(folder: Path = FOLDER) -> list[str]:
    """All problems of all files, one line each, in the order of the files."""
    problems: list[str] = []
    for name, sheet in FOLDERS.items():
        for path in sorted((folder / name).glob("*.yaml")):
            problems += _said(path, folder, one_file(path, sheet)[1])
    for path in lesson_files(folder):
        problems += _said(path, folder, lesson(path))
    problems += _said(folder / "topics.yaml", folder, _topics(folder / "topics.yaml"))
    return problems + together(folder)


def lesson_files(folder: Path = FOLDER) -> list[Path]:
    """The lessons' own files, without translations."""
    return sorted(path for path in (folder / "lessons").glob("*.yaml") if "." not in path.stem)


def lesson(path: Path) -> list[str]:
    """What is wrong with one lesson and its translations."""
    found, problems = one_file(path, Lesson)
    for language in LANGUAGES:
        twin = path.with_name(f"{path.stem}.{language}.yaml")
        if not twin.exists():
            problems.append(f"thiếu bản dịch {twin.name}")
            continue
        translated, wrong = one_file(twin, LessonTranslation)
        problems += [f"{twin.name}: {problem}" for problem in wrong]
        if isinstance(found, Lesson) and isinstance(translated, LessonTranslation):
            problems += _twins(found, translated, twin.name)
    return problems


def _twins(found: Lesson, translated: LessonTranslation, name: str) -> list[str]:
    pairs = [
        ("bước", len(found.steps), len(translated.steps)),
        ("câu hỏi", len(found.questions), len(translated.questions)),
    ]
    pairs += [
        (f"lựa chọn ở câu {number}", len(here.options), len(there.options))
        for number, (here, there) in enumerate(zip(found.questions, translated.questions, strict=False), 1)
    ]
    return [f"{name}: có {there} {what}, bản tiếng Việt có {here}" for what, here, there in pairs if here != there]


def one_file(path: Path, sheet: type[BaseModel]) -> tuple[BaseModel | None, list[str]]:
    """A file as its sheet, or what is wrong with it."""
    try:
        return sheet.model_validate(read(path)), []
    except yaml.YAMLError as error:
        return None, [f"không đọc được tệp: {str(error).splitlines()[0]}"]
    except ValidationError as error:
        return None, _problems(error)


def together(folder: Path = FOLDER) -> list[str]:
    """What is wrong between files: unknown names, double codes, circles."""
    lessons = {
        path.stem: found for path in lesson_files(folder) if isinstance(found := one_file(path, Lesson)[0], Lesson)
    }
    topics = read(folder / "topics.yaml")
    first = FirstChoices.model_validate(read(folder / "first_choices.yaml"))
    relatives = {path.stem for path in (folder / "relatives").glob("*.yaml")}
    known_topics = set(topics) if isinstance(topics, dict) else set()
    skills = {path.stem for path in (folder / "skills").glob("*.yaml")}
    problems = [
        f"mã {code} dùng cho {count} bài"
        for code, count in Counter(x.code for x in lessons.values()).items()
        if count > 1
    ]
    unknown = (set(first.relatives) - relatives) | (set(first.skills) - skills)
    problems += [f"first_choices.yaml: chưa có mã “{code}”" for code in sorted(unknown)]
    for slug, found in lessons.items():
        if found.topic not in known_topics:
            problems.append(f"lessons/{slug}.yaml: chưa có chủ đề “{found.topic}” trong topics.yaml")
        if found.skill not in skills:
            problems.append(f"lessons/{slug}.yaml: chưa có kỹ năng “{found.skill}” trong skills/")
        problems += [f"lessons/{slug}.yaml: chưa có bài “{need}”" for need in found.needs if need not in lessons]
    problems += _easy_questions(folder)
    return problems + [
        f"lessons/{slug}.yaml: bài này cần chính nó (vòng tròn)" for slug in lessons if _circle(slug, lessons)
    ]


def _easy_questions(folder: Path) -> list[str]:
    """Which skills have none, and whether the right answer can be guessed from its place."""
    files = sorted((folder / "skills").glob("*.yaml"))
    skills = {path.stem: found for path in files if isinstance(found := one_file(path, Skill)[0], Skill)}
    problems = [
        f"skills/{code}.yaml: thiếu câu hỏi dễ (easy)"
        for code, found in skills.items()
        if found.easy is None and code != NOTHING_TO_ASK
    ]
    places = {found.easy.right for found in skills.values() if found.easy}
    if len(places) == 1:
        problems.append(f"skills: câu hỏi dễ nào cũng có đáp án đúng ở chỗ {places.pop()}, hãy đổi chỗ khoảng một nửa")
    return problems


def _circle(slug: str, lessons: dict[str, Lesson]) -> bool:
    seen: set[str] = set()
    coming = list(lessons[slug].needs)
    while coming:
        need = coming.pop()
        if need == slug:
            return True
        if need in lessons and need not in seen:
            seen.add(need)
            coming += lessons[need].needs
    return False


def _topics(path: Path) -> list[str]:
    try:
        TypeAdapter(dict[str, Topic]).validate_python(read(path))
    except ValidationError as error:
        return _problems(error)
    return []


def _problems(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors():
        place = " → ".join(str(part + 1 if isinstance(part, int) else part) for part in problem["loc"])
        # A limit that follows another validator is reported as if the text were a list.
        of_text = isinstance(problem["input"], str) and problem["type"] in ("too_long", "too_short")
        pattern = _SAID.get(f"string_{problem['type']}" if of_text else problem["type"])
        said = pattern.format(**problem.get("ctx", {})) if pattern else problem["msg"].removeprefix("Value error, ")
        lines.append((f"{place}: " if place else "") + said)
    return lines


def _said(path: Path, folder: Path, problems: list[str]) -> list[str]:
    return [f"{path.relative_to(folder)}: {problem}" for problem in problems]
