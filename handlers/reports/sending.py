"""Reports on their way up: sent and kept as they were, approved or returned, late or on time.

A report is frozen when it is sent. What is approved is locked: whoever corrects it sends a new version
and says why, and the old one stays as it was.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from pydantic import TypeAdapter

from bot.rules.period import Period
from bot.rules.tally import Figures, total
from bot.texts import number
from db.models import Report, Unit
from db.store import Store
from handlers.reports import labels, official
from handlers.reports.paper import Cell, Column, Paper, Section, Table

Refusal = Literal["same", "reason", "early"]
Decision = Literal["approved", "returned"]


@dataclass(frozen=True, slots=True)
class Frozen:
    """What is kept of a report: its counts, to be summed above, and the paper as it was sent."""

    figures: Figures
    paper: Paper


@cache
def _frozen() -> TypeAdapter[Frozen]:
    return TypeAdapter(Frozen)


def opened(report: Report) -> Frozen:
    """A report as it was sent."""
    return _frozen().validate_json(report.figures)


def send(store: Store, unit: Unit, over: Period, by: int | None, now: datetime, reason: str = "") -> Report | Refusal:
    """Send a report up. A second version needs a reason, and something new to say; a period that runs waits."""
    if now.date() <= over.last:
        return "early"
    found = official.facts(store, unit.id, over, now)
    found = replace(found, counted=replace(found.counted, goes_up=True))
    frozen = Frozen(found.counted.figures, official.paper(found))
    earlier = store.versions_sent(unit.id, over.kind, over.first, over.last)
    if earlier:
        if opened(earlier[-1]) == frozen and earlier[-1].state != "returned":
            return "same"
        if not reason.strip():
            return "reason"
    report = Report(
        unit_id=unit.id,
        kind=over.kind,
        first=over.first,
        last=over.last,
        version=len(earlier) + 1,
        state="sent",
        figures=_frozen().dump_json(frozen).decode(),
        reason=reason.strip(),
        sent_at=now,
        sent_by=by,
    )
    store.send_report(report)
    return report


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit's report stands: its last version, when the first one came, and whether that was in time."""

    unit: Unit
    report: Report | None
    came: date | None
    on_time: bool


@dataclass(frozen=True, slots=True)
class Board:
    """Who below a unit has sent a period's report: expected, received, on time, and who is late.

    `figures` is the sum of what was received, the last version of each, different people once.
    """

    unit: Unit
    due: date
    places: tuple[Place, ...]
    overdue: bool
    figures: Figures

    @property
    def received(self) -> list[Place]:
        return [place for place in self.places if place.report is not None]

    @property
    def on_time(self) -> list[Place]:
        return [place for place in self.places if place.on_time]

    @property
    def missing(self) -> list[Place]:
        return [place for place in self.places if place.report is None]

    @property
    def waiting(self) -> list[Place]:
        """Reports that nobody has approved or returned yet."""
        return [place for place in self.received if place.report is not None and place.report.state == "sent"]


def board(store: Store, unit: Unit, over: Period, now: datetime) -> Board:
    """The reports of the units just below, for a period."""
    below = [branch.unit for branch in store.branch(unit.id).reporting]
    due = over.last + timedelta(days=store.reporting(unit.id).due_days)
    sent = store.received([one.id for one in below], over.kind, over.first, over.last)
    places = tuple(_place(one, sent.get(one.id, []), due, now) for one in below)
    figures = [opened(place.report).figures for place in places if place.report and place.report.state != "returned"]
    return Board(unit, due, places, now.date() > due, total(figures))


def _place(unit: Unit, versions: list[Report], due: date, now: datetime) -> Place:
    if not versions:
        return Place(unit, None, None, on_time=False)
    came = versions[0].sent_at.astimezone(now.tzinfo).date()
    return Place(unit, versions[-1], came, came <= due)


STATES = {"sent": "chờ duyệt", "approved": "đã duyệt", "returned": "đã trả lại"}


def section(found: Board) -> Section:
    """The board on paper, for the unit's own use: expected and received, in time or late, a line a unit."""
    return Section(
        "THEO DÕI NỘP BÁO CÁO (dùng trong đơn vị, không gửi lên trên)",
        (
            f"Đã nhận {number(len(found.received))}/{number(len(found.places))} báo cáo, "
            f"{number(len(found.on_time))} đúng hạn (hạn nộp {labels.day(found.due)}).",
        ),
        (
            Table(
                "",
                (
                    Column("STT", 0.5),
                    Column("Đơn vị", 2.2),
                    Column("Nộp lần đầu", 1.2),
                    Column("Đúng hạn", 1.2),
                    Column("Bản", 0.6),
                    Column("Tình trạng", 1.3),
                ),
                tuple((row + 1, *_cells(place, found.overdue)) for row, place in enumerate(found.places)),
            ),
        ),
    )


def _cells(place: Place, overdue: bool) -> tuple[Cell, ...]:
    if place.report is None or place.came is None:
        return (place.unit.name, "", "trễ hạn" if overdue else "", "", "chưa nộp")
    in_time = "đúng hạn" if place.on_time else "trễ hạn"
    return (place.unit.name, labels.day(place.came), in_time, place.report.version, STATES[place.report.state])


def decide(
    store: Store,
    superior: Unit,
    report_id: int,
    state: Decision,
    by: int,
    now: datetime,
    answer: str = "",
) -> Report | None:
    """The unit above approves a report (which locks it) or returns it with a word; None when it is not theirs to do."""
    report = store.report(report_id)
    if report is None or report.state != "sent" or store.unit(report.unit_id).parent_id != superior.id:
        return None
    return store.report(report_id) if store.decide_report(report_id, state, by, answer, now) else None
