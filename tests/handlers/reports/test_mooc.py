"""danh_sach_mooc.csv: the columns an office asks for, codes and no names, and no cell that calculates."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from bot.__main__ import shell as run
from bot.texts import manner_for, speaking
from handlers.reports import csv_file, mooc
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
