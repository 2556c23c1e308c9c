"""The questions of a log being told, and the line that is shown before it is saved."""

import zlib
from collections.abc import Iterable
from datetime import date, timedelta

import content
from bot.menu import page
from bot.port import MOST_CHOICES, Choice, Reply
from bot.rules.draft import LATE_DAYS, Part, Partial, codes_of, frequent, is_fresh, missing
from bot.texts import N_, _, capital, day
from db.store import Told
from handlers import classroom, words
from handlers.turn import Turn

LENGTHS = (10, 15, 30, 45)
ANSWERS = ("TU_LAM", "CO_HO_TRO", "CHUA_DUOC", "VUONG")
UNCLEAR = ("BA_NOI", "BA_NGOAI", "BO")
FIXES = (
    ("who", N_("Người được giúp")),
    ("skill", N_("Việc đã chỉ")),
    ("length", N_("Số phút")),
    ("day", N_("Ngày")),
    ("outcome", N_("Kết quả")),
)
FIRST_PAGE = MOST_CHOICES - 1  # one place is for "Khác…"
HISTORY = 30  # the latest logs tell whom and what a pupil is likely to choose


def mark(turn: Turn) -> str:
    """A short mark of the line as it stands, so that an older button cannot save a newer line."""
    return f"{zlib.crc32(turn.person.memory.encode()):08x}"


def asked(partial: Partial, pupil: str, teacher: str) -> str:
    """What the pupil is asked, or the teacher who corrects the pupil's log."""
    return pupil if partial.pupil_id is None else teacher


def card(turn: Turn, partial: Partial) -> Reply:
    """What will be saved, in one line, with the tap that saves it."""
    if partial.pupil_id is not None:
        return _card_for_teacher(turn, partial, classroom.names(turn)[partial.pupil_id])
    return Reply(
        _told(turn, partial),
        (
            Choice(_("Đúng, ghi lại"), f"save:{mark(turn)}"),
            Choice(_("Sửa"), "fix"),
            Choice(_("Đổi số phút"), "fix:length"),
            Choice(_("Không ghi"), "drop"),
        ),
    )


def _told(turn: Turn, partial: Partial) -> str:
    line = words.line(turn, partial)
    if partial.paper is None:
        return _("Em ghi: {line}.", line=line)
    return _("Từ sổ giấy, bạn {name}: {line}.", name=turn.store.person(partial.paper).nickname, line=line)


def _card_for_teacher(turn: Turn, partial: Partial, name: str) -> Reply:
    return Reply(
        _("Sửa buổi của {name}: {line}.", name=name, line=words.line(turn, partial)),
        (
            Choice(_("Lưu"), f"rewrite:{mark(turn)}"),
            Choice(_("Sửa chỗ khác"), "fix"),
            Choice(_("Thôi, giữ nguyên"), f"view:{partial.replaces}:decided"),
        ),
    )


def _history(turn: Turn, partial: Partial) -> list[Told]:
    """The latest logs of the pupil whose log this is."""
    return turn.store.own_logs(partial.pupil_id or partial.paper or turn.person.id, limit=HISTORY)


def ask_who(turn: Turn, partial: Partial, start: int = 0, room: int = MOST_CHOICES) -> Reply:
    """Whom; the person's own relatives first, then the same as last time, and several on the next page."""
    if partial.picking == "who":
        return ask_several(turn, partial, "who", start, room)
    logs = _history(turn, partial)
    choices = [Choice(words.title(code), f"whom:{code}") for code in _likely(logs, "who")]
    earlier = partial.day is not None and partial.day != turn.today
    if is_fresh(partial) and logs and not earlier and partial.paper is None:
        choices.insert(FIRST_PAGE - 1, Choice(_("Giống lần trước"), "again"))
    choices.insert(FIRST_PAGE, Choice(_("Nhiều người cùng lúc"), "several:who"))
    if is_fresh(partial):
        choices.insert(FIRST_PAGE + 1, Choice(_("Buổi hôm trước"), "when+:1"))
    mine = _whom(turn, partial.day if earlier else None)
    if partial.paper is not None:
        mine = _("Bạn {name} giúp ai?", name=turn.store.person(partial.paper).nickname)
    whom = asked(partial, mine, _("Người được giúp là ai ạ?"))
    return Reply(whom, page(choices, start, _("Khác…"), "whom+", room))


def _whom(turn: Turn, earlier: date | None) -> str:
    if earlier is None:
        return _("Em giúp ai?")
    return _("{Day}, em giúp ai?", Day=capital(words.spoken_day(turn, earlier)))


def _likely(logs: Iterable[Told], part: Part) -> list[str]:
    """The relatives, or the skills, to choose from: the person's own first."""
    first = content.first_choices()
    if part == "who":
        return frequent([log.relatives for log in logs], first.relatives)
    return frequent([log.skills for log in logs], first.skills)


def ask_which(turn: Turn, partial: Partial) -> Reply:
    """ "ba" without marks is a grandmother or a father: ask, never guess."""
    which = asked(partial, _("“ba” là ai em nhỉ?"), _("“ba” ở đây là ai ạ?"))
    return Reply(which, tuple(Choice(words.title(code), f"whom:{code}") for code in UNCLEAR))


