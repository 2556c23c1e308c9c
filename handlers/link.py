"""One person on several channels: a code from one is typed on the other; either can undo it."""

from datetime import datetime, timedelta

from bot.menu import is_meant
from bot.port import Choice, Reply
from bot.rules import reminding
from bot.texts import N_, _, listed
from db.models import Link, LinkCode
from db.store import Store
from handlers import home, log
from handlers.codes import grouped, new_code, plain_code
from handlers.turn import Turn

LETTERS = 6
# A link stands for the person it was sent to, so nobody may guess it.
SENT_LETTERS = 16
LASTS = timedelta(minutes=15)
MOST_TRIES = 5
MOST_TRIES_OF_ALL = 60
WISHES = ("nối kênh", "nối tài khoản", "kênh của tôi", "link channels")
CHANNELS = {
    "web": N_("trang web"),
    "telegram": N_("Telegram"),
    "zalo_bot": N_("bot Zalo"),
    "zalo_oa": N_("Zalo OA"),
    "console": N_("cửa sổ lệnh"),
}
ROLES = {
    "pupil": N_("học sinh"),
    "learner": N_("người học"),
    "teacher": N_("giáo viên"),
    "organiser": N_("tổng phụ trách Đội"),
    "board": N_("ban giám hiệu"),
    "officer": N_("cán bộ"),
    "admin": N_("quản trị"),
}


def sent_alone(store: Store, code: str, now: datetime) -> LinkCode | None:
    """What a link that was sent to one person leads to; the short codes that are typed open nothing by a link.

    Whoever opens links is a stranger, whose tries nobody can count: only a code that cannot be guessed will do.
    """
    plain = plain_code(code)
    return store.link_code(plain, now) if len(plain) == SENT_LETTERS else None


def is_wished(said: str) -> bool:
    """Whether these words ask for it."""
    return any(is_meant(said, words) for words in WISHES)


def show(turn: Turn) -> list[Reply]:
    """The channels that are one already, and a code for another."""
    person, store = turn.person, turn.store
    code = new_code(LETTERS, turn.chance)
    store.offer_link(code, person.who_id, turn.now, turn.now + LASTS)
    person.doing = "link"
    lines = []
    places, links = store.places(person.id), store.links(person.id)
    if len(places) > 1:
        lines.append(_("{You} đang dùng: {channels}.", channels=listed([_channel(place.channel) for place in places])))
    lines.append(
        _(
            "Mã nối kênh của {you}: {code}. Trên kênh kia, {you} nhắn “nối kênh” rồi nhắn mã này. "
            "Hoặc nhắn mã của kênh kia vào đây. Dùng được trong 15 phút; đừng đưa mã cho người khác.",
            code=grouped(code),
        )
    )
    others = [place for place in places if not place.preferred] if len(places) > 1 else []
    choices = [
        *(Choice(_("Nhận nhắc ở {channel}", channel=_channel(one.channel)), f"prefer:{one.id}") for one in others[:2]),
        *(Choice(_("Thôi nối {channel}", channel=_of(turn, link)), f"link_end:{link.id}") for link in links[:2]),
        Choice(_("Trang chính"), "home"),
    ]
    return [Reply("\n".join(lines), tuple({choice.label: choice for choice in choices}.values()))]


def typed(turn: Turn) -> list[Reply]:
    """A code came in, or something else that is answered as ever."""
    if len(plain_code(turn.said)) != LETTERS:
        turn.person.doing = ""
        return log.sentence(turn)
    if _tried_too_often(turn):
        turn.person.doing = ""
        return [Reply(_("{You} nghỉ một lát rồi thử lại sau 15 phút nhé.")), *home.menu(turn)]
    found = turn.store.link_code(plain_code(turn.said), turn.now)
    if found is None:
        turn.store.wrong_code(turn.person.id, turn.now)
        said = _("{Me} chưa thấy mã này. {You} xem lại rồi nhắn lại nhé, ví dụ: K7M-4PX.")
        return [Reply(said, (Choice(_("Để sau"), "home"),))]
    return _ask(turn, found)


def arrived(turn: Turn, found: LinkCode) -> list[Reply]:
    """Somebody opened the link that was sent to them alone: they are who it was sent to."""
    if turn.person.role is None and turn.store.place(found.who_id).person_id != turn.person.id:
        return unite(turn, found.code)
    return _ask(turn, found)


def _ask(turn: Turn, found: LinkCode) -> list[Reply]:
    """Show whose code it is before anything becomes one."""
    turn.person.doing = ""
    place = turn.store.place(found.who_id)
    if place.person_id == turn.person.id:
        return [Reply(_("Hai kênh này là một rồi ạ.")), *home.menu(turn)]
    if not _may_be_one(turn, place.person_id):
        return [_two_people(turn)]
    sure = _(
        "Mã này của {name} trên {channel}. Nối rồi thì hai kênh là một người: sổ, bài học và lời nhắc dùng chung. "
        "Đúng là {you} chứ ạ?",
        name=name_of(turn, place.person_id),
        channel=_channel(place.channel),
    )
    return [Reply(sure, (Choice(_("Đúng, nối kênh"), f"link_yes:{found.code}"), Choice(_("Không phải"), "home")))]


