"""Reports as conversations: the numbers, sending up, approval and lock, corrections with a reason, who is late."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot import turns
from bot.papers import desk
from bot.papers.desk import Papers
from bot.rules import period
from bot.texts import speaking
from db.models import Unit
from db.store import Draft
from handlers import report
from handlers.reports import labels, official, sending
from handlers.reports.paper import Cell
from tests.conftest import VIETNAM, WEDNESDAY
from tests.talk import PLACE, School, Talk

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))
DECEMBER = datetime(2026, 12, 2, 9, 0, tzinfo=VIETNAM)


@pytest.fixture
def drawing(school: School, tmp_path: Path) -> Papers:
    """The school's desk of documents, in a folder of its own."""
    papers = Papers(school.database, tmp_path, lambda: b"a key of this test", lambda: school.now)
    school.place = turns.Place(PLACE.locale, PLACE.public_url, papers=papers)
    return papers


def told(school: School, pupil: Talk, day: int, relative: str = "BA_NGOAI", outcome: str = "TU_LAM") -> None:
    when = datetime(2026, 11, day, 19, 30, tzinfo=VIETNAM)
    school.told(pupil, when, Draft(date(2026, 11, day), 20, False, outcome, (relative,), ("ZALO_VIDEO",)))


@pytest.fixture
def november(school: School) -> School:
    """Three sessions of November in 7A, by two pupils; it is the 2nd of December."""
    an, binh = school.pupil("An"), school.pupil("Bình")
    told(school, an, 3)
    told(school, an, 10, outcome="VUONG")
    told(school, binh, 20, "ME")
    school.now = DECEMBER
    return school


@pytest.mark.parametrize("said", ["báo cáo", "bao cao", "/baocao", "report"])
def test_the_teacher_asks_for_the_report(said: str, november: School) -> None:
    teacher = november.teacher()
    teacher.say(said)
    teacher.tap("Kỳ trước")
    assert teacher.replies[0].text.split("\n") == [
        "Lớp 7A, tháng 11/2026:",
        "2/38 em (5%) đã giúp ít nhất 1 người thân (tự khai 2, xác nhận 0, đối chiếu 0).",
        "2 người thân, trong đó 1 người từ 60 tuổi; 2 người tự làm được.",
        "3 buổi, 60 phút (tự khai 3, xác nhận 0, đối chiếu 0).",
        "1 buổi bị vướng.",
    ]
    assert teacher.labels == ["Tệp và bản in", "Gửi lên trên", "Kỳ trước", "Kỳ khác"]


def asks(school: School, nickname: str, question: str) -> None:
    school.pupil(nickname).say(f"/hoi {question}")


def said_by(school: School, unit_id: int, name: str = "2026-11") -> str:
    """All that the report of a unit says in sentences."""
    with school.database.reading() as store, speaking(labels.VIETNAMESE):
        paper = desk.paper_of(store, unit_id, "report", name, school.now)
    return "\n".join(line for section in paper.sections for line in section.lines)


def test_questions_to_the_teacher_are_difficulties_by_number_and_never_in_words(school: School) -> None:
    for name in ("An", "Bình", "Chi"):
        asks(school, name, f"{name} hỏisecret thế nào ạ?")
    teacher = school.teacher()
    teacher.say("câu hỏi")
    teacher.tap("Trả lời câu 1")
    teacher.say("Em làm như bài 3 nhé.")
    assert "3 câu các em hỏi thầy cô: đã trả lời 1, đang chờ 2." in teacher.say("báo cáo")
    assert "Câu hỏi các em gửi thầy cô: 3 (đã trả lời 1, đang chờ 2)." in said_by(school, school.room)
    assert "Câu hỏi các em gửi thầy cô: <5 em hỏi nên không nêu số." in said_by(school, school.school)
    office = school.school_officer()
    assert "Có ít em hỏi thầy cô nên không hiện số." in office.say("báo cáo")
    for name in ("Dũng", "Hân"):
        asks(school, name, "hỏisecret")
    assert "Câu hỏi các em gửi thầy cô: 5 (đã trả lời 1, đang chờ 4)." in said_by(school, school.ward)
    assert "5 câu các em hỏi thầy cô" in office.say("báo cáo")
    everything = said_by(school, school.room) + said_by(school, school.school) + office.replies[0].text
    assert "hỏisecret" not in everything
    school.wait(days=20)
    assert "câu các em hỏi" not in teacher.say("báo cáo"), "they were asked in November"
    assert "Câu hỏi các em gửi thầy cô: không có." in said_by(school, school.room, "2026-12")


