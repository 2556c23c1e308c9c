"""One person on several channels."""

import re
from typing import Any

import pytest
from pydantic import SecretStr
from sqlmodel import SQLModel

from bot.port import Who
from db.models import Account
from db.store.linking import _NOT_MOVED, _columns_of_people
from tests.handlers.test_log import SENTENCE
from tests.talk import School, Talk

CODE = re.compile(r"\b[A-Z0-9]{3}-[A-Z0-9]{3}\b")


def code_of(talk: Talk, words: str = "nối kênh") -> str:
    found = CODE.search(talk.say(words))
    assert found
    return found[0]


def linked(here: Talk, there: Talk) -> str:
    """The code of one is typed on the other."""
    code = code_of(there)
    here.say("nối kênh")
    here.say(code)
    return here.tap("Đúng, nối kênh")


def on_zalo(school: School, person: Talk) -> Talk:
    """The same person, linked from a Zalo bot."""
    zalo = school.stranger(f"zalo-{person.who.address}", "zalo_bot")
    zalo.say("xin chào")
    linked(zalo, person)
    return zalo


def all_rows(school: School) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is kept, but for what says how a conversation stands."""
    left_out = {"link", "link_code", "heard", "wrong_code"}
    changing = {"menu", "doing", "memory", "preferred"}
    found = {}
    with school.database.engine.begin() as connection:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in left_out:
                kept = [column for column in table.columns if column.name not in changing]
                rows = connection.execute(table.select().with_only_columns(*kept)).all()
                found[table.name] = sorted((tuple(row) for row in rows), key=repr)
    return found


@pytest.mark.parametrize("typed", ["nối kênh", "noi kenh", "Nối tài khoản", "/noikenh", "link channels"])
def test_asking_gives_a_code_in_every_spelling(school: School, typed: str) -> None:
    assert code_of(school.pupil("An"), typed)


def test_a_pupil_goes_on_at_zalo_where_the_web_stopped(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    zalo = school.stranger("an", "zalo_bot")
    zalo.say("xin chào")
    code = code_of(an)
    zalo.say("nối kênh")
    asked = zalo.say(code.lower().replace("-", " "))
    assert "Mã này của An trên trang web." in asked
    assert "Đã nối kênh ✅ Từ giờ em nói ở kênh nào cũng được." in zalo.tap("Đúng, nối kênh")
    zalo.say(SENTENCE)
    zalo.tap("Đúng, ghi lại")
    assert len(an.logs()) == len(zalo.logs()) == 1
    assert "bà ngoại" in an.say("sổ của em")


def test_a_stranger_may_ask_for_it_with_the_first_words(school: School) -> None:
    an = school.pupil("An")
    zalo = school.stranger("an", "zalo_bot")
    zalo.say("nối kênh")
    zalo.say(code_of(an))
    assert "Đã nối kênh" in zalo.tap("Đúng, nối kênh")


def test_a_code_of_a_class_may_be_the_first_words(school: School) -> None:
    zalo = school.stranger("an", "zalo_bot")
    assert "Đây là Lớp 7A" in zalo.say("pupil7a")


def test_the_one_with_a_role_stays_whoever_made_the_code(school: School) -> None:
    an = school.pupil("An")
    zalo = school.stranger("an", "zalo_bot")
    zalo.say("xin chào")
    assert "Mã này của người mới trên bot Zalo" in _typed(an, code_of(zalo))
    an.tap("Đúng, nối kênh")
    assert "Em nhắn một câu" in zalo.say("menu")
    with school.database.transaction() as store:
        assert an.person(store).id == zalo.person(store).id
        assert [pupil.nickname for pupil in store.pupils(school.room)] == ["An"]


def _typed(talk: Talk, code: str) -> str:
    talk.say("nối kênh")
    return talk.say(code)


def test_both_had_logs_and_a_lesson_and_nothing_is_lost_and_either_undoes_it(school: School) -> None:
    an, other = school.pupil("An"), school.pupil("Ân", channel="zalo_bot")
    for talk in (an, other):
        talk.say(SENTENCE)
        talk.tap("Đúng, ghi lại")
        talk.say("/bai")
        talk.tap(talk.labels[0])
        talk.tap(talk.labels[0])
        talk.say("nhắc")
        talk.tap("Thứ Bảy")
        talk.tap("15:00")
    before = all_rows(school)
    linked(other, an)
    assert len(an.logs()) == len(other.logs()) == 2
    with school.database.transaction() as store:
        assert [pupil.nickname for pupil in store.pupils(school.room)] == ["An"]
        assert len(store.dues(an.person(store).id, "practice")) == 1
    assert "Đã thôi nối" in _part(an, "Thôi nối bot Zalo")
    after = all_rows(school)
    after["outbox"] = [row for row in after["outbox"] if "joined" not in row]
    assert after == before
    assert [len(talk.logs()) for talk in (an, other)] == [1, 1]


def _part(talk: Talk, label: str) -> str:
    talk.say("nối kênh")
    return talk.tap(label)


def test_what_was_told_while_they_were_one_stays_with_who_was_kept(school: School) -> None:
    an = school.pupil("An")
    zalo = on_zalo(school, an)
    zalo.say(SENTENCE)
    zalo.tap("Đúng, ghi lại")
    assert "Đã thôi nối" in _part(zalo, "Thôi nối bot Zalo")
    assert len(an.logs()) == 1
    assert zalo.logs() == []
    assert "bạn" in zalo.say("menu").lower()


def test_the_other_channel_is_told_and_can_undo_it(school: School) -> None:
    an = school.pupil("An")
    on_zalo(school, an)
    school.wait(hours=14)
    assert "Em vừa nối thêm bot Zalo ✅" in an.receive()
    undo = an.value("Thôi nối")
    assert "Đã thôi nối" in an.choose(undo)
    assert "Hai kênh đã thôi nối rồi" in an.choose(undo)


def test_reminders_go_where_they_are_wanted(school: School) -> None:
    an = school.pupil("An")
    zalo = on_zalo(school, an)
    an.say("nhắc")
    an.tap("Thứ Bảy")
    an.tap("15:00")
    school.wait(hours=14)
    school.deliver()
    zalo.say("nối kênh")
    assert "nhắc em ở bot Zalo" in zalo.tap("Nhận nhắc ở bot Zalo")
    school.wait(days=2, hours=6)
    assert [address for address, _reply in school.deliver()] == [zalo.who.address]


def test_a_grandmother_does_not_become_her_grandchild(school: School) -> None:
    an, ba = school.pupil("An"), school.elder("bà")
    said = _typed(ba, code_of(an))
    assert "hai người khác nhau" in said
    assert "Nối với con cháu" in said
    assert "Đúng, nối kênh" not in ba.labels


def test_one_s_own_code_changes_nothing(school: School) -> None:
    an = school.pupil("An")
    assert "là một rồi" in an.say(code_of(an))


def test_a_code_is_good_for_a_quarter_of_an_hour_and_once(school: School) -> None:
    an = school.pupil("An")
    zalo = school.stranger("an", "zalo_bot")
    zalo.say("xin chào")
    old = code_of(an)
    school.wait(minutes=16)
    assert "chưa thấy mã này" in _typed(zalo, old)
    code = code_of(an)
    _typed(zalo, code)
    zalo.tap("Đúng, nối kênh")
    second = school.stranger("binh", "zalo_bot")
    second.say("xin chào")
    assert "chưa thấy mã này" in _typed(second, code)


def test_codes_cannot_be_tried_through(school: School) -> None:
    zalo = school.stranger("an", "zalo_bot")
    zalo.say("xin chào")
    zalo.say("nối kênh")
    for _ in range(5):
        assert "chưa thấy mã này" in zalo.say("AAA-AAA")
    assert "nghỉ một lát" in zalo.say("AAA-AAA")


def test_words_that_are_no_code_are_answered_as_ever(school: School) -> None:
    an = school.pupil("An")
    an.say("nối kênh")
    assert "Em ghi:" in an.say(SENTENCE)


def test_erasing_erases_what_both_had(school: School) -> None:
    an, other = school.pupil("An"), school.pupil("Ân", channel="zalo_bot")
    linked(other, an)
    an.say("/xoadulieu")
    an.tap("Xóa hết")
    rows = all_rows(school)
    assert rows["log"] == rows["role"] == rows["progress"] == []
    assert not any("Ân" in row or "An" in row for row in rows["person"])


def test_every_table_that_names_a_person_is_moved_or_known() -> None:
    named = {
        (table.name, column.name)
        for table in SQLModel.metadata.sorted_tables
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    moved = {(table.name, column.name) for table, column in _columns_of_people()}
    assert {table for table, _column in named - moved} == set(_NOT_MOVED)


# Whoever Zalo hides.


def test_who_is_hidden_goes_on_at_our_page_as_the_same_person(school: School) -> None:
    an = school.pupil("An", channel="zalo_bot")
    an.say(SENTENCE)
    said = an.hide()
    assert "Em không làm gì sai đâu ạ" in said
    address = re.search(r"https://hocvuso\.example\.vn/\?join=([A-Z0-9]{16})\b", said)
    assert address
    assert address[0] in an.hide(), "the link stays the same for a day"
    page = school.stranger("new-page")
    assert "Đã nối kênh" in page.join(address[1])
    page.say(SENTENCE)
    page.tap("Đúng, ghi lại")
    assert len(an.logs()) == 1
    again = school.stranger("another-page")
    assert "Mã này không đúng hoặc đã hết hạn" in again.join(address[1])


def test_who_is_hidden_from_the_first_word_is_helped_too(school: School) -> None:
    child = school.stranger("child", "zalo_bot")
    said = child.hide()
    assert "?join=" in said
    assert "thầy cô, người nhà" in said


def test_a_short_code_opens_nothing_by_a_link(school: School) -> None:
    an = school.pupil("An")
    assert "Mã này không đúng" in school.stranger("guesser").join(code_of(an))


def test_a_page_that_is_somebody_else_s_asks_first(school: School) -> None:
    an, binh = school.pupil("An", channel="zalo_bot"), school.pupil("Bình")
    address = re.search(r"join=(\w+)", an.hide())
    assert address
    assert "Mã này của An trên bot Zalo" in binh.join(address[1])


def test_the_class_s_contact_is_named(school: School) -> None:
    with school.database.transaction() as store:
        number = store.add_account(
            Account(
                channel="zalo_bot",
                name="7a",
                number="1",
                contact="cô Hạnh, 0900 000 111",
                token=SecretStr("1:x"),
                signed_by=SecretStr("y"),
            )
        )
    child = school.stranger(f"{number}:abc", "zalo_bot")
    assert "bạn hỏi cô Hạnh, 0900 000 111." in child.hide()
    assert child.who == Who("zalo_bot", f"{number}:abc")
