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
from handlers import lesson_words

# Everybody the bot may talk to; words without {you} are the same for all and are made once.
ADDRESSES = ("bạn", "bà", "ông", "cô", "bác", "chú", "anh", "chị", "em", "thầy", "cụ")
RECORDINGS = (".wav", ".flac", ".mp3", ".m4a", ".ogg")
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
        "note": _note(slug, number),
    }
    alt = _("Bước {at}/{count}. {step}", at=number, count=len(steps), step=step)
    return Drawing(f"{slug}-{number}", "png", "card", data, alt)


def picture(slug: str) -> Drawing:
    """The whole lesson to pass on, for whoever sees it."""
    return _whole(slug, "picture", "png")


def page(slug: str) -> Drawing:
    """The whole lesson on A5 paper, for whoever holds it."""
    return _whole(slug, "page", "pdf")


def voice(slug: str, number: int) -> Voice:
    """A step read aloud."""
    words = f"{_('Bước {at}.', at=number)} {lesson_words.steps(slug)[number - 1]} {_note(slug, number)}"
    alt = _("Nghe bước {at} của bài “{title}”", at=number, title=lesson_words.title(slug))
    return _voice(slug, str(number), words, alt)


def closing_voice(slug: str) -> Voice:
    """What to remember and what often goes wrong, read aloud."""
    warning = _("Nhớ nhé: {warning}", warning=lesson_words.warning(slug))
    mistake = _("Hay nhầm: {mistake}", mistake=lesson_words.mistake(slug))
    alt = _("Nghe điều cần nhớ của bài “{title}”", title=lesson_words.title(slug))
    return _voice(slug, "end", f"{warning} {mistake}", alt)


def thanks(name: str, deeds: tuple[str, ...], day: date, form: Form) -> Drawing:
    """A certificate of thanks; it says plainly what it is not."""
    written_day = "d MMMM yyyy" if locale() == "en" else "'Ngày' d 'tháng' M 'năm' yyyy"
    title, opening, when = _("Giấy cảm ơn"), _("Học Vụ Số cảm ơn"), format_date(day, written_day, locale=locale())
    plainly = _(
        "Giấy này do chatbot Học Vụ Số soạn để cảm ơn và khích lệ. Giấy không thay cho xác nhận chính thức của cơ quan có thẩm quyền."
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
    alt = " ".join([f"{title}.", opening, name, *deeds, f"{when}.", plainly])
    return Drawing("thanks", form, "thanks", data, alt)


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


def _whole(slug: str, shape: str, form: Form) -> Drawing:
    with speaking(manner_for(locale(), "")):
        steps = lesson_words.steps(slug)
        warning, mistake = lesson_words.warning(slug), lesson_words.mistake(slug)
        data = {
            **_sheet(slug),
            "shape": shape,
            "steps": steps,
            "warning": {"name": _("Nhớ nhé:"), "text": warning},
            "mistake": {"name": _("Hay nhầm:"), "text": mistake},
        }
        lines = [
            lesson_words.title(slug) + ".",
            *(f"{number}. {step}" for number, step in enumerate(steps, 1)),
            _("Nhớ nhé: {warning}", warning=warning),
            _("Hay nhầm: {mistake}", mistake=mistake),
        ]
    return Drawing(f"{slug}-{'lesson' if form == 'pdf' else 'share'}", form, "whole", data, " ".join(lines))


def _voice(slug: str, part: str, words: str, alt: str) -> Voice:
    spoken = pronouncing.said(words, content.pronunciation()) if locale() == "vi" else words
    return Voice(f"{slug}-{part}", locale(), spoken, recording(content.FOLDER / "lessons" / slug / "voice", part), alt)


def recording(folder: Path, part: str) -> Path | None:
    """`2.mp3` of a lesson's folder of voices, in English `2.en.mp3`: one recording for everybody."""
    if not folder.is_dir():
        return None
    stem = part if locale() == "vi" else f"{part}.{locale()}"
    return next((path for suffix in RECORDINGS if (path := folder / f"{stem}{suffix}").is_file()), None)


def _sheet(slug: str) -> dict[str, Any]:
    code = content.lessons()[slug].code
    foot = _("Học Vụ Số · Bình dân học vụ số · bài {code}", code=code)
    return {"lang": locale(), "title": lesson_words.title(slug), "foot": foot}


def _note(slug: str, number: int) -> str:
    step, said = content.lessons()[slug].steps[number - 1], lesson_words.steps(slug)[number - 1]
    return _("(Tên mục có thể khác theo máy.)") if step.may_surprise(said) else ""


def _mark(said: bytes) -> str:
    return sha256(said).hexdigest()[:16]


@cache
def _mark_of_file(path: Path, changed: int) -> str:
    return _mark(_HOW.encode() + path.read_bytes())
