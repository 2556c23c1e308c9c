"""python -m bot …: everything that is done from the shell."""

import asyncio
import io
import json
import logging
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from getpass import getpass
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from bot.settings import Problem, Settings, WrongSetting, load
from bot.texts import _, manner_for, speak, speaking

if TYPE_CHECKING:  # each command imports what it needs, so that `parse` and `--help` answer at once
    from bot import port
    from bot.app import App
    from db.database import Database
    from db.models import Account
    from db.store import Store

# https://bot.zapps.me: the free plan of a Zalo bot
MOST_PEOPLE = 50

shell = typer.Typer(
    help="Học Vụ Số: chatbot của phong trào “Bình dân học vụ số”. (The chatbot of the digital-literacy movement.)",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

outbox = typer.Typer(help="Hộp thư đi: đang chờ, đã gửi, lỗi. (The outbox: waiting, sent, failed.)")
shell.add_typer(outbox, name="outbox")


UnitKind = Literal["ward", "school", "class", "village", "team"]
StaffRole = Literal["teacher", "organiser", "board", "officer", "admin"]


@shell.command(help="Chạy các kênh trong CHANNELS và đồng hồ. (Serve every channel, and the clock.)")
def run() -> None:
    settings = _settings()
    _log(settings)
    with _database(settings) as database:
        from bot import demo as school
        from bot.app import App

        app = App(database, settings)
        lines = school.links(database, settings, app.now()) if settings.demo else []
        _serve(app, [f"Học Vụ Số: {settings.address}", *lines])


@shell.command(help="Nâng cơ sở dữ liệu lên bản này. (Bring the database to the shape of this version.)")
def migrate(to: Annotated[str, typer.Option(help="Một bản, “head” hoặc “base”. (A revision.)")] = "head") -> None:
    with _database(_settings(), to):
        typer.echo(_("Cơ sở dữ liệu đã sẵn sàng."))


@shell.command(help="Nạp trường mẫu vào cơ sở dữ liệu trống. (Load the demo school into an empty database.)")
def demo() -> None:
    settings = _settings()
    with _database(settings) as database:
        from bot import demo as school

        with database.transaction() as store:
            empty = store.is_empty()
        if not empty:
            _fail(_("Cơ sở dữ liệu đã có dữ liệu nên không nạp trường mẫu."))
        typer.echo("\n".join(school.links(database, settings, _now(settings))))


@shell.command(help="Tạo một lớp và in mã vào lớp. (Set up a class and print the codes to join it.)")
def add_class(
    ward: Annotated[str, typer.Option(help="Tên phường, xã. (The ward.)")],
    school: Annotated[str, typer.Option(help="Tên trường. (The school.)")],
    name: Annotated[str, typer.Option(help="Tên lớp, ví dụ 7A. (The class.)")],
    size: Annotated[int, typer.Option(min=1, max=100, help="Sĩ số. (How many pupils.)")],
    goal: Annotated[int | None, typer.Option(min=1, help="Số em cần đạt. (How many shall have helped.)")] = None,
) -> None:
    settings = _settings()
    with _database(settings) as database:
        from bot import setup

        with database.transaction() as store:
            typer.echo("\n".join(setup.add_class(store, ward, school, name, size, goal, settings.address)))


@shell.command(help="Thêm một đơn vị vào cây: ward, school, class, village, team. (Add a unit to the tree.)")
def add_unit(
    kind: Annotated[UnitKind, typer.Option(help="Loại. (The kind.)")],
    name: Annotated[str, typer.Option(help="Tên. (The name.)")],
    code: Annotated[str, typer.Option(help="Mã, ví dụ THCS-HOAMAI. (The code.)")],
    under: Annotated[str, typer.Option(help="Mã đơn vị cấp trên. (The unit above.)")] = "",
) -> None:
    with _database(_settings()) as database, database.transaction() as store:
        above = store.unit_by_code(under) if under else None
        if under and above is None:
            _fail(_("Không có đơn vị nào mã {code}.", code=repr(under)))
        if store.unit_by_code(code) is not None:
            _fail(_("Mã {code} đã có rồi.", code=repr(code)))
        from db.models import Unit

        store.add_unit(Unit(parent_id=above.id if above else None, kind=kind, name=name, code=code))
        typer.echo(_("Đã thêm {unit}, mã {code}.", unit=name, code=code))


@shell.command(
    help="Mời một người vào vai trò bằng đường dẫn dùng một lần. (Invite somebody by a link that is good once.)"
)
def invite(
    unit_code: Annotated[str, typer.Option("--unit", help="Mã đơn vị. (The unit's code.)")],
    role: Annotated[StaffRole, typer.Option(help="Vai trò. (The role.)")],
) -> None:
    settings = _settings()
    from bot import setup
    from bot.rules import rights
    from handlers.invite import LASTS

    with _database(settings) as database, database.transaction() as store:
        unit = store.unit_by_code(unit_code)
        if unit is None:
            _fail(_("Không có đơn vị nào mã {code}.", code=repr(unit_code)))
        if unit.kind not in rights.KINDS[role]:
            _fail(_("Vai trò {role} không thuộc {unit}.", role=role, unit=unit.name))
        code = setup.new_code()
        store.invite(code, unit.id, role, _now(settings) + LASTS, once=True)
        typer.echo(f"{settings.address}/?join={code}")


@shell.command(help="Nhập danh sách lớp từ .xlsx hoặc .csv. (Import a class list.)")
def import_roster(
    file: Annotated[Path, typer.Argument(help="Tệp danh sách. (The list.)", exists=True, dir_okay=False)],
    unit_code: Annotated[str, typer.Option("--unit", help="Mã lớp hoặc mã trường. (The class's or school's code.)")],
    yes: Annotated[bool, typer.Option("--yes", help="Nhập luôn. (Do it.)")] = False,
    drop_missing: Annotated[
        bool,
        typer.Option("--drop-missing", help="Ai không còn trong danh sách thì ra khỏi lớp. (Who is missing leaves.)"),
    ] = False,
) -> None:
    settings = _settings()
    from bot import sheets
    from bot.port import MOST_FILE_BYTES, File
    from bot.rules.roster import Unreadable
    from handlers import class_list

    with _database(settings) as database, database.transaction() as store:
        unit = store.unit_by_code(unit_code) or store.class_of_code(unit_code)
        if unit is None or unit.kind not in ("class", "school"):
            _fail(_("Không có lớp hay trường nào mã {code}.", code=repr(unit_code)))
        too_big = file.stat().st_size > MOST_FILE_BYTES
        try:
            found = class_list.read(
                sheets.read(File(file.name, b"" if too_big else file.read_bytes(), too_big)),
                where := class_list.scope(store, unit),
            )
        except Unreadable as unreadable:
            _fail(_(class_list.UNREADABLE[unreadable.why]))
        if found is None:
            _fail(class_list.no_heading())
        planned = class_list.plan(store, where, found.entries, found.problems)
        if planned.problems:
            _fail("\n".join([*class_list.told(planned.problems), _("Chưa nhập gì cả.")]))
        typer.echo("\n".join([*class_list.changes_told(where, planned), *class_list.kept_told(where, found)]))
        if not yes:
            _fail(_("Chưa nhập gì cả. Đúng rồi thì thêm --yes."))
        for room in class_list.carry_out(store, where, planned, drop_missing, _now(settings)):
            typer.echo(_("Đã nhập: {sizes}.", sizes=f"{room.name} ({room.code}) {room.size}"))


@shell.command(help="In thẻ vào lớp ra một tệp PDF. (Draw the cards to join a class.)")
def join_cards(
    class_code: Annotated[str, typer.Option("--class", help="Mã lớp, ví dụ 7A-HOAMAI. (The class's code.)")],
    to: Annotated[Path, typer.Option(help="Tệp PDF. (The file.)", dir_okay=False)] = Path("the-vao-lop.pdf"),
    renew: Annotated[bool, typer.Option("--renew", help="Cấp lại mọi thẻ chưa dùng. (New cards for all.)")] = False,
) -> None:
    settings = _settings()
    from bot.media import join
    from bot.media.drawing import CannotDraw
    from handlers import cards

    with _database(settings) as database, database.transaction() as store:
        unit = store.class_of_code(class_code)
        if unit is None:
            _fail(_("Không có lớp nào mã {code}.", code=repr(class_code)))
        if renew:
            store.drop_join_cards([pupil.id for pupil in cards.in_class(store, unit)])
        cards.complete(store, unit, SystemRandom())
        sheet = join.asked(store, unit.id)
        if not sheet.cards:
            _fail(_("{unit} chưa có danh sách, hoặc em nào cũng đã vào lớp.", unit=unit.name))
        try:
            to.write_bytes(join.drawn(sheet, settings.address))
            to.chmod(0o600)
        except (OSError, CannotDraw) as error:
            _fail(_("Không vẽ được thẻ: {error}.", error=str(error)))
        typer.echo(_("{count} thẻ của {unit} ở {file}.", count=len(sheet.cards), unit=unit.name, file=to))


@shell.command(help="Trường có lưu họ tên thật trong danh sách lớp không. (Whether a school keeps real names.)")
def keep_names(
    school_code: Annotated[str, typer.Option("--school", help="Mã trường. (The school's code.)")],
    keep: Annotated[
        bool, typer.Option("--yes/--no", help="Lưu, hoặc xóa và thôi lưu. (Keep, or erase and keep no more.)")
    ],
) -> None:
    with _database(_settings()) as database, database.transaction() as store:
        unit = store.unit_by_code(school_code)
        if unit is None or unit.kind != "school":
            _fail(_("Không có trường nào mã {code}.", code=repr(school_code)))
        store.keep_names(unit.id, keep)
        said = _("Từ nay lưu họ tên trong danh sách lớp.") if keep else _("Đã xóa họ tên, từ nay không lưu.")
        typer.echo(said)


@shell.command(help="Cuối năm học: xóa mọi dữ liệu của học sinh một lớp. (Erase the pupils of a class.)")
def erase_class(
    class_code: Annotated[str, typer.Option("--class", help="Mã lớp, ví dụ 7A-HOAMAI. (The class's code.)")],
    yes: Annotated[bool, typer.Option("--yes", help="Đã chắc chắn. (Do it.)")] = False,
) -> None:
    with _database(_settings()) as database, database.transaction() as store:
        unit = store.class_of_code(class_code)
        if unit is None:
            _fail(_("Không có lớp nào mã {code}.", code=repr(class_code)))
        pupils = store.everybody(unit.id, "pupil")
        if not yes:
            _fail(
                _(
                    "Sẽ xóa hẳn dữ liệu của {count} học sinh {unit}. Chắc chắn thì thêm --yes.",
                    count=len(pupils),
                    unit=unit.name,
                )
            )
        for person_id in pupils:
            store.withdraw_consent(person_id, _now(_settings()))
            store.erase(person_id)
        store.erase_list(unit.id)
        typer.echo(_("Đã xóa dữ liệu của {count} học sinh {unit}.", count=len(pupils), unit=unit.name))


@shell.command(help="Kiểm tra mọi tệp nội dung. (Check every content file.)")
def check_content(
    verify: Annotated[
        bool, typer.Option("--verify", help="In những gì người còn phải kiểm tra. (What to verify.)")
    ] = False,
) -> None:
    _settings()
    import content.check
    import content.verify

    if verify:
        lines = content.verify.report()
        typer.echo("\n".join([*lines, _("{count} chỗ cần người kiểm tra.", count=content.verify.count(lines))]))
        return
    problems = content.check.everything()
    for problem in problems:
        typer.echo(problem)
    if problems:
        _fail(_("{count} chỗ cần sửa.", count=len(problems)))
    typer.echo(_("Nội dung đều đúng."))


@shell.command(help="Dựng thẻ hình, bản in và tiếng đọc của bài học. (Build the lessons' pictures, pages and voices.)")
def media(
    lesson: Annotated[list[str] | None, typer.Option(help="Một bài, ví dụ ma-otp. (Only this lesson.)")] = None,
) -> None:
    settings = _settings()
    import content
    from bot.media.build import build

    known = content.lessons()
    if unknown := [slug for slug in lesson or () if slug not in known]:
        _fail(_("Không có bài nào tên {slug}.", slug=repr(unknown[0])))
    try:
        built = build(settings.media_dir, lesson or known)
    except OSError as error:
        _fail(_("Thiết lập MEDIA_DIR sai: không ghi được vào thư mục ({error}).", error=error.strerror))
    typer.echo(_("Đã dựng {made} phần mới, {there} phần có sẵn.", made=built.made, there=built.there))
    for problem in built.wrong:
        typer.echo(problem, err=True)
    if built.missing:
        _fail(
            _(
                "Máy này thiếu {tools} nên chưa dựng đủ hình và tiếng; bài học vẫn dùng được bằng chữ. Cài: sudo apt install espeak-ng ffmpeg, rồi pip install typst.",
                tools=", ".join(built.missing),
            )
        )
    if built.wrong:
        _fail(_("{count} chỗ cần sửa.", count=len(built.wrong)))


@shell.command(help="In tổng kết tuần của một lớp. (Print the weekly summary of a class.)")
def summary(
    class_code: Annotated[str, typer.Option("--class", help="Mã lớp, ví dụ 7A-HOAMAI. (The class's code.)")],
    week: Annotated[str, typer.Option(help="Tuần ISO, ví dụ 2026-W47. (An ISO week.)")],
) -> None:
    settings = _settings()
    with _database(settings) as database, database.transaction() as store:
        from handlers.reports import weekly

        span = weekly.week_named(week)
        if span is None:
            _fail(_("Không có tuần {week}. Viết như 2026-W47.", week=repr(week)))
        unit = store.class_of_code(class_code)
        if unit is None:
            _fail(_("Không có lớp nào mã {code}.", code=repr(class_code)))
        with speaking(manner_for(settings.locale, "cô", "teacher")):
            typer.echo(weekly.text(weekly.rows(store, unit, span, _now(settings).date())))


@shell.command(
    help="In danh_sach_mooc.csv của một lớp: ai tự khai gì về khóa học quốc gia. (Print a class's words on the course.)"
)
def export_mooc(
    class_code: Annotated[str, typer.Option("--class", help="Mã lớp, ví dụ 7A-HOAMAI. (The class's code.)")],
    separator: Annotated[str, typer.Option(help="Dấu ngăn cột: ; hoặc , (What is between columns.)")] = ";",
) -> None:
    settings = _settings()
    from handlers.reports import csv_file, mooc

    if separator not in csv_file.SEPARATORS:
        _fail(_("Dấu ngăn cột chỉ được là {choices}.", choices="; ,"))
    with _database(settings) as database, database.transaction() as store:
        unit = store.class_of_code(class_code)
        if unit is None:
            _fail(_("Không có lớp nào mã {code}.", code=repr(class_code)))
        with speaking(manner_for("vi", "")):  # the office that asks for the list reads Vietnamese
            cells = mooc.table(unit, mooc.rows(store, unit), settings.zone)
        sys.stdout.buffer.write(mooc.written(cells, separator))


@shell.command(help="Đóng gói bài học (SCORM 1.2) cho LMS của trường. (Pack the lessons for a school's LMS.)")
def export_lms(
    out: Annotated[Path, typer.Option(help="Tệp sẽ ghi, ví dụ lessons.zip. (The file to write.)")],
    lesson: Annotated[str, typer.Option(help="Chỉ một bài, ví dụ wifi. (One lesson only.)")] = "",
    language: Annotated[str, typer.Option(help="vi hoặc en. (The language.)")] = "vi",
) -> None:
    _settings()
    import content
    from bot.texts import LANGUAGES
    from handlers import lms

    if language not in LANGUAGES:
        _fail(_("Ngôn ngữ chỉ được là {choices}.", choices=", ".join(LANGUAGES)))
    slugs = [slug for slug in content.lessons() if lesson in ("", slug)]
    if not slugs:
        _fail(_("Không có bài nào tên {name}.", name=repr(lesson)))
    with speaking(manner_for(language, "")):
        package = lms.package(slugs)
    try:
        out.write_bytes(package)
    except OSError as error:
        _fail(_("Không ghi được {name} ({error}).", name=str(out), error=error.strerror))
    typer.echo(_("Đã ghi {count} bài vào {name} (SCORM 1.2).", count=len(slugs), name=str(out)))


@shell.command(help="Báo cáo, sổ theo dõi của một lớp, trường hay phường. (Report on a class, school or ward.)")
def report(
    unit_code: Annotated[str, typer.Option("--unit", help="Mã đơn vị, ví dụ 7A-HOAMAI. (The unit's code.)")],
    days: Annotated[
        str, typer.Option("--period", help="2026-W47, 2026-11, 2026-Q4, 2026-11-01..2026-11-20. (Which days.)")
    ],
    what: Annotated[str, typer.Option(help="report, book (sổ theo dõi). (Which paper.)")] = "report",
    form: Annotated[str, typer.Option(help="text, line, csv, xlsx, docx, pdf, html. (How.)")] = "text",
    out: Annotated[Path | None, typer.Option(help="Ghi vào tệp này. (Write to this file.)")] = None,
    separator: Annotated[str, typer.Option(help="Dấu ngăn cột của csv: ; hoặc , (Between csv columns.)")] = ";",
) -> None:
    settings = _settings()
    from bot.papers import shell as papers

    try:
        with _database(settings) as database, database.reading() as store:
            body = papers.written(store, unit_code, days, what, form, separator, _now(settings), settings)
    except papers.Wrong as wrong:
        _fail(str(wrong))
    if out is not None:
        out.write_bytes(body)
    else:
        sys.stdout.buffer.write(body)


@shell.command(help="Ghi ra mẫu báo cáo Word để trường sửa. (Write out the Word template for a school to change.)")
def report_template(out: Annotated[Path, typer.Argument(help="Tệp .docx. (The file.)")]) -> None:
    _settings()
    from bot.papers import docx

    out.write_bytes(docx.default())
    typer.echo(_("Đã ghi mẫu. Sửa xong, đặt REPORT_TEMPLATE={name} trong .env.", name=out))


@shell.command(help="Cách một đơn vị báo cáo: kỳ, hạn, tên trên đầu văn bản. (How a unit reports.)")
def reporting(
    unit_code: Annotated[str, typer.Option("--unit", help="Mã đơn vị. (The unit's code.)")],
    closes: Annotated[
        int | None, typer.Option(min=0, max=28, help="Ngày chốt tháng; 0: theo lịch. (Closing day.)")
    ] = None,
    due_days: Annotated[int | None, typer.Option(min=0, max=60, help="Hạn nộp, số ngày sau kỳ. (Due after.)")] = None,
    letterhead: Annotated[str | None, typer.Option(help="school, ward, doi, doan, party.")] = None,
    superior: Annotated[str | None, typer.Option(help="Cơ quan cấp trên. (The body above.)")] = None,
    symbol: Annotated[str | None, typer.Option(help="Ký hiệu, ví dụ THCSHM. (The symbol.)")] = None,
    place: Annotated[str | None, typer.Option(help="Địa danh. (The place.)")] = None,
    plan: Annotated[str | None, typer.Option(help="Kế hoạch áp dụng: số, ngày. (The plan.)")] = None,
) -> None:
    with _database(_settings()) as database, database.transaction() as store:
        from bot.papers import shell as papers

        said = {"closes": closes, "due_days": due_days, "letterhead": letterhead}
        said |= {"superior": superior, "symbol": symbol, "place": place, "plan": plan}
        try:
            typer.echo(papers.reporting(store, unit_code, {name: one for name, one in said.items() if one is not None}))
        except papers.Wrong as wrong:
            _fail(str(wrong))


@shell.command(help="Chỉ tiêu của một đơn vị: xem, chọn, thêm, ghi số. (A unit's targets: show, choose, add, count.)")
def target(
    unit_code: Annotated[str, typer.Option("--unit", help="Mã đơn vị. (The unit's code.)")],
    choose: Annotated[list[str] | None, typer.Option(help="Chọn chỉ tiêu này của kế hoạch. (Choose a plan's.)")] = None,
    add: Annotated[str, typer.Option(help="Thêm chỉ tiêu riêng: tên. (Add an own one: its name.)")] = "",
    goal: Annotated[int, typer.Option(min=1, help="Mức của chỉ tiêu riêng. (The own one's goal.)")] = 100,
    people: Annotated[
        bool, typer.Option("--people", help="Tính bằng người, không phải %. (People, not percent.)")
    ] = False,
    source: Annotated[str, typer.Option(help="Văn bản, mục của chỉ tiêu riêng. (Document and paragraph.)")] = "",
    count: Annotated[str, typer.Option(help="Ghi số cho chỉ tiêu này. (Write in what was counted for it.)")] = "",
    part: Annotated[int, typer.Option(min=0, help="Tử số. (Numerator.)")] = 0,
    whole: Annotated[int | None, typer.Option(min=1, help="Mẫu số. (Denominator.)")] = None,
    method: Annotated[str, typer.Option(help="Cách xác định. (How it was counted.)")] = "",
) -> None:
    settings = _settings()
    with _database(settings) as database, database.transaction() as store:
        from bot.papers import shell as papers

        try:
            unit = papers.unit(store, unit_code)
            papers.choose(store, unit, choose or [])
            if add:
                papers.add(store, unit, add, goal, people, source)
            if count:
                papers.count(store, unit, count, part, whole, method, _now(settings).date())
            typer.echo("\n".join(papers.targets_told(store, unit, _now(settings))))
        except papers.Wrong as wrong:
            _fail(str(wrong))


@shell.command(help="Đọc từng dòng ghi từ đầu vào, in JSON. (Read log lines from standard input, print JSON.)")
def parse(
    at: Annotated[str, typer.Option(help="Lúc viết, ví dụ 2026-11-25T19:30:00+07:00. (When it was written.)")] = "",
) -> None:
    moment = _moment(at, _settings())
    from handlers.reading import reader

    # Bytes that are no UTF-8 cost a letter, not the rest of the file; some editors begin with a mark.
    lines = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="replace")
    for line in lines:
        found = reader().read(line.rstrip("\r\n").removeprefix("\ufeff"), moment)
        facts = {
            "is_log": found.is_log,
            "relatives": found.relatives,
            "skills": found.skills,
            "minutes": found.minutes,
            "date_offset_days": found.date_offset_days,
            "outcome": found.outcome,
            "masked_text": found.masked_text,
        }
        _print_json(facts)


