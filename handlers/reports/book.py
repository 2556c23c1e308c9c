"""Sổ theo dõi: the logbook of a class, row by row, with the month's totals below."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

import content
from bot.rules import tally
from bot.rules.period import Period, school_year
from bot.texts import capital, number, percent
from db.models import Change, Unit
from db.store import Store, Told
from handlers import words
from handlers.reports import figures, labels, official
from handlers.reports.figures import Counted
from handlers.reports.paper import Bar, Cell, Chart, Column, Paper, Section, Signature, Table

TITLE = "so_theo_doi"
CSV_COLUMNS = (
    *("stt", "ngay", "chi_doi", "ma_hoc_sinh", "quan_he", "ky_nang", "so_phut", "ket_qua"),
    *("minh_chung(loai)", "trang_thai", "nguoi_doi_chieu", "ngay_doi_chieu", "ghi_chu"),
)
STATES = {"told": "tự khai", "confirmed": "người thân xác nhận", "checked": "đã đối chiếu"}
BLANK = "………"


@dataclass(frozen=True, slots=True)
class Row:
    """A session as the book shows it: whether the relative confirmed it, the day a teacher checked it, and what to note."""

    told: Told
    pupil: str
    confirmed: bool
    checked_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A pupil's line in the class: who has logged and who has not, and what they did."""

    pupil: str
    sessions: int
    people: int
    alone: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Book:
    """The logbook of a class over some days: its rows, a line a pupil, and the counts."""

    counted: Counted
    rows: tuple[Row, ...]
    seats: tuple[Seat, ...]

    @property
    def unit(self) -> Unit:
        return self.counted.unit


def rows(store: Store, unit: Unit, over: Period, now: datetime) -> Book:
    """The book of a class; a pupil is a code and a nickname, a relative a kinship."""
    logs = sorted(store.logs([unit.id], over.first, over.last), key=lambda log: (log.day, log.told_at, log.id))
    on_paper = store.from_paper([log.id for log in logs])
    changes: dict[int, list[Change]] = {}
    for change in store.changes([log.id for log in logs if log.state != "told"]):
        changes.setdefault(change.log_id, []).append(change)
    names = {pupil.id: pupil.nickname for pupil in store.pupils(unit.id)}
    return Book(
        counted=figures.counted(store, unit.id, over, now),
        rows=tuple(_row(unit, log, changes.get(log.id, []), log.id in on_paper, now.tzinfo) for log in logs),
        seats=tuple(_seat(unit, pupil_id, nickname, logs) for pupil_id, nickname in names.items()),
    )


def code(unit: Unit, pupil_id: int) -> str:
    """What stands for a pupil outside the class: only the class's teacher knows who it is."""
    return f"{unit.code}-{pupil_id:04d}"


def _row(unit: Unit, log: Told, changes: list[Change], on_paper: bool, zone: tzinfo | None) -> Row:
    relatives = [change.state for change in changes if change.how not in ("teacher", "sample")]
    checks = [change.at for change in changes if change.state == "checked"] if log.state == "checked" else []
    day = checks[-1].astimezone(zone).date() if checks else None
    notes = [*(["ghi từ sổ giấy"] if on_paper else []), *(["phút thường lệ"] if log.habitual else [])]
    return Row(log, code(unit, log.pupil_id), relatives[-1:] == ["confirmed"], day, "; ".join(notes))


def _seat(unit: Unit, pupil_id: int, nickname: str, logs: list[Told]) -> Seat:
    mine = [log for log in logs if log.pupil_id == pupil_id]
    return Seat(
        pupil=f"{code(unit, pupil_id)} ({nickname})",
        sessions=len(mine),
        people=len({relative for log in mine for relative in log.relatives}),
        alone=len({relative for log in mine if log.outcome == tally.ALONE for relative in log.relatives}),
        minutes=sum(log.minutes for log in mine),
    )


def paper(book: Book) -> Paper:
    """The book as a document: cover, rows, pupils, and the month's end with room to sign."""
    counted, unit = book.counted, book.unit
    return Paper(
        file=f"so-theo-doi-{unit.code}-{counted.period.name.replace('..', '-den-')}",
        kind="SỔ THEO DÕI",
        title="Học sinh hướng dẫn người thân kỹ năng số (phong trào “Bình dân học vụ số”)",
        dates=f"{unit.name}, {labels.name(counted.period)}",
        heading=None,
        sections=(
            Section("", _cover(book)),
            Section("I. CÁC BUỔI HƯỚNG DẪN", (), (_sessions(book),)),
            Section("II. THEO TỪNG HỌC SINH", (), (_seats(book),)),
            Section("III. TỔNG HỢP", _totals(counted), (_relatives(counted), _skills(counted)), (_chart(counted),)),
            Section("IV. NHẬN XÉT", (f"Chi đội trưởng: {BLANK * 12}", f"Giáo viên chủ nhiệm: {BLANK * 12}")),
        ),
        signatures=(Signature("CHI ĐỘI TRƯỞNG"), Signature("GIÁO VIÊN CHỦ NHIỆM")),
        draft="",
        wide=True,
    )


def _cover(book: Book) -> tuple[str, ...]:
    unit, year = book.unit, school_year(book.counted.period.last)
    goal = f"{unit.goal} học sinh" if unit.goal else BLANK
    return (
        f"Liên đội: {BLANK}   Chi đội: {unit.name}   Năm học: {year.first.year}–{year.last.year}   Sĩ số: {number(book.counted.figures.size)}",
        f"Giáo viên chủ nhiệm: {BLANK}   Chi đội trưởng: {BLANK}   Chỉ tiêu đăng ký (“Dân vận khéo”): {goal}",
    )


