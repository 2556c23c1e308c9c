"""The sender of the outbox."""

import asyncio
from datetime import timedelta

import pytest

from bot import turns
from bot.delivery import MOST_TRIES, Delivery
from bot.port import Later, Refused, Reply, Shut, Stopped, Who
from tests.talk import PLACE, School, Talk


class Recorder:
    """A channel that records what it is told to say, and fails on demand."""

    name = "web"

    def __init__(self, *failures: Exception) -> None:
        self.failures = list(failures)
        self.said: list[tuple[str, str]] = []

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.said.append((who.address, reply.text))

    async def open(self) -> None:
        pass

    async def run(self) -> None:
        await asyncio.Event().wait()


class Stuck(Recorder):
    """A channel that never comes back."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = asyncio.Event()
        self.gate = asyncio.Event()

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        self.reached.set()
        await self.gate.wait()


def nudged(school: School) -> Talk:
    chi = school.pupil("Chi")
    teacher = school.teacher()
    teacher.say("/lop")
    teacher.tap("Nhắc nhẹ Chi")
    return chi


def delivery(school: School, channel: Recorder) -> Delivery:
    return Delivery(school.database, {"web": channel}, lambda: school.now, PLACE)


async def test_a_row_is_sent_once_and_settled(school: School) -> None:
    chi = nudged(school)
    channel = Recorder()
    assert await delivery(school, channel).round() == 1
    assert await delivery(school, channel).round() == 0
    assert [address for address, _text in channel.said] == [chi.who.address]
    assert school.outbox() == [("sent", "")]


async def test_later_is_tried_again_after_that_long(school: School) -> None:
    nudged(school)
    channel = Recorder(Later(timedelta(minutes=5)))
    await delivery(school, channel).round()
    assert await delivery(school, channel).round() == 0
    school.wait(minutes=5)
    await delivery(school, channel).round()
    assert len(channel.said) == 1


async def test_refused_is_a_named_failure(school: School) -> None:
    nudged(school)
    await delivery(school, Recorder(Refused("the text is too strange"))).round()
    assert school.outbox() == [("failed", "the text is too strange")]


async def test_where_nothing_more_may_be_said_another_channel_is_asked_until_it_can(school: School) -> None:
    chi = nudged(school)
    zalo = school.stranger("chi", "zalo_bot")
    zalo.say("xin chào")
    with school.database.transaction() as store:
        store.unite(chi.person(store).id, zalo.person(store).id, school.now)
        store.prefer(chi.person(store).id, zalo.person(store).who_id)
    shut, web = Recorder(Shut("the month is used up"), Shut("still")), Recorder(Later(timedelta(minutes=5)))
    sender = Delivery(school.database, {"web": web, "zalo_bot": shut}, lambda: school.now, PLACE)
    await sender.round()
    assert school.outbox() == [("waiting", "the month is used up; web: try again after 0:05:00")]
    school.wait(minutes=5)
    await sender.round()
    assert [address for address, _text in web.said] == [chi.who.address]
    assert school.outbox() == [("sent", "through web: still")]


async def test_who_blocked_us_is_written_to_no_more_until_they_write(school: School) -> None:
    chi = nudged(school)
    await delivery(school, Recorder(Stopped("blocked"))).round()
    assert school.outbox() == [("stopped", "the person blocked us there")]
    with school.database.transaction() as store:
        assert chi.person(store).stopped_at is not None
    chi.say("/help")
    with school.database.transaction() as store:
        assert chi.person(store).stopped_at is None


async def test_after_some_tries_a_row_fails_with_its_cause(school: School) -> None:
    nudged(school)
    channel = Recorder(*(OSError() for _ in range(MOST_TRIES)))
    for _ in range(MOST_TRIES):
        await delivery(school, channel).round()
        school.wait(hours=2)
    assert school.outbox() == [("failed", "OSError")]


async def test_a_sender_that_died_leaves_its_row_to_the_next(school: School) -> None:
    nudged(school)
    stuck = Stuck()
    killed = asyncio.ensure_future(delivery(school, stuck).round())
    await stuck.reached.wait()
    killed.cancel()
    with pytest.raises(asyncio.CancelledError):
        await killed
    channel = Recorder()
    assert await delivery(school, channel).round() == 0
    school.wait(minutes=3)
    assert await delivery(school, channel).round() == 1
    assert len(channel.said) == 1


async def test_a_channel_that_is_not_running_is_a_named_failure(school: School) -> None:
    nudged(school)
    await Delivery(school.database, {}, lambda: school.now, PLACE).round()
    assert school.outbox() == [("failed", "the channel web is not running")]


async def test_a_slow_channel_does_not_hold_up_another(school: School) -> None:
    for channel in ("web", "slow"):
        talk = school.pupil(f"An{channel}", channel=channel)
        talk.say("nhắc")
        talk.tap("Thứ Bảy")
        talk.tap("15:00")
    school.wait(days=2, hours=20)
    fast, slow = Recorder(), Stuck()
    with school.database.transaction() as store:
        turns.tick(store, school.now)
    sender = Delivery(school.database, {"web": fast, "slow": slow}, lambda: school.now, PLACE)
    going = asyncio.ensure_future(sender.round())
    for _ in range(100):
        await asyncio.sleep(0.01)
        if fast.said:
            break
    assert len(fast.said) == 1
    slow.gate.set()
    await going
