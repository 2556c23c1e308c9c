"""The words handlers and channels share: who speaks, what came in, what goes out, how a send fails."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

# The narrowest channel decides: Telegram takes 64 bytes of button data, an Official Account 5 buttons.
MOST_CHOICES = 5
CHOICE_BYTES = 64
# A list of 2,000 pupils is some 100 KB.
MOST_FILE_BYTES = 1_000_000
# Where our own pictures, pages and voices are; each channel makes of it what it can.
MEDIA_PATH = "/media/"
# The same for a messenger's server, with a ticket that ends; and where messengers call us.
SIGNED_PATH = "/files/"
HOOK_PATH = "/hooks/"


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
    there under three suffixes: .mp3 as named, .ogg (Opus) and .aac; `human` tells that somebody
    recorded it, which is better than any voice of a device.
    """

    kind: Literal["picture", "voice", "document"]
    url: str
    alt: str
    human: bool = False

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
    """What the bot says: words, at most five choices, perhaps media.

    `hint` tells, where there are no buttons, how to choose by number. `menu`: it is only a place to choose
    from; where a channel can, it takes the place of the menu that was just chosen in.
    """

    text: str
    choices: tuple[Choice, ...] = ()
    media: tuple[Media, ...] = ()
    hint: str = ""
    menu: bool = False

    def __post_init__(self) -> None:
        if len(self.choices) > MOST_CHOICES:
            raise ValueError(f"A reply offers at most {MOST_CHOICES} choices, this one {len(self.choices)}.")


@dataclass(frozen=True, slots=True)
class File:
    """A file somebody sent: its name as they gave it, and what is in it; not fetched at all where it is too big."""

    name: str
    body: bytes
    too_big: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person said, once: `event_id` is the channel's own and never repeats for another message.

    Exactly one of `text`, `choice` and `join` is set when `kind` is "said"; `media` and `hidden`
    (a channel withholds what its user wrote) carry neither. `join` opens the conversation,
    with the code of an invitation or "". `file` is set when `kind` is "file": a channel asks
    `Desk.takes_files` before it fetches one. Where `known_only` is set, a stranger is not let in.
    """

    who: Who
    event_id: str
    text: str | None = None
    choice: str | None = None
    join: str | None = None
    kind: Literal["said", "media", "hidden", "file"] = "said"
    known_only: bool = False
    file: File | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a turn gives back.

    `repeated`: this event was answered before, and these are the first replies. `unknown_choice`: the
    choice was never offered, or too long ago; nothing changed. `unknown_person`: nobody has begun at
    this address, and `known_only` was set. `failed`: something broke, nothing changed, and the
    replies say sorry. `locale` and `text_size` are how the person reads; `takes_files`: they may send files.
    """

    replies: tuple[Reply, ...]
    repeated: bool = False
    unknown_choice: bool = False
    unknown_person: bool = False
    failed: bool = False
    locale: str = "vi"
    text_size: str = "normal"
    takes_files: bool = False


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


class Shut(Refused):
    """Nothing more can be said at this address for now; another address of the same person may do."""


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

    def join_cards(self, unit_id: int, listed_id: int, until: datetime) -> Media | None:
        """The cards with which the pupils of a class join, or (`listed_id` not 0) one of them; open until then."""


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

    def join_cards(self, unit_id: int, listed_id: int, until: datetime) -> Media | None:
        return None


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

    async def takes_files(self, who: Who) -> bool:
        """Whether a file from this person is of use; anybody else's is not even fetched."""

    async def file(self, name: str) -> Path | None:
        """The file behind a picture, page or voice of ours; None when there is none of that name."""

    async def paper(self, token: str) -> str | None:
        """The read-only page behind a signed link; None when there is none, or no more."""

    async def address(self, media: Media, suffix: str = "") -> str | None:
        """Where a messenger's server can fetch it for some days: signed, if it is ours; None when it is not there."""

    async def signed_file(self, ticket: str, name: str) -> Path | None:
        """The file behind a signed address, while it lasts."""

    async def browsers(self, who: Who) -> list[Browser]:
        """The browsers that are told of this person's letters."""

    async def add_browser(self, who: Who, browser: Browser) -> None:
        """Tell this browser of this person's letters, and of nobody else's."""

    async def forget_browser(self, endpoint: str) -> None:
        """This browser is told nothing any more."""

    def commands(self, language: str) -> tuple[tuple[str, str], ...]:
        """The commands that everybody may use, in a language: name without "/", and what it does in a few words."""

    async def secret(self, name: str, new: str) -> str:
        """A secret of this installation: the one kept, else `new` from now on."""

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


