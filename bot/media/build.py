"""Builds what the shelf holds: new words are drawn and spoken, what is there already stays."""

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from bot.media import drawing, programs
from bot.media.pieces import Drawing, Voice, of_lesson
from bot.media.shelf import put


@dataclass(slots=True)
class Built:
    """What a build did: files made, files that were there, names of tools that are missing, what went wrong."""

    made: int = 0
    there: int = 0
    missing: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def build(folder: Path, slugs: Iterable[str]) -> Built:
    """Everything of these lessons. Without a tool, what needs it is left out, and lessons stay words."""
    built = Built(missing=tools_missing())
    pieces = [piece for slug in slugs for piece in of_lesson(slug)]
    unique = {files(piece)[0]: piece for piece in pieces}
    # typst and the programs work outside Python's lock, so threads are enough.
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        for made, wrong in workers.map(partial(make, folder, built.missing), unique.values()):
            built.made += made
            built.there += not made and not wrong
            built.wrong += [wrong] if wrong and wrong not in built.missing else []
    return built


def tools_missing() -> list[str]:
    """The tools that building needs and that are not here."""
    return [*programs.missing(), *([] if drawing.can_draw() else ["typst"])]


def files(piece: Drawing | Voice) -> list[str]:
    """The names of a piece on the shelf: a voice has three forms."""
    return [piece.file] if isinstance(piece, Drawing) else [piece.file(suffix) for suffix in programs.SOUNDS]


def make(folder: Path, missing: list[str], piece: Drawing | Voice) -> tuple[bool, str]:
    """Whether the piece was made now, and what went wrong."""
    paths = [folder / name for name in files(piece)]
    if all(path.is_file() for path in paths):
        return False, ""
    if lacking := next((tool for tool in _tools(piece) if tool in missing), ""):
        return False, lacking
    try:
        for path, body in zip(paths, _drawn(piece) if isinstance(piece, Drawing) else _spoken(piece), strict=True):
            put(path, body)
    except (drawing.CannotDraw, programs.BrokenSound) as error:
        return False, f"{piece.name}: {error}"
    return True, ""


def _tools(piece: Drawing | Voice) -> tuple[str, ...]:
    if isinstance(piece, Drawing):
        return ("typst",)
    return ("ffmpeg",) if piece.recording else ("espeak-ng", "ffmpeg")


def _drawn(piece: Drawing) -> list[bytes]:
    if piece.form == "pdf":
        return [drawing.pdf(piece.template, piece.data)]
    return [programs.smaller(drawing.png(piece.template, piece.data))]


def _spoken(piece: Voice) -> list[bytes]:
    heard = piece.recording.read_bytes() if piece.recording else programs.speech(piece.words, piece.language)
    made = programs.sounds(heard)
    return [made[suffix] for suffix in programs.SOUNDS]
