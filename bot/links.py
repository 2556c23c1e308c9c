"""Addresses of our files for a messenger's servers: signed, and good for some days."""

import hmac
from datetime import datetime, timedelta

# A messenger fetches a file when it is sent, and perhaps again when somebody opens an old message.
LASTS = timedelta(days=7)


def ticket(name: str, now: datetime, key: str) -> str:
    """What stands before the file's name in its address: until when, and our signature."""
    until = int((now + LASTS).timestamp())
    return f"{until}-{_signature(name, until, key)}"


def is_good(given: str, name: str, now: datetime, key: str) -> bool:
    """Whether this ticket is ours, for this file, and not over."""
    until, _dash, signature = given.partition("-")
    if not (until.isascii() and until.isdigit() and len(until) < 12) or int(until) < now.timestamp():
        return False
    return hmac.compare_digest(_signature(name, int(until), key).encode(), signature.encode())


def _signature(name: str, until: int, key: str) -> str:
    return hmac.new(key.encode(), f"{until}/{name}".encode(), "sha256").hexdigest()[:32]
