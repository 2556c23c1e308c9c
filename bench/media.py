"""What a card, a page, a spoken step and a lesson's turn cost: medians over twenty different steps, beside one turn's 50 ms.

Every step is another one, so that typst's memory of what it drew before helps nobody; the first of
each kind is shown apart, since it loads the letters. Voices need espeak-ng and ffmpeg.
"""

import atexit
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from zoneinfo import ZoneInfo

import psutil

import content
from bot import turns
from bot.media import drawing, pieces, programs
from bot.media.build import files
from bot.media.pieces import Drawing, Voice
from bot.media.shelf import Shelf
from bot.port import EmptyShelf, Incoming, Who
from bot.texts import manner_for, speaking
from db import migrate
from db.database import Database

NOW = datetime(2026, 11, 25, 19, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
HOW_MANY = 20
MANY = 500
TURN_MS = 50.0


def main() -> None:
    """Measure everything and print it."""
    with speaking(manner_for("vi", "bà")):
        slugs = list(content.lessons())[:HOW_MANY]
        print(f"{HOW_MANY} different lessons; median, the first, bytes, and how many 50 ms turns one costs\n")
        _row("card of a step (PNG)", [_png(pieces.card(slug, 1)) for slug in slugs])
        _row("lesson to pass on (PNG)", [_png(pieces.picture(slug)) for slug in slugs])
        _row("lesson on A5 (PDF)", [_pdf(pieces.page(slug)) for slug in slugs])
        thanks = (
            pieces.thanks(f"Bà Lan {n}", ("đã học xong 12 bài",), date(2026, 11, 25), "pdf") for n in range(HOW_MANY)
        )
        _row("certificate (PDF)", [_pdf(sheet) for sheet in thanks])
        if programs.missing():
            print(f"no voices: {', '.join(programs.missing())} is missing")
        else:
            small = [_png(pieces.card(slug, 1))() for slug in slugs]
            _row("card in few colours (ffmpeg)", [partial(programs.smaller, picture) for picture in small])
            _row("spoken step, three forms", [_spoken(pieces.voice(slug, 1)) for slug in slugs])
        _lesson_turns(slugs)
        _memory()
    print(f"import of the shelf alone loads typst: {_loads_typst()}")


def _png(piece: Drawing) -> Callable[[], bytes]:
    return lambda: drawing.png(piece.template, piece.data)


def _pdf(piece: Drawing) -> Callable[[], bytes]:
    return lambda: drawing.pdf(piece.template, piece.data)


def _spoken(voice: Voice) -> Callable[[], bytes]:
    return lambda: b"".join(programs.sounds(programs.speech(voice.words, voice.language)).values())


def _row(what: str, makers: Iterable[Callable[[], bytes]]) -> None:
    spans, sizes = [], []
    for make in makers:
        begun = time.perf_counter()
        sizes.append(len(make()))
        spans.append(1000 * (time.perf_counter() - begun))
    middle = statistics.median(spans[1:])
    kilobytes = statistics.median(sizes) / 1000
    print(
        f"  {what:30} {middle:7.1f} ms   first {spans[0]:7.1f} ms   {kilobytes:6.0f} KB   {middle / TURN_MS:5.2f} turns"
    )


def _lesson_turns(slugs: list[str]) -> None:
    """A tap on “Tiếp” in a lesson, on a messenger, with nothing built and with everything built."""
    print()
    for what, shelf in (("nothing built", EmptyShelf()), ("everything built", _stocked(slugs))):
        with TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{folder}/lessons.sqlite3")
            migrate.to(database.engine)
            spans = list(_taps(database, slugs, turns.Place(shelf=shelf)))
            database.close()
        p99 = sorted(spans)[int(0.99 * len(spans))]
        print(f"  lesson turn, {what:17} {statistics.median(spans):7.2f} ms   p99 {p99:.2f} ms   {len(spans)} turns")


def _taps(database: Database, slugs: list[str], place: turns.Place) -> Iterator[float]:
    """How long each tap took; the first lesson, which reads everything once, is left out."""
    for at, slug in enumerate([slugs[0], *slugs]):
        who = Who("telegram", slug if at else "first")
        openings = [Incoming(who, "open", join=f"bai-{slug}"), Incoming(who, "begin", choice=f"step:{slug}:1")]
        steps = [
            Incoming(who, str(n), choice=f"step:{slug}:{n}") for n in range(2, len(content.lessons()[slug].steps) + 1)
        ]
        for said in (*openings, *steps):
            begun = time.perf_counter()
            with database.transaction() as store:
                answer = turns.answer(store, said, NOW, place)
            if at and said in steps:
                yield 1000 * (time.perf_counter() - begun)
            assert not answer.unknown_choice


def _stocked(slugs: list[str]) -> Shelf:
    """A shelf with a file for everything, which nobody opens."""
    shelf = Shelf(Path(mkdtemp()))
    atexit.register(shutil.rmtree, shelf.folder)
    for slug in slugs:
        for piece in pieces.of_lesson(slug):
            for name in files(piece):
                (shelf.folder / name).touch()
    return shelf


def _memory() -> None:
    process = psutil.Process()
    before = process.memory_info().rss
    for number in range(MANY):
        drawing.pdf("thanks", pieces.thanks(f"Bà Lan {number}", ("đã học",), date(2026, 11, 25), "pdf").data)
    after = process.memory_info().rss
    print(f"  after {MANY} more certificates      {after / before:6.2f} × the memory ({after / 1e6:.0f} MB)")


def _loads_typst() -> bool:
    told = "import sys, bot.app; print('typst' in sys.modules)"
    return (
        subprocess.run([sys.executable, "-c", told], capture_output=True, check=True, text=True).stdout.strip()
        == "True"
    )


if __name__ == "__main__":
    main()
