"""The teacher checks: the sessions that wait, the odd ones one by one, and what was decided before."""

from collections.abc import Mapping, Sequence

from bot.port import MOST_CHOICES, Choice, Reply
from bot.rules.states import Action
from bot.rules.suspicion import Mark
from bot.texts import _, capital, counted
from db.models import Unit
from db.store import UNCHECKED, Told
from handlers import classroom, doubt, draft, history, home, odd, states
from handlers.turn import Turn

PAGE = 5  # sessions approved with one tap
ODD_SHOWN = 3
ROOM = MOST_CHOICES - 1  # one place on a list leads back
DECISIONS: Mapping[str, Action] = {"check": "check", "refute": "refute"}


# -- the sessions that wait --------------------------------------------------------------------


def waiting(turn: Turn) -> list[Reply]:
    """The oldest sessions that wait, to be approved together; odd ones are shown with the reason, and opened alone."""
    unit = classroom.own(turn)
    if unit is None:
        return home.unknown(turn)
    draft.put_away(turn)
    logs = turn.store.waiting_logs(unit.id)
    decided = Choice(_("Các buổi đã duyệt"), "pick:decided:0")
    if not logs:
        return [Reply(_("Không có buổi nào chờ duyệt."), (decided, Choice(_("Trang chính"), "home")))]
    marks = odd.around(turn.store, unit.id, logs)
    plain = [log for log in logs if log.id not in marks]
    text = _waiting_text(turn, logs, plain[:PAGE], [log for log in logs if log.id in marks], marks)
    return [Reply(text, (*_ways(plain, len(marks)), decided, Choice(_("Để sau"), "home")))]


def _waiting_text(
    turn: Turn, logs: Sequence[Told], plain: Sequence[Told], strange: Sequence[Told], marks: Mapping[int, list[Mark]]
) -> str:
    names = classroom.names(turn)
    lines = [counted("{n} buổi chờ duyệt. Cũ nhất:", len(logs))]
    lines += [f"• {_line(turn, log, names[log.pupil_id], marks)}" for log in [*plain, *strange[:ODD_SHOWN]]]
    if any(log.state == "confirmed" for log in [*plain, *strange[:ODD_SHOWN]]):
        lines.append(_("(✓ người thân đã xác nhận)"))
    if strange:
        lines.append(counted("{n} buổi có dấu ⚠, {you} mở xem từng buổi nhé.", len(strange)))
    return "\n".join(lines)


def _line(turn: Turn, log: Told, name: str, marks: Mapping[int, list[Mark]]) -> str:
    note = f" – “{log.note}”" if log.note else ""
    return f"{name}: {history.line(turn, log)}" + note + odd.warning(marks.get(log.id, ()))


def _ways(plain: Sequence[Told], strange: int) -> list[Choice]:
    """Approve what was shown, or open one."""
    shown = plain[:PAGE]
    ways = []
    if shown:
        ids = ".".join(str(log.id) for log in shown)
        ways.append(Choice(counted("Duyệt {n} buổi này", len(shown)), f"check:{ids}"))
        ways.append(Choice(_("Xem từng buổi"), "pick:plain:0"))
    if strange:
        ways.append(Choice(_("Xem buổi có dấu ⚠"), "pick:odd:0"))
    return ways


def check(turn: Turn, ids: str) -> list[Reply]:
    """The teacher has checked exactly the sessions that were shown, unless one has become odd since."""
    unit = classroom.own(turn)
    if unit is None:
        return home.stale(turn)
    found = [turn.store.class_log(unit.id, int(one)) for one in ids.split(".")]
    logs = [log for log in found if log is not None and log.state in UNCHECKED]
    marks = odd.around(turn.store, unit.id, logs)
    done = sum(states.move(turn, log, "check", "teacher") for log in logs if log.id not in marks)
    said = [counted("Đã duyệt {n} buổi.", done)]
    if marks:
        said.append(counted("{n} buổi vừa có dấu ⚠ nên chưa duyệt.", len(marks)))
    return [Reply(" ".join(said)), *waiting(turn)]


# -- one after the other -----------------------------------------------------------------------


def pick(turn: Turn, which: str, start: str) -> list[Reply]:
    """Some sessions to open: the plain or the odd ones that wait, or those decided before."""
    unit = classroom.own(turn)
    if unit is None:
        return home.stale(turn)
    draft.put_away(turn)
    logs, marks = _listed(turn, unit, which)
    if not logs:
        return waiting(turn) if which != "decided" else [_none_decided()]
    size = ROOM if len(logs) <= ROOM else ROOM - 1
    first = int(start) if int(start) < len(logs) else 0
    shown = logs[first : first + size]
    names = classroom.names(turn)
    lines = [f"{number}. {_line(turn, log, names[log.pupil_id], marks)}" for number, log in enumerate(shown, 1)]
    choices = [
        Choice(_("Buổi {number}", number=number), f"view:{log.id}:{which}") for number, log in enumerate(shown, 1)
    ]
    if size < len(logs):
        choices.append(Choice(_("Xem tiếp"), f"pick:{which}:{first + size if first + size < len(logs) else 0}"))
    back = Choice(_("Quay lại"), "waiting")
    return [Reply("\n".join([_heading(which, len(logs)), *lines]), (*choices, back))]


