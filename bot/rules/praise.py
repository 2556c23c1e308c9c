"""How far a pupil has come, and how much of it is praised.

Praise follows people helped and things learnt, never minutes; and in one week it follows a few
sessions only, so that nobody writes a sixth one for the sake of the praise.
"""

from collections.abc import Iterable
from dataclasses import dataclass

PRAISED_A_WEEK = 5
AT_LEAST = 1  # relatives a pupil shall help, as the plans ask


@dataclass(frozen=True, slots=True)
class Praise:
    """What may be said after a session: the relative newly helped and the how-many-eth they are, or that it is enough."""

    newly: str = ""
    count: int = 0
    enough: bool = False


def after_session(before: set[str], relatives: Iterable[str], sessions_this_week: int) -> Praise:
    """What to say after a session; `before` are the relatives helped earlier, the count includes this session."""
    new = [code for code in relatives if code not in before]
    if sessions_this_week > PRAISED_A_WEEK:
        return Praise(enough=True)
    return Praise(new[-1], len(before | set(new))) if new else Praise()
