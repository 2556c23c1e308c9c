"""The HTTP contract of docs/http.md, over real HTTP with the real program behind it."""

import asyncio
import base64
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web as aiohttp_web
from sqlalchemy import select
from sqlmodel import SQLModel
from yarl import URL

from bot.app import App
from bot.channels.web import Web
from bot.channels.web.push import Push
from bot.media.shelf import Shelf, put
from bot.settings import load
from tests.conftest import WEDNESDAY
from tests.handlers.test_log import SENTENCE
from tests.lists import workbook
from tests.talk import School

JSON = "application/json"


class Server:
    """The program behind its web channel, on a port of its own."""

    def __init__(self, school: School, media: Path) -> None:
        self.school = school
        self.shelf = Shelf(media)
        self.app = App(school.database, load(_env_file=None, media_dir=media), now=lambda: school.now)
        self.web = Web(self.app, "127.0.0.1", 0, False, Push(self.app, "https://hocvuso.example.vn", ["127.0.0.1"]))
        self.runner = aiohttp_web.AppRunner(self.web.application(), shutdown_timeout=0.1)
        self.client = aiohttp.ClientSession()
        self.address = ""

    async def start(self) -> None:
        await self.runner.setup()
        site = aiohttp_web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        port = self.runner.addresses[0][1]
        self.address = f"http://127.0.0.1:{port}"
        await self.client.close()
        self.client = aiohttp.ClientSession(self.address, cookie_jar=aiohttp.DummyCookieJar())

    async def stop(self) -> None:
        await self.client.close()
        await self.runner.cleanup()

    async def join(self, code: str = "") -> str:
        """A new person; their token."""
        status, answer = await self.post("/api/chat/start", {"join": code} if code else {})
        assert status == 200
        return str(answer["token"])

    async def pupil(self, name: str = "An") -> str:
        token = await self.join("PUPIL7A")
        for body in ({"text": name}, {"choice": "agree:child"}, {"choice": "agree:guardian"}):
            assert (await self.say(token, body))[0] == 200
        return token

    async def say(self, token: str, body: dict[str, str], key: str | None = None) -> tuple[int, dict[str, object]]:
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        return await self.post("/api/chat/say", body, headers)

    async def post(
        self, path: str, body: object, headers: dict[str, str] | None = None
    ) -> tuple[int, dict[str, object]]:
        text = body if isinstance(body, bytes | str) else json.dumps(body)
        data = io.BytesIO(text if isinstance(text, bytes) else text.encode())
        sent = {"Content-Type": JSON} | (headers or {})
        async with self.client.post(path, data=data, headers=sent) as response:
            answer: dict[str, object] = await response.json()
            return response.status, answer

    async def deliver(self) -> None:
        await self.app.tick()
        await self.app.delivery({"web": self.web}).round()


@pytest.fixture
async def server(school: School, tmp_path: Path) -> AsyncIterator[Server]:
    made = Server(school, tmp_path / "media")
    await made.start()
    yield made
    await made.stop()


def choice(answer: dict[str, object], label: str) -> str:
    replies = answer["replies"]
    assert isinstance(replies, list)
    return next(str(found["value"]) for reply in replies for found in reply["choices"] if found["label"] == label)


async def test_a_log_is_told_and_saved_over_http(server: Server) -> None:
    token = await server.pupil()
    status, answer = await server.say(token, {"text": SENTENCE})
    assert status == 200
    assert set(answer["replies"][0]) == {"id", "text", "choices", "media"}  # type: ignore[index]
    status, saved = await server.say(token, {"choice": choice(answer, "Đúng, ghi lại")})
    assert (status, "Đã ghi ✅" in saved["replies"][0]["text"]) == (200, True)  # type: ignore[index]


