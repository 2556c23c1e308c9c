"""Both Telegram channels keep one contract, against a strict server over real HTTP."""

import asyncio
import json
import logging
import subprocess
import sys
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from bot.channels import telegram
from bot.channels.telegram import Inbox, Part, Telegram, TelegramSettings, Update, parts
from bot.port import (
    MOST_FILE_BYTES,
    Answer,
    Channel,
    Choice,
    File,
    Hooked,
    Incoming,
    Later,
    Letter,
    Media,
    Refused,
    Reply,
    Stopped,
    Who,
)
from tests.bot.channels.fake_telegram import BLOCK_PAGE, BROKEN, FLOOD, TOKEN, FakeTelegram, Sent
from tests.bot.channels.faults import BAD_GATEWAY, DROP, HANG, SILENT, Fault
from tests.bot.channels.proxy import Proxy

AN, BINH = 11, 22
SECRET = TOKEN.partition(":")[2]
HALF_MINUTE = timedelta(seconds=30)


class FakeDesk:
    """Answers each event once and remembers it, as the port asks; `held` chats wait for their event."""

    def __init__(self) -> None:
        self.heard: list[Incoming] = []
        self.asked: list[str] = []
        self.replies: dict[str, tuple[Reply, ...]] = {}
        self.held: dict[str, asyncio.Event] = {}
        self.unknown: set[str] = set()
        self.files: dict[str, Path] = {}
        self.teachers: set[str] = set()
        self._answers: dict[str, Answer] = {}

    async def handle(self, said: Incoming) -> Answer:
        self.asked.append(said.event_id)
        if said.event_id in self._answers:
            return replace(self._answers[said.event_id], repeated=True)
        if said.who.address in self.held:
            await self.held[said.who.address].wait()
        if said.text == "hỏng":
            raise LookupError(f"no answer to {said.text}")
        self.heard.append(said)
        known = said.text or said.choice or said.join or said.kind
        replies = self.replies.get(known, (Reply(f"Trả lời: {known}"),))
        self._answers[said.event_id] = Answer(replies, unknown_choice=known in self.unknown)
        return self._answers[said.event_id]

    async def letters(self, who: Who, after: int | None) -> list[Letter]:
        return []

    async def seen(self, who: Who, up_to: int) -> None:
        return

    async def fits(self, who: Who, code: str) -> bool:
        return True

    async def keep(self, who: Who, key: str, reply: Reply) -> None:
        return

    async def known(self, who: Who) -> bool:
        return True

    async def file(self, name: str) -> Path | None:
        return self.files.get(name)

    async def takes_files(self, who: Who) -> bool:
        return who.address in self.teachers

    async def address(self, media: Media, suffix: str = "") -> str | None:
        return None

    async def signed_file(self, ticket: str, name: str) -> Path | None:
        return None

    def commands(self, language: str) -> tuple[tuple[str, str], ...]:
        return {"vi": (("giup", "Ghi một buổi giúp"),), "en": (("log", "Log a session"),)}[language]

    async def secret(self, name: str, new: str) -> str:
        return "hook-secret"

    async def health(self) -> dict[str, str]:
        return {}


class Stage:
    """A bot between people and a desk, with one library in between."""

    def __init__(self, connect: Callable[..., Channel], telegram: FakeTelegram) -> None:
        self.telegram = telegram
        self.desk = FakeDesk()
        self.waited: list[float] = []
        self._connect = connect

    async def wait(self, seconds: float) -> None:
        self.waited.append(seconds)
        await asyncio.sleep(0)

    def channel(self, timeout: float = 5.0, token: str = TOKEN, **more: str) -> Channel:
        settings = TelegramSettings(token, self.telegram.url, poll_seconds=5, timeout=timeout, **more)
        return self._connect(self.desk, settings, wait=self.wait)

    @asynccontextmanager
    async def running(self, timeout: float = 5.0, **more: str) -> AsyncIterator[Channel]:
        """The channel runs within the block; leaving it is a kill."""
        channel = self.channel(timeout, **more)
        await channel.open()
        async with asyncio.TaskGroup() as group:
            task = group.create_task(channel.run())
            try:
                yield channel
            finally:
                task.cancel()


