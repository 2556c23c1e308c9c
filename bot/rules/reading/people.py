"""Whom a line says was helped: kin words, pairs, neighbours, strangers; not the helper, not those only mentioned."""

from collections.abc import Collection, Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.rules.reading.line import Line, longest
from bot.rules.reading.matcher import Tag

UNCLEAR = "BA_HAY_BO"
# When the pupil has helped only one of these before, the vague word means that one.
SIDES = {
    "ONG": ("ONG_NOI", "ONG_NGOAI"),
    "BA": ("BA_NOI", "BA_NGOAI"),
    "NOI": ("ONG_NOI", "BA_NOI"),
    "NGOAI": ("ONG_NGOAI", "BA_NGOAI"),
}
GRANDMOTHERS = ("BA", "BA_NOI", "BA_NGOAI")
# A job after these words makes a stranger; "mẹ bán rau" is still mother.
MAY_BE_STRANGERS = frozenset({"CO", "CHU", "BAC", "ANH", "CHI", "DI", "BA", "ONG", "EM", "BAN", "CU"})
NAME_LENGTH = 2


class Person(NamedTuple):
    """A relative at tokens `start` to `end`; `within` are kin words inside it that later refer back to it."""

    codes: tuple[str, ...]
    start: int
    end: int
    within: frozenset[str] = frozenset()


def find(line: Line, taken: Collection[int], others: Iterable[Tag]) -> list[Person]:
    """Every person named, in the order of the line; `others` are phrases that may swallow a bare kin word."""
    kin = [
        tag for tag in line.tags("relative", "pair") if not any(place in taken for place in range(tag.start, tag.end))
    ]
    blocked = [*line.words("not_people"), *(tag for tag in line.words("speakers") if tag.size > 1)]
    chosen = longest([*_unswallowed(kin, others), *blocked], taken)
    places = {tag.start: tag for tag in chosen if tag.kind != "word"}
    placed = [tag for tag in chosen if tag.kind != "word" and _in_place(line, tag, places)]
    sure = {tag.value for tag in placed}
    placed = [tag for tag in chosen if tag in placed or (tag.value in sure and line.stop(tag.start - 1))]
    people = [_person(line, tag, kin) for tag in _without_ranks(line, placed)]
    return _strangers(line, people)


def _unswallowed(kin: Iterable[Tag], others: Iterable[Tag]) -> list[Tag]:
    longer = [tag for tag in others if tag.size > 1]
    return [
        tag
        for tag in kin
        if not (tag.loose or tag.slip) or not any(tag.overlaps(other) and other.size > tag.size for other in longer)
    ]


def _in_place(line: Line, tag: Tag, people: dict[int, Tag]) -> bool:
    """Whether a word that is usually something else without marks stands where a person stands."""
    if tag.size > 1 or not line.word("risky", tag.start):
        return True
    if tag.end in people and line.word("verbs", tag.start):
        return False  # "chi ba noi": the verb
    return _is_object(line, tag.start) or _is_joined(line, tag, people) or _opens(line, tag)


def _is_object(line: Line, place: int) -> bool:
    """Right after a helping verb, with "cho", "với" or "cùng" between if need be."""
    if line.before("verbs", place):
        return True
    return place > 1 and line.tokens[place - 1].bare in ("cho", "cung", "voi") and line.before("verbs", place - 1)


def _is_joined(line: Line, tag: Tag, people: dict[int, Tag]) -> bool:
    after = line.word("joins", tag.end)
    if after and after in people:
        return True
    return any(other.end <= tag.start - 1 <= other.end + NAME_LENGTH for other in people.values()) and line.before(
        "joins", tag.start
    )


def _opens(line: Line, tag: Tag) -> bool:
    if not line.stop(tag.start - 1):
        return False
    names = ("possessors", "asked", "ranks", "negations")
    return line.stop(tag.end) or any(line.word(name, tag.end) for name in names)


def _without_ranks(line: Line, tags: Sequence[Tag]) -> list[Tag]:
    """ "Thím Ba", "dượng Ba": the word after the kin word is a rank, not father."""
    kept: list[Tag] = []
    for tag in tags:
        if kept and tag.start == kept[-1].end and tag.size == 1 and line.word("ranks", tag.start):
            continue
        kept.append(tag)
    return kept


def _person(line: Line, tag: Tag, kin: Iterable[Tag]) -> Person:
    codes = tuple(tag.value.split())
    if tag.size == 1 and not tag.slip:
        same = {other.value for other in kin if (other.start, other.end) == (tag.start, tag.end)}
        if same >= {"BA", "BO"} and not line.marked:
            return Person((UNCLEAR,), tag.start, tag.end)
    inside = [other for other in kin if tag.start <= other.start and other.end <= tag.end and other.size < tag.size]
    within = {code for other in inside for code in other.value.split()}
    return Person(codes, tag.start, tag.end, frozenset(within - set(codes)))


