"""A paper as a spreadsheet: a sheet a section, numbers as numbers, and no cell that calculates."""

import io
from collections.abc import Iterable
from itertools import chain, count
from textwrap import wrap
from typing import Literal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers.reports.paper import HIDDEN, TOO_FEW, Cell, Paper, Section, Table

_FONT = "Times New Roman"
_THIN = Side(style="thin", color="999999")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
# Characters a column of width 1 holds.
_LETTERS = 13
_LEAD = 86  # the column of the paper's words: as wide as A4 between its margins
_FILLED = 0.95  # of a line: the rest is what bold letters take
_LINE = 15.0  # points
# What a sheet's name may not hold: https://support.microsoft.com/office/rename-a-worksheet
_FORBIDDEN = str.maketrans("", "", "[]:*?/\\'")


def drawn(paper: Paper) -> bytes:
    """The workbook."""
    book = Workbook()
    first = book.active
    assert isinstance(first, Worksheet)
    first.title = "Báo cáo"
    _lead(first, paper)
    for section in paper.sections:
        if section.tables:
            _sheet(book.create_sheet(_name(section, book.sheetnames)), paper, section)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _name(section: Section, taken: list[str]) -> str:
    name = (section.title or "Bảng").translate(_FORBIDDEN)[:28].strip()
    return next(one for one in chain([name], (f"{name} {number}" for number in count(2))) if one not in taken)


def _lead(sheet: Worksheet, paper: Paper) -> None:
    """The words of the paper, one paragraph a row."""
    lines = [paper.draft, paper.kind, paper.title, paper.dates]
    if paper.heading:
        lines = [*paper.heading.left, *lines]
    for section in paper.sections:
        lines += [section.title, *section.lines]
    lines += [signature.title for signature in paper.signatures]
    for row, line in enumerate(filter(None, lines), 1):
        _put(sheet, row, 1, line).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = _height([(line, _LEAD)])
    sheet.column_dimensions["A"].width = _LEAD
    _on_a4(sheet, "portrait")


def _sheet(sheet: Worksheet, paper: Paper, section: Section) -> None:
    widths: dict[int, float] = {}
    row = 1
    for table in section.tables:
        row = _table(sheet, row, table) + 1
        for place, column in enumerate(table.columns, 1):
            widths[place] = max(widths.get(place, 0), column.width)
    for place, width in widths.items():
        sheet.column_dimensions[get_column_letter(place)].width = width * _LETTERS
    notes = {note for table in section.tables for note in table.notes}
    for row, cells in enumerate(sheet.iter_rows(), 1):
        whole = sum(widths.values()) if cells[0].value in notes else None
        said = [(str(cell.value or ""), (whole or widths[place]) * _LETTERS) for place, cell in enumerate(cells, 1)]
        sheet.row_dimensions[row].height = _height(said[:1] if whole else said)
    _on_a4(sheet, "landscape")
    assert sheet.oddHeader is not None
    sheet.oddHeader.center.text = " · ".join(filter(None, (paper.draft, paper.title))).replace("&", "&&")


def _height(said: Iterable[tuple[str, float]]) -> float:
    """How many points a row needs for texts in columns of these widths: not every program works it out by itself."""
    lines = (
        sum(max(1, len(wrap(part, max(1, int(width * _FILLED))))) for part in text.split("\n")) for text, width in said
    )
    return _LINE * max(lines)


def _on_a4(sheet: Worksheet, orientation: Literal["portrait", "landscape"]) -> None:
    """As wide as the paper, as many pages as it takes."""
    sheet.page_setup.orientation = orientation
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _table(sheet: Worksheet, row: int, table: Table) -> int:
    """Write a table from this row on; the row after it."""
    if table.title:
        _put(sheet, row, 1, table.title).font = Font(_FONT, 12, bold=True)
        row += 1
    for place, column in enumerate(table.columns, 1):
        cell = _put(sheet, row, place, column.title)
        cell.font = Font(_FONT, 11, bold=True)
        cell.border = _BOX
        cell.alignment = Alignment(wrap_text=True, horizontal="center", vertical="center")
    if row <= 2:
        sheet.print_title_rows = f"{row}:{row}"
        sheet.freeze_panes = f"A{row + 1}"
    for line in table.lines:
        row += 1
        for place, value in enumerate(line, 1):
            cell = _put(sheet, row, place, value)
            cell.border = _BOX
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            if line is table.total:
                cell.font = Font(_FONT, 11, bold=True)
    for note in table.notes:
        row += 1
        cell = _put(sheet, row, 1, note)
        cell.font = Font(_FONT, 10, italic=True)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(table.columns))
    return row + 1


def _put(sheet: Worksheet, row: int, place: int, value: Cell):  # type: ignore[no-untyped-def]  # openpyxl names no type for a cell that can be written
    """A cell: a number, or text that stays text, whatever it begins with."""
    cell = sheet.cell(row, place)
    if isinstance(value, int):
        cell.value = value
        cell.number_format = "#,##0"
    else:
        cell.value = TOO_FEW if value is HIDDEN else value
        cell.data_type = "s"
    cell.font = Font(_FONT, 11)
    return cell