async def test_a_repeated_key_gives_the_same_bytes_and_no_second_effect(server: Server) -> None:
    token = await server.pupil()
    _status, answer = await server.say(token, {"text": SENTENCE})
    tap = {"choice": choice(answer, "Đúng, ghi lại")}
    answers = await asyncio.gather(*(server.say(token, tap, key="tap-1") for _ in range(5)))
    assert all(one == answers[0] for one in answers)
    _status, book = await server.say(token, {"text": "sổ của em"})
    assert "Sổ của em: 1 buổi" in book["replies"][0]["text"]  # type: ignore[index]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{broken", 400, "broken_json"),
        (b"\xff\xfe", 400, "broken_json"),
        (b"[]", 400, "not_an_object"),
        (b"null", 400, "not_an_object"),
        (b"[" * 20000, 400, "broken_json"),
        ({}, 400, "text_or_choice"),
        ({"text": "a", "choice": "b"}, 400, "text_or_choice"),
        ({"text": 5}, 400, "wrong_type"),
        ({"text": None}, 400, "wrong_type"),
        ({"choice": ["log"]}, 400, "wrong_type"),
        ({"text": ""}, 400, "empty"),
        ({"text": " \n "}, 400, "empty"),
        ({"text": "x" * 1001}, 413, "too_long"),
        ({"text": "x" * 100_000}, 413, "too_long"),
        ({"text": "a\x00b"}, 400, "wrong_letters"),
        (b'{"text": "\\ud800"}', 400, "wrong_letters"),
        ({"choice": "no such choice"}, 409, "unknown_choice"),
        ({"choice": "erase:yes"}, 409, "unknown_choice"),
    ],
)
async def test_bad_input_is_refused_clearly_and_changes_nothing(
    server: Server, body: object, status: int, code: str
) -> None:
    token = await server.pupil()
    before = dump(server)
    got, answer = await server.post("/api/chat/say", body, {"Authorization": f"Bearer {token}"})
    assert (got, answer["error"]) == (status, code)
    assert answer["message"]
    assert dump(server) == before


def dump(server: Server) -> list[str]:
    """Every row of every table as a line."""
    with server.school.database.engine.connect() as connection:
        return [
            f"{name}: {tuple(row)}"
            for name, table in sorted(SQLModel.metadata.tables.items())
            for row in connection.execute(select(table).order_by(*table.primary_key))
        ]


async def test_without_a_token_or_with_a_wrong_one_nobody_speaks(server: Server) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic eDp5"}, {"Cookie": "hvs=wrong"}):
        status, answer = await server.post("/api/chat/say", {"text": "xin chào"}, headers)
        assert (status, answer["error"]) == (401, "unknown_person")
    async with server.client.get("/api/chat/events") as response:
        assert response.status == 401


@pytest.mark.parametrize(
    ("body", "status"), [(b"", 200), ({"join": None}, 200), ({"join": 5}, 400), ({"join": "x" * 50}, 400)]
)
async def test_a_conversation_begins_with_a_code_or_none(server: Server, body: object, status: int) -> None:
    assert (await server.post("/api/chat/start", body))[0] == status


async def test_a_refusal_is_said_in_the_persons_language(server: Server) -> None:
    for language, said in (("en", "Please"), ("vi", "Bạn mở lại")):
        _status, answer = await server.post("/api/chat/say", {"text": "hi"}, {"Accept-Language": language})
        assert said in str(answer["message"])


async def test_only_json_is_taken_so_that_no_foreign_form_can_speak(server: Server) -> None:
    token = await server.pupil()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "text/plain"}
    assert (await server.post("/api/chat/say", '{"text": "hi"}', headers))[0] == 415


@pytest.mark.parametrize("key", ["", "has space", "x" * 201, "dấu"])
async def test_a_wrong_idempotency_key_is_refused(server: Server, key: str) -> None:
    token = await server.pupil()
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": key}
    status, answer = await server.post("/api/chat/say", {"text": "hi"}, headers)
    assert (status, answer["error"]) == (400, "wrong_key")


