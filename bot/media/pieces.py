"""What each picture, page and voice says, in the manner being spoken; its file is named by its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any, Literal

from babel.dates import format_date

import content
from bot.media import drawing, programs, pronouncing
from bot.texts import LANGUAGES, _, locale, manner_for, speaking
from content import recordings
from handlers import lesson_words

# Everybody the bot may talk to; words without {you} are the same for all and are made once.
ADDRESSES = ("bạn", "bà", "ông", "cô", "bác", "chú", "anh", "chị", "em", "thầy", "cụ")
# Changes when voices are made in another way, so that old files no longer fit.
_HOW = f"1 {programs.SPEED} {programs.GAP} {programs.SOUNDS}"


Form = Literal["png", "pdf"]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture or a page to be drawn."""

    name: str
    form: Form
    template: str
    data: dict[str, Any]
    alt: str

    @property
    def file(self) -> str:
        """Its name on the shelf: the same words have the same."""
        said = f"{drawing.look()} {self.template} {drawing.written(self.data)}"
        return f"{self.name}-{_mark(said.encode())}.{self.form}"


@dataclass(frozen=True, slots=True)
class Voice:
    """Words to be spoken, or somebody's recording of them."""

    name: str
    language: str
    words: str
    recording: Path | None
    alt: str

    def file(self, suffix: str) -> str:
        """Its name on the shelf in one of the three forms."""
        if self.recording is not None:
            said = _mark_of_file(self.recording, self.recording.stat().st_mtime_ns)
        else:
            said = _mark(f"{_HOW} {self.language} {self.words}".encode())
        return f"{self.name}-{said}.{suffix}"


def card(slug: str, number: int) -> Drawing:
    """A step in big letters."""
    steps = lesson_words.steps(slug)
    step = steps[number - 1]
    data = {
        **_sheet(slug),
        "step": number,
        "of": len(steps),
        "place": _("Bước {at}/{count}", at=number, count=len(steps)),
        "text": step,
        "note": lesson_words.note(slug, number),
    }
    alt = _("Bước {at}/{count}. {step}", at=number, count=len(steps), step=step)
    return Drawing(f"{slug}-{number}", "png", "card", data, alt)


def picture(slug: str) -> Drawing:
    """The whole lesson to pass on, for whoever sees it; its words are the text it is offered with."""
    return _whole(slug, "picture", "png", _("Hình cả bài “{title}”", title=lesson_words.title(slug)))


def page(slug: str) -> Drawing:
    """The whole lesson on A5 paper, for whoever holds it."""
    return _whole(slug, "page", "pdf", _("Tờ A5 để in, bài “{title}” (PDF)", title=lesson_words.title(slug)))


def voice(slug: str, number: int) -> Voice:
    """A step read aloud."""
    words = f"{_('Bước {at}.', at=number)} {lesson_words.steps(slug)[number - 1]} {lesson_words.note(slug, number)}"
    return _voice(slug, str(number), words, _("Nghe bước {at}", at=number))


def closing_voice(slug: str) -> Voice:
    """What to remember and what often goes wrong, read aloud."""
    warning = _("Nhớ nhé: {warning}", warning=lesson_words.warning(slug))
    mistake = _("Hay nhầm: {mistake}", mistake=lesson_words.mistake(slug))
    return _voice(slug, recordings.END, f"{warning} {mistake}", _("Nghe điều cần nhớ"))


def thanks(name: str, deeds: tuple[str, ...], day: date, form: Form) -> Drawing:
    """A certificate of thanks; it says plainly what it is not."""
    written_day = "d MMMM yyyy" if locale() == "en" else "'Ngày' d 'tháng' M 'năm' yyyy"
    title, opening, when = _("Giấy cảm ơn"), _("Học Vụ Số cảm ơn"), format_date(day, written_day, locale=locale())
    plainly = _(
        "Giấy này do máy trả lời Học Vụ Số soạn để cảm ơn và khích lệ. Giấy không thay cho xác nhận chính thức của cơ quan có thẩm quyền."
    )
    data = {
        "lang": locale(),
        "title": title,
        "thanks": opening,
        "name": name,
        "deeds": list(deeds),
        "day": when,
        "plainly": plainly,
        "foot": _("Bình dân học vụ số"),
    }
    said = " ".join([f"{title}.", opening, name, *deeds, f"{when}.", plainly])
    return Drawing("thanks", form, "thanks", data, _("Giấy cảm ơn để in (PDF)") if form == "pdf" else said)


def of_lesson(slug: str) -> Iterator[Drawing | Voice]:
    """Everything of a lesson, in every language and for every address; much of it is the same."""
    for language, address in product(LANGUAGES, ADDRESSES):
        with speaking(manner_for(language, address)):
            for number in range(1, len(content.lessons()[slug].steps) + 1):
                yield card(slug, number)
                yield voice(slug, number)
            yield closing_voice(slug)
            yield picture(slug)
            yield page(slug)


def _whole(slug: str, shape: str, form: Form, alt: str) -> Drawing:
    # Whoever sees it is unknown; "mình" takes everybody in, as in the text that is pasted.
    with speaking(manner_for(locale(), "mình")):
        steps = lesson_words.steps(slug)
        notes = [lesson_words.note(slug, number) for number in range(1, len(steps) + 1)]
        warning, mistake = lesson_words.warning(slug), lesson_words.mistake(slug)
        data = {
            **_sheet(slug),
            "shape": shape,
            "steps": steps,
            "note": " ".join(dict.fromkeys(filter(None, notes))),
            "warning": {"name": _("Nhớ nhé:"), "text": warning},
            "mistake": {"name": _("Hay nhầm:"), "text": mistake},
        }
    return Drawing(f"{slug}-{'lesson' if form == 'pdf' else 'share'}", form, "whole", data, alt)


def _voice(slug: str, part: str, words: str, alt: str) -> Voice:
    spoken = _said(words) if locale() == "vi" else words
    recorded = recordings.find(content.FOLDER / "lessons", slug, part, locale())
    return Voice(f"{slug}-{part}", locale(), spoken, recorded, alt)


@cache
def _said(words: str) -> str:
    """A turn asks for its voice's name, which is made of these words; some thousand of them are all there are."""
    return pronouncing.said(words, content.pronunciation())


def _sheet(slug: str) -> dict[str, Any]:
    code = content.lessons()[slug].code
    foot = _("Học Vụ Số · Bình dân học vụ số · bài {code}", code=code)
    return {"lang": locale(), "title": lesson_words.title(slug), "foot": foot}


def _mark(said: bytes) -> str:
    return sha256(said).hexdigest()[:16]


@cache
def _mark_of_file(path: Path, changed: int) -> str:
    return _mark(_HOW.encode() + path.read_bytes())
