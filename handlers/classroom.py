"""The teacher's own class: the unit, its logs, and what its pupils are called."""

from collections import defaultdict

from bot.port import Reply
from bot.rules import rights
from bot.texts import _
from db.models import Unit
from db.store import Told
from handlers.turn import Turn


def own(turn: Turn) -> Unit | None:
    """The class of the teacher who speaks; None for everybody else."""
    return reached(turn, "check")


def reached(turn: Turn, act: rights.Act) -> Unit | None:
    """The own unit of whoever speaks, where they may do this in it."""
    unit_id = turn.person.unit_id
    if unit_id is None or not rights.may(turn.person.role, act, unit_id, [unit_id]):
        return None
    return turn.store.unit(unit_id)


def log(turn: Turn, log_id: int) -> Told | None:
    """A log of the own class; None for every other one."""
    unit = own(turn)
    return turn.store.class_log(unit.id, log_id) if unit else None


def names(turn: Turn) -> defaultdict[int, str]:
    """The pupils of the own class; who has left it is named no more."""
    unit = own(turn)
    known = {pupil.id: pupil.nickname for pupil in turn.store.pupils(unit.id)} if unit else {}
    return defaultdict(lambda: _("một em đã rời lớp"), known)


def leads(turn: Turn) -> bool:
    """Whether the pupil who speaks leads the own class."""
    unit_id = turn.person.unit_id
    if turn.person.role != "pupil" or unit_id is None or turn.person.id not in turn.store.leaders(unit_id):
        return False
    return rights.may("leader", "fill", unit_id, [unit_id])


def may_fill(turn: Turn, pupil_id: int) -> bool:
    """Whether whoever speaks may tell a session of this pupil, who has no phone."""
    return leads(turn) and turn.person.unit_id is not None and pupil_id in turn.store.without_phone(turn.person.unit_id)


def has_no_pupils(unit: Unit) -> bool:
    """Whether a unit is one of neighbours: its people learn and teach, and no class reports through it."""
    return unit.kind in ("village", "team")


def without_pupils(unit: Unit) -> list[Reply]:
    """What is said where there is nothing to count."""
    return [Reply(_("{unit} không có lớp học nên không có số liệu của học sinh ạ.", unit=unit.name))]
