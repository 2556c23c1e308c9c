"""The main menu of each role, help, language, and what to say to what was not understood."""

from bot.port import Choice, Reply
from bot.rules import rights
from bot.texts import LANGUAGES, N_, _, capital, manner_for, speaking
from handlers import words
from handlers.turn import Turn

# Who sees counts of many classes, and no names.
ABOVE_CLASS = ("organiser", "board", "officer", "admin")

# What help names, each where the table of rights lets one do it.
_COMMANDS: tuple[tuple[rights.Act, str], ...] = (
    ("log", N_("/giup: ghi một buổi giúp")),
    ("log", N_("/so: sổ của em")),
    ("ask", N_("/hoi: hỏi thầy cô")),
    ("counts", N_("/lop: số liệu tuần")),
    ("names", N_("/chitiet: em nào đã ghi, em nào chưa")),
    ("check", N_("/duyet: buổi chờ duyệt")),
    ("check", N_("/kiem: kiểm ngẫu nhiên")),
    ("answer", N_("/cauhoi: câu hỏi của các em")),
    ("goal", N_("/muctieu: mục tiêu của lớp")),
    ("cards", N_("/the: thẻ vào lớp")),
    ("names", N_("/sotheodoi: sổ theo dõi")),
    ("counts", N_("/baocao: báo cáo và bản in")),
    ("announce", N_("/thongbao: gửi thông báo")),
    ("exams", N_("/tuanthi: tuần thi")),
    ("list", N_("/danhsach: nhập danh sách lớp")),
    ("invite", N_("/moi: mời người khác")),
    ("units", N_("/donvi: thôn, tổ công nghệ số")),
    ("counts", N_("/vaitro: các vai của {you}")),
    ("learn", N_("/bai: bài học")),
    ("learn", N_("/on: ôn bài")),
    ("learn", N_("/khoahoc: khóa học quốc gia")),
    ("learn", N_("/nhac: hẹn giờ nhắc")),
    ("learn", N_("/noikenh: dùng thêm kênh khác")),
    ("learn", N_("/dulieu: dữ liệu của {you}")),
    ("learn", N_("/ngonngu: English")),
)
# Whose commands a messenger shows to everybody; the teachers' own are in the help.
_FOR_EVERYBODY: tuple[rights.Act, ...] = ("log", "ask", "learn")


def in_manner(turn: Turn, phrase: str) -> str:
    """A phrase as the person is spoken to from now on, after their address or language changed."""
    with speaking(manner_for(turn.person.locale, turn.person.address, turn.person.role)):
        return _(phrase)


def greeted(turn: Turn) -> list[Reply]:
    """The welcome of somebody who has just said who they are."""
    with speaking(manner_for(turn.person.locale, turn.person.address, turn.person.role)):
        hello = {
            "teacher": _(
                "Dạ chào {you}. Mỗi thứ Hai 9:00 {me} gửi {you} số liệu tuần của lớp. "
                "Việc đầu tiên: {you} bấm “Thẻ vào lớp” để gửi danh sách và in thẻ cho các em."
            ),
            **dict.fromkeys(ABOVE_CLASS, _("Dạ chào {you}. Mỗi thứ Hai 9:00 {me} gửi {you} số liệu tuần của đơn vị.")),
        }.get(
            turn.person.role or "",
            _("Dạ chào {you}. Bấm nhầm cũng không hỏng gì đâu ạ. Ở đây không bao giờ hỏi mật khẩu, mã OTP hay tiền."),
        )
        return [Reply(hello), *menu(turn)]


def in_own_words(turn: Turn) -> list[Reply]:
    """The menu as the person is spoken to from now on."""
    with speaking(manner_for(turn.person.locale, turn.person.address, turn.person.role)):
        return menu(turn)


def menu(turn: Turn) -> list[Reply]:
    """What this person can do, as choices."""
    choices = {
        "pupil": (
            Choice(_("Ghi buổi giúp"), "log"),
            Choice(_("Sổ của em"), "book"),
            Choice(_("Học bài"), "topics"),
            Choice(_("Nhắc em"), "remind"),
            Choice(_("Trợ giúp"), "help"),
        ),
        "learner": (
            Choice(_("Học bài"), "topics"),
            Choice(_("Học tiếp"), "resume"),
            Choice(_("Nhắc học"), "remind"),
            Choice(_("Nối với con cháu"), "kin_list"),
            Choice(_("Trợ giúp"), "help"),
        ),
        "teacher": (
            Choice(_("Tuần của lớp"), "week"),
            Choice(_("Duyệt buổi ghi"), "waiting"),
            Choice(_("Chi tiết lớp"), "class:0"),
            Choice(_("Thẻ vào lớp"), "cards"),
            Choice(_("Trợ giúp"), "help"),
        ),
        **dict.fromkeys(
            ABOVE_CLASS,
            (
                Choice(_("Số liệu tuần"), "week"),
                Choice(_("Báo cáo"), "report"),
                Choice(_("Mời người khác"), "invite"),
                Choice(_("Học bài"), "topics"),
                Choice(_("Trợ giúp"), "help"),
            ),
        ),
    }.get(turn.person.role or "", (Choice(_("Bắt đầu"), "welcome"), Choice(_("Xem bài học"), "topics")))
    ask = {
        "pupil": _("Em nhắn một câu như “giúp bà gọi video 20p, bà tự làm được”, hoặc bấm chọn:"),
        "learner": _("{You} muốn làm gì ạ?"),
    }.get(turn.person.role or "", _("{You} chọn giúp {me} nhé:"))
    if change := _change(turn):
        ask = _("{You} đang là {role}.", role=words.own_role(turn)) + " " + ask
        choices = (*choices[:-1], change)  # help is a word away
    return [Reply(ask, choices, menu=True)]


