"""Something the pupil means to do: one reminder at the time they choose."""

from datetime import date

from bot.port import Choice, Reply
from bot.rules import reminding
from bot.texts import _
from handlers import draft, quiet, words
from handlers.turn import Turn


def soon(turn: Turn, relative: str = "", skill: str = "") -> list[Reply]:
    """When to remind of it."""
    return [Reply(_("Mình nhắc {you} lúc nào thì tiện?"), choices(turn, relative, skill))]


def choices(turn: Turn, relative: str = "", skill: str = "") -> tuple[Choice, ...]:
    """The next good times, each one tap."""
    return tuple(
        Choice(
            _("Nhắc {when}", when=words.near_moment(turn, moment)), f"plan:{moment:%Y-%m-%d:%H%M}:{relative}:{skill}"
        )
        for moment in reminding.soon(turn.now)
    )


def keep(turn: Turn, when: str, at: str, relative: str = "", skill: str = "") -> list[Reply]:
    """Remind once, then."""
    moment = reminding.at(date.fromisoformat(when), int(at[:2]) * 60 + int(at[2:]), turn.now)
    if moment <= turn.now:
        return soon(turn, relative, skill)
    row: dict[str, object] = {
        "key": f"plan:{turn.person.id}:{when}:{at}",
        "person_id": turn.person.id,
        "kind": "plan",
        "about": f"{moment.isoformat()}|{relative}|{skill}",
        "urgency": 1,
        "free_at": moment,
        "written_at": turn.now,
    }
    turn.store.write_outbox([row])
    quiet.listen_again(turn, moment)
    return [Reply(_("Được nhé, {when} mình nhắc {you}.", when=words.near_moment(turn, moment))), *draft.or_menu(turn)]


def remind(turn: Turn, about: str) -> list[Reply]:
    """The reminder; nothing when the session was told meanwhile."""
    _due, relative, skill = about.split("|")
    if turn.person.role != "pupil":
        return []
    if any(log.day == turn.today for log in turn.store.own_logs(turn.person.id, limit=5)):
        return []
    if relative and skill:
        what = _("em định chỉ {relative}: {skill}.", relative=words.relative(relative), skill=words.skill(skill))
    elif relative:
        what = _("em định giúp {relative} đấy.", relative=words.relative(relative))
    else:
        what = _("giờ này chỉ người nhà một việc nhỏ nhé, 5 phút thôi.")
    ask = _("{name} ơi, {what} Xong rồi nhắn mình một câu để ghi nha.", name=turn.person.nickname, what=what)
    return [Reply(ask, (Choice(_("Ghi buổi giúp"), "log"), Choice(_("Nhắc lần khác"), f"soon:{relative}:{skill}")))]
