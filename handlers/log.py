"""Tell a help session in one sentence, or begin with three taps."""

import json
from dataclasses import replace
from datetime import timedelta

from bot.menu import is_meant
from bot.port import Choice, Reply
from bot.rules import agreeing, answering, second_thoughts
from bot.rules.draft import UNCLEAR_RELATIVE, Partial, missing, past, sensible
from bot.rules.reading import Pieces, Reading
from bot.texts import _
from handlers import book, draft, home, plan
from handlers.reading import reader
from handlers.turn import Turn


def sentence(turn: Turn) -> list[Reply]:
    """Understand a line; show what was understood, or ask for what is missing."""
    reading = _read(turn)
    warning = [home.secret_warning(turn)] if reading.secrets else []
    if turn.person.role == "pupil" and second_thoughts.mends(turn.said):
        return warning + book.mine(turn)
    if not reading.is_log:
        return warning + _not_a_log(turn, reading.not_log, bool(reading.secrets))
    if turn.person.role != "pupil":
        return [*warning, _only_pupils(turn)]
    minutes, back = sensible(reading.minutes), past(reading.date_offset_days)
    partial = Partial(
        relatives=reading.relatives,
        skills=reading.skills,
        minutes=minutes or draft.usual_minutes(turn),
        habitual=minutes is None,
        day=None if back is None else turn.today + timedelta(days=back),
        outcome=reading.outcome,
        began=reading.began,
        said=reading.masked_text,
    )
    open_draft = draft.load(turn)
    if open_draft is not None:
        partial = replace(partial, paper=open_draft.paper)  # a leader's sentence is of the same pupil
    partial = replace(partial, read=json.dumps(draft.essence(partial, turn.today), separators=(",", ":")))
    return warning + draft.proceed(turn, partial)


def _read(turn: Turn) -> Reading:
    """The line; where it is unclear whom it names, the relatives helped before decide."""
    reading = reader().read(turn.said, turn.now)
    if UNCLEAR_RELATIVE in reading.relatives and turn.person.role == "pupil":
        return reader().read(turn.said, turn.now, turn.store.relatives_helped(turn.person.id))
    return reading


def answered(turn: Turn) -> list[Reply]:
    """Words while a log is half told: they complete it, leave it, begin a new one, or are said beside it."""
    partial = draft.load(turn)
    if partial is None:
        return sentence(turn)
    if partial.picking and is_meant(turn.said, _("Xong")):
        return draft.done(turn, partial.picking)
    if second_thoughts.leaves(turn.said):
        return draft.drop(turn)
    gist = second_thoughts.gist(turn.said, lambda words: answering.fields(_pieces(turn, words, partial)))
    if not gist or (missing(partial) is None and agreeing.denies(turn.said)):
        return draft.fix(turn)
    found = answering.meant(gist, _pieces(turn, gist, partial), partial)
    return _answer(turn, partial, gist, found)


def _answer(turn: Turn, partial: Partial, gist: str, found: Pieces) -> list[Reply]:
    named, asked, words = answering.fields(found), missing(partial), len(gist.split())
    reading = _read(turn)
    warning = [home.secret_warning(turn)] if reading.secrets else []
    mine = partial.pupil_id is None  # a teacher's words can be no new log
    if mine and second_thoughts.names_a_line(turn.said):
        saved = Reply(_("Muốn sửa hay rút buổi đã ghi, em bấm “Buổi đã ghi” nhé."), (Choice(_("Buổi đã ghi"), "mine"),))
        return warning + draft.beside(turn, partial, [saved])
    if reading.is_log and mine and not answering.completes(named, asked):
        return sentence(turn)
    kind = reader().read(gist, turn.now).not_log if words <= answering.FRAGMENT else reading.not_log
    if answering.is_answer(kind, named, asked, words):
        return warning + draft.proceed(turn, answering.filled(partial, found, turn.today))
    if kind == "victim":
        return [*warning, _emergency()]  # nothing else is said now; the log can wait
    return warning + draft.beside(turn, partial, _not_a_log(turn, kind, bool(warning)))