def test_in_english(november: School) -> None:
    teacher = november.teacher()
    teacher.say("/language en")
    teacher.say("report")
    teacher.tap("Period before")
    assert teacher.replies[0].text.split("\n")[1] == (
        "2 of 38 pupils (5%) have helped at least 1 relative (2 told, 0 confirmed, 0 checked)."
    )


@pytest.mark.parametrize(
    ("said", "period"),
    [
        ("01/11/2026 - 05/11/2026", "1/11–5/11"),
        ("từ 1/11 đến 5/11", "1/11–5/11"),
        ("1/11/2026–5/11/2026", "1/11–5/11"),
    ],
)
def test_any_days_can_be_typed(said: str, period: str, november: School) -> None:
    teacher = november.teacher()
    teacher.say("báo cáo")
    teacher.tap("Kỳ khác")
    assert period in teacher.say(said)
    assert "1 buổi" in teacher.replies[0].text


@pytest.mark.parametrize("said", ["hôm qua", "31/02/2026 - 01/03/2026", "05/11/2026 - 01/11/2026", "1/11/2026"])
def test_days_that_are_none_are_asked_again(said: str, november: School) -> None:
    teacher = november.teacher()
    teacher.say("báo cáo")
    teacher.tap("Kỳ khác")
    assert "chưa đọc được hai ngày" in teacher.say(said)


def test_the_week_that_runs_cannot_be_sent(school: School) -> None:
    teacher = school.teacher()
    teacher.say("báo cáo")
    assert "Gửi lên trên" not in teacher.labels


def test_class_sends_school_approves_and_what_was_sent_stays(november: School) -> None:
    teacher, school_office = november.teacher(), november.school_officer()
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    assert teacher.tap("Gửi lên trên") == ("Đã gửi THCS Hoa Mai báo cáo tháng 11/2026, bản 1. Bản gửi được giữ nguyên.")
    school_office.say("báo cáo")
    school_office.tap("Kỳ trước")
    assert school_office.tap("Ai đã nộp").split("\n") == [
        "THCS Hoa Mai, tháng 11/2026: đã nhận 1/2 báo cáo, 1 đúng hạn (hạn 3/12).",
        "Chưa nộp: Lớp 7B.",
        "Cộng các báo cáo đã nhận: 2/38 em, 2 người thân, 3 buổi.",
    ]
    assert "3 buổi (tự khai 3" in school_office.tap("Xem Lớp 7A")
    assert school_office.tap("Duyệt") == "Đã duyệt và khóa báo cáo của Lớp 7A."

    told(november, november.pupil("Chi"), 30)  # somebody tells of November once it is locked
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    assert "Bản 1 đã được duyệt và khóa; sửa thì gửi bản mới kèm lý do." in teacher.replies[0].text
    assert teacher.tap("Gửi lên trên") == "Kỳ này đã gửi rồi. Cô nhắn một câu: vì sao gửi bản mới?"
    assert "bản 2" in teacher.say("Một em ghi bổ sung.")
    with november.database.transaction() as store:
        unit = store.unit(november.room)
        first, second = store.versions_sent(unit.id, "month", date(2026, 11, 1), date(2026, 11, 30))
    assert (first.state, second.state, second.reason) == ("approved", "sent", "Một em ghi bổ sung.")
    assert [sending.opened(one).figures.sessions for one in (first, second)] == [3, 4]


def test_what_a_class_sends_up_has_its_totals_and_no_small_groups(november: School) -> None:
    teacher = november.teacher()
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    teacher.tap("Gửi lên trên")
    over = period.named("2026-11")
    assert over is not None
    with november.database.transaction() as store:
        (sent,) = store.versions_sent(november.room, over.kind, over.first, over.last)
        own = official.paper(official.facts(store, november.room, over, november.now))
    gone_up = sending.opened(sent).paper
    (said, told), (own_said, own_told) = (
        (" ".join(section.lines), [cell for table in section.tables for row in table.rows for cell in row])
        for paper in (gone_up, own)
        for section in paper.sections
        if section.title.startswith("1. Học sinh hướng dẫn")
    )
    assert "2/38" in said, "the plans ask every class for its total"
    assert "≥ 60 tuổi: <5" in said
    assert "≥ 60 tuổi: 1" in own_said
    assert told != own_told


def test_the_same_numbers_are_not_sent_twice(november: School) -> None:
    teacher = november.teacher()
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    teacher.tap("Gửi lên trên")
    teacher.tap("Xem báo cáo này")
    assert "giống hệt" in teacher.tap("Gửi lên trên")