@shell.command(
    help="In những câu hiểu sai mà học sinh đã sửa, JSON. (Print what was understood wrongly and corrected.)"
)
def corrections() -> None:
    with _database(_settings()) as database, database.transaction() as store:
        for found in store.corrections():
            # The label is what the pupil saved; a person reads it before it becomes a test line.
            line = {"text": found.said, "is_log": True, **json.loads(found.saved)}
            _print_json({**line, "understood": json.loads(found.understood)})


@outbox.callback(invoke_without_command=True)
def outbox_state(context: typer.Context) -> None:
    if context.invoked_subcommand is not None:
        return
    settings = _settings()
    with _database(settings) as database, database.transaction() as store:
        from bot import operator

        typer.echo("\n".join(operator.outbox(store, _now(settings))))


@outbox.command(name="retry", help="Gửi lại những tin đã lỗi. (Send failed messages after all.)")
def outbox_retry(ids: Annotated[list[int], typer.Argument(help="Số của tin. (Their numbers.)")]) -> None:
    settings = _settings()
    with _database(settings) as database, database.transaction() as store:
        for number in ids:
            done = store.retry(number, _now(settings))
            typer.echo(_("#{number}: sẽ gửi lại.", number=number) if done else _no_such_row(number))


@outbox.command(name="drop", help="Bỏ những tin đang chờ hoặc đã lỗi. (Do not send waiting or failed messages.)")
def outbox_drop(ids: Annotated[list[int], typer.Argument(help="Số của tin. (Their numbers.)")]) -> None:
    settings = _settings()
    with _database(settings) as database, database.transaction() as store:
        for number in ids:
            done = store.drop(number, _now(settings), "dropped by the operator")
            typer.echo(_("#{number}: đã bỏ.", number=number) if done else _no_such_row(number))


