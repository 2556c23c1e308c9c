"""The pupil hears, once and kindly, that the teacher wants to look at a session together."""

from datetime import timedelta

from bot.port import Choice, Reply
from bot.rules import reminding
from bot.texts import _
from db.store import Told
from handlers import classroom, draft, words
from handlers.turn import Turn

# So long a slip of the finger can be undone before the pupil hears of it.
UNDO_WITHIN = timedelta(minutes=10)


def tell(turn: Turn, log: Told, step: int) -> str:
    """The teacher has just found this log wrong, by a step that may be undone; what the teacher is told of it."""
    names = classroom.names(turn)
    said = _("Buổi của {name}: không đúng, {me} không tính nữa.", name=names[log.pupil_id])
    if log.pupil_id not in names or turn.store.person(log.pupil_id).quiet:
        return said
    row: dict[str, object] = {
        "key": f"doubt:{log.id}:{step}",
        "person_id": log.pupil_id,
        "kind": "doubt",
        "about": f"{log.id}:{step}:{turn.person.address}",
        "urgency": 1,
        "free_at": reminding.by_day(turn.now + UNDO_WITHIN),
        "written_at": turn.now,
    }
    turn.store.write_outbox([row])
    return said + " " + _("Lát nữa {me} nhắn em ấy nhẹ nhàng.")


def ask(turn: Turn, about: str) -> list[Reply]:
    """The kind word; nothing when the teacher has changed their mind, or the pupil left."""
    log_id, step, address = about.split(":")
    log = turn.store.log(turn.person.id, int(log_id))
    if log is None or turn.person.role != "pupil" or turn.store.changes([log.id])[-1].id != int(step):
        return []
    said = _(
        "{name} ơi, {teacher} xem lại cùng em buổi này nhé: {line}. Không sao đâu, em kể lại cho {teacher} nghe là được.",
        name=turn.person.nickname,
        teacher=words.teacher(address),
        line=words.line(turn, draft.as_partial(log)),
    )
    return [Reply(said, (Choice(_("Xem buổi này"), f"one:{log.id}"), Choice(_("Sổ của em"), "book")))]
