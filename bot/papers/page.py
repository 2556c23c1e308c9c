"""A paper as a web page: read only, printable, readable by keyboard and screen reader; no script at all."""

from collections.abc import Iterable
from html import escape

from handlers.reports.paper import Bar, Cell, Chart, Paper, Section, Table, is_number, shown

STYLE = "/static/paper.css"
# A bar is drawn in these units, and as wide as the page.
_WIDE, _HIGH = 1000, 20
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
    name = _text(". ".join(filter(None, (table.title, label.lstrip("0123456789. ")))))
    return (
        f'<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table><caption>{name}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>{notes}"
    )


def _row(line: Iterable[Cell], total: bool) -> str:
    cells = "".join(f"<td{_NUMBER if is_number(cell) else ''}>{_text(shown(cell))}</td>" for cell in line)
    return f"<tr{_TOTAL if total else ''}>{cells}</tr>"


def _chart(chart: Chart) -> str:
    """Bars with their words beside them: the words are text, the bars are only drawn."""
    bars = "".join(map(_bar, chart.bars))
    goal = '<p class="note">Vạch: mục tiêu.</p>' if any(bar.goal for bar in chart.bars) else ""
    title = _text(chart.title)
    return f"<figure><figcaption>{title}</figcaption><ul>{bars}</ul>{goal}</figure>" if chart.bars else ""


def _bar(bar: Bar) -> str:
    share = round(_WIDE * min(bar.part / bar.whole, 1)) if bar.whole else 0
    goal = round(_WIDE * min(bar.goal / bar.whole, 1)) if bar.goal and bar.whole else None
    mark = f'<rect class="goal" x="{goal - 5}" width="10" height="{_HIGH}"/>' if goal is not None else ""
    said = f"{shown(bar.part)}/{shown(bar.whole)}" + (f", mục tiêu {shown(bar.goal)}" if bar.goal else "")
    return (
        f"<li><span>{_text(bar.label)}</span> <b>{_text(said)}</b>"
        f'<svg aria-hidden="true" viewBox="0 0 {_WIDE} {_HIGH}" preserveAspectRatio="none">'
        f'<rect class="whole" width="{_WIDE}" height="{_HIGH}"/>'
        f'<rect class="part" width="{share}" height="{_HIGH}"/>{mark}</svg></li>'
    )


def _text(words: str) -> str:
    return escape(words, quote=True)
