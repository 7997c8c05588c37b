"""What the command line asked for."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wanted:
    n: int | None = None  # people or sockets; else each scenario's own
    seconds: float | None = None
    biggest: bool = False  # only the biggest of several numbers