async def test_the_pages_cookie_speaks_too_and_cannot_be_read_by_scripts(server: Server) -> None:
    async with server.client.post("/api/chat/start", json={}) as response:
        cookie = response.cookies["hvs"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    status, _answer = await server.post("/api/chat/say", {"text": "/help"}, {"Cookie": f"hvs={cookie.value}"})
    assert status == 200


async def test_opening_again_resumes_and_a_code_for_somebody_else_starts_a_new_person(server: Server) -> None:
    token = await server.pupil()
    headers = {"Authorization": f"Bearer {token}"}
    for body in ({}, {"join": "PUPIL7A"}):
        _status, again = await server.post("/api/chat/start", body, headers)
        assert again["token"] == token
    _status, other = await server.post("/api/chat/start", {"join": "TEACHER7A"}, headers)
    assert other["token"] != token


async def test_the_database_knows_only_the_hash_of_a_token(server: Server) -> None:
    token = await server.pupil()
    assert token not in "\n".join(dump(server))


async def test_health_tells_status_version_database_and_clock(server: Server) -> None:
    async with server.client.get("/health") as response:
        health = await response.json()
    assert set(health) == {"status", "version", "database", "clock", "outbox"}
    assert (health["database"], health["clock"], health["status"]) == ("ok", "off", "degraded")


async def read_events(
    server: Server, token: str, count: int, last: str | None = None
) -> list[tuple[int, dict[str, object]]]:
    headers = {"Authorization": f"Bearer {token}"} | ({"Last-Event-ID": last} if last else {})
    found: list[tuple[int, dict[str, object]]] = []
    async with asyncio.timeout(5), server.client.get("/api/chat/events", headers=headers) as response:
        assert response.headers["Content-Type"].startswith("text/event-stream")
        number = 0
        while len(found) < count:
            line = (await response.content.readline()).decode().strip()
            if line.startswith("id: "):
                number = int(line[4:])
            elif line.startswith("data: "):
                found.append((number, json.loads(line[6:])))
    return found


async def reminded(server: Server) -> str:
    token = await server.pupil()
    for text in ("nhắc", "Thứ Bảy", "15:00"):
        await server.say(token, {"text": text})
    server.school.wait(days=2, hours=20)
    return token


async def test_a_reminder_waits_while_the_page_is_closed(server: Server) -> None:
    token = await reminded(server)
    await server.deliver()
    ((_number, reply),) = await read_events(server, token, 1)
    assert "An ơi" in str(reply["text"])


async def test_a_reminder_reaches_an_open_page_at_once(server: Server) -> None:
    token = await reminded(server)
    reading = asyncio.ensure_future(read_events(server, token, 1))
    await asyncio.sleep(0.1)
    await server.deliver()
    assert len(await reading) == 1


async def test_a_lost_connection_resumes_after_the_last_event(server: Server) -> None:
    token = await reminded(server)
    await server.deliver()
    server.school.wait(days=7)
    await server.deliver()
    first, second = await read_events(server, token, 2)
    assert await read_events(server, token, 1, last=str(first[0])) == [second]
    server.school.wait(days=7)
    await server.deliver()
    (third,) = await read_events(server, token, 1, last=str(second[0]))
    assert third[0] > second[0]


async def test_what_was_seen_is_not_shown_again_to_a_new_page(server: Server) -> None:
    token = await reminded(server)
    await server.deliver()
    headers = {"Authorization": f"Bearer {token}"}
    async with server.client.get("/api/chat/events", headers=headers) as open_page:
        while not (await open_page.content.readline()).startswith(b"data: "):
            pass
        await server.say(token, {"text": "/help"})
    server.school.wait(days=7)
    await server.deliver()
    events = await read_events(server, token, 1)
    assert [number for number, _reply in events] == [2]


async def test_nobody_reads_the_letters_of_somebody_else(server: Server) -> None:
    await reminded(server)
    await server.deliver()
    other = await server.pupil("Bình")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.3):
            await read_events(server, other, 1)


@pytest.mark.parametrize("last", ["x", "-1", "1.5", "9" * 30])
async def test_a_wrong_event_id_is_refused(server: Server, last: str) -> None:
    token = await server.pupil()
    headers = {"Authorization": f"Bearer {token}", "Last-Event-ID": last}
    async with server.client.get("/api/chat/events", headers=headers) as response:
        assert response.status == 400


async def test_turns_of_one_person_are_answered_in_order_whoever_hurries(server: Server) -> None:
    token = await server.pupil()
    await asyncio.gather(*(server.say(token, {"text": SENTENCE}) for _ in range(20)))
    _status, answer = await server.say(token, {"text": SENTENCE})
    await server.say(token, {"choice": choice(answer, "Đúng, ghi lại")})
    _status, book = await server.say(token, {"text": "/so"})
    assert "1 buổi" in book["replies"][0]["text"]  # type: ignore[index]


