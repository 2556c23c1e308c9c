"""Reports in the chat: the numbers, the documents, sending them up, and who above is still waited for."""

from datetime import date, timedelta

from bot.port import Choice, Reply
from bot.rules import period, tally
from bot.rules.period import Kind, Period
from bot.rules.tally import Figures, Share
from bot.texts import _, counted, number, percent, short_day
from db.models import Report, Unit
from handlers import classroom, home
from handlers.reports import figures, mooc, official, sending
from handlers.reports.figures import Counted
from handlers.turn import Turn

# So long a link to a document or page can be opened.
LINK_DAYS = 14
# More classes than these are not counted while somebody waits for an answer: their documents are.
MOST_CLASSES = 60


def own(turn: Turn) -> Unit | None:
    """The unit that the person reports for."""
    return classroom.reached(turn, "counts")


def show(turn: Turn, name: str = "") -> list[Reply]:
    """The report of a period in a few lines, and what can be done with it; the month so far, unless said."""
    unit = own(turn)
    if unit is None:
        return home.unknown(turn)
    over = _period(turn, unit, name) or period.month(turn.today, turn.store.reporting(unit.id).closes)
    if classroom.has_no_pupils(unit):
        return [*classroom.without_pupils(unit), *home.menu(turn)]
    if len(turn.store.branch(unit.id).classes) > MOST_CLASSES:
        said = _of_many(turn, unit, over)
    else:
        said = lines(figures.counted(turn.store, unit.id, over, turn.now))
    sent = turn.store.versions_sent(unit.id, over.kind, over.first, over.last)
    if sent:
        said.append(_standing(sent[-1]))
    choices = [Choice(_("Tệp và bản in"), f"papers:{over.name}")]
    choices += [Choice(_("Gửi lên trên"), f"submit:{over.name}")] if unit.parent_id and over.last < turn.today else []
    choices += [Choice(_("Ai đã nộp"), f"board:{over.name}")] if unit.kind != "class" else []
    choices += [Choice(_("Kỳ trước"), f"report:{_before(turn, unit, over).name}"), Choice(_("Kỳ khác"), "periods")]
    return [Reply("\n".join(said), tuple(choices))]


def _of_many(turn: Turn, unit: Unit, over: Period) -> list[str]:
    """Of very many classes: the sum of what was sent up, which is quick; all of them are counted for the documents."""
    found = sending.board(turn.store, unit, over, turn.now)
    counting = [place for place in found.received if place.report and place.report.state != "returned"]
    said = [
        _("{unit}, {period}:", unit=unit.name, period=said_period(over)),
        _("Nhiều lớp quá nên {me} chưa cộng ngay được; số liệu đủ ở trong tệp và trang, {you} bấm “Tệp và bản in” ạ."),
    ]
    if counting:
        said.insert(1, _sum(found.figures, len(counting), len(found.places)))
    return said


def _sum(of: Figures, received: int, expected: int) -> str:
    return _(
        "Cộng {received}/{expected} báo cáo đã nhận: {part}/{size} em, {people} người thân, {sessions} buổi ({method}).",
        received=received,
        expected=expected,
        part=number(of.pupils.count),
        size=number(of.size),
        people=number(of.people.count),
        sessions=number(of.sessions),
        method=method(of.managed),
    )


def lines(found: Counted) -> list[str]:
    """The counts of a period, one idea a line, with method and coverage."""
    now = found.figures
    return [
        _("{unit}, {period}:", unit=found.unit.name, period=said_period(found.period)),
        _(
            "{part}/{size} em ({share}) đã giúp ít nhất 1 người thân ({method}).",
            part=number(now.helped.part),
            size=number(now.helped.whole),
            share=percent(now.helped.part, now.helped.whole),
            method=method(now.helped),
        ),
        _(
            "{people} người thân, trong đó {elders} người từ 60 tuổi; {alone} người tự làm được.",
            people=number(now.people.count),
            elders=official.few(found, now.elders.count),
            alone=official.few(found, now.alone_people.count),
        ),
        _(
            "{sessions} buổi, {minutes} phút ({method}).",
            sessions=number(now.sessions),
            minutes=number(now.minutes),
            method=method(now.managed),
        ),
        *_course(found),
        *_difficulties(found),
        *([counted("Trong đó {n} buổi chi đội trưởng ghi từ sổ giấy.", now.on_paper)] if now.on_paper else []),
    ]


