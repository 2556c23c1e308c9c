"""The certificate of thanks at the end of a path."""

import base64
import json
from dataclasses import replace
from pathlib import Path

import pytest

import content
from bot.media.shelf import Shelf
from tests.talk import School, Talk

TT = [slug for slug, lesson in content.lessons().items() if "TT" in lesson.groups]
GROUP = "Tiểu thương"


@pytest.fixture
def stocked(school: School, tmp_path: Path) -> School:
    """The school with an empty shelf, which still draws certificates."""
    school.place = replace(school.place, shelf=Shelf(tmp_path / "media"))
    return school


def walked(talk: Talk, *, but: int = 0) -> Talk:
    """Somebody on the sellers' path who has taken all its lessons but the last ones."""
    with talk.school.database.transaction() as store:
        person = talk.person(store)
        store.choose_group(person.id, "TT")
        for slug in TT[: len(TT) - but]:
            store.lesson_progress(person.id, slug, talk.school.now).finished_at = talk.school.now
    return talk


def known(co: Talk, slug: str) -> str:
    """She knows the lesson, and shows it by a right answer."""
    co.join(f"bai-{slug}")
    co.tap("Cô biết rồi")
    return co.choose(next(choice.value for choice in co.replies[0].choices if is_right(choice.value)))


def is_right(value: str) -> bool:
    _route, slug, number, place = value.split(":")
    return content.lessons()[slug].questions[int(number) - 1].right == int(place)


def on_it(talk: Talk) -> tuple[str, list[str]]:
    """The name and the deeds that the last answer's certificate shows."""
    picture = talk.replies[0].media[0]
    said = picture.url.split("/thanks-")[1].rsplit("-", 1)[0]
    _language, name, deeds, _day = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
    return name, deeds


def test_the_last_lesson_of_the_path_offers_the_certificate(stocked: School) -> None:
    co = walked(stocked.elder("cô"), but=1)
    said = known(co, TT[-1])
    assert f"Cô đã học hết các bài của đường học “{GROUP}” rồi ạ!" in said
    assert "Cháu chỉ in tên lên giấy, không ghi vào sổ." in co.tap("Nhận giấy cảm ơn")
    said = co.say("Nguyễn Thị Hường")
    assert f"Cháu chúc mừng cô đã xong {len(TT)} bài của đường học “{GROUP}”, trong đó 1 bài đã biết từ trước." in said
    assert "không thay cho xác nhận chính thức" in said
    assert on_it(co) == (
        "Nguyễn Thị Hường",
        [f"đã xong {len(TT)} bài của đường học “{GROUP}”", "trong đó 1 bài đã biết từ trước"],
    )
    assert [media.kind for media in co.replies[0].media] == ["picture", "document"]
    assert "Giấy không thay cho xác nhận chính thức" in co.replies[0].media[0].alt
    with stocked.database.transaction() as store:
        person = co.person(store)
    assert "Hường" not in f"{person.nickname}{person.memory}{person.doing}"


def test_the_certificate_is_not_offered_before_nor_again(stocked: School) -> None:
    co = walked(stocked.elder("cô"), but=2)
    for _ in range(2):
        known(co, TT[-2])
        assert "Nhận giấy cảm ơn" not in co.labels
    assert co.say("giay cam on").startswith(f"Còn 1 bài nữa là cô xong đường học “{GROUP}”")
    assert co.labels == ["Học tiếp", "Trang chính"]


def test_a_path_at_its_end_shows_the_way_to_the_certificate(stocked: School) -> None:
    co = walked(stocked.elder("cô"))
    co.say("đường học")
    co.tap("Nhận giấy cảm ơn")
    co.tap("Không ghi tên")
    assert on_it(co)[0] == "Người học Bình dân học vụ số"


def test_a_pupil_is_named_as_they_are_called_here(stocked: School) -> None:
    an = walked(stocked.pupil("An"))
    an.say("/giaycamon")
    assert on_it(an)[0] == "An"


@pytest.mark.parametrize("name", ["0912 345 678", "mật khẩu Hoa2011!", "x" * 41, "Lan <b>", "2026", "😀"])
def test_what_is_no_name_is_asked_again(stocked: School, name: str) -> None:
    co = walked(stocked.elder("cô"))
    co.say("giấy cảm ơn")
    assert name not in co.say(name)
    assert "Không ghi tên" in co.labels
    co.say("Lan")
    assert on_it(co)[0] == "Lan"


def test_a_button_of_another_day_gives_nothing_that_was_not_earned(stocked: School) -> None:
    co = walked(stocked.elder("cô"))
    co.say("giấy cảm ơn")
    with stocked.database.transaction() as store:
        store.choose_group(co.person(store).id, "NCT")
    assert "bài nữa là cô xong đường học “Người cao tuổi”" in co.choose("no_name")


def test_where_nothing_can_be_drawn_the_words_are_said(school: School) -> None:
    co = walked(school.elder("cô"))
    co.say("giấy cảm ơn")
    assert "Cháu chúc mừng cô đã xong" in co.say("Lan")
    assert co.replies[0].media == ()


def test_the_certificate_is_english_for_who_reads_english(stocked: School) -> None:
    guest = walked(stocked.elder("cô"))
    guest.say("/ngonngu")
    guest.tap("English")
    guest.say("certificate")
    said = guest.say("Lan")
    assert f"you completed all {len(TT)} lessons of the path “Market sellers”" in said
    assert "does not replace the official confirmation" in said
    assert f"{stocked.now:%B}" in guest.replies[0].media[0].alt
