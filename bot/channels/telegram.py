"""Telegram without a library: what was said, what to answer, and an update is confirmed only once it is answered."""

import asyncio
import hmac
import logging
import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe
from types import MappingProxyType
from typing import Protocol, TypeVar

from bot.chats import Chats
from bot.parts import split, units
from bot.patience import Wait, pauses
from bot.port import MOST_FILE_BYTES, Choice, Desk, File, Incoming, Later, Media, Pace, Refused, Reply, Stopped, Who

NAME = "telegram"

# https://core.telegram.org/bots/api#sendmessage; lengths are counted in UTF-16 units, as entities are.
MOST_UNITS = 4096
# https://core.telegram.org/bots/api#sendphoto
MOST_CAPTION_UNITS = 1024
# What a voice note is made of: https://core.telegram.org/bots/api#sendvoice
VOICE_SUFFIX = "ogg"

# The kinds we ask for, and the fields of a message that we cannot read as words:
# https://core.telegram.org/bots/api#update and https://core.telegram.org/bots/api#message
HEARD = ["message", "callback_query"]
MEDIA = (
    "animation",
    "audio",
    "contact",
    "dice",
    "document",
    "live_photo",
    "location",
    "photo",
    "poll",
    "sticker",
    "story",
    "video",
    "video_note",
    "voice",
)

TRY_AGAIN = timedelta(seconds=30)
# Ten tries, 1 s to 60 s apart, are five minutes: by then the person has asked again.
MOST_TRIES = 10
# https://core.telegram.org/bots/api#setwebhook
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
# One bot, one address of ours: HOOK_PATH + "telegram/" + this.
ACCOUNT = "bot"
# What takes longer is refused, and Telegram calls again with the same update.
ANSWERED_WITHIN = 25.0
# The last menu of so many chats is remembered, to change it instead of repeating it.
MENUS = 10_000
# While a turn is slow, getUpdates answers at once with the same updates; this keeps us from asking in a circle.
BREATH = 0.25

# The language of the command menu that Telegram shows, and whose app speaks it ("": everybody else's).
MENU_LANGUAGES = {"": "vi", "en": "en"}

REJECTED = "Telegram does not accept the bot's token (%s): take a new one from @BotFather and start again."

START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<code>.*))?", re.DOTALL)
ADDRESSED = re.compile(r"^(/\w+)@\w+")

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """What reaches a bot: its token, the server, how long to hold a poll and how long to wait for an answer.

    `hook_url`: where Telegram calls us; "" to ask it for updates instead. `proxy`: the way to the server,
    "http://…" or "socks5://…", perhaps with a name and a password.
    """

    token: str = field(repr=False)
    api_url: str = "https://api.telegram.org"
    poll_seconds: int = 25
    timeout: float = 10.0
    hook_url: str = ""
    proxy: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not re.fullmatch(r"\d+:\S+", self.token):
            raise ValueError("A Telegram token is a number, a colon and a secret: copy it from @BotFather.")

    @property
    def secret(self) -> str:
        """The half after the colon; the half before it is the bot's public id."""
        return self.token.partition(":")[2]


@dataclass(frozen=True, slots=True)
class Document:
    """A file in a chat, not fetched yet: https://core.telegram.org/bots/api#document."""

    id: str
    name: str = ""
    size: int = 0


@dataclass(frozen=True, slots=True)
class Update:
    """One thing that happened in a chat, in no library's words; `under` is the message of a pressed button."""

    id: int
    chat: str = ""
    private: bool = False
    text: str | None = None
    choice: str | None = None
    callback_id: str | None = None
    under: int | None = None
    media: bool = False
    document: Document | None = None


class Trouble(Exception):
    """Telegram, or the way to it, said no: `status` is None when nobody at Telegram answered."""

    def __init__(self, status: int | None, reason: str, after: float | None = None) -> None:
        super().__init__(f"{status or 'no answer'}: {reason}")
        self.status = status
        self.reason = reason
        self.after = after

    def failure(self) -> Stopped | Later | Refused:
        """The same, in the port's words."""
        if self.status == 403 or "chat not found" in self.reason.lower():
            return Stopped(self.reason)
        if self.status == 429 or "too many requests" in self.reason.lower():
            return Later(timedelta(seconds=self.after) if self.after else TRY_AGAIN, True, self.reason)
        if self.status is None or self.status >= 500:
            return Later(TRY_AGAIN, reason=str(self))
        return Refused(self.reason)