def test_a_returned_report_says_why_and_comes_again(november: School) -> None:
    teacher, school_office = november.teacher(), november.school_officer()
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    teacher.tap("Gửi lên trên")
    school_office.say("báo cáo")
    school_office.tap("Kỳ trước")
    school_office.tap("Ai đã nộp")
    school_office.tap("Xem Lớp 7A")
    assert school_office.tap("Trả lại") == "Anh nhắn một câu: cần sửa gì?"
    assert school_office.say("Cô xem lại buổi ngày 10.") == "Đã trả lại báo cáo của Lớp 7A."
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    assert "Bản 1 bị trả lại: Cô xem lại buổi ngày 10." in teacher.replies[0].text
    teacher.tap("Gửi lên trên")
    assert "bản 2" in teacher.say("Đã xem lại.")


def test_who_is_late_is_named_after_the_day_it_was_due(november: School) -> None:
    november.wait(days=7)
    school_office = november.school_officer()
    school_office.say("báo cáo")
    school_office.tap("Kỳ trước")
    assert "Trễ hạn: Lớp 7A, Lớp 7B." in school_office.tap("Ai đã nộp")
    teacher = november.teacher()
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    teacher.tap("Gửi lên trên")
    school_office.say("báo cáo")
    school_office.tap("Kỳ trước")
    assert "đã nhận 1/2 báo cáo, 0 đúng hạn" in school_office.tap("Ai đã nộp")


def board_table(school: School, unit_id: int) -> tuple[str, list[tuple[Cell, ...]]]:
    with school.database.reading() as store, speaking(labels.VIETNAMESE):
        section = desk.paper_of(store, unit_id, "report", "2026-11", school.now).sections[-1]
    return section.lines[0], list(section.tables[0].rows)


def test_the_paper_too_says_who_has_sent_who_is_late_and_what_waits(november: School) -> None:
    with november.database.transaction() as store:
        store.add_unit(Unit(parent_id=november.ward, kind="village", name="Thôn Đông", code="THONDONG"))
    sent(november.teacher())
    assert board_table(november, november.school) == (
        "Đã nhận 1/2 báo cáo, 1 đúng hạn (hạn nộp 03/12/2026).",
        [(1, "Lớp 7A", "02/12/2026", "đúng hạn", 1, "chờ duyệt"), (2, "Lớp 7B", "", "", "", "chưa nộp")],
    )
    november.wait(days=7)
    assert board_table(november, november.school)[1][1] == (2, "Lớp 7B", "", "trễ hạn", "", "chưa nộp")
    sent(november.teacher("TEACHER7B"))
    assert board_table(november, november.school)[1][1] == (2, "Lớp 7B", "09/12/2026", "trễ hạn", 1, "chờ duyệt")
    sent(november.school_officer())
    assert board_table(november, november.ward) == (
        "Đã nhận 1/1 báo cáo, 0 đúng hạn (hạn nộp 03/12/2026).",
        [(1, "THCS Hoa Mai", "09/12/2026", "trễ hạn", 1, "chờ duyệt")],
    ), "a village has nothing to report"
    with november.database.reading() as store:
        assert "THEO DÕI" not in str(store.received([november.school], "month", NOVEMBER[0], NOVEMBER[1]))


def sent(talk: Talk) -> None:
    talk.say("báo cáo")
    talk.tap("Kỳ trước")
    talk.tap("Gửi lên trên")


