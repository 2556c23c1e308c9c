"""Take a lesson elsewhere: words to paste into a class group, a picture to send, a page to print."""

import content
from bot.port import Choice, Reply
from bot.texts import _
from content import pasted
from handlers import lesson_words
from handlers.turn import Turn

# Where a pasted lesson leads when this machine has no address of its own on the internet.
_PLATFORM = "https://binhdanhocvuso.gov.vn"


def show(turn: Turn, slug: str) -> list[Reply]:
    """The lesson as one text to copy, and as picture and A5 page where these were built."""
    lesson = content.lessons()[slug]
    link = f"{turn.public_url}/?join=bai-{slug}" if turn.public_url else _PLATFORM
    notes = lesson_words.names_may_differ(), lesson_words.fact_may_change(slug)
    text = pasted.text(lesson, lesson_words.words(slug), link, *notes)
    ask = Reply(_("{You} chép đoạn này, dán vào nhóm hay tin nhắn nào cũng được ạ:"))
    choices = (Choice(_("Bài khác"), f"topic:{lesson.topic}:0"), Choice(_("Trang chính"), "home"))
    sheets = tuple(filter(None, (turn.shelf.lesson_picture(slug), turn.shelf.lesson_page(slug))))
    if not sheets:
        return [ask, Reply(text, choices)]
    return [ask, Reply(text), Reply(_("Hoặc {you} gửi hình này, in tờ giấy này ạ:"), choices, sheets)]
