"""Own words on the national course, and a teacher's checks of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_course_word_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_word")),
    )
    with op.batch_alter_table("course_word") as batch_op:
        batch_op.create_index(batch_op.f("ix_course_word_person_id"), ["person_id"], unique=False)

    op.create_table(
        "course_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("word_id", sa.Integer(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("undone_by", sa.Integer(), nullable=True),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["by"], ["person.id"], name=op.f("fk_course_check_by")),
        sa.ForeignKeyConstraint(["undone_by"], ["person.id"], name=op.f("fk_course_check_undone_by")),
        sa.ForeignKeyConstraint(["word_id"], ["course_word.id"], name=op.f("fk_course_check_word_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_check")),
    )
    with op.batch_alter_table("course_check") as batch_op:
        batch_op.create_index(batch_op.f("ix_course_check_by"), ["by"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_check_undone_by"), ["undone_by"], unique=False)
        batch_op.create_index(batch_op.f("ix_course_check_word_id"), ["word_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("course_check") as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_check_word_id"))
        batch_op.drop_index(batch_op.f("ix_course_check_undone_by"))
        batch_op.drop_index(batch_op.f("ix_course_check_by"))

    op.drop_table("course_check")
    with op.batch_alter_table("course_word") as batch_op:
        batch_op.drop_index(batch_op.f("ix_course_word_person_id"))

    op.drop_table("course_word")
