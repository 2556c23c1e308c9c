"""Keeping and erasing."""

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy import select as core_select
from sqlmodel import col

from db.models import (
    Allowance,
    Announcement,
    Answer,
    Card,
    Change,
    Correction,
    CourseCheck,
    CourseWord,
    Due,
    GoalChange,
    Heard,
    Invitation,
    Kin,
    KinCode,
    LetterRow,
    Link,
    LinkCode,
    ListDraft,
    Listed,
    Log,
    LogRelative,
    LogSkill,
    Outbox,
    Person,
    Progress,
    PupilQuestion,
    Push,
    Report,
    Role,
    Sharer,
    SummarySaid,
    TopicTest,
    Who,
    WrongCode,
)
from db.store.questions import Questions


class Keeping(Questions):
    """What is forgotten, by time or by wish."""

    def forget_words(self, before: datetime) -> None:
        """Erase answers, letters and sent words older than this; that they were said stays known."""
        self._connection.execute(
            update(Heard).where(col(Heard.at) < before, col(Heard.replies).is_not(None)).values(replies=None)
        )
        self._connection.execute(delete(LetterRow).where(col(LetterRow.at) < before))
        self._connection.execute(
            update(Outbox).where(col(Outbox.settled_at) < before, col(Outbox.reply).is_not(None)).values(reply=None)
        )

    def erase_list(self, unit_id: int) -> None:
        """Delete a class list and its cards."""
        pupils = core_select(col(Listed.id)).where(col(Listed.unit_id) == unit_id)
        self._connection.execute(delete(Invitation).where(col(Invitation.listed_id).in_(pupils)))
        self._connection.execute(delete(Listed).where(col(Listed.unit_id) == unit_id))

    def erase(self, person_id: int) -> None:
        """Delete everything about a person except that consent was given and withdrawn.

        What an account that became one with theirs still keeps goes with it.
        """
        standing = core_select(col(Link.left_id)).where(col(Link.kept_id) == person_id, col(Link.ended_at).is_(None))
        for left_id in self._connection.execute(standing).scalars().all():
            self.erase(left_id)
        logs = core_select(col(Log.id)).where(col(Log.pupil_id) == person_id)
        words = core_select(col(CourseWord.id)).where(col(CourseWord.person_id) == person_id)
        mine = core_select(col(Who.id)).where(col(Who.person_id) == person_id)
        others = core_select(col(Outbox.key)).where(col(Outbox.person_id) != person_id)
        for doomed in (
            delete(Sharer).where(col(Sharer.person_id) == person_id),
            delete(Allowance).where(col(Allowance.who_id).in_(mine)),
            delete(LinkCode).where(col(LinkCode.who_id).in_(mine)),
            delete(Link).where((col(Link.kept_id) == person_id) | (col(Link.left_id) == person_id)),
            delete(Change).where(col(Change.log_id).in_(logs)),
            update(Change).where(col(Change.by) == person_id).values(by=None),
            delete(Answer).where(col(Answer.log_id).in_(logs)),
            update(Answer).where(col(Answer.by) == person_id).values(by=None),
            delete(Kin).where((col(Kin.pupil_id) == person_id) | (col(Kin.learner_id) == person_id)),
            update(Kin).where(col(Kin.ended_by) == person_id).values(ended_by=None),
            delete(KinCode).where(col(KinCode.pupil_id) == person_id),
            update(Listed).where(col(Listed.person_id) == person_id).values(person_id=None),
            delete(ListDraft).where(col(ListDraft.person_id) == person_id),
            delete(PupilQuestion).where(col(PupilQuestion.pupil_id) == person_id),
            update(PupilQuestion).where(col(PupilQuestion.answered_by) == person_id).values(answered_by=None),
            delete(SummarySaid).where(col(SummarySaid.person_id) == person_id),
            update(GoalChange).where(col(GoalChange.by) == person_id).values(by=None),
            delete(WrongCode).where(col(WrongCode.person_id) == person_id),
            delete(Correction).where(col(Correction.person_id) == person_id),
            delete(CourseCheck).where(col(CourseCheck.word_id).in_(words)),
            update(CourseCheck).where(col(CourseCheck.by) == person_id).values(by=None),
            update(CourseCheck).where(col(CourseCheck.undone_by) == person_id).values(undone_by=None),
            delete(CourseWord).where(col(CourseWord.person_id) == person_id),
            update(Report).where(col(Report.sent_by) == person_id).values(sent_by=None),
            update(Report).where(col(Report.decided_by) == person_id).values(decided_by=None),
            delete(LogRelative).where(col(LogRelative.log_id).in_(logs)),
            delete(LogSkill).where(col(LogSkill.log_id).in_(logs)),
            update(Log).where(col(Log.replaces).in_(logs)).values(replaces=None),
            delete(Log).where(col(Log.pupil_id) == person_id),
            delete(Card).where(col(Card.person_id) == person_id),
            delete(TopicTest).where(col(TopicTest.person_id) == person_id),
            delete(Progress).where(col(Progress.person_id) == person_id),
            update(Announcement).where(col(Announcement.by) == person_id).values(by=None),
            delete(Push).where(col(Push.who_id).in_(mine)),
            delete(Due).where(col(Due.person_id) == person_id),
            # Of a phone that several share, the others' letters stay.
            delete(LetterRow).where(col(LetterRow.who_id).in_(mine), col(LetterRow.key).not_in(others)),
            delete(Outbox).where(col(Outbox.person_id) == person_id),
            update(Heard).where(col(Heard.who_id).in_(mine)).values(replies=None),
            delete(Role).where(col(Role.person_id) == person_id),
        ):
            self._connection.execute(doomed)
        self._connection.execute(
            update(Person)
            .where(col(Person.id) == person_id)
            .values(
                nickname="",
                address="",
                group="",
                doing="",
                memory="",
                menu="",
                quiet=False,
                paused_until=None,
                sleeps=None,
                wakes=None,
                zone="",
            )
        )
