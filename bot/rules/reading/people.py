"""Whom a line says was helped: kin words, pairs, neighbours, strangers; not the helper, not those only mentioned."""

from collections.abc import Collection, Iterable, Sequence
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
# Bare words that are verbs or "ở" far more often than kin ("mo zalo", "bo so cu").
VERBLIKE = frozenset({"bo", "o", "on", "co", "di", "mo", "u", "be", "chi"})
# They may stand between the verb and the learner.
SMALL = frozenset({"cho", "cung", "voi", "ca", "hai", "2", "mot", "1", "lai", "them", "my", "our", "the", "a"})


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
    asked = line.words("asked")
    kin = [tag for tag in kin if not (tag.loose and any(tag.overlaps(other) for other in asked))]  # "nho em" is no kin
    chosen = longest([*_unswallowed(kin, others), *blocked], taken)
    places = {tag.start: tag for tag in chosen if tag.kind != "word"}
    placed = [tag for tag in chosen if tag.kind != "word" and _in_place(line, tag, places)]
    sure = {other.value for tag in placed for other in kin if tag.start <= other.start and other.end <= tag.end}
    placed = [tag for tag in chosen if tag in placed or (tag.value in sure and line.stop(tag.start - 1))]
    people = [_person(line, tag, kin) for tag in _without_ranks(line, placed)]
    return _strangers(line, people)


def _unswallowed(kin: Iterable[Tag], others: Iterable[Tag]) -> list[Tag]:
    longer = [tag for tag in others if tag.size > 1]
    return [
        tag
        for tag in kin
        if not (tag.loose or tag.slip or tag.value == "NGUOI_KHAC")
        or not any(tag.overlaps(other) and other.size > tag.size for other in longer)
    ]


def _in_place(line: Line, tag: Tag, people: dict[int, Tag]) -> bool:
    """Whether a word that is usually something else without marks stands where a person stands."""
    if _is_called_on(line, tag):
        return False
    if tag.size > 1 or not line.word("risky", tag.start):
        return True
    if line.text(tag.end)[:1].isdigit() and line.tokens[tag.start].bare in ("co", "chi", "di"):
        return False  # "em chi co 10p": only ten minutes; "chi 2 ba chau": the verb
    if tag.end in people and line.word("verbs", tag.start):
        return False  # "chi ba noi": the verb
    return _is_object(line, tag.start) or _is_joined(line, tag, people) or _opens(line, tag)


def _is_called_on(line: Line, tag: Tag) -> bool:
    """ "làm được rồi đó cô, …": the teacher is told of it."""
    return (
        line.text(tag.start) in ("cô", "co", "thầy", "thay")
        and line.stop(tag.end)
        and line.before("particles", tag.start)
    )


def _is_object(line: Line, place: int) -> bool:
    """Right after a helping verb, with small words between if need be ("dạy cho cả hai ông bà")."""
    while place > 1 and not line.before("verbs", place) and line.tokens[place - 1].bare in SMALL:
        place -= 1
    verbs = [tag for tag in line.words("verbs") if tag.end == place]
    return any(not _by_learner(line, tag.start) for tag in verbs)


def _by_learner(line: Line, place: int) -> bool:
    """Whether the verb here is a learner's: "chị tự đặt cho bà", "mẹ còn chỉ lại cho dì"."""
    if line.before("alone", place):
        return True
    while place > 1 and line.tokens[place - 1].text in ("còn", "cũng", "lại", "đã"):
        place -= 1
    kin = [tag for tag in line.tags("relative") if tag.end == place and not tag.slip and not tag.loose]
    return any(not line.word("risky", tag.start) and not line.before("verbs", tag.start) for tag in kin)


def _is_joined(line: Line, tag: Tag, people: dict[int, Tag]) -> bool:
    after = line.word("joins", tag.end)
    if after and after in people:
        return True
    near = any(other.end <= tag.start - 1 <= other.end + NAME_LENGTH for other in people.values())
    learns = any(skill.start == tag.end for skill in line.tags("skill"))  # "day me zalo va bo quet qr"
    return line.before("joins", tag.start) and (near or (learns and bool(people)))


def _opens(line: Line, tag: Tag) -> bool:
    if not line.stop(tag.start - 1):
        return False
    names = ("possessors", "asked", "ranks", "negations", "occupations")
    if line.stop(tag.end) or any(line.word(name, tag.end) for name in names):
        return True
    learns = any(skill.start == tag.end for skill in line.tags("skill"))  # "ma hoi chatgpt duoc roi"
    return bool(line.word("asked", tag.end + 1)) or (learns and line.tokens[tag.start].bare not in VERBLIKE)


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
            by_job = line.before("occupations", last.end)  # "chú xe ôm đầu ngõ"
            kept[-1] = _merged(last, last.codes if by_job else person.codes, person.end)
        elif not (last and person.start < last.end):
            end = _job(line, person) or _friends_family(line, person)
            near = 0 if end else _nearby(line, person)
            code = "NGUOI_KHAC" if end else "HANG_XOM"
            kept.append(_merged(person, (code,), end or near) if end or near else person)
    return kept


def _merged(person: Person, codes: tuple[str, ...], end: int) -> Person:
    return Person(codes, person.start, end, person.within | set(person.codes))


def _only_name_between(line: Line, start: int, end: int) -> bool:
    between = range(start, end)
    return len(between) <= NAME_LENGTH and not any(line.stop(place) or line.word("joins", place) for place in between)


def _friends_family(line: Line, person: Person) -> int:
    """ "mẹ của bạn Hùng", "bà của Lan" """
    is_skill = any(tag.start == person.end for tag in line.tags("skill"))  # "chi dau ban hang": selling
    if is_skill or person.codes == ("BAN",):
        return 0
    return line.word("of_friend", person.end) or _of_someone(line, person.end)


