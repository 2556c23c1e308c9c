"""One turn inside one transaction: from a message to its answer, and from a due row to its words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import content
from bot.menu import Menu
from bot.port import Answer, EmptyShelf, Incoming, NoPapers, Papers, Reply, Shelf, pack, unpack
from bot.rules import pacing, reminding, rights, sharing, unasked, week
from bot.rules.roster import Sheet, Unreadable
from bot.texts import _, manner_for, speaking
from db.store import Appointment, Sending, Speaker, Store
from handlers import ROUTES, UNASKED, class_list, device, hidden, home, recall, review, start
from handlers.turn import Turn

# Our own page is the one place where the size of the letters is ours to set.
OWN_SCREENS = frozenset({"web"})
# Where choices are lines with a number in front.
NUMBERED = frozenset({"console", "zalo_bot"})
PATIENCE = timedelta(minutes=1)
TICK_ROWS = 2000
# Longer than any help session or question; the reader's time grows with the line.
MOST_LETTERS = 1000
_NOTHING = EmptyShelf()
_NO_PAPERS = NoPapers()


@dataclass(frozen=True, slots=True)
class Place:
    """What the turns of one installation share."""

    locale: str = "vi"
    public_url: str = ""
    shelf: Shelf = _NOTHING
    papers: Papers = _NO_PAPERS


def answer(
    store: Store, said: Incoming, now: datetime, place: Place, sheets: tuple[Sheet, ...] | Unreadable | None = None
) -> Answer:
    """Answer a message once: the same event again gets the same replies and changes nothing.

    `now` is in the installation's time zone, the handlers' in the person's own; `sheets` is what stands in
    the file that came with it. The caller's transaction makes it all true or none.
    """
    speaker = store.speaker(said.who.channel, said.who.address, said.event_id)
    newcomer = speaker is None
    if speaker is None:
        if said.known_only:
            return Answer((), unknown_person=True)
        speaker = store.newcomer(said.who.channel, said.who.address, place.locale, now)
    if speaker.heard is not None:
        first = unpack(speaker.first_answer) if speaker.first_answer else ()
        return _said(speaker, first, repeated=True)
    if speaker.stopped_at is not None:
        store.speaks_again(speaker.who_id)
    before, before_id = (speaker.doing, speaker.memory, speaker.menu), speaker.id
    menu = Menu.load(speaker.menu)
    turn = Turn(
        person=speaker,
        store=store,
        now=local(now, speaker.zone),
        said=" ".join((said.text or "").split()),
        channel=said.who.channel,
        address=said.who.address,
        own_screen=said.who.channel in OWN_SCREENS,
        public_url=place.public_url,
        sheets=sheets,
        shelf=place.shelf,
        papers=place.papers,
    )
    with speaking(manner_for(speaker.locale, speaker.address, speaker.role)):
        value = said.choice if said.choice is not None else menu.pick(turn.said, now)
        if said.choice is not None and not menu.offered(said.choice) and _is_settled(speaker, now):
            return _refuse_choice(turn)
        replies = tuple(_hinted(turn, reply) for reply in _replies(turn, said, value, newcomer))
    if speaker.id != before_id:
        menu = Menu.load(speaker.menu)
    menu.offer(replies, now)
    speaker.menu = menu.dump()
    if speaker.id != before_id or before != (speaker.doing, speaker.memory, speaker.menu):
        store.remember(speaker)
    store.heard(speaker.who_id, said.event_id, now, pack(replies))
    return _said(speaker, replies)


def _replies(turn: Turn, said: Incoming, value: str | None, newcomer: bool) -> list[Reply]:
    if said.join is not None:
        return start.welcome(turn, said.join)
    if said.kind == "file" and not newcomer:
        return class_list.received(turn)
    if said.kind == "hidden":
        return hidden.help_out(turn)
    if said.kind != "said":
        return home.unseen(turn)
    if newcomer:
        return start.first_words(turn)
    if turn.person.chosen_at is not None and not _is_known(turn, value):
        return device.ask(turn, value)
    if len(turn.said) > MOST_LETTERS:
        return home.too_long(turn, MOST_LETTERS)
    replies = ROUTES.tapped(turn, value) if value is not None else ROUTES.typed(turn)
    return replies + _what_waited(turn) if turn.waiting else replies


def _is_known(turn: Turn, value: str | None) -> bool:
    """Whether it is known who has the shared phone, or is being said just now."""
    chosen_at = turn.person.chosen_at
    says_so = value is not None and value.startswith("here:")
    return says_so or (chosen_at is not None and sharing.is_remembered(chosen_at, turn.now))


def _what_waited(turn: Turn) -> list[Reply]:
    """Answer what was said before it was known who said it, as the one who did."""
    waiting = json.loads(turn.waiting)
    with speaking(manner_for(turn.person.locale, turn.person.address, turn.person.role)):
        if "choice" not in waiting:
            turn.said = waiting["text"]
            return ROUTES.typed(turn)
        offered = Menu.load(turn.person.menu).offered(waiting["choice"])
        return ROUTES.tapped(turn, waiting["choice"]) if offered else home.show(turn)


def _is_settled(speaker: Speaker, now: datetime) -> bool:
    """Whether a choice can only be this person's: on a shared phone it may be another's."""
    return speaker.chosen_at is None or sharing.is_remembered(speaker.chosen_at, now)


def _said(to: Speaker, replies: tuple[Reply, ...], repeated: bool = False, unknown_choice: bool = False) -> Answer:
    """The replies, with how the person reads and whether they may send files."""
    files = rights.may_somewhere(to.role, "list")
    return Answer(replies, repeated, unknown_choice, locale=to.locale, text_size=to.text_size, takes_files=files)


def _refuse_choice(turn: Turn) -> Answer:
    """Nothing is written, so the same tap is refused again, and the live menu stays as it is."""
    words = tuple(Reply(reply.text) for reply in home.stale(turn)[:1])
    return _said(turn.person, words, unknown_choice=True)


def tick(store: Store, now: datetime) -> int:
    """Move what is due into the outbox and on to its next time; how many rows moved.

    Both happen in the caller's one transaction and each outbox key exists once for ever, so two
    clocks, a restart or a clock that jumps change nothing. While the outbox is full nothing moves,
    and what is due stays due.
    """
    due = store.due(now, min(TICK_ROWS, room(store, now)))
    store.write_outbox([_outbox_row(row, now) for row in due])
    store.move_dues((row.id, reminding.next_time(row.weekday, row.minute, local(now, row.zone))) for row in due)
    return len(due)


def local(now: datetime, zone: str) -> datetime:
    """The moment by the person's clock; "" is the installation's."""
    return now.astimezone(ZoneInfo(zone)) if zone else now


def room(store: Store, now: datetime) -> int:
    """How many more messages that can wait the outbox takes now."""
    return pacing.room(store.waiting(now))


def _outbox_row(row: Appointment, now: datetime) -> dict[str, object]:
    return {
        "key": f"{row.kind}:{row.id}:{int(row.due_at.timestamp())}",
        "person_id": row.person_id,
        "kind": row.kind,
        "about": "",
        "urgency": 1,
        "free_at": row.due_at,
        "written_at": now,
    }


def daily(store: Store, unit_id: int, now: datetime) -> None:
    """What a class has to be asked today; asking again on the same day asks nobody twice."""
    store.write_outbox(recall.rows(store, unit_id, now))


def daily_reviews(store: Store, now: datetime) -> None:
    """Whom to ask a question again today; asking again on the same day asks nobody twice."""
    store.write_outbox(review.rows(store, now))


def claim(
    store: Store, now: datetime, limit: int, place: Place, channel: str | None = None
) -> list[tuple[Sending, Reply]]:
    """Take outbox rows to send, worded, of a channel or of any; pointless ones are dropped with the reason.

    Nothing is taken for a channel that is at rest.
    """
    if channel is not None and pacing.is_at_rest(store.line_free_at(channel), now):
        return []
    claimed = store.claim(now, limit, PATIENCE, channel)
    worded = [(sending, _safely_worded(store, sending, now, place, channel)) for sending in claimed]
    return [(sending, reply) for sending, reply in worded if reply is not None]


def _safely_worded(store: Store, sending: Sending, now: datetime, place: Place, channel: str | None) -> Reply | None:
    """A row that cannot be worded fails by itself, with its cause, and holds up nobody else's."""
    try:
        with store.undone_if_it_fails():
            return _word(store, sending, now, place, channel)
    except Exception as error:
        store.settle(sending, "failed", now, f"it could not be worded: {type(error).__name__}")
        return None


