"""A paper as a Word file, from a template that a school may replace (docxtpl), in the layout of Decree 30/2020.

The template is made here, so that it can be read; `python -m bot report-template` writes it out for a
school to change in Word. Whatever the template looks like, its fields stay the ones used below.
"""

import io
from functools import cache
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as Doc
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.table import Table as DocxTable
from docx.table import _Cell, _Row
from docx.text.paragraph import Paragraph
from docxtpl import DocxTemplate

from handlers.reports.paper import Paper, Table, is_number, shown

FONT = "Times New Roman"
# A4 with the margins of the decree's annex I: 2 cm above and below, 3 left, 2 right.
WIDTH = 21.0 - 3.0 - 2.0
WIDE = 29.7 - 3.0 - 2.0
LEFT, RIGHT = 6.3, 9.7
CELL_SIZE = 9
MANY_COLUMNS, SMALL_SIZE = 8, 8
# So many lines stand on the page that is signed, the blank one above the signatures among them.
KEPT_LINES = 3
_WAYS = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


def drawn(paper: Paper, template: Path | None = None) -> bytes:
    """The Word file."""
    word = DocxTemplate(io.BytesIO(template.read_bytes() if template else default()))
    word.render(_fields(paper), autoescape=True)
    file = io.BytesIO()
    word.save(file)
    document = Document(io.BytesIO(file.getvalue()))
    if paper.wide:
        for section in document.sections:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Cm(29.7), Cm(21)
    if paper.heading is None:
        _without_heading(document)
    _size_tables(document, list(paper.tables), WIDE if paper.wide else WIDTH)
    _keep_signatures(document, paper)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _keep_signatures(document: Doc, paper: Paper) -> None:
    """Nobody signs a page on which nothing else stands: the last lines go along with the signatures, which stay whole."""
    signed = {one.title for one in paper.signatures}
    last = next(iter(document.tables[-1:]), None)
    if last is None or not any(line.text in signed for cell in last.rows[0].cells for line in cell.paragraphs):
        return
    last.autofit = False
    width = Cm((WIDE if paper.wide else WIDTH) / len(last.columns))
    for column in last.columns:
        column.width = width
        for cell in column.cells:
            cell.width = width
    _whole(last.rows[0])
    before = last._tbl.getprevious()
    for _line in range(KEPT_LINES):
        if before is None or before.tag != qn("w:p"):
            return
        Paragraph(before, document._body).paragraph_format.keep_with_next = True
        before = before.getprevious()


def _without_heading(document: Doc) -> None:
    """A paper without a letterhead begins at the top: the letterhead's empty table goes."""
    first = next(iter(document.tables), None)
    if first is not None and not any(cell.text.strip() for row in first.rows for cell in row.cells):
        first._tbl.getparent().remove(first._tbl)


def _fields(paper: Paper) -> dict[str, Any]:
    head = paper.heading
    signed = [{"title": one.title, "below": one.below} for one in paper.signatures]
    return {
        "draft": paper.draft,
        "left": list(head.left[:-1]) if head else [],
        "office": head.left[-1] if head else "",
        "nation": head.right[0] if head else "",
        "motto": head.right[1] if head and len(head.right) > 1 else "",
        "number": head.number if head else "",
        "place": head.place if head else "",
        "kind": paper.kind,
        "title": paper.title,
        "dates": paper.dates,
        "sections": [
            {
                "title": section.title,
                "lines": list(section.lines),
                "tables": [_table(table) for table in section.tables],
            }
            for section in paper.sections
        ],
        "recipients": list(paper.recipients),
        "signatures": signed,
        # Two who sign stand side by side, where no recipients have the left.
        "signed_left": signed[:-1] if not paper.recipients else [],
        "signed_right": signed[-1:] if not paper.recipients else signed,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [column.title for column in table.columns],
        "rows": [[shown(cell) for cell in line] for line in table.lines],
        "notes": list(table.notes),
    }


