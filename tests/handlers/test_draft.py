"""Tell a log by taps: several people and skills, an earlier day, another length, corrections."""

import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.menu import is_meant
from db.store import Told
from handlers import draft, words
from handlers.turn import Turn
from tests.examples import examples
from tests.talk import School, Talk

TODAY = date(2026, 11, 25)
SENTENCE = "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r"


def with_a_log(school: School) -> Talk:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    return an


def taps(talk: Talk, *labels: str) -> str:
    """Tap one after the other; the last answer."""
    return [talk.tap(label) for label in labels][-1]


def at_several(school: School) -> Talk:
    an = school.pupil("An")
    taps(an, "Ghi buổi giúp", "Khác…", "Nhiều người cùng lúc")
    return an


def at_outcome(school: School) -> Talk:
    an = school.pupil("An")
    taps(an, "Ghi buổi giúp", "Bà ngoại", "Gọi video Zalo")
    return an


# -- the three-tap path ------------------------------------------------------------------------


def test_somebody_new_chooses_among_four_relatives(school: School) -> None:
    an = school.pupil("An")
    assert an.tap("Ghi buổi giúp") == "Em giúp ai?"
    assert an.labels == ["Bà ngoại", "Bà nội", "Mẹ", "Bố", "Khác…"]
    an.tap("Khác…")
    assert an.labels == ["Nhiều người cùng lúc", "Buổi hôm trước", "Ông nội", "Ông ngoại", "Khác…"]


def test_every_relative_comes_round_and_then_the_first_page_again(school: School) -> None:
    an = with_a_log(school)
    an.say("/giup")
    first, seen = an.labels, list(an.labels[:-1])
    while an.tap("Khác…") and an.labels != first:
        seen += an.labels[:-1]
    assert len(seen) == len(set(seen)) == 21 + len(["Giống lần trước", "Nhiều người cùng lúc", "Buổi hôm trước"])


def test_the_same_as_last_time_is_one_tap_to_the_line(school: School) -> None:
    an = with_a_log(school)
    school.wait(days=1)
    an.say("/giup")
    assert an.labels == ["Bà ngoại", "Bà nội", "Mẹ", "Giống lần trước", "Khác…"]
    assert "hôm nay (thứ Năm 26/11) · bà ngoại · gọi video Zalo · 20 phút · tự làm được" in an.tap("Giống lần trước")
    an.tap("Đúng, ghi lại")
    assert [log.day for log in an.logs()] == [TODAY + timedelta(days=1), TODAY]


def test_by_numbers_it_is_the_same(school: School) -> None:
    an = with_a_log(school)
    an.say("/giup")
    assert "bà ngoại · gọi video Zalo · 20 phút" in an.say("4")
    an.say("1")
    assert len(an.logs()) == 2


def test_a_log_half_told_is_never_swapped_for_the_last_one(school: School) -> None:
    an = with_a_log(school)
    an.say("em vừa dạy xong gọi video zalo 15p, làm được rồi")
    assert "Em giúp ai?" in an.replies[-1].text
    assert "Giống lần trước" not in an.labels
    an.say(SENTENCE)
    taps(an, "Sửa", "Người được giúp")
    assert "Giống lần trước" not in an.labels


@pytest.mark.parametrize("said", ["ok", "đúng rồi ạ", "dung roi", "ừ", "dạ đúng", "ghi đi bot", "yes"])
def test_a_plain_yes_to_the_line_that_is_shown_saves_it(school: School, said: str) -> None:
    an = school.pupil("An")
    assert "chưa làm được" in an.say("giúp bà nội cài VNeID 30p, bà chưa làm được")
    assert an.logs() == []
    an.say(said)
    assert [log.outcome for log in an.logs()] == ["CHUA_DUOC"]


