"""Record a help session: one sentence and a tap, or three taps."""

import json
from datetime import date, timedelta

import pytest

from tests.talk import School

SENTENCE = "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r"


def test_one_sentence_and_one_tap(school: School) -> None:
    an = school.pupil("An")
    shown = an.say(SENTENCE)
    assert shown == "Em ghi: hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 20 phút · tự làm được."
    assert an.logs() == []
    assert "Đã ghi ✅" in an.tap("Đúng, ghi lại")
    (log,) = an.logs()
    assert (log.relatives, log.skills, log.minutes, log.outcome) == (("BA_NGOAI",), ("ZALO_VIDEO",), 20, "TU_LAM")
    assert (log.day, log.state, log.habitual) == (date(2026, 11, 25), "told", False)


def test_the_same_without_marks(school: School) -> None:
    an = school.pupil("An")
    assert "bà ngoại · gọi video Zalo · 20 phút · tự làm được" in an.say(
        "hom nay em chi ba ngoai goi video zalo 20 phut, ba tu lam duoc"
    )


def test_three_taps_and_nothing_typed(school: School) -> None:
    an = school.pupil("An")
    an.tap("Ghi buổi giúp")
    an.tap("Bà ngoại")
    shown = an.tap("Gọi video Zalo")
    assert "hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 15 phút (thường lệ)" in shown
    assert "Đã ghi ✅" in an.tap("Tự làm được")
    (log,) = an.logs()
    assert (log.relatives, log.skills, log.minutes, log.habitual) == (("BA_NGOAI",), ("ZALO_VIDEO",), 15, True)


def test_the_usual_length_and_the_usual_people_come_first_next_time(school: School) -> None:
    an = school.pupil("An")
    an.say("giúp bác quét QR trả tiền 25 phút, bác tự làm được")
    an.tap("Đúng, ghi lại")
    an.say("/giup")
    assert an.labels[0] == "Bác"
    an.tap("Bác")
    assert "25 phút (thường lệ)" in an.tap(an.labels[0])


def test_what_is_missing_is_asked_one_thing_at_a_time_and_what_was_said_is_not(school: School) -> None:
    an = school.pupil("An")
    assert "“ba” là ai" in an.say("toi qua giup ba cai vneid")
    assert an.labels == ["Bà nội", "Bà ngoại", "Bố"]
    assert an.tap("Bố") == "Bố làm đến đâu rồi?"
    shown = an.tap("Bị vướng")
    assert "hôm qua (thứ Ba 24/11) · bố · " in shown
    assert "15 phút (thường lệ) · bị vướng" in shown


def test_ba_is_the_father_when_only_he_was_helped_before(school: School) -> None:
    an = school.pupil("An")
    an.say("giúp bố gọi video zalo 10p, bố tự làm được")
    an.tap("Đúng, ghi lại")
    assert " · bố · " in an.say("hom nay giup ba cai vneid 30p ba tu lam duoc")


def test_the_missing_thing_may_be_typed_too(school: School) -> None:
    an = school.pupil("An")
    an.say("em vừa dạy xong gọi video zalo 15p, làm được rồi")
    assert "Em giúp ai?" in an.replies[-1].text
    assert " · bà ngoại · gọi video Zalo · 15 phút" in an.say("bà ngoại") or "làm đến đâu" in an.replies[-1].text


