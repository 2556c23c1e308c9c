"""The documents behind signed links: drawn when somebody opens one, from figures read beside the conversation."""

import base64
import binascii
import hmac
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.media import drawing
from bot.media.shelf import put
from bot.papers import page, pdf
from bot.port import MEDIA_PATH, Media
from bot.rules import period
from bot.rules.period import Period
from bot.texts import speaking
from db.database import Database
from db.models import Unit
from db.store import Store
from handlers.reports import book, csv_file, labels, official, sending, weekly
from handlers.reports.paper import Chart, Paper

PAGE_PATH = "/r/"
PREFIX = "report-"
_NAME = re.compile(rf"{PREFIX}([A-Za-z0-9_-]{{1,400}})-([0-9a-f]{{32}})\.(xlsx|docx|pdf|csv|png)")
_TOKEN = re.compile(r"([A-Za-z0-9_-]{1,400})-([0-9a-f]{32})")
_TITLES = {"book": "Sổ theo dõi", "report": "Báo cáo", "chart": "Biểu đồ tuần", "sent": "Báo cáo đã gửi"}
_FORMS = {"xlsx": "Excel", "docx": "Word", "pdf": "PDF", "csv": "CSV", "png": "hình"}
# What a page offers beside its numbers.
_OFFERED = ("pdf", "docx", "xlsx", "csv")
# Documents are drawn anew each time; so many stay in the folder while a channel sends them.
_KEPT = 40


