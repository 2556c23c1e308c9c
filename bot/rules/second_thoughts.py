"""What somebody says who thinks again about a log: not this one after all.

Only whole sentences count, as in `wishes`: "thôi" leaves the log that is being told, "chỉ mẹ thôi" is an answer.
"""

from collections.abc import Collection

from bot.rules.spoken import whole

MOST_LETTERS = 100

_DENY = r"(?:không|ko|k|hông|hổng|chẳng|chả|đừng|khỏi)"
_SELF = r"(?:em|mình|tớ|con|cháu|tôi|tui)"
_OPENING = r"(?:(?:dạ|à|ờ|ừ|ủa|vâng|bot|ơi|ạ|no|oh|sorry|please|,)\s+)*"
_THIS = r"(?:buổi|dòng|lượt|cái|bản)\s+này"

# -- not this one after all --------------------------------------------------------------------

_LEAVING = (
    rf"(?:thôi|khỏi|(?:hủy|huỷ)(?:\s+bỏ)?|xóa|xoá|bỏ\s+(?:đi|luôn|{_THIS})"
    rf"|{_DENY}(?:\s+(?:cần|muốn|phải|có))*\s+(?:ghi|lưu))"
)
_SOFTLY = rf"(?:{_SELF}|nữa|đi|nhé|nha|nhe|nghe|ạ|vậy|luôn|đâu|rồi|với|giúp|cho|mà|lại|cô|thầy|bot|ơi|,|{_THIS})"
_LEAVES = (
    rf"{_OPENING}(?:{_SELF}\s+(?={_DENY}|muốn|xin))?(?:(?:muốn|xin|cho)\s+(?:{_SELF}\s+)?)*"
    rf"{_LEAVING}(?:\s+(?:{_LEAVING}|{_SOFTLY}))*",
    rf"{_OPENING}(?:cancel|never ?mind|forget|drop|discard|delete|(?:don'?t|do not)\s+(?:save|log|record|write))"
    r"(?:\s+(?:about|it|this|that|one|log|anything|down|please|thanks))*",
)


def leaves(said: str) -> bool:
    """Whether the log that is being told shall not be told: "thôi khỏi", "không ghi nữa", "never mind"."""
    return _is(_LEAVES, said)


def _is(patterns: Collection[str], said: str) -> bool:
    return len(said) <= MOST_LETTERS and any(whole(pattern, said) for pattern in patterns)
