"""The class list, once: read from a file, shown with what is wrong in which cell, and taken over after a yes."""

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from hashlib import sha256

from bot.port import Choice, Reply
from bot.rules import roster
from bot.rules.nickname import MOST_LETTERS
from bot.rules.roster import Changes, Entry, Fault, Field, Found, Kept, Problem, Sheet, Unreadable
from bot.texts import N_, _, counted, listed
from db.models import Unit
from db.store import Store
from handlers import classroom, home, moving
from handlers.turn import Turn

LINES = 8  # kinds of problems on one reply
CELLS = 12  # cells named for one kind of problem
SHOWN = 10  # names of classes, codes of pupils

FIELDS: Mapping[Field, str] = {
    "number": N_("số thứ tự"),
    "code": N_("mã học sinh"),
    "nickname": N_("biệt danh"),
    "room": N_("lớp"),
    "name": N_("họ tên"),
}
_SHOWN: tuple[Field, ...] = ("code", "nickname", "room")
# What to change, by the fault.
CURES: Mapping[str, str] = {
    "formula": N_("{field} là công thức. Sao chép rồi dán dạng giá trị."),
    "excel_error": N_("{field} đang báo lỗi (#…). Gõ lại."),
    "boolean": N_("{field} là TRUE/FALSE. Gõ lại bằng chữ."),
    "date": N_("{field} bị bảng tính đổi thành ngày. Đổi ô sang dạng Văn bản rồi gõ lại."),
    "several_lines": N_("{field} có nhiều dòng trong một ô. Mỗi em một dòng."),
    "broken_letters": N_("{field} bị lỗi chữ. Lưu lại tệp dạng Unicode (UTF-8)."),
    "old_font": N_("{field} gõ bằng phông cũ (TCVN3, VNI). Đổi sang Unicode."),
    "too_long": N_("{field} dài quá {most} ký tự. Viết ngắn lại."),
    "letters": N_("{field} có ký tự lạ. Chỉ dùng chữ và số."),
    "spaces": N_("{field} có dấu cách. Viết liền, ví dụ HS07."),
    "number": N_("{field} là một số. Ghi tên gọi bằng chữ, hoặc để trống."),
    "phone": N_("{field} là số điện thoại. Xóa đi, đừng gửi số của các em."),
    "identity": N_("{field} giống số căn cước. Dùng mã của lớp, ví dụ HS07."),
    "email": N_("{field} là địa chỉ thư. Xóa đi."),
    "link": N_("{field} có đường dẫn. Xóa đi."),
    "digits": N_("{field} có nhiều chữ số. Bỏ số đi."),
    "full_name": N_("{field} giống họ tên đầy đủ. Ghi tên gọi ngắn, hoặc để trống."),
    "missing": N_("thiếu {field}. Điền vào, hoặc xóa dòng."),
    "nothing": N_("dòng có số thứ tự mà không có em nào. Điền vào, hoặc xóa dòng."),
    "twice": N_("{field} trùng với dòng {detail}. Đổi một trong hai."),
    "again": N_("biệt danh trùng với em {detail} trong lớp. Đổi một trong hai."),
    "same_row": N_("dòng này lặp lại dòng {detail}. Xóa một dòng."),
    "heading": N_("dòng tiêu đề lặp lại. Xóa dòng này."),
    "not_a_number": N_("{field} không phải là số. Gõ lại, hoặc để trống."),
    "out_of_range": N_("{field} phải từ 1 trở lên. Gõ lại, hoặc để trống."),
    "other_room": N_("{field} không phải {detail}. Danh sách này chỉ nhận {detail}."),
    "too_many": N_("lớp có hơn {detail} em. Xem lại cột Lớp."),
    "who": N_("chưa rõ là em nào. Thêm cột “Mã học sinh” như trên thẻ, hoặc cột “Biệt danh”."),
}
MOST: Mapping[Field, int] = {
    "code": roster.MOST_CODE,
    "nickname": MOST_LETTERS,
    "room": roster.MOST_ROOM,
    "name": roster.MOST_NAME,
}
UNREADABLE = {
    "empty": N_("Tệp này trống. {You} xem lại rồi gửi tệp có danh sách nhé."),
    "too_big": N_("Tệp này lớn quá. {You} gửi tệp chỉ có danh sách, dưới 1 MB nhé."),
    "too_long": N_("Danh sách dài quá. {You} gửi nhiều nhất 3.000 dòng mỗi lần nhé."),
    "old_excel": N_(
        "Đây là tệp Excel đời cũ (.xls) hoặc có mật khẩu. {You} lưu lại dạng .xlsx không mật khẩu rồi gửi nhé."
    ),
    "broken": N_("Tệp này bị hỏng nên {me} không đọc được. {You} mở ra, lưu lại dạng .xlsx rồi gửi lại nhé."),
    "not_a_table": N_("{Me} chỉ đọc danh sách dạng .xlsx hoặc .csv. {You} lưu lại rồi gửi nhé."),
    "letters": N_("Tệp .csv này không phải dạng Unicode. {You} lưu dạng “CSV UTF-8” hoặc .xlsx rồi gửi lại nhé."),
}


