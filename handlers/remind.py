"""Reminders: the person picks day and hour, pauses, or stops them all."""

from datetime import date, timedelta

from bot.menu import page
from bot.port import Choice, Reply
from bot.rules import reminding, rhythm, rights, week
from bot.texts import _, capital, clock, day, listed, weekday
from db.models import Due
from handlers import home, lesson_words, path, quiet, review
from handlers.turn import Turn

PAUSES = (7, 14, 30)


def kind(turn: Turn) -> str:
    """Staff are sent the week of their unit; everybody else a reminder of their own."""
    return "summary" if turn.person.role in rights.STAFF else "practice"


def show(turn: Turn) -> list[Reply]:
    """What is set now, and what can be changed."""
    dues = turn.store.dues(turn.person.id, kind(turn))
    if kind(turn) == "summary":
        return [_show_summary(turn, dues)]
    if not dues:
        return [Reply(_("{You} muốn được nhắc vào ngày nào ạ?"), _days(turn, 0), menu=True)]
    paused = _is_paused(turn)
    choices = [Choice(_("Nhắc lại ngay"), "unpause") if paused else Choice(_("Tạm dừng"), "pause")]
    choices.append(Choice(_("Dừng nhắc"), "stop"))
    if len(dues) < reminding.MOST_A_WEEK and not paused:
        choices.insert(0, Choice(_("Thêm một lần nữa"), "days:0"))
    choices += [Choice(_("Đổi ngày giờ"), "retime"), Choice(_("Giờ yên lặng"), "quiet_hours")]
    return [Reply(_when(turn, dues), tuple(choices))]


def _show_summary(turn: Turn, dues: list[Due]) -> Reply:
    """Daily, weekly, or off."""
    ways = [Choice(_("Mỗi ngày"), "daily"), Choice(_("Mỗi tuần"), "retime")]
    if not dues:
        return Reply(
            _("{Me} chưa gửi số liệu cho {you}. {You} muốn nhận khi nào ạ?"), (*ways, Choice(_("Không gửi"), "home"))
        )
    pauses = (Choice(_("Tạm dừng"), "pause"), Choice(_("Dừng gửi"), "stop"))
    return Reply(_when(turn, dues) + " " + _("Tuần nào không có gì mới thì {me} im lặng."), (*ways, *pauses))


def daily(turn: Turn, minute: str = "") -> list[Reply]:
    """The summary on every school day, at one of three hours."""
    if kind(turn) != "summary":
        return home.stale(turn)
    if not minute:
        hours = tuple(Choice(clock(one), f"daily:{one}") for one in rhythm.DAILY_AT)
        return [Reply(_("Mấy giờ thì tiện ạ?"), hours, menu=True)]
    turn.store.drop_dues(turn.person.id, "summary")
    for weekday_number in rhythm.SCHOOL_DAYS:
        due_at = reminding.next_time(weekday_number, int(minute), turn.now)
        turn.store.add_due("summary", turn.person.id, weekday_number, int(minute), due_at)
    if turn.person.quiet:
        turn.person.quiet = False
        turn.store.describe(turn.person)
    done = _("Dạ, {me} gửi mỗi ngày học lúc {clock}, ngày nào có gì mới thì {me} mới nhắn.", clock=clock(int(minute)))
    return [Reply(done), *home.menu(turn)]


def days(turn: Turn, start: str) -> list[Reply]:
    """The weekdays."""
    return [Reply(_("Ngày nào trong tuần ạ?"), _days(turn, int(start)), menu=True)]


def _days(turn: Turn, start: int) -> tuple[Choice, ...]:
    offered = reminding.good_days(_audience(turn))
    named = [Choice(capital(weekday(number)), f"hours:{number}") for number in offered]
    return page(named, start, _("Ngày khác"), "days")


def hours(turn: Turn, number: str) -> list[Reply]:
    """The good hours of that weekday."""
    good = reminding.good_minutes(_audience(turn), int(number))
    offered = [minute for minute in good if not quiet.is_night(turn.person, minute)]
    choices = tuple(Choice(clock(minute), f"at:{number}:{minute}") for minute in offered)
    return [Reply(_("{Day}, mấy giờ thì tiện ạ?", Day=capital(weekday(int(number)))), choices, menu=True)]


def at(turn: Turn, number: str, minute: str) -> list[Reply]:
    """Remind every week at this day and hour; at most twice a week."""
    store, what = turn.store, kind(turn)
    if len(store.dues(turn.person.id, what)) >= reminding.MOST_A_WEEK:
        return [Reply(_("Mỗi tuần {me} chỉ nhắc nhiều nhất 2 lần cho khỏi phiền ạ.")), *show(turn)]
    due_at = reminding.next_time(int(number), int(minute), turn.now)
    store.add_due(what, turn.person.id, int(number), int(minute), due_at)
    quiet.listen_again(turn, due_at)
    first = _("Lần đầu: {day}, {clock}.", day=day(due_at.date()), clock=clock(int(minute)))
    return [Reply(_("Dạ, {me} nhớ rồi. {first} Muốn thôi, {you} nhắn “dừng nhắc”.", first=first)), *home.menu(turn)]


