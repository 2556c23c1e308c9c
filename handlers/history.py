"""What became of a log, in words: its state, who did what when and how, and its earlier versions."""

from collections.abc import Sequence
from datetime import datetime

from bot.texts import N_, _, addressed, clock, day
from db.models import Change
from db.store import Told
from handlers import states, words
from handlers.draft import as_partial
from handlers.turn import Turn

MARKS = {"confirmed": " ✓", "checked": " ✓✓", "wrong": " ✗"}
STATES = {
    "told": N_("tự khai"),
    "confirmed": N_("người thân xác nhận"),
    "checked": N_("thầy cô đối chiếu"),
    "withdrawn": N_("đã rút lại"),
    "wrong": N_("không đúng"),
}
# Why a teacher corrected a log, where that was chosen and not written.
REASONS = {":slip": N_("ghi nhầm"), ":asked": N_("đã hỏi lại người thân")}


def line(turn: Turn, log: Told) -> str:
    """A log in one line, with the mark of its state."""
    return words.line(turn, as_partial(log)) + MARKS.get(log.state, "")


def story(turn: Turn, log: Told, name: str) -> list[str]:
    """All that is known of a log of the pupil of that name, a line each."""
    said = [f"{name}: {line(turn, log)}"]
    said += [f"“{log.note}”"] if log.note else []
    said.append(_("Trạng thái: {state}.", state=_(STATES[log.state])))
    said += [f"• {step}" for step in steps(turn, log, name)]
    return said + [
        _("Bản trước: {line} ({step})", line=words.line(turn, as_partial(older)), step=steps(turn, older, name)[-1])
        for older in turn.store.versions(log)
    ]


def steps(turn: Turn, log: Told, name: str) -> list[str]:
    """Who did what to a log, when and how, the first step first."""
    changes = turn.store.changes([log.id])
    by_teacher = bool(changes) and _is_correction(changes[0])
    told = [] if by_teacher else [_dated(turn, _("{name} tự khai", name=name), log.told_at)]
    return told + [_dated(turn, _step(turn, change, name), change.at) for change in changes]


def word_of_kin(turn: Turn, log: Told, name: str) -> str:
    """What the relatives said of a log last, or that nobody did."""
    said = [change for change in turn.store.changes([log.id]) if change.how in ("handed", "own")]
    if not said:
        return _("Chưa có người thân xác nhận.")
    return _dated(turn, _step(turn, said[-1], name), said[-1].at)


def corrected(turn: Turn, logs: Sequence[Told]) -> dict[int, str]:
    """Of some logs those which a teacher wrote anew: "cô đã sửa: ghi nhầm", by log id."""
    found = [change for change in turn.store.changes([log.id for log in logs]) if _is_correction(change)]
    return {
        change.log_id: _("{who} đã sửa: {reason}", who=_who(turn, change), reason=reason(change.reason))
        for change in found
    }


def reason(kept: str) -> str:
    """Why a log was corrected, in words."""
    return _(REASONS[kept]) if kept in REASONS else kept


def _is_correction(change: Change) -> bool:
    return change.state == "checked" and change.reason not in ("", states.UNDONE)


def _step(turn: Turn, change: Change, name: str) -> str:
    if change.how in ("handed", "own"):
        return _kin(change, name)
    if change.how == "pupil":
        return _("{name} sửa lại", name=name) if change.reason else _("{name} rút lại", name=name)
    who = _who(turn, change)
    if change.reason == states.UNDONE:
        return _("{who} hoàn tác", who=who)
    if change.reason:
        return _("{who} sửa: {reason}", who=who, reason=reason(change.reason))
    return {
        ("teacher", "checked"): _("{who} duyệt", who=who),
        ("teacher", "wrong"): _("{who} ghi là không đúng", who=who),
        ("sample", "checked"): _("{who} hỏi trực tiếp, đúng", who=who),
        ("sample", "wrong"): _("{who} hỏi trực tiếp, không đúng", who=who),
    }[change.how, change.state]


def _kin(change: Change, name: str) -> str:
    code, _colon, answer = change.reason.partition(":")
    who = words.relative(code)
    if answer == "wrong":
        return _("{relative} bảo chưa đúng", relative=who)
    if change.how == "own":
        said = _("{relative} xác nhận trên máy riêng", relative=who)
    else:
        said = _("{relative} xác nhận trên máy của {name}", relative=who, name=name)
    return said + (_(", vẫn cần giúp thêm") if answer == "help" else "")


def _who(turn: Turn, change: Change) -> str:
    if change.by == turn.person.id:
        return addressed("{you}")
    return words.teacher(turn.store.person(change.by).address if change.by is not None else "")


def _dated(turn: Turn, what: str, at: datetime) -> str:
    here = at.astimezone(turn.now.tzinfo)
    when = f"{day(here.date())} {clock(here.hour * 60 + here.minute)}"
    return f"{what}, {when}"
