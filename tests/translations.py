"""python -m tests.translations [--write]: the phrases of the code and their translations agree.

With `--write` the catalogues are brought up to date; without it every difference is printed and is
an error. Phrases are written in Vietnamese in the code, so only the other languages have a catalogue.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
LOCALES = ROOT / "bot" / "locales"
LANGUAGES = ("en",)
# `counted` has one Vietnamese form where gettext wants two, hence its first argument twice.
KEYWORDS = {"_": None, "N_": None, "counted": (1, 1)}
_PLACEHOLDER = re.compile(r"{\w+}")


def phrases() -> Catalog:
    """Every phrase of the code, with the files that say it."""
    catalogue = Catalog(project="hoc-vu-so", charset="utf-8")
    for package in ("bot", "handlers"):
        found = extract_from_dir(
            str(ROOT / package), method_map=[("**.py", "python")], keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for file, _line, message, comments, _context in found:
            catalogue.add(message, None, [(f"{package}/{file}", 0)], auto_comments=comments)
    return catalogue


def catalogue(language: str) -> Catalog:
    """A language's catalogue as it is kept."""
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale=language)


def problems(language: str) -> Iterator[str]:
    """What is missing, stale or wrong in a catalogue."""
    kept = catalogue(language)
    said = {message.id: message for message in phrases() if message.id}
    for key in said:
        if key not in kept:
            yield f"{language}: chưa có bản dịch: {_first(key)!r}"
    for message in kept:
        if message.id and message.id not in said:
            yield f"{language}: không còn dùng: {_first(message.id)!r}"
        elif message.id:
            yield from _wrong(language, message)


def _wrong(language: str, message: Message) -> Iterator[str]:
    translated = message.string if isinstance(message.string, tuple | list) else (message.string,)
    if not all(translated):
        yield f"{language}: chưa dịch: {_first(message.id)!r}"
    if message.fuzzy:
        yield f"{language}: bản dịch cần xem lại: {_first(message.id)!r}"
    # "you" needs no address in English, so {you} and its kin may go; nothing else may.
    needed = set(_PLACEHOLDER.findall(_first(message.id))) - {"{you}", "{You}", "{me}", "{Me}"}
    for number, words in enumerate(translated):
        there = set(_PLACEHOLDER.findall(words or ""))
        may_miss = {"{n}"} if number == 0 and len(translated) > 1 else set()
        if needed - there - may_miss or there - needed - {"{you}", "{You}", "{me}", "{Me}"}:
            yield f"{language}: chỗ trống {{…}} không khớp: {_first(message.id)!r} → {words!r}"


def _first(key: object) -> str:
    return str(key[0]) if isinstance(key, tuple | list) else str(key)


def write(language: str) -> None:
    """Bring a catalogue up to date: new phrases empty, old ones gone, translations kept."""
    path = LOCALES / language / "LC_MESSAGES" / "messages.po"
    kept = catalogue(language) if path.exists() else Catalog(locale=language, charset="utf-8")
    kept.update(phrases(), no_fuzzy_matching=True)
    kept.obsolete.clear()
    kept.header_comment = "# Học Vụ Số: the phrases of the code in another language."
    kept.creation_date = kept.revision_date = datetime(2026, 11, 21, tzinfo=UTC)  # the same file from the same phrases
    kept.fuzzy = False
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, kept, sort_by_file=True, omit_header=False, include_lineno=False, width=0)


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        for name in LANGUAGES:
            write(name)
    wrong = [line for name in LANGUAGES for line in problems(name)]
    print("\n".join(wrong) or "Bản dịch đầy đủ. (Every phrase is translated.)")  # noqa: T201 - a tool of the shell
    sys.exit(1 if wrong else 0)
