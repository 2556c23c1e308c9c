"""The week of a class or of a tree of units: figures first, words after."""

from dataclasses import dataclass
from datetime import date, timedelta

import content
from bot.rules import rights, week
from bot.rules.period import Period
from bot.rules.suspicion import COPIED_WITHIN
from bot.texts import _, counted, percent, short_day
from db.models import Unit
from db.store import Store
from handlers import odd, words
from handlers.reports.paper import Bar, Chart

TITLE = "weekly"
# How far back a pupil is called silent; longer silence looks the same.
LOOK_BACK = timedelta(weeks=16)
CHART_WEEKS = 6


@dataclass(frozen=True, slots=True)
class ClassWeek:
    """All that is said about the week of a class; `until` is its last day, or today while it runs."""

    unit: Unit
    span: week.Span
    until: date
    size: int
    now: week.Figures
    before: week.Figures
    nudges: list[week.Nudge]
    good: week.Good | None
    waiting: int
    names: dict[int, str]


def rows(store: Store, unit: Unit, span: week.Span, today: date) -> ClassWeek:
    """The figures of a class in a week."""
    pupils = store.pupils(unit.id)
    logs = store.logs([unit.id], span.last - LOOK_BACK, span.last)
    marks = odd.marks(store, [log for log in logs if log.day >= span.first - COPIED_WITHIN])
    first_helped = store.first_helped(unit.id)
    elders = frozenset(code for code, found in content.relatives().items() if found.age == "60+")
    until = min(span.last, today)
    names = {pupil.id: pupil.nickname for pupil in pupils}
    named = [log for log in logs if log.pupil_id in names]  # who left is counted, and named no more
    return ClassWeek(
        unit=unit,
        span=span,
        until=until,
        size=size(store, unit),
        now=week.figures(logs, first_helped, span),
        before=week.figures(logs, first_helped, span.before),
        nudges=week.nudges(named, marks, names, span, until),
        good=week.good_thing(named, elders, span),
        waiting=len(store.waiting_logs(unit.id)),
        names=names,
    )


def size(store: Store, unit: Unit) -> int:
    """How many pupils a class has: its list, or those who joined where they are more."""
    return max(unit.size or 0, len(store.pupils(unit.id)))


def text(found: ClassWeek) -> str:
    """The week in words: one phone screen, counts beside percentages."""
    goal = found.unit.goal
    lines = _figures(found.unit, found.span, found.until, found.size, found.now, found.before)
    lines[1] += (_("; mục tiêu {goal} em", goal=goal) if goal else "") + "."
    if found.nudges:
        lines += [_("Cần {you} để ý:"), *(f"• {reason(found, nudge)}" for nudge in found.nudges)]
    if found.good:
        lines.append(aloud(found, found.good))
    waiting = counted("Chờ {you}: {n} buổi cần duyệt.", found.waiting)
    lines += [waiting if found.waiting else _("Không có buổi nào chờ duyệt."), _method()]
    return "\n".join(lines)


def chart(store: Store, unit: Unit, over: Period, today: date) -> Chart:
    """How many pupils of a class had helped somebody by the end of each of the last weeks, against the goal."""
    helped, whole = store.first_helped(unit.id), size(store, unit)
    span = week.week_of(min(over.last, today))
    weeks = [span]
    while len(weeks) < CHART_WEEKS:
        weeks.append(weeks[-1].before)
    counts = [(one, sum(1 for day in helped.values() if day <= min(one.last, today))) for one in reversed(weeks)]
    said = "; ".join(f"{dates(one)}: {count}/{whole}" for one, count in counts)
    return Chart(
        _("{unit}: số em đã giúp người thân", unit=unit.name),
        tuple(Bar(dates(one), count, whole, unit.goal) for one, count in counts),
        said,
    )