def _change(turn: Turn) -> Choice | None:
    """One tap to the other role of somebody who has two, or to the list of several."""
    if turn.person.role not in rights.STAFF:
        return None
    others = [role for role in turn.store.roles(turn.person.id, rights.STAFF) if not role.current]
    if len(others) == 1 and others[0].unit_id is not None:
        unit = turn.store.unit(others[0].unit_id)
        same = others[0].unit_id == turn.person.unit_id
        name = words.role(others[0].role, unit.kind) if same else unit.name
        return Choice(
            _("Sang vai ở {unit}", unit=name) if not same else _("Sang vai {role}", role=name), f"role:{others[0].id}"
        )
    return Choice(_("Đổi vai"), "roles") if others else None


def show(turn: Turn) -> list[Reply]:
    """The main menu; whatever was half-done is put away."""
    turn.person.doing = turn.person.memory = ""
    return menu(turn)


def commands() -> tuple[tuple[str, str], ...]:
    """What a messenger shows beside the line where people write: names of commands, and what they do."""
    shown = [_(line) for act, line in _COMMANDS if act in _FOR_EVERYBODY] + [_("/trogiup: trợ giúp")]
    return tuple(
        (name.removeprefix("/"), capital(said)) for name, _colon, said in (one.partition(": ") for one in shown)
    )


def explain(turn: Turn) -> list[Reply]:
    """What can be said here, a line each."""
    role = turn.person.role or "learner"
    known = [line for act, line in _COMMANDS if rights.may_somewhere(role, act)]
    rest = _(
        "“Dừng nhắc” là {me} thôi nhắc, “nghỉ nhắc 1 tuần” hay “nghỉ nhắc đến 5/12” là {me} nghỉ một thời gian, "
        "“giờ yên” để chọn giờ {me} không nhắn."
    )
    said = [_("{You} bấm nút, hoặc nhắn:"), *(f"• {_(line)}" for line in known), rest]
    return [Reply("\n".join(said)), *menu(turn)]


def language(turn: Turn, chosen: str = "") -> list[Reply]:
    """Vietnamese or English from now on."""
    if chosen not in LANGUAGES:
        choices = tuple(Choice(name, f"language:{code}") for code, name in LANGUAGES.items())
        return [Reply(_("{You} muốn dùng tiếng nào ạ?"), choices, menu=True)]
    turn.person.locale = chosen
    turn.store.describe(turn.person)
    with speaking(manner_for(chosen, turn.person.address, turn.person.role)):
        return [Reply(_("Từ giờ mình nói tiếng Việt.")), *menu(turn)]


def unknown(turn: Turn) -> list[Reply]:
    """Words that fit nothing."""
    return [Reply(_("Xin lỗi, {me} chưa hiểu ý {you}.")), *menu(turn)]


def unseen(turn: Turn) -> list[Reply]:
    """A picture, a voice note or a hidden message: nothing of it is kept."""
    return [
        Reply(_("{Me} chưa xem được ảnh hay nghe tiếng nói, và không lưu lại. {You} nhắn chữ hoặc bấm chọn nhé.")),
        *menu(turn),
    ]


def stale(turn: Turn) -> list[Reply]:
    """A button that was never offered, or too long ago."""
    return [Reply(_("Nút này cũ rồi ạ, {you} chọn lại nhé.")), *menu(turn)]


def too_long(turn: Turn, most: int) -> list[Reply]:
    """More words than anybody needs here; nothing of them is kept."""
    return [Reply(_("Tin dài quá, bạn gửi nhiều nhất {most} ký tự nhé.", most=most)), *menu(turn)]


def secret_warning(turn: Turn) -> Reply:
    """A secret was written: it is gone, and what to do now."""
    return Reply(
        _(
            "{You} đừng gửi mật khẩu, mã OTP hay số giấy tờ cho ai nhé, kể cả ở đây. "
            "{Me} đã xóa, không lưu lại. Nếu là mật khẩu thật thì nên đổi mật khẩu khác cho chắc."
        )
    )
