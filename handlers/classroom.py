"""The teacher's own class: the unit, its logs, and what its pupils are called."""

from collections import defaultdict

from bot.texts import _
from db.models import Unit
from db.store import Told
from handlers.turn import Turn


def own(turn: Turn) -> Unit | None:
    """The class of the teacher who speaks; None for everybody else."""
    if turn.person.role != "teacher" or turn.person.unit_id is None:
        return None
    return turn.store.unit(turn.person.unit_id)


def log(turn: Turn, log_id: int) -> Told | None:
    """A log of the own class; None for every other one."""
    unit = own(turn)
    return turn.store.class_log(unit.id, log_id) if unit else None


def names(turn: Turn) -> defaultdict[int, str]:
    """The pupils of the own class; who has left it is named no more."""
    unit = own(turn)
    known = {pupil.id: pupil.nickname for pupil in turn.store.pupils(unit.id)} if unit else {}
    return defaultdict(lambda: _("một em đã rời lớp"), known)
