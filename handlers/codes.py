"""Codes that people type: how they are made, and how they are read."""

import re
from random import Random

from bot.menu import fold

# Letters and digits that are not mistaken for each other on paper: no 0/O, 1/I/L, 2/Z, 5/S, 8/B.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"


def plain_code(code: str) -> str:
    """A code as it is kept: "hm7a-k2p9 " → "HM7AK2P9"."""
    return re.sub(r"[^A-Z0-9]", "", fold(code).upper())


def new_code(letters: int, chance: Random) -> str:
    """A code that nobody guesses: 6 of 25 letters are 244 million, 16 more than anybody can try."""
    return "".join(chance.choice(ALPHABET) for _ in range(letters))


def grouped(code: str) -> str:
    """The same in threes, to be read aloud: "K7M-4PX"."""
    return "-".join(code[at : at + 3] for at in range(0, len(code), 3))
