"""Whether somebody says yes or no to what was just asked: "dạ đúng rồi ạ", "ừ phải đó con", "chưa đúng".

Only whole sentences count: "đúng là bà chưa làm được" tells how it went.
"""

from bot.rules.spoken import whole

MOST_LETTERS = 40
_SOFTLY = r"(?:em|con|cháu|bạn|bot|cô|thầy|rồi|r|ạ|á|nhé|nha|nhe|nghe|ơi|đó|đấy|vậy|thế|được|luôn|hết|mà|đi|lại|giúp|giùm|cho|nó|,)"
_BEFORE = r"(?:(?:dạ|vâng|à|ờ|ừ|ừm|uhm?|ồ|oh|well|,)\s+)*"

_YES = r"(?:đúng|dạ|vâng|ừ|ừm|ờ|ơ ờ|uh|uhm|um|phải|chuẩn|chính xác|chính nó|oke?|okay|okela|okie|oki|ghi|lưu)"
_AGREES = (
    rf"{_BEFORE}{_YES}(?:\s+(?:{_YES}|{_SOFTLY}))*",
    r"(?:yes|yep|yeah|yup|y|ok|okay|sure|right|correct|that'?s right|that is right|all right|save it|save)"
    r"(?:\s+(?:yes|right|correct|please|bot|save|it|,))*",
)

_DENY = r"(?:không|ko|k|hông|hổng|chưa|chẳng|chả|đâu)"
_DENIES = (
    rf"{_BEFORE}(?:{_DENY}(?:\s+(?:phải|đúng|có))?|sai|sai bét)(?:\s+(?:đâu|phải|{_SOFTLY}))*",
    r"(?:no|nope|nah|not right|not quite|wrong|that'?s wrong)(?:\s+(?:no|it|is|not|,))*",
)


def agrees(said: str) -> bool:
    """Whether it only says yes."""
    return _is(_AGREES, said)


def denies(said: str) -> bool:
    """Whether it only says no, or that it was not so."""
    return _is(_DENIES, said)


def _is(patterns: tuple[str, ...], said: str) -> bool:
    return len(said) <= MOST_LETTERS and any(whole(pattern, said) for pattern in patterns)
