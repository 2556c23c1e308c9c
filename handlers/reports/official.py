"""The report of a class, school or ward to the one above: tables 1–4, method and coverage, room for people's words.

What only people know (documents issued, training, praise) stays a dotted line: the bot drafts, people
write, sign and send.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import content
from bot.rules import course, rights, tally
from bot.rules.period import Period
from bot.rules.tally import Figures, Part
from bot.texts import capital, number, percent
from db.models import Reporting, Unit
from db.store import Store
from handlers import words
from handlers.reports import figures, labels, mooc, targets
from handlers.reports.figures import Counted
from handlers.reports.paper import HIDDEN, TOO_FEW, Bar, Cell, Chart, Column, Heading, Paper, Section, Signature, Table
from handlers.reports.targets import Aim

TITLE = "bao_cao"
BLANK = "……………………"
DOTS = "………"
TO_WRITE = "(đơn vị ghi) " + BLANK * 3
# So many difficulties are told, the most frequent first.
MOST_DIFFICULTIES = 10
# Table 4: which group of skills a model's people are counted by. Nobody but the ward names an ambassador, and
# which pupils share a household is not known: those two are left to people.
MODELS = (
    ("Mỗi học sinh hướng dẫn ít nhất 1 người thân", "học sinh", ""),
    ("Mỗi công dân – Một danh tính số (VNeID)", "người được hướng dẫn", "vneid"),
    ("Chợ số (buôn bán trên mạng)", "người được hướng dẫn", "buon-ban"),
    ("Đại sứ số", "người", None),
    ("Gia đình số", "hộ", None),
)


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a report says: counted, aimed at, and how the unit reports. `above` are the units over it, nearest first."""

    counted: Counted
    aims: tuple[Aim, ...]
    reporting: Reporting
    above: tuple[Unit, ...]


def facts(store: Store, unit_id: int, over: Period, now: datetime) -> Facts:
    """Gather a report."""
    counted = figures.counted(store, unit_id, over, now)
    return Facts(counted, targets.aims(store, counted), store.reporting(unit_id), tuple(store.above(unit_id)))


def paper(found: Facts) -> Paper:
    """The report as a document."""
    counted = found.counted
    head = content.letterheads()[_letterhead(found)]
    return Paper(
        file=f"bao-cao-{counted.unit.code}-{counted.period.name.replace('..', '-den-')}",
        kind="BÁO CÁO",
        title=f"Kết quả triển khai Phong trào “Bình dân học vụ số” {labels.name(counted.period)}",
        dates=f"(Số liệu {labels.dates(counted.period)}{_running(counted)})",
        heading=heading(found),
        sections=tuple(_sections(found)),
        signatures=(Signature(head.sign, "(Họ và tên)"),),
        recipients=head.recipients,
    )


def _letterhead(found: Facts) -> str:
    if found.counted.unit.kind == "ward" and found.reporting.letterhead == "school":
        return "ward"
    return found.reporting.letterhead


def heading(found: Facts) -> Heading:
    """The letterhead with the unit's own names; number and date are left to people."""
    unit, reporting = found.counted.unit, found.reporting
    head = content.letterheads()[_letterhead(found)]
    ward = next((one.name for one in (unit, *found.above) if one.kind == "ward"), BLANK)
    blanks = {
        "unit": unit.name.upper(),
        "ward": ward.upper(),
        "superior": (reporting.superior or f"UBND {ward}").upper(),
    }
    return Heading(
        left=tuple(line.format(**blanks) for line in head.left),
        right=head.right,
        number=f"Số:        /BC{'-' + reporting.symbol if reporting.symbol else ''}",
        place=f"{reporting.place or '…………'}, ngày      tháng      năm {found.counted.period.last.year}",
    )


def _running(counted: Counted) -> str:
    return f"; tính đến ngày {labels.day(counted.until)}" if counted.until < counted.period.last else ""


