"""Take a lesson: one idea a message, back and again at any time, a try on the own phone, a question at the end."""

import content
from bot.menu import page
from bot.port import MOST_CHOICES, Choice, Reply
from bot.rules import reminding
from bot.texts import _, capital, counted
from db.models import Progress
from handlers import home, lesson_words, path, review, topic_test, words
from handlers.lesson_words import Asked
from handlers.turn import Turn


def topics(turn: Turn, start: str = "0") -> list[Reply]:
    """The shelves."""
    named = [Choice(lesson_words.topic(slug), f"topic:{slug}:0") for slug in content.topics()]
    return [Reply(_("{You} muốn học về gì ạ?"), page(named, int(start), _("Chủ đề khác"), "topics"), menu=True)]


def topic(turn: Turn, slug: str, start: str) -> list[Reply]:
    """The lessons of a shelf; finished ones are marked. The test of the topic stands on the last page."""
    lessons = [name for name, lesson in content.lessons().items() if lesson.topic == slug]
    progress = turn.store.progress(turn.person.id)
    done = [name for name in lessons if (p := progress.get(name)) and p.finished_at]
    named = [Choice(_label(name, progress.get(name)), f"lesson:{name}") for name in lessons]
    named.append(_test(turn, slug, len(done) == len(lessons)))
    following = int(start) + 4
    more = (
        Choice(_("Bài khác"), f"topic:{slug}:{following}")
        if following < len(named)
        else Choice(_("Chủ đề khác"), "topics:0")
    )
    ask = _("{topic}: {count} bài, đã xong {done}.", topic=lesson_words.topic(slug), count=len(lessons), done=len(done))
    return [Reply(ask, (*named[int(start) : int(start) + 4], more), menu=True)]


def _test(turn: Turn, slug: str, finished: bool) -> Choice:
    if finished or topic_test.measure(turn, slug).before:
        return Choice(_("Kiểm tra sau khi học"), f"tests:{slug}:after")
    return Choice(_("Kiểm tra trước khi học"), f"tests:{slug}:before")


def _label(name: str, progress: Progress | None) -> str:
    done = " ✓" if progress and progress.finished_at else ""
    return lesson_words.title(name) + done


# -- the player --------------------------------------------------------------------------------


def show(turn: Turn, slug: str) -> list[Reply]:
    """Open a lesson where it was left."""
    if slug not in content.lessons():
        return home.stale(turn)
    count = len(lesson_words.steps(slug))
    found = turn.store.progress(turn.person.id).get(slug)
    at = found.step if found and found.finished_at is None else 0
    title = lesson_words.title(slug)
    other = Choice(_("Bài khác"), f"topic:{content.lessons()[slug].topic}:0")
    if at > 0:
        follow = Choice(_("Học tiếp"), f"step:{slug}:{at}")
        ask = _("Bài “{title}”: lần trước {you} dừng ở bước {at}/{count}.", title=title, at=at, count=count)
        return [Reply(ask, (follow, Choice(_("Học từ đầu"), f"step:{slug}:1"), _knows(slug), other), menu=True)]
    ask = counted("Bài “{title}” có {n} bước ngắn. {You} bắt đầu nhé?", count, title=title)
    return [Reply(ask, (Choice(_("Bắt đầu"), f"step:{slug}:1"), _knows(slug), other), menu=True)]


def _knows(slug: str) -> Choice:
    return Choice(_("{You} biết rồi"), f"known:{slug}")


def resume(turn: Turn) -> list[Reply]:
    """The lesson left half-done last, else the next one of the person's path."""
    found = path.suggestion(turn)
    return show(turn, found.slug) if found and found.why == "begun" else path.show(turn)


def step(turn: Turn, slug: str, number: str) -> list[Reply]:
    """One step, or the try after the last one."""
    steps, at = lesson_words.steps(slug), int(number)
    if at > len(steps):
        return try_it(turn, slug)
    progress = turn.store.lesson_progress(turn.person.id, slug, turn.now)
    progress.step = at
    said = [_("Bước {at}/{count}. {step}", at=at, count=len(steps), step=steps[at - 1])]
    if note := lesson_words.note(slug, at):
        said.append(note)
    voice = turn.shelf.step_voice(slug, at)
    shown = (turn.shelf.step_card(slug, at), voice if turn.own_screen else None)
    hear = Choice(_("Nghe"), f"hear:{slug}:{at}") if voice and not turn.own_screen else None
    return [Reply("\n".join(said), _around(slug, at, hear), tuple(filter(None, shown)))]


