"""What is taught and counted: data with a strict schema, read once from the files beside this one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import yaml
from pydantic import BaseModel, TypeAdapter

from content.schema import (
    Abbreviations,
    Classes,
    CodeWords,
    Dates,
    Durations,
    FirstChoices,
    Framework,
    Helping,
    Holidays,
    Lesson,
    LessonTranslation,
    Letterhead,
    Mentions,
    NotLogs,
    Numbers,
    Outcome,
    People,
    Plan,
    Pronunciation,
    Relative,
    Results,
    Scenes,
    Sheet,
    Skill,
    Target,
    Topic,
    Year,
    Zone,
    ZoneName,
)

FOLDER = Path(__file__).parent
_S = TypeVar("_S", bound=Sheet)
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(path: Path) -> object:
    """What a YAML file holds, not yet checked."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)


def _folder(name: str, sheet: type[_S]) -> dict[str, _S]:
    """Every `<key>.yaml` of a folder, by key, in the order of the alphabet."""
    files = sorted(path for path in (FOLDER / name).glob("*.yaml") if "." not in path.stem)
    return {path.stem: sheet.model_validate(read(path)) for path in files}


@cache
def lessons() -> dict[str, Lesson]:
    """The lessons ready to be taught, by slug, in the order of their codes."""
    ready = {slug: lesson for slug, lesson in _folder("lessons", Lesson).items() if lesson.status == "ready"}
    return dict(sorted(ready.items(), key=lambda pair: pair[1].code))


@cache
def lesson_of_skill() -> dict[str, str]:
    """The slug of the first ready lesson, by code, that teaches a skill; skills without a lesson are absent."""
    first: dict[str, str] = {}
    for slug, lesson in lessons().items():
        first.setdefault(lesson.skill, slug)
    return first


@cache
def translations(language: str) -> dict[str, LessonTranslation]:
    """The lessons' words in another language, by slug."""
    files = sorted((FOLDER / "lessons").glob(f"*.{language}.yaml"))
    return {path.name.split(".")[0]: LessonTranslation.model_validate(read(path)) for path in files}


@cache
def topics() -> dict[str, Topic]:
    """The shelves, in the order of their file."""
    return TypeAdapter(dict[str, Topic]).validate_python(read(FOLDER / "topics.yaml"))


@cache
def frameworks() -> dict[str, Framework]:
    """The official frameworks, by the name of their file."""
    return _folder("frameworks", Framework)


@cache
def first_choices() -> FirstChoices:
    """What is offered first to somebody who has not logged yet."""
    return FirstChoices.model_validate(read(FOLDER / "first_choices.yaml"))


@cache
def calendar() -> tuple[Holidays, ...]:
    """The holidays of every year there is a file for, in order."""
    years = _folder("calendar", Year).values()
    return tuple(sorted((found for year in years for found in year.holidays), key=lambda found: found.first))


@cache
def holidays_until(day: date) -> date | None:
    """The first day after the holidays that this day is one of; None on any other day."""
    found = next((found for found in calendar() if found.first <= day <= found.last), None)
    if found is None:
        return None
    after = found.last + timedelta(days=1)
    return holidays_until(after) or after


@cache
def zones() -> dict[str, Zone]:
    """The time zones people may choose, by their IANA name."""
    return TypeAdapter(dict[ZoneName, Zone]).validate_python(read(FOLDER / "zones.yaml"))


@cache
def relatives() -> dict[str, Relative]:
    """The kinship codes."""
    return _folder("relatives", Relative)


@cache
def skills() -> dict[str, Skill]:
    """The skill codes."""
    return _folder("skills", Skill)


@cache
def outcomes() -> dict[str, Outcome]:
    """The outcome codes."""
    return _folder("outcomes", Outcome)


@cache
def targets() -> dict[str, Target]:
    """What the plans aim at, by slug."""
    return _folder("targets", Target)


@cache
def plans() -> dict[str, Plan]:
    """The plans that targets come from."""
    return TypeAdapter(dict[str, Plan]).validate_python(read(FOLDER / "plans.yaml"))


@cache
def letterheads() -> dict[str, Letterhead]:
    """The headings of official papers."""
    return _folder("letterheads", Letterhead)


@dataclass(frozen=True, slots=True)
class Phrasebook:
    """Every list of `content/phrases`, one sheet a file."""

    abbreviations: Abbreviations
    classes: Classes
    dates: Dates
    durations: Durations
    helping: Helping
    mentions: Mentions
    not_logs: NotLogs
    numbers: Numbers
    people: People
    results: Results
    scenes: Scenes


# The sheet of each list of phrases, by the name of its file.
PHRASES: Mapping[str, type[BaseModel]] = get_type_hints(Phrasebook)


@cache
def phrases() -> Phrasebook:
    """The words log lines are read with."""
    folder = FOLDER / "phrases"
    found: dict[str, Any] = {
        name: sheet.model_validate(read(folder / f"{name}.yaml")) for name, sheet in PHRASES.items()
    }
    return Phrasebook(**found)


@cache
def code_words() -> CodeWords:
    """The words of codes that are said aloud."""
    return CodeWords.model_validate(read(FOLDER / "code_words.yaml"))


@cache
def pronunciation() -> Pronunciation:
    """How the spoken lessons say what is not a Vietnamese word."""
    return Pronunciation.model_validate(read(FOLDER / "pronunciation.yaml"))
