"""The pupil's own logbook."""

from collections.abc import Mapping

from bot.port import Choice, Reply
from bot.rules import remembering
from bot.rules.praise import AT_LEAST
from bot.rules.streak import streak
from bot.texts import _, counted
from db.store import UNCHECKED, Told
from handlers import confirm, history, home, states, words
from handlers.turn import Turn

SHOWN = 5


def show(turn: Turn) -> list[Reply]:
    """The totals, the goals, and the last sessions with their states."""
    if turn.person.role != "pupil":
        return home.unknown(turn)
    logs = turn.store.own_logs(turn.person.id)
    if not logs:
        return [
            Reply(_("Sổ của em còn trống. Mục tiêu: giúp ít nhất 1 người thân."), (Choice(_("Ghi buổi giúp"), "log"),))
        ]
    corrected = history.corrected(turn, logs[:SHOWN])
    lines = [*_totals(turn, logs), *(f"• {_line(turn, entry, corrected)}" for entry in logs[:SHOWN])]
    seen = {entry.state for entry in logs[:SHOWN]}
    if seen & history.MARKS.keys():
        lines.append(_("(✓ người thân xác nhận, ✓✓ thầy cô đã duyệt)"))
    choices = (
        Choice(_("Ghi buổi giúp"), "log"),
        Choice(_("Giống lần trước"), "again"),
        Choice(_("Sửa, rút, xác nhận"), "mine"),
        Choice(_("Việc nhỏ tiếp theo"), "next_thing"),
        Choice(_("Nối máy người thân"), "kin_list"),
    )
    return [Reply("\n".join(lines), choices)]


def _totals(turn: Turn, logs: list[Told]) -> list[str]:
    """How far the pupil and the class have come: people and what they can do, never minutes."""
    helped = {code for entry in logs for code in entry.relatives}
    standing = remembering.known(logs, turn.store.answers([entry.id for entry in logs]))
    row = streak(turn.store.own_days(turn.person.id), turn.today)
    lines = [
        counted(
            "Sổ của em: {n} buổi, giúp {people} người thân, {alone} người tự làm được.",
            len(logs),
            people=len(helped),
            alone=len(remembering.alone(standing)),
        ),
        _("Mục tiêu ít nhất 1 người thân: đạt ✅")
        if len(helped) >= AT_LEAST
        else _("Mục tiêu: giúp ít nhất 1 người thân."),
    ]
    if row.weeks > 1:
        lines[1] += " " + counted("{n} tuần liền có giúp 🔥", row.weeks)
    lines += _class_goal(turn)
    lines += [
        _("{Relative} quên {skill} rồi, em chỉ lại một lần nhé.", Relative=words.title(who), skill=words.skill(what))
        for who, what in remembering.forgotten(standing)[:1]
    ]
    return lines


def _class_goal(turn: Turn) -> list[str]:
    assert turn.person.unit_id is not None
    unit = turn.store.unit(turn.person.unit_id)
    if not unit.goal:
        return []
    return [
        _(
            "{unit}: {part} bạn đã giúp, mục tiêu {goal}.",
            unit=unit.name,
            part=len(turn.store.first_helped(unit.id)),
            goal=unit.goal,
        )
    ]


def _line(turn: Turn, entry: Told, corrected: Mapping[int, str]) -> str:
    why = corrected.get(entry.id, "")
    return history.line(turn, entry) + (f" {why}" if why else "")


def mine(turn: Turn) -> list[Reply]:
    """Which session to correct, take back or have confirmed; those that the teacher corrected can be looked at."""
    latest = turn.store.own_logs(turn.person.id, limit=20)
    corrected = history.corrected(turn, latest)
    logs = [entry for entry in latest if entry.state != "checked" or entry.id in corrected][:SHOWN]
    if not logs:
        return [Reply(_("Chưa có buổi nào sửa được. Buổi đã duyệt thì em nhờ thầy cô nhé.")), *home.menu(turn)]
    lines = [f"{number}. {_line(turn, entry, corrected)}" for number, entry in enumerate(logs, 1)]
    choices = tuple(
        Choice(_("Buổi {number}", number=number), f"one:{entry.id}") for number, entry in enumerate(logs, 1)
    )
    return [Reply(_("Em chọn buổi cần sửa, rút hay xác nhận nhé:") + "\n" + "\n".join(lines), choices)]


def one(turn: Turn, log_id: str) -> list[Reply]:
    """One session: have it confirmed, correct it or take it back; what the teacher decided is shown with its history."""
    entry = turn.store.log(turn.person.id, int(log_id))
    if entry is None or entry.state == "withdrawn" or turn.person.role != "pupil":
        return home.stale(turn)
    if entry.state not in UNCHECKED:
        story = history.story(turn, entry, turn.person.nickname)
        return [Reply("\n".join(story), (Choice(_("Sổ của em"), "book"), Choice(_("Trang chính"), "home")))]
    choices = (
        *confirm.handing(entry.id, entry.relatives, turn.store.linked(turn.person.id)),
        Choice(_("Sửa"), f"correct:{log_id}"),
        Choice(_("Rút lại"), f"withdraw:{log_id}"),
        Choice(_("Để nguyên"), "book"),
    )
    return [Reply(history.line(turn, entry), choices)]


def withdraw(turn: Turn, log_id: str) -> list[Reply]:
    """Take a session back: it stays in the history and counts nowhere."""
    if states.move(turn, turn.store.log(turn.person.id, int(log_id)), "withdraw", "pupil"):
        return [Reply(_("Đã rút buổi này, mình không tính nữa nhé.")), *show(turn)]
    return [Reply(_("Buổi này thầy cô đã duyệt hoặc em đã rút rồi. Cần sửa, em nhờ thầy cô nhé.")), *home.menu(turn)]


def withdraw_last(turn: Turn) -> list[Reply]:
    """ "rút lại": the last session, after a look at it."""
    logs = turn.store.own_logs(turn.person.id, limit=1) if turn.person.role == "pupil" else []
    return one(turn, str(logs[0].id)) if logs else home.unknown(turn)