def _sections(found: Facts) -> list[Section]:
    counted = found.counted
    size, rooms = counted.figures.size, counted.figures.classes
    return [
        Section(
            "I. ĐẶC ĐIỂM, TÌNH HÌNH",
            (
                f"Số lớp (chi đội): {number(rooms)}; học sinh: {number(size)}; cán bộ, giáo viên, nhân viên: {BLANK}; "
                f"kế hoạch áp dụng: {found.reporting.plan or BLANK}.",
            ),
        ),
        Section(
            "II. CÔNG TÁC CHỈ ĐẠO, TRUYỀN THÔNG",
            (f"Văn bản ban hành; sinh hoạt dưới cờ, chuyên đề; tin bài (số lượng, kênh): {TO_WRITE}",),
        ),
        Section("III. KẾT QUẢ THỰC HIỆN"),
        Section("1. Học sinh hướng dẫn người thân", summary(counted), (by_unit(counted),), (_chart(counted),)),
        Section("2. Kỹ năng đã hướng dẫn", (), (by_skill(counted),)),
        Section("3. Kết quả theo chỉ tiêu kế hoạch", (), (by_target(found),)),
        Section("4. Các mô hình", (), (by_model(counted),)),
        Section(
            "5. Học tập trên nền tảng Bình dân học vụ số; xác nhận trên VNeID",
            (f"Xác nhận của cơ quan phụ trách (nếu có văn bản): {BLANK}",),
            (by_course(counted),),
        ),
        Section("6. Tập huấn cán bộ, giáo viên; dạy kỹ năng số trong môn học (Thông tư 02/2025)", (TO_WRITE,)),
        Section("7. Hoạt động cộng đồng, Ngày hội 10/10, phối hợp Tổ công nghệ số cộng đồng", (TO_WRITE,)),
        Section(
            "IV. ĐÁNH GIÁ",
            (
                f"1. Ưu điểm, gương điển hình (đã có đồng ý): {TO_WRITE}",
                f"2. Tồn tại: {TO_WRITE}",
                f"3. Nguyên nhân: {TO_WRITE}",
                f"4. Độ tin cậy số liệu: {coverage(counted.figures)}",
                labels.METHOD,
            ),
        ),
        Section(
            "V. KHÓ KHĂN, VƯỚNG MẮC; ĐỀ XUẤT, KIẾN NGHỊ", (*difficulties(counted), f"Đề xuất, kiến nghị: {TO_WRITE}")
        ),
        Section("VI. NHIỆM VỤ KỲ TỚI", (), (_tasks(),)),
    ]


def summary(counted: Counted) -> tuple[str, ...]:
    """The result in three sentences: counts beside every share, and what changed since the period before."""
    found, before, year = counted.figures, counted.before, counted.year
    return (
        f"{labels.share(found.helped)} học sinh đã hướng dẫn ít nhất 1 người thân; "
        f"{number(found.people.count)} người thân được hướng dẫn (≥ 60 tuổi: {few(counted, found.elders.count)}), "
        f"{number(found.sessions)} lượt, {number(found.minutes)} phút.",
        f"Lượt tự làm được: {labels.share(found.managed)}; "
        f"{few(counted, found.alone_people.count)} người thân tự làm được.",
        f"So với kỳ trước: {_signed(found.pupils.count - before.pupils.count)} học sinh, "
        f"{_signed(found.sessions - before.sessions)} lượt. Từ đầu năm học: {labels.ratio(year.helped)} học sinh "
        f"({percent(year.helped.part, year.helped.whole)}), {number(year.people.count)} người thân, "
        f"{number(year.sessions)} lượt.",
    )


def few(counted: Counted, count: int) -> str:
    """A number of people, or "<5" where that would tell who."""
    return TOO_FEW if counted.hides and 0 < count < rights.FEWEST else number(count)


def coverage(found: Figures) -> str:
    """How much the figures rest on, in one sentence."""
    sure = found.confirmed + found.checked
    return (
        f"{labels.ratio(found.helped)} học sinh có ghi ({percent(found.helped.part, found.helped.whole)}); "
        f"{number(sure)}/{number(found.sessions)} lượt đã xác nhận hoặc đối chiếu ({percent(sure, found.sessions)}), "
        f"trong đó thầy cô đối chiếu {number(found.checked)}; "
        f"{number(found.active)}/{number(found.classes)} lớp có ghi"
        f"{f'; {number(found.on_paper)} lượt chi đội trưởng ghi từ sổ giấy' if found.on_paper else ''}."
    )


