"""The Zalo Bot Platform: many small bots, choices as numbered lines, every message counted.

The contract is docs.zaloplatforms.com/docs/BOT (call_api, webhook, error_code, apis).
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from bot.channels.zalo import ACK_WITHIN, MOST_TRIES, MOST_UNITS, TRY_AGAIN, Server, Trouble, composed, joined
from bot.chats import Chats
from bot.parts import split, units, written_out
from bot.patience import Wait, pauses
from bot.port import (
    HOOK_PATH,
    Account,
    Accounts,
    Desk,
    Incoming,
    Later,
    Media,
    Pace,
    Refused,
    Reply,
    Shut,
    Stopped,
    Who,
)
from bot.settings import Settings

NAME = "zalo_bot"
SECRET_HEADER = "X-Bot-Api-Secret-Token"
POLL_SECONDS = 30
# https://docs.zaloplatforms.com/docs/BOT/error_code: this is no "slow down", the month is used up.
QUOTA_GONE = 429
TIMED_OUT = 408  # from getUpdates: nothing new
WRONG_TOKEN = 401
THEIR_FAULT = 403
NOTHING: Mapping[str, object] = MappingProxyType({})
VOICE_SUFFIX = "aac"
TEXT = "sendMessage"
# How often a bot that was set up meanwhile is looked for, where we ask for updates ourselves.
LOOK_AGAIN = 60.0

REJECTED = "Zalo does not accept the token of bot %s: take a new one in Zalo Bot Creator and add the bot again."

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZaloBotSettings:
    """The server, our own address ("" when the world cannot reach us), and how updates come."""

    api_url: str = "https://bot-api.zaloplatforms.com"
    public_url: str = ""
    polling: bool = False
    poll_seconds: int = POLL_SECONDS
    timeout: float = 10.0
    stopped_codes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a chat of one of our bots."""

    account: Account
    said: Incoming


@dataclass(frozen=True, slots=True)
class Part:
    """One message: a method of the API and what it is given beside the chat."""

    method: str
    fields: tuple[tuple[str, str], ...]


class Client:
    """The methods of the API, for whichever of our bots."""

    def __init__(self, settings: ZaloBotSettings) -> None:
        self._server = Server(settings.api_url, settings.timeout)
        self._settings = settings

    async def call(
        self, account: Account, method: str, fields: Mapping[str, object] = NOTHING, patience: float | None = None
    ) -> dict[str, Any]:
        """What the method gives back; a refusal, also one that comes with status 200, is a Trouble."""
        path = f"/bot{account.token}/{method}"
        status, answer = await self._server.post(path, json=dict(fields), timeout=patience)
        if answer.get("ok") is True:
            result = answer.get("result")
            return result if isinstance(result, dict) else {}
        code = answer.get("error_code")
        raise self._refusal(code if isinstance(code, int) else status, str(answer.get("description", "")), account)

    def _refusal(self, code: int, description: str, account: Account) -> Trouble:
        reason = f"{code}: {description.replace(account.token, '…')}"
        if code in self._settings.stopped_codes:
            return Trouble(Stopped(reason), code)
        if code == QUOTA_GONE:
            return Trouble(Shut(f"{reason} (the month is used up)"), code)
        if code == TIMED_OUT:
            return Trouble(Refused(f"{reason} (it may have arrived)"), code, unsure=True)
        return Trouble(Later(TRY_AGAIN) if code == THEIR_FAULT or code >= 500 else Refused(reason), code)

    async def close(self) -> None:
        await self._server.close()


