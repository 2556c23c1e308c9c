"""Questions about our own accounts on messengers, what they have used, and our keys."""

from datetime import datetime

from pydantic import SecretStr
from sqlalchemy import func, update
from sqlmodel import col, select

from db.models import Account, Allowance, Heard, Key, Outbox, Renewal, Usage, Who
from db.store.questions import Questions


class OurAccounts(Questions):
    """Which accounts there are, and what is left of their month."""

    def add_account(self, account: Account) -> int:
        """Keep an account; its id."""
        self._session.add(account)
        self._session.flush()
        return account.id

    def accounts(self, channel: str | None = None) -> list[Account]:
        """Our accounts on one messenger or on all, the oldest first."""
        asked = select(Account).order_by(col(Account.id))
        return list(self._session.exec(asked if channel is None else asked.where(Account.channel == channel)))

    def account_named(self, name: str) -> Account | None:
        """An account by its name."""
        return self._session.exec(select(Account).where(Account.name == name)).first()

    def account(self, account_id: int) -> Account | None:
        """An account by its id."""
        return self._session.exec(select(Account).where(Account.id == account_id)).first()

    def contact_at(self, channel: str, address: str) -> str:
        """A person to turn to at this address of ours, as people may read it; "" when nobody was named."""
        return next(
            (one.contact for one in self.accounts(channel) if address.startswith(f"{one.id}:")),
            "",
        )

    def usage(self, account_id: int, month: str) -> Usage:
        """What an account has used of a month; changing the row keeps the change."""
        empty = {"account_id": account_id, "month": month, "sent": 0, "received": 0, "used_up": False}
        self._connection.execute(self._insert_once(Usage, "account_id", "month"), empty)
        asked = select(Usage).where(Usage.account_id == account_id, Usage.month == month)
        return self._session.exec(asked.with_for_update().execution_options(populate_existing=True)).one()

    def use(self, account_id: int, month: str, sent: int = 0, received: int = 0) -> None:
        """So many messages more (or, below zero, fewer)."""
        self.usage(account_id, month)
        self._connection.execute(
            update(Usage)
            .where(col(Usage.account_id) == account_id, col(Usage.month) == month)
            .values(sent=col(Usage.sent) + sent, received=col(Usage.received) + received)
        )

    def used_up(self, account_id: int, month: str) -> None:
        """The messenger said that the month is used up."""
        self.usage(account_id, month)
        self._connection.execute(
            update(Usage).where(col(Usage.account_id) == account_id, col(Usage.month) == month).values(used_up=True)
        )

    def renewal(self, account_id: int) -> Renewal | None:
        """The tokens of an Official Account."""
        return self._session.exec(select(Renewal).where(Renewal.account_id == account_id)).first()

    def lease_renewal(self, account_id: int, refresh: str, now: datetime, until: datetime) -> bool:
        """Be the one who renews, until then; False while somebody else is at it, or has done it meanwhile."""
        free = update(Renewal).where(col(Renewal.account_id) == account_id, col(Renewal.lease) <= now)
        unused = free.where(col(Renewal.refresh) == SecretStr(refresh))
        return self._connection.execute(unused.values(lease=until)).rowcount == 1

    def renew(self, account_id: int, access: str, refresh: str, until: datetime, now: datetime) -> None:
        """Keep a new pair, and let go of the lease."""
        pair = {"access": SecretStr(access), "refresh": SecretStr(refresh), "until": until, "lease": now}
        self._connection.execute(self._insert_once(Renewal, "account_id"), {"account_id": account_id, **pair})
        self._connection.execute(update(Renewal).where(col(Renewal.account_id) == account_id).values(**pair))

    def allow(self, channel: str, address: str, left: int, now: datetime) -> None:
        """The messenger said how many free messages are left for an address."""
        who_id = self._who_at(channel, address)
        if who_id is None:
            return
        self._connection.execute(self._insert_once(Allowance, "who_id"), {"who_id": who_id, "left": left, "at": now})
        self._connection.execute(update(Allowance).where(col(Allowance.who_id) == who_id).values(left=left, at=now))

    def allowance(self, channel: str, address: str) -> tuple[datetime | None, int | None]:
        """When an address last spoke, and how many free messages were left after that, where it was said."""
        who_id = self._who_at(channel, address)
        spoke = self._session.exec(select(func.max(Heard.at)).where(Heard.who_id == who_id)).one()
        said = self._session.exec(select(Allowance).where(Allowance.who_id == who_id)).first()
        return spoke, said.left if said and spoke and said.at >= spoke else None

    def gone(self, channel: str, address: str, now: datetime) -> None:
        """Whoever speaks there has left us."""
        self._connection.execute(
            update(Who).where(col(Who.channel) == channel, col(Who.address) == address).values(stopped_at=now)
        )

    def _who_at(self, channel: str, address: str) -> int | None:
        return self._session.exec(select(Who.id).where(Who.channel == channel, Who.address == address)).first()

    def people_at(self, channel: str, prefix: str) -> int:
        """How many addresses of a channel begin so."""
        asked = select(func.count()).select_from(Who)
        return self._session.exec(asked.where(Who.channel == channel, col(Who.address).startswith(prefix))).one()

    def kind_of_sending(self, key: str) -> str | None:
        """The kind of an outbox row, by its key."""
        return self._session.exec(select(Outbox.kind).where(Outbox.key == key)).first()

    def key(self, name: str, new: str) -> str:
        """A secret of this installation: the one kept, else `new` from now on."""
        self._connection.execute(self._insert_once(Key, "name"), {"name": name, "value": SecretStr(new)})
        return self._session.exec(select(Key).where(Key.name == name)).one().value.get_secret_value()
