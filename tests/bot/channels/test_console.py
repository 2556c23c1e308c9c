"""The conversation in a terminal."""

import io
from pathlib import Path

from bot.app import App
from bot.channels.console import Console
from bot.port import Choice, Media, Reply, Who
from bot.settings import load
from tests.talk import School


async def test_a_learner_begins_by_numbers(school: School) -> None:
    app = App(school.database, load(_env_file=None), now=lambda: school.now)
    page = io.StringIO()
    await Console(app, io.StringIO("2\n\n1\n"), page).run()
    said = page.getvalue()
    assert "2. Tôi muốn học" in said
    assert "1. Bà\n" in said
    assert "Dạ chào bà" in said


async def test_what_is_said_unasked_is_printed_with_numbers(school: School) -> None:
    page = io.StringIO()
    app = App(school.database, load(_env_file=None), now=lambda: school.now)
    asked = Reply("Học nhé?", (Choice("Học", "a"),), hint="(Bà nhắn số 1.)")
    await Console(app, io.StringIO(), page).send(Who("console", "me"), "key", asked)
    assert page.getvalue() == "Học nhé?\n1. Học\n(Bà nhắn số 1.)\n\n"


async def test_where_a_picture_and_a_page_are_is_told(school: School, tmp_path: Path) -> None:
    page = io.StringIO()
    settings = load(_env_file=None, media_dir=tmp_path)
    for name in ("wifi-1-ab.png", "wifi-lesson-cd.pdf"):
        (tmp_path / name).write_bytes(b"made")
    card = Media("picture", "/media/wifi-1-ab.png", "Bước 1/4. Mở Cài đặt.")
    sheet = Media("document", "/media/wifi-lesson-cd.pdf", "Tờ A5 để in")
    gone = Media("picture", "/media/wifi-9-ef.png", "Bước 9")
    console = Console(App(school.database, settings, now=lambda: school.now), io.StringIO(), page)
    await console.send(Who("console", "me"), "key", Reply("Bước 1/4. Mở Cài đặt.", media=(card, sheet, gone)))
    assert page.getvalue().splitlines()[:4] == [
        "Bước 1/4. Mở Cài đặt.",
        f"{tmp_path}/wifi-1-ab.png",
        f"Tờ A5 để in: {tmp_path}/wifi-lesson-cd.pdf",
        "Bước 9",
    ]
