"""A strict Zalo Official Account API v3 on loopback: single-use tokens, signed calls, hours that end.

Contract: developers.zalo.me/docs/official-account.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
from aiohttp import web

from tests.bot.channels.faults import Fault, Loopback, Refusal

APP_ID = "3147926541876"
APP_SECRET = "app-secret-of-oa"
HOOK_SECRET = "hook-secret-of-oa"
OA_ID = "579745863508352884"
REFRESH = "refresh-secret-0"
STAMP = 1_790_000_000_000
# Every answer comes with status 200.
TOO_FAST = Fault(-32, "Request limit exceeded")
OUTSIDE = Fault(-230, "User has not interacted with the OA in the past 7 days")
BAD_TOKEN = Fault(-216, "Access token is invalid")
OLD_API = Fault(-240, "This API is no longer supported")


@dataclass(frozen=True)
class Sent:
    """A message the account sent; buttons as (title, payload)."""

    user: str
    text: str
    buttons: tuple[tuple[str, str], ...] = ()
    file: str = ""


class FakeZaloOa(Loopback):
    """The API and the token server of one app with one account."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[Sent] = []
        self.called: list[str] = []
        self.renewals: list[str] = []
        self.hook = ""
        self.gone: set[str] = set()
        self.left = 8
        self.access = ""
        self.refresh = REFRESH
        self._files: dict[str, str] = {}
        self._users: set[str] = set()
        self._next = 1

    async def __aenter__(self) -> "FakeZaloOa":
        app = web.Application()
        app.router.add_post("/v4/oa/access_token", self._renew)
        app.router.add_post("/v3.0/oa/message/cs", self._message)
        app.router.add_get("/v2.0/oa/getoa", self._look)
        app.router.add_post("/v2.0/oa/upload/{kind:image|file}", self._upload)
        self.url = await self.serve(app)
        self._client = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()
        await self.close()

    # What people do.

    def event(self, user: str, name: str, message: dict[str, Any] | None = None) -> dict[str, Any]:
        """Something somebody did, not told to anybody yet."""
        number, self._next = self._next, self._next + 1
        found: dict[str, Any] = {"app_id": APP_ID, "event_name": name, "timestamp": str(STAMP + number)}
        if name in ("follow", "unfollow"):
            return {**found, "oa_id": OA_ID, "follower": {"id": user}, "source": "oa_profile"}
        found |= {"sender": {"id": user}, "recipient": {"id": OA_ID}, "user_id_by_app": f"9{user}"}
        return {**found, "message": {"msg_id": f"{number:016x}", **(message or {})}}

    async def happens(self, event: dict[str, Any], secret: str = HOOK_SECRET) -> int:
        """Zalo calls the program; the status it was answered with."""
        self._users.add((event.get("sender") or event["follower"])["id"])
        self.left = 8  # what a person does opens their window anew
        body = json.dumps(event, ensure_ascii=False, separators=(",", ":")).encode()
        signed = APP_ID.encode() + body + event["timestamp"].encode() + secret.encode()
        headers = {
            "X-ZEvent-Signature": f"mac={hashlib.sha256(signed).hexdigest()}",
            "Content-Type": "application/json",
        }
        async with self._client.post(self.hook, data=body, headers=headers) as response:
            self.notify()
            return response.status

    # The server.

    async def _renew(self, request: web.Request) -> web.StreamResponse:
        fields = {name: str(value) for name, value in (await request.post()).items()}
        self.called.append("renew")
        if fault := self.planned("renew"):
            page = await self.misbehave(request, fault, self._nothing)
            return page or web.json_response({"error": fault.status, "error_description": fault.description})
        if request.headers.get("secret_key") != APP_SECRET or fields.get("app_id") != APP_ID:
            return web.json_response({"error": -14002, "error_name": "Invalid secret key"})
        if fields.get("grant_type") != "refresh_token" or fields.get("refresh_token") != self.refresh:
            return web.json_response({"error": -14014, "error_name": "Invalid refresh token"})
        self.renewals.append(self.refresh)
        self.access, self.refresh = f"access-secret-{len(self.renewals)}", f"refresh-secret-{len(self.renewals)}"
        return web.json_response({"access_token": self.access, "refresh_token": self.refresh, "expires_in": "90000"})

    async def _nothing(self) -> object:
        return {}

    async def _answer(self, request: web.Request, method: str, act: Callable[[], Awaitable[object]]) -> web.Response:
        self.called.append(method)
        try:
            if request.headers.get("access_token") != self.access or not self.access:
                raise Refusal(-216, "Access token is invalid")
            if fault := self.planned(method):
                page = await self.misbehave(request, fault, act)
                if page is None and fault.status > 0:
                    page = web.json_response({"error": fault.status}, status=fault.status)
                return page or refuse(fault.status, fault.description)
            data = await act()
            self.notify()
            return web.json_response({"data": data, "error": 0, "message": "Success"})
        except Refusal as refusal:
            return refuse(refusal.code, refusal.description)

    async def _look(self, request: web.Request) -> web.StreamResponse:
        async def act() -> object:
            return {"oa_id": OA_ID, "name": "THCS Hoa Mai", "is_verified": True}

        return await self._answer(request, "look", act)

    async def _message(self, request: web.Request) -> web.StreamResponse:
        body = await request.json()
        return await self._answer(request, "send", lambda: self._send(body))

    async def _send(self, body: dict[str, Any]) -> object:
        user, message = body["recipient"]["user_id"], body["message"]
        if user not in self._users:
            raise Refusal(-201, "user_id is invalid")
        if user in self.gone:
            raise Refusal(-213, "User has not followed OA")
        text, attachment = message.get("text", ""), message.get("attachment")
        if len(text.encode("utf-16-le")) // 2 > 2000:
            raise Refusal(-210, "Text exceeds 2000 characters")
        if not text and not attachment:
            raise Refusal(-201, "message is empty")
        self.sent.append(Sent(user, text, *self._attached(attachment)))
        self.left = max(self.left - 1, 0)
        quota = {"quota_type": "reply", "remain": str(self.left), "total": "8"}
        return {"message_id": f"{len(self.sent):016x}", "user_id": user, "sent_time": str(STAMP), "quota": quota}

    def _attached(self, attachment: dict[str, Any] | None) -> tuple[tuple[tuple[str, str], ...], str]:
        if attachment is None:
            return (), ""
        payload = attachment["payload"]
        if attachment["type"] == "file":
            return (), self._file(payload["token"])
        if attachment["type"] != "template":
            raise Refusal(-201, "attachment type is invalid")
        if payload.get("template_type") == "media":
            (element,) = payload["elements"]
            return (), self._file(element["attachment_id"])
        return tuple(button(one) for one in at_most(payload["buttons"], 5)), ""

    def _file(self, known: str) -> str:
        if known not in self._files:
            raise Refusal(-201, "attachment is invalid")
        return self._files[known]

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        kind, fields = request.match_info["kind"], await request.post()
        given = fields.get("file")

        async def act() -> object:
            if not isinstance(given, web.FileField):
                raise Refusal(-201, "file is missing")
            content, suffix = given.file.read(), given.filename.rpartition(".")[2]
            if suffix not in {"image": ("jpg", "png"), "file": ("pdf", "doc", "docx", "csv")}[kind]:
                raise Refusal(-201, "file type is not supported")
            if len(content) > {"image": 1_000_000, "file": 5_000_000}[kind]:
                raise Refusal(-201, "file is too large")
            known = f"{kind}-{len(self._files)}"
            self._files[known] = f"{kind} of {len(content)} bytes"
            return {"attachment_id": known} if kind == "image" else {"token": known}

        return await self._answer(request, f"upload {kind}", act)


def at_most(found: list[Any], most: int) -> list[Any]:
    if not 1 <= len(found) <= most:
        raise Refusal(-201, f"buttons must be 1 to {most}")
    return found


def button(found: dict[str, str]) -> tuple[str, str]:
    if found.get("type") != "oa.query.hide" or not 1 <= len(found.get("title", "")) <= 100:
        raise Refusal(-201, "button is invalid")
    if not 1 <= len(found.get("payload", "")) <= 1000:
        raise Refusal(-201, "payload is invalid")
    return found["title"], found["payload"]


def refuse(code: int, message: str) -> web.Response:
    """Also a refusal is a success of HTTP."""
    return web.json_response({"error": code, "message": message})
