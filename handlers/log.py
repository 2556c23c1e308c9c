"""Record a help session: one sentence and a tap, or three taps."""

import json
import zlib
from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import date, timedelta

import content
from bot.port import Choice, Reply
from bot.rules.draft import UNCLEAR_RELATIVE, Partial, clear_up, frequent, missing
from bot.rules.masking import mask
from bot.rules.reading import Reading
from bot.texts import N_, _, capital, short_day, weekday
from db.store import Draft, Told
from handlers import home, words
from handlers.reading import reader
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
NOTE_LENGTH = 200


# -- one sentence ------------------------------------------------------------------------------


def sentence(turn: Turn) -> list[Reply]:
    """Understand a line; show what was understood, or ask for what is missing."""
    reading = _read(turn)
    warning = [_warning(turn)] if reading.secrets else []
    if not reading.is_log:
        return warning + _not_a_log(turn, reading.not_log, bool(reading.secrets))
    if turn.person.role != "pupil":
        return [*warning, _only_pupils(turn)]
    day = None if reading.date_offset_days is None else turn.today + timedelta(days=reading.date_offset_days)
    partial = Partial(
        relatives=reading.relatives,
        skills=reading.skills,
        minutes=reading.minutes or _usual_minutes(turn),
        habitual=reading.minutes is None,
        day=day,
        outcome=reading.outcome,
    )
    return warning + proceed(turn, partial)


def _read(turn: Turn) -> Reading:
    """The line; where it is unclear whom it names, the relatives helped before decide."""
    reading = reader().read(turn.said, turn.now)
    if UNCLEAR_RELATIVE in reading.relatives and turn.person.role == "pupil":
        return reader().read(turn.said, turn.now, turn.store.relatives_helped(turn.person.id))
    return reading


def answered(turn: Turn) -> list[Reply]:
    """Words while a log is half told: they complete it, or they are a new line."""
    partial = _load(turn)
    found = _read(turn)
    if partial is None or found.is_log or found.not_log in ("question", "plan", "cheat", "command", "victim", "data"):
        return sentence(turn)
    said = reader().pieces(turn.said, turn.now)
    changes: dict[str, object] = {}
    if said.relatives:
        changes["relatives"] = said.relatives
    if said.skills:
        changes["skills"] = said.skills
    if said.minutes is not None:
        changes |= {"minutes": said.minutes, "habitual": False}
    if said.dated and said.date_offset_days is not None:
        changes["day"] = turn.today + timedelta(days=said.date_offset_days)
    if said.outcome != "KHONG_RO":
        changes["outcome"] = said.outcome
    if not changes:
        return sentence(turn)
    return proceed(turn, replace(partial, **changes))  # type: ignore[arg-type]  # keys and types as in Partial


def _warning(turn: Turn) -> Reply:
    return Reply(
        _(
            "{You} đừng gửi mật khẩu, mã OTP hay số giấy tờ cho ai nhé, kể cả ở đây. "
            "{Me} đã xóa, không lưu lại. Nếu là mật khẩu thật thì nên đổi mật khẩu khác cho chắc."
        )
    )


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
        return [Reply(cheer, (Choice(_("Xem bài"), "lesson:chu-to-hon"), Choice(_("Nhắc em"), "remind")))]
    if why == "plan":
        soon = _("Hay quá! Làm xong {you} nhắn mình một câu để ghi nhé. Cần mình nhắc không?")
        return [Reply(soon, (Choice(_("Nhắc em"), "remind"), Choice(_("Xem bài học"), "topics")))]
    if why == "no_attempt":
        calm = _("Không sao đâu. Khi nào rảnh, 5 phút cũng là một buổi.")
        return [Reply(calm, (Choice(_("Xem bài học"), "topics"), Choice(_("Nhắc em"), "remind")))]
    if why == "question":
        return [
            Reply(
                _("{Me} chưa trả lời được câu này. Có thể trong bài học đã có, {you} xem nhé:"),
                (Choice(_("Xem bài học"), "topics"), Choice(_("Trợ giúp"), "help")),
            )
        ]
    if why == "greeting":
        return [Reply(_("Chào {you} ạ!")), *home.menu(turn)]
    if why == "data":
        return [Reply(_("{You} xem, xóa hoặc rút lại đồng ý ở đây nhé:"), (Choice(_("Dữ liệu của tôi"), "data"),))]
    return home.menu(turn) if warned else home.unknown(turn)


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


# -- three taps --------------------------------------------------------------------------------


