"""A document before it is drawn: chat, spreadsheet, Word, PDF and web page all show this one value."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.texts import number

# A cell that is not shown, since it would tell of fewer than five people.
HIDDEN = None
Cell = str | int | None
TOO_FEW = "<5"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, and how wide it is beside the others."""

    title: str
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `total` is its last row, `notes` stand below it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()

    @property
    def lines(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows, and the total where there is one."""
        return (*self.rows, self.total) if self.total is not None else self.rows


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart: so much of so much, and perhaps what was aimed at."""

    label: str
    part: int
    whole: int
    goal: int | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars from left to right in one scale; `alt` says the same in words."""

    title: str
    bars: tuple[Bar, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, sentences, tables and charts, in this order."""

    title: str = ""
    lines: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above: on the left who writes, on the right for which world; the last line of each is bold.

    `number` and `place` are the lines below them, with room for what a person writes in.
    """

    left: tuple[str, ...]
    right: tuple[str, ...]
    number: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs; the room below stays empty."""

    title: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole document. `file` is its name without a suffix; `draft` stands at the top of every page."""

    file: str
    kind: str
    title: str
    dates: str
    heading: Heading | None
    sections: tuple[Section, ...]
    signatures: tuple[Signature, ...] = ()
    recipients: tuple[str, ...] = ()
    draft: str = "DỰ THẢO"
    wide: bool = False

    @property
    def tables(self) -> Iterator[Table]:
        """Every table, in order."""
        return (table for section in self.sections for table in section.tables)

    def without_charts(self) -> "Paper":
        """The same in words and numbers only."""
        return replace(self, sections=tuple(replace(section, charts=()) for section in self.sections))


def shown(cell: Cell) -> str:
    """A cell as it is read."""
    if cell is HIDDEN:
        return TOO_FEW
    return number(cell) if isinstance(cell, int) else cell


def is_number(cell: Cell) -> bool:
    """Whether a cell stands to the right in its column: a count, a share, or one that is not shown."""
    return not isinstance(cell, str) or cell.endswith("%")
