"""One message and all that is needed to answer it."""

from dataclasses import dataclass
from datetime import date, datetime
from random import Random, SystemRandom

from bot.port import EmptyShelf, NoPapers, Papers, Shelf
from bot.rules.roster import Sheet, Unreadable
from db.store import Speaker, Store

_CHANCE = SystemRandom()
_NOTHING = EmptyShelf()
_NO_PAPERS = NoPapers()


@dataclass(slots=True)
class Turn:
    """What a handler may use: who speaks, what was said, the store and the time.

    `now` is in the person's time zone. `own_screen` tells that the channel is our page,
    where text size is ours to set. `waiting` is what was said before it was known who of several
    people has the phone. `chance` is where anything left to chance comes from.
    `shelf` says which pictures, pages and voices of a lesson there are, `papers` which documents of a unit.
    `sheets` is the table somebody sent, already read (bot/app.py), or why it could not be.
    """

    person: Speaker
    store: Store
    now: datetime
    said: str = ""
    channel: str = ""
    address: str = ""
    waiting: str = ""
    own_screen: bool = False
    public_url: str = ""
    chance: Random = _CHANCE
    sheets: tuple[Sheet, ...] | Unreadable | None = None
    shelf: Shelf = _NOTHING
    papers: Papers = _NO_PAPERS

    @property
    def today(self) -> date:
        """The day it is for the person."""
        return self.now.date()
