"""The words handlers and channels share: who speaks, what came in, what goes out, how a send fails."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal, Protocol

# The narrowest channel decides: Telegram takes 64 bytes of button data, an Official Account 5 buttons.
MOST_CHOICES = 5
CHOICE_BYTES = 64


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
    """A picture, voice or document by address, with words for those who cannot see or hear it."""

    kind: Literal["picture", "voice", "document"]
    url: str
    alt: str


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
    """Not now: try again after this long; `everyone`: the channel takes nothing for anybody until then."""

    def __init__(self, after: timedelta, everyone: bool = False, reason: str = "the channel asked to wait") -> None:
        super().__init__(reason)
        self.after = after
        self.everyone = everyone


class Refused(Exception):
    """The channel will never take this message; the text says why."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast what is unasked may leave on a channel; answers to people are never held back.

    `per_second` counts all messages (None: no limit), `to_one` is the least time between two to the
    same person, `at_once` is how many sendings may be under way.
    """

    per_second: float | None = None
    to_one: timedelta = timedelta(0)
    at_once: int = 8


@dataclass(frozen=True, slots=True)
class Browser:
    """Where a browser is told of news while the page is closed, and the keys only it can read with (RFC 8291)."""

    endpoint: str
    p256dh: str
    auth: str


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

    async def browsers(self, who: Who) -> list[Browser]:
        """The browsers that are told of this person's letters."""

    async def add_browser(self, who: Who, browser: Browser) -> None:
        """Tell this browser of this person's letters, and of nobody else's."""

    async def forget_browser(self, endpoint: str) -> None:
        """This browser is told nothing any more."""

    async def kept(self, name: str, make: Callable[[], str]) -> str:
        """A fact of this installation, made once and the same ever after."""

    async def health(self) -> dict[str, str]:
        """How the program is: status, version, database, clock, outbox."""


class Channel(Protocol):
    """A place where people talk with the bot."""

    name: str
    pace: Pace

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
