"""Cards to join: one a pupil, good once, renewed when lost, and guessed by nobody."""

from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import insert

from bot import turns
from bot.media.shelf import Shelf
from bot.rules import codes
from db.models import Invitation, Person
from handlers import start
from handlers.turn import Turn
from tests.examples import MOST
from tests.handlers.test_class_list import THREE, imported
from tests.lists import pupils
from tests.talk import PLACE, School, Talk


def cards(school: School) -> dict[str, str]:
    """The unused cards of 7A: pupil code to card code."""
    with school.database.transaction() as store:
        return {pupil.code: card.code for pupil, card in store.join_cards(school.room)}


@pytest.fixture
def teacher(school: School) -> Talk:
    teacher = school.teacher()
    imported(teacher, THREE)
    teacher.tap("In thẻ vào lớp")
    return teacher


def joins(school: School, code: str, phone: str = "phone") -> Talk:
    """A pupil with a card, up to both consents."""
    talk = school.stranger(phone)
    talk.join(code)
    talk.tap("Em đồng ý")
    talk.tap("Tôi là phụ huynh, tôi đồng ý")
    return talk


def test_the_cards_come_as_a_document_or_in_words_where_nothing_can_be_drawn(
    school: School, teacher: Talk, tmp_path: Path
) -> None:
    assert "3 thẻ vào Lớp 7A, mỗi em một thẻ, dùng một lần." in teacher.say("/the")
    assert f"HS01 Bống: {codes.spaced(cards(school)['HS01'])}" in teacher.replies[0].text
    school.place = turns.Place("vi", PLACE.public_url, Shelf(tmp_path / "media"))
    said = teacher.say("thẻ vào lớp")
    (document,) = teacher.replies[0].media
    assert (document.kind, document.alt) == ("document", "Thẻ vào lớp để in (PDF)")
    assert "Tệp mở được trong 2 giờ" in said
    assert cards(school)["HS01"] not in said + document.url


def test_a_card_brings_its_pupil_into_class_once(school: School, teacher: Talk) -> None:
    code = cards(school)["HS01"]
    bong = joins(school, code)
    assert "Ghi buổi giúp" in bong.labels
    with school.database.transaction() as store:
        assert bong.person(store).nickname == "Bống"
        mine = store.listed_of(bong.person(store).id, school.room)
        assert mine is not None
        assert mine.code == "HS01"
    assert "không đúng hoặc đã hết hạn" in school.stranger("thief").join(code)
    assert "Chào em" in bong.join(code), "the own card, scanned again, is no wrong code"
    assert "2 thẻ vào Lớp 7A" in teacher.say("/the")
    assert "1 em đã vào lớp" in teacher.say("/the")


def test_a_card_is_used_only_when_both_have_agreed(school: School, teacher: Talk) -> None:
    code = cards(school)["HS01"]
    bong = school.stranger("phone")
    bong.join(code)
    bong.tap("Em không đồng ý")
    assert "Em có đồng ý không" in school.stranger("again").join(code)


def test_who_has_no_nickname_in_the_list_chooses_one(school: School, teacher: Talk) -> None:
    chi = school.stranger("phone")
    assert "Em muốn mình gọi em là gì" in chi.join(cards(school)["HS03"])
    chi.say("Chi")
    chi.tap("Em đồng ý")
    chi.tap("Tôi là phụ huynh, tôi đồng ý")
    with school.database.transaction() as store:
        assert [one.nickname for one in store.listed(school.room)] == ["Bống", "Bang", "Chi"]


def test_a_code_is_typed_as_it_is_printed(school: School, teacher: Talk) -> None:
    talk = school.stranger("phone")
    talk.join()
    talk.tap("Em là học sinh")
    assert "Bống đọc giúp mình" in talk.say(codes.spaced(cards(school)["HS01"]).lower())


def test_a_lost_card_is_renewed_and_the_old_one_is_worth_nothing(school: School, teacher: Talk) -> None:
    old = cards(school)["HS01"]
    teacher.say("/the")
    teacher.tap("Cấp lại thẻ")
    said = teacher.tap("HS01 Bống")
    new = cards(school)["HS01"]
    assert new != old
    assert codes.spaced(new) in said
    assert "HS02" not in said
    assert "không đúng" in school.stranger("a").join(old)
    assert "Bống đọc giúp mình" in school.stranger("b").join(new)


def test_a_new_card_gives_a_pupil_their_book_back_on_another_phone(school: School, teacher: Talk) -> None:
    bong = joins(school, cards(school)["HS01"], "lost phone")
    bong.say("giúp bà ngoại gọi video zalo 20p, bà tự làm được")
    bong.tap("Đúng, ghi lại")
    teacher.say("/the")
    teacher.tap("Cấp lại thẻ")
    teacher.tap("HS01 Bống")
    new = school.stranger("new phone")
    assert "Chào Bống, em vào lớp rồi nhé." in new.join(cards(school)["HS01"])
    assert len(new.logs()) == 1
    assert "bà ngoại" in new.say("sổ của em")
    assert "0/3" not in teacher.say("/lop")


