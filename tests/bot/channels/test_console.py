"""The conversation in a terminal."""

import io

from bot.app import App
from bot.channels.console import Console
from bot.port import Choice, Reply, Who
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
