"""A kill between any two statements loses nothing that was acknowledged, and doubles nothing."""

import os
import shutil
import signal
import sqlite3
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event

from bot import turns
from bot.port import Incoming, Who
from db.database import Database
from tests.processes import PROCESSES
from tests.talk import PLACE, School

WEDNESDAY = datetime(2026, 11, 25, 19, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


class Mortal(sqlite3.Connection):
    """A connection whose process dies before its Nth statement or commit; `left` counts down to it."""

    left = 0

    @classmethod
    def step(cls) -> None:
        """Count one statement."""
        cls.left -= 1
        if cls.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def cursor(self, factory: object = None) -> sqlite3.Cursor:  # type: ignore[override]
        return super().cursor(MortalCursor)

    def commit(self) -> None:
        self.step()
        super().commit()


class MortalCursor(sqlite3.Cursor):
    """Its statements count."""

    def execute(self, *args: object) -> sqlite3.Cursor:  # type: ignore[override]
        Mortal.step()
        return super().execute(*args)  # type: ignore[arg-type]


def save(path: Path, dying: int, choice: str, acknowledged: Path) -> None:
    """One tap on "Đúng, ghi lại" in a process that dies before its `dying`th statement; then what was acknowledged."""
    database = Database(f"sqlite:///{path}")
    event.listen(database.engine, "do_connect", lambda *_: sqlite3.connect(path, factory=Mortal))
    with database.engine.connect():
        Mortal.left = dying
    said = Incoming(Who("web", "pupil-An-PUPIL7A"), "tap", choice=choice)
    with database.transaction() as store:
        answer = turns.answer(store, said, WEDNESDAY, PLACE)
    Mortal.left = 0
    acknowledged.write_text(answer.replies[0].text, encoding="utf-8")
    database.close()


@pytest.mark.parametrize("dying", [*range(1, 13), 999])
def test_a_kill_before_any_statement_of_a_save(tmp_path: Path, migrated: Path, dying: int) -> None:
    path, answer = tmp_path / "school.sqlite3", tmp_path / "acknowledged"
    shutil.copy(migrated, path)
    database = Database(f"sqlite:///{path}")
    an = School(database, WEDNESDAY).pupil("An")
    an.say("hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r")
    choice = an.value("Đúng, ghi lại")
    database.close()

    child = PROCESSES.Process(target=save, args=(path, dying, choice, answer))
    child.start()
    child.join()
    acknowledged = answer.exists() and "Đã ghi" in answer.read_text(encoding="utf-8")
    assert acknowledged or child.exitcode == -signal.SIGKILL
    assert (dying < 999) or acknowledged

    an.school.database = Database(f"sqlite:///{path}")
    saved = len(an.logs())
    assert saved <= 1
    assert saved == 1 or not acknowledged
    an.choose(choice, event_id="tap")  # the same event again, as every channel sends it when unanswered
    assert len(an.logs()) == 1
    an.school.database.close()
