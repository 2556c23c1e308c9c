"""The tables: what is remembered, and nothing that can be derived from it."""

from datetime import UTC, date, datetime
from typing import Any

from pydantic import SecretStr
from sqlalchemy import BigInteger, Dialect, Index, MetaData, Text, UniqueConstraint, text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

# Named constraints, so that a migration can drop what another one made, on SQLite too.
SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as whole seconds since 1970: the same on every database, and quick."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value.timestamp())

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


class Secret(TypeDecorator[SecretStr]):
    """A token or a key: text in the database, and everywhere else a value that does not print itself."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: SecretStr | None, dialect: Dialect) -> str | None:
        return None if value is None else value.get_secret_value()

    def process_result_value(self, value: str | None, dialect: Dialect) -> SecretStr | None:
        return None if value is None else SecretStr(value)


def moment(**options: Any) -> Any:
    """A column of type Moment."""
    return Field(sa_type=Moment, **options)


def secret(**options: Any) -> Any:
    """A column of type Secret."""
    return Field(sa_type=Secret, **options)


def long_text(**options: Any) -> Any:
    """A column of unlimited text."""
    return Field(sa_type=Text, **options)


class Unit(SQLModel, table=True):
    """A node of the tree ward › school › class; also village and community team.

    `size` is how many pupils the class list holds, joined or not; `goal` how many of them
    shall have helped somebody. Both are the teacher's, and None until told. `keeps_names`, on a
    school: it has decided that the real names of its class lists are kept.
    """

    id: int = Field(default=None, primary_key=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id", index=True)
    kind: str
    name: str
    code: str = Field(unique=True)
    size: int | None = None
    goal: int | None = None
    keeps_names: bool = False


class Person(SQLModel, table=True):
    """Anyone who talks with the bot, and where the conversation with them stands.

    `address` is how they are spoken to (em, bà, ông …); `group` whose lessons they follow, "" for
    the usual ones (bot/rules/path.py); `doing` the step they are in;
    `memory` what that step has gathered; `menu` what was offered (see bot/menu.py).
    `quiet` stops all reminders, `paused_until` those before that day; between `sleeps` and `wakes`
    (minutes of the day in the time zone `zone`) nothing is said unasked. None and "": the usual ones.
    """

    id: int = Field(default=None, primary_key=True)
    nickname: str = ""
    address: str = ""
    locale: str = "vi"
    text_size: str = "normal"
    group: str = ""
    doing: str = ""
    memory: str = long_text(default="")
    menu: str = long_text(default="")
    quiet: bool = False
    paused_until: date | None = None
    sleeps: int | None = None
    wakes: int | None = None
    zone: str = ""
    created_at: datetime = moment()


class Role(SQLModel, table=True):
    """A person's part in a unit; `current` marks the one they speak in now.

    `held`: it is still theirs. Staff may hold several and speak in one of them at a time.
    """

    __table_args__ = (
        Index("ix_role_person_id_current", "person_id", "current"),
        Index("ix_role_unit_id_role", "unit_id", "role"),
    )

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    role: str
    current: bool = True
    held: bool = True
    since: datetime = moment()


class Who(SQLModel, table=True):
    """A person as one channel knows them; `stopped_at` is when they blocked us there.

    Of several addresses the `preferred` one is where things are said unasked. Where several people
    share one, `person_id` has it now, `chosen_at` is when they said so, and `waiting` is what was
    said (without secrets) before it was known by whom.
    """

    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: int = Field(default=None, primary_key=True)
    channel: str
    address: str
    person_id: int = Field(foreign_key="person.id", index=True)
    stopped_at: datetime | None = moment(default=None)
    preferred: bool = False
    chosen_at: datetime | None = moment(default=None)
    waiting: str = long_text(default="")


class Sharer(SQLModel, table=True):
    """One of several people who use the same address."""

    who_id: int = Field(foreign_key="who.id", primary_key=True)
    person_id: int = Field(foreign_key="person.id", primary_key=True, index=True)


class Heard(SQLModel, table=True):
    """A message that was answered: the key for ever, the answer for a while."""

    who_id: int = Field(foreign_key="who.id", primary_key=True)
    event_id: str = Field(primary_key=True)
    at: datetime = moment()
    replies: str | None = long_text(default=None)


class Listed(SQLModel, table=True):
    """A pupil as the class list has them, joined or not; `left_at` is when a later list had them no more.

    `code` is the school's or ours (HS07), and never a citizen's number. `name` is the real name, "" unless
    the school keeps names. `person_id` is who joined with the pupil's card.
    """

    __table_args__ = (UniqueConstraint("unit_id", "code"),)

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    code: str
    nickname: str = ""
    name: str = ""
    person_id: int | None = Field(default=None, foreign_key="person.id", index=True)
    left_at: datetime | None = moment(default=None)


class ListDraft(SQLModel, table=True):
    """A class list that was read and waits for a yes, of one person; `mark` ties the yes to this very list."""

    __tablename__ = "list_draft"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    mark: str
    found: str = long_text()
    at: datetime = moment()


class Invitation(SQLModel, table=True):
    """A code that gives a role in a unit; `listed_id`: it is the card of this pupil.

    `once`: whoever uses it first is the only one, at `used_at`.
    """

    code: str = Field(primary_key=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    role: str
    expires_at: datetime | None = moment(default=None)
    listed_id: int | None = Field(default=None, foreign_key="listed.id", index=True)
    once: bool = False
    used_at: datetime | None = moment(default=None)


class Consent(SQLModel, table=True):
    """Who agreed to which notice, when and where: the proof the law asks for (Law 91/2025/QH15)."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    by: str
    notice: str
    channel: str
    at: datetime = moment()
    withdrawn_at: datetime | None = moment(default=None)


