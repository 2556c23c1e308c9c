"""A relative with an account of their own: linked by three words said aloud, asked there, undone by either."""

import re

import pytest

from bot.menu import fold
from handlers import kin
from tests.talk import School, Talk

SENTENCE = "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r"


def words_for(an: Talk, relative: str = "Bà ngoại") -> str:
    an.say("nối máy người thân")
    said = an.tap(relative)
    found = re.search(r"“(\w+ \w+ \d\d)”", said)
    assert found
    return found[1]


def family(school: School) -> tuple[Talk, Talk]:
    an, ba = school.pupil("An"), school.elder("bà")
    ba.tap("Nối với con cháu")
    ba.say(words_for(an))
    ba.tap("Đúng, nối máy")
    an.receive()
    return an, ba


def test_three_words_link_the_grandmother_and_the_pupil_hears_of_it(school: School) -> None:
    an, ba = school.pupil("An"), school.elder("bà")
    assert "đọc to lên" in ba.tap("Nối với con cháu")
    said = ba.say(words_for(an).upper() + "!")
    assert said.startswith("Đây là An, gọi bà là “bà ngoại”, phải không ạ?")
    assert "đã nối máy với An" in ba.tap("Đúng, nối máy")
    assert "Bà ngoại đã nối máy với em ✅" in an.receive()
    assert "Em đang nối máy với bà ngoại." in an.say("nối máy")
    assert "Bà đang nối máy với An." in ba.say("noi voi con chau")


def test_the_words_may_be_typed_without_marks(school: School) -> None:
    an, ba = school.pupil("An"), school.elder("bà")
    plain = words_for(an)
    ba.tap("Nối với con cháu")
    assert "Đây là An" in ba.say(fold(plain))


def test_she_is_asked_once_on_her_own_phone_and_the_pupil_hears_the_answer(school: School) -> None:
    an, ba = family(school)
    an.say(SENTENCE)
    assert "Mình hỏi bà ngoại trên máy riêng nhé." in an.tap("Đúng, ghi lại")
    assert "Đưa máy cho bà ngoại" not in an.labels
    assert ba.receive() == "Dạ chào bà. Hôm nay cháu An chỉ bà gọi video trên Zalo, phải không ạ?"
    assert "thử một câu cho vui" in ba.tap("Đúng rồi")
    assert ba.tap("Cái máy quay 📹") == "Bà giỏi quá ạ! 🌼"
    assert "Xem lại bài" in ba.labels
    assert an.receive().startswith("Bà ngoại đã xác nhận 🌼")
    assert an.logs()[0].state == "confirmed"
    school.wait(days=2)
    assert ba.receive() == ""


def test_one_reminder_at_most(school: School) -> None:
    an, ba = family(school)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    assert "phải không ạ" in ba.receive()
    school.wait(days=2)
    assert "Hôm kia cháu An chỉ bà" in ba.receive()
    school.wait(days=3)
    assert ba.receive() == ""


def test_nobody_is_asked_at_night(school: School) -> None:
    an, ba = family(school)
    school.wait(hours=3)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    assert ba.receive() == ""
    school.wait(hours=11)
    assert "Hôm qua cháu An" in ba.receive()


def test_a_log_taken_back_is_asked_about_no_more(school: School) -> None:
    an, ba = family(school)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    an.say("rút lại")
    an.tap("Rút lại")
    assert ba.receive() == ""


def test_when_she_says_no_the_pupil_is_asked_to_look_again(school: School) -> None:
    an, ba = family(school)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    ba.receive()
    assert "cháu ghi lại lời bà rồi" in ba.tap("Chưa đúng")
    assert "Bà ngoại bảo buổi này chưa đúng" in an.receive()
    assert an.labels == ["Sửa", "Rút lại", "Để nguyên"]


@pytest.mark.parametrize("side", ["pupil", "grandmother"])
def test_either_side_can_undo_it(school: School, side: str) -> None:
    an, ba = family(school)
    if side == "pupil":
        an.say("nối máy")
        an.tap("Thôi nối với bà ngoại")
        assert "đã thôi nối máy với bà" in ba.receive()
    else:
        ba.say("nối với con cháu")
        ba.tap("Thôi nối với An")
        assert "đã thôi nối máy với em" in an.receive()
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    assert "Đưa máy cho bà ngoại" in an.labels
    assert ba.receive() == ""


def test_after_the_link_ended_an_old_question_is_not_hers_to_answer(school: School) -> None:
    an, ba = family(school)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    ba.receive()
    yes = ba.value("Đúng rồi")
    an.say("nối máy")
    an.tap("Thôi nối với bà ngoại")
    assert "cũ rồi" in ba.choose(yes)
    assert an.logs()[0].state == "told"


def test_words_work_once_and_for_a_quarter_of_an_hour(school: School) -> None:
    an, ba, ong = school.pupil("An"), school.elder("bà"), school.elder("ông")
    code = words_for(an)
    for elder in (ba, ong):
        elder.tap("Nối với con cháu")
        elder.say(code)
    ba.tap("Đúng, nối máy")
    assert "hết hạn" in ong.tap("Đúng, nối máy")
    late = words_for(school.pupil("Bình"))
    school.wait(minutes=16)
    ong.tap("Nối với con cháu")
    assert "chưa thấy mã này" in ong.say(late)


def test_the_same_words_may_come_up_for_another_pupil_when_their_time_is_over(school: School) -> None:
    for name in ("An", "Bình"):
        pupil = school.pupil(name)
        with school.database.transaction() as store:
            over = school.now + kin.LASTS
            store.offer_kin("meo vang 38", pupil.person(store).id, "BA_NGOAI", school.now, over)
        school.wait(minutes=16 if name == "An" else 0)
    ba = school.elder("bà")
    ba.tap("Nối với con cháu")
    assert "Đây là Bình" in ba.say("mèo vàng 38")


def test_nobody_can_try_many_words(school: School) -> None:
    an, ba = school.pupil("An"), school.elder("bà")
    code = words_for(an)
    ba.tap("Nối với con cháu")
    for number in range(5):
        assert "chưa thấy mã này" in ba.say(f"mèo mèo {number}")
    assert "thử lại sau 15 phút" in ba.say(code)
    school.wait(minutes=16)
    ba.tap("Nối với con cháu")
    assert "Đây là An" in ba.say(words_for(an))


def test_many_strangers_together_cannot_try_them_all_either(school: School) -> None:
    for number in range(13):
        stranger = school.stranger(f"stranger-{number}", channel="console")
        stranger.join("LEARNER")
        stranger.tap("Bà")
        stranger.tap("Nối với con cháu")
        for guess in range(5):
            stranger.say(f"mèo mèo {guess}")
    assert "thử lại sau 15 phút" in stranger.say("gà đỏ 11") or "chưa hiểu" in stranger.replies[0].text
    ba = school.elder("bà")
    ba.tap("Nối với con cháu")
    assert "thử lại sau 15 phút" in ba.say("gà đỏ 11")


def test_who_leaves_is_linked_no_more(school: School) -> None:
    an, ba = family(school)
    an.say("/rutdongy")
    assert "đọc to lên" in ba.say("nối với con cháu")


def test_a_teacher_has_no_link_to_make(school: School) -> None:
    assert "chưa hiểu" in school.teacher().say("nối máy")


def test_the_same_in_english(school: School) -> None:
    an, ba = family(school)
    ba.say("english")
    ba.tap("English")
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    assert ba.receive() == "Hello! Today An showed you how to make a Zalo video call. Is that right?"
    ba.tap("I still need help")
    assert "vẫn cần em giúp thêm" in an.receive()
