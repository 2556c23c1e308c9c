"""The class leader (chi đội trưởng) fills in from the paper book for pupils without a phone."""

from bot.menu import page
from bot.port import Choice, Reply
from bot.rules.draft import Partial
from bot.texts import _
from db.models import Listed
from handlers import cards, classroom, draft, home
from handlers.start import NOTICE
from handlers.turn import Turn

MOST_LEADERS = 3
ROOM = 4  # pupils on one reply, beside the way back


# -- the teacher decides -----------------------------------------------------------------------


def leaders(turn: Turn, start: str = "0") -> list[Reply]:
    """Who leads; a tap makes a pupil a leader or ends it."""
    unit = classroom.own(turn)
    if unit is None:
        return home.unknown(turn)
    names, found = classroom.names(turn), turn.store.leaders(unit.id)
    away = turn.store.without_phone(unit.id)
    boxes = [
        Choice(f"✓ {name}" if pupil in found else name, f"leader:{pupil}:{start}")
        for pupil, name in names.items()
        if pupil not in away
    ]
    if not boxes:
        return [Reply(_("Chưa có em nào vào lớp ạ.")), *home.menu(turn)]
    ask = _("Chi đội trưởng ghi thay các bạn không có máy, từ sổ giấy. {You} chọn em nào ạ? (✓ là đang làm)")
    choices = page(boxes, int(start) if int(start) < len(boxes) else 0, _("Em khác"), "leaders", ROOM)
    return [Reply(ask, (*choices, Choice(_("Xong"), "class:0")))]


def appoint(turn: Turn, pupil_id: str, start: str) -> list[Reply]:
    """This pupil leads from now on, or no more."""
    unit = classroom.own(turn)
    pupil = int(pupil_id)
    if unit is None or pupil not in {one.id for one in turn.store.pupils(unit.id)}:
        return home.stale(turn)
    found = turn.store.leaders(unit.id)
    if pupil in found:
        turn.store.end_leader(pupil, unit.id)
    elif len(found) >= MOST_LEADERS:
        return [Reply(_("Mỗi lớp nhiều nhất {most} em ạ.", most=MOST_LEADERS)), *leaders(turn, start)]
    else:
        turn.store.make_leader(pupil, unit.id, turn.now)
    return leaders(turn, start)


def on_paper(turn: Turn, start: str = "0") -> list[Reply]:
    """Which pupils have no phone and signed on paper."""
    unit = classroom.own(turn)
    if unit is None:
        return home.unknown(turn)
    pupils = [one for one in cards.in_class(turn.store, unit) if one.person_id is None]
    if not pupils:
        said = _("Em nào trong danh sách cũng đã vào lớp, hoặc lớp chưa có danh sách ạ.")
        return [Reply(said, (Choice(_("Danh sách lớp"), "list"), Choice(_("Trang chính"), "home")))]
    named = [Choice(_called(one), f"signed:{one.id}") for one in pupils]
    ask = _("Em nào không có máy, mà em và phụ huynh đã ký phiếu đồng ý trên giấy ạ?")
    return [Reply(ask, (*page(named, int(start), _("Em khác"), "on_paper", ROOM), Choice(_("Xong"), "class:0")))]


def signed(turn: Turn, listed_id: str, sure: str = "") -> list[Reply]:
    """The paper is there: from now on the leader may fill in for this pupil."""
    unit = classroom.own(turn)
    free = {one.id: one for one in cards.in_class(turn.store, unit) if one.person_id is None} if unit else {}
    pupil = free.get(int(listed_id))
    if unit is None or pupil is None:
        return home.stale(turn)
    if sure != "yes":
        ask = _("{You} đang giữ phiếu có chữ ký của {name} và của phụ huynh, phải không ạ?", name=_called(pupil))
        return [Reply(ask, (Choice(_("Đúng, có phiếu"), f"signed:{pupil.id}:yes"), Choice(_("Chưa có"), "class:0")))]
    person = turn.store.add_on_paper(unit.id, pupil.nickname or pupil.code, turn.now)
    for by in ("child", "guardian"):
        turn.store.agree(person, by, NOTICE, "paper", turn.now)
    turn.store.change_listed(pupil.id, person_id=person)
    turn.store.drop_join_cards([pupil.id])
    turn.store.flush()
    done = _("Từ giờ chi đội trưởng ghi được cho {name} từ sổ giấy.", name=_called(pupil))
    return [Reply(done), *on_paper(turn)]


def _called(pupil: Listed) -> str:
    return f"{pupil.code} {pupil.nickname}".strip()


# -- the leader fills in -----------------------------------------------------------------------


def show(turn: Turn, start: str = "0") -> list[Reply]:
    """For whom to fill in."""
    if not classroom.leads(turn) or turn.person.unit_id is None:
        return home.unknown(turn)
    away = turn.store.without_phone(turn.person.unit_id)
    pupils = [one for one in turn.store.pupils(turn.person.unit_id) if one.id in away]
    if not pupils:
        return [Reply(_("Lớp mình chưa có bạn nào ghi bằng sổ giấy. Em hỏi thầy cô nhé.")), *home.menu(turn)]
    named = [Choice(one.nickname, f"fill:{one.id}") for one in pupils]
    ask = _("Em ghi từ sổ giấy cho bạn nào?")
    return [Reply(ask, (*page(named, int(start), _("Bạn khác"), "paper_book", ROOM), Choice(_("Để sau"), "home")))]


def fill(turn: Turn, pupil_id: str) -> list[Reply]:
    """A session of another pupil, told by taps or in a sentence."""
    if not classroom.may_fill(turn, int(pupil_id)):
        return home.stale(turn)
    return draft.proceed(turn, Partial(day=turn.today, tapped=True, paper=int(pupil_id)))