class Log(SQLModel, table=True):
    """One help session as told. A correction is a new log that `replaces` an older one.

    `began` is the minute of the day at which it began, where that was said. `wording` is a
    fingerprint of the sentence, to notice one that was copied; the sentence itself is not kept.
    `state` is what the last `Change` says, "told" before the first (bot/rules/states.py).
    """

    __table_args__ = (Index("ix_log_unit_id_day", "unit_id", "day"), Index("ix_log_pupil_id_day", "pupil_id", "day"))

    id: int = Field(default=None, primary_key=True)
    pupil_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    day: date
    minutes: int
    habitual: bool = False
    began: int | None = None
    outcome: str
    state: str = "told"
    told_at: datetime = moment()
    replaces: int | None = Field(default=None, foreign_key="log.id")
    wording: str = ""
    note: str = ""


class LogRelative(SQLModel, table=True):
    """A relative helped in a session, as a kinship code."""

    __tablename__ = "log_relative"

    log_id: int = Field(foreign_key="log.id", primary_key=True)
    relative: str = Field(primary_key=True)


class LogSkill(SQLModel, table=True):
    """A skill taught in a session."""

    __tablename__ = "log_skill"

    log_id: int = Field(foreign_key="log.id", primary_key=True)
    skill: str = Field(primary_key=True)


class Change(SQLModel, table=True):
    """A log's step to another state: who, when and how: "pupil", "handed", "own", "teacher", "sample",
    or "paper" where a class leader filled it in from the paper book."""

    # Few are from paper, and every report asks of every session whether it is.
    __table_args__ = (
        Index("ix_change_paper", "log_id", sqlite_where=text("how = 'paper'"), postgresql_where=text("how = 'paper'")),
    )

    id: int = Field(default=None, primary_key=True)
    log_id: int = Field(foreign_key="log.id", index=True)
    state: str
    how: str
    by: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = moment()
    reason: str = ""


class Answer(SQLModel, table=True):
    """What a relative said about a session: that very day (`after` 0), or 7 and 30 days later.

    `answer` is "right", "wrong" or "help" on the day, "still", "help" or "forgot" later. `how` tells
    on whose phone: "handed" is the pupil's in the relative's hand, "own" the relative's own, "pupil"
    the pupil for the relative. `knew` is the answer to the easy question, None when it was not asked.
    """

    __table_args__ = (UniqueConstraint("log_id", "relative", "skill", "after"),)

    id: int = Field(default=None, primary_key=True)
    log_id: int = Field(foreign_key="log.id")
    relative: str
    skill: str
    after: int
    answer: str
    how: str
    by: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = moment()
    knew: bool | None = None


