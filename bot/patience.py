"""How long to wait between tries."""

from collections.abc import Awaitable, Callable, Iterator

Wait = Callable[[float], Awaitable[None]]
LONGEST_PAUSE = 60.0


def pauses() -> Iterator[float]:
    """1, 2, 4 … 60 seconds, then 60 for ever."""
    pause = 1.0
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)
