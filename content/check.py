"""Everything wrong with the content files, in plain Vietnamese, for authors."""

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from content import FOLDER, PHRASES, read, recordings, wording
from content.schema import (
    FirstChoices,
    Framework,
    Jargon,
    Lesson,
    LessonTranslation,
    Letterhead,
    Outcome,
    Plan,
    Relative,
    Site,
    Skill,
    Slug,
    Target,
    Text,
    Topic,
    Year,
    Zone,
    ZoneName,
)

FOLDERS: dict[str, type[BaseModel]] = {
    "relatives": Relative,
    "skills": Skill,
    "outcomes": Outcome,
    "frameworks": Framework,
    "calendar": Year,
    "targets": Target,
    "letterheads": Letterhead,
}
TABLES = {
    "topics.yaml": TypeAdapter[object](dict[Slug, Topic]),
    "plans.yaml": TypeAdapter[object](dict[Slug, Plan]),
    "jargon.yaml": TypeAdapter[object](dict[Text, Jargon]),
    "official_sites.yaml": TypeAdapter[object](dict[Site, Text]),
    "zones.yaml": TypeAdapter[object](dict[ZoneName, Zone]),
}
LANGUAGES = ("en",)
_S = TypeVar("_S", bound=BaseModel)
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
    for name, sheet in PHRASES.items():
        path = folder / "phrases" / f"{name}.yaml"
        problems += _said(path, folder, one_file(path, sheet)[1])
    lists = _lists(folder)
    for path in lesson_files(folder):
        problems += _said(path, folder, lesson(path, lists))
    for name in TABLES:
        problems += _said(folder / name, folder, table(folder / name))
    return problems + together(folder)


def lesson_files(folder: Path = FOLDER) -> list[Path]:
    """The lessons' own files, without translations."""
    return sorted(path for path in (folder / "lessons").glob("*.yaml") if "." not in path.stem)


def lesson(path: Path, lists: wording.Lists | None = None) -> list[str]:
    """What is wrong with one lesson and its translations; the lists are those of its own folder."""
    lists = lists or _lists(path.parents[1])
    found, problems = one_file(path, Lesson)
    if isinstance(found, Lesson):
        problems += wording.of_lesson(found, lists)
        problems += _recordings(path, len(found.steps))
    for language in LANGUAGES:
        twin = path.with_name(f"{path.stem}.{language}.yaml")
        if not twin.exists():
            problems.append(f"thiếu bản dịch {twin.name}")
            continue
        translated, wrong = one_file(twin, LessonTranslation)
        problems += [f"{twin.name}: {problem}" for problem in wrong]
        if isinstance(found, Lesson) and isinstance(translated, LessonTranslation):
            wrong = _twins(found, translated) or wording.of_translation(found, translated, lists)
            problems += [f"{twin.name}: {problem}" for problem in wrong]
    return problems


def _recordings(path: Path, steps: int) -> list[str]:
    return [
        f"voice/{name}: tên tệp phải là số của bước (1 đến {steps}) hoặc end, "
        f"ví dụ 2.mp3, tiếng Anh 2.en.mp3; đuôi là một trong {', '.join(recordings.SUFFIXES)}"
        for name in recordings.misnamed(path.parent, path.stem, steps)
    ]


def _twins(found: Lesson, translated: LessonTranslation) -> list[str]:
    pairs = [
        ("bước", len(found.steps), len(translated.steps)),
        ("câu hỏi", len(found.questions), len(translated.questions)),
    ]
    pairs += [
        (f"lựa chọn ở câu {number}", len(here.options), len(there.options))
        for number, (here, there) in enumerate(zip(found.questions, translated.questions, strict=False), 1)
    ]
    return [f"có {there} {what}, bản tiếng Việt có {here}" for what, here, there in pairs if here != there]


def one_file(path: Path, sheet: type[BaseModel]) -> tuple[BaseModel | None, list[str]]:
    """A file as its sheet, or what is wrong with it."""
    try:
        return sheet.model_validate(read(path)), []
    except yaml.YAMLError as error:
        return None, [_unreadable(error)]
    except ValidationError as error:
        return None, _problems(error)


def together(folder: Path = FOLDER) -> list[str]:
    """What is wrong between files: unknown names, double codes, circles, answers that can be guessed."""
    lessons = readable_lessons(folder)
    skills = {path.stem for path in (folder / "skills").glob("*.yaml")}
    return [
        *_double_codes(lessons),
        *_unknown_first_choices(folder, skills),
        *_unknown_names(folder, lessons, skills),
        *_without_lesson(skills, lessons),
        *_guessable(lessons),
        *_easy_questions(folder),
        *_circles(lessons),
        *_unknown_plans(folder),
    ]


def readable_lessons(folder: Path) -> dict[str, Lesson]:
    """The lessons that can be read, ready or not."""
    return readable(lesson_files(folder), Lesson)


def readable(files: Iterable[Path], sheet: type[_S]) -> dict[str, _S]:
    """The files that are as they should be, by name."""
    return {path.stem: found for path in files if isinstance(found := one_file(path, sheet)[0], sheet)}


def _double_codes(lessons: dict[str, Lesson]) -> Iterator[str]:
    for code, count in Counter(found.code for found in lessons.values()).items():
        if count > 1:
            yield f"mã {code} dùng cho {count} bài"


