"""Which of the people named were helped: not those who helped too, were called, own the phone or only stand by."""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from bot.rules.reading.line import Line
from bot.rules.reading.matcher import Tag
from bot.rules.reading.person import NAME_LENGTH, UNCLEAR, Person, is_object, owns
from bot.rules.reading.strangers import MAY_BE_STRANGERS

# When the pupil has helped only one of these before, the vague word means that one.
SIDES = {
    "ONG": ("ONG_NOI", "ONG_NGOAI"),
    "BA": ("BA_NOI", "BA_NGOAI"),
    "NOI": ("ONG_NOI", "BA_NOI"),
    "NGOAI": ("ONG_NGOAI", "BA_NGOAI"),
}
NEIGHBOUR = "HANG_XOM"
GRANDMOTHERS = ("BA", "BA_NOI", "BA_NGOAI")
# "em chỉ nó": one of these.
YOUNG = {"EM", "BAN"}
# "ông thì ngồi xem", "ông thì bảo …": what somebody does who only stands by.
BESIDE = ("ngoi", "nam", "dung", "di", "ngu", "bao", "noi", "keu", "cuoi", "mac", "ban")


class Helped(NamedTuple):
    """The codes of those who were helped, and the places of clauses told of somebody who only stood by."""

    codes: list[str]
    standing_by: set[int]


def helped(
    line: Line, people: Sequence[Person], contacts: Collection[int], news: Collection[int], lengths: Collection[int]
) -> Helped:
    """Who of the people named was helped.

    `contacts` are the places where calling, sending or booking ends; `news` those that tell a skill, a day, a length
    or an outcome, `lengths` those that tell a length.
    """
    learners = [person for person in people if not _is_companion(line, person, people)] or list(people)
    aside = _aside(line, learners, contacts, news, lengths)
    kept = [person for person in learners if person not in aside] or learners
    if any(person.codes == (NEIGHBOUR,) and owns(line, person) for person in aside):
        kept = [person._replace(codes=(NEIGHBOUR,)) if _may_be_neighbour(line, person) else person for person in kept]
    codes = [found for person in kept for code in person.codes for found in _meant(code, person, kept, aside)]
    others = [person for person in aside if _is_somebody_else(person, kept) and _opens(line, person)]
    return Helped(list(dict.fromkeys(codes)), {place for person in others for place in _clause(line, person)})


def _opens(line: Line, person: Person) -> bool:
    return line.stop(person.start - 1) or line.before("turns", person.start)


def _is_somebody_else(person: Person, learners: Sequence[Person]) -> bool:
    """Named after the learners, and none of them again."""
    same = {code for learner in learners for code in learner.codes}
    again = any(code in same or _refers_back(code, person, learners) for code in person.codes)
    return not again and person.start > min(learner.end for learner in learners)


def _clause(line: Line, person: Person) -> range:
    end = line.clause_end(person.end)
    return range(person.start, end)


def _may_be_neighbour(line: Line, person: Person) -> bool:
    """ "qua nhà hàng xóm chỉ ông Tám": Mr Tám, not grandfather."""
    return set(person.codes) <= MAY_BE_STRANGERS and not line.word("possessors", person.end)


def _is_companion(line: Line, person: Person, people: Sequence[Person]) -> bool:
    """ "em với bạn Minh chỉ cô bán nước": Minh helped too."""
    before = line.tokens[person.start - 1].bare if person.start else ""
    if before not in ("voi", "va", "cung") or not line.before("speakers", person.start - 1):
        return False
    return any(
        person.end <= tag.start <= person.end + NAME_LENGTH and any(other.start >= tag.end for other in people)
        for tag in line.words("verbs")
    )


def _aside(
    line: Line, people: Sequence[Person], contacts: Collection[int], news: Collection[int], lengths: Collection[int]
) -> list[Person]:
    """Those who were not helped: called, written to, owners, hosts, and whoever is named around the learner."""
    taught = [person for person in people if is_object(line, person.start)]
    taught = taught or _meant_by_pronoun(line, people)
    taught = taught or [person for person in people if _gains(line, person)]
    taught = taught or [person for person in people if _is_beside_us(line, person, people)]
    taught = taught or _told_of_again(people)
    found: list[Person] = []
    begun = line.help_begins()
    helped = [person for person in taught if person.start >= begun]
    for place, person in enumerate(people):
        last = people[place - 1] if place else None
        if person in taught or (last and line.text(last.end) == "(" and _is_side(last, person)):
            continue  # "my grandma (my mom's mom)"
        if helped and person.end <= begun:
            found.append(person)  # "anh Hai đi bộ đội nên mẹ nhớ, em chỉ mẹ gọi video"
            continue
        listed = last is not None and _is_listed(line, last, person, news)
        if (
            (listed and last in found)
            or owns(line, person)
            or (taught and _taught_us(line, person))
            or (last and last.codes == (NEIGHBOUR,) and line.text(person.start - 1) == "(")
            or (last and _is_addressee(line, person.start, contacts, last))
        ):
            found.append(person)
        elif listed:
            continue
        elif taught and (
            _asked_before(line, person, taught[0], news) or (last and _stands_by(line, person, last, news, lengths))
        ):
            found.append(person)
    return found


def _meant_by_pronoun(line: Line, people: Sequence[Person]) -> list[Person]:
    """ "em gái em hay khoe nên em dạy nó": who was named last before the pronoun."""
    taught = [tag for tag in line.words("third_persons") if is_object(line, tag.start) and _is_pronoun(line, tag)]
    before = [person for person in people if taught and person.end <= taught[0].start]
    if taught and line.tokens[taught[0].start].bare == "no":
        before = [person for person in before if set(person.codes) <= YOUNG] or before
    several = bool(taught) and taught[0].size > 1 and line.text(taught[0].start) in ("hai", "cả")
    return before if len(before) == 1 + several else []


