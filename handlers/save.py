"""Save a log that was shown; correct it, or leave it."""

from dataclasses import replace

from bot.port import Choice, Reply
from bot.rules.draft import Partial, missing
from bot.rules.masking import mask
from bot.texts import _, capital
from db.store import Draft
from handlers import asking, draft, home, log, words
from handlers.reading import reader
from handlers.turn import Turn

NOTE_LENGTH = 200


def went(turn: Turn, code: str, mark: str) -> list[Reply]:
    """The outcome was chosen; after three taps on a line that was shown, this saves it."""

    def chosen(partial: Partial) -> list[Reply]:
        shown = mark == asking.mark(turn)
        complete = replace(partial, outcome=code)
        if partial.tapped and shown and missing(complete) is None:
            return _save(turn, complete)
        return draft.proceed(turn, complete)

    return draft.with_draft(turn, chosen)


def save(turn: Turn, mark: str) -> list[Reply]:
    """Save exactly the line that carried this button."""

    def chosen(partial: Partial) -> list[Reply]:
        if mark != asking.mark(turn) or missing(partial) is not None:
            return draft.proceed(turn, partial)
        return _save(turn, partial)

    return draft.with_draft(turn, chosen)


def _save(turn: Turn, partial: Partial) -> list[Reply]:
    assert partial.day is not None
    assert partial.outcome is not None
    before = turn.store.relatives_helped(turn.person.id)
    if partial.replaces is not None and not turn.store.withdraw_log(turn.person.id, partial.replaces, turn.now):
        draft.put_away(turn)
        return [
            Reply(_("Buổi này thầy cô đã duyệt hoặc em đã rút rồi. Cần sửa, em nhờ thầy cô nhé.")),
            *home.menu(turn),
        ]
    told = Draft(partial.day, partial.minutes, partial.habitual, partial.outcome, partial.relatives, partial.skills)
    log_id = turn.store.add_log(turn.person, told, turn.now, partial.replaces)
    draft.put_away(turn)
    new = [code for code in partial.relatives if code not in before]
    if partial.outcome == "VUONG":
        turn.person.doing = f"stuck:{log_id}"
        ask = _(
            "Đã ghi ✅ {Relative} vướng chỗ nào? Em nhắn một câu, thầy cô sẽ xem giúp.",
            Relative=capital(words.relatives(partial.relatives)),
        )
        return [Reply(ask, (Choice(_("Bỏ qua"), "home"), Choice(_("Sửa"), f"correct:{log_id}")))]
    done = _("Đã ghi ✅")
    if new and len(before | set(new)) > 1:
        done += " " + _(
            "{Relative} là người thứ {count} em giúp.", Relative=words.title(new[-1]), count=len(before | set(new))
        )
    elif new:
        done += " " + _("Em đã giúp được người thân đầu tiên. Giỏi lắm!")
    return [
        Reply(
            done,
            (Choice(_("Sổ của em"), "book"), Choice(_("Sửa"), f"correct:{log_id}"), Choice(_("Ghi buổi khác"), "log")),
        )
    ]


def stuck(turn: Turn, log_id: str) -> list[Reply]:
    """What the relative was stuck at, in the pupil's words, masked; a whole new log is taken as one."""
    reading = reader().read(turn.said, turn.now)
    if reading.is_log and reading.minutes is not None:
        return log.sentence(turn)
    note = mask(" ".join(turn.said.split()))
    turn.person.doing = ""
    turn.store.note(turn.person.id, int(log_id), note.text[:NOTE_LENGTH])
    warning = [home.secret_warning(turn)] if note.kinds else []
    return [*warning, Reply(_("Cảm ơn em, thầy cô sẽ thấy câu này trong tuần.")), *home.menu(turn)]


def drop(turn: Turn) -> list[Reply]:
    """Do not save it."""
    draft.put_away(turn)
    return [Reply(_("Mình bỏ rồi, chưa ghi gì cả.")), *home.menu(turn)]


def correct(turn: Turn, log_id: str) -> list[Reply]:
    """Correct a saved log: a new line takes its place once it is confirmed."""
    saved = turn.store.log(turn.person.id, int(log_id))
    if saved is None or saved.state not in ("told", "confirmed") or turn.person.role != "pupil":
        return [
            Reply(_("Buổi này thầy cô đã duyệt hoặc em đã rút rồi. Cần sửa, em nhờ thầy cô nhé.")),
            *home.menu(turn),
        ]
    draft.keep(turn, replace(draft.as_partial(saved), replaces=saved.id))
    return draft.fix(turn)
