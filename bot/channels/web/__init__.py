"""The web chat: one page and the HTTP contract of docs/http.md, which other programs use too."""

import asyncio
import base64
import gzip
import hashlib
import json
import re
import secrets
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

from aiohttp import web

from bot.channels.web.push import Push
from bot.port import (
    HOOK_PATH,
    MEDIA_PATH,
    MOST_FILE_BYTES,
    SIGNED_PATH,
    Answer,
    Browser,
    Desk,
    File,
    Hooked,
    Incoming,
    Media,
    Pace,
    Reply,
    Who,
)
from bot.settings import Settings
from bot.texts import _, manner_for, speaking

STATIC = Path(__file__).parent / "static"
COOKIE = "hvs"
COOKIE_SECONDS = 180 * 24 * 3600
MOST_BYTES = 64 * 1024
MOST_LETTERS = 1000
MOST_NAME = 200
# As base64, with its name around it.
MOST_FILE_BODY = MOST_FILE_BYTES * 4 // 3 + 10_000
HEARTBEAT = 15.0
# Named by what is in it, a file of ours never changes.
FOR_EVER = "private, max-age=31536000, immutable"
KINDS = {
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".aac": "audio/aac",
    ".csv": "text/csv; charset=utf-8",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
# A report is counted anew each time it is opened.
REPORT = "report-"
_KEY = re.compile(r"[\x21-\x7e]{1,200}")
# A point of the curve P-256 (65 bytes) and a secret (16 bytes), in base64url: RFC 8291.
_POINT = re.compile(r"[\w-]{87}=?")
_SECRET = re.compile(r"[\w-]{22}(==)?")
_CODE = re.compile(r".{0,40}")
# Everything the page needs comes from here, and nobody may frame it.
_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Wrong(Exception):
    """A request that cannot be served: a status, a code for programs and a sentence for people."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message


class Web:
    """The web chat on one port. A letter to a closed page waits; an open page gets it at once."""

    name = "web"
    pace = Pace()

    def __init__(self, desk: Desk, host: str, port: int, secure: bool, push: Push | None = None) -> None:
        self._desk = desk
        self._host = host
        self._port = port
        self._secure = secure
        self._push = push
        self._bells: defaultdict[str, set[asyncio.Event]] = defaultdict(set)
        self._closing = False
        self.hooked: dict[str, Hooked] = {}  # the channels whose messengers call this server
        self._written: dict[str, int] = {}  # the last letter written to an open page, until a sign that it arrived

    def application(self) -> web.Application:
        """The routes, for a server or a test."""
        self._folder = TemporaryDirectory(prefix="hocvuso-")
        self._pages = compressed(STATIC, Path(self._folder.name))
        app = web.Application(client_max_size=MOST_BYTES, middlewares=[_kindly])
        app.router.add_get("/", self._page)
        app.router.add_static("/static/", self._pages)
        app.router.add_get(MEDIA_PATH + "{name}", self._media)
        app.router.add_get("/r/{token}", self._paper)
        app.router.add_get(SIGNED_PATH + "{ticket}/{name}", self._signed)
        app.router.add_post(HOOK_PATH + "{channel}/{account}", self._hook)
        app.router.add_get("/sw.js", self._worker)
        app.router.add_get("/api/chat/push", self._push_key)
        app.router.add_post("/api/chat/push", self._add_browser)
        app.router.add_get("/health", self._health)
        app.router.add_post("/api/chat/start", self._start)
        app.router.add_post("/api/chat/say", self._say)
        app.router.add_post("/api/chat/file", self._file)
        app.router.add_post("/api/chat/leave", self._leave)
        app.router.add_get("/api/chat/events", self._events)
        app.on_response_prepare.append(_protect)
        app.on_shutdown.append(self._close_streams)
        app.on_cleanup.append(self._sweep)
        return app

    async def open(self) -> None:
        """Take the port."""
        self._runner = web.AppRunner(self.application(), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            raise

    async def run(self) -> None:
        """Serve until cancelled."""
        try:
            await asyncio.Event().wait()
        finally:
            await self._runner.cleanup()

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        """Keep the letter and ring at every page this person has open, or else at their browsers."""
        await self._desk.keep(who, key, reply)
        open_pages = self._bells.get(who.address, ())
        for bell in open_pages:
            bell.set()
        if self._push is not None and not open_pages:
            await self._push.tell(who, key, reply)

    # -- the pages ---------------------------------------------------------------------------

    async def _page(self, request: web.Request) -> web.StreamResponse:
        return web.FileResponse(self._pages / "index.html", headers={"Cache-Control": "no-cache"})

    async def _media(self, request: web.Request) -> web.StreamResponse:
        return _sent(await self._desk.file(name := request.match_info["name"]), name)

    async def _signed(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        return _sent(await self._desk.signed_file(request.match_info["ticket"], name), name)

    async def _hook(self, request: web.Request) -> web.Response:
        """A messenger calls; its channel knows whether it is really the messenger."""
        channel = self.hooked.get(request.match_info["channel"])
        if channel is None:
            raise web.HTTPNotFound
        account, body = request.match_info["account"], await request.read()
        status = await channel.hook(account, request.headers, body)
        return web.json_response({"ok": status == 200}, status=status)

    async def _worker(self, request: web.Request) -> web.StreamResponse:
        """The service worker, which rules the folder it comes from: hence not under /static/."""
        return web.FileResponse(self._pages / "sw.js", headers={"Cache-Control": "no-cache"})

    async def _push_key(self, request: web.Request) -> web.Response:
        if self._push is None:
            raise web.HTTPNotFound
        return web.json_response({"key": await self._push.key()})

    async def _add_browser(self, request: web.Request) -> web.Response:
        who = _who(_token(request) or "")
        browser = _browser(await _body(request))
        if self._push is None or not self._push.takes(browser.endpoint):
            raise Wrong(400, "wrong_subscription", _("Không biết máy chủ đẩy tin này."))
        if not await self._desk.known(who):
            raise _unknown_person()
        await self._desk.add_browser(who, browser)
        return web.json_response({"ok": True})

    async def _paper(self, request: web.Request) -> web.StreamResponse:
        page = await self._desk.paper(request.match_info["token"])
        if page is None:
            raise web.HTTPNotFound
        return web.Response(text=page, content_type="text/html", headers={"Cache-Control": "no-store"})

    async def _health(self, request: web.Request) -> web.Response:
        health = await self._desk.health()
        return web.json_response(health, status=200 if health["status"] == "ok" else 503)

    async def _start(self, request: web.Request) -> web.Response:
        body = await _body(request, optional=True)
        join = "" if body.get("join") is None else _text(body, "join", MOST_LETTERS)
        if not _CODE.fullmatch(join):
            raise Wrong(400, "wrong_join", _("Mã vào lớp dài quá."))
        token = _token(request)
        if token is None or not await self._desk.known(_who(token)) or not await self._desk.fits(_who(token), join):
            token = secrets.token_urlsafe(32)
        event_id = f"start-{uuid4()}"
        answer = await self._desk.handle(Incoming(_who(token), event_id, join=join))
        response = _answered(answer, event_id, token=token)
        response.set_cookie(
            COOKIE,
            token,
            max_age=COOKIE_SECONDS,
            httponly=True,
            samesite="Strict",
            secure=self._secure,
            path="/api/chat",
        )
        return response

    async def _say(self, request: web.Request) -> web.Response:
        who = _who(_token(request) or "")
        body = await _body(request)
        if ("text" in body) == ("choice" in body):
            raise Wrong(400, "text_or_choice", _("Gửi hoặc “text” hoặc “choice”, đúng một thứ."))
        said = _text(body, "text" if "text" in body else "choice", MOST_LETTERS)
        if not said.strip():
            raise Wrong(400, "empty", _("Tin nhắn trống ạ."))
        event_id = _event_id(request)
        await self._note_seen(who, self._written.pop(who.address, None))
        is_text = "text" in body
        text, choice = (said, None) if is_text else (None, said)
        incoming = Incoming(who, event_id, text=text, choice=choice, known_only=True)
        return _answered(await self._desk.handle(incoming), event_id)

    async def _file(self, request: web.Request) -> web.Response:
        """A file as JSON, like all else: so no foreign page can post one with the cookie."""
        who = _who(_token(request) or "")
        if not await self._desk.known(who):
            raise _unknown_person()
        if not await self._desk.takes_files(who):
            raise Wrong(403, "no_files", _("Ở đây chỉ thầy cô gửi tệp danh sách lớp. Bạn nhắn chữ giúp mình nhé."))
        try:
            body = await _body(request.clone(client_max_size=MOST_FILE_BODY))
        except web.HTTPRequestEntityTooLarge:
            raise Wrong(413, "too_big", _("Tệp lớn quá, nhiều nhất 1 MB ạ.")) from None
        event_id = _event_id(request)
        file = File(_text(body, "name", MOST_NAME), _bytes(body))
        await self._note_seen(who, self._written.pop(who.address, None))
        incoming = Incoming(who, event_id, kind="file", file=file, known_only=True)
        return _answered(await self._desk.handle(incoming), event_id)

    async def _leave(self, request: web.Request) -> web.Response:
        response = web.json_response({"ok": True})
        response.del_cookie(COOKIE, path="/api/chat")
        return response

    async def _events(self, request: web.Request) -> web.StreamResponse:
        who = _who(_token(request) or "")
        if not await self._desk.known(who):
            raise _unknown_person()
        after = _last_event_id(request)
        await self._note_seen(who, after)
        stream = web.StreamResponse(
            headers={
                "Content-Type": "text/event-stream; charset=utf-8",
                "Cache-Control": "no-cache",
                "X-Accel-Buffering": "no",
            }
        )
        await stream.prepare(request)
        bell = asyncio.Event()
        self._bells[who.address].add(bell)
        try:
            await stream.write(b"retry: 3000\n\n")
            while not self._closing:
                after = await self._write_letters(stream, who, after)
                await _wait(bell, HEARTBEAT)
                await stream.write(b": still here\n\n")
        except ConnectionError:
            pass  # the page is gone; what it has not seen waits for it
        finally:
            self._forget(who.address, bell)
        return stream

    async def _close_streams(self, _app: web.Application) -> None:
        """End the open streams, which would else hold up the end of the program."""
        self._closing = True
        for bell in [bell for bells in self._bells.values() for bell in bells]:
            bell.set()

    async def _sweep(self, _app: web.Application) -> None:
        self._folder.cleanup()

    async def _note_seen(self, who: Who, up_to: int | None) -> None:
        """Only the reader's own word counts: the last id they name, or that they write to us afterwards.

        That bytes were written proves nothing on a phone that went out of reach; such a letter is
        shown once more, which is better than never.
        """
        if up_to is not None:
            await self._desk.seen(who, up_to)

    async def _write_letters(self, stream: web.StreamResponse, who: Who, after: int | None) -> int | None:
        for letter in await self._desk.letters(who, after):
            data = json.dumps(reply_data(f"letter-{letter.id}", letter.reply), ensure_ascii=False)
            await stream.write(f"id: {letter.id}\ndata: {data}\n\n".encode())
            after = self._written[who.address] = letter.id
        return after

    def _forget(self, address: str, bell: asyncio.Event) -> None:
        self._bells[address].discard(bell)
        if not self._bells[address]:
            del self._bells[address]
            self._written.pop(address, None)


def _sent(path: Path | None, name: str) -> web.StreamResponse:
    """A file of ours, kept by the browser for ever; what was drawn for one person or counted now is kept by nobody."""
    if path is None or path.suffix not in KINDS:
        raise web.HTTPNotFound
    # Only what is named by its content stays true; the rest must not be left behind on a shared machine.
    headers = {
        "Cache-Control": FOR_EVER if path.name == name else "private, no-store",
        "Content-Type": KINDS[path.suffix],
    }
    if name.startswith(REPORT):
        headers["Content-Disposition"] = f'inline; filename="{path.name}"'
    return web.FileResponse(path, headers=headers)


def compressed(source: Path, target: Path) -> Path:
    """The page's files with a `.gz` beside each, which aiohttp then sends: two thirds less on slow 3G."""
    for path in source.iterdir():
        (target / path.name).write_bytes(path.read_bytes())
        (target / f"{path.name}.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    return target


def reply_data(reply_id: str, reply: Reply) -> dict[str, object]:
    """A reply as the contract shows it."""
    return {
        "id": reply_id,
        "text": reply.text,
        "choices": [{"label": choice.label, "value": choice.value} for choice in reply.choices],
        "media": [_media_data(media) for media in reply.media],
    }


def _media_data(media: Media) -> dict[str, object]:
    told: dict[str, object] = {"kind": media.kind, "url": media.url, "alt": media.alt}
    return told | {"human": True} if media.human else told


def _answered(answer: Answer, event_id: str, **more: object) -> web.Response:
    """The answer to a message; the same message gets the same bytes."""
    if answer.unknown_person:
        raise _unknown_person()
    if answer.unknown_choice:
        raise Wrong(409, "unknown_choice", answer.replies[0].text)
    if answer.failed:
        raise Wrong(500, "failed", answer.replies[0].text)
    mark = hashlib.sha256(event_id.encode()).hexdigest()[:16]
    return web.json_response(
        {
            **more,
            "replies": [reply_data(f"{mark}-{number}", reply) for number, reply in enumerate(answer.replies)],
            "you": {"locale": answer.locale, "text_size": answer.text_size, "takes_files": answer.takes_files},
        },
        dumps=_dumps,
    )


def _unknown_person() -> Wrong:
    return Wrong(401, "unknown_person", _("Chưa biết bạn là ai. Bạn mở lại trang để bắt đầu nhé."))


def _dumps(data: object) -> str:
    return json.dumps(data, ensure_ascii=False)


def _who(token: str) -> Who:
    """The person behind a token; the database knows only the token's hash."""
    return Who(Web.name, hashlib.sha256(token.encode()).hexdigest())


def _token(request: web.Request) -> str | None:
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else request.cookies.get(COOKIE)


def _event_id(request: web.Request) -> str:
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return str(uuid4())
    if not _KEY.fullmatch(key):
        raise Wrong(400, "wrong_key", _("Idempotency-Key dài 1–200 ký tự, không dấu cách."))
    return f"key-{key}"


def _last_event_id(request: web.Request) -> int | None:
    """The browser's own header first: it reconnects with the address it began with."""
    said = request.headers.get("Last-Event-ID") or request.query.get("after")
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 19):
        raise Wrong(400, "wrong_event_id", _("Last-Event-ID phải là một số."))
    return int(said)


async def _body(request: web.Request, optional: bool = False) -> dict[str, object]:
    """The JSON object of a request. Only JSON, so that no foreign page can post with the cookie."""
    if optional and not request.can_read_body:
        return {}
    if request.content_type != "application/json":
        raise Wrong(415, "not_json", _("Hãy gửi JSON (Content-Type: application/json)."))
    try:
        body = json.loads(await request.text())
    except (ValueError, RecursionError) as error:
        raise Wrong(400, "broken_json", _("JSON bị lỗi.")) from error
    if not isinstance(body, dict):
        raise Wrong(400, "not_an_object", _("Cần một đối tượng JSON."))
    return body


def _bytes(body: dict[str, object]) -> bytes:
    try:
        return base64.b64decode(_text(body, "data", MOST_FILE_BODY), validate=True)
    except ValueError as error:
        raise Wrong(400, "broken_data", _("“data” phải là base64.")) from error


def _browser(body: dict[str, object]) -> Browser:
    """A subscription as browsers write it: https://www.w3.org/TR/push-api/#dom-pushsubscription-tojson"""
    subscription = body.get("subscription")
    keys = subscription.get("keys") if isinstance(subscription, dict) else None
    if not isinstance(subscription, dict) or not isinstance(keys, dict):
        raise Wrong(400, "wrong_subscription", _("Không biết máy chủ đẩy tin này."))
    endpoint, p256dh, auth = subscription.get("endpoint"), keys.get("p256dh"), keys.get("auth")
    if not (isinstance(endpoint, str) and len(endpoint) <= MOST_LETTERS and _POINT.fullmatch(str(p256dh))):
        raise Wrong(400, "wrong_subscription", _("Không biết máy chủ đẩy tin này."))
    if not _SECRET.fullmatch(str(auth)):
        raise Wrong(400, "wrong_subscription", _("Không biết máy chủ đẩy tin này."))
    return Browser(endpoint, str(p256dh), str(auth))


def _text(body: dict[str, object], name: str, most: int) -> str:
    value = body.get(name)
    if not isinstance(value, str):
        raise Wrong(400, "wrong_type", _("“{name}” phải là chữ.", name=name))
    if len(value) > most:
        raise Wrong(413, "too_long", _("Tin dài quá, bạn gửi nhiều nhất {most} ký tự nhé.", most=most))
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        raise Wrong(400, "wrong_letters", _("Có ký tự không đọc được."))
    return value


async def _wait(bell: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await bell.wait()
    except TimeoutError:
        return
    bell.clear()


@web.middleware
async def _kindly(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Every refusal is JSON with a code for programs and a kind sentence for people, in their language."""
    english = request.headers.get("Accept-Language", "").startswith("en")
    with speaking(manner_for("en" if english else "vi", "")):
        try:
            return await handler(request)
        except Wrong as wrong:
            return _refusal(wrong)
        except web.HTTPRequestEntityTooLarge:
            too_long = _("Tin dài quá, bạn gửi nhiều nhất {most} ký tự nhé.", most=MOST_LETTERS)
            return _refusal(Wrong(413, "too_long", too_long))
        except web.HTTPException as error:
            if error.status < 400:
                raise
            return _refusal(Wrong(error.status, error.reason.lower().replace(" ", "_"), _("Không có trang này.")))


def _refusal(wrong: Wrong) -> web.Response:
    return web.json_response({"error": wrong.code, "message": wrong.message}, status=wrong.status, dumps=_dumps)


async def _protect(request: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


def connect(desk: Desk, settings: Settings) -> Web:
    """The web chat of this installation."""
    secure = settings.address.startswith("https://")
    # Push services want to know whom to write to when something is wrong: RFC 8292, section 2.1.
    contact = settings.address if secure else "mailto:nobody@example.com"
    push = Push(desk, contact, settings.push_services) if settings.push_services else None
    return Web(desk, settings.host, settings.port, secure, push)
