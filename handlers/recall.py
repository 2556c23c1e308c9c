"""A week and a month later: can the relative still do it? Asked of them, or of the pupil for them."""

from datetime import datetime, timedelta

import content
from bot.port import Choice, Reply
from bot.rules import reminding
from bot.rules.remembering import AFTER, CATCH_UP, Question, questions
from bot.texts import _, capital, manner_for, speaking
from db.store import Store, Told
from handlers import confirm, home, next_thing, words
from handlers.turn import Turn

# Sessions older than this are asked about no more, and questions older than this are not needed to know it.
LOOK_BACK = timedelta(days=max(AFTER)) + CATCH_UP


def rows(store: Store, unit_id: int, now: datetime) -> list[dict[str, object]]:
    """The outbox rows of a class for today: one question a pupil at most, at the hour of whoever is asked."""
    today = now.date()
    pupils = {pupil.id for pupil in store.pupils(unit_id)}
    logs = {log.id: log for log in store.logs([unit_id], today - LOOK_BACK, today) if log.pupil_id in pupils}
    asked = [
        (question, at.astimezone(now.tzinfo).date())
        for about, at in store.abouts("recall", now - LOOK_BACK)
        if (question := _question(about, logs)) is not None
    ]
    found = [_row(store, question, now) for question in questions(logs.values(), asked, today)]
    return [row for row in found if row is not None]


def _question(about: str, logs: dict[int, Told]) -> Question | None:
    log_id, relative, skill, after = about.split(":")
    log = logs.get(int(log_id))
    return None if log is None else Question(log.pupil_id, log.id, relative, skill, int(after))


def _row(store: Store, question: Question, now: datetime) -> dict[str, object] | None:
    about = f"{question.log_id}:{question.relative}:{question.skill}:{question.after}"
    person_id = store.linked(question.pupil_id).get(question.relative, question.pupil_id)
    who = store.person(person_id)
    group = reminding.audience("pupil" if person_id == question.pupil_id else "learner", who.address)
    moment = max(now, reminding.at(now.date(), reminding.good_minute(group, now.weekday()), now))
    if moment != reminding.by_day(moment):
        return None  # too late today; the next day catches up with it
    return {
        "key": f"recall:{about}",
        "person_id": person_id,
        "kind": "recall",
        "about": about,
        "urgency": 1,
        "free_at": moment,
        "written_at": now,
    }


def ask(turn: Turn, about: str) -> list[Reply]:
    """The question; nothing when the log counts no more or the person has no word in it any more."""
    log_id, relative, skill, after = about.split(":")
    log = turn.store.any_log(int(log_id))
    how = confirm.whose_phone(turn, log, relative)
    if log is None or how is None or log.state in ("withdrawn", "wrong"):
        return []
    kin = content.relatives()[relative]
    ago = _("Tuần trước") if int(after) == AFTER[0] else _("Tháng trước")
    choices = tuple(
        Choice(label, f"recall:{about}:{answer}")
        for answer, label in (("still", _("Vẫn làm được")), ("help", _("Cần nhắc một chút")), ("forgot", _("Quên rồi")))
    )
    if how == "own":
        pupil = words.pupil(kin, turn.store.person(log.pupil_id).nickname)
        with speaking(manner_for(turn.person.locale, kin.you)):
            said = _(
                "{You} ơi, {ago} {pupil} chỉ {you} {doing}. Giờ {you} còn tự làm được không ạ?",
                ago=ago.lower(),
                pupil=pupil,
                doing=words.doing((skill,)),
            )
        return [Reply(said, choices)]
    said = _(
        "{name} ơi, {ago} em chỉ {relative} {doing}. Giờ {kin} còn tự làm được không? Em hỏi {kin} giúp mình nhé.",
        name=turn.person.nickname,
        ago=ago.lower(),
        relative=words.relative(relative),
        doing=words.doing((skill,)),
        kin=kin.you,
    )
    return [Reply(said, choices)]


def answered(turn: Turn, log_id: str, relative: str, skill: str, after: str, answer: str) -> list[Reply]:
    """How it stands now; what was forgotten suggests the lesson."""
    log = turn.store.any_log(int(log_id))
    how = confirm.whose_phone(turn, log, relative)
    if log is None or how is None or log.state in ("withdrawn", "wrong"):
        return home.stale(turn)
    by = "own" if how == "own" else "pupil"
    turn.store.answer(log.id, relative, skill, int(after), answer, by, turn.person.id, turn.now)
    if by == "own":
        if answer != "still":
            _tell_pupil(turn, log, relative, skill, after)
        with speaking(manner_for(turn.person.locale, content.relatives()[relative].you)):
            return [_to_relative(skill, answer)]
    return _to_pupil(turn, log, relative, skill, answer)


def _to_relative(skill: str, answer: str) -> Reply:
    if answer == "still":
        return Reply(_("{You} nhớ giỏi quá ạ! 🌼"), (Choice(_("Trang chính"), "home"),))
    calm = _("Dạ không sao ạ, quên là chuyện thường. {You} xem lại bài này nhé, chỉ vài phút thôi.")
    return Reply(calm, (*_lesson(skill), Choice(_("Để sau"), "home")))


def _to_pupil(turn: Turn, log: Told, relative: str, skill: str, answer: str) -> list[Reply]:
    if answer == "still":
        said = _("Hay quá! {Relative} nhớ được rồi 🌼", Relative=words.title(relative))
        return next_thing.offer(turn, log.id, said)
    calm = _(
        "Không sao, quên là chuyện thường. Em chỉ lại {relative} một lần nhé, bài này giúp em:",
        relative=words.relative(relative),
    )
    again = Choice(_("Nhắc em"), f"soon:{relative}:{skill}")
    return [Reply(calm, (*_lesson(skill), again, Choice(_("Trang chính"), "home")))]


def _lesson(skill: str) -> tuple[Choice, ...]:
    slug = content.lesson_of_skill().get(skill)
    return (Choice(_("Xem bài này"), f"lesson:{slug}"),) if slug else ()


def _tell_pupil(turn: Turn, log: Told, relative: str, skill: str, after: str) -> None:
    row: dict[str, object] = {
        "key": f"recalled:{log.id}:{relative}:{skill}:{after}",
        "person_id": log.pupil_id,
        "kind": "recalled",
        "about": f"{log.id}:{relative}:{skill}",
        "urgency": 1,
        "free_at": reminding.by_day(turn.now),
        "written_at": turn.now,
    }
    turn.store.write_outbox([row])


def tell(turn: Turn, about: str) -> list[Reply]:
    """The pupil hears what the relative forgot, and what to do about it."""
    log_id, relative, skill = about.split(":")
    log = turn.store.log(turn.person.id, int(log_id))
    if log is None or turn.person.role != "pupil":
        return []
    said = _(
        "{Relative} cần em chỉ lại: {skill}. Quên là chuyện thường, em giúp một lần nữa nhé.",
        Relative=words.title(relative),
        skill=words.skill(skill),
    )
    choices = (*_lesson(skill), Choice(_("Nhắc em"), f"soon:{relative}:{skill}"), Choice(_("Sổ của em"), "book"))
    return [Reply(capital(said), choices)]
