"""Kin words that are no kin: neighbours, people known by their job, a friend's family."""

from collections.abc import Sequence

from bot.rules.reading.line import Line
from bot.rules.reading.person import NAME_LENGTH, Person

# A job after these words makes a stranger; "mẹ bán rau" is still mother.
MAY_BE_STRANGERS = frozenset({"CO", "CHU", "BAC", "ANH", "CHI", "DI", "BA", "ONG", "EM", "BAN", "CU"})

# They lead to a place or another person.
TOWARDS = ("ra", "len", "toi", "den", "o", "gap", "goi", "nho", "hoi", "vao", "bao", "xung", "voi", "bi")


def strangers(line: Line, people: Sequence[Person]) -> list[Person]:
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
    if line.word("occupations", person.end):
        return 0  # "ma ban banh": she sells
    if line.text(person.end) == "thằng" and not line.stop(person.end + 1):
        return person.end + 2  # "mẹ thằng Nam"
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
    if not set(person.codes) <= MAY_BE_STRANGERS or line.tokens[person.start].bare == "ban":
        return 0  # "bạn cùng tổ" is a friend
    for start in range(person.end, person.end + NAME_LENGTH):
        if line.stop(start) or line.word("possessors", start) or line.word("verbs", start):
            return 0
        if end := line.word("nearby", start):
            return end
    return 0


def _job(line: Line, person: Person) -> int:
    if not set(person.codes) <= MAY_BE_STRANGERS and line.tokens[person.end - 1].bare != "gia":
        return 0  # "bà già bán cá" is not mother
    family = ("ruot", "ho", "ut") if person.codes == ("DI",) else ("ruot", "ho")
    if any(line.tokens[place].bare in family for place in range(person.start, min(person.end + 1, len(line)))):
        return 0  # "Dì Út bán bánh" is the youngest aunt, "cô ruột bán xôi" father's sister
    for start in range(person.end, person.end + NAME_LENGTH):
        if line.stop(start) or line.word("possessors", start):
            return 0
        if line.tokens[start].bare in TOWARDS and not line.word("occupations", start):
            return 0  # "hai bà cháu ra công an xã"
        end = line.word("occupations", start)
        # "cô Út livestream bán bánh tráng": what she learned
        longer = any(person.end <= tag.start <= start and tag.end >= end for tag in line.tags("skill"))
        online = line.word("via", end) and line.text(end) not in ("ở", "o", "trong", "in")
        if end and not longer and not online:
            return end
    return 0
