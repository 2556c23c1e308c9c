"""The week of a class, for its teacher, and of a tree of units, for an officer."""

from dataclasses import replace
from datetime import timedelta

from bot.port import MOST_CHOICES, Choice, Media, Reply
from bot.rules import period, reminding, rhythm, unasked, week
from bot.texts import _, counted
from db.models import Unit
from handlers import check, classroom, home, report, sample, words
from handlers.reports import weekly
from handlers.turn import Turn


def show(turn: Turn, back: str = "0") -> list[Reply]:
    """The week so far, or an earlier one; on demand."""
    unit = _own_unit(turn)
    if unit is None:
        return home.unknown(turn)
    if classroom.has_no_pupils(unit):
        return [*classroom.without_pupils(unit), *home.menu(turn)]
    weeks = int(back) if back.isdigit() else 0
    return _week(turn, unit, week.week_of(turn.today - timedelta(weeks=weeks)), weeks)


def _week(turn: Turn, unit: Unit, span: week.Span, weeks: int) -> list[Reply]:
    earlier = Choice(_("Tuần trước đó") if weeks else _("Tuần trước"), f"week:{weeks + 1}")
    if unit.kind != "class":
        return [
            Reply(weekly.tree_text(turn.store, unit, span, turn.today), (earlier, Choice(_("Trang chính"), "home")))
        ]
    found = weekly.rows(turn.store, unit, span, turn.today)
    ready = check.confirmed(turn, unit)
    rest = [Choice(_("Duyệt buổi ghi"), "waiting")] if found.waiting and not ready else []
    if ready:
        rest = [
            Choice(counted("Duyệt cả {n} buổi đã xác nhận", len(ready)), f"approve_all:{max(log.id for log in ready)}")
        ]
    if left := len(sample.still_open(turn, unit)):
        rest.insert(0, Choice(counted("Kiểm {n} buổi ngẫu nhiên", left), "sample"))
    rest.append(Choice(_("Chi tiết"), f"class:{weeks}"))
    nudges = [_nudging(found.names[nudge.pupil_id], nudge) for nudge in found.nudges]
    if len(nudges) + len(rest) > MOST_CHOICES:
        everybody = ".".join(f"{nudge.pupil_id}-{nudge.reason}" for nudge in found.nudges)
        nudges = [Choice(counted("Nhắc cả {n} em", len(nudges)), f"nudge_all:{everybody}")]
    lines = [weekly.text(found)]
    if asked := len(turn.store.open_questions(unit.id)):
        lines.append(counted("{n} câu hỏi của các em chờ {you} trả lời.", asked))
    choices = tuple([*nudges, *rest, earlier][:MOST_CHOICES])
    return [Reply("\n".join(lines), choices, _chart(turn, unit, span))]


def _chart(turn: Turn, unit: Unit, span: week.Span) -> tuple[Media, ...]:
    """The last weeks as bars; the alternative text is the numbers."""
    name = period.week(span.first).name
    until = turn.now + timedelta(days=report.LINK_DAYS)
    drawn = turn.papers.documents(unit.id, "chart", name, ("png",), until)
    alt = weekly.chart(turn.store, unit, period.week(span.first), turn.today)
    return tuple(replace(media, alt=f"{alt.title}. {alt.alt}") for media in drawn)


def _nudging(name: str, nudge: week.Nudge) -> Choice:
    label = _("Hỏi lại {name}", name=name) if nudge.reason == "odd" else _("Nhắc nhẹ {name}", name=name)
    return Choice(label, f"nudge:{nudge.pupil_id}:{nudge.reason}")


def weekly_summary(turn: Turn, about: str) -> list[Reply]:
    """The message of the hour that was picked: nothing when nothing happened, but for a word once a month."""
    unit = _own_unit(turn)
    if unit is None or classroom.has_no_pupils(unit):
        return []
    mark = turn.store.standing([one.id for one in turn.store.classes_under(unit.id)])
    said = turn.store.summary_said(turn.person.id)
    worth = rhythm.worth(mark, said.mark if said else None, said.at if said else None, turn.now)
    if worth == "silent":
        return []
    turn.store.keep_summary_said(turn.person.id, mark, turn.now)
    if worth == "calm":
        return [_calm(unit)]
    daily = len(turn.store.dues(turn.person.id, "summary")) >= len(rhythm.SCHOOL_DAYS)
    span = rhythm.week_to_tell(turn.today, daily)
    weeks = (week.week_of(turn.today).first - span.first).days // 7
    return _week(turn, unit, span, weeks)


