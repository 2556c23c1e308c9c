"""When an Official Account may write to somebody: free for two days after their last act, paid for seven.

https://oa.zalo.me/home/documents/guides (consulting messages); how many are free inside the two days
differs between sources, so what Zalo says with each answer is believed: `left`.
"""

from datetime import datetime, timedelta
from typing import Literal

FREE = timedelta(hours=48)
PAID = timedelta(days=7)


def state(last_act: datetime | None, left: int | None, now: datetime) -> Literal["free", "paid", "shut"]:
    """Whether a message now is free, costs money, or is refused; `left` is how many free ones Zalo said remain."""
    if last_act is None or now - last_act > PAID:
        return "shut"
    return "free" if now - last_act <= FREE and left != 0 else "paid"