def retime(turn: Turn) -> list[Reply]:
    """Forget the times set, and choose anew."""
    turn.store.drop_dues(turn.person.id, kind(turn))
    return days(turn, "0")


def pause(turn: Turn, length: str = "") -> list[Reply]:
    """No reminders for a while; they come back by themselves."""
    if not length:
        names = {7: _("1 tuần"), 14: _("2 tuần"), 30: _("1 tháng")}
        ask = _("Tạm dừng bao lâu ạ? Bấm chọn, hoặc nhắn như “nghỉ nhắc đến 5/12”.")
        return [Reply(ask, tuple(Choice(names[count], f"pause:{count}") for count in PAUSES))]
    return rest(turn, (turn.today + timedelta(days=int(length))).isoformat())


def rest(turn: Turn, until: str) -> list[Reply]:
    """ "nghỉ nhắc đến 5/12": nothing unasked before that day; "" when the day is still to be said."""
    if not until:
        return pause(turn)
    turn.person.paused_until = date.fromisoformat(until)
    turn.store.describe(turn.person)
    words = _("Dạ, {me} nghỉ nhắc đến {day} rồi tự nhắc lại.", day=day(turn.person.paused_until))
    return [Reply(words, (Choice(_("Nhắc lại ngay"), "unpause"), Choice(_("Trang chính"), "home")))]


def unpause(turn: Turn) -> list[Reply]:
    """The rest is over before its day."""
    turn.person.paused_until = None
    turn.store.describe(turn.person)
    return show(turn)


def stop(turn: Turn) -> list[Reply]:
    """ "dừng nhắc": nothing is said unasked any more, at once and on every channel."""
    turn.store.drop_dues(turn.person.id)
    turn.store.drop_waiting(turn.person.id, turn.now, "the person stopped reminders")
    turn.person.quiet, turn.person.paused_until = True, None
    turn.store.describe(turn.person)
    return [
        Reply(
            _("Dạ, {me} dừng nhắc rồi ạ. Khi nào muốn nhắc lại, {you} bấm nút này."),
            (Choice(_("Nhắc tôi trở lại"), "remind"), Choice(_("Trang chính"), "home")),
        )
    ]


def practice(turn: Turn, about: str) -> list[Reply]:
    """The reminder itself; empty when there is nothing left to remind of."""
    if turn.person.role == "pupil":
        return _remind_pupil(turn)
    due = review.prompt(turn)
    if due:
        return due
    found = path.suggestion(turn)
    if found is None:
        return []
    title = lesson_words.title(found.slug)
    stop_it = Choice(_("Dừng nhắc"), "stop")
    ask = _("Đến giờ học rồi ạ. Mình học bài “{title}” nhé, chỉ vài phút thôi.", title=title)
    return [Reply(ask, (Choice(_("Học luôn"), f"lesson:{found.slug}"), Choice(_("Để lần sau"), "not_now"), stop_it))]


def _remind_pupil(turn: Turn) -> list[Reply]:
    """A nudge to help somebody this week, unless it is done."""
    monday = week.week_of(turn.today).first
    logs = turn.store.own_logs(turn.person.id, limit=20)
    if any(entry.day >= monday for entry in logs):
        return []
    ask = _("{name} ơi, tuần này em giúp ai chưa? 5 phút thôi cũng là một buổi.", name=turn.person.nickname)
    again = [Choice(_("Giống lần trước"), "again")] if logs else []
    choices = (
        Choice(_("Ghi buổi giúp"), "log"),
        *again,
        Choice(_("Để lần sau"), "not_now"),
        Choice(_("Dừng nhắc"), "stop"),
    )
    return [Reply(ask, choices)]


def later(turn: Turn) -> list[Reply]:
    """Not now."""
    return [Reply(_("Dạ, hẹn lần sau nhé."))]


def _when(turn: Turn, dues: list[Due]) -> str:
    if len(dues) == len(rhythm.SCHOOL_DAYS) and len({due.minute for due in dues}) == 1:
        times = _("mỗi ngày học lúc {clock}", clock=clock(dues[0].minute))
    else:
        times = listed([_("{day} lúc {clock}", day=weekday(due.weekday), clock=clock(due.minute)) for due in dues])
    paused = turn.person.paused_until
    if paused is not None and _is_paused(turn):
        return _("Đang tạm dừng đến {day}; sau đó nhắc {times}.", day=day(paused), times=times)
    return _("Hằng tuần {me} nhắc {you} vào {times}.", times=times)


def _is_paused(turn: Turn) -> bool:
    return turn.person.paused_until is not None and turn.person.paused_until > turn.today


def _audience(turn: Turn) -> reminding.Audience:
    return reminding.audience(turn.person.role, turn.person.address)