def _no_such_row(number: int) -> str:
    return _("#{number}: không có tin nào như vậy.", number=number)


@shell.command(help="Trò chuyện ngay trong cửa sổ lệnh. (The same conversation in this terminal.)")
def console(join: Annotated[str, typer.Option(help="Mã để vào. (A code to join with.)")] = "") -> None:
    settings = _settings()
    logging.basicConfig(level=logging.ERROR)
    with _database(settings) as database:
        from bot.app import App
        from bot.channels.console import Console

        app = App(database, settings)
        asyncio.run(app.talk(Console(app), join))


channels = typer.Typer(
    help="Các tài khoản của mình trên Zalo: mỗi lớp, mỗi thôn một bot. (Our accounts on Zalo: a bot a class or hamlet.)",
    no_args_is_help=True,
)
shell.add_typer(channels, name="channels")


@channels.command(
    help="Thêm một bot Zalo, hoặc đổi token của bot đã có; token gõ khi được hỏi hoặc đưa qua đầu vào. (Add a bot.)"
)
def add(
    name: Annotated[str, typer.Option(help="Tên ngắn của bot, ví dụ 7a. (A short name.)")],
    class_code: Annotated[str, typer.Option("--class", help="Mã lớp mà bot phục vụ. (The class it serves.)")] = "",
    contact: Annotated[str, typer.Option(help="Người thật để hỏi, ví dụ “cô Hạnh, 09…”. (A person to turn to.)")] = "",
) -> None:
    if not re.fullmatch(r"[a-z0-9-]{1,40}", name):
        _fail(_("Tên bot chỉ gồm chữ thường không dấu, số và dấu gạch, ví dụ 7a."))
    settings = _settings()
    token = getpass("Token: ") if sys.stdin.isatty() else sys.stdin.readline()
    if not re.fullmatch(r"\d+:\S+", token.strip()):
        _fail(_("Token là một số, dấu hai chấm và chuỗi bí mật; chép lại từ tin của Zalo Bot Manager."))
    with _database(settings) as database:
        from bot import setup

        with database.transaction() as store:
            unit = store.class_of_code(class_code) if class_code else None
            if class_code and unit is None:
                _fail(_("Không có lớp nào mã {code}.", code=repr(class_code)))
            setup.add_account(store, "zalo_bot", name, unit, contact, token.strip())
        typer.echo(_("Đã lưu bot {name}. Kiểm tra bằng: python -m bot channels check", name=name))


