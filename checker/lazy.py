"""Values worked out when first asked for."""

from __future__ import annotations

import functools
from typing import Any, Self, TypeVar, overload

_Value = TypeVar("_Value")


class cached_property(functools.cached_property[_Value]):  # noqa: N801  it stands for the standard library's
    """functools.cached_property without the lock that Python 3.11 takes each time (later versions take none).

    A mail is checked by one thread; were it two, both would work out the same value.
    """

    @overload
    def __get__(self, instance: None, owner: type[Any] | None = None) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[Any] | None = None) -> _Value: ...
    def __get__(self, instance: object, owner: type[Any] | None = None) -> Self | _Value:
        """The value, kept under the property's name, where Python finds it without asking here again."""
        if instance is None:
            return self
        value = self.func(instance)
        instance.__dict__[str(self.attrname)] = value
        return value