def start(turn: Turn, line: str = "") -> list[Reply]:
    """Whom → which skill → how it went, with the usual length of today; "/giup bà …" is a sentence."""
    if line:
        turn.said = line
        return sentence(turn)
    if turn.person.role != "pupil":
        return [_only_pupils(turn)]
    return proceed(turn, Partial(minutes=_usual_minutes(turn), day=turn.today, tapped=True))


def again(turn: Turn) -> list[Reply]:
    """The same as last time, today; still to be confirmed."""
    if turn.person.role != "pupil":
        return [_only_pupils(turn)]
    last = turn.store.own_logs(turn.person.id, limit=1)
    if not last:
        return [Reply(_("Em chưa có buổi nào để lặp lại.")), *start(turn)]
    return proceed(turn, replace(as_partial(last[0]), day=turn.today, replaces=None))


def proceed(turn: Turn, partial: Partial) -> list[Reply]:
    """Ask for the one thing missing, or show the line to be saved."""
    _keep(turn, partial)
    ask = missing(partial)
    return [card(turn, partial)] if ask is None else [_QUESTIONS[ask](turn, partial)]


def card(turn: Turn, partial: Partial) -> Reply:
    """What will be saved, in one line, with the tap that saves it."""
    return Reply(
        _("Em ghi: {line}.", line=words.line(turn, partial)),
        (
            Choice(_("Đúng, ghi lại"), f"save:{_mark(turn)}"),
            Choice(_("Sửa"), "fix"),
            Choice(_("Đổi số phút"), "fix:length"),
            Choice(_("Không ghi"), "drop"),
        ),
    )


def ask_who(turn: Turn, partial: Partial, start: int = 0) -> Reply:
    """Whom; the person's own relatives first."""
    common = content.first_choices().relatives
    codes = frequent([log.relatives for log in turn.store.own_logs(turn.person.id, limit=30)], common)
    return _pages(_("Em giúp ai?"), [(words.title(code), f"whom:{code}") for code in codes], "whom+", start)


def ask_which(turn: Turn, partial: Partial) -> Reply:
    """ "ba" without marks is a grandmother or a father: ask, never guess."""
    return Reply(_("“ba” là ai em nhỉ?"), tuple(Choice(words.title(code), f"whom:{code}") for code in UNCLEAR))


def ask_skill(turn: Turn, partial: Partial, start: int = 0) -> Reply:
    """Which skill; the person's own first."""
    common = content.first_choices().skills
    codes = frequent([log.skills for log in turn.store.own_logs(turn.person.id, limit=30)], common)
    ask = _("Em chỉ {relative} việc gì?", relative=words.relatives(partial.relatives))
    return _pages(ask, [(words.skill_label(code), f"what:{code}") for code in codes], "what+", start)


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
    choices = tuple(Choice(words.outcome_label(code), f"went:{code}:{_mark(turn)}") for code in ANSWERS)
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


def _pages(ask: str, named: list[tuple[str, str]], more: str, start: int) -> Reply:
    shown = [Choice(label, value) for label, value in named[start : start + 4]]
    following = start + 4 if start + 4 < len(named) else 0
    return Reply(ask, (*shown, Choice(_("Khác…"), f"{more}:{following}")))


def more_who(turn: Turn, start: str) -> list[Reply]:
    """Other relatives."""
    return _with(turn, lambda partial: [ask_who(turn, partial, int(start))])


def more_skills(turn: Turn, start: str) -> list[Reply]:
    """Other skills."""
    return _with(turn, lambda partial: [ask_skill(turn, partial, int(start))])


def whom(turn: Turn, code: str) -> list[Reply]:
    """The relative was chosen."""

    def chosen(partial: Partial) -> list[Reply]:
        unclear = UNCLEAR_RELATIVE in partial.relatives
        return proceed(turn, clear_up(partial, code) if unclear else replace(partial, relatives=(code,)))

    return _with(turn, chosen)


def what(turn: Turn, code: str) -> list[Reply]:
    """The skill was chosen."""
    return _with(turn, lambda partial: proceed(turn, replace(partial, skills=(code,))))


def when(turn: Turn, day: str) -> list[Reply]:
    """The day was chosen."""
    return _with(turn, lambda partial: proceed(turn, replace(partial, day=date.fromisoformat(day))))


def length(turn: Turn, count: str) -> list[Reply]:
    """The length was chosen."""
    return _with(turn, lambda partial: proceed(turn, replace(partial, minutes=int(count), habitual=False)))


def went(turn: Turn, code: str, mark: str) -> list[Reply]:
    """The outcome was chosen; after three taps on a line that was shown, this saves it."""

    def chosen(partial: Partial) -> list[Reply]:
        shown = mark == _mark(turn)
        complete = replace(partial, outcome=code)
        if partial.tapped and shown and missing(complete) is None:
            return _save(turn, complete)
        return proceed(turn, complete)

    return _with(turn, chosen)


