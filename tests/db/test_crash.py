"""A kill between any two statements loses nothing that was acknowledged, and doubles nothing."""

import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from db import migrate
from db.database import Database
from tests.talk import School

WEDNESDAY = datetime(2026, 11, 25, 19, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

# Saves one log in another process, which kills itself before its Nth statement; what was
# acknowledged is printed first.
CHILD = """
import os, signal, sqlite3, sys
from tests.db.test_crash import WEDNESDAY
from tests.talk import School, Talk, PLACE
from bot.port import Incoming, Who
from bot import turns
from db.database import Database
from sqlalchemy import event

path, dying, choice = sys.argv[1], int(sys.argv[2]), sys.argv[3]
done = 0

class Cursor(sqlite3.Cursor):
    def execute(self, *args):
        global done
        done += 1
        if done == dying:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().execute(*args)

class Connection(sqlite3.Connection):
    def cursor(self, factory=Cursor):
        return super().cursor(factory)
    def commit(self):
        global done
        done += 1
        if done == dying:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().commit()

database = Database(f"sqlite:///{path}")
event.listen(database.engine, "do_connect", lambda *_: sqlite3.connect(path, factory=Connection))
with database.engine.connect():
    done = 0
said = Incoming(Who("web", "pupil-An-PUPIL7A"), "tap", choice=choice)
with database.transaction() as store:
    answer = turns.answer(store, said, WEDNESDAY, PLACE)
print(answer.replies[0].text, flush=True)
done = 1000
database.close()
"""


@pytest.mark.parametrize("dying", [*range(1, 13), 999])
def test_a_kill_before_any_statement_of_a_save(tmp_path: Path, dying: int) -> None:
    path = tmp_path / "school.sqlite3"
    database = Database(f"sqlite:///{path}")
    migrate.to(database.engine)
    an = School(database, WEDNESDAY).pupil("An")
    an.say("hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r")
    choice = an.value("Đúng, ghi lại")
    database.close()

    root = Path(__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONIOENCODING": "utf-8"}
    child = subprocess.run(
        [sys.executable, "-c", CHILD, str(path), str(dying), choice],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    acknowledged = "Đã ghi" in child.stdout
    assert acknowledged or child.returncode == -signal.SIGKILL, child.stderr
    assert (dying < 999) or acknowledged

    an.school.database = Database(f"sqlite:///{path}")
    saved = len(an.logs())
    assert saved <= 1
    assert saved == 1 or not acknowledged
    an.choose(choice, event_id="tap")  # the same event again, as every channel sends it when unanswered
    assert len(an.logs()) == 1
    an.school.database.close()
