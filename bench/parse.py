"""How well one line is read: exact and per field, by file and kind of line, with speed. `python -m bench.parse`"""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import sqrt
from pathlib import Path
from typing import TypedDict

from bot.rules.masking import mask
from bot.rules.reading import Reader, Reading
from handlers.reading import reader

HERE = Path(__file__).parent
# The labels count days from this moment.
MOMENT = datetime.fromisoformat("2026-11-25T19:30:00+07:00")
FILES = {
    "known (development)": "lines_known.jsonl",
    "more (development)": "lines_more.jsonl",
    "own (development)": "lines_own.jsonl",
    "dev (development)": "lines_dev.jsonl",
}
# Nobody looks at these: what is learned from them would be lost as a measure.
UNSEEN = {
    "first (one author, before there was a parser, never tuned on)": "lines_first.jsonl",
    "later (three more authors, harder, never tuned on)": "lines_later.jsonl",
    "fresh (two more authors, in the manner of the known lines, never tuned on)": "lines_fresh.jsonl",
}
REPEATS = 20


class Label(TypedDict, total=False):
    """One labelled line."""

    text: str
    kind: str
    is_log: bool
    relatives: list[str]
    skills: list[str]
    minutes: int | None
    date_offset_days: int | None
    outcome: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A label and what was read instead."""

    label: Label
    reading: Reading


FIELDS: dict[str, Callable[[Case], bool]] = {
    "is_log": lambda case: case.label["is_log"] == case.reading.is_log,
    "relatives": lambda case: set(case.label["relatives"]) == set(case.reading.relatives),
    "skills": lambda case: set(case.label["skills"]) == set(case.reading.skills),
    "minutes": lambda case: case.label["minutes"] == case.reading.minutes,
    "date": lambda case: case.label["date_offset_days"] == case.reading.date_offset_days,
    "outcome": lambda case: case.label["outcome"] == case.reading.outcome,
}


def exact(case: Case) -> bool:
    return all(right(case) for right in FIELDS.values())


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if not total:
        return 0.0, 1.0
    z = 1.96
    share, width = right / total, z * z / total
    middle = (share + width / 2) / (1 + width)
    half = z * sqrt(share * (1 - share) / total + width / (4 * total)) / (1 + width)
    return max(0.0, middle - half), min(1.0, middle + half)


def say(*words: str) -> None:
    sys.stdout.write(" ".join(words) + "\n")


def row(name: str, right: Iterable[bool]) -> None:
    results = list(right)
    low, high = wilson(sum(results), len(results))
    share = sum(results) / max(1, len(results))
    say(f"  {name:<22} {sum(results):>4}/{len(results):<4} {share:6.1%}  [{low:.1%}–{high:.1%}]")


def cases(name: str, read: Reader) -> list[Case]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    labels: list[Label] = [json.loads(line) for line in lines]
    return [Case(label, read.read(label["text"], MOMENT)) for label in labels]


def show(title: str, found: Sequence[Case]) -> None:
    say(f"\n{title}: {len(found)} lines")
    row("exact, all fields", map(exact, found))
    logs = [case for case in found if case.label["is_log"]]
    row("exact, logs only", map(exact, logs))
    for name, right in FIELDS.items():
        row(name, map(right, found))
    row("logs seen as logs", (case.reading.is_log for case in logs))
    row("false alarms", (case.reading.is_log for case in found if not case.label["is_log"]))
    by_kind: defaultdict[str, list[Case]] = defaultdict(list)
    for case in found:
        by_kind[case.label.get("kind", "-")].append(case)
    for kind, some in sorted(by_kind.items()):
        row(f"  {kind}", map(exact, some))
    leaked = [case.label["text"] for case in found if leaks(case)]
    say(f"  secrets found in {sum(bool(case.reading.secrets) for case in found)} lines, leaked in {len(leaked)}")


def leaks(case: Case) -> bool:
    """Whether a line labelled secret, or one with six digits in a row, kept something to hide."""
    text = case.reading.masked_text
    runs = any(len(run) >= 6 for run in "".join(c if c.isdigit() else " " for c in text).split())
    return runs or (case.label.get("kind") == "secret" and not mask(case.label["text"]).kinds)


def misses(found: Iterable[Case]) -> None:
    for case in found:
        wrong = [name for name, right in FIELDS.items() if not right(case)]
        if wrong:
            say(f"  {case.label['text']}\n    {', '.join(wrong)}: {case.reading}")


def speed(read: Reader, lines: Sequence[str]) -> None:
    """By the clock, which other programs on the machine lengthen, and by processor time, which they hardly do."""
    for name, clock in (("clock", time.perf_counter), ("processor", time.thread_time)):
        taken = []
        for line in [*lines] * (REPEATS // 2):
            start = clock()
            read.read(line, MOMENT)
            taken.append(1000 * (clock() - start))
        taken.sort()
        middle, slow = taken[len(taken) // 2], taken[len(taken) * 99 // 100]
        say(f"\nper line, {name} time: p50 {middle:.3f} ms, p99 {slow:.3f} ms, n={len(taken)}")


def import_time() -> None:
    code = "import time; s = time.perf_counter(); import bot.rules.reading; print(1000 * (time.perf_counter() - s))"
    times = [float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout) for _ in "abc"]
    say(f"import bot.rules.reading: {min(times):.0f} ms")


def main() -> None:
    start = time.perf_counter()
    read = reader()
    say(f"lexicon read and compiled in {1000 * (time.perf_counter() - start):.0f} ms")
    lines: list[str] = []
    for title, name in FILES.items():
        found = cases(name, read)
        show(title, found)
        lines += [case.label["text"] for case in found]
        if "--misses" in sys.argv:
            misses(found)
    never_seen: list[Case] = []
    for title, name in UNSEEN.items():
        found = cases(name, read)
        show(title, found)
        never_seen += found
    show("all that nobody tuned on", never_seen)
    lines += [case.label["text"] for case in never_seen]
    speed(read, lines)
    import_time()


if __name__ == "__main__":
    main()
