"""Cards to join the class: printed for every pupil, and a new one for who lost theirs."""

from datetime import timedelta
from random import Random

from bot.menu import page
from bot.port import Choice, Reply
from bot.rules import codes
from bot.texts import _, counted
from db.models import Listed, Unit
from db.store import Store
from handlers import classroom, home
from handlers.turn import Turn

ROOM = 4  # pupils on one reply, beside the way back


def show(turn: Turn) -> list[Reply]:
    """The cards of who has not joined yet, to print; who has none gets one."""
    unit = classroom.own(turn)
    if unit is None:
        return home.unknown(turn)
    pupils = in_class(turn.store, unit)
    if not pupils:
        return _without_list(turn, unit)
    complete(turn.store, unit, turn.chance)
    cards = turn.store.join_cards(unit.id)
    joined = sum(pupil.person_id is not None for pupil in pupils)
    if not cards:
        said = counted("Cả {n} em của {unit} đã vào lớp rồi ạ.", len(pupils), unit=unit.name)
        return [Reply(said, (Choice(_("Cấp lại thẻ"), "new_card:0"), Choice(_("Trang chính"), "home")))]
    said = counted("{n} thẻ vào {unit}, mỗi em một thẻ, dùng một lần.", len(cards), unit=unit.name)
    if joined:
        said += " " + counted("{n} em đã vào lớp nên không cần thẻ nữa.", joined)
    return [_sheet(turn, unit, 0, said)]


def _sheet(turn: Turn, unit: Unit, listed_id: int, said: str) -> Reply:
    document = turn.shelf.join_cards(unit.id, listed_id, turn.now + codes.SHEET_LASTS)
    ways = (
        Choice(_("Cấp lại thẻ"), "new_card:0"),
        Choice(_("Danh sách lớp"), "list"),
        Choice(_("Trang chính"), "home"),
    )
    if document is None:
        lines = [
            f"{pupil.code} {pupil.nickname}".strip() + f": {codes.spaced(card.code)}"
            for pupil, card in turn.store.join_cards(unit.id)
            if listed_id in (0, pupil.id)
        ]
        return Reply("\n".join([said, *lines]), ways)
    hours = codes.SHEET_LASTS // timedelta(hours=1)
    said += " " + counted("{You} mở tệp, in ra rồi cắt. Tệp mở được trong {n} giờ, đừng gửi cho ai khác.", hours)
    return Reply(said, ways, (document,))


def _without_list(turn: Turn, unit: Unit) -> list[Reply]:
    """A class without a list has one code for all, until its list is handed in."""
    lines = [
        _("Mã vào {unit} cho học sinh: {code}", unit=unit.name, code=invitation.code)
        + (f"\n{turn.public_url}/?join={invitation.code}" if turn.public_url else "")
        for invitation in turn.store.invitations(unit.id, "pupil")
    ]
    better = _("Muốn mỗi em một thẻ riêng để in, {you} gửi danh sách lớp trước nhé.")
    ways = (Choice(_("Gửi danh sách lớp"), "list"), Choice(_("Trang chính"), "home"))
    return [Reply("\n".join([*lines, better]), ways)]


def in_class(store: Store, unit: Unit) -> list[Listed]:
    """Who is in the class list now."""
    return [pupil for pupil in store.listed(unit.id) if pupil.left_at is None]


def complete(store: Store, unit: Unit, chance: Random) -> None:
    """Everybody in the list who has not joined has a card."""
    having = {pupil.id for pupil, _card in store.join_cards(unit.id)}
    wanting = [one.id for one in in_class(store, unit) if one.person_id is None and one.id not in having]
    store.add_join_cards(unit.id, [(codes.new(chance.choice), pupil) for pupil in wanting])


def pick(turn: Turn, start: str) -> list[Reply]:
    """Whose card to renew."""
    unit = classroom.own(turn)
    if unit is None:
        return home.stale(turn)
    pupils = in_class(turn.store, unit)
    named = [Choice(f"{pupil.code} {pupil.nickname}".strip(), f"new_card_for:{pupil.id}") for pupil in pupils]
    ask = _("Thẻ của em nào ạ? Thẻ cũ của em đó sẽ không dùng được nữa.")
    every = Choice(_("Cả lớp"), "new_cards")
    return [Reply(ask, (*page(named, int(start), _("Em khác"), "new_card", ROOM), every))]


def renew(turn: Turn, listed_id: str) -> list[Reply]:
    """A new card for one pupil, also for one who joined before and has another phone now."""
    unit = classroom.own(turn)
    pupil = next((one for one in in_class(turn.store, unit) if one.id == int(listed_id)), None) if unit else None
    if unit is None or pupil is None:
        return home.stale(turn)
    turn.store.drop_join_cards([pupil.id])
    turn.store.add_join_cards(unit.id, [(codes.new(turn.chance.choice), pupil.id)])
    return [_sheet(turn, unit, pupil.id, _("Đây là thẻ mới của {code}.", code=pupil.code))]


def renew_all(turn: Turn, sure: str = "") -> list[Reply]:
    """New cards for all who have not joined, after a second yes."""
    unit = classroom.own(turn)
    if unit is None:
        return home.stale(turn)
    if sure != "yes":
        ask = _("Mọi thẻ đã in mà chưa dùng sẽ không dùng được nữa. {You} chắc chứ ạ?")
        return [Reply(ask, (Choice(_("Cấp lại cả lớp"), "new_cards:yes"), Choice(_("Để nguyên"), "home")))]
    turn.store.drop_join_cards([pupil.id for pupil in in_class(turn.store, unit)])
    return show(turn)
