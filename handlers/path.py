"""Where to begin and what comes next: the person's group, a few questions, and always a reason why."""

import json

from bot.menu import page
from bot.port import Choice, Reply
from bot.rules import path
from bot.rules.path import Group, Standing, Suggestion
from bot.texts import N_, _, counted
from handlers import home, lesson_words, review
from handlers.turn import Turn

GROUPS: tuple[tuple[Group, str], ...] = (
    ("NCT", N_("Người cao tuổi")),
    ("ND", N_("Người dân")),
    ("TT", N_("Tiểu thương")),
    ("HS", N_("Học sinh")),
    ("GV", N_("Cán bộ, giáo viên")),
)


def group(turn: Turn) -> Group:
    """Whose lessons the person follows."""
    chosen = turn.store.group(turn.person.id)
    known = {name: name for name, _label in GROUPS}
    return known.get(chosen) or path.default_group(turn.person.role, turn.person.address)  # type: ignore[call-overload]  # one of the names


def title(turn: Turn) -> str:
    """The name of the person's path."""
    return _(dict(GROUPS)[group(turn)])


def certificate() -> Choice:
    """What is at the end of the path."""
    return Choice(_("Nhận giấy cảm ơn"), "thanks")


def left(turn: Turn) -> int:
    """How many lessons of the path are still to be taken."""
    progress = turn.store.progress(turn.person.id)
    return sum(1 for slug in _mine(turn) if slug not in progress or progress[slug].finished_at is None)


def deeds(turn: Turn) -> tuple[str, ...]:
    """What a person at the end of the path did; lessons they knew already are told apart."""
    progress = turn.store.progress(turn.person.id)
    known = sum(1 for slug in _mine(turn) if progress[slug].known)
    done = counted("đã xong {n} bài của đường học “{group}”", len(_mine(turn)), group=title(turn))
    return (done, counted("trong đó {n} bài đã biết từ trước", known)) if known else (done,)


def _mine(turn: Turn) -> list[str]:
    return path.of_group(lesson_words.facts(), group(turn))


def suggestion(turn: Turn) -> Suggestion | None:
    """The next lesson of the person, and why."""
    progress = turn.store.progress(turn.person.id)
    begun = sorted((row for row in progress.values() if row.finished_at is None), key=lambda row: row.seen_at)
    weak = sorted((card for card in turn.store.cards(turn.person.id) if not card.was_right), key=lambda card: card.last)
    return path.suggest(
        lesson_words.facts(),
        group(turn),
        Standing(
            known={slug for slug, row in progress.items() if row.finished_at},
            begun=[row.lesson for row in reversed(begun)],
            weak=[card.lesson for card in reversed(weak)],
            helped=_helped(turn),
        ),
    )


def _helped(turn: Turn) -> list[str]:
    """The skills a pupil showed this person lately, by their linked accounts, the latest first."""
    found: list[str] = []
    for kin in turn.store.kin(turn.person.id):
        if kin.learner_id == turn.person.id:
            logs = turn.store.own_logs(kin.pupil_id, limit=20)
            found += [skill for log in logs if kin.relative in log.relatives for skill in log.skills]
    return found


def why(turn: Turn, found: Suggestion) -> str:
    """The reason in words."""
    return {
        "begun": _("Bài này {you} đang học dở."),
        "weak": _("Lần trước có câu của bài này {you} chưa nhớ, mình xem lại nhé."),
        "helped": _("Con cháu vừa chỉ {you} việc này, học thêm cho nhớ ạ."),
        "first": _("Bài này dễ, hợp để bắt đầu."),
        "opens": _("Học bài này trước thì bài “{title}” sẽ dễ hơn.", title=lesson_words.title(found.opens))
        if found.opens
        else "",
        "group": _("Bài này kế tiếp trên đường học “{group}”.", group=_(dict(GROUPS)[group(turn)])),
    }[found.why]