def _of_someone(line: Line, place: int) -> int:
    """Where "của Lan" ends: a name, neither the pupil nor a relative."""
    name = place + 1
    if line.text(place) not in ("của", "cua") or line.stop(name) or line.word("possessors", name):
        return 0
    known = any(tag.start == name for tag in [*line.tags("relative", "pair"), *line.words("speakers")])
    return 0 if known else name + 1


def _nearby(line: Line, person: Person) -> int:
    """ "cô Hoa kế bên", "chú đầu hẻm": where the words of the place end."""
    if not set(person.codes) <= MAY_BE_STRANGERS:
        return 0
    for start in range(person.end, person.end + NAME_LENGTH):
        if line.stop(start) or line.word("possessors", start) or line.word("verbs", start):
            return 0
        if end := line.word("nearby", start):
            return end
    return 0


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


def helped(line: Line, people: Sequence[Person], contacts: Collection[int], news: Collection[int]) -> list[str]:
    """The codes of those who were helped.

    `contacts` are the places where calling, sending or booking ends; `news` those that tell a skill, a length
    or an outcome.
    """
    learners = [person for person in people if not _is_companion(line, person, people)] or list(people)
    aside = _aside(line, learners, contacts, news)
    kept = [person for person in learners if person not in aside] or learners
    codes = [found for person in kept for code in person.codes for found in _meant(code, person, kept, aside)]
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


def _aside(line: Line, people: Sequence[Person], contacts: Collection[int], news: Collection[int]) -> list[Person]:
    """Those who were not helped: called, written to, owners, hosts, and whoever is named around the learner."""
    taught = [person for person in people if _is_object(line, person.start)]
    taught = taught or [person for person in people if _gains(line, person)]
    found: list[Person] = []
    for place, person in enumerate(people):
        last = people[place - 1] if place else None
        if person in taught:
            continue
        listed = last is not None and _is_listed(line, last, person, news)
        if (
            (listed and last in found)
            or owns(line, person)
            or (last and _is_addressee(line, person.start, contacts, last))
        ):
            found.append(person)
        elif listed:
            continue
        elif taught and (
            _asked_before(line, person, taught[0], news) or (last and _stands_by(line, person, last, news))
        ):
            found.append(person)
    return found


def _gains(line: Line, person: Person) -> bool:
    """ "mẹ nhờ em cài zalo cho bà": she got it, whoever asked."""
    place = person.start
    after_speaker = any(tag.end < place for tag in line.words("speakers"))
    called = any(line.clause_start(place) < tag.end < place for tag in line.words("chats"))
    return after_speaker and line.text(place - 1) == "cho" and not called


def _is_listed(line: Line, last: Person, person: Person, news: Collection[int]) -> bool:
    """ "bố và mẹ", "ba nội, mẹ", "bố em mẹ em": one breath."""
    names = ("possessors", "ranks")
    between = [place for place in range(last.end, person.start) if not any(line.word(name, place) for name in names)]
    if len(between) > 1 + NAME_LENGTH or any(place in news for place in between):
        return False
    return not between or line.text(person.start - 1) == "lẫn" or line.before("joins", person.start)


def owns(line: Line, person: Person) -> bool:
    """ "điện thoại của mẹ", "máy bà", "sang nhà dì": whose thing or house it is."""
    return line.text(person.start - 1) in ("của", "cua") or line.before("belongings", person.start)


def _asked_before(line: Line, person: Person, learner: Person, news: Collection[int]) -> bool:
    """ "bố bảo em chỉ ông", "mẹ đi vắng nên em dạy bà": named before the learner, and nothing told of them."""
    end = next((place for place in range(person.end, len(line)) if line.stop(place)), len(line))
    return person.end <= learner.start and not (end < learner.start and _tells(line, person.end, end, news))


def _stands_by(line: Line, person: Person, last: Person, news: Collection[int]) -> bool:
    """ "dạy bà xem ảnh chị họ gửi", "…, mẹ khen": named after the learner without news of their own."""
    place = person.start
    if line.before("purposes", place):
        return True
    end = next((other for other in range(person.end, len(line)) if line.stop(other)), len(line))
    opens = line.stop(place - 1) or line.before("turns", place) or (place - 1 in news)
    alone = end <= (line.word("possessors", person.end) or person.end)  # "dạy ông zalo, bà"
    return not (opens and place > last.end and (alone or _tells(line, person.end, end, news)))


def _tells(line: Line, start: int, end: int, news: Collection[int]) -> bool:
    return any(place in news for place in range(start, end))


def _is_addressee(line: Line, place: int, contacts: Collection[int], last: Person) -> bool:
    while line.tokens[place - 1].bare in ("ca", "hai", "2") and place > 1:
        place -= 1  # "đặt cho cả bà"
    if not line.before("to_others", place):
        return False
    with_them = line.tokens[place - 1].bare in ("voi", "cung")
    if with_them and place - 1 not in contacts and last.end <= place - 1 <= last.end + NAME_LENGTH:
        return False  # "dì với chú": both
    start = line.clause_start(place)
    return any(max(start, last.end) < end < place for end in contacts)


def _meant(code: str, person: Person, kept: Sequence[Person], aside: Sequence[Person]) -> list[str]:
    """Nothing for "bà" after "bà nội", and "bà nội" for the "bà" of whom more was said aside."""
    if _refers_back(code, person, kept):
        return []
    meanings = {code, "BA", "BO"} if code == UNCLEAR else {code}
    before = [other for other in aside if other.end <= person.start and meanings & other.within]
    return [found for other in before for found in other.codes] or [code]


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
