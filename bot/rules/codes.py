"""Codes to join with: easy to copy from paper, and not to be guessed.

8 of 25 letters are 150 thousand million codes. Who tries gets five wrong ones in a quarter of an hour;
all the world together gets a thousand in an hour, which is far more typing mistakes than a ward's schools
make on their first day, and far too few to meet one of some thousand cards: in a whole year of trying
the chance is one in nine, in a day one in three thousand, and a card is worth nothing once it is used.
"""

from collections.abc import Callable
from datetime import timedelta

# Letters and digits that are not mistaken for each other on paper: no 0/O, 1/I/L, 2/Z, 5/S, 8/B.
ALPHABET = "ACDEFGHJKMNPQRTUVWXY34679"
CODE_LETTERS = 8
MOST_TRIES, TRIES_WITHIN = 5, timedelta(minutes=15)
MOST_TRIES_OF_ALL, ALL_WITHIN = 1000, timedelta(hours=1)
# How long an address at which cards can be fetched stays good: they are all that is needed to join.
SHEET_LASTS = timedelta(hours=2)


def new(choose: Callable[[str], str]) -> str:
    """A code nobody guesses, where `choose` takes a letter by the system's own chance."""
    return "".join(choose(ALPHABET) for _ in range(CODE_LETTERS))


def spaced(code: str) -> str:
    """ "K7MPQX4T" as it is printed: "K7MP QX4T"."""
    return f"{code[:4]} {code[4:]}"


def may_try(wrong: int, wrong_of_all: int) -> bool:
    """Whether somebody may try a code, after so many wrong ones of their own and of everybody."""
    return wrong < MOST_TRIES and wrong_of_all < MOST_TRIES_OF_ALL
