"""When a log is complete: what is still missing, and what must be asked first."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, cast

Missing = Literal["who", "which", "skill", "day", "outcome"]
Part = Literal["who", "skill"]  # the parts of a log that may be several

USUAL_MINUTES = 15
MOST_MINUTES = 240  # longer than this in one go is asked about, never refused
DAY_MINUTES = 24 * 60
FEWEST_BARE = 10  # a smaller number by itself is rather the number of a choice
LATE_DAYS = 14
COPIED_WORDS = 12  # a sentence this long is not the same by chance
UNCLEAR_RELATIVE = "BA_HAY_BO"
UNCLEAR_OUTCOME = "KHONG_RO"


@dataclass(frozen=True, slots=True)
class Partial:
    """A log as far as it is known. `habitual` minutes were assumed; `tapped` means nothing was typed.

    `replaces` is the id of the log that this one corrects; `pupil_id` whose log it is when a teacher
    corrects it. `picking` is the part of which several are being picked one by one, until the pupil
    says that these are all. `paper` is the pupil without a phone for whom a class leader fills in. `said` is the (masked) sentence it came from, `read` what was first
    understood of it.
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
    picking: Part | None = None
    paper: int | None = None


def missing(partial: Partial) -> Missing | None:
    """The one thing to ask for next, in the order a person tells a story; None when complete."""
    if UNCLEAR_RELATIVE in partial.relatives:
        return "which"
    if not partial.relatives or partial.picking == "who":
        return "who"
    if not partial.skills or partial.picking == "skill":
        return "skill"
    if partial.day is None:
        return "day"
    if partial.outcome in (None, UNCLEAR_OUTCOME):
        return "outcome"
    return None


def sensible(minutes: int | None) -> int | None:
    """The minutes said, unless they are none or more than a day: those were meant otherwise."""
    return minutes if minutes is not None and 0 < minutes <= DAY_MINUTES else None


def bare(said: str, partial: Partial) -> int | None:
    """The minutes meant by a number alone, "25", once whom and what are known."""
    meant = missing(partial) in ("outcome", None) and said.isdecimal() and len(said) <= len(str(DAY_MINUTES))
    return int(said) if meant and int(said) >= FEWEST_BARE else None


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


def codes_of(partial: Partial, part: Part) -> tuple[str, ...]:
    """The relatives, or the skills."""
    return partial.relatives if part == "who" else partial.skills


def these(partial: Partial, part: Part, codes: Iterable[str], picking: Part | None = None) -> Partial:
    """These are the relatives, or the skills, each once."""
    once = tuple(dict.fromkeys(codes))
    if part == "who":
        return replace(partial, relatives=once, picking=picking)
    return replace(partial, skills=once, picking=picking)


def tick(partial: Partial, part: Part, code: str) -> Partial:
    """One more of several; the same again changes nothing."""
    return these(partial, part, [*codes_of(partial, part), code], part)


def untick(partial: Partial, part: Part, code: str) -> Partial:
    """One less of several."""
    return these(partial, part, [known for known in codes_of(partial, part) if known != code], part)


def name(partial: Partial, part: Part, codes: tuple[str, ...]) -> Partial:
    """The pupil wrote these; while several are being picked they join those ticked.

    One is one more of them, as a tap is; two or more in one go are the whole answer.
    """
    if partial.picking != part:
        return these(partial, part, codes, partial.picking)
    return these(partial, part, [*codes_of(partial, part), *codes], part if len(codes) == 1 else None)


def is_fresh(partial: Partial) -> bool:
    """Whether nothing is known yet but the day: the first question of a log told by taps."""
    return partial.tapped and not partial.relatives and not partial.skills


def was_corrected(read: Mapping[str, object], saved: Mapping[str, object]) -> bool:
    """Whether a line was understood wrongly, by what was read of it and what it became.

    Whom and which skill a line nearly always says, so these are wrong also where nothing was read. What
    was asked for because it was not said (the length, the day, how it went, which "ba") is no mistake.
    """
    unclear = UNCLEAR_RELATIVE in cast(list[str], read["relatives"])
    if not unclear and read["relatives"] != saved["relatives"]:
        return True
    if read["skills"] != saved["skills"]:
        return True
    asked_for = (None, UNCLEAR_OUTCOME)
    return any(read[name] not in asked_for and read[name] != saved[name] for name in _SAID_OR_ASKED)


_SAID_OR_ASKED = ("minutes", "date_offset_days", "outcome")


def is_late(day: date, today: date) -> bool:
    """Whether the log is marked as added afterwards."""
    return (today - day).days > LATE_DAYS


def frequent(history: Iterable[tuple[str, ...]], common: Iterable[str]) -> list[str]:
    """Codes to offer first: the person's own, the most used first (the latest wins a tie), then common ones."""
    flat = [code for codes in history for code in codes]
    own = sorted(dict.fromkeys(flat), key=lambda code: (-flat.count(code), flat.index(code)))
    return list(dict.fromkeys([*own, *common]))