def unite(turn: Turn, code: str) -> list[Reply]:
    """Two accounts become one person; the one with a role stays, and nothing of the other is lost."""
    person, store = turn.person, turn.store
    found = store.link_code(code, turn.now)
    if found is None:
        return [Reply(_("Mã này hết hạn rồi ạ, {you} lấy mã mới nhé.")), *home.menu(turn)]
    place = store.place(found.who_id)
    if place.person_id == person.id:
        return [Reply(_("Hai kênh này là một rồi ạ.")), *home.menu(turn)]
    if not _may_be_one(turn, place.person_id):
        return [_two_people(turn)]
    here_stays = person.role is not None and store.role_of(place.person_id) is None
    kept, left = (person.id, place.person_id) if here_stays else (place.person_id, person.id)
    link = store.unite(kept, left, turn.now)
    store.drop_link_code(code)
    store.prefer(kept, place.id)
    _become(turn)
    person.doing = ""
    _tell(turn, link)
    done = home.in_manner(
        turn, N_("Đã nối kênh ✅ Từ giờ {you} nói ở kênh nào cũng được. Muốn thôi thì nhắn “nối kênh”.")
    )
    return [Reply(done), *home.in_own_words(turn)]


def _may_be_one(turn: Turn, other_id: int) -> bool:
    """Two roles are two people: a grandmother does not become her grandchild."""
    mine = (turn.person.role, turn.person.unit_id) if turn.person.role else None
    theirs = turn.store.role_of(other_id)
    return mine is None or theirs is None or mine == theirs


def _two_people(turn: Turn) -> Reply:
    said = _(
        "Hai kênh này đang là hai người khác nhau nên {me} không nối. "
        "Muốn nối máy của ông bà với con cháu thì bấm “Nối với con cháu” hoặc nhắn “nối máy”."
    )
    return Reply(said, (Choice(_("Trang chính"), "home"),))


def _become(turn: Turn) -> None:
    """Whoever speaks at this address now."""
    now_here = turn.store.speaker(turn.channel, turn.address, "")
    assert now_here is not None
    now_here.menu = turn.person.menu
    turn.person.become(now_here)


def _tell(turn: Turn, link: Link) -> None:
    """The account whose code was typed is told, and can undo it."""
    row: dict[str, object] = {
        "key": f"joined:{link.id}",
        "person_id": link.kept_id,
        "kind": "joined",
        "about": f"{link.id}:{turn.channel}",
        "urgency": 1,
        "free_at": reminding.by_day(turn.now),
        "written_at": turn.now,
    }
    turn.store.write_outbox([row])


def joined(turn: Turn, about: str) -> list[Reply]:
    """What the other channel is told."""
    link_id, _colon, channel = about.partition(":")
    link = turn.store.link_with(int(link_id), turn.person.id)
    if link is None:
        return []
    said = _("{You} vừa nối thêm {channel} ✅ Nếu không phải {you} làm, bấm “Thôi nối”.", channel=_channel(channel))
    return [Reply(said, (Choice(_("Thôi nối"), f"link_end:{link.id}"), Choice(_("Trang chính"), "home")))]


def part(turn: Turn, link_id: str) -> list[Reply]:
    """Two people again, from whichever channel."""
    link = turn.store.link_with(int(link_id), turn.person.id)
    if link is None:
        return [Reply(_("Hai kênh đã thôi nối rồi ạ.")), *home.menu(turn)]
    resting = turn.store.part(link, turn.now)
    turn.store.move_dues((due.id, reminding.next_time(due.weekday, due.minute, turn.now)) for due in resting)
    _become(turn)
    turn.person.doing = ""
    done = home.in_manner(turn, N_("Đã thôi nối. Hai kênh lại là hai người, ai giữ phần của người nấy."))
    return [Reply(done), *home.in_own_words(turn)]


def prefer(turn: Turn, who_id: str) -> list[Reply]:
    """Where to be reminded."""
    place = next((one for one in turn.store.places(turn.person.id) if one.id == int(who_id)), None)
    if place is None:
        return home.stale(turn)
    turn.store.prefer(turn.person.id, place.id)
    said = _("Dạ, từ giờ {me} nhắc {you} ở {channel}.", channel=_channel(place.channel))
    return [Reply(said), *home.menu(turn)]


def _tried_too_often(turn: Turn) -> bool:
    since = turn.now - LASTS
    store = turn.store
    return store.wrong_codes(since, turn.person.id) >= MOST_TRIES or store.wrong_codes(since) >= MOST_TRIES_OF_ALL


def _channel(name: str) -> str:
    return _(CHANNELS.get(name, name))


def _of(turn: Turn, link: Link) -> str:
    return listed(sorted({_channel(channel) for channel in turn.store.channels_of(link)}))


def name_of(turn: Turn, person_id: int) -> str:
    """ "An", or "người học (bà)": enough to know oneself, and not more."""
    other, role = turn.store.person(person_id), turn.store.role_of(person_id)
    if other.nickname:
        return other.nickname
    label = _(ROLES[role[0]]) if role else _("người mới")
    return f"{label} ({_(other.address)})" if other.address else label
