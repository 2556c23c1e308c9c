"""When a person wants to hear nothing, and how they begin to hear again."""

from datetime import datetime

from bot.rules import reminding
from db.store import Speaker
from handlers.turn import Turn


def night(person: Speaker) -> tuple[int, int]:
    """The person's night: the minute of the day at which it begins and the one at which it ends."""
    return (
        reminding.SLEEPS if person.sleeps is None else person.sleeps,
        reminding.WAKES if person.wakes is None else person.wakes,
    )


def is_night(person: Speaker, minute: int) -> bool:
    """Whether a minute of the day lies in the person's night."""
    return reminding.is_night(minute, *night(person))


def listen_again(turn: Turn, moment: datetime) -> None:
    """Who asks to be reminded at a moment wants to hear it, whatever they wished before."""
    person = turn.person
    is_paused = person.paused_until is not None and person.paused_until > moment.date()
    if person.quiet or is_paused:
        person.quiet, person.paused_until = False, None
        turn.store.describe(person)
