"""Tables as CSV files that a spreadsheet opens rightly and never calculates."""

import csv
import io
from collections.abc import Iterable

SEPARATORS = (";", ",")
# What a spreadsheet takes for the beginning of a formula (https://owasp.org/www-community/attacks/CSV_Injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def written(columns: Iterable[str], cells: Iterable[Iterable[str]], separator: str = ";") -> bytes:
    """A table as a CSV file: UTF-8 with a mark for spreadsheets, and no cell that one would calculate."""
    page = io.StringIO(newline="")
    writer = csv.writer(page, delimiter=separator)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in cells)
    return page.getvalue().encode("utf-8-sig")


def harmless(cell: str) -> str:
    """The cell, with a mark in front where a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
