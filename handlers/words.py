"""The names of what is counted, as the person's language says them."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

import content
from bot.rules.draft import MOST_MINUTES, Partial, is_late
from bot.texts import N_, _, capital, clock, counted, day, listed, locale
from content.schema import Relative
from db.store import Store
from handlers.turn import Turn

ROLES: Mapping[str, str] = {
    "teacher": N_("giáo viên chủ nhiệm"),
    "organiser": N_("tổng phụ trách Đội"),
    "board": N_("ban giám hiệu"),
    "officer": N_("cán bộ phường, xã"),
    "admin": N_("quản trị"),
}
# What an officer is called below the ward.
OFFICERS: Mapping[str, str] = {
    "village": N_("cán bộ thôn, tổ dân phố"),
    "team": N_("thành viên tổ công nghệ số"),
}


def role(name: str, kind: str) -> str:
    """ "giáo viên chủ nhiệm": a staff role in a kind of unit."""
    phrase = OFFICERS.get(kind, ROLES[name]) if name == "officer" else ROLES[name]
    return _(phrase)


def role_in(store: Store, name: str, unit_id: int | None) -> str:
    """ "giáo viên chủ nhiệm, Lớp 7A"."""
    if unit_id is None:
        return role(name, "")
    unit = store.unit(unit_id)
    return f"{role(name, unit.kind)}, {unit.name}"


def own_role(turn: Turn) -> str:
    """The staff role in which somebody speaks."""
    return role_in(turn.store, turn.person.role or "", turn.person.unit_id)


def relative(code: str) -> str:
    """ "bà ngoại"."""
    found = content.relatives()[code]
    return found.name if locale() == "vi" else found.name_en


def relatives(codes: tuple[str, ...]) -> str:
    """ "bà ngoại và mẹ"."""
    return listed([relative(code) for code in codes])


def skill(code: str) -> str:
    """ "gọi video Zalo"."""
    found = content.skills()[code]
    return found.name if locale() == "vi" else found.name_en


def skill_label(code: str) -> str:
    """The skill as a button says it."""
    found = content.skills()[code]
    return found.short if locale() == "vi" else found.short_en


def skills(codes: tuple[str, ...]) -> str:
    """ "gọi video Zalo và chuyển khoản"."""
    return listed([skill(code) for code in codes])


def doing(codes: tuple[str, ...]) -> str:
    """ "gọi video trên Zalo và chuyển khoản": what was done, after "cháu An chỉ bà"."""
    skills = [content.skills()[code] for code in codes]
    return listed([found.doing if locale() == "vi" else found.doing_en for found in skills])


def pupil(relative: Relative, nickname: str) -> str:
    """ "cháu An": the pupil as this relative calls them."""
    return f"{relative.pupil} {nickname}" if locale() == "vi" else nickname


def teacher(address: str) -> str:
    """ "cô", "thầy": the teacher as pupils say it, whatever they call themselves."""
    return _(address) if address in ("cô", "thầy") else _("thầy cô")


def outcome(code: str) -> str:
    """ "tự làm được"."""
    found = content.outcomes()[code]
    return found.name if locale() == "vi" else found.name_en


def outcome_label(code: str) -> str:
    """The outcome as a button says it."""
    found = content.outcomes()[code]
    return found.short if locale() == "vi" else found.short_en


def near_day(turn: Turn, when: date) -> str:
    """ "hôm nay", or "thứ Hai 23/11" when it is longer ago than hôm kia."""
    names = {0: _("hôm nay"), 1: _("hôm qua"), 2: _("hôm kia")}
    return names.get((turn.today - when).days) or day(when)


def spoken_day(turn: Turn, when: date) -> str:
    """ "hôm nay (thứ Tư 25/11)"."""
    near, exact = near_day(turn, when), day(when)
    late = _(", ghi bổ sung") if is_late(when, turn.today) else ""
    return f"{near} ({exact})" if near != exact else exact + late


def near_moment(turn: Turn, moment: datetime) -> str:
    """ "ngày mai 19:30", "thứ Bảy 28/11 9:00"."""
    near = {turn.today: _("hôm nay"), turn.today + timedelta(days=1): _("ngày mai")}.get(moment.date())
    return _("{day} {clock}", day=near or day(moment.date()), clock=clock(moment.hour * 60 + moment.minute))


def minutes(count: int, habitual: bool = False) -> str:
    """ "20 phút", "15 phút (thường lệ)"."""
    said = counted("{n} phút", count)
    if habitual:
        return _("{minutes} (thường lệ)", minutes=said)
    return _("{minutes} (hơn 4 giờ, {you} xem lại nhé)", minutes=said) if count > MOST_MINUTES else said


def line(turn: Turn, told: Partial) -> str:
    """A log in one line, as far as it is known: what will be saved, in the order of the logbook."""
    known = [spoken_day(turn, told.day)] if told.day else []
    if told.relatives:
        known.append(relatives(told.relatives))
    if told.skills:
        known.append(skills(told.skills))
    known.append(minutes(told.minutes, told.habitual))
    if told.outcome and told.outcome != "KHONG_RO":
        known.append(outcome(told.outcome))
    return " · ".join(known)


def title(code: str) -> str:
    """A relative's name at the start of a sentence."""
    return capital(relative(code))