class Kin(SQLModel, table=True):
    """A relative's own account, linked to the pupil who calls them that, until either ends it."""

    id: int = Field(default=None, primary_key=True)
    pupil_id: int = Field(foreign_key="person.id", index=True)
    relative: str
    learner_id: int = Field(foreign_key="person.id", index=True)
    since: datetime = moment()
    ended_at: datetime | None = moment(default=None)
    ended_by: int | None = Field(default=None, foreign_key="person.id", index=True)


class KinCode(SQLModel, table=True):
    """A few words said aloud that link a relative's account to a pupil, for some minutes and once."""

    __tablename__ = "kin_code"

    code: str = Field(primary_key=True)
    pupil_id: int = Field(foreign_key="person.id", index=True)
    relative: str
    expires_at: datetime = moment()


class WrongCode(SQLModel, table=True):
    """A code that did not fit, so that nobody can try them all; `kind` is "kin" or "join"."""

    __tablename__ = "wrong_code"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    at: datetime = moment(index=True)
    kind: str = "kin"


class Report(SQLModel, table=True):
    """The figures of a unit and period as they were sent up, never changed: a correction is a new version.

    `kind`, `first` and `last` are a period's (bot/rules/period.py); `figures` is what was counted, as JSON.
    `state` is "sent", "approved" (which locks the period) or "returned"; `reason` says why it was
    returned, or why there is this version after an earlier one.
    """

    __table_args__ = (UniqueConstraint("unit_id", "kind", "first", "last", "version"),)

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    kind: str
    first: date
    last: date
    version: int
    state: str
    figures: str = long_text()
    reason: str = ""
    sent_at: datetime = moment()
    sent_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    decided_at: datetime | None = moment(default=None)
    decided_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    answer: str = ""


class Reporting(SQLModel, table=True):
    """How a unit reports; a unit without a row does as the one above it.

    `closes` is the day a month ends on, 0 for the calendar's; a report is due `due_days` after its
    period. `superior`, `symbol` and `place` stand in the heading of a document; `plan` names the plan
    that is applied; `letterhead` is a file of content/letterheads.
    """

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    closes: int = 0
    due_days: int = 3
    letterhead: str = "school"
    superior: str = ""
    symbol: str = ""
    place: str = ""
    plan: str = ""


class UnitTarget(SQLModel, table=True):
    """A target that a unit chose from content/targets (by its slug), or added itself (`name` and `source`).

    `numerator` and `denominator` are counted outside the bot, on `counted_on` by `method`; None where the
    bot counts, or nobody has.
    """

    __tablename__ = "unit_target"

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    slug: str = Field(primary_key=True)
    name: str = ""
    goal: int = 0
    source: str = ""
    numerator: int | None = None
    denominator: int | None = None
    method: str = ""
    counted_on: date | None = None


class Sample(SQLModel, table=True):
    """The chance by which a week's logs of a class are picked for a spoken check, and when it was drawn."""

    unit_id: int = Field(foreign_key="unit.id", primary_key=True)
    week: date = Field(primary_key=True)
    seed: str
    drawn_at: datetime = moment()


class GoalChange(SQLModel, table=True):
    """A goal that was set for a class: which, when and by whom."""

    __tablename__ = "goal_change"

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    goal: int
    by: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = moment()


class PupilQuestion(SQLModel, table=True):
    """What a pupil asks the teacher, and the answer, both masked."""

    __tablename__ = "pupil_question"
    __table_args__ = (Index("ix_pupil_question_unit_id_answered_at", "unit_id", "answered_at"),)

    id: int = Field(default=None, primary_key=True)
    pupil_id: int = Field(foreign_key="person.id", index=True)
    unit_id: int = Field(foreign_key="unit.id")
    text: str = long_text()
    asked_at: datetime = moment()
    answer: str = long_text(default="")
    answered_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    answered_at: datetime | None = moment(default=None)


