"""The log being told: what is asked for next, and what was chosen."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date

from bot.port import MOST_CHOICES, Choice, Reply
from bot.rules.draft import UNCLEAR_RELATIVE, Part, Partial, clear_up, codes_of, these, tick, untick
from bot.texts import _
from db.store import Told
from handlers import classroom, home
from handlers.asking import FIXES, QUESTIONS, ask_day, ask_next, ask_several, ask_skill, ask_who, asked
from handlers.turn import Turn

# The steps in which a log is being told: its parts, and why a teacher corrects it.
STEPS = ("log", "reason")


def load(turn: Turn) -> Partial | None:
    """The log being told, or None when there is none or it is not this person's to tell."""
    if turn.person.doing not in STEPS:
        return None
    kept = json.loads(turn.person.memory)
    kept["day"] = date.fromisoformat(kept["day"]) if kept["day"] else None
    partial = Partial(**{**kept, "relatives": tuple(kept["relatives"]), "skills": tuple(kept["skills"])})
    return partial if _is_theirs(turn, partial) else None


def _is_theirs(turn: Turn, partial: Partial) -> bool:
    """A pupil tells and corrects the own logs, a leader fills in for others; a teacher corrects one of the own class."""
    if partial.paper is not None:
        return classroom.may_fill(turn, partial.paper)
    if partial.pupil_id is None:
        return turn.person.role == "pupil"
    return partial.replaces is not None and classroom.log(turn, partial.replaces) is not None


def keep(turn: Turn, partial: Partial) -> None:
    """Remember the log being told."""
    turn.person.doing = "log"
    turn.person.memory = json.dumps(asdict(partial), default=str, separators=(",", ":"))


def put_away(turn: Turn) -> None:
    """No log is being told any more."""
    turn.person.doing = turn.person.memory = ""


def with_draft(turn: Turn, then: Callable[[Partial], list[Reply]]) -> list[Reply]:
    """Go on with the log being told, if there is one."""
    partial = load(turn)
    if partial is None:
        return [Reply(_("Buổi này đã ghi hoặc đã bỏ rồi.")), *home.menu(turn)]
    return then(partial)


def as_partial(log: Told) -> Partial:
    """A saved log as a line that can be shown, repeated or corrected."""
    return Partial(log.relatives, log.skills, log.minutes, log.habitual, log.day, log.outcome, began=log.began)


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


def proceed(turn: Turn, partial: Partial, ways: tuple[Choice, ...] = ()) -> list[Reply]:
    """Ask for the one thing missing, or show the line to be saved; `ways` lead elsewhere."""
    keep(turn, partial)
    ask = ask_next(turn, partial, MOST_CHOICES - len(ways))
    return [replace(ask, choices=(*ask.choices, *ways))]


def beside(turn: Turn, partial: Partial, answer: list[Reply]) -> list[Reply]:
    """What was said beside the log is answered, with its first way on, and the log stands as it stood."""
    said = [reply for reply in answer if not reply.menu]
    ways = [choice for reply in said for choice in reply.choices]
    return [*(replace(reply, choices=()) for reply in said), *proceed(turn, partial, tuple(ways[:1]))]


def or_menu(turn: Turn) -> list[Reply]:
    """The log being told, once something else is done; the menu when there is none."""
    partial = load(turn)
    return home.menu(turn) if partial is None else proceed(turn, partial)


# -- what was chosen ---------------------------------------------------------------------------


def more_who(turn: Turn, start: str) -> list[Reply]:
    """Other relatives."""
    return with_draft(turn, lambda partial: [ask_who(turn, partial, int(start))])


def more_skills(turn: Turn, start: str) -> list[Reply]:
    """Other skills."""
    return with_draft(turn, lambda partial: [ask_skill(turn, partial, int(start))])


def more_days(turn: Turn, start: str) -> list[Reply]:
    """Days further back."""
    return with_draft(turn, lambda partial: [ask_day(turn, partial, int(start))])


def whom(turn: Turn, code: str) -> list[Reply]:
    """The relative was chosen."""

    def chosen(partial: Partial) -> list[Reply]:
        unclear = UNCLEAR_RELATIVE in partial.relatives
        return proceed(turn, clear_up(partial, code) if unclear else these(partial, "who", (code,)))

    return with_draft(turn, chosen)


def what(turn: Turn, code: str) -> list[Reply]:
    """The skill was chosen."""
    return with_draft(turn, lambda partial: proceed(turn, these(partial, "skill", (code,))))


def several(turn: Turn, part: Part, start: str = "0") -> list[Reply]:
    """Several of them are picked, one by one."""
    return with_draft(turn, lambda partial: _pick(turn, replace(partial, picking=part), start))


def ticked(turn: Turn, part: Part, code: str, start: str) -> list[Reply]:
    """One more of them; a second tap on the same button changes nothing."""
    return with_draft(turn, lambda partial: _pick(turn, tick(partial, part, code), start))


def unticked(turn: Turn, part: Part, code: str, start: str) -> list[Reply]:
    """One less of them."""
    return with_draft(turn, lambda partial: _pick(turn, untick(partial, part, code), start))


def _pick(turn: Turn, partial: Partial, start: str) -> list[Reply]:
    assert partial.picking is not None
    keep(turn, partial)
    return [ask_several(turn, partial, partial.picking, int(start))]


def done(turn: Turn, part: Part) -> list[Reply]:
    """These are all; of nothing there is no all."""

    def chosen(partial: Partial) -> list[Reply]:
        ended = partial.picking == part and codes_of(partial, part)
        return proceed(turn, replace(partial, picking=None) if ended else partial)

    return with_draft(turn, chosen)


def when(turn: Turn, day: str) -> list[Reply]:
    """The day was chosen."""
    return with_draft(turn, lambda partial: proceed(turn, replace(partial, day=date.fromisoformat(day))))


def length(turn: Turn, count: str) -> list[Reply]:
    """The length was chosen."""
    return with_draft(turn, lambda partial: proceed(turn, replace(partial, minutes=int(count), habitual=False)))


def fix(turn: Turn, part: str = "") -> list[Reply]:
    """Which part is not right?

    After a correction the whole line is shown again: by the card, or by the question of the outcome
    where that is still to be asked.
    """

    def chosen(partial: Partial) -> list[Reply]:
        ask = QUESTIONS.get(part)
        if ask is None:
            which = asked(partial, _("Em muốn sửa chỗ nào?"), _("{You} muốn sửa chỗ nào ạ?"))
            return [Reply(which, tuple(Choice(_(label), f"fix:{name}") for name, label in FIXES))]
        changed = replace(partial, picking=None, tapped=partial.tapped and partial.outcome is None)
        keep(turn, changed)
        return [ask(turn, changed)]

    return with_draft(turn, chosen)


def drop(turn: Turn) -> list[Reply]:
    """Leave it: nothing is saved, and what was saved before stays as it is."""

    def chosen(partial: Partial) -> list[Reply]:
        put_away(turn)
        said = _("Không sao, mình bỏ rồi, chưa ghi gì cả nhé.")
        if partial.replaces is not None:
            said = asked(
                partial, _("Không sao, mình giữ nguyên buổi cũ nhé."), _("Dạ, {me} giữ nguyên, chưa sửa gì ạ.")
            )
        return [Reply(said), *home.menu(turn)]

    return with_draft(turn, chosen)
