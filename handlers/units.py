"""Villages, community digital teams and schools of a ward: added, named, and their people invited."""

import re
from collections.abc import Mapping

from bot.letters import fold
from bot.menu import page, plain
from bot.port import Choice, Reply
from bot.rules import nickname, rights
from bot.texts import N_, _, capital
from db.models import Unit
from handlers import classroom, home
from handlers.turn import Turn

LEAST_LETTERS, MOST_LETTERS = 2, 60
SHOWN = 12  # names in one line: one phone screen
_NAME = re.compile(r"[^\W_][\w .,'()/-]*")
KINDS: Mapping[str, str] = {
    "village": N_("thôn, tổ dân phố"),
    "team": N_("tổ công nghệ số"),
    "school": N_("trường"),
}
ADDING: Mapping[str, str] = {
    "village": N_("Thêm thôn, tổ dân phố"),
    "team": N_("Thêm tổ công nghệ số"),
    "school": N_("Thêm trường"),
}
HOW: Mapping[str, str] = {
    "village": N_("{You} nhắn tên, ví dụ “Thôn Đông” hay “Tổ dân phố 3”."),
    "team": N_("{You} nhắn tên, ví dụ “Tổ công nghệ số thôn Đông”."),
    "school": N_("{You} nhắn tên, ví dụ “THCS Hoa Mai”."),
}
# Who is invited first into a new unit.
FIRST: Mapping[str, tuple[rights.Role, str]] = {
    "village": ("officer", N_("Mời cán bộ")),
    "team": ("officer", N_("Mời thành viên")),
    "school": ("board", N_("Mời ban giám hiệu")),
}


def show(turn: Turn) -> list[Reply]:
    """What there is, and what can be done with it."""
    unit = classroom.reached(turn, "units")
    if unit is None:
        return home.unknown(turn)
    turn.person.doing = ""
    mine = _named_by(turn)
    lines = [_told(kind, [one.name for one in mine if one.kind == kind]) for kind in _kinds(turn)]
    choices = [Choice(_(ADDING[kind]), f"unit_add:{kind}") for kind in _kinds(turn) if _may_add(turn, unit, kind)]
    if mine:
        choices.append(Choice(_("Đổi tên"), "unit_names:0"))
    if any(one.kind in ("village", "team") for one in mine):
        choices.append(Choice(_("Mời cán bộ"), "invite_in:officer:0"))
    if len(choices) < 5:
        choices.append(Choice(_("Trang chính"), "home"))
    return [Reply("\n".join([_("{unit}:", unit=unit.name), *lines]), tuple(choices))]


def _told(kind: str, names: list[str]) -> str:
    more = ["…"] if len(names) > SHOWN else []
    return f"• {capital(_(KINDS[kind]))} ({len(names)}): {', '.join([*names[:SHOWN], *more]) or '–'}"


def _kinds(turn: Turn) -> tuple[str, ...]:
    return rights.ADDS.get(turn.person.role or "", ())


def _may_add(turn: Turn, unit: Unit, kind: str) -> bool:
    return rights.may_add(turn.person.role, kind, turn.person.unit_id, turn.store.path(unit.id), unit.kind)


def _named_by(turn: Turn) -> list[Unit]:
    """The units whose names are this person's to give."""
    role, own = turn.person.role, turn.person.unit_id
    if own is None:
        return []
    found = turn.store.units_under(own)
    return [unit for unit in found if rights.may_rename(role, own, turn.store.path(unit.id), unit.kind)]


def add(turn: Turn, kind: str) -> list[Reply]:
    """Ask for the name of a new unit."""
    unit = classroom.reached(turn, "units")
    if unit is None or kind not in KINDS or not _may_add(turn, unit, kind):
        return home.stale(turn)
    turn.person.doing = f"unit_name:{kind}"
    return [Reply(_(HOW[kind]), (Choice(_("Để sau"), "units"),))]


