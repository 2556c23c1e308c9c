"""Questions that come back: kept, asked again days later, at most three a day."""

from datetime import datetime, timedelta

from bot.port import Choice, Reply
from bot.rules import reminding, review
from bot.rules.review import Grade, Memory, Waiting
from bot.texts import _, counted, day
from db.models import Card
from db.store import Store
from handlers import home, lesson_words
from handlers.turn import Turn

MOST_PROMPTS = reminding.MOST_A_WEEK
BETWEEN = timedelta(days=2)


def rows(store: Store, now: datetime) -> list[dict[str, object]]:
    """Outbox rows for whoever has a question due and no reminder of their own, twice a week at most."""
    lately = store.abouts("review", now - timedelta(days=7))
    found = []
    for person_id in store.people_with_due_cards(now.date()):
        mine = [at for about, at in lately if about == str(person_id)]
        if len(mine) >= MOST_PROMPTS or any(now - at < BETWEEN for at in mine) or store.dues(person_id, "practice"):
            continue
        who = store.person(person_id)
        group = reminding.audience("pupil" if who.address == "em" else "learner", who.address)
        moment = max(now, reminding.at(now.date(), reminding.good_minute(group, now.weekday()), now))
        if moment == reminding.by_day(moment):
            found.append(_row(person_id, moment, now))
    return found


def _row(person_id: int, moment: datetime, now: datetime) -> dict[str, object]:
    return {
        "key": f"review:{person_id}:{now.date()}",
        "person_id": person_id,
        "kind": "review",
        "about": str(person_id),
        "urgency": 1,
        "free_at": moment,
        "written_at": now,
    }


def prompt(turn: Turn, about: str = "") -> list[Reply]:
    """The first question of the day, unasked; nothing when none is due any more."""
    due = _due(turn)
    if not due:
        return []
    hello = counted("{You} ơi, mình ôn {n} câu nhỏ nhé.", len(due))
    return [_question(due[0], hello)]


def show(turn: Turn) -> list[Reply]:
    """The questions of today, on demand."""
    due = _due(turn)
    if due:
        return [_question(due[0], counted("Hôm nay có {n} câu ôn.", len(due)))]
    later = min((card.due for card in turn.store.cards(turn.person.id)), default=None)
    if later is None:
        return [Reply(_("{You} học xong một bài là có câu ôn ngay ạ."), (Choice(_("Học bài"), "topics"),))]
    when = max(later, turn.today + timedelta(days=1))
    return [Reply(_("Hôm nay {you} không có câu ôn nào. Câu tiếp theo: {day}.", day=day(when))), *home.menu(turn)]


def waiting(turn: Turn) -> int:
    """How many questions are due now."""
    return len(_due(turn))


def _due(turn: Turn) -> list[Waiting]:
    cards = [card for card in turn.store.cards(turn.person.id) if _is_there(card)]
    asked_today = sum(1 for card in cards if card.last == turn.today and card.answered > 1)
    return review.due((Waiting(card.lesson, card.question, _memory(card)) for card in cards), asked_today, turn.today)


def _is_there(card: Card) -> bool:
    """Whether the question still exists: lessons change between releases."""
    return any(found.slug == card.lesson for found in lesson_words.facts()) and card.question <= lesson_words.count(
        card.lesson
    )


def _memory(card: Card) -> Memory:
    return Memory(card.stability, card.difficulty, card.last, card.due)


def _question(one: Waiting, before: str) -> Reply:
    asked = lesson_words.question(one.lesson, one.number)
    choices = [
        Choice(option, f"review:{one.lesson}:{one.number}:{place}") for place, option in enumerate(asked.options, 1)
    ]
    forgot = Choice(_("{You} chưa nhớ"), f"review:{one.lesson}:{one.number}:0")
    return Reply(f"{before}\n{asked.ask}", (*choices, forgot))


def answered(turn: Turn, slug: str, number: str, place: str) -> list[Reply]:
    """Right or not, and why; then the next question of today, or when the next one comes."""
    asked = lesson_words.question(slug, int(number))
    right = int(place) == asked.right
    keep(turn, slug, int(number), "right" if right else "wrong")
    said = _("Đúng rồi ạ! {why}", why=asked.why) if right else _("Dạ không sao ạ. {why}", why=asked.why)
    due = _due(turn)
    if due:
        return [Reply(said), _question(due[0], _("Câu nữa nhé:"))]
    again = Choice(_("Xem lại bài"), f"lesson:{slug}")
    done = _("Hết câu ôn hôm nay rồi ạ. {You} giỏi lắm! 🌼")
    return [Reply(f"{said}\n{done}", (*(() if right else (again,)), Choice(_("Trang chính"), "home")))]


def keep(turn: Turn, slug: str, number: int, grade: Grade) -> None:
    """Remember an answer. The first of a day decides; another one on that day is practice and moves nothing."""
    store, person_id = turn.store, turn.person.id
    card = store.card(person_id, slug, number)
    right = grade != "wrong"
    if card is None:
        memory = review.after(None, grade, turn.today)
        store.add_card(
            Card(
                person_id=person_id,
                lesson=slug,
                question=number,
                stability=memory.stability,
                difficulty=memory.difficulty,
                last=memory.last,
                due=memory.due,
                answered=1,
                right=int(right),
                was_right=right,
            )
        )
        return
    if card.last != turn.today:
        memory = review.after(_memory(card), grade, turn.today)
        card.stability, card.difficulty = memory.stability, memory.difficulty
        card.last, card.due = memory.last, memory.due
    card.answered += 1
    card.right += int(right)
    card.was_right = right
