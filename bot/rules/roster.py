"""A class list: which column holds what, what is wrong with which cell, and what an import would change.

The bot keeps a pupil's code, nickname and class. Real names are read only where the school has decided
to keep them; birth dates, phone and identity numbers are never taken from a list, whatever it holds.
Who is who from one list to the next is told by the code, else by the nickname: a place in the
list (STT) is not enough, since one new pupil moves all the others.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bot.letters import fold
from bot.rules import nickname as nicknames

Kind = Literal["text", "number", "date", "formula", "error", "boolean"]
Field = Literal["number", "code", "nickname", "room", "name"]
Fault = Literal[
    "formula",
    "excel_error",
    "boolean",
    "date",
    "several_lines",
    "broken_letters",
    "old_font",
    "too_long",
    "letters",
    "spaces",
    "number",
    "phone",
    "identity",
    "email",
    "link",
    "digits",
    "full_name",
    "missing",
    "nothing",
    "twice",
    "again",
    "same_row",
    "heading",
    "not_a_number",
    "out_of_range",
    "other_room",
    "too_many",
    "who",
]

Why = Literal["empty", "too_big", "too_long", "old_excel", "broken", "not_a_table", "letters"]

MOST_LINES = 3000
MOST_COLUMNS = 40
MOST_IN_ROOM = 100
MOST_CODE, MOST_ROOM, MOST_NAME = 12, 12, 60
HEADING_WITHIN = 30  # lines: above the heading stand the school, the class, the year

# The usual headings, folded, the most telling first; the whole heading has to fit. "Mã định danh" is the
# citizen's or the ministry's number and is never a code here.
HEADINGS: Mapping[Field, tuple[str, ...]] = {
    "code": ("ma hoc sinh", "ma hs", "mahs", "ma so hoc sinh", "ma so hs", "ma so", "ma", "code", "pupil code"),
    "nickname": (
        *("biet danh", "ten goi", "ten thuong goi", "ten goi o nha", "ten than mat", "nickname", "nick name"),
        *("biet hieu", "ten hien thi"),
    ),
    "room": ("lop", "ten lop", "lop hoc", "chi doi", "ten chi doi", "class"),
    "name": (
        *("ho va ten", "ho ten", "ho va ten hoc sinh", "ho ten hoc sinh", "ho va ten hs", "ho ten hs", "hoc sinh"),
        *("ten hoc sinh", "ten hs", "ho va ten dem", "ho dem", "ho va chu dem", "ho", "full name", "name"),
    ),
    "number": ("stt", "tt", "so tt", "so thu tu", "thu tu", "no", "no.", "#"),
}
_GIVEN = ("ten",)  # beside "họ và tên đệm", the given name stands in a column of its own
_FAMILY = ("ho va ten dem", "ho dem", "ho va chu dem", "ho")

_CODE = re.compile(r"[^\W_][\w./-]*", re.ASCII)
_ROOM = re.compile(r"[\w ./-]+")
_NAME = re.compile(r"[^\W\d_][^\W\d_ .'’-]*(?:[ .'’-]+[^\W\d_]+)*\.?")
_MOJIBAKE = re.compile("\ufffd|Ã[\x80-\xbf ©ªº³´µ²¹]|áº|á»|Æ°|Ä[‘\x91]|â€")
# TCVN3 and VNI typed with the old fonts: letters that no Vietnamese word has.
_OLD_FONT = re.compile(r"[µ¸¶·¹¨»¾¼½Æ©Ç®ªÐ«¬ñöïøåûäëæ]")
_FOOT = re.compile(
    r"(?:tong|cong|si so|danh sach|nguoi lap|giao vien|gvcn|hieu truong|pho hieu|ngay|\W*ngay|ky|ghi chu|nam|nu|trong do)\b"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell, and what the table program takes it for."""

    text: str
    kind: Kind = "text"


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its rows from the first on, empty ones too, so that a row's number is the one people see."""

    name: str
    rows: tuple[Row, ...]