def by_unit(counted: Counted) -> Table:
    """Table 1: a line a class (or school), the sum below; small groups are not shown above the class."""
    rooms = [part.figures for part in counted.parts]
    above = counted.unit.kind != "class"
    small = rights.hidden(min(one.people.count, one.pupils.count) for one in rooms) if above else frozenset()
    rows = [
        (place + 1, part.unit.name, part.figures.size, *(_unit_cells(part.figures, counted.hides, place in small)), "")
        for place, part in enumerate(counted.parts)
    ]
    overlap = counted.overlap
    if any((overlap.pupils, overlap.people, overlap.elders)):
        shared: tuple[Cell, ...] = (-overlap.pupils, "", -overlap.people, -overlap.elders, *("",) * 5)
        rows.append((len(rows) + 1, "Tính trùng giữa các đơn vị", "", *shared, "chỉ tính một lần"))
    hide = above and 0 < counted.figures.people.count < rights.FEWEST
    return Table(
        "Bảng 1",
        (
            Column("STT", 0.55),
            Column("Chi đội" if counted.unit.kind != "ward" else "Trường", 1.5),
            Column("Sĩ số", 0.75),
            Column("Số HS hướng dẫn ≥ 1 người thân", 1.1),
            Column("Tỷ lệ %", 0.8),
            Column("Số người thân", 0.85),
            Column("Trong đó ≥ 60 tuổi", 0.85),
            Column("Số lượt", 0.85),
            Column("Số phút", 0.95),
            Column("Lượt tự làm được", 0.85),
            Column("Lượt chưa quen, chưa được", 0.95),
            Column("Lượt vướng", 0.85),
            Column("Ghi chú", 0.9),
        ),
        tuple(rows),
        ("", "Cộng", counted.figures.size, *_unit_cells(counted.figures, counted.hides, hide), ""),
        _notes(small or hide, rows),
    )


def _unit_cells(found: Figures, hides: bool, hide: bool) -> tuple[Cell, ...]:
    if hide:
        return (HIDDEN,) * 9
    elders: Cell = found.elders.count
    if hides and 0 < found.elders.count < rights.FEWEST:
        elders = HIDDEN
    return (
        found.pupils.count,
        percent(found.pupils.count, found.size),
        found.people.count,
        elders,
        found.sessions,
        found.minutes,
        found.of(tally.ALONE),
        found.of(*tally.NOT_YET),
        found.of(tally.STUCK),
    )


def _notes(hidden: object, rows: list[tuple[Cell, ...]]) -> tuple[str, ...]:
    cells = [cell for row in rows for cell in row]
    return (labels.HIDDEN_NOTE,) if hidden or HIDDEN in cells else ()


def by_skill(counted: Counted) -> Table:
    """Table 2: a line a group of skills, with the competences of Circular 02/2025 that its lessons name."""
    groups = [(code, counted.figures.groups[code]) for code in content.topics() if code in counted.figures.groups]
    small = rights.hidden(part.people.count for _code, part in groups) if counted.hides else frozenset()
    rows = [
        (content.topics()[code].title, *_skill_cells(part, place in small), competences(code))
        for place, (code, part) in enumerate(groups)
    ]
    return Table(
        "Bảng 2",
        (
            Column("Nhóm kỹ năng", 2.4),
            Column("Số lượt"),
            Column("Số người"),
            Column("Lượt tự làm được"),
            Column("Mã năng lực TT02 (tham chiếu)", 2.2),
        ),
        tuple(rows),
        notes=(
            "Một buổi thuộc hai nhóm được tính ở cả hai dòng, nên cột không cộng dồn.",
            *((labels.HIDDEN_NOTE,) if small else ()),
        ),
    )


def _skill_cells(part: Part, hide: bool) -> tuple[Cell, ...]:
    return (HIDDEN,) * 3 if hide else (part.sessions, part.people.count, part.alone)


