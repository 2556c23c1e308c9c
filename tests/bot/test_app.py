"""Where everything meets."""

import asyncio
import logging

import pytest

from bot.app import App, log_failure
from bot.port import Incoming, Who
from bot.rules.pacing import MOST_WAITING
from bot.settings import load
from tests.handlers.test_log import SENTENCE
from tests.talk import School

pytestmark = pytest.mark.both_databases


@pytest.fixture
def app(school: School) -> App:
    return App(school.database, load(_env_file=None), now=lambda: school.now)


async def test_the_same_event_twenty_times_at_once_is_one_turn(school: School, app: App) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    tap = Incoming(an.who, "tap", choice=an.value("Đúng, ghi lại"))
    answers = await asyncio.gather(*(app.handle(tap) for _ in range(20)))
    assert len({answer.replies for answer in answers}) == 1
    assert [answer.repeated for answer in answers].count(False) == 1
    assert len(an.logs()) == 1


async def test_a_turn_that_breaks_is_rolled_back_told_politely_and_logged_without_its_words(
    school: School, app: App, caplog: pytest.LogCaptureFixture
) -> None:
    an = school.pupil("An")
    with school.database.transaction() as store:
        person = an.person(store)
        person.doing, person.memory = "log", "{broken: bí mật của An"
        store.remember(person)
    answer = await app.handle(Incoming(an.who, "tap", text="bà ngoại"))
    assert answer.failed
    assert "chưa ghi gì cả" in answer.replies[0].text
    assert "JSONDecodeError" in caplog.text
    assert "bí mật" not in caplog.text
    with school.database.transaction() as store:
        found = store.speaker(an.who.channel, an.who.address, "tap")
        assert found is not None
        assert found.heard is None


async def test_strangers_are_let_in_only_where_the_channel_says_so(school: School, app: App) -> None:
    stranger = Who("web", "nobody")
    assert (await app.handle(Incoming(stranger, "1", text="hi", known_only=True))).unknown_person
    assert not await app.known(stranger)
    assert "máy trả lời tự động" in (await app.handle(Incoming(stranger, "1", text="hi"))).replies[0].text
    assert await app.known(stranger)


async def test_a_code_fits_who_has_its_role_or_none(school: School, app: App) -> None:
    an = school.pupil("An")
    assert await app.fits(an.who, "PUPIL7A")
    assert await app.fits(an.who, "NOSUCHCODE")
    assert not await app.fits(an.who, "TEACHER7A")
    assert not await app.fits(an.who, "PUPIL7B")
    assert await app.fits(Who("web", "nobody"), "PUPIL7B")


@pytest.mark.sqlite_only
async def test_health_tells_when_the_database_is_gone(school: School, app: App) -> None:
    with school.database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE outbox")
    health = await app.health()
    assert (health["status"], health["database"]) == ("degraded", "down")


async def test_while_the_outbox_is_full_what_is_due_stays_due_and_health_tells(school: School, app: App) -> None:
    an = school.pupil("An")
    an.say("nhắc")
    an.tap("Thứ Bảy")
    an.tap("15:00")
    school.wait(days=2, hours=20)
    with school.database.transaction() as store:
        person = an.person(store).id
        row = {"person_id": person, "kind": "nudge", "about": "never:cô", "urgency": 2, "written_at": school.now}
        rows = [{**row, "key": f"row-{number}", "free_at": school.now} for number in range(MOST_WAITING)]
        store.write_outbox(rows)
    assert await app.tick() == 0
    assert (await app.health())["outbox"] == "full"
    with school.database.transaction() as store:
        store.drop(1, school.now, "dropped by the operator")
    assert await app.tick() == 1


def test_a_failure_is_logged_with_its_place_and_never_its_message(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    said = "".join(["mk của bà là ", "Lan", "1950"])
    try:
        raise ValueError(said)
    except ValueError as error:
        log_failure("Something broke", error)
    assert "ValueError" in caplog.text
    assert "test_app.py" in caplog.text
    assert "Lan1950" not in caplog.text
