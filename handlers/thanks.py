"""A certificate of thanks for who has taken every lesson of their path; it says plainly what it is not."""

import re
import unicodedata

from bot.port import Choice, Reply
from bot.rules.masking import mask
from bot.texts import _, counted
from handlers import home, path
from handlers.turn import Turn

MOST_LETTERS = 40
_NAME = re.compile(r"[^\W\d_]+(?:[ .'-]+[^\W\d_]+)*\.?")


def show(turn: Turn) -> list[Reply]:
    """The certificate, after asking for a name; a pupil has a nickname already."""
    if (left := path.left(turn)) > 0:
        said = counted(
            "Còn {n} bài nữa là {you} xong đường học “{group}”, lúc đó {me} gửi giấy cảm ơn ạ.",
            left,
            group=path.title(turn),
        )
        return [Reply(said, (Choice(_("Học tiếp"), "resume"), Choice(_("Trang chính"), "home")))]
    if turn.person.nickname:
        return _given(turn, turn.person.nickname)
    turn.person.doing = "thanks"
    ask = _(
        "Trên giấy cảm ơn {me} ghi tên {you} thế nào ạ? {You} nhắn tên nhé. {Me} chỉ in tên lên giấy, không ghi vào sổ."
    )
    return [_ask(ask)]


def _ask(words: str) -> Reply:
    return Reply(words, (Choice(_("Không ghi tên"), "no_name"), Choice(_("Trang chính"), "home")))


def named(turn: Turn) -> list[Reply]:
    """A name was written: it goes onto the certificate and is kept nowhere."""
    name = unicodedata.normalize("NFC", turn.said)
    if mask(name).kinds:
        return [home.secret_warning(turn), *show(turn)]
    if len(name) > MOST_LETTERS or not _NAME.fullmatch(name):
        return [_ask(_("Tên chỉ gồm chữ cái, nhiều nhất {most} chữ ạ. {You} nhắn lại nhé.", most=MOST_LETTERS))]
    return _given(turn, name)


def unnamed(turn: Turn) -> list[Reply]:
    """A certificate without a name."""
    return _given(turn, _("Người học Bình dân học vụ số"))


def _given(turn: Turn, name: str) -> list[Reply]:
    if path.left(turn) > 0:
        return show(turn)
    turn.person.doing = turn.person.memory = ""
    deeds = path.deeds(turn)
    said = _("{Me} chúc mừng {you} {deeds}. 🌼", deeds=", ".join(deeds))
    plainly = _("Giấy này để cảm ơn, không thay cho xác nhận chính thức ạ.")
    choices = (Choice(_("Ôn bài"), "review_now"), Choice(_("Bài khác"), "topics"), Choice(_("Trang chính"), "home"))
    return [Reply(f"{said}\n{plainly}", choices, turn.shelf.thanks(name, deeds, turn.today))]
