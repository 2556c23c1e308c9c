"""The week of a class or of a tree of units: figures first, words after."""

from dataclasses import dataclass
from datetime import date, timedelta

import content
from bot.rules import week
from bot.texts import _, counted, percent, short_day
from db.models import Unit
from db.store import Store
from handlers import words

TITLE = "weekly"
# How far back a pupil is called silent; longer silence looks the same.
LOOK_BACK = timedelta(weeks=16)


@dataclass(frozen=True, slots=True)
class ClassWeek:
    """All that is said about the week of a class."""

    unit: Unit
    span: week.Span
    size: int
    now: week.Figures
    before: week.Figures
    nudges: list[week.Nudge]
    good: week.Good | None
    waiting: int
    names: dict[int, str]


def rows(store: Store, unit: Unit, span: week.Span) -> ClassWeek:
    """The figures of a class in a week."""
    pupils = store.pupils(unit.id)
    logs = store.logs([unit.id], span.last - LOOK_BACK, span.last)
    first_helped = store.first_helped(unit.id)
    elders = frozenset(code for code, found in content.relatives().items() if found.age == "60+")
    return ClassWeek(
        unit=unit,
        span=span,
        size=max(unit.size or 0, len(pupils)),
        now=week.figures(logs, first_helped, span),
        before=week.figures(logs, first_helped, span.before),
        nudges=week.nudges(logs, [pupil.id for pupil in pupils], span),
        good=week.good_thing(logs, elders, span),
        waiting=len(store.waiting_logs(unit.id)),
        names={pupil.id: pupil.nickname for pupil in pupils},
    )


def text(found: ClassWeek) -> str:
    """The week in words: one phone screen, counts beside percentages."""
    now, goal = found.now, found.unit.goal
    lines = [
        _("{unit}, tuần {dates}", unit=found.unit.name, dates=dates(found.span)),
        _(
            "{part}/{size} em ({share}) đã giúp ít nhất 1 người thân",
            part=now.helped,
            size=found.size,
            share=percent(now.helped, found.size),
        )
        + (_("; mục tiêu {goal} em", goal=goal) if goal else "")
        + ".",
        change(found),
        counted("Trong tuần: {n} buổi", now.sessions)
        + " · "
        + counted("{n} người thân tự làm được", now.alone)
        + " · "
        + counted("{n} buổi đã xác nhận", now.confirmed)
        + ".",
    ]
    if found.nudges:
        lines += [_("Cần {you} để ý:"), *(f"• {reason(found, nudge)}" for nudge in found.nudges)]
    if found.good:
        lines.append(aloud(found, found.good))
    lines.append(
        counted("Chờ {you}: {n} buổi cần duyệt.", found.waiting) if found.waiting else _("Không có buổi nào chờ duyệt.")
    )
    lines.append(_("(Số liệu do học sinh tự khai; “đã xác nhận” là người thân xác nhận hoặc thầy cô đã duyệt.)"))
    return "\n".join(lines)


def change(found: ClassWeek) -> str:
    """The change since the week before, with its dates."""
    more = found.now.helped - found.before.helped
    sessions = found.now.sessions - found.before.sessions
    return _(
        "So với tuần {dates}: {more} em, {sessions} buổi.",
        dates=dates(found.span.before),
        more=_signed(more),
        sessions=_signed(sessions),
    )


def _signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number < 0 else "±0"


def reason(found: ClassWeek, nudge: week.Nudge) -> str:
    """Who needs a word, and why, in one short line."""
    name = found.names.get(nudge.pupil_id, "?")
    if nudge.reason == "stuck":
        return counted(
            "{name}: {relative} bị vướng {skill} {n} lần",
            nudge.count,
            name=name,
            relative=words.relative(nudge.relative),
            skill=words.skill(nudge.skill),
        )
    if nudge.reason == "alike":
        return counted("{name}: {n} buổi ghi giống nhau", nudge.count, name=name)
    if nudge.reason == "quiet":
        return counted("{name}: {n} tuần chưa ghi", nudge.count, name=name)
    return _("{name}: chưa ghi lần nào", name=name)


def aloud(found: ClassWeek, good: week.Good) -> str:
    """One good thing to read in front of the class."""
    return _(
        "Đọc trước lớp: “{Relative} của bạn {name} tuần này đã tự làm được: {skill}.”",
        Relative=words.title(good.relative),
        name=found.names.get(good.pupil_id, "?"),
        skill=words.skill(good.skill),
    )


def dates(span: week.Span) -> str:
    """ "16/11–22/11"."""
    return f"{short_day(span.first)}–{short_day(span.last)}"


def tree_text(store: Store, unit: Unit, span: week.Span) -> str:
    """The week of a school or ward: a line per class and the sum, counts only, no names."""
    found = [rows(store, one, span) for one in store.classes_under(unit.id)]
    together = week.total(one.now for one in found)
    size = sum(one.size for one in found)
    lines = [
        _("{unit}, tuần {dates}", unit=unit.name, dates=dates(span)),
        _(
            "{part}/{size} em ({share}) đã giúp ít nhất 1 người thân",
            part=together.helped,
            size=size,
            share=percent(together.helped, size),
        )
        + ".",
        counted("Trong tuần: {n} buổi", together.sessions)
        + " · "
        + counted("{n} người thân tự làm được", together.alone)
        + " · "
        + counted("{n} buổi đã xác nhận", together.confirmed)
        + ".",
        *(
            "• "
            + _(
                "{unit}: {part}/{size} ({share})",
                unit=one.unit.name,
                part=one.now.helped,
                size=one.size,
                share=percent(one.now.helped, one.size),
            )
            for one in found
        ),
        _("(Số liệu do học sinh tự khai; “đã xác nhận” là người thân xác nhận hoặc thầy cô đã duyệt.)"),
    ]
    return "\n".join(lines)


def week_named(name: str) -> week.Span | None:
    """ "2026-W47" as its seven days; None when there is no such week."""
    year, _dash, number = name.upper().partition("-W")
    try:
        return week.Span(date.fromisocalendar(int(year), int(number), 1))
    except ValueError:
        return None
