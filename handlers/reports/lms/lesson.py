"""A lesson as its page says it: the one place that knows how lessons are written."""

from dataclasses import dataclass
from datetime import date

import content
from bot.texts import addressed, locale
from content.schema import Question, QuestionTranslation, Source


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a page asks it; `right` counts from 1."""

    ask: str
    options: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True, slots=True)
class Taught:
    """All that the page of a lesson says; `unsure` are the steps whose menu names may differ, from 1."""

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
    words = lesson if locale() == "vi" else content.translations(locale())[slug]
    steps = [step.text for step in lesson.steps] if locale() == "vi" else content.translations(locale())[slug].steps
    return Taught(
        slug=slug,
        topic=lesson.topic,
        title=words.title,
        steps=tuple(map(addressed, steps)),
        unsure=frozenset(number for number, step in enumerate(lesson.steps, 1) if step.check),
        practice=addressed(words.practice),
        mistake=addressed(words.mistake),
        warning=addressed(words.warning),
        questions=tuple(map(_asked, words.questions, lesson.questions)),
        checked_on=lesson.checked_on,
        sources=lesson.sources,
    )


def _asked(said: Question | QuestionTranslation, question: Question) -> Asked:
    return Asked(addressed(said.ask), tuple(map(addressed, said.options)), question.right, addressed(said.why))
