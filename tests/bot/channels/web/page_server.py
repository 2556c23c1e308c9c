"""A small strict server for the page's tests: the chat contract over real HTTP, with faults on demand."""

import asyncio
import itertools
import json
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from aiohttp import web

STATIC = Path(__file__).parents[4] / "bot" / "channels" / "web" / "static"
KINDS = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
COOKIE = "chat"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="220"><rect width="400" height="220" fill="#cfe3da"/>'
    '<circle cx="200" cy="110" r="60" fill="#0b5d4e"/></svg>'
)

Json = dict[str, Any]


@dataclass(frozen=True)
class Fault:
    """What goes wrong once: the line is cut before or after the server acts, or an error comes back."""

    kind: Literal["cut before", "cut after", "error", "slow"]
    status: int = 503
    message: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(frozen=True)
class Asked:
    """One request to start, say or leave as it came in, also when it came again."""

    what: str
    key: str
    body: Json


def reply(text: str, *choices: str, media: tuple[Json, ...] = ()) -> Json:
    """A reply without its id; the value of a choice is its label with "v:" in front."""
    return {"text": text, "choices": [{"label": c, "value": f"v:{c}"} for c in choices], "media": list(media)}


class PageServer:
    """Runs on loopback in its own thread; the test sets what comes and reads what was asked."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.taken: list[str] = []
        self.listened: list[str] = []
        self.faults: dict[str, deque[Fault]] = {
            "start": deque(),
            "say": deque(),
            "file": deque(),
            "leave": deque(),
            "events": deque(),
        }
        self.answers: deque[list[Json]] = deque()
        self.greeting = [reply("Chào bạn! Mình là Học Vụ Số.", "Học một bài", "Ghi một buổi giúp")]
        self.you: Json = {"locale": "vi", "text_size": "normal"}
        self.at_once = 0
        self.most_at_once = 0
        self._numbers = itertools.count(1)
        self._people: set[str] = set()
        self._offered: set[str] = set()
        self._done: dict[str, Json] = {}
        self._letters: list[tuple[int, Json]] = []
        self._streams: list[asyncio.Queue[bytes | None]] = []
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self.url = ""

    # What the test does.

    def __enter__(self) -> "PageServer":
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def send_later(self, letter: Json, number: int | None = None) -> int:
        """Send a letter to all who listen; the same number again is a duplicate delivery."""
        number = number or len(self._letters) + 1
        whole = letter | {"id": f"letter-{number}"}
        if number > len(self._letters):
            self._letters.append((number, whole))
        self._loop.call_soon_threadsafe(self._tell, _event(number, whole))
        return number

    def cut_streams(self) -> None:
        """End all event streams; the page is expected to come back."""
        self._loop.call_soon_threadsafe(self._tell, None)

    def forget_people(self) -> None:
        """Forget who everybody is, as after a deletion."""
        self._people.clear()

    def said(self) -> list[Asked]:
        """The messages as they came, each try counted."""
        return [one for one in self.asked if one.what == "say"]

    def started(self) -> list[Asked]:
        """The requests to start."""
        return [one for one in self.asked if one.what == "start"]

    # What the server does.

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)
        self._loop.run_until_complete(self._listen(runner))
        self._ready.set()
        self._loop.run_forever()
        self._tell(None)
        self._loop.run_until_complete(runner.cleanup())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _listen(self, runner: web.AppRunner) -> None:
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        host, port = runner.addresses[0][:2]
        self.url = f"http://{host}:{port}"

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[_strict_policy])
        app.router.add_get("/", self._page)
        app.router.add_get("/static/{name}", self._page)
        app.router.add_get("/media/picture.svg", self._picture)
        app.router.add_get("/api/chat/events", self._events)
        for what, act in (("start", self._start), ("say", self._say), ("file", self._say), ("leave", self._leave)):
            app.router.add_post(f"/api/chat/{what}", self._once(what, act))
        return app

    async def _page(self, request: web.Request) -> web.Response:
        path = STATIC / request.match_info.get("name", "index.html")
        if path.parent != STATIC or not path.is_file():
            raise web.HTTPNotFound
        return web.Response(body=path.read_bytes(), content_type=KINDS[path.suffix], charset="utf-8")

    async def _picture(self, _: web.Request) -> web.Response:
        return web.Response(text=PICTURE, content_type="image/svg+xml")

    def _once(
        self, what: str, act: Callable[[web.Request, Json], web.Response]
    ) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def handler(request: web.Request) -> web.StreamResponse:
            body: Json = await request.json()
            key = request.headers["Idempotency-Key"]
            assert request.content_type == "application/json"
            assert len(key) >= 16
            self.asked.append(Asked(what, key, body))
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
            try:
                return await self._with_faults(what, lambda: act(request, body), request)
            finally:
                self.at_once -= 1

        return handler

    async def _with_faults(
        self, what: str, act: Callable[[], web.Response], request: web.Request
    ) -> web.StreamResponse:
        fault = self.faults[what].popleft() if self.faults[what] else None
        if fault is None:
            return act()
        if fault.kind == "error":
            return _error(fault.status, fault.message, fault.headers)
        if fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
            return act()
        answer = act() if fault.kind == "cut after" else web.Response()
        if request.transport is not None:
            request.transport.abort()
        return answer

    def _start(self, request: web.Request, body: Json) -> web.Response:
        assert set(body) <= {"join"}
        person = request.cookies.get(COOKIE, "")
        if person not in self._people:
            person = f"person-{next(self._numbers)}"
            self._people.add(person)
        replies = self._numbered(self.greeting)
        answer = web.json_response({"token": person, "replies": replies, "you": self.you})
        answer.set_cookie(COOKIE, person, httponly=True, samesite="Strict")
        return answer

    def _say(self, request: web.Request, body: Json) -> web.Response:
        if request.cookies.get(COOKIE) not in self._people:
            return _error(401, "Mình chưa nhận ra bạn, mình bắt đầu lại nhé.")
        key = request.headers["Idempotency-Key"]
        if key in self._done:
            return web.json_response(self._done[key])
        assert set(body) in (({"text"}, {"choice"}) if request.path.endswith("say") else ({"name", "data"},))
        said = f"{body['name']}={body['data']}" if "data" in body else str(body.get("text", body.get("choice")))
        if "choice" in body and said not in self._offered:
            return _error(409, "Nút này cũ rồi, bạn chọn ở tin mới nhất nhé.")
        if len(said) > 1000:
            return _error(413, "Tin dài quá, bạn chia ra giúp mình nhé.")
        self.taken.append(said)
        replies = self.answers.popleft() if self.answers else [reply(f"Đã nghe: {said}")]
        self._done[key] = {"replies": self._numbered(replies), "you": dict(self.you)}
        return web.json_response(self._done[key])

    def _leave(self, request: web.Request, body: Json) -> web.Response:
        assert body == {}
        self._people.discard(request.cookies.get(COOKIE, ""))
        answer = web.json_response({"ok": True})
        answer.del_cookie(COOKIE)
        return answer

    async def _events(self, request: web.Request) -> web.StreamResponse:
        after = request.headers.get("Last-Event-ID") or request.query.get("after", "")
        self.listened.append(after)
        if self.faults["events"]:
            return _error(self.faults["events"].popleft().status, "")
        if request.cookies.get(COOKIE) not in self._people:
            return _error(401, "")
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        await stream.write(b"retry: 100\n\n")
        for number, letter in self._letters:
            if number > int(after or 0):
                await stream.write(_event(number, letter))
        queue: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._streams.append(queue)
        while event := await queue.get():
            await stream.write(event)
        return stream

    def _tell(self, event: bytes | None) -> None:
        for stream in self._streams:
            stream.put_nowait(event)
        if event is None:
            self._streams.clear()

    def _numbered(self, replies: list[Json]) -> list[Json]:
        whole = [one | {"id": f"answer-{next(self._numbers)}"} for one in replies]
        self._offered = {choice["value"] for one in whole for choice in one["choices"]} or self._offered
        return whole


def _event(number: int, letter: Json) -> bytes:
    return f"id: {number}\ndata: {json.dumps(letter)}\n\n".encode()


def _error(status: int, message: str, headers: dict[str, str] | None = None) -> web.Response:
    return web.json_response({"error": str(status), "message": message}, status=status, headers=headers)


@web.middleware
async def _strict_policy(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    answer = await handler(request)
    if not answer.prepared:
        # A browser silently repeats what was cut on a line it used before; each request has its own here.
        answer.force_close()
        answer.headers["Content-Security-Policy"] = "default-src 'self'"
    return answer
