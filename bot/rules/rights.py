"""Who may see and do what, and where: one table.

A role is held in one unit of the tree. "own" is that unit alone, "tree" that unit and all below it;
what is not in the table is nobody's. Names end at the class: whoever stands above it sees counts,
and no count of a group so small that everybody knows who is meant.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

Role = Literal["pupil", "leader", "learner", "teacher", "organiser", "board", "officer", "admin"]
Act = Literal[
    "log",
    "learn",
    "ask",
    "fill",
    "names",
    "check",
    "goal",
    "cards",
    "answer",
    "list",
    "counts",
    "announce",
    "exams",
    "invite",
    "units",
]
Reach = Literal["own", "tree"]

# organiser: tổng phụ trách Đội; board: ban giám hiệu; leader: chi đội trưởng, a pupil who also fills in for others.
MAY: Mapping[Act, Mapping[str, Reach]] = {
    "log": {"pupil": "own"},
    "ask": {"pupil": "own"},
    "learn": dict.fromkeys(("pupil", "learner", "teacher", "organiser", "board", "officer", "admin"), "own"),
    "fill": {"leader": "own"},
    "names": {"leader": "own", "teacher": "own"},
    "check": {"teacher": "own"},
    "goal": {"teacher": "own"},
    "cards": {"teacher": "own"},
    "answer": {"teacher": "own"},
    "list": {"teacher": "own", "organiser": "tree", "board": "tree", "admin": "tree"},
    "counts": {"teacher": "own", "organiser": "tree", "board": "tree", "officer": "tree", "admin": "tree"},
    "announce": {"teacher": "own", "organiser": "tree", "board": "tree", "officer": "tree"},
    "exams": {"teacher": "own", "organiser": "tree", "board": "tree", "officer": "tree"},
    "invite": {"organiser": "tree", "board": "tree", "officer": "tree", "admin": "tree"},
    "units": {"officer": "tree", "admin": "tree"},
}
STAFF = ("teacher", "organiser", "board", "officer", "admin")
# In which kind of unit a role is held.
KINDS: Mapping[str, tuple[str, ...]] = {
    "pupil": ("class",),
    "leader": ("class",),
    "teacher": ("class",),
    "organiser": ("school",),
    "board": ("school",),
    "officer": ("ward", "village", "team"),
    "admin": ("ward", "school"),
}
# Whom a role may invite into a unit within its reach. Pupils come by their cards, leaders by their teacher.
INVITES: Mapping[str, tuple[Role, ...]] = {
    "organiser": ("teacher",),
    "board": ("teacher", "organiser"),
    "officer": ("board", "organiser", "officer"),
    "admin": ("teacher", "organiser", "board", "officer", "admin"),
}
# Which kinds of unit a role adds below a ward, and names. Classes come with their lists.
ADDS: Mapping[str, tuple[str, ...]] = {"officer": ("village", "team"), "admin": ("village", "team", "school")}
# Fewer people than this are no statistic but persons (the law's data minimum, and the usual threshold).
FEWEST = 5


def may(role: str | None, act: Act, home: int | None, path: Sequence[int]) -> bool:
    """Whether a role held in the unit `home` reaches a unit; `path` leads from that unit up to its root."""
    reach = MAY[act].get(role or "")
    if reach is None or home is None or not path:
        return False
    return path[0] == home if reach == "own" else home in path


def may_somewhere(role: str | None, act: Act) -> bool:
    """Whether a role has this right anywhere at all."""
    return (role or "") in MAY[act]


def may_invite(role: str | None, invited: str, home: int | None, path: Sequence[int], kind: str) -> bool:
    """Whether a role may let somebody take another role in a unit of that kind."""
    if role == invited == "officer" and kind == "ward":
        return False  # an officer's own colleagues are the administrator's to invite
    return may(role, "invite", home, path) and invited in INVITES.get(role or "", ()) and kind in KINDS[invited]


def may_add(role: str | None, added: str, home: int | None, path: Sequence[int], kind: str) -> bool:
    """Whether a role may add a unit of a kind just below a unit of the kind `kind`, to which `path` belongs."""
    return may(role, "units", home, path) and kind == "ward" and added in ADDS.get(role or "", ())


def may_rename(role: str | None, home: int | None, path: Sequence[int], kind: str) -> bool:
    """Whether a role may give a unit another name."""
    return may(role, "units", home, path) and kind in ADDS.get(role or "", ())


def hidden(groups: Iterable[int]) -> frozenset[int]:
    """Which rows of a table are not shown above the class, by place: groups of fewer than five people.

    Nobody is a number as good as any. Where one row alone is too small, the next smallest goes with it,
    since the total would give it away.
    """
    sizes = list(groups)
    small = {place for place, size in enumerate(sizes) if 0 < size < FEWEST}
    if len(small) == 1:
        others = [place for place, size in enumerate(sizes) if size >= FEWEST]
        small |= set(sorted(others, key=lambda place: sizes[place])[:1])
    return frozenset(small)