@pytest.mark.parametrize("said", ["không", "sai rồi", "khong dung", "chưa đúng ạ", "no"])
def test_a_plain_no_asks_what_to_correct_and_saves_nothing(school: School, said: str) -> None:
    an = school.pupil("An")
    an.say("giúp bà nội cài VNeID 30p, bà tự làm được")
    assert an.say(said) == "Em muốn sửa chỗ nào?"
    assert an.logs() == []


@pytest.mark.parametrize("said", ["đúng rồi", "ok"])
def test_a_yes_half_an_hour_later_shows_the_line_again(school: School, said: str) -> None:
    an = school.pupil("An")
    an.say("giúp bà nội cài VNeID 30p, bà chưa làm được")
    school.wait(minutes=31)
    assert "bà nội · cài VNeID · 30 phút · chưa làm được" in an.say(said)
    assert an.logs() == []
    an.say(said)
    assert len(an.logs()) == 1


# -- several at once ---------------------------------------------------------------------------


def test_several_relatives_by_taps(school: School) -> None:
    an = at_several(school)
    assert an.replies[-1].text == "Em giúp những ai? Em chọn từng người nhé."
    assert an.labels == ["Bà ngoại", "Bà nội", "Mẹ", "Khác…"]
    assert an.tap("Bà nội") == "Em chọn: bà nội. Còn ai nữa không?"
    assert an.labels == ["Bà ngoại", "✓ Bà nội", "Mẹ", "Khác…", "Xong"]
    an.tap("Khác…")
    assert an.tap("Bố") == "Em chọn: bà nội và bố. Còn ai nữa không?"
    assert an.labels == ["✓ Bố", "Ông nội", "Ông ngoại", "Khác…", "Xong"]
    assert an.tap("Xong") == "Em chỉ bà nội và bố việc gì?"
    assert "bà nội và bố · gọi video Zalo · 15 phút (thường lệ). Bà nội và bố làm" in an.tap("Gọi video Zalo")
    an.tap("Cần chỉ thêm")
    (log,) = an.logs()
    assert (log.relatives, log.skills, log.outcome) == (("BA_NOI", "BO"), ("ZALO_VIDEO",), "CO_HO_TRO")


def test_several_skills_by_numbers(school: School) -> None:
    an = school.pupil("An", channel="console")
    an.say("1")  # Ghi buổi giúp
    an.say("3")  # Mẹ
    an.say("5")  # Khác…
    assert an.say("1") == "Em chỉ những việc gì? Em chọn từng việc nhé."
    an.say("so 1")
    assert an.say("số 2") == "Em chọn: gọi video Zalo và cài VNeID. Còn việc nào nữa không?"
    assert "mẹ · gọi video Zalo và cài VNeID · 15 phút" in an.say("5")
    an.say("1")
    assert set(an.logs()[0].skills) == {"ZALO_VIDEO", "VNEID_CAI"}


def test_a_second_tap_takes_the_tick_away_and_of_nothing_there_is_no_all(school: School) -> None:
    an = at_several(school)
    an.tap("Mẹ")
    finish = an.value("Xong")
    assert an.tap("✓ Mẹ") == "Em giúp những ai? Em chọn từng người nhé."
    assert "Xong" not in an.labels
    assert "Em giúp những ai?" in an.choose(finish)
    assert "Em giúp những ai?" in an.say("xong")


def test_an_impatient_double_tap_ticks_once(school: School) -> None:
    an = at_several(school)
    mother = an.value("Mẹ")
    an.choose(mother)
    assert an.choose(mother) == "Em chọn: mẹ. Còn ai nữa không?"


@pytest.mark.parametrize("said", ["bà ngoại và mẹ", "ba ngoai va me", "bà ngoại, mẹ"])
def test_several_names_may_be_written_at_either_question(school: School, said: str) -> None:
    an = school.pupil("An")
    an.tap("Ghi buổi giúp")
    assert an.say(said) == "Em chỉ bà ngoại và mẹ việc gì?"
    taps(an, "Khác…", "Nhiều việc cùng lúc")
    assert "bà ngoại và mẹ · gọi video Zalo và chuyển khoản · " in an.say("gọi video zalo và chuyển khoản")
    an.say("/giup")
    taps(an, "Khác…", "Nhiều người cùng lúc")
    assert an.say(said) == "Em chỉ bà ngoại và mẹ việc gì?"


