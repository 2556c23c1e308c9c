"""A lesson as one short text, to paste into a group, a leaflet or a letter."""

from content.schema import Lesson, LessonTranslation

# One message that a group still reads to its end.
LENGTH = 700
# Whoever reads a pasted text is unknown; "mình" takes everybody in.
_ANYBODY = {"you": "mình", "You": "Mình"}


def text(lesson: Lesson, words: Lesson | LessonTranslation, link: str, names: str, facts: str) -> str:
    """The title, the steps in short, the warning and a link, in the words of one language.

    Under steps that do not say it themselves stands that names may differ elsewhere, that facts may change.
    """
    told = words.brief or words.told_steps()
    steps = [f"{at}. {step}" for at, step in enumerate(told, 1)]
    # Short steps stand for all of them together, so what one of them says is said.
    said = ["\n".join(told)] * len(lesson.steps) if words.brief else told
    pairs = list(zip(lesson.steps, said, strict=True))
    notes = [names] if any(step.may_surprise(told) for step, told in pairs) else []
    notes += [facts] if any(step.may_change(told) for step, told in pairs) else []
    lines = [words.title, *steps, *notes, f"⚠ {words.warning}"]
    return "\n".join([*(line.format(**_ANYBODY) for line in lines), link])