def _sessions(book: Book) -> Table:
    return Table(
        "",
        (
            Column("STT", 0.5),
            Column("Ngày", 1.05),
            Column("Mã học sinh", 1.5),
            Column("Người được giúp", 1.2),
            Column("Nhóm tuổi", 0.7),
            Column("Kỹ năng", 1.9),
            Column("Phút", 0.6),
            Column("Kết quả", 1.2),
            Column("Minh chứng", 1.15),
            Column("Người thân xác nhận", 0.95),
            Column("GVCN, chi đội trưởng kiểm tra", 1.2),
            Column("Ghi chú", 1.0),
        ),
        tuple(_session(place, row) for place, row in enumerate(book.rows, 1)),
    )


def _session(place: int, row: Row) -> tuple[Cell, ...]:
    log = row.told
    return (
        place,
        labels.day(log.day),
        row.pupil,
        words.relatives(log.relatives),
        ", ".join(dict.fromkeys(_age(code) for code in log.relatives)),
        words.skills(log.skills),
        log.minutes,
        words.outcome(log.outcome),
        STATES[log.state],
        "có" if row.confirmed else "",
        labels.day(row.checked_on) if row.checked_on else "",
        row.note,
    )


def _age(relative: str) -> str:
    return "≥ 60" if content.relatives()[relative].age == "60+" else "< 60"


def _seats(book: Book) -> Table:
    return Table(
        "",
        (
            Column("STT", 0.5),
            Column("Học sinh", 3),
            Column("Số buổi"),
            Column("Số người thân"),
            Column("Người tự làm được"),
            Column("Số phút"),
            Column("Ghi chú", 2),
        ),
        tuple(
            (
                place,
                seat.pupil,
                seat.sessions,
                seat.people,
                seat.alone,
                seat.minutes,
                "" if seat.sessions else "chưa ghi",
            )
            for place, seat in enumerate(book.seats, 1)
        ),
    )


def _totals(counted: Counted) -> tuple[str, ...]:
    found, year = counted.figures, counted.year
    return (
        f"Sĩ số: {number(found.size)}. Số học sinh tham gia: {labels.share(found.helped)}.",
        f"Số người thân: {number(found.people.count)} (≥ 60 tuổi: {number(found.elders.count)}); "
        f"tự làm được: {number(found.alone_people.count)} người.",
        f"Số lượt: {number(found.sessions)}; số phút: {number(found.minutes)}. "
        f"Lượt tự làm được: {labels.share(found.managed)}.",
        f"Từ đầu năm học: {labels.ratio(year.helped)} học sinh ({percent(year.helped.part, year.helped.whole)}), "
        f"{number(year.people.count)} người thân, {number(year.sessions)} lượt.",
        f"Câu hỏi các em gửi thầy cô: {official.questions(counted)}.",
        *([f"Chi đội trưởng ghi từ sổ giấy: {number(found.on_paper)} lượt."] if found.on_paper else []),
        labels.METHOD,
    )


def _relatives(counted: Counted) -> Table:
    found = counted.figures.relatives
    return Table(
        "Theo người được giúp",
        (
            Column("Quan hệ", 3),
            Column("Số người"),
            Column("Số lượt"),
            Column("Lượt tự làm được"),
            Column("Lượt bị vướng"),
        ),
        tuple(
            (capital(words.relative(code)), part.people.count, part.sessions, part.alone, part.stuck)
            for code, part in sorted(found.items(), key=lambda pair: (-pair[1].sessions, pair[0]))
        ),
        notes=("Một buổi giúp hai người được tính ở cả hai dòng.",),
    )


def _skills(counted: Counted) -> Table:
    found = counted.figures.skills
    return Table(
        "Theo kỹ năng",
        (
            Column("Kỹ năng", 3),
            Column("Số người"),
            Column("Số lượt"),
            Column("Lượt tự làm được"),
            Column("Lượt bị vướng"),
        ),
        tuple(
            (capital(words.skill(code)), part.people.count, part.sessions, part.alone, part.stuck)
            for code, part in sorted(found.items(), key=lambda pair: (-pair[1].sessions, pair[0]))
        ),
        notes=("Một buổi dạy hai kỹ năng được tính ở cả hai dòng.",),
    )


def _chart(counted: Counted) -> Chart:
    found = counted.figures
    bars = tuple(
        Bar(capital(words.outcome(code)), found.of(code), found.sessions)
        for code, _outcome in sorted(content.outcomes().items(), key=lambda pair: -pair[1].stage)
        if found.of(code)
    )
    said = "; ".join(f"{bar.label} {number(bar.part)}/{number(bar.whole)} lượt" for bar in bars)
    return Chart("Kết quả các lượt", bars, said or "Chưa có lượt nào.")


def csv_rows(book: Book) -> list[list[str]]:
    """The rows of so_theo_doi.csv."""
    return [
        [
            str(place),
            labels.day(row.told.day),
            book.unit.name,
            row.pupil,
            words.relatives(row.told.relatives),
            words.skills(row.told.skills),
            str(row.told.minutes),
            words.outcome(row.told.outcome),
            {"told": "không", "confirmed": "xác nhận người thân", "checked": "thầy cô đối chiếu"}[row.told.state],
            STATES[row.told.state],
            "GVCN" if row.told.state == "checked" else "",
            labels.day(row.checked_on) if row.checked_on else "",
            row.note,
        ]
        for place, row in enumerate(book.rows, 1)
    ]
