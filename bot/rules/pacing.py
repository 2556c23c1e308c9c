"""How fast unasked messages may leave, and how many may wait.

A channel's pace is shared by every process that sends on it, so it is a line of moments in the
database: whoever is about to send books the next free one, and nobody books it again.
"""

from datetime import datetime, timedelta

# A line that is taken for longer than this is at rest: what was claimed for it goes back.
AHEAD = timedelta(seconds=5)
# Whoever comes to a moment so late has lost it: else those held up by a slow machine would leave all at once.
LATE = timedelta(milliseconds=100)
MOST_BOOKINGS = 3
# Above this, nothing more is added that can wait: reminders stay due, announcements are put off.
MOST_WAITING = 20_000


def is_at_rest(free_at: datetime, now: datetime) -> bool:
    """Whether the line is taken for so long that nobody should stand and wait."""
    return free_at > now + AHEAD


def is_lost(moment: datetime, now: datetime) -> bool:
    """Whether a booked moment has passed unused."""
    return now - moment > LATE


def room(waiting: int) -> int:
    """How many more messages that can wait the outbox takes."""
    return max(0, MOST_WAITING - waiting)