# -- what a file would change ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a list may go: a class alone, or the classes of a school, known and new."""

    unit: Unit
    rooms: Mapping[str, Unit]
    keeps_names: bool

    @property
    def own_room(self) -> str | None:
        return self.unit.name if self.unit.kind == "class" else None

    def room(self, key: str) -> Unit | None:
        """The class of a row; None where it has to be made."""
        return self.unit if self.unit.kind == "class" else self.rooms.get(key)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, class by class (by the key of its name), and everything that is wrong.

    `moves` are pupils who come from another class of the school, by the new class and their code.
    """

    rooms: Mapping[str, Changes]
    problems: tuple[Problem, ...]
    moves: Mapping[tuple[str, str], Kept] = field(default_factory=dict)

    def moved_to(self, key: str) -> int:
        """How many pupils come into a class from another."""
        return sum(room == key for room, _code in self.moves)

    @property
    def gone(self) -> int:
        return sum(len(changes.gone) for changes in self.rooms.values())

    @property
    def any(self) -> bool:
        return bool(self.moves) or any(changes.any for changes in self.rooms.values())


def scope(store: Store, unit: Unit) -> Scope:
    """The classes a list of this unit may speak of."""
    if unit.kind == "class":
        school = store.unit(unit.parent_id) if unit.parent_id is not None else unit
        return Scope(unit, {}, school.keeps_names)
    rooms = {roster.room_key(room.name): room for room in store.classes_under(unit.id)}
    return Scope(unit, rooms, unit.keeps_names)


def read(sheets: Sequence[Sheet], where: Scope) -> Found | None:
    """The first sheet that holds a list; None when none does."""
    found = (roster.read(sheet.rows, where.own_room, where.keeps_names) for sheet in sheets)
    return next((one for one in found if one is not None), None)


def plan(store: Store, where: Scope, entries: Sequence[Entry], problems: Sequence[Problem]) -> Plan:
    """What these rows say otherwise than the class lists as they stand now."""
    by_room: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_room["" if where.own_room else entry.room].append(entry)
    rooms: dict[str, Changes] = {}
    found = list(problems)
    for key, mine in by_room.items():
        room = where.room(key)
        rooms[key] = roster.changes(mine, kept(store, room.id) if room else [], where.keeps_names)
        found += rooms[key].problems
    moves: dict[tuple[str, str], Kept] = {}
    if where.own_room is None:
        lists = {key: kept(store, room.id) for key, room in where.rooms.items()}
        moves = roster.moves(rooms, lists)
    away = {known.id for known in moves.values()}
    rooms = {
        key: replace(changes, gone=tuple(known for known in changes.gone if known.id not in away))
        for key, changes in rooms.items()
    }
    return Plan(rooms, tuple(sorted(found, key=lambda problem: (problem.row, problem.column or 0))), moves)


def kept(store: Store, unit_id: int) -> list[Kept]:
    """A class list as it stands."""
    return [Kept(one.id, one.code, one.nickname, one.name, one.left_at is not None) for one in store.listed(unit_id)]


def carry_out(store: Store, where: Scope, planned: Plan, drop_gone: bool, now: datetime) -> list[Unit]:
    """Take a plan over, whole: the caller's one transaction makes it all true or none. The classes it touched."""
    assert not planned.problems
    touched = []
    for key, changes in planned.rooms.items():
        room = where.room(key) or _new_room(store, where.unit, key)
        came = {code for other, code in planned.moves if other == key}
        for entry in [*changes.added, *(entry for _known, entry in changes.changed)]:
            if entry.code in came:
                moving.move(store, store.one_listed(planned.moves[key, entry.code].id), room, now, entry)
        _take_over(store, room, _without(changes, came), drop_gone, now)
        touched.append(room.id)
    return sorted((store.unit(room_id) for room_id in touched), key=lambda room: room.name)


