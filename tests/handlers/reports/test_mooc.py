"""danh_sach_mooc.csv: the columns an office asks for, codes and no names, and no cell that calculates."""

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import shell as run
from bot.papers import desk
from bot.texts import manner_for, speaking
from db.models import KinCode
from handlers.reports import csv_file, mooc
from handlers.reports.paper import Cell
from tests.handlers.test_course import says
from tests.handlers.test_kin import family
from tests.talk import School

HEADER = "stt;don_vi;ma_nguoi_hoc;doi_tuong;ten_khoa;ngay_hoan_thanh;ma_chung_nhan;trang_thai;ghi_chu"


def written(school: School) -> list[dict[str, str]]:
    with school.database.transaction() as store, speaking(manner_for("vi", "")):
        unit = store.unit(school.room)
        cells = mooc.table(unit, mooc.rows(store, unit), school.now.tzinfo)
    return list(csv.DictReader(io.StringIO(mooc.written(cells).decode("utf-8-sig"), newline=""), delimiter=";"))


def test_who_said_something_is_a_row_with_method_and_no_name(school: School) -> None:
    an, ba = family(school)
    school.pupil("Bình")
    says(an, "Xong khóa")
    school.wait(days=1)
    says(an, "Có chứng nhận")
    an.tap("Ghi số chứng nhận")
    an.say("BD-17")
    says(ba, "Đang học")
    co = school.teacher()
    says(co, "Đã thấy xác nhận trên VNeID")
    co.say("/khoahoc")
    co.tap("Xem từng người")
    co.tap("Đã đối chiếu An")
    first, second, third = written(school)
    with school.database.transaction() as store:
        number = an.person(store).id
    assert first == {
        "stt": "1",
        "don_vi": "Lớp 7A",
        "ma_nguoi_hoc": f"7A-HOAMAI-{number:04d}",
        "doi_tuong": "HS",
        "ten_khoa": "Bình dân học vụ số (binhdanhocvuso.gov.vn)",
        "ngay_hoan_thanh": "25/11/2026",
        "ma_chung_nhan": "BD-17",
        "trang_thai": "đã đối chiếu",
        "ghi_chu": "có chứng nhận; ngày là ngày tự khai",
    }
    assert (second["doi_tuong"], second["ngay_hoan_thanh"], second["ghi_chu"]) == ("NCT", "", "đang học")
    assert (third["doi_tuong"], third["trang_thai"]) == ("CBGVNV", "tự khai")
    assert "An" not in "".join("".join(row.values()) for row in (first, second, third))


def test_the_same_people_in_chat_and_in_the_file(school: School) -> None:
    for name in ("An", "Bình", "Chi"):
        says(school.pupil(name), "Xong khóa")
    assert "3 xong khóa" in school.teacher().say("/khoahoc")
    assert len(written(school)) == 3


@pytest.mark.parametrize("separator", csv_file.SEPARATORS)
def test_the_file_has_a_mark_and_the_separator_that_was_asked_for(separator: str) -> None:
    page = mooc.written([["1", "Lớp 7A; 7B, chung"] + [""] * 7], separator)
    assert page.startswith(b"\xef\xbb\xbfstt")
    header, row = csv.reader(io.StringIO(page.decode("utf-8-sig"), newline=""), delimiter=separator)
    assert tuple(header) == mooc.COLUMNS == tuple(HEADER.split(";"))
    assert row[1] == "Lớp 7A; 7B, chung"


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12), min_size=9, max_size=9))
def test_no_cell_is_a_formula_and_nothing_else_is_changed(cells: list[str]) -> None:
    page = mooc.written([cells]).decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(page, newline=""), delimiter=";")
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert [cell.removeprefix("'") for cell in row] == [cell.removeprefix("'") for cell in cells]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_what_a_spreadsheet_would_calculate_gets_an_apostrophe(start: str) -> None:
    page = mooc.written([[f"{start}1+1"] + [""] * 8]).decode("utf-8-sig")
    _header, row = csv.reader(io.StringIO(page, newline=""), delimiter=";")
    assert row[0] == f"'{start}1+1"


def test_the_shell_prints_the_file(school: School) -> None:
    says(school.pupil("An"), "Đang học")
    shell = {"DATABASE_URL": str(school.database.engine.url), "LOCALE": "en"}
    done = CliRunner().invoke(run, ["export-mooc", "--class", "7a-hoamai"], env=shell)
    assert done.stdout_bytes.startswith(b"\xef\xbb\xbf")
    header, row = done.stdout_bytes.decode("utf-8-sig").splitlines()
    assert (header, row.endswith(";tự khai;đang học")) == (HEADER, True)
    done = CliRunner().invoke(run, ["export-mooc", "--class", "PUPIL7A", "--separator", ","], env=shell)
    assert done.stdout_bytes.decode("utf-8-sig").startswith("stt,don_vi,")


