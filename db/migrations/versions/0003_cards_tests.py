"""What people remember of lessons, tests of topics, whose lessons they follow."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("lesson", sa.String(), nullable=False),
        sa.Column("question", sa.Integer(), nullable=False),
        sa.Column("stability", sa.Float(), nullable=False),
        sa.Column("difficulty", sa.Float(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("was_right", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_card_person_id")),
        sa.PrimaryKeyConstraint("person_id", "lesson", "question", name=op.f("pk_card")),
    )
    with op.batch_alter_table("card") as batch_op:
        batch_op.create_index(batch_op.f("ix_card_due"), ["due"], unique=False)

    op.create_table(
        "topic_test",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("right", sa.Integer(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_topic_test_person_id")),
        sa.PrimaryKeyConstraint("person_id", "topic", "stage", name=op.f("pk_topic_test")),
    )
    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("group", sa.String(), nullable=False, server_default=""))

    with op.batch_alter_table("progress") as batch_op:
        batch_op.add_column(sa.Column("known", sa.Boolean(), nullable=False, server_default=sa.false()))

    # The defaults were for the rows that were there; the program always says what it means.
    for table, column, kind in (("person", "group", sa.String()), ("progress", "known", sa.Boolean())):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=kind, existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("progress") as batch_op:
        batch_op.drop_column("known")

    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("group")

    op.drop_table("topic_test")
    with op.batch_alter_table("card") as batch_op:
        batch_op.drop_index(batch_op.f("ix_card_due"))

    op.drop_table("card")
