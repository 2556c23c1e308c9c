"""The person's own hours: the night in which nothing comes unasked, and the time zone they live in."""

from zoneinfo import ZoneInfo

import content
from bot.menu import page
from bot.port import Choice, Reply
from bot.rules import reminding
from bot.texts import _, clock, locale
from handlers import home, quiet
from handlers.turn import Turn

KINDS = ("practice", "summary")


def show(turn: Turn) -> list[Reply]:
    """The hours without messages, and others to choose from; none that would swallow a reminder that is set."""
    minutes = [due.minute for kind in KINDS for due in turn.store.dues(turn.person.id, kind)]
    now = quiet.night(turn.person)
    choices = [
        Choice(_span(*night), f"night:{night[0]}:{night[1]}")
        for night in reminding.NIGHTS
        if night != now and not any(reminding.is_night(minute, *night) for minute in minutes)
    ]
    said = _("Từ {sleeps} đến {wakes} {me} không nhắn gì trước. {You} muốn giờ khác không ạ?", **_clocks(*now))
    more = (Choice(_("Đổi múi giờ"), "zones:0"), Choice(_("Để nguyên"), "home"))
    return [Reply(said, (*choices, *more))]


def night(turn: Turn, sleeps: str, wakes: str) -> list[Reply]:
    """From now on nothing comes unasked between these minutes of the day."""
    turn.person.sleeps, turn.person.wakes = int(sleeps), int(wakes)
    turn.store.describe(turn.person)
    said = _("Dạ, từ {sleeps} đến {wakes} {me} giữ yên lặng.", **_clocks(int(sleeps), int(wakes)))
    return [Reply(said), *home.menu(turn)]


def zones(turn: Turn, start: str = "0") -> list[Reply]:
    """Where the person lives, as far as the clock goes."""
    named = [
        Choice(zone.name_en if locale() == "en" else zone.name, f"zone:{name}")
        for name, zone in content.zones().items()
    ]
    first = int(start) if start.isdigit() else 0
    return [
        Reply(
            _("{You} đang ở đâu ạ? {Me} nhắc theo giờ nơi ấy."), page(named, first, _("Nơi khác"), "zones"), menu=True
        )
    ]


def zone(turn: Turn, name: str) -> list[Reply]:
    """Reminders keep their hour on the clock of the new place."""
    turn.person.zone = name
    turn.store.describe(turn.person)
    now = turn.now.astimezone(ZoneInfo(name))
    for kind in KINDS:
        for due in turn.store.dues(turn.person.id, kind):
            due.due_at = reminding.next_time(due.weekday, due.minute, now)
    said = _("Dạ, chỗ {you} bây giờ là {clock}. Từ nay {me} theo giờ ấy.", clock=clock(now.hour * 60 + now.minute))
    return [Reply(said), *home.menu(turn)]


def _span(sleeps: int, wakes: int) -> str:
    return f"{clock(sleeps)}–{clock(wakes)}"


def _clocks(sleeps: int, wakes: int) -> dict[str, str]:
    return {"sleeps": clock(sleeps), "wakes": clock(wakes)}
