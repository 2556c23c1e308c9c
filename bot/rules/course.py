"""Where somebody stands with the national course, by their own word.

The last word holds, forward or back. A teacher's check is of one word: a new word needs a new one, so
what was compared is always what is said now. Nothing here says that anybody "is confirmed": "seen" means
that the person says they saw it on their own VNeID.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol, get_args

State = Literal["none", "learning", "finished", "certificate", "seen"]
STATES: tuple[State, ...] = get_args(State)
# Saying one of these includes having finished the course.
_DONE = frozenset({"finished", "certificate", "seen"})


class Word(Protocol):
    """What somebody said, once."""

    @property
    def id(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def certificate(self) -> str: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """The word that holds: since when its state was said, when the course was said to be finished, and its check."""

    state: State = "none"
    word_id: int = 0
    since: datetime | None = None
    finished: datetime | None = None
    certificate: str = ""
    compared: bool = False


def known(state: str) -> State:
    """A state as it stands in the database; ValueError for a word that is none."""
    if state not in STATES:
        raise ValueError(f"there is no state {state!r}")
    return state


def standing(words: Iterable[Word], checked: Collection[int]) -> Standing:
    """What all the words of a person, the oldest first, come to; `checked` are ids of words that were compared."""
    found = Standing()
    for word in words:
        state = known(word.state)
        found = Standing(
            state=state,
            word_id=word.id,
            since=found.since if state == found.state else word.at,
            finished=(found.finished or word.at) if state in _DONE else None,
            certificate=(word.certificate or found.certificate) if state in ("certificate", "seen") else "",
            compared=word.id in checked,
        )
    return Standing() if found.state == "none" else found


def tally(states: Iterable[State]) -> dict[State, int]:
    """How many people stand where: every state is there, and together they are all the people."""
    counts: dict[State, int] = dict.fromkeys(STATES, 0)
    for state in states:
        counts[state] += 1
    return counts
