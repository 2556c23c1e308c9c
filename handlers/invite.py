"""Invite others into their role by a link: teachers, the school's people, the ward's."""

from datetime import timedelta

from bot.menu import page
from bot.port import Choice, Reply
from bot.rules import codes, rights
from bot.texts import _, capital, counted
from db.models import Unit
from handlers import classroom, home, words
from handlers.turn import Turn

LASTS = timedelta(days=14)


def show(turn: Turn) -> list[Reply]:
    """Whom the person may invite."""
    if classroom.reached(turn, "invite") is None:
        return home.unknown(turn)
    may = [role for role in rights.INVITES[turn.person.role or ""] if _units(turn, role)]
    choices = [Choice(capital(_called(role, _units(turn, role))), f"invite_in:{role}:0") for role in may]
    if not choices:
        nobody = _("Chưa có lớp nào để mời ạ. {You} gửi danh sách lớp trước nhé.")
        if turn.person.role == "officer":
            nobody = _("Chưa có đơn vị nào để mời ạ. {You} nhắn “đơn vị” để thêm thôn, tổ công nghệ số nhé.")
        return [
            Reply(
                nobody,
            ),
            *home.menu(turn),
        ]
    return [Reply(_("{You} muốn mời ai ạ?"), tuple(choices))]


def _called(role: str, units: list[Unit]) -> str:
    """What is invited: "giáo viên chủ nhiệm", and of villages and teams together "cán bộ thôn, tổ công nghệ số"."""
    kinds = {unit.kind for unit in units}
    if role == "officer" and len(kinds) > 1:
        return _("cán bộ") if "ward" in kinds else _("cán bộ thôn, tổ công nghệ số")
    return words.role(role, min(kinds))


def _units(turn: Turn, role: str) -> list[Unit]:
    """The units of the own tree into which this role may be invited."""
    home_id = turn.person.unit_id
    if home_id is None:
        return []
    found = turn.store.units_under(home_id)
    mine = turn.person.role
    return [unit for unit in found if rights.may_invite(mine, role, home_id, turn.store.path(unit.id), unit.kind)]


def pick(turn: Turn, role: str, start: str) -> list[Reply]:
    """Into which unit."""
    units = _units(turn, role)
    if not units:
        return home.stale(turn)
    if len(units) == 1:
        return give(turn, role, str(units[0].id))
    named = [Choice(unit.name, f"invite_as:{role}:{unit.id}") for unit in units]
    labels = [choice.label for choice in named]
    if len(set(labels)) < len(labels):  # two schools have a 7A each
        named = [Choice(_full_name(turn, unit), f"invite_as:{role}:{unit.id}") for unit in units]
    ask = _("Mời {role} của đơn vị nào ạ?", role=_called(role, units))
    return [Reply(ask, page(named, int(start), _("Đơn vị khác"), f"invite_in:{role}"))]


def _full_name(turn: Turn, unit: Unit) -> str:
    above = f", {turn.store.unit(unit.parent_id).name}" if unit.parent_id is not None else ""
    return f"{unit.name}{above} ({unit.code})"


def give(turn: Turn, role: str, unit_id: str) -> list[Reply]:
    """A link that is good once and for two weeks."""
    unit = next((one for one in _units(turn, role) if one.id == int(unit_id)), None)
    if unit is None:
        return home.stale(turn)
    code = codes.new(turn.chance.choice)
    turn.store.invite(code, unit.id, role, turn.now + LASTS, once=True)
    said = counted(
        "Mời {role}, {unit}. {You} gửi đường dẫn này cho đúng một người, dùng một lần trong {n} ngày:",
        LASTS.days,
        role=words.role(role, unit.kind),
        unit=unit.name,
    )
    link = f"{turn.public_url}/?join={code}" if turn.public_url else codes.spaced(code)
    return [Reply(f"{said}\n{link}", (Choice(_("Mời người khác"), "invite"), Choice(_("Trang chính"), "home")))]
