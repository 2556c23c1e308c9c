"""Phrases in the person's language and manner of address (gettext, Babel)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

LOCALES = Path(__file__).parent / "locales"
LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}

# How the bot calls itself, by how the person is addressed. A grandchild's "cháu" to everybody of an
# elder generation; "em" to a teacher; the neutral "mình" to pupils and to whoever has not said.
_SELF = {"bà": "cháu", "ông": "cháu", "cụ": "cháu", "cô": "cháu", "bác": "cháu", "chú": "cháu", "thầy": "em"}
_SELF |= {"anh": "em", "chị": "em"}

_STAFF = frozenset({"teacher", "organiser", "board", "officer", "admin"})


@dataclass(frozen=True, slots=True)
class Manner:
    """In which language and how a person is spoken to."""

    locale: str = "vi"
    you: str = "bạn"
    me: str = "mình"


_PLAIN = Manner()
_manner: ContextVar[Manner] = ContextVar("manner", default=_PLAIN)


def manner_for(locale: str, address: str, role: str | None = None) -> Manner:
    """How to speak with somebody: in English everybody is "you"; a teacher's helper is "em"."""
    if locale == "en":
        return Manner("en", "you", "I")
    you = address or ("em" if role == "pupil" else "bạn")
    return Manner("vi", you, "em" if role in _STAFF else _SELF.get(you, "mình"))


@contextmanager
def speaking(manner: Manner) -> Iterator[None]:
    """Every phrase inside is said in this manner."""
    token = _manner.set(manner)
    try:
        yield
    finally:
        _manner.reset(token)


def speak(manner: Manner) -> None:
    """Every phrase from now on is said in this manner, unless `speaking` says otherwise."""
    _manner.set(manner)


def locale() -> str:
    """The language being spoken."""
    return _manner.get().locale


def _(phrase: str, **values: object) -> str:
    """A phrase in the person's language; `{you}`, `{You}`, `{me}` and `{Me}` are always known."""
    return _fill(_catalogue(locale()).gettext(phrase), values)


def counted(phrase: str, number: int, **values: object) -> str:
    """A phrase that fits a number, `{n}`: Vietnamese has one form for all, English has two."""
    return _fill(_catalogue(locale()).ngettext(phrase, phrase, number), {"n": number, **values})


def N_(phrase: str) -> str:
    """Mark a phrase for translation where it stands; it is translated where it is said."""
    return phrase


def addressed(words: str) -> str:
    """Words of a lesson or a skill, with `{you}` and `{You}` as the person is spoken to."""
    return _fill(words, {})


def _fill(phrase: str, values: dict[str, object]) -> str:
    if "{" not in phrase:
        return phrase
    manner = _manner.get()
    known = {"you": manner.you, "You": capital(manner.you), "me": manner.me, "Me": capital(manner.me)}
    return phrase.format(**known, **values)


def capital(words: str) -> str:
    """The same words with a capital at the start, the rest untouched."""
    return words[:1].upper() + words[1:]


def listed(words: list[str]) -> str:
    """ "a", "a và b", "a, b và c"."""
    if len(words) < 2:
        return "".join(words)
    return _("{some} và {last}", some=", ".join(words[:-1]), last=words[-1])


def day(when: date) -> str:
    """ "thứ Tư 25/11": the weekday and the short date."""
    return f"{weekday(when.weekday())} {short_day(when)}"


def short_day(when: date) -> str:
    """ "25/11", or "25 Nov" in English."""
    return f"{when.day}/{when.month}" if locale() == "vi" else format_date(when, "d MMM", locale=locale())


def weekday(number: int) -> str:
    """ "thứ Tư", "Chủ nhật": the weekday's name; 0 is Monday."""
    monday = date(2026, 11, 23)
    name = format_date(monday.replace(day=monday.day + number), "EEEE", locale=locale())
    return name.replace("Thứ", "thứ").replace("Nhật", "nhật") if locale() == "vi" else name


def clock(minute: int) -> str:
    """ "19:30" from a minute of the day, as the language writes it."""
    return format_skeleton("Hm", time(minute // 60, minute % 60), locale=locale())


def number(value: float) -> str:
    """A number as the language writes it."""
    return format_decimal(value, locale=locale())


def percent(part: int, whole: int) -> str:
    """The share in whole percent; "–" of nothing."""
    return format_percent(part / whole, locale=locale()) if whole else "–"


@cache
def _catalogue(language: str) -> NullTranslations:
    path = LOCALES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
