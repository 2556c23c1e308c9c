"""Which sessions are from the paper book is found quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

FROM_PAPER = sa.text("how = 'paper'")


def upgrade() -> None:
    op.create_index("ix_change_paper", "change", ["log_id"], sqlite_where=FROM_PAPER, postgresql_where=FROM_PAPER)


def downgrade() -> None:
    op.drop_index("ix_change_paper", "change")