@channels.command(
    "add-oa",
    help="Nối Zalo OA, hoặc đưa refresh token mới; token gõ khi được hỏi hoặc qua đầu vào. (Connect a Zalo OA.)",
)
def add_oa(
    name: Annotated[str, typer.Option(help="Tên ngắn, ví dụ oa. (A short name.)")] = "oa",
    number: Annotated[str, typer.Option("--oa-id", help="Mã số của OA. (The OA's id.)")] = "",
    contact: Annotated[str, typer.Option(help="Người thật để hỏi. (A person to turn to.)")] = "",
) -> None:
    settings = _settings()
    refresh = (getpass("Refresh token: ") if sys.stdin.isatty() else sys.stdin.readline()).strip()
    if not refresh or not re.fullmatch(r"[a-z0-9-]{1,40}", name):
        _fail(_("Cần refresh token lấy ở trang dành cho nhà phát triển của Zalo, và một tên ngắn như oa."))
    with _database(settings) as database:
        from bot import setup

        with database.transaction() as store:
            account_id = setup.add_account(store, "zalo_oa", name, None, contact, number)
            store.renew(account_id, "", refresh, _now(settings), _now(settings))
        typer.echo(
            _(
                "Đã lưu {name}. Webhook để điền ở Zalo: {url}",
                name=name,
                url=f"{settings.address}/hooks/zalo_oa/{name}",
            )
        )