def test_a_correction_before_saving_shows_the_whole_line_again(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.tap("Đổi số phút")
    assert "25 phút" in an.say("25p")
    an.tap("Sửa")
    an.tap("Ngày")
    assert "hôm qua (thứ Ba 24/11)" in an.tap("Hôm qua")
    an.tap("Đúng, ghi lại")
    (log,) = an.logs()
    assert (log.minutes, log.day) == (25, date(2026, 11, 24))


def test_an_old_button_cannot_save_a_newer_line(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    old = an.value("Đúng, ghi lại")
    an.say("giúp mẹ chuyển khoản 10p, mẹ tự làm được")
    assert "mẹ" in an.choose(old)
    assert an.logs() == []


def test_a_line_that_was_dropped_is_not_saved(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    save = an.value("Đúng, ghi lại")
    an.tap("Không ghi")
    an.choose(save)
    assert an.logs() == []


def test_saving_twice_saves_once(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    save = an.value("Đúng, ghi lại")
    an.choose(save)
    assert "đã ghi hoặc đã bỏ" in an.choose(save)
    assert len(an.logs()) == 1


def test_the_same_as_last_time_is_today_and_one_tap(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    school.wait(days=1)
    assert "hôm nay (thứ Năm 26/11) · bà ngoại · gọi video Zalo · 20 phút · tự làm được" in an.say("giống lần trước")
    an.tap("Đúng, ghi lại")
    assert [log.day for log in an.logs()] == [date(2026, 11, 26), date(2026, 11, 25)]


def test_the_second_relative_is_counted(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    an.say("giúp mẹ chuyển khoản 10p, mẹ tự làm được")
    assert "Mẹ là người thứ 2 em giúp" in an.tap("Đúng, ghi lại")


def test_where_somebody_is_stuck_is_asked_and_kept_for_the_teacher_masked(school: School) -> None:
    an = school.pupil("An")
    an.say("giúp bố cài vneid 20p, bị vướng vì mạng lỗi")
    while "Đúng, ghi lại" not in an.labels:
        an.tap("Bị vướng")
    assert "vướng chỗ nào" in an.tap("Đúng, ghi lại")
    assert "đừng gửi mật khẩu" in an.say("bố quên mật khẩu, số căn cước 001234567890 không nhận")
    (log,) = an.logs()
    assert "001234567890" not in log.note
    assert "bố quên mật khẩu" in log.note


@pytest.mark.sqlite_only
def test_a_secret_is_neither_kept_nor_echoed(school: School) -> None:
    an = school.pupil("An")
    said = an.say("em giup me doi mk zalo thanh Hoa2011! 10 phut, me tu lam duoc")
    assert "đừng gửi mật khẩu" in said
    assert "Hoa2011" not in said
    if "Đúng, ghi lại" in an.labels:
        an.tap("Đúng, ghi lại")
    dump = school.database.engine.raw_connection()
    everything = "\n".join(dump.driver_connection.iterdump())  # type: ignore[union-attr]  # sqlite3's own
    dump.close()
    assert "Hoa2011" not in everything


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("ghi đại 30p bà nội zalo cho đủ chỉ tiêu được ko", "có thật"),
        ("mai em sẽ dạy bà nội gọi zalo 30p", "Làm xong"),
        ("bot ơi làm sao để tải VNeID vậy?", "bài học"),
        ("hôm nay em chưa giúp được ai vì bận ôn thi", "Không sao"),
        ("bà em bị gọi lừa đảo mất 2 triệu rồi phải làm sao", "Đừng chuyển thêm tiền"),
        ("em muốn rút khỏi chương trình và xoá dữ liệu của em", "xóa"),
    ],
)
def test_what_is_no_log_is_answered_and_never_saved(school: School, line: str, answer: str) -> None:
    an = school.pupil("An")
    assert answer in an.say(line)
    assert "Đúng, ghi lại" not in an.labels
    assert an.logs() == []


def test_only_pupils_keep_a_logbook(school: School) -> None:
    assert "Sổ ghi buổi giúp là của học sinh" in school.elder().say(SENTENCE)
    assert "mã thầy cô" in _joined_stranger(school).say(SENTENCE)


def _joined_stranger(school: School):  # type: ignore[no-untyped-def]  # a Talk
    stranger = school.stranger("nobody")
    stranger.join()
    return stranger


def test_a_log_of_long_ago_is_marked_as_added_afterwards(school: School) -> None:
    an = school.pupil("An")
    shown = an.say("ngày 5/11 em giúp bà ngoại gọi video zalo 20p, bà tự làm được")
    assert "ghi bổ sung" in shown
    an.tap("Đúng, ghi lại")
    assert an.logs()[0].day == school.now.date() - timedelta(days=20)


@pytest.mark.parametrize("minutes", ["0p", "99999999999p", "2000 phút"])
def test_minutes_nobody_means_are_not_saved(school: School, minutes: str) -> None:
    an = school.pupil("An")
    assert "15 phút (thường lệ)" in an.say(f"giúp bà ngoại gọi video zalo {minutes}, bà tự làm được")


def test_a_new_log_instead_of_a_note_is_a_new_log(school: School) -> None:
    an = school.pupil("An")
    an.say("giúp bố cài vneid 20p, bị vướng vì mạng lỗi")
    an.tap("Đúng, ghi lại")
    assert "mẹ · chuyển khoản · 10 phút" in an.say("giúp mẹ chuyển khoản 10p, mẹ tự làm được")


def test_after_a_withdrawn_consent_no_old_button_saves_anything(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    correct = an.value("Sửa")
    an.say("/rutdongy")
    assert "nhờ thầy cô" in an.choose(correct)
    assert not an.answer.failed
    assert len(an.logs()) == 1


def corrections(school: School) -> list[tuple[str, dict[str, object], dict[str, object]]]:
    with school.database.transaction() as store:
        return [(row.said, json.loads(row.understood), json.loads(row.saved)) for row in store.corrections()]


def test_what_was_understood_wrongly_is_kept_masked_as_a_test_line(school: School) -> None:
    an = school.pupil("An")
    an.say("hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r, mk của bà là Lan1950")
    an.tap("Sửa")
    an.tap("Người được giúp")
    an.tap("Mẹ")
    an.tap("Đúng, ghi lại")
    ((said, understood, saved),) = corrections(school)
    assert "Lan1950" not in said
    assert said.startswith("hnay e chỉ bà ngoại gọi vd zalo 20p")
    assert (understood["relatives"], saved["relatives"]) == (["BA_NGOAI"], ["ME"])
    assert {**understood, "relatives": ["ME"]} == saved


def test_what_was_understood_well_is_not_kept(school: School) -> None:
    an = school.pupil("An")
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    assert corrections(school) == []


def test_what_was_only_asked_for_is_no_mistake_and_erasing_takes_the_sentences_too(school: School) -> None:
    an = school.pupil("An")
    an.say("giúp ba gọi vd zalo")
    for label in ("Tự làm được", "Đúng, ghi lại"):
        an.tap(label)
    assert corrections(school) == []
    an.say("giúp bà ngoại gọi vd zalo 20p, bà tự làm được")
    for label in ("Đổi số phút", "30 phút", "Đúng, ghi lại"):
        an.tap(label)
    assert [saved["minutes"] for _, _, saved in corrections(school)] == [30]
    an.say("/xoadulieu")
    an.tap("Xóa hết")
    assert corrections(school) == []
