"""The class page: who has logged and who has not, by relative, by skill, by state; and the teacher's other tools."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.port import Choice, Reply
from bot.rules import week
from bot.texts import _, counted
from db.models import Unit
from db.store import Told
from handlers import classroom, history, home, words
from handlers.reports import weekly
from handlers.turn import Turn

SHOWN = 12  # lines of a table: one phone screen


def show(turn: Turn, back: str = "0") -> list[Reply]:
    """Who has logged this week, and who has not."""
    unit = classroom.own(turn)
    if unit is None:
        return home.unknown(turn)
    weeks = int(back) if back.isdigit() else 0
    span = _span(turn, weeks)
    names = classroom.names(turn)
    logged = Counter(log.pupil_id for log in _logs(turn, unit, span))
    told = [f"{names[pupil]} {count}" for pupil, count in sorted(logged.items(), key=lambda one: -one[1])]
    silent = sorted(name for pupil, name in names.items() if pupil not in logged)
    lines = [
        _heading(unit, span),
        counted("Đã ghi ({n} em): {names}", len(told), names=", ".join(told) or "–"),
        counted("Chưa ghi ({n} em): {names}", len(silent), names=", ".join(silent) or "–"),
    ]
    outside = weekly.size(turn.store, unit) - len(names)
    if outside > 0:
        lines.append(counted("{n} em trong danh sách chưa vào lớp.", outside))
    waiting = len(turn.store.open_questions(unit.id))
    asked = counted("{n} câu hỏi của các em", waiting) if waiting else _("Câu hỏi của các em")
    choices = (
        Choice(_("Theo người thân"), f"class_by:relative:{weeks}"),
        Choice(_("Theo kỹ năng"), f"class_by:skill:{weeks}"),
        Choice(_("Theo trạng thái"), f"class_by:state:{weeks}"),
        Choice(asked, "questions"),
        Choice(_("Việc khác"), f"class_more:{weeks}"),
    )
    return [Reply("\n".join(lines), choices)]


def by(turn: Turn, what: str, back: str) -> list[Reply]:
    """The week's sessions counted by whom, by what, or by how far they are checked."""
    unit = classroom.own(turn)
    if unit is None or what not in _BY:
        return home.stale(turn)
    weeks = int(back)
    span = _span(turn, weeks)
    logs = _logs(turn, unit, span)
    counts = Counter(name for log in logs for name in _BY[what](log))
    lines = [f"• {name}: " + counted("{n} buổi", count) for name, count in counts.most_common(SHOWN)]
    if len(counts) > SHOWN:
        lines.append(counted("… và {n} dòng nữa", len(counts) - SHOWN))
    titles = {"relative": _("theo người thân"), "skill": _("theo kỹ năng"), "state": _("theo trạng thái")}
    heading = f"{_heading(unit, span)}, {titles[what]}"
    none = [_("Tuần này chưa có buổi nào.") if not weeks else _("Tuần đó không có buổi nào.")]
    others = [
        Choice(label, f"class_by:{other}:{weeks}")
        for other, label in (
            ("relative", _("Theo người thân")),
            ("skill", _("Theo kỹ năng")),
            ("state", _("Theo trạng thái")),
        )
        if other != what
    ]
    back_to = Choice(_("Ai đã ghi, ai chưa"), f"class:{weeks}")
    return [Reply("\n".join([heading, *(lines or none)]), (*others, back_to, Choice(_("Trang chính"), "home")))]


_BY: dict[str, Callable[[Told], Sequence[str]]] = {
    "relative": lambda log: [words.relative(code) for code in log.relatives],
    "skill": lambda log: [words.skill(code) for code in log.skills],
    "state": lambda log: [_(history.STATES[log.state])],
}


def more(turn: Turn, back: str = "0") -> list[Reply]:
    """The rest of what a teacher does for the class."""
    if classroom.own(turn) is None:
        return home.stale(turn)
    ways = (
        Choice(_("Chi đội trưởng"), "leaders:0"),
        Choice(_("Em không có máy"), "on_paper:0"),
        Choice(_("Thẻ vào lớp"), "cards"),
        Choice(_("Mục tiêu của lớp"), "goals"),
        Choice(_("Tuần trước đó"), f"class:{int(back) + 1}"),
    )
    return [Reply(_("{You} muốn làm gì ạ?"), ways)]


def _span(turn: Turn, weeks: int) -> week.Span:
    return week.week_of(turn.today - timedelta(weeks=weeks))


def _logs(turn: Turn, unit: Unit, span: week.Span) -> list[Told]:
    return turn.store.logs([unit.id], span.first, span.last)


def _heading(unit: Unit, span: week.Span) -> str:
    return _("{unit}, tuần {dates}", unit=unit.name, dates=weekly.dates(span))
