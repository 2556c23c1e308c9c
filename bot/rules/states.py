"""The states of a log, and who may move it from one to another.

told → confirmed (the relative) → checked (the teacher); beside them withdrawn (the pupil took it back)
and wrong (the teacher found it so). What a relative says never moves what a teacher has decided, and
a pupil changes nothing that a teacher has checked. A teacher may check once more, aloud, what was
checked on paper, and can undo the own last step.
"""

from collections.abc import Sequence
from typing import Literal, get_args

State = Literal["told", "confirmed", "checked", "withdrawn", "wrong"]
Action = Literal["confirm", "deny", "withdraw", "check", "refute", "reopen"]

# Whose doing each action is; everybody else is refused.
MAY: dict[Action, frozenset[str]] = {
    "confirm": frozenset({"relative"}),
    "deny": frozenset({"relative"}),
    "withdraw": frozenset({"pupil"}),
    "check": frozenset({"teacher"}),
    "refute": frozenset({"teacher"}),
    "reopen": frozenset({"teacher"}),
}
_NEXT: dict[tuple[State, Action], State] = {
    ("told", "confirm"): "confirmed",
    ("confirmed", "confirm"): "confirmed",
    ("told", "deny"): "told",
    ("confirmed", "deny"): "told",
    ("told", "withdraw"): "withdrawn",
    ("confirmed", "withdraw"): "withdrawn",
    ("told", "check"): "checked",
    ("confirmed", "check"): "checked",
    ("checked", "check"): "checked",
    ("told", "refute"): "wrong",
    ("confirmed", "refute"): "wrong",
    ("checked", "refute"): "wrong",
    ("wrong", "reopen"): "told",
    ("checked", "reopen"): "told",
}
STATES: tuple[State, ...] = get_args(State)


def known(state: str) -> State:
    """A state as it stands in the database; ValueError for a word that is none."""
    if state not in STATES:
        raise ValueError(f"there is no state {state!r}")
    return state


def after(state: State, action: Action, who: str) -> State | None:
    """The state after `who` ("pupil", "relative" or "teacher") does this; None where it is not theirs to do."""
    return _NEXT.get((state, action)) if who in MAY[action] else None


def reopened(history: Sequence[State]) -> State:
    """The state of a log without the last step of its history, which "reopen" takes back."""
    return history[-2] if len(history) > 1 else "told"
