"""The words handlers and channels share: who speaks, what came in, what goes out, how a send fails."""

from collections.abc import Awaitable, Callable
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
    with the code of an invitation or "".
    """

    who: Who
    event_id: str
    text: str | None = None
    choice: str | None = None
    join: str | None = None
    kind: Literal["said", "media", "hidden"] = "said"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn gives back: the replies, or the news that the choice was never offered.

    `repeated` is true when this event was answered before; the replies are then the first ones.
    """

    replies: tuple[Reply, ...]
    repeated: bool = False
    unknown_choice: bool = False


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


class Desk(Protocol):
    """What a channel may ask of the bot; `bot.app` implements it."""

    async def handle(self, said: Incoming) -> Answer:
        """Answer one message: one transaction, at most once per event."""

    async def letters(self, who: Who, after: int) -> list[Letter]:
        """The letters kept for this person with an id above `after`, oldest first."""

    async def keep(self, who: Who, key: str, reply: Reply) -> None:
        """Keep a reply until it is fetched; the same key is kept once."""

    async def known(self, who: Who) -> bool:
        """Whether this address has spoken before."""

    async def health(self) -> dict[str, str]:
        """How the program is: status, version, database, clock."""


class Channel(Protocol):
    """A place where people talk with the bot."""

    name: str

    async def send(self, who: Who, key: str, reply: Reply) -> None:
        """Say one thing unasked; raises Stopped, Later or Refused. `key` names the sending."""

    async def run(self) -> None:
        """Listen until cancelled."""


Connect = Callable[[Desk], Awaitable[Channel]]
