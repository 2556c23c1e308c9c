"""A class list: columns by their headings, what is wrong in which cell, what an import would change."""

from dataclasses import replace
from datetime import date

import pytest

from bot import sheets
from bot.port import File
from bot.rules import roster
from bot.rules.roster import Cell, Entry, Found, Kept
from tests.lists import HEADING, Value, commas, pupil, pupils, workbook

# A fault put into a right row: the column, what is written there, and what is told of it.
IN_A_CELL: tuple[tuple[str, Value, str, str], ...] = (
    ("A", "=A2+1", "number", "formula"),
    ("A", "#REF!", "number", "excel_error"),
    ("A", True, "number", "boolean"),
    ("A", date(2026, 3, 1), "number", "date"),
    ("A", "năm", "number", "not_a_number"),
    ("A", 0, "number", "out_of_range"),
    ("B", "", "code", "missing"),
    ("B", "=B2", "code", "formula"),
    ("B", "#N/A", "code", "excel_error"),
    ("B", False, "code", "boolean"),
    ("B", date(2026, 12, 3), "code", "date"),
    ("B", "HS07\nHS08", "code", "several_lines"),
    ("B", "HÃ³c07", "code", "broken_letters"),
    ("B", "HS¸07", "code", "old_font"),
    ("B", "HS-7A-2026-0007", "code", "too_long"),
    ("B", "HS 07", "code", "spaces"),
    ("B", "HS#07", "code", "letters"),
    ("B", "0912 345 678", "code", "phone"),
    ("B", 31214000123, "code", "identity"),
    ("B", "hs07@mau.vn", "code", "email"),
    ("C", "", "name", "missing"),
    ("C", "=D2", "name", "formula"),
    ("C", "#VALUE!", "name", "excel_error"),
    ("C", "Trần Văn Mẫu 2", "name", "digits"),
    ("C", "Tr\ufffdn Văn Mẫu", "name", "broken_letters"),
    ("C", "TrÇn V¨n MÉu", "name", "old_font"),
    ("C", "Trần " + "Văn " * 20 + "Mẫu", "name", "too_long"),
    ("C", "Trần Văn Mẫu*", "name", "letters"),
    ("D", '=HYPERLINK("http://mau.vn")', "nickname", "formula"),
    ("D", "#NAME?", "nickname", "excel_error"),
    ("D", True, "nickname", "boolean"),
    ("D", date(2026, 5, 20), "nickname", "date"),
    ("D", "Bống\nBang", "nickname", "several_lines"),
    ("D", "Bá»‘ng", "nickname", "broken_letters"),
    ("D", "Bèng®", "nickname", "old_font"),
    ("D", "Một tên gọi dài quá", "nickname", "full_name"),
    ("D", "Trần Văn Mẫu", "nickname", "full_name"),
    ("D", "Bôngbônglàbônglàbang!", "nickname", "too_long"),
    ("D", "Bống <3", "nickname", "letters"),
    ("D", 7, "nickname", "number"),
    ("D", "Bống 0912345678", "nickname", "phone"),
    ("D", "031214000123", "nickname", "identity"),
    ("D", "Bống 12345", "nickname", "digits"),
    ("D", "bong@mau.vn", "nickname", "email"),
    ("D", "www.mau.vn", "nickname", "link"),
    ("E", "", "room", "missing"),
    ("E", "=E2", "room", "formula"),
    ("E", "#N/A", "room", "excel_error"),
    ("E", date(2026, 1, 7), "room", "date"),
    ("E", "7A?", "room", "letters"),
    ("E", "Lớp bảy chuyên Toán Tin", "room", "too_long"),
)
ROWS = 2000


def found(body: bytes, own_room: str | None = None, keeps_names: bool = False) -> Found:
    sheet = sheets.read(File("danh sach.xlsx", body))[0]
    result = roster.read(sheet.rows, own_room, keeps_names)
    assert result is not None
    return result


