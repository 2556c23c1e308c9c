"""Files that are read, and files that are kindly refused."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from bot import sheets
from bot.port import File
from bot.rules.roster import Unreadable
from tests.lists import pupils, workbook

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600


def packed(**parts: bytes) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as file:
        for name, body in parts.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), body)
    return kept.getvalue()


def with_part(name: str, old: bytes, new: bytes) -> bytes:
    """A right workbook in which one part says something else."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(pupils(3)))) as right, zipfile.ZipFile(kept, "w") as wrong:
        for part in right.infolist():
            body = right.read(part)
            assert part.filename != name or old in body
            wrong.writestr(part, body.replace(old, new) if part.filename == name else body)
    return kept.getvalue()


def lying(body: bytes) -> bytes:
    """A zip whose parts are bigger than they say."""
    return body.replace((5_000_000).to_bytes(4, "little"), (500).to_bytes(4, "little"))


BIG = b"<a>" + b" " * 4_999_997
BILLION = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (workbook([]), "empty"),
        (workbook([[None, ""], ["  "]]), "empty"),
        (b"STT;" * 300_000, "too_big"),
        (packed(xl__workbook_xml=BIG, a=BIG, b=BIG, c=BIG, d=BIG), "too_big"),
        (packed(**{f"x{number}": b"" for number in range(300)}), "too_big"),
        (lying(packed(xl__workbook_xml=BIG, a=BIG)), "broken"),
        (OLE, "old_excel"),
        (workbook(pupils(9))[:2000], "broken"),
        (packed(xl__workbook_xml=b"<nothing/>"), "broken"),
        (packed(word__document_xml=b"<w/>"), "not_a_table"),
        (with_part("xl/worksheets/sheet1.xml", b"<worksheet", BILLION + b"<worksheet"), "broken"),
        (with_part("xl/worksheets/sheet1.xml", b"</row>", b""), "broken"),
        (b"%PDF-1.7 danh sach", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_a_table"),
        (b"STT;Bi\xeat danh\n1;B\xf4ng", "letters"),
        (b"STT;Biet danh\n" + b"1;Bong\n" * 3000, "too_long"),
        (workbook([["Biệt danh"], *[["Bống"]] * 3000]), "too_long"),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, why: str) -> None:
    with pytest.raises(Unreadable) as raised:
        sheets.read(File("danh sách.xlsx", body))
    assert raised.value.why == why


def test_what_a_file_is_shows_in_it_and_not_in_its_name() -> None:
    assert sheets.read(File("a.csv", workbook(pupils(2)))) == sheets.read(File("a.xlsx", workbook(pupils(2))))


def test_formulas_stay_formulas_and_hidden_sheets_stay_hidden() -> None:
    book = Workbook()
    shown = book.create_sheet("Lớp 7A")
    hidden = book.create_sheet("Nháp")
    hidden.append(["bí mật"])
    hidden.sheet_state = "hidden"
    shown.append(["=1+1", 7.0, 7.5, "  Bống \t Bang "])
    kept = io.BytesIO()
    book.save(kept)
    found = {sheet.name: sheet.rows for sheet in sheets.read(File("a.xlsx", kept.getvalue()))}
    assert "Nháp" not in found
    assert [(cell.text, cell.kind) for cell in found["Lớp 7A"][0]] == [
        ("=1+1", "formula"),
        ("7", "number"),
        ("7.5", "number"),
        ("Bống Bang", "text"),
    ]


def test_a_row_keeps_its_number_however_many_are_empty_above_it() -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page["B5"] = "Bống"
    page["A1048576"] = ""
    kept = io.BytesIO()
    book.save(kept)
    rows = sheets.read(File("a.xlsx", kept.getvalue()))[0].rows
    assert len(rows) == 5
    assert rows[4][1].text == "Bống"
