"""Take a lesson: one idea a message, back and again at any time, something to try, a question at the end."""

from typing import Protocol

import content
from bot.menu import page
from bot.port import Choice, Reply
from bot.texts import _, addressed, counted, locale
from db.models import Progress
from handlers import home
from handlers.turn import Turn


class Words(Protocol):
    """What a lesson says, in one language."""

    @property
    def title(self) -> str: ...
    @property
    def practice(self) -> str: ...
    @property
    def mistake(self) -> str: ...
    @property
    def warning(self) -> str: ...


def topics(turn: Turn, start: str = "0") -> list[Reply]:
    """The shelves."""
    named = [Choice(_topic(slug), f"topic:{slug}:0") for slug in content.topics()]
    return [Reply(_("{You} muốn học về gì ạ?"), page(named, int(start), _("Chủ đề khác"), "topics"))]


def topic(turn: Turn, slug: str, start: str) -> list[Reply]:
    """The lessons of a shelf; finished ones are marked."""
    lessons = [name for name, lesson in content.lessons().items() if lesson.topic == slug]
    progress = turn.store.progress(turn.person.id)
    named = [Choice(_label(name, progress.get(name)), f"lesson:{name}") for name in lessons]
    following = int(start) + 4
    more = (
        Choice(_("Bài khác"), f"topic:{slug}:{following}")
        if following < len(named)
        else Choice(_("Chủ đề khác"), "topics:0")
    )
    done = sum(1 for name in lessons if (p := progress.get(name)) and p.finished_at)
    ask = _("{topic}: {count} bài, đã xong {done}.", topic=_topic(slug), count=len(lessons), done=done)
    return [Reply(ask, (*named[int(start) : int(start) + 4], more))]


def show(turn: Turn, slug: str) -> list[Reply]:
    """Open a lesson where it was left."""
    steps = _steps(slug)
    found = turn.store.progress(turn.person.id).get(slug)
    at = found.step if found and found.finished_at is None else 0
    again = Choice(_("Học từ đầu"), f"step:{slug}:1")
    if at > 0:
        follow = Choice(_("Học tiếp"), f"step:{slug}:{at}")
        ask = _("Bài “{title}”: lần trước {you} dừng ở bước {at}/{count}.", title=title(slug), at=at, count=len(steps))
        return [Reply(ask, (follow, again, Choice(_("Bài khác"), _shelf(slug))))]
    ask = counted(
        "Bài “{title}” có {n} bước ngắn. {You} bắt đầu nhé?",
        len(steps),
        title=title(slug),
    )
    return [Reply(ask, (Choice(_("Bắt đầu"), f"step:{slug}:1"), Choice(_("Bài khác"), _shelf(slug))))]


def resume(turn: Turn) -> list[Reply]:
    """The lesson left half-done last, else the first one not yet done."""
    slug = next_lesson(turn)
    return show(turn, slug) if slug else [Reply(_("{You} đã học hết các bài. Giỏi quá ạ!")), *topics(turn)]


def next_lesson(turn: Turn) -> str | None:
    """What to learn next: what was begun, else the first lesson not finished."""
    progress = turn.store.progress(turn.person.id)
    begun = [row for row in progress.values() if row.finished_at is None and row.lesson in content.lessons()]
    if begun:
        return max(begun, key=lambda row: row.seen_at).lesson
    return next((slug for slug in content.lessons() if slug not in progress), None)


def step(turn: Turn, slug: str, number: str) -> list[Reply]:
    """One step, or what to try after the last one."""
    steps, at = _steps(slug), int(number)
    if at > len(steps):
        return practice(slug)
    progress = turn.store.lesson_progress(turn.person.id, slug, turn.now)
    progress.step = at
    words = [_("Bước {at}/{count}. {step}", at=at, count=len(steps), step=steps[at - 1])]
    original = content.lessons()[slug].steps[at - 1]
    if original.check and "có thể khác theo" not in original.text:  # some say so themselves
        words.append(_("(Tên mục có thể khác theo máy.)"))
    choices = [Choice(_("Tiếp"), f"step:{slug}:{at + 1}"), Choice(_("Đọc lại bước này"), f"step:{slug}:{at}")]
    if at > 1:
        choices.append(Choice(_("Bước trước"), f"step:{slug}:{at - 1}"))
    return [Reply("\n".join(words), (*choices, Choice(_("Học sau"), "rest")))]


def rest(turn: Turn) -> list[Reply]:
    """Stop for now; the place is kept."""
    return [Reply(_("Dạ, {me} nhớ chỗ này rồi. Lúc nào {you} bấm “Học tiếp” cũng được ạ.")), *home.menu(turn)]


