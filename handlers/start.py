"""Who are you: pupil, learner, teacher or officer, and what we may keep about you."""

import json
from datetime import datetime
from typing import Literal

import content
from bot.menu import page
from bot.port import Choice, Reply
from bot.rules import codes, reminding, rights
from bot.rules.nickname import fault
from bot.texts import N_, _, capital, locale
from db.models import Invitation, Listed
from db.store import Store
from handlers import home, lesson, link, words
from handlers.codes import plain_code
from handlers.turn import Turn

NOTICE = "2026-11-c"  # the version of the notice below; a change of its meaning changes this
LEARNER_ADDRESSES = (N_("bà"), N_("ông"), N_("cô"), N_("bác"), N_("chú"), N_("anh"), N_("chị"), N_("bạn"))
STAFF_ADDRESSES = (N_("cô"), N_("thầy"), N_("anh"), N_("chị"))
SIZES = (("normal", N_("Chữ thường")), ("large", N_("Chữ to")), ("huge", N_("Chữ rất to")))
MOST_TRIES = 5
TOO_OFTEN = N_("{You} thử nhiều mã quá rồi. {You} nghỉ một lát, xem lại mã rồi thử lại nhé.")
LESSON = "bai-"  # a link ?join=bai-cai-vneid


def welcome(turn: Turn, code: str = "") -> list[Reply]:
    """The first words, or the words to somebody who comes back; a link to a lesson opens it for anybody."""
    if (slug := code.lower().removeprefix(LESSON)) != code.lower() and slug in content.lessons():
        return lesson.show(turn, slug)
    if code and (offered := link.sent_alone(turn.store, code, turn.now)) is not None:
        return link.arrived(turn, offered)
    invitation = look_up(turn, code) if code else None
    if invitation == "wait":
        return [Reply(_(TOO_OFTEN)), *home.menu(turn)]
    if turn.person.role and (invitation is None or belongs(turn, invitation)):
        return [Reply(_("Chào {you}, {me} đây ạ.")), *home.menu(turn)]
    if code and invitation is None:
        return [Reply(_("Mã này không đúng hoặc đã hết hạn.")), _who_are_you()]
    if invitation is not None:
        return _one_more(turn, invitation) or accept(turn, invitation)
    hello = _(
        "Chào bạn! Mình là Học Vụ Số, máy trả lời tự động của phong trào “Bình dân học vụ số”. "
        "Mình không bao giờ hỏi mật khẩu, mã OTP hay tiền."
    )
    return [Reply(hello), _who_are_you()]


def look_up(turn: Turn, code: str) -> Invitation | Literal["wait"] | None:
    """The invitation of a code; "wait" where there were too many wrong ones, so that nobody tries them all.

    The own card, scanned again, is no wrong code.
    """
    store, person_id = turn.store, turn.person.id
    if not may_try(store, person_id, turn.now):
        return "wait"
    found = store.invitation(plain_code(code), turn.now)
    if found is None and not _is_own_card(turn, code):
        store.wrong_code(person_id, turn.now, "join")
    return found


def _is_own_card(turn: Turn, code: str) -> bool:
    used = turn.store.any_invitation(plain_code(code))
    listed_id = used.listed_id if used is not None else None
    return listed_id is not None and turn.store.one_listed(listed_id).person_id == turn.person.id


def may_try(store: Store, person_id: int, now: datetime) -> bool:
    """Whether a person may try a code now."""
    mine = store.wrong_codes(now - codes.TRIES_WITHIN, person_id, "join")
    return codes.may_try(mine, store.wrong_codes(now - codes.ALL_WITHIN, kind="join"))


def fits(store: Store, channel: str, address: str, code: str, now: datetime) -> bool:
    """Whether a code is for whoever speaks from this address; who has tried too often learns nothing by it."""
    speaker = store.speaker(channel, address, "")
    if speaker is None or speaker.role is None or not may_try(store, speaker.id, now):
        return True
    invitation = store.invitation(plain_code(code), now)
    if invitation is None:
        return True
    if invitation.listed_id is not None:
        return store.one_listed(invitation.listed_id).person_id == speaker.id
    if _both_staff(speaker.role, invitation.role):
        return True  # one more role of the same person, or a colleague at the same machine: they are asked
    return (speaker.role, speaker.unit_id) == (invitation.role, invitation.unit_id)


def first_words(turn: Turn) -> list[Reply]:
    """What somebody writes who was never here: a code where links carry none, or the wish to be known again."""
    if link.is_wished(turn.said):
        return link.show(turn)
    # Whoever has tried too often is not told whether this is a code; else it is looked up, and counted, in `welcome`.
    is_code = may_try(turn.store, turn.person.id, turn.now) and turn.store.invitation(plain_code(turn.said), turn.now)
    return welcome(turn, turn.said if is_code else "")


