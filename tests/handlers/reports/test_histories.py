"""Property tests on realistic histories: one set of numbers everywhere, sums that add up, nothing counted twice.

The suite tries some of them, `make soak` a thousand; the documents of a few are opened by independent readers.
"""

import io
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from pypdf import PdfReader

from bot.papers import desk, docx, page, pdf, xlsx
from bot.rules import period, rights, tally
from bot.rules.period import Period
from bot.rules.tally import Figures
from bot.texts import number, speaking
from db.database import Database
from db.store import Store
from handlers import report
from handlers.reports import book, figures, labels, official
from handlers.reports.paper import Cell, Paper, Table, shown
from tests import histories
from tests.examples import MOST
from tests.histories import ELDERS, VIETNAM, History, Told
from tests.postgres import emptied

MANY = MOST or 12
OPENED = max(2, MANY // 40)
NOW = datetime(2026, 12, 20, 19, 30, tzinfo=VIETNAM)
PERIODS = (
    period.month(date(2026, 11, 10)),
    period.month(date(2026, 10, 20), 14),
    period.week(date(2026, 10, 28)),
    period.quarter(date(2026, 11, 10)),
    period.days(date(2026, 9, 20), date(2026, 11, 3)),
)


@pytest.fixture(scope="module")
def stored(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[History]]]:
    """Histories in one database, a school each, and a store that reads it."""
    made = Database(f"sqlite:///{shutil.copy(migrated, tmp_path_factory.mktemp('histories'))}")
    several = [histories.history(number) for number in range(MANY)]
    histories.store(made, several)
    with made.reading() as store, speaking(labels.VIETNAMESE):
        yield store, several
    made.close()


def over(one: History) -> Period:
    return PERIODS[one.number % len(PERIODS)]


def counts(found: Figures) -> dict[str, int]:
    """The plain numbers of some figures."""
    return {
        "size": found.size,
        "sessions": found.sessions,
        "minutes": found.minutes,
        "pupils": found.pupils.count,
        "surely": found.confirmed_pupils.count,
        "checked": found.checked_pupils.count,
        "on paper": found.on_paper,
        "people": found.people.count,
        "elders": found.elders.count,
        "alone": found.alone_people.count,
        **{f"state {state}": getattr(found, state) for state in ("told", "confirmed", "checked")},
        **{f"outcome {code}": found.of(code) for code in sorted(set(histories.OUTCOMES))},
        **{f"skill {code}": found.skills[code].sessions for code in sorted(found.skills)},
        **{f"skill people {code}": found.skills[code].people.count for code in sorted(found.skills)},
        **{f"relative people {code}": found.relatives[code].people.count for code in sorted(found.relatives)},
    }


def plainly(one: History, told: list[Told], size: int) -> dict[str, int]:
    """The same numbers by the plainest counting there is, from the story itself."""

    def people(where: Callable[[Told, str], bool] = lambda _told, _code: True) -> int:
        return len({one.who(log, code) for log in told for code in log.relatives if where(log, code)})

    skills = sorted({code for log in told for code in log.skills})
    relatives = sorted({code for log in told for code in log.relatives})
    return {
        "size": size,
        "sessions": len(told),
        "minutes": sum(log.minutes for log in told),
        "pupils": len({log.pupil_id for log in told}),
        "surely": len({log.pupil_id for log in told if log.state != "told"}),
        "checked": len({log.pupil_id for log in told if log.state == "checked"}),
        "on paper": sum(log.on_paper for log in told),
        "people": people(),
        "elders": len({one.who(log, code) for log in told for code in log.relatives if code in ELDERS}),
        "alone": people(lambda log, _code: log.outcome == "TU_LAM"),
        **{f"state {state}": sum(log.state == state for log in told) for state in ("told", "confirmed", "checked")},
        **{f"outcome {code}": sum(log.outcome == code for log in told) for code in sorted(set(histories.OUTCOMES))},
        **{f"skill {code}": sum(code in log.skills for log in told) for code in skills},
        **{
            f"skill people {code}": len(
                {one.who(log, who) for log in told if code in log.skills for who in log.relatives}
            )
            for code in skills
        },
        **{f"relative people {code}": people(lambda _log, who, code=code: who == code) for code in relatives},  # type: ignore[misc]  # the default binds the code
    }


