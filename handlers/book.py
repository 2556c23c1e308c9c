"""The pupil's own logbook."""

from bot.port import Choice, Reply
from bot.texts import _, counted
from handlers import draft, home, words
from handlers.turn import Turn

SHOWN = 5
GOAL = 1  # relatives a pupil shall help at least, as the plans ask


def show(turn: Turn) -> list[Reply]:
    """The last sessions, the totals and the goal."""
    if turn.person.role != "pupil":
        return home.unknown(turn)
    logs = turn.store.own_logs(turn.person.id)
    if not logs:
        return [
            Reply(_("Sổ của em còn trống. Mục tiêu: giúp ít nhất 1 người thân."), (Choice(_("Ghi buổi giúp"), "log"),))
        ]
    helped = {code for entry in logs for code in entry.relatives}
    alone = {code for entry in logs if entry.outcome == "TU_LAM" for code in entry.relatives}
    lines = [
        counted(
            "Sổ của em: {n} buổi, giúp {people} người thân, {alone} người tự làm được.",
            len(logs),
            people=len(helped),
            alone=len(alone),
        ),
        _("Mục tiêu ít nhất 1 người thân: đạt ✅")
        if len(helped) >= GOAL
        else _("Mục tiêu: giúp ít nhất 1 người thân."),
        *(
            f"• {words.line(turn, draft.as_partial(entry))}" + (" ✓✓" if entry.state == "checked" else "")
            for entry in logs[:SHOWN]
        ),
    ]
    if any(entry.state == "checked" for entry in logs[:SHOWN]):
        lines.append(_("(✓✓ là thầy cô đã duyệt)"))
    choices = (
        Choice(_("Ghi buổi giúp"), "log"),
        Choice(_("Giống lần trước"), "again"),
        Choice(_("Sửa hoặc rút một buổi"), "mine"),
    )
    return [Reply("\n".join(lines), choices)]


def mine(turn: Turn) -> list[Reply]:
    """Which session to correct or take back."""
    logs = [entry for entry in turn.store.own_logs(turn.person.id, limit=20) if entry.state != "checked"][:SHOWN]
    if not logs:
        return [Reply(_("Chưa có buổi nào sửa được. Buổi đã duyệt thì em nhờ thầy cô nhé.")), *home.menu(turn)]
    lines = [f"{number}. {words.line(turn, draft.as_partial(entry))}" for number, entry in enumerate(logs, 1)]
    choices = tuple(
        Choice(_("Buổi {number}", number=number), f"one:{entry.id}") for number, entry in enumerate(logs, 1)
    )
    return [Reply(_("Em chọn buổi cần sửa hoặc rút:") + "\n" + "\n".join(lines), choices)]


def one(turn: Turn, log_id: str) -> list[Reply]:
    """One session: correct it or take it back."""
    entry = turn.store.log(turn.person.id, int(log_id))
    if entry is None:
        return home.stale(turn)
    choices = (
        Choice(_("Sửa"), f"correct:{log_id}"),
        Choice(_("Rút lại"), f"withdraw:{log_id}"),
        Choice(_("Để nguyên"), "book"),
    )
    return [Reply(words.line(turn, draft.as_partial(entry)), choices)]


def withdraw(turn: Turn, log_id: str) -> list[Reply]:
    """Take a session back: it stays in the history and counts nowhere."""
    if turn.store.withdraw_log(turn.person.id, int(log_id), turn.now):
        return [Reply(_("Đã rút buổi này, mình không tính nữa nhé.")), *show(turn)]
    return [Reply(_("Buổi này thầy cô đã duyệt hoặc em đã rút rồi. Cần sửa, em nhờ thầy cô nhé.")), *home.menu(turn)]


def withdraw_last(turn: Turn) -> list[Reply]:
    """ "rút lại": the last session, after a look at it."""
    logs = turn.store.own_logs(turn.person.id, limit=1) if turn.person.role == "pupil" else []
    return one(turn, str(logs[0].id)) if logs else home.unknown(turn)
