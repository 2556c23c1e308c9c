"""Class lists as schools have them, as bytes. All names are invented."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

Value = object
HEADING = ("STT", "Mã học sinh", "Họ và tên", "Biệt danh", "Lớp", "Ngày sinh")


def workbook(rows: Iterable[Sequence[Value]], sheet: str = "Danh sách") -> bytes:
    """An .xlsx with these rows on its one sheet."""
    book = Workbook(write_only=True)
    page = book.create_sheet(sheet)
    for row in rows:
        page.append(list(row))
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def commas(rows: Iterable[Sequence[Value]], sign: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """A .csv with these rows."""
    return "\r\n".join(sign.join(str(value) for value in row) for row in rows).encode(encoding)


def pupils(count: int, room: str = "7A") -> list[list[Value]]:
    """So many right rows of one class, below their heading."""
    return [list(HEADING), *(pupil(number, room) for number in range(1, count + 1))]


def pupil(number: int, room: str = "7A") -> list[Value]:
    """A right row."""
    return [number, f"HS{number:02d}", "Trần Văn Mẫu", f"Bạn {nickname(number)}", room, "01/02/2014"]


def nickname(number: int) -> str:
    """A nickname of letters, another one for every number: 1 is "Ba", 12 is "Bi"."""
    syllables = [first + vowel for first in "BDGHKLMNPS" for vowel in "aeiou"]
    name = ""
    while number:
        number, place = divmod(number, len(syllables))
        name = syllables[place] + name.lower()
    return name.capitalize()