class Client(Protocol):
    """What a library does for us; every failure is a Trouble."""

    async def updates(self, offset: int) -> list[Update]:
        """Wait for updates from `offset` on; those before it are confirmed and gone."""

    def read(self, body: bytes) -> Update:
        """The update in a call of Telegram's; ValueError where there is none."""

    async def set_hook(self, url: str, secret: str) -> None:
        """Let Telegram call us there, with that secret."""

    async def drop_hook(self) -> None:
        """Let Telegram call us no more; what waits there goes on waiting."""

    async def set_commands(self, commands: Sequence[tuple[str, str]], language: str) -> None:
        """The menu of commands, for apps in a language, or "" for all others."""

    async def say(self, chat: str, text: str, buttons: Sequence[Choice]) -> int:
        """Send one message, one button a row; its number in the chat."""

    async def change(self, chat: str, message: int, text: str, buttons: Sequence[Choice]) -> None:
        """Let a message of ours say this instead."""

    async def show(self, chat: str, media: Media, file: Path | str, caption: str, buttons: Sequence[Choice]) -> str:
        """Send a file, or again one sent before by its Telegram id; its Telegram id."""

    async def fetch(self, document: Document) -> bytes:
        """What is in a file that somebody sent."""

    async def acknowledge(self, callback_id: str) -> None:
        """Stop the clock that turns on a pressed button."""

    async def close(self) -> None:
        """Close the connections."""


async def translated(call: Awaitable[T], explain: Callable[[Exception], Trouble], settings: TelegramSettings) -> T:
    """Await a library's call; its errors become Trouble, without the token that is in every address."""
    try:
        return await call
    except Exception as error:
        trouble = explain(error)
    # Raised here, outside `except`, because a chained library error would carry its address along.
    raise Trouble(trouble.status, trouble.reason.replace(settings.secret, "…"), trouble.after)


@dataclass(frozen=True, slots=True)
class Redacted:
    """A logging filter that takes the secret out of what a library logs."""

    secret: str = field(repr=False)

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if self.secret in said:
            record.msg, record.args = said.replace(self.secret, "…"), None
        return True


def keep_secret(settings: TelegramSettings, *loggers: str) -> None:
    """Silence a library, which logs addresses with the token and people's whole messages; we log its failures.

    The filter is for whoever turns these loggers on again to look for a fault.
    """
    for name in loggers:
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.addFilter(Redacted(settings.secret))


def incoming(update: Update) -> Incoming | None:
    """What the person said; None for groups and for what nobody said (a pinned message, a changed timer)."""
    who, event_id = Who(NAME, update.chat), str(update.id)
    if not update.private:
        return None
    if update.choice is not None:
        return Incoming(who, event_id, choice=update.choice)
    if update.text is not None:
        return spoken(who, event_id, update.text)
    return Incoming(who, event_id, kind="media") if update.media else None


def spoken(who: Who, event_id: str, text: str) -> Incoming:
    """A text, or the opening of a conversation: https://core.telegram.org/bots/features#deep-linking."""
    if start := START.fullmatch(text):
        return Incoming(who, event_id, join=(start["code"] or "").strip())
    return Incoming(who, event_id, text=ADDRESSED.sub(r"\1", text))


def written(reply: Reply) -> str:
    """The reply as words; media are a line with their meaning and, somebody else's, with their address."""
    meant = [media.alt if media.name() else f"{media.alt}: {media.url}" for media in reply.media]
    return "\n".join([reply.text, *(line for line in meant if line not in reply.text)]).strip()


@dataclass(frozen=True, slots=True)
class Part:
    """One message: words, or a file with its words below, and perhaps buttons."""

    text: str
    buttons: tuple[Choice, ...] = ()
    media: Media | None = None
    file: Path | None = None


def parts(reply: Reply, files: Mapping[Media, Path | None] = MappingProxyType({})) -> list[Part]:
    """The reply as Telegram takes it: files first, then the words; the choices stand under the last part.

    A file shows its meaning below it, since Telegram has no alternative text. Where that is the
    reply's words already, one picture and the words are one message.
    """
    shown = [media for media in reply.media if files.get(media)]
    told = replace(reply, media=tuple(media for media in reply.media if media not in shown))
    if len(shown) == 1 and shown[0].alt in told.text and told.media == () and units(told.text) <= MOST_CAPTION_UNITS:
        return [Part(told.text, told.choices, shown[0], files[shown[0]])]
    pictures = [Part(split(media.alt, MOST_CAPTION_UNITS)[0], (), media, files[media]) for media in shown]
    words = [Part(part) for part in split(written(told), MOST_UNITS)]
    return [*pictures, *words[:-1], Part(words[-1].text, reply.choices)]


