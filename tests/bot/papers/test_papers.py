"""Papers as independent readers see them: headings, marks, numbers as numbers, and no cell that calculates."""

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm
from pypdf import PdfReader

import content
from bot.papers import docx, page, pdf, shell, xlsx
from bot.rules import period
from bot.texts import speaking
from db.models import Reporting, Unit, UnitTarget
from handlers.reports import csv_file, labels, official
from handlers.reports.paper import Column, Heading, Paper, Section, Signature, Table
from tests.bot.media.png import size
from tests.conftest import VIETNAM
from tests.talk import School

NOVEMBER = period.month(date(2026, 11, 1))
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
NASTY = (
    "=1+1",
    "+84",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "=cmd|' /C calc'!A0",
    "<b>đậm</b> & “ngoặc”",
    "*sao* #thẻ {{ x }} {% y %}",
)


def paper(*, rows: tuple[tuple[str | int | None, ...], ...] = ((1, "Lớp 7A", None),)) -> Paper:
    table = Table(
        "Bảng 1", (Column("STT"), Column("Chi đội", 3), Column("Số người")), rows, notes=("Ghi chú dưới bảng.",)
    )
    return Paper(
        file="thu",
        kind="BÁO CÁO",
        title="Thử chữ có dấu: Nguyễn Thượng Hiền, ỹ ậ ặ ễ ộ ừ",
        dates="(Số liệu từ ngày 01/11/2026 đến ngày 30/11/2026)",
        heading=Heading(
            ("UBND PHƯỜNG HOA MAI", "TRƯỜNG THCS HOA MAI"), (NATION, "Độc lập - Tự do - Hạnh phúc"), "Số:      /BC"
        ),
        sections=(Section("I. KẾT QUẢ", ("Một câu.",), (table,)),),
        signatures=(Signature("HIỆU TRƯỞNG", "(Họ và tên)"),),
        recipients=("UBND phường (để b/c);", "Lưu: VT."),
    )


@pytest.fixture(autouse=True)
def _vietnamese():  # type: ignore[no-untyped-def]  # pytest's own
    with speaking(labels.VIETNAMESE):
        yield


def pdf_lines(made: Paper) -> list[str]:
    return [
        line.strip()
        for sheet in PdfReader(io.BytesIO(pdf.drawn(made))).pages
        for line in sheet.extract_text().split("\n")
    ]


def test_the_national_heading_is_one_line_and_the_draft_mark_on_every_page() -> None:
    rows = tuple((number, f"Lớp 7{number}", 5) for number in range(80))
    sheets = PdfReader(io.BytesIO(pdf.drawn(paper(rows=rows)))).pages
    assert len(sheets) > 1
    assert all("DỰ THẢO" in sheet.extract_text() for sheet in sheets)
    first = [line.strip() for line in sheets[0].extract_text().split("\n")]
    assert NATION in first
    assert "Độc lập - Tự do - Hạnh phúc" in first
    assert all("Chi đội" in sheet.extract_text() for sheet in sheets[:-1])  # the heading of a table comes again


def test_word_has_the_layout_of_the_decree() -> None:
    made = Document(io.BytesIO(docx.drawn(paper())))
    section = made.sections[0]
    assert [round((length or 0) / Cm(1), 1) for length in (section.page_width, section.page_height)] == [21.0, 29.7]
    margins = (section.left_margin, section.right_margin, section.top_margin)
    assert [round((length or 0) / Cm(1), 1) for length in margins] == [3.0, 2.0, 2.0]
    assert made.styles["Normal"].font.name == "Times New Roman"
    assert section.different_first_page_header_footer
    assert "DỰ THẢO" in section.first_page_header.paragraphs[0].text
    assert "DỰ THẢO" in "".join(paragraph.text for paragraph in section.header.paragraphs)
    left, right = made.tables[0].rows[0].cells
    assert [line.text for line in left.paragraphs if line.text] == ["UBND PHƯỜNG HOA MAI", "TRƯỜNG THCS HOA MAI"]
    assert [line.text for line in right.paragraphs if line.text] == [NATION, "Độc lập - Tự do - Hạnh phúc"]
    widths = [cell.width for cell in made.tables[1].rows[1].cells]
    assert [round(width / Cm(1), 1) for width in widths if width] == [3.2, 9.6, 3.2]


def test_in_word_numbers_stand_to_the_right_and_an_empty_cell_is_no_higher_than_its_row() -> None:
    row = Document(io.BytesIO(docx.drawn(paper(rows=((1, "", 12),))))).tables[1].rows[1]
    number, empty, count = (cell.paragraphs[0] for cell in row.cells)
    right, left = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT
    assert [one.alignment for one in (number, empty, count)] == [right, left, right]
    sizes = [one._p.pPr.find(qn("w:rPr")).find(qn("w:sz")).get(qn("w:val")) for one in (number, empty, count)]
    assert sizes == [str(2 * docx.CELL_SIZE)] * 3


