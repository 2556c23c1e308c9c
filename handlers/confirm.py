"""The relative's word on a session: on the pupil's phone, handed over, or on an account of their own."""

from collections.abc import Collection
from datetime import timedelta

import content
from bot.port import Choice, Reply
from bot.rules import reminding
from bot.texts import _, addressed, capital, locale, manner_for, speaking
from content.schema import EasyQuestion
from db.store import Told
from handlers import home, next_thing, states, words
from handlers.turn import Turn

REMIND_AFTER = timedelta(days=2)
UNCHECKED = ("told", "confirmed")
MOST_HANDED = 2  # buttons on one reply


# -- after a session was saved -----------------------------------------------------------------


def after_saving(turn: Turn, said: str, log_id: int, relatives: tuple[str, ...]) -> Reply:
    """What was said after saving, and each relative's turn: on their own account, or on this phone."""
    linked = turn.store.linked(turn.person.id)
    _ask(turn, log_id, {code: linked[code] for code in relatives if code in linked})
    return invite(said, log_id, relatives, linked)


def _ask(turn: Turn, log_id: int, people: dict[str, int]) -> None:
    """One question, and one reminder two days later."""
    turn.store.write_outbox(
        [
            {
                "key": f"confirm:{log_id}:{code}:{number}",
                "person_id": person_id,
                "kind": "confirm",
                "about": f"{log_id}:{code}",
                "urgency": 1,
                "free_at": reminding.by_day(moment),
                "written_at": turn.now,
            }
            for code, person_id in people.items()
            for number, moment in enumerate((turn.now, turn.now + REMIND_AFTER))
        ]
    )


def invite(said: str, log_id: int, relatives: tuple[str, ...], linked: Collection[str]) -> Reply:
    """The phone's way to the relatives who have none of their own."""
    asked = tuple(code for code in relatives if code in linked)
    here = tuple(code for code in relatives if code not in linked)[:MOST_HANDED]
    if asked:
        said += " " + _("Mình hỏi {relatives} trên máy riêng nhé.", relatives=words.relatives(asked))
    if here:
        said += " " + _("Nhờ {relatives} bấm xác nhận luôn nhé?", relatives=words.relatives(here))
    after = Choice(_("Để sau"), f"later:{log_id}") if here else Choice(_("Sổ của em"), "book")
    correct = Choice(_("Sửa"), f"correct:{log_id}")
    return Reply(said.strip(), (*handing(log_id, relatives, linked), after, correct, Choice(_("Ghi buổi khác"), "log")))


def handing(log_id: int, relatives: tuple[str, ...], linked: Collection[str]) -> list[Choice]:
    """To hand the phone to each relative of a session who has no account of their own, two at most."""
    here = [code for code in relatives if code not in linked][:MOST_HANDED]
    return [
        Choice(_("Đưa máy cho {relative}", relative=words.relative(code)), f"hand:{log_id}:{code}") for code in here
    ]


def go_on(turn: Turn, log_id: int, said: str) -> list[Reply]:
    """After what went wrong was told: the relative's turn."""
    log = turn.store.log(turn.person.id, log_id)
    if log is None:
        return [Reply(said), *home.menu(turn)]
    return [after_saving(turn, said, log.id, log.relatives)]


def later(turn: Turn, log_id: str) -> list[Reply]:
    """Not now: it stays as told, and the phone can be handed over from the logbook."""
    calm = _("Được thôi. Khi nào tiện, em mở “Sổ của em” rồi đưa máy để xác nhận nhé.")
    return [Reply(calm), *next_thing.offer(turn, int(log_id))]


# -- the question to the relative --------------------------------------------------------------


def hand(turn: Turn, log_id: str, relative: str) -> list[Reply]:
    """The one screen for the relative who holds the pupil's phone now."""
    log = turn.store.log(turn.person.id, int(log_id))
    if log is None or turn.person.role != "pupil" or relative not in log.relatives:
        return home.stale(turn)
    if log.state not in UNCHECKED:
        return [Reply(_("Buổi này thầy cô đã xem rồi, không cần xác nhận nữa em nhé.")), *home.menu(turn)]
    with speaking(manner_for(turn.person.locale, content.relatives()[relative].you)):
        return [_question(turn, log, relative, turn.person.nickname)]


