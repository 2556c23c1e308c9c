"""Reads one line a pupil writes about a help session: who, what, how long, when, how it went."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.rules.masking import mask
from bot.rules.reading import dates, durations, outcomes, people, skills
from bot.rules.reading.intent import NotLog, Told, not_log
from bot.rules.reading.lexicon import Lexicon
from bot.rules.reading.line import Line
from bot.rules.reading.matcher import Matcher, Tag

__all__ = ["Lexicon", "Reader", "Reading"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was understood, to be shown before it is saved; a non-log keeps only its kind and the masked text.

    `not_log` says what a non-log is: "victim" was scammed, "data" asks about privacy or wants to leave.
    `date_offset_days` is None when a day was meant but cannot be placed, 0 when none was said.
    """

    is_log: bool
    not_log: NotLog
    relatives: tuple[str, ...]
    skills: tuple[str, ...]
    minutes: int | None
    date_offset_days: int | None
    outcome: str | None
    masked_text: str
    secrets: frozenset[str]


class Reader:
    """Built once from the lexicon; reading is pure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._matcher = Matcher(lexicon)
        self._lexicon = lexicon

    def read(self, line: str, at: datetime, known: Collection[str] = ()) -> Reading:
        """`at` is when it was written; `known` are relatives the pupil has helped before."""
        masked = mask(line)
        said = self._line(masked.text)
        day = dates.read(said, at.date())
        length = durations.read(said, day.taken, day.days)
        taken = day.taken | length.taken
        learned = skills.find(said, taken)
        named = people.find(said, taken, [*learned, *said.tags("outcome")])
        codes = people.helped(said, named, _contacts(said, learned))
        outcome = outcomes.read(said, named, len(codes), learned, self._lexicon.stages)
        minutes = length.total(len(codes))
        told = Told(named, learned, minutes, day.said, outcome, line.rstrip(" .!)=:").endswith("?"))
        kind = not_log(said, told)
        if kind:
            return Reading(False, kind, (), (), None, None, None, masked.text, masked.kinds)
        return Reading(
            True, "", people.resolved(codes, known), skills.codes(learned), minutes, day.offset, outcome,
            masked.text, masked.kinds,
        )  # fmt: skip

    def _line(self, text: str) -> Line:
        tokens, marked = self._matcher.tokens(text)
        return Line(tokens, self._matcher.tags(tokens), self._lexicon.numbers, marked)


def _contacts(line: Line, learned: Collection[Tag]) -> list[int]:
    """Where phrases of calling, sending or booking end: a person after them is called, not taught."""
    return [tag.end for tag in (*learned, *line.words("contact"))]
