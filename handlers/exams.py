"""Exam weeks of a class or of a whole school, set by its teacher, school or ward: its pupils are reminded less."""

from datetime import date, timedelta

from bot.port import Choice, Reply
from bot.rules import exams
from bot.texts import _, short_day
from handlers import classroom, home
from handlers.turn import Turn


def show(turn: Turn) -> list[Reply]:
    """The exam weeks that are set, and how to set others."""
    if not _may(turn):
        return home.unknown(turn)
    turn.person.doing, turn.person.memory = "exams", ""
    found = turn.store.exams(turn.person.unit_id or 0, turn.today)
    lines = [_("Tuần thi: {span}.", span=_span(one.first, one.last)) for one in found]
    ask = _("Tuần thi là khi nào ạ? Bấm chọn, hoặc nhắn như “21/12 đến 2/1”. Tuần thi {me} chỉ nhắc học sinh 1 lần.")
    monday = turn.today - timedelta(days=turn.today.weekday())
    choices = [
        _choice(_("Tuần này"), monday, 1),
        _choice(_("Tuần sau"), monday + timedelta(days=7), 1),
        _choice(_("2 tuần sau đây"), monday + timedelta(days=7), 2),
    ]
    if found:
        choices.append(Choice(_("Xóa tuần thi"), "no_exams"))
    return [Reply("\n".join([*lines, ask]), (*choices, Choice(_("Để nguyên"), "home")))]


def _choice(label: str, first: date, weeks: int) -> Choice:
    return Choice(label, f"exams:{first}:{first + timedelta(days=7 * weeks - 1)}")


def chosen(turn: Turn, first: str, last: str) -> list[Reply]:
    """These days were tapped."""
    return _set(turn, date.fromisoformat(first), date.fromisoformat(last)) if _may(turn) else home.stale(turn)


def typed(turn: Turn) -> list[Reply]:
    """The days were written."""
    span = exams.span(turn.said, turn.today)
    if not _may(turn):
        return home.unknown(turn)
    if span is None:
        return [Reply(_("{Me} chưa hiểu ngày nào ạ.")), *show(turn)]
    return _set(turn, *span)


def _set(turn: Turn, first: date, last: date) -> list[Reply]:
    turn.person.doing = ""
    turn.store.set_exams(turn.person.unit_id or 0, first, last)
    said = _("Dạ, {span} là tuần thi: {me} chỉ nhắc mỗi em 1 lần một tuần.", span=_span(first, last))
    return [Reply(said), *home.menu(turn)]


def forget(turn: Turn) -> list[Reply]:
    """No exam weeks are set any more."""
    if not _may(turn):
        return home.stale(turn)
    turn.person.doing = ""
    turn.store.forget_exams(turn.person.unit_id or 0)
    return [Reply(_("Dạ, {me} đã xóa tuần thi.")), *home.menu(turn)]


def _may(turn: Turn) -> bool:
    return classroom.reached(turn, "exams") is not None


def _span(first: date, last: date) -> str:
    return f"{short_day(first)}–{short_day(last)}"