def test_in_a_list_of_2000_rows_each_of_57_kinds_of_faults_is_told_with_its_row_and_cell() -> None:
    rows: list[list[Value]] = [list(HEADING)]
    rows += [pupil(number, f"{6 + number // 500}A{number % 500 // 40}") for number in range(1, ROWS + 1)]
    expected = set()
    places = range(20, ROWS, 37)
    for place, (column, value, field, fault) in zip(places, IN_A_CELL, strict=False):
        rows[place - 1]["ABCDE".index(column)] = value
        expected.add((f"{column}{place}", field, fault))
    # Faults of two rows together, and of a row as a whole.
    rows[4][1], rows[5][3], rows[6][0] = rows[2][1], rows[3][3], rows[2][0]
    expected |= {("B5", "code", "twice"), ("D6", "nickname", "twice"), ("A7", "number", "twice")}
    rows[8] = list(rows[7])
    rows[10] = list(HEADING)
    rows[12] = [12, None, None, None, None, "01/02/2014"]
    expected |= {("9", "", "same_row"), ("11", "", "heading"), ("13", "", "nothing")}
    result = found(workbook(rows), keeps_names=True)
    told = {(problem.cell, problem.field, problem.fault) for problem in result.problems}
    assert told == expected
    assert len(result.problems) == len(IN_A_CELL) + 6
    assert len({(field, fault) for _cell, field, fault in told}) == 57 - 1  # two ways to write a full name
    assert not result.skipped


def test_the_101st_of_a_class_is_too_many() -> None:
    problems = found(workbook(pupils(101)), own_room="Lớp 7A").problems
    assert [(problem.cell, problem.fault, problem.detail) for problem in problems] == [("E102", "too_many", "100")]


@pytest.mark.parametrize(
    "heading",
    [
        ("STT", "Mã HS", "Biệt danh", "Lớp"),
        ("stt", "MÃ HỌC SINH", "TÊN GỌI", "LỚP"),
        ("So TT", "Ma hoc sinh", "Ten goi", "Lop"),
        ("Số thứ tự", "Mã số", "Tên thường gọi (ở nhà)", "Chi đội"),
        ("No.", "Code", "Nickname", "Class"),
        ("TT", "Mã  số\nhọc sinh", "Biệt danh:", "Tên lớp *"),
    ],
)
def test_columns_are_known_by_their_usual_headings(heading: tuple[str, ...]) -> None:
    result = found(workbook([heading, [1, "HS01", "Bống", "7A"]]))
    assert result.columns == {"number": 1, "code": 2, "nickname": 3, "room": 4}
    assert result.entries == (Entry(2, 1, "HS01", "Bống", "7A"),)
    assert not result.problems


def test_above_the_heading_may_stand_the_school_and_below_the_list_signatures() -> None:
    rows: list[list[Value]] = [
        ["TRƯỜNG THCS HOA MAI"],
        ["DANH SÁCH LỚP 7A", "", "", ""],
        [],
        ["STT", "Họ và tên", "Biệt danh", "Ghi chú"],
        [1, "Trần Văn Mẫu", "Bống", ""],
        [],
        [2, "Lê Thị Mẫu", "Bang", "chuyển từ 7B"],
        ["Tổng cộng: 2 em"],
        ["", "Giáo viên chủ nhiệm", "", ""],
    ]
    result = found(workbook(rows), own_room="Lớp 7A")
    assert [(entry.row, entry.nickname) for entry in result.entries] == [(5, "Bống"), (7, "Bang")]
    assert result.skipped == (8, 9)
    assert result.ignored == ("Ghi chú",)
    assert not result.problems


def test_family_and_given_name_may_stand_in_columns_of_their_own() -> None:
    rows: list[list[Value]] = [
        ["STT", "Họ và tên đệm", "Tên", "Lớp"],
        [1, "Trần Văn", "Mẫu", "7A"],
        [2, "Lê Thị", "Mẫu", "7A"],
    ]
    result = found(workbook(rows), keeps_names=True)
    assert [entry.name for entry in result.entries] == ["Trần Văn Mẫu", "Lê Thị Mẫu"]


def test_real_names_are_not_taken_unless_the_school_keeps_them() -> None:
    assert {entry.name for entry in found(workbook(pupils(3))).entries} == {""}
    assert {entry.name for entry in found(workbook(pupils(3)), keeps_names=True).entries} == {"Trần Văn Mẫu"}


def test_a_teacher_brings_the_own_class_however_it_is_written() -> None:
    rows = pupils(4)
    for row, room in zip(rows[1:], ("Lớp 7A", "7 a", "chi đội 7A", "7B"), strict=True):
        row[4] = room
    result = found(workbook(rows), own_room="Lớp 7A")
    assert [(problem.cell, problem.fault, problem.detail) for problem in result.problems] == [
        ("E5", "other_room", "Lớp 7A")
    ]


