"""Announcements of a teacher to the class, or of a school or ward to all below it: shown first, counted, withdrawn until sent."""

import json
from collections import Counter
from datetime import timedelta

from bot.port import Choice, Reply
from bot.rules import pacing, reminding
from bot.rules.masking import mask
from bot.texts import _, capital, clock, counted, day
from db.models import Announcement
from db.store import WITHDRAWN
from handlers import asking, classroom, home, words
from handlers.turn import Turn

MOST_LETTERS = 500
# So long after the yes it can still be withdrawn before anybody has it.
SECOND_THOUGHTS = timedelta(minutes=2)
AUDIENCES = {"pupil": ("pupil",), "teacher": ("teacher",), "all": ("pupil", "teacher")}


def show(turn: Turn) -> list[Reply]:
    """Ask for the words."""
    if not _may(turn):
        return home.unknown(turn)
    turn.person.doing, turn.person.memory = "announce", ""
    last = turn.store.last_announcement(turn.person.id)
    earlier = (Choice(_("Tin gần nhất"), f"announced:{last.id}"),) if last else ()
    ask = _(
        "{You} viết thông báo giúp {me}, nhiều nhất {most} ký tự. {Me} cho xem trước rồi mới gửi.", most=MOST_LETTERS
    )
    return [Reply(ask, (*earlier, Choice(_("Để sau"), "home")))]


def written(turn: Turn) -> list[Reply]:
    """The words, masked; then to whom."""
    found = mask(turn.said)
    if not _may(turn) or not found.text:
        return home.unknown(turn)
    if len(found.text) > MOST_LETTERS:
        return [Reply(_("Thông báo dài quá ạ, nhiều nhất {most} ký tự.", most=MOST_LETTERS)), *show(turn)]
    turn.person.memory = json.dumps([found.text])
    warning = [home.secret_warning(turn)] if found.kinds else []
    if turn.person.role == "teacher":
        return [*warning, *preview(turn, "pupil")]
    choices = (
        Choice(_("Thầy cô"), "audience:teacher"),
        Choice(_("Học sinh"), "audience:pupil"),
        Choice(_("Tất cả"), "audience:all"),
        Choice(_("Thôi, không gửi"), "home"),
    )
    return [*warning, Reply(_("Gửi cho ai ạ?"), choices)]


def preview(turn: Turn, audience: str) -> list[Reply]:
    """Exactly what will be read, and by how many."""
    text = _text(turn)
    if not _may(turn) or text is None:
        return home.stale(turn)
    turn.person.memory = json.dumps([text, audience])
    readers = _readers(turn, audience)
    quiet = sum(readers.values())
    lines = [_said(turn, text), counted("Gửi tới {n} người.", len(readers) - quiet)]
    if quiet:
        lines.append(counted("{n} người đã dừng nhắc nên không nhận.", quiet))
    if not len(readers) - quiet:
        return [Reply("\n".join(lines), (Choice(_("Thôi, không gửi"), "home"),))]
    choices = (
        Choice(_("Gửi"), f"announce_now:{asking.mark(turn)}"),
        Choice(_("Viết lại"), "announce"),
        Choice(_("Thôi, không gửi"), "home"),
    )
    return [Reply("\n".join(lines), choices)]


def send(turn: Turn, mark: str) -> list[Reply]:
    """The words that were shown go out, after a moment for second thoughts and not by night."""
    text = _text(turn)
    if not _may(turn) or text is None or mark != asking.mark(turn):
        return home.stale(turn)
    audience = json.loads(turn.person.memory)[1]
    readers = [person for person, quiet in _readers(turn, audience).items() if not quiet]
    if len(readers) > pacing.room(turn.store.waiting(turn.now)):
        return [Reply(_("{Me} đang gửi rất nhiều tin, {you} thử lại sau ít phút nhé."), _again(mark))]
    turn.person.doing = turn.person.memory = ""
    moment = reminding.by_day(turn.now + SECOND_THOUGHTS)
    new = Announcement(
        unit_id=turn.person.unit_id or 0,
        by=turn.person.id,
        address=turn.person.address,
        audience=audience,
        text=text,
        written_at=turn.now,
        send_at=moment,
    )
    number = turn.store.announce(new, readers)
    when = _("{day} {clock}", day=day(moment.date()), clock=clock(moment.hour * 60 + moment.minute))
    said = counted("Dạ, {when} {me} gửi tới {n} người. Trước lúc đó {you} vẫn rút lại được.", len(readers), when=when)
    choices = (Choice(_("Rút lại"), f"unannounce:{number}"), Choice(_("Xem đã tới đâu"), f"announced:{number}"))
    return [Reply(said, (*choices, Choice(_("Trang chính"), "home")))]