def _who_are_you() -> Reply:
    return Reply(
        _("Bạn cho mình biết bạn là ai nhé:"),
        (
            Choice(_("Em là học sinh"), "iam:pupil"),
            Choice(_("Tôi muốn học"), "iam:learner"),
            Choice(_("Tôi là thầy cô"), "iam:teacher"),
            Choice("English", "language:en") if locale() == "vi" else Choice("Tiếng Việt", "language:vi"),
        ),
    )


def _one_more(turn: Turn, invitation: Invitation) -> list[Reply]:
    """Staff who are invited once more keep the role they have; but is it they, or a colleague at the same machine?"""
    if not _both_staff(turn.person.role, invitation.role):
        return []
    ask = _(
        "Máy này đang là của {role}. Lời mời làm {new} cũng là của {you}, phải không ạ? Vai đang có vẫn còn, đổi qua lại được.",
        role=words.own_role(turn),
        new=words.role_in(turn.store, invitation.role, invitation.unit_id),
    )
    return [
        Reply(ask, (Choice(_("Đúng, thêm vai"), f"add_role:{invitation.code}"), Choice(_("Không phải"), "add_role:")))
    ]


def _both_staff(role: str | None, invited: str) -> bool:
    return role in rights.STAFF and invited in rights.STAFF


def add_role(turn: Turn, code: str) -> list[Reply]:
    """Yes, it is the same person: one more role, and they speak in it now. No: the invitation stays unused."""
    if not code:
        return [
            Reply(_("Vậy người được mời mở đường dẫn ấy trên máy của mình nhé. Chung máy này thì nhắn “đổi người”.")),
            *home.menu(turn),
        ]
    invitation = turn.store.invitation(code, turn.now)
    if invitation is None or not _both_staff(turn.person.role, invitation.role):
        return home.stale(turn)
    return _staff_joined(turn, invitation)


def belongs(turn: Turn, invitation: Invitation) -> bool:
    """Whether the person already is what the code would make them."""
    return (turn.person.role, turn.person.unit_id) == (invitation.role, invitation.unit_id)


def iam(turn: Turn, role: str) -> list[Reply]:
    """The person said who they are."""
    if role == "learner":
        return _ask_address("learner", LEARNER_ADDRESSES)
    turn.person.doing = "code"
    turn.person.memory = ""
    if role == "pupil":
        return [Reply(_("Em nhập mã lớp thầy cô phát nhé, ví dụ 7AHM2K9P."))]
    return [Reply(_("Thầy cô nhập mã mời do nhà trường gửi ạ."))]


def code(turn: Turn) -> list[Reply]:
    """A code was typed."""
    invitation = look_up(turn, turn.said)
    if invitation == "wait":
        turn.person.doing = turn.person.memory = ""
        return [Reply(_(TOO_OFTEN)), _who_are_you()]
    if invitation is not None:
        return accept(turn, invitation)
    tries = int(turn.person.memory or 0) + 1
    turn.person.memory = str(tries)
    if tries >= MOST_TRIES:
        turn.person.doing = turn.person.memory = ""
        return [Reply(_("Mã vẫn chưa đúng. Bạn hỏi lại người phát mã rồi quay lại nhé.")), _who_are_you()]
    return [Reply(_("Mình chưa thấy mã này. Bạn xem lại từng chữ rồi nhập lại nhé."))]


def accept(turn: Turn, invitation: Invitation) -> list[Reply]:
    """Start what the invitation is for."""
    if invitation.listed_id is not None:
        pupil = turn.store.one_listed(invitation.listed_id)
        if pupil.person_id not in (None, turn.person.id):
            return _come_back(turn, invitation, pupil)
        if pupil.nickname:
            turn.person.memory = json.dumps({"code": invitation.code})
            return _called(turn, pupil.nickname)
    turn.person.memory = json.dumps({"code": invitation.code})
    if invitation.role == "pupil":
        turn.person.doing = "nickname"
        assert invitation.unit_id is not None
        return [
            Reply(
                _(
                    "Chào em! Đây là {unit}. Mình là Học Vụ Số, máy trả lời tự động. "
                    "Em muốn mình gọi em là gì? Em dùng biệt danh, đừng ghi họ tên đầy đủ nhé.",
                    unit=turn.store.unit(invitation.unit_id).name,
                )
            )
        ]
    turn.person.doing = ""
    addresses = LEARNER_ADDRESSES if invitation.role == "learner" else STAFF_ADDRESSES
    return _ask_address(invitation.role, addresses)


