"""What running a command line gives; the fixture `run` that does it is in conftest.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ran:
    """Exit status, standard output, standard error."""

    status: int
    out: str
    err: str


Run = Callable[..., Ran]
