"""A short test before and after a topic, to see what changed: an inner assessment and nothing official."""

import json

from bot.port import Choice, Reply
from bot.rules import path
from bot.rules.path import Measure
from bot.texts import _
from handlers import lesson_words
from handlers.turn import Turn


def start(turn: Turn, topic: str, stage: str) -> list[Reply]:
    """Begin the test of a topic: "before" or "after"."""
    asked = path.questions_of_test(lesson_words.facts(), topic, "after" if stage == "after" else "before")
    turn.person.doing = "test"
    turn.person.memory = json.dumps({"topic": topic, "stage": stage, "ask": asked, "right": 0, "at": 0})
    name, count = lesson_words.topic(topic), len(asked)
    if stage == "after":
        hello = _("Kiểm tra sau khi học “{topic}”: {count} câu.", topic=name, count=count)
    else:
        hello = _(
            "Kiểm tra trước khi học “{topic}”: {count} câu, không biết cũng không sao ạ.", topic=name, count=count
        )
    return [Reply(hello), _ask(turn)]


def _ask(turn: Turn) -> Reply:
    kept = json.loads(turn.person.memory)
    at = kept["at"]
    asked = lesson_words.question(*kept["ask"][at])
    options = [Choice(option, f"test:{kept['topic']}:{at}:{place}") for place, option in enumerate(asked.options, 1)]
    said = _("Câu {at}/{total}. {ask}", at=at + 1, total=len(kept["ask"]), ask=asked.ask)
    return Reply(said, (*options, Choice(_("Chưa biết"), f"test:{kept['topic']}:{at}:0")))


def answered(turn: Turn, topic: str, at: str, place: str) -> list[Reply]:
    """One answer, without a word on whether it is right: that comes with the lessons."""
    kept = json.loads(turn.person.memory) if turn.person.doing == "test" else {}
    if (kept.get("topic"), kept.get("at")) != (topic, int(at)):
        return [Reply(_("Câu này đã qua rồi ạ."), (Choice(_("Học bài"), "topics"),))]
    slug, number = kept["ask"][kept["at"]]
    kept["right"] += int(place) == lesson_words.question(slug, number).right
    kept["at"] += 1
    turn.person.memory = json.dumps(kept)
    if kept["at"] < len(kept["ask"]):
        return [_ask(turn)]
    turn.person.doing = turn.person.memory = ""
    turn.store.keep_test(turn.person.id, topic, kept["stage"], kept["right"], len(kept["ask"]), turn.now)
    return [_result(turn, topic, kept["stage"])]


def _result(turn: Turn, topic: str, stage: str) -> Reply:
    found = measure(turn, topic)
    right, of = (found.after if stage == "after" else found.before) or (0, 0)
    lines = [_("{You} đúng {right}/{of} câu.", right=right, of=of)]
    if stage == "after" and found.before and found.change is not None:
        before = _("Trước khi học: {right}/{of}.", right=found.before[0], of=found.before[1])
        lines[0] += " " + before
        if found.change > 0:
            lines.append(_("{You} tiến bộ rồi, giỏi quá ạ! 🌼"))
    lines.append(_("(Đánh giá nội bộ, không thay cho xác nhận chính thức.)"))
    return Reply("\n".join(lines), (Choice(_("Vào học"), f"topic:{topic}:0"), Choice(_("Trang chính"), "home")))


def measure(turn: Turn, topic: str) -> Measure:
    """What the person's tests of a topic showed."""
    tests = turn.store.tests(turn.person.id)
    before, after = tests.get((topic, "before")), tests.get((topic, "after"))
    return Measure((before.right, before.of) if before else None, (after.right, after.of) if after else None)


def left(turn: Turn) -> list[Reply]:
    """Words in the middle of a test end it without a result."""
    turn.person.doing = turn.person.memory = ""
    said = _("Mình dừng bài kiểm tra ở đây, chưa ghi kết quả ạ.")
    return [Reply(said, (Choice(_("Học bài"), "topics"), Choice(_("Trang chính"), "home")))]
