"""Reads a table that somebody sent, .xlsx or .csv: bytes in, cells as text out; nothing in it is ever run."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from bot.port import MOST_FILE_BYTES, File
from bot.rules.roster import MOST_COLUMNS, MOST_LINES, Cell, Row, Sheet, Unreadable

# A list of 2,000 pupils is some 2 MB unpacked.
MOST_UNPACKED = 20_000_000
MOST_PARTS = 200
MOST_SHEETS = 5
LOOKED_AT = 50_000  # a sheet with nothing below its list may still announce a million rows
MOST_CELL = 300  # letters; what is longer is cut, and still too long for any field
_ZIP, _OLD_EXCEL = b"PK", bytes.fromhex("d0cf11e0")  # Excel 97, and every file with a password


def read(file: File) -> tuple[Sheet, ...]:
    """The sheets of a file; Unreadable where there are none. What a file is shows in it, not in its name."""
    if file.too_big or len(file.body) > MOST_FILE_BYTES:
        raise Unreadable("too_big")
    if not file.body.strip():
        raise Unreadable("empty")
    if file.body.startswith(_OLD_EXCEL):
        raise Unreadable("old_excel")
    sheets = _workbook(file.body) if file.body.startswith(_ZIP) else (Sheet("", _commas(file.body)),)
    if not any(cell.text for sheet in sheets for row in sheet.rows for cell in row):
        raise Unreadable("empty")
    return sheets


def _workbook(body: bytes) -> tuple[Sheet, ...]:
    _check_parts(body)
    from openpyxl import load_workbook  # 20 MB of memory that only a class list needs

    try:
        # Formulas stay formulas (data_only=False), and sheets elsewhere are never looked for.
        book = load_workbook(io.BytesIO(body), read_only=True, data_only=False, keep_links=False)
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"][:MOST_SHEETS]
        return tuple(Sheet(sheet.title, _kept(_cells(sheet))) for sheet in sheets)
    except Unreadable:
        raise
    except Exception as error:  # openpyxl promises no kind of error for a broken file
        raise Unreadable("broken") from error


def _check_parts(body: bytes) -> None:
    """A few bytes can unpack to a whole disk: sizes are looked at before anything is unpacked.

    A part that lies about its size ends there: zipfile reads no more than what it announces. No sheet
    needs a document type, in which an attack by entities would stand.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable("too_big")
            if not any(part.filename == "xl/workbook.xml" for part in parts):
                raise Unreadable("not_a_table")
            if any(b"<!DOCTYPE" in packed.read(part) for part in parts if part.filename.endswith((".xml", ".rels"))):
                raise Unreadable("broken")
    except Unreadable:
        raise
    except Exception as error:  # zipfile: BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError …
        raise Unreadable("broken") from error


def _cells(sheet: object) -> Iterator[Row]:
    for row in sheet.iter_rows(max_col=MOST_COLUMNS):  # type: ignore[attr-defined]  # its stubs know no read-only sheet
        yield tuple(_cell(cell.value, cell.data_type) for cell in row)


def _cell(value: object, kind: str) -> Cell:
    if value is None:
        return Cell("")
    if kind == "f":
        return Cell(_text(getattr(value, "text", None) or value), "formula")
    if kind == "e":
        return Cell(_text(value), "error")
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", "boolean")
    if isinstance(value, date | datetime | time | timedelta):
        return Cell(_text(value), "date")
    if isinstance(value, int | float):
        whole = isinstance(value, float) and value.is_integer() and abs(value) < 1e16
        return Cell(str(int(value) if whole else value), "number")
    return Cell(_text(value))


def _commas(body: bytes) -> tuple[Row, ...]:
    text = _decoded(body)
    dialect = max(";\t,", key=lambda sign: _regularity(text, sign))
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=dialect)
        return _kept(tuple(_written(one) for one in row[:MOST_COLUMNS]) for row in rows)
    except csv.Error as error:
        raise Unreadable("broken") from error


def _written(text: str) -> Cell:
    """A cell of a .csv: what a table program would run is a formula here too, but never a negative number."""
    text = _text(text)
    if re.match(r"[=@]|[+-](?![\d\s.,-]*$)", text):
        return Cell(text, "formula")
    return Cell(text, "error" if re.fullmatch(r"#(?:N/A|REF!|NAME\?|VALUE!|DIV/0!|NULL!|NUM!)", text) else "text")


def _decoded(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\x00" in body or body.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8", b"{\\rtf")):
        raise Unreadable("not_a_table")
    else:
        encoding = "utf-8-sig"
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("letters") from error


def _regularity(text: str, sign: str) -> tuple[int, int]:
    """How many of the first lines hold this sign, and how often."""
    lines = text.splitlines()[:20]
    return sum(sign in line for line in lines), sum(line.count(sign) for line in lines)


def _text(value: object) -> str:
    """The words of a cell, its lines kept apart, without what cannot be seen."""
    lines = re.split(r"[\r\n\v\f\x85\u2028\u2029]+|_x000D_", str(value)[:MOST_CELL])
    return "\n".join(filter(None, (" ".join(_seen(line).split()) for line in lines)))


def _seen(line: str) -> str:
    return "".join(letter for letter in line.replace("\t", " ") if letter.isprintable() or letter.isspace())


def _kept(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows up to the last that holds something, each up to its last cell; too many are no class list."""
    found: list[Row] = []
    for number, row in enumerate(rows):
        if number >= MOST_LINES:
            if _holds(row):
                raise Unreadable("too_long")
            if number >= LOOKED_AT:
                break
            continue
        found.append(row[: max((place for place, cell in enumerate(row, 1) if cell.text), default=0)])
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _holds(row: Sequence[Cell]) -> bool:
    return any(cell.text for cell in row)
