"""Our accounts on messengers, and how much of their month is left."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.port import Account, Tokens, Who
from bot.rules import quota, window
from bot.settings import Settings
from db import models
from db.database import Database
from db.store import Store

# Tokens are renewed a little before they end; whoever renews them and dies holds up the others so long.
EARLY = timedelta(minutes=10)
LEASE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a month holds for each account.

    `counts_received`: whether what people write counts too, which Zalo does not say
    (https://bot.zapps.me shows only "3,000 messages"). A month is a calendar month here.
    """

    monthly: int
    counts_received: bool

    def used(self, store: Store, account_id: int, now: datetime) -> int:
        """How many messages of this month are used."""
        usage = store.usage(account_id, month(now))
        counted = usage.sent + (usage.received if self.counts_received else 0)
        return max(counted, self.monthly) if usage.used_up else counted


def month(now: datetime) -> str:
    """ "2026-11"."""
    return f"{now:%Y-%m}"


def plan(settings: Settings) -> Plan:
    """What the settings say about a Zalo bot's month."""
    return Plan(settings.zalo_bot_monthly, settings.zalo_bot_counts_received)


class OurAccounts:
    """It implements `bot.port.Accounts` for one process or several: every count is one transaction."""

    def __init__(self, database: Database, now: Callable[[], datetime], plan: Plan) -> None:
        self._database = database
        self._now = now
        self._plan = plan

    async def of(self, channel: str) -> list[Account]:
        """Our accounts on a messenger."""
        return await self._database.run(lambda store: [as_account(row) for row in store.accounts(channel)])

    async def heard(self, account: Account) -> None:
        """A message came in."""
        now = month(self._now())
        await self._database.run(lambda store: store.use(account.id, now, received=1))

    async def is_tight(self, account: Account) -> bool:
        """Whether to leave out what costs a message of its own."""
        now, plan = self._now(), self._plan
        return await self._database.run(lambda store: quota.is_tight(plan.used(store, account.id, now), plan.monthly))

    async def take(self, account: Account, messages: int, key: str | None) -> bool:
        """Take messages from the month before they are sent, so that no crash can spend one twice."""
        now, plan = self._now(), self._plan

        def ask(store: Store) -> bool:
            kind = None if key is None else store.kind_of_sending(key) or ""
            allowed = quota.may_send(plan.used(store, account.id, now), plan.monthly, kind)
            if allowed:
                store.use(account.id, month(now), sent=messages)
            return allowed

        return await self._database.run(ask)

    async def give_back(self, account: Account, messages: int) -> None:
        """So many were surely not sent."""
        now = month(self._now())
        await self._database.run(lambda store: store.use(account.id, now, sent=-messages))

    async def used_up(self, account: Account) -> None:
        """The messenger knows better than our count: from now on only answers are tried this month."""
        now = month(self._now())
        await self._database.run(lambda store: store.used_up(account.id, now))

    async def tokens(self, account: Account) -> Tokens | None:
        """The tokens that this account has now."""
        now = self._now()

        def ask(store: Store) -> Tokens | None:
            kept = store.renewal(account.id)
            if kept is None:
                return None
            fresh = kept.until > now + EARLY
            return Tokens(kept.access.get_secret_value(), kept.refresh.get_secret_value(), fresh)

        return await self._database.run(ask)

    async def lease(self, account: Account, refresh: str) -> bool:
        """Be the only one, in any process, who renews them now, while this is still the token to do it with."""
        now = self._now()
        return await self._database.run(lambda store: store.lease_renewal(account.id, refresh, now, now + LEASE))

    async def renewed(self, account: Account, access: str, refresh: str, lasts: timedelta) -> None:
        """Keep new tokens, before anybody uses them."""
        now = self._now()
        await self._database.run(lambda store: store.renew(account.id, access, refresh, now + lasts, now))

    async def window(self, who: Who) -> Literal["free", "paid", "shut"]:
        """Whether a message there now is free, costs money, or would be refused."""
        now = self._now()

        def ask(store: Store) -> Literal["free", "paid", "shut"]:
            last_act, left = store.allowance(who.channel, who.address)
            return window.state(last_act, left, now)

        return await self._database.run(ask)

    async def allowed(self, who: Who, left: int) -> None:
        """So many free messages are left, says the messenger."""
        now = self._now()
        await self._database.run(lambda store: store.allow(who.channel, who.address, left, now))

    async def gone(self, who: Who) -> None:
        """This person has left us there."""
        now = self._now()
        await self._database.run(lambda store: store.gone(who.channel, who.address, now))


def as_account(row: models.Account) -> Account:
    """An account as channels know it."""
    token, signed_by = row.token.get_secret_value(), row.signed_by.get_secret_value()
    return Account(row.id, row.channel, row.name, row.number, token, signed_by)
