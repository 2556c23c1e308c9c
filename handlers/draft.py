"""The log being told: what is asked for next, and what was chosen."""

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta

import content
from bot.menu import page
from bot.port import Choice, Reply
from bot.rules.draft import UNCLEAR_RELATIVE, Partial, clear_up, frequent, missing
from bot.texts import N_, _, capital, short_day, weekday
from db.store import Told
from handlers import home, words
from handlers.turn import Turn

LENGTHS = (10, 15, 30, 45, 60)
ANSWERS = ("TU_LAM", "CO_HO_TRO", "CHUA_DUOC", "VUONG")
UNCLEAR = ("BA_NOI", "BA_NGOAI", "BO")
FIXES = (
    ("who", N_("Người được giúp")),
    ("skill", N_("Việc đã chỉ")),
    ("length", N_("Số phút")),
    ("day", N_("Ngày")),
    ("outcome", N_("Kết quả")),
)


def load(turn: Turn) -> Partial | None:
    """The log being told, or None."""
    if turn.person.doing != "log":
        return None
    kept = json.loads(turn.person.memory)
    kept["day"] = date.fromisoformat(kept["day"]) if kept["day"] else None
    return Partial(**{**kept, "relatives": tuple(kept["relatives"]), "skills": tuple(kept["skills"])})


def keep(turn: Turn, partial: Partial) -> None:
    """Remember the log being told."""
    turn.person.doing = "log"
    turn.person.memory = json.dumps(asdict(partial), default=str, separators=(",", ":"))


def put_away(turn: Turn) -> None:
    """No log is being told any more."""
    turn.person.doing = turn.person.memory = ""


def mark(turn: Turn) -> str:
    """A short mark of the line as it stands, so that an older button cannot save a newer line."""
    return f"{zlib.crc32(turn.person.memory.encode()):08x}"


def with_draft(turn: Turn, then: Callable[[Partial], list[Reply]]) -> list[Reply]:
    """Go on with the log being told, if there is one."""
    partial = load(turn)
    if partial is None or turn.person.role != "pupil":
        return [Reply(_("Buổi này đã ghi hoặc đã bỏ rồi.")), *home.menu(turn)]
    return then(partial)


def as_partial(log: Told) -> Partial:
    """A saved log as a line that can be shown, repeated or corrected."""
    return Partial(log.relatives, log.skills, log.minutes, log.habitual, log.day, log.outcome)


def essence(partial: Partial, today: date) -> dict[str, object]:
    """What a line says, in the words of a test line (bench/lines_known.jsonl)."""
    return {
        "relatives": list(partial.relatives),
        "skills": list(partial.skills),
        "minutes": None if partial.habitual else partial.minutes,
        "date_offset_days": (partial.day - today).days if partial.day else None,
        "outcome": partial.outcome,
    }


def usual_minutes(turn: Turn) -> int:
    """The length of the pupil's last session, or the usual one."""
    last = turn.store.own_logs(turn.person.id, limit=1)
    return last[0].minutes if last else Partial().minutes


# -- what is asked -----------------------------------------------------------------------------


def proceed(turn: Turn, partial: Partial) -> list[Reply]:
    """Ask for the one thing missing, or show the line to be saved."""
    keep(turn, partial)
    ask = missing(partial)
    return [card(turn, partial)] if ask is None else [_QUESTIONS[ask](turn, partial)]


def card(turn: Turn, partial: Partial) -> Reply:
    """What will be saved, in one line, with the tap that saves it."""
    return Reply(
        _("Em ghi: {line}.", line=words.line(turn, partial)),
        (
            Choice(_("Đúng, ghi lại"), f"save:{mark(turn)}"),
            Choice(_("Sửa"), "fix"),
            Choice(_("Đổi số phút"), "fix:length"),
            Choice(_("Không ghi"), "drop"),
        ),
    )


def ask_who(turn: Turn, partial: Partial, start: int = 0) -> Reply:
    """Whom; the person's own relatives first."""
    common = content.first_choices().relatives
    codes = frequent([log.relatives for log in turn.store.own_logs(turn.person.id, limit=30)], common)
    named = [Choice(words.title(code), f"whom:{code}") for code in codes]
    return Reply(_("Em giúp ai?"), page(named, start, _("Khác…"), "whom+"))


