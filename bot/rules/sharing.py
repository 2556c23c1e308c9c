"""Whether it is still known who of a family holds the phone that they share.

A pupil logs in the evening on a parent's phone, and the grandmother takes it next morning. Asking at
every message would be a nuisance, asking never would write her lessons into the pupil's book.
"""

from datetime import datetime, timedelta

EVENING = timedelta(hours=5)


def is_remembered(chosen_at: datetime, now: datetime) -> bool:
    """Whether the last answer to "who is it?" still holds: for about an evening."""
    return now - chosen_at < EVENING
