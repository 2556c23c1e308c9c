"""Move a log from one state to another, if it may go there."""

from bot.rules import states
from bot.rules.states import Action
from db.store import Told
from handlers.turn import Turn

# Who stands behind each way in which a log is moved.
_BEHIND = {"pupil": "pupil", "handed": "relative", "own": "relative", "teacher": "teacher", "sample": "teacher"}
UNDONE = ":undone"  # the reason of a step that takes the one before it back


def move(turn: Turn, log: Told | None, action: Action, how: str, reason: str = "") -> bool:
    """Do it and keep who, when and how; False when the log is not there, not to be moved, or has moved meanwhile."""
    if log is None:
        return False
    state = states.after(states.known(log.state), action, _BEHIND[how])
    return state is not None and turn.store.move_log(log, state, how, turn.person.id, turn.now, reason)


def may(log: Told | None, action: Action, who: str) -> bool:
    """Whether this is `who`'s to do with the log as it stands."""
    return log is not None and states.after(states.known(log.state), action, who) is not None


def decide(turn: Turn, log: Told, action: Action, how: str) -> int | None:
    """The teacher's plain decision: the number of the step, by which it can be undone; None as in `move`."""
    return turn.store.changes([log.id])[-1].id if move(turn, log, action, how) else None


def last_step(turn: Turn, log: Told) -> int | None:
    """The number of a teacher's plain decision, where that was the last step of the log; it can be undone.

    What was done for a reason (a correction has two logs) or is itself an undoing cannot.
    """
    steps = turn.store.changes([log.id])
    last = steps[-1] if steps else None
    plain = last is not None and _BEHIND[last.how] == "teacher" and not last.reason
    return last.id if last is not None and plain and may(log, "reopen", "teacher") else None


def undo(turn: Turn, log: Told | None, step: int) -> bool:
    """Take a teacher's decision back: the log stands as before; False when that was not its last step."""
    if log is None or last_step(turn, log) != step:
        return False
    steps = turn.store.changes([log.id])
    before = states.reopened([states.known(one.state) for one in steps])
    return turn.store.move_log(log, before, steps[-1].how, turn.person.id, turn.now, UNDONE)