def competences(group: str) -> str:
    """ "1.2, 4.2": what the lessons of a group of skills name of Circular 02/2025."""
    named = {
        code.removeprefix("TT02 ")
        for lesson in content.lessons().values()
        if lesson.topic == group
        for code in lesson.framework
        if code.startswith("TT02 ")
    }
    return ", ".join(sorted(named))


def by_target(found: Facts) -> Table:
    """Table 3: each target with its document, numerator and denominator."""
    return Table(
        "Bảng 3",
        (
            Column("Chỉ tiêu", 2),
            Column("Căn cứ (văn bản, mục)", 3.2),
            Column("Kế hoạch", 0.9),
            Column("Thực hiện", 1.1),
            Column("%", 0.7),
            Column("Đánh giá", 0.9),
            Column("Cách xác định", 1.7),
        ),
        tuple((aim.name, aim.source, aim.planned, aim.done, aim.share, aim.verdict, aim.method) for aim in found.aims),
        notes=("Chỉ tiêu bot đếm được tính từ đầu năm học.",),
    )


def by_model(counted: Counted) -> Table:
    """Table 4: the models of the movement; what the bot does not count is left to people."""
    return Table(
        "Bảng 4",
        (
            Column("Mô hình", 2.6),
            Column("Đơn vị tính", 1.5),
            Column("Kỳ này"),
            Column("Lũy kế năm học"),
            Column("Ghi chú", 1.6),
        ),
        tuple(
            (name, unit, _model(counted, counted.figures, group), _model(counted, counted.year, group), _how(group))
            for name, unit, group in MODELS
        ),
    )


def _model(counted: Counted, found: Figures, group: str | None) -> Cell:
    if group is None:
        return DOTS
    count = found.groups.get(group, Part()).people.count if group else found.pupils.count
    return HIDDEN if counted.hides and 0 < count < rights.FEWEST else count


def _how(group: str | None) -> str:
    if group is None:
        return "đơn vị ghi; bot không đếm"
    return "học sinh tự khai" if not group else f"nhóm kỹ năng “{content.topics()[group].title}”"


COURSE_ROWS: Mapping[mooc.Kind, str] = {
    "pupils": "Học sinh đã vào lớp",
    "relatives": "Người thân đã nối máy",
    "teachers": "Thầy cô chủ nhiệm",
}


def by_course(counted: Counted) -> Table:
    """Table 5: where people stand with the national course, by their own word; the same people as danh_sach_mooc.csv."""
    shown = dict(counted.course.shown(counted.hides))
    hidden = [kind for kind in COURSE_ROWS if kind not in shown and getattr(counted.course, kind).people]
    rows: list[tuple[Cell, ...]] = []
    for kind, name in COURSE_ROWS.items():
        if kind in hidden:
            rows.append((name, *(HIDDEN,) * 7))
        elif kind in shown:
            told = shown[kind]
            rows.append((name, told.people, *(told.states[state] for state in course.STATES), told.compared))
    return Table(
        "Bảng 5",
        (
            Column("Đối tượng", 2.2),
            Column("Số người"),
            *(Column(capital(mooc.state_name(state))) for state in course.STATES[:-1]),
            Column("Đã thấy xác nhận trên VNeID", 1.3),
            Column("Thầy cô đã đối chiếu", 1.1),
        ),
        tuple(rows),
        notes=(
            "Mỗi người tự khai, tính đến hết kỳ; “đối chiếu” là thầy cô đã xem tận mắt. Đây không phải xác nhận của cơ quan nào.",
            *((labels.HIDDEN_NOTE,) if hidden else ()),
        ),
    )


def difficulties(counted: Counted) -> tuple[str, ...]:
    """Where people got stuck, the most frequent first, and what pupils asked, by number.

    No names, and no skill that so few learned that it tells who.
    """
    stuck = [
        (code, part)
        for code, part in counted.figures.skills.items()
        if part.stuck and not (counted.hides and part.people.count < rights.FEWEST)
    ]
    asked = f"Câu hỏi các em gửi thầy cô: {questions(counted)}."
    if not stuck:
        return ("Khó khăn ghi nhận qua các buổi: không có.", asked)
    stuck.sort(key=lambda pair: (-pair[1].stuck, pair[0]))
    return (
        "Khó khăn ghi nhận qua các buổi (lượt bị vướng):",
        *(
            f"- {capital(words.skill(code))}: {number(part.stuck)}/{number(part.sessions)} lượt"
            for code, part in stuck[:MOST_DIFFICULTIES]
        ),
        asked,
    )


