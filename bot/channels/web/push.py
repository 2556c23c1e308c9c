"""Web Push: a reminder reaches a browser whose page is closed (RFC 8030, RFC 8291, RFC 8292)."""

import asyncio
import base64
import json
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp

from bot.port import Browser, Desk, Later, Reply, Who

if TYPE_CHECKING:  # the ciphers take time and memory, and most installations start without a single browser
    from py_vapid import Vapid02

TITLE = "Học Vụ Số"
# What fits under a title on a locked screen, where others may read it: the first line, not the whole letter.
MOST_LETTERS = 120
# A reminder of this morning is no use tonight.
LASTS = timedelta(hours=12)
TRY_AGAIN = timedelta(seconds=30)
PATIENCE = aiohttp.ClientTimeout(total=10)
GONE = (404, 410)
_KEY = "vapid"


class Push:
    """The browsers of people, told that a letter waits.

    `services` are the hosts of push services that may be called; a browser names its own, and
    nobody shall make us call any other machine.
    """

    def __init__(self, desk: Desk, contact: str, services: Collection[str]) -> None:
        self._desk = desk
        self._contact = contact
        self._services = tuple(services)
        self._signer: Vapid02 | None = None

    async def key(self) -> str:
        """The public key that browsers tie their subscription to; made at the first start and kept."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        signer = await self._signs()
        return _encoded(signer.public_key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint))

    def takes(self, endpoint: str) -> bool:
        """Whether this is the address of a push service we know."""
        try:
            found = urlsplit(endpoint)
            host, secure = found.hostname or "", found.scheme == "https" or found.hostname == "127.0.0.1"
        except ValueError:
            return False
        known = any(host == service or host.endswith(f".{service}") for service in self._services)
        return secure and known and found.username is None

    async def tell(self, who: Who, key: str, reply: Reply) -> None:
        """Tell every browser of a person; raises Later when a service asks for patience or is away."""
        browsers = await self._desk.browsers(who)
        if not browsers:
            return
        signer = await self._signs()
        text = json.dumps({"title": TITLE, "body": _short(reply.text), "tag": key}, ensure_ascii=False)
        async with aiohttp.ClientSession() as client:
            told = await asyncio.gather(*(self._tell(client, signer, browser, text) for browser in browsers))
        waits = [wait for wait in told if wait is not None]
        if waits:
            raise Later(max(waits), reason="the browser's push service is busy or away")

    async def _tell(
        self, client: aiohttp.ClientSession, signer: "Vapid02", browser: Browser, text: str
    ) -> timedelta | None:
        """How long to wait before trying again; None when there is nothing more to do."""
        from pywebpush import WebPushException, webpush_async

        try:
            await webpush_async(
                {"endpoint": browser.endpoint, "keys": {"p256dh": browser.p256dh, "auth": browser.auth}},
                text,
                vapid_private_key=signer,
                vapid_claims={"sub": self._contact},
                timeout=PATIENCE,
                ttl=int(LASTS.total_seconds()),
                aiohttp_session=client,
            )
        except WebPushException as refused:
            if refused.status_code in GONE:
                await self._desk.forget_browser(browser.endpoint)
                return None
            after = refused.retry_after or ""
            if refused.status_code == 429 or (refused.status_code or 500) >= 500:
                return timedelta(seconds=int(after)) if after.isdigit() else TRY_AGAIN
            return None  # it will never take this message; the letter waits on the page
        except (aiohttp.ClientError, TimeoutError):
            return TRY_AGAIN
        return None

    async def _signs(self) -> "Vapid02":
        from py_vapid import Vapid02

        if self._signer is None:
            self._signer = Vapid02.from_raw((await self._desk.secret(_KEY, _new_key())).encode())
        return self._signer


def _new_key() -> str:
    from py_vapid import Vapid02

    signer = Vapid02()
    signer.generate_keys()
    return _encoded(signer.private_key.private_numbers().private_value.to_bytes(32, "big"))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def _short(text: str) -> str:
    first = text.partition("\n")[0]
    return first if len(first) <= MOST_LETTERS else first[: MOST_LETTERS - 1].rstrip() + "…"
