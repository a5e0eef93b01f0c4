"""A column that is one of several values, without SQLAlchemy's ``in_``, whose text is made anew each time it is run."""

from typing import Any

from sqlalchemy import BindParameter, ColumnElement, any_, bindparam, or_
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


def is_any(column: ColumnElement[Any], *values: object) -> ColumnElement[bool]:
    """Whether a column is one of these few values, which are the same each time."""
    return or_(*(column == value for value in values))


class one_of(FunctionElement[bool]):
    """Whether a column is one of the values that are given under a name when the statement is run, as a list.

    Of hundreds of chats, say, whose number differs each time. PostgreSQL is given them as one array: written out one by
    one they would cost more to put together, send and read than to answer. SQLite knows no arrays.
    """

    inherit_cache = True
    # No Boolean as its type: SQLAlchemy would compare it with 1 for SQLite, which uses no index then.

    def __init__(self, column: ColumnElement[Any], name: str) -> None:
        """Take the column, and the name of the parameter."""
        super().__init__(column, bindparam(name, type_=column.type, expanding=True))


@compiles(one_of)
def _written_out(element: one_of, compiler: SQLCompiler, **options: Any) -> str:
    column, values = element.clauses
    return compiler.process(column.in_(values), **options)


@compiles(one_of, "postgresql")
def _as_array(element: one_of, compiler: SQLCompiler, **options: Any) -> str:
    column, values = element.clauses
    array: BindParameter[Any] = bindparam(values.key, type_=ARRAY(column.type))
    return compiler.process(column == any_(array), **options)