def tree_text(store: Store, unit: Unit, span: week.Span, today: date) -> str:
    """The week of a school or ward: the sum and a line per class, counts only, no names, no small groups.

    A group is the pupils who have helped somebody: how many there are in a class is no secret.
    """
    found = [rows(store, one, span, today) for one in store.classes_under(unit.id)]
    now, before = (week.total(figures) for figures in ([one.now for one in found], [one.before for one in found]))
    if rights.hidden([now.helped]):
        return _("{unit}: mới có ít em ghi nên chưa hiện số.", unit=unit.name)
    lines = _figures(unit, span, min(span.last, today), sum(one.size for one in found), now, before)
    lines[1] += "."
    if rights.hidden([before.helped]):
        del lines[2]  # what is told of two weeks tells their difference
    several = len({one.unit.parent_id for one in found}) > 1
    small = rights.hidden(one.now.helped for one in found)
    for place, one in enumerate(found):
        if place in small:
            lines.append("• " + _("{unit}: ít em ghi nên không hiện số", unit=one.unit.name))
            continue
        school = f", {store.unit(one.unit.parent_id).name}" if several and one.unit.parent_id else ""
        share = percent(one.now.helped, one.size)
        line = _(
            "{unit}: {part}/{size} ({share})",
            unit=one.unit.name + school,
            part=one.now.helped,
            size=one.size,
            share=share,
        )
        lines.append(f"• {line}")
    return "\n".join([*lines, _method()])


def _figures(unit: Unit, span: week.Span, until: date, size: int, now: week.Figures, before: week.Figures) -> list[str]:
    """Heading, share, change since the week before, the sessions by state, and who can do it alone: a line each."""
    running = _(" (đến {day})", day=short_day(until)) if until < span.last else ""
    return [
        _("{unit}, tuần {dates}", unit=unit.name, dates=dates(span)) + running,
        _(
            "{part}/{size} em ({share}) đã giúp ít nhất 1 người thân",
            part=now.helped,
            size=size,
            share=percent(now.helped, size),
        ),
        _(
            "So với tuần {dates}: {more} em, {sessions} buổi.",
            dates=dates(span.before),
            more=_signed(now.helped - before.helped),
            sessions=_signed(now.sessions - before.sessions),
        ),
        counted(
            "Trong tuần {n} buổi: {told} tự khai · {confirmed} người thân xác nhận · {checked} thầy cô đối chiếu.",
            now.sessions,
            told=now.told,
            confirmed=now.confirmed,
            checked=now.checked,
        ),
        counted("{n} người thân tự làm được.", now.alone),
    ]


def _method() -> str:
    return _(
        "(Mỗi buổi tính một lần: học sinh tự khai, rồi người thân xác nhận, rồi thầy cô duyệt hoặc hỏi trực tiếp. "
        "“Tự làm được” là theo lời kể trong tuần.)"
    )


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "±0"


def reason(found: ClassWeek, nudge: week.Nudge) -> str:
    """Who needs a word, and why, in one short line."""
    name = found.names[nudge.pupil_id]
    if nudge.reason == "stuck":
        return counted(
            "{name}: {relative} bị vướng {skill} {n} lần",
            nudge.count,
            name=name,
            relative=words.relative(nudge.relative),
            skill=words.skill(nudge.skill),
        )
    if nudge.mark is not None:
        return f"{name}: {odd.why(nudge.mark, nudge.count)}"
    if nudge.reason == "quiet":
        return counted("{name}: {n} tuần chưa ghi", nudge.count, name=name)
    return _("{name}: chưa ghi lần nào", name=name)


def aloud(found: ClassWeek, good: week.Good) -> str:
    """One good thing to read in front of the class."""
    return _(
        "Đọc trước lớp: “{Relative} của bạn {name} tuần này đã tự làm được: {skill}.”",
        Relative=words.title(good.relative),
        name=found.names[good.pupil_id],
        skill=words.skill(good.skill),
    )


def dates(span: week.Span) -> str:
    """ "16/11–22/11"."""
    return f"{short_day(span.first)}–{short_day(span.last)}"


def week_named(name: str) -> week.Span | None:
    """ "2026-W47" as its seven days; None when there is no such week."""
    year, _dash, number = name.upper().partition("-W")
    try:
        return week.Span(date.fromisocalendar(int(year), int(number), 1))
    except ValueError:
        return None
