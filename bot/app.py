"""Where everything meets: one turn = one hop to the database = one transaction."""

import asyncio
import logging
import secrets
import traceback
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

from sqlalchemy.exc import IntegrityError

import bot
from bot import links, sheets, turns
from bot.accounts import OurAccounts, plan
from bot.channels import connect
from bot.clock import Clock
from bot.delivery import Delivery
from bot.media import join
from bot.media.drawing import CannotDraw
from bot.media.shelf import Shelf
from bot.papers.desk import PREFIX, Papers
from bot.port import SIGNED_PATH, Answer, Browser, Channel, Incoming, Letter, Media, Reply, Who, pack, unpack
from bot.rules import rights
from bot.rules.roster import Sheet, Unreadable
from bot.settings import Settings
from bot.texts import _, manner_for, speaking
from db.database import Database
from db.store import Store
from handlers import home, start

logger = logging.getLogger("bot")
# Words that were said are erased after this long; that they were said stays known.
KEEP_WORDS = timedelta(days=14)
# Sentences that were understood wrongly are kept (masked) until somebody has learnt from them.
KEEP_CORRECTIONS = timedelta(days=180)

# A class list nobody said yes to, and who tried a wrong code.
KEEP_LISTS = timedelta(days=2)


class App:
    """The program of one installation. It implements `bot.port.Desk`."""

    def __init__(self, database: Database, settings: Settings, now: Callable[[], datetime] | None = None) -> None:
        self._database = database
        self._settings = settings
        self._shelf = Shelf(settings.media_dir)
        self.now = now or partial(datetime.now, settings.zone)  # noqa: TID251 - the one place that reads the clock
        self._papers = Papers(database, settings.media_dir, lambda: self._shelf.key, self.now, settings.report_template)
        self._place = turns.Place(settings.locale, settings.address, self._shelf, self._papers)
        self._asked_on: date | None = None
        self._reading = asyncio.Lock()
        self._key = ""
        self.accounts = OurAccounts(database, self.now, plan(settings))
        self._clock = Clock(self.now, self.tick, self.forget_words)

    # -- the desk: what channels ask ----------------------------------------------------------

    async def handle(self, said: Incoming) -> Answer:
        """Answer one message; whatever breaks is rolled back, told politely and logged without its words."""
        try:
            found = await self._read(said)
            work = partial(turns.answer, said=said, now=self.now(), place=self._place, sheets=found)
            try:
                return await self._database.run(work, said.who)
            except IntegrityError:
                # Another process answered the same event a moment ago: now its answer can be read.
                return await self._database.run(work, said.who)
        except Exception as error:
            log_failure("A turn failed and was rolled back", error)
            with speaking(manner_for(self._settings.locale, "")):
                sorry = Reply(_("Xin lỗi, có lỗi nên chưa ghi gì cả. Bạn thử lại sau ít phút nhé."))
            return Answer((sorry,), failed=True)

    async def _read(self, said: Incoming) -> tuple[Sheet, ...] | Unreadable | None:
        """The table that came along, read in a thread of its own, one at a time: no turn waits for it."""
        if said.file is None or not await self.takes_files(said.who):
            return None
        try:
            async with self._reading:
                return await asyncio.to_thread(sheets.read, said.file)
        except Unreadable as unreadable:
            return unreadable

    async def takes_files(self, who: Who) -> bool:
        """Whether a file from this person is of use; anybody else's is not even fetched."""
        role = await self._database.run(lambda store: store.role_at(who.channel, who.address), who)
        return role is not None and rights.may_somewhere(role[0], "list")

    async def letters(self, who: Who, after: int | None) -> list[Letter]:
        """The letters kept for this person, oldest first: with an id above `after`, or all not yet seen."""
        rows = await self._database.run(lambda store: store.letters(who.channel, who.address, after), who)
        return [Letter(number, unpack(reply)[0]) for number, reply in rows]

    async def seen(self, who: Who, up_to: int) -> None:
        """The person has every letter up to this id."""
        now = self.now()
        await self._database.run(lambda store: store.letters_seen(who.channel, who.address, up_to, now), who)

    async def keep(self, who: Who, key: str, reply: Reply) -> None:
        """Keep a reply until it is fetched; the same key is kept once."""
        now, kept = self.now(), pack([reply])
        await self._database.run(lambda store: store.keep_letter(who.channel, who.address, key, kept, now), who)

    async def known(self, who: Who) -> bool:
        """Whether this address has spoken before."""
        return await self._database.run(lambda store: store.is_known(who.channel, who.address), who)

    async def fits(self, who: Who, code: str) -> bool:
        """Whether an invitation is for whoever speaks from this address, and not for somebody else."""
        now = self.now()
        return await self._database.run(lambda store: start.fits(store, who.channel, who.address, code, now), who)

    async def file(self, name: str) -> Path | None:
        """The file behind a picture, page or voice of ours; certificates, cards and reports are drawn now, in a thread."""
        if (asked := self._shelf.cards_asked(name, self.now())) is not None:
            return await self._cards(*asked)
        draw = self._papers.file if name.startswith(PREFIX) else self._shelf.file
        return await asyncio.to_thread(draw, name)

    async def paper(self, token: str) -> str | None:
        """The read-only page behind a signed link, counted now, in a thread."""
        return await asyncio.to_thread(self._papers.shown, token)

    async def _cards(self, unit_id: int, listed_id: int) -> Path | None:
        """The cards as they stand now: one that was used or renewed meanwhile is not among them."""
        sheet = await self._database.run(partial(join.asked, unit_id=unit_id, listed_id=listed_id))
        if not sheet.cards:
            return None

        def draw() -> Path | None:
            with speaking(manner_for(self._settings.locale, "")):
                return self._shelf.keep_cards(join.drawn(sheet, self._settings.address))

        try:
            return await asyncio.to_thread(draw)
        except CannotDraw as error:
            log_failure("The join cards could not be drawn", error)
            return None

    async def address(self, media: Media, suffix: str = "") -> str | None:
        """Where a messenger's server can fetch it for some days; None when it is not there, or nobody can reach us."""
        name = media.name(suffix)
        if name is None:
            return media.url
        if not self._settings.public_url or await self.file(name) is None:
            return None
        ticket = links.ticket(name, self.now(), await self._files_key())
        return f"{self._settings.public_url}{SIGNED_PATH}{ticket}/{name}"

    async def signed_file(self, ticket: str, name: str) -> Path | None:
        """The file behind a signed address, while it lasts."""
        good = links.is_good(ticket, name, self.now(), await self._files_key())
        return await self.file(name) if good else None

    async def _files_key(self) -> str:
        """The key that signs addresses: the same for every process of the installation, and after a restart."""
        if not self._key:
            self._key = await self._database.run(lambda store: store.key("files", secrets.token_hex(32)))
        return self._key

    async def browsers(self, who: Who) -> list[Browser]:
        """The browsers that are told of this person's letters."""
        rows = await self._database.run(lambda store: store.browsers(who.channel, who.address), who)
        return [Browser(*row) for row in rows]

    async def add_browser(self, who: Who, browser: Browser) -> None:
        """Tell this browser of this person's letters, and of nobody else's."""
        now = self.now()

        def add(store: Store) -> None:
            store.add_browser(who.channel, who.address, browser.endpoint, browser.p256dh, browser.auth, now)

        await self._database.run(add, who)

    async def forget_browser(self, endpoint: str) -> None:
        """This browser is told nothing any more."""
        await self._database.run(lambda store: store.forget_browser(endpoint))

    def commands(self, language: str) -> tuple[tuple[str, str], ...]:
        """The commands that everybody may use, in a language."""
        with speaking(manner_for(language, "")):
            return home.commands()

    async def secret(self, name: str, new: str) -> str:
        """A secret of this installation: the one kept, else `new` from now on."""
        return await self._database.run(lambda store: store.key(name, new))

    async def health(self) -> dict[str, str]:
        """How the program is."""
        now = self.now()
        try:
            room = await self._database.run(lambda store: turns.room(store, now))
            database, outbox = "ok", "ok" if room else "full"
        except Exception as error:
            log_failure("The database does not answer", error)
            database = outbox = "down"
        found = {"database": database, "clock": self._clock.state(), "outbox": outbox}
        status = "ok" if set(found.values()) == {"ok"} else "degraded"
        return {"status": status, "version": bot.__version__, **found}

    # -- what happens by itself ---------------------------------------------------------------

    async def tick(self) -> int:
        """Put what is due into the outbox; how many rows moved."""
        moved, now = 0, self.now()
        while count := await self._database.run(lambda store: turns.tick(store, now)):
            moved += count
        if now.date() == self._asked_on:
            return moved
        if await self._database.run(lambda store: turns.room(store, now)):
            await self._daily(now)
            self._asked_on = now.date()
        return moved

    async def _daily(self, now: datetime) -> None:
        """Once a day, and after each start: a transaction a class, so that nobody waits for all of them."""
        for unit_id in await self._database.run(lambda store: store.classes()):
            await self._database.run(partial(turns.daily, unit_id=unit_id, now=now))
        await self._database.run(lambda store: turns.daily_reviews(store, now))

    async def forget_words(self) -> None:
        """Erase words that were kept long enough, and the drawn certificates with people's names."""
        await asyncio.to_thread(self._shelf.forget_thanks)
        now = self.now()

        def forget(store: Store) -> None:
            store.forget_words(now - KEEP_WORDS)
            store.forget_corrections(now - KEEP_CORRECTIONS)
            store.forget_list_drafts(now - KEEP_LISTS)
            store.forget_wrong_codes(now - KEEP_LISTS)

        await self._database.run(forget)

    def delivery(self, channels: dict[str, Channel]) -> Delivery:
        """The sender of the outbox over these channels."""
        return Delivery(self._database, channels, self.now, self._place)

    async def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Listen on every channel, keep the clock and send the outbox, until cancelled."""
        channels = connect(self._settings.channels, self, self._settings, self.accounts)
        for channel in channels.values():
            await channel.open()
        delivery = self.delivery(channels)
        self._clock.start()
        try:
            async with asyncio.TaskGroup() as group:
                for channel in channels.values():
                    group.create_task(channel.run())
                group.create_task(delivery.run())
                ready()
        finally:
            self._clock.stop()

    async def talk(self, here: "Talker", join: str) -> None:
        """One conversation on a channel of its own, with its reminders, until its words end."""
        self._clock.start()
        sending = asyncio.ensure_future(self.delivery({here.name: here}).run())
        try:
            await here.run(join)
        finally:
            sending.cancel()
            self._clock.stop()


class Talker(Channel, Protocol):
    """A channel that is one conversation."""

    async def run(self, join: str = "") -> None:
        """Listen until the words end."""


def log_failure(what: str, error: BaseException) -> None:
    """One log line with the place of an error, and never its message: that may hold what somebody wrote."""
    place = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s: %s\n%s", what, type(error).__name__, place)
