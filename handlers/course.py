"""The national course: what it is, a person's own word on how far they are, and one reminder.

The platform is open to no program, so nothing here is ever more than somebody's word
(https://binhdanhocvuso.gov.vn; docs/decisions/0010).
"""

import re
from datetime import date

import content
from bot.port import Choice, Reply
from bot.rules import course, reminding
from bot.rules.masking import mask
from bot.texts import _, capital, short_day
from handlers import home, quiet, words
from handlers.reports import mooc
from handlers.start import NOTICE
from handlers.turn import Turn

LINK = f"https://{mooc.SITE}"
# Who may give the number of a certificate.
NUMBERED = ("certificate", "seen")
_CERTIFICATE = re.compile(r"(?=[^\d]*\d)[\w][\w./ -]{2,29}")


def mine(turn: Turn) -> list[Reply]:
    """What the platform is, until the person said something; then where they stand by their own word."""
    if not turn.person.role:
        return [*_about(), *home.menu(turn)]
    found = _standing(turn)
    if found.state == "none":
        ask = _("{You} học đến đâu rồi ạ? Bấm chọn là {you} tự khai và đồng ý lưu điều này.")
        return [*_about(), Reply(f"{ask} {_who_sees(turn)}", (*_states(found), *_reminder(found)))]
    told = f"{_told(turn, found)}\n" + _("Trang học: {link}", link=LINK)
    return [Reply(told, (*_states(found), *_reminder(found), Choice(_("Việc khác"), "course+")))]


def about(turn: Turn) -> list[Reply]:
    """What the platform is, and who confirms what."""
    what, honest = _about()
    return [what, Reply(honest.text, (*_lesson(), Choice(_("Khóa học của tôi"), "course_mine"), _home()))]


def _about() -> tuple[Reply, Reply]:
    what = _(
        "Nền tảng quốc gia “Bình dân học vụ số”: {link}. {You} đăng nhập bằng VNeID; bài học theo thứ tự, "
        "xong bài này mới mở bài sau.",
        link=LINK,
    )
    honest = _(
        "Xác nhận là việc của cơ quan phụ trách; khi có, {you} xem trên VNeID của mình. "
        "{Me} không đăng nhập hộ, không hỏi mật khẩu hay mã OTP, và không xác nhận thay được."
    )
    return Reply(what), Reply(honest)


def _lesson() -> tuple[Choice, ...]:
    slug = content.lesson_of_skill().get("MOOC")
    return (Choice(_("Xem bài hướng dẫn"), f"lesson:{slug}"),) if slug else ()


def _home() -> Choice:
    return Choice(_("Trang chính"), "home")


def _who_sees(turn: Turn) -> str:
    return {
        "pupil": _("Thầy cô của em xem được; danh sách nhà trường gửi đi chỉ có mã, không có tên."),
        "learner": _(
            "Nếu {you} nối máy với con cháu thì thầy cô của lớp xem được; danh sách gửi đi chỉ có mã, không có tên."
        ),
    }.get(turn.person.role or "", _("Danh sách nhà trường gửi đi chỉ có mã, không có tên."))


def _told(turn: Turn, found: course.Standing) -> str:
    """ "Bà tự khai: xong khóa (từ 25/11). Thầy cô đã đối chiếu."."""
    since = short_day(found.since.astimezone(turn.now.tzinfo).date()) if found.since else ""
    said = _("{You} tự khai: {state} (từ {day}).", state=mooc.state_name(found.state), day=since)
    if found.certificate:
        said += " " + _("Số chứng nhận: {certificate}.", certificate=found.certificate)
    return f"{said} " + _("Thầy cô đã đối chiếu.") if found.compared else said


def _states(found: course.Standing) -> tuple[Choice, ...]:
    """What else the person may say of themselves, each one tap."""
    return tuple(
        Choice(capital(mooc.state_name(state)), f"course_say:{state}")
        for state in course.STATES
        if state not in ("none", found.state)
    )


def _reminder(found: course.Standing) -> tuple[Choice, ...]:
    """Who has seen the confirmation needs no reminder."""
    return () if found.state == "seen" else (Choice(_("Nhắc một lần"), "course_soon"),)


def say(turn: Turn, state: str) -> list[Reply]:
    """The person's own word; it can be changed at any time, forward or back."""
    if not turn.person.role:
        return home.stale(turn)
    found = _standing(turn)
    if state == found.state:
        return [Reply(_("Điều này {you} đã khai rồi ạ.")), *mine(turn)]
    if not turn.store.course_words([turn.person.id]):
        turn.store.agree(turn.person.id, "self", NOTICE, turn.channel, turn.now)
    turn.store.say_course(turn.person.id, course.known(state), "", turn.now)
    if state == "none":
        return [Reply(_("Đã bỏ lời khai về khóa học. Lúc nào {you} cũng khai lại được.")), *home.menu(turn)]
    said = _("Đã ghi lời {you} tự khai: {state}.", state=mooc.state_name(course.known(state)))
    choices = (*_number(state), *_reminder(_standing(turn)), Choice(_("Đổi lời khai"), "course_mine"), _home())
    return [Reply(f"{said} {_what_next(turn, state)}", choices)]


