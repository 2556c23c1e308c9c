"""How fast unasked messages may leave, and how many may wait.

A channel's pace is shared by every process that sends on it, so it is booked in the database as a
line of moments: whoever claims messages books the next free moments for them, and none twice.
"""

from datetime import datetime, timedelta

# So far ahead moments are booked: long enough that a busy channel never idles between two
# claims, short enough that an answer does not wait long behind what was booked before it.
AHEAD = timedelta(seconds=1)
# Above this, nothing more is added that can wait: reminders stay due, announcements are put off.
MOST_WAITING = 20_000


def free_moments(free_at: datetime, now: datetime, per_second: float) -> int:
    """How many moments may be booked now, when the line is free from `free_at` on."""
    left = now + AHEAD - max(free_at, now)
    return max(0, int(left.total_seconds() * per_second))


def moments(free_at: datetime, now: datetime, per_second: float, count: int) -> list[datetime]:
    """The next moments of the line, and as the last one when it is free again."""
    first = max(free_at, now)
    return [first + timedelta(seconds=number / per_second) for number in range(count + 1)]


def room(waiting: int) -> int:
    """How many more messages that can wait the outbox takes."""
    return max(0, MOST_WAITING - waiting)