@pytest.mark.parametrize("done", ["Xong", "xong"])
def test_one_name_that_is_written_is_one_tick_more(school: School, done: str) -> None:
    an = at_several(school)
    an.tap("Bà ngoại")
    assert an.say("dì") == "Em chọn: bà ngoại và dì. Còn ai nữa không?"
    assert an.say("me") == "Em chọn: bà ngoại, dì và mẹ. Còn ai nữa không?"
    school.wait(hours=1)  # the menu is too old for a number, not for the word
    assert an.say(done) == "Em chỉ bà ngoại, dì và mẹ việc gì?"


def test_ba_is_asked_about_while_several_are_picked(school: School) -> None:
    an = at_several(school)
    an.tap("Mẹ")
    assert "“ba” là ai" in an.say("ba")
    assert an.tap("Bố") == "Em chọn: mẹ và bố. Còn ai nữa không?"
    assert an.tap("Xong") == "Em chỉ mẹ và bố việc gì?"


def test_a_relative_off_the_list_is_ticked_and_unticked_too(school: School) -> None:
    an = at_several(school)
    assert an.say("ông") == "Em chọn: ông. Còn ai nữa không?"
    while "✓ Ông" not in an.labels:
        an.tap("Khác…")
    assert an.tap("✓ Ông") == "Em giúp những ai? Em chọn từng người nhé."
    assert an.labels == ["Bà ngoại", "Bà nội", "Mẹ", "Khác…"]


def test_the_length_may_be_written_while_several_are_picked(school: School) -> None:
    an = at_several(school)
    an.tap("Mẹ")
    assert an.say("25p") == "Em chọn: mẹ. Còn ai nữa không?"
    an.tap("Xong")
    assert "mẹ · gọi video Zalo · 25 phút." in an.tap("Gọi video Zalo")


