"""A lesson as a plain page: headings, lists and labelled choices, which every reader and screen reader knows."""

from collections.abc import Iterable, Sequence
from html import escape

from bot.texts import _, locale
from content.schema import Source
from handlers.lesson_words import Asked
from handlers.lms.lesson import Taught
from handlers.lms.manifest import Shelf, page_of


def lesson(taught: Taught) -> str:
    """The page of one lesson, with its questions."""
    body = [
        f"<h1>{escape(taught.title)}</h1>",
        *_section(_("Các bước"), f"<ol>\n{_steps(taught)}\n</ol>"),
        *_section(_("Làm thử"), _paragraph(taught.practice)),
        *_section(_("Hay nhầm"), _paragraph(taught.mistake)),
        *_section(_("Nhớ nhé"), _paragraph(taught.warning)),
        *_section(_("Câu hỏi"), _form(taught.questions)),
        "<footer>",
        _paragraph(_("Ngày kiểm tra nội dung: {day}.", day=f"{taught.checked_on:%d/%m/%Y}")),
        f"<ul>\n{_lines(map(_source, taught.sources))}\n</ul>",
        _paragraph(_("Đánh giá nội bộ, không thay xác nhận phổ cập kỹ năng số.")),
        "</footer>",
    ]
    return _page(taught.title, body, "../", script=True)


def index(title: str, shelves: Iterable[Shelf]) -> str:
    """The table of contents, for who opens the folder without an LMS."""
    body = [f"<h1>{escape(title)}</h1>"]
    for shelf in shelves:
        links = (f'<a href="{page_of(one.slug)}">{escape(one.title)}</a>' for one in shelf.lessons)
        body += _section(shelf.title, f"<ul>\n{_lines(links)}\n</ul>")
    return _page(title, body, "", script=False)


def _page(title: str, body: Iterable[str], up: str, *, script: bool) -> str:
    head = [
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f'<link rel="stylesheet" href="{up}lesson.css">',
        *([f'<script src="{up}lesson.js" defer></script>'] if script else []),
    ]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            f'<html lang="{locale()}">',
            "<head>",
            *head,
            "</head>",
            "<body>",
            "<main>",
            *body,
            "</main>",
            "</body>",
            "</html>",
            "",
        ]
    )


def _section(title: str, inside: str) -> list[str]:
    return ["<section>", f"<h2>{escape(title)}</h2>", inside, "</section>"]


def _paragraph(words: str) -> str:
    return f"<p>{escape(words)}</p>"


def _lines(entries: Iterable[str]) -> str:
    return "\n".join(f"<li>{entry}</li>" for entry in entries)


def _steps(taught: Taught) -> str:
    return _lines(escape(f"{step} {note}".strip()) for step, note in zip(taught.steps, taught.notes, strict=True))


def _source(source: Source) -> str:
    if source.url is None:
        return escape(source.name)
    name = source.name + (" " + _("(cần kiểm tra)") if source.check else "")
    return f'<a href="{escape(source.url)}" rel="noopener" target="_blank">{escape(name)}</a>'


def _form(questions: Sequence[Asked]) -> str:
    """Every question with its choices; `data-…` is what lesson.js says and reports."""
    said = {
        "score": _("Đúng {right}/{count} câu.", right="{right}", count="{count}"),
        "done": _("Đúng hết rồi ạ! Xong bài này."),
        "yes": _("Đúng rồi ạ!"),
        "not-yet": _("Chưa đúng, không sao ạ."),
    }
    send = _("Trả lời")
    return "\n".join(
        [
            "<form " + " ".join(f'data-{name}="{escape(words)}"' for name, words in said.items()) + ">",
            *(_question(number, asked) for number, asked in enumerate(questions, 1)),
            f'<button type="submit">{escape(send)}</button>',
            '<p id="result" role="status"></p>',
            "</form>",
        ]
    )


def _question(number: int, asked: Asked) -> str:
    choices = (
        f'<label><input type="radio" name="q{number}" value="{value}" required> {escape(option)}</label>'
        for value, option in enumerate(asked.options, 1)
    )
    return "\n".join(
        [
            f'<fieldset data-right="{asked.right}">',
            f"<legend>{number}. {escape(asked.ask)}</legend>",
            *choices,
            f'<p role="status" data-why="{escape(asked.why)}"></p>',
            "</fieldset>",
        ]
    )
