"""Our accounts on messengers, and how much of their month is left."""

from collections.abc import Callable
from datetime import datetime

from bot.port import Account
from bot.rules import quota
from db import models
from db.database import Database
from db.store import Store


class OurAccounts:
    """It implements `bot.port.Accounts` for one process or several: every count is one transaction.

    `monthly` is how many messages the plan gives an account; `counts_received` whether what people
    write counts too, which Zalo does not say (https://bot.zapps.me shows only "3,000 messages").
    A month is a calendar month of the installation's time zone.
    """

    def __init__(self, database: Database, now: Callable[[], datetime], monthly: int, counts_received: bool) -> None:
        self._database = database
        self._now = now
        self._monthly = monthly
        self._counts_received = counts_received

    async def of(self, channel: str) -> list[Account]:
        """Our accounts on a messenger."""
        return await self._database.run(lambda store: [_as_account(row) for row in store.accounts(channel)])

    async def heard(self, account: Account) -> None:
        """A message came in."""
        month = self._month()
        await self._database.run(lambda store: store.use(account.id, month, received=1))

    async def is_tight(self, account: Account) -> bool:
        """Whether to leave out what costs a message of its own."""
        return await self._database.run(lambda store: quota.is_tight(self.used(store, account.id), self._monthly))

    async def take(self, account: Account, messages: int, key: str | None) -> bool:
        """Take messages from the month before they are sent, so that no crash can spend one twice."""

        def ask(store: Store) -> bool:
            kind = None if key is None else store.kind_of_sending(key) or ""
            used = self.used(store, account.id)
            allowed = quota.may_send(used, self._monthly, kind)
            if allowed:
                store.use(account.id, self._month(), sent=messages)
            return allowed

        return await self._database.run(ask)

    async def give_back(self, account: Account, messages: int) -> None:
        """So many were surely not sent."""
        month = self._month()
        await self._database.run(lambda store: store.use(account.id, month, sent=-messages))

    async def used_up(self, account: Account) -> None:
        """The messenger knows better than our count: from now on only answers are tried this month."""
        month = self._month()
        await self._database.run(lambda store: store.used_up(account.id, month))

    def used(self, store: Store, account_id: int) -> int:
        """How many messages of this month are used."""
        usage = store.usage(account_id, self._month())
        counted = usage.sent + (usage.received if self._counts_received else 0)
        return max(counted, self._monthly) if usage.used_up else counted

    def _month(self) -> str:
        return f"{self._now():%Y-%m}"


def _as_account(row: models.Account) -> Account:
    token, signed_by = row.token.get_secret_value(), row.signed_by.get_secret_value()
    return Account(row.id, row.channel, row.name, row.number, token, signed_by)