class Unreadable(Exception):
    """Nothing can be read from the file; `why` in one word."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


_EMPTY = Cell("")


@dataclass(frozen=True, slots=True)
class Problem:
    """A cell (or, without column, a row) that has to be changed; numbers as people count, from 1.

    `detail` is the row it collides with, or the class meant; never what somebody wrote about a pupil.
    """

    row: int
    column: int | None
    field: Field | Literal[""]
    fault: Fault
    detail: str = ""

    @property
    def cell(self) -> str:
        """ "C12", or "12" where the whole row is meant."""
        return f"{letter(self.column) if self.column else ''}{self.row}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A pupil as a row tells them; `room` is "" where the list has no classes."""

    row: int
    number: int | None
    code: str
    nickname: str
    room: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a sheet holds. `columns` says where each field stands, `ignored` the headings left alone,
    `skipped` the rows below the heading that are no pupils."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    columns: Mapping[Field, int]
    ignored: tuple[str, ...]
    skipped: tuple[int, ...]


def letter(column: int) -> str:
    """The name of a column as table programs show it: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def room_key(name: str) -> str:
    """How classes are compared: "Lớp 7 a1", "7A1" and "Chi đội 7A1" are one."""
    return re.sub(r"[\s.]+", "", re.sub(r"^\s*(?:lop|chi doi|class)\b", "", fold(name))).upper()


# -- reading -----------------------------------------------------------------------------------


def read(rows: Sequence[Row], own_room: str | None, keeps_names: bool) -> Found | None:
    """What a sheet holds, or None where no row looks like a heading.

    `own_room` is the class of a teacher, to which every row has to belong; None for a school's list,
    in which every row has to name its class. `keeps_names` as the school has decided.
    """
    at = _heading(rows)
    if at is None:
        return None
    columns, given = _columns(rows[at])
    reader = _Reader(columns, given, own_room, keeps_names)
    for number, row in enumerate(rows[at + 1 :], at + 2):
        reader.take(number, row)
    ignored = tuple(
        cell.text.replace("\n", " ")
        for place, cell in enumerate(rows[at], 1)
        if cell.text and place not in (*columns.values(), given)
    )
    return Found(tuple(reader.entries), tuple(reader.problems), columns, ignored, tuple(reader.skipped))


def _heading(rows: Sequence[Row]) -> int | None:
    """The first row in which a column of pupils stands beside another known one, or alone in a narrow list."""
    for at, row in enumerate(rows[:HEADING_WITHIN]):
        columns, _given = _columns(row)
        tells = {"code", "nickname", "name"} & set(columns)
        filled = sum(bool(cell.text) for cell in row)
        if tells and (len(columns) > 1 or filled == 1):
            return at
    return None


def _columns(row: Row) -> tuple[dict[Field, int], int]:
    """Where each field stands, from 1, and where given names stand (0: nowhere)."""
    said = [_heading_of(cell) for cell in row]
    found: dict[Field, int] = {}
    for field, headings in HEADINGS.items():
        places = [(headings.index(text), place) for place, text in enumerate(said, 1) if text in headings]
        if places:
            found[field] = min(places)[1]
    given = next((place for place, text in enumerate(said, 1) if text in _GIVEN), 0)
    if given and ("name" not in found or said[found["name"] - 1] not in _FAMILY):
        # "Tên" alone: the name, where there is none yet.
        if "name" not in found:
            found["name"] = given
        given = 0
    return found, given


def _heading_of(cell: Cell) -> str:
    """ "Tên thường gọi (ở nhà):" as "ten thuong goi"."""
    return re.sub(r"\W*\(.*?\)\W*|[\s:*]+", " ", fold(cell.text)).strip()


class _Reader:
    """Reads row after row and remembers what was there before."""

    def __init__(self, columns: Mapping[Field, int], given: int, own_room: str | None, keeps_names: bool) -> None:
        self.columns, self.given = columns, given
        self.own_room, self.keeps_names = own_room, keeps_names
        self.entries: list[Entry] = []
        self.problems: list[Problem] = []
        self.skipped: list[int] = []
        self._seen: dict[tuple[str, str, str], int] = {}
        self._whole: dict[tuple[str, ...], int] = {}
        self._in_room: Counter[str] = Counter()

    def take(self, number: int, row: Row) -> None:
        if not any(cell.text for cell in row):
            return
        fault = self._row_fault(number, row)
        if fault == "":
            self.skipped.append(number)
        elif fault is not None:
            self.problems.append(fault)
        else:
            self._pupil(number, row)

    # What is wrong with a whole row: "" when it is none of a pupil.

    def _row_fault(self, number: int, row: Row) -> Problem | Literal[""] | None:
        if all(_heading_of(self._cell(row, field)) in (*HEADINGS[field], *_GIVEN) for field in self.columns):
            return Problem(number, None, "", "heading")
        telling = [self._cell(row, field).text for field in ("code", "nickname", "name")]
        if not any(telling):
            return Problem(number, None, "", "nothing") if self._cell(row, "number").text.isdigit() else ""
        filled = [cell.text for cell in row if cell.text]
        if len(filled) <= 2 and any(_FOOT.match(fold(text)) for text in filled) and not self._is_numbered(row):
            return ""
        # The place in the list does not make the same pupil another one.
        whole = tuple(cell.text for place, cell in enumerate(row, 1) if place != self.columns.get("number"))
        earlier = self._whole.setdefault(whole, number)
        return Problem(number, None, "", "same_row", str(earlier)) if earlier != number and len(filled) > 2 else None

    def _is_numbered(self, row: Row) -> bool:
        return "number" in self.columns and self._cell(row, "number").text.isdigit()

    # A pupil's row, cell by cell.

    def _pupil(self, row_number: int, row: Row) -> None:
        room = self._field(row_number, row, "room") if self.own_room is None or "room" in self.columns else ""
        place = self._field(row_number, row, "number")
        entry = Entry(
            row=row_number,
            number=int(place) if place else None,
            code=self._field(row_number, row, "code").upper(),
            nickname=self._field(row_number, row, "nickname"),
            room=room_key(room),
            name=self._field(row_number, row, "name") if self.keeps_names else "",
        )
        self._in_room[entry.room] += 1
        if self._in_room[entry.room] == MOST_IN_ROOM + 1:
            self._add(row_number, "room" if "room" in self.columns else "", "too_many", str(MOST_IN_ROOM))
        self.entries.append(entry)

    def _field(self, number: int, row: Row, field: Field) -> str:
        """The text of a field when nothing is wrong with it, else "" and a problem."""
        cell = self._cell(row, field)
        fault, detail = self._wrong(row, field, cell)
        if fault is None and cell.text and field in ("code", "nickname", "number"):
            key = (field, room_key(self._cell(row, "room").text), cell.text.upper())
            earlier = self._seen.setdefault(key, number)
            if earlier != number:
                fault, detail = "twice", str(earlier)
        if fault is not None:
            self._add(number, field, fault, detail)
            return ""
        return cell.text

    def _add(self, number: int, field: Field | Literal[""], fault: Fault, detail: str = "") -> None:
        column = self.columns.get(field) if field else None
        self.problems.append(Problem(number, column, field, fault, detail))

    def _wrong(self, row: Row, field: Field, cell: Cell) -> tuple[Fault | None, str]:
        if field not in self.columns:
            return ("missing", "") if field == "room" and self.own_room is None else (None, "")
        if not cell.text:
            return ("missing" if self._is_needed(field) else None), ""
        if (fault := _common(cell)) is not None:
            return fault, ""
        if field == "code":
            return _code_fault(cell), ""
        if field == "nickname":
            return self._nickname_fault(row, cell), ""
        if field == "number":
            return _number_fault(cell), ""
        if field == "name":
            return _name_fault(cell.text), ""
        return self._room_fault(cell)

    def _is_needed(self, field: Field) -> bool:
        return field == "code" or (field == "room" and self.own_room is None) or field == "name"

    def _nickname_fault(self, row: Row, cell: Cell) -> Fault | None:
        if cell.kind == "number":
            return "number"
        fault = nicknames.fault(cell.text)
        several = len(cell.text.split())
        if fault in (None, "too_long") and (several >= 4 or (several > 1 and self._is_the_name(row, cell.text))):
            return "full_name"
        return fault

    def _is_the_name(self, row: Row, nickname: str) -> bool:
        return fold(self._cell(row, "name").text) == fold(nickname)

    def _room_fault(self, cell: Cell) -> tuple[Fault | None, str]:
        key = room_key(cell.text)
        if not key or not _ROOM.fullmatch(cell.text):
            return "letters", ""
        if len(key) > MOST_ROOM:
            return "too_long", str(MOST_ROOM)
        if self.own_room is not None and key != room_key(self.own_room):
            return "other_room", self.own_room
        return None, ""

    def _cell(self, row: Row, field: Field) -> Cell:
        place = self.columns.get(field, 0)
        cell = row[place - 1] if 0 < place <= len(row) else _EMPTY
        if field == "name" and self.given and self.given <= len(row) and row[self.given - 1].text:
            whole = f"{cell.text} {row[self.given - 1].text}".strip()
            worse = cell if cell.kind != "text" else row[self.given - 1]
            return replace(worse, text=unicodedata.normalize("NFC", whole))
        return replace(cell, text=unicodedata.normalize("NFC", cell.text))


_TAKEN_FOR: Mapping[Kind, Fault] = {"error": "excel_error", "formula": "formula", "boolean": "boolean", "date": "date"}


def _common(cell: Cell) -> Fault | None:
    """What can be wrong with any cell."""
    if cell.kind in _TAKEN_FOR:
        return _TAKEN_FOR[cell.kind]
    if "\n" in cell.text:
        return "several_lines"
    if _MOJIBAKE.search(cell.text):
        return "broken_letters"
    return "old_font" if _OLD_FONT.search(cell.text) else None


def _code_fault(cell: Cell) -> Fault | None:
    digits = re.sub(r"\D", "", cell.text)
    if re.fullmatch(r"[\d\s.+-]+", cell.text):
        if re.match(r"(?:\+?84|0)\d{9}$", re.sub(r"[\s.-]", "", cell.text)) and len(digits) in (10, 11):
            return "phone"
        # Excel drops the zeros that many identity numbers begin with.
        if len(digits) in (9, 11, 12):
            return "identity"
    if "@" in cell.text:
        return "email"
    if len(cell.text) > MOST_CODE:
        return "too_long"
    if " " in cell.text:
        return "spaces"
    return None if _CODE.fullmatch(cell.text) else "letters"


def _number_fault(cell: Cell) -> Fault | None:
    if not re.fullmatch(r"-?\d{1,9}", cell.text, re.ASCII):
        return "not_a_number"
    return None if 1 <= int(cell.text) <= MOST_LINES else "out_of_range"


def _name_fault(name: str) -> Fault | None:
    if any(letter.isdigit() for letter in name):
        return "digits"
    if len(name) > MOST_NAME:
        return "too_long"
    return None if _NAME.fullmatch(name) else "letters"


# -- what an import would change ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Kept:
    """A pupil of the class list as it stands; `left` is true for who is in it no more."""

    id: int
    code: str
    nickname: str
    name: str
    left: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What one class's part of a list would change: new pupils, pupils told otherwise (or back), pupils gone."""

    added: tuple[Entry, ...] = ()
    changed: tuple[tuple[Kept, Entry], ...] = ()
    gone: tuple[Kept, ...] = ()
    same: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.gone)


