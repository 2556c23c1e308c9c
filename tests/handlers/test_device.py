"""Several people on one phone."""

import pytest

from tests.handlers.test_log import SENTENCE
from tests.talk import School, Talk

WHO = "Ai đang dùng máy ạ?"
BA = "người học (bà)"


@pytest.fixture
def phone(school: School) -> Talk:
    """The mother's phone: An joined on it, then the grandmother took it, and the evening is over."""
    talk = school.pupil("An", channel="zalo_bot")
    talk.say("đổi người")
    assert talk.labels == ["An", "Người khác"]
    assert "bạn là ai" in talk.tap("Người khác")
    talk.tap("Tôi muốn học")
    talk.tap("Bà")
    school.wait(hours=12)
    return talk


@pytest.mark.parametrize("typed", ["đổi người", "doi nguoi", "Ai đang dùng máy?", "/doinguoi", "switch person"])
def test_it_can_be_asked_for(school: School, typed: str) -> None:
    assert WHO in school.pupil("An").say(typed)


def test_next_day_it_is_asked_who_it_is_and_what_was_said_is_answered_then(phone: Talk) -> None:
    assert phone.say(SENTENCE) == WHO
    assert phone.labels == ["An", BA, "Người khác"]
    assert "Em ghi:" in phone.tap("An")
    phone.tap("Đúng, ghi lại")
    assert len(phone.logs()) == 1


def test_it_is_remembered_for_the_evening(school: School, phone: Talk) -> None:
    phone.say("menu")
    phone.say("2")
    assert "Bà muốn làm gì ạ?" in phone.replies[-1].text
    school.wait(hours=4)
    assert "Bà muốn học về gì ạ?" in phone.say("học bài")
    school.wait(hours=2)
    assert phone.say("học bài") == WHO


def test_the_one_does_not_write_into_the_others_book(phone: Talk) -> None:
    phone.say(SENTENCE)
    assert "Sổ ghi buổi giúp là của học sinh" in phone.tap(BA)
    assert phone.logs() == []


def test_who_erases_their_data_leaves_the_letters_of_the_others(school: School) -> None:
    talk = school.pupil("An")
    with school.database.transaction() as store:
        an = talk.person(store).id
    talk.say("đổi người")
    for label in ("Người khác", "Tôi muốn học", "Bà"):
        talk.tap(label)
    with school.database.transaction() as store:
        for key, person_id in (("an", an), ("ba", talk.person(store).id)):
            row = {"key": key, "person_id": person_id, "kind": "nudge", "about": "", "urgency": 1}
            store.write_outbox([{**row, "free_at": school.now, "written_at": school.now}])
            store.keep_letter(talk.who.channel, talk.who.address, key, f"for {key}", school.now)
    talk.say("xóa hết dữ liệu")
    talk.tap("Xóa hết")
    with school.database.transaction() as store:
        assert [letter for _id, letter in store.letters(talk.who.channel, talk.who.address, None)] == ["for an"]


def test_a_secret_that_waits_is_masked(school: School, phone: Talk) -> None:
    phone.say("mã OTP của bà là 482913")
    with school.database.transaction() as store:
        assert "482913" not in store.what_waits(phone.person(store).who_id)
        assert "OTP" in store.what_waits(phone.person(store).who_id)


def test_a_reminder_says_for_whom_it_is_and_its_button_asks_who_presses(school: School, phone: Talk) -> None:
    phone.say("nhắc")
    phone.tap("An")
    phone.tap("Thứ Bảy")
    phone.tap("15:00")
    phone.say("đổi người")
    phone.tap(BA)
    school.wait(days=2, hours=8)
    told = phone.receive()
    assert told.startswith("Gửi An:\nAn ơi, tuần này em giúp ai chưa?")
    label = phone.labels[0]
    assert phone.tap(label) == WHO
    answer = phone.tap("An")
    assert answer
    assert WHO not in answer
    assert "cũ rồi" not in answer


def test_somebody_who_is_not_of_this_phone_cannot_be_chosen(school: School, phone: Talk) -> None:
    binh = school.pupil("Bình")
    with school.database.transaction() as store:
        other = binh.person(store).id
        mine = phone.person(store)
        mine.menu = mine.menu.replace('"home"', f'"here:{other}"')
        store.remember(mine)
    phone.say("menu")
    phone.choose(f"here:{other}")
    with school.database.transaction() as store:
        assert phone.person(store).id != other


def test_a_phone_of_one_s_own_is_never_asked(school: School) -> None:
    an = school.pupil("An")
    school.wait(days=3)
    assert "Em ghi:" in an.say(SENTENCE)


def test_erasing_one_leaves_the_other(school: School, phone: Talk) -> None:
    phone.say("menu")
    phone.tap("An")
    phone.say("/xoadulieu")
    phone.tap("Xóa hết")
    school.wait(hours=12)
    phone.say("menu")
    assert phone.labels == [BA, "Người khác"]
    assert "Bà muốn làm gì ạ?" in phone.tap(BA)