def test_a_paper_without_a_letterhead_begins_with_its_name() -> None:
    made = paper()
    plain = Paper(made.file, made.kind, made.title, made.dates, None, made.sections)
    body = Document(io.BytesIO(docx.drawn(plain))).element.body
    assert "BÁO CÁO" in "".join(body[0].itertext())


@pytest.mark.parametrize("rows", range(27, 39))
def test_nobody_signs_a_page_on_which_nothing_else_stands(rows: int) -> None:
    made = paper(rows=tuple((number, f"Lớp 7{number}", 5) for number in range(rows)))
    long = replace(made, sections=(*made.sections, Section("II. NHẬN XÉT", ("Ghi thêm: …",))))
    last = PdfReader(io.BytesIO(pdf.drawn(long))).pages[-1].extract_text()
    assert "HIỆU TRƯỞNG" in last
    assert "NHẬN XÉT" in last


def test_in_word_the_last_lines_stand_on_the_page_that_is_signed() -> None:
    made = paper()
    long = replace(made, sections=(*made.sections, Section("II. NHẬN XÉT", ("Một dòng.", "Hai dòng."))))
    lines = Document(io.BytesIO(docx.drawn(long))).paragraphs
    kept = [line.text for line in lines if line.paragraph_format.keep_with_next]
    assert kept[-3:] == ["Một dòng.", "Hai dòng.", ""]


def test_a_pdf_has_no_letter_of_a_foreign_serif() -> None:
    made = paper(rows=((1, "≥ 60 tuổi: −3, ±0, “<5” …", 12),))
    fonts: set[str] = set()
    for sheet in PdfReader(io.BytesIO(pdf.drawn(made))).pages:
        fonts |= {str(font.get_object()["/BaseFont"]) for font in sheet["/Resources"]["/Font"].values()}  # type: ignore[index]  # pypdf's own
    assert not [name for name in fonts if "BeVietnamPro" not in name and "DejaVuSans" not in name]


def test_a_paper_with_two_signatures_and_no_heading_has_both() -> None:
    made = paper()
    plain = Paper(
        made.file, made.kind, made.title, made.dates, None, made.sections, (Signature("A"), Signature("B")), draft=""
    )
    cells = Document(io.BytesIO(docx.drawn(plain))).tables[-1].rows[0].cells
    assert [cell.text.strip() for cell in cells] == ["A", "B"], "side by side"
    assert "DỰ THẢO" not in "\n".join(pdf_lines(plain))


@pytest.mark.parametrize("nasty", NASTY)
def test_no_text_becomes_a_formula_or_markup(nasty: str) -> None:
    made = paper(rows=((1, nasty, 3),))
    book = openpyxl.load_workbook(io.BytesIO(xlsx.drawn(made)))
    cells = [cell for row in book.worksheets[1].iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert nasty in [cell.value for cell in cells]
    assert nasty.strip() in [
        cell.text.strip() for cell in Document(io.BytesIO(docx.drawn(made))).tables[1].rows[1].cells
    ]
    assert "".join(nasty.split()) in "".join("".join(pdf_lines(made)).split())
    html = page.drawn(made, (), "")
    assert "<b>" not in html
    told = csv_file.written(("a", "b"), [(nasty, "x")]).decode("utf-8-sig")
    (cell, _other) = list(csv.reader(io.StringIO(told, newline=""), delimiter=";"))[1]
    assert not cell.startswith(("=", "+", "-", "@", "\t"))
    assert cell.lstrip("'") == nasty


def test_numbers_are_numbers_in_a_spreadsheet_and_hidden_ones_are_not_there() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx.drawn(paper(rows=((1, "Lớp 7A", None), (2, "Lớp 7B", 1200))))))
    values = [[cell.value for cell in row] for row in book.worksheets[1].iter_rows()]
    assert [1, "Lớp 7A", "<5"] in values
    assert [2, "Lớp 7B", 1200] in values


