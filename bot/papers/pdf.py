"""A paper as a PDF, and a chart as a picture, by typst; texts are data, so none of them is markup."""

from typing import Any

from bot.media import drawing
from handlers.reports.paper import Chart, Paper, Table, is_number, shown

# A phone's width of 480 points at this density is 960 pixels.
PICTURE_DOTS = 144.0


def drawn(paper: Paper) -> bytes:
    """The PDF."""
    return drawing.pdf("paper", data(paper))


def picture(chart: Chart) -> bytes:
    """A chart as a PNG for the chat; `chart.alt` says the same in words."""
    return drawing.png("chart", {"lang": "vi", **_chart(chart)}, PICTURE_DOTS)


def data(paper: Paper) -> dict[str, Any]:
    """The paper as its template reads it."""
    head = paper.heading
    return {
        "lang": "vi",
        "wide": paper.wide,
        "draft": paper.draft,
        "kind": paper.kind,
        "title": paper.title,
        "dates": paper.dates,
        "heading": None
        if head is None
        else {"left": head.left, "right": head.right, "number": head.number, "place": head.place},
        "sections": [
            {
                "title": section.title,
                "lines": section.lines,
                "tables": [_table(table) for table in section.tables],
                "charts": [_chart(chart) for chart in section.charts if chart.bars],
            }
            for section in paper.sections
        ],
        "signatures": [{"title": one.title, "below": one.below} for one in paper.signatures],
        "recipients": paper.recipients,
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "columns": [column.title for column in table.columns],
        "widths": [column.width for column in table.columns],
        "rows": [[shown(cell) for cell in line] for line in table.lines],
        "numeric": [[is_number(cell) for cell in line] for line in table.lines],
        "total": table.total is not None,
        "notes": table.notes,
    }


def _chart(chart: Chart) -> dict[str, Any]:
    return {
        "title": chart.title,
        "bars": [
            {
                "label": bar.label,
                "share": min(bar.part / bar.whole, 1) if bar.whole else 0,
                "goal": min(bar.goal / bar.whole, 1) if bar.goal and bar.whole else None,
                "said": f"{shown(bar.part)}/{shown(bar.whole)}",
            }
            for bar in chart.bars
        ],
    }
