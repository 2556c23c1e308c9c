"""The goal of a class, set by its teacher: how many pupils shall have helped at least one relative."""

from bot.port import Choice, Reply
from bot.rules import goal
from bot.texts import _, counted
from db.models import Unit
from handlers import classroom, home, log
from handlers.reading import reader
from handlers.reports import weekly
from handlers.turn import Turn


def show(turn: Turn, said: str = "") -> list[Reply]:
    """The goal as it stands, and others to choose from; "/muctieu 30" sets it at once."""
    unit = classroom.own(turn)
    if unit is None:
        return home.unknown(turn)
    turn.person.doing, turn.person.memory = "goal", ""
    if said:
        turn.said = said
        return typed(turn)
    size = weekly.size(turn.store, unit)
    stands = (
        _(
            "{unit} đang đặt mục tiêu {goal}/{size} em giúp ít nhất 1 người thân.",
            unit=unit.name,
            goal=unit.goal,
            size=size,
        )
        if unit.goal
        else _("{unit} chưa đặt mục tiêu.", unit=unit.name)
    )
    return [_ask(unit, size, stands)]


def _ask(unit: Unit, size: int, said: str) -> Reply:
    choices = [
        Choice(
            counted("Cả lớp: {n} em", count) if share == 100 else counted("{n} em ({share}%)", count, share=share),
            f"goal:{count}",
        )
        for count, share in goal.counts(size).items()
    ]
    ask = _("{You} muốn bao nhiêu em? Bấm chọn hoặc nhắn một số, ví dụ 25 em.")
    return Reply(f"{said} {ask}", (*choices, Choice(_("Để sau"), "home")))


def chosen(turn: Turn, count: str) -> list[Reply]:
    """A count was tapped; the class may have changed since it was offered."""
    unit = classroom.own(turn)
    if unit is None:
        return home.stale(turn)
    if not goal.fits(int(count), weekly.size(turn.store, unit)):
        return show(turn)
    return _set(turn, unit, int(count))


def typed(turn: Turn) -> list[Reply]:
    """A number was written; who is being scammed meanwhile is helped first."""
    unit = classroom.own(turn)
    if unit is None or reader().read(turn.said, turn.now).not_log == "victim":
        return log.sentence(turn)
    size = weekly.size(turn.store, unit)
    count = goal.meant(turn.said, size)
    if count is None:
        return [_ask(unit, size, _("{Me} cần một số từ 1 đến {most} ạ.", most=size or goal.MOST))]
    return _set(turn, unit, count)


def _set(turn: Turn, unit: Unit, count: int) -> list[Reply]:
    turn.store.set_goal(unit.id, count)
    turn.person.doing = ""
    helped = len(turn.store.first_helped(unit.id))
    done = counted(
        "Đã đặt mục tiêu của {unit}: {n} em giúp ít nhất 1 người thân. Đến giờ đã có {helped} em.",
        count,
        unit=unit.name,
        helped=helped,
    )
    return [Reply(done), *home.menu(turn)]