def _word(store: Store, sending: Sending, now: datetime, place: Place, channel: str | None) -> Reply | None:
    """The words of a row: fixed when first asked for, so that a second try says the same.

    Whether there is anything left to say is asked each time.
    """
    if sending.who_id is None:
        store.settle(sending, "stopped", now, "no channel reaches the person")
        return None
    if channel is not None and sending.channel != channel:
        store.give_back(sending, now)  # the person has moved; the other channel's lane takes it
        return None
    speaker = store.speaker(sending.channel, sending.address, "")
    assert speaker is not None
    is_shared = speaker.chosen_at is not None
    if speaker.id != sending.person_id:
        speaker = store.speaker_of(sending.person_id, speaker.who_id)
    here = local(now, speaker.zone)
    match _verdict(store, sending, speaker, here):
        case unasked.Drop(reason):
            store.settle(sending, "dropped", now, reason)
            return None
        case unasked.Wait(until):
            store.give_back(sending, until)
            return None
    reply = _unasked(store, sending, speaker, here, place)
    if reply is None:
        store.settle(sending, "dropped", now, "nothing left to say")
        return None
    if sending.reply is not None:
        return unpack(sending.reply)[0]
    if is_shared:
        reply = _to_one_of_them(store, speaker, reply)
    menu = Menu.load(speaker.menu)
    menu.offer([reply], now)
    speaker.menu = menu.dump()
    store.remember(speaker)
    store.worded(sending.id, pack([reply]))
    return reply


