"""The outbox by channel and with its pace; quiet hours, pauses, zones, exams; announcements; browsers to tell."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "pace",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_pace")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.BigInteger(), nullable=False),
        sa.Column("send_at", sa.BigInteger(), nullable=False),
        sa.Column("cancelled_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_announcement_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_announcement_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_by"), ["by"], unique=False)

    op.create_table(
        "exams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_exams_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exams")),
    )
    with op.batch_alter_table("exams") as batch_op:
        batch_op.create_index(batch_op.f("ix_exams_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "push",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("who_id", sa.Integer(), nullable=False),
        sa.Column("endpoint", sa.Text(), nullable=False),
        sa.Column("p256dh", sa.String(), nullable=False),
        sa.Column("auth", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["who_id"], ["who.id"], name=op.f("fk_push_who_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_push")),
        sa.UniqueConstraint("endpoint", name=op.f("uq_push_endpoint")),
    )
    with op.batch_alter_table("push") as batch_op:
        batch_op.create_index(batch_op.f("ix_push_who_id"), ["who_id"], unique=False)

    with op.batch_alter_table("person") as batch_op:
        batch_op.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("sleeps", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("wakes", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("zone", sa.String(), nullable=False, server_default=""))

    # A pause is the person's, not each reminder's.
    op.execute(
        "UPDATE person SET paused_until = (SELECT max(due.paused_until) FROM due WHERE due.person_id = person.id)"
    )
    with op.batch_alter_table("due") as batch_op:
        batch_op.drop_column("paused_until")

    with op.batch_alter_table("outbox") as batch_op:
        batch_op.add_column(sa.Column("channel", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("due_at", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.drop_index(batch_op.f("ix_outbox_person_id"))
        batch_op.drop_index(batch_op.f("ix_outbox_state_urgency_free_at"))
        batch_op.create_index("ix_outbox_person_id_state", ["person_id", "state", "id"], unique=False)
        batch_op.create_index("ix_outbox_kind_about", ["kind", "about"], unique=False)
        batch_op.create_index(
            "ix_outbox_state_channel_urgency_free_at", ["state", "channel", "urgency", "free_at", "id"], unique=False
        )

    op.execute(
        "UPDATE outbox SET due_at = free_at, channel = coalesce((SELECT who.channel FROM who"
        " WHERE who.person_id = outbox.person_id AND who.stopped_at IS NULL ORDER BY who.id DESC LIMIT 1), '')"
    )

    # The defaults were for the rows that were there; the program always says what it means.
    for table, column, kind in (
        ("person", "zone", sa.String()),
        ("outbox", "channel", sa.String()),
        ("outbox", "due_at", sa.BigInteger()),
    ):
        with op.batch_alter_table(table) as batch_op:
            batch_op.alter_column(column, existing_type=kind, existing_nullable=False, server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person") as batch_op:
        batch_op.drop_column("zone")
        batch_op.drop_column("wakes")
        batch_op.drop_column("sleeps")
        batch_op.drop_column("paused_until")

    with op.batch_alter_table("outbox") as batch_op:
        batch_op.drop_index("ix_outbox_state_channel_urgency_free_at")
        batch_op.drop_index("ix_outbox_kind_about")
        batch_op.drop_index("ix_outbox_person_id_state")
        batch_op.create_index(
            batch_op.f("ix_outbox_state_urgency_free_at"), ["state", "urgency", "free_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_outbox_person_id"), ["person_id"], unique=False)
        batch_op.drop_column("due_at")
        batch_op.drop_column("channel")

    with op.batch_alter_table("due") as batch_op:
        batch_op.add_column(sa.Column("paused_until", sa.DATE(), nullable=True))

    with op.batch_alter_table("push") as batch_op:
        batch_op.drop_index(batch_op.f("ix_push_who_id"))

    op.drop_table("push")
    with op.batch_alter_table("exams") as batch_op:
        batch_op.drop_index(batch_op.f("ix_exams_unit_id"))

    op.drop_table("exams")
    with op.batch_alter_table("announcement") as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_by"))

    op.drop_table("announcement")
    op.drop_table("pace")
