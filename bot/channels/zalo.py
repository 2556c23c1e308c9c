"""What both Zalo channels share: calls whose failures have names, and one message for all of an answer."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import aiohttp

from bot.port import Later, Media, Refused, Reply, Stopped

# Both platforms: 1 to 2,000 characters. They do not say of which kind, so we count the longer way.
MOST_UNITS = 2000
# An Official Account must be answered within 2 s; what takes longer is answered "taken" and goes on.
ACK_WITHIN = 1.5
TRY_AGAIN = timedelta(minutes=1)
MOST_TRIES = 6


class Trouble(Exception):
    """Zalo, or the way to it, said no: in the port's words, and by Zalo's own code where it gave one.

    `unsure`: the message may have arrived all the same.
    """

    def __init__(self, failure: Later | Refused | Stopped, code: int = 0, unsure: bool = False) -> None:
        super().__init__(str(failure))
        self.failure = failure
        self.code = code
        self.unsure = unsure


def nobody_answered(error: Exception) -> Trouble:
    """Nothing came back. Only where no connection was made is it sure that nothing was sent.

    A message that may have arrived is not said again: it would cost twice and be read twice.
    """
    if isinstance(error, aiohttp.ClientConnectorError):
        return Trouble(Later(TRY_AGAIN))
    return Trouble(Refused(f"no answer ({type(error).__name__}): it may have arrived"), unsure=True)


def page_instead(status: int) -> Trouble:
    """A proxy spoke, not Zalo: a gateway that gave up waiting may have passed the message on."""
    if status == 504:
        return Trouble(Refused("no answer (504): it may have arrived"), unsure=True)
    return Trouble(Later(TRY_AGAIN))


class Server:
    """HTTP to Zalo; every failure is a Trouble, and no address or header gets into one."""

    def __init__(self, url: str, timeout: float) -> None:
        self.url = url.rstrip("/")
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    async def post(
        self, path: str, *, headers: Mapping[str, str] | None = None, timeout: float | None = None, **body: Any
    ) -> tuple[int, dict[str, Any]]:
        """The status and the object that came back; `body` is `json=` or `data=`."""
        return await self._ask("POST", path, headers, timeout, **body)

    async def get(self, path: str, *, headers: Mapping[str, str] | None = None) -> tuple[int, dict[str, Any]]:
        """The status and the object that came back."""
        return await self._ask("GET", path, headers, None)

    async def _ask(
        self, method: str, path: str, headers: Mapping[str, str] | None, timeout: float | None, **body: Any
    ) -> tuple[int, dict[str, Any]]:
        if self._session is None:
            self._session = aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar())
        patience = aiohttp.ClientTimeout(total=timeout or self._timeout)
        try:
            call = self._session.request(method, self.url + path, headers=headers, timeout=patience, **body)
            async with call as response:
                status, answer = response.status, await _object(response)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            trouble = nobody_answered(error)
        else:
            if answer is not None:
                return status, answer
            trouble = page_instead(status)
        # Raised here, outside `except`, because aiohttp's errors carry the address, and that the token.
        raise trouble

    async def close(self) -> None:
        """Let go of the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


async def _object(response: aiohttp.ClientResponse) -> dict[str, Any] | None:
    try:
        found = await response.json(content_type=None)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def composed(text: str) -> str:
    """The text with each letter and its marks as one character, as both platforms count."""
    return unicodedata.normalize("NFC", text)


def joined(replies: Sequence[Reply]) -> Reply:
    """All that is said in one turn as one reply, since every message costs; the last one's choices."""
    texts = [composed(reply.text) for reply in replies if reply.text]
    media: tuple[Media, ...] = sum((reply.media for reply in replies), ())
    return Reply("\n\n".join(texts), replies[-1].choices, media, replies[-1].hint)