def _to_one_of_them(store: Store, speaker: Speaker, reply: Reply) -> Reply:
    """On a shared phone it says for whom it is, and whoever answers is asked who they are."""
    store.who_is_it(speaker.who_id)
    with speaking(manner_for(speaker.locale, speaker.address, speaker.role)):
        name = speaker.nickname or speaker.address
        return replace(reply, text=_("Gửi {name}:", name=name) + "\n" + reply.text) if name else reply


def _verdict(store: Store, sending: Sending, speaker: Speaker, now: datetime) -> unasked.Wait | unasked.Drop | None:
    """Now, later or not at all; `now` is by the person's clock."""
    wishes = unasked.Wishes(speaker.quiet, speaker.paused_until, speaker.sleeps, speaker.wakes)
    this = unasked.Week(holidays_until=content.holidays_until(now.date()))
    if sending.kind in unasked.COUNTED:
        span = week.week_of(now.date())
        sent = store.sent_since(speaker.id, unasked.COUNTED, reminding.at(span.first, 0, now))
        exams = speaker.unit_id is not None and store.has_exams(speaker.unit_id, span.first, span.last)
        this = replace(this, sent=sent, most=reminding.most_a_week(exams and speaker.role == "pupil"))
    return unasked.verdict(sending.kind, sending.urgency, sending.due_at, now, wishes, this)


def _unasked(store: Store, sending: Sending, speaker: Speaker, now: datetime, place: Place) -> Reply | None:
    turn = Turn(
        person=speaker,
        store=store,
        now=now,
        channel=sending.channel,
        address=sending.address,
        own_screen=sending.channel in OWN_SCREENS,
        public_url=place.public_url,
        shelf=place.shelf,
        papers=place.papers,
    )
    with speaking(manner_for(speaker.locale, speaker.address, speaker.role)):
        replies: Sequence[Reply] = UNASKED[sending.kind](turn, sending.about)
        return _hinted(turn, replies[0]) if replies else None


def _hinted(turn: Turn, reply: Reply) -> Reply:
    """Where choices are numbered lines, how to choose."""
    last = len(reply.choices)
    if not last or turn.channel not in NUMBERED:
        return reply
    hint = _("({You} nhắn số 1 nhé.)") if last == 1 else _("({You} nhắn số từ 1 đến {last} nhé.)", last=last)
    return replace(reply, hint=hint)
