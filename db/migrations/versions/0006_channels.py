"""Accounts on messengers with their monthly use, the installation's keys, one person on several channels, several on one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_account_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("name", name=op.f("uq_account_name")),
    )
    op.create_table(
        "usage",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("used_up", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_usage_account_id")),
        sa.PrimaryKeyConstraint("account_id", "month", name=op.f("pk_usage")),
    )
    op.create_table(
        "key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_key")),
    )
    with op.batch_alter_table("who") as batch_op:
        batch_op.add_column(sa.Column("preferred", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("chosen_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("waiting", sa.Text(), nullable=False, server_default=""))
    # The defaults were for the rows that were there; the program always says what it means.
    with op.batch_alter_table("who") as batch_op:
        batch_op.alter_column("waiting", existing_type=sa.Text(), existing_nullable=False, server_default=None)
        batch_op.alter_column("preferred", existing_type=sa.Boolean(), existing_nullable=False, server_default=None)
    op.create_table(
        "link_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("who_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["who_id"], ["who.id"], name=op.f("fk_link_code_who_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_link_code")),
    )
    op.create_index(op.f("ix_link_code_who_id"), "link_code", ["who_id"])
    op.create_table(
        "link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kept_id", sa.Integer(), nullable=False),
        sa.Column("left_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["kept_id"], ["person.id"], name=op.f("fk_link_kept_id")),
        sa.ForeignKeyConstraint(["left_id"], ["person.id"], name=op.f("fk_link_left_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_kept_id"), "link", ["kept_id"])
    op.create_index(op.f("ix_link_left_id"), "link", ["left_id"])
    op.create_table(
        "renewal",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("refresh", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("lease", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_renewal_account_id")),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_renewal")),
    )
    op.create_table(
        "allowance",
        sa.Column("who_id", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["who_id"], ["who.id"], name=op.f("fk_allowance_who_id")),
        sa.PrimaryKeyConstraint("who_id", name=op.f("pk_allowance")),
    )
    op.create_table(
        "sharer",
        sa.Column("who_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sharer_person_id")),
        sa.ForeignKeyConstraint(["who_id"], ["who.id"], name=op.f("fk_sharer_who_id")),
        sa.PrimaryKeyConstraint("who_id", "person_id", name=op.f("pk_sharer")),
    )
    op.create_index(op.f("ix_sharer_person_id"), "sharer", ["person_id"])


def downgrade() -> None:
    op.drop_table("sharer")
    op.drop_table("allowance")
    op.drop_table("renewal")
    op.drop_table("link")
    op.drop_table("link_code")
    with op.batch_alter_table("who") as batch_op:
        batch_op.drop_column("waiting")
        batch_op.drop_column("chosen_at")
        batch_op.drop_column("preferred")
    op.drop_table("key")
    op.drop_table("usage")
    op.drop_table("account")
