"""Join cards: eight to a page, nothing cut, every QR code read by another program's eyes."""

import io
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import typst
import zxingcpp
from PIL import Image
from pypdf import PdfReader

from bot.media import drawing, join
from bot.media.drawing import CannotDraw
from bot.media.join import Card, Sheet
from bot.media.shelf import Shelf
from bot.rules import codes
from bot.texts import manner_for, speaking
from tests.bot.media.test_drawing import fonts
from tests.conftest import WEDNESDAY

SITE = "https://hocvuso.truongthcs-nguyenbinhkhiem.edu.vn"
LONGEST = "Nghiêng ngữ khuỷuwww"
ALPHABET = codes.ALPHABET


def sheet(count: int, name: str = "Bống") -> Sheet:
    cards = tuple(Card(f"HS{n:02d}", name, f"K7MPQX{ALPHABET[n % 25]}{ALPHABET[n // 25]}") for n in range(1, count + 1))
    return Sheet("Trường THCS Nguyễn Bỉnh Khiêm, phường Hoa Mai", "Lớp 7A1", cards)


def pages(drawn: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(drawn)).pages]


def seen(cards: Sheet, page: int = 0) -> Image.Image:
    """The page as a printer would show it, at 150 dots an inch."""
    drawn = typst.compile(
        str(drawing.TEMPLATES / "join.typ"),
        root=str(drawing.TEMPLATES),
        font_paths=drawing._letters(),
        sys_inputs={"data": drawing.written(join.data(cards, SITE))},
        format="png",
        ppi=150,
    )
    return Image.open(io.BytesIO(drawn[page] if isinstance(drawn, list) else drawn))


def test_50_pupils_are_seven_pages_of_eight_with_every_word_whole() -> None:
    drawn = join.drawn(sheet(50), SITE)
    found = pages(drawn)
    assert [len(re.findall(r"K7MP QX\w\w", page)) for page in found] == [8, 8, 8, 8, 8, 8, 2]
    for card in sheet(50).cards:
        page = found[int(card.pupil[2:]) // 8 - (int(card.pupil[2:]) % 8 == 0)]
        assert f"{card.pupil} · Bống" in page
        assert codes.spaced(card.code) in page
    assert "Thẻ của riêng em, dùng một lần. Mất thẻ, em xin thầy cô thẻ mới." in found[0]
    assert fonts(drawn) == {"BeVietnamPro-Medium", "BeVietnamPro-ExtraBold"}


def test_every_qr_code_is_read_and_leads_to_its_own_code() -> None:
    cards = sheet(8)
    read = {found.text for found in zxingcpp.read_barcodes(seen(cards))}
    assert read == {f"{SITE}/?join={card.code}" for card in cards.cards}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_longest_names_fit_and_no_ink_leaves_its_card(language: str) -> None:
    long = sheet(2, LONGEST)
    cards = replace(long, room="Lớp 9A1 CHUYÊN", cards=(replace(long.cards[0], pupil="HS-2026-0001"), *long.cards[1:]))
    with speaking(manner_for(language, "")):
        drawn, picture = join.drawn(cards, SITE), seen(cards).convert("L")
    assert LONGEST in pages(drawn)[0]
    # Between the cut lines and the words: 3 mm of paper on all sides of the first card, 10 mm from the edge.
    dot = 150 / 25.4
    left, top, right, bottom = (round(mm * dot) for mm in (10.8, 10.8, 104.2, 78.4))
    band = round(3 * dot)
    for box in (
        (left, top, left + band, bottom),
        (right - band, top, right, bottom),
        (left, bottom - band, right, bottom),
    ):
        assert picture.crop(box).getextrema() == (picture.getpixel((2, 2)),) * 2


@pytest.mark.parametrize("name", ["w" * 90, "chuyển " * 60], ids=["a long word", "many words"])
def test_what_would_be_cut_is_no_card(name: str) -> None:
    with pytest.raises(CannotDraw, match="does not fit"):
        join.drawn(sheet(1, name), SITE)


def test_signs_in_a_name_stay_signs() -> None:
    assert "#let x = [a]" in pages(join.drawn(sheet(1, "#let x = [a]"), SITE))[0]


def test_the_address_of_cards_is_signed_and_ends(tmp_path: Path) -> None:
    shelf, now = Shelf(tmp_path / "media"), WEDNESDAY
    document = shelf.join_cards(7, 0, now + timedelta(hours=2))
    assert document is not None
    name = document.name() or ""
    assert shelf.cards_asked(name, now) == (7, 0)
    assert shelf.cards_asked(name, now + timedelta(hours=3)) is None
    for wrong in (
        name.replace("-7-", "-8-"),
        name.replace("-0-", "-1-"),
        later(name, now),
        name[:-5] + "0.pdf",
        "a.pdf",
    ):
        assert wrong == name or shelf.cards_asked(wrong, now) is None
    assert Shelf(tmp_path / "other").cards_asked(name, now) is None, "another installation has another secret"


def later(name: str, now: datetime) -> str:
    until = str(int((now + timedelta(hours=2)).timestamp()))
    assert until in name
    return name.replace(until, str(int(until) + 86400))


def test_few_drawn_sheets_are_kept_and_nobody_else_may_read_them(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "media")
    kept = [shelf.keep_cards(b"%PDF") for _ in range(9)]
    assert kept[-1] is not None
    assert kept[-1].stat().st_mode & 0o077 == 0
    assert len(list((tmp_path / "media" / "cards").iterdir())) == 5
