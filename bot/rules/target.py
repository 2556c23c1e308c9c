"""Whether a target is reached: numerator and denominator first, the share after, and green or red.

Nothing is estimated: what the bot cannot count and nobody has counted is neither.
"""

from dataclasses import dataclass
from typing import Literal

from bot.rules.tally import Figures

Measure = Literal["pupils_helped", "classes_active", "schools_active"]


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a target is: `part` of `whole`, or `part` people where nothing is divided.

    `met` is None while nothing was counted.
    """

    part: int | None
    whole: int | None
    met: bool | None


def reached(goal: int, of: Literal["percent", "people"], above: bool, part: int | None, whole: int | None) -> Reached:
    """Compare without rounding: 84.6 % is not 85 %. A share of nobody is not reached by anybody."""
    if part is None or (of == "percent" and not whole):
        return Reached(part, whole, None)
    here, there = (part * 100, goal * (whole or 0)) if of == "percent" else (part, goal)
    return Reached(part, whole, here > there if above else here >= there)


def counted(measure: Measure, figures: Figures, schools: tuple[int, int]) -> tuple[int, int]:
    """Numerator and denominator as the bot counts them; `schools` are those with a session, and all."""
    if measure == "pupils_helped":
        return figures.pupils.count, figures.size
    return (figures.active, figures.classes) if measure == "classes_active" else schools