@pytest.mark.parametrize(("code", "separator"), [("NOBODY", ";"), ("7A-HOAMAI", "|")])
def test_what_cannot_be_printed_is_said_in_a_sentence(school: School, code: str, separator: str) -> None:
    words = ["export-mooc", "--class", code, "--separator", separator]
    done = CliRunner().invoke(run, words, env={"DATABASE_URL": str(school.database.engine.url)})
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)


def test_the_report_says_the_same_as_the_chat_to_the_person(school: School) -> None:
    an, ba = family(school)
    pupils = [an, *(school.pupil(name) for name in ("Bình", "Chi", "Dũng", "Hân"))]
    for talk, word in zip(pupils, ("Xong khóa", "Có chứng nhận", "Đang học", "Đang học"), strict=False):
        says(talk, word)
    says(ba, "Đã thấy xác nhận trên VNeID")
    co = school.teacher()
    co.say("/khoahoc")
    co.tap("Xem từng người")
    co.tap("Đã đối chiếu An")
    chat = co.say("/khoahoc").split("\n")[1:5]
    assert chat == [
        "• 5 học sinh đã vào lớp: 1 chưa khai · 2 đang học · 1 xong khóa · 1 có chứng nhận",
        "• 1 người thân đã nối máy: 1 đã thấy xác nhận trên VNeID",
        "• 1 thầy cô: 1 chưa khai",
        "Thầy cô đã đối chiếu: 1 người.",
    ]
    assert course_table(school, school.room) == [
        ("Học sinh đã vào lớp", 5, 1, 2, 1, 1, 0, 1),
        ("Người thân đã nối máy", 1, 0, 0, 0, 0, 1, 0),
        ("Thầy cô chủ nhiệm", 1, 1, 0, 0, 0, 0, 0),
    ]
    said = "Khóa học quốc gia, đã tự khai: 4/5 học sinh đã vào lớp, 1/1 người thân đã nối máy, 0/1 thầy cô; "
    assert said + "thầy cô đã đối chiếu 1 người." in co.say("/baocao")


def test_above_the_class_no_group_of_fewer_than_five_stands_in_the_report(school: School) -> None:
    an, ba = family(school)
    for name in ("Bình", "Chi", "Dũng", "Hân"):
        school.pupil(name)
    says(an, "Xong khóa")
    says(ba, "Xong khóa")
    school.teacher()
    assert course_table(school, school.school) == [
        ("Học sinh đã vào lớp", 5, 4, 0, 1, 0, 0, 0),
        ("Người thân đã nối máy", *(None,) * 7),
        ("Thầy cô chủ nhiệm", *(None,) * 7),
    ]
    office = school.school_officer()
    assert "tự khai: 1/5 học sinh đã vào lớp; thầy cô đã đối chiếu 0 người." in office.say("/baocao")
    assert "người thân đã nối máy" not in office.say("/khoahoc") + office.say("/baocao")


def test_a_report_tells_how_it_stood_when_its_days_ended(school: School) -> None:
    an = school.pupil("An")
    says(an, "Đang học")
    school.wait(days=10)  # December
    says(an, "Xong khóa")
    assert course_table(school, school.room, "2026-11")[0] == ("Học sinh đã vào lớp", 1, 0, 1, 0, 0, 0, 0)
    assert course_table(school, school.room, "2026-12")[0] == ("Học sinh đã vào lớp", 1, 0, 0, 1, 0, 0, 0)
    assert course_table(school, school.room, "2026-10")[0] == ("Học sinh đã vào lớp", 1, 1, 0, 0, 0, 0, 0)


def test_a_person_in_two_classes_is_counted_once_in_the_school(school: School) -> None:
    an, ba = family(school)
    binh = school.pupil("Bình", "PUPIL7B")
    with school.database.transaction() as store:
        code = KinCode(code="x", pupil_id=binh.person(store).id, relative="BA_NOI", expires_at=school.now)
        store.link(code, ba.person(store).id, school.now)
        rooms = [school.room, school.other_room]
        found = mooc.counts(store, rooms, school.now + timedelta(days=1))
        alone = [mooc.counts(store, [room], school.now + timedelta(days=1)) for room in rooms]
    assert [one.relatives.people for one in (found, *alone)] == [1, 1, 1]
    assert an.logs() == []


def course_table(school: School, unit_id: int, name: str = "2026-11") -> list[tuple[Cell, ...]]:
    """The rows of table 5."""
    with school.database.reading() as store, speaking(manner_for("vi", "")):
        paper = desk.paper_of(store, unit_id, "report", name, school.now)
    (table,) = [table for table in paper.tables if table.title == "Bảng 5"]
    return list(table.rows)


def test_ambassadors_and_digital_families_are_left_to_people(school: School) -> None:
    with school.database.reading() as store, speaking(manner_for("vi", "")):
        paper = desk.paper_of(store, school.school, "report", "2026-11", school.now)
    (table,) = [table for table in paper.tables if table.title == "Bảng 4"]
    rows = {row[0]: row[2:] for row in table.rows}
    assert rows["Đại sứ số"] == rows["Gia đình số"] == ("………", "………", "đơn vị ghi; bot không đếm")