def changes(entries: Sequence[Entry], kept: Sequence[Kept], keeps_names: bool) -> Changes:
    """What a list says otherwise than the class list as it stands; every entry comes back with its code.

    A nickname that the list leaves empty stays what it is: the pupil may have chosen it.
    """
    by_code = {one.code: one for one in kept}
    by_nickname = {one.nickname.casefold(): one for one in kept if one.nickname and not one.left}
    taken = {*by_code, *(entry.code for entry in entries)}
    added, changed, problems, met = [], [], [], set()
    for entry in entries:
        known = by_code.get(entry.code) if entry.code else by_nickname.get(entry.nickname.casefold())
        if known is None and not entry.code and kept and not entry.nickname:
            problems.append(Problem(entry.row, None, "", "who"))
        elif known is None:
            added.append(entry if entry.code else replace(entry, code=free_code(entry.number, taken)))
        else:
            met.add(known.id)
            told = replace(entry, code=known.code, nickname=entry.nickname or known.nickname)
            name = told.name if keeps_names else ""
            if (told.nickname, name, False) != (known.nickname, known.name, known.left):
                changed.append((known, replace(told, name=name)))
    gone = tuple(one for one in kept if one.id not in met and not one.left)
    problems += _taken(added, changed, [one for one in kept if one.id in met])
    same = len(met) - len(changed)
    return Changes(tuple(added), tuple(changed), gone, same, tuple(problems))