def test_what_is_counted_is_what_happened_and_withdrawn_sessions_are_nowhere(
    stored: tuple[Store, list[History]],
) -> None:
    store, several = stored
    for one in several:
        found = figures.counted(store, one.school, over(one), NOW)
        told = one.counting(None, over(one).first, over(one).last)
        assert counts(found.figures) == plainly(one, told, sum(one.sizes.values())), one.number
        for room, part in zip(one.rooms, found.parts, strict=True):
            mine = one.counting(room, over(one).first, over(one).last)
            assert counts(part.figures) == plainly(one, mine, one.sizes[room]), (one.number, room)
        since = period.school_year(over(one).last).first
        whole = one.counting(None, since, over(one).last)
        assert counts(found.year) == plainly(one, whole, sum(one.sizes.values())), one.number


def test_a_roll_up_is_the_sum_of_its_parts_less_who_is_in_several(stored: tuple[Store, list[History]]) -> None:
    store, several = stored
    for one in several:
        found = figures.counted(store, one.school, over(one), NOW)
        parts = [part.figures for part in found.parts]
        assert found.figures == tally.total(parts)
        for name in ("size", "classes", "active", "sessions", "minutes", "told", "confirmed", "checked", "on_paper"):
            assert getattr(found.figures, name) == sum(getattr(part, name) for part in parts)
        for name, less in (("pupils", found.overlap.pupils), ("people", found.overlap.people)):
            assert getattr(found.figures, name).count == sum(getattr(part, name).count for part in parts) - less
            assert less >= 0
        assert found.figures.told + found.figures.confirmed + found.figures.checked == found.figures.sessions
        assert sum(found.figures.outcomes.values()) == found.figures.sessions


def test_two_halves_of_a_period_hold_every_session_once(stored: tuple[Store, list[History]]) -> None:
    store, several = stored
    edges = (date(2026, 9, 1), date(2026, 10, 15), date(2026, 11, 1), date(2026, 12, 20))
    for one in several:
        spans = [period.days(first, date.fromordinal(last.toordinal() - 1)) for first, last in pairwise(edges)]
        parts = [figures.counted(store, one.school, span, NOW).figures for span in spans]
        whole = figures.counted(store, one.school, period.days(edges[0], spans[-1].last), NOW).figures
        assert sum(part.sessions for part in parts) == whole.sessions
        assert max((part.people.count for part in parts), default=0) <= whole.people.count


def test_small_groups_are_not_shown_above_the_class_and_cannot_be_worked_out(
    stored: tuple[Store, list[History]],
) -> None:
    store, several = stored
    hidden = 0
    for one in several:
        found = figures.counted(store, one.school, over(one), NOW)
        table = official.by_unit(found)
        for cells, part in zip(table.rows, found.parts, strict=False):
            if 0 < min(part.figures.people.count, part.figures.pupils.count) < rights.FEWEST:
                assert set(cells[3:12]) == {None}, one.number
        lines = [cells for cells in table.rows[: len(found.parts)] if None in cells[3:4]]
        hidden += len(lines)
        rest = [part for part in found.parts if part.figures.people.count]
        if len(lines) == 1 and len(rest) > 1:
            raise AssertionError(f"history {one.number}: the one hidden line follows from the sum")
    assert hidden, "no history had a small group"


SAME = min(MANY, 20) if MOST else 6


def test_postgresql_counts_and_writes_the_same_to_the_letter(
    postgres: Database, migrated: Path, tmp_path: Path
) -> None:
    several = [histories.history(number) for number in range(SAME)]
    lite, great = Database(f"sqlite:///{shutil.copy(migrated, tmp_path)}"), postgres
    emptied(great.engine)
    for made in (lite, great):
        histories.store(made, several)
    with lite.reading() as one_store, great.reading() as other_store, speaking(labels.VIETNAMESE):
        for one in several:
            for unit_id in (one.school, one.rooms[0]):
                papers = [
                    desk.paper_of(store, unit_id, "report", over(one).name, NOW) for store in (one_store, other_store)
                ]
                assert papers[0] == papers[1], one.number
            books = [
                desk.paper_of(store, one.rooms[0], "book", over(one).name, NOW) for store in (one_store, other_store)
            ]
            assert books[0] == books[1], one.number
            told = [figures.counted(store, one.school, over(one), NOW) for store in (one_store, other_store)]
            assert told[0].figures == told[1].figures, one.number
            assert report.lines(told[0]) == report.lines(told[1])
    lite.close()
    great.close()


# -- one set of numbers in every output ----------------------------------------------------------


