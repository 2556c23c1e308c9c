"""Runs the migrations over a connection that `db.migrate` hands in."""

from typing import Literal

from alembic import context
from sqlmodel import SQLModel
from sqlmodel.sql.sqltypes import AutoString

from db.models import Moment


def _render(kind: str, thing: object, _context: object) -> str | Literal[False]:
    """Our own column types are written into a migration as what they are in the database."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.BigInteger()"
    return "sa.String()" if kind == "type" and isinstance(thing, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    render_item=_render,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