def _is_pronoun(line: Line, tag: Tag) -> bool:
    """ "no" is "nó" after a verb of helping; "chi" and "anh" may be kin."""
    return not tag.loose or line.text(tag.start) == "no"


def _told_of_again(people: Sequence[Person]) -> list[Person]:
    """ "dì em bán đồ, tối qua tập với em. dì chưa quen, dượng đứng cười": the one who is told of."""
    again = [person for person in people if any(_is_same(person, other) for other in people if other is not person)]
    return again if len({person.codes[0] for person in again}) < len({person.codes[0] for person in people}) else []


def _is_same(person: Person, other: Person) -> bool:
    return bool({*person.codes, *person.within} & {*other.codes, *other.within})


def _is_side(person: Person, other: Person) -> bool:
    """Whether the other names the side of the family the first left open."""
    return any(code in SIDES.get(first, ()) for first in person.codes for code in other.codes)


def _taught_us(line: Line, person: Person) -> bool:
    """ "chị họ dạy em, em về chỉ lại cho bố" """
    return any(tag.start == person.end and line.word("speakers", tag.end) for tag in line.words("verbs"))


def _gains(line: Line, person: Person) -> bool:
    """ "mẹ nhờ em cài zalo cho bà": she got it, whoever asked."""
    place = person.start
    after_speaker = any(tag.end < place for tag in line.words("speakers"))
    called = any(line.clause_start(place) < tag.end < place for tag in line.words("chats"))
    return after_speaker and line.text(place - 1) == "cho" and not called


def _is_beside_us(line: Line, person: Person, people: Sequence[Person]) -> bool:
    """ "em cùng bà làm sổ sức khỏe"; not "bác trai em với anh họ", nor a friend, who helped too."""
    together = line.text(person.start - 1) in ("cùng", "cung", "với", "voi")
    ours = together and line.before("speakers", person.start - 1) and person.codes != ("BAN",)
    return ours and not any(other.end == person.start - 2 for other in people)


def _is_listed(line: Line, last: Person, person: Person, news: Collection[int]) -> bool:
    """ "bố và mẹ", "ba nội, mẹ", "bố em mẹ em": one breath."""
    names = ("possessors", "ranks")
    between = [place for place in range(last.end, person.start) if not any(line.word(name, place) for name in names)]
    if len(between) > 1 + NAME_LENGTH or any(place in news for place in between):
        return False
    start = person.start - (line.text(person.start - 1) in ("my", "our", "his", "her"))
    return not between or line.text(start - 1) == "lẫn" or line.before("joins", start)


def _asked_before(line: Line, person: Person, learner: Person, news: Collection[int]) -> bool:
    """ "bố bảo em chỉ ông", "mẹ đi vắng nên em dạy bà": named before the learner, and nothing told of them."""
    end = line.clause_end(person.end)
    return person.end <= learner.start and not (end < learner.start and _tells(line, person.end, end, news))


def _stands_by(line: Line, person: Person, last: Person, news: Collection[int], lengths: Collection[int]) -> bool:
    """ "dạy bà xem ảnh chị họ gửi", "…, mẹ khen", "…, bố ngồi xem bóng đá": named after the learner, and not taught."""
    place = person.start
    if line.before("purposes", place):
        return True
    end = line.clause_end(person.end)
    opens = line.stop(place - 1) or line.before("turns", place) or place - 1 in news
    within = place - 1 in news and place in news and not line.stop(place - 1)  # "lưu số mấy bác vào danh bạ"
    if not opens or within or place <= last.end or _goes_along(line, place, news):
        return True
    if end <= (line.word("possessors", person.end) or person.end):
        return False  # "dạy ông zalo, bà"
    return not (_tells(line, person.end, end, news) and _has_share(line, person, end, news, lengths))


def _goes_along(line: Line, place: int, news: Collection[int]) -> bool:
    """ "… rồi bà đi chợ với thím", "… ra đánh cờ cùng chú Tám": no second learner."""
    together = line.text(place - 1) in ("với", "voi", "cùng", "cung")
    return together and not (place - 2 in news or line.stop(place - 2))


def _has_share(line: Line, person: Person, end: int, news: Collection[int], lengths: Collection[int]) -> bool:
    """ "…, dì 10 phút", "… còn bố thì …", "mẹ chuyển khoản, bố quét QR", "cả hai làm được": taught too."""
    place = line.word("possessors", person.end) or person.end
    share = any(other in lengths for other in range(place, end))
    before = line.text(person.start - 1)
    also = before in ("còn", "con") or (before.isalpha() and line.before("joins", person.start))
    opposed = line.text(place) in ("thì", "thi", "cũng", "cung") and line.bare(place + 1) not in BESIDE
    only = all(other in news for other in range(place, end))
    return share or also or opposed or only or len(person.codes) > 1 or line.has("both")


def _tells(line: Line, start: int, end: int, news: Collection[int]) -> bool:
    return any(place in news for place in range(start, end))


def _is_addressee(line: Line, place: int, contacts: Collection[int], last: Person) -> bool:
    while line.tokens[place - 1].bare in ("ca", "hai", "2", "may", "cac") and place > 1:
        place -= 1  # "đặt cho cả bà", "lưu số mấy bác"
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
    if code == "BO" and "BA" in person.within and any(o.codes == (UNCLEAR,) and o.start < person.start for o in others):
        return True  # "chi ba …, ba con lung tung": "còn"
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
