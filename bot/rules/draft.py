"""When a log is complete: what is still missing, and what must be asked first."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

Missing = Literal["who", "which", "skill", "day", "outcome"]

USUAL_MINUTES = 15
MOST_MINUTES = 240  # longer than this in one go is asked about, never refused
DAY_MINUTES = 24 * 60
LATE_DAYS = 14
COPIED_WORDS = 12  # a sentence this long is not the same by chance
UNCLEAR_RELATIVE = "BA_HAY_BO"
UNCLEAR_OUTCOME = "KHONG_RO"


@dataclass(frozen=True, slots=True)
class Partial:
    """A log as far as it is known. `habitual` minutes were assumed; `tapped` means nothing was typed.

    `replaces` is the id of the log that this one corrects; `pupil_id` whose log it is when a teacher
    corrects it. `said` is the (masked) sentence it came from, `read` what was first understood of it.
    """

    relatives: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    minutes: int = USUAL_MINUTES
    habitual: bool = True
    day: date | None = None
    outcome: str | None = None
    tapped: bool = False
    replaces: int | None = None
    pupil_id: int | None = None
    began: int | None = None
    said: str = ""
    read: str = ""


def missing(partial: Partial) -> Missing | None:
    """The one thing to ask for next, in the order a person tells a story; None when complete."""
    if not partial.relatives:
        return "who"
    if UNCLEAR_RELATIVE in partial.relatives:
        return "which"
    if not partial.skills:
        return "skill"
    if partial.day is None:
        return "day"
    if partial.outcome in (None, UNCLEAR_OUTCOME):
        return "outcome"
    return None


def sensible(minutes: int | None) -> int | None:
    """The minutes said, unless they are none or more than a day: those were meant otherwise."""
    return minutes if minutes is not None and 0 < minutes <= DAY_MINUTES else None


def past(offset: int | None) -> int | None:
    """The days back from today, unless they lead into the future or beyond a year."""
    return offset if offset is not None and -366 <= offset <= 0 else None


def clear_up(partial: Partial, relative: str) -> Partial:
    """The unclear relative is this one."""
    codes = [relative if code == UNCLEAR_RELATIVE else code for code in partial.relatives]
    return replace(partial, relatives=tuple(dict.fromkeys(codes)))


def fingerprint(said: str) -> str:
    """What two pupils' sentences have in common when one was copied; "" of a line too short to tell.

    Capitals, signs and spacing do not matter. "giúp bà gọi video 20p" is what many write by themselves.
    """
    found = re.findall(r"\w+", said.lower())
    if len(found) < COPIED_WORDS:
        return ""
    return hashlib.blake2s(" ".join(found).encode(), digest_size=8).hexdigest()


def is_late(day: date, today: date) -> bool:
    """Whether the log is marked as added afterwards."""
    return (today - day).days > LATE_DAYS


def frequent(history: Iterable[tuple[str, ...]], common: Iterable[str]) -> list[str]:
    """Codes to offer first: the person's own, the most used first (the latest wins a tie), then common ones."""
    flat = [code for codes in history for code in codes]
    own = sorted(dict.fromkeys(flat), key=lambda code: (-flat.count(code), flat.index(code)))
    return list(dict.fromkeys([*own, *common]))
