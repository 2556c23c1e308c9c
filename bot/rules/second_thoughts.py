"""What somebody says who thinks again about a log: not this one after all, not so, or one that is saved.

Only whole sentences count, as in `wishes`: "thôi" leaves the log that is being told, "chỉ mẹ thôi" is an answer.
"""

from collections.abc import Callable, Collection

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


# -- one that is saved -------------------------------------------------------------------------

_KINDLY = r"(?:lại|bỏ|hết|giúp|giùm|dùm|cho|đi|với|nhé|nha|ạ|cái|một|mấy|những|các|luôn|dạ|bot|ơi|cô|thầy|,)"
_ASKING = rf"(?:(?:{_SELF}|{_KINDLY}|muốn|cần|xin|nhờ|vui lòng|làm ơn|làm sao|làm thế nào|sao|cách|để|có thể)\s+)*"
_LINE = r"(?:dòng|nhật ký|nhật kí|bản ghi|log|lượt|buổi|lần ghi|mục)"
# What follows "dòng", "buổi" where it is one of the logbook; "nhật ký cuộc gọi" and "lượt khám" are not.
_WHICH = (
    rf"(?:{_SELF}|{_KINDLY}|dạy|chỉ|hướng dẫn|bày|kèm|của|ghi|đã|vừa|hôm|hồi|tối|sáng|chiều|trưa|ngày|tuần|thứ|này|đó|đấy|kia"
    r"|cũ|trước|cuối|đầu|nhầm|sai|lúc|nãy|gần|mới|bị|trên|số|thừa|trùng|được|thế|như|sao|không|\d+)"
)
_OF_A_LINE = (
    rf"{_ASKING}(?:sửa|xóa|xoá|rút|hủy|huỷ|bỏ|chỉnh|đổi|(?:ghi|nhập)\s+(?:nhầm|lộn|sai))(?:\s+(?:{_SELF}|{_KINDLY}|hộ))*"
    rf"\s+{_LINE}(?:\s+{_WHICH}(?:\s.*)?)?",
    r"(?:(?:please|can|could|how|do|i|you|want|would|i'd|like|to|need)\s+)*"
    r"(?:delete|remove|erase|edit|change|correct|fix|withdraw|undo|cancel)"
    r"(?:\s+(?:the|my|that|this|last|latest|yesterday'?s|today'?s|old|wrong|previous))*"
    r"\s+(?:logs?|entry|entries|sessions?|lines?|records?)(?:\s.*)?",
)
_OF_THE_LAST = (
    rf"{_ASKING}(?:sửa|xóa|xoá)(?:\s+(?:{_SELF}|{_KINDLY}|hộ))*",
    rf"{_ASKING}(?:ghi|nhập)\s+(?:nhầm|lộn|sai)(?:\s+(?:rồi|r|mất|người|ngày|hôm|phút|số phút|{_KINDLY})(?:\s.*)?)?",
    "undo|delete",
)


def mends(said: str) -> bool:
    """Whether a log that is saved shall be corrected or withdrawn: "xóa dòng hôm qua", "ghi nhầm rồi"."""
    return names_a_line(said) or _is(_OF_THE_LAST, said)


def names_a_line(said: str) -> bool:
    """Whether it is one of the logbook that is meant, also while another is being told: not "ghi nhầm rồi"."""
    return _is(_OF_A_LINE, said)


def _is(patterns: Collection[str], said: str) -> bool:
    return len(said) <= MOST_LETTERS and any(whole(pattern, said) for pattern in patterns)


# -- not so ------------------------------------------------------------------------------------

_PART = r"(?:người|ngày|giờ|phút|số phút|việc|kết quả)"
_WRONG = (
    rf"{_OPENING}(?:(?:{_SELF}\s+)?(?:ghi|nhập|viết|bấm)\s+)?(?:nhầm|lộn|sai|{_DENY}\s+đúng|chưa\s+đúng)"
    rf"(?:\s+(?:rồi|r|mất|{_PART}))*",
    rf"{_OPENING}(?:sửa|đổi|chỉnh)(?:\s+(?:lại|giúp|hộ|giùm|dùm|cho|{_SELF}|{_PART}|thành|sang))*",
    rf"{_OPENING}(?:(?:that's|it's|this is)\s+)?(?:wrong|not right|a mistake)",
    rf"{_OPENING}(?:change|correct|fix)(?:\s+(?:it|this|that|to))*",
    rf"{_OPENING}(?:actually|i mean|i meant)",
)
_WRONG_AS = tuple(rf"(?:{pattern})(?:\s*[,:]\s*|\s+)(?:(?:phải\s+)?là\s+|thành\s+)?(?P<rest>.+)" for pattern in _WRONG)
_NOT = rf"(?:{_DENY}|đâu)\s+phải(?:\s+là)?"
_BUT = r"(?:\s*[,;?]\s*(?:mà\s+|but\s+)?|\s+(?:mà|chứ|but)\s+)(?:(?:phải\s+)?là\s+|it'?s\s+|it was\s+)?"
_INSTEAD = (
    rf"{_OPENING}{_NOT}\s+(?P<no>.+?)(?:{_BUT}|\s+là\s+)(?P<yes>.+)",
    rf"{_OPENING}(?P<yes>.+?)(?:\s*,)?(?:\s+(?:chứ|mà))?\s+{_NOT}\s+(?P<no>.+)",
    rf"{_OPENING}sao\s+(?:lại\s+)?(?:là\s+)?(?P<no>.+?)\s*[,?]\s*(?P<yes>.+)",
    rf"{_OPENING}(?:it'?s\s+|it was\s+)?not\s+(?P<no>.+?){_BUT}(?P<yes>.+)",
    rf"{_OPENING}(?P<yes>.+?)(?:\s*,)?\s+not\s+(?P<no>.+)",
)
_ASKED = r"(?P<rest>.+?)(?:\s+(?:ạ|hả|hở|nhỉ|nhé|nha|please|right|ok|(?:được|đc|dc|đúng|phải)\s+(?:không|ko|k|hông)))+"


def gist(said: str, names: Callable[[str], Collection[str]]) -> str:
    """What holds of a correction: "mẹ" of "không phải bà, là mẹ ạ"; "" where it only says that something is wrong.

    `names` are the parts of a log that words name: only "not this" and "but that" of the same part are a
    correction. "bà không phải hỏi nữa" tells how it went.
    """
    if len(said) > MOST_LETTERS:
        return said
    if _is(_WRONG, said):
        return ""
    if wrong := next(filter(None, (whole(pattern, said) for pattern in _WRONG_AS)), None):
        said = wrong["rest"]
    for pattern in _INSTEAD:
        found = whole(pattern, said)
        if found and set(names(found["no"])) & set(names(found["yes"])):
            said = found["yes"]
            break
    short = whole(_ASKED, said)
    return short["rest"] if short else said
