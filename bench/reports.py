"""What a report costs: a class of 50, a school of 1,000 pupils and a ward of 100 such schools, each a year.

The load is fixed: 35 weeks, in each of which half of the pupils log one session with a relative and a
skill; every class has 40 pupils (50 in the one measured alone). Memory is the peak of a process of its own.
"""

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from time import perf_counter, process_time

import content
from bot.rules.period import days
from db import migrate
from db.database import Database
from handlers.reports import figures

FIRST = date(2026, 9, 7)
WEEKS = 35
LAST = FIRST + timedelta(weeks=WEEKS)
RELATIVES = ("BA_NOI", "BA_NGOAI", "ONG_NOI", "ONG_NGOAI", "ME", "BO", "CO", "BAC")
SKILLS = ("ZALO_VIDEO", "VNEID_CAI", "QR_TRA", "AT_LUADAO", "DT_HIENTHI", "AT_MATKHAU", "YTE_DATLICH", "CK")
OUTCOMES = ("TU_LAM", "TU_LAM", "CO_HO_TRO", "CHUA_QUEN", "CHUA_DUOC", "VUONG")
STATES = ("told", "confirmed", "confirmed", "checked", "withdrawn")
# (what, schools, classes a school, pupils a class, goal in seconds)
LOADS = (
    ("class of 50", 1, 1, 50, 0.2),
    ("school of 1,000", 1, 25, 40, 5.0),
    ("ward of 100 schools", 100, 25, 40, 60.0),
)


def main() -> None:
    """Measure each load in a process of its own, and print it."""
    print(f"{'a school year of logs':<24}{'logs':>12}{'seconds':>10}{'of work':>10}{'goal':>8}{'memory':>12}")
    for place in range(len(LOADS)):
        print(
            subprocess.run(
                [sys.executable, "-m", "bench.reports", str(place)], check=True, text=True, stdout=-1
            ).stdout,
            end="",
        )


def measured(name: str, schools: int, classes: int, pupils: int, goal: float) -> str:
    """Fill a database, report on its root, and say what that cost."""
    content.skills(), content.relatives()  # what a running program has read long ago
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/ward.sqlite3")
        migrate.to(database.engine)
        logs = filled(Path(folder, "ward.sqlite3"), schools, classes, pupils)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, worked = perf_counter(), process_time()
        with database.reading() as store:
            root = store.unit_by_code("1" if schools > 1 else "2" if classes > 1 else "3")
            assert root is not None
            found = figures.counted(store, root.id, days(FIRST, LAST), datetime.combine(LAST, time(9), UTC))
        seconds, work = perf_counter() - started, process_time() - worked
        assert found.figures.size == schools * classes * pupils
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        database.close()
    return f"{name:<24}{logs:>12,}{seconds:>10.2f}{work:>10.2f}{goal:>8.1f}{peak / 1024:>8.0f} MiB (+{(peak - before) / 1024:.0f})"


def filled(path: Path, schools: int, classes: int, pupils: int) -> int:
    """Write the ward as rows, past the handlers; how many sessions."""
    import sqlite3

    chance = Random(2026)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous=OFF")
    units: list[tuple[object, ...]] = [(1, None, "ward", "Phường", "1", None)]
    rooms: list[int] = []
    for _school in range(schools):
        school = len(units) + 1
        units.append((school, 1, "school", f"Trường {school}", str(school), None))
        for _room in range(classes):
            rooms.append(len(units) + 1)
            units.append((rooms[-1], school, "class", f"Lớp {rooms[-1]}", str(rooms[-1]), pupils))
    connection.executemany(
        "INSERT INTO unit (id, parent_id, kind, name, code, size, keeps_names) VALUES (?, ?, ?, ?, ?, ?, 0)", units
    )
    connection.executemany(
        'INSERT INTO person (id, nickname, address, locale, text_size, "group", doing, memory, menu, quiet, zone,'
        " created_at) VALUES (?, '', 'em', 'vi', 'normal', '', '', '', '', 0, '', 0)",
        ((number,) for number in range(1, len(rooms) * pupils + 1)),
    )
    connection.executemany(
        "INSERT INTO role (person_id, unit_id, role, current, held, since) VALUES (?, ?, 'pupil', 1, 1, 0)",
        ((place * pupils + seat, room) for place, room in enumerate(rooms) for seat in range(1, pupils + 1)),
    )
    connection.executemany(
        "INSERT INTO log (id, pupil_id, unit_id, day, minutes, habitual, outcome, state, told_at, wording, note)"
        " VALUES (?, ?, ?, ?, 20, 0, ?, ?, 0, '', '')",
        sessions(rooms, pupils, chance),
    )
    logs: int = connection.execute("SELECT count(*) FROM log").fetchone()[0]
    for table, column, codes in (("log_relative", "relative", RELATIVES), ("log_skill", "skill", SKILLS)):
        connection.executemany(
            f"INSERT INTO {table} (log_id, {column}) VALUES (?, ?)",
            ((number, codes[chance.randrange(len(codes))]) for number in range(1, logs + 1)),
        )
    connection.commit()
    connection.close()
    return logs


def sessions(rooms: list[int], pupils: int, chance: Random) -> Iterator[tuple[object, ...]]:
    """A session every other week a pupil, in the order in which they would be told."""
    number = 0
    for week in range(WEEKS):
        for place, room in enumerate(rooms):
            for seat in range(1, pupils + 1):
                if chance.random() < 0.5:
                    number += 1
                    day = FIRST + timedelta(weeks=week, days=chance.randrange(7))
                    yield number, place * pupils + seat, room, str(day), chance.choice(OUTCOMES), chance.choice(STATES)


if __name__ == "__main__":
    print(measured(*LOADS[int(sys.argv[1])])) if len(sys.argv) > 1 else main()