async def test_pages_carry_the_headers_that_keep_foreign_scripts_out(server: Server) -> None:
    async with server.client.get("/") as response:
        assert response.status == 200
        assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    async with server.client.get(
        "/static/chat.js", headers={"Accept-Encoding": "gzip"}, auto_decompress=False
    ) as response:
        assert response.headers["Content-Type"].endswith("/javascript")
        assert response.headers["Content-Encoding"] == "gzip"
    async with server.client.get("/static/../__init__.py") as response:
        assert response.status == 404
    async with server.client.get("/nowhere") as response:
        assert (response.status, (await response.json())["error"]) == (404, "not_found")


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("png", "image/png"),
        ("pdf", "application/pdf"),
        ("mp3", "audio/mpeg"),
        ("ogg", "audio/ogg"),
        ("aac", "audio/aac"),
    ],
)
async def test_a_file_of_ours_is_kept_for_ever_and_comes_in_parts(server: Server, suffix: str, kind: str) -> None:
    name = f"ma-otp-1-0123456789abcdef.{suffix}"
    put(server.shelf.folder / name, b"0123456789")
    async with server.client.get(f"/media/{name}", headers={"Range": "bytes=2-4"}) as response:
        assert (response.status, await response.read()) == (206, b"234")
        assert response.headers["Content-Type"] == kind
        assert "immutable" in response.headers["Cache-Control"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "name", ["nothing-there.png", "..%2f..%2fschool.sqlite3", ".key", "%2e%2e/app.py", "a%00.png", ""]
)
async def test_nothing_but_files_of_ours_is_served(server: Server, name: str) -> None:
    put(server.shelf.folder / ".key", b"secret")
    async with server.client.get(URL(f"/media/{name}", encoded=True)) as response:
        assert (response.status, (await response.json())["error"]) == (404, "not_found")


async def test_a_certificate_is_drawn_when_it_is_opened(server: Server) -> None:
    picture, page = server.shelf.thanks("Bà Lan", ("đã học xong 12 bài",), WEDNESDAY.date())
    async with server.client.get(picture.url) as response:
        assert (response.status, (await response.read())[1:4]) == (200, b"PNG")
    async with server.client.get(page.url) as response:
        assert (response.status, (await response.read())[:4]) == (200, b"%PDF")
    await server.app.forget_words()
    assert list((server.shelf.folder / "thanks").iterdir()) == [], "a name stays for a day at most"
    async with server.client.get(page.url) as response:
        assert response.status == 200, "the address draws it again"
    async with server.client.get(page.url.replace("thanks-W", "thanks-X")) as response:
        assert response.status == 404


async def test_leaving_takes_the_cookie_away(server: Server) -> None:
    async with server.client.post("/api/chat/leave", json={}) as response:
        assert (await response.json()) == {"ok": True}
        assert response.cookies["hvs"].value == ""


async def test_words_kept_long_enough_are_forgotten_but_not_that_they_were_said(server: Server) -> None:
    token = await server.pupil()
    await server.say(token, {"text": SENTENCE}, key="old")
    server.school.now += timedelta(days=15)
    await server.app.forget_words()
    assert "gọi video" not in "\n".join(line for line in dump(server) if "heard" in line)
    status, answer = await server.say(token, {"text": SENTENCE}, key="old")
    assert (status, answer["replies"]) == (200, [])


async def test_a_teacher_sends_a_list_and_the_same_list_again_has_no_second_effect(server: Server) -> None:
    token = await teacher(server)
    rows = [["Mã HS", "Biệt danh"], ["HS01", "Bống"]]
    body = {"name": "7A.xlsx", "data": base64.b64encode(workbook(rows)).decode()}
    status, answer = await server.post("/api/chat/file", body, sent_by(token, "one"))
    assert status == 200
    assert "Lớp 7A: 1 em mới" in str(answer["replies"])
    assert await server.post("/api/chat/file", body, sent_by(token, "one")) == (200, answer)
    status, answer = await server.say(token, {"choice": choice(answer, "Đúng, nhập")})
    assert "Đã nhập: Lớp 7A 1 em." in str(answer["replies"])