def _calm(unit: Unit) -> Reply:
    said = _("Bốn tuần nay {unit} chưa có gì mới nên {me} không nhắn. {Me} vẫn ở đây ạ.", unit=unit.name)
    return Reply(said, (Choice(_("Số liệu tuần"), "week"), Choice(_("Đổi giờ gửi"), "remind")))


def nudge_all(turn: Turn, everybody: str) -> list[Reply]:
    """A kind word to each pupil who was named."""
    said: list[str] = []
    for one in everybody.split("."):
        pupil_id, _dash, reason = one.partition("-")
        said += [reply.text for reply in nudge(turn, pupil_id, reason)[:1]]
    return [Reply("\n".join(dict.fromkeys(said)), (Choice(_("Chi tiết"), "class:0"), Choice(_("Trang chính"), "home")))]


def nudge(turn: Turn, pupil_id: str, reason: str) -> list[Reply]:
    """Send a pupil a kind word; once a week at most, whoever taps."""
    unit = classroom.own(turn)
    pupils = {pupil.id: pupil for pupil in turn.store.pupils(unit.id)} if unit else {}
    pupil = pupils.get(int(pupil_id))
    if pupil is None:
        return home.stale(turn)
    told = turn.store.person(pupil.id)
    if told.quiet or (told.paused_until is not None and told.paused_until > turn.today):
        return [Reply(_("{name} đã tắt nhắc, {you} nói với em ấy trên lớp nhé.", name=pupil.nickname))]
    if pupil.id in turn.store.without_phone(turn.person.unit_id or 0):
        return [Reply(_("{name} không có máy, {you} nói với em ấy trên lớp nhé.", name=pupil.nickname))]
    monday = reminding.at(week.week_of(turn.today).first, 0, turn.now)
    if turn.store.sent_since(pupil.id, unasked.COUNTED, monday) >= reminding.MOST_A_WEEK:
        return [Reply(_("Tuần này {name} đã được nhắc đủ số lần rồi ạ.", name=pupil.nickname))]
    key = f"nudge:{pupil.id}:{week.week_of(turn.today).first}"
    if turn.store.is_in_outbox(key):
        return [Reply(_("Tuần này {name} đã được nhắc rồi ạ.", name=pupil.nickname))]
    row: dict[str, object] = {
        "key": key,
        "person_id": pupil.id,
        "kind": "nudge",
        "about": f"{reason}:{turn.person.address}",
    }
    turn.store.write_outbox([{**row, "urgency": 1, "free_at": turn.now, "written_at": turn.now}])
    return [Reply(_("Đã gửi lời nhắc nhẹ tới {name}.", name=pupil.nickname))]


def nudged(turn: Turn, about: str) -> list[Reply]:
    """The kind word itself, fitted to its reason; `about` is "reason:cô"."""
    reason, _colon, address = about.partition(":")
    name, teacher = turn.person.nickname, words.teacher(address)
    said = {
        "stuck": _(
            "{name} ơi, {teacher} thấy người nhà em đang bị vướng. Em ghi một buổi và kể vướng chỗ nào để {teacher} giúp nhé.",
            name=name,
            teacher=teacher,
        ),
        "odd": _(
            "{name} ơi, {teacher} muốn hỏi em thêm về mấy buổi vừa ghi. Em xem lại sổ giúp {teacher} nhé.",
            name=name,
            teacher=teacher,
        ),
    }.get(
        reason,
        _(
            "{name} ơi, {teacher} nhắc nhẹ: tuần này em chỉ người nhà một việc nhỏ nhé, 5 phút thôi.",
            name=name,
            teacher=teacher,
        ),
    )
    choices = (
        (Choice(_("Sổ của em"), "book"),)
        if reason == "odd"
        else (Choice(_("Ghi buổi giúp"), "log"), Choice(_("Xem bài học"), "topics"))
    )
    return [Reply(said, choices)]


def _own_unit(turn: Turn) -> Unit | None:
    return classroom.reached(turn, "counts")
