"""Take a lesson elsewhere: words to paste into a class group, short enough for any of them."""

import content
from bot.port import Choice, Reply
from bot.texts import _
from handlers import lesson_words
from handlers.turn import Turn

MOST_LETTERS = 700


def show(turn: Turn, slug: str) -> list[Reply]:
    """The lesson as one text to copy."""
    shelf = f"topic:{content.lessons()[slug].topic}:0"
    ask = Reply(_("{You} chép đoạn này rồi dán vào nhóm nhé:"))
    return [ask, Reply(text(slug, turn.public_url), (Choice(_("Bài khác"), shelf), Choice(_("Trang chính"), "home")))]


def text(slug: str, address: str) -> str:
    """Title, numbered steps and the warning, as many as fit, and the link to the whole lesson."""
    link = f"{address}/?join=bai-{slug}" if address else ""
    lines = [lesson_words.title(slug)]
    tail = [_("Nhớ nhé: {warning}", warning=lesson_words.warning(slug)), *([link] if link else [])]
    for number, step in enumerate(lesson_words.steps(slug), 1):
        line = f"{number}. {step}"
        if len("\n".join([*lines, line, *tail])) > MOST_LETTERS:
            break
        lines.append(line)
    return "\n".join([*lines, *tail])
