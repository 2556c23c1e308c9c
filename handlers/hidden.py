"""Somebody whose words the channel withholds: Zalo does so for children and others it protects."""

from datetime import timedelta

from bot.port import Reply
from bot.texts import _
from handlers import link
from handlers.codes import new_code
from handlers.turn import Turn

LASTS = timedelta(days=1)


def help_out(turn: Turn) -> list[Reply]:
    """A link to our page, where the same person goes on where they are, and a human being to turn to."""
    offered = turn.store.offered_link(turn.person.who_id, turn.now)
    if offered is None or len(offered.code) != link.SENT_LETTERS:
        code = new_code(link.SENT_LETTERS, turn.chance)
        turn.store.offer_link(code, turn.person.who_id, turn.now, turn.now + LASTS)
    else:
        code = offered.code
    said = [
        _("Zalo giữ kín tin của {you} nên {me} không đọc được. {You} không làm gì sai đâu ạ."),
        _(
            "{You} bấm vào đây để nói chuyện tiếp với {me}, mọi thứ đã ghi vẫn còn: {link}",
            link=f"{turn.public_url}/?join={code}",
        ),
        _("Đường dẫn này là của riêng {you}, dùng một lần trong hôm nay; đừng gửi cho ai nhé."),
    ]
    contact = turn.store.contact_at(turn.channel, turn.address)
    if contact:
        said.append(_("Cần người giúp, {you} hỏi {contact}.", contact=contact))
    else:
        said.append(_("Cần người giúp, {you} hỏi thầy cô, người nhà hoặc tổ công nghệ số ở gần nhé."))
    return [Reply("\n".join(said))]