class SummarySaid(SQLModel, table=True):
    """How things stood when a person was last told of their unit, so that nothing is said when nothing changed."""

    __tablename__ = "summary_said"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    mark: str
    at: datetime = moment()


class Correction(SQLModel, table=True):
    """A sentence (masked), what was understood, and what the pupil made of it: a test line to come."""

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    said: str = long_text()
    understood: str = long_text()
    saved: str = long_text()
    at: datetime = moment()


class Progress(SQLModel, table=True):
    """How far a person is in a lesson: `step` is the last one read, `right` the last answer.

    `known` tells that it was not taken but known already, by a right answer.
    """

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    lesson: str = Field(primary_key=True)
    step: int = 0
    answers: int = 0
    right: bool | None = None
    finished_at: datetime | None = moment(default=None)
    known: bool = False
    seen_at: datetime = moment()


class Card(SQLModel, table=True):
    """How well a person remembers a question (by its place in the lesson, from 1), and when it comes back.

    `stability` and `difficulty` as in bot/rules/review.py; `answered` and `right` count all answers.
    """

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    lesson: str = Field(primary_key=True)
    question: int = Field(primary_key=True)
    stability: float
    difficulty: float
    last: date
    due: date = Field(index=True)
    answered: int = 0
    right: int = 0
    was_right: bool = False


class TopicTest(SQLModel, table=True):
    """A test before or after a topic ("before", "after"): one try of each counts, the last one; `of` is how many questions."""

    __tablename__ = "topic_test"

    person_id: int = Field(foreign_key="person.id", primary_key=True)
    topic: str = Field(primary_key=True)
    stage: str = Field(primary_key=True)
    right: int
    of: int
    at: datetime = moment()


class Due(SQLModel, table=True):
    """Something to say every week at this local weekday (0 = Monday) and minute of the day."""

    __table_args__ = (UniqueConstraint("kind", "person_id", "weekday", "minute"),)

    id: int = Field(default=None, primary_key=True)
    kind: str
    person_id: int = Field(foreign_key="person.id", index=True)
    weekday: int
    minute: int
    due_at: datetime = moment(index=True)


class Exams(SQLModel, table=True):
    """The days, first to last, on which a unit and all under it have exams and are reminded less."""

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id", index=True)
    first: date
    last: date


class Announcement(SQLModel, table=True):
    """Words of a teacher or officer for everybody of an audience in a unit, to be sent at `send_at`.

    `by` is None once the writer was erased. Who has it is told by the outbox rows about it.
    """

    id: int = Field(default=None, primary_key=True)
    unit_id: int = Field(foreign_key="unit.id")
    by: int | None = Field(default=None, foreign_key="person.id", index=True)
    address: str = ""
    audience: str
    text: str = long_text()
    written_at: datetime = moment()
    send_at: datetime = moment()
    cancelled_at: datetime | None = moment(default=None)


class Outbox(SQLModel, table=True):
    """Something to say unasked, once: `key` is unique, `reply` is fixed when it is first worded.

    `due_at` is when it is meant to be said, which may be days ahead; `free_at` when it may be claimed
    (again). `channel` is the one the person was to be reached on when it was written: where to look
    for work, not where to send (that is decided at the sending). `attempts` counts claims.
    """

    __table_args__ = (
        Index("ix_outbox_state_channel_urgency_free_at", "state", "channel", "urgency", "free_at", "id"),
        Index("ix_outbox_person_id_state", "person_id", "state", "id"),
        Index("ix_outbox_kind_about", "kind", "about"),
    )

    id: int = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id")
    kind: str
    about: str = long_text(default="")
    urgency: int = 1
    channel: str = ""
    state: str = "waiting"
    due_at: datetime = moment()
    free_at: datetime = moment()
    attempts: int = 0
    reply: str | None = long_text(default=None)
    reason: str = ""
    written_at: datetime = moment()
    settled_at: datetime | None = moment(default=None)


