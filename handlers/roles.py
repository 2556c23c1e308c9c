"""Several roles of one person: which one they speak in now, another by one tap, and giving one up."""

from bot.port import Choice, Reply
from bot.rules import rights
from bot.texts import _, capital, manner_for, speaking
from db.models import Role
from handlers import home, words
from handlers.turn import Turn

SHOWN = 3


def show(turn: Turn) -> list[Reply]:
    """The role one speaks in, and the others."""
    mine = held(turn)
    if not mine:
        return home.unknown(turn)
    others = [Choice(label(turn, role), f"role:{role.id}") for role in mine if not role.current][:SHOWN]
    if turn.person.role not in rights.STAFF:  # a teacher who learns for a while
        return [Reply(_("{You} muốn dùng vai nào ạ?"), (*others, Choice(_("Trang chính"), "home")))]
    said = _("{You} đang là {role}.", role=words.own_role(turn))
    if not others:
        return [Reply(said), *home.menu(turn)]
    ending = Choice(_("Thôi vai đang dùng"), "end_role")
    return [Reply(said, (*others, ending, Choice(_("Trang chính"), "home")))]


def held(turn: Turn) -> list[Role]:
    """The staff roles of whoever speaks."""
    return turn.store.roles(turn.person.id, rights.STAFF)


def label(turn: Turn, role: Role) -> str:
    """ "Tổng phụ trách Đội, THCS Hoa Mai"."""
    return capital(words.role_in(turn.store, role.role, role.unit_id))


def take(turn: Turn, role_id: str) -> list[Reply]:
    """From now on one speaks in this role of one's own; what was half-done in the other is put away."""
    role = next((role for role in held(turn) if role.id == int(role_id)), None)
    if role is None:
        return home.stale(turn)
    turn.store.speak_in(turn.person.id, role.id)
    return _speaking_in(turn, role)


def _speaking_in(turn: Turn, role: Role) -> list[Reply]:
    turn.person.role, turn.person.unit_id = role.role, role.unit_id
    turn.person.doing = turn.person.memory = ""
    with speaking(manner_for(turn.person.locale, turn.person.address, turn.person.role)):
        return [Reply(_("Từ giờ {you} là {role}.", role=words.own_role(turn))), *home.menu(turn)]


def end(turn: Turn, sure: str = "") -> list[Reply]:
    """The role one speaks in is given up, after a second yes; another one is left."""
    mine = held(turn)
    current = next((role for role in mine if role.current), None)
    others = [role for role in mine if not role.current]
    if current is None or not others:
        return home.stale(turn)
    if sure != str(current.id):
        ask = _("Thôi làm {role} ạ? Muốn làm lại thì cần lời mời mới.", role=words.own_role(turn))
        return [Reply(ask, (Choice(_("Đúng, thôi vai này"), f"end_role:{current.id}"), Choice(_("Giữ lại"), "home")))]
    turn.store.end_role(current.id)
    turn.store.speak_in(turn.person.id, others[0].id)
    return _speaking_in(turn, others[0])
