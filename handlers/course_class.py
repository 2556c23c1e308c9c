"""The national course in a class, for its teacher, and in a tree of units, for an officer."""

from collections.abc import Sequence
from datetime import timedelta

from bot.port import Choice, Reply
from bot.rules import rights
from bot.texts import _, counted, manner_for, short_day, speaking
from db.models import Unit
from handlers import classroom, home, words
from handlers import course as own
from handlers.reports import mooc
from handlers.turn import Turn

PAGE = 4
COPIED = 10  # rows a message: some 1,400 characters, which every channel takes


def show(turn: Turn) -> list[Reply]:
    """A teacher sees the class first, an officer the counts, everybody else their own."""
    if turn.person.role == "teacher" and (unit := _unit(turn)):
        return _class(turn, unit)
    if turn.person.role in home.ABOVE_CLASS and (unit := _unit(turn)) and not classroom.has_no_pupils(unit):
        return _tree(turn, unit)
    return own.mine(turn)


def _class(turn: Turn, unit: Unit) -> list[Reply]:
    learners = mooc.rows(turn.store, unit)
    listed = (Choice(_("Xem từng người"), "course_list:0"),) if _told(learners) else ()
    copied = (Choice(_("Danh sách gửi đi"), "course_copy:0"),) if mooc.said(learners) else ()
    lines = [_("{unit}: khóa học trên {site}", unit=unit.name, site=mooc.SITE), *_counts(turn, [unit]), _method()]
    mine = Choice(_("Khóa học của tôi"), "course_mine")
    return [Reply("\n".join(lines), (*listed, *copied, mine, Choice(_("Trang chính"), "home")))]


def copy(turn: Turn, start: str) -> list[Reply]:
    """The rows of danh_sach_mooc.csv as words to copy, some at a time: the same codes, no names."""
    unit = _unit(turn)
    if unit is None or turn.person.role != "teacher":
        return home.stale(turn)
    with speaking(manner_for("vi", "")):  # the office that asks for the list reads Vietnamese
        cells = mooc.table(unit, mooc.rows(turn.store, unit), turn.now.tzinfo)
    if not cells:
        return _class(turn, unit)
    first = int(start) if int(start) < len(cells) else 0
    following = first + COPIED if first + COPIED < len(cells) else 0
    onward = (Choice(_("Phần tiếp"), f"course_copy:{following}"),) if len(cells) > COPIED else ()
    ask = _("{You} chép đoạn này vào tệp danh_sach_mooc.csv. Chỉ có mã, không có tên.")
    text = "\n".join(mooc.lines(cells[first : first + COPIED]))
    choices = (*onward, Choice(_("Khóa học của lớp"), "course_class"), Choice(_("Trang chính"), "home"))
    return [Reply(ask), Reply(text, choices)]


def _tree(turn: Turn, unit: Unit) -> list[Reply]:
    """Counts only; who is in two classes is one person in the sum."""
    rooms = turn.store.classes_under(unit.id)
    found = [mooc.rows(turn.store, room) for room in rooms]
    if len({learner.id for learners in found for learner in learners}) < rights.FEWEST:
        few = _("{unit} có ít học sinh quá nên không hiện số.", unit=unit.name)
        return [Reply(few, (Choice(_("Khóa học của tôi"), "course_mine"), Choice(_("Trang chính"), "home")))]
    several = len({room.parent_id for room in rooms}) > 1
    lines = [_("{unit}: khóa học trên {site}", unit=unit.name, site=mooc.SITE), *_counts(turn, rooms, above=True)]
    small = rights.hidden(len(learners) for learners in found)
    for place, (room, learners) in enumerate(zip(rooms, found, strict=True)):
        if place in small:
            lines.append("• " + _("{unit}: ít em nên không hiện số", unit=room.name))
            continue
        school = f", {turn.store.unit(room.parent_id).name}" if several and room.parent_id else ""
        said = sum(learner.standing.state != "none" for learner in learners)
        line = _("{unit}: {part}/{size} người đã khai", unit=room.name + school, part=said, size=len(learners))
        lines.append(f"• {line}")
    choices = (Choice(_("Khóa học của tôi"), "course_mine"), Choice(_("Trang chính"), "home"))
    return [Reply("\n".join([*lines, _method()]), choices)]


def _counts(turn: Turn, rooms: Sequence[Unit], above: bool = False) -> list[str]:
    """A line each for pupils, their linked relatives and teachers, then how many were compared."""
    found = mooc.counts(turn.store, [room.id for room in rooms], turn.now + timedelta(seconds=1)).shown(above)
    compared = sum(told.compared for _kind, told in found)
    return [*(_line(kind, told) for kind, told in found), counted("Thầy cô đã đối chiếu: {n} người.", compared)]


def _line(kind: mooc.Kind, told: mooc.Told) -> str:
    """ "• 3 học sinh đã vào lớp: 2 chưa khai · 1 đang học": everybody of a kind, wherever they stand."""
    said = [f"{count} {mooc.state_name(state)}" for state, count in told.states.items() if count]
    return f"• {mooc.kind_name(kind, told.people)}: {' · '.join(said)}"