class Inbox:
    """Which updates are new, and up to where all are answered."""

    def __init__(self) -> None:
        self._last = -1
        self._seen: set[int] = set()
        self._open: set[int] = set()
        self._idle = asyncio.Event()

    @property
    def offset(self) -> int:
        """The oldest unanswered update; to ask for it confirms all before it."""
        return min(self._open, default=self._last + 1)

    def fresh(self, updates: Sequence[Update]) -> list[Update]:
        """Those not seen before: until the oldest is answered, Telegram repeats all after it."""
        new = [update for update in updates if update.id not in self._seen]
        if updates:
            # The latest, not the highest: after a quiet week the numbers may start again lower.
            # https://github.com/go-telegram-bot-api/telegram-bot-api/issues/156
            self._last = updates[-1].id
        self._seen = {update.id for update in updates}
        self._open.update(update.id for update in new)
        return new

    def answered(self, update: Update) -> None:
        self._open.remove(update.id)
        if not self._open:
            self._idle.set()

    async def rest(self) -> None:
        """Wait until all are answered, at most a breath."""
        self._idle.clear()
        if self._open:
            # Not wait_for: before Python 3.12 it could swallow our being cancelled at that very moment.
            with suppress(TimeoutError):
                async with asyncio.timeout(BREATH):
                    await self._idle.wait()


