"""The teacher's week: who has logged, by whom, what and state; one tap for the rest; silence when nothing is new."""

import csv
import io
from datetime import timedelta

import pytest

from bot.papers import desk
from bot.port import Who
from bot.rules import period
from bot.texts import speaking
from handlers.reports import labels
from handlers.reports.paper import Paper
from tests.handlers.test_class_list import THREE, imported
from tests.handlers.test_summary import helped
from tests.talk import School, Talk


def confirmed(talk: Talk, minutes: int) -> None:
    talk.say(f"giúp bà ngoại gọi video zalo {minutes}p, bà tự làm được")
    talk.tap("Đúng, ghi lại")
    talk.tap("Đưa máy cho bà ngoại")
    talk.tap("Đúng rồi")


@pytest.mark.parametrize("words", ["/chitiet", "chi tiết", "chi tiet lop"])
def test_who_has_logged_and_who_has_not(school: School, words: str) -> None:
    an, _binh = school.pupil("An"), school.pupil("Bình")
    helped(school, an, 1)
    helped(school, an, 2)
    said = school.teacher().say(words)
    assert said == "\n".join(
        [
            "Lớp 7A, tuần 23/11–29/11",
            "Đã ghi (1 em): An 2",
            "Chưa ghi (1 em): Bình",
            "36 em trong danh sách chưa vào lớp.",
        ]
    )


def test_any_question_is_one_or_two_taps_away(school: School) -> None:
    an = school.pupil("An")
    helped(school, an, 1)
    helped(school, an, 2, relative="ME")
    helped(school, an, 9)
    confirmed(an, 25)
    teacher = school.teacher()
    teacher.say("/lop")
    teacher.tap("Chi tiết")
    assert "• bà ngoại: 2 buổi\n• mẹ: 1 buổi" in teacher.tap("Theo người thân")
    assert "• gọi video Zalo: 3 buổi" in teacher.tap("Theo kỹ năng")
    assert "• tự khai: 2 buổi\n• người thân xác nhận: 1 buổi" in teacher.tap("Theo trạng thái")
    teacher.tap("Ai đã ghi, ai chưa")
    teacher.tap("Việc khác")
    assert "tuần 16/11–22/11\nĐã ghi (1 em): An 1" in teacher.tap("Tuần trước đó")


def test_all_confirmed_sessions_are_approved_with_one_tap_and_no_others(school: School) -> None:
    an, binh, chi = (school.pupil(name) for name in ("An", "Bình", "Chi"))
    confirmed(an, 20)
    confirmed(binh, 25)
    helped(school, chi, 1)
    helped(school, chi, 3, minutes=250)
    teacher = school.teacher()
    teacher.say("/lop")
    confirmed(school.pupil("Dũng"), 35)  # told after the teacher looked
    said = teacher.tap("Duyệt cả 2 buổi đã xác nhận")
    assert "Đã duyệt 2 buổi người thân đã xác nhận." in said
    assert "3 buổi chờ duyệt" in said
    assert [log.state for talk in (an, binh, chi) for log in talk.logs()] == ["checked", "checked", "told", "told"]


def test_three_nudges_are_one_tap_where_there_is_no_room_for_three(school: School) -> None:
    people = [school.pupil(name) for name in ("An", "Bình", "Chi")]
    for talk in people:
        helped(school, talk, 1, minutes=250)
        helped(school, talk, 8)
    teacher = school.teacher()
    teacher.say("/lop")
    said = teacher.tap("Nhắc cả 3 em")
    assert said.count("Đã gửi lời nhắc nhẹ tới") == 3
    assert all("cô muốn hỏi em thêm" in "".join(r.text for a, r in sent) for sent in [school.deliver()])


def test_monday_is_silent_when_nothing_happened_and_says_so_once_a_month(school: School) -> None:
    an = school.pupil("An")
    helped(school, an, 1)
    teacher = school.teacher()
    school.now = school.now.replace(hour=9, minute=0) + timedelta(days=5)
    assert "Lớp 7A, tuần 23/11–29/11" in teacher.receive()
    for _week in range(3):
        school.wait(weeks=1)
        assert teacher.receive() == ""
    school.wait(weeks=1)
    assert "Bốn tuần nay Lớp 7A chưa có gì mới nên em không nhắn." in teacher.receive()
    helped(school, an, 1)
    school.wait(weeks=1)
    assert "Lớp 7A, tuần" in teacher.receive()


