"""Save a log that was shown, or correct a saved one."""

import json
from dataclasses import replace

from bot.port import Choice, Reply
from bot.rules import week
from bot.rules.draft import Partial, fingerprint, missing, was_corrected
from bot.rules.masking import mask
from bot.rules.praise import after_session
from bot.texts import _, capital
from db.store import Draft
from handlers import asking, confirm, draft, home, log, states, words
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
        if partial.pupil_id is not None or mark != asking.mark(turn) or missing(partial) is not None:
            return draft.proceed(turn, partial)
        return _save(turn, partial)

    return draft.with_draft(turn, chosen)


def _save(turn: Turn, partial: Partial) -> list[Reply]:
    if partial.paper is not None:
        return _save_from_paper(turn, partial, partial.paper)
    before = turn.store.relatives_helped(turn.person.id)
    if partial.replaces is not None:
        replaced = turn.store.log(turn.person.id, partial.replaces)
        if not states.move(turn, replaced, "withdraw", "pupil", reason="corrected"):
            draft.put_away(turn)
            return too_late(turn)
    told = as_draft(partial)
    log_id = turn.store.add_log(turn.person, told, turn.now, partial.replaces)
    _keep_correction(turn, partial)
    draft.put_away(turn)
    if told.outcome == "VUONG":
        return [_ask_stuck(turn, log_id, told)]
    return [_saved(turn, log_id, told, before)]


def _save_from_paper(turn: Turn, partial: Partial, pupil_id: int) -> list[Reply]:
    """A leader's entry is the other pupil's own, and says for ever that it came from the paper book."""
    assert turn.person.unit_id is not None
    turn.store.add_from_paper(pupil_id, turn.person.unit_id, as_draft(partial), turn.person.id, turn.now)
    draft.put_away(turn)
    said = _("Đã ghi ✅ cho bạn {name}, từ sổ giấy.", name=turn.store.person(pupil_id).nickname)
    ways = (
        Choice(_("Ghi tiếp cho bạn này"), f"fill:{pupil_id}"),
        Choice(_("Bạn khác"), "paper_book:0"),
        Choice(_("Trang chính"), "home"),
    )
    return [Reply(said, ways)]


def as_draft(partial: Partial) -> Draft:
    """A complete line as the store takes it."""
    assert partial.day is not None
    assert partial.outcome is not None
    return Draft(
        partial.day,
        partial.minutes,
        partial.habitual,
        partial.outcome,
        partial.relatives,
        partial.skills,
        partial.began,
        fingerprint(partial.said),
    )


def _keep_correction(turn: Turn, partial: Partial) -> None:
    """A sentence that became something else than was understood teaches us something."""
    saved = draft.essence(partial, turn.today)
    if partial.said and was_corrected(json.loads(partial.read), saved):
        turn.store.add_correction(turn.person.id, partial.said, partial.read, json.dumps(saved), turn.now)


def _ask_stuck(turn: Turn, log_id: int, told: Draft) -> Reply:
    turn.person.doing = f"stuck:{log_id}"
    ask = _(
        "Đã ghi ✅ {Relative} vướng chỗ nào? Em nhắn một câu, thầy cô sẽ xem giúp.",
        Relative=capital(words.relatives(told.relatives)),
    )
    return Reply(ask, (Choice(_("Bỏ qua"), f"next:{log_id}"), Choice(_("Sửa"), f"correct:{log_id}")))


def _saved(turn: Turn, log_id: int, told: Draft, before: set[str]) -> Reply:
    """Thanks, one kind word, and the relative's turn."""
    monday = week.week_of(turn.today).first
    sessions = sum(1 for day in turn.store.own_days(turn.person.id) if day >= monday)
    praise = after_session(before, told.relatives, sessions)
    said = [_("Đã ghi ✅")]
    if praise.enough:
        said.append(_("Tuần này em giúp nhiều rồi, nhớ nghỉ ngơi nhé."))
    elif praise.count > 1:
        said.append(
            _("{Relative} là người thứ {count} em giúp.", Relative=words.title(praise.newly), count=praise.count)
        )
    elif praise.count == 1:
        said.append(_("Em đã giúp được người thân đầu tiên. Giỏi lắm!"))
    return confirm.after_saving(turn, " ".join(said), log_id, told.relatives)


def stuck(turn: Turn, log_id: str) -> list[Reply]:
    """What the relative was stuck at, in the pupil's words, masked; a whole new log is taken as one."""
    reading = reader().read(turn.said, turn.now)
    if reading.is_log and reading.minutes is not None:
        return log.sentence(turn)
    note = mask(" ".join(turn.said.split()))
    turn.person.doing = ""
    turn.store.note(turn.person.id, int(log_id), note.text[:NOTE_LENGTH])
    warning = [home.secret_warning(turn)] if note.kinds else []
    return [*warning, *confirm.go_on(turn, int(log_id), _("Cảm ơn em, thầy cô sẽ thấy câu này trong tuần."))]


def after_stuck(turn: Turn, log_id: str) -> list[Reply]:
    """Nothing to add about what went wrong."""
    turn.person.doing = ""
    return confirm.go_on(turn, int(log_id), _("Không sao, lần sau thử lại nhé."))


def correct(turn: Turn, log_id: str) -> list[Reply]:
    """Correct a saved log: a new line takes its place once it is confirmed."""
    saved = turn.store.log(turn.person.id, int(log_id))
    if saved is None or saved.state not in ("told", "confirmed") or turn.person.role != "pupil":
        return too_late(turn)
    draft.keep(turn, replace(draft.as_partial(saved), replaces=saved.id))
    return draft.fix(turn)


def too_late(turn: Turn) -> list[Reply]:
    """What was checked or taken back is not the pupil's to change any more."""
    return [
        Reply(_("Buổi này thầy cô đã duyệt hoặc em đã rút rồi. Cần sửa, em nhờ thầy cô nhé.")),
        *home.menu(turn),
    ]
