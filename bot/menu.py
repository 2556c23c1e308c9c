"""Numbered choices, for channels without buttons and for people who type."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.letters import fold as fold
from bot.port import MOST_CHOICES, Choice, Reply
from bot.rules import agreeing

# A bare number opens something only while its menu is fresh: peers were bitten by stray numbers
# (docs/decisions/0004).
FRESH = timedelta(minutes=30)
# How many offered values stay tappable: the buttons of about the last ten messages.
KEPT = 40
# How a label begins that a plain yes or no may mean, in both languages; consent is never given by an "ừ".
_YES = re.compile(r"(?:đúng|yes|that is right)\b")  # not "yesterday"
_NO = re.compile(r"(?:không phải|không đúng|chưa đúng|not right|not quite)\b|no$")
_NUMBER = re.compile(r"(?:so|number|no)?\s*(\d{1,2})\s*[.)]?")


def plain(text: str) -> str:
    """Lower case, composed, without outer space."""
    return unicodedata.normalize("NFC", text).strip().lower()


def spellings(words: str) -> set[str]:
    """How words may be typed: with their marks, or with none at all; "đúng" is never "dừng"."""
    return {plain(words), fold(words)}


def is_meant(said: str, words: str) -> bool:
    """Whether `said` is these words; what is typed with marks must have the right ones."""
    return plain(said) in spellings(words)


@dataclass(slots=True)
class Menu:
    """What a person was offered: the choices of the last message, and older ones still tappable."""

    at: int = 0
    now: list[tuple[str, str]] = field(default_factory=list)
    earlier: list[str] = field(default_factory=list)

    @classmethod
    def load(cls, text: str) -> "Menu":
        """The menu as it was kept; "" is an empty one."""
        if not text:
            return cls()
        at, now, earlier = json.loads(text)
        return cls(at, [(label, value) for label, value in now], earlier)

    def dump(self) -> str:
        """The menu as it is kept."""
        return json.dumps([self.at, self.now, self.earlier], ensure_ascii=False, separators=(",", ":"))

    def offer(self, replies: Iterable[Reply], at: datetime) -> None:
        """These replies are being said now."""
        choices = [choice for reply in replies for choice in reply.choices]
        gone = [value for _, value in self.now] + self.earlier
        self.now = [(choice.label, choice.value) for choice in choices]
        offered = {choice.value for choice in choices}
        self.earlier = [value for value in dict.fromkeys(gone) if value not in offered][:KEPT]
        self.at = int(at.timestamp())

    def offered(self, value: str) -> bool:
        """Whether this choice was offered to this person, lately."""
        return value in self.earlier or any(value == known for _, known in self.now)

    def pick(self, text: str, at: datetime) -> str | None:
        """The value meant by a typed "2", "số 2", a label with or without marks or a plain yes or no.

        Nothing is meant once the menu is no longer fresh.
        """
        if not self.now or at.timestamp() - self.at > FRESH.total_seconds():
            return None
        for label, value in self.now:
            if is_meant(text, label):
                return value
        numbered = _NUMBER.fullmatch(fold(text))
        if numbered and 1 <= int(numbered[1]) <= len(self.now):
            return self.now[int(numbered[1]) - 1][1]
        return self._said(text, agreeing.agrees, _YES) or self._said(text, agreeing.denies, _NO)

    def _said(self, text: str, means: Callable[[str], bool], opening: re.Pattern[str]) -> str | None:
        """The one choice that begins like this."""
        found = [value for label, value in self.now if opening.match(plain(label))]
        return found[0] if len(found) == 1 and means(text) else None


def page(choices: Sequence[Choice], start: int, more: str, value: str, room: int = MOST_CHOICES) -> tuple[Choice, ...]:
    """All choices if they fit the room of one reply, else some from `start` and one labelled `more`.

    Its value is `value:<where the next page starts>`; after the last page comes the first.
    """
    if len(choices) <= room:
        return tuple(choices)
    shown = room - 1
    following = start + shown if start + shown < len(choices) else 0
    return (*choices[start : start + shown], Choice(more, f"{value}:{following}"))