def test_a_teacher_chooses_daily_weekly_or_off(school: School) -> None:
    an = school.pupil("An")
    teacher = school.teacher()
    assert "Hằng tuần em nhắc cô vào thứ Hai lúc 9:00" in teacher.say("/nhac")
    teacher.tap("Mỗi ngày")
    assert "mỗi ngày học lúc 16:30" in teacher.tap("16:30")
    assert "mỗi ngày học lúc 16:30" in teacher.say("/nhac")
    helped(school, an, 0)
    school.now = school.now.replace(hour=16, minute=30) + timedelta(days=1)
    assert "tuần 23/11–29/11 (đến 26/11)" in teacher.receive()
    school.wait(days=1)
    assert teacher.receive() == "", "nothing new since yesterday"
    teacher.say("/nhac")
    teacher.tap("Mỗi tuần")
    teacher.tap("Thứ Sáu")
    assert "thứ Sáu" in teacher.tap("16:30")
    teacher.say("/nhac")
    teacher.tap("Dừng gửi")
    helped(school, an, 0)
    school.wait(weeks=1)
    assert teacher.receive() == ""


def test_goals_are_kept_with_their_days(school: School) -> None:
    teacher = school.teacher()
    teacher.say("mục tiêu")
    teacher.say("20 em")
    school.wait(days=7)
    teacher.say("mục tiêu")
    teacher.say("25 em")
    assert "25/11: mục tiêu 20 em\nLớp 7A đang đặt mục tiêu 25/38 em" in teacher.say("mục tiêu")


# -- questions ---------------------------------------------------------------------------------


def test_a_pupil_asks_and_the_answer_comes_back(school: School) -> None:
    an, teacher = school.pupil("An"), school.teacher()
    an.say("hỏi thầy cô")
    assert "Mình chuyển câu hỏi tới thầy cô rồi." in an.say("Bà em quên mật khẩu Zalo thì làm sao ạ?")
    assert "1 câu hỏi của các em chờ cô trả lời." in teacher.say("/lop")
    assert "1. An: “Bà em quên mật khẩu Zalo thì làm sao ạ?”" in teacher.say("/cauhoi")
    teacher.tap("Trả lời câu 1")
    assert "Đã gửi câu trả lời." in teacher.say("Em bấm “Quên mật khẩu” rồi làm theo nhé.")
    assert "Không có câu hỏi nào chờ cô ạ." in teacher.say("/cauhoi")
    assert an.receive() == (
        "An ơi, cô trả lời câu “Bà em quên mật khẩu Zalo thì làm sao ạ?”:\nEm bấm “Quên mật khẩu” rồi làm theo nhé."
    )
    assert an.receive() == ""


def test_what_the_bot_cannot_answer_goes_to_the_teacher(school: School) -> None:
    an = school.pupil("An")
    an.say("làm sao để tải VNeID?")
    assert "Hỏi thầy cô" in an.labels
    an.tap("Hỏi thầy cô")
    an.tap("Thôi, không hỏi")
    assert "Không có câu hỏi" in school.teacher().say("/cauhoi")


def test_a_secret_in_a_question_or_an_answer_goes_no_further(school: School) -> None:
    an, teacher = school.pupil("An"), school.teacher()
    assert "đừng gửi mật khẩu" in an.say("/hoi mã OTP 482913 của bà là gì ạ")
    assert "482913" not in teacher.say("/cauhoi")
    teacher.tap("Trả lời câu 1")
    teacher.say("số của cô là 0912345678")
    assert "0912345678" not in an.receive()


def test_questions_have_an_end(school: School) -> None:
    an = school.pupil("An")
    assert "ngắn lại" in an.say("/hoi " + "vì sao ạ " * 60)
    for number in range(5):
        an.say(f"/hoi câu {number} là gì ạ")
    assert "đang có 5 câu chờ" in an.say("/hoi câu nữa ạ")
    an.say("/menu")


def test_who_is_being_scammed_is_helped_before_any_question(school: School) -> None:
    an = school.pupil("An")
    an.say("hỏi cô")
    assert "Gọi ngân hàng" in an.say("bà em vừa bị lừa chuyển tiền cho công an giả")
    assert "Không có câu hỏi" in school.teacher().say("/cauhoi")


# -- the paper book ----------------------------------------------------------------------------


def same_teacher(school: School) -> Talk:
    """The teacher of 7A, who has joined before."""
    return Talk(school, Who("web", "teacher-TEACHER7A"))


@pytest.fixture
def leader(school: School) -> Talk:
    """Bống leads; Bang has no phone, and the paper is signed."""
    bong, teacher = school.pupil("Bống"), school.teacher()
    imported(teacher, THREE)
    teacher.say("chi đội trưởng")
    teacher.tap("Bống")
    assert "✓ Bống" in teacher.labels
    teacher.say("/chitiet")
    teacher.tap("Việc khác")
    teacher.tap("Em không có máy")
    assert "chữ ký của HS02 Bang và của phụ huynh" in teacher.tap("HS02 Bang")
    teacher.tap("Đúng, có phiếu")
    return bong


