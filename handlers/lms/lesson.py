"""A lesson as its page says it, with its questions, sources and the day it was checked."""

from dataclasses import dataclass
from datetime import date

import content
from content.schema import Source
from handlers import lesson_words
from handlers.lesson_words import Asked


@dataclass(frozen=True, slots=True)
class Taught:
    """All that the page of a lesson says; a note for each step, "" where it needs none."""

    slug: str
    topic: str
    title: str
    steps: tuple[str, ...]
    notes: tuple[str, ...]
    practice: str
    mistake: str
    warning: str
    questions: tuple[Asked, ...]
    checked_on: date
    sources: tuple[Source, ...]


def taught(slug: str) -> Taught:
    """A lesson in the language and manner being spoken."""
    lesson = content.lessons()[slug]
    steps = tuple(lesson_words.steps(slug))
    return Taught(
        slug=slug,
        topic=lesson.topic,
        title=lesson_words.title(slug),
        steps=steps,
        notes=tuple(lesson_words.note(slug, number) for number in range(1, len(steps) + 1)),
        practice=lesson_words.practice(slug),
        mistake=lesson_words.mistake(slug),
        warning=lesson_words.warning(slug),
        questions=tuple(lesson_words.question(slug, number) for number in range(1, lesson_words.count(slug) + 1)),
        checked_on=lesson.checked_on,
        sources=lesson.sources,
    )
