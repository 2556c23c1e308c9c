"""Cards to join a class, drawn from its list: a QR code and the same code in letters, one for each pupil."""

import io
from dataclasses import dataclass
from typing import Any

import segno

from bot.media import drawing
from bot.rules import codes
from bot.texts import _, locale, manner_for, speaking
from db.store import Store


@dataclass(frozen=True, slots=True)
class Card:
    """One pupil's card; `name` is the nickname, "" where the pupil has none yet."""

    pupil: str
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cards of one class."""

    school: str
    room: str
    cards: tuple[Card, ...]


def asked(store: Store, unit_id: int, listed_id: int = 0) -> Sheet:
    """The unused cards of a class, or only that of one pupil."""
    room = store.unit(unit_id)
    school = store.unit(room.parent_id).name if room.parent_id is not None else ""
    found = [
        Card(pupil.code, pupil.nickname, card.code)
        for pupil, card in store.join_cards(unit_id)
        if listed_id in (0, pupil.id)
    ]
    return Sheet(school, room.name, tuple(found))


def drawn(sheet: Sheet, site: str) -> bytes:
    """The cards as a PDF, eight to a page; `site` is where the web chat is. CannotDraw where typst is missing."""
    return drawing.pdf("join", data(sheet, site))


def data(sheet: Sheet, site: str) -> dict[str, Any]:
    """What the template draws, in the language being spoken, to a pupil."""
    with speaking(manner_for(locale(), "em", "pupil")):
        return {
            "lang": locale(),
            "title": _("Thẻ vào lớp · Học Vụ Số"),
            "school": sheet.school,
            "room": sheet.room,
            "how": _("Quét mã, hoặc bấm “Em là học sinh” và nhập mã trên ở trang:"),
            "site": site.removeprefix("https://").removeprefix("http://"),
            "once": _("Thẻ của riêng em, dùng một lần. Mất thẻ, em xin thầy cô thẻ mới."),
            "cards": [_drawn(site, card) for card in sheet.cards],
        }


def _drawn(site: str, card: Card) -> dict[str, str]:
    drawn = io.BytesIO()
    square = segno.make(link(site, card.code), error="m", micro=False)
    square.save(drawn, kind="svg", xmldecl=False, nl=False, omitsize=True, border=2)
    return {
        "pupil": card.pupil,
        "name": card.name,
        "code": codes.spaced(card.code),
        "qr": drawn.getvalue().decode(),
    }


def link(site: str, code: str) -> str:
    """Where a QR code leads."""
    return f"{site}/?join={code}"