@channels.command("list", help="Các bot, số người và số tin tháng này. (The bots, their people and their month.)")
def list_accounts() -> None:
    settings = _settings()
    with _database(settings) as database, database.transaction() as store:
        for account in store.accounts():
            typer.echo(_account_line(store, account, settings))


@channels.command(
    "check", help="Hỏi Zalo xem từng bot, từng OA có chạy được không. (Ask Zalo whether each bot and account works.)"
)
def check_accounts() -> None:
    settings = _settings()
    with _database(settings) as database:
        from bot.accounts import OurAccounts, as_account, plan
        from bot.channels import zalo, zalo_bot, zalo_oa

        accounts = OurAccounts(database, lambda: _now(settings), plan(settings))

        async def bot(account: "port.Account") -> str:
            url = "" if settings.zalo_bot_updates == "polling" else zalo_bot.hook_url(settings.public_url, account)
            called, hook = await zalo_bot.look(account, zalo_bot.given(settings))
            fits = _("webhook đúng") if hook == url else _("webhook sẽ được đặt khi chạy python -m bot run")
            return f"{called} · {fits}"

        async def official(account: "port.Account") -> str:
            number, called = await zalo_oa.look(account, accounts, zalo_oa.given(settings))
            other = "" if number == account.number else _(" · mã OA khác mã đã lưu ({number})", number=account.number)
            return f"{called} · {number}{other}"

        looks = {"zalo_bot": bot, "zalo_oa": official}
        with database.transaction() as store:
            known = [(as_account(row), _account_line(store, row, settings)) for row in store.accounts()]
        wrong = 0
        for account, line in known:
            try:
                typer.echo(f"{line} · {asyncio.run(looks[account.channel](account))}")
            except zalo.Trouble as trouble:
                wrong += 1
                typer.echo(_("{line} · KHÔNG DÙNG ĐƯỢC ({reason})", line=line, reason=trouble))
        if wrong:
            _fail(_("{count} chỗ cần sửa.", count=wrong))


