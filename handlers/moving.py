"""A pupil goes to another class of the school: the logbook goes along, the old class keeps what was told in it."""

from datetime import datetime

from bot.menu import page
from bot.port import Choice, Reply
from bot.rules.nickname import MOST_LETTERS
from bot.rules.roster import Entry, free_code
from bot.texts import _
from db.models import Listed, Unit
from db.store import Store
from handlers import cards, classroom, home
from handlers.turn import Turn

ROOM = 4  # pupils or classes on one reply, beside the way back


# -- what happens ------------------------------------------------------------------------------


def move(store: Store, pupil: Listed, new: Unit, now: datetime, entry: Entry | None = None) -> str:
    """A pupil of one class list goes to another class, as a list says or as they are; what they are called there."""
    old_id, person_id = pupil.unit_id, pupil.person_id
    known = {one.code: one for one in store.listed(new.id)}
    code = entry.code if entry else pupil.code
    nickname = entry.nickname if entry and entry.nickname else _free(store, pupil.nickname, new)
    name = entry.name if entry else pupil.name
    store.change_listed(pupil.id, left_at=now)
    store.drop_join_cards([pupil.id])
    store.set_size(old_id)
    if (earlier := known.get(code)) is not None and earlier.left_at is not None:
        store.change_listed(earlier.id, nickname=nickname, name=name, person_id=person_id, left_at=None)
    elif known or entry:
        free = code if earlier is None else free_code(None, set(known))
        store.add_listed(new.id, free, nickname, name, person_id)
    if known or entry:  # a class without a list is as big as its teacher says
        store.set_size(new.id)
    if person_id is not None:
        _go(store, person_id, old_id, new, nickname, now)
    return nickname


def move_unlisted(store: Store, person_id: int, old_id: int, new: Unit, now: datetime) -> str:
    """The same for a pupil who joined a class that has no list."""
    nickname = _free(store, store.person(person_id).nickname, new)
    if codes := {one.code for one in store.listed(new.id)}:
        store.add_listed(new.id, free_code(None, codes), nickname, "", person_id)
        store.set_size(new.id)
    _go(store, person_id, old_id, new, nickname, now)
    return nickname


def _go(store: Store, person_id: int, old_id: int, new: Unit, nickname: str, now: datetime) -> None:
    """Who has withdrawn their consent is in no class, and is not brought back into one."""
    if store.role_of(person_id) == ("pupil", old_id):
        store.leave_unit(person_id, old_id)
        store.take_role(person_id, "pupil", new.id, now)
    if nickname:
        store.rename(person_id, nickname)


def _free(store: Store, nickname: str, new: Unit) -> str:
    """The nickname, or "An 2" where the new class has an An already."""
    taken = store.nicknames(new.id) | {one.nickname.lower() for one in store.listed(new.id) if one.left_at is None}
    wanted, number = nickname, 2
    while nickname and wanted.lower() in taken:
        wanted, number = f"{nickname[: MOST_LETTERS - 3]} {number}", number + 1
    return wanted


# -- the conversation --------------------------------------------------------------------------


def show(turn: Turn, start: str = "0") -> list[Reply]:
    """Which pupil of the own class."""
    unit = classroom.own(turn)
    if unit is None:
        return home.unknown(turn)
    if not _rooms(turn, unit):
        return [Reply(_("Trường chưa có lớp nào khác ở đây ạ.")), *home.menu(turn)]
    named = [Choice(name, f"moving_who:{key}:0") for key, name in _pupils(turn, unit).items()]
    if not named:
        return [Reply(_("Chưa có em nào vào lớp ạ.")), *home.menu(turn)]
    ask = _("Em nào chuyển sang lớp khác của trường ạ?")
    return [Reply(ask, (*page(named, int(start), _("Em khác"), "moving", ROOM), Choice(_("Để sau"), "home")))]


def _pupils(turn: Turn, unit: Unit) -> dict[str, str]:
    """Who is in the class, by "l" and the number in its list, or "p" and the person's where they are in none."""
    listed = cards.in_class(turn.store, unit)
    found = {f"l{one.id}": f"{one.code} {one.nickname}".strip() for one in listed}
    persons = {one.person_id for one in listed}
    return found | {f"p{one.id}": one.nickname for one in turn.store.pupils(unit.id) if one.id not in persons}


def _rooms(turn: Turn, unit: Unit) -> list[Unit]:
    """The other classes of the school."""
    rooms = turn.store.classes_under(unit.parent_id) if unit.parent_id is not None else []
    return [room for room in rooms if room.id != unit.id]


def where(turn: Turn, key: str, start: str) -> list[Reply]:
    """To which class."""
    unit = classroom.own(turn)
    name = _pupils(turn, unit).get(key) if unit else None
    if unit is None or name is None:
        return home.stale(turn)
    rooms = [Choice(room.name, f"moving_to:{key}:{room.id}") for room in _rooms(turn, unit)]
    ask = _("{name} sang lớp nào ạ?", name=name)
    choices = page(rooms, int(start), _("Lớp khác"), f"moving_who:{key}", ROOM)
    return [Reply(ask, (*choices, Choice(_("Để sau"), "home")))]


def to(turn: Turn, key: str, room_id: str, sure: str = "") -> list[Reply]:
    """After a second yes the pupil is in the other class."""
    unit = classroom.own(turn)
    name = _pupils(turn, unit).get(key) if unit else None
    new = next((room for room in _rooms(turn, unit) if room.id == int(room_id)), None) if unit else None
    if unit is None or name is None or new is None:
        return home.stale(turn)
    if sure != "yes":
        ask = _(
            "{name} sang {new}: các buổi đã ghi vẫn tính cho {old}, sổ của em ấy còn đủ. Chuyển ạ?",
            name=name,
            new=new.name,
            old=unit.name,
        )
        return [Reply(ask, (Choice(_("Đúng, chuyển"), f"moving_to:{key}:{new.id}:yes"), Choice(_("Để sau"), "home")))]
    store, number = turn.store, int(key[1:])
    if key.startswith("l"):
        was, called = store.one_listed(number).nickname, move(store, store.one_listed(number), new, turn.now)
    else:
        was, called = store.person(number).nickname, move_unlisted(store, number, unit.id, new, turn.now)
    said = [_("Đã chuyển {name} sang {new}.", name=name, new=new.name)]
    if called != was:
        said.append(_("Lớp ấy có bạn trùng tên nên em ấy là {name}.", name=called))
    return [Reply(" ".join(said)), *home.menu(turn)]