def _around(slug: str, at: int, hear: Choice | None) -> tuple[Choice, ...]:
    """The ways on from a step. Our page has a button to listen beside the words, so `hear` is for messengers."""
    choices = [Choice(_("Tiếp"), f"step:{slug}:{at + 1}"), *([hear] if hear else [])]
    if at > 1:
        choices.append(Choice(_("Quay lại"), f"step:{slug}:{at - 1}"))
        choices.append(Choice(_("Làm lại từ đầu"), f"step:{slug}:1"))
    return (*choices, Choice(_("Nghỉ"), "rest"))


def hear(turn: Turn, slug: str, number: str) -> list[Reply]:
    """A step read aloud, and after the last one what to remember; gone since, the words again."""
    at = int(number)
    if at > len(lesson_words.steps(slug)):
        voice = turn.shelf.closing_voice(slug)
        return [Reply(voice.alt, media=(voice,)), _question(turn, slug)] if voice else ask(turn, slug)
    voice = turn.shelf.step_voice(slug, at)
    if voice is None:
        return step(turn, slug, number)
    return [Reply(voice.alt, _around(slug, at, Choice(_("Nghe lại"), f"hear:{slug}:{at}")), (voice,))]


def rest(turn: Turn) -> list[Reply]:
    """Stop for now; the place is kept."""
    return [Reply(_("Dạ, {me} nhớ chỗ này rồi. Lúc nào {you} bấm “Học tiếp” cũng được ạ.")), *home.menu(turn)]


def try_it(turn: Turn, slug: str) -> list[Reply]:
    """The practice task, on the own phone."""
    choices = (
        Choice(_("Làm được"), f"tried:{slug}:yes"),
        Choice(_("Chưa được"), f"tried:{slug}:no"),
        Choice(_("Hỏi người giúp"), f"tried:{slug}:help"),
        Choice(_("Xem lại bài"), f"step:{slug}:1"),
    )
    return [Reply(_("Giờ làm thử nhé. {practice}", practice=lesson_words.practice(slug)), choices)]


def tried(turn: Turn, slug: str, how: str) -> list[Reply]:
    """How the try went; whoever could not do it yet tries again, calls somebody, or goes on."""
    if how == "yes":
        return ask(turn, slug)
    again = (
        Choice(_("Thử lại"), f"try:{slug}"),
        Choice(_("Xem lại bài"), f"step:{slug}:1"),
        Choice(_("Sang câu hỏi"), f"ask:{slug}"),
        Choice(_("Nghỉ"), "rest"),
    )
    if how == "no":
        help_me = Choice(_("Hỏi người giúp"), f"tried:{slug}:help")
        calm = _("Không sao ạ, chưa quen tay thôi. {You} xem lại các bước rồi thử lần nữa nhé.")
        return [Reply(calm, (*again[:2], help_me, *again[2:]))]
    said = _(
        "{You} đưa máy cho người nhà, nhờ chỉ bằng lời thôi, {you} tự bấm nhé. Mật khẩu, mã OTP thì không đưa cho ai ạ."
    )
    if called := _call_for_help(turn, slug):
        said = _("{Me} đã nhắn {names} giúp {you} rồi ạ.", names=called) + " " + said
    return [Reply(said, again)]


def _call_for_help(turn: Turn, slug: str) -> str:
    """The pupils linked with this person are told, once a day for a lesson; their names."""
    mine = [kin for kin in turn.store.kin(turn.person.id) if kin.learner_id == turn.person.id]
    turn.store.write_outbox(
        [
            {
                "key": f"wanted:{kin.id}:{slug}:{turn.today}",
                "person_id": kin.pupil_id,
                "kind": "wanted",
                "about": f"{kin.relative}:{slug}",
                "urgency": 1,
                "free_at": reminding.by_day(turn.now),
                "written_at": turn.now,
            }
            for kin in mine
        ]
    )
    return ", ".join(turn.store.person(kin.pupil_id).nickname for kin in mine)


def wanted(turn: Turn, about: str) -> list[Reply]:
    """A relative asks for help with a lesson."""
    relative, slug = about.split(":")
    if turn.person.role != "pupil" or slug not in content.lessons():
        return []
    said = _(
        "{Relative} đang học bài “{title}” và cần em giúp một tay.",
        Relative=words.title(relative),
        title=lesson_words.title(slug),
    )
    skill = content.lessons()[slug].skill
    choices = (Choice(_("Xem bài này"), f"lesson:{slug}"), Choice(_("Nhắc em"), f"soon:{relative}:{skill}"))
    return [Reply(said, (*choices, Choice(_("Ghi buổi giúp"), "log")))]


# -- the question ------------------------------------------------------------------------------