def asked(turn: Turn, about: str) -> list[Reply]:
    """The question on the relative's own account; nothing when it was answered or came to nothing."""
    log_id, _colon, relative = about.partition(":")
    log = turn.store.any_log(int(log_id))
    if (
        log is None
        or log.state not in UNCHECKED
        or not _is_kin(turn, log, relative)
        or _has_answered(turn, log, relative)
    ):
        return []
    with speaking(manner_for(turn.person.locale, content.relatives()[relative].you)):
        return [_question(turn, log, relative, turn.store.person(log.pupil_id).nickname)]


def _question(turn: Turn, log: Told, relative: str, nickname: str) -> Reply:
    kin = content.relatives()[relative]
    ask = _(
        "Dạ chào {you}. {When} {pupil} chỉ {you} {doing}, phải không ạ?",
        When=capital(words.near_day(turn, log.day)),
        pupil=words.pupil(kin, nickname),
        doing=words.doing(log.skills),
    )
    about = f"kin:{log.id}:{relative}"
    return Reply(
        ask,
        (
            Choice(_("Đúng rồi"), f"{about}:right"),
            Choice(_("Chưa đúng"), f"{about}:wrong"),
            Choice(_("{You} vẫn cần giúp"), f"{about}:help"),
        ),
    )


def answered(turn: Turn, log_id: str, relative: str, answer: str) -> list[Reply]:
    """The relative's word: yes, not so, or yes and more help is needed."""
    log = turn.store.any_log(int(log_id))
    how = whose_phone(turn, log, relative)
    if log is None or how is None:
        return home.stale(turn)
    manner = manner_for(turn.person.locale, content.relatives()[relative].you)
    if not states.move(turn, log, "deny" if answer == "wrong" else "confirm", how, reason=f"{relative}:{answer}"):
        with speaking(manner):
            return [_thanks(turn, log, relative, how, _("Dạ, buổi này thầy cô đã xem rồi ạ."))]
    turn.store.answer(log.id, relative, "", 0, answer, how, turn.person.id, turn.now)
    if how == "own":
        _tell_pupil(turn, log, relative, answer)
    with speaking(manner):
        return [_after(turn, log, relative, how, answer)]


def _after(turn: Turn, log: Told, relative: str, how: str, answer: str) -> Reply:
    pupil = words.pupil(content.relatives()[relative], turn.store.person(log.pupil_id).nickname)
    if answer == "wrong":
        said = _("Dạ, {me} ghi lại lời {you} rồi. {Pupil} sẽ xem lại cùng {you} ạ.", Pupil=capital(pupil))
        return _thanks(turn, log, relative, how, said)
    if answer == "help":
        said = _("Dạ, không sao ạ, từ từ là quen. {Pupil} sẽ chỉ {you} thêm.", Pupil=capital(pupil))
        return _thanks(turn, log, relative, how, said)
    found = _easy(log)
    if found is None:
        return _thanks(turn, log, relative, how, _("Dạ cảm ơn {you}. {You} giỏi quá ạ! 🌼"))
    number, (ask, options, _why) = found
    choices = [Choice(option, f"easy:{log.id}:{relative}:{number}:{place}") for place, option in enumerate(options, 1)]
    forgot = Choice(_("{You} chưa nhớ"), f"easy:{log.id}:{relative}:{number}:0")
    return Reply(_("{You} thử một câu cho vui nhé: {ask}", ask=ask), (*choices, forgot))


def easy(turn: Turn, log_id: str, relative: str, number: str, place: str) -> list[Reply]:
    """The easy question was answered: praise, or the reason without a word of blame."""
    log = turn.store.any_log(int(log_id))
    how = whose_phone(turn, log, relative)
    found = _easy(log) if log else None
    if log is None or how is None or found is None:
        return home.stale(turn)
    question = content.skills()[log.skills[int(number)]].easy
    assert question is not None
    right = int(place) == question.right
    turn.store.knew(log.id, relative, right)
    with speaking(manner_for(turn.person.locale, content.relatives()[relative].you)):
        why = _said(question)[2]
        said = _("{You} giỏi quá ạ! 🌼") if right else _("Dạ không sao ạ. {why}", why=why)
        return [_thanks(turn, log, relative, how, said)]


