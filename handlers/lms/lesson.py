"""A lesson as its page says it, with its questions, sources and the day it was checked."""

from dataclasses import dataclass
from datetime import date

import content
from content.schema import Source
from handlers import lesson_words
from handlers.lesson_words import Asked


@dataclass(frozen=True, slots=True)
class Taught:
    """All that the page of a lesson says; `unsure` are the steps, from 1, whose menu names may differ."""

    slug: str
    topic: str
    title: str
    steps: tuple[str, ...]
    unsure: frozenset[int]
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
    surprising = (step.may_surprise(said) for step, said in zip(lesson.steps, steps, strict=True))
    return Taught(
        slug=slug,
        topic=lesson.topic,
        title=lesson_words.title(slug),
        steps=steps,
        unsure=frozenset(number for number, may in enumerate(surprising, 1) if may),
        practice=lesson_words.practice(slug),
        mistake=lesson_words.mistake(slug),
        warning=lesson_words.warning(slug),
        questions=tuple(lesson_words.question(slug, number + 1) for number in range(lesson_words.count(slug))),
        checked_on=lesson.checked_on,
        sources=lesson.sources,
    )