class Telegram:
    """The channel: turns of one chat in order, chats side by side, nothing confirmed before it is answered."""

    name = NAME
    # "about 30 messages per second" and "no more than one message per second" in one chat:
    # https://core.telegram.org/bots/faq#broadcasting-to-users; what is left is for answers.
    pace = Pace(per_second=25, to_one=timedelta(seconds=1), at_once=16)

    def __init__(self, desk: Desk, client: Client, hook_url: str = "", wait: Wait = asyncio.sleep) -> None:
        self._desk = desk
        self._client = client
        self._hook_url = hook_url
        self._wait = wait
        self._secret = ""
        self._inbox = Inbox()
        self._chats: Chats[Update] = Chats(self._turn)
        self._menus: OrderedDict[str, int] = OrderedDict()
        self._said: dict[tuple[Who, str], int] = {}
        self._uploaded: dict[Path, str] = {}
        self._closed = False

    async def open(self) -> None:
        """Know by what Telegram's calls are known; long polling needs nothing."""
        if self._hook_url:
            self._secret = await self._desk.secret("telegram_hook", token_urlsafe(32))

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        """A long reply that failed half-way goes on, under the same key, where it stopped."""
        if self._closed:
            raise Later(TRY_AGAIN)
        said = self._said.pop((who, key), 0)
        for number, part in enumerate(await self._parts(reply)):
            if number < said:
                continue
            try:
                await self._say(who.address, part)
            except Trouble as trouble:
                failure = trouble.failure()
                if number and isinstance(failure, Later):
                    self._said[who, key] = number
                raise failure from None
            finally:
                self._menus.pop(who.address, None)  # it is not the newest message any more

    async def run(self) -> None:
        """Serve until cancelled; a token that Telegram does not know ends it with one line in the log."""
        try:
            async with self._chats.serving() as tasks:
                await (self._be_called(tasks) if self._hook_url else self._listen(tasks))
        finally:
            self._closed = True
            await self._client.close()

    # -- what comes in -----------------------------------------------------------------------

    async def _listen(self, tasks: asyncio.TaskGroup) -> None:
        known, pause = False, pauses()
        while True:
            try:
                updates = await self._client.updates(self._inbox.offset)
            except Trouble as trouble:
                if trouble.status in (401, 404) and not known:
                    return log.error(REJECTED, trouble.status)
                if trouble.status == 409 and "webhook" in trouble.reason.lower():
                    await self._unhook()
                await self._hold("getUpdates", trouble, pause)
                continue
            if not known:
                tasks.create_task(self._show_commands())
            known, pause = True, pauses()
            for update in self._inbox.fresh(updates):
                self._line_up(update)
            await self._inbox.rest()

    def _line_up(self, update: Update) -> None:
        done = self._chats.put(update.chat, str(update.id), update)
        done.add_done_callback(lambda _: self._inbox.answered(update))

    async def _unhook(self) -> None:
        """Telegram still calls an address of before."""
        with suppress(Trouble):
            await self._client.drop_hook()

    async def _be_called(self, tasks: asyncio.TaskGroup) -> None:
        for pause in pauses():
            try:
                await self._client.set_hook(self._hook_url, self._secret)
            except Trouble as trouble:
                if trouble.status in (401, 404):
                    log.error(REJECTED, trouble.status)
                    return
                await self._hold("setWebhook", trouble, iter([pause]))
            else:
                tasks.create_task(self._show_commands())
                await asyncio.Event().wait()

    async def _show_commands(self) -> None:
        """The menu beside the line where people write; without it everything works all the same."""
        for language, spoken_in in MENU_LANGUAGES.items():
            try:
                await self._client.set_commands(self._desk.commands(spoken_in), language)
            except Trouble as trouble:
                log.warning("The menu of commands is not shown: %s.", trouble)

    async def hook(self, account: str, headers: Mapping[str, str], body: bytes) -> int:
        """A call from Telegram: 200 once the person has their answer, else Telegram calls again."""
        if account != ACCOUNT or not self._hook_url:
            return 404
        if not hmac.compare_digest(headers.get(SECRET_HEADER, "").encode(), self._secret.encode()):
            return 401
        if not self._chats.open:
            return 503
        try:
            update = self._client.read(body)
        except ValueError:
            return 400
        answered = await self._chats.answered(update.chat, str(update.id), update, ANSWERED_WITHIN)
        return 200 if answered else 503

    # -- turns -------------------------------------------------------------------------------

    async def _turn(self, update: Update) -> None:
        """One update; what goes wrong in it is logged by kind, since its text may be a person's words."""
        said = incoming(update)
        if said is None:
            return
        try:
            await self._answer(said, update)
        except Stopped:
            log.info("Update %s: the person has stopped the bot.", update.id)
        except Exception as error:
            log.error("Update %s was not answered: %s.", update.id, type(error).__name__)
        if update.callback_id is not None:
            # The clock on a button stops by itself after a while; that is never worth a second try.
            with suppress(Trouble):
                await self._client.acknowledge(update.callback_id)

    async def _answer(self, said: Incoming, update: Update) -> None:
        if update.document is not None and await self._desk.takes_files(said.who):
            said = replace(said, kind="file", file=await self._fetched(update.document))
        answer = await self._desk.handle(said)
        chat = said.who.address
        chosen_in = self._menus.pop(chat, None)
        # Only the newest message is changed: one further up nobody would see change.
        place = update.under if update.under == chosen_in and len(answer.replies) == 1 else None
        for reply in answer.replies:
            for part in await self._parts(reply):
                number = await self._tell(chat, part, place if reply.menu else None)
                if reply.menu and number is not None:
                    self._menus[chat] = number
                    if len(self._menus) > MENUS:
                        self._menus.popitem(last=False)

    async def _fetched(self, document: Document) -> File:
        """A file whole, or only its name where it is too big; Telegram's own limit is 20 MB."""
        if document.size > MOST_FILE_BYTES:
            return File(document.name, b"", too_big=True)
        pause = pauses()
        for _ in range(MOST_TRIES):
            try:
                return File(document.name, await self._client.fetch(document))
            except Trouble as trouble:
                failure = trouble.failure()
                if not isinstance(failure, Later):
                    raise failure from None
                await self._hold("getFile", trouble, pause)
        raise Later(TRY_AGAIN)

    async def _parts(self, reply: Reply) -> list[Part]:
        return parts(reply, {media: await self._file(media) for media in reply.media})

    async def _file(self, media: Media) -> Path | None:
        name = media.name(VOICE_SUFFIX if media.kind == "voice" else "")
        return await self._desk.file(name) if name else None

    async def _say(self, chat: str, part: Part) -> int | None:
        """Send one part; its number, if it is words. A file goes up once, and then by the name that Telegram gave it."""
        if part.media is None or part.file is None:
            return await self._client.say(chat, part.text, part.buttons)
        known = self._uploaded.get(part.file, part.file)
        try:
            self._uploaded[part.file] = await self._client.show(chat, part.media, known, part.text, part.buttons)
        except Trouble as trouble:
            if not isinstance(trouble.failure(), Refused):
                raise
            # Some people take no voice notes, for one; the words and the buttons still come.
            log.warning("Telegram refused a file: %s; its words go alone.", trouble)
            return await self._client.say(chat, part.text, part.buttons)
        return None

    async def _put(self, chat: str, part: Part, place: int | None) -> int | None:
        """Say one part in the place of a message, or as a new one where that cannot be changed."""
        if place is None or part.media is not None:
            return await self._say(chat, part)
        try:
            await self._client.change(chat, place, part.text, part.buttons)
        except Trouble as trouble:
            if not isinstance(trouble.failure(), Refused):
                raise
            if "not modified" not in trouble.reason:  # that it says this already is what we want
                return await self._say(chat, part)
        return place

    async def _tell(self, chat: str, part: Part, place: int | None = None) -> int | None:
        """Say one message, however long it takes within reason; only this chat waits."""
        pause = pauses()
        for _ in range(MOST_TRIES):
            try:
                return await self._put(chat, part, place)
            except Trouble as trouble:
                failure = trouble.failure()
                if isinstance(failure, Refused):
                    log.warning("Telegram refused a message: %s.", failure)
                    return None
                if isinstance(failure, Stopped):
                    raise failure from None
                await self._hold("sendMessage", trouble, pause)
        raise Later(TRY_AGAIN)

    async def _hold(self, what: str, trouble: Trouble, pause: Iterator[float]) -> None:
        seconds = trouble.after or next(pause)
        log.warning("%s: %s; again in %g s.", what, trouble, seconds)
        await self._wait(seconds)