def named(turn: Turn, kind: str) -> list[Reply]:
    """The new unit's name came in."""
    unit = classroom.reached(turn, "units")
    if unit is None or kind not in KINDS or not _may_add(turn, unit, kind):
        return home.stale(turn)
    name = " ".join(turn.said.split())
    if refused := _refused(turn, name):
        return refused
    turn.person.doing = ""
    made = turn.store.add_unit(Unit(parent_id=unit.id, kind=kind, name=name, code=_code(turn, name, unit)))
    role, label = FIRST[kind]
    return [
        Reply(
            _("Đã thêm {name}.", name=name),
            (
                Choice(_(label), f"invite_as:{role}:{made}"),
                Choice(_("Thêm nữa"), f"unit_add:{kind}"),
                Choice(_("Đổi tên"), f"unit_rename:{made}"),
                Choice(_("Trang chính"), "home"),
            ),
        )
    ]


def _refused(turn: Turn, name: str) -> list[Reply] | None:
    """Why this is no name of a unit; it is public, so nothing of a person's belongs there."""
    later = (Choice(_("Để sau"), "units"),)
    fault = nickname.fault(name)
    if fault not in (None, "too_long", "letters") or not _NAME.fullmatch(name):
        return [Reply(_("Tên chỉ có chữ và số ạ, không có số điện thoại hay đường dẫn. {You} nhắn lại nhé."), later)]
    if not LEAST_LETTERS <= len(name) <= MOST_LETTERS:
        said = _("Tên từ {least} đến {most} ký tự ạ. {You} nhắn lại nhé.", least=LEAST_LETTERS, most=MOST_LETTERS)
        return [Reply(said, later)]
    if any(plain(one.name) == plain(name) for one in turn.store.units_under(turn.person.unit_id or 0)):
        return [Reply(_("{name} đã có rồi ạ. {You} nhắn tên khác nhé.", name=name), later)]
    return None


def _code(turn: Turn, name: str, above: Unit) -> str:
    """ "THON-DONG-PHUONGHOAMAI": letters of the name, and of the ward's code, that no unit has yet."""
    letters = "-".join(re.findall(r"[a-z0-9]+", fold(name))).upper()
    code, number = f"{letters}-{above.code}", 2
    while turn.store.unit_by_code(code) is not None:
        code, number = f"{letters}-{above.code}-{number}", number + 1
    return code


def names(turn: Turn, start: str) -> list[Reply]:
    """Which unit gets another name."""
    mine = _named_by(turn)
    if not mine:
        return home.stale(turn)
    named = [Choice(unit.name, f"unit_rename:{unit.id}") for unit in mine]
    if len({choice.label for choice in named}) < len(named):
        named = [Choice(f"{unit.name} ({unit.code})", f"unit_rename:{unit.id}") for unit in mine]
    ask = _("Đổi tên đơn vị nào ạ?")
    return [Reply(ask, (*page(named, int(start), _("Đơn vị khác"), "unit_names", 4), Choice(_("Để sau"), "units")))]


def rename(turn: Turn, unit_id: str) -> list[Reply]:
    """Ask for the other name."""
    unit = next((one for one in _named_by(turn) if one.id == int(unit_id)), None)
    if unit is None:
        return home.stale(turn)
    turn.person.doing = f"unit_rename:{unit.id}"
    ask = _("{You} nhắn tên mới của {name}. Báo cáo đã gửi vẫn giữ tên cũ.", name=unit.name)
    return [Reply(ask, (Choice(_("Để sau"), "units"),))]


def renamed(turn: Turn, unit_id: str) -> list[Reply]:
    """The other name came in."""
    unit = next((one for one in _named_by(turn) if one.id == int(unit_id)), None)
    if unit is None:
        turn.person.doing = ""
        return home.stale(turn)
    name = " ".join(turn.said.split())
    if refused := _refused(turn, name):
        return refused
    old = unit.name
    turn.store.rename_unit(unit.id, name)
    return [Reply(_("{old} từ giờ là {name}.", old=old, name=name)), *show(turn)]