def ask(turn: Turn, slug: str) -> list[Reply]:
    """The warning, the usual mistake, then a question: another one each time the lesson is taken."""
    remember = _("Nhớ nhé: {warning}", warning=lesson_words.warning(slug))
    often = _("Hay nhầm: {mistake}", mistake=lesson_words.mistake(slug))
    voice = turn.shelf.closing_voice(slug)
    heard = (voice,) if voice and turn.own_screen else ()
    hear = (
        (Choice(_("Nghe điều cần nhớ"), f"hear:{slug}:{len(lesson_words.steps(slug)) + 1}"),)
        if voice and not heard
        else ()
    )
    return [Reply(f"{remember}\n{often}", media=heard), _question(turn, slug, hear)]


def _question(turn: Turn, slug: str, more: tuple[Choice, ...] = ()) -> Reply:
    number = _number(turn, slug)
    asked = lesson_words.question(slug, number)
    choices = (*_options("answer", slug, number, asked), Choice(_("Xem lại bài"), f"step:{slug}:1"), *more)
    return Reply(_("Một câu nhỏ trước khi nghỉ: {ask}", ask=asked.ask), choices[:MOST_CHOICES])


def _number(turn: Turn, slug: str) -> int:
    """The first question never answered rightly, else the first."""
    right = {card.question for card in turn.store.cards(turn.person.id) if card.lesson == slug and card.right}
    return next((number for number in range(1, lesson_words.count(slug) + 1) if number not in right), 1)


def _options(route: str, slug: str, number: int, asked: Asked) -> list[Choice]:
    return [Choice(option, f"{route}:{slug}:{number}:{place}") for place, option in enumerate(asked.options, 1)]


def known(turn: Turn, slug: str) -> list[Reply]:
    """ "Tôi biết rồi": one right answer, and the lesson need not be taken."""
    number = _number(turn, slug)
    asked = lesson_words.question(slug, number)
    said = _("Hay quá! Vậy {me} hỏi một câu thôi: {ask}", ask=asked.ask)
    return [Reply(said, (*_options("knows", slug, number, asked), Choice(_("Học từ đầu"), f"step:{slug}:1")))]


def knows(turn: Turn, slug: str, number: str, place: str) -> list[Reply]:
    """The answer of somebody who says they know the lesson."""
    asked = lesson_words.question(slug, int(number))
    if int(place) != asked.right:
        review.keep(turn, slug, int(number), "wrong")
        said = _("Chưa đúng {you} ơi, không sao ạ. {why}", why=asked.why)
        return [Reply(said, (Choice(_("Học bài này"), f"step:{slug}:1"), Choice(_("Bài khác"), "topics")))]
    return _finish(turn, slug, int(number), asked, known=True)


def answer(turn: Turn, slug: str, number: str, place: str) -> list[Reply]:
    """Right or not yet, and why."""
    asked = lesson_words.question(slug, int(number))
    progress = turn.store.lesson_progress(turn.person.id, slug, turn.now)
    progress.answers += 1
    progress.right = int(place) == asked.right
    if not progress.right:
        review.keep(turn, slug, int(number), "wrong")
        said = _("Chưa đúng {you} ơi, không sao ạ. {why}", why=asked.why)
        return [
            Reply(
                said,
                (
                    Choice(_("Trả lời lại"), f"ask:{slug}"),
                    Choice(_("Xem lại bài"), f"step:{slug}:1"),
                    Choice(_("Bài khác"), "topics"),
                ),
            )
        ]
    progress.step = len(lesson_words.steps(slug))
    return _finish(turn, slug, int(number), asked)


def _finish(turn: Turn, slug: str, number: int, asked: Asked, *, known: bool = False) -> list[Reply]:
    review.keep(turn, slug, number, "right")
    before = path.left(turn)
    progress = turn.store.lesson_progress(turn.person.id, slug, turn.now)
    if progress.finished_at is None:
        progress.finished_at, progress.known = turn.now, known
    done = _("{You} đã xong bài “{title}”.", title=lesson_words.title(slug))
    said = [_("Đúng rồi ạ! {why}", why=asked.why), done]
    choices = [Choice(_("Bài tiếp theo"), "resume"), Choice(_("Chia sẻ bài này"), f"share:{slug}")]
    if before > 0 == path.left(turn):
        said.append(_("{You} đã học hết các bài của đường học “{group}” rồi ạ!", group=path.title(turn)))
        choices.insert(0, path.certificate())
    if turn.person.role == "pupil":
        said.append(_go_and_help(slug))
        choices.insert(0, Choice(_("Nhắc em đi giúp"), f"soon::{content.lessons()[slug].skill}"))
    return [Reply("\n".join(filter(None, said)), (*choices, Choice(_("Nghỉ"), "home")))]


def _go_and_help(slug: str) -> str:
    """What a pupil has learnt is there to be passed on."""
    skill = content.lessons()[slug].skill
    if skill not in content.first_choices().skills:
        return ""
    return _("Giờ em đi giúp người nhà nhé: {skill}.", skill=capital(words.skill(skill)))
