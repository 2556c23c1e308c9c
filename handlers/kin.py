"""Link a relative's own account to the pupil, by three words said aloud; either side can end it."""

from datetime import timedelta

import content
from bot.menu import fold, page
from bot.port import Choice, Reply
from bot.rules import reminding
from bot.rules.draft import UNCLEAR_RELATIVE, frequent
from bot.texts import _, listed
from db.models import Kin
from handlers import home, words
from handlers.start import NOTICE
from handlers.turn import Turn

LASTS = timedelta(minutes=15)
# Some 14,000 codes, of which a handful live at a time: nobody may try many of them.
MOST_TRIES = 5
MOST_TRIES_OF_ALL = 60


def show(turn: Turn) -> list[Reply]:
    """Who is linked, and how to link somebody."""
    if turn.person.role == "learner":
        return _show_learner(turn)
    if turn.person.role != "pupil":
        return home.unknown(turn)
    linked = turn.store.kin(turn.person.id)
    if not linked:
        return whom(turn, "0")
    names = listed([words.relative(kin.relative) for kin in linked])
    ends = [
        Choice(_("Thôi nối với {relative}", relative=words.relative(kin.relative)), f"kin_end:{kin.id}")
        for kin in linked[:3]
    ]
    more = Choice(_("Nối thêm người thân"), "kin_whom:0")
    return [Reply(_("Em đang nối máy với {names}.", names=names), (more, *ends, Choice(_("Trang chính"), "home")))]


def whom(turn: Turn, start: str) -> list[Reply]:
    """Whose phone to link."""
    if turn.person.role != "pupil":
        return home.stale(turn)
    logs = turn.store.own_logs(turn.person.id, limit=30)
    linked = turn.store.linked(turn.person.id)
    codes = frequent([log.relatives for log in logs], content.first_choices().relatives)
    named = [
        Choice(words.title(code), f"kin_code:{code}")
        for code in codes
        if code not in linked and code != UNCLEAR_RELATIVE
    ]
    ask = _("Người thân có máy riêng thì tự bấm xác nhận trên máy mình được. Em nối máy với ai?")
    return [Reply(ask, page(named, int(start), _("Khác…"), "kin_whom"))]


def offer(turn: Turn, relative: str) -> list[Reply]:
    """Three words to say aloud."""
    if turn.person.role != "pupil":
        return home.stale(turn)
    found = content.code_words()
    while True:
        code = f"{turn.chance.choice(found.animals)} {turn.chance.choice(found.colours)} {turn.chance.randint(10, 99)}"
        if turn.store.kin_code(fold(code), turn.now) is None:
            break
    turn.store.offer_kin(fold(code), turn.person.id, relative, turn.now, turn.now + LASTS)
    kin = content.relatives()[relative]
    said = _(
        "Em đọc cho {relative} nghe: “{code}”. Trên máy của {kin}, mở Học Vụ Số, bấm “Nối với con cháu”, rồi nhắn lại đúng như vậy. "
        "Dùng được trong 15 phút.",
        relative=words.relative(relative),
        code=code,
        kin=kin.you,
    )
    return [Reply(said, (Choice(_("Đọc mã khác"), f"kin_code:{relative}"), Choice(_("Trang chính"), "home")))]


def _show_learner(turn: Turn) -> list[Reply]:
    linked = turn.store.kin(turn.person.id)
    if not linked:
        return ask(turn)
    names = listed([_nickname(turn, kin) for kin in linked])
    ends = [
        Choice(_("Thôi nối với {relative}", relative=_nickname(turn, kin)), f"kin_end:{kin.id}") for kin in linked[:3]
    ]
    said = _("{You} đang nối máy với {names}.", names=names)
    return [Reply(said, (Choice(_("Nối với cháu khác"), "kin_ask"), *ends, Choice(_("Trang chính"), "home")))]


def ask(turn: Turn) -> list[Reply]:
    """The relative types what the pupil says."""
    turn.person.doing = "kin"
    hint = _(
        "{You} nhờ con cháu mở “Nối máy người thân” và đọc to lên. {You} nhắn lại đúng như vậy nhé, ví dụ: mèo vàng 38."
    )
    return [Reply(hint, (Choice(_("Để sau"), "home"),))]