def nickname(turn: Turn) -> list[Reply]:
    """The pupil's nickname; then the notice on data, for the child first."""
    invitation = _pending(turn)
    if invitation is None or invitation.unit_id is None:
        return welcome(turn)
    name = " ".join(turn.said.split())
    if fault(name) is not None:
        return [
            Reply(_("Biệt danh nhiều nhất 20 ký tự, không có số điện thoại hay mật khẩu em nhé. Em chọn tên khác nha."))
        ]
    if name.lower() in turn.store.nicknames(invitation.unit_id):
        return [Reply(_("Lớp mình đã có bạn tên {name} rồi. Em thêm một chữ cho khác nhé.", name=name))]
    return _called(turn, name)


def _called(turn: Turn, name: str) -> list[Reply]:
    turn.person.nickname = name
    turn.person.address = "em"
    turn.store.describe(turn.person)
    turn.person.doing = ""
    return [notice_for_child(name)]


def _come_back(turn: Turn, invitation: Invitation, pupil: Listed) -> list[Reply]:
    """A new card for a pupil who joined before: the same pupil, on another phone."""
    if turn.person.role is not None:
        other = _("Máy này đang có người khác dùng. Em mở thẻ trên trang web nhé: {address}", address=turn.public_url)
        return [Reply(other), *home.menu(turn)]
    assert pupil.person_id is not None
    turn.store.speak_as(turn.person, pupil.person_id)
    if not _both_agree(turn):
        turn.person.memory = json.dumps({"code": invitation.code})
        return _called(turn, turn.person.nickname or pupil.nickname)
    return _joined(turn, invitation)


def _both_agree(turn: Turn) -> bool:
    stand = {found.by for found in turn.store.consents(turn.person.id) if found.withdrawn_at is None}
    return {"child", "guardian"} <= stand


def _joined(turn: Turn, invitation: Invitation) -> list[Reply]:
    """The pupil is in class, and the card is used."""
    if (turn.person.role, turn.person.unit_id) != ("pupil", invitation.unit_id):
        turn.store.take_role(turn.person.id, "pupil", invitation.unit_id, turn.now)
    turn.person.role, turn.person.unit_id = "pupil", invitation.unit_id
    turn.person.doing = turn.person.memory = ""
    turn.store.use_invitation(invitation, turn.now)
    if invitation.listed_id is not None:
        turn.store.change_listed(invitation.listed_id, person_id=turn.person.id, nickname=turn.person.nickname)
    return [Reply(_("Chào {name}, em vào lớp rồi nhé.", name=turn.person.nickname)), *home.menu(turn)]


def notice_for_child(name: str) -> Reply:
    """The one-page notice on data, in a child's words."""
    return Reply(
        "\n".join(
            [
                _("{name} đọc giúp mình nhé:", name=name),
                _("• Mình ghi: biệt danh, lớp, em giúp ai (ví dụ “bà ngoại”), việc gì, bao lâu, làm đến đâu."),
                _("• Nếu em muốn khai: em học khóa quốc gia “Bình dân học vụ số” đến đâu."),
                _(
                    "• Để làm gì: sổ của em và số liệu của lớp. Thầy cô của em xem được; nhà trường và phường chỉ thấy con số."
                ),
                _("• Mình không hỏi tên thật, số điện thoại, căn cước, mật khẩu, vị trí."),
                _(
                    "• Câu nào mình hiểu sai và em sửa lại, mình giữ 6 tháng (đã che số điện thoại, mật khẩu) để hiểu tốt hơn."
                ),
                _("• Giữ đến hết năm học rồi nhà trường xóa. Em xem, sửa, xóa hoặc thôi bất cứ lúc nào: nhắn /dulieu."),
                _(
                    "Theo Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, em và bố mẹ (hoặc người giám hộ) cùng đồng ý thì mình mới ghi."
                ),
                _("Em có đồng ý không?"),
            ]
        ),
        (Choice(_("Em đồng ý"), "agree:child"), Choice(_("Em không đồng ý"), "agree:no")),
    )


def agree(turn: Turn, answer: str) -> list[Reply]:
    """The child's yes, then the guardian's yes; only both together open the logbook."""
    invitation = _pending(turn)
    if invitation is None:
        return welcome(turn)
    if answer == "no":
        return refuse(turn)
    if not turn.person.nickname:
        return accept(turn, invitation)
    if answer == "guardian" and not _child_agrees(turn):
        return [notice_for_child(turn.person.nickname)]
    turn.store.agree(turn.person.id, answer, NOTICE, turn.channel, turn.now)
    if answer == "child":
        return guardian_question()
    _joined(turn, invitation)
    done = _(
        "Cảm ơn phụ huynh! Từ giờ {name} nhắn một câu là ghi được, ví dụ: giúp bà cài VNeID 30p, bà tự làm được.",
        name=turn.person.nickname,
    )
    return [Reply(done), *home.menu(turn)]


def _child_agrees(turn: Turn) -> bool:
    """Whether the child's own yes stands; an old button of the guardian's is no substitute."""
    return any(found.by == "child" and found.withdrawn_at is None for found in turn.store.consents(turn.person.id))