def ask_skill(turn: Turn, partial: Partial, start: int = 0, room: int = MOST_CHOICES) -> Reply:
    """Which skill; the person's own first, and several on the next page."""
    if partial.picking == "skill":
        return ask_several(turn, partial, "skill", start, room)
    logs = _history(turn, partial)
    choices = [Choice(words.skill_label(code), f"what:{code}") for code in _likely(logs, "skill")]
    choices.insert(FIRST_PAGE, Choice(_("Nhiều việc cùng lúc"), "several:skill"))
    mine = _("Em chỉ {relative} việc gì?", relative=_who(partial))
    if partial.paper is not None:
        mine = _("Bạn ấy chỉ {relative} việc gì?", relative=_who(partial))
    what = asked(partial, mine, _("Việc đã chỉ là gì ạ?"))
    return Reply(what, page(choices, start, _("Khác…"), "what+", room))


def _who(partial: Partial) -> str:
    return words.relatives(partial.relatives) or _("người thân")


def ask_several(turn: Turn, partial: Partial, part: Part, start: int = 0, room: int = MOST_CHOICES) -> Reply:
    """Several of them: each tap ticks one or takes its tick away, and "Xong" goes on with those ticked."""
    ticked = codes_of(partial, part)
    logs = _history(turn, partial)
    codes = list(dict.fromkeys([*_likely(logs, part), *ticked]))
    shown = start if start < len(codes) else 0  # the last of them may just have been unticked
    choices = [_box(part, code, code in ticked, shown) for code in codes]
    done = (Choice(_("Xong"), f"done:{part}"),) if ticked else ()
    boxes = page(choices, shown, _("Khác…"), f"several:{part}", room - 1)
    ask = asked(partial, _several(part, ticked), _several_for_teacher(part, ticked))
    return Reply(ask, (*boxes, *done))


def _box(part: Part, code: str, ticked: bool, start: int) -> Choice:
    label = words.title(code) if part == "who" else words.skill_label(code)
    return (
        Choice(f"✓ {label}", f"untick:{part}:{code}:{start}")
        if ticked
        else Choice(label, f"tick:{part}:{code}:{start}")
    )


def _several(part: Part, ticked: tuple[str, ...]) -> str:
    if part == "who":
        more = _("Em chọn: {ticked}. Còn ai nữa không?", ticked=words.relatives(ticked))
        return more if ticked else _("Em giúp những ai? Em chọn từng người nhé.")
    more = _("Em chọn: {ticked}. Còn việc nào nữa không?", ticked=words.skills(ticked))
    return more if ticked else _("Em chỉ những việc gì? Em chọn từng việc nhé.")


def _several_for_teacher(part: Part, ticked: tuple[str, ...]) -> str:
    if not ticked:
        return _("{You} chọn từng người ạ.") if part == "who" else _("{You} chọn từng việc ạ.")
    said = words.relatives(ticked) if part == "who" else words.skills(ticked)
    return _("Đã chọn: {ticked}. Còn nữa không ạ?", ticked=said)


def ask_day(turn: Turn, partial: Partial, start: int = 0, room: int = MOST_CHOICES) -> Reply:
    """Which day, back to the last that is not late."""
    days = [turn.today - timedelta(days=back) for back in range(LATE_DAYS + 1)]
    names = [_("Hôm nay"), _("Hôm qua"), _("Hôm kia")]
    names += [capital(day(when)) for when in days[len(names) :]]
    choices = [Choice(name, f"when:{when}") for name, when in zip(names, days, strict=True)]
    when = asked(partial, _("Hôm nào em nhỉ?"), _("Buổi đó hôm nào ạ?"))
    return Reply(when, page(choices, start, _("Ngày khác"), "when+", room))


def ask_outcome(turn: Turn, partial: Partial, room: int = MOST_CHOICES) -> Reply:
    """How it went; for a log told by taps this answer saves it, so the whole line is shown here."""
    choices = tuple(Choice(words.outcome_label(code), f"went:{code}:{mark(turn)}") for code in ANSWERS)
    who = capital(_who(partial))
    if not partial.tapped:
        return Reply(_("{Relative} làm đến đâu rồi?", Relative=who), choices)
    ask = f"{_told(turn, partial)} " + _("{Relative} làm đến đâu rồi?", Relative=who)
    return Reply(ask, (*choices, Choice(_("Đổi số phút"), "fix:length"))[:room])  # the length may be written too


def ask_length(turn: Turn, partial: Partial) -> Reply:
    """How many minutes; from here the other parts can be corrected too."""
    ask = asked(
        partial,
        _("Bao nhiêu phút? Em bấm chọn hoặc nhắn số, ví dụ 25p."),
        _("Bao nhiêu phút ạ? {You} bấm chọn hoặc nhắn số, ví dụ 25p."),
    )
    lengths = (Choice(words.minutes(count), f"length:{count}") for count in LENGTHS)
    return Reply(ask, (*lengths, Choice(_("Sửa chỗ khác"), "fix")))


def ask_next(turn: Turn, partial: Partial, room: int = MOST_CHOICES) -> Reply:
    """The one thing that is missing, or the line to be saved; of so many choices at most."""
    match missing(partial):
        case "who":
            return ask_who(turn, partial, room=room)
        case "which":
            return ask_which(turn, partial)
        case "skill":
            return ask_skill(turn, partial, room=room)
        case "day":
            return ask_day(turn, partial, room=room)
        case "outcome":
            return ask_outcome(turn, partial, room)
    return card(turn, partial)


# What is asked when one of FIXES was chosen.
QUESTIONS = {"who": ask_who, "skill": ask_skill, "length": ask_length, "day": ask_day, "outcome": ask_outcome}