@pytest.fixture(params=["telegram_ptb", "telegram_aiogram"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    async with FakeTelegram() as telegram:
        yield Stage(import_module(f"bot.channels.{request.param}").connect, telegram)


def saved(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"7 bytes")
    return path


def who(chat: int) -> Who:
    return Who("telegram", str(chat))


# What people say.


async def test_words_are_answered(stage: Stage) -> None:
    number = stage.telegram.says(AN, "xin chào")
    async with stage.running():
        sent = await stage.telegram.sends(1)
        await stage.telegram.confirms_all()
    assert stage.desk.heard == [Incoming(who(AN), str(number), text="xin chào")]
    assert sent == [Sent(AN, "Trả lời: xin chào")]
    assert stage.telegram.polled[-1] == number + 1


async def test_choices_are_buttons_one_a_row_and_a_press_is_a_choice(stage: Stage) -> None:
    longest = "bài:" + "x" * 59
    assert len(longest.encode()) == 64
    stage.desk.replies["menu"] = (Reply("Chọn bài:", (Choice("Mật khẩu", "lesson:1"), Choice("Lừa đảo", longest))),)
    stage.telegram.says(AN, "menu")
    async with stage.running():
        await stage.telegram.sends(1)
        number = stage.telegram.presses(AN, longest)
        sent = await stage.telegram.sends(2)
        await stage.telegram.confirms_all()
    assert sent[0] == Sent(AN, "Chọn bài:", ((("Mật khẩu", "lesson:1"),), (("Lừa đảo", longest),)))
    assert sent[1] == Sent(AN, f"Trả lời: {longest}")
    assert stage.desk.heard[1] == Incoming(who(AN), str(number), choice=longest)
    assert stage.telegram.acknowledged == [f"query-{number}"]


async def test_an_unknown_choice_gets_what_the_desk_says(stage: Stage) -> None:
    stage.desk.unknown.add("cũ")
    stage.desk.replies["cũ"] = (Reply("Nút này đã cũ."),)
    stage.telegram.presses(AN, "cũ", late=True)
    async with stage.running():
        sent = await stage.telegram.sends(1)
        await stage.telegram.confirms_all()
    assert sent == [Sent(AN, "Nút này đã cũ.")]
    assert stage.telegram.acknowledged == []


async def test_start_opens_and_commands_lose_the_name_of_the_bot(stage: Stage) -> None:
    for text in ("/start", "/start LOP9A-7", "/start@hocvuso_bot LOP9A-7", "/giup@hocvuso_bot mật khẩu", "/started"):
        stage.telegram.says(AN, text)
    async with stage.running():
        await stage.telegram.sends(5)
    heard = [(said.join, said.text) for said in stage.desk.heard]
    assert heard == [("", None), ("LOP9A-7", None), ("LOP9A-7", None), (None, "/giup mật khẩu"), (None, "/started")]


async def test_pictures_voices_stickers_and_documents_are_media(stage: Stage) -> None:
    file = {"file_id": "f", "file_unique_id": "u"}
    stage.telegram.shows(AN, photo=[{**file, "width": 9, "height": 9}], caption="đây")
    stage.telegram.shows(AN, voice={**file, "duration": 2})
    sticker = {**file, "type": "regular", "width": 9, "height": 9, "is_animated": False, "is_video": False}
    stage.telegram.shows(AN, sticker=sticker)
    stage.telegram.shows(AN, document=file)
    async with stage.running():
        await stage.telegram.sends(4)
    assert [(said.kind, said.text) for said in stage.desk.heard] == [("media", None)] * 4


async def test_a_file_is_fetched_from_whom_it_is_wanted_and_from_nobody_else(stage: Stage) -> None:
    stage.desk.teachers.add(str(BINH))
    async with stage.running():
        stage.telegram.sends_file(AN, "anh.csv", b"STT;Nick")
        stage.telegram.sends_file(BINH, "7A.csv", b"STT;Bi\xe1\xbb\x87t danh")
        stage.telegram.sends_file(BINH, "to.csv", b"x" * (MOST_FILE_BYTES + 1))
        await stage.telegram.sends(3)
    assert {(said.who.address, said.kind, said.file) for said in stage.desk.heard} == {
        (str(AN), "media", None),
        (str(BINH), "file", File("7A.csv", "STT;Biệt danh".encode())),
        (str(BINH), "file", File("to.csv", b"", too_big=True)),
    }
    assert stage.telegram.fetched == ["sent-1"]


async def test_groups_and_what_nobody_said_get_no_answer(stage: Stage) -> None:
    stage.telegram.says_in_group("có ai không")
    stage.telegram.shows(AN, message_auto_delete_timer_changed={"message_auto_delete_time": 86400})
    stage.telegram.says(AN, "có em")
    async with stage.running():
        await stage.telegram.confirms_all()
    assert stage.telegram.sent == [Sent(AN, "Trả lời: có em")]


# What the bot says.


async def test_a_card_its_words_and_its_buttons_are_one_message(stage: Stage, tmp_path: Path) -> None:
    stage.desk.files["wifi-1-ab.png"] = saved(tmp_path, "wifi-1-ab.png")
    card = Media("picture", "/media/wifi-1-ab.png", "Bước 1/4. Mở Cài đặt.")
    stage.desk.replies["xem"] = (Reply("Bước 1/4. Mở Cài đặt.", (Choice("Tiếp", "next"),), (card,)),)
    async with stage.running():
        stage.telegram.says(AN, "xem")
        await stage.telegram.confirms_all()
        stage.telegram.says(BINH, "xem")
        await stage.telegram.confirms_all()
    buttons = ((("Tiếp", "next"),),)
    assert stage.telegram.sent == [
        Sent(AN, "Bước 1/4. Mở Cài đặt.", buttons, "photo: 7 bytes"),
        Sent(BINH, "Bước 1/4. Mở Cài đặt.", buttons, "photo: seen before"),  # it goes up once
    ]


async def test_a_voice_goes_as_a_voice_note_and_a_page_as_a_document(stage: Stage, tmp_path: Path) -> None:
    stage.desk.files = {name: saved(tmp_path, name) for name in ("wifi-1-ab.ogg", "wifi-lesson-cd.pdf")}
    voice = Media("voice", "/media/wifi-1-ab.mp3", "Nghe bước 1")
    page = Media("document", "/media/wifi-lesson-cd.pdf", "Bản in")
    gone = Media("picture", "/media/wifi-9-ef.png", "Bước 9")
    stage.desk.replies["nghe"] = (Reply("Bước 1.", (), (voice, page, gone)),)
    async with stage.running():
        stage.telegram.says(AN, "nghe")
        await stage.telegram.confirms_all()
    assert stage.telegram.sent == [
        Sent(AN, "Nghe bước 1", (), "voice: 7 bytes"),
        Sent(AN, "Bản in", (), "document: 7 bytes"),
        Sent(AN, "Bước 1.\nBước 9"),  # what is not there is told in words
    ]


async def test_who_takes_no_voice_notes_gets_the_words(stage: Stage, tmp_path: Path) -> None:
    stage.desk.files["wifi-1-ab.ogg"] = saved(tmp_path, "wifi-1-ab.ogg")
    voice = Media("voice", "/media/wifi-1-ab.mp3", "Nghe bước 1")
    stage.desk.replies["nghe"] = (Reply("Bước 1.", (Choice("Tiếp", "next"),), (voice,)),)
    stage.telegram.fails("sendVoice", Fault(400, "Bad Request: VOICE_MESSAGES_FORBIDDEN"))
    async with stage.running():
        stage.telegram.says(AN, "nghe")
        await stage.telegram.confirms_all()
    assert [sent.text for sent in stage.telegram.sent] == ["Nghe bước 1", "Bước 1."]


async def test_send_says_one_thing_unasked(stage: Stage) -> None:
    stage.telegram.says(AN, "xin chào")
    async with stage.running() as channel:
        await stage.telegram.sends(1)
        await channel.send(who(AN), "nhắc-1", Reply("Đến giờ ôn bài.", (Choice("Ôn", "review"),)))
    assert isinstance(channel, Telegram)
    assert channel.name == "telegram"
    assert stage.telegram.sent[1] == Sent(AN, "Đến giờ ôn bài.", ((("Ôn", "review"),),))


async def test_send_now_impossible_is_later(stage: Stage) -> None:
    expected = {
        FLOOD: timedelta(seconds=7),
        Fault(429, "Too Many Requests"): HALF_MINUTE,
        BROKEN: HALF_MINUTE,
        BAD_GATEWAY: HALF_MINUTE,
        BLOCK_PAGE: HALF_MINUTE,
        DROP: HALF_MINUTE,
        HANG: HALF_MINUTE,
    }
    after = {}
    async with stage.running(timeout=1) as channel:
        for fault in expected:
            stage.telegram.fails("sendMessage", fault)
            with pytest.raises(Later) as later:
                await channel.send(who(AN), "nhắc-1", Reply("Đến giờ ôn bài."))
            after[fault] = later.value.after
    assert after == expected


async def test_send_to_nobody_is_stopped(stage: Stage) -> None:
    stage.telegram.says(BINH, "xin chào")
    stage.telegram.blocked.add(BINH)
    async with stage.running() as channel:
        for chat in (AN, BINH):
            with pytest.raises(Stopped):
                await channel.send(who(chat), "nhắc-1", Reply("Đến giờ ôn bài."))


async def test_send_refused_says_why(stage: Stage) -> None:
    async with stage.running() as channel:
        for status, why in ((400, "BUTTON_DATA_INVALID"), (401, "Unauthorized"), (413, "Request Entity Too Large")):
            stage.telegram.fails("sendMessage", Fault(status, why))
            with pytest.raises(Refused, match=why):
                await channel.send(who(AN), "nhắc-1", Reply("Đến giờ ôn bài."))


async def test_a_long_sending_goes_on_where_it_stopped(stage: Stage) -> None:
    stage.telegram.says(AN, "xin chào")
    long = Reply("Một câu. " * 600)
    async with stage.running() as channel:
        await stage.telegram.sends(1)
        stage.telegram.fails("sendMessage", None, FLOOD)
        with pytest.raises(Later):
            await channel.send(who(AN), "nhắc-1", long)
        await channel.send(who(AN), "nhắc-1", long)
    assert [sent.text for sent in stage.telegram.sent[1:]] == [part.text for part in parts(long)]


# Nothing lost, nothing out of order.


async def test_an_update_is_confirmed_only_when_answered(stage: Stage) -> None:
    stage.desk.held[str(AN)] = asyncio.Event()
    number = stage.telegram.says(AN, "xin chào")
    async with stage.running():
        await stage.telegram.until(lambda: stage.telegram.polled.count(number) >= 2)
        assert stage.telegram.waiting == [number]
        stage.desk.held[str(AN)].set()
        await stage.telegram.confirms_all()
    assert stage.desk.asked == [str(number)]
    assert stage.telegram.sent == [Sent(AN, "Trả lời: xin chào")]


async def test_killed_while_the_desk_thinks_the_update_comes_again(stage: Stage) -> None:
    stage.desk.held[str(AN)] = asyncio.Event()
    number = str(stage.telegram.says(AN, "xin chào"))
    async with stage.running():
        await stage.telegram.until(lambda: stage.desk.asked == [number])
    stage.desk.held.clear()
    async with stage.running():
        await stage.telegram.confirms_all()
    assert stage.desk.asked == [number, number]
    assert stage.telegram.sent == [Sent(AN, "Trả lời: xin chào")]


@pytest.mark.parametrize(("fault", "told"), [(HANG, 1), (SILENT, 2)], ids=["before sending", "after sending"])
async def test_killed_around_sending_the_stored_answer_is_sent_again(stage: Stage, fault: Fault, told: int) -> None:
    number = str(stage.telegram.says(AN, "xin chào"))
    stage.telegram.fails("sendMessage", fault)
    async with stage.running():
        await stage.telegram.until(lambda: stage.telegram.failed == [fault] and len(stage.telegram.polled) > 1)
    assert stage.telegram.waiting == [int(number)]
    async with stage.running():
        await stage.telegram.confirms_all()
    assert stage.desk.asked == [number, number]
    assert len(stage.desk.heard) == 1
    assert stage.telegram.sent == [Sent(AN, "Trả lời: xin chào")] * told


async def test_a_slow_chat_delays_nobody_else(stage: Stage) -> None:
    stage.desk.held[str(AN)] = asyncio.Event()
    slow = stage.telegram.says(AN, "chậm")
    async with stage.running():
        for count in range(1, 4):
            stage.telegram.says(BINH, f"nhanh {count}")
            await stage.telegram.sends(count)
        assert stage.telegram.waiting[0] == slow
        stage.desk.held[str(AN)].set()
        await stage.telegram.confirms_all()
    assert [sent.text for sent in stage.telegram.sent] == [
        "Trả lời: nhanh 1",
        "Trả lời: nhanh 2",
        "Trả lời: nhanh 3",
        "Trả lời: chậm",
    ]
    assert len(stage.desk.asked) == 4


async def test_a_chat_is_answered_in_order_whatever_happens_in_between(stage: Stage) -> None:
    for count in range(5):
        stage.telegram.says(AN, f"câu {count}")
    stage.telegram.fails("sendMessage", None, BROKEN, FLOOD)
    async with stage.running():
        await stage.telegram.confirms_all()
    assert [sent.text for sent in stage.telegram.sent] == [f"Trả lời: câu {count}" for count in range(5)]
    assert stage.waited == [1, 7]


async def test_update_numbers_that_start_again_lower_are_heard_once(stage: Stage) -> None:
    stage.telegram.says(AN, "trước")
    async with stage.running():
        await stage.telegram.confirms_all()
        stage.telegram.quiet_week()
        for text in ("sau", "sau nữa"):
            stage.telegram.says(AN, text)
            await stage.telegram.confirms_all()
    assert [said.text for said in stage.desk.heard] == ["trước", "sau", "sau nữa"]
    assert len(stage.desk.asked) == 3


# What goes wrong.


async def test_one_who_blocked_the_bot_holds_up_nobody(stage: Stage) -> None:
    stage.telegram.says(AN, "xin chào")
    stage.telegram.blocked.add(AN)
    stage.telegram.says(BINH, "xin chào")
    async with stage.running():
        await stage.telegram.confirms_all()
    assert stage.telegram.sent == [Sent(BINH, "Trả lời: xin chào")]


async def test_a_refused_reply_does_not_swallow_the_next(stage: Stage) -> None:
    stage.desk.replies["ảnh"] = (Reply("Xem:", (Choice("Xem", ""),)), Reply("Còn đây là chữ."))
    stage.telegram.says(AN, "ảnh")
    async with stage.running():
        await stage.telegram.confirms_all()
    assert stage.telegram.sent == [Sent(AN, "Còn đây là chữ.")]


async def test_a_message_that_never_goes_through_is_given_up(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    number = stage.telegram.says(AN, "một")
    stage.telegram.fails("sendMessage", *[BROKEN] * 10)
    stage.telegram.says(AN, "hai")
    async with stage.running():
        await stage.telegram.confirms_all()
    assert stage.telegram.sent == [Sent(AN, "Trả lời: hai")]
    assert stage.waited == [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]
    assert f"Update {number} was not answered: Later." in caplog.text


async def test_a_broken_turn_is_logged_by_kind_and_the_next_is_answered(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    number = stage.telegram.says(AN, "hỏng")
    stage.telegram.says(AN, "xin chào")
    async with stage.running():
        await stage.telegram.confirms_all()
    assert stage.telegram.sent == [Sent(AN, "Trả lời: xin chào")]
    assert f"Update {number} was not answered: LookupError." in caplog.text
    assert "hỏng" not in caplog.text


async def test_a_poll_that_fails_is_tried_again_more_and_more_slowly(stage: Stage) -> None:
    faults = [BROKEN, BAD_GATEWAY, DROP, Fault(409, "Conflict: terminated by other getUpdates request"), FLOOD]
    stage.telegram.says(AN, "xin chào")
    stage.telegram.fails("getUpdates", *faults)
    async with stage.running():
        await stage.telegram.confirms_all()
    assert stage.waited == [1, 2, 4, 8, 7]
    assert stage.telegram.sent == [Sent(AN, "Trả lời: xin chào")]


async def test_a_token_refused_while_running_is_only_a_pause(stage: Stage) -> None:
    stage.telegram.says(AN, "một")
    async with stage.running():
        stage.telegram.fails("getUpdates", None, Fault(401, "Unauthorized"))
        await stage.telegram.confirms_all()
        stage.telegram.says(AN, "hai")
        await stage.telegram.sends(2)
    assert stage.waited == [1]


async def test_a_wrong_token_is_one_clear_sentence(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    wrong = "123456789:" + "b" * 35
    channel = stage.channel(token=wrong)
    await asyncio.wait_for(channel.run(), 5)
    with pytest.raises(Later):
        await channel.send(who(AN), "nhắc-1", Reply("Đến giờ ôn bài."))
    assert stage.waited == []
    assert [record.getMessage() for record in caplog.records] == [
        "Telegram does not accept the bot's token (401): take a new one from @BotFather and start again."
    ]


# The token stays secret.


async def test_the_token_is_in_no_log_and_no_exception(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    stage.telegram.fails("getUpdates", BAD_GATEWAY, None, DROP, Fault(404, f"Not Found: /bot{TOKEN}/getUpdates"))
    stage.telegram.says(AN, "bí mật của An")
    async with stage.running() as channel:
        for name in ("telegram", "telegram.Bot", "httpx", "httpcore", "aiogram", "aiohttp.client"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        await stage.telegram.until(lambda: len(stage.telegram.failed) == 3)
        seen = [repr(channel), str(vars(channel))]
        for fault in (DROP, BAD_GATEWAY, Fault(400, f"Bad Request: /bot{TOKEN}")):
            stage.telegram.fails("sendMessage", fault)
            with pytest.raises((Later, Refused)) as failure:
                await channel.send(who(AN), "nhắc-1", Reply("Đến giờ."))
            seen += traceback.format_exception(failure.value)
            seen += [repr(each) for each in chain(failure.value)]
    seen += [record.getMessage() + (record.exc_text or "") for record in caplog.records]
    assert len(caplog.records) >= 3
    assert SECRET not in "".join(seen)


def chain(error: BaseException | None) -> list[BaseException]:
    """The exception with all it was raised from or during."""
    if error is None:
        return []
    return [error, *chain(error.__cause__), *chain(error.__context__)]


async def test_an_unreachable_server_is_waited_for_without_its_address(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    stage.telegram.url = "http://127.0.0.1:1"
    async with stage.running() as channel:
        with pytest.raises(Later):
            await channel.send(who(AN), "nhắc-1", Reply("Đến giờ."))
        async with asyncio.timeout(5):
            while len(stage.waited) < 8:
                await asyncio.sleep(0.01)
    assert stage.waited[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert SECRET not in caplog.text


def test_settings_hide_the_token_and_know_its_shape() -> None:
    assert SECRET not in repr(TelegramSettings(TOKEN))
    for wrong in ("", "token", f"bot{SECRET}", f"{TOKEN} "):
        with pytest.raises(ValueError, match="@BotFather") as error:
            TelegramSettings(wrong)
        assert SECRET not in str(error.value)


# That aiogram brings no other library is a contract of import-linter: to load it here takes four seconds.
@pytest.mark.parametrize(("chosen", "other"), [("telegram_ptb", "aiogram"), ("telegram", "aiohttp")])
def test_only_the_chosen_library_is_loaded(chosen: str, other: str) -> None:
    program = f"import sys, bot.channels.{chosen}; sys.exit({other!r} in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# The parts that need no library.


def test_a_picture_is_told_in_words_with_its_address() -> None:
    picture = Media("picture", "https://example.vn/khoa.png", "Ổ khóa trên thanh địa chỉ")
    assert parts(Reply("Xem hình.", (Choice("Tiếp", "next"),), (picture,))) == [
        Part("Xem hình.\nỔ khóa trên thanh địa chỉ: https://example.vn/khoa.png", (Choice("Tiếp", "next"),))
    ]


def test_words_too_long_for_a_caption_follow_the_picture() -> None:
    card = Media("picture", "/media/wifi-1-ab.png", "Bước 1")
    long = Reply("Bước 1. " + "dài " * 300, (Choice("Tiếp", "next"),), (card,))
    picture, words = parts(long, {card: Path("card.png")})
    assert (picture.text, picture.media, picture.buttons) == ("Bước 1", card, ())
    assert (words.media, words.buttons) == (None, long.choices)


def test_the_offset_stays_at_the_oldest_unanswered() -> None:
    inbox, (first, second, third) = Inbox(), (Update(5), Update(6), Update(7))
    assert inbox.offset == 0
    assert inbox.fresh([first, second]) == [first, second]
    inbox.answered(second)
    assert inbox.offset == 5
    assert inbox.fresh([first, second, third]) == [third]
    inbox.answered(first)
    assert inbox.offset == 7
    inbox.answered(third)
    assert inbox.offset == 8
    assert inbox.fresh([]) == []
    assert inbox.offset == 8


# What Telegram shows beside the line where people write.


async def test_the_menu_of_commands_is_vietnamese_and_english_for_who_uses_english(stage: Stage) -> None:
    async with stage.running():
        stage.telegram.says(1, "chào")
        await stage.telegram.until(lambda: len(stage.telegram.commands) == 2)
    assert stage.telegram.commands == {"": [("giup", "Ghi một buổi giúp")], "en": [("log", "Log a session")]}


async def test_without_a_menu_of_commands_everything_else_works(stage: Stage) -> None:
    stage.telegram.fails("setMyCommands", BROKEN, BROKEN)
    async with stage.running():
        stage.telegram.says(1, "chào")
        assert [sent.text for sent in await stage.telegram.sends(1)] == ["Trả lời: chào"]


# A menu takes the place of the menu it was chosen in.

TOPICS, LESSONS = (
    Reply(text, (Choice("Điện thoại", "topic:phone"), Choice("Trang chính", "home")), menu=True)
    for text in ("Học về gì?", "Bài nào?")
)


async def test_a_menu_is_changed_and_not_repeated_while_it_is_the_newest_message(stage: Stage) -> None:
    stage.desk.replies = {"menu": (TOPICS,), "topic:phone": (LESSONS,), "home": (Reply("Một bài."), TOPICS)}
    async with stage.running():
        stage.telegram.says(1, "menu")
        await stage.telegram.sends(1)
        stage.telegram.presses(1, "topic:phone")
        await stage.telegram.confirms_all()
        assert [sent.text for sent in stage.telegram.sent] == ["Bài nào?"]
        stage.telegram.presses(1, "topic:phone")  # it says so already
        await stage.telegram.confirms_all()
        assert [sent.text for sent in stage.telegram.sent] == ["Bài nào?"]
        stage.telegram.presses(1, "home")  # more than a menu is said anew
        await stage.telegram.confirms_all()
        assert [sent.text for sent in stage.telegram.sent] == ["Bài nào?", "Một bài.", "Học về gì?"]


@pytest.mark.parametrize("between", ["words of theirs", "words of ours", "a restart", "deleted"])
async def test_a_menu_further_up_stays_as_it_is(stage: Stage, between: str) -> None:
    stage.desk.replies = {"menu": (TOPICS,), "topic:phone": (LESSONS,)}
    async with stage.running() as channel:
        stage.telegram.says(1, "menu")
        await stage.telegram.sends(1)
        if between == "words of theirs":
            stage.telegram.says(1, "chào")
            await stage.telegram.sends(2)
        if between == "words of ours":
            await channel.send(who(1), "key", Reply("Đến giờ học rồi ạ."))
        if between == "deleted":
            stage.telegram.numbers.clear()
        if between != "a restart":
            stage.telegram.presses(1, "topic:phone")
            await stage.telegram.until(lambda: stage.telegram.sent[-1].text == "Bài nào?")
        await stage.telegram.confirms_all()
    if between == "a restart":
        async with stage.running():
            stage.telegram.presses(1, "topic:phone")
            await stage.telegram.until(lambda: stage.telegram.sent[-1].text == "Bài nào?")
            await stage.telegram.confirms_all()
    assert stage.telegram.sent[0].text == "Học về gì?"
    assert stage.telegram.edits == 0


# Telegram calls us.

HOOK = "https://hocvuso.example.vn/hooks/telegram/bot"


@asynccontextmanager
async def called(stage: Stage) -> AsyncIterator[Hooked]:
    async with stage.running(hook_url=HOOK) as channel:
        await stage.telegram.until(lambda: stage.telegram.hook == HOOK)
        assert isinstance(channel, Hooked)
        yield channel


def update(text: str, number: int = 1) -> bytes:
    chat = {"id": 1, "type": "private", "first_name": "An"}
    message = {"message_id": number, "date": 1_790_000_000, "chat": chat, "from": {**chat, "is_bot": False}}
    return json.dumps({"update_id": number, "message": {**message, "text": text}}).encode()


GOOD = {"X-Telegram-Bot-Api-Secret-Token": "hook-secret"}


async def test_only_who_knows_the_secret_is_heard(stage: Stage) -> None:
    stage.telegram.join([1])
    async with called(stage) as channel:
        for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": ""}, {"X-Telegram-Bot-Api-Secret-Token": "hook-secre"}):
            assert await channel.hook("bot", headers, update("chào")) == 401
        assert await channel.hook("another", GOOD, update("chào")) == 404
        assert stage.desk.heard == []
        assert await channel.hook("bot", GOOD, update("chào")) == 200
    assert [sent.text for sent in stage.telegram.sent] == ["Trả lời: chào"]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{}", b'{"update_id": "x"}', b'{"update_id": 1, "message": {"date": "x"}}']
)
async def test_a_call_that_is_no_update_is_refused(stage: Stage, body: bytes) -> None:
    async with called(stage) as channel:
        assert await channel.hook("bot", GOOD, body) == 400


async def test_a_call_is_confirmed_only_once_it_is_answered(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telegram, "ANSWERED_WITHIN", 0.05)
    stage.telegram.join([1])
    stage.desk.held["1"] = asyncio.Event()
    async with called(stage) as channel:
        assert await channel.hook("bot", GOOD, update("chào")) == 503
        stage.desk.held["1"].set()
        await stage.telegram.sends(1)
        assert await channel.hook("bot", GOOD, update("chào")) == 200
        assert len(stage.telegram.sent) == 1


async def test_who_does_not_serve_takes_no_calls(stage: Stage) -> None:
    async with called(stage) as channel:
        pass
    assert await channel.hook("bot", GOOD, update("chào")) == 503


async def test_asking_for_updates_ends_a_hook_of_before(stage: Stage) -> None:
    stage.telegram.hook = HOOK
    async with stage.running():
        stage.telegram.says(1, "chào")
        await stage.telegram.sends(1)
    assert stage.telegram.hook == ""


# A proxy on the way.


@pytest.mark.parametrize("scheme", ["http", "socks5"])
async def test_the_way_may_lead_through_a_proxy(stage: Stage, scheme: str, caplog: pytest.LogCaptureFixture) -> None:
    async with Proxy(scheme) as proxy:
        async with stage.running(proxy=proxy.url):
            stage.telegram.says(1, "chào")
            assert [sent.text for sent in await stage.telegram.sends(1)] == ["Trả lời: chào"]
        assert proxy.passed > 0
    assert "proxy-secret" not in caplog.text
