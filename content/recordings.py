"""Voices that people recorded for a lesson: files in its folder, one a step, before any synthetic voice."""

from pathlib import Path

# What ffmpeg reads and phones record.
SUFFIXES = (".wav", ".flac", ".mp3", ".m4a", ".ogg")
# The part after the steps: what to remember, and what often goes wrong.
END = "end"


def find(lessons: Path, slug: str, part: str, language: str) -> Path | None:
    """`<slug>/voice/2.mp3` is step 2 in Vietnamese, `2.en.mp3` in English, `end.mp3` what to remember.

    One recording is for everybody, however they are addressed.
    """
    folder = lessons / slug / "voice"
    if not folder.is_dir():
        return None
    stem = part if language == "vi" else f"{part}.{language}"
    return next((path for suffix in SUFFIXES if (path := folder / f"{stem}{suffix}").is_file()), None)


def misnamed(lessons: Path, slug: str, steps: int) -> list[str]:
    """The files in a lesson's folder that nobody would ever hear."""
    known = {
        f"{part}{language}{suffix}"
        for part in (*range(1, steps + 1), END)
        for language in ("", ".en")
        for suffix in SUFFIXES
    }
    return sorted(path.name for path in (lessons / slug).glob("voice/*") if path.name not in known)
