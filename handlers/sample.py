"""The spoken check: a few of last week's sessions, drawn by chance, about which the teacher asks the pupil aloud."""

from datetime import date, datetime

from bot.port import Choice, Reply
from bot.rules import sampling, week
from bot.texts import _, counted
from db.models import Unit
from db.store import COUNTED, Store, Told
from handlers import classroom, doubt, draft, history, home, odd, states
from handlers.reports import weekly
from handlers.turn import Turn


def drawn(store: Store, unit_id: int, monday: date) -> list[int]:
    """The logs drawn for a week, repeated from the kept seed: the same for ever, whatever became of them since.

    Only erasing a pupil's data changes it, for what is erased cannot be drawn.
    """
    found = store.sample(unit_id, monday)
    return sampling.pick(found.seed, pool(store, unit_id, monday, found.drawn_at)) if found else []


def pool(store: Store, unit_id: int, monday: date, moment: datetime) -> list[int]:
    """The logs of a week that counted at a moment."""
    ids = [log.id for log in store.week_logs(unit_id, monday, week.Span(monday).last, moment)]
    stood = {change.log_id: change.state for change in store.changes(ids) if change.at < moment}
    return [log_id for log_id in ids if stood.get(log_id, "told") in COUNTED]


def _draw(turn: Turn, unit: Unit, monday: date) -> list[int]:
    """The logs drawn for a week; drawn now if that was not done yet and there is something to draw from."""
    moment = turn.now.replace(microsecond=0)  # as the database keeps it
    if turn.store.sample(unit.id, monday) is None and pool(turn.store, unit.id, monday, moment):
        turn.store.draw(unit.id, monday, f"{turn.chance.getrandbits(64):016x}", moment)
    return drawn(turn.store, unit.id, monday)


def still_open(turn: Turn, unit: Unit) -> list[Told]:
    """Last week's sessions still to be asked about: neither decided aloud, nor taken back, nor of who has left."""
    ids = _draw(turn, unit, _last_week(turn).first)
    aloud = {change.log_id: change.reason for change in turn.store.changes(ids) if change.how == "sample"}
    decided = {log_id for log_id, reason in aloud.items() if reason != states.UNDONE}
    names = classroom.names(turn)
    found = [turn.store.class_log(unit.id, log_id) for log_id in ids if log_id not in decided]
    return [log for log in found if log is not None and log.state in COUNTED and log.pupil_id in names]


def _last_week(turn: Turn) -> week.Span:
    return week.week_of(turn.today).before


def show(turn: Turn) -> list[Reply]:
    """The first session still to be asked about."""
    unit = classroom.own(turn)
    if unit is None:
        return home.unknown(turn)
    draft.put_away(turn)
    left = still_open(turn, unit)
    return [_card(turn, unit, left[0])] if left else [_done(turn, unit)]


def _card(turn: Turn, unit: Unit, log: Told, undo: tuple[Choice, ...] = (), said: str = "") -> Reply:
    """One session to ask about, after what has just been said."""
    ids = drawn(turn.store, unit.id, _last_week(turn).first)
    name = classroom.names(turn)[log.pupil_id]
    line = f"{name}: {history.line(turn, log)}"
    lines = [said] if said else []
    lines += [
        _("Kiểm ngẫu nhiên, buổi {number}/{size}:", number=ids.index(log.id) + 1, size=len(ids)),
        line + odd.warning(odd.around(turn.store, unit.id, [log]).get(log.id, ())),
        history.word_of_kin(turn, log, name),
        _("{You} hỏi {name} vài câu về buổi này rồi bấm giúp {me} nhé.", name=name),
    ]
    answers = (("right", _("Đúng rồi")), ("wrong", _("Không đúng")), ("later", _("Để sau")))
    choices = tuple(Choice(label, f"spoken:{log.id}:{answer}") for answer, label in answers)
    return Reply("\n".join(lines), (*choices, *undo))


def answered(turn: Turn, log_id: str, answer: str) -> list[Reply]:
    """Right, not right, or later; then the next one."""
    unit = classroom.own(turn)
    if unit is None:
        return home.stale(turn)
    if answer == "later":
        return [_next(turn, unit, int(log_id))]
    log = next((one for one in still_open(turn, unit) if one.id == int(log_id)), None)
    step = states.decide(turn, log, "check" if answer == "right" else "refute", "sample") if log else None
    if log is None or step is None:
        return [Reply(_("Buổi này không còn chờ kiểm nữa ạ.")), *show(turn)]
    if answer == "right":
        said = _("Đã ghi: buổi của {name} đúng rồi ✓✓", name=classroom.names(turn)[log.pupil_id])
    else:
        said = doubt.tell(turn, log, step)
    undo = Choice(_("Hoàn tác"), f"unsay:{log.id}:{step}")
    return [_next(turn, unit, log.id, (undo,), said)]


def _next(turn: Turn, unit: Unit, log_id: int, undo: tuple[Choice, ...] = (), said: str = "") -> Reply:
    """The next session in the order drawn; after the last, how many were put off."""
    ids = drawn(turn.store, unit.id, _last_week(turn).first)
    left = still_open(turn, unit)
    behind = ids[ids.index(log_id) + 1 :] if log_id in ids else ids
    following = next((log for log in left if log.id in behind), None)
    if following is not None:
        return _card(turn, unit, following, undo, said)
    if not left:
        return _done(turn, unit, undo, said)
    later = counted("Còn {n} buổi để sau. Gặp các em rồi, {you} nhắn “kiểm ngẫu nhiên” nhé.", len(left))
    choices = (*undo, Choice(_("Kiểm tiếp"), "sample"), Choice(_("Trang chính"), "home"))
    return Reply("\n".join(filter(None, [said, later])), choices)


def _done(turn: Turn, unit: Unit, undo: tuple[Choice, ...] = (), said: str = "") -> Reply:
    """Everything is asked, or there was nothing to ask about."""
    span = _last_week(turn)
    count = len(drawn(turn.store, unit.id, span.first))
    done = counted("Xong đợt kiểm ngẫu nhiên tuần {dates} ({n} buổi). Cảm ơn {you}!", count, dates=weekly.dates(span))
    none = _("Tuần {dates} không có buổi nào để kiểm ạ.", dates=weekly.dates(span))
    choices = (*undo, Choice(_("Buổi chờ duyệt"), "waiting"), Choice(_("Trang chính"), "home"))
    return Reply("\n".join(filter(None, [said, done if count else none])), choices)


def undo(turn: Turn, log_id: str, step: str) -> list[Reply]:
    """Take back what was just decided, and ask about that session again."""
    unit, log = classroom.own(turn), classroom.log(turn, int(log_id))
    if unit is None or log is None:
        return home.stale(turn)
    if not states.undo(turn, log, int(step)):
        return [Reply(_("Buổi này đã thay đổi từ lúc đó nên {me} không hoàn tác được ạ.")), *show(turn)]
    again = next((one for one in still_open(turn, unit) if one.id == log.id), None)
    return [_card(turn, unit, again, said=_("Đã hoàn tác."))] if again else [Reply(_("Đã hoàn tác.")), *show(turn)]
