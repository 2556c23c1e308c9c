"""Which logs of a week the teacher asks about aloud: chosen by chance, and the same for whoever repeats it.

A keyed digest orders the logs, so the choice follows from the seed and the ids alone: nobody can
foresee it, and anybody who has the seed can repeat it years later, in any language.
"""

import hashlib
import math
from collections.abc import Iterable

SHARE = 0.05


def pick(seed: str, ids: Iterable[int], share: float = SHARE) -> list[int]:
    """The share of the logs, rounded up and at least one of any, in the order of their digests."""
    known = set(ids)
    ordered = sorted(known, key=lambda one: (hashlib.sha256(f"{seed}:{one}".encode()).digest(), one))
    return ordered[: math.ceil(share * len(known))]
