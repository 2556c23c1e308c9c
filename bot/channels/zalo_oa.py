"""A Zalo Official Account, API v3: buttons and files, tokens that are good once, and hours that end.

The contract is developers.zalo.me/docs/official-account; what is not settled stands in the settings.
"""

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from bot.channels.zalo import ACK_WITHIN, MOST_TRIES, MOST_UNITS, TRY_AGAIN, Server, Trouble, composed, joined
from bot.chats import Chats
from bot.parts import split
from bot.patience import Wait, pauses
from bot.port import (
    Account,
    Accounts,
    Choice,
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

NAME = "zalo_oa"
SIGNATURE_HEADER = "X-ZEvent-Signature"
# A pressed button comes back as a text; this tells it from words. `oa.query.hide` does not show it.
PRESSED = "#hvs:"
SEND = "/v3.0/oa/message/cs"
LOOK = "/v2.0/oa/getoa"
UPLOAD = {"picture": "/v2.0/oa/upload/image", "document": "/v2.0/oa/upload/file"}
MOST_BYTES = {"picture": 1_000_000, "document": 5_000_000}
# An uploaded file is forgotten after 7 days.
UPLOAD_LASTS = timedelta(days=6).total_seconds()
# Every answer comes with status 200; these are the codes that have a meaning for us.
TOKEN_ENDED = (-216, -220)
OUTSIDE_WINDOW = -230
TOO_FAST = -32

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZaloOaSettings:
    """The app in Zalo's console, and whether messages that cost money may go out.

    `hook_secret` signs the calls to us: the OA secret key; sources disagree whether it may be the app's.
    """

    app_id: str
    app_secret: str = field(repr=False)
    hook_secret: str = field(repr=False)
    paid: bool = False
    stopped_codes: tuple[int, ...] = ()
    api_url: str = "https://openapi.zalo.me"
    oauth_url: str = "https://oauth.zaloapp.com"
    timeout: float = 10.0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person did at one of our accounts."""

    account: Account
    said: Incoming


class Client:
    """The calls of the API, always with a token that is good now."""

    def __init__(self, accounts: Accounts, settings: ZaloOaSettings, wait: Wait) -> None:
        self._accounts = accounts
        self._settings = settings
        self._wait = wait
        self._server = Server(settings.api_url, settings.timeout)
        self._oauth = Server(settings.oauth_url, settings.timeout)
        self._renewing: dict[int, asyncio.Lock] = {}

    async def send(self, account: Account, user: str, message: Mapping[str, Any]) -> dict[str, Any]:
        """Say one thing; what Zalo tells about it."""
        body = {"recipient": {"user_id": user}, "message": dict(message)}
        return await self._call(account, SEND, lambda: {"json": body})

    async def upload(self, account: Account, kind: str, path: Path) -> str:
        """Hand a file over; the word by which Zalo knows it for 7 days."""
        content = await asyncio.to_thread(path.read_bytes)

        def form() -> dict[str, Any]:
            data = aiohttp.FormData()
            data.add_field("file", content, filename=path.name)
            return {"data": data}

        done = await self._call(account, UPLOAD[kind], form)
        return str(done.get("attachment_id") or done.get("token") or "")

    async def look(self, account: Account) -> tuple[str, str]:
        """Zalo's id and name of this account."""
        found = await self._call(account, LOOK)
        return str(found.get("oa_id", "")), str(found.get("name", ""))

    async def _call(self, account: Account, path: str, body: Callable[[], Any] | None = None) -> dict[str, Any]:
        """A call, with a body a POST; one whose token had ended after all is made once more with a new one."""
        access = await self._access(account)
        for last in (False, True):
            headers = {"access_token": access}
            call = (
                self._server.post(path, headers=headers, **body()) if body else self._server.get(path, headers=headers)
            )
            _status, answer = await call
            code = answer.get("error")
            if code == 0:
                data = answer.get("data")
                return data if isinstance(data, dict) else {}
            if code not in TOKEN_ENDED or last:
                break
            access = await self._access(account, not_this=access)
        raise self._refusal(int(code or 0), str(answer.get("message", "")).replace(access, "…"))

    def _refusal(self, code: int, message: str) -> Trouble:
        reason = f"{code}: {message}"
        if code in self._settings.stopped_codes:
            return Trouble(Stopped(reason), code)
        if code == OUTSIDE_WINDOW:
            return Trouble(Shut(f"{reason} (too long since they wrote)"), code)
        return Trouble(Later(TRY_AGAIN) if code == TOO_FAST or code in TOKEN_ENDED else Refused(reason), code)

    async def _access(self, account: Account, not_this: str = "") -> str:
        """A token that is good; one process at a time renews it, and keeps the new pair before using it."""
        async with self._renewing.setdefault(account.id, asyncio.Lock()):
            pause = pauses()
            for _ in range(MOST_TRIES):
                tokens = await self._accounts.tokens(account)
                if tokens is None:
                    raise Trouble(Refused(f"{account.name} has no token: python -m bot channels add-oa"))
                if tokens.is_fresh and tokens.access != not_this:
                    return tokens.access
                if await self._accounts.lease(account, tokens.refresh):
                    return await self._renew(account, tokens.refresh)
                await self._wait(next(pause))  # another process is at it
        raise Trouble(Later(TRY_AGAIN))

    async def _renew(self, account: Account, refresh: str) -> str:
        """https://developers.zalo.me/docs/official-account/bat-dau/xac-thuc-va-uy-quyen-cho-ung-dung-new"""
        given = {"app_id": self._settings.app_id, "grant_type": "refresh_token", "refresh_token": refresh}
        headers = {"secret_key": self._settings.app_secret}
        _status, answer = await self._oauth.post("/v4/oa/access_token", headers=headers, data=given)
        access, new = answer.get("access_token"), answer.get("refresh_token")
        if not (isinstance(access, str) and isinstance(new, str)):
            log.error(
                "Zalo does not renew the token of %s: take a new one and run python -m bot channels add-oa.",
                account.name,
            )
            raise Trouble(Later(TRY_AGAIN))
        await self._accounts.renewed(account, access, new, timedelta(seconds=int(answer.get("expires_in", 90_000))))
        return access

    async def close(self) -> None:
        await self._server.close()
        await self._oauth.close()


class ZaloOa:
    """The channel over our Official Accounts. An address is the account's number in our books and the user's id."""

    name = NAME
    # Zalo documents no limit per second: a careful guess of ours.
    pace = Pace(per_second=10, to_one=timedelta(seconds=1), at_once=4)

    def __init__(self, desk: Desk, accounts: Accounts, settings: ZaloOaSettings, wait: Wait = asyncio.sleep) -> None:
        self._desk = desk
        self._accounts = accounts
        self._settings = settings
        self._wait = wait
        self._client = Client(accounts, settings, wait)
        self._chats: Chats[Event] = Chats(self._turn)
        self._oas: dict[str, Account] = {}
        self._uploaded: dict[Path, tuple[float, str]] = {}
        self._said: dict[tuple[Who, str], int] = {}
        self._closed = False

    async def open(self) -> None:
        """Know our accounts."""
        self._oas = {account.name: account for account in await self._accounts.of(NAME)}

    async def run(self) -> None:
        """Serve until cancelled."""
        try:
            async with self._chats.serving():
                await asyncio.Event().wait()
        finally:
            self._closed = True
            await self._client.close()

    async def hook(self, account: str, headers: Mapping[str, str], body: bytes) -> int:
        """A call from Zalo, which must be answered within 2 s."""
        if account not in self._oas:
            await self.open()
        oa = self._oas.get(account)
        if oa is None:
            return 404
        try:
            found = json.loads(body)
            stamp = str(found["timestamp"])
        except (ValueError, KeyError, TypeError):
            return 400
        given = headers.get(SIGNATURE_HEADER, "").removeprefix("mac=").lower()
        if not hmac.compare_digest(given.encode(), signature(self._settings, body, stamp).encode()):
            return 401
        if not self._chats.open:
            return 503
        said = self._read(oa, found)
        if said is not None and found["event_name"] == "unfollow":
            await self._accounts.gone(said.who)
        elif said is not None:
            await self._chats.answered(said.who.address, said.event_id, Event(oa, said), ACK_WITHIN)
        return 200

    def _read(self, oa: Account, found: Mapping[str, Any]) -> Incoming | None:
        """What was said; something of a new shape is logged and left."""
        try:
            return incoming(oa, found)
        except (KeyError, TypeError, AttributeError):
            log.warning("Official Account %s got something unreadable.", oa.name)
            return None

    async def _turn(self, event: Event) -> None:
        answer = await self._desk.handle(event.said)
        if not answer.replies:
            return
        for message in await self._messages(event.account, joined(answer.replies)):
            try:
                await self._tell(event, message)
            except Trouble as trouble:
                log.warning("An answer of %s did not go out: %s.", event.account.name, trouble)
                return

    async def _tell(self, event: Event, message: Mapping[str, Any]) -> None:
        """Say one message of an answer, however long it takes within reason; only this chat waits."""
        pause = pauses()
        for _ in range(MOST_TRIES):
            try:
                return await self._say(event.account, event.said.who, message)
            except Trouble as trouble:
                if not isinstance(trouble.failure, Later):
                    raise
                seconds = next(pause)
                log.warning("Official Account %s: %s; again in %g s.", event.account.name, trouble, seconds)
                await self._wait(seconds)
        raise Trouble(Later(TRY_AGAIN))

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        """Say one thing unasked while its window is open; a long one goes on where it stopped."""
        if self._closed:
            raise Later(TRY_AGAIN)
        oa = next((oa for oa in self._oas.values() if who.address.startswith(prefix(oa))), None)
        if oa is None:
            raise Shut("the Official Account of this address is not set up here")
        window = await self._accounts.window(who)
        if window == "shut" or (window == "paid" and not self._settings.paid):
            raise Shut("too long since they wrote" if window == "shut" else "a message now would cost money")
        said = self._said.pop((who, key), 0)
        try:
            for number, message in enumerate(await self._messages(oa, reply)):
                if number >= said:
                    await self._say(oa, who, message)
                    said = number + 1
        except Trouble as trouble:
            if isinstance(trouble.failure, Later):
                self._said[who, key] = said
            raise trouble.failure from None

    async def _say(self, oa: Account, who: Who, message: Mapping[str, Any]) -> None:
        done = await self._client.send(oa, who.address.removeprefix(prefix(oa)), message)
        left = (done.get("quota") or {}).get("remain")
        if left is not None and str(left).isdigit():
            await self._accounts.allowed(who, int(left))

    async def _messages(self, oa: Account, reply: Reply) -> list[dict[str, Any]]:
        """The reply as Zalo takes it: files first, then the words; the buttons stand under the last part."""
        files, lines = [], []
        for media in reply.media:
            shown = await self._shown(oa, media)
            if shown is not None:
                files.append(shown)
            if shown is None or media.kind == "document":
                lines.append(await self._line(media, shown is not None))
        text = composed("\n".join([reply.text, *(line for line in lines if line not in reply.text)]).strip())
        *first, last = split(text, MOST_UNITS)
        return [*files, *({"text": part} for part in first), {"text": last, **buttons(reply.choices)}]

    async def _line(self, media: Media, is_shown: bool) -> str:
        """What a file is, in words; with its address where it could not be handed over."""
        address = None if is_shown or media.kind == "picture" else await self._desk.address(media)
        return f"{media.alt}: {address}" if address else media.alt

    async def _shown(self, oa: Account, media: Media) -> dict[str, Any] | None:
        """A picture or a document as a message; None for what cannot be handed over."""
        name = media.name()
        path = await self._desk.file(name) if name and media.kind in UPLOAD else None
        if path is None or path.stat().st_size > MOST_BYTES[media.kind]:
            return None
        try:
            known = await self._known(oa, media.kind, path)
        except Trouble as trouble:
            log.warning("Official Account %s: a file was refused: %s; its words go alone.", oa.name, trouble)
            return None
        if media.kind == "document":
            return {"attachment": {"type": "file", "payload": {"token": known}}}
        picture = {"media_type": "image", "attachment_id": known}
        payload = {"template_type": "media", "elements": [picture]}
        return {"attachment": {"type": "template", "payload": payload}}

    async def _known(self, oa: Account, kind: str, path: Path) -> str:
        """The word by which Zalo knows a file, handed over once in 6 days."""
        now = asyncio.get_running_loop().time()
        at, known = self._uploaded.get(path, (0.0, ""))
        if not known or now - at > UPLOAD_LASTS:
            known = await self._client.upload(oa, kind, path)
            self._uploaded[path] = (now, known)
        return known


def buttons(choices: tuple[Choice, ...]) -> dict[str, Any]:
    """Choices as buttons that send what stands behind them without showing it."""
    if not choices:
        return {}
    made = [
        {"title": composed(one.label)[:100], "type": "oa.query.hide", "payload": PRESSED + one.value} for one in choices
    ]
    return {"attachment": {"type": "template", "payload": {"buttons": made}}}


def signature(settings: ZaloOaSettings, body: bytes, stamp: str) -> str:
    """A plain hash, not an HMAC: https://developers.zalo.me/docs/official-account/webhook/tong-quan"""
    return hashlib.sha256(settings.app_id.encode() + body + stamp.encode() + settings.hook_secret.encode()).hexdigest()


def prefix(oa: Account) -> str:
    """How the addresses of an account's people begin."""
    return f"{oa.id}:"


def incoming(oa: Account, found: Mapping[str, Any]) -> Incoming | None:
    """What a person did; None for what we did ourselves and for what needs no answer."""
    event = str(found["event_name"])
    if event in ("follow", "unfollow"):
        return Incoming(Who(NAME, prefix(oa) + str(found["follower"]["id"])), f"{event}-{found['timestamp']}", join="")
    if not event.startswith("user_send_"):
        return None
    who, message = Who(NAME, prefix(oa) + str(found["sender"]["id"])), found["message"]
    event_id = str(message["msg_id"])
    if event != "user_send_text":
        return Incoming(who, event_id, kind="media")
    text = composed(message["text"])
    if text.startswith(PRESSED):
        return Incoming(who, event_id, choice=text.removeprefix(PRESSED))
    return Incoming(who, event_id, text=text)


async def look(account: Account, accounts: Accounts, settings: ZaloOaSettings) -> tuple[str, str]:
    """Zalo's id and name of an account, with a token renewed if it must be; Trouble when it does not say."""
    client = Client(accounts, settings, asyncio.sleep)
    try:
        return await client.look(account)
    finally:
        await client.close()


def connect(desk: Desk, settings: Settings, accounts: Accounts) -> ZaloOa:
    """The Official Accounts of this installation."""
    return ZaloOa(desk, accounts, given(settings))


def given(settings: Settings) -> ZaloOaSettings:
    """What the settings of this installation say about Official Accounts."""
    return ZaloOaSettings(
        settings.zalo_oa_app_id,
        settings.zalo_oa_app_secret.get_secret_value(),
        settings.zalo_oa_hook_secret.get_secret_value(),
        settings.zalo_oa_paid,
        settings.zalo_oa_stopped_codes,
        settings.zalo_oa_api_url,
        settings.zalo_oa_oauth_url,
    )