def test_a_correction_starts_from_those_already_named(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    taps(an, "Sửa", "Người được giúp", "Khác…", "Nhiều người cùng lúc")
    assert an.labels == ["✓ Bà ngoại", "Bà nội", "Mẹ", "Khác…", "Xong"]
    assert "bà ngoại và mẹ · gọi video Zalo · 20 phút · tự làm được" in taps(an, "Mẹ", "Xong")
    an.tap("Đúng, ghi lại")
    assert an.logs()[0].relatives == ("BA_NGOAI", "ME")


# -- a day in the past -------------------------------------------------------------------------


def test_the_day_goes_back_two_weeks_page_by_page(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    taps(an, "Sửa", "Ngày")
    assert an.labels == ["Hôm nay", "Hôm qua", "Hôm kia", "Chủ nhật 22/11", "Ngày khác"]
    taps(an, "Ngày khác", "Ngày khác", "Ngày khác")
    assert an.labels == ["Thứ Sáu 13/11", "Thứ Năm 12/11", "Thứ Tư 11/11", "Ngày khác"]
    assert "Em ghi: thứ Tư 11/11 · bà ngoại · gọi video Zalo · 20 phút · tự làm được." in an.tap("Thứ Tư 11/11")
    an.tap("Đúng, ghi lại")
    assert an.logs()[0].day == TODAY - timedelta(days=14)


@pytest.mark.parametrize(
    ("said", "shown"), [("20/11", "thứ Sáu 20/11"), ("thu hai", "thứ Hai 23/11"), ("2", "hôm qua")]
)
def test_the_day_may_be_written(school: School, said: str, shown: str) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    taps(an, "Sửa", "Ngày")
    assert shown in an.say(said)


def test_an_earlier_day_is_logged_by_taps_alone(school: School) -> None:
    an = with_a_log(school)
    an.say("/giup")
    taps(an, "Khác…", "Buổi hôm trước")
    assert an.labels == ["Hôm qua", "Hôm kia", "Chủ nhật 22/11", "Thứ Bảy 21/11", "Ngày khác"]
    assert an.tap("Hôm kia") == "Hôm kia (thứ Hai 23/11), em giúp ai?"
    assert "Giống lần trước" not in an.labels  # that one is today's
    assert "Em ghi: hôm kia (thứ Hai 23/11) · mẹ · chuyển khoản" in taps(an, "Mẹ", "Khác…", "Chuyển khoản")
    an.tap("Tự làm được")
    assert an.logs()[0].day == date(2026, 11, 23)


# -- the length and other corrections ----------------------------------------------------------


@pytest.mark.parametrize("said", ["30 phút", "3", "30p", "30"])
def test_another_length_shows_the_whole_line_again(school: School, said: str) -> None:
    an = at_outcome(school)
    assert an.labels == ["Tự làm được", "Cần chỉ thêm", "Chưa được", "Bị vướng", "Đổi số phút"]
    unseen = an.value("Tự làm được")
    an.tap("Đổi số phút")
    assert an.labels == ["10 phút", "15 phút", "30 phút", "45 phút", "Sửa chỗ khác"]
    assert "Em ghi: hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 30 phút. Bà ngoại làm" in an.say(said)
    assert "30 phút · tự làm được." in an.choose(unseen)  # this button stood under 15 minutes
    assert an.logs() == []
    an.tap("Đúng, ghi lại")
    assert an.logs()[0].minutes == 30


def test_from_the_length_every_other_part_can_be_corrected(school: School) -> None:
    an = at_outcome(school)
    taps(an, "Đổi số phút", "Sửa chỗ khác")
    assert an.labels == ["Người được giúp", "Việc đã chỉ", "Số phút", "Ngày", "Kết quả"]
    shown = taps(an, "Ngày", "Hôm qua")
    assert "Em ghi: hôm qua (thứ Ba 24/11) · bà ngoại · gọi video Zalo · 15 phút (thường lệ). Bà ngoại làm" in shown
    an.tap("Tự làm được")
    assert an.logs()[0].day == date(2026, 11, 24)


def test_a_corrected_outcome_is_shown_before_it_is_saved(school: School) -> None:
    an = at_outcome(school)
    first = an.value("Tự làm được")
    an.say("25p")
    an.choose(first)
    assert an.tap("Sửa") == "Em muốn sửa chỗ nào?"
    an.tap("Kết quả")
    assert "25 phút · chưa làm được." in an.tap("Chưa được")
    assert an.logs() == []


# -- left after all ----------------------------------------------------------------------------

LEFT = "Không sao, mình bỏ rồi, chưa ghi gì cả nhé."


@pytest.mark.parametrize(
    "said", ["thôi", "thoi khoi", "Bỏ đi!", "huy", "thôi em không ghi nữa", "never mind", "cancel"]
)
def test_a_word_is_enough_to_leave_the_log(school: School, said: str) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    save = an.value("Đúng, ghi lại")
    an.say(said)
    assert an.replies[0].text == LEFT
    assert an.labels[0] == "Ghi buổi giúp"
    assert not tells(an)
    assert "đã ghi hoặc đã bỏ" in an.choose(save)
    assert an.logs() == []


@pytest.mark.parametrize("labels", [(), ("Mẹ",), ("Mẹ", "Gọi video Zalo"), ("Khác…", "Nhiều người cùng lúc", "Mẹ")])
def test_it_may_be_left_at_any_question(school: School, labels: tuple[str, ...]) -> None:
    an = school.pupil("An")
    taps(an, "Ghi buổi giúp", *labels)
    assert LEFT in an.say("thôi không ghi nữa")
    assert not tells(an)


def test_a_correction_that_is_left_keeps_the_saved_session(school: School) -> None:
    an = with_a_log(school)
    taps(an, "Sửa", "Số phút", "45 phút")
    assert "giữ nguyên buổi cũ" in an.say("thoi")
    assert [log.minutes for log in an.logs()] == [20]


@pytest.mark.parametrize("said", ["thôi", "hủy", "never mind"])
def test_without_a_log_being_told_the_word_means_what_it_meant(school: School, said: str) -> None:
    an = with_a_log(school)
    an.say("/menu")
    assert "chưa hiểu ý" in an.say(said)


def test_the_button_of_a_log_that_is_saved_does_not_say_that_nothing_was(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    leave = an.value("Không ghi")
    an.tap("Đúng, ghi lại")
    assert "đã ghi hoặc đã bỏ" in an.choose(leave)
    assert len(an.logs()) == 1


@pytest.mark.parametrize("said", ["mẹ thôi", "me thoi", "chỉ mẹ thôi"])
def test_only_mother_is_an_answer(school: School, said: str) -> None:
    an = school.pupil("An")
    an.tap("Ghi buổi giúp")
    assert an.say(said) == "Em chỉ mẹ việc gì?"


# -- said beside it ----------------------------------------------------------------------------

SHOWN = "Em ghi: hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 20 phút · tự làm được."
CARD = ["Đúng, ghi lại", "Sửa", "Đổi số phút", "Không ghi"]


@pytest.mark.parametrize(
    ("said", "answer", "way"),
    [
        ("làm sao để tải VNeID vậy?", "Có thể trong bài học đã có", ["Xem bài học"]),
        ("lam sao de tai vneid", "Có thể trong bài học đã có", ["Xem bài học"]),
        ("how do I download VNeID?", "Có thể trong bài học đã có", ["Xem bài học"]),
        ("mai em sẽ dạy bà nội gọi zalo 30p", "Cần mình nhắc không?", ["Nhắc ngày mai 19:30"]),
        ("mai em day ba noi goi zalo", "Cần mình nhắc không?", ["Nhắc ngày mai 19:30"]),
        ("ghi đại 30p cho đủ chỉ tiêu đc ko", "Mình chỉ ghi buổi có thật", ["Xem bài"]),
        ("ghi dai cho du chi tieu", "Mình chỉ ghi buổi có thật", ["Xem bài"]),
        ("hôm nay em chưa giúp được ai vì bận ôn thi", "Không sao đâu", ["Xem bài học"]),
        ("xóa dữ liệu của em đi", "xóa hoặc rút lại đồng ý", ["Dữ liệu của tôi"]),
        ("xóa dòng hôm qua", "bấm “Buổi đã ghi”", ["Buổi đã ghi"]),
        ("rut lai dong giup me", "bấm “Buổi đã ghi”", ["Buổi đã ghi"]),
        ("xem điểm", "chưa hiểu ý", []),
        ("hello", "Chào em", []),
        ("mẹ em đang nấu cơm", "chưa hiểu ý", []),
        ("mẹ em dặn mk là Lan1950", "đừng gửi mật khẩu", []),
    ],
)
def test_what_is_no_log_is_answered_and_the_log_is_shown_again(
    school: School, said: str, answer: str, way: list[str]
) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.say(said)
    assert answer in an.replies[0].text
    assert (an.replies[-1].text, an.labels) == (SHOWN, CARD + way)
    an.tap("Đúng, ghi lại")
    (log,) = an.logs()
    assert (log.relatives, log.minutes, log.outcome) == (("BA_NGOAI",), 20, "TU_LAM")


def test_an_open_question_is_asked_again_and_nothing_is_out_of_reach(school: School) -> None:
    an = school.pupil("An")
    an.say("em vừa dạy xong gọi video zalo 15p, làm được rồi")
    an.say("mai em dạy bà nội cài vneid")
    assert an.replies[-1].text == "Em giúp ai?"
    assert an.labels == ["Bà ngoại", "Bà nội", "Mẹ", "Khác…", "Nhắc ngày mai 19:30"]
    an.tap("Khác…")
    assert "Bố" in an.labels
    assert "bố · gọi video Zalo · 15 phút · tự làm được" in an.tap("Bố")


def test_a_log_told_by_taps_is_asked_about_again_too(school: School) -> None:
    an = at_outcome(school)
    an.say("cái này có tính điểm không")
    assert "15 phút (thường lệ). Bà ngoại làm đến đâu rồi?" in an.replies[-1].text
    assert an.labels == ["Tự làm được", "Cần chỉ thêm", "Chưa được", "Bị vướng", "Xem bài học"]
    an.tap("Tự làm được")
    assert len(an.logs()) == 1


def test_after_the_reminder_is_set_the_log_is_shown_again(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.say("mai em dạy bà nội cài vneid")
    assert "mình nhắc em" in an.tap("Nhắc ngày mai 19:30")
    assert (an.replies[-1].text, an.labels) == (SHOWN, CARD)


def test_from_the_saved_sessions_one_comes_back_to_the_log(school: School) -> None:
    an = with_a_log(school)
    an.say("em chỉ mẹ chuyển khoản 10p, mẹ tự làm được")
    save = an.value("Đúng, ghi lại")
    an.say("xóa dòng hôm qua")
    assert "Em chọn buổi cần sửa" in an.tap("Buổi đã ghi")
    an.choose(save)
    assert [log.relatives for log in an.logs()] == [("ME",), ("BA_NGOAI",)]


def test_somebody_scammed_hears_of_nothing_else_and_the_log_waits(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    save = an.value("Đúng, ghi lại")
    an.say("bà em bị gọi lừa đảo mất 2 triệu rồi phải làm sao")
    assert an.labels == ["Xem từng bước"]
    an.choose(save)
    assert len(an.logs()) == 1


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("không phải bà, là mẹ", "mẹ · gọi video Zalo · 20 phút · tự làm được"),
        ("khong phai ba ngoai, la me", "mẹ · gọi video Zalo · 20 phút · tự làm được"),
        ("mẹ chứ không phải bà?", "mẹ · gọi video Zalo · 20 phút · tự làm được"),
        ("mom, not grandma", "mẹ · gọi video Zalo · 20 phút · tự làm được"),
        ("ghi nhầm, là bố", "bố · gọi video Zalo · 20 phút · tự làm được"),
        ("30 phút chứ", "bà ngoại · gọi video Zalo · 30 phút · tự làm được"),
        ("không phải 20 phút mà 30 phút", "bà ngoại · gọi video Zalo · 30 phút · tự làm được"),
        ("30p được ko", "bà ngoại · gọi video Zalo · 30 phút · tự làm được"),
        ("sửa lại 30 phút", "bà ngoại · gọi video Zalo · 30 phút · tự làm được"),
        ("hôm qua", "hôm qua (thứ Ba 24/11) · bà ngoại"),
        ("hom qua chu khong phai hom nay", "hôm qua (thứ Ba 24/11) · bà ngoại"),
        ("à mà bà chưa tự làm được đâu nhé", "bà ngoại · gọi video Zalo · 20 phút · chưa làm được"),
        ("it was 30 minutes", "bà ngoại · gọi video Zalo · 30 phút · tự làm được"),
    ],
)
def test_a_correction_in_words_is_shown_before_it_is_saved(school: School, said: str, shown: str) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    assert shown in an.say(said)
    assert (len(an.replies), an.labels) == (1, CARD)


@pytest.mark.parametrize("said", ["ghi nhầm rồi", "ghi nham roi", "sai rồi", "sửa lại giúp em", "that's wrong"])
def test_something_is_wrong_asks_what(school: School, said: str) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    assert an.say(said) == "Em muốn sửa chỗ nào?"


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("chưa", "chưa làm được"),
        ("chua a", "chưa làm được"),
        ("chưa làm được", "chưa làm được"),
        ("not yet", "chưa làm được"),
        ("bà tự làm được rồi", "tự làm được"),
        ("ba tu lam duoc", "tự làm được"),
        ("bà vẫn cần em nhắc từng bước", "làm được khi có người chỉ"),
    ],
)
def test_how_it_went_may_be_answered_in_any_words(school: School, said: str, outcome: str) -> None:
    an = school.pupil("An")
    assert an.say("em chỉ bà ngoại cài vneid 20p") == "Bà ngoại làm đến đâu rồi?"
    assert f" · bà ngoại · cài VNeID · 20 phút · {outcome}." in an.say(said)


def test_a_helping_sentence_that_answers_the_question_begins_no_new_log(school: School) -> None:
    an = school.pupil("An")
    an.say("em vừa dạy xong gọi video zalo 15p, làm được rồi")
    assert "mẹ · gọi video Zalo · 15 phút · tự làm được" in an.say("em giúp mẹ")


# -- in English, stale buttons, bad input ------------------------------------------------------


def test_in_english(school: School) -> None:
    an = with_a_log(school)
    an.say("/ngonngu")
    an.tap("English")
    an.say("log a session")
    assert an.labels[3:] == ["Same as last time", "Other…"]
    taps(an, "Other…", "Several people at once", "Mother")
    assert an.say("dad") == "You chose: mother and father. Anybody else?"
    assert "✓ Mother" in an.labels
    an.say("done")
    assert "mother and father · " in an.tap(an.labels[0])
    taps(an, "Change the minutes", "30 minutes")
    an.tap("Managed alone")
    assert (set(an.logs()[0].relatives), an.logs()[0].minutes) == ({"ME", "BO"}, 30)


def test_in_english_it_is_left_and_answered_beside(school: School) -> None:
    an = with_a_log(school)
    an.say("/ngonngu")
    an.tap("English")
    an.say("I taught mom bank transfer for 10 minutes, she did it herself")
    shown = an.replies[-1].text
    assert "remind" in an.say("tomorrow I will teach grandma zalo").lower()
    assert an.replies[-1].text == shown
    an.say("delete yesterday's log")
    assert an.replies[0].text == "To correct or take back a saved session, tap “Saved sessions”."
    assert "Saved sessions" in an.labels
    an.say("never mind")
    assert an.replies[0].text == "No problem, I dropped it; nothing was saved."
    assert len(an.logs()) == 1


def test_a_tick_after_all_was_said_opens_the_list_again_and_saves_nothing(school: School) -> None:
    an = at_several(school)
    taps(an, "Mẹ", "Khác…")
    father = an.value("Bố")
    taps(an, "Xong", "Gọi video Zalo")
    save = an.value("Tự làm được")
    assert an.choose(father) == "Em chọn: mẹ và bố. Còn ai nữa không?"
    assert an.choose(save) == "Em chọn: mẹ và bố. Còn ai nữa không?"
    assert an.logs() == []
    assert "mẹ và bố · gọi video Zalo · 15 phút (thường lệ) · tự làm được." in an.tap("Xong")


def test_buttons_of_a_log_that_is_saved_change_nothing(school: School) -> None:
    an = at_several(school)
    an.tap("Mẹ")
    old = [an.value(label) for label in ("✓ Mẹ", "Bà ngoại", "Xong", "Khác…")]
    taps(an, "Xong", "Gọi video Zalo", "Tự làm được")
    for value in old:
        assert "đã ghi hoặc đã bỏ" in an.choose(value)
    assert an.logs()[0].relatives == ("ME",)


@pytest.mark.parametrize("value", ["tick:who:CHO_MEO:0", "done:skill", "several:day", "when+:99", "tick:who"])
def test_what_was_never_offered_is_refused(school: School, value: str) -> None:
    an = at_several(school)
    mother = an.value("Mẹ")
    an.choose(value)
    assert an.answer.unknown_choice
    assert an.choose(mother) == "Em chọn: mẹ. Còn ai nữa không?"


@pytest.mark.parametrize("said", ["asdf", "99", "0", "✓", "{you} %s", "ok"])
def test_what_nobody_understands_leaves_the_ticks_as_they_are(school: School, said: str) -> None:
    an = at_several(school)
    an.tap("Mẹ")
    grandmother = an.value("Bà ngoại")
    an.say(said)
    assert not an.answer.failed
    assert an.choose(grandmother) == "Em chọn: mẹ và bà ngoại. Còn ai nữa không?"


# -- whatever is tapped: what is saved is what was shown ---------------------------------------

WORDS = (
    *("mẹ", "bà ngoại và mẹ", "ba", "chuyển khoản", "25p", "20", "hôm qua", "12/11", "tự làm được", "xong", "hm"),
    *("thôi", "làm sao để tải VNeID?", "mai em dạy bà", "không phải mẹ, là bố", "xóa dòng hôm qua", "ghi nhầm rồi"),
)
TAP = st.tuples(st.just("tap"), st.integers(0, 4))
OLD = st.tuples(st.just("old"), st.integers(0, 30))
NUMBER = st.tuples(st.just("number"), st.integers(0, 4))
WORD = st.tuples(st.just("word"), st.integers(0, len(WORDS) - 1))
BEGINNINGS = (
    (),
    ("Khác…", "Nhiều người cùng lúc"),
    ("Mẹ", "Khác…", "Nhiều việc cùng lúc"),
    ("Mẹ", "Gọi video Zalo", "Đổi số phút"),
)
NAMES = count(1)


# The school stays from one example to the next; each has a pupil of its own.
@examples(10)
@given(st.sampled_from(BEGINNINGS), st.lists(st.one_of(TAP, TAP, NUMBER, OLD, WORD), min_size=5, max_size=40))
def test_what_is_saved_is_the_line_its_button_stood_under(
    school: School, beginning: tuple[str, ...], steps: list[tuple[str, int]]
) -> None:
    an = school.pupil(f"An{next(NAMES)}")
    taps(an, "Ghi buổi giúp", *beginning)
    under: dict[str, set[str]] = {}  # the words above each button, wherever it was shown
    for kind, number in steps:
        if not tells(an):
            an.say("/giup")
        for reply in an.replies:
            for choice in reply.choices:
                under.setdefault(choice.value, set()).add(reply.text)
        before = {log.id for log in an.logs()}
        meant = step(an, list(under), kind, number)
        assert not an.answer.failed
        for log in an.logs():
            if log.id not in before:
                name, _, outcome = meant.partition(":")
                asked = name == "went" and outcome.startswith(f"{log.outcome}:")
                assert asked or name == "save"
                assert all(facts(shown) == facts(line(an, log, asked)) for shown in under[meant])


def tells(talk: Talk) -> bool:
    """Whether a log is being told."""
    with talk.school.database.transaction() as store:
        return talk.person(store).doing == "log"


def step(talk: Talk, seen: list[str], kind: str, number: int) -> str:
    """Tap, or write a number or words; the button that was meant, if any."""
    shown = [choice for reply in talk.replies for choice in reply.choices]
    if kind == "word":
        talk.say(WORDS[number])
        return next((choice.value for choice in shown if is_meant(WORDS[number], choice.label)), "")
    if kind == "number" and number < len(shown):
        talk.say(str(number + 1))
        return shown[number].value
    values = seen if kind == "old" or not shown else [choice.value for choice in shown]
    talk.choose(values[number % len(values)])
    return values[number % len(values)]


def line(talk: Talk, log: Told, asked: bool) -> str:
    """A log as it is shown; without its outcome where that was the question."""
    told = draft.as_partial(log)
    with talk.school.database.transaction() as store:
        turn = Turn(talk.person(store), store, talk.school.now)
        return f"Em ghi: {words.line(turn, replace(told, outcome=None) if asked else told)}."


def facts(shown: str) -> list[set[str]]:
    """What a line says, part by part; the store keeps no order of people or skills."""
    told = shown.removeprefix("Em ghi: ").partition(". ")[0].rstrip(".")
    return [set(re.split(", | và ", part)) for part in told.split(" · ")]
