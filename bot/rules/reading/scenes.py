"""How a session went when it is told as a scene: what the learner or the phone did once the help was given.

Children seldom write "tự làm được"; they write "giờ bà vặn to vặn nhỏ tùy ý" or "tới chỗ nhập số tiền bà ngoảnh sang
hỏi em". The set phrases of bot/rules/reading/outcomes.py come first; here single cues are weighed by where they stand.
"""

from collections.abc import Iterator, Sequence

from bot.rules.reading.line import Line
from bot.rules.reading.matcher import Tag
from bot.rules.reading.person import Person, is_object

ALONE, WITH_HELP, NOT_USED, STUCK, UNWILLING = "TU_LAM", "CO_HO_TRO", "CHUA_QUEN", "VUONG", "TU_CHOI"
# "máy in hết mực", "trang web cứ xoay": words between a thing and how it fails.
REACH = 3
_CUES = {"refusals": UNWILLING, "slips": NOT_USED, "leans": WITH_HELP, "frees": ALONE, "eases": ALONE}

# A place in the line and what is told there.
Told = tuple[int, str]


def read(line: Line, people: Sequence[Person], skills: Sequence[Tag]) -> str:
    """The outcome of the scene, "" where there is none."""
    told = list(told_after(line, people, skills, _helped(line, skills)))
    if not told:
        return ""
    hindered = [outcome for _, outcome in told if outcome in (STUCK, UNWILLING)]
    last = told[-1][1]
    return hindered[-1] if hindered and last not in (ALONE, WITH_HELP) else last


def flaw(line: Line, people: Sequence[Person], skills: Sequence[Tag], place: int) -> str:
    """What was still missing after the good end told at `place`: "mở được một lần rồi lại lạc mất chỗ"."""
    for start, outcome in told_after(line, people, skills, place + 1):
        between = range(place, start + 1)
        turned = any(
            line.stop(other) or line.word("contrasts", other) or line.word("turns", other) for other in between
        )
        if outcome in (NOT_USED, WITH_HELP) and turned:
            return outcome
    return ""


def hindered(line: Line, people: Sequence[Person], skills: Sequence[Tag]) -> bool:
    """Whether something broke down: then "không làm được" is not the learner's."""
    return any(outcome == STUCK for _, outcome in told_after(line, people, skills, _helped(line, skills)))


def is_broken(line: Line, told: Tag) -> bool:
    """Whether it is a thing that "does not want": "máy đời cũ quá không cho tải"."""
    start = line.clause_start(told.start)
    return any(start <= place < told.end for place, _ in _broken(line, 0))


def told_after(line: Line, people: Sequence[Person], skills: Sequence[Tag], place: int) -> Iterator[Told]:
    """The cues from a place on, in the order of the line."""
    found = [*_broken(line, place), *_cues(line, people, skills, place)]
    yield from sorted(found)


def _helped(line: Line, skills: Sequence[Tag]) -> int:
    """Where the help has been named: what was taught, or at least the verb."""
    verb = min((tag.end for tag in line.words("verbs")), default=0)
    return min((tag.end for tag in skills if tag.start >= verb), default=verb)


def _broken(line: Line, place: int) -> Iterator[Told]:
    for thing in line.words("things"):
        for cue in line.words("breaks"):
            near = thing.end <= cue.start <= thing.end + REACH
            apart = any(line.stop(other) for other in range(thing.end, cue.start)) or line.before("feared", cue.start)
            if cue.start >= place and near and not apart and _is_sure(line, cue):
                yield cue.start, STUCK


def _cues(line: Line, people: Sequence[Person], skills: Sequence[Tag], place: int) -> Iterator[Told]:
    for name, outcome in _CUES.items():
        for tag in line.words(name):
            if tag.start < place or not _is_sure(line, tag) or any(tag.overlaps(other) for other in skills):
                continue
            if line.before("feared", tag.start) or line.before("verbs", tag.start):
                continue
            if any(tag.overlaps(other) for other in line.words("not_outcomes")):
                continue
            if outcome in (NOT_USED, WITH_HELP) and line.before("negations", tag.start):
                yield tag.start, ALONE
            elif outcome != ALONE or _is_told_of_learner(line, people, tag.start):
                yield tag.start, outcome


def _is_told_of_learner(line: Line, people: Sequence[Person], place: int) -> bool:
    """Whether this clause is about what a learner did, not about what was taught."""
    start = line.clause_start(place)
    if any(start <= tag.start <= place for tag in line.words("verbs")):
        verb = max(tag.end for tag in line.words("verbs") if start <= tag.start <= place)
        return any(verb < person.start <= place and not is_object(line, person.start) for person in people)
    return True


def _is_sure(line: Line, tag: Tag) -> bool:
    """One syllable without marks may be another word ("quen" is no "quên")."""
    if line.marked and tag.loose:
        return False
    return not tag.slip and not (tag.size == 1 and tag.loose)
