"""The journeys of people in a real browser, with the whole program behind the page."""

import asyncio
import shutil
import socket
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.app import App
from bot.media import build, pieces, programs
from bot.settings import load
from bot.texts import manner_for, speaking
from db.database import Database
from tests.talk import School


class Program:
    """The program as `python -m bot run` runs it, in a thread, with a clock the test may set."""

    def __init__(self, folder: Path, furnished: tuple[Path, School]) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.media = folder / "media"
        settings = load(
            _env_file=None,
            database_url=f"sqlite:///{folder}/school.sqlite3",
            port=port,
            demo=False,
            media_dir=self.media,
        )
        shutil.copy(furnished[0], folder / "school.sqlite3")
        database = Database(settings.database_url)
        self.school = furnished[1].again(database)
        self.address = settings.address
        self._app = App(database, settings, now=self.now)
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_until_complete, args=(self._run(),))

    def now(self) -> datetime:
        return self.school.now

    async def _run(self) -> None:
        running = asyncio.ensure_future(self._app.run(self._ready.set))
        await self._stop.wait()
        running.cancel()
        await asyncio.wait([running])

    def __enter__(self) -> "Program":
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
        self._loop.close()


@pytest.fixture
def program(tmp_path: Path, furnished: tuple[Path, School]) -> Iterator[Program]:
    with Program(tmp_path, furnished) as running:
        yield running


def visit(browser: Browser, program: Program, code: str, width: int = 360) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 720}, reduced_motion="reduce")
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.goto(f"{program.address}/?join={code}")
    return page


def say(page: Page, text: str) -> None:
    page.get_by_role("textbox").fill(text)
    page.keyboard.press("Enter")


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).last.click()


def bot(page: Page, words: str) -> None:
    """The bot has said these words."""
    expect(page.get_by_role("log").get_by_text(words).last).to_be_visible(timeout=10_000)


def pupil(browser: Browser, program: Program) -> Page:
    page = visit(browser, program, "PUPIL7A")
    bot(page, "Đây là Lớp 7A")
    say(page, "Bống")
    press(page, "Em đồng ý")
    press(page, "Tôi là phụ huynh, tôi đồng ý")
    bot(page, "Cảm ơn phụ huynh")
    return page


def test_a_pupil_logs_a_session_and_the_teacher_reads_it(browser: Browser, program: Program) -> None:
    page = pupil(browser, program)
    say(page, "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r")
    bot(page, "hôm nay (thứ Tư 25/11) · bà ngoại · gọi video Zalo · 20 phút · tự làm được")
    press(page, "Đúng, ghi lại")
    bot(page, "Đã ghi ✅")
    page.context.close()

    teacher = visit(browser, program, "TEACHER7A", width=1280)
    press(teacher, "Cô")
    press(teacher, "Tuần của lớp")
    bot(teacher, "1/38 em (3%) đã giúp ít nhất 1 người thân")
    teacher.context.close()


def test_three_taps_by_keyboard_alone(browser: Browser, program: Program) -> None:
    page = pupil(browser, program)
    for label in ("Ghi buổi giúp", "Bà ngoại", "Gọi video Zalo", "Tự làm được"):
        button = page.get_by_role("button", name=label, exact=True).last
        button.focus()
        page.keyboard.press("Enter")
    bot(page, "Đã ghi ✅")
    page.context.close()


def test_a_grandmother_takes_a_lesson_in_very_big_letters(browser: Browser, program: Program) -> None:
    page = visit(browser, program, "LEARNER", width=320)
    for label in ("Bà", "Chữ rất to", "Học bài", "Điện thoại", "Kết nối Wi-Fi", "Bắt đầu"):
        press(page, label)
    bot(page, "Bước 1/4.")
    for number in (2, 3, 4):
        press(page, "Tiếp")
        bot(page, f"Bước {number}/4.")
    press(page, "Tiếp")
    bot(page, "Giờ làm thử nhé")
    press(page, "Làm được")
    bot(page, "Một câu nhỏ trước khi nghỉ")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


@pytest.mark.skipif(bool(programs.missing()), reason="espeak-ng and ffmpeg make the voices (make media installs them)")
def test_a_step_is_opened_in_big_letters_and_heard(browser: Browser, program: Program) -> None:
    with speaking(manner_for("vi", "bà")):
        for piece in (pieces.card("ma-otp", 1), pieces.voice("ma-otp", 1)):
            assert build.make(program.media, [], piece) == (True, "")
    page = visit(browser, program, "LEARNER", width=320)
    for label in ("Bà", "Chữ to"):
        press(page, label)
    bot(page, "Dạ chào bà")
    page.goto(f"{program.address}/?join=bai-ma-otp")
    press(page, "Bắt đầu")
    bot(page, "Bước 1/4.")
    expect(page.get_by_role("link", name="Mở thẻ chữ to", exact=True)).to_be_visible()
    assert page.evaluate("document.querySelector('.sheet img').decode().then(() => true)")
    assert page.evaluate("document.querySelector('.sheet img').naturalWidth") == 1080
    player = page.locator("audio")
    player.focus()
    page.keyboard.press("Space")
    player.evaluate(
        "player => new Promise(done => player.addEventListener('timeupdate', () => player.currentTime && done()))"
    )
    assert player.evaluate("player => player.duration") > 2
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.close()


def test_a_reminder_is_pushed_to_the_open_page_at_its_time(browser: Browser, program: Program) -> None:
    page = pupil(browser, program)
    for label in ("Nhắc em", "Thứ Bảy", "15:00"):
        press(page, label)
    bot(page, "thứ Bảy 28/11, 15:00")
    program.school.now += timedelta(days=2, hours=19, minutes=30)
    bot(page, "Bống ơi, tuần này em giúp ai chưa?")
    press(page, "Giống lần trước") if page.get_by_role("button", name="Giống lần trước").count() else press(
        page, "Để lần sau"
    )
    page.context.close()


def test_a_nudge_waits_for_the_closed_page(browser: Browser, program: Program) -> None:
    page = pupil(browser, program)
    page.goto("about:blank")
    teacher = visit(browser, program, "TEACHER7A")
    press(teacher, "Thầy")
    press(teacher, "Tuần của lớp")
    press(teacher, "Nhắc nhẹ Bống")
    bot(teacher, "Đã gửi lời nhắc nhẹ tới Bống")
    teacher.context.close()
    page.goto(program.address)
    bot(page, "Bống ơi, thầy nhắc nhẹ")
    page.context.close()
