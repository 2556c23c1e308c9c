"""States with their history, relatives' accounts and answers, samples, corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("understood", sa.Text(), nullable=False),
        sa.Column("saved", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_correction_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction") as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_person_id"), ["person_id"], unique=False)

    op.create_table(
        "kin",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("relative", sa.String(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["ended_by"], ["person.id"], name=op.f("fk_kin_ended_by")),
        sa.ForeignKeyConstraint(["learner_id"], ["person.id"], name=op.f("fk_kin_learner_id")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_kin_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kin")),
    )
    with op.batch_alter_table("kin") as batch_op:
        batch_op.create_index(batch_op.f("ix_kin_ended_by"), ["ended_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_kin_learner_id"), ["learner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_kin_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "kin_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("relative", sa.String(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_kin_code_pupil_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_kin_code")),
    )
    with op.batch_alter_table("kin_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_kin_code_pupil_id"), ["pupil_id"], unique=False)

    op.create_table(
        "sample",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("drawn_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_sample_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", "week", name=op.f("pk_sample")),
    )
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wrong_code_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_code")),
    )
    with op.batch_alter_table("wrong_code") as batch_op:
        batch_op.create_index(batch_op.f("ix_wrong_code_at"), ["at"], unique=False)
        batch_op.create_index(batch_op.f("ix_wrong_code_person_id"), ["person_id"], unique=False)

    op.create_table(
        "answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("relative", sa.String(), nullable=False),
        sa.Column("skill", sa.String(), nullable=False),
        sa.Column("after", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("knew", sa.Boolean(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_answer_by")),
        sa.ForeignKeyConstraint(["log_id"], ["log.id"], name=op.f("fk_answer_log_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
        sa.UniqueConstraint("log_id", "relative", "skill", "after", name=op.f("uq_answer_log_id_relative_skill_after")),
    )
    with op.batch_alter_table("answer") as batch_op:
        batch_op.create_index(batch_op.f("ix_answer_by"), ["by"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("log_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_change_by")),
        sa.ForeignKeyConstraint(["log_id"], ["log.id"], name=op.f("fk_change_log_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
    )
    with op.batch_alter_table("change") as batch_op:
        batch_op.create_index(batch_op.f("ix_change_by"), ["by"], unique=False)
        batch_op.create_index(batch_op.f("ix_change_log_id"), ["log_id"], unique=False)

    _keep_who_settled()
    with op.batch_alter_table("log") as batch_op:
        batch_op.add_column(sa.Column("began", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("wording", sa.String(), nullable=False, server_default=""))
        batch_op.drop_constraint(batch_op.f("fk_log_settled_by"), type_="foreignkey")
        batch_op.drop_column("settled_by")
        batch_op.drop_column("settled_at")
    # The default was for the rows that were there; the program always says what it means.
    with op.batch_alter_table("log") as batch_op:
        batch_op.alter_column("wording", existing_type=sa.String(), existing_nullable=False, server_default=None)


def _keep_who_settled() -> None:
    log = sa.table("log", *map(sa.column, ("id", "state", "settled_by", "settled_at")))
    change = sa.table("change", *map(sa.column, ("log_id", "state", "how", "by", "at", "reason")))
    how = sa.case((log.c.state == "withdrawn", "pupil"), else_="teacher")
    settled = sa.select(log.c.id, log.c.state, how, log.c.settled_by, log.c.settled_at, sa.literal(""))
    op.execute(
        change.insert().from_select(
            ["log_id", "state", "how", "by", "at", "reason"], settled.where(log.c.settled_at.is_not(None))
        )
    )


def downgrade() -> None:
    with op.batch_alter_table("log") as batch_op:
        batch_op.add_column(sa.Column("settled_at", sa.BIGINT(), nullable=True))
        batch_op.add_column(sa.Column("settled_by", sa.INTEGER(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_log_settled_by"), "person", ["settled_by"], ["id"])
        batch_op.drop_column("wording")
        batch_op.drop_column("began")

    with op.batch_alter_table("change") as batch_op:
        batch_op.drop_index(batch_op.f("ix_change_log_id"))
        batch_op.drop_index(batch_op.f("ix_change_by"))

    op.drop_table("change")
    with op.batch_alter_table("answer") as batch_op:
        batch_op.drop_index(batch_op.f("ix_answer_by"))

    op.drop_table("answer")
    with op.batch_alter_table("wrong_code") as batch_op:
        batch_op.drop_index(batch_op.f("ix_wrong_code_person_id"))
        batch_op.drop_index(batch_op.f("ix_wrong_code_at"))

    op.drop_table("wrong_code")
    op.drop_table("sample")
    with op.batch_alter_table("kin_code") as batch_op:
        batch_op.drop_index(batch_op.f("ix_kin_code_pupil_id"))

    op.drop_table("kin_code")
    with op.batch_alter_table("kin") as batch_op:
        batch_op.drop_index(batch_op.f("ix_kin_pupil_id"))
        batch_op.drop_index(batch_op.f("ix_kin_learner_id"))
        batch_op.drop_index(batch_op.f("ix_kin_ended_by"))

    op.drop_table("kin")
    with op.batch_alter_table("correction") as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_person_id"))

    op.drop_table("correction")