class ZaloBot:
    """The channel over all our bots. An address is the bot's number in our books and the chat's id."""

    name = NAME
    # Zalo documents no limit per second: a careful guess of ours.
    pace = Pace(per_second=10, to_one=timedelta(seconds=1), at_once=4)

    def __init__(self, desk: Desk, accounts: Accounts, settings: ZaloBotSettings, wait: Wait = asyncio.sleep) -> None:
        self._desk = desk
        self._accounts = accounts
        self._settings = settings
        self._wait = wait
        self._client = Client(settings)
        self._chats: Chats[Event] = Chats(self._turn)
        self._bots: dict[str, Account] = {}
        self._said: dict[tuple[Who, str], int] = {}
        self._closed = False

    async def open(self) -> None:
        """Know our bots."""
        self._bots = {account.name: account for account in await self._accounts.of(NAME)}

    async def run(self) -> None:
        """Serve until cancelled: by calls to our web server, or by asking for updates."""
        try:
            async with self._chats.serving() as tasks:
                await self._watch(tasks)
        finally:
            self._closed = True
            await self._client.close()

    # -- what comes in -----------------------------------------------------------------------

    async def hook(self, account: str, headers: Mapping[str, str], body: bytes) -> int:
        """A call from Zalo; it is answered once the person is, or after a moment."""
        bot = self._bots.get(account)
        if bot is None:
            await self.open()
            bot = self._bots.get(account)
        if bot is None:
            return 404
        if not bot.signed_by or not hmac.compare_digest(
            headers.get(SECRET_HEADER, "").encode(), bot.signed_by.encode()
        ):
            return 401
        if not self._chats.open:
            return 503
        try:
            found = json.loads(body)
        except ValueError:
            return 400
        said = self._read(bot, found.get("result", found) if isinstance(found, dict) else {})
        if said is not None:
            await self._chats.answered(said.who.address, said.event_id, Event(bot, said), ACK_WITHIN)
        return 200

    def _read(self, bot: Account, found: Mapping[str, Any]) -> Incoming | None:
        """What was said; something of a new shape is logged by its kind and left."""
        try:
            return incoming(bot, found)
        except (KeyError, TypeError, AttributeError):
            log.warning("Zalo bot %s got something unreadable.", bot.name)
            return None

    async def _watch(self, tasks: asyncio.TaskGroup) -> None:
        """Begin with every bot, and with those that are set up later."""
        begun: set[str] = set()
        while True:
            for bot in self._bots.values():
                if bot.name not in begun:
                    begun.add(bot.name)
                    tasks.create_task(self._poll(bot) if self._settings.polling else self._hook(bot))
            await asyncio.sleep(LOOK_AGAIN)
            await self.open()

    async def _hook(self, bot: Account) -> None:
        """Let Zalo call us, unless it already calls this very address."""
        url = hook_url(self._settings.public_url, bot)
        for pause in pauses():
            try:
                if (await self._client.call(bot, "getWebhookInfo")).get("url") != url:
                    await self._client.call(bot, "setWebhook", {"url": url, "secret_token": bot.signed_by})
                return
            except Trouble as trouble:
                if isinstance(trouble.failure, Refused) and not trouble.unsure:
                    log.error("Zalo will not call bot %s at %s: %s.", bot.name, url, trouble)
                    return
                await self._hold(bot, "setWebhook", trouble, pause)

    async def _poll(self, bot: Account) -> None:
        """Ask for updates, for trying out only: what comes while nobody asks is lost."""
        pause, unhooked = pauses(), False
        while True:
            try:
                if not unhooked:
                    await self._client.call(bot, "deleteWebhook")
                    unhooked = True
                found = await self._ask(bot)
            except Trouble as trouble:
                if trouble.code == WRONG_TOKEN:
                    return log.error(REJECTED, bot.name)
                await self._hold(bot, "getUpdates", trouble, next(pause))
                continue
            pause = pauses()
            if found and (said := self._read(bot, found)):
                self._chats.put(said.who.address, said.event_id, Event(bot, said))

    async def _ask(self, bot: Account) -> dict[str, Any]:
        """One event, or {} when there is nothing new, which Zalo says as an error."""
        seconds = self._settings.poll_seconds
        try:
            return await self._client.call(bot, "getUpdates", {"timeout": seconds}, seconds + self._settings.timeout)
        except Trouble as trouble:
            if trouble.code == TIMED_OUT:
                return {}
            raise

    async def _hold(self, bot: Account, what: str, trouble: Trouble, seconds: float) -> None:
        log.warning("Zalo bot %s, %s: %s; again in %g s.", bot.name, what, trouble, seconds)
        await self._wait(seconds)

    # -- what goes out -----------------------------------------------------------------------

    async def _turn(self, event: Event) -> None:
        await self._accounts.heard(event.account)
        answer = await self._desk.handle(event.said)
        if not answer.replies:
            return
        reply = joined(answer.replies)
        parts = await self._parts(event.account, reply)
        await self._accounts.take(event.account, len(parts), None)
        for number, part in enumerate(parts):
            try:
                await self._tell(event, part)
            except Trouble as trouble:
                await self._count_failure(event.account, trouble, len(parts) - number)
                log.warning("An answer of Zalo bot %s did not go out: %s.", event.account.name, trouble)
                return

    async def _tell(self, event: Event, part: Part) -> None:
        """Say one part of an answer, however long it takes within reason; only this chat waits."""
        pause = pauses()
        for _ in range(MOST_TRIES):
            try:
                return await self._say(event.account, event.said.who, part)
            except Trouble as trouble:
                if not isinstance(trouble.failure, Later):
                    raise
                await self._hold(event.account, part.method, trouble, next(pause))
        raise Trouble(Later(TRY_AGAIN))

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        """Say one thing unasked, if the month allows it; a long one goes on where it stopped."""
        bot = next((bot for bot in self._bots.values() if who.address.startswith(prefix(bot))), None)
        if self._closed:
            raise Later(TRY_AGAIN)
        if bot is None:
            raise Shut("the bot of this address is not set up here")
        said = self._said.pop((who, key), 0)
        parts = (await self._parts(bot, joined([reply])))[said:]
        if not await self._accounts.take(bot, len(parts), key):
            raise Shut("what is left of this month is kept for answers")
        for number, part in enumerate(parts):
            try:
                await self._say(bot, who, part)
            except Trouble as trouble:
                await self._count_failure(bot, trouble, len(parts) - number)
                if isinstance(trouble.failure, Later):
                    self._said[who, key] = said + number
                raise trouble.failure from None

    async def _say(self, bot: Account, who: Who, part: Part) -> None:
        chat = {"chat_id": who.address.removeprefix(prefix(bot))}
        try:
            await self._client.call(bot, part.method, {**chat, **dict(part.fields)})
        except Trouble as trouble:
            if part.method == TEXT or type(trouble.failure) is not Refused or trouble.unsure:
                raise
            log.warning("Zalo refused a file of bot %s: %s; its words go alone.", bot.name, trouble)
            if caption := dict(part.fields).get("caption"):
                await self._client.call(bot, TEXT, {**chat, "text": caption})

    async def _count_failure(self, bot: Account, trouble: Trouble, unsent: int) -> None:
        """Give back what was not sent, and believe Zalo when it says that the month is used up."""
        await self._accounts.give_back(bot, unsent - 1 if trouble.unsure else unsent)
        if trouble.code == WRONG_TOKEN:
            log.error(REJECTED, bot.name)
        if trouble.code == QUOTA_GONE:
            await self._accounts.used_up(bot)

    async def _parts(self, bot: Account, reply: Reply) -> list[Part]:
        """The reply in as few messages as it needs: a picture carries the words, a voice comes before them."""
        spare = not await self._accounts.is_tight(bot)
        there = {media: await self._desk.address(media, _suffix(media)) for media in reply.media}
        picture = next((media for media in reply.media if media.kind == "picture" and there[media]), None)
        voice = next((media for media in reply.media if media.kind == "voice" and there[media] and spare), None)
        lines = [_line(media, there[media]) for media in reply.media if media not in (picture, voice)]
        lines = [line for line in lines if line not in reply.text]
        words = composed(written_out(replace(reply, text="\n".join([reply.text, *lines]).strip())))
        parts = [Part("sendVoice", (("voice_url", there[voice] or ""),))] if voice else []
        if picture and units(words) <= MOST_UNITS:
            return [*parts, Part("sendPhoto", (("photo", there[picture] or ""), ("caption", words)))]
        if picture:
            parts.append(Part("sendPhoto", (("photo", there[picture] or ""), ("caption", composed(picture.alt)))))
        return [*parts, *(Part(TEXT, (("text", part),)) for part in split(words, MOST_UNITS))]