def _listed(turn: Turn, unit: Unit, which: str) -> tuple[list[Told], dict[int, list[Mark]]]:
    if which == "decided":
        return turn.store.decided_logs(unit.id), {}
    logs = turn.store.waiting_logs(unit.id)
    marks = odd.around(turn.store, unit.id, logs)
    return [log for log in logs if (log.id in marks) == (which == "odd")], marks


def _heading(which: str, count: int) -> str:
    if which == "decided":
        return counted("{n} buổi {you} đã xem, mới nhất trước (✓✓ đúng, ✗ không đúng):", count)
    if which == "odd":
        return counted("{n} buổi có dấu ⚠. Dấu chỉ để {you} hỏi lại, chưa phải là sai:", count)
    return counted("{n} buổi chờ duyệt. {You} mở từng buổi:", count)


def _none_decided() -> Reply:
    return Reply(
        _("Chưa có buổi nào đã duyệt ạ."), (Choice(_("Buổi chờ duyệt"), "waiting"), Choice(_("Trang chính"), "home"))
    )


def one(turn: Turn, log_id: str, which: str = "plain") -> list[Reply]:
    """One session with its history, its earlier versions and what is odd about it."""
    log = classroom.log(turn, int(log_id))
    if log is None:
        return home.stale(turn)
    draft.put_away(turn)
    lines = history.story(turn, log, classroom.names(turn)[log.pupil_id])
    lines += _oddities(turn, log)
    return [Reply("\n".join(lines), (*_decisions(turn, log, which), Choice(_("Quay lại"), f"pick:{which}:0")))]


def _oddities(turn: Turn, log: Told) -> list[str]:
    """What is odd about a session that counts, and beside which other one."""
    names, lines = classroom.names(turn), []
    for mark in odd.around(turn.store, log.unit_id, [log]).get(log.id, []):
        lines.append(f"⚠ {capital(odd.why(mark.reason, mark.count))}")
        other = classroom.log(turn, mark.other) if mark.other else None
        if other is not None:
            lines.append(f"   {names[other.pupil_id]}: {history.line(turn, other)}")
    return lines


def _decisions(turn: Turn, log: Told, which: str) -> list[Choice]:
    """What the teacher may do with it as it stands."""
    choices = []
    if log.state in UNCHECKED:
        choices.append(Choice(_("Duyệt"), f"decide:{log.id}:check:{which}"))
    if states.may(log, "refute", "teacher"):
        choices.append(Choice(_("Không đúng"), f"decide:{log.id}:refute:{which}"))
        choices.append(Choice(_("Sửa"), f"amend:{log.id}"))
    step = states.last_step(turn, log)
    return [*choices, Choice(_("Hoàn tác"), f"undo:{log.id}:{step}")] if step is not None else choices


def decide(turn: Turn, log_id: str, what: str, which: str) -> list[Reply]:
    """Right or not right; it can be undone at once."""
    log = classroom.log(turn, int(log_id))
    if log is None:
        return home.stale(turn)
    again = what == "check" and log.state not in UNCHECKED
    step = None if again else states.decide(turn, log, DECISIONS[what], "teacher")
    if step is None:
        return [Reply(_("Buổi này vừa thay đổi, {you} xem lại giúp {me}.")), *one(turn, log_id, which)]
    if what == "refute":
        said = doubt.tell(turn, log, step)
    else:
        said = _("Đã duyệt buổi của {name} ✓✓", name=classroom.names(turn)[log.pupil_id])
    undo = Choice(_("Hoàn tác"), f"undo:{log.id}:{step}")
    return [Reply(said, (undo, Choice(_("Xem tiếp"), f"pick:{which}:0"), Choice(_("Trang chính"), "home")))]


def undo(turn: Turn, log_id: str, step: str) -> list[Reply]:
    """Take back the decision that was just made; the session stands as before."""
    log = classroom.log(turn, int(log_id))
    if log is None:
        return home.stale(turn)
    done = states.undo(turn, log, int(step))
    said = _("Đã hoàn tác.") if done else _("Buổi này đã thay đổi từ lúc đó nên {me} không hoàn tác được ạ.")
    return [Reply(said), *one(turn, log_id)]
