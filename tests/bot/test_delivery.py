"""The sender of the outbox."""

import asyncio
from datetime import timedelta

import pytest

from bot import turns
from bot.delivery import Delivery
from bot.port import Later, Pace, Refused, Reply, Shut, Stopped, Who
from bot.rules.retrying import LONGEST, MOST_TRIES
from tests.talk import PLACE, School, Talk

pytestmark = pytest.mark.both_databases


class Recorder:
    """A channel that records what it is told to say, and fails on demand."""

    pace = Pace()

    def __init__(self, *failures: Exception, name: str = "web") -> None:
        self.name = name
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

    def __init__(self, name: str = "web") -> None:
        super().__init__(name=name)
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


def nudge(school: School, pupils: list[Talk], urgency: int = 1) -> None:
    """A row for each, as a teacher's nudge writes it."""
    with school.database.transaction() as store:
        store.write_outbox(
            [
                {
                    "key": f"nudge:{pupil.who.address}",
                    "person_id": pupil.person(store).id,
                    "kind": "nudge",
                    "about": "never:cô",
                    "urgency": urgency,
                    "free_at": school.now,
                    "written_at": school.now,
                }
                for pupil in pupils
            ]
        )


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
    school.wait(minutes=4, seconds=59)
    assert await delivery(school, channel).round() == 0
    school.wait(seconds=31)  # a tenth more at most, so that not everybody comes back at once
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
    shut = Recorder(Shut("the month is used up"), Shut("still"), name="zalo_bot")
    web = Recorder(Later(timedelta(minutes=5)))
    sender = Delivery(school.database, {"web": web, "zalo_bot": shut}, lambda: school.now, PLACE)
    await sender.round()  # it was written before she preferred Zalo: the web's lane hands it over
    await sender.round()
    assert school.outbox() == [("waiting", "the month is used up; web: the channel asked to wait")]
    school.wait(minutes=10)
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
    for _ in range(MOST_TRIES + 10):  # ten hours are night
        await delivery(school, channel).round()
        school.wait(seconds=LONGEST.total_seconds())
    assert school.outbox() == [("failed", "OSError")]
    assert channel.failures == []


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


async def test_a_row_of_a_channel_that_does_not_run_here_waits_for_a_process_that_runs_it(school: School) -> None:
    nudged(school)
    assert await Delivery(school.database, {"fax": Recorder(name="fax")}, lambda: school.now, PLACE).round() == 0
    assert school.outbox() == [("waiting", "")]
    assert await delivery(school, Recorder()).round() == 1


async def test_what_became_pointless_between_two_tries_is_dropped(school: School) -> None:
    chi = nudged(school)
    await delivery(school, Recorder(OSError())).round()
    chi.say("dừng nhắc")
    school.wait(minutes=5)
    assert await delivery(school, Recorder()).round() == 0
    assert school.outbox() == [("dropped", "the person stopped reminders")]


async def test_who_moved_to_another_channel_is_written_to_there(school: School) -> None:
    chi = nudged(school)
    with school.database.transaction() as store:
        person = chi.person(store)
        store.stopped(person.who_id, school.now)
        store.add_who("zalo", "chi-zalo", person.id)
    zalo = Recorder(name="zalo")
    channels = {"web": Recorder(), "zalo": zalo}
    sender = Delivery(school.database, channels, lambda: school.now, PLACE)
    assert await sender.round() + await sender.round() == 1
    assert [address for address, _text in zalo.said] == ["chi-zalo"]


async def test_whom_no_channel_reaches_is_stopped(school: School) -> None:
    chi = nudged(school)
    with school.database.transaction() as store:
        store.stopped(chi.person(store).who_id, school.now)
    assert await delivery(school, Recorder()).round() == 0
    assert school.outbox() == [("stopped", "no channel reaches the person")]


async def test_when_the_channel_wants_rest_nobody_is_written_to_until_then(school: School) -> None:
    pupils = [school.pupil(name) for name in ("An", "Bình", "Chi")]
    nudge(school, pupils)
    channel = Recorder(Later(timedelta(seconds=40), everyone=True))
    channel.pace = Pace(per_second=100, at_once=1)
    assert await delivery(school, channel).round() == 3  # the first is told so, and the others go back
    assert channel.said == []
    school.wait(seconds=30)
    assert await delivery(school, channel).round() == 0
    school.wait(seconds=15)
    assert await delivery(school, channel).round() == 3
    assert len(channel.said) == 3


def test_the_moments_of_a_channel_are_booked_once_whoever_books(school: School) -> None:
    step, soon = timedelta(seconds=0.04), school.now + timedelta(seconds=1)
    booked = []
    for now in (school.now, school.now, school.now + step * 10):
        with school.database.transaction() as store:
            booked.append(store.book("web", now, step, soon))
    assert booked == [school.now, school.now + step, school.now + step * 10]
    with school.database.transaction() as store:
        store.take_line("web", soon + step)
        assert store.book("web", school.now, step, soon) == store.line_free_at("web") == soon + step
        assert store.book("fax", school.now, step, soon) == school.now


async def test_answers_overtake_bulk(school: School) -> None:
    pupils = [school.pupil(name) for name in ("An", "Bình", "Chi")]
    nudge(school, pupils[:2], urgency=2)
    nudge(school, pupils[2:], urgency=0)
    channel = Recorder()
    channel.pace = Pace(at_once=1)
    assert await delivery(school, channel).round() == 3
    assert [address for address, _text in channel.said] == [talk.who.address for talk in (pupils[2], *pupils[:2])]


async def test_a_claim_that_ran_out_is_not_sent(school: School) -> None:
    nudge(school, [school.pupil(name) for name in ("An", "Chi")])
    channel = Stuck()
    channel.pace = Pace(at_once=1)
    going = asyncio.ensure_future(delivery(school, channel).round())
    await channel.reached.wait()
    school.wait(minutes=3)
    channel.gate.set()
    assert await going == 2
    assert [state for state, _reason in school.outbox()] == ["sent", "waiting"]


async def test_a_slow_channel_does_not_hold_up_another(school: School) -> None:
    for channel in ("web", "slow"):
        talk = school.pupil(f"An{channel}", channel=channel)
        talk.say("nhắc")
        talk.tap("Thứ Bảy")
        talk.tap("15:00")
    school.wait(days=2, hours=20)
    fast, slow = Recorder(), Stuck("slow")
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