async def test_who_may_send_files_is_told_so(server: Server) -> None:
    assert (await server.say(await teacher(server), {"text": "xin chào"}))[1]["you"] == {
        "locale": "vi",
        "text_size": "normal",
        "takes_files": True,
    }


@pytest.mark.parametrize(
    ("body", "status", "error"),
    [
        ({"name": "a.csv", "data": "đ"}, 400, "broken_data"),
        ({"name": "a.csv", "data": "a"}, 400, "broken_data"),
        ({"name": "a.csv"}, 400, "wrong_type"),
        ({"data": "aaaa"}, 400, "wrong_type"),
        ({"name": "a" * 201, "data": "aaaa"}, 413, "too_long"),
        ({"name": "a.csv", "data": "a" * 1_400_000}, 413, "too_big"),
    ],
)
async def test_a_file_that_does_not_arrive_whole_is_refused(
    server: Server, body: dict[str, str], status: int, error: str
) -> None:
    answered, answer = await server.post("/api/chat/file", body, sent_by(await teacher(server)))
    assert (answered, answer["error"]) == (status, error)


async def test_nobody_else_sends_files(server: Server) -> None:
    body = {"name": "a.csv", "data": "aaaa"}
    answered, answer = await server.post("/api/chat/file", body, sent_by(await server.pupil()))
    assert (answered, answer["error"]) == (403, "no_files")
    answered, answer = await server.post("/api/chat/file", body, sent_by("nobody"))
    assert (answered, answer["error"]) == (401, "unknown_person")


async def teacher(server: Server) -> str:
    token = await server.join("TEACHER7A")
    assert (await server.say(token, {"choice": "callme:teacher:cô"}))[0] == 200
    return token


def sent_by(token: str, key: str = "") -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})


async def test_join_cards_are_fetched_by_their_signed_address_and_left_behind_nowhere(server: Server) -> None:
    with server.school.database.transaction() as store:
        pupil = store.add_listed(server.school.room, "HS01", "Bống", "", None)
        store.add_join_cards(server.school.room, [("K7MPQX4T", pupil.id)])
    document = server.shelf.join_cards(server.school.room, 0, server.school.now + timedelta(hours=2))
    assert document is not None
    async with server.client.get(document.url) as response:
        assert response.status == 200
        assert response.content_type == "application/pdf"
        assert response.headers["Cache-Control"] == "private, no-store"
        assert (await response.read()).startswith(b"%PDF")
    async with server.client.get(document.url.replace("cards-", "cards-1")) as response:
        assert response.status == 404
    server.school.wait(hours=3)
    async with server.client.get(document.url) as response:
        assert response.status == 404


async def test_a_report_comes_by_its_link_as_page_and_files_and_is_kept_by_nobody(server: Server) -> None:
    token = await server.join("TEACHER7A")
    await server.say(token, {"choice": "callme:teacher:cô"})
    _status, answer = await server.say(token, {"text": "sổ theo dõi"})
    reply = answer["replies"][0]  # type: ignore[index]
    link = reply["text"].split("/r/")[1].split()[0] if "/r/" in reply["text"] else ""
    urls = [media["url"] for media in reply["media"]]
    assert [url.rpartition(".")[2] for url in urls] == ["xlsx", "pdf", "pdf"]
    async with server.client.get(urls[0]) as response:
        assert (response.status, response.headers["Cache-Control"]) == (200, "private, no-store")
        assert response.content_type.endswith("spreadsheetml.sheet")
        assert "so-theo-doi-7A-HOAMAI-2026-11.xlsx" in response.headers["Content-Disposition"]
        assert (await response.read()).startswith(b"PK")
    async with server.client.get(f"/r/{link}") as response:
        assert (response.status, response.content_type) == (200, "text/html")
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "0/38" in await response.text()
    forged = link[:-1] + ("1" if link.endswith("0") else "0")
    async with server.client.get(f"/r/{forged}") as response:
        assert response.status == 404
    server.school.wait(days=15)
    for gone in (f"/r/{link}", urls[0]):
        async with server.client.get(gone) as response:
            assert response.status == 404