@runtime_checkable
class Hooked(Protocol):
    """A channel whose messenger calls our web server, at HOOK_PATH + its name + "/" + an account's name."""

    async def hook(self, account: str, headers: Mapping[str, str], body: bytes) -> int:
        """Take a call; the HTTP status to answer with."""


@runtime_checkable
class Doorway(Protocol):
    """The channel that has our web server: it passes calls on to the channel they are for."""

    hooked: dict[str, Hooked]


@dataclass(frozen=True, slots=True)
class Account:
    """One of our own accounts on a messenger; `token` lets us speak, `signed_by` proves who calls us."""

    id: int
    channel: str
    name: str
    number: str
    token: str = field(repr=False)
    signed_by: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What an Official Account speaks with until then, and what it is renewed with, once."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    is_fresh: bool


class Accounts(Protocol):
    """What a channel with several accounts may ask; `bot.accounts` implements it."""

    async def of(self, channel: str) -> list[Account]:
        """Our accounts on a messenger."""

    async def heard(self, account: Account) -> None:
        """A message came in; it may count against the month."""

    async def is_tight(self, account: Account) -> bool:
        """Whether to leave out what costs a message of its own."""

    async def take(self, account: Account, messages: int, key: str | None) -> bool:
        """Take so many messages from the month, for the sending of that key (None: an answer); False if none are left for it."""

    async def give_back(self, account: Account, messages: int) -> None:
        """So many of them were surely not sent."""

    async def used_up(self, account: Account) -> None:
        """The messenger said that the month is used up."""

    async def tokens(self, account: Account) -> Tokens | None:
        """The tokens that this account has now, where they are renewed."""

    async def lease(self, account: Account, refresh: str) -> bool:
        """Be the only one, in any process, who renews them now, for a minute at most.

        False also where that refresh token is no longer the one kept: somebody has just renewed.
        """

    async def renewed(self, account: Account, access: str, refresh: str, lasts: timedelta) -> None:
        """Keep new tokens, before anybody uses them."""

    async def window(self, who: Who) -> Literal["free", "paid", "shut"]:
        """Whether a message there now is free, costs money, or would be refused."""

    async def allowed(self, who: Who, left: int) -> None:
        """So many free messages are left, says the messenger."""

    async def gone(self, who: Who) -> None:
        """This person has left us there."""


def pack(replies: Iterable[Reply]) -> str:
    """Replies as they are kept: JSON, the shortest that `unpack` can read."""
    return json.dumps([_data(reply) for reply in replies], ensure_ascii=False, separators=(",", ":"))


def unpack(kept: str) -> tuple[Reply, ...]:
    """The replies that `pack` kept."""
    return tuple(
        Reply(
            text,
            tuple(Choice(label, value) for label, value in choices),
            tuple(Media(*one) for one in media),
            *rest,
        )
        for text, choices, media, *rest in json.loads(kept)
    )


def _data(reply: Reply) -> list[object]:
    return [
        reply.text,
        [(choice.label, choice.value) for choice in reply.choices],
        [(media.kind, media.url, media.alt, media.human) for media in reply.media],
        *([reply.hint, True] if reply.menu else filter(None, [reply.hint])),
    ]
