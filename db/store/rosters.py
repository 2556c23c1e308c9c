"""Questions about class lists: who is in them, what waits to be imported, whose card is which."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, update
from sqlmodel import col, select

from db.models import Invitation, ListDraft, Listed, Role, Unit
from db.store.logs import MOST_VALUES
from db.store.questions import Questions


class Rosters(Questions):
    """The class lists."""

    def listed(self, unit_id: int) -> list[Listed]:
        """Everybody who is or was in a class list, by code."""
        return list(self._session.exec(select(Listed).where(Listed.unit_id == unit_id).order_by(Listed.code)))

    def one_listed(self, listed_id: int) -> Listed:
        """A pupil of a class list by id, who must exist; changing it keeps the change."""
        return self._session.exec(select(Listed).where(Listed.id == listed_id)).one()

    def listed_of(self, person_id: int, unit_id: int) -> Listed | None:
        """A person's place in a class list."""
        asked = select(Listed).where(Listed.person_id == person_id, Listed.unit_id == unit_id)
        return self._session.exec(asked).first()

    def add_listed(self, unit_id: int, code: str, nickname: str, name: str, person_id: int | None) -> Listed:
        """A new pupil of a class list."""
        found = Listed(unit_id=unit_id, code=code, nickname=nickname, name=name, person_id=person_id)
        self._session.add(found)
        self._session.flush()
        return found

    def change_listed(self, listed_id: int, **values: object) -> None:
        """What is told otherwise of a pupil of a class list."""
        self._connection.execute(update(Listed).where(col(Listed.id) == listed_id).values(**values))

    def set_size(self, unit_id: int) -> None:
        """A class is as big as its list; its goal is no bigger than that, or than those who are in it already."""
        count = select(func.count()).where(Listed.unit_id == unit_id, col(Listed.left_at).is_(None))
        size = self._session.exec(count).one()
        self._connection.execute(update(Unit).where(col(Unit.id) == unit_id).values(size=size))
        joined = select(func.count()).where(Role.unit_id == unit_id, Role.role == "pupil", col(Role.current))
        most = max(size, self._session.exec(joined).one())
        self._connection.execute(
            update(Unit).where(col(Unit.id) == unit_id, col(Unit.goal) > most).values(goal=most or None)
        )

    def left_since(self, unit_ids: Sequence[int], moment: datetime) -> dict[int, int]:
        """How many pupils of each class list were still in it at a moment, and have left since; classes without any are absent."""
        found: dict[int, int] = {}
        for start in range(0, len(unit_ids), MOST_VALUES):
            here = col(Listed.unit_id).in_(unit_ids[start : start + MOST_VALUES])
            asked = select(Listed.unit_id, func.count()).where(here, col(Listed.left_at) >= moment)
            found |= dict(self._session.exec(asked.group_by(col(Listed.unit_id))).all())
        return found

    def keep_names(self, unit_id: int, keep: bool) -> None:
        """A school has decided whether real names are kept; when not, those of its lists are erased now."""
        self._connection.execute(update(Unit).where(col(Unit.id) == unit_id).values(keeps_names=keep))
        if not keep:
            rooms = select(Unit.id).where(Unit.parent_id == unit_id)
            self._connection.execute(update(Listed).where(col(Listed.unit_id).in_(rooms)).values(name=""))

    # -- a list that waits for a yes ---------------------------------------------------------------

    def keep_list_draft(self, person_id: int, unit_id: int, mark: str, found: str, now: datetime) -> None:
        """This list waits for the person's yes; an earlier one does not any more."""
        self.drop_list_draft(person_id)
        self._session.add(ListDraft(person_id=person_id, unit_id=unit_id, mark=mark, found=found, at=now))
        self._session.flush()

    def list_draft(self, person_id: int) -> ListDraft | None:
        """The list that waits for the person's yes."""
        return self._session.exec(select(ListDraft).where(ListDraft.person_id == person_id)).first()

    def drop_list_draft(self, person_id: int) -> None:
        """Nothing waits any more."""
        self.flush()
        self._connection.execute(delete(ListDraft).where(col(ListDraft.person_id) == person_id))

    def forget_list_drafts(self, before: datetime) -> None:
        """Erase lists nobody said yes to."""
        self._connection.execute(delete(ListDraft).where(col(ListDraft.at) < before))

    # -- cards --------------------------------------------------------------------------------------

    def join_cards(self, unit_id: int) -> list[tuple[Listed, Invitation]]:
        """The unused cards of who is in a class list now, by the pupil's code."""
        rows = self._session.exec(
            select(Listed, Invitation)
            .join(Invitation, col(Invitation.listed_id) == col(Listed.id))
            .where(Listed.unit_id == unit_id, col(Listed.left_at).is_(None), col(Invitation.used_at).is_(None))
            .order_by(Listed.code)
        )
        return list(rows)

    def add_join_cards(self, unit_id: int, codes: Iterable[tuple[str, int]]) -> None:
        """New cards: (code, listed id)."""
        for code, listed_id in codes:
            self._session.add(Invitation(code=code, unit_id=unit_id, role="pupil", listed_id=listed_id, once=True))
        self._session.flush()

    def drop_join_cards(self, listed_ids: Sequence[int]) -> None:
        """The unused cards of these pupils are worth nothing any more."""
        self.flush()
        unused = (col(Invitation.listed_id).in_(listed_ids), col(Invitation.used_at).is_(None))
        self._connection.execute(delete(Invitation).where(*unused))

    def drop_class_code(self, unit_id: int) -> None:
        """The code that let anybody into a class is worth nothing any more: each pupil has a card."""
        self.flush()
        shared = (col(Invitation.unit_id) == unit_id, col(Invitation.role) == "pupil", ~col(Invitation.once))
        self._connection.execute(delete(Invitation).where(*shared, col(Invitation.listed_id).is_(None)))

    def leave_unit(self, person_id: int, unit_id: int) -> None:
        """The person has no part in this unit any more."""
        mine = (col(Role.person_id) == person_id, col(Role.unit_id) == unit_id)
        self._connection.execute(update(Role).where(*mine, col(Role.role) == "pupil").values(current=False, held=False))
