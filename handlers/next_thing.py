"""The next small thing: what this relative has not learnt yet, with the lesson for it."""

import content
from bot.port import Choice, Reply
from bot.rules import remembering
from bot.texts import _
from handlers import home, words
from handlers.turn import Turn


def offer(turn: Turn, log_id: int, said: str = "") -> list[Reply]:
    """After a session: one thing for the first relative of it, small enough for five minutes."""
    log = turn.store.log(turn.person.id, log_id)
    found = suggestion(turn, log.relatives[0]) if log and log.relatives else None
    if log is None or found is None:
        return [*([Reply(said)] if said else []), *home.menu(turn)]
    ask = _(
        "Việc nhỏ tiếp theo cho {relative}: {skill}, 5 phút thôi.",
        relative=words.relative(log.relatives[0]),
        skill=words.skill(found),
    )
    lesson = content.lesson_of_skill().get(found)
    choices = [Choice(_("Xem bài này"), f"lesson:{lesson}")] if lesson else []
    choices += [Choice(_("Nhắc em"), "soon"), Choice(_("Trang chính"), "home")]
    return [Reply(f"{said} {ask}".strip(), tuple(choices))]


def show(turn: Turn) -> list[Reply]:
    """The next small thing for whoever was helped last."""
    last = turn.store.own_logs(turn.person.id, limit=1)
    return offer(turn, last[0].id) if last else home.menu(turn)


def suggestion(turn: Turn, relative: str) -> str | None:
    """The skill to teach this relative next; None when everything usual is there."""
    logs = turn.store.own_logs(turn.person.id)
    standing = remembering.known(logs, turn.store.answers([log.id for log in logs]))
    return remembering.next_skill(standing, relative, content.first_choices().skills)
