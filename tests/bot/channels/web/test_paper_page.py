"""The read-only page of a report in a real browser: narrow and wide, by keyboard, on paper, and without colour."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from bot.channels.web import _HEADERS, STATIC
from bot.papers import page as drawing
from bot.rules import period
from bot.texts import speaking
from db import migrate
from db.database import Database
from handlers.reports import labels, official
from tests import histories
from tests.histories import VIETNAM

ADDRESS = "https://hocvuso.example.vn/r/token"


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A school's page with five classes."""
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('page')}/page.sqlite3")
    migrate.to(database.engine)
    one = next(one for number in range(100) if len((one := histories.history(number)).rooms) == 5)
    histories.store(database, [one])
    with database.reading() as store, speaking(labels.VIETNAMESE):
        over = period.quarter(date(2026, 11, 1))
        paper = official.paper(official.facts(store, one.school, over, datetime(2026, 12, 31, 9, tzinfo=VIETNAM)))
        made = drawing.drawn(
            paper, [("PDF", "/media/a.pdf"), ("Word", "/media/a.docx")], "Liên kết dùng được đến 15/01/2027."
        )
    database.close()
    return made


@pytest.fixture
def page(browser: Browser, html: str) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 568})

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("https://hocvuso.example.vn")
        if path == "/r/token":
            route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=_HEADERS)
        else:
            route.fulfill(path=STATIC / Path(path).name)

    opened = context.new_page()
    problems: list[str] = []
    opened.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    opened.route("**/*", answer)
    opened.goto(ADDRESS)
    yield opened
    context.close()
    assert problems == []  # the policy of the site lets the page have all it asks for


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_wider_than_the_screen_but_a_table_that_scrolls(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    small = page.evaluate("[...document.querySelectorAll('nav a')].map(a => a.getBoundingClientRect().height)")
    assert min(small) >= 44


def test_the_keyboard_reaches_the_files_and_every_table(page: Page) -> None:
    reached = []
    for _press in range(12):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("document.activeElement.textContent.slice(0, 30) + document.activeElement.className")
        )
    assert reached[0] == "Đến phần số liệuskip"
    assert reached[1:3] == ["PDF", "Word"]
    assert sum("scroll" in one for one in reached) == page.locator(".scroll").count()


def test_a_screen_reader_hears_headings_table_names_and_what_a_chart_says(page: Page) -> None:
    assert page.locator("html").get_attribute("lang") == "vi"
    assert page.locator("h1").count() == 1
    assert page.locator("main h2").first.inner_text() == "I. ĐẶC ĐIỂM, TÌNH HÌNH"
    for table in page.locator("table").all():
        assert table.locator("caption").inner_text()
        assert table.locator("th[scope=col]").count() == table.locator("thead th").count() > 0
    bars = page.locator("figure li").all_inner_texts()
    assert bars
    assert all(re.search(r"Lớp 7[A-E]\s+\d+/\d+", bar) for bar in bars)
    assert page.locator("svg:not([aria-hidden])").count() == 0


def test_printed_it_is_the_numbers_only(page: Page) -> None:
    page.emulate_media(media="print")
    assert page.locator("nav").is_hidden()
    assert page.locator("h1").is_visible()
    assert page.locator("script").count() == 0
