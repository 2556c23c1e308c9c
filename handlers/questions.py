"""Pupils ask the teacher; the questions arrive as a list, and each answer goes back to its pupil."""

from bot.port import Choice, Reply
from bot.rules import reminding
from bot.rules.masking import mask
from bot.texts import _, counted
from db.models import PupilQuestion
from handlers import classroom, home, log, words
from handlers.reading import reader
from handlers.turn import Turn

MOST_OPEN = 5
MOST_LETTERS = 300
SHOWN = 4


# -- the pupil ---------------------------------------------------------------------------------


def ask(turn: Turn, question: str = "") -> list[Reply]:
    """Ask the teacher; "/hoi …" asks at once."""
    unit = classroom.reached(turn, "ask")
    if unit is None:
        return home.unknown(turn)
    if len(turn.store.open_questions(unit.id, turn.person.id)) >= MOST_OPEN:
        wait = _("Em đang có {most} câu chờ thầy cô trả lời. Em đợi thầy cô một chút nhé.", most=MOST_OPEN)
        return [Reply(wait), *home.menu(turn)]
    turn.person.doing, turn.person.memory = "ask_teacher", ""
    if question:
        turn.said = question
        return asked(turn)
    how = _("Em viết câu hỏi trong một tin nhé. Chỉ thầy cô chủ nhiệm đọc.")
    return [Reply(how, (Choice(_("Thôi, không hỏi"), "home"),))]


def asked(turn: Turn) -> list[Reply]:
    """The question was written; whoever is being scammed is helped first."""
    unit = classroom.reached(turn, "ask")
    if unit is None or reader().read(turn.said, turn.now).not_log == "victim":
        turn.person.doing = ""
        return log.sentence(turn)
    found = mask(turn.said)
    if len(found.text) > MOST_LETTERS:
        return [Reply(_("Em viết ngắn lại giúp mình, nhiều nhất {most} ký tự nhé.", most=MOST_LETTERS))]
    turn.person.doing = ""
    turn.store.ask_teacher(turn.person.id, unit.id, found.text, turn.now)
    warning = [home.secret_warning(turn)] if found.kinds else []
    sent = _("Mình chuyển câu hỏi tới thầy cô rồi. Có câu trả lời mình nhắn em ngay.")
    return [*warning, Reply(sent), *home.menu(turn)]


def answered(turn: Turn, about: str) -> list[Reply]:
    """The answer comes back to the pupil; `about` is the question's id."""
    found = turn.store.question(int(about))
    if found is None or found.pupil_id != turn.person.id or turn.person.role != "pupil":
        return []
    by = turn.store.person(found.answered_by).address if found.answered_by is not None else ""
    said = _(
        "{name} ơi, {teacher} trả lời câu “{question}”:\n{answer}",
        name=turn.person.nickname,
        teacher=words.teacher(by),
        question=found.text,
        answer=found.answer,
    )
    return [Reply(said, (Choice(_("Hỏi thêm"), "ask_teacher"), Choice(_("Ghi buổi giúp"), "log")))]


# -- the teacher -------------------------------------------------------------------------------


def show(turn: Turn) -> list[Reply]:
    """What the pupils ask, the oldest first."""
    unit = classroom.reached(turn, "answer")
    if unit is None:
        return home.unknown(turn)
    turn.person.doing = ""
    found = turn.store.open_questions(unit.id)
    ways = (Choice(_("Chi tiết lớp"), "class:0"), Choice(_("Trang chính"), "home"))
    if not found:
        return [Reply(_("Không có câu hỏi nào chờ {you} ạ."), ways)]
    names = classroom.names(turn)
    lines = [counted("{n} câu hỏi của các em:", len(found))]
    lines += [f"{number}. {names[one.pupil_id]}: “{one.text}”" for number, one in enumerate(found[:SHOWN], 1)]
    answers = [
        Choice(_("Trả lời câu {number}", number=number), f"reply_to:{one.id}")
        for number, one in enumerate(found[:SHOWN], 1)
    ]
    return [Reply("\n".join(lines), (*answers, Choice(_("Để sau"), "home")))]


def reply_to(turn: Turn, question_id: str) -> list[Reply]:
    """The teacher writes the answer."""
    found = _mine(turn, question_id)
    if found is None:
        return home.stale(turn)
    turn.person.doing = f"reply_to:{found.id}"
    ask = _("{You} viết câu trả lời cho {name}: “{question}”", name=_name(turn, found), question=found.text)
    return [Reply(ask, (Choice(_("Để sau"), "questions"),))]


def replied(turn: Turn, question_id: str) -> list[Reply]:
    """The answer was written; it goes to the pupil, masked, in the daytime."""
    found = _mine(turn, question_id)
    if found is None:
        turn.person.doing = ""
        return home.stale(turn)
    answer = mask(turn.said)
    if len(answer.text) > MOST_LETTERS:
        return [Reply(_("{You} viết ngắn lại giúp {me}, nhiều nhất {most} ký tự nhé.", most=MOST_LETTERS))]
    found.answer, found.answered_by, found.answered_at = answer.text, turn.person.id, turn.now
    turn.store.flush()
    row: dict[str, object] = {"key": f"answered:{found.id}", "person_id": found.pupil_id, "kind": "answered"}
    free_at = reminding.by_day(turn.now)
    turn.store.write_outbox([{**row, "about": str(found.id), "urgency": 0, "free_at": free_at, "written_at": turn.now}])
    warning = [home.secret_warning(turn)] if answer.kinds else []
    return [*warning, Reply(_("Đã gửi câu trả lời.")), *show(turn)]


def _mine(turn: Turn, question_id: str) -> PupilQuestion | None:
    unit = classroom.reached(turn, "answer")
    found = turn.store.question(int(question_id)) if unit else None
    waiting = found is not None and unit is not None and found.unit_id == unit.id and found.answered_at is None
    return found if waiting else None


def _name(turn: Turn, found: PupilQuestion) -> str:
    return classroom.names(turn)[found.pupil_id]
