"""A lesson as one short text, to paste into a group, a leaflet or a letter."""

from content.schema import Lesson, LessonTranslation

# One message that a group still reads to its end.
LENGTH = 700
# Whoever reads a pasted text is unknown; "mình" takes everybody in.
_ANYBODY = {"you": "mình", "You": "Mình"}


def text(lesson: Lesson | LessonTranslation, link: str) -> str:
    """The title, the steps in short, the warning and a link."""
    lines = [lesson.title, *(f"{at}. {step}" for at, step in enumerate(lesson.brief or lesson.told_steps(), 1))]
    return "\n".join([*(line.format(**_ANYBODY) for line in [*lines, f"⚠ {lesson.warning}"]), link])