def _suffix(media: Media) -> str:
    return VOICE_SUFFIX if media.kind == "voice" else ""


def _line(media: Media, address: str | None) -> str:
    """What cannot be shown, in words; a picture's words say all, the others are opened."""
    return composed(f"{media.alt}: {address}" if address and media.kind != "picture" else media.alt)


def prefix(bot: Account) -> str:
    """How the addresses of a bot's chats begin."""
    return f"{bot.id}:"


def hook_url(public_url: str, bot: Account) -> str:
    """Where Zalo calls us for this bot."""
    return f"{public_url}{HOOK_PATH}{NAME}/{bot.name}"


def incoming(bot: Account, found: Mapping[str, Any]) -> Incoming | None:
    """What a person said to a bot; None for groups and for what nobody said. A strange shape is a KeyError.

    `message.unsupported.received` also stands for everything from children, disabled people and
    people who cannot read: Zalo withholds it. https://docs.zaloplatforms.com/docs/BOT/webhook
    """
    message = found["message"]
    sender, chat = message["from"], message.get("chat") or {}
    if chat.get("chat_type", "PRIVATE") != "PRIVATE" or sender.get("is_bot"):
        return None
    who = Who(NAME, prefix(bot) + str(chat.get("id") or sender["id"]))
    event_id = str(message["message_id"])
    kind = str(found["event_name"]).removeprefix("message.").removesuffix(".received")
    if kind == "text":
        return Incoming(who, event_id, text=composed(message["text"]))
    if kind in ("image", "sticker", "voice"):
        return Incoming(who, event_id, kind="media")
    return Incoming(who, event_id, kind="hidden") if kind == "unsupported" else None


async def look(account: Account, settings: ZaloBotSettings) -> tuple[str, str]:
    """What Zalo calls this bot, and where it calls us for it ("" nowhere); Trouble when it does not say."""
    client = Client(settings)
    try:
        me, hook = await client.call(account, "getMe"), await client.call(account, "getWebhookInfo")
        return str(me.get("account_name", "")), str(hook.get("url", ""))
    finally:
        await client.close()


def connect(desk: Desk, settings: Settings, accounts: Accounts) -> ZaloBot:
    """The bots of this installation."""
    return ZaloBot(desk, accounts, given(settings))


def given(settings: Settings) -> ZaloBotSettings:
    """What the settings of this installation say about Zalo bots."""
    return ZaloBotSettings(
        settings.zalo_bot_api_url,
        settings.public_url,
        polling=settings.zalo_bot_updates == "polling",
        stopped_codes=settings.zalo_bot_stopped_codes,
    )
