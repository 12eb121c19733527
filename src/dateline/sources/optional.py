"""Libraries that only some sources need: those of the extra `dateline[sources]`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from dateline.errors import InputError


def library(name: str, where: str) -> Any:
    """The module of that name; raises InputError for `where`, naming the extra, if it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        wrong = f"needs the library {name.partition('.')[0]}, which is not installed"
        raise InputError(where, None, wrong, "install what it is part of: pip install 'dateline[sources]'") from None