def show(turn: Turn) -> list[Reply]:
    """The next lesson with its reason, and the ways around it."""
    found = suggestion(turn)
    if found is None:
        done = _("{You} đã học hết các bài. Giỏi quá ạ!")
        return [Reply(done, (certificate(), Choice(_("Bài khác"), "topics"), Choice(_("Ôn bài"), "review_now")))]
    said = _("Bài tiếp theo: “{title}”. {why}", title=lesson_words.title(found.slug), why=why(turn, found))
    choices = [Choice(_("Học luôn"), f"lesson:{found.slug}"), Choice(_("Bài khác"), "topics")]
    if (count := review.waiting(turn)) > 0:
        choices.append(Choice(counted("Ôn {n} câu", count), "review_now"))
    choices += [Choice(_("Đổi đường học"), "group"), Choice(_("Xếp lớp nhanh"), "place")]
    return [Reply(said, tuple(choices))]


def choose(turn: Turn, chosen: str = "") -> list[Reply]:
    """Whose lessons to follow; free to change at any time."""
    if chosen not in {name for name, _label in GROUPS}:
        ask = _("{You} đang theo đường học “{group}”. Đổi sang:", group=title(turn))
        return [Reply(ask, page([Choice(_(label), f"group:{name}") for name, label in GROUPS], 0, _("Khác…"), "group"))]
    turn.store.choose_group(turn.person.id, chosen)
    return show(turn)


# -- five questions at most, to find where to begin ----------------------------------------------


def place(turn: Turn) -> list[Reply]:
    """Begin: the questions are fixed now, so that a restart or a new lesson changes nothing underway."""
    slugs = path.placement(lesson_words.facts(), group(turn))
    if not slugs:
        return show(turn)
    turn.person.doing = "place"
    turn.person.memory = json.dumps({"ask": slugs, "right": []})
    hello = counted("{n} câu nhỏ để biết {you} nên bắt đầu từ đâu. Không biết thì cứ bấm “Chưa biết” ạ.", len(slugs))
    return [Reply(hello), _ask(slugs[0], len(slugs), len(slugs))]


def _ask(slug: str, left: int, total: int) -> Reply:
    asked = lesson_words.question(slug, 1)
    options = [Choice(option, f"placed:{slug}:{number}") for number, option in enumerate(asked.options, 1)]
    said = _("Câu {at}/{total}. {ask}", at=total - left + 1, total=total, ask=asked.ask)
    return Reply(said, (*options, Choice(_("Chưa biết"), f"placed:{slug}:0")))


def placed(turn: Turn, slug: str, place: str) -> list[Reply]:
    """One answer; after the last one, where to begin and why."""
    kept = _kept(turn)
    if kept is None or slug not in kept["ask"]:
        return show(turn)
    asked = kept["ask"]
    at = asked.index(slug)
    right = [*kept["right"], slug] if int(place) == lesson_words.question(slug, 1).right else kept["right"]
    if at + 1 < len(asked):
        turn.person.memory = json.dumps({"ask": asked, "right": right})
        return [_ask(asked[at + 1], len(asked) - at - 1, len(asked))]
    turn.person.doing = turn.person.memory = ""
    _skip(turn, path.placed(lesson_words.facts(), group(turn), right))
    result = counted(
        "{You} đúng {n}/{total} câu. Những bài {you} biết rồi, {me} để qua một bên.", len(right), total=len(asked)
    )
    return [Reply(result), *show(turn)]


def _kept(turn: Turn) -> dict[str, list[str]] | None:
    if turn.person.doing != "place":
        return None
    found: dict[str, list[str]] = json.loads(turn.person.memory)
    return found


def _skip(turn: Turn, slugs: set[str]) -> None:
    for slug in slugs:
        progress = turn.store.lesson_progress(turn.person.id, slug, turn.now)
        if progress.finished_at is None:
            progress.finished_at, progress.known = turn.now, True


def unanswered(turn: Turn) -> list[Reply]:
    """Words in the middle of the questions: the question stands until it is tapped or left."""
    kept = _kept(turn)
    turn.person.doing = turn.person.memory = ""
    return home.unknown(turn) if kept is None else [Reply(_("Mình dừng phần xếp lớp ở đây nhé.")), *show(turn)]
