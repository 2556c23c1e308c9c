"""A lesson as one short text, to paste into a group, a leaflet or a letter."""

from content.schema import Lesson, LessonTranslation

# One message that a group still reads to its end.
LENGTH = 700
# Whoever reads a pasted text is unknown; "mình" takes everybody in.
_ANYBODY = {"you": "mình", "You": "Mình"}


def text(lesson: Lesson, words: Lesson | LessonTranslation, link: str, note: str) -> str:
    """The title, the steps in short, the warning and a link, in the words of one language.

    The note stands under steps that may look different elsewhere and do not say so.
    """
    steps = [f"{at}. {step}" for at, step in enumerate(words.brief or words.told_steps(), 1)]
    told = zip(lesson.steps, words.told_steps(), strict=True)
    notes = [note] if any(step.may_surprise(said) for step, said in told) else []
    lines = [words.title, *steps, *notes, f"⚠ {words.warning}"]
    return "\n".join([*(line.format(**_ANYBODY) for line in lines), link])