# -- confirm, correct, drop --------------------------------------------------------------------


def save(turn: Turn, mark: str) -> list[Reply]:
    """Save exactly the line that carried this button."""

    def chosen(partial: Partial) -> list[Reply]:
        if mark != _mark(turn) or missing(partial) is not None:
            return proceed(turn, partial)
        return _save(turn, partial)

    return _with(turn, chosen)


def _save(turn: Turn, partial: Partial) -> list[Reply]:
    assert partial.day is not None
    assert partial.outcome is not None
    before = turn.store.relatives_helped(turn.person.id)
    if partial.replaces is not None and not turn.store.withdraw_log(turn.person.id, partial.replaces, turn.now):
        _put_away(turn)
        return [
            Reply(_("Buổi này thầy cô đã duyệt hoặc em đã rút rồi. Cần sửa, em nhờ thầy cô nhé.")),
            *home.menu(turn),
        ]
    draft = Draft(partial.day, partial.minutes, partial.habitual, partial.outcome, partial.relatives, partial.skills)
    log_id = turn.store.add_log(turn.person, draft, turn.now, partial.replaces)
    _put_away(turn)
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
    """What the relative was stuck at, in the pupil's words, masked."""
    note = mask(" ".join(turn.said.split()))
    turn.person.doing = ""
    turn.store.note(turn.person.id, int(log_id), note.text[:NOTE_LENGTH])
    warning = [_warning(turn)] if note.kinds else []
    return [*warning, Reply(_("Cảm ơn em, thầy cô sẽ thấy câu này trong tuần.")), *home.menu(turn)]


def fix(turn: Turn, part: str = "") -> list[Reply]:
    """Which part is not right?"""

    def chosen(partial: Partial) -> list[Reply]:
        ask = {**_QUESTIONS, "length": ask_length}.get(part)
        if ask is None:
            return [Reply(_("Em muốn sửa chỗ nào?"), tuple(Choice(_(label), f"fix:{name}") for name, label in FIXES))]
        changed = replace(partial, tapped=False)  # after a correction the whole line is shown again
        _keep(turn, changed)
        return [ask(turn, changed)]

    return _with(turn, chosen)


def drop(turn: Turn) -> list[Reply]:
    """Do not save it."""
    _put_away(turn)
    return [Reply(_("Mình bỏ rồi, chưa ghi gì cả.")), *home.menu(turn)]


def correct(turn: Turn, log_id: str) -> list[Reply]:
    """Correct a saved log: a new line takes its place once it is confirmed."""
    log = turn.store.log(turn.person.id, int(log_id))
    if log is None or log.state not in ("told", "confirmed"):
        return [
            Reply(_("Buổi này thầy cô đã duyệt hoặc em đã rút rồi. Cần sửa, em nhờ thầy cô nhé.")),
            *home.menu(turn),
        ]
    _keep(turn, replace(as_partial(log), replaces=log.id))
    return fix(turn)


def _with(turn: Turn, then: Callable[[Partial], list[Reply]]) -> list[Reply]:
    partial = _load(turn)
    if partial is None:
        return [Reply(_("Buổi này đã ghi hoặc đã bỏ rồi.")), *home.menu(turn)]
    return then(partial)


def _usual_minutes(turn: Turn) -> int:
    last = turn.store.own_logs(turn.person.id, limit=1)
    return last[0].minutes if last else Partial().minutes


def as_partial(log: Told) -> Partial:
    """A saved log as a line that can be shown, repeated or corrected."""
    return Partial(log.relatives, log.skills, log.minutes, log.habitual, log.day, log.outcome)


def _keep(turn: Turn, partial: Partial) -> None:
    turn.person.doing = "log"
    turn.person.memory = json.dumps(asdict(partial), default=str, separators=(",", ":"))


def _load(turn: Turn) -> Partial | None:
    if turn.person.doing != "log":
        return None
    kept = json.loads(turn.person.memory)
    kept["day"] = date.fromisoformat(kept["day"]) if kept["day"] else None
    return Partial(**{**kept, "relatives": tuple(kept["relatives"]), "skills": tuple(kept["skills"])})


def _put_away(turn: Turn) -> None:
    turn.person.doing = turn.person.memory = ""


def _mark(turn: Turn) -> str:
    """A short mark of the line as it stands, so that an older button cannot save a newer line."""
    return f"{zlib.crc32(turn.person.memory.encode()):08x}"
