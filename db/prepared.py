"""Statements of every turn, compiled once and run on the driver's own cursor.

SQLAlchemy's execution layer costs about ten times what SQLite needs for such a statement
(bench/turns.py prints it). The statement is still written in Core and compiled for the dialect at
hand; the values still pass through the column types; only the layer between is left out.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import Executable
from sqlalchemy.types import TypeEngine

Convert = Callable[[Any], Any] | None


class Prepared:
    """A Core statement with named bind parameters, ready to run inside an open transaction."""

    def __init__(self, statement: Executable) -> None:
        self._compiled = lru_cache(maxsize=2)(lambda dialect: _Compiled(statement, dialect))

    def run(self, connection: Connection, **values: object) -> list[tuple[Any, ...]]:
        """The rows of the statement; none when it returns none."""
        assert connection.in_transaction(), "begin first: outside SQLAlchemy's sight nothing begins by itself"
        return self._compiled(connection.dialect).run(connection, values)


class _Compiled:
    def __init__(self, statement: Any, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        self._sql = compiled.string
        self._order = compiled.positiontup  # names in order where the driver counts places, else None
        self._fixed = {name: value for name, value in compiled.params.items() if value is not None}
        self._to: dict[str, Convert] = {
            name: bound.type.dialect_impl(dialect).bind_processor(dialect) for name, bound in compiled.binds.items()
        }
        self._from = [_from_database(column.type, dialect) for column in _columns(statement)]

    def run(self, connection: Connection, values: dict[str, object]) -> list[tuple[Any, ...]]:
        given = {
            name: convert(value) if (convert := self._to.get(name)) else value
            for name, value in {**self._fixed, **values}.items()
        }
        cursor = connection.connection.cursor()
        try:
            cursor.execute(self._sql, given if self._order is None else [given[name] for name in self._order])
            return [self._row(row) for row in cursor.fetchall()] if self._from else []
        finally:
            cursor.close()

    def _row(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(convert(value) if convert else value for convert, value in zip(self._from, row, strict=True))


def _columns(statement: Any) -> Sequence[Any]:
    """What the statement returns."""
    if hasattr(statement, "selected_columns"):
        return list(statement.selected_columns)
    return list(getattr(statement, "_returning", ()))


def _from_database(kind: TypeEngine[Any], dialect: Dialect) -> Convert:
    processor: Convert = kind.dialect_impl(dialect).result_processor(dialect, None)
    return processor
