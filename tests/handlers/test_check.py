"""The teacher checks: what waits, what is odd, what was decided."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import week
from db.models import Change
from db.store import COUNTED, Draft, Told
from handlers.reports import weekly
from tests.examples import examples
from tests.handlers.test_summary import helped
from tests.talk import School, Talk

SENTENCE = "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r"
LONG = "hôm nay em chỉ bà ngoại cách gọi video trên zalo cho cậu ở xa 20 phút, bà tự làm được rồi"


def saved(school: School, nickname: str = "An", line: str = SENTENCE) -> Talk:
    talk = school.pupil(nickname)
    talk.say(line)
    talk.tap("Đúng, ghi lại")
    return talk


def opened(school: School, which: str = "Xem từng buổi") -> Talk:
    """The teacher with the first session of a list open."""
    teacher = school.teacher()
    teacher.say("/duyet")
    teacher.tap(which)
    teacher.tap("Buổi 1")
    return teacher


def changes(school: School, log_id: int) -> list[Change]:
    with school.database.transaction() as store:
        return store.changes([log_id])


# -- what waits, and what is odd ---------------------------------------------------------------


@pytest.mark.parametrize("said", ["/duyet", "/check", "duyệt", "duyet buoi ghi"])
def test_what_waits_is_found_by_command_and_by_plain_words(school: School, said: str) -> None:
    saved(school)
    assert "1 buổi chờ duyệt" in school.teacher().say(said)


def test_odd_sessions_say_why_and_are_in_no_bulk_approval(school: School) -> None:
    an, binh = school.pupil("An"), school.pupil("Bình")
    helped(school, an, 1)
    helped(school, binh, 1, minutes=300)
    teacher = school.teacher()
    said = teacher.say("/duyet")
    assert "2 buổi chờ duyệt. Cũ nhất:" in said
    assert "tự làm được ⚠ 300 phút trong một ngày" in said
    assert "1 buổi có dấu ⚠, cô mở xem từng buổi nhé." in said
    assert teacher.labels == [
        "Duyệt 1 buổi này",
        "Xem từng buổi",
        "Xem buổi có dấu ⚠",
        "Các buổi đã duyệt",
        "Để sau",
    ]
    teacher.tap("Duyệt 1 buổi này")
    assert (an.logs()[0].state, binh.logs()[0].state) == ("checked", "told")
    assert "Duyệt" not in " ".join(teacher.labels[:1])


def test_every_oddity_is_said_in_words(school: School) -> None:
    an, binh = saved(school, "An", LONG), saved(school, "Bình", LONG)
    chi, dung = school.pupil("Chi"), school.pupil("Dũng")
    for began, relative in ((1140, "ME"), (1150, "BO")):
        day = school.now - timedelta(days=1)
        school.told(chi, day, Draft(day.date(), 20, False, "TU_LAM", (relative,), ("CK",), began))
    helped(school, chi, 2)
    helped(school, chi, 2, minutes=10)
    for days in range(1, 6):
        helped(school, dung, days)
    day = school.now - timedelta(days=3)
    many = ("ONG_NOI", "ONG_NGOAI", "BA_NOI", "ME", "BO", "CO")
    school.told(binh, day, Draft(day.date(), 20, False, "TU_LAM", many, ("CK",)))
    an.tap("Đưa máy cho bà ngoại")
    an.tap("Chưa đúng")
    teacher = school.teacher()
    teacher.say("/duyet")
    seen = teacher.tap("Xem buổi có dấu ⚠")
    while "Xem tiếp" in teacher.labels and (more := teacher.tap("Xem tiếp")) not in seen:
        seen += more
    assert "Dấu chỉ để cô hỏi lại, chưa phải là sai" in seen
    for why in (
        "giống hệt lời của bạn khác",
        "trùng giờ với buổi khác",
        "ghi hai lần trong một ngày",
        "5 buổi ghi giống nhau",
        "6 người thân trong một ngày",
        "người thân bảo chưa đúng",
    ):
        assert f"⚠ {why}" in seen


def test_an_odd_session_is_opened_beside_the_one_it_was_copied_from_and_approved(school: School) -> None:
    saved(school, "An", LONG)
    binh = saved(school, "Bình", LONG)
    teacher = opened(school, "Xem buổi có dấu ⚠")
    said = teacher.replies[0].text
    assert "⚠ Giống hệt lời của bạn khác\n   An: hôm nay" in said
    assert teacher.labels == ["Duyệt", "Không đúng", "Sửa", "Quay lại"]
    assert "Đã duyệt buổi của Bình ✓✓" in teacher.tap("Duyệt")
    assert binh.logs()[0].state == "checked"
    assert "1 buổi chờ duyệt" in teacher.tap("Xem tiếp")


def test_what_becomes_odd_after_it_was_shown_is_not_approved_with_the_others(school: School) -> None:
    an, binh = saved(school), saved(school, "Bình", "giúp mẹ chuyển khoản 10p, mẹ tự làm được")
    teacher = school.teacher()
    teacher.say("/duyet")
    an.tap("Đưa máy cho bà ngoại")
    an.tap("Chưa đúng")
    assert "Đã duyệt 1 buổi. 1 buổi vừa có dấu ⚠ nên chưa duyệt." in teacher.tap("Duyệt 2 buổi này")
    assert (an.logs()[0].state, binh.logs()[0].state) == ("told", "checked")


def test_a_relative_who_says_yes_after_all_takes_the_mark_away(school: School) -> None:
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    yes = an.value("Đúng rồi")
    an.tap("Chưa đúng")
    teacher = school.teacher()
    assert "⚠ người thân bảo chưa đúng" in teacher.say("/duyet")
    an.choose(yes)
    said = teacher.say("/duyet")
    assert "⚠" not in said
    assert "tự làm được ✓" in said
    assert "(✓ người thân đã xác nhận)" in said


def test_a_note_of_what_went_wrong_is_shown_to_the_teacher(school: School) -> None:
    saved(school, line="giúp bố cài vneid 30p, bị vướng").say("máy bố đầy bộ nhớ")
    teacher = school.teacher()
    assert "bị vướng – “máy bố đầy bộ nhớ”" in teacher.say("/duyet")
    teacher.tap("Xem từng buổi")
    assert "“máy bố đầy bộ nhớ”" in teacher.tap("Buổi 1")


def test_long_lists_go_on_and_begin_again(school: School) -> None:
    an = school.pupil("An")
    for days in range(1, 9):
        helped(school, an, days, minutes=10 + days)
    teacher = school.teacher()
    teacher.say("/duyet")
    first = teacher.tap("Xem từng buổi")
    assert teacher.labels == ["Buổi 1", "Buổi 2", "Buổi 3", "Xem tiếp", "Quay lại"]
    teacher.tap("Xem tiếp")
    teacher.tap("Xem tiếp")
    assert teacher.labels == ["Buổi 1", "Buổi 2", "Xem tiếp", "Quay lại"]
    assert teacher.tap("Xem tiếp") == first


# -- one session -------------------------------------------------------------------------------


def test_one_session_tells_who_did_what_when_and_how(school: School) -> None:
    an = saved(school)
    school.wait(minutes=10)
    an.tap("Đưa máy cho bà ngoại")
    an.tap("Bà vẫn cần giúp")
    said = opened(school).replies[0].text
    assert said == (
        "An: hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 20 phút · tự làm được ✓\n"
        "Trạng thái: người thân xác nhận.\n"
        "• An tự khai, thứ Tư 25/11 19:30\n"
        "• bà ngoại xác nhận trên máy của An, vẫn cần giúp thêm, thứ Tư 25/11 19:40"
    )


def test_a_relatives_own_phone_is_named_in_the_history(school: School) -> None:
    an = school.pupil("An")
    an.say("nối máy")
    an.tap("Bà ngoại")
    code = an.replies[0].text
    bà = school.elder()
    bà.say("nối máy")
    bà.say(next(line for line in code.replace("“", "\n").replace("”", "\n").splitlines() if line[-2:].isdigit()))
    bà.tap("Đúng, nối máy")
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    while "phải không ạ?" not in bà.receive():
        school.wait(hours=1)
    bà.tap("Đúng rồi")
    assert "• bà ngoại xác nhận trên máy riêng, " in opened(school).replies[0].text


def test_what_the_pupil_corrected_is_seen_in_both_versions(school: School) -> None:
    an = saved(school)
    an.tap("Sửa")
    an.tap("Số phút")
    an.tap("45 phút")
    an.tap("Đúng, ghi lại")
    said = opened(school).replies[0].text
    assert "45 phút" in said
    assert (
        "Bản trước: hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 20 phút · tự làm được (An sửa lại, thứ Tư 25/11 19:30)"
        in said
    )


def test_not_right_counts_no_more_and_is_found_again_among_what_was_decided(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    assert "không đúng, em không tính nữa" in teacher.tap("Không đúng")
    assert teacher.labels == ["Hoàn tác", "Xem tiếp", "Trang chính"]
    assert an.logs() == []
    assert "Không có buổi nào chờ duyệt" in teacher.say("/duyet")
    assert "1 buổi cô đã xem" in teacher.tap("Các buổi đã duyệt")
    assert "tự làm được ✗" in teacher.replies[0].text
    assert "• cô ghi là không đúng, " in teacher.tap("Buổi 1")
    assert teacher.labels == ["Hoàn tác", "Quay lại"]
    assert "• cô hoàn tác, " in teacher.tap("Hoàn tác")
    assert an.logs()[0].state == "told"


def test_an_approval_is_undone_to_what_it_was(school: School) -> None:
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    an.tap("Đúng rồi")
    teacher = opened(school)
    teacher.tap("Duyệt")
    undo = teacher.value("Hoàn tác")
    assert "Trạng thái: người thân xác nhận." in teacher.tap("Hoàn tác")
    assert an.logs()[0].state == "confirmed"
    assert "không hoàn tác được" in teacher.choose(undo)
    assert an.logs()[0].state == "confirmed"


def test_an_approval_in_bulk_can_be_taken_back_one_by_one_later(school: School) -> None:
    an = saved(school)
    teacher = school.teacher()
    teacher.say("/duyet")
    teacher.tap("Duyệt 1 buổi này")
    school.wait(days=3)
    teacher.tap("Các buổi đã duyệt")
    assert "• cô duyệt, thứ Tư 25/11 19:30" in teacher.tap("Buổi 1")
    assert teacher.labels == ["Không đúng", "Sửa", "Hoàn tác", "Quay lại"]
    teacher.tap("Hoàn tác")
    assert an.logs()[0].state == "told"


def test_a_second_teacher_reads_who_decided(school: School) -> None:
    saved(school)
    opened(school).tap("Duyệt")
    second = school.stranger("second-teacher")
    second.join("TEACHER7A")
    second.tap("Thầy")
    second.say("/duyet")
    second.tap("Các buổi đã duyệt")
    assert "• cô duyệt, " in second.tap("Buổi 1")


def test_what_moved_meanwhile_is_shown_as_it_stands_and_not_decided(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    approve, refute, amend = (teacher.value(label) for label in ("Duyệt", "Không đúng", "Sửa"))
    an.say("/rutlai")
    an.tap("Rút lại")
    for value in (approve, refute, amend):
        said = teacher.choose(value)
        assert "Buổi này vừa thay đổi" in said
        assert "• An rút lại, " in said
        assert teacher.labels == ["Quay lại"]
    assert an.logs() == []


def test_approving_twice_keeps_one_step(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    approve = teacher.value("Duyệt")
    teacher.tap("Duyệt")
    assert "vừa thay đổi" in teacher.choose(approve)
    assert len(changes(school, an.logs()[0].id)) == 1


def test_nothing_decided_yet_is_said_so(school: School) -> None:
    teacher = school.teacher()
    teacher.say("/duyet")
    assert "Chưa có buổi nào đã duyệt" in teacher.tap("Các buổi đã duyệt")


def test_only_the_own_class_is_seen_and_decided(school: School) -> None:
    an = saved(school)
    teacher = opened(school)
    values = [teacher.value(label) for label in ("Duyệt", "Không đúng", "Sửa", "Quay lại")]
    other = school.teacher("TEACHER7B")
    assert "Không có buổi nào" in other.say("/duyet")
    assert all("cũ rồi" in other.choose(value) for value in values)
    teacher.tap("Duyệt")
    undo = teacher.value("Hoàn tác")
    teacher.join("TEACHER7B")
    teacher.tap("Đúng, thêm vai")
    for value in (*values[:3], undo):
        assert "cũ rồi" in teacher.choose(value)
    assert an.logs()[0].state == "checked"


def test_who_is_no_teacher_any_more_sees_nothing(school: School) -> None:
    saved(school)
    teacher = school.teacher()
    teacher.say("/duyet")
    values = [choice.value for choice in teacher.replies[-1].choices if choice.value != "home"]
    teacher.say("/rutdongy")
    assert all("cũ rồi" in teacher.choose(value) for value in values)


def test_a_pupil_who_left_is_named_no_more(school: School) -> None:
    saved(school).say("/rutdongy")
    said = school.teacher().say("/duyet")
    assert "• một em đã rời lớp: " in said


def test_the_same_in_english(school: School) -> None:
    helped(school, school.pupil("Bình"), 1, minutes=300)
    an = saved(school)
    an.tap("Đưa máy cho bà ngoại")
    an.tap("Đúng rồi")
    teacher = school.teacher()
    teacher.say("/language")
    teacher.tap("English")
    assert "⚠ 300 minutes on one day" in teacher.say("/check")
    teacher.tap("Open them one by one")
    said = teacher.tap("Session 1")
    assert "State: confirmed by the relative." in said
    assert "• maternal grandmother confirmed it on An's phone, Wednesday 25 Nov 19:30" in said
    assert "it counts no more" in teacher.tap("Not right")
    assert "Undone." in teacher.tap("Undo")


# -- whatever people do ------------------------------------------------------------------------

ACTIONS = st.lists(
    st.tuples(st.sampled_from(["pupil", "pupil", "teacher", "teacher", "teacher", "wait"]), st.integers(0, 50)),
    min_size=15,
    max_size=50,
)
TYPED = {
    "pupil": (SENTENCE, "/so", "/rutlai", "/giup"),
    "teacher": ("/duyet", "/kiem", "/lop", "25p", "bà nhớ lại rồi", "/duyet"),
}


@examples(4)
@given(actions=ACTIONS)
def test_whatever_is_tapped_only_what_stands_counts_and_each_session_once(
    another_school: Callable[[datetime], School], monday: datetime, actions: list[tuple[str, int]]
) -> None:
    school = another_school(monday)
    an = school.pupil("An")
    for days in (4, 5, 6):
        helped(school, an, days, minutes=10 * days)
    people = {"pupil": an, "teacher": school.teacher()}
    for who, number in actions:
        if who == "wait":
            school.wait(minutes=number)
            school.deliver()
        else:
            act(people[who], TYPED[who], number)
        check_counts(school)


def act(talk: Talk, typed: tuple[str, ...], number: int) -> None:
    """Type something, or tap one of the buttons, of the last message or of any before."""
    recent = [choice.value for reply in talk.replies for choice in reply.choices]
    old = [choice.value for answer in talk.answers for reply in answer.replies for choice in reply.choices]
    kept = [value for value in recent + old[::-1] if value.split(":")[0] not in ("erase", "unconsent", "language")]
    if number < len(typed) or not kept:
        talk.say(typed[number % len(typed)])
    else:
        talk.choose(kept[(number - len(typed)) % len(kept)])


def check_counts(school: School) -> None:
    """The summary counts what stands, each session in one state, and of several versions the last one at most."""
    with school.database.transaction() as store:
        every = store.week_logs(school.room, school.now.date() - timedelta(days=90), school.now.date(), far(school))
        steps: dict[int, Change] = {change.log_id: change for change in store.changes([log.id for log in every])}
        unit = store.unit(school.room)
        spans = {week.week_of(log.day).first: week.week_of(log.day) for log in every}
        figures = [weekly.rows(store, unit, span, school.now.date()).now for span in spans.values()]
    counted = [log for log in every if log.state in COUNTED]
    assert sum(found.sessions for found in figures) == len(counted)
    assert all(found.told + found.confirmed + found.checked == found.sessions for found in figures)
    assert all(log.state == (steps[log.id].state if log.id in steps else "told") for log in every)
    standing(every)


def far(school: School) -> datetime:
    return school.now + timedelta(days=1)


def standing(every: list[Told]) -> None:
    """What was replaced counts no more."""
    replaced = {log.replaces for log in every}
    assert all(log.state not in COUNTED for log in every if log.id in replaced)