def _method() -> str:
    return _("(Mỗi người tự khai; “đối chiếu” là thầy cô đã xem tận mắt. Đây không phải xác nhận của cơ quan nào.)")


def listed(turn: Turn, start: str) -> list[Reply]:
    """Who said what, by nickname, those not yet compared first; each with one button."""
    unit = _unit(turn)
    if unit is None or turn.person.role != "teacher":
        return home.stale(turn)
    everybody = sorted(_told(mooc.rows(turn.store, unit)), key=lambda learner: learner.standing.compared)
    if not everybody:
        return _class(turn, unit)
    first = int(start) if int(start) < len(everybody) else 0
    shown = everybody[first : first + PAGE]
    following = first + PAGE if first + PAGE < len(everybody) else 0
    onward = (
        Choice(_("Người khác"), f"course_list:{following}")
        if len(everybody) > PAGE
        else Choice(_("Khóa học của lớp"), "course_class")
    )
    lines = [_("Chỉ đối chiếu khi {you} đã xem tận mắt; không chụp, không giữ giấy tờ."), *_lines(turn, unit, shown)]
    return [Reply("\n".join(lines), (*map(_button, shown), onward))]


def _lines(turn: Turn, unit: Unit, shown: Sequence[mooc.Learner]) -> list[str]:
    return [f"• {_name(learner)}: {_said(turn, learner)} ({mooc.code(unit, learner)})" for learner in shown]


def _said(turn: Turn, learner: mooc.Learner) -> str:
    """ "có chứng nhận, tự khai 25/11, số 0123, thầy cô đã đối chiếu"."""
    standing = learner.standing
    since = short_day(standing.since.astimezone(turn.now.tzinfo).date()) if standing.since else ""
    parts = [mooc.state_name(standing.state), _("tự khai {day}", day=since)]
    if standing.certificate:
        parts.append(_("số {certificate}", certificate=standing.certificate))
    return ", ".join([*parts, *([_("thầy cô đã đối chiếu")] if standing.compared else [])])


def _button(learner: mooc.Learner) -> Choice:
    word = learner.standing.word_id
    if learner.standing.compared:
        return Choice(_("Bỏ đối chiếu {name}", name=_name(learner)), f"course_uncheck:{word}")
    return Choice(_("Đã đối chiếu {name}", name=_name(learner)), f"course_check:{word}")


def _name(learner: mooc.Learner) -> str:
    """ "An", or "bà ngoại của An"."""
    if not learner.relative:
        return learner.nickname
    return _("{relative} của {name}", relative=words.relative(learner.relative), name=learner.nickname)


def check(turn: Turn, word: str) -> list[Reply]:
    """The teacher saw with their own eyes exactly what was listed."""
    learner = _learner(turn, word)
    if learner is None:
        return _moved_on(turn)
    if not learner.standing.compared:
        turn.store.check_course(learner.standing.word_id, turn.person.id, turn.now)
    done = _(
        "Đã ghi: {name}, {state} – thầy cô đối chiếu.",
        name=_name(learner),
        state=mooc.state_name(learner.standing.state),
    )
    undo = Choice(_("Bỏ đối chiếu {name}", name=_name(learner)), f"course_uncheck:{word}")
    return [Reply(done, (undo, Choice(_("Xem tiếp danh sách"), "course_list:0"), Choice(_("Trang chính"), "home")))]


def uncheck(turn: Turn, word: str) -> list[Reply]:
    """The teacher takes a check back; the person's own word stays."""
    learner = _learner(turn, word)
    if learner is None:
        return _moved_on(turn)
    turn.store.uncheck_course(learner.standing.word_id, turn.person.id, turn.now)
    done = _("Đã bỏ đối chiếu {name}; lời tự khai vẫn còn.", name=_name(learner))
    return [Reply(done, (Choice(_("Xem tiếp danh sách"), "course_list:0"), Choice(_("Trang chính"), "home")))]


def _moved_on(turn: Turn) -> list[Reply]:
    if turn.person.role != "teacher":
        return home.stale(turn)
    return [Reply(_("Lời khai này vừa đổi, {you} xem lại danh sách nhé.")), *listed(turn, "0")]


def _learner(turn: Turn, word: str) -> mooc.Learner | None:
    """Whoever of the teacher's class says this word now."""
    unit = _unit(turn)
    if unit is None or turn.person.role != "teacher":
        return None
    told = _told(mooc.rows(turn.store, unit))
    return next((learner for learner in told if learner.standing.word_id == int(word)), None)


def _told(learners: Sequence[mooc.Learner]) -> list[mooc.Learner]:
    """Whom a teacher may compare: pupils and relatives who said something."""
    return [learner for learner in learners if learner.group != "CBGVNV" and learner.standing.state != "none"]


def _unit(turn: Turn) -> Unit | None:
    return turn.store.unit(turn.person.unit_id) if turn.person.unit_id is not None else None