def test_chat_file_and_page_say_the_same(stored: tuple[Store, list[History]]) -> None:
    store, several = stored
    for one in several:
        for unit_id in (one.school, one.rooms[0]):
            facts = official.facts(store, unit_id, over(one), NOW)
            paper = official.paper(facts)
            sentence = paper.sections[3].lines[0]
            now = facts.counted.figures
            first = (now.helped.part, now.helped.whole)
            chat = "\n".join(report.lines(facts.counted))
            assert numbers(chat.split("\n")[1])[:2] == numbers(sentence)[:2] == list(first), one.number
            told = numbers(chat.split("\n")[2])
            few = {
                count: rights.FEWEST if facts.counted.hides and 0 < count < rights.FEWEST else count
                for count in range(1000)
            }
            assert told == [now.people.count, few[now.elders.count], 60, few[now.alone_people.count]]
            assert official.few(facts.counted, now.elders.count) in sentence
            assert numbers(chat.split("\n")[3])[:2] == [now.sessions, now.minutes]
            said = f"; {now.on_paper} lượt chi đội trưởng ghi từ sổ giấy." if now.on_paper else "lớp có ghi."
            assert official.coverage(now).endswith(said)
            assert ("ghi từ sổ giấy" in chat) == bool(now.on_paper)
            assert pages(page.drawn(paper, (), "")) == [cells(table) for table in paper.tables], one.number
            rows = official.csv_rows(facts.counted)
            for row, line in zip(rows, official.by_unit(facts.counted).rows, strict=False):
                assert row[2:7] == [plain(line[2]), plain(line[3]), plain(line[5]), plain(line[7]), plain(line[8])]


def test_the_logbook_has_a_row_for_each_session_that_counts(stored: tuple[Store, list[History]]) -> None:
    store, several = stored
    for one in several:
        for room in one.rooms:
            found = book.rows(store, store.unit(room), over(one), NOW)
            told = one.counting(room, over(one).first, over(one).last)
            assert sorted(row.told.id for row in found.rows) == sorted(log.id for log in told)
            assert len(book.csv_rows(found)) == len(told) == found.counted.figures.sessions
            on_paper = [row for row in book.csv_rows(found) if "ghi từ sổ giấy" in row[-1]]
            assert len(on_paper) == sum(log.on_paper for log in told) == found.counted.figures.on_paper
            assert sum(row.told.minutes for row in found.rows) == found.counted.figures.minutes


@pytest.mark.parametrize("place", range(OPENED))
def test_documents_opened_by_independent_readers_hold_the_same_tables(
    place: int, stored: tuple[Store, list[History]]
) -> None:
    store, several = stored
    one = several[place * (len(several) // OPENED)]
    papers = [official.paper(official.facts(store, one.school, over(one), NOW))]
    papers.append(book.paper(book.rows(store, store.unit(one.rooms[0]), over(one), NOW)))
    for paper in papers:
        tables = [cells(table) for table in paper.tables]
        assert workbook(xlsx.drawn(paper), paper) == tables
        assert [table for table in word(docx.drawn(paper)) if table in tables] == tables
        text = "".join("".join(sheet.extract_text().split()) for sheet in PdfReader(io.BytesIO(pdf.drawn(paper))).pages)
        for table in paper.tables:
            for line in table.lines:
                assert all("".join(shown(cell).split()) in text for cell in line), (one.number, line)


def cells(table: Table) -> list[list[str]]:
    """A table as it is read: its heading and its lines."""
    return [[column.title for column in table.columns], *([shown(cell) for cell in line] for line in table.lines)]


def numbers(text: str) -> list[int]:
    return [int(found.replace(".", "")) for found in re.findall(r"\d+(?:\.\d{3})*", text)]


def plain(cell: Cell) -> str:
    return "<5" if cell is None else str(cell)


def workbook(file: bytes, paper: Paper) -> list[list[list[str]]]:
    """The tables of a workbook, read by openpyxl; numbers are numbers there, and no cell is a formula."""
    sheets = openpyxl.load_workbook(io.BytesIO(file)).worksheets[1:]
    rows = [[cell for cell in row if cell.border.left.style] for sheet in sheets for row in sheet.iter_rows()]
    assert not [cell for row in rows for cell in row if cell.data_type == "f"]
    lines = iter([[read(cell.value) for cell in row] for row in rows if row])
    return [[next(lines) for _line in range(len(table.lines) + 1)] for table in paper.tables]


def read(value: object) -> str:
    return number(value) if isinstance(value, int) else str(value or "")


def word(file: bytes) -> list[list[list[str]]]:
    """The tables of a Word file, read by python-docx."""
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in Document(io.BytesIO(file)).tables]


class _Tables(HTMLParser):
    """The tables of a page, read by Python's own parser."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[list[list[str]]] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("th", "td"):
            self.tables[-1][-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.tables[-1][-1][-1] += data


def pages(html: str) -> list[list[list[str]]]:
    reader = _Tables()
    reader.feed(html)
    return reader.tables
