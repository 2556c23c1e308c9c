"""A person's own data: see it, agree no longer, have it erased."""

from bot.port import Choice, Reply
from bot.texts import _, counted
from handlers import home
from handlers.reports import mooc
from handlers.turn import Turn


def show(turn: Turn) -> list[Reply]:
    """What is kept about the person."""
    person, store = turn.person, turn.store
    course = mooc.standings(store, [person.id])[person.id]
    logs = len(store.own_logs(person.id))
    lines = [
        _("Đang lưu về {you}:"),
        "• " + _("Tên gọi: {name}", name=person.nickname or _("không có")),
        "• " + counted("{n} buổi giúp", logs),
        "• " + counted("{n} bài học đã mở", len(store.progress(person.id))),
        "• "
        + counted(
            "{n} lịch nhắc",
            len(store.dues(person.id, "practice")) + len(store.dues(person.id, "summary")),
        ),
        "• " + counted("{n} máy người thân đã nối", len(store.kin(person.id))),
        "• " + _("Tự khai về khóa học quốc gia: {state}", state=mooc.state_name(course.state)),
        _("Không lưu tên thật, số điện thoại, căn cước, mật khẩu. {You} xóa hoặc thôi lúc nào cũng được."),
    ]
    choices = [Choice(_("Xóa hết dữ liệu"), "erase"), Choice(_("Để nguyên"), "home")]
    if person.role == "pupil":
        choices.insert(0, Choice(_("Thôi, không ghi nữa"), "unconsent"))
    return [Reply("\n".join(lines), tuple(choices))]


def unconsent(turn: Turn) -> list[Reply]:
    """From now on nothing more is recorded; what was told stays until it is erased."""
    turn.store.withdraw_consent(turn.person.id, turn.now)
    turn.store.drop_dues(turn.person.id)
    turn.store.unlink(turn.person.id, None, turn.now)
    turn.store.leave_role(turn.person.id)
    turn.person.role = turn.person.unit_id = None
    turn.person.doing = turn.person.memory = ""
    said = _("Từ bây giờ mình không ghi nữa. Muốn xóa cả những gì đã ghi, bấm nút dưới đây.")
    return [Reply(said, (Choice(_("Xóa hết dữ liệu"), "erase"), Choice(_("Trang chính"), "home")))]


def erase(turn: Turn, sure: str = "") -> list[Reply]:
    """Delete everything, after a second yes."""
    if sure != "yes":
        ask = _("Xóa hết thì không lấy lại được. {You} chắc chứ ạ?")
        return [Reply(ask, (Choice(_("Xóa hết"), "erase:yes"), Choice(_("Để nguyên"), "home")))]
    turn.store.withdraw_consent(turn.person.id, turn.now)
    turn.store.erase(turn.person.id)
    person = turn.person
    person.role = person.unit_id = None
    person.nickname = person.address = person.doing = person.memory = ""
    return [Reply(_("Đã xóa hết dữ liệu.")), *home.menu(turn)]