def _without(changes: Changes, codes: set[str]) -> Changes:
    """The changes of those pupils who were not moved."""
    return replace(
        changes,
        added=tuple(entry for entry in changes.added if entry.code not in codes),
        changed=tuple((known, entry) for known, entry in changes.changed if entry.code not in codes),
    )


def _new_room(store: Store, school: Unit, key: str) -> Unit:
    unit = Unit(parent_id=school.id, kind="class", name=f"Lớp {key}", code=f"{key}-{school.code}")
    store.add_unit(unit)
    return unit


def _take_over(store: Store, room: Unit, changes: Changes, drop_gone: bool, now: datetime) -> None:
    joined = {pupil.nickname.casefold(): pupil.id for pupil in store.pupils(room.id)}
    joined = {name: person for name, person in joined.items() if store.listed_of(person, room.id) is None}
    for entry in changes.added:
        # Who joined before there was a list is the pupil of that nickname.
        store.add_listed(room.id, entry.code, entry.nickname, entry.name, joined.get(entry.nickname.casefold()))
    for known, entry in changes.changed:
        store.change_listed(known.id, nickname=entry.nickname, name=entry.name, left_at=None)
        _follow(store, room, known, entry, now)
    if drop_gone:
        for known in changes.gone:
            store.change_listed(known.id, left_at=now)
            if (person := store.one_listed(known.id).person_id) is not None:
                store.leave_unit(person, room.id)
        store.drop_join_cards([known.id for known in changes.gone])
    store.set_size(room.id)
    store.drop_class_code(room.id)


def _follow(store: Store, room: Unit, known: Kept, entry: Entry, now: datetime) -> None:
    """The pupil who joined is called as the list says now, and is back in class when the list says so."""
    person = store.one_listed(known.id).person_id
    if person is None:
        return
    if entry.nickname:
        store.rename(person, entry.nickname)
    if known.left:
        store.take_role(person, "pupil", room.id, now)


# -- the conversation --------------------------------------------------------------------------


def own_scope(turn: Turn) -> Scope | None:
    """Where the person who speaks may bring a list."""
    unit = classroom.reached(turn, "list")
    return scope(turn.store, unit) if unit is not None and unit.kind in ("class", "school") else None


def ask(turn: Turn) -> list[Reply]:
    """How to hand in a list."""
    if own_scope(turn) is None:
        return home.unknown(turn)
    how = _(
        "{You} gửi danh sách lớp dạng .xlsx hoặc .csv vào đây (kéo thả hoặc bấm nút kẹp giấy). "
        "Có cột “Biệt danh” hay “Mã học sinh” thì tốt nhất. {Me} chỉ giữ mã, biệt danh và lớp; "
        "ngày sinh, số điện thoại, số giấy tờ không cần và không lưu."
    )
    moving_on = [Choice(_("Em chuyển lớp"), "moving")] if classroom.own(turn) else []
    return [Reply(how, (*moving_on, Choice(_("Để sau"), "home")))]


def received(turn: Turn) -> list[Reply]:
    """A file came in: what is wrong with it, or what it would change."""
    where = own_scope(turn)
    if where is None:
        return home.unseen(turn)
    if isinstance(turn.sheets, Unreadable):
        return [Reply(_(UNREADABLE[turn.sheets.why])), *home.menu(turn)]
    found = read(turn.sheets or (), where)
    if found is None:
        return [Reply(no_heading()), *home.menu(turn)]
    if not found.entries and not found.problems:
        return [Reply(_("Dưới dòng tiêu đề chưa có em nào. {You} xem lại tệp nhé.")), *home.menu(turn)]
    mark = _keep(turn, where, found)
    planned = plan(turn.store, where, found.entries, found.problems)
    if planned.problems:
        return _wrong(planned.problems, 0)
    return [_preview(where, planned, found, mark)]


def no_heading() -> str:
    """What a list needs."""
    return _(
        "{Me} chưa thấy dòng tiêu đề. Danh sách cần một dòng có “Mã học sinh”, “Biệt danh” hoặc “Họ và tên”; "
        "danh sách cả trường cần thêm cột “Lớp”."
    )