def _taken(added: Sequence[Entry], changed: Sequence[tuple[Kept, Entry]], met: Collection[Kept]) -> Iterator[Problem]:
    """A nickname that a pupil who stays in the list has already."""
    moved = {one.id for one, _entry in changed}
    holders = {one.nickname.casefold(): one.code for one in met if one.id not in moved and one.nickname}
    for entry in [*added, *(entry for _one, entry in changed)]:
        code = holders.setdefault(entry.nickname.casefold(), entry.code) if entry.nickname else entry.code
        if code != entry.code:
            yield Problem(entry.row, None, "nickname", "again", code)


def free_code(number: int | None, taken: set[str]) -> str:
    """HS05 for the fifth of the list where nobody has it, else the next that nobody has; taken from now on.

    The school's own codes are one pupil's in the whole school; these are one pupil's in a class.
    """
    wanted, following = f"HS{number or 1:02d}", 1
    while wanted in taken:
        wanted, following = f"HS{following:02d}", following + 1
    taken.add(wanted)
    return wanted


_OURS = re.compile(r"HS\d+")


def is_same_pupil(entry: Entry, known: Kept, gone: bool) -> bool:
    """Whether a new pupil of one class is one of another class's list, with the same code; `gone`: that class lost them.

    A code that we made (HS07) is in every class: there the nickname must be the same too, and the other class
    must have lost them in this very list.
    """
    if entry.code != known.code:
        return False
    if not _OURS.fullmatch(entry.code):
        return True
    return gone and bool(entry.nickname) and entry.nickname.casefold() == known.nickname.casefold()


