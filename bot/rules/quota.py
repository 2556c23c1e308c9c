"""How a metered month is shared out: first everything, then what matters, at the end answers alone.

The Zalo Bot Platform's free plan has 3,000 messages a month for 50 people, and whether what people
write counts too is not documented. Whoever asks must still be answered on the 31st, so what is said
unasked stops first: the general reminders at 80 %, the rest at 95 %.
"""

FIRST_BRAKE = 0.80
LAST_BRAKE = 0.95

# Said unasked, and a person waits for it, decides by it, or must be able to undo it. Everything else
# (a reminder to practise, a question from last week, a nudge) can be left out without harm.
IMPORTANT = frozenset({"confirm", "linked", "unlinked", "joined", "amended", "news", "plan", "summary", "announcement"})


def may_send(used: int, monthly: int, kind: str | None) -> bool:
    """Whether the month has room for a message of this kind; None is an answer, which is always tried."""
    if kind is None:
        return True
    return used < monthly * (LAST_BRAKE if kind in IMPORTANT else FIRST_BRAKE)


def is_tight(used: int, monthly: int) -> bool:
    """Whether to leave out what costs a message of its own, as a voice does."""
    return used >= monthly * FIRST_BRAKE