def _keep(turn: Turn, where: Scope, found: Found) -> str:
    """The list waits for a yes; the mark is of the rows themselves."""
    kept = json.dumps([asdict(entry) for entry in found.entries], ensure_ascii=False)
    rest = json.dumps([asdict(problem) for problem in found.problems])
    mark = sha256(kept.encode()).hexdigest()[:12]
    turn.store.keep_list_draft(turn.person.id, where.unit.id, mark, json.dumps([kept, rest]), turn.now)
    return mark


def _kept_plan(turn: Turn, where: Scope) -> tuple[str, Plan] | None:
    draft = turn.store.list_draft(turn.person.id)
    if draft is None or draft.unit_id != where.unit.id:
        return None
    entries, problems = (json.loads(part) for part in json.loads(draft.found))
    planned = plan(turn.store, where, [Entry(**one) for one in entries], [Problem(**one) for one in problems])
    return draft.mark, planned


def wrong(turn: Turn, start: str) -> list[Reply]:
    """More of what is wrong with the list."""
    where = own_scope(turn)
    found = _kept_plan(turn, where) if where else None
    if found is None or not found[1].problems:
        return home.stale(turn)
    return _wrong(found[1].problems, int(start))


def _wrong(problems: Sequence[Problem], start: int) -> list[Reply]:
    lines = told(problems)
    heading = counted("{n} chỗ cần sửa trong tệp, chưa nhập gì cả:", len(problems))
    shown = [f"• {line}" for line in lines[start : start + LINES]]
    left = len(lines) - start - LINES
    more = [Choice(_("Xem tiếp"), f"list_wrong:{start + LINES}")] if left > 0 else []
    last = [] if left > 0 else [_("Sửa xong, {you} gửi lại cả tệp nhé.")]
    return [Reply("\n".join([heading, *shown, *last]), (*more, Choice(_("Để sau"), "home")))]


def _field(field: Field) -> str:
    return _(FIELDS[field])


def told(problems: Sequence[Problem]) -> list[str]:
    """Every problem with its row and cell, those of one kind in one line, in the order of the rows."""
    kinds: defaultdict[tuple[str, Fault, str], list[Problem]] = defaultdict(list)
    for problem in problems:
        detail = problem.detail if problem.fault in ("other_room", "too_many") else ""
        kinds[problem.field, problem.fault, detail].append(problem)
    return [_line(some) for some in kinds.values()]


def _line(problems: Sequence[Problem]) -> str:
    first = problems[0]
    cells = [_where(problem) for problem in problems[:CELLS]]
    place = ", ".join(cells) if first.column else _("dòng {rows}", rows=", ".join(cells))
    more = counted(" và {n} chỗ nữa", len(problems) - CELLS) if len(problems) > CELLS else ""
    label = _("Ô {cells}", cells=place) if first.column else place[:1].upper() + place[1:]
    return f"{label}{more}: {cure(first, alone=len(problems) == 1)}"


def _where(problem: Problem) -> str:
    """ "C12", or "C12 (= 5)" where it collides with row 5."""
    return f"{problem.cell} (= {problem.detail})" if problem.fault in ("twice", "same_row") else problem.cell


def cure(problem: Problem, alone: bool = True) -> str:
    """What is wrong and what to change, in one sentence."""
    field = _field(problem.field) if problem.field else ""
    most = MOST.get(problem.field, 0) if problem.field else 0
    detail = problem.detail if alone else "…"
    if problem.fault in ("other_room", "too_many", "again"):
        detail = problem.detail
    said = _(CURES[problem.fault], field=field, most=most, detail=detail)
    return said[:1].upper() + said[1:]


def _preview(where: Scope, planned: Plan, found: Found, mark: str) -> Reply:
    lines = [*changes_told(where, planned), *kept_told(where, found)]
    if not planned.any:
        lines = [_("Danh sách này giống hệt danh sách đang có, không cần nhập lại.")]
        return Reply("\n".join(lines), (Choice(_("Trang chính"), "home"),))
    later = Choice(_("Thôi, không nhập"), "list_no")
    if not planned.gone:
        return Reply("\n".join(lines), (Choice(_("Đúng, nhập"), f"list_yes:{mark}:keep"), later))
    keep = Choice(_("Nhập, giữ các em thiếu"), f"list_yes:{mark}:keep")
    drop = Choice(counted("Nhập, cho {n} em ra khỏi lớp", planned.gone), f"list_yes:{mark}:drop")
    return Reply("\n".join(lines), (keep, drop, later))