def test_the_leader_fills_in_from_the_paper_book_and_it_says_so(school: School, leader: Talk) -> None:
    leader.say("sổ giấy")
    assert "Bạn Bang giúp ai?" in leader.tap("Bang")
    said = leader.say("giúp mẹ chuyển khoản 30p, mẹ tự làm được")
    assert "Từ sổ giấy, bạn Bang: hôm nay" in said
    assert "Đã ghi ✅ cho bạn Bang, từ sổ giấy." in leader.tap("Đúng, ghi lại")
    assert leader.logs() == []
    teacher = same_teacher(school)
    assert "Bang (sổ giấy): hôm nay" in teacher.say("/duyet")
    teacher.tap("Xem từng buổi")
    assert "Bống ghi từ sổ giấy" in teacher.tap("Buổi 1")
    teacher.tap("Duyệt")
    assert "1/3 em" in teacher.say("/lop")
    with school.database.transaction() as store:
        bang = next(one for one in store.pupils(school.room) if one.nickname == "Bang")
        assert [(found.by, found.channel) for found in store.consents(bang.id)] == [
            ("child", "paper"),
            ("guardian", "paper"),
        ]


def test_the_papers_mark_what_came_from_the_paper_book_and_count_it(school: School, leader: Talk) -> None:
    leader.say("giúp bà ngoại gọi video zalo 20p, bà tự làm được")
    leader.tap("Đúng, ghi lại")
    leader.say("sổ giấy")
    leader.tap("Bang")
    leader.say("giúp mẹ chuyển khoản, mẹ tự làm được")
    leader.tap("Đúng, ghi lại")
    teacher = same_teacher(school)
    assert teacher.say("/baocao").endswith("Trong đó 1 buổi chi đội trưởng ghi từ sổ giấy.")
    with school.database.reading() as store, speaking(labels.VIETNAMESE):
        month = period.month(school.now.date())
        paper = desk.paper_of(store, school.room, "book", month.name, school.now)
        _name, told = desk.csv_of(store, school.room, "book", month.name, school.now, ";")
        report = desk.paper_of(store, school.school, "report", month.name, school.now)
    assert sorted(str(row[-1]) for row in next(paper.tables).rows) == ["", "ghi từ sổ giấy; phút thường lệ"]
    notes = [row[-1] for row in csv.reader(io.StringIO(told.decode("utf-8-sig"), newline=""), delimiter=";")]
    assert (notes[0], sorted(notes[1:])) == ("ghi_chu", ["", "ghi từ sổ giấy; phút thường lệ"])
    assert "Chi đội trưởng ghi từ sổ giấy: 1 lượt." in paper.sections[3].lines
    assert any("; 1 lượt chi đội trưởng ghi từ sổ giấy." in line for line in sentences(report))


def sentences(paper: Paper) -> list[str]:
    return [line for section in paper.sections for line in section.lines]


def test_by_taps_too_and_the_own_book_stays_ones_own(school: School, leader: Talk) -> None:
    leader.say("sổ giấy")
    leader.tap("Bang")
    leader.tap("Mẹ") if "Mẹ" in leader.labels else leader.say("mẹ")
    leader.say("chuyển khoản")
    leader.tap("Tự làm được")
    assert "cho bạn Bang" in leader.replies[0].text
    leader.say("giúp bà ngoại gọi video zalo 20p, bà tự làm được")
    assert "Em ghi:" in leader.replies[0].text
    leader.tap("Đúng, ghi lại")
    assert len(leader.logs()) == 1


def test_nobody_else_fills_in_and_only_for_who_has_no_phone(school: School, leader: Talk) -> None:
    an = school.pupil("An", "PUPIL7B")
    assert "sổ giấy cho bạn nào" not in an.say("sổ giấy")
    leader.say("sổ giấy")
    assert leader.labels == ["Bang", "Để sau"]
    teacher = same_teacher(school)
    teacher.say("/chidoitruong")
    teacher.tap("✓ Bống")
    assert "sổ giấy cho bạn nào" not in leader.say("sổ giấy")


def test_who_gets_a_phone_later_finds_what_was_filled_in(school: School, leader: Talk) -> None:
    leader.say("sổ giấy")
    leader.tap("Bang")
    leader.say("giúp mẹ chuyển khoản 30p, mẹ tự làm được")
    leader.tap("Đúng, ghi lại")
    teacher = same_teacher(school)
    assert "1 thẻ vào Lớp 7A" in teacher.say("/the")
    teacher.tap("Cấp lại thẻ")
    card = teacher.tap("HS02 Bang").split(": ")[1].replace(" ", "")
    bang = school.stranger("new phone")
    assert "Chào Bang, em vào lớp rồi nhé." in bang.join(card[:8])
    assert len(bang.logs()) == 1


def test_a_nudge_for_who_has_no_phone_is_the_teachers_own_word(school: School, leader: Talk) -> None:
    teacher = same_teacher(school)
    teacher.say("/lop")
    label = next(label for label in teacher.labels if label.endswith("Bang"))
    assert "Bang không có máy, cô nói với em ấy trên lớp nhé." in teacher.tap(label)
