"""The teacher corrects a session of the class: a new version with a reason, and the old one stays to be seen."""

from dataclasses import replace

from bot.port import Choice, Reply
from bot.rules import reminding, second_thoughts
from bot.rules.draft import Partial, missing
from bot.rules.masking import mask
from bot.texts import _
from db.store import Draft, Told
from handlers import asking, check, classroom, draft, history, home, save, states, words
from handlers.turn import Turn

MOST_LETTERS = 100  # of a reason


def begin(turn: Turn, log_id: str) -> list[Reply]:
    """Which part is not right?"""
    log = classroom.log(turn, int(log_id))
    if log is None:
        return home.stale(turn)
    if not states.may(log, "refute", "teacher"):
        return [Reply(_("Buổi này vừa thay đổi, {you} xem lại giúp {me}.")), *check.one(turn, log_id)]
    draft.keep(turn, replace(draft.as_partial(log), replaces=log.id, pupil_id=log.pupil_id))
    return draft.fix(turn)


def keep(turn: Turn, mark: str) -> list[Reply]:
    """Exactly the line that carried this button is right; now the reason."""

    def chosen(partial: Partial) -> list[Reply]:
        old = _old(turn, partial)
        if partial.pupil_id is None or mark != asking.mark(turn) or missing(partial) is not None:
            return draft.proceed(turn, partial)
        if old is not None and _complete(partial, old) == _as_saved(old):
            return [Reply(_("Chưa có gì khác bản cũ ạ.")), *draft.proceed(turn, partial)]
        return [_ask_why(turn, partial)]

    return draft.with_draft(turn, chosen)


def _ask_why(turn: Turn, partial: Partial) -> Reply:
    mark = asking.mark(turn)
    choices = (
        Choice(_("Em ấy ghi nhầm"), f"why:slip:{mark}"),
        Choice(_("Hỏi lại người thân"), f"why:asked:{mark}"),
        Choice(_("Lý do khác"), f"why:other:{mark}"),
        Choice(_("Thôi, giữ nguyên"), f"view:{partial.replaces}:decided"),
    )
    return Reply(_("{You} sửa vì sao ạ? Em ấy cũng đọc được lý do này."), choices)


def why(turn: Turn, code: str, mark: str) -> list[Reply]:
    """A reason was chosen, or one is to be written."""

    def chosen(partial: Partial) -> list[Reply]:
        if partial.pupil_id is None or mark != asking.mark(turn):
            return draft.proceed(turn, partial)
        if code != "other":
            return _replace(turn, partial, f":{code}")
        turn.person.doing = "reason"
        return [_ask_reason(partial)]

    return draft.with_draft(turn, chosen)


def _ask_reason(partial: Partial) -> Reply:
    ask = _("{You} viết lý do trong một dòng giúp {me}, nhiều nhất {most} ký tự.", most=MOST_LETTERS)
    return Reply(ask, (Choice(_("Thôi, giữ nguyên"), f"view:{partial.replaces}:decided"),))


def written(turn: Turn) -> list[Reply]:
    """The reason in the teacher's own words, masked."""

    def chosen(partial: Partial) -> list[Reply]:
        if second_thoughts.leaves(turn.said):
            return draft.drop(turn)
        found = mask(turn.said.lstrip(": "))  # a colon begins the reasons that are chosen
        if partial.pupil_id is None or not found.text or len(found.text) > MOST_LETTERS:
            return [_ask_reason(partial)]
        warning = [home.secret_warning(turn)] if found.kinds else []
        return [*warning, *_replace(turn, partial, found.text)]

    return draft.with_draft(turn, chosen)


def _replace(turn: Turn, partial: Partial, reason: str) -> list[Reply]:
    """Both versions stay; the new one counts."""
    old = _old(turn, partial)
    draft.put_away(turn)
    new = None
    if old is not None and states.may(old, "refute", "teacher"):
        new = turn.store.replace_log(old, _complete(partial, old), turn.person.id, turn.now, reason)
    if old is None or new is None:
        return [Reply(_("Buổi này em ấy vừa rút hoặc sửa nên {me} chưa đổi gì ạ.")), *check.waiting(turn)]
    _tell(turn, old.pupil_id, new)
    return [Reply(_("Đã sửa ✅ Bản cũ và lý do vẫn còn trong sổ.")), *check.one(turn, str(new), "decided")]


def _old(turn: Turn, partial: Partial) -> Told | None:
    return classroom.log(turn, partial.replaces) if partial.replaces is not None else None


def _complete(partial: Partial, old: Told) -> Draft:
    """The corrected line; the fingerprint of the pupil's sentence stays with it."""
    return replace(save.as_draft(partial), wording=old.wording)


def _as_saved(old: Told) -> Draft:
    return _complete(draft.as_partial(old), old)


def _tell(turn: Turn, pupil_id: int, log_id: int) -> None:
    row: dict[str, object] = {
        "key": f"amended:{log_id}",
        "person_id": pupil_id,
        "kind": "amended",
        "about": f"{log_id}:{turn.person.address}",
        "urgency": 1,
        "free_at": reminding.by_day(turn.now),
        "written_at": turn.now,
    }
    turn.store.write_outbox([row])


def amended(turn: Turn, about: str) -> list[Reply]:
    """The pupil reads what was corrected and why; nothing when it counts no more."""
    log_id, address = about.split(":")
    log = turn.store.log(turn.person.id, int(log_id))
    if log is None or log.state != "checked" or turn.person.role != "pupil":
        return []
    said = _(
        "{name} ơi, {teacher} sửa giúp em một buổi: {line}. Lý do: {reason}. Thấy chưa đúng thì em nói lại với {teacher} nhé.",
        name=turn.person.nickname,
        teacher=words.teacher(address),
        line=words.line(turn, draft.as_partial(log)),
        reason=history.reason(turn.store.changes([log.id])[0].reason),
    )
    return [Reply(said, (Choice(_("Xem buổi này"), f"one:{log.id}"), Choice(_("Sổ của em"), "book")))]
