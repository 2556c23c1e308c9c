"""Zalo bots: who may call us, what a month costs, and what is said to whom Zalo hides."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.channels.zalo_bot import ZaloBot, ZaloBotSettings
from bot.media.shelf import put
from bot.port import Channel, Choice, Later, Media, Refused, Reply, Shut, Who
from db.models import Account
from tests.bot.channels.fake_zalo_bot import OTHER_TOKEN, PUBLIC, QUOTA, TOKEN, Sent
from tests.bot.channels.faults import BAD_GATEWAY, DROP, SILENT, Fault
from tests.bot.channels.stages import ZaloBotStage
from tests.talk import School

SECRET = TOKEN.partition(":")[2]


@pytest.fixture
async def stage(school: School, tmp_path: Path) -> AsyncIterator[ZaloBotStage]:
    made = ZaloBotStage(school, tmp_path / "media")
    async with made.open():
        yield made


def used(stage: ZaloBotStage) -> tuple[int, int]:
    """Messages sent and received this month."""
    with stage.school.database.transaction() as store:
        usage = store.usage(stage.account, f"{stage.school.now:%Y-%m}")
        return usage.sent, usage.received


def spend(stage: ZaloBotStage, sent: int) -> None:
    with stage.school.database.transaction() as store:
        store.use(stage.account, f"{stage.school.now:%Y-%m}", sent=sent)


# Who may call.


async def test_zalo_is_told_once_where_to_call(stage: ZaloBotStage) -> None:
    assert stage.server.bots[TOKEN].hook == f"{PUBLIC}/hooks/zalo_bot/7a"
    await stage.restart()
    assert stage.server.called.count("setWebhook") == 1


@pytest.mark.parametrize("secret", ["", "wrong", "secret-of-the-hoo", "secret-of-the-hook2", "sécret"])
async def test_nobody_else_may_call(stage: ZaloBotStage, secret: str) -> None:
    event = stage.server.event(stage.chat("An"), "text", {"text": "xin chào"})
    assert await stage.server.happens(event, secret=secret.encode().decode("latin-1")) == 401
    assert stage.server.sent == []
    assert used(stage) == (0, 0)


async def test_a_bot_that_is_not_ours_is_not_found(stage: ZaloBotStage) -> None:
    stage.server.bots[TOKEN].hook = f"{PUBLIC}/hooks/zalo_bot/8b"
    assert await stage.server.happens(stage.server.event(stage.chat("An"), "text", {"text": "xin chào"})) == 404


async def test_what_has_a_new_shape_is_taken_and_left(stage: ZaloBotStage, caplog: pytest.LogCaptureFixture) -> None:
    strange = {"event_name": "message.poll.received", "message": {"chat": {"id": stage.chat("An")}, "text": "bí mật"}}
    assert await stage.server.happens(strange) == 200
    assert "unreadable" in caplog.text
    assert "bí mật" not in caplog.text
    assert stage.server.sent == []


async def test_groups_and_other_bots_get_no_answer(stage: ZaloBotStage) -> None:
    server = stage.server
    await server.happens(server.event(stage.chat("An"), "text", {"text": "@Bot chào"}, group=True))
    robot = server.event(stage.chat("An"), "text", {"text": "chào"})
    robot["message"]["from"]["is_bot"] = True
    await server.happens(robot)
    assert server.sent == []


# Whoever Zalo hides.


async def test_who_is_hidden_gets_a_way_on_and_a_person_to_turn_to(stage: ZaloBotStage) -> None:
    assert await stage.server.happens(stage.server.event(stage.chat("An"), "unsupported")) == 200
    said = (await stage.sees("An", "Zalo giữ kín")).text
    assert f"{PUBLIC}/?join=" in said
    assert "cô Hạnh, 0900 000 111" in said


async def test_who_is_hidden_without_a_chat_is_answered_by_their_own_number(stage: ZaloBotStage) -> None:
    event = stage.server.event(stage.chat("An"), "unsupported")
    await stage.says("An", "xin chào")
    del event["message"]["chat"]
    bare = {"ok": True, "result": event}
    headers = {"X-Bot-Api-Secret-Token": "secret-of-the-hook"}
    url = f"{stage.server.local}/hooks/zalo_bot/7a"
    async with aiohttp.ClientSession() as zalo, zalo.post(url, json=bare, headers=headers) as response:
        assert response.status == 200
    await stage.sees("An", "Zalo giữ kín")


# What a message costs.


async def test_a_turn_is_one_message_and_both_ways_are_counted(stage: ZaloBotStage) -> None:
    await stage.says("An", "xin chào")
    sent = stage.server.sent
    assert len(sent) == 1
    assert sent[0].text.startswith("Chào bạn! Mình là Học Vụ Số")
    assert sent[0].text.endswith("4. English\n(Bạn nhắn số từ 1 đến 4 nhé.)")
    assert used(stage) == (1, 1)


async def test_the_same_call_again_is_neither_answered_nor_paid_twice(stage: ZaloBotStage) -> None:
    event = stage.server.event(stage.chat("An"), "text", {"text": "xin chào"})
    statuses = await asyncio.gather(*(stage.server.happens(event) for _ in range(5)))
    assert statuses == [200] * 5
    assert len(stage.server.sent) == 1
    assert used(stage) == (1, 1)


@pytest.mark.parametrize(("sent", "kind", "goes"), [(2399, "practice", True), (2400, "practice", False)])
async def test_from_80_percent_on_reminders_stay_away(stage: ZaloBotStage, sent: int, kind: str, goes: bool) -> None:
    await stage.says("An", "xin chào")
    spend(stage, sent - sum(used(stage)))
    _plan(stage, kind)
    if goes:
        await stage.channel.send(stage.who("An"), "the key", Reply("Đến giờ."))
    else:
        with pytest.raises(Shut, match="kept for answers"):
            await stage.channel.send(stage.who("An"), "the key", Reply("Đến giờ."))
    assert ("Đến giờ." in [sent.text for sent in stage.server.sent]) == goes


@pytest.mark.parametrize(("sent", "goes"), [(2849, True), (2850, False)])
async def test_from_95_percent_on_only_answers_go_out(stage: ZaloBotStage, sent: int, goes: bool) -> None:
    await stage.says("An", "xin chào")
    spend(stage, sent - sum(used(stage)))
    _plan(stage, "summary")
    if goes:
        await stage.channel.send(stage.who("An"), "the key", Reply("Tuần này."))
    else:
        with pytest.raises(Shut):
            await stage.channel.send(stage.who("An"), "the key", Reply("Tuần này."))
    await stage.says("An", "2")
    await stage.sees("An", "Gọi thế nào")


def _plan(stage: ZaloBotStage, kind: str) -> None:
    now: datetime = stage.school.now
    who = stage.who("An")
    with stage.school.database.transaction() as store:
        speaker = store.speaker(who.channel, who.address, "")
        assert speaker is not None
        row: dict[str, object] = {"key": "the key", "person_id": speaker.id, "kind": kind, "about": "", "urgency": 1}
        store.write_outbox([{**row, "free_at": now, "written_at": now}])


async def test_when_zalo_says_the_month_is_gone_nothing_is_tried_again(stage: ZaloBotStage) -> None:
    await stage.says("An", "xin chào")
    _plan(stage, "summary")
    stage.server.fails("sendMessage", QUOTA)
    with pytest.raises(Shut, match="used up"):
        await stage.channel.send(stage.who("An"), "the key", Reply("Tuần này."))
    called = len(stage.server.called)
    with pytest.raises(Shut, match="kept for answers"):
        await stage.channel.send(stage.who("An"), "the key", Reply("Tuần này."))
    assert len(stage.server.called) == called
    stage.school.wait(days=10)  # December has 3,000 of its own
    await stage.channel.send(stage.who("An"), "the key", Reply("Tuần này."))


async def test_an_answer_the_month_has_no_room_for_is_not_repeated(
    stage: ZaloBotStage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.server.fails("sendMessage", QUOTA)
    await stage.says("An", "xin chào")
    assert stage.server.called.count("sendMessage") == 1
    assert stage.waited == []
    assert "the month is used up" in caplog.text
    await stage.says("An", "xin chào")  # who writes is answered all the same, as soon as Zalo lets us
    await stage.sees("An", "")  # anything: on a busy machine Zalo is answered before An is
    assert len(stage.server.sent) == 1


async def test_an_answer_waits_for_a_server_that_is_down(stage: ZaloBotStage) -> None:
    stage.server.fails("sendMessage", BAD_GATEWAY, BAD_GATEWAY, Fault(500, "Internal server error"))
    await stage.says("An", "xin chào")
    assert stage.waited == [1, 2, 4]
    assert len(stage.server.sent) == 1
    assert used(stage) == (1, 1)


async def test_an_answer_that_may_have_arrived_is_not_said_twice(stage: ZaloBotStage) -> None:
    stage.server.fails("sendMessage", SILENT)
    await stage.says("An", "xin chào")
    await stage.sees("An", "bạn là ai")
    await stage.server.until(lambda: stage.server.called.count("sendMessage") == 1)
    assert used(stage) == (1, 1)


async def test_a_long_sending_goes_on_where_it_stopped(stage: ZaloBotStage) -> None:
    await stage.says("An", "xin chào")
    stage.server.fails("sendMessage", None, BAD_GATEWAY)
    long = Reply("Một câu ngắn thôi. " * 250)
    with pytest.raises(Later):
        await stage.channel.send(stage.who("An"), "key", long)
    await stage.channel.send(stage.who("An"), "key", long)
    parts = [sent.text for sent in stage.server.sent[1:]]
    assert len(parts) == 3
    assert " ".join(parts) == long.text.strip()
    assert used(stage)[0] == 1 + 3


async def test_words_are_composed_before_they_are_counted(stage: ZaloBotStage) -> None:
    await stage.says("An", "xin chào")
    await stage.channel.send(stage.who("An"), "key", Reply("Ha\u0323 gia\u0301", (Choice("Xe\u0302\u0301p", "home"),)))
    assert stage.server.sent[-1].text == "Hạ giá\n1. Xếp"


async def test_at_80_percent_a_voice_becomes_an_address_in_the_words(stage: ZaloBotStage) -> None:
    put(stage.media / "wifi-1-ab.aac", b"7 bytes")
    await stage.says("An", "xin chào")
    voice = Reply("Bước 1.", (Choice("Tiếp", "home"),), (Media("voice", "/media/wifi-1-ab.mp3", "Nghe bước 1"),))
    _plan(stage, "summary")
    await stage.channel.send(stage.who("An"), "the key", voice)
    assert stage.server.sent[-2] == Sent(stage.chat("An"), "", "audio of 7 bytes")
    spend(stage, 2400)
    await stage.channel.send(stage.who("An"), "the key", voice)
    assert len(stage.server.sent) == 4
    assert f"Bước 1.\nNghe bước 1: {PUBLIC}/files/" in stage.server.sent[-1].text
    assert "1. Tiếp" in stage.server.sent[-1].text


async def test_a_picture_that_zalo_refuses_is_told_in_words(stage: ZaloBotStage) -> None:
    put(stage.media / "wifi-1-ab.png", b"7 bytes")
    await stage.says("An", "xin chào")
    stage.server.fails("sendPhoto", Fault(400, "Bad request: cannot fetch file"))
    card = Media("picture", "/media/wifi-1-ab.png", "Bước 1/4. Mở Cài đặt.")
    await stage.channel.send(stage.who("An"), "key", Reply("Bước 1/4. Mở Cài đặt.", (), (card,)))
    assert stage.server.sent[-1] == Sent(stage.chat("An"), "Bước 1/4. Mở Cài đặt.")


async def test_an_address_of_a_file_ends_after_a_week(stage: ZaloBotStage) -> None:
    put(stage.media / "wifi-1-ab.png", b"7 bytes")
    url = await stage.app.address(Media("picture", "/media/wifi-1-ab.png", ""))
    assert url is not None
    ticket, name = url.removeprefix(f"{PUBLIC}/files/").split("/")
    assert await stage.app.signed_file(ticket, name) is not None
    stage.school.wait(days=8)
    assert await stage.app.signed_file(ticket, name) is None


# Several bots, and trying out.


async def test_each_bot_answers_its_own_people(stage: ZaloBotStage) -> None:
    with stage.school.database.transaction() as store:
        number = store.add_account(
            Account(
                channel="zalo_bot",
                name="8b",
                number="4459124",
                token=SecretStr(OTHER_TOKEN),
                signed_by=SecretStr("secret-of-8b"),
            )
        )
    bot = stage.server.bots[OTHER_TOKEN]
    bot.hook, bot.secret = f"{PUBLIC}/hooks/zalo_bot/8b", "secret-of-8b"
    event = stage.server.event("f" * 20, "text", {"text": "xin chào"})
    assert await stage.server.happens(event, OTHER_TOKEN) == 200
    assert [sent.chat for sent in stage.server.sent] == ["f" * 20]
    with stage.school.database.transaction() as store:
        assert store.is_known("zalo_bot", f"{number}:{'f' * 20}")
    assert used(stage) == (0, 0)


class Polling(ZaloBotStage):
    """The same bot, asked for updates."""

    def connect(self) -> Channel:
        super().connect()
        settings = ZaloBotSettings(self.server.url, polling=True, poll_seconds=1, timeout=0.5)
        return ZaloBot(self.app, self.app.accounts, settings, self.wait)

    async def begin(self) -> None:
        self.server.bots[TOKEN].hook = f"{PUBLIC}/elsewhere"
        await super().begin()

    def is_ready(self) -> bool:
        return self.server.bots[TOKEN].asking > 0


@pytest.fixture
async def polling(school: School, tmp_path: Path) -> AsyncIterator[Polling]:
    made = Polling(school, tmp_path / "media")
    async with made.open():
        yield made


async def test_trying_out_takes_the_webhook_away_and_asks(polling: Polling) -> None:
    assert polling.server.bots[TOKEN].hook == ""
    for text in ("xin chào", "2"):
        await polling.server.happens(polling.server.event(polling.chat("An"), "text", {"text": text}))
    await polling.sees("An", "Gọi thế nào")
    assert polling.waited == []


async def test_nothing_new_is_no_failure_and_a_gateway_is_waited_for(polling: Polling) -> None:
    polling.server.fails("getUpdates", Fault(408, "Request timeout"), BAD_GATEWAY, DROP)
    asked = polling.server.bots[TOKEN].asking
    await polling.server.happens(polling.server.event(polling.chat("An"), "text", {"text": "xin chào"}))
    await polling.server.until(lambda: len(polling.server.failed) == 3)
    await polling.server.until(lambda: polling.server.bots[TOKEN].asking > asked)
    assert polling.waited == [1, 2]


async def test_a_token_zalo_does_not_know_is_one_clear_sentence(
    polling: Polling, caplog: pytest.LogCaptureFixture
) -> None:
    polling.server.fails("getUpdates", Fault(401, "Unauthorized"))
    await polling.server.happens(polling.server.event(polling.chat("An"), "text", {"text": "xin chào"}))
    await polling.sees("An", "bạn là ai")
    async with asyncio.timeout(5):
        while "does not accept the token of bot 7a" not in caplog.text:
            await asyncio.sleep(0.01)


# The token stays secret.


async def test_the_token_is_in_no_log_no_failure_and_no_repr(
    stage: ZaloBotStage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await stage.says("An", "xin chào")
    seen = [repr(stage.channel), str(vars(stage.channel)), repr(await stage.app.accounts.of("zalo_bot"))]
    with stage.school.database.transaction() as store:
        seen.append(repr(store.accounts()))
    leak = Fault(400, f"Bad request: /bot{TOKEN}/sendMessage")
    for fault in (leak, DROP, BAD_GATEWAY, Fault(401, f"Unauthorized {TOKEN}")):
        stage.server.fails("sendMessage", fault)
        with pytest.raises((Later, Refused)) as failure:
            await stage.channel.send(stage.who("An"), "key", Reply("Đến giờ."))
        seen += traceback.format_exception(failure.value)
    seen += [record.getMessage() + (record.exc_text or "") for record in caplog.records]
    assert SECRET not in "".join(seen)
    assert "secret-of-the-hook" not in "".join(seen)


async def test_an_unreachable_server_is_waited_for_without_its_address(
    stage: ZaloBotStage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.says("An", "xin chào")
    stage.server.url = "http://127.0.0.1:1"
    stage.connect()
    away = stage.web.hooked["zalo_bot"]
    await away.open()  # type: ignore[attr-defined]  # it is a channel too
    with pytest.raises(Later):
        await away.send(stage.who("An"), "key", Reply("Đến giờ."))  # type: ignore[attr-defined]
    assert used(stage) == (1, 1)
    assert SECRET not in caplog.text


async def test_an_address_of_no_bot_of_ours_is_shut(stage: ZaloBotStage) -> None:
    with pytest.raises(Shut):
        await stage.channel.send(Who("zalo_bot", "99:abc"), "key", Reply("Đến giờ."))


async def test_after_the_end_everything_is_later(stage: ZaloBotStage) -> None:
    await stage.says("An", "xin chào")
    await stage.end()
    with pytest.raises(Later):
        await stage.channel.send(stage.who("An"), "key", Reply("Đến giờ."))
    await stage.begin()
