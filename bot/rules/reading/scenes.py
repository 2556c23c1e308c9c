"""How a session went when it is told as a scene: what the learner or the phone did once the help was given.

Children seldom write "tự làm được"; they write "giờ bà vặn to vặn nhỏ tùy ý" or "tới chỗ nhập số tiền bà ngoảnh sang
hỏi em". The set phrases of bot/rules/reading/outcomes.py come first; here single cues are weighed by where they stand.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from bot.rules.reading.line import Line
from bot.rules.reading.matcher import Tag
from bot.rules.reading.person import Person, is_object

ALONE, WITH_HELP, NOT_USED, STUCK, UNWILLING = "TU_LAM", "CO_HO_TRO", "CHUA_QUEN", "VUONG", "TU_CHOI"
# "máy in hết mực", "trang web cứ xoay": words between a thing and how it fails.
REACH = 3
# They open what something is for or what should be done, not what happened.
FOR = ("để", "de", "hãy", "nếu", "neu")
# "… mà phải tự làm": what was asked of the learner.
DUTY = ("phải", "phai", "nên", "hay")
# They open why or when something is done: what follows belongs to what was taught.
REASONS = ("để", "de", "vì", "khi", "lúc", "luc", "rằng", "rang")
# "bác hỏi em học lớp mấy": what follows is talk.
CHAT = ("học", "hoc", "ăn", "lớp", "tuổi", "tuoi", "tên", "ở", "về")
# "gọi con mèo", "nhờ con gái": no pupil.
CHILDREN = ("trai", "gái", "gai", "dâu", "dau", "rể", "mèo", "meo", "chó")
_CUES = {"refusals": UNWILLING, "slips": NOT_USED, "leans": WITH_HELP, "frees": ALONE, "eases": ALONE}

# A place in the line and the outcome that is told there.
Told = tuple[int, str]


class Scene(NamedTuple):
    """A line of which the people, the skills and the places of its lengths of time are known.

    `aside` are places that tell of somebody who only stood by: what they like or forget is no outcome.
    """

    line: Line
    people: Sequence[Person]
    skills: Sequence[Tag]
    lengths: Collection[int]
    aside: Collection[int] = ()

    def outcome(self) -> str:
        """How it went, "" where nothing is told."""
        told = self._told_after(self._helped())
        if not told:
            return ""
        hindered = [outcome for _, outcome in told if outcome in (STUCK, UNWILLING)]
        last = told[-1][1]
        return hindered[-1] if hindered and last not in (ALONE, WITH_HELP) else last

    def flaw(self, place: int) -> str:
        """What was still missing after the good end told at `place`: "mở được một lần rồi lại lạc mất chỗ"."""
        line = self.line
        for start, outcome in self._told_after(place + 1):
            turned = any(
                line.stop(other) or line.word("contrasts", other) or line.word("turns", other)
                for other in range(place, start + 1)
            )
            if outcome in (NOT_USED, WITH_HELP) and turned:
                return outcome
        return ""

    def hindered(self) -> bool:
        """Whether something broke down: then "không làm được" is not the learner's."""
        return any(outcome == STUCK for _, outcome in self._told_after(self._helped()))

    def is_broken(self, told: Tag) -> bool:
        """Whether it is a thing that "does not want": "máy đời cũ quá không cho tải"."""
        start = self.line.clause_start(told.start)
        return any(start <= place < told.end for place, _ in self._broken(0))

    def is_taught(self, told: Tag) -> bool:
        """Whether a phrase belongs to what was taught: "… để thanh toán khỏi cần tiền mặt"."""
        line, place = self.line, told.start
        start = line.clause_start(place)
        verb = max((tag.end for tag in line.words("verbs") if start <= tag.start and tag.end <= place), default=0)
        reasons = [other for other in range(verb, place) if line.text(other) in REASONS] if verb else []
        if told.value == STUCK:
            reasons = [other for other in reasons if line.text(other) != "vì"]  # "không được vì máy đầy bộ nhớ"
        if not reasons or line.tokens[told.end - 1].bare in ("roi", "duoc", "xong"):
            return False
        after = range(reasons[-1], place)
        named = any(reasons[-1] < start <= place for start in self._named())
        return not named and not any(other in self.lengths or line.word("contrasts", other) for other in after)

    def _named(self) -> list[int]:
        """Where a learner is the subject, by name or as "nó"."""
        line = self.line
        named = [person.start for person in self.people if not is_object(line, person.start)]
        named += [tag.start for tag in line.words("third_persons") if not tag.loose]
        return [start for start in named if line.text(start - 1) not in FOR]  # "để bà dễ nhận ra"

    def _told_after(self, place: int) -> list[Told]:
        """The cues from a place on, in the order of the line."""
        return sorted([*self._broken(place), *self._cues(place)])

    def _helped(self) -> int:
        """Where the help has been named: what was taught, or at least the verb."""
        verb = min((tag.end for tag in self.line.words("verbs")), default=0)
        return min((tag.end for tag in self.skills if tag.start >= verb), default=verb)

    def _broken(self, place: int) -> Iterator[Told]:
        line = self.line
        for cue in line.words("breaks"):
            if cue.start < place or not _is_sure(line, cue) or line.before("feared", cue.start):
                continue
            if line.text(cue.start - 1) in ("hết", "het", "đỡ"):
                continue  # "máy hết đơ"
            for thing in line.words("things"):
                near = thing.end <= cue.start <= thing.end + REACH
                apart = any(line.stop(other) for other in range(thing.end, cue.start))
                if near and not apart and self._happened(thing.start):
                    yield cue.start, STUCK

    def _cues(self, place: int) -> Iterator[Told]:
        line = self.line
        for name, outcome in _CUES.items():
            for tag in line.words(name):
                if outcome != WITH_HELP and tag.start in self.aside:
                    continue
                if tag.start < place or not _is_sure(line, tag) or any(tag.overlaps(other) for other in self.skills):
                    continue
                if any(line.before(other, tag.start) for other in ("feared", "verbs")):
                    continue
                if any(tag.overlaps(other) for other in line.words("not_outcomes")) or not self._happened(tag.start):
                    continue
                if outcome == ALONE and line.text(tag.start - 1) in DUTY:
                    continue
                if outcome == WITH_HELP and _is_chat(line, tag):
                    continue
                denied = line.before("negations", tag.start)
                if name == "eases" and denied:
                    yield tag.start, NOT_USED  # "làm chưa mượt"
                else:
                    yield tag.start, ALONE if denied and outcome in (NOT_USED, WITH_HELP) else outcome

    def _happened(self, place: int) -> bool:
        """Whether this is told of what happened, not of what was taught or what it is for."""
        line, start = self.line, self.line.clause_start(place)
        verb = max((tag.end for tag in line.words("verbs") if start <= tag.start < place), default=0)
        if any(max(start, verb) <= other <= place for other in self._named()):
            return True
        before = range(verb or start, place)
        if any(line.text(other) in FOR for other in before):
            return False
        return not verb or any(other in self.lengths or line.word("contrasts", other) for other in before)


def _is_chat(line: Line, tag: Tag) -> bool:
    """ "bác hỏi em học lớp mấy", "bác hay gọi cho con bên Úc": talk, or a call to one's own child."""
    last = line.text(tag.end - 1)
    return (line.tokens[tag.end - 2].bare == "cho" and last == "con") or line.text(tag.end) in (*CHAT, *CHILDREN)


def _is_sure(line: Line, tag: Tag) -> bool:
    """One syllable without marks may be another word ("quen" is no "quên")."""
    if line.marked and tag.loose:
        return False
    return not tag.slip and not (tag.size == 1 and tag.loose)