def ask_which(turn: Turn, partial: Partial) -> Reply:
    """ "ba" without marks is a grandmother or a father: ask, never guess."""
    return Reply(_("“ba” là ai em nhỉ?"), tuple(Choice(words.title(code), f"whom:{code}") for code in UNCLEAR))


def ask_skill(turn: Turn, partial: Partial, start: int = 0) -> Reply:
    """Which skill; the person's own first."""
    common = content.first_choices().skills
    codes = frequent([log.skills for log in turn.store.own_logs(turn.person.id, limit=30)], common)
    ask = _("Em chỉ {relative} việc gì?", relative=words.relatives(partial.relatives))
    named = [Choice(words.skill_label(code), f"what:{code}") for code in codes]
    return Reply(ask, page(named, start, _("Khác…"), "what+"))


def ask_day(turn: Turn, partial: Partial) -> Reply:
    """Which day of the last week."""
    days = [turn.today - timedelta(days=back) for back in range(5)]
    names = [_("Hôm nay"), _("Hôm qua"), _("Hôm kia")]
    names += [f"{weekday(when.weekday())} {short_day(when)}" for when in days[3:]]
    return Reply(
        _("Hôm nào em nhỉ?"), tuple(Choice(name, f"when:{when}") for name, when in zip(names, days, strict=True))
    )


def ask_outcome(turn: Turn, partial: Partial) -> Reply:
    """How it went; for a log told by taps this answer saves it, so the whole line is shown here."""
    choices = tuple(Choice(words.outcome_label(code), f"went:{code}:{mark(turn)}") for code in ANSWERS)
    who = words.relatives(partial.relatives)
    if not partial.tapped:
        return Reply(_("{Relative} làm đến đâu rồi?", Relative=capital(who)), choices)
    ask = _("Em ghi: {line}. {Relative} làm đến đâu rồi?", line=words.line(turn, partial), Relative=capital(who))
    return Reply(ask, (*choices, Choice(_("Sửa"), "fix")))


def ask_length(turn: Turn, partial: Partial) -> Reply:
    """How many minutes."""
    ask = _("Bao nhiêu phút? Em bấm chọn hoặc nhắn số, ví dụ 25p.")
    return Reply(ask, tuple(Choice(words.minutes(count), f"length:{count}") for count in LENGTHS))


_QUESTIONS = {"who": ask_who, "which": ask_which, "skill": ask_skill, "day": ask_day, "outcome": ask_outcome}


# -- what was chosen ---------------------------------------------------------------------------


def more_who(turn: Turn, start: str) -> list[Reply]:
    """Other relatives."""
    return with_draft(turn, lambda partial: [ask_who(turn, partial, int(start))])


def more_skills(turn: Turn, start: str) -> list[Reply]:
    """Other skills."""
    return with_draft(turn, lambda partial: [ask_skill(turn, partial, int(start))])


def whom(turn: Turn, code: str) -> list[Reply]:
    """The relative was chosen."""

    def chosen(partial: Partial) -> list[Reply]:
        unclear = UNCLEAR_RELATIVE in partial.relatives
        return proceed(turn, clear_up(partial, code) if unclear else replace(partial, relatives=(code,)))

    return with_draft(turn, chosen)


def what(turn: Turn, code: str) -> list[Reply]:
    """The skill was chosen."""
    return with_draft(turn, lambda partial: proceed(turn, replace(partial, skills=(code,))))


def when(turn: Turn, day: str) -> list[Reply]:
    """The day was chosen."""
    return with_draft(turn, lambda partial: proceed(turn, replace(partial, day=date.fromisoformat(day))))


def length(turn: Turn, count: str) -> list[Reply]:
    """The length was chosen."""
    return with_draft(turn, lambda partial: proceed(turn, replace(partial, minutes=int(count), habitual=False)))


def fix(turn: Turn, part: str = "") -> list[Reply]:
    """Which part is not right?"""

    def chosen(partial: Partial) -> list[Reply]:
        ask = {**_QUESTIONS, "length": ask_length}.get(part)
        if ask is None:
            return [Reply(_("Em muốn sửa chỗ nào?"), tuple(Choice(_(label), f"fix:{name}") for name, label in FIXES))]
        changed = replace(partial, tapped=False)  # after a correction the whole line is shown again
        keep(turn, changed)
        return [ask(turn, changed)]

    return with_draft(turn, chosen)
