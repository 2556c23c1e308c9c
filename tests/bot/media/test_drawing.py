"""Every card and page is whole: no text is cut, no letter comes from another font."""

import re
import unicodedata
import zlib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

import content
from bot.media import drawing, pieces
from bot.media.drawing import CannotDraw
from bot.media.pieces import Drawing
from bot.texts import manner_for, speaking
from content.schema import MESSAGE_LENGTH
from tests.bot.media.png import pixels, size

PLAINLY = "Giấy không thay cho xác nhận chính thức của cơ quan có thẩm quyền."
HARD = "Nghiêng ngữ cậu khuỷu tay, chuyển khoảng trường mậu dịch Nguyễn → "


def drawn(pieces_: Iterable[Drawing]) -> list[bytes]:
    """As PDF, which is laid out like the picture and costs a fifth of it."""
    with ThreadPoolExecutor(2) as workers:
        return list(workers.map(lambda piece: drawing.pdf(piece.template, piece.data), pieces_))


def fonts(page: bytes) -> set[str]:
    """The fonts inside a PDF."""
    found = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", page))
    for start in re.finditer(rb"stream\r?\n", page):
        try:
            packed = zlib.decompressobj().decompress(page[start.end() :])
        except zlib.error:
            continue
        found |= set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+([\w-]+)", packed))
    return {name.decode() for name in found}


def in_english(slug: str) -> Iterable[Drawing]:
    with speaking(manner_for("en", "")):
        yield from (pieces.page(slug), pieces.picture(slug))


def longest(language: str) -> str:
    """The slug of the lesson with most letters."""
    if language == "en":
        return max(content.translations("en").items(), key=lambda pair: sum(map(len, pair[1].steps)))[0]
    return max(content.lessons().items(), key=lambda pair: sum(len(step.text) for step in pair[1].steps))[0]


def card(text: str, title: str = "Kết nối Wi-Fi") -> dict[str, object]:
    with speaking(manner_for("vi", "bà")):
        return {**pieces.card("wifi", 1).data, "title": title, "text": text, "note": "(Tên mục có thể khác theo máy.)"}


def test_every_step_of_every_lesson_fits_on_its_card_in_our_letters() -> None:
    with speaking(manner_for("vi", "bạn")):
        cards = [
            pieces.card(slug, n) for slug, lesson in content.lessons().items() for n in range(1, len(lesson.steps) + 1)
        ]
    assert set().union(*map(fonts, drawn(cards))) == {"BeVietnamPro-Medium", "BeVietnamPro-ExtraBold"}


def test_the_longest_lessons_fit_on_one_page_and_one_picture() -> None:
    with speaking(manner_for("vi", "bà")):
        whole = [pieces.page(longest("vi")), pieces.picture(longest("vi"))]
    pages = drawn([*whole, *in_english(longest("en"))])
    assert [len(re.findall(rb"/Type\s*/Page\b", page)) for page in pages] == [1, 1, 1, 1]


def test_a_step_as_long_as_the_schema_allows_fits() -> None:
    text = (HARD * 9)[:MESSAGE_LENGTH]
    assert size(drawing.png("card", card(text, "Nghiêng ngữ cậu khuỷu tay, chuyển khoảng trường mậu dịch Nguy"))) == (
        1080,
        1350,
    )


def test_a_lesson_as_long_as_the_schema_allows_is_not_cut() -> None:
    text = (HARD * 9)[:MESSAGE_LENGTH]
    with speaking(manner_for("vi", "bà")):
        data = {**pieces.page("wifi").data, "steps": [text] * 5}
    data["warning"] = data["mistake"] = {"name": "Nhớ nhé:", "text": text}
    assert size(drawing.png("whole", {**data, "shape": "picture"})) == (1080, 1350)
    assert len(re.findall(rb"/Type\s*/Page\b", drawing.pdf("whole", data))) == 2, "big type flows onto a second page"


@pytest.mark.parametrize("text", ["dài " * 300, "dichvucong" * 9], ids=["too much", "one long word"])
def test_what_would_be_cut_is_an_error_and_no_picture(text: str) -> None:
    with pytest.raises(CannotDraw, match="does not fit"):
        drawing.png("card", card(text))


def test_no_ink_touches_the_edge_of_the_fullest_card() -> None:
    rows = pixels(drawing.png("card", card((HARD * 9)[:MESSAGE_LENGTH]), dots=24))
    paper = rows[-1][:4]
    body = rows[115:]  # below the green head
    edge = 4 * 20  # 20 of 360 pixels: a margin of 60 on the card
    assert {row[at : at + 4] for row in body for at in (*range(0, edge, 4), *range(len(row) - edge, len(row), 4))} == {
        paper
    }
    assert {row[at : at + 4] for row in body[-10:] for at in range(0, len(row), 4)} == {paper}


def test_marks_typed_apart_are_drawn_together() -> None:
    apart = unicodedata.normalize("NFD", "Chữ ậ, ỗ, ữ: đừng để dấu rơi.")
    assert drawing.png("card", card(apart)) == drawing.png("card", card(unicodedata.normalize("NFC", apart)))


def test_signs_in_a_text_stay_signs() -> None:
    assert drawing.pdf("card", card('#panic("x") *đậm* _nghiêng_ $1$ [ngoặc] @tên <nhãn> \\ "trích"'))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_certificate_says_plainly_what_it_is_not(language: str) -> None:
    with speaking(manner_for(language, "bà")):
        thanks = pieces.thanks("Bà Nguyễn Thị Hường", ("đã học xong 12 bài",), date(2026, 11, 25), "png")
    assert ("does not replace the official confirmation" if language == "en" else PLAINLY) in str(
        thanks.data["plainly"]
    )
    assert str(thanks.data["plainly"]) in thanks.alt
    assert fonts(drawn([thanks])[0]) == {"BeVietnamPro-Medium", "BeVietnamPro-ExtraBold"}


def test_the_longest_name_and_the_longest_deeds_fit_on_a_certificate() -> None:
    deed = (HARD * 3)[:120]
    with speaking(manner_for("vi", "")):
        thanks = pieces.thanks((HARD * 2)[:60], (deed,) * 4, date(2026, 11, 25), "pdf")
    assert drawn([thanks])