def _again(mark: str) -> tuple[Choice, ...]:
    return (Choice(_("Gửi"), f"announce_now:{mark}"), Choice(_("Thôi, không gửi"), "home"))


def withdraw(turn: Turn, number: str) -> list[Reply]:
    """Nobody else gets it."""
    mine = _mine(turn, number)
    if mine is None:
        return home.stale(turn)
    if mine.cancelled_at is None:
        turn.store.withdraw_announcement(mine, turn.now)
    return report(turn, number)


def report(turn: Turn, number: str) -> list[Reply]:
    """Who has it: delivered, waiting, failed, stopped; the sum is everybody it was for."""
    mine = _mine(turn, number)
    if mine is None:
        return home.stale(turn)
    counts: Counter[str] = Counter()
    for (state, reason), count in turn.store.announced(mine.id).items():
        counts["withdrawn" if reason == WITHDRAWN else "stopped" if state == "dropped" else state] += count
    lines = [
        _("Thông báo {day}: “{text}”", day=day(mine.written_at.astimezone(turn.now.tzinfo).date()), text=mine.text),
        _(
            "Đã tới {sent} · đang chờ {waiting} · lỗi {failed} · dừng nhắc, chặn hoặc đã rời {stopped}",
            sent=counts["sent"],
            waiting=counts["waiting"],
            failed=counts["failed"],
            stopped=counts["stopped"],
        ),
    ]
    if mine.cancelled_at is not None:
        lines.append(counted("Đã rút lại: {n} người không nhận nữa.", counts["withdrawn"]))
    choices = [Choice(_("Trang chính"), "home")]
    if counts["waiting"]:
        choices.insert(0, Choice(_("Xem lại"), f"announced:{mine.id}"))
        if mine.cancelled_at is None:
            choices.insert(0, Choice(_("Rút lại"), f"unannounce:{mine.id}"))
    return [Reply("\n".join(lines), tuple(choices))]


def read(turn: Turn, about: str) -> list[Reply]:
    """What a reader is sent; nothing once it was withdrawn, or to somebody who has left the unit."""
    found = turn.store.announcement(int(about))
    if found is None or found.cancelled_at is not None:
        return []
    if turn.person.id not in turn.store.members(found.unit_id, AUDIENCES[found.audience]):
        return []
    return [Reply(_heading(turn, found.unit_id, found.address) + "\n" + found.text)]


def _said(turn: Turn, text: str) -> str:
    return _heading(turn, turn.person.unit_id or 0, turn.person.address) + "\n" + text


def _heading(turn: Turn, unit_id: int, address: str) -> str:
    unit = turn.store.unit(unit_id)
    if unit.kind != "class":
        return _("{unit} thông báo:", unit=unit.name)
    return _("{Teacher}, {unit}, thông báo:", Teacher=capital(words.teacher(address)), unit=unit.name)


def _readers(turn: Turn, audience: str) -> dict[int, bool]:
    members = turn.store.members(turn.person.unit_id or 0, AUDIENCES[audience])
    return {person: quiet for person, quiet in members.items() if person != turn.person.id}


def _mine(turn: Turn, number: str) -> Announcement | None:
    found = turn.store.announcement(int(number))
    return found if found and found.by == turn.person.id else None


def _text(turn: Turn) -> str | None:
    """The words being prepared, while they are."""
    if turn.person.doing != "announce" or not turn.person.memory:
        return None
    text: str = json.loads(turn.person.memory)[0]
    return text


def _may(turn: Turn) -> bool:
    return classroom.reached(turn, "announce") is not None
