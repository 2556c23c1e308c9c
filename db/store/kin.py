"""Questions about relatives: their own accounts, and what they answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, update
from sqlalchemy import select as core_select
from sqlmodel import col, select

from db.models import Answer, Kin, KinCode, WrongCode
from db.prepared import Prepared
from db.store.questions import Questions

# Asked at every save, see db/prepared.py.
_LINKED = Prepared(
    core_select(col(Kin.relative), col(Kin.learner_id)).where(
        col(Kin.pupil_id) == bindparam("pupil_id"), col(Kin.ended_at).is_(None)
    )
)


class Relatives(Questions):
    """Who is whose relative, and what they said about a session."""

    def answer(
        self, log_id: int, relative: str, skill: str, after: int, answer: str, how: str, by: int, now: datetime
    ) -> None:
        """Keep what a relative said; a second answer to the same question takes the first one's place."""
        asked = select(Answer).where(
            Answer.log_id == log_id, Answer.relative == relative, Answer.skill == skill, Answer.after == after
        )
        found = self._session.exec(asked).first()
        if found is None:
            found = Answer(log_id=log_id, relative=relative, skill=skill, after=after, answer="", how="", at=now)
            self._session.add(found)
        found.answer, found.how, found.by, found.at = answer, how, by, now
        self._session.flush()

    def knew(self, log_id: int, relative: str, right: bool) -> None:
        """Whether the relative knew the answer to the easy question."""
        self._connection.execute(
            update(Answer)
            .where(col(Answer.log_id) == log_id, col(Answer.relative) == relative, col(Answer.after) == 0)
            .values(knew=right)
        )

    def answers(self, log_ids: Sequence[int]) -> list[Answer]:
        """What relatives said about some logs, the first answer first."""
        return list(self._session.exec(select(Answer).where(col(Answer.log_id).in_(log_ids)).order_by(col(Answer.id))))

    def offer_kin(self, code: str, pupil_id: int, relative: str, now: datetime, expires_at: datetime) -> None:
        """Let this code link the relative's account; the pupil's older codes end, and those whose time is over go."""
        over = (col(KinCode.pupil_id) == pupil_id) | (col(KinCode.expires_at) <= now)
        self._connection.execute(delete(KinCode).where(over))
        self._session.add(KinCode(code=code, pupil_id=pupil_id, relative=relative, expires_at=expires_at))
        self._session.flush()

    def kin_code(self, code: str, now: datetime) -> KinCode | None:
        """What a code links to, unless its time is over."""
        return self._session.exec(select(KinCode).where(KinCode.code == code, col(KinCode.expires_at) > now)).first()

    def wrong_code(self, person_id: int, now: datetime, kind: str = "kin") -> None:
        """The person tried a code that does not fit."""
        self._session.add(WrongCode(person_id=person_id, at=now, kind=kind))
        self._session.flush()

    def wrong_codes(self, since: datetime, person_id: int | None = None, kind: str = "kin") -> int:
        """How many wrong codes of a kind were tried since then, by a person or by anybody."""
        asked = select(func.count()).where(col(WrongCode.at) >= since, WrongCode.kind == kind)
        return self._session.exec(asked if person_id is None else asked.where(WrongCode.person_id == person_id)).one()

    def forget_wrong_codes(self, before: datetime) -> None:
        """Forget who tried a wrong code before this."""
        self._connection.execute(delete(WrongCode).where(col(WrongCode.at) < before))

    def link(self, found: KinCode, learner_id: int, now: datetime) -> Kin:
        """From now on this account is that pupil's relative; an earlier account of the same relative ends."""
        self._connection.execute(
            update(Kin)
            .where(
                col(Kin.pupil_id) == found.pupil_id,
                col(Kin.ended_at).is_(None),
                (col(Kin.relative) == found.relative) | (col(Kin.learner_id) == learner_id),
            )
            .values(ended_at=now, ended_by=learner_id)
        )
        kin = Kin(pupil_id=found.pupil_id, relative=found.relative, learner_id=learner_id, since=now)
        self._session.add(kin)
        self._connection.execute(delete(KinCode).where(col(KinCode.code) == found.code))
        self._session.flush()
        return kin

    def kin(self, person_id: int) -> list[Kin]:
        """The links of a person that stand, as pupil or as relative, the oldest first."""
        mine = (col(Kin.pupil_id) == person_id) | (col(Kin.learner_id) == person_id)
        return list(self._session.exec(select(Kin).where(mine, col(Kin.ended_at).is_(None)).order_by(col(Kin.id))))

    def linked(self, pupil_id: int) -> dict[str, int]:
        """The relatives of a pupil who have an account of their own: kinship code to person."""
        return {row[0]: row[1] for row in _LINKED.run(self._connection, pupil_id=pupil_id)}

    def unlink(self, person_id: int, kin_id: int | None, now: datetime) -> list[Kin]:
        """Either side ends a link, or all of theirs (None); the links that ended."""
        ended = [kin for kin in self.kin(person_id) if kin_id in (None, kin.id)]
        for kin in ended:
            kin.ended_at, kin.ended_by = now, person_id
        self._session.flush()
        return ended
