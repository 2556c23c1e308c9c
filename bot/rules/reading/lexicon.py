"""What the reader knows, as plain data, and how a phrase may be written in it."""

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from bot.rules.reading.tokens import words

# One place of a phrase: its choices, each some words, and whether it may be left out.
Slot = tuple[tuple[tuple[str, ...], ...], bool]
_CLASS = re.compile(r"\{(\w+)\}")


class Lexicon(NamedTuple):
    """What the reader knows, as plain data.

    `tags` maps a kind ("relative", "skill", "outcome", "word" …) to values to phrases; a "deed" is an outcome told by
    what somebody did, so it may hold the words of a skill or a person. A phrase may use
    choices ("bật|mở wifi"), optional words ("gọi (điện) video"), "_" for a space inside a choice, "*" for any word
    and "{me}" for a class of words, whose members `classes` lists.
    `stages` orders outcomes from least to most advanced; `numbers` are numbers in words.
    """

    tags: Mapping[str, Mapping[str, Sequence[str]]]
    abbreviations: Mapping[str, str]
    stages: Mapping[str, int]
    numbers: Mapping[str, int]
    fillers: Sequence[str]
    classes: Mapping[str, Sequence[str]] = MappingProxyType({})


def slots(phrase: str, classes: Mapping[str, Sequence[str]] = MappingProxyType({})) -> list[Slot]:
    """ "gọi (điện) video" as its places."""
    found: list[Slot] = []
    for part in _CLASS.sub(
        lambda name: "|".join(member.replace(" ", "_") for member in classes[name[1]]), phrase
    ).split():
        optional = part.startswith("(") and part.endswith(")")
        choices = part.strip("()").split("|") if "|" in part or optional or "_" in part else [part]
        found.append((tuple(map(_syllables, choices)), optional))
    return found


def _syllables(choice: str) -> tuple[str, ...]:
    """ "dịch_vụ_công" as its words; what is not plain letters is taken apart like a line."""
    plain = choice.split("_")
    return tuple(plain) if choice.islower() and all(map(str.isalpha, plain)) else tuple(words(" ".join(plain)))
