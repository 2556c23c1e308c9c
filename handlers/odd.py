"""What is odd about logs, and how that is said."""

from collections.abc import Iterable, Sequence

from bot.rules import suspicion
from bot.rules.suspicion import Mark, Reason
from bot.texts import _, counted
from db.store import Store, Told


def marks(store: Store, logs: Sequence[Told]) -> dict[int, list[Mark]]:
    """What is odd about some logs of a class, by log id; a log to which a relative said no counts as told."""
    told = [log.id for log in logs if log.state == "told"]
    return suspicion.marks(logs, suspicion.denied(store.changes(told)))


def around(store: Store, unit_id: int, logs: Sequence[Told]) -> dict[int, list[Mark]]:
    """What is odd about these logs of a class, beside the logs that were told around them."""
    if not logs:
        return {}
    since = min(log.day for log in logs) - suspicion.COPIED_WITHIN
    until = max(log.day for log in logs) + suspicion.COPIED_WITHIN
    found = marks(store, store.logs([unit_id], since, until))
    return {log.id: found[log.id] for log in logs if log.id in found}


def why(reason: Reason, count: int) -> str:
    """ "5 buổi ghi giống nhau": one mark in words."""
    return {
        "overlap": _("trùng giờ với buổi khác"),
        "twice": _("ghi hai lần trong một ngày"),
        "alike": counted("{n} buổi ghi giống nhau", count),
        "long": counted("{n} phút trong một ngày", count),
        "many": counted("{n} người thân trong một ngày", count),
        "copied": _("giống hệt lời của bạn khác"),
        "denied": _("người thân bảo chưa đúng"),
    }[reason]


def warning(found: Iterable[Mark]) -> str:
    """ " ⚠ trùng giờ với buổi khác": what follows a line; "" where nothing is odd."""
    said = ", ".join(why(mark.reason, mark.count) for mark in found)
    return f" ⚠ {said}" if said else ""