def _course(found: Counted) -> list[str]:
    """How many said where they stand with the national course, where anybody did."""
    told = found.course.shown(found.unit.kind != "class")
    if not any(one.said for _kind, one in told):
        return []
    said = [f"{number(one.said)}/{mooc.kind_name(kind, one.people)}" for kind, one in told]
    compared = counted("thầy cô đã đối chiếu {n} người", sum(one.compared for _kind, one in told))
    return [_("Khóa học quốc gia, đã tự khai: {said}; {compared}.", said=", ".join(said), compared=compared)]


def _difficulties(found: Counted) -> list[str]:
    """How often somebody got stuck, and what pupils asked, where there is any; what they asked stays with the teacher."""
    said, asked = [], found.asked
    if stuck := found.figures.of(tally.STUCK):
        said.append(counted("{n} buổi bị vướng.", stuck))
    if official.few_asked(found):
        said.append(_("Có ít em hỏi thầy cô nên không hiện số."))
    elif asked.questions:
        numbers = {"answered": number(asked.answered), "waiting": number(asked.waiting)}
        said.append(
            counted(
                "{n} câu các em hỏi thầy cô: đã trả lời {answered}, đang chờ {waiting}.", asked.questions, **numbers
            )
        )
    return said


def method(share: Share) -> str:
    """ "tự khai 10, xác nhận 8, đối chiếu 5"."""
    return _(
        "tự khai {told}, xác nhận {confirmed}, đối chiếu {checked}",
        told=number(share.told),
        confirmed=number(share.confirmed),
        checked=number(share.checked),
    )


