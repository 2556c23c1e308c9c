"""Class lists and their cards, questions to the teacher, goals over time, and what a summary said last."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goal_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("goal", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_goal_change_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_goal_change_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_change")),
    )
    with op.batch_alter_table("goal_change") as batch_op:
        batch_op.create_index(batch_op.f("ix_goal_change_by"), ["by"], unique=False)
        batch_op.create_index(batch_op.f("ix_goal_change_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "list_draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_list_draft_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_list_draft_unit_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_list_draft")),
    )
    op.create_table(
        "listed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("nickname", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_listed_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_listed_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listed")),
        sa.UniqueConstraint("unit_id", "code", name=op.f("uq_listed_unit_id_code")),
    )
    with op.batch_alter_table("listed") as batch_op:
        batch_op.create_index(batch_op.f("ix_listed_person_id"), ["person_id"], unique=False)

    op.create_table(
        "pupil_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_pupil_question_answered_by")),
        sa.ForeignKeyConstraint(["pupil_id"], ["person.id"], name=op.f("fk_pupil_question_pupil_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pupil_question_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupil_question")),
    )
    with op.batch_alter_table("pupil_question") as batch_op:
        batch_op.create_index(batch_op.f("ix_pupil_question_answered_by"), ["answered_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_pupil_question_pupil_id"), ["pupil_id"], unique=False)
        batch_op.create_index("ix_pupil_question_unit_id_answered_at", ["unit_id", "answered_at"], unique=False)

    op.create_table(
        "summary_said",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_summary_said_person_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_summary_said")),
    )
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.add_column(sa.Column("listed_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("once", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("used_at", sa.BigInteger(), nullable=True))
        batch_op.create_index(batch_op.f("ix_invitation_listed_id"), ["listed_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_invitation_listed_id"), "listed", ["listed_id"], ["id"])

    with op.batch_alter_table("unit") as batch_op:
        batch_op.add_column(sa.Column("keeps_names", sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table("wrong_code") as batch_op:
        batch_op.add_column(sa.Column("kind", sa.String(), nullable=False, server_default="kin"))

    # The defaults were for the rows that were there; the program always says what it means.
    for table, column, kind in (
        ("invitation", "once", sa.Boolean()),
        ("unit", "keeps_names", sa.Boolean()),
        ("wrong_code", "kind", sa.String()),
    ):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=kind, existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("wrong_code") as batch_op:
        batch_op.drop_column("kind")

    with op.batch_alter_table("unit") as batch_op:
        batch_op.drop_column("keeps_names")

    with op.batch_alter_table("invitation") as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_invitation_listed_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_invitation_listed_id"))
        batch_op.drop_column("used_at")
        batch_op.drop_column("once")
        batch_op.drop_column("listed_id")

    op.drop_table("summary_said")
    with op.batch_alter_table("pupil_question") as batch_op:
        batch_op.drop_index("ix_pupil_question_unit_id_answered_at")
        batch_op.drop_index(batch_op.f("ix_pupil_question_pupil_id"))
        batch_op.drop_index(batch_op.f("ix_pupil_question_answered_by"))

    op.drop_table("pupil_question")
    with op.batch_alter_table("listed") as batch_op:
        batch_op.drop_index(batch_op.f("ix_listed_person_id"))

    op.drop_table("listed")
    op.drop_table("list_draft")
    with op.batch_alter_table("goal_change") as batch_op:
        batch_op.drop_index(batch_op.f("ix_goal_change_unit_id"))
        batch_op.drop_index(batch_op.f("ix_goal_change_by"))

    op.drop_table("goal_change")