def _account_line(store: "Store", account: "Account", settings: Settings) -> str:
    """A bot as the shell shows it; never its token."""
    from bot.accounts import plan

    people = store.people_at(account.channel, f"{account.id}:")
    if account.channel != "zalo_bot":
        return _("{name} · {channel} · {people} người", name=account.name, channel=account.channel, people=people)
    unit = store.unit(account.unit_id).name if account.unit_id else _("chưa gắn lớp")
    return _(
        "{name} · {channel} · {unit} · {people}/{most} người · {used}/{monthly} tin tháng này",
        name=account.name,
        channel=account.channel,
        unit=unit,
        people=people,
        most=MOST_PEOPLE,
        used=plan(settings).used(store, account.id, _now(settings)),
        monthly=settings.zalo_bot_monthly,
    )


def _settings() -> Settings:
    """The settings, and from now on their language in this shell."""
    try:
        settings = load()
    except WrongSetting as wrong:
        _fail("\n".join(_sentence(problem) for problem in wrong.problems))
    speak(manner_for(settings.locale, ""))
    return settings


def _sentence(problem: Problem) -> str:
    """What is wrong with a setting, and what to write instead."""
    hint = {
        "int_parsing": _("phải là một số"),
        "greater_than_equal": _("phải từ 0 đến 65535") if problem.name == "PORT" else _("phải lớn hơn 0"),
        "less_than_equal": _("phải từ 0 đến 65535"),
        "bool_parsing": _("phải là true hoặc false"),
        "too_short": _("đang để trống"),
        "literal_error": _("chỉ được là {choices}", choices=problem.detail),
        "not_a_database": _("phải bắt đầu bằng {choices}", choices=problem.detail),
        "not_an_address": _("phải bắt đầu bằng {choices}", choices=problem.detail),
        "not_a_proxy": _("phải bắt đầu bằng {choices}", choices=problem.detail),
        "not_a_zone": _("không phải múi giờ, viết như {choices}", choices=problem.detail),
        "token_missing": _("còn thiếu, mà CHANNELS có telegram"),
        "web_missing": _("phải có cả web, vì Zalo, Telegram gọi vào trang web của mình"),
        "not_public": _(
            "phải là địa chỉ https:// mà Zalo, Telegram gọi tới được; chỉ dùng thử thì đặt ZALO_BOT_UPDATES, TELEGRAM_UPDATES=polling"
        ),
        "oa_missing": _("cần cùng ZALO_OA_APP_SECRET và ZALO_OA_HOOK_SECRET khi CHANNELS có zalo_oa"),
        "not_a_token": _("là một số, dấu hai chấm và chuỗi bí mật; chép lại từ @BotFather"),
    }.get(problem.kind, problem.kind)
    return _("Thiết lập {name} sai: {hint}.", name=problem.name, hint=hint)