def changes_told(where: Scope, planned: Plan) -> list[str]:
    """What an import would change, a line a class."""
    lines = [_("{Me} đọc được:")]
    for key, changes in sorted(planned.rooms.items()):
        room = where.room(key)
        name = room.name if room else _("Lớp {key} (mới)", key=key)
        lines.append(
            f"• {name}: "
            + _changes(
                _without(changes, {code for other, code in planned.moves if other == key}), planned.moved_to(key)
            )
        )
    codes = [known.code for changes in planned.rooms.values() for known in changes.gone]
    if codes:
        shown = ", ".join(codes[:SHOWN]) + ("…" if len(codes) > SHOWN else "")
        lines.append(_("Không còn trong danh sách: {codes}.", codes=shown))
    return lines


def _changes(changes: Changes, moved: int) -> str:
    back = sum(known.left for known, _entry in changes.changed)
    counts = Counter(
        added=len(changes.added), moved=moved, changed=len(changes.changed) - back, back=back, same=changes.same
    )
    parts = [
        counted("{n} em mới", counts["added"]),
        counted("{n} em từ lớp khác sang", moved),
        counted("{n} em đổi", counts["changed"]),
        counted("{n} em trở lại", counts["back"]),
        counted("{n} em như cũ", counts["same"]),
    ]
    return listed([part for part, count in zip(parts, counts.values(), strict=True) if count]) or counted("{n} em", 0)


def kept_told(where: Scope, found: Found) -> list[str]:
    """What of the file is kept, and what is left alone."""
    held = [_field(field) for field in _SHOWN if field in found.columns]
    if where.keeps_names and "name" in found.columns:
        held.append(_field("name"))
    lines = []
    if "code" not in found.columns:
        lines.append(_("Tệp chưa có mã nên {me} đặt mã theo số thứ tự (HS01, HS02…), in trên thẻ của từng em."))
    left = [*([_field("name")] if "name" in found.columns and not where.keeps_names else []), *found.ignored]
    if held:
        lines.append(_("Giữ: {kept}.", kept=listed(held)))
    if left:
        shown = [name if len(name) <= 30 else name[:29] + "…" for name in left[:SHOWN]]
        lines.append(_("Không lưu: {left}.", left=listed(shown)))
    if found.skipped:
        rows = ", ".join(map(str, found.skipped[:SHOWN])) + ("…" if len(found.skipped) > SHOWN else "")
        lines.append(_("Bỏ qua dòng {rows} vì không phải học sinh.", rows=rows))
    return lines


def take(turn: Turn, mark: str, gone: str) -> list[Reply]:
    """Yes: exactly the list that was shown, against the class as it is now."""
    where = own_scope(turn)
    found = _kept_plan(turn, where) if where else None
    if where is None or found is None or found[0] != mark:
        return home.stale(turn)
    planned = found[1]
    if planned.problems:
        return _wrong(planned.problems, 0)
    rooms = carry_out(turn.store, where, planned, gone == "drop", turn.now)
    turn.store.drop_list_draft(turn.person.id)
    return [done(turn, rooms)]


def done(turn: Turn, rooms: Sequence[Unit]) -> Reply:
    """What stands in the lists now, and the cards to come."""
    sizes = listed([counted("{unit} {n} em", room.size or 0, unit=room.name) for room in rooms[:SHOWN]])
    more = counted(" và {n} lớp nữa", len(rooms) - SHOWN) if len(rooms) > SHOWN else ""
    said = _("Đã nhập: {sizes}.", sizes=sizes + more)
    if turn.person.role == "teacher":
        return Reply(said, (Choice(_("In thẻ vào lớp"), "cards"), Choice(_("Trang chính"), "home")))
    said += " " + _("Thầy cô chủ nhiệm nhắn “thẻ vào lớp” để in thẻ cho từng em.")
    return Reply(said, (Choice(_("Trang chính"), "home"),))


def leave(turn: Turn) -> list[Reply]:
    """No: nothing of the file is kept."""
    turn.store.drop_list_draft(turn.person.id)
    return [Reply(_("{Me} bỏ tệp rồi, chưa nhập gì cả.")), *home.menu(turn)]
