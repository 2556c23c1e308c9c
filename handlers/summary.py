"""The week of a class, for its teacher, and of a tree of units, for an officer."""

from dataclasses import replace
from datetime import timedelta

from bot.port import MOST_CHOICES, Choice, Media, Reply
from bot.rules import period, reminding, unasked, week
from bot.texts import _, counted
from db.models import Unit
from handlers import home, report, sample, words
from handlers.reports import weekly
from handlers.turn import Turn


def show(turn: Turn, back: str = "0") -> list[Reply]:
    """The week so far, or an earlier one; on demand."""
    unit = _own_unit(turn)
    if unit is None:
        return home.unknown(turn)
    weeks = int(back) if back.isdigit() else 0
    return _week(turn, unit, week.week_of(turn.today - timedelta(weeks=weeks)), weeks)


def _week(turn: Turn, unit: Unit, span: week.Span, weeks: int) -> list[Reply]:
    earlier = Choice(_("Tuần trước đó") if weeks else _("Tuần trước"), f"week:{weeks + 1}")
    if turn.person.role == "officer":
        return [
            Reply(weekly.tree_text(turn.store, unit, span, turn.today), (earlier, Choice(_("Trang chính"), "home")))
        ]
    found = weekly.rows(turn.store, unit, span, turn.today)
    nudges = [_nudging(found.names[nudge.pupil_id], nudge) for nudge in found.nudges]
    left = len(sample.still_open(turn, unit))
    aloud = [Choice(counted("Kiểm {n} buổi ngẫu nhiên", left), "sample")] if left else []
    check = [Choice(_("Duyệt buổi ghi"), "waiting")] if found.waiting else []
    return [
        Reply(weekly.text(found), tuple([*nudges, *aloud, *check, earlier][:MOST_CHOICES]), _chart(turn, unit, span))
    ]


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
    """Monday's message: the week that ended yesterday."""
    unit = _own_unit(turn)
    if unit is None:
        return []
    return _week(turn, unit, week.week_of(turn.today - timedelta(weeks=1)), 1)


def nudge(turn: Turn, pupil_id: str, reason: str) -> list[Reply]:
    """Send a pupil a kind word; once a week at most, whoever taps."""
    unit = _own_unit(turn)
    pupils = {pupil.id: pupil for pupil in turn.store.pupils(unit.id)} if unit else {}
    pupil = pupils.get(int(pupil_id))
    if pupil is None or turn.person.role != "teacher":
        return home.stale(turn)
    told = turn.store.person(pupil.id)
    if told.quiet or (told.paused_until is not None and told.paused_until > turn.today):
        return [Reply(_("{name} đã tắt nhắc, {you} nói với em ấy trên lớp nhé.", name=pupil.nickname))]
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


def codes(turn: Turn) -> list[Reply]:
    """The code and link with which pupils join the class."""
    unit = _own_unit(turn)
    if unit is None or turn.person.role != "teacher":
        return home.unknown(turn)
    lines = [
        _("Mã vào {unit} cho học sinh: {code}", unit=unit.name, code=invitation.code)
        + (f"\n{turn.public_url}/?join={invitation.code}" if turn.public_url else "")
        for invitation in turn.store.invitations(unit.id, "pupil")
    ]
    return [
        Reply("\n".join(lines) or _("Lớp chưa có mã. {You} nhờ người quản trị của trường tạo mã nhé.")),
        *home.menu(turn),
    ]


def _own_unit(turn: Turn) -> Unit | None:
    if turn.person.role not in ("teacher", "officer") or turn.person.unit_id is None:
        return None
    return turn.store.unit(turn.person.unit_id)
