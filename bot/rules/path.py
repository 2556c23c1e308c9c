"""Which lesson comes next for whom, and why: a suggestion nobody understands is followed by nobody.

The order: what was begun, what turned out weak, what fits the group in the order of the lessons, each
only when the lessons it needs are known. Everybody may take any lesson at any time all the same.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Group = Literal["NCT", "ND", "HS", "TT", "GV"]
Why = Literal["begun", "weak", "helped", "first", "opens", "group"]

PLACEMENT = 5  # questions at most


class Lesson(Protocol):
    """What this rule must know of a lesson."""

    @property
    def slug(self) -> str: ...
    @property
    def skill(self) -> str: ...
    @property
    def topic(self) -> str: ...
    @property
    def groups(self) -> Sequence[str]: ...
    @property
    def needs(self) -> Sequence[str]: ...


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a learner: lessons by slug. `begun` and `weak` have the latest first; `helped` are skills shown by a pupil."""

    known: Collection[str] = ()
    begun: Sequence[str] = ()
    weak: Sequence[str] = ()
    helped: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A lesson, and why it is suggested; `opens` is the later lesson that needs it."""

    slug: str
    why: Why
    opens: str = ""


def default_group(role: str | None, address: str) -> Group:
    """The group of somebody who has not chosen one."""
    if role == "pupil":
        return "HS"
    if role in ("teacher", "officer"):
        return "GV"
    return "NCT" if address in ("bà", "ông", "cụ", "bác") else "ND"


def suggest(lessons: Sequence[Lesson], group: Group, standing: Standing) -> Suggestion | None:
    """The next lesson; None when every lesson of the group is known. `lessons` are in the order of learning."""
    by_slug = {lesson.slug: lesson for lesson in lessons}
    open_ones = [lesson for lesson in lessons if lesson.slug not in standing.known]
    for slug in standing.begun:
        if slug in by_slug and slug not in standing.known:
            return Suggestion(slug, "begun")
    for slug in standing.weak:
        if slug in by_slug:
            return Suggestion(slug, "weak")
    for skill in standing.helped:
        for lesson in open_ones:
            if lesson.skill == skill:
                return _opened(lesson, by_slug, standing, "helped")
    for lesson in open_ones:
        if group in lesson.groups:
            return _opened(lesson, by_slug, standing, "group" if standing.known else "first")
    return None


def _opened(lesson: Lesson, by_slug: dict[str, Lesson], standing: Standing, why: Why) -> Suggestion:
    """The lesson itself, or the first one it needs that is not known yet."""
    wanted, opens = lesson, ""
    while missing := [slug for slug in wanted.needs if slug not in standing.known and slug in by_slug]:
        wanted, opens = by_slug[missing[0]], wanted.slug
    return Suggestion(wanted.slug, "opens", opens) if opens else Suggestion(wanted.slug, why)


def of_group(lessons: Sequence[Lesson], group: Group) -> list[str]:
    """The lessons of a group's path, in the order of learning."""
    return [lesson.slug for lesson in lessons if group in lesson.groups]


def placement(lessons: Sequence[Lesson], group: Group, most: int = PLACEMENT) -> list[str]:
    """The lessons whose question tells most about where to begin: spread evenly over the group's path."""
    mine = of_group(lessons, group)
    if len(mine) <= most:
        return mine
    step = len(mine) / most
    return [mine[int(step * place)] for place in range(most)]


def placed(lessons: Sequence[Lesson], group: Group, right: Iterable[str]) -> set[str]:
    """Lessons that need not be taken: those answered rightly, and what these need. Nothing else is assumed."""
    by_slug = {lesson.slug: lesson for lesson in lessons}
    found: set[str] = set()
    waiting = [slug for slug in right if slug in by_slug]
    while waiting:
        slug = waiting.pop()
        if slug not in found:
            found.add(slug)
            waiting += [need for need in by_slug[slug].needs if need in by_slug]
    return found


@dataclass(frozen=True, slots=True)
class Measure:
    """What a test showed before and after a topic, in answers right of answers asked; None before it was taken."""

    before: tuple[int, int] | None
    after: tuple[int, int] | None

    @property
    def change(self) -> int | None:
        """In percentage points, rounded."""
        if self.before is None or self.after is None or not self.before[1] or not self.after[1]:
            return None
        return round(100 * self.after[0] / self.after[1]) - round(100 * self.before[0] / self.before[1])


def questions_of_test(
    lessons: Sequence[Lesson], topic: str, when: Literal["before", "after"], most: int = PLACEMENT
) -> list[tuple[str, int]]:
    """(lesson, number of its question) of a topic's test: the same lessons both times, another question of each.

    The same questions twice would measure what was remembered of the test.
    """
    mine = [lesson.slug for lesson in lessons if lesson.topic == topic]
    step = max(1.0, len(mine) / most)
    chosen = [mine[int(step * place)] for place in range(min(most, len(mine)))]
    return [(slug, 1 if when == "before" else 2) for slug in chosen]
