"""An Official Account: who may call, tokens that are good once, hours that end, and another way when they have."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.channels import zalo_oa
from bot.channels.zalo import Trouble
from bot.channels.zalo_oa import ZaloOaSettings
from bot.media.shelf import put
from bot.port import Later, Media, Refused, Reply, Shut
from tests.bot.channels.fake_zalo_oa import BAD_TOKEN, OA_ID, Sent
from tests.bot.channels.faults import BAD_GATEWAY, DROP, HANG, Fault
from tests.bot.channels.stages import ZaloOaStage, long_reply
from tests.talk import School

TOLD = Reply("Đến giờ ôn bài.")


@pytest.fixture
async def stage(school: School, tmp_path: Path) -> AsyncIterator[ZaloOaStage]:
    made = ZaloOaStage(school, tmp_path / "media")
    async with made.open():
        yield made


# Who may call.


@pytest.mark.parametrize("secret", ["", "app-secret-of-oa", "hook-secret-of-o"])
async def test_only_what_zalo_signed_is_taken(stage: ZaloOaStage, secret: str) -> None:
    event = stage.server.event(stage.user("An"), "user_send_text", {"text": "xin chào"})
    assert await stage.server.happens(event, secret) == 401
    assert stage.server.sent == []


async def test_an_account_that_is_not_ours_is_not_found(stage: ZaloOaStage) -> None:
    stage.server.hook = stage.server.hook.replace("zalo_oa/oa", "zalo_oa/nobody")
    assert await stage.server.happens(stage.server.event(stage.user("An"), "follow")) == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"not json", b'{"timestamp": "1"}'])
async def test_what_is_no_event_is_refused(stage: ZaloOaStage, body: bytes) -> None:
    async with aiohttp.ClientSession() as zalo, zalo.post(stage.server.hook, data=body) as response:
        assert response.status in (400, 401)


async def test_following_opens_the_conversation_and_leaving_ends_it(stage: ZaloOaStage) -> None:
    await stage.happens("An", "follow")
    await stage.sees("An", "bạn là ai")
    await stage.happens("An", "unfollow")
    assert stopped(stage)
    await stage.says("An", "xin chào")
    assert not stopped(stage)


def stopped(stage: ZaloOaStage) -> bool:
    who = stage.who("An")
    with stage.school.database.transaction() as store:
        speaker = store.speaker(who.channel, who.address, "")
        assert speaker is not None
        return speaker.stopped_at is not None


async def test_what_we_did_ourselves_and_what_is_new_is_left(stage: ZaloOaStage) -> None:
    await stage.happens("An", "oa_send_text", {"text": "của mình"})
    await stage.happens("An", "user_send_text", {"bí mật": "1"})
    assert stage.server.sent == []


async def test_an_event_that_comes_again_is_answered_once(stage: ZaloOaStage) -> None:
    event = stage.server.event(stage.user("An"), "user_send_text", {"text": "xin chào"})
    assert await asyncio.gather(*(stage.server.happens(event) for _ in range(5))) == [200] * 5
    assert len(stage.server.sent) == 1


async def test_zalo_is_answered_in_time_even_when_it_is_slow_itself(stage: ZaloOaStage) -> None:
    stage.server.fails("renew", HANG)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    await stage.says("An", "xin chào")
    assert loop.time() - begun < 2


# Tokens.


async def test_each_refresh_token_is_used_once_and_the_new_pair_kept_before_it_speaks(stage: ZaloOaStage) -> None:
    await stage.says("An", "xin chào")
    await stage.says("An", "2")
    assert stage.server.renewals == ["refresh-secret-0"]
    stage.school.wait(hours=25)
    await stage.restart()
    await stage.says("An", "xin chào")
    assert stage.server.renewals == ["refresh-secret-0", "refresh-secret-1"]
    assert kept(stage) == "refresh-secret-2"


def kept(stage: ZaloOaStage) -> str:
    with stage.school.database.transaction() as store:
        renewal = store.renewal(stage.account)
        assert renewal is not None
        return renewal.refresh.get_secret_value()


async def test_a_pair_is_kept_even_when_the_message_it_was_for_is_lost(stage: ZaloOaStage) -> None:
    stage.server.fails("send", DROP)
    await stage.says("An", "xin chào")
    assert stage.server.sent == []
    assert kept(stage) == stage.server.refresh == "refresh-secret-1"


async def test_two_processes_renew_once(stage: ZaloOaStage) -> None:
    await stage.says("An", "xin chào")
    stage.school.wait(hours=25)
    await stage.says("An", "menu")
    stage.school.wait(hours=25)
    await stage.happens("An", "user_send_sticker")
    first, second = stage.channel, stage.connect()
    await second.open()
    renewals = len(stage.server.renewals)
    stage.school.wait(hours=25)
    both = (channel.send(stage.who("An"), str(number), TOLD) for number, channel in enumerate((first, second)))
    await asyncio.gather(*both)
    assert len(stage.server.renewals) == renewals + 1


async def test_who_read_a_token_just_before_another_process_renewed_it_does_not_use_it(stage: ZaloOaStage) -> None:
    await stage.says("An", "xin chào")
    stage.school.wait(hours=25)
    [account] = await stage.app.accounts.of("zalo_oa")
    read = await stage.app.accounts.tokens(account)
    await stage.channel.send(stage.who("An"), "1", TOLD)
    assert read is not None
    assert not read.is_fresh
    assert not await stage.app.accounts.lease(account, read.refresh)
    assert await stage.app.accounts.lease(account, stage.server.refresh)


async def test_an_account_is_looked_at_with_a_token_that_is_good(stage: ZaloOaStage) -> None:
    [account] = await stage.app.accounts.of("zalo_oa")
    for renewals in (1, 1):
        assert await zalo_oa.look(account, stage.app.accounts, stage.given) == (OA_ID, "THCS Hoa Mai")
        assert len(stage.server.renewals) == renewals
    stage.server.refresh = "taken by somebody else"
    stage.school.wait(hours=30)
    with pytest.raises(Trouble):
        await zalo_oa.look(account, stage.app.accounts, stage.given)


async def test_a_token_that_ended_early_is_renewed_and_the_message_goes(stage: ZaloOaStage) -> None:
    await stage.says("An", "xin chào")
    stage.server.fails("send", BAD_TOKEN)
    await stage.channel.send(stage.who("An"), "key", TOLD)
    assert stage.server.sent[-1].text == "Đến giờ ôn bài."
    assert len(stage.server.renewals) == 2


async def test_a_refresh_token_that_is_gone_is_one_clear_sentence(
    stage: ZaloOaStage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.says("An", "xin chào")
    stage.school.wait(hours=30)
    stage.server.refresh = "taken by somebody else"
    with pytest.raises(Later):
        await stage.channel.send(stage.who("An"), "key", TOLD)
    assert "run python -m bot channels add-oa" in caplog.text


# Hours that end.


@pytest.mark.parametrize(("hours", "why"), [(49, "cost money"), (169, "too long since")])
async def test_after_two_days_nothing_is_said_that_costs(stage: ZaloOaStage, hours: int, why: str) -> None:
    await stage.says("An", "xin chào")
    await stage.channel.send(stage.who("An"), "1", TOLD)
    stage.school.wait(hours=hours)
    called = len(stage.server.called)
    with pytest.raises(Shut, match=why):
        await stage.channel.send(stage.who("An"), "2", TOLD)
    assert len(stage.server.called) == called


async def test_what_zalo_says_is_left_is_believed_until_they_write_again(stage: ZaloOaStage) -> None:
    await stage.says("An", "xin chào")
    for number in range(7):
        await stage.channel.send(stage.who("An"), str(number), TOLD)
    with pytest.raises(Shut, match="cost money"):
        await stage.channel.send(stage.who("An"), "8", TOLD)
    stage.school.wait(minutes=1)
    await stage.says("An", "menu")
    await stage.channel.send(stage.who("An"), "9", TOLD)


async def test_when_the_hours_are_over_another_channel_of_the_same_person_is_told(stage: ZaloOaStage) -> None:
    school = stage.school
    await stage.says("An", "xin chào")
    await stage.says("An", "nối kênh")
    code = (await stage.sees("An", "Mã nối kênh")).text.partition("của bạn: ")[2][:7]
    an = school.pupil("An")
    an.say("nối kênh")
    an.say(code)
    an.tap("Đúng, nối kênh")
    an.say("nhắc")
    an.tap("Thứ Bảy")
    an.tap("15:00")
    school.wait(days=2, hours=20)
    with school.database.transaction() as store:
        store.prefer(
            an.person(store).id, next(one.id for one in store.places(an.person(store).id) if one.channel == "zalo_oa")
        )
    await stage.app.tick()
    sender = stage.app.delivery({"zalo_oa": stage.channel, "web": stage.web})
    while await sender.round():
        pass
    with school.database.transaction() as store:
        told = [row for row in store.outbox() if row.kind == "practice"]
        letters = store.letters(an.who.channel, an.who.address, None)
    assert [(row.state, row.reason) for row in told] == [("sent", "through web: a message now would cost money")]
    assert any("tuần này em giúp ai chưa?" in reply for _number, reply in letters)


async def test_with_no_other_channel_the_failure_has_a_name(stage: ZaloOaStage) -> None:
    await stage.pupil()
    await stage.says("An", "nhắc")
    await stage.chooses("An", "Thứ Bảy")
    await stage.sees("An", "giờ")
    await stage.says("An", "15:00")
    stage.school.wait(days=2, hours=20)
    await stage.deliver()
    assert ("failed", "a message now would cost money") in stage.school.outbox()


# Files and long texts.


async def test_a_file_is_handed_over_once(stage: ZaloOaStage) -> None:
    put(stage.media / "wifi-1-ab.png", b"7 bytes")
    await stage.says("An", "xin chào")
    card = Reply("Bước 1/4.", (), (Media("picture", "/media/wifi-1-ab.png", "Bước 1/4."),))
    for key in ("1", "2"):
        await stage.channel.send(stage.who("An"), key, card)
    assert stage.server.called.count("upload image") == 1
    assert stage.server.sent[-2:] == [
        Sent(stage.user("An"), "", (), "image of 7 bytes"),
        Sent(stage.user("An"), "Bước 1/4."),
    ]


async def test_a_file_too_large_or_refused_is_told_in_words(stage: ZaloOaStage) -> None:
    put(stage.media / "big-1-ab.png", b"x" * 1_000_001)
    put(stage.media / "wifi-1-ab.png", b"7 bytes")
    await stage.says("An", "xin chào")
    stage.server.fails("upload image", Fault(-201, "file is broken"))
    for name in ("big-1-ab.png", "wifi-1-ab.png"):
        reply = Reply("Đây ạ.", (), (Media("picture", f"/media/{name}", "Hình bánh răng"),))
        await stage.channel.send(stage.who("An"), name, reply)
        assert stage.server.sent[-1] == Sent(stage.user("An"), "Đây ạ.\nHình bánh răng")


async def test_a_long_sending_goes_on_where_it_stopped(stage: ZaloOaStage) -> None:
    await stage.says("An", "xin chào")
    stage.server.fails("send", None, BAD_GATEWAY)
    long = long_reply()
    with pytest.raises(Later):
        await stage.channel.send(stage.who("An"), "key", long)
    stage.school.wait(minutes=1)
    await stage.happens("An", "unknown_event")
    await stage.channel.send(stage.who("An"), "key", long)
    assert " ".join(sent.text for sent in stage.server.sent[1:]) == long.text


# What must not be seen.


async def test_no_secret_is_in_a_log_a_failure_or_a_repr(stage: ZaloOaStage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    await stage.says("An", "xin chào")
    account = (await stage.app.accounts.of("zalo_oa"))[0]
    seen = [repr(stage.channel), str(vars(stage.channel)), repr(await stage.app.accounts.tokens(account))]
    with stage.school.database.transaction() as store:
        seen.append(repr(store.renewal(stage.account)))
    for fault in (Fault(-201, f"bad {stage.server.access}"), DROP, BAD_GATEWAY):
        stage.server.fails("send", fault)
        with pytest.raises((Later, Refused)) as failure:
            await stage.channel.send(stage.who("An"), "key", TOLD)
        seen += traceback.format_exception(failure.value)
    seen.append(repr(ZaloOaSettings("1", "app-secret-x", "hook-secret-x")))
    seen += [record.getMessage() + (record.exc_text or "") for record in caplog.records]
    assert not [one for one in seen if "-secret-" in one]