def _what_next(turn: Turn, state: str) -> str:
    if state == "learning":
        return _("Cứ thong thả, mỗi lần một bài ạ.")
    if state == "finished":
        return _("Giỏi quá ạ! Chứng nhận và xác nhận, {you} tự xem trên nền tảng và trên VNeID nhé.")
    said = _("Chúc mừng {you}! Đừng chụp giấy tờ hay màn hình gửi vào đây nhé.")
    if turn.person.role not in ("pupil", "learner"):
        return said
    return said + " " + _("Muốn thầy cô đối chiếu, {you} cho thầy cô xem tận mắt.")


def _number(state: str) -> tuple[Choice, ...]:
    return (Choice(_("Ghi số chứng nhận"), "course_number"),) if state in NUMBERED else ()


def more(turn: Turn) -> list[Reply]:
    """What is needed seldom: the number of a certificate, what this is, and taking one's word back."""
    what = Choice(_("Khóa học này là gì?"), "course_about")
    choices = (*_number(_standing(turn).state), what, Choice(_("Bỏ lời khai"), "course_say:none"), _home())
    return [Reply(_("{You} muốn làm gì ạ?"), choices)]


def ask_number(turn: Turn) -> list[Reply]:
    """The number on the certificate, for who wants to give it."""
    if _standing(turn).state not in NUMBERED:
        return home.stale(turn)
    turn.person.doing = "course"
    ask = _("{You} nhắn số ghi trên giấy chứng nhận nhé, ví dụ BDHVS-2026/0123. Không phải số căn cước đâu ạ.")
    return [Reply(ask, (Choice(_("Để sau"), "home"),))]


def number(turn: Turn) -> list[Reply]:
    """The number was typed; one that may be an identity or account number is not kept."""
    found = _standing(turn)
    if found.state not in NUMBERED:
        turn.person.doing = ""
        return home.unknown(turn)
    if mask(turn.said).kinds:
        return [home.secret_warning(turn), *ask_number(turn)]
    if not _CERTIFICATE.fullmatch(turn.said):
        return [Reply(_("Số này {me} chưa đọc được.")), *ask_number(turn)]
    turn.person.doing = ""
    turn.store.say_course(turn.person.id, found.state, turn.said.upper(), turn.now)
    return [Reply(_told(turn, _standing(turn))), *home.menu(turn)]


def soon(turn: Turn) -> list[Reply]:
    """When to remind, once."""
    if not _wants(turn):
        return home.stale(turn)
    group = reminding.audience(turn.person.role, turn.person.address)
    choices = tuple(
        Choice(_("Nhắc {when}", when=words.near_moment(turn, moment)), f"course_at:{moment:%Y-%m-%d:%H%M}")
        for moment in reminding.once(group, turn.now)
    )
    return [Reply(_("{Me} nhắc {you} một lần, lúc nào thì tiện ạ?"), (*choices, Choice(_("Không cần"), "home")))]


def _wants(turn: Turn) -> bool:
    """Whether there is still something to remind of."""
    return bool(turn.person.role) and _standing(turn).state != "seen"


def keep(turn: Turn, when: str, at: str) -> list[Reply]:
    """Remind once, then."""
    moment = reminding.at(date.fromisoformat(when), int(at[:2]) * 60 + int(at[2:]), turn.now)
    if moment <= turn.now or not _wants(turn):
        return soon(turn)
    row: dict[str, object] = {
        "key": f"course:{turn.person.id}:{when}:{at}",
        "person_id": turn.person.id,
        "kind": "course",
        "about": moment.isoformat(),
        "urgency": 1,
        "free_at": moment,
        "written_at": turn.now,
    }
    turn.store.write_outbox([row])
    quiet.listen_again(turn, moment)
    done = _("Dạ, {when} {me} nhắc {you} một lần.", when=words.near_moment(turn, moment))
    return [Reply(done), *home.menu(turn)]


def remind(turn: Turn, about: str) -> list[Reply]:
    """The reminder; nothing when there is nothing left to do."""
    if not _wants(turn):
        return []
    found = _standing(turn)
    if found.state in ("none", "learning"):
        ask = _(
            "{You} ơi, đến giờ {you} hẹn học ở {link} rồi ạ. {You} tự đăng nhập bằng VNeID nhé. Học đến đâu, {you} bấm cho {me} biết.",
            link=LINK,
        )
    else:
        ask = _(
            "{You} ơi, đến giờ {you} hẹn xem chứng nhận và xác nhận rồi ạ. {You} tự mở {link} và VNeID nhé. Thấy gì, {you} bấm cho {me} biết.",
            link=LINK,
        )
    return [Reply(ask, (*_states(found), Choice(_("Nhắc lần khác"), "course_soon")))]


def _standing(turn: Turn) -> course.Standing:
    return mooc.standings(turn.store, [turn.person.id])[turn.person.id]
