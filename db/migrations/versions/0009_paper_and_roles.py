"""Which sessions are from the paper book is found quickly; staff may hold several roles and speak in one of them."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FROM_PAPER = sa.text("how = 'paper'")


def upgrade() -> None:
    op.create_index("ix_change_paper", "change", ["log_id"], sqlite_where=FROM_PAPER, postgresql_where=FROM_PAPER)
    with op.batch_alter_table("role") as batch_op:
        batch_op.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.true()))
    # A role that was not current had been given up, but for leaders, who are pupils beside it.
    role = sa.table("role", sa.column("held", sa.Boolean), sa.column("current", sa.Boolean), sa.column("role"))
    op.execute(role.update().where(~role.c.current, role.c.role != "leader").values(held=False))
    with op.batch_alter_table("role") as batch_op:
        batch_op.alter_column("held", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("role") as batch_op:
        batch_op.drop_column("held")
    op.drop_index("ix_change_paper", "change")