def _strangers(line: Line, people: Sequence[Person]) -> list[Person]:
    """Neighbours, people known by their job, and a friend's family take the kin word before them along."""
    kept: list[Person] = []
    for person in people:
        last = kept[-1] if kept else None
        if last and person.codes == ("HANG_XOM",) and _only_name_between(line, last.end, person.start):
            kept[-1] = _merged(last, person.codes, person.end)
        elif not (last and person.start < last.end):
            end = _job(line, person) or _friends_family(line, person)
            kept.append(_merged(person, ("NGUOI_KHAC",), end) if end else person)
    return kept


def _merged(person: Person, codes: tuple[str, ...], end: int) -> Person:
    return Person(codes, person.start, end, person.within | set(person.codes))


def _only_name_between(line: Line, start: int, end: int) -> bool:
    between = range(start, end)
    return len(between) <= NAME_LENGTH and not any(line.stop(place) or line.word("joins", place) for place in between)


def _friends_family(line: Line, person: Person) -> int:
    """ "mẹ của bạn Hùng" """
    is_skill = any(tag.start == person.end for tag in line.tags("skill"))  # "chi dau ban hang": selling
    return 0 if is_skill or person.codes == ("BAN",) else line.word("of_friend", person.end)


def _job(line: Line, person: Person) -> int:
    if not set(person.codes) <= MAY_BE_STRANGERS:
        return 0
    for start in range(person.end, person.end + NAME_LENGTH):
        if line.stop(start) or line.word("possessors", start):
            return 0
        end = line.word("occupations", start)
        longer = any(tag.start == start and tag.end >= end for tag in line.tags("skill"))
        if end and not longer and not line.word("via", end):
            return end
    return 0


def helped(line: Line, people: Sequence[Person], contacts: Collection[int]) -> list[str]:
    """The codes of those who were helped; `contacts` are the places where calling, sending or booking ends."""
    learners = [person for person in people if not _is_companion(line, person, people)] or list(people)
    mentioned = _mentioned(line, learners, contacts)
    kept = [person for person in learners if person not in mentioned] or learners
    codes = [code for person in kept for code in person.codes if not _refers_back(code, person, kept)]
    return list(dict.fromkeys(codes))


def _is_companion(line: Line, person: Person, people: Sequence[Person]) -> bool:
    """ "em với bạn Minh chỉ cô bán nước": Minh helped too."""
    before = line.tokens[person.start - 1].bare if person.start else ""
    if before not in ("voi", "va", "cung") or not line.before("speakers", person.start - 1):
        return False
    return any(
        person.end <= tag.start <= person.end + NAME_LENGTH and any(other.start >= tag.end for other in people)
        for tag in line.words("verbs")
    )


def _mentioned(line: Line, people: Sequence[Person], contacts: Collection[int]) -> list[Person]:
    """Those called, written to, sent to or booked for ("gọi video cho cậu ở Nhật")."""
    found: list[Person] = []
    for last, person in pairwise(people):
        joined = last in found and line.before("joins", person.start) and person.start - last.end <= 1 + NAME_LENGTH
        if joined or (not _is_object(line, person.start) and _is_addressee(line, person.start, contacts, last)):
            found.append(person)
    return found


def _is_addressee(line: Line, place: int, contacts: Collection[int], last: Person) -> bool:
    if not line.before("to_others", place):
        return False
    if last.end <= place - 1 <= last.end + NAME_LENGTH and line.tokens[place - 1].bare in ("voi", "cung"):
        return False  # "dì với chú": both
    start = line.clause_start(place)
    return any(max(start, last.end) < end < place for end in contacts)


def _refers_back(code: str, person: Person, people: Sequence[Person]) -> bool:
    """ "bà" after "bà nội", "bác" after "bác hàng xóm", a bare "ba" after "ba noi"."""
    meanings = {code, "BA", "BO"} if code == UNCLEAR else {code}
    others = [other for other in people if other is not person]
    if code in SIDES or code == UNCLEAR:
        return any(meanings & other.within for other in others) or any(
            set(SIDES.get(code, GRANDMOTHERS)) & set(other.codes) for other in others if code not in other.codes
        )
    return any(code in other.within for other in others if other.start < person.start)


def resolved(codes: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """What a vague word means for a pupil who has helped `known` relatives before."""
    return tuple(dict.fromkeys(_resolved(code, known) for code in codes))


def _resolved(code: str, known: Collection[str]) -> str:
    if code == UNCLEAR:
        grandmothers = [known_code for known_code in GRANDMOTHERS if known_code in known]
        if "BO" in known and not grandmothers:
            return "BO"
        if grandmothers and "BO" not in known:
            return _resolved("BA", known)
        return code
    sides = [side for side in SIDES.get(code, ()) if side in known]
    return sides[0] if len(sides) == 1 and code not in known else code
