"""One contract for every channel: the same conversation, and the same names for what goes wrong."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from bot.media.shelf import put
from bot.port import Choice, Media, Reply, Stopped
from tests.bot.channels.faults import SILENT
from tests.bot.channels.stages import (
    PATIENCE,
    AiogramHookStage,
    AiogramStage,
    ConsoleStage,
    PtbHookStage,
    PtbStage,
    Seen,
    Stage,
    WebStage,
    ZaloBotStage,
    ZaloOaStage,
    long_reply,
)
from tests.handlers.test_log import SENTENCE
from tests.talk import School

MESSENGERS: tuple[type[Stage], ...] = (PtbStage, AiogramStage, ZaloBotStage, ZaloOaStage)
WITH_EVENTS: tuple[type[Stage], ...] = (*MESSENGERS, PtbHookStage, AiogramHookStage, WebStage)
# Where the messenger calls us, events may come in any order; where it hides people, their words do not come at all.
CALLED: tuple[type[Stage], ...] = (PtbHookStage, AiogramHookStage, ZaloBotStage, ZaloOaStage)
HIDING: tuple[type[Stage], ...] = (ZaloBotStage,)
EVERY: tuple[type[Stage], ...] = (*WITH_EVENTS, ConsoleStage)
FAILING = [(kind, name) for kind in MESSENGERS for name in kind.failing]


def on(*kinds: type[Stage]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("stage", kinds, indirect=True, ids=lambda kind: kind.__name__)


@pytest.fixture
async def stage(request: pytest.FixtureRequest, school: School, tmp_path: Path) -> AsyncIterator[Stage]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(request.param(school, tmp_path / "media").open())


# What people say.


@on(*EVERY)
async def test_words_are_answered(stage: Stage) -> None:
    await stage.says("An", "xin chào")
    seen = await stage.sees("An", "bạn là ai")
    assert [label for label, _value in seen.choices][:2] == ["Em là học sinh", "Tôi muốn học"]


@on(*EVERY)
async def test_a_choice_is_made_by_its_button_or_its_number(stage: Stage) -> None:
    await stage.learner()
    await stage.chooses("An", "Học bài")
    await stage.sees("An", "Bà muốn học về gì")


@on(*EVERY)
@pytest.mark.parametrize("typed", ["2", "số 2", "2.", "Tôi muốn học", "toi muon hoc"])
async def test_a_choice_is_made_by_typing_its_number_or_its_words(stage: Stage, typed: str) -> None:
    await stage.says("An", "xin chào")
    await stage.sees("An", "bạn là ai")
    await stage.says("An", typed)
    await stage.sees("An", "Gọi thế nào")


@on(*EVERY)
async def test_a_number_that_nobody_offered_chooses_nothing(stage: Stage) -> None:
    await stage.learner()
    await stage.says("An", "9")
    await stage.sees("An", "chưa hiểu ý")


@on(*EVERY)
async def test_a_number_after_half_an_hour_opens_nothing(stage: Stage) -> None:
    await stage.learner()
    stage.school.wait(minutes=31)
    await stage.says("An", "1")
    await stage.sees("An", "chưa hiểu ý")


@on(*[kind for kind in WITH_EVENTS if kind.has_buttons])
async def test_a_choice_that_was_never_offered_changes_nothing(stage: Stage) -> None:
    await stage.learner()
    await stage.presses("An", "erase:yes")
    await stage.sees("An", "Nút này cũ rồi")
    await stage.says("An", "1")
    await stage.sees("An", "Bà muốn học về gì")


@on(*[kind for kind in WITH_EVENTS if kind.has_buttons])
async def test_somebody_elses_choice_is_not_ones_own(stage: Stage) -> None:
    await stage.pupil("An")
    await stage.says("An", SENTENCE)
    asked = await stage.sees("An", "Em ghi:")
    await stage.pupil("Bình")
    await stage.presses("Bình", dict(asked.choices)["Đúng, ghi lại"])
    await stage.sees("Bình", "Nút này cũ rồi")


@on(*MESSENGERS)
async def test_a_picture_from_a_person_is_not_kept_and_kindly_answered(stage: Stage) -> None:
    await stage.learner()
    await stage.shows("An")
    await stage.sees("An", "chưa xem được ảnh")


# What the bot says.


@on(*MESSENGERS)
async def test_a_long_text_is_cut_at_sentences_and_the_choices_stand_last(stage: Stage) -> None:
    await stage.says("An", "xin chào")
    await stage.sees("An", "bạn là ai")
    before = len(stage.seen("An"))
    said = long_reply((Choice("Đã hiểu", "home"),))
    await stage.channel.send(stage.who("An"), "key", said)
    parts = stage.seen("An")[before:]
    assert len(parts) > 1
    told = " ".join(part.text for part in parts).partition("\n1. ")[0]
    assert told == said.text
    assert all(part.text.endswith("🙂.") for part in parts[:-1])
    assert all(len(part.text.encode("utf-16-le")) // 2 <= stage.most_units for part in parts)
    assert [[label for label, _value in part.choices] for part in parts] == [[]] * (len(parts) - 1) + [["Đã hiểu"]]


@on(*WITH_EVENTS)
async def test_a_picture_of_ours_is_shown_with_its_words(stage: Stage) -> None:
    put(stage.media / "wifi-1-ab.png", b"7 bytes")
    card = Media("picture", "/media/wifi-1-ab.png", "Bước 1/4. Mở Cài đặt.")
    seen = await _sent(stage, Reply("Bước 1/4. Mở Cài đặt.", (Choice("Tiếp", "home"),), (card,)))
    assert len(seen) == (2 if isinstance(stage, ZaloOaStage) else 1)  # there, buttons stand under words alone
    assert seen[-1].text.startswith("Bước 1/4. Mở Cài đặt.")
    assert [label for label, _value in seen[-1].choices] == ["Tiếp"]
    assert "7 bytes" in seen[0].file or "wifi-1-ab.png" in seen[0].file


@on(*WITH_EVENTS)
async def test_what_is_not_there_is_told_in_words(stage: Stage) -> None:
    gone = Media("picture", "/media/wifi-9-ef.png", "Hình bánh răng")
    voice = Media("voice", "/media/wifi-9-ef.mp3", "Nghe bước 9")
    seen = await _sent(stage, Reply("Bước 9.", (), (gone, voice)))
    assert seen[-1].text == "Bước 9.\nHình bánh răng\nNghe bước 9"


@on(*WITH_EVENTS)
async def test_a_voice_of_ours_is_heard_in_the_form_the_channel_takes(stage: Stage) -> None:
    for suffix in ("mp3", "ogg", "aac"):
        put(stage.media / f"wifi-1-ab.{suffix}", b"7 bytes")
    seen = await _sent(stage, Reply("Bước 1.", (), (Media("voice", "/media/wifi-1-ab.mp3", "Nghe bước 1"),)))
    heard = "".join(one.file for one in seen) or seen[0].text
    if isinstance(stage, ZaloOaStage):  # an Official Account sends no voices
        assert "Nghe bước 1" in heard
    else:
        assert heard in ("voice: 7 bytes", "audio of 7 bytes", "voice: /media/wifi-1-ab.mp3")
    assert any(one.text.startswith("Bước 1.") for one in seen)


@on(*WITH_EVENTS)
async def test_a_page_of_ours_comes_as_a_file_or_as_an_address(stage: Stage) -> None:
    put(stage.media / "wifi-lesson-cd.pdf", b"7 bytes")
    seen = await _sent(stage, Reply("Đây ạ.", (), (Media("document", "/media/wifi-lesson-cd.pdf", "Bản in"),)))
    told = " ".join(one.text + one.file for one in seen)
    assert "Bản in" in told
    assert any(file in told for file in ("document: 7 bytes", "file of 7 bytes", "wifi-lesson-cd.pdf"))


async def _sent(stage: Stage, reply: Reply) -> list[Seen]:
    """What somebody sees of something said unasked."""
    await stage.says("An", "xin chào")
    await stage.sees("An", "bạn là ai")
    before = len(stage.seen("An"))
    await stage.channel.send(stage.who("An"), "key", reply)
    if isinstance(stage, WebStage):
        await stage.fetch()
    return stage.seen("An")[before:]


# Nothing lost, nothing doubled.


@on(*WITH_EVENTS)
async def test_the_same_event_twice_is_one_turn(stage: Stage) -> None:
    await stage.pupil()
    await stage.says("An", SENTENCE)
    await stage.sees("An", "Em ghi:")
    event = await stage.chooses("An", "Đúng, ghi lại")
    await stage.sees("An", "Đã ghi ✅")
    await stage.again("An", event)
    with stage.school.database.transaction() as store:
        speaker = store.speaker(stage.who("An").channel, stage.who("An").address, "")
        assert speaker is not None
        assert len(store.own_logs(speaker.id)) == 1


@on(*CALLED)
async def test_events_in_the_wrong_order_are_each_answered_once(stage: Stage) -> None:
    await stage.pupil()
    first, second = stage.writes("An", "trợ giúp"), stage.writes("An", "sổ của em")
    for event in (second, first, second):
        await stage.again("An", event)
    for words in ("Dừng nhắc", "Sổ của em còn trống"):
        await stage.sees("An", words)
        assert sum(words in one.text for one in stage.seen("An")) == 1, words


@on(*HIDING)
async def test_whoever_the_messenger_hides_gets_a_way_on(stage: Stage) -> None:
    await stage.is_hidden("An")
    assert "/?join=" in (await stage.sees("An", "giữ kín")).text


@on(*WITH_EVENTS)
async def test_a_restart_between_question_and_answer_changes_nothing(stage: Stage) -> None:
    await stage.pupil()
    await stage.says("An", SENTENCE)
    await stage.sees("An", "Em ghi:")
    await stage.restart()
    await stage.chooses("An", "Đúng, ghi lại")
    await stage.sees("An", "Đã ghi ✅")


@on(*WITH_EVENTS)
async def test_who_asked_to_be_reminded_is_reminded(stage: Stage) -> None:
    await stage.pupil()
    await stage.says("An", "nhắc")
    await stage.chooses("An", "Thứ Bảy")
    await stage.sees("An", "mấy giờ thì tiện")
    await stage.says("An", "15:00")
    await stage.sees("An", "Lần đầu: thứ Bảy")
    stage.school.wait(days=2, hours=20)
    if isinstance(stage, ZaloOaStage):  # there, who has been silent for two days is told nothing for free
        await stage.says("An", "menu")
    await stage.deliver()
    await stage.sees("An", "tuần này em giúp ai chưa?")


# What goes wrong.


@pytest.mark.parametrize(
    ("stage", "name"), FAILING, indirect=["stage"], ids=lambda one: one if isinstance(one, str) else one.__name__
)
async def test_what_goes_wrong_has_one_of_three_names(stage: Stage, name: str) -> None:
    failing = stage.failing[name]
    await stage.says("An", "xin chào")
    await stage.sees("An", "bạn là ai")
    if failing.fault is SILENT:  # the one that is waited for
        stage.patience = PATIENCE / 4
        await stage.restart()
    stage.fails(failing.fault)
    with pytest.raises(failing.failure) as failure:
        await stage.channel.send(stage.who("An"), "key", Reply("Đến giờ ôn bài."))
    assert type(failure.value) is failing.failure
    arrived = [one for one in stage.seen("An") if "ôn bài" in one.text]
    assert len(arrived) == failing.arrived


@on(*MESSENGERS)
async def test_who_blocked_us_is_written_to_no_more(stage: Stage) -> None:
    await stage.says("An", "xin chào")
    await stage.sees("An", "bạn là ai")
    stage.leaves("An")
    with pytest.raises(Stopped):
        await stage.channel.send(stage.who("An"), "key", Reply("Đến giờ ôn bài."))