def _size_tables(document: Doc, tables: list[Table], across: float) -> None:
    """Give each table its columns' widths: Word wants them on the columns and on every cell."""
    waiting = list(tables)
    for made in document.tables:
        heads = [cell.text for cell in made.rows[0].cells]
        if not waiting or heads != [column.title for column in waiting[0].columns]:
            continue
        table = waiting.pop(0)
        whole = sum(column.width for column in table.columns)
        made.autofit = False
        _repeat(made)
        for row in made.rows:
            _whole(row)
        for place, column in enumerate(table.columns):
            width = Cm(across * column.width / whole)
            made.columns[place].width = width
            for cell in made.columns[place].cells:
                cell.width = width
        for row, line in zip(made.rows[1:], table.lines, strict=False):
            for cell, value in zip(row.cells, line, strict=False):
                if is_number(value):
                    cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if len(table.columns) > MANY_COLUMNS:
            for run in (run for row in made.rows for cell in row.cells for run in cell.paragraphs[0].runs):
                run.font.size = Pt(SMALL_SIZE)
        if table.total is not None:
            for cell in made.rows[-1].cells:
                for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                    run.bold = True


def _whole(row: _Row) -> None:
    """A row is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeat(table: DocxTable) -> None:
    """The heading stands on every page that the table reaches."""
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


# -- the template --------------------------------------------------------------------------------


@cache
def default() -> bytes:
    """The template that is used until a school brings its own."""
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2)
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.different_first_page_header_footer = True
    _face(document)
    _say(section.first_page_header.paragraphs[0], "{{ draft }}", bold=True, align="right")
    _page_number(section.header.paragraphs[0])
    _say(section.header.add_paragraph(), "{{ draft }}", bold=True, align="right")
    _heading(document)
    _line(document, "{{ kind }}", bold=True, align="center", before=12)
    _line(document, "{{ title }}", bold=True, align="center")
    _line(document, "{{ dates }}", align="center")
    _line(document, "{%p for section in sections %}")
    _line(document, "{%p if section.title %}")
    _line(document, "{{ section.title }}", bold=True, before=6, together=True)
    _line(document, "{%p endif %}")
    _line(document, "{%p for line in section.lines %}")
    _line(document, "{%p if '…' in line %}")  # dots to write on are not spread
    _line(document, "{{ line }}", indent=True)
    _line(document, "{%p else %}")
    _line(document, "{{ line }}", align="justify", indent=True)
    _line(document, "{%p endif %}")
    _line(document, "{%p endfor %}")
    _line(document, "{%p for table in section.tables %}")
    _line(document, "{%p if table.title %}")
    _line(document, "{{ table.title }}", italic=True, align="right", together=True)
    _line(document, "{%p endif %}")
    _grid(document)
    _line(document, "{%p for note in table.notes %}")
    _line(document, "{{ note }}", italic=True, size=11)
    _line(document, "{%p endfor %}")
    _line(document, "{%p endfor %}")
    _line(document, "{%p endfor %}")
    _closing(document)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _face(document: Doc) -> None:
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(13)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), FONT)
    style.paragraph_format.space_after = Pt(0)


def _heading(document: Doc) -> None:
    """Who writes on the left, the nation on the right, each on lines of its own."""
    table = document.add_table(2, 2)
    table.autofit = False
    for place, width in enumerate((LEFT, RIGHT)):
        table.columns[place].width = Cm(width)
        for cell in table.columns[place].cells:
            cell.width = Cm(width)
    left, right = table.rows[0].cells
    _say(left.paragraphs[0], "{%p for line in left %}")
    _say(left.add_paragraph(), "{{ line }}", size=12, align="center")
    _say(left.add_paragraph(), "{%p endfor %}")
    _say(left.add_paragraph(), "{%p if office %}")
    _ruled(left, "{{ office }}", 12, side=1.9)
    _say(left.add_paragraph(), "{%p endif %}")
    _say(right.paragraphs[0], "{{ nation }}", bold=True, size=12, align="center")
    _say(right.add_paragraph(), "{%p if motto %}")
    _ruled(right, "{{ motto }}", 13, side=1.7)
    _say(right.add_paragraph(), "{%p endif %}")
    number, place = table.rows[1].cells
    _say(number.paragraphs[0], "{{ number }}", align="center", before=6)
    _say(place.paragraphs[0], "{{ place }}", italic=True, align="center", before=6)


def _ruled(cell: _Cell, text: str, size: float, side: float) -> None:
    """Bold words, and below them a line of its own, which crosses no letter's dot."""
    _say(cell.add_paragraph(), text, bold=True, size=size, align="center")
    rule = cell.add_paragraph()
    _say(rule, "", size=2)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    rule._p.get_or_add_pPr().append(border)
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Cm(side)
    rule.paragraph_format.space_before = Pt(2)


