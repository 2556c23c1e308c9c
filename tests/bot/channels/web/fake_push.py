"""A push service on loopback, strict as RFC 8030, 8188, 8291 and 8292 are, and the browsers that it serves."""

import base64
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

import http_ece
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from py_vapid import Vapid02

# RFC 8030, section 7.2: a push service takes at least this much.
MOST_BYTES = 4096


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class FakeBrowser:
    """A browser that subscribed: it alone holds the key that its messages open with."""

    endpoint: str
    key: str
    told: list[dict[str, str]] = field(default_factory=list)
    faults: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._private = ec.generate_private_key(ec.SECP256R1())
        self._auth = secrets.token_bytes(16)

    @property
    def subscription(self) -> dict[str, object]:
        """What PushSubscription.toJSON() gives."""
        point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        keys = {"p256dh": encoded(point), "auth": encoded(self._auth)}
        return {"endpoint": self.endpoint, "expirationTime": None, "keys": keys}

    def open(self, body: bytes) -> dict[str, str]:
        """The message; nobody else can read it."""
        text = http_ece.decrypt(body, private_key=self._private, auth_secret=self._auth, version="aes128gcm")
        message: dict[str, str] = json.loads(text)
        return message


class FakePush:
    """The service: it checks who sends and how, and cannot read what."""

    def __init__(self) -> None:
        self._browsers: dict[str, FakeBrowser] = {}

    async def __aenter__(self) -> "FakePush":
        app = web.Application()
        app.router.add_post("/push/{name}", self._push)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.origin = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def subscribe(self, key: str) -> FakeBrowser:
        """A browser subscribes for the sender with this public key."""
        name = secrets.token_urlsafe(12)
        self._browsers[name] = FakeBrowser(f"{self.origin}/push/{name}", key)
        return self._browsers[name]

    async def _push(self, request: web.Request) -> web.Response:
        browser = self._browsers.get(request.match_info["name"])
        if browser is None:
            return web.Response(status=404)
        if browser.faults:
            status, headers = browser.faults.pop(0)
            return web.Response(status=status, headers=headers)
        if not request.headers.get("TTL", "").isdigit():
            return web.Response(status=400, text="TTL is missing")
        if request.headers.get("Content-Encoding") != "aes128gcm":
            return web.Response(status=415)
        if not self._is_signed(request.headers.get("Authorization", ""), browser.key):
            return web.Response(status=403)
        body = await request.read()
        if len(body) > MOST_BYTES:
            return web.Response(status=413)
        browser.told.append(browser.open(body))
        return web.Response(status=201, headers={"Location": f"{self.origin}/message/{secrets.token_urlsafe(8)}"})

    def _is_signed(self, authorization: str, key: str) -> bool:
        """RFC 8292: by the key the browser subscribed for, for this service, for at most a day."""
        scheme, _space, rest = authorization.partition(" ")
        parts = dict(part.strip().split("=", 1) for part in rest.split(","))
        if scheme != "vapid" or parts["k"] != key or not Vapid02.verify(authorization):
            return False
        claims: dict[str, Any] = json.loads(decoded(parts["t"].split(".")[1]))
        lasts = claims["exp"] - time.time()
        return bool(claims["aud"] == self.origin and 0 < lasts <= 24 * 3600 and claims["sub"].startswith("https://"))
