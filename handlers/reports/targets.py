"""What a unit aims at: targets it chose from the plans or added itself, and how far each is."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

import content
from bot.rules import target
from bot.rules.target import Reached
from bot.texts import number, percent
from db.models import UnitTarget
from db.store import Store
from handlers.reports import labels
from handlers.reports.figures import Counted

# What a school that chose nothing is shown: what the bot can count by itself.
USUAL = ("mot-nguoi-than", "lop-trien-khai-2026")


@dataclass(frozen=True, slots=True)
class Aim:
    """A target of a unit and how far it is; `method` says who counted."""

    slug: str
    name: str
    source: str
    goal: int
    of: Literal["percent", "people"]
    above: bool
    reached: Reached
    method: str

    @property
    def planned(self) -> str:
        """ "≥ 80%", "> 70%", "≥ 5 người"."""
        return f"{'>' if self.above else '≥'} {number(self.goal)}{'%' if self.of == 'percent' else ''}"

    @property
    def done(self) -> str:
        """ "23/38"; "chưa có số liệu"."""
        if self.reached.part is None:
            return "chưa có số liệu"
        part = number(self.reached.part)
        return f"{part}/{number(self.reached.whole)}" if self.reached.whole is not None else part

    @property
    def share(self) -> str:
        """ "61%", or nothing where nothing is divided."""
        if self.reached.part is None or self.of == "people":
            return ""
        return percent(self.reached.part, self.reached.whole or 0)

    @property
    def verdict(self) -> str:
        """ "Đạt", "Chưa đạt", or nothing."""
        return {True: "Đạt", False: "Chưa đạt", None: ""}[self.reached.met]


def aims(store: Store, counted: Counted) -> tuple[Aim, ...]:
    """The targets of a unit, counted over the school year so far, with numerator and denominator."""
    mine = store.targets(counted.unit.id)
    chosen = mine or [UnitTarget(unit_id=counted.unit.id, slug=slug) for slug in USUAL]
    return tuple(_aim(row, counted) for row in chosen)


def _aim(row: UnitTarget, counted: Counted) -> Aim:
    found = content.targets().get(row.slug)
    part, whole, method = row.numerator, row.denominator, _by_hand(row)
    if found is not None and found.measure is not None and part is None:
        part, whole = target.counted(found.measure, counted.year, _schools(counted))
        method = _by_bot(found.measure, counted)
    goal, of, above = (found.goal, found.of, found.above) if found else (row.goal, _own_of(row), False)
    if of == "people":
        whole = row.denominator
    return Aim(
        slug=row.slug,
        name=found.name if found else row.name,
        source=f"{content.plans()[found.plan].title}: “{found.paragraph}”" if found else row.source,
        goal=goal,
        of=of,
        above=above,
        reached=target.reached(goal, of, above, part, whole),
        method=method,
    )


def _own_of(row: UnitTarget) -> Literal["percent", "people"]:
    return "people" if row.slug.startswith("rieng-so-") else "percent"


def _by_hand(row: UnitTarget) -> str:
    return f"{row.method} ({labels.day(row.counted_on)})" if row.counted_on else row.method


def _by_bot(measure: str, counted: Counted) -> str:
    helped = counted.year.helped
    if measure == "pupils_helped":
        return f"bot đếm: tự khai {number(helped.told)}, xác nhận {number(helped.confirmed)}, đối chiếu {number(helped.checked)}"
    return "bot đếm: có ít nhất một buổi ghi từ đầu năm học"


def _schools(counted: Counted) -> tuple[int, int]:
    """The schools just below a ward with a session; a school counts itself."""
    if counted.unit.kind != "ward":
        return int(counted.year.sessions > 0), 1
    return counted.active_parts, len(counted.parts)


def set_own(store: Store, unit_id: int, name: str, goal: int, of: Literal["percent", "people"], source: str) -> str:
    """Add a unit's own target; its slug. ValueError where it has no source: a target stands in some document."""
    if not source.strip():
        raise ValueError("a target needs the document it stands in")
    mine = [row.slug for row in store.targets(unit_id)]
    kind = "rieng-so-" if of == "people" else "rieng-"
    slug = f"{kind}{sum(one.startswith('rieng-') for one in mine) + 1}"
    store.set_target(UnitTarget(unit_id=unit_id, slug=slug, name=name, goal=goal, source=source))
    return slug


def count_by_hand(store: Store, unit_id: int, slug: str, part: int, whole: int | None, method: str, day: date) -> bool:
    """Write in what a person counted for a target of the unit; False when it is none of its targets."""
    for row in store.targets(unit_id):
        if row.slug == slug:
            row.numerator, row.denominator, row.method, row.counted_on = part, whole, method, day
            store.set_target(row)
            return True
    return False
