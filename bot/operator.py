"""What an operator asks in the shell: how the outbox is doing."""

from collections import Counter
from datetime import datetime

from bot.texts import N_, _, counted
from db.store import Store, Tally

MOST_FAILURES = 20
STATES = {
    "waiting": N_("đang chờ"),
    "sent": N_("đã gửi"),
    "dropped": N_("không cần gửi nữa"),
    "stopped": N_("người nhận đã chặn"),
    "failed": N_("lỗi"),
}


def outbox(store: Store, now: datetime) -> list[str]:
    """The counts by state, what waits by channel and how long, the failures with their cause; no names, no words."""
    tallies = store.tallies()
    counts = Counter(dict.fromkeys(STATES, 0))
    for tally in tallies:
        counts[tally.state] += tally.count
    lines = [" · ".join(f"{_(STATES[state])}: {counts[state]}" for state in STATES)]
    lines += [_waiting(tally, now) for tally in tallies if tally.state == "waiting"]
    failures = store.failures(MOST_FAILURES)
    if failures:
        lines.append(_("Lỗi, mới nhất trước:"))
    for found in failures:
        tries = counted("{n} lần thử", found.attempts)
        at = _moment(found.due_at, now)
        lines.append(f"  #{found.id} {found.kind}, {found.channel or '–'}, {at}, {tries}: {found.reason}")
    if counts["failed"]:
        lines.append(_("Gửi lại: outbox retry SỐ. Bỏ: outbox drop SỐ."))
    return lines


def _waiting(tally: Tally, now: datetime) -> str:
    since = _moment(tally.oldest, now)
    return "  " + counted(
        "{channel}: {n} tin chờ, lâu nhất từ {since}", tally.count, channel=tally.channel or "–", since=since
    )


def _moment(at: datetime, now: datetime) -> str:
    return f"{at.astimezone(now.tzinfo):%d/%m/%Y %H:%M}"