def test_a_phone_that_somebody_uses_is_not_taken_over(school: School, teacher: Talk) -> None:
    joins(school, cards(school)["HS01"], "lost phone")
    teacher.say("/the")
    teacher.tap("Cấp lại thẻ")
    teacher.tap("HS01 Bống")
    grandmother = school.elder("bà", channel="telegram")
    assert "đang có người khác dùng" in grandmother.join(cards(school)["HS01"])
    assert "Học tiếp" in grandmother.labels
    assert "HS01" in cards(school), "the card is still good"


def test_all_cards_are_renewed_after_a_second_yes(school: School, teacher: Talk) -> None:
    before = cards(school)
    teacher.say("/the")
    teacher.tap("Cấp lại thẻ")
    teacher.tap("Cả lớp")
    assert cards(school) == before
    teacher.tap("Cấp lại cả lớp")
    assert cards(school).keys() == before.keys()
    assert not set(cards(school).values()) & set(before.values())


def test_who_leaves_the_list_has_no_card(school: School, teacher: Talk) -> None:
    code = cards(school)["HS02"]
    imported(teacher, THREE[:2] + THREE[3:], "Nhập, cho 1 em ra khỏi lớp")
    assert "không đúng" in school.stranger("late").join(code)
    assert set(cards(school)) == {"HS01", "HS03"}


def test_who_is_erased_leaves_the_place_in_the_list_free(school: School, teacher: Talk) -> None:
    bong = joins(school, cards(school)["HS01"])
    for words in ("/xoadulieu",):
        bong.say(words)
        bong.tap("Xóa hết")
    teacher.say("/the")
    assert "HS01" in cards(school)


# -- guessing ----------------------------------------------------------------------------------


def test_after_five_wrong_codes_even_the_right_one_has_to_wait(school: School, teacher: Talk) -> None:
    code = cards(school)["HS01"]
    talk = school.stranger("phone")
    for number in range(5):
        assert "không đúng" in talk.join(f"WRONG{number}")
    assert "thử nhiều mã quá" in talk.join(code)
    assert "Bống đọc giúp mình" in school.stranger("another phone").join(code)
    school.wait(minutes=16)
    assert "Bống đọc giúp mình" in talk.join(code)


# A fifth more than the door of everybody lets through; `make soak` tries ten thousand.
TRIES = MOST or codes.MOST_TRIES_OF_ALL * 6 // 5


@pytest.mark.sqlite_only
def test_thousands_of_tries_from_a_new_phone_for_every_five_guess_nothing(school: School, teacher: Talk) -> None:
    """2,000 cards are out; whoever tries has a new phone after every five, and knows how codes are made."""
    chance = Random("thief")
    out = [
        {"code": codes.new(chance.choice), "unit_id": school.room, "role": "pupil", "once": True} for _ in range(2000)
    ]
    phones = [
        Person(id=1000 + number, created_at=school.now).model_dump() for number in range(-(-TRIES // codes.MOST_TRIES))
    ]
    with school.database.engine.begin() as connection:
        connection.execute(insert(Invitation), out)
        connection.execute(insert(Person), phones)
    with school.database.transaction() as store:
        thief = store.newcomer("web", "thief", "vi", school.now)
        found = []
        for number in range(TRIES):
            thief.id = 1000 + number // codes.MOST_TRIES
            found.append(start.look_up(Turn(thief, store, school.now), codes.new(chance.choice)))
        assert found == [None] * codes.MOST_TRIES_OF_ALL + ["wait"] * (TRIES - codes.MOST_TRIES_OF_ALL)
    tried = codes.MOST_TRIES_OF_ALL * 24
    assert tried * 2000 / len(codes.ALPHABET) ** codes.CODE_LETTERS < 1 / 3000, "a whole day of trying"


def test_the_door_of_everybody_opens_again_within_the_hour(school: School, teacher: Talk) -> None:
    stranger = school.stranger("first")
    stranger.join()
    with school.database.transaction() as store:
        for _ in range(codes.MOST_TRIES_OF_ALL):
            store.wrong_code(stranger.person(store).id, school.now, "join")
    code = cards(school)["HS01"]
    assert "thử nhiều mã quá" in school.stranger("a").join(code)
    school.now += codes.ALL_WITHIN + timedelta(seconds=1)
    assert "Bống đọc giúp mình" in school.stranger("b").join(code)


def test_a_class_of_50_has_50_codes_that_differ(school: School) -> None:
    teacher = school.teacher()
    imported(teacher, pupils(50))
    teacher.say("/the")
    assert len(set(cards(school).values())) == 50