@contextmanager
def _database(settings: Settings, to: str = "head") -> Iterator["Database"]:
    """The database, migrated; closed at the end."""
    from sqlalchemy.exc import OperationalError

    from db import migrate as migrations
    from db.database import Database

    database = Database(settings.database_url)
    try:
        migrations.to(database.engine, to)
    except OperationalError:
        _fail(_("Thiết lập DATABASE_URL sai: không mở được cơ sở dữ liệu; xem lại tên, thư mục và quyền."))
    except migrations.NoSuchRevision:
        _fail(_("Không có bản {name} của cơ sở dữ liệu.", name=repr(to)))
    try:
        yield database
    finally:
        database.close()


def _now(settings: Settings) -> datetime:
    return datetime.now(settings.zone)  # noqa: TID251 - the shell reads the clock


def _moment(at: str, settings: Settings) -> datetime:
    try:
        moment = datetime.fromisoformat(at) if at else _now(settings)
    except ValueError:
        _fail(_("{at} không phải một thời điểm. Viết như 2026-11-25T19:30:00+07:00.", at=repr(at)))
    return moment if moment.tzinfo else moment.replace(tzinfo=settings.zone)


def _log(settings: Settings) -> None:
    logging.basicConfig(level=settings.log_level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for noisy in ("alembic", "apscheduler", "httpx", "httpcore", "aiogram", "telegram", "asyncio"):
        # These tell each tick or each address they call, and Telegram's address holds the token.
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _serve(app: "App", lines: list[str]) -> None:
    async def until_ended() -> None:
        serving = asyncio.ensure_future(app.run(ready=lambda: typer.echo("\n".join(lines))))
        # A service manager ends us as Ctrl+C does, also where a shell started us with SIGINT ignored.
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, serving.cancel)
        await serving

    try:
        asyncio.run(until_ended())
    except OSError as error:
        _fail(_("Thiết lập HOST, PORT sai: không dùng được địa chỉ này ({error}).", error=error.strerror))
    except (KeyboardInterrupt, asyncio.CancelledError):
        typer.echo(_("Tạm biệt!"))


def _print_json(facts: dict[str, object]) -> None:
    """One object on a line of its own, in UTF-8 whatever the terminal's letters are."""
    typer.echo(json.dumps(facts, ensure_ascii=False).encode())


def _fail(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(2)


if __name__ == "__main__":
    shell()
