"""When to try a failed sending again: soon at first, then ever later, never all at once, and not for ever."""

from datetime import timedelta

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)
# Twelve tries are about six hours: a messenger that is away for an evening loses nothing.
MOST_TRIES = 12


def wait(tries: int, chance: float, asked: timedelta | None = None) -> timedelta | None:
    """How long to wait after this many failed tries; None when the last one was the last.

    `asked` is what the channel itself asked for (Telegram's retry_after): never less than that.
    `chance`, from 0 to 1, spreads those who failed together, so that they do not come back together:
    over the second half of the wait, or over a tenth more than was asked for.
    """
    if tries >= MOST_TRIES:
        return None
    if asked is not None:
        return asked * (1 + chance / 10)
    longest: timedelta = min(FIRST * 2 ** (tries - 1), LONGEST)
    return longest * (1 + chance) / 2
