"""What the reader knows, as plain data, and how a phrase may be written in it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from bot.rules.reading.tokens import words

# One place of a phrase: its choices, each some words, and whether it may be left out.
Slot = tuple[tuple[tuple[str, ...], ...], bool]


class Lexicon(NamedTuple):
    """What the reader knows, as plain data.

    `tags` maps a kind ("relative", "skill", "outcome", "word" …) to values to phrases; a phrase may use
    choices ("bật|mở wifi"), optional words ("gọi (điện) video"), "_" for a space inside a choice and "*" for any word.
    `stages` orders outcomes from least to most advanced; `numbers` are numbers in words.
    """

    tags: Mapping[str, Mapping[str, Sequence[str]]]
    abbreviations: Mapping[str, str]
    stages: Mapping[str, int]
    numbers: Mapping[str, int]
    fillers: Sequence[str]


def slots(phrase: str) -> list[Slot]:
    """ "gọi (điện) video" as its places."""
    found: list[Slot] = []
    for part in phrase.split():
        optional = part.startswith("(") and part.endswith(")")
        choices = part.strip("()").split("|") if "|" in part or optional or "_" in part else [part]
        found.append((tuple(map(_syllables, choices)), optional))
    return found


def _syllables(choice: str) -> tuple[str, ...]:
    """ "dịch_vụ_công" as its words; what is not plain letters is taken apart like a line."""
    plain = choice.split("_")
    return tuple(plain) if choice.islower() and all(map(str.isalpha, plain)) else tuple(words(" ".join(plain)))
