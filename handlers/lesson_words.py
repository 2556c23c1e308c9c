"""What a lesson says, in the language and the manner in which the person is spoken to."""

from dataclasses import dataclass
from functools import cache

import content
from bot.texts import _, addressed, locale
from content.schema import Lesson, LessonTranslation


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in words; `right` counts the options from 1."""

    ask: str
    options: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True, slots=True)
class Facts:
    """A lesson as the rule of the path sees it."""

    slug: str
    skill: str
    topic: str
    groups: tuple[str, ...]
    needs: tuple[str, ...]


@cache
def facts() -> tuple[Facts, ...]:
    """Every lesson in the order of learning."""
    return tuple(
        Facts(slug, lesson.skill, lesson.topic, lesson.groups, lesson.needs)
        for slug, lesson in content.lessons().items()
    )


def words(slug: str) -> Lesson | LessonTranslation:
    """The lesson in the language being spoken, not yet addressed to anybody."""
    return content.lessons()[slug] if locale() == "vi" else content.translations(locale())[slug]


def title(slug: str) -> str:
    """The lesson's title."""
    return addressed(words(slug).title)


def steps(slug: str) -> list[str]:
    """The steps, in order."""
    return [addressed(step) for step in words(slug).told_steps()]


def names_may_differ() -> str:
    """What stands under a step whose names on the screen are not the same everywhere."""
    return _("(Tên mục có thể khác theo máy.)")


def fact_may_change(slug: str) -> str:
    """What stands under a step whose rule, date or number may change, and where to look it up."""
    return _("(Điều này có thể thay đổi, nên xem lại ở {site}.)", site=content.lessons()[slug].site())


def note(slug: str, number: int) -> str:
    """What to add to a step, by its place from 1, so that it stays true; empty when it says so itself."""
    step, said = content.lessons()[slug].steps[number - 1], words(slug).told_steps()[number - 1]
    if step.may_surprise(said):
        return names_may_differ()
    return fact_may_change(slug) if step.may_change(said) else ""


def practice(slug: str) -> str:
    """The practice task, a question that ends the steps."""
    return addressed(words(slug).practice)


def warning(slug: str) -> str:
    """What to take care of."""
    return addressed(words(slug).warning)


def mistake(slug: str) -> str:
    """What people often get wrong."""
    return addressed(words(slug).mistake)


def count(slug: str) -> int:
    """How many questions the lesson has."""
    return len(content.lessons()[slug].questions)


def question(slug: str, number: int) -> Asked:
    """One of the lesson's questions, by its place from 1."""
    asked = words(slug).questions[number - 1]
    right = content.lessons()[slug].questions[number - 1].right
    return Asked(addressed(asked.ask), tuple(map(addressed, asked.options)), right, addressed(asked.why))


def topic(slug: str) -> str:
    """The title of a shelf."""
    found = content.topics()[slug]
    return found.title if locale() == "vi" else found.title_en