def _easy(log: Told) -> tuple[int, tuple[str, tuple[str, ...], str]] | None:
    """The first skill of the session with an easy question: its place, and the question in this language."""
    for number, code in enumerate(log.skills):
        question = content.skills()[code].easy
        if question is not None:
            return number, _said(question)
    return None


def _said(question: EasyQuestion) -> tuple[str, tuple[str, ...], str]:
    if locale() != "vi":
        return question.ask_en, question.options_en, question.why_en
    return addressed(question.ask), tuple(map(addressed, question.options)), addressed(question.why)


def _thanks(turn: Turn, log: Told, relative: str, how: str, said: str) -> Reply:
    """The last words to the relative: on the pupil's phone it goes back, on their own they go on."""
    if how == "own":
        slug = next(filter(None, (content.lesson_of_skill().get(code) for code in log.skills)), None)
        lesson = (Choice(_("Xem lại bài"), f"lesson:{slug}"),) if slug else ()
        return Reply(said, (*lesson, Choice(_("Trang chính"), "home")))
    pupil = words.pupil(content.relatives()[relative], turn.person.nickname)
    give_back = _("{You} trả máy cho {pupil} giúp nhé.", pupil=pupil)
    mine = Choice(_("{name} nhận lại máy", name=turn.person.nickname), f"back:{log.id}:{relative}")
    return Reply(f"{said} {give_back}", (mine,))


# -- the pupil again ---------------------------------------------------------------------------


def taken_back(turn: Turn, log_id: str, relative: str) -> list[Reply]:
    """The pupil holds the phone again and reads what the relative said."""
    log = turn.store.log(turn.person.id, int(log_id))
    if log is None or turn.person.role != "pupil":
        return home.stale(turn)
    given = next((one for one in turn.store.answers([log.id]) if (one.relative, one.after) == (relative, 0)), None)
    return _news(turn, log, relative, given.answer if given else "")


def _tell_pupil(turn: Turn, log: Told, relative: str, answer: str) -> None:
    row: dict[str, object] = {
        "key": f"news:{log.id}:{relative}:{answer}",
        "person_id": log.pupil_id,
        "kind": "news",
        "about": f"{log.id}:{relative}:{answer}",
        "urgency": 1,
        "free_at": reminding.by_day(turn.now),
        "written_at": turn.now,
    }
    turn.store.write_outbox([row])


def news(turn: Turn, about: str) -> list[Reply]:
    """What a relative said on their own account, for the pupil."""
    log_id, relative, answer = about.split(":")
    log = turn.store.log(turn.person.id, int(log_id))
    if log is None or log.state == "withdrawn" or turn.person.role != "pupil":
        return []
    return _news(turn, log, relative, answer)[-1:]


def _news(turn: Turn, log: Told, relative: str, answer: str) -> list[Reply]:
    who = words.title(relative)
    if answer == "wrong":
        said = _(
            "{Relative} bảo buổi này chưa đúng. Em xem lại cùng {relative} nhé.",
            Relative=who,
            relative=words.relative(relative),
        )
        return [
            Reply(
                said,
                (
                    Choice(_("Sửa"), f"correct:{log.id}"),
                    Choice(_("Rút lại"), f"withdraw:{log.id}"),
                    Choice(_("Để nguyên"), "book"),
                ),
            )
        ]
    said = _("{Relative} đã xác nhận 🌼", Relative=who)
    if answer == "help":
        said += " " + _("{Relative} vẫn cần em giúp thêm, em hẹn một buổi nữa nhé.", Relative=who)
    return next_thing.offer(turn, log.id, said)


def whose_phone(turn: Turn, log: Told | None, relative: str) -> str | None:
    """On whose phone the relative answers; None when this person has no word in it."""
    if log is None or relative not in log.relatives:
        return None
    if log.pupil_id == turn.person.id:
        return "handed" if turn.person.role == "pupil" else None
    return "own" if _is_kin(turn, log, relative) else None


def _is_kin(turn: Turn, log: Told, relative: str) -> bool:
    return turn.store.linked(log.pupil_id).get(relative) == turn.person.id


def _has_answered(turn: Turn, log: Told, relative: str) -> bool:
    return any((one.relative, one.after) == (relative, 0) for one in turn.store.answers([log.id]))