def _unknown_first_choices(folder: Path, skills: set[str]) -> Iterator[str]:
    first = FirstChoices.model_validate(read(folder / "first_choices.yaml"))
    relatives = {path.stem for path in (folder / "relatives").glob("*.yaml")}
    for code in sorted((set(first.relatives) - relatives) | (set(first.skills) - skills)):
        yield f"first_choices.yaml: chưa có mã “{code}”"


def _unknown_names(folder: Path, lessons: dict[str, Lesson], skills: set[str]) -> Iterator[str]:
    files = list((folder / "frameworks").glob("*.yaml"))
    frameworks = readable(files, Framework).values()
    competences = {code for framework in frameworks for code in framework.codes()}
    groups = {ours for framework in frameworks for group in framework.groups for ours in group.ours}
    whole = len(frameworks) == len(files)  # one slip in a framework is no slip of 65 lessons
    topics = _table(folder / "topics.yaml")
    for slug, found in lessons.items():
        unknown = [f"chủ đề “{found.topic}” trong topics.yaml"] if topics and found.topic not in topics else []
        unknown += [f"kỹ năng “{found.skill}” trong skills/"] if found.skill not in skills else []
        if whole:
            unknown += [f"năng lực “{code}” trong frameworks/" for code in found.framework if code not in competences]
            unknown += [f"nhóm “{group}” trong frameworks/" for group in found.groups if group not in groups]
        unknown += [f"bài “{need}”" for need in found.needs if need not in lessons]
        yield from (f"lessons/{slug}.yaml: chưa có {name}" for name in unknown)


def _unknown_plans(folder: Path) -> Iterator[str]:
    if plans := _table(folder / "plans.yaml"):
        for slug, found in readable(sorted((folder / "targets").glob("*.yaml")), Target).items():
            if found.plan not in plans:
                yield f"targets/{slug}.yaml: chưa có kế hoạch “{found.plan}” trong plans.yaml"


def _without_lesson(skills: set[str], lessons: dict[str, Lesson]) -> Iterator[str]:
    taught = {found.skill for found in lessons.values() if found.status == "ready"}
    for code in sorted(skills - taught - {NOTHING_TO_ASK}):
        yield f"skills/{code}.yaml: chưa có bài nào dạy kỹ năng này"


def _guessable(lessons: dict[str, Lesson]) -> Iterator[str]:
    places = Counter(question.right for found in lessons.values() for question in found.questions)
    for place, count in places.items():
        if count > places.total() / 2:
            yield f"lessons: {count} trên {places.total()} câu hỏi có đáp án đúng ở chỗ {place}, hãy đổi chỗ bớt"


def _easy_questions(folder: Path) -> list[str]:
    """Which skills have none, and whether the right answer can be guessed from its place."""
    skills = readable(sorted((folder / "skills").glob("*.yaml")), Skill)
    problems = [
        f"skills/{code}.yaml: thiếu câu hỏi dễ (easy)"
        for code, found in skills.items()
        if found.easy is None and code != NOTHING_TO_ASK
    ]
    places = {found.easy.right for found in skills.values() if found.easy}
    if len(places) == 1:
        problems.append(f"skills: câu hỏi dễ nào cũng có đáp án đúng ở chỗ {places.pop()}, hãy đổi chỗ khoảng một nửa")
    return problems


def _circles(lessons: dict[str, Lesson]) -> Iterator[str]:
    for slug in lessons:
        if way := _way_back(slug, lessons):
            yield f"lessons/{slug}.yaml: bài này cần chính nó (vòng tròn): {' → '.join(way)}"


def _way_back(slug: str, lessons: dict[str, Lesson]) -> list[str]:
    """The lessons that lead from one back to itself, by what each needs; empty when nothing does."""
    ways = [[slug]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        for need in lessons[way[-1]].needs:
            if need == slug:
                return [*way, slug]
            if need in lessons and need not in seen:
                seen.add(need)
                ways.append([*way, need])
    return []


def table(path: Path) -> list[str]:
    """What is wrong with a file that holds one table."""
    try:
        TABLES[path.name].validate_python(read(path))
    except yaml.YAMLError as error:
        return [_unreadable(error)]
    except ValidationError as error:
        return _problems(error)
    return []


def _table(path: Path) -> dict[str, object]:
    """A table as it is written; empty while something is wrong with it."""
    found = {} if table(path) else TABLES[path.name].validate_python(read(path))
    return found if isinstance(found, dict) else {}


def _lists(folder: Path) -> wording.Lists:
    jargon = {word: said for word, said in _table(folder / "jargon.yaml").items() if isinstance(said, Jargon)}
    return wording.Lists(jargon, frozenset(_table(folder / "official_sites.yaml")))


def _unreadable(error: yaml.YAMLError) -> str:
    return f"không đọc được tệp: {str(error).splitlines()[0]}"


def _problems(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors():
        place = " → ".join(str(part + 1 if isinstance(part, int) else part) for part in problem["loc"])
        # A limit that follows another validator is reported as if the text were a list.
        of_text = isinstance(problem["input"], str) and problem["type"] in ("too_long", "too_short")
        pattern = _SAID.get(f"string_{problem['type']}" if of_text else problem["type"])
        said = (
            pattern.format(**problem.get("ctx", {})).replace(" or ", " hoặc ")
            if pattern
            else problem["msg"].removeprefix("Value error, ")
        )
        lines.append((f"{place}: " if place else "") + said)
    return lines


def _said(path: Path, folder: Path, problems: list[str]) -> list[str]:
    return [f"{path.relative_to(folder)}: {problem}" for problem in problems]