def practice(slug: str) -> list[Reply]:
    """One small thing to try on the own phone."""
    choices = (
        Choice(_("Làm được"), f"tried:{slug}:done"),
        Choice(_("Chưa được"), f"tried:{slug}:not_yet"),
        Choice(_("Hỏi người giúp"), f"tried:{slug}:helper"),
        Choice(_("Xem lại bài"), f"step:{slug}:1"),
    )
    return [Reply(_("Làm thử nhé. {practice}", practice=addressed(_words(slug).practice)), choices)]


def tried(turn: Turn, slug: str, how: str) -> list[Reply]:
    """How the try went; whoever could not do it yet tries again, asks somebody, or goes on."""
    if how == "done":
        return [Reply(_("Hay quá ạ!")), *ask(turn, slug)]
    said = (
        _(
            "{You} đưa máy cho người nhà, nhờ chỉ bằng lời thôi, {you} tự bấm nhé. Mật khẩu, mã OTP thì không đưa cho ai ạ."
        )
        if how == "helper"
        else _("Không sao ạ, chưa quen tay thôi. {You} xem lại các bước rồi thử lần nữa nhé.")
    )
    helper = (Choice(_("Hỏi người giúp"), f"tried:{slug}:helper"),) if how != "helper" else ()
    again = Choice(_("Thử lại"), f"step:{slug}:{len(_steps(slug)) + 1}")
    choices = (again, Choice(_("Xem lại bài"), f"step:{slug}:1"), *helper, Choice(_("Sang câu hỏi"), f"ask:{slug}"))
    return [Reply(said, (*choices, Choice(_("Học sau"), "rest")))]


def ask(turn: Turn, slug: str) -> list[Reply]:
    """The warning, the usual mistake, then the question."""
    words = _words(slug)
    asked, options, _why = _question(slug)
    warning = _("Nhớ nhé: {warning}", warning=addressed(words.warning))
    mistake = _("Hay nhầm: {mistake}", mistake=addressed(words.mistake))
    choices = tuple(Choice(option, f"answer:{slug}:{number}") for number, option in enumerate(options, 1))
    return [
        Reply(f"{warning}\n{mistake}"),
        Reply(
            _("Một câu nhỏ trước khi nghỉ: {ask}", ask=asked),
            (*choices, Choice(_("Xem lại bài"), f"step:{slug}:1")),
        ),
    ]


def answer(turn: Turn, slug: str, number: str) -> list[Reply]:
    """Right or not yet, and why."""
    lesson = content.lessons()[slug]
    right = int(number) == lesson.questions[0].right
    progress = turn.store.lesson_progress(turn.person.id, slug, turn.now)
    progress.answers += 1
    progress.right = right
    why = _question(slug)[2]
    if not right:
        said = _("Chưa đúng {you} ơi, không sao ạ. {why}", why=why)
        choices = (
            Choice(_("Trả lời lại"), f"ask:{slug}"),
            Choice(_("Xem lại bài"), f"step:{slug}:1"),
            Choice(_("Bài khác"), _shelf(slug)),
        )
        return [Reply(said, choices)]
    progress.finished_at = progress.finished_at or turn.now
    progress.step = len(lesson.steps)
    said = _("Đúng rồi ạ! {why}", why=why) + "\n" + _("{You} đã xong bài “{title}”.", title=title(slug))
    return [
        Reply(
            said, (Choice(_("Bài tiếp theo"), "resume"), Choice(_("Bài khác"), _shelf(slug)), Choice(_("Nghỉ"), "home"))
        )
    ]


def _words(slug: str) -> Words:
    return content.lessons()[slug] if locale() == "vi" else content.translations(locale())[slug]


def title(slug: str) -> str:
    """The lesson's title in the language being spoken."""
    return _words(slug).title


def _steps(slug: str) -> list[str]:
    lesson = content.lessons()[slug]
    if locale() == "vi":
        return [addressed(found.text) for found in lesson.steps]
    return list(content.translations(locale())[slug].steps)


def _question(slug: str) -> tuple[str, tuple[str, ...], str]:
    found = content.lessons()[slug] if locale() == "vi" else content.translations(locale())[slug]
    asked = found.questions[0]
    return addressed(asked.ask), tuple(addressed(option) for option in asked.options), addressed(asked.why)


def _topic(slug: str) -> str:
    found = content.topics()[slug]
    return found.title if locale() == "vi" else found.title_en


def _shelf(slug: str) -> str:
    return f"topic:{content.lessons()[slug].topic}:0"


def _label(slug: str, progress: Progress | None) -> str:
    done = " ✓" if progress and progress.finished_at else ""
    return title(slug) + done
