"""One turn inside one transaction."""

import pytest

from bot import turns
from bot.port import Incoming
from db.store import Store
from tests.handlers.test_log import SENTENCE
from tests.talk import PLACE, School

pytestmark = pytest.mark.both_databases


def test_the_same_event_again_gets_the_same_answer_and_no_second_effect(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    first = an.tap("Đúng, ghi lại", event_id="tap")
    an.replies = an.answers[-2].replies
    assert an.tap("Đúng, ghi lại", event_id="tap") == first
    assert an.answer.repeated
    assert len(an.logs()) == 1


def test_one_event_id_of_two_people_is_two_events(school: School) -> None:
    an, binh = school.pupil("An"), school.pupil("Bình")
    an.say("/so", event_id="same")
    binh.say("/so", event_id="same")
    assert not binh.answer.repeated


@pytest.mark.parametrize(
    "value", ["nonsense", "save:00000000", "nudge:1:never", "lesson:chu-to-hon", "week:0", "", ":::"]
)
def test_a_choice_that_was_never_offered_changes_nothing(school: School, value: str) -> None:
    an = school.pupil("An")
    an.say("/nhac")
    labels = an.labels
    assert "cũ rồi" in an.choose(value, event_id="odd")
    assert an.answer.unknown_choice
    with school.database.transaction() as store:
        assert an.person(store).heard is None
    assert an.say("1")
    assert labels[0] == "Thứ Bảy"


def test_a_turn_that_breaks_leaves_no_trace(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    said = Incoming(an.who, "tap", choice=an.value("Đúng, ghi lại"))
    with school.database.engine.connect() as connection, connection.begin():
        turns.answer(Store(connection), said, school.now, PLACE)
        connection.rollback()
    assert an.logs() == []
    an.tap("Đúng, ghi lại", event_id="tap")
    assert not an.answer.repeated
    assert len(an.logs()) == 1


def test_two_ticks_at_once_write_one_reminder(school: School) -> None:
    an = school.pupil("An")
    an.say("nhắc")
    an.tap("Thứ Bảy")
    an.tap("15:00")
    school.wait(days=2, hours=20)
    with school.database.transaction() as store:
        due = store.due(school.now, 10)
        row = turns._outbox_row(due[0], school.now)
        store.write_outbox([row])
        store.write_outbox([row])
        assert store.is_in_outbox(str(row["key"]))
        assert len(store.outbox()) == 1


def test_a_row_that_was_worded_says_the_same_on_a_second_try(school: School) -> None:
    chi = school.pupil("Chi")
    teacher = school.teacher()
    teacher.say("/lop")
    teacher.tap("Nhắc nhẹ Chi")
    with school.database.transaction() as store:
        ((_sending, first),) = turns.claim(store, school.now, 10, PLACE)
    with school.database.transaction() as store:
        assert turns.claim(store, school.now, 10, PLACE) == []
    chi.say("/ngonngu")
    chi.tap("English")
    school.wait(minutes=3)
    with school.database.transaction() as store:
        ((_sending, second),) = turns.claim(store, school.now, 10, PLACE)
    assert second == first


def test_messages_to_one_person_keep_their_order(school: School) -> None:
    chi = school.pupil("Chi")
    with school.database.transaction() as store:
        person = chi.person(store).id
        row = {
            "person_id": person,
            "kind": "nudge",
            "about": "never:cô",
            "urgency": 1,
            "free_at": school.now,
            "written_at": school.now,
        }
        store.write_outbox([{**row, "key": "one"}, {**row, "key": "two"}])
    with school.database.transaction() as store:
        ((sending, _reply),) = turns.claim(store, school.now, 10, PLACE)
        assert sending.key == "one"
        store.settle(sending, "sent", school.now)
    with school.database.transaction() as store:
        assert [sending.key for sending, _reply in turns.claim(store, school.now, 10, PLACE)] == ["two"]


def test_a_row_that_cannot_be_worded_fails_alone(school: School) -> None:
    chi, an = school.pupil("Chi"), school.pupil("An")
    with school.database.transaction() as store:
        row = {"about": "never:cô", "urgency": 1, "free_at": school.now, "written_at": school.now}
        store.write_outbox(
            [
                {**row, "key": "odd", "kind": "no such kind", "person_id": chi.person(store).id},
                {**row, "key": "good", "kind": "nudge", "person_id": an.person(store).id},
            ]
        )
    assert [address for address, _reply in school.deliver()] == [an.who.address]
    assert school.outbox() == [("failed", "it could not be worded: KeyError"), ("sent", "")]