def _grid(document: Doc) -> None:
    """A table whose columns and rows are the report's."""
    table = document.add_table(4, 3)
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):  # narrow ones, so that no word of a narrow column is broken
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "45")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)
    _across(table.rows[0].cells, "table.columns", bold=True, align="center")
    _say(table.rows[1].cells[0].paragraphs[0], "{%tr for row in table.rows %}")
    _across(table.rows[2].cells, "row")
    _say(table.rows[3].cells[0].paragraphs[0], "{%tr endfor %}")


def _across(cells: tuple[_Cell, ...], over: str, **look: Any) -> None:
    """Cells that repeat: the loop's beginning and end are cells that vanish."""
    for cell, text in zip(cells, (f"{{%tc for cell in {over} %}}", "{{ cell }}", "{%tc endfor %}"), strict=True):
        _say(cell.paragraphs[0], text, size=CELL_SIZE, **look)
        _end_of(cell.paragraphs[0], CELL_SIZE)


def _end_of(paragraph: Paragraph, size: float) -> None:
    """The paragraph's own mark has this size too: an empty cell is as high as it, in half points."""
    letters, height = OxmlElement("w:rPr"), OxmlElement("w:sz")
    height.set(qn("w:val"), str(round(2 * size)))
    letters.append(height)
    paragraph._p.get_or_add_pPr().append(letters)


def _closing(document: Doc) -> None:
    _line(document, "", size=6)
    table = document.add_table(1, 2)
    left, right = table.rows[0].cells
    _say(left.paragraphs[0], "{%p if recipients %}")
    _say(left.add_paragraph(), "Nơi nhận:", bold=True, italic=True, size=12)
    _say(left.add_paragraph(), "{%p endif %}")
    _say(left.add_paragraph(), "{%p for one in recipients %}")
    _say(left.add_paragraph(), "- {{ one }}", size=11)
    _say(left.add_paragraph(), "{%p endfor %}")
    _signed(left, left.add_paragraph(), "signed_left")
    _signed(right, right.paragraphs[0], "signed_right")


def _signed(cell: _Cell, first: Paragraph, who: str) -> None:
    """Who signs, with room for it."""
    _say(first, f"{{%p for one in {who} %}}")
    _say(cell.add_paragraph(), "{{ one.title }}", bold=True, align="center")
    for _blank in range(4):
        _say(cell.add_paragraph(), "")
    _say(cell.add_paragraph(), "{{ one.below }}", bold=True, align="center")
    _say(cell.add_paragraph(), "{%p endfor %}")


def _line(document: Doc, text: str, **look: Any) -> None:
    _say(document.add_paragraph(), text, **look)


def _say(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 13,
    align: str = "left",
    before: float = 0,
    indent: bool = False,
    together: bool = False,
) -> None:
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    paragraph.alignment = _WAYS[align]
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.keep_with_next = together
    if indent:
        paragraph.paragraph_format.first_line_indent = Cm(1)
        paragraph.paragraph_format.space_after = Pt(6)


def _page_number(paragraph: Paragraph) -> None:
    """The page's number, centred above; the first page has none."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.set(qn("xml:space"), "preserve")
            mark.text = text
        run._r.append(mark)
