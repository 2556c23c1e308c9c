"""Reads one line a pupil writes about a help session: who, what, how long, when, how it went."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from bot.rules.masking import mask
from bot.rules.reading import dates, durations, learners, outcomes, people, skills
from bot.rules.reading.intent import NotLog, Told, not_log
from bot.rules.reading.lexicon import Lexicon
from bot.rules.reading.line import Line
from bot.rules.reading.matcher import Matcher, Tag
from bot.rules.reading.person import Person

__all__ = ["Lexicon", "NotLog", "Pieces", "Reader", "Reading"]


class Reading(NamedTuple):
    """What was understood, to be shown before it is saved; a non-log keeps only its kind and the masked text.

    `not_log` says what a non-log is: "victim" was scammed, "data" asks about privacy or wants to leave.
    `date_offset_days` is None when a day was meant but cannot be placed, 0 when none was said.
    `began` is the minute of the day at which the session began, when a clock time was said.
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
    began: int | None = None


class Pieces(NamedTuple):
    """What an answer to a question names, log or not: "25p", "bà ngoại", "hôm qua"; `dated` when a day was said."""

    relatives: tuple[str, ...]
    skills: tuple[str, ...]
    minutes: int | None
    dated: bool
    date_offset_days: int | None
    outcome: str
    began: int | None = None


class Reader:
    """Built once from the lexicon; reading is pure."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._matcher = Matcher(lexicon)
        self._lexicon = lexicon

    def read(self, line: str, at: datetime, known: Collection[str] = ()) -> Reading:
        """`at` is when it was written; `known` are relatives the pupil has helped before."""
        masked = mask(line)
        said = self._line(masked.text)
        pieces, named, learned = self._pieces(said, at, known)
        asks = line.rstrip(" .!)=:").endswith("?")
        kind = not_log(said, Told(named, learned, pieces.minutes, pieces.dated, pieces.outcome, asks))
        if kind:
            return Reading(False, kind, (), (), None, None, None, masked.text, masked.kinds)
        return Reading(
            True, "", pieces.relatives, pieces.skills, pieces.minutes, pieces.date_offset_days, pieces.outcome,
            masked.text, masked.kinds, pieces.began,
        )  # fmt: skip

    def pieces(self, line: str, at: datetime, known: Collection[str] = ()) -> Pieces:
        """What a short answer names, whether or not it would be a log by itself."""
        return self._pieces(self._line(mask(line).text), at, known)[0]

    def _pieces(self, said: Line, at: datetime, known: Collection[str]) -> tuple[Pieces, list[Person], list[Tag]]:
        day = dates.read(said, at.date())
        length = durations.read(said, day.taken, day.days)
        taken = day.taken | length.taken
        learned = skills.find(said, taken, length.taken)
        denied = skills.denied(said, learned)
        if denied:
            taken |= denied
            learned = skills.find(said, taken, length.taken)
        named = people.find(said, taken, [*learned, *said.tags("outcome")])
        told = taken | _news(said, learned)
        codes, standing_by = learners.helped(said, named, _contacts(said, learned), told, length.taken)
        learned = [tag for tag in learned if tag.start not in standing_by] or learned
        named = [person for person in named if person.start not in standing_by]
        outcome = outcomes.read(
            said, named, len(codes), learned, self._lexicon.stages, length.taken, denied, standing_by
        )
        heads = max(len(codes), *(_heads(said, person) for person in named), 0)
        minutes = length.total(heads, len(skills.codes(learned)))
        found = learners.resolved(codes, known)
        pieces = Pieces(found, skills.codes(learned), minutes, day.said, day.offset, outcome, length.began)
        return pieces, named, learned

    def _line(self, text: str) -> Line:
        tokens, marked = self._matcher.tokens(text)
        return Line(tokens, self._matcher.tags(tokens), self._lexicon.numbers, marked)


def _heads(line: Line, person: Person) -> int:
    """How many they are: "2 đứa em họ"; 1 if no number stands before them."""
    number, end = line.number(person.start - 1) if person.start else (0, 0)
    return int(number) if number and end == person.start else 1


def _news(line: Line, learned: Collection[Tag]) -> set[int]:
    """The places that tell what somebody learned or how it went."""
    told = [*learned, *line.tags("outcome", "weak"), *line.words("able"), *line.words("knows")]
    return {place for tag in told for place in range(tag.start, tag.end)}


def _contacts(line: Line, learned: Collection[Tag]) -> list[int]:
    """Where phrases of calling, sending or booking end: a person after them is called, not taught."""
    return [tag.end for tag in (*learned, *line.words("contact"))]