def typed(turn: Turn) -> list[Reply]:
    """Three words came in."""
    if turn.person.role != "learner":
        turn.person.doing = ""
        return home.unknown(turn)
    if _tried_too_often(turn):
        turn.person.doing = ""
        return [Reply(_("{You} nghỉ một lát rồi thử lại sau 15 phút nhé.")), *home.menu(turn)]
    found = turn.store.kin_code(_plain(turn.said), turn.now)
    if found is None:
        turn.store.wrong_code(turn.person.id, turn.now)
        said = _("{Me} chưa thấy mã này. {You} nghe đọc lại rồi nhắn lại nhé, ví dụ: mèo vàng 38.")
        return [Reply(said, (Choice(_("Để sau"), "home"),))]
    turn.person.doing = ""
    pupil = turn.store.person(found.pupil_id).nickname
    sure = _(
        "Đây là {pupil}, gọi {you} là “{relative}”, phải không ạ? Nối rồi, mỗi lần {pupil} ghi buổi giúp {you}, {me} sẽ hỏi {you} "
        "một câu. (Bấm nối là đồng ý lưu việc này; {you} thôi lúc nào cũng được.)",
        pupil=pupil,
        relative=words.relative(found.relative),
    )
    return [Reply(sure, (Choice(_("Đúng, nối máy"), f"kin_yes:{found.code}"), Choice(_("Không phải"), "home")))]


def _plain(said: str) -> str:
    """ "Mèo  Vàng 38!" → "meo vang 38"."""
    return " ".join("".join(letter if letter.isalnum() else " " for letter in fold(said)).split())


def _tried_too_often(turn: Turn) -> bool:
    since = turn.now - LASTS
    store = turn.store
    return store.wrong_codes(since, turn.person.id) >= MOST_TRIES or store.wrong_codes(since) >= MOST_TRIES_OF_ALL


def link(turn: Turn, code: str) -> list[Reply]:
    """The relative agreed: from now on they are asked on their own account."""
    found = turn.store.kin_code(code, turn.now)
    if found is None or turn.person.role != "learner":
        return [Reply(_("Mã này hết hạn rồi ạ, {you} nhờ đọc mã mới nhé.")), *home.menu(turn)]
    turn.store.agree(turn.person.id, "self", NOTICE, turn.channel, turn.now)
    kin = turn.store.link(found, turn.person.id, turn.now)
    _tell(turn, kin, kin.pupil_id, "linked")
    done = _("Dạ, đã nối máy với {pupil} rồi ạ. 🌼", pupil=_nickname(turn, kin))
    return [Reply(done), *home.menu(turn)]


def end(turn: Turn, kin_id: str) -> list[Reply]:
    """Either side ends it; nothing that was said before is lost."""
    ended = turn.store.unlink(turn.person.id, int(kin_id), turn.now)
    if not ended:
        return [Reply(_("Hai máy đã thôi nối rồi ạ.")), *home.menu(turn)]
    other = ended[0].learner_id if ended[0].pupil_id == turn.person.id else ended[0].pupil_id
    _tell(turn, ended[0], other, "unlinked")
    return [Reply(_("Đã thôi nối. Muốn nối lại thì đọc mã mới ạ.")), *home.menu(turn)]


def _tell(turn: Turn, kin: Kin, person_id: int, kind: str) -> None:
    row: dict[str, object] = {
        "key": f"{kind}:{kin.id}",
        "person_id": person_id,
        "kind": kind,
        "about": str(kin.id),
        "urgency": 1,
        "free_at": reminding.by_day(turn.now),
        "written_at": turn.now,
    }
    turn.store.write_outbox([row])


def linked(turn: Turn, about: str) -> list[Reply]:
    """The pupil is told who was linked, and can undo it at once."""
    kin = next((one for one in turn.store.kin(turn.person.id) if one.id == int(about)), None)
    if kin is None:
        return []
    said = _(
        "{Relative} đã nối máy với em ✅ Nếu không phải {relative} của em, bấm “Thôi nối”.",
        Relative=words.title(kin.relative),
        relative=words.relative(kin.relative),
    )
    return [Reply(said, (Choice(_("Thôi nối"), f"kin_end:{kin.id}"), Choice(_("Sổ của em"), "book")))]


def unlinked(turn: Turn, about: str) -> list[Reply]:
    """The other side ended it."""
    return [
        Reply(
            _("Một người thân đã thôi nối máy với {you}. Muốn nối lại thì đọc mã mới nhé."),
            (Choice(_("Trang chính"), "home"),),
        )
    ]


def _nickname(turn: Turn, kin: Kin) -> str:
    return turn.store.person(kin.pupil_id).nickname