def guardian_question() -> list[Reply]:
    """The same question to the parent, who takes the phone for a moment."""
    question = Reply(
        _(
            "Kính gửi phụ huynh: con mình sẽ ghi lại những buổi giúp người thân học kỹ năng số, "
            "với biệt danh và không có tên thật. Giáo viên chủ nhiệm xem được. Phụ huynh có thể xem, xóa "
            "hoặc rút lại đồng ý bất cứ lúc nào (nhắn /dulieu). Phụ huynh có đồng ý không ạ?"
        ),
        (
            Choice(_("Tôi là phụ huynh, tôi đồng ý"), "agree:guardian"),
            Choice(_("Tôi không đồng ý"), "agree:no"),
        ),
    )
    return [Reply(_("Cảm ơn em. Giờ em đưa máy cho bố, mẹ hoặc người giám hộ nhé.")), question]


def refuse(turn: Turn) -> list[Reply]:
    """No consent: nothing is kept, and the lessons stay open."""
    turn.store.withdraw_consent(turn.person.id, turn.now)
    turn.person.nickname = turn.person.doing = turn.person.memory = ""
    turn.store.describe(turn.person)
    return [
        Reply(
            _("Không sao ạ. Mình không ghi gì cả. Bài học vẫn mở cho mọi người."),
            (Choice(_("Xem bài học"), "topics"), Choice(_("Làm lại từ đầu"), "welcome")),
        )
    ]


def _ask_address(role: str, addresses: tuple[str, ...], start: int = 0) -> list[Reply]:
    known = [Choice(capital(_(name)), f"callme:{role}:{name}") for name in addresses]
    ask = _("Gọi thế nào cho phải ạ? (Bấm chọn là đồng ý lưu cách gọi và bài đã học, không lưu gì khác.)")
    if locale() == "en":  # English has one "you": there is nothing to choose
        return [Reply(ask, (Choice(_("Đồng ý, bắt đầu"), f"callme:{role}:"),))]
    return [Reply(ask, page(known, start, _("Cách gọi khác"), f"callmore:{role}"))]


def callmore(turn: Turn, role: str, start: str) -> list[Reply]:
    """Other ways to be addressed."""
    return _ask_address(role, LEARNER_ADDRESSES, int(start))


def callme(turn: Turn, role: str, address: str) -> list[Reply]:
    """How the person wants to be addressed; for staff the invitation is used now."""
    unit_id, invitation = None, None
    if role != "learner":
        invitation = _pending(turn)
        if invitation is None or invitation.role != role:
            return welcome(turn)
        unit_id = invitation.unit_id
    turn.person.address = address
    turn.store.describe(turn.person)
    turn.store.agree(turn.person.id, "self", NOTICE, turn.channel, turn.now)
    if invitation is not None and role in rights.STAFF:
        return _staff_joined(turn, invitation)
    turn.store.take_role(turn.person.id, role, unit_id, turn.now, beside=rights.STAFF)
    if invitation is not None:
        turn.store.use_invitation(invitation, turn.now)
    turn.person.role, turn.person.unit_id = role, unit_id
    turn.person.doing = turn.person.memory = ""
    return [ask_size(turn)] if role == "learner" and turn.own_screen else home.greeted(turn)


def _staff_joined(turn: Turn, invitation: Invitation) -> list[Reply]:
    """A teacher or officer begins, beside what they are already."""
    turn.store.take_role(turn.person.id, invitation.role, invitation.unit_id, turn.now, beside=rights.STAFF)
    turn.store.use_invitation(invitation, turn.now)
    turn.person.role, turn.person.unit_id = invitation.role, invitation.unit_id
    turn.person.doing = turn.person.memory = ""
    weekday, minute = reminding.SUMMARY_AT
    due_at = reminding.next_time(weekday, minute, turn.now)
    turn.store.add_due("summary", turn.person.id, weekday, minute, due_at)
    return home.greeted(turn)


def ask_size(turn: Turn) -> Reply:
    """How big the letters shall be, on our own page."""
    return Reply(
        home.in_manner(turn, N_("Dạ chào {you}. {You} đọc cỡ chữ nào thì dễ ạ?")),
        tuple(Choice(_(label), f"size:{size}") for size, label in SIZES),
    )


def size(turn: Turn, chosen: str) -> list[Reply]:
    """The text size of the page."""
    turn.person.text_size = chosen
    turn.store.describe(turn.person)
    return home.greeted(turn)


def _pending(turn: Turn) -> Invitation | None:
    """The invitation the person is about to accept, if it still stands."""
    try:
        kept = json.loads(turn.person.memory or "{}").get("code", "")
    except (ValueError, AttributeError):
        return None
    return turn.store.invitation(kept, turn.now) if kept else None