def moves(rooms: Mapping[str, Changes], lists: Mapping[str, Sequence[Kept]]) -> dict[tuple[str, str], Kept]:
    """Who of a school's list changed class: the new class and the code, and what the old class knows of them.

    `lists` are the class lists as they stand. Where two other classes could have been theirs, nobody is moved.
    """
    having: defaultdict[str, list[tuple[str, Kept]]] = defaultdict(list)
    for other, kept in lists.items():
        for one in kept:
            having[one.code].append((other, one))
    found: dict[tuple[str, str], Kept] = {}
    for key, changed in rooms.items():
        back = [entry for known, entry in changed.changed if known.left]
        for entry in [*changed.added, *back]:
            theirs = [
                one
                for other, one in having[entry.code]
                if other != key
                and not _stays(one, rooms.get(other))
                and is_same_pupil(entry, one, _is_gone(one, rooms.get(other)))
            ]
            here = [one for one in theirs if not one.left] or theirs
            if len(here) == 1 and not (here[0].left and entry in back):
                found[key, entry.code] = here[0]
    return found


def _stays(known: Kept, changed: Changes | None) -> bool:
    """Whether a list names the pupil in the class where they are."""
    return changed is not None and not known.left and known.id not in {one.id for one in changed.gone}


def _is_gone(known: Kept, changed: Changes | None) -> bool:
    return known.left or (changed is not None and known.id in {one.id for one in changed.gone})