class Papers:
    """Signs links and draws what is behind them; it implements `bot.port.Papers`."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        key: Callable[[], bytes | None],
        now: Callable[[], datetime],
        template: Path | None = None,
    ) -> None:
        self._database = database
        self._folder = folder
        self._key = key
        self._now = now
        self._template = template

    def documents(
        self, unit_id: int, what: str, period: str, forms: tuple[str, ...], until: datetime
    ) -> tuple[Media, ...]:
        """Links to the document in some forms; () where nothing can be signed."""
        token = self._token(unit_id, what, period, until)
        if token is None:
            return ()
        return tuple(
            Media(
                "picture" if form == "png" else "document",
                f"{MEDIA_PATH}{PREFIX}{token}.{form}",
                f"{_TITLES[what]} ({_FORMS[form]})",
            )
            for form in forms
        )

    def page(self, unit_id: int, what: str, period: str, until: datetime) -> str | None:
        """The address of the read-only page."""
        token = self._token(unit_id, what, period, until)
        return f"{PAGE_PATH}{token}" if token else None

    def file(self, name: str) -> Path | None:
        """The document of this name, drawn now; None for any other name, a forged one, or one whose time is over."""
        if not (found := _NAME.fullmatch(name)) or (wanted := self._opened(found[1], found[2])) is None:
            return None
        try:
            with speaking(labels.VIETNAMESE):
                title, body = self._drawn(*wanted[:3], form=found[3])
        except (LookupError, drawing.CannotDraw, OSError):
            return None
        path = self._folder / "reports" / found[2] / f"{title}.{found[3]}"
        put(path, body)
        self._forget_old(path.parent)
        return path

    def shown(self, token: str) -> str | None:
        """The page behind a link."""
        if not (found := _TOKEN.fullmatch(token)) or (wanted := self._opened(found[1], found[2])) is None:
            return None
        unit_id, what, name, until = wanted
        try:
            with speaking(labels.VIETNAMESE):
                paper = self._paper(unit_id, what, name)
                forms = _OFFERED if what != "sent" else _OFFERED[:-1]
                files = [(_FORMS[form], f"{MEDIA_PATH}{PREFIX}{token}.{form}") for form in forms]
                return page.drawn(paper, files, f"Liên kết này dùng được đến {until:%H:%M ngày %d/%m/%Y}; chỉ để xem.")
        except LookupError:
            return None

    # -- what is drawn ----------------------------------------------------------------------------

    def _drawn(self, unit_id: int, what: str, name: str, form: str) -> tuple[str, bytes]:
        """A file's name without its suffix, and the file."""
        if form == "csv":
            return self._csv(unit_id, what, name)
        if what == "chart":
            with self._database.reading() as store:
                chart = chart_of(store, *_unit_and_days(store, unit_id, name), self._now())
            return "bieu-do", pdf.picture(chart)
        paper = self._paper(unit_id, what, name)
        if form == "docx":
            from bot.papers import docx  # with xlsx 17 MB that only such a file needs

            return paper.file, docx.drawn(paper, self._template)
        if form == "xlsx":
            from bot.papers import xlsx

            return paper.file, xlsx.drawn(paper)
        return paper.file, pdf.drawn(paper)

    def _paper(self, unit_id: int, what: str, name: str) -> Paper:
        with self._database.reading() as store:
            return paper_of(store, unit_id, what, name, self._now())

    def _csv(self, unit_id: int, what: str, name: str) -> tuple[str, bytes]:
        with self._database.reading() as store:
            return csv_of(store, unit_id, what, name, self._now(), ";")

    # -- links ------------------------------------------------------------------------------------

    def _token(self, unit_id: int, what: str, name: str, until: datetime) -> str | None:
        told = json.dumps([unit_id, what, name, int(until.timestamp())], separators=(",", ":"))
        said = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
        signature = self._sign(said)
        return f"{said}-{signature}" if signature else None

    def _opened(self, said: str, signature: str) -> tuple[int, str, str, datetime] | None:
        ours = self._sign(said)
        if ours is None or not hmac.compare_digest(ours, signature):
            return None
        try:
            unit_id, what, name, until = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
        except (ValueError, binascii.Error):
            return None
        ends = datetime.fromtimestamp(until, self._now().tzinfo)
        return (unit_id, what, name, ends) if ends > self._now() else None

    def _sign(self, said: str) -> str | None:
        key = self._key()
        return hmac.new(key, f"report {said}".encode(), "sha256").hexdigest()[:32] if key else None

    def _forget_old(self, newest: Path) -> None:
        drawn = sorted(newest.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for folder in drawn[_KEPT:]:
            for path in folder.iterdir():
                path.unlink(missing_ok=True)
            folder.rmdir()


def paper_of(store: Store, unit_id: int, what: str, name: str, now: datetime) -> Paper:
    """The logbook or report of a unit, or one that was sent (`name` is its number); LookupError where there is none."""
    if what == "sent":
        report = store.report(int(name))
        if report is None or report.unit_id != unit_id:
            raise LookupError(name)
        return sending.opened(report).paper
    unit, over = _unit_and_days(store, unit_id, name)
    if what == "book" and unit.kind == "class":
        return book.paper(book.rows(store, unit, over, now))
    if what != "report":
        raise LookupError(what)
    paper = official.paper(official.facts(store, unit_id, over, now))
    board = sending.board(store, unit, over, now)
    # Free days are asked for in between: where nobody sent a report about them, nobody is waited for.
    if not board.places or (over.kind == "days" and not board.received):
        return paper
    return replace(paper, sections=(*paper.sections, sending.section(board)))


def csv_of(store: Store, unit_id: int, what: str, name: str, now: datetime, separator: str) -> tuple[str, bytes]:
    """so_theo_doi.csv of a class, or tong_hop_thang.csv of any unit: its name without a suffix, and itself."""
    unit, over = _unit_and_days(store, unit_id, name)
    if what == "book" and unit.kind == "class":
        rows = book.csv_rows(book.rows(store, unit, over, now))
        return book.TITLE, csv_file.written(book.CSV_COLUMNS, rows, separator)
    if what != "report":
        raise LookupError(what)
    counted = official.facts(store, unit_id, over, now).counted
    return "tong_hop_thang", csv_file.written(official.CSV_COLUMNS, official.csv_rows(counted), separator)


def chart_of(store: Store, unit: Unit, over: Period, now: datetime) -> Chart:
    """The weeks up to a period, as bars against the goal."""
    return weekly.chart(store, unit, over, now.date())


def _unit_and_days(store: Store, unit_id: int, name: str) -> tuple[Unit, Period]:
    over = period.named(name, store.reporting(unit_id).closes)
    if over is None:
        raise LookupError(name)
    return store.unit(unit_id), over
