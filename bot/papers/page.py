"""A paper as a web page: read only, printable, readable by keyboard and screen reader; no script at all."""

from collections.abc import Iterable
from html import escape

from handlers.reports.paper import Bar, Cell, Chart, Paper, Section, Table, shown

STYLE = "/static/paper.css"
# A chart is drawn in these units, and as wide as the page.
_WIDE, _HIGH, _STEP = 1000, 26, 34
_NUMBER, _TOTAL = ' class="number"', ' class="total"'


def drawn(paper: Paper, files: Iterable[tuple[str, str]], until: str) -> str:
    """The page; `files` are the same numbers as (name, address), `until` says how long the link lives."""
    links = "".join(f'<li><a href="{_text(address)}">{_text(name)}</a></li>' for name, address in files)
    head = paper.heading
    office = "".join(f"<span>{_text(line)}</span>" for line in head.left) if head else ""
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f'<title>{_text(paper.dates if not head else paper.title)}</title><link rel="stylesheet" href="{STYLE}"></head><body>'
        f'<a class="skip" href="#main">Đến phần số liệu</a><header><p class="office">{office}</p>'
        f'<p class="draft">{_text(paper.draft)}</p><h1><small>{_text(paper.kind)}</small> {_text(paper.title)}</h1>'
        f"<p>{_text(paper.dates)}</p></header>"
        f'<nav aria-label="Tải về"><ul>{links}</ul></nav><main id="main">{"".join(map(_section, paper.sections))}</main>'
        f"<footer><p>{_text(until)}</p></footer></body></html>"
    )


def _section(section: Section) -> str:
    title = f"<h2>{_text(section.title)}</h2>" if section.title else ""
    lines = "".join(f"<p>{_text(line)}</p>" for line in section.lines)
    label = section.title or "Bảng"
    return (
        f"<section>{title}{lines}{''.join(map(_chart, section.charts))}"
        f"{''.join(_table(table, label) for table in section.tables)}</section>"
    )


def _table(table: Table, label: str) -> str:
    """A table that scrolls by itself on a narrow screen, also by keyboard."""
    heads = "".join(f'<th scope="col">{_text(column.title)}</th>' for column in table.columns)
    rows = "".join(_row(line, line is table.total) for line in table.lines)
    notes = "".join(f'<p class="note">{_text(note)}</p>' for note in table.notes)
    name = _text(f"{table.title} {label}".strip())
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table><caption>{name}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{notes}"
    )


def _row(line: Iterable[Cell], total: bool) -> str:
    cells = "".join(f"<td{_NUMBER if not isinstance(cell, str) else ''}>{_text(shown(cell))}</td>" for cell in line)
    return f"<tr{_TOTAL if total else ''}>{cells}</tr>"


def _chart(chart: Chart) -> str:
    """Bars as a drawing whose meaning is said in its label; the label is the alternative text."""
    if not chart.bars:
        return ""
    bars = "".join(_bar(place, bar) for place, bar in enumerate(chart.bars))
    high = _STEP * len(chart.bars)
    return (
        f'<figure><figcaption>{_text(chart.title)}</figcaption><svg role="img" viewBox="0 0 {_WIDE} {high}" '
        f'aria-label="{_text(f"{chart.title}: {chart.alt}")}">{bars}</svg></figure>'
    )


def _bar(place: int, bar: Bar) -> str:
    left, wide = 300, _WIDE - 300 - 130
    top = _STEP * place
    filled = round(wide * min(bar.part / bar.whole, 1)) if bar.whole else 0
    goal = left + round(wide * min(bar.goal / bar.whole, 1)) if bar.goal and bar.whole else None
    mark = f'<line class="goal" x1="{goal}" x2="{goal}" y1="{top}" y2="{top + _HIGH}"/>' if goal else ""
    middle = top + 19
    return (
        f'<text x="{left - 12}" y="{middle}" text-anchor="end">{_text(bar.label)}</text>'
        f'<rect class="whole" x="{left}" y="{top}" width="{wide}" height="{_HIGH}"/>'
        f'<rect class="part" x="{left}" y="{top}" width="{filled}" height="{_HIGH}"/>{mark}'
        f'<text x="{left + wide + 12}" y="{middle}">{_text(f"{shown(bar.part)}/{shown(bar.whole)}")}</text>'
    )


def _text(words: str) -> str:
    return escape(words, quote=True)
