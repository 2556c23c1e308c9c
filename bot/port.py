"""The words handlers and channels share: who speaks, what came in, what goes out, how a send fails."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol

# The narrowest channel decides: Telegram takes 64 bytes of button data, an Official Account 5 buttons.
MOST_CHOICES = 5
CHOICE_BYTES = 64
# Where our own pictures, pages and voices are; each channel makes of it what it can.
MEDIA_PATH = "/media/"


@dataclass(frozen=True, slots=True)
class Who:
    """A person as one channel knows them; `address` is opaque and never parsed."""

    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A button, or a numbered line where there are no buttons."""

    label: str
    value: str

    def __post_init__(self) -> None:
        if len(self.value.encode()) > CHOICE_BYTES:
            raise ValueError(f"A choice's value is at most {CHOICE_BYTES} bytes: {self.value!r}")


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, voice or document by address, with words for those who cannot see or hear it.

    An address that begins with MEDIA_PATH is a file of ours: the web page opens it as it stands, a
    messenger takes the file (`Desk.file`) or the address with our own in front. A voice of ours is
    there under three suffixes: .mp3 as named, .ogg (Opus) and .aac.
    """

    kind: Literal["picture", "voice", "document"]
    url: str
    alt: str

    def name(self, suffix: str = "") -> str | None:
        """The name of our own file, perhaps in another form; None when it is somebody else's."""
        if not self.url.startswith(MEDIA_PATH):
            return None
        name = self.url.removeprefix(MEDIA_PATH)
        return f"{name.rpartition('.')[0]}.{suffix}" if suffix else name

    def address(self, public_url: str) -> str:
        """Where anybody can open it."""
        return public_url + self.url if self.name() else self.url


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot says: words, at most five choices, perhaps media."""

    text: str
    choices: tuple[Choice, ...] = ()
    media: tuple[Media, ...] = ()

    def __post_init__(self) -> None:
        if len(self.choices) > MOST_CHOICES:
            raise ValueError(f"A reply offers at most {MOST_CHOICES} choices, this one {len(self.choices)}.")


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person said, once: `event_id` is the channel's own and never repeats for another message.

    Exactly one of `text`, `choice` and `join` is set when `kind` is "said"; `media` and `hidden`
    (a channel withholds what its user wrote) carry neither. `join` opens the conversation,
    with the code of an invitation or "". Where `known_only` is set, a stranger is not let in.
    """

    who: Who
    event_id: str
    text: str | None = None
    choice: str | None = None
    join: str | None = None
    kind: Literal["said", "media", "hidden"] = "said"
    known_only: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn gives back.

    `repeated`: this event was answered before, and these are the first replies. `unknown_choice`: the
    choice was never offered, or too long ago; nothing changed. `unknown_person`: nobody has begun at
    this address, and `known_only` was set. `failed`: something broke, nothing changed, and the
    replies say sorry. `locale` and `text_size` are how the person reads.
    """

    replies: tuple[Reply, ...]
    repeated: bool = False
    unknown_choice: bool = False
    unknown_person: bool = False
    failed: bool = False
    locale: str = "vi"
    text_size: str = "normal"


@dataclass(frozen=True, slots=True)
class Letter:
    """A reply sent later, kept until a channel that is read (not written to) fetches it."""

    id: int
    reply: Reply


class Stopped(Exception):
    """The person blocked us or the address is gone: stop writing."""


class Later(Exception):
    """Not now: try again after this long."""

    def __init__(self, after: timedelta) -> None:
        super().__init__(f"try again after {after}")
        self.after = after


class Refused(Exception):
    """The channel will never take this message; the text says why."""


class Shelf(Protocol):
    """Which pictures, pages and voices there are; a handler puts them into replies.

    Each answers in the manner being spoken (language and address), at once, and None when nothing
    was built: the words are always enough.
    """

    def step_card(self, slug: str, number: int) -> Media | None:
        """A step in big letters."""

    def step_voice(self, slug: str, number: int) -> Media | None:
        """A step read aloud."""

    def closing_voice(self, slug: str) -> Media | None:
        """What to remember of a lesson, read aloud."""

    def lesson_picture(self, slug: str) -> Media | None:
        """The whole lesson as a picture to pass on."""

    def lesson_page(self, slug: str) -> Media | None:
        """The whole lesson as an A5 page to print."""

    def thanks(self, name: str, deeds: tuple[str, ...], day: date) -> tuple[Media, ...]:
        """A certificate of thanks, as picture and PDF, for at most four deeds ("đã học xong 12 bài"); perhaps ()."""


class Papers(Protocol):
    """Which documents of a unit there are; a handler puts them into replies.

    An address is signed, says all that is in the document, and ends at `until`. `what` is "book",
    "report", "chart" or "sent" (with the report's number as period); () and None where none can be drawn.
    """

    def documents(
        self, unit_id: int, what: str, period: str, forms: tuple[str, ...], until: datetime
    ) -> tuple[Media, ...]:
        """The document in these forms: "xlsx", "docx", "pdf", "csv" or "png"."""

    def page(self, unit_id: int, what: str, period: str, until: datetime) -> str | None:
        """The address of the read-only page, after our own."""


class NoPapers:
    """Nothing can be drawn."""

    def documents(
        self, unit_id: int, what: str, period: str, forms: tuple[str, ...], until: datetime
    ) -> tuple[Media, ...]:
        return ()

    def page(self, unit_id: int, what: str, period: str, until: datetime) -> str | None:
        return None


class EmptyShelf:
    """Nothing was built."""

    def step_card(self, slug: str, number: int) -> Media | None:
        return None

    def step_voice(self, slug: str, number: int) -> Media | None:
        return None

    def closing_voice(self, slug: str) -> Media | None:
        return None

    def lesson_picture(self, slug: str) -> Media | None:
        return None

    def lesson_page(self, slug: str) -> Media | None:
        return None

    def thanks(self, name: str, deeds: tuple[str, ...], day: date) -> tuple[Media, ...]:
        return ()


class Desk(Protocol):
    """What a channel may ask of the bot; `bot.app` implements it."""

    async def handle(self, said: Incoming) -> Answer:
        """Answer one message: one transaction, at most once per event."""

    async def letters(self, who: Who, after: int | None) -> list[Letter]:
        """The letters kept for this person, oldest first: with an id above `after`, or all not yet seen."""

    async def seen(self, who: Who, up_to: int) -> None:
        """The person has every letter up to this id."""

    async def keep(self, who: Who, key: str, reply: Reply) -> None:
        """Keep a reply until it is fetched; the same key is kept once."""

    async def known(self, who: Who) -> bool:
        """Whether this address has spoken before."""

    async def fits(self, who: Who, code: str) -> bool:
        """Whether an invitation is for whoever speaks from this address, and not for somebody else."""

    async def file(self, name: str) -> Path | None:
        """The file behind a picture, page or voice of ours; None when there is none of that name."""

    async def paper(self, token: str) -> str | None:
        """The read-only page behind a signed link; None when there is none, or no more."""

    async def health(self) -> dict[str, str]:
        """How the program is: status, version, database, clock."""


class Channel(Protocol):
    """A place where people talk with the bot."""

    name: str

    async def open(self) -> None:
        """Take what is needed to listen; OSError when the address is not to be had."""

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        """Say one thing unasked; raises Stopped, Later or Refused. `key` names the sending."""

    async def run(self) -> None:
        """Listen until cancelled."""


def pack(replies: Iterable[Reply]) -> str:
    """Replies as they are kept: JSON, the shortest that `unpack` can read."""
    return json.dumps([_data(reply) for reply in replies], ensure_ascii=False, separators=(",", ":"))


def unpack(kept: str) -> tuple[Reply, ...]:
    """The replies that `pack` kept."""
    return tuple(
        Reply(
            text,
            tuple(Choice(label, value) for label, value in choices),
            tuple(Media(kind, url, alt) for kind, url, alt in media),
        )
        for text, choices, media in json.loads(kept)
    )


def _data(reply: Reply) -> list[object]:
    return [
        reply.text,
        [(choice.label, choice.value) for choice in reply.choices],
        [(media.kind, media.url, media.alt) for media in reply.media],
    ]
