"""The words that every report shares: dates, shares with their method, and what was hidden.

A report is an official paper and Vietnamese whoever asks for it, so its words are not translated; the
caller speaks Vietnamese (`VIETNAMESE`) where it uses names of skills and relatives.
"""

from datetime import date

from bot.rules.period import Period
from bot.rules.tally import Share
from bot.texts import manner_for, number, percent

VIETNAMESE = manner_for("vi", "")
METHOD = (
    "Cách tính: mỗi buổi và mỗi người chỉ tính một lần; tỷ lệ = tổng tử số / tổng mẫu số. “Tự khai” là học sinh ghi; "
    "“xác nhận” là người thân xác nhận; “đối chiếu” là thầy cô duyệt hoặc hỏi trực tiếp. Buổi đã rút lại hoặc bị loại "
    "không được tính. Đây là số liệu nội bộ, không thay cho xác nhận phổ cập kỹ năng số."
)
HIDDEN_NOTE = (
    "“<5”: nhóm ít hơn 5 người (và nhóm suy ra được) không nêu số, để không nhận ra ai; dòng tổng vẫn tính đủ."
)


def day(when: date) -> str:
    """ "05/11/2026"."""
    return f"{when:%d/%m/%Y}"


def dates(over: Period) -> str:
    """ "từ ngày 01/11/2026 đến ngày 30/11/2026"."""
    return f"từ ngày {day(over.first)} đến ngày {day(over.last)}"


def name(over: Period) -> str:
    """ "tháng 11/2026", "tuần 16/11–22/11/2026", "quý IV/2026", "từ … đến …"."""
    if over.kind == "month":
        return f"tháng {over.last:%m/%Y}"
    if over.kind == "week":
        return f"tuần {over.first:%d/%m}–{day(over.last)}"
    if over.kind == "quarter":
        return f"quý {('I', 'II', 'III', 'IV')[(over.last.month - 1) // 3]}/{over.last.year}"
    return dates(over)


def share(found: Share) -> str:
    """ "23/38 (61%; tự khai 10, xác nhận 8, đối chiếu 5)"."""
    counts = f"tự khai {number(found.told)}, xác nhận {number(found.confirmed)}, đối chiếu {number(found.checked)}"
    return f"{ratio(found)} ({percent(found.part, found.whole)}; {counts})"


def ratio(found: Share) -> str:
    """ "23/38"."""
    return f"{number(found.part)}/{number(found.whole)}"
