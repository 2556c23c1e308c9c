"""The goal of a class: how many of its pupils shall have helped somebody."""

import math
import re

SHARES = (50, 70, 80, 100)  # per cent, to choose from
MOST = 100  # pupils, where the size of the class is not known
_NUMBER = re.compile(r"([-−.,/]?)(\d+)\s*(%?)")


def counts(size: int) -> dict[int, int]:
    """The share that each count is, smaller ones first; rounded up, and a count that comes twice is kept once."""
    found: dict[int, int] = {}
    for share in SHARES:
        found.setdefault(_of(size, share), share)
    return found if size else {}


def fits(goal: int, size: int) -> bool:
    """Whether so many pupils can have helped; `size` is 0 where it is not known."""
    return 1 <= goal <= (size or MOST)


def meant(said: str, size: int) -> int | None:
    """The goal in a line, "30 em" or "80%"; None where it says no whole number, several, or one that does not fit."""
    found = _NUMBER.findall(said)
    if len(found) != 1 or found[0][0]:
        return None
    _sign, digits, percent = found[0]
    goal = int(digits)
    if percent:
        goal = _of(size, goal) if goal <= 100 else 0
    return goal if fits(goal, size) else None


def _of(size: int, share: int) -> int:
    return math.ceil(size * share / 100)
