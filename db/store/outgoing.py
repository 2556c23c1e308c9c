"""Questions about the outbox: what waits to be said, who takes it, and what became of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, BindParameter, ColumnElement, bindparam, exists, func, or_, update
from sqlalchemy import select as core_select
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from db.models import Announcement, Outbox, PaceRow, Sharer, Who
from db.prepared import Prepared
from db.store.questions import Questions

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
WITHDRAWN = "it was withdrawn"


@dataclass(frozen=True, slots=True)
class Sending:
    """An outbox row claimed for sending until `until`, with the address to send it to."""

    id: int
    key: str
    kind: str
    about: str
    urgency: int
    person_id: int
    due_at: datetime
    attempts: int
    reply: str | None
    until: datetime
    who_id: int | None
    channel: str
    address: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows of a channel are in a state, and since when the oldest is meant to be said."""

    state: str
    channel: str
    count: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class Failure:
    """A row that was given up, and why; no words and no name."""

    id: int
    kind: str
    channel: str
    due_at: datetime
    attempts: int
    reason: str


def _is_at(person_id: int | BindParameter[int]) -> ColumnElement[bool]:
    """The addresses that a person uses, alone or with others."""
    shared = core_select(col(Sharer.who_id)).where(col(Sharer.person_id) == person_id)
    return or_(col(Who.person_id) == person_id, col(Who.id).in_(shared))


# The statements of every claim and every sending, see db/prepared.py.


def _free(here: bool) -> Prepared:
    """Rows that may be taken, answers first, of a channel or of any; each person's first one only."""
    other = aliased(Outbox)
    earlier = exists().where(
        col(other.person_id) == col(Outbox.person_id),
        col(other.state) == "waiting",
        col(other.id) < col(Outbox.id),
        or_(col(other.free_at) <= bindparam("now"), col(other.attempts) > 0),
    )
    asked = core_select(
        col(Outbox.id),
        col(Outbox.key),
        col(Outbox.kind),
        col(Outbox.about),
        col(Outbox.urgency),
        col(Outbox.person_id),
        col(Outbox.due_at),
        col(Outbox.attempts),
        col(Outbox.reply),
    ).where(col(Outbox.state) == "waiting", col(Outbox.free_at) <= bindparam("now"), ~earlier)
    if here:
        asked = asked.where(col(Outbox.channel).in_([bindparam("here"), ""]))
    return Prepared(
        asked.order_by(col(Outbox.urgency), col(Outbox.free_at), col(Outbox.id))
        .limit(bindparam("most", type_=BigInteger))
        .with_for_update(skip_locked=True)
    )


_FREE, _FREE_HERE = _free(here=False), _free(here=True)


_TAKE = Prepared(
    update(Outbox)
    .where(col(Outbox.id) == bindparam("row"))
    .values(free_at=bindparam("until"), attempts=col(Outbox.attempts) + 1)
)


# Where a person is reached now: the preferred, else the newest address that is not stopped.
_REACHED = Prepared(
    core_select(col(Who.id), col(Who.channel), col(Who.address))
    .where(_is_at(bindparam("person")), col(Who.stopped_at).is_(None))
    .order_by(col(Who.preferred).desc(), col(Who.id).desc())
    .limit(1)
)


_SETTLE = Prepared(
    update(Outbox)
    .where(
        col(Outbox.id) == bindparam("row"), col(Outbox.state) == "waiting", col(Outbox.attempts) == bindparam("tries")
    )
    .values(state=bindparam("its_state"), settled_at=bindparam("its_end"), reason=bindparam("its_reason"))
)


_SENT = Prepared(
    core_select(col(Outbox.kind)).where(
        col(Outbox.person_id) == bindparam("person"),
        col(Outbox.state) == "sent",
        col(Outbox.settled_at) >= bindparam("since"),
    )
)


