"""Types for fields of answers, where what is not of the documented form says nothing: one odd value costs that value,
one odd row that row, and never the answer. A border, read by pydantic."""

from __future__ import annotations

from typing import Annotated, Any, TypeVar

from pydantic import ValidationError, ValidatorFunctionWrapHandler, WrapValidator

T = TypeVar("T")


def _or_empty(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError:
        return ""


def _or_none(value: Any, read: ValidatorFunctionWrapHandler) -> Any:
    try:
        return read(value)
    except ValidationError:
        return None


def _readable(value: Any, read: ValidatorFunctionWrapHandler) -> list[Any]:
    found: list[Any] = []
    for row in value if isinstance(value, list) else ():
        try:
            found += read([row])
        except ValidationError:
            continue  # this row says nothing
    return found


Text = Annotated[str, WrapValidator(_or_empty)]
"""A string, or an empty one."""
Maybe = Annotated[T | None, WrapValidator(_or_none)]
"""What is of the form, or None."""
Rows = Annotated[list[T], WrapValidator(_readable)]
"""Those of a list that are of the form."""
