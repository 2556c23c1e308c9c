"""Several people on one phone: who is it now?"""

import json

from bot.port import Choice, Reply
from bot.rules.masking import mask
from bot.texts import N_, _
from handlers import home, link, start
from handlers.turn import Turn

MOST_NAMED = 3


def show(turn: Turn) -> list[Reply]:
    """Who uses this phone, and one more."""
    return [Reply(_("Ai đang dùng máy ạ?"), _people(turn))]


def ask(turn: Turn, choice: str | None) -> list[Reply]:
    """Ask before anything is answered, and keep what was said, without its secrets, until it is known."""
    waiting = {"choice": choice} if choice is not None else {"text": mask(turn.said).text}
    turn.store.keep_waiting(turn.person.who_id, json.dumps(waiting, ensure_ascii=False))
    return show(turn)


def _people(turn: Turn) -> tuple[Choice, ...]:
    sharers = turn.store.sharers(turn.person.who_id) or ([turn.person.id] if turn.person.role else [])
    named = [Choice(link.name_of(turn, one), f"here:{one}") for one in sharers[:MOST_NAMED]]
    return (*named, Choice(_("Người khác"), "here:new"))


def here(turn: Turn, who: str) -> list[Reply]:
    """It is this one, or somebody new; what they said before is answered next (bot/turns.py)."""
    person, store = turn.person, turn.store
    waiting = store.what_waits(person.who_id)
    if who == "new":
        new_id = store.share(person.who_id, person.id, person.locale, turn.now)
        store.here_is(person.who_id, new_id, turn.now)
        person.become(store.speaker_of(new_id, person.who_id))
        return start.welcome(turn)
    if int(who) != person.id and int(who) not in store.sharers(person.who_id):
        return home.stale(turn)
    store.here_is(person.who_id, int(who), turn.now)
    person.become(store.speaker_of(int(who), person.who_id))
    turn.waiting = waiting
    if waiting:
        return []
    return [Reply(home.in_manner(turn, N_("Chào {you}, {me} đây ạ."))), *home.in_own_words(turn)]
