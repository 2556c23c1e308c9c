"""Move a log from one state to another, if it may go there."""

from bot.rules import states
from bot.rules.states import Action
from db.store import Told
from handlers.turn import Turn

# Who stands behind each way in which a log is moved.
_BEHIND = {"pupil": "pupil", "handed": "relative", "own": "relative", "teacher": "teacher", "sample": "teacher"}


def move(turn: Turn, log: Told | None, action: Action, how: str, reason: str = "") -> bool:
    """Do it and keep who, when and how; False when the log is not there, not to be moved, or has moved meanwhile."""
    if log is None:
        return False
    state = states.after(states.known(log.state), action, _BEHIND[how])
    return state is not None and turn.store.move_log(log, state, how, turn.person.id, turn.now, reason)
