"""The folder of what was built, and the one place that says which of it is there."""

import base64
import binascii
import hmac
import json
import re
import secrets
from datetime import date, datetime
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from bot.media import drawing, pieces
from bot.port import MEDIA_PATH, Media
from bot.texts import _, locale, manner_for, speaking

_NAME = re.compile(r"[a-z0-9-]{1,80}\.(png|pdf|ogg|mp3|aac)")
_THANKS = re.compile(r"thanks-([A-Za-z0-9_-]{1,2000})-([0-9a-f]{32})\.(png|pdf)")
_CARDS = re.compile(r"cards-(\d{1,9}-\d{1,9}-\d{1,12})-([0-9a-f]{32})\.pdf")
# Certificates are drawn when they are looked at; so many stay drawn.
_KEPT_THANKS = 50
_KEPT_CARDS = 5
# A certificate is A4 on its side: at this density 1,754 pixels wide, which a copy shop can print.
_THANKS_DOTS = 150.0
_MOST_LETTERS = 60
_MOST_DEEDS = 4
_MOST_DEED_LETTERS = 120


class Shelf:
    """What is there of the lessons' pictures, pages and voices; it implements `bot.port.Shelf`.

    Only `thanks` makes something: an address that says all that is on the certificate, signed, so
    that nothing about a person is kept. Everything else is there, or None.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def step_card(self, slug: str, number: int) -> Media | None:
        """A step in big letters, as the person is spoken to."""
        return self._drawn("picture", pieces.card(slug, number))

    def step_voice(self, slug: str, number: int) -> Media | None:
        """A step read aloud."""
        return self._spoken(pieces.voice(slug, number))

    def closing_voice(self, slug: str) -> Media | None:
        """What to remember of a lesson, read aloud."""
        return self._spoken(pieces.closing_voice(slug))

    def lesson_picture(self, slug: str) -> Media | None:
        """The whole lesson as a picture to pass on."""
        return self._drawn("picture", pieces.picture(slug))

    def lesson_page(self, slug: str) -> Media | None:
        """The whole lesson as an A5 page to print."""
        return self._drawn("document", pieces.page(slug))

    def thanks(self, name: str, deeds: tuple[str, ...], day: date) -> tuple[Media, ...]:
        """A certificate of thanks as picture and PDF; () where it cannot be drawn."""
        name, deeds = _plain(name)[:_MOST_LETTERS], tuple(_plain(deed)[:_MOST_DEED_LETTERS] for deed in deeds)
        deeds = deeds[:_MOST_DEEDS]
        if self.key is None or find_spec("typst") is None:
            return ()
        told = json.dumps([locale(), name, deeds, day.isoformat()], ensure_ascii=False, separators=(",", ":"))
        said = base64.urlsafe_b64encode(told.encode()).decode().rstrip("=")
        address = f"{MEDIA_PATH}thanks-{said}-{self._sign(said)}"
        seen, printed = pieces.thanks(name, deeds, day, "png").alt, pieces.thanks(name, deeds, day, "pdf").alt
        return Media("picture", f"{address}.png", seen), Media("document", f"{address}.pdf", printed)

    def join_cards(self, unit_id: int, listed_id: int, until: datetime) -> Media | None:
        """The cards with which a class joins, behind an address that is signed and ends."""
        if self.key is None or find_spec("typst") is None:
            return None
        said = f"{unit_id}-{listed_id}-{int(until.timestamp())}"
        return Media(
            "document", f"{MEDIA_PATH}cards-{said}-{self._sign(f'cards {said}')}.pdf", _("Thẻ vào lớp để in (PDF)")
        )

    def cards_asked(self, name: str, now: datetime) -> tuple[int, int] | None:
        """Whose cards a name of `join_cards` asks for: the class and the pupil (0: all); None for any other name."""
        found = _CARDS.fullmatch(name)
        if found is None or not hmac.compare_digest(self._sign(f"cards {found[1]}"), found[2]):
            return None
        unit_id, listed_id, until = (int(part) for part in found[1].split("-"))
        return (unit_id, listed_id) if now.timestamp() < until else None

    def keep_cards(self, body: bytes) -> Path | None:
        """A drawn sheet of cards for a moment, readable by nobody else: only the newest few are kept."""
        path = self.folder / "cards" / f"{secrets.token_hex(16)}.pdf"
        try:
            put(path, body, mode=0o600)
        except OSError:
            return None
        self._forget_old(path, _KEPT_CARDS)
        return path

    def file(self, name: str) -> Path | None:
        """The file of this name, drawn now if it is a certificate of ours; None for any other name."""
        if thanks := _THANKS.fullmatch(name):
            return self._thanks(thanks[1], thanks[2], "pdf" if thanks[3] == "pdf" else "png")
        path = self.folder / name
        return path if _NAME.fullmatch(name) and path.is_file() else None

    def forget_thanks(self) -> None:
        """Delete the certificates that were drawn: there are names on them, and their addresses draw them again."""
        for path in (self.folder / "thanks").glob("*"):
            path.unlink(missing_ok=True)

    def _drawn(self, kind: Literal["picture", "document"], drawn: pieces.Drawing) -> Media | None:
        return Media(kind, MEDIA_PATH + drawn.file, drawn.alt) if self.file(drawn.file) else None

    def _spoken(self, voice: pieces.Voice) -> Media | None:
        name = voice.file("mp3")
        return Media("voice", MEDIA_PATH + name, voice.alt, voice.recording is not None) if self.file(name) else None

    def _thanks(self, said: str, signature: str, form: pieces.Form) -> Path | None:
        if not hmac.compare_digest(self._sign(said), signature):
            return None
        try:
            language, name, deeds, day = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
            with speaking(manner_for(language, "")):
                sheet = pieces.thanks(name, tuple(deeds), date.fromisoformat(day), form)
            path = self.folder / "thanks" / sheet.file
            if not path.is_file():
                pdf = form == "pdf"
                body = drawing.pdf("thanks", sheet.data) if pdf else drawing.png("thanks", sheet.data, _THANKS_DOTS)
                put(path, body)
                self._forget_old(path)
        except (ValueError, binascii.Error, OSError, drawing.CannotDraw):
            return None
        return path

    def _forget_old(self, newest: Path, most: int = _KEPT_THANKS) -> None:
        drawn = sorted(newest.parent.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in drawn[most:]:
            path.unlink(missing_ok=True)

    def _sign(self, said: str) -> str:
        return hmac.new(self.key or secrets.token_bytes(32), said.encode(), "sha256").hexdigest()[:32]

    @cached_property
    def key(self) -> bytes | None:
        """The installation's own secret, made once; None where the folder cannot be written."""
        path = self.folder / ".key"
        try:
            if not path.exists():
                self.folder.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
                put(path, secrets.token_bytes(32), mode=0o600)
            return path.read_bytes() or None
        except OSError:
            return None


def put(path: Path, body: bytes, mode: int = 0o644) -> None:
    """Write a file that is whole from the moment it is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    half.touch(mode=mode)
    half.write_bytes(body)
    half.replace(path)


def _plain(words: str) -> str:
    """What our letters can draw: no pictures, no control signs."""
    return " ".join("".join(sign for sign in words if sign.isprintable() and ord(sign) < 0x2190).split())