def _pieces(turn: Turn, words: str, partial: Partial) -> Pieces:
    """What words name; "bà" is the grandmother of whom the log tells."""
    return reader().pieces(words, turn.now, () if partial.picking else partial.relatives)


def _only_pupils(turn: Turn) -> Reply:
    if turn.person.role is None:
        return Reply(
            _("Muốn ghi buổi giúp, em vào lớp bằng mã thầy cô phát trước nhé."),
            (Choice(_("Em là học sinh"), "iam:pupil"),),
        )
    return Reply(_("Sổ ghi buổi giúp là của học sinh. {You} xem bài học nhé?"), (Choice(_("Học bài"), "topics"),))


def _not_a_log(turn: Turn, why: str, warned: bool) -> list[Reply]:
    if why == "victim":
        return [_emergency()]
    if why == "cheat":
        cheer = _(
            "Mình chỉ ghi buổi có thật thôi nhé 🙂 Tối nay chỉ ông bà một việc 5 phút là có thật rồi. Thử “Chữ to hơn” không?"
        )
        return [Reply(cheer, (Choice(_("Xem bài"), "lesson:chu-to-hon"), *plan.choices(turn)))]
    if why == "plan":
        soon = _("Hay quá! Làm xong {you} nhắn mình một câu để ghi nhé. Cần mình nhắc không?")
        meant = reader().pieces(turn.said, turn.now)
        relative, skill = next(iter(meant.relatives), ""), next(iter(meant.skills), "")
        return [Reply(soon, (*plan.choices(turn, relative, skill), Choice(_("Không cần"), "home")))]
    if why == "no_attempt":
        calm = _("Không sao đâu. Khi nào rảnh, 5 phút cũng là một buổi.")
        return [Reply(calm, (Choice(_("Xem bài học"), "topics"), Choice(_("Nhắc em"), "remind")))]
    if why == "question":
        return [
            Reply(
                _("{Me} chưa trả lời được câu này. Có thể trong bài học đã có, {you} xem nhé."),
                (Choice(_("Xem bài học"), "topics"), *_ask_teacher(turn), Choice(_("Trợ giúp"), "help")),
            )
        ]
    if why == "greeting":
        return [Reply(_("Chào {you} ạ!")), *home.menu(turn)]
    if why == "data":
        return [Reply(_("{You} xem, xóa hoặc rút lại đồng ý ở đây nhé."), (Choice(_("Dữ liệu của tôi"), "data"),))]
    return home.menu(turn) if warned else home.unknown(turn)


def _ask_teacher(turn: Turn) -> tuple[Choice, ...]:
    return (Choice(_("Hỏi thầy cô"), "ask_teacher"),) if turn.person.role == "pupil" else ()


def _emergency() -> Reply:
    """Somebody was or is being scammed: the same three lines at once, always (lesson L48)."""
    return Reply(
        "\n".join(
            [
                _("{You} bình tĩnh, làm ngay 3 việc này:"),
                _("1. Đừng chuyển thêm tiền, đừng đọc mã OTP cho ai."),
                _("2. Gọi ngân hàng để khóa tài khoản."),
                _("3. Báo công an (113) và người nhà."),
            ]
        ),
        (Choice(_("Xem từng bước"), "lesson:lo-bi-lua"),),
    )


def start(turn: Turn, line: str = "") -> list[Reply]:
    """Whom → which skill → how it went, with the usual length of today; "/giup bà …" is a sentence."""
    if line:
        turn.said = line
        return sentence(turn)
    if turn.person.role != "pupil":
        return [_only_pupils(turn)]
    return draft.proceed(turn, Partial(minutes=draft.usual_minutes(turn), day=turn.today, tapped=True))


def again(turn: Turn) -> list[Reply]:
    """The same as last time, today; still to be confirmed."""
    if turn.person.role != "pupil":
        return [_only_pupils(turn)]
    last = turn.store.own_logs(turn.person.id, limit=1)
    if not last:
        return [Reply(_("Em chưa có buổi nào để lặp lại.")), *start(turn)]
    return draft.proceed(turn, replace(draft.as_partial(last[0]), day=turn.today, began=None))