def test_a_row_of_a_spreadsheet_is_as_high_as_its_words_and_no_wider_than_the_paper() -> None:
    long = "một câu dài kể buổi giúp bà " * 20
    book = openpyxl.load_workbook(io.BytesIO(xlsx.drawn(paper(rows=((1, "Lớp 7A", None), (2, long, 3))))))
    heights = {
        str(cell.value): sheet.row_dimensions[cell.row].height
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert heights["Lớp 7A"] == 15
    assert heights[long] > 15 * 10
    assert all(sheet.page_setup.fitToWidth == 1 for sheet in book.worksheets)
    assert book.worksheets[0].column_dimensions["A"].width <= 90, "some ninety letters stand on a line of A4"


def test_a_school_may_bring_its_own_template(tmp_path: Path) -> None:
    own = Document(io.BytesIO(docx.default()))
    own.paragraphs[0].insert_paragraph_before("Mẫu riêng của trường {{ office }}")
    path = tmp_path / "mau.docx"
    own.save(str(path))
    made = Document(io.BytesIO(docx.drawn(paper(), path)))
    assert made.paragraphs[0].text == "Mẫu riêng của trường TRƯỜNG THCS HOA MAI"


@pytest.mark.parametrize("name", sorted(content.letterheads()))
def test_every_letterhead_is_drawn_with_the_units_own_names(name: str, school: School) -> None:
    with school.database.transaction() as store:
        store.set_reporting(Reporting(unit_id=school.school, letterhead=name, symbol="THCSHM", place="Hoa Mai"))
        made = official.paper(official.facts(store, school.school, NOVEMBER, datetime(2026, 12, 1, 9, tzinfo=VIETNAM)))
    lines = pdf_lines(made)
    head = content.letterheads()[name]
    assert head.right[0] in lines
    assert any("HOA MAI" in line for line in lines[:6])
    assert head.sign in "\n".join(lines)
    assert "{" not in "\n".join(lines)
    assert "/BC-THCSHM" in "\n".join(lines)
    assert (
        Document(io.BytesIO(docx.drawn(made))).tables[0].rows[0].cells[1].text.split("\n")[0].strip() == head.right[0]
    )


def test_a_chart_is_a_picture_a_phone_can_show() -> None:
    from handlers.reports.paper import Bar, Chart

    picture = pdf.picture(
        Chart("Lớp 7A: số em đã giúp", (Bar("16/11–22/11", 23, 38, 30), Bar("23/11–29/11", 0, 0)), "")
    )
    wide, high = size(picture)
    assert wide == 960
    assert high > 100


# -- targets ---------------------------------------------------------------------------------------


def test_a_target_shows_numerator_denominator_and_verdict(school: School) -> None:
    with school.database.transaction() as store:
        shell.choose(store, store.unit(school.school), ["mot-nguoi-than", "can-bo-phuong"])
        shell.count(store, store.unit(school.school), "can-bo-phuong", 40, 40, "kiểm tra", date(2026, 11, 20))
        shell.add(
            store, store.unit(school.school), "Buổi học cộng đồng", 3, people=True, source="KH 06/KH-THCS, mục III"
        )
        facts = official.facts(store, school.school, NOVEMBER, datetime(2026, 12, 1, 9, tzinfo=VIETNAM))
    rows = [(row[0], *row[2:]) for row in official.by_target(facts).rows]
    assert rows == [
        (
            "Cán bộ, giáo viên, nhân viên, người lao động được trang bị kiến thức, kỹ năng số",
            "≥ 100%",
            "40/40",
            "100%",
            "Đạt",
            "kiểm tra (20/11/2026)",
        ),
        (
            "Học sinh hướng dẫn ít nhất 01 người thân",
            "≥ 100%",
            "0/68",
            "0%",
            "Chưa đạt",
            "bot đếm: tự khai 0, xác nhận 0, đối chiếu 0",
        ),
        ("Buổi học cộng đồng", "≥ 3", "chưa có số liệu", "", "", ""),
    ]


def test_a_target_without_its_document_is_refused(school: School) -> None:
    with school.database.transaction() as store:
        unit = store.unit(school.school)
        with pytest.raises(shell.Wrong, match="văn bản"):
            shell.add(store, unit, "Tự nghĩ ra", 90, people=False, source=" ")
        with pytest.raises(shell.Wrong, match="chưa chọn"):
            shell.count(store, unit, "can-bo-phuong", 1, 2, "", date(2026, 11, 20))
        with pytest.raises(shell.Wrong, match="lớn hơn mẫu số"):
            shell.count(store, unit, "can-bo-phuong", 3, 2, "", date(2026, 11, 20))
        assert store.targets(unit.id) == []


def test_a_unit_without_its_own_way_reports_as_the_one_above(school: School) -> None:
    with school.database.transaction() as store:
        shell.reporting(store, "THCS-HOAMAI", {"closes": 14, "superior": "UBND phường Hoa Mai"})
        assert store.reporting(school.room).closes == 14
        shell.reporting(store, "7A-HOAMAI", {"letterhead": "doi"})
        assert (store.reporting(school.room).closes, store.reporting(school.room).letterhead) == (14, "doi")
        assert store.reporting(school.other_room).letterhead == "school"


def test_a_ward_of_schools_counts_schools(school: School) -> None:
    with school.database.transaction() as store:
        store.add_unit(Unit(parent_id=school.ward, kind="school", name="THCS Hoa Lan", code="THCS-HOALAN"))
        store.set_target(UnitTarget(unit_id=school.ward, slug="co-so-tinh-nguyen"))
        facts = official.facts(store, school.ward, NOVEMBER, datetime(2026, 12, 1, 9, tzinfo=VIETNAM))
        made = official.paper(facts)
    assert facts.aims[0].done == "0/2"
    assert made.heading is not None
    assert made.heading.left == ("UBND PHƯỜNG HOA MAI", "PHÒNG VĂN HÓA - XÃ HỘI")