def said_period(over: Period) -> str:
    """ "tháng 11/2026", "tuần 16/11–22/11", "quý 4/2026", "1/11–20/11"."""
    dates = f"{short_day(over.first)}–{short_day(over.last)}"
    if over.kind == "month":
        return _("tháng {month}/{year}", month=over.last.month, year=over.last.year)
    if over.kind == "quarter":
        return _("quý {quarter}/{year}", quarter=(over.last.month + 2) // 3, year=over.last.year)
    if over.kind == "week":
        return _("tuần {dates}", dates=dates)
    return dates if over.first.year == over.last.year else f"{over.first:%d/%m/%Y}–{over.last:%d/%m/%Y}"


def periods(turn: Turn) -> list[Reply]:
    """Which period; any days can be typed."""
    unit = own(turn)
    if unit is None:
        return home.unknown(turn)
    closes = turn.store.reporting(unit.id).closes
    turn.person.doing = "report_days"
    kinds: tuple[tuple[str, Kind], ...] = (
        (_("Tuần này"), "week"),
        (_("Tháng này"), "month"),
        (_("Quý này"), "quarter"),
        (_("Cả năm học"), "year"),
    )
    return [
        Reply(
            _("{You} chọn kỳ, hoặc nhắn hai ngày, ví dụ 01/11/2026 - 20/11/2026."),
            tuple(Choice(label, f"report:{period.of(kind, turn.today, closes).name}") for label, kind in kinds),
            menu=True,
        )
    ]


def typed_days(turn: Turn) -> list[Reply]:
    """Two days in words: "01/11/2026 - 20/11/2026"."""
    unit = own(turn)
    over = _days(turn.said, turn.today)
    if unit is None or over is None:
        return [Reply(_("{Me} chưa đọc được hai ngày ấy. {You} nhắn như 01/11/2026 - 20/11/2026 nhé."))]
    turn.person.doing = ""
    return show(turn, over.name)


def _days(said: str, today: date) -> Period | None:
    found = []
    for word in said.replace("-", " ").replace("–", " ").split():
        parts = word.split("/")
        if len(parts) not in (2, 3) or not all(part.isdigit() for part in parts):
            continue
        day, month, year = (*map(int, parts), today.year)[:3]
        try:
            found.append(date(year, month, day))
        except ValueError:
            return None
    return period.days(found[0], found[1]) if len(found) == 2 and found[0] <= found[1] else None


def book(turn: Turn) -> list[Reply]:
    """The logbook of the class, this month so far."""
    unit = own(turn)
    if unit is None or unit.kind != "class":
        return home.unknown(turn)
    over = period.month(turn.today, turn.store.reporting(unit.id).closes)
    return _papers(turn, unit, over)


def papers(turn: Turn, name: str) -> list[Reply]:
    """The documents of a period, and the page with the same numbers."""
    unit = own(turn)
    over = _period(turn, unit, name) if unit else None
    return _papers(turn, unit, over) if unit and over else home.stale(turn)


def _papers(turn: Turn, unit: Unit, over: Period) -> list[Reply]:
    until = turn.now + timedelta(days=LINK_DAYS)
    is_class = unit.kind == "class"
    media = (
        *(turn.papers.documents(unit.id, "book", over.name, ("xlsx", "pdf"), until) if is_class else ()),
        *turn.papers.documents(unit.id, "report", over.name, ("pdf",) if is_class else ("docx", "pdf", "xlsx"), until),
    )
    back = (Choice(_("Xem báo cáo này"), f"report:{over.name}"), Choice(_("Trang chính"), "home"))
    if not media:
        return [Reply(_("Máy chủ chưa tạo được tệp. {You} nhờ người quản trị của trường xem giúp nhé."), back)]
    page = turn.papers.page(unit.id, "report", over.name, until)
    said = _("Tệp của {unit}, {period}.", unit=unit.name, period=said_period(over))
    if page and turn.public_url:
        said += "\n" + _("Trang chỉ để xem: {link}", link=turn.public_url + page)
    said += "\n" + counted("Liên kết dùng được {n} ngày; ai có liên kết đều xem được.", LINK_DAYS)
    return [Reply(said, back, media)]


def submit(turn: Turn, name: str, reason: str = "") -> list[Reply]:
    """Send a report up: frozen as it is now; after the first one only with a reason."""
    unit = own(turn)
    over = _period(turn, unit, name) if unit else None
    if unit is None or over is None or unit.parent_id is None:
        return home.stale(turn)
    sent = sending.send(turn.store, unit, over, turn.person.id, turn.now, reason)
    if sent == "reason":
        turn.person.doing = f"resubmit:{over.name}"
        return [Reply(_("Kỳ này đã gửi rồi. {You} nhắn một câu: vì sao gửi bản mới?"))]
    turn.person.doing = ""
    back = (Choice(_("Xem báo cáo này"), f"report:{over.name}"), Choice(_("Trang chính"), "home"))
    if sent == "same":
        return [Reply(_("Bản đã gửi giống hệt số liệu bây giờ, nên không cần gửi lại."), back)]
    if sent == "early":
        return [Reply(_("Kỳ này chưa hết. {You} gửi sau ngày {day} nhé.", day=short_day(over.last)), back)]
    assert isinstance(sent, Report)
    above = turn.store.unit(unit.parent_id).name
    until = turn.now + timedelta(days=LINK_DAYS)
    media = turn.papers.documents(unit.id, "sent", str(sent.id), ("pdf",), until)
    return [
        Reply(
            _(
                "Đã gửi {above} báo cáo {period}, bản {version}. Bản gửi được giữ nguyên.",
                above=above,
                period=said_period(over),
                version=sent.version,
            ),
            back,
            media,
        )
    ]


def resubmit(turn: Turn, name: str) -> list[Reply]:
    """The reason for a new version, in the person's own words."""
    return submit(turn, name, turn.said)


def board(turn: Turn, name: str) -> list[Reply]:
    """Who has sent a period's report, who is late, and what waits to be approved."""
    unit = own(turn)
    over = _period(turn, unit, name) if unit else None
    if unit is None or over is None or unit.kind == "class":
        return home.stale(turn)
    found = sending.board(turn.store, unit, over, turn.now)
    said = [
        _(
            "{unit}, {period}: đã nhận {received}/{expected} báo cáo, {on_time} đúng hạn (hạn {day}).",
            unit=unit.name,
            period=said_period(over),
            received=len(found.received),
            expected=len(found.places),
            on_time=len(found.on_time),
            day=short_day(found.due),
        )
    ]
    if found.missing:
        names = ", ".join(place.unit.name for place in found.missing)
        said.append(_("Trễ hạn: {names}.", names=names) if found.overdue else _("Chưa nộp: {names}.", names=names))
    if found.received:
        said.append(
            _(
                "Cộng các báo cáo đã nhận: {part}/{size} em, {people} người thân, {sessions} buổi.",
                part=number(found.figures.pupils.count),
                size=number(found.figures.size),
                people=number(found.figures.people.count),
                sessions=number(found.figures.sessions),
            )
        )
    waiting = [
        Choice(_("Xem {unit}", unit=place.unit.name), f"received:{place.report.id}")
        for place in found.waiting[:3]
        if place.report
    ]
    return [Reply("\n".join(said), (*waiting, Choice(_("Xem báo cáo này"), f"report:{over.name}")))]


def received(turn: Turn, report_id: str) -> list[Reply]:
    """A report from below, as it was sent, to approve or return."""
    unit = own(turn)
    report = turn.store.report(int(report_id))
    if unit is None or report is None or turn.store.unit(report.unit_id).parent_id != unit.id:
        return home.stale(turn)
    found = sending.opened(report).figures
    over = Period(report.kind, report.first, report.last)  # type: ignore[arg-type]  # written by us
    said = [
        _(
            "{unit}, {period}, bản {version}:",
            unit=turn.store.unit(report.unit_id).name,
            period=said_period(over),
            version=report.version,
        ),
        _(
            "{part}/{size} em, {people} người thân, {sessions} buổi ({method}).",
            part=number(found.pupils.count),
            size=number(found.size),
            people=number(found.people.count),
            sessions=number(found.sessions),
            method=method(found.managed),
        ),
        *([_("Lý do gửi bản mới: {reason}", reason=report.reason)] if report.reason else []),
        _standing(report),
    ]
    until = turn.now + timedelta(days=LINK_DAYS)
    media = turn.papers.documents(report.unit_id, "sent", str(report.id), ("pdf",), until)
    decide = (Choice(_("Duyệt"), f"approve:{report.id}"), Choice(_("Trả lại"), f"return:{report.id}"))
    choices = (*(decide if report.state == "sent" else ()), Choice(_("Ai đã nộp"), f"board:{over.name}"))
    return [Reply("\n".join(said), choices, media)]


def approve(turn: Turn, report_id: str) -> list[Reply]:
    """Approve a report, which locks its period."""
    return _decided(turn, report_id, "")


def send_back(turn: Turn, report_id: str) -> list[Reply]:
    """Return a report: what is wrong with it is asked first."""
    turn.person.doing = f"return:{report_id}"
    return [Reply(_("{You} nhắn một câu: cần sửa gì?"))]


def returned(turn: Turn, report_id: str) -> list[Reply]:
    """Return a report with these words."""
    turn.person.doing = ""
    return _decided(turn, report_id, turn.said)


def _decided(turn: Turn, report_id: str, answer: str) -> list[Reply]:
    unit = own(turn)
    state: sending.Decision = "returned" if answer else "approved"
    report = sending.decide(turn.store, unit, int(report_id), state, turn.person.id, turn.now, answer) if unit else None
    if report is None:
        return home.stale(turn)
    over = Period(report.kind, report.first, report.last)  # type: ignore[arg-type]  # written by us
    name = turn.store.unit(report.unit_id).name
    said = (
        _("Đã trả lại báo cáo của {unit}.", unit=name)
        if answer
        else _("Đã duyệt và khóa báo cáo của {unit}.", unit=name)
    )
    return [Reply(said, (Choice(_("Ai đã nộp"), f"board:{over.name}"),))]


def _standing(report: Report) -> str:
    """Where a sent report stands."""
    if report.state == "approved":
        return _("Bản {version} đã được duyệt và khóa; sửa thì gửi bản mới kèm lý do.", version=report.version)
    if report.state == "returned":
        return _("Bản {version} bị trả lại: {answer}", version=report.version, answer=report.answer)
    return _("Bản {version} đã gửi, đang chờ duyệt.", version=report.version)


def _period(turn: Turn, unit: Unit, name: str) -> Period | None:
    return period.named(name, turn.store.reporting(unit.id).closes) if name else None


def _before(turn: Turn, unit: Unit, over: Period) -> Period:
    return period.before(over, turn.store.reporting(unit.id).closes)