def questions(counted: Counted) -> str:
    """ "5 (đã trả lời 4, đang chờ 1)": how many, never what; above the class nothing of fewer than five askers."""
    asked = counted.asked
    if not asked.questions:
        return "không có"
    if few_asked(counted):
        return f"{TOO_FEW} em hỏi nên không nêu số"
    return f"{number(asked.questions)} (đã trả lời {number(asked.answered)}, đang chờ {number(asked.waiting)})"


def few_asked(counted: Counted) -> bool:
    """Whether so few asked that a number above the class would tell who."""
    return counted.hides and 0 < counted.asked.pupils < rights.FEWEST


def _tasks() -> Table:
    titles = ("Người thực hiện", "Việc", "Trách nhiệm", "Thời hạn", "Kết quả cần đạt")
    return Table("", tuple(Column(title) for title in titles), (("",) * 5,) * 3)


def _chart(counted: Counted) -> Chart:
    """The share of each part; small groups have no bar."""
    above = counted.unit.kind != "class"
    rooms = [part.figures for part in counted.parts]
    small = rights.hidden(min(one.people.count, one.pupils.count) for one in rooms) if above else frozenset()
    bars = tuple(
        Bar(part.unit.name, part.figures.pupils.count, part.figures.size, part.unit.goal)
        for place, part in enumerate(counted.parts)
        if place not in small
    )
    said = "; ".join(f"{bar.label} {number(bar.part)}/{number(bar.whole)}" for bar in bars)
    return Chart("Số học sinh đã hướng dẫn người thân", bars, said or "Chưa có số liệu nêu được.")


def _signed(count: int) -> str:
    return f"+{number(count)}" if count > 0 else f"−{number(-count)}" if count < 0 else "±0"


def line(counted: Counted) -> str:
    """The weekly line, class → school: size, who logged, relatives, sessions, difficulties; 240 letters or so."""
    found = counted.figures
    stuck = found.of(tally.STUCK)
    return (
        f"{counted.unit.name}, {labels.name(counted.period)}: sĩ số {number(found.size)}; "
        f"{number(found.pupils.count)} bạn ghi ({percent(found.pupils.count, found.size)}); "
        f"{number(found.people.count)} người thân; {number(found.sessions)} lượt "
        f"(tự khai {number(found.told)}, xác nhận {number(found.confirmed)}, đối chiếu {number(found.checked)}); "
        f"khó khăn: {f'{number(stuck)} lượt vướng' if stuck else 'không'}; câu hỏi thầy cô: {questions(counted)}."
    )


CSV_COLUMNS = (
    *("ky", "chi_doi", "si_so", "so_hs_co_ghi", "so_nguoi_than", "so_luot", "so_phut"),
    *("tu_lam_duoc", "chua_quen", "vuong", "top_ky_nang", "ghi_chu"),
)


def csv_rows(counted: Counted) -> list[list[str]]:
    """The rows of tong_hop_thang.csv: the parts of table 1, hidden where it hides them."""
    table = by_unit(counted)
    rows = []
    for cells, part in zip(table.rows, counted.parts, strict=False):
        _place, name, size, pupils, _share, people, _elders, sessions, minutes, alone, not_yet, stuck, note = cells
        top = "" if pupils is HIDDEN else _top_skill(part.figures)
        counts = [
            "<5" if cell is HIDDEN else str(cell)
            for cell in (size, pupils, people, sessions, minutes, alone, not_yet, stuck)
        ]
        rows.append([counted.period.name, str(name), *counts, top, str(note or "")])
    return rows


def _top_skill(found: Figures) -> str:
    ranked = sorted(found.skills.items(), key=lambda pair: (-pair[1].sessions, pair[0]))
    return words.skill(ranked[0][0]) if ranked else ""
