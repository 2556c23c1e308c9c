"""A person named in a line, and where in it a person stands."""

from typing import NamedTuple

from bot.rules.reading.line import Line

# "ba" without marks: grandmother or father.
UNCLEAR = "BA_HAY_BO"
# "cô Lan Anh": a name after the kin word.
NAME_LENGTH = 2
# They may stand between the verb and the learner.
SMALL = frozenset(
    {
        "cho",
        "cung",
        "voi",
        "ca",
        "hai",
        "2",
        "mot",
        "1",
        "may",
        "cac",
        "lai",
        "them",
        "luon",
        "tiep",
        "my",
        "our",
        "the",
        "a",
    }
)


class Person(NamedTuple):
    """A relative at tokens `start` to `end`; `within` are kin words inside it that later refer back to it."""

    codes: tuple[str, ...]
    start: int
    end: int
    within: frozenset[str] = frozenset()


def owns(line: Line, person: Person) -> bool:
    """ "điện thoại của mẹ", "máy bà", "sang nhà dì": whose thing or house it is."""
    return line.text(person.start - 1) in ("của", "cua") or line.before("belongings", person.start)


def is_object(line: Line, place: int) -> bool:
    """Right after a helping verb, with small words between if need be ("dạy cho cả hai ông bà")."""
    while place > 1 and not line.before("verbs", place) and line.tokens[place - 1].bare in SMALL:
        place -= 1
    kin = [tag for tag in line.tags("relative") if tag.size > 1]  # "ong noi voi ba noi": no "nói với"
    verbs = [tag for tag in line.words("verbs") if tag.end == place]
    verbs = [tag for tag in verbs if not any(other.start < tag.start < other.end for other in kin)]
    return any(not _by_learner(line, tag.start) for tag in verbs)


def _by_learner(line: Line, place: int) -> bool:
    """Whether the verb here is a learner's: "chị tự đặt cho bà", "mẹ còn chỉ lại cho dì"."""
    if line.before("alone", place):
        return True
    while place > 1 and line.tokens[place - 1].text in ("còn", "cũng", "lại", "đã"):
        place -= 1
    kin = [tag for tag in line.tags("relative") if tag.end == place and not tag.slip and not tag.loose]
    if any(line.before("belongings", tag.start) for tag in kin):
        return False  # "sang phòng bà nội dạy bà"
    return any(not line.word("risky", tag.start) and not line.before("verbs", tag.start) for tag in kin)
