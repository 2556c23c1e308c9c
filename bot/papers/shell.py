"""Reports from the shell: the same papers as in the chat, to a file; how a unit reports, and its targets."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import content
from bot.papers import desk, docx, page, pdf, xlsx
from bot.rules import period
from bot.settings import Settings
from bot.texts import _, manner_for, speaking
from db.models import Reporting, Unit, UnitTarget
from db.store import Store
from handlers import report
from handlers.reports import csv_file, figures, labels, official, targets

WHATS = ("report", "book")
FORMS = ("text", "line", "csv", "xlsx", "docx", "pdf", "html")


class Wrong(Exception):
    """What was asked for cannot be done; the message says what to write instead."""


def unit(store: Store, code: str) -> Unit:
    """A unit by its code."""
    found = store.unit_by_code(code)
    if found is None:
        raise Wrong(_("Không có đơn vị nào mã {code}.", code=repr(code)))
    return found


def written(
    store: Store, code: str, days: str, what: str, form: str, separator: str, now: datetime, settings: Settings
) -> bytes:
    """A paper in one of its forms."""
    about = unit(store, code)
    over = period.named(days, store.reporting(about.id).closes)
    if over is None:
        raise Wrong(
            _("Không có kỳ {name}. Viết như 2026-W47, 2026-11, 2026-Q4 hoặc 2026-11-01..2026-11-20.", name=repr(days))
        )
    for said, known in ((what, WHATS), (form, FORMS), (separator, csv_file.SEPARATORS)):
        if said not in known:
            raise Wrong(_("{name} chỉ được là {choices}.", name=repr(said), choices=", ".join(known)))
    if what == "book" and about.kind != "class":
        raise Wrong(_("Sổ theo dõi là của một lớp; {name} không phải lớp.", name=about.name))
    if form == "text":
        with speaking(manner_for(settings.locale, "cô", "teacher")):
            return "\n".join([*report.lines(figures.counted(store, about.id, over, now)), ""]).encode()
    with speaking(labels.VIETNAMESE):
        if form == "line":
            return f"{official.line(figures.counted(store, about.id, over, now))}\n".encode()
        if form == "csv":
            return desk.csv_of(store, about.id, what, over.name, now, separator)[1]
        paper = desk.paper_of(store, about.id, what, over.name, now)
        if form == "docx":
            return docx.drawn(paper, settings.report_template)
        if form == "html":
            return page.drawn(paper, (), f"In lúc {now:%H:%M ngày %d/%m/%Y}.").encode()
        return xlsx.drawn(paper) if form == "xlsx" else pdf.drawn(paper)


def reporting(store: Store, code: str, changes: Mapping[str, int | str]) -> str:
    """Change how a unit reports, and say how it does now."""
    about = unit(store, code)
    letterhead = changes.get("letterhead")
    if letterhead is not None and letterhead not in content.letterheads():
        known = ", ".join(content.letterheads())
        raise Wrong(_("{name} chỉ được là {choices}.", name=repr(letterhead), choices=known))
    now = Reporting(**{**store.reporting(about.id).model_dump(), **changes, "unit_id": about.id})
    if changes:
        store.set_reporting(now)
    return "\n".join(f"{name}: {value}" for name, value in now.model_dump(exclude={"unit_id"}).items())


def choose(store: Store, about: Unit, slugs: Sequence[str]) -> None:
    """Choose targets of the plans."""
    for slug in slugs:
        if slug not in content.targets():
            raise Wrong(_("Không có chỉ tiêu {name}.", name=repr(slug)))
        store.set_target(UnitTarget(unit_id=about.id, slug=slug))


def add(store: Store, about: Unit, name: str, goal: int, people: bool, source: str) -> None:
    """Add a target of the unit's own."""
    try:
        targets.set_own(store, about.id, name, goal, "people" if people else "percent", source)
    except ValueError:
        raise Wrong(_("Chỉ tiêu riêng cần có văn bản và mục: thêm --source.")) from None


def count(store: Store, about: Unit, slug: str, part: int, whole: int | None, method: str, day: date) -> None:
    """Write in what was counted by hand."""
    if whole is not None and part > whole:
        raise Wrong(_("Tử số {part} lớn hơn mẫu số {whole}.", part=part, whole=whole))
    if not targets.count_by_hand(store, about.id, slug, part, whole, method or "kiểm tra", day):
        raise Wrong(_("Đơn vị chưa chọn chỉ tiêu {name}.", name=repr(slug)))


def targets_told(store: Store, about: Unit, now: datetime) -> list[str]:
    """The unit's targets, a line each."""
    with speaking(labels.VIETNAMESE):
        counted = figures.counted(store, about.id, period.month(now.date(), store.reporting(about.id).closes), now)
        return [
            f"{aim.slug}: {aim.name}: {aim.planned} · {aim.done} {aim.share} {aim.verdict} ({aim.method})".strip()
            for aim in targets.aims(store, counted)
        ]