@pytest.mark.parametrize(("sign", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16")])
def test_a_csv_says_the_same_as_a_workbook(sign: str, encoding: str) -> None:
    assert found(commas(pupils(5), sign, encoding)).entries == found(workbook(pupils(5))).entries


def test_formulas_of_a_csv_are_seen_too() -> None:
    rows: list[list[Value]] = [
        list(HEADING),
        [1, "=1+1", "Trần Văn Mẫu", "@SUM(A1)", "7A", ""],
        [2, "-HS", "x", "Bống", "7A", ""],
    ]
    told = [(problem.cell, problem.fault) for problem in found(commas(rows)).problems]
    assert told == [("B2", "formula"), ("D2", "formula"), ("B3", "formula")]


def test_marks_typed_apart_and_signs_nobody_sees_change_nothing() -> None:
    rows: list[list[Value]] = [["Mã HS", "Biệt danh"], ["HS01", "Bống"], ["hs02", "\u200bBang\u00a0 Bang "]]
    entries = found(workbook(rows), own_room="Lớp 7A").entries
    assert [(entry.code, entry.nickname) for entry in entries] == [("HS01", "Bống"), ("HS02", "Bang Bang")]


def test_columns_have_the_names_table_programs_give_them() -> None:
    assert [roster.letter(number) for number in (1, 26, 27, 40, 703)] == ["A", "Z", "AA", "AN", "AAA"]


def test_a_sheet_without_a_heading_is_no_list() -> None:
    assert roster.read([(Cell("Xin chào"), Cell("các thầy cô"))], None, False) is None


# -- what an import would change ---------------------------------------------------------------


def entry(row: int, code: str = "", nickname: str = "", number: int | None = None, name: str = "") -> Entry:
    return Entry(row, number, code, nickname, "", name)


KEPT = [Kept(1, "HS01", "Bống", ""), Kept(2, "HS02", "Bang", ""), Kept(3, "HS03", "", "")]


def test_a_second_list_changes_only_what_it_says_otherwise() -> None:
    found = roster.changes(
        [entry(2, "HS01", "Bống"), entry(3, "HS02", "Bảng"), entry(4, "HS04", "Cún")], KEPT, keeps_names=False
    )
    assert [one.code for one in found.added] == ["HS04"]
    assert [(known.code, told.nickname) for known, told in found.changed] == [("HS02", "Bảng")]
    assert [known.code for known in found.gone] == ["HS03"]
    assert (found.same, found.problems) == (1, ())
    same = [entry(2, "HS01", "Bống"), entry(3, "HS02", ""), entry(4, "HS03")]
    assert not roster.changes(same, KEPT, keeps_names=False).any, "an empty nickname takes none away"


def test_without_codes_the_nickname_tells_who_is_who() -> None:
    found = roster.changes([entry(2, nickname="bang", number=1), entry(3, nickname="Cún", number=2)], KEPT, False)
    assert [(known.code, told.nickname) for known, told in found.changed] == [("HS02", "bang")]
    assert [(one.code, one.nickname) for one in found.added] == [("HS04", "Cún")]


def test_a_place_in_the_list_tells_nobody_from_another() -> None:
    found = roster.changes([entry(2, number=1), entry(3, number=2)], KEPT, keeps_names=False)
    assert [(problem.cell, problem.fault) for problem in found.problems] == [("2", "who"), ("3", "who")]


def test_the_first_list_without_codes_gets_them_by_number() -> None:
    found = roster.changes([entry(2, number=7), entry(3), entry(4, number=7)], [], keeps_names=False)
    assert [one.code for one in found.added] == ["HS07", "HS01", "HS02"]


def test_two_pupils_may_swap_nicknames_but_not_share_one() -> None:
    swapped = roster.changes([entry(2, "HS01", "Bang"), entry(3, "HS02", "Bống"), entry(4, "HS03")], KEPT, False)
    assert not swapped.problems
    shared = roster.changes([entry(2, "HS02"), entry(3, "HS03", "Bang"), entry(4, "HS01")], KEPT, False)
    assert [(problem.row, problem.fault, problem.detail) for problem in shared.problems] == [(3, "again", "HS02")]


def test_who_comes_back_is_told_as_changed() -> None:
    found = roster.changes([entry(2, "HS01", "Bống")], [replace(KEPT[0], left=True)], keeps_names=False)
    assert [known.left for known, _told in found.changed] == [True]


def test_names_go_when_the_school_keeps_them_no_more() -> None:
    named = [replace(KEPT[0], name="Trần Văn Mẫu")]
    found = roster.changes([entry(2, "HS01", "Bống", name="Trần Văn Mẫu")], named, keeps_names=False)
    assert [told.name for _known, told in found.changed] == [""]