class PaceRow(SQLModel, table=True):
    """The line of moments at which a channel may be written to: taken up to `free_at`, in ms since 1970."""

    __tablename__ = "pace"

    channel: str = Field(primary_key=True)
    free_at: int = Field(default=0, sa_type=BigInteger)


class LetterRow(SQLModel, table=True):
    """A reply kept for a channel that fetches its messages; ids grow in the order they were kept.

    `seen_at` is when the reader gave a sign of having it; until then it is shown again.
    """

    __tablename__ = "letter"
    __table_args__ = (Index("ix_letter_who_id_id", "who_id", "id"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    who_id: int = Field(foreign_key="who.id")
    key: str = Field(unique=True)
    reply: str = long_text()
    at: datetime = moment()
    seen_at: datetime | None = moment(default=None)


class CourseWord(SQLModel, table=True):
    """A person's own word on the national course: the last one holds (bot/rules/course.py).

    `certificate` is the number on their certificate where they gave one.
    """

    __tablename__ = "course_word"

    id: int = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    state: str
    certificate: str = ""
    at: datetime = moment()


class CourseCheck(SQLModel, table=True):
    """A teacher saw with their own eyes what one word says, until it is undone."""

    __tablename__ = "course_check"

    id: int = Field(default=None, primary_key=True)
    word_id: int = Field(foreign_key="course_word.id", index=True)
    by: int | None = Field(default=None, foreign_key="person.id", index=True)
    at: datetime = moment()
    undone_by: int | None = Field(default=None, foreign_key="person.id", index=True)
    undone_at: datetime | None = moment(default=None)


class Account(SQLModel, table=True):
    """One of our own accounts on a messenger: a Zalo bot for a class or a hamlet, an Official Account.

    `number` is the messenger's public id of it; `token` lets us speak, `signed_by` proves that a call
    to our web server is the messenger's. `contact` is a person to turn to, as people may read it.
    """

    id: int = Field(default=None, primary_key=True)
    channel: str
    name: str = Field(unique=True)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    number: str
    contact: str = ""
    token: SecretStr = secret()
    signed_by: SecretStr = secret()


class Usage(SQLModel, table=True):
    """How many messages an account has sent and received in a month ("2026-11").

    `used_up` is set when the messenger itself said that nothing more goes out this month.
    """

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    month: str = Field(primary_key=True)
    sent: int = 0
    received: int = 0
    used_up: bool = False


class Key(SQLModel, table=True):
    """A secret of this installation, made when it was first needed."""

    name: str = Field(primary_key=True)
    value: SecretStr = secret()


class LinkCode(SQLModel, table=True):
    """A code that makes another account one with whoever speaks at this address, for some minutes and once."""

    __tablename__ = "link_code"

    code: str = Field(primary_key=True)
    who_id: int = Field(foreign_key="who.id", index=True)
    expires_at: datetime = moment()


class Link(SQLModel, table=True):
    """Two accounts that are one person: what was `left_id`'s is now `kept_id`'s, until it is ended.

    `moved` names every row that changed hands, so that they can be two again.
    """

    id: int = Field(default=None, primary_key=True)
    kept_id: int = Field(foreign_key="person.id", index=True)
    left_id: int = Field(foreign_key="person.id", index=True)
    moved: str = long_text()
    at: datetime = moment()
    ended_at: datetime | None = moment(default=None)


class Renewal(SQLModel, table=True):
    """The pair of tokens of an Official Account; `refresh` is good once, and whoever renews holds the lease."""

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    access: SecretStr = secret()
    refresh: SecretStr = secret()
    until: datetime = moment()
    lease: datetime = moment()


class Allowance(SQLModel, table=True):
    """How many free messages a messenger said are left for an address, and when it said so."""

    who_id: int = Field(foreign_key="who.id", primary_key=True)
    left: int
    at: datetime = moment()


class Push(SQLModel, table=True):
    """A browser that is told of new letters while the page is closed (Web Push, RFC 8030 and RFC 8291)."""

    id: int = Field(default=None, primary_key=True)
    who_id: int = Field(foreign_key="who.id", index=True)
    endpoint: str = long_text(unique=True)
    p256dh: str
    auth: str
    at: datetime = moment()
