"""The programs that build voices and make pictures small; who only serves lessons needs none of them."""

import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

# The northern voice: tools that tracked its pitch found six different tones, in the southern one almost none.
VOICES = {"vi": "vi", "en": "en-gb"}
# Words a minute, and the pause between words in 10 ms: calm, for who listens for the first time.
SPEED = 125
GAP = 4
# A sound in the three forms that channels take: Telegram, every browser, Zalo.
SOUNDS = {
    "ogg": ("-c:a", "libopus", "-b:a", "16k", "-ar", "48000"),
    "mp3": ("-c:a", "libmp3lame", "-b:a", "32k", "-ar", "22050"),
    "aac": ("-c:a", "aac", "-b:a", "24k", "-ar", "22050"),
}
# 32 colours are all a card needs, and a third of its bytes on a slow line.
_PALETTE = "split[a][b];[a]palettegen=max_colors=32:reserve_transparent=0[p];[b][p]paletteuse=dither=none"
# Each takes less than a second on an idle machine.
PATIENCE = 300
_QUIETLY = ("-v", "error", "-nostdin", "-y", "-threads", "1")


class MissingProgram(Exception):
    """A program is not installed; its name."""


class BrokenSound(Exception):
    """A program refused its input; what it said."""


def missing() -> list[str]:
    """The programs that are not installed here."""
    return [name for name in ("espeak-ng", "ffmpeg") if shutil.which(name) is None]


def speech(text: str, language: str) -> bytes:
    """The text as a WAV, read by the synthetic voice of the language."""
    return _run("espeak-ng", "-v", VOICES[language], "-s", str(SPEED), "-g", str(GAP), "--stdout", "--", text)


def sounds(source: bytes) -> dict[str, bytes]:
    """A sound of any kind in the three forms, by suffix: one voice, no names or dates inside."""
    with TemporaryDirectory() as folder:
        heard = Path(folder, "heard")
        heard.write_bytes(source)
        clean = ("-ac", "1", "-map", "0:a", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
        made = {suffix: Path(folder, f"said.{suffix}") for suffix in SOUNDS}
        outputs = [part for suffix, how in SOUNDS.items() for part in (*clean, *how, str(made[suffix]))]
        _run("ffmpeg", *_QUIETLY, "-i", str(heard), *outputs)
        return {suffix: path.read_bytes() for suffix, path in made.items()}


def smaller(picture: bytes) -> bytes:
    """The same PNG in few colours; as it was where ffmpeg is missing."""
    if shutil.which("ffmpeg") is None:
        return picture
    with TemporaryDirectory() as folder:
        before, after = Path(folder, "before.png"), Path(folder, "after.png")
        before.write_bytes(picture)
        _run("ffmpeg", *_QUIETLY, "-i", str(before), "-vf", _PALETTE, str(after))
        return min(picture, after.read_bytes(), key=len)


def _run(*command: str) -> bytes:
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=PATIENCE)
    except FileNotFoundError:
        raise MissingProgram(command[0]) from None
    except subprocess.TimeoutExpired as error:
        raise BrokenSound(f"{command[0]} took longer than {PATIENCE} seconds") from error
    except subprocess.CalledProcessError as error:
        raise BrokenSound(error.stderr.decode(errors="replace").strip()) from error
    return done.stdout