class Outgoing(Questions):
    """The outbox."""

    def write_outbox(self, rows: Sequence[dict[str, object]]) -> None:
        """Put these into the outbox, each key once for ever.

        A row has `key`, `person_id`, `kind`, `about`, `urgency`, `free_at` and `written_at`, and
        `due_at` where it was meant for an earlier moment than it is free.
        """
        if not rows:
            return
        open_ = core_select(col(Who.channel)).where(_is_at(bindparam("whose")), col(Who.stopped_at).is_(None))
        first = open_.order_by(col(Who.preferred).desc(), col(Who.id).desc()).limit(1)
        channel = func.coalesce(first.scalar_subquery(), "")
        names = ("key", "person_id", "kind", "about", "urgency", "due_at", "free_at", "written_at")
        table = Outbox.__table__  # type: ignore[attr-defined]  # SQLModel does not declare __table__
        values = {name: bindparam(f"its_{name}", type_=table.c[name].type) for name in names}
        fixed = {"state": "waiting", "attempts": 0, "reason": "", "channel": channel}
        full = [
            {"whose": row["person_id"], **{f"its_{name}": row.get(name, row["free_at"]) for name in names}}
            for row in rows
        ]
        self._connection.execute(self._insert_once(Outbox, "key").values({**values, **fixed}), full)

    def is_in_outbox(self, key: str) -> bool:
        """Whether this was put into the outbox before, sent or not."""
        return self._session.exec(select(Outbox.id).where(Outbox.key == key)).first() is not None

    def claim(self, now: datetime, limit: int, patience: timedelta, channel: str | None = None) -> list[Sending]:
        """Take rows to send, answers before bulk and each person's first row only, of a channel or of any.

        A row that is being tried again holds up the person's later ones; one planned for later does not.
        A claim lasts as long as `patience`: whoever dies with it leaves the row to the next.
        Rows of people whom no channel reaches come with every channel's.
        """
        rows = (
            _FREE.run(self._connection, now=now, most=limit)
            if channel is None
            else _FREE_HERE.run(self._connection, now=now, most=limit, here=channel)
        )
        until = now + patience
        claimed = []
        for row in rows:
            outbox_id, key, kind, about, urgency, person_id, due_at, attempts, reply = row
            _TAKE.run(self._connection, row=outbox_id, until=until)
            place = (_REACHED.run(self._connection, person=person_id) or [(None, "", "")])[0]
            claimed.append(
                Sending(outbox_id, key, kind, about, urgency, person_id, due_at, attempts + 1, reply, until, *place)
            )
        return claimed

    def elsewhere(self, person_id: int, who_id: int) -> list[tuple[str, str]]:
        """Channel and address of where else a person can be told, the preferred first."""
        asked = select(Who.channel, Who.address).where(_is_at(person_id), Who.id != who_id)
        open_ = asked.where(col(Who.stopped_at).is_(None))
        return list(self._session.exec(open_.order_by(col(Who.preferred).desc(), col(Who.id).desc())))

    def line_free_at(self, channel: str) -> datetime:
        """Up to when a channel's line of moments is taken; nobody else books before this one is done."""
        self._connection.execute(self._insert_once(PaceRow, "channel").values(channel=channel, free_at=0))
        asked = core_select(col(PaceRow.free_at)).where(col(PaceRow.channel) == channel).with_for_update()
        return EPOCH + self._connection.execute(asked).scalar_one() * MILLISECOND

    def book(self, channel: str, now: datetime, step: timedelta, until: datetime) -> datetime:
        """The next free moment of a channel's line, which is ours now; where it lies after `until`, still nobody's."""
        moment = max(self.line_free_at(channel), now)
        if moment <= until:
            self.take_line(channel, moment + step)
        return moment

    def take_line(self, channel: str, until: datetime) -> None:
        """A channel's line is taken at least up to this moment."""
        self._connection.execute(self._insert_once(PaceRow, "channel").values(channel=channel, free_at=0))
        moment = -((EPOCH - until) // MILLISECOND)  # rounded up: a booked moment is never booked again
        self._connection.execute(
            update(PaceRow).where(col(PaceRow.channel) == channel, col(PaceRow.free_at) < moment).values(free_at=moment)
        )

    def worded(self, outbox_id: int, reply: str) -> None:
        """Fix the words of a row, so that a second try says the same."""
        self._connection.execute(update(Outbox).where(col(Outbox.id) == outbox_id).values(reply=reply))

    def settle(self, sending: Sending, state: str, now: datetime, reason: str = "") -> None:
        """The row is done: sent, dropped, stopped or failed; nothing where the claim is ours no more."""
        _SETTLE.run(
            self._connection, row=sending.id, tries=sending.attempts, its_state=state, its_end=now, its_reason=reason
        )

    def postpone(self, sending: Sending, until: datetime, reason: str) -> None:
        """Try the row again then."""
        self._ours(sending, free_at=until, reason=reason)

    def give_back(self, sending: Sending, until: datetime, reason: str = "") -> None:
        """The row was not tried: it waits for that moment, on the channel where its person is reached."""
        self._ours(sending, free_at=until, reason=reason, attempts=sending.attempts - 1, channel=sending.channel)

    def _ours(self, sending: Sending, **values: object) -> None:
        mine = (col(Outbox.state) == "waiting") & (col(Outbox.attempts) == sending.attempts)
        self._connection.execute(update(Outbox).where(col(Outbox.id) == sending.id, mine).values(**values))

    def drop_waiting(self, person_id: int, now: datetime, reason: str) -> None:
        """What waits for this person is not said any more."""
        self._connection.execute(
            update(Outbox)
            .where(col(Outbox.person_id) == person_id, col(Outbox.state) == "waiting", col(Outbox.urgency) > 0)
            .values(state="dropped", settled_at=now, reason=reason)
        )

    def sent_since(self, person_id: int, kinds: Sequence[str], since: datetime) -> int:
        """How many messages of these kinds the person was sent since a moment."""
        sent = _SENT.run(self._connection, person=person_id, since=since)
        return sum(1 for (kind,) in sent if kind in kinds)

    def waiting(self, now: datetime) -> int:
        """How many rows could be sent now."""
        asked = core_select(func.count()).select_from(Outbox)
        found: int = self._connection.execute(
            asked.where(col(Outbox.state) == "waiting", col(Outbox.free_at) <= now)
        ).scalar_one()
        return found

    def abouts(self, kind: str, since: datetime) -> list[tuple[str, datetime]]:
        """What rows of a kind were about, and when they were written, since a moment."""
        asked = select(Outbox.about, Outbox.written_at).where(Outbox.kind == kind, col(Outbox.written_at) >= since)
        return [(about, at) for about, at in self._session.exec(asked)]

    def outbox(self, person_id: int | None = None) -> list[Outbox]:
        """The outbox rows, oldest first, of one person or of all."""
        asked = select(Outbox).order_by(col(Outbox.id))
        return list(self._session.exec(asked if person_id is None else asked.where(Outbox.person_id == person_id)))

    # -- announcements ---------------------------------------------------------------------------

    def announce(self, announcement: Announcement, people: Iterable[int]) -> int:
        """Keep an announcement, and a row in the outbox for each reader; its id."""
        self._session.add(announcement)
        self._session.flush()
        row: dict[str, object] = {"kind": "announcement", "about": str(announcement.id), "urgency": 2}
        row |= {"free_at": announcement.send_at, "written_at": announcement.written_at}
        self.write_outbox(
            [{**row, "key": f"announcement:{announcement.id}:{person}", "person_id": person} for person in people]
        )
        return announcement.id

    def announcement(self, announcement_id: int) -> Announcement | None:
        """An announcement by id."""
        return self._session.exec(select(Announcement).where(Announcement.id == announcement_id)).first()

    def last_announcement(self, person_id: int) -> Announcement | None:
        """The newest announcement this person made."""
        asked = select(Announcement).where(Announcement.by == person_id)
        return self._session.exec(asked.order_by(col(Announcement.id).desc())).first()

    def withdraw_announcement(self, announcement: Announcement, now: datetime) -> None:
        """Whoever has not been sent it yet is not; what is under way is not held back."""
        announcement.cancelled_at = now
        mine = (col(Outbox.kind) == "announcement") & (col(Outbox.about) == str(announcement.id))
        self._connection.execute(
            update(Outbox)
            .where(mine, col(Outbox.state) == "waiting", col(Outbox.attempts) == 0)
            .values(state="dropped", settled_at=now, reason=WITHDRAWN)
        )

    def announced(self, announcement_id: int) -> dict[tuple[str, str], int]:
        """How many readers' rows are in each state, for which reason."""
        asked = (
            core_select(col(Outbox.state), col(Outbox.reason), func.count())
            .where(col(Outbox.kind) == "announcement", col(Outbox.about) == str(announcement_id))
            .group_by(col(Outbox.state), col(Outbox.reason))
        )
        return {(state, reason): count for state, reason, count in self._connection.execute(asked)}

    # -- what an operator asks ------------------------------------------------------------------

    def tallies(self) -> list[Tally]:
        """How many rows are in each state, by channel."""
        asked = (
            core_select(col(Outbox.state), col(Outbox.channel), func.count(), func.min(col(Outbox.due_at)))
            .group_by(col(Outbox.state), col(Outbox.channel))
            .order_by(col(Outbox.state), col(Outbox.channel))
        )
        return [Tally(*row) for row in self._connection.execute(asked)]

    def failures(self, limit: int) -> list[Failure]:
        """What was given up, the newest first."""
        asked = (
            core_select(
                col(Outbox.id),
                col(Outbox.kind),
                col(Outbox.channel),
                col(Outbox.due_at),
                col(Outbox.attempts),
                col(Outbox.reason),
            )
            .where(col(Outbox.state) == "failed")
            .order_by(col(Outbox.settled_at).desc(), col(Outbox.id).desc())
        )
        return [Failure(*row) for row in self._connection.execute(asked.limit(limit))]

    def retry(self, outbox_id: int, now: datetime) -> bool:
        """Send a failed or stopped row after all, as if it were due now; False when there is none."""
        return self._change(
            outbox_id, ("failed", "stopped"), state="waiting", attempts=0, due_at=now, free_at=now, settled_at=None
        )

    def drop(self, outbox_id: int, now: datetime, reason: str) -> bool:
        """Do not send a waiting or failed row; False when there is none."""
        return self._change(outbox_id, ("waiting", "failed"), state="dropped", settled_at=now, reason=reason)

    def _change(self, outbox_id: int, states: Sequence[str], **values: object) -> bool:
        changed = update(Outbox).where(col(Outbox.id) == outbox_id, col(Outbox.state).in_(states)).values(**values)
        return self._connection.execute(changed).rowcount == 1