def test_of_very_many_classes_the_chat_sums_what_was_sent(november: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_CLASSES", 1)
    office = november.school_officer()
    office.say("báo cáo")
    assert office.tap("Kỳ trước").split("\n") == [
        "THCS Hoa Mai, tháng 11/2026:",
        "Nhiều lớp quá nên em chưa cộng ngay được; số liệu đủ ở trong tệp và trang, anh bấm “Tệp và bản in” ạ.",
    ]
    sent(november.teacher())
    office.say("báo cáo")
    assert office.tap("Kỳ trước").split("\n")[1] == (
        "Cộng 1/2 báo cáo đã nhận: 2/38 em, 2 người thân, 3 buổi (tự khai 3, xác nhận 0, đối chiếu 0)."
    )


def test_another_classes_report_is_nobodys_to_see_or_decide(november: School) -> None:
    teacher, other, ward = november.teacher(), november.teacher("TEACHER7B"), november.officer()
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    teacher.tap("Gửi lên trên")
    with november.database.transaction() as store:
        for talk in (other, ward):
            unit = store.unit(talk.person(store).unit_id or 0)
            assert sending.decide(store, unit, 1, "approved", talk.person(store).id, november.now) is None
        report = store.report(1)
    assert report is not None
    assert report.state == "sent"
    pupil = november.pupil("Dũng")
    assert "chưa hiểu" in pupil.say("báo cáo") or "báo cáo" not in " ".join(pupil.labels)


# -- documents -----------------------------------------------------------------------------------


def test_the_logbook_comes_as_files_and_the_link_ends(november: School, drawing: Papers) -> None:
    november.now = WEDNESDAY
    teacher = november.teacher()
    text = teacher.say("sổ theo dõi")
    names = [media.url.removeprefix("/media/") for media in teacher.replies[0].media]
    assert [name.rpartition(".")[2] for name in names] == ["xlsx", "pdf", "pdf"]
    assert "https://hocvuso.example.vn/r/" in text
    files = [drawing.file(name) for name in names]
    assert [file.name for file in files if file] == [
        "so-theo-doi-7A-HOAMAI-2026-11.xlsx",
        "so-theo-doi-7A-HOAMAI-2026-11.pdf",
        "bao-cao-7A-HOAMAI-2026-11.pdf",
    ]
    token = text.split("/r/")[1].split()[0]
    page = drawing.shown(token)
    assert page is not None
    assert "2/38" in page
    november.wait(days=15)
    assert (drawing.shown(token), drawing.file(names[0])) == (None, None)


def test_a_link_that_was_changed_opens_nothing(november: School, drawing: Papers) -> None:
    media = drawing.documents(november.room, "book", "2026-11", ("xlsx",), DECEMBER + timedelta(days=1))
    name = media[0].url.removeprefix("/media/")
    said, signature = name.removeprefix("report-").removesuffix(".xlsx").rsplit("-", 1)
    other = drawing.documents(november.other_room, "book", "2026-11", ("xlsx",), DECEMBER + timedelta(days=1))
    foreign = other[0].url.removeprefix("/media/report-").rsplit("-", 1)[0]
    assert drawing.file(name) is not None
    for forged in (
        f"report-{foreign}-{signature}.xlsx",
        f"report-{said}-{'0' * 32}.xlsx",
        f"report-{said[:-1]}-{signature}.xlsx",
        f"report-{said}.xlsx",
        f"report-{said}-{signature}.exe",
        f"../report-{said}-{signature}.xlsx",
    ):
        assert drawing.file(forged) is None, forged
    assert drawing.shown(f"{foreign}-{signature}") is None


def test_a_signed_link_opens_the_paper_of_its_own_unit_and_kind_only(november: School, drawing: Papers) -> None:
    sent(november.teacher())
    until = november.now + timedelta(days=1)
    for unit_id, what, name in (
        (november.other_room, "sent", "1"),
        (november.school, "sent", "1"),
        (november.school, "book", "2026-11"),
        (november.room, "sent", "99"),
        (november.room, "report", "2026-13"),
        (november.room, "list", "2026-11"),
    ):
        address = drawing.page(unit_id, what, name, until)
        assert address is not None
        assert drawing.shown(address.removeprefix("/r/")) is None, (unit_id, what)
    address = drawing.page(november.room, "sent", "1", until)
    assert address is not None
    assert "2/38" in (drawing.shown(address.removeprefix("/r/")) or "")


def test_what_was_sent_is_drawn_as_it_was(november: School, drawing: Papers) -> None:
    teacher = november.teacher()
    teacher.say("báo cáo")
    teacher.tap("Kỳ trước")
    teacher.tap("Gửi lên trên")
    (sent,) = teacher.replies[0].media
    told(november, november.pupil("Chi"), 30)
    page = drawing.shown(sent.url.removeprefix("/media/report-").removesuffix(".pdf"))
    assert page is not None
    assert "3 lượt" in page
    assert "4 lượt" not in page


def test_monday_brings_a_picture_of_the_weeks_with_its_meaning(november: School, drawing: Papers) -> None:
    november.now = WEDNESDAY
    teacher = november.teacher()
    teacher.say("tuần của lớp")
    (picture,) = teacher.replies[0].media
    assert picture.kind == "picture"
    assert picture.alt.startswith(
        "Lớp 7A: số em đã giúp người thân. 19/10–25/10: 0/38; 26/10–1/11: 0/38; 2/11–8/11: 1/38"
    )
    drawn = drawing.file(picture.url.removeprefix("/media/"))
    assert drawn is not None
    assert drawn.read_bytes().startswith(b"\x89PNG")


def test_without_a_place_for_files_the_words_still_come(november: School) -> None:
    assert "chưa tạo được tệp" in november.teacher().say("sổ theo dõi")
