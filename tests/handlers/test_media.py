"""Pictures, voices and pages in the conversation, where they were built; where not, the words are enough."""

from dataclasses import replace
from pathlib import Path

import pytest

import content
from bot import turns
from bot.media import pieces
from bot.media.build import files
from bot.media.shelf import Shelf, put
from tests.talk import School, Talk

SLUG = "chu-to-hon"
TITLE = "Chữ to hơn, màn hình sáng hơn"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with everything of one lesson; what is inside the files matters to nobody here."""
    folder = tmp_path_factory.mktemp("media")
    for piece in pieces.of_lesson(SLUG):
        for name in files(piece):
            put(folder / name, b"made")
    return folder


@pytest.fixture
def stocked(school: School, built: Path) -> School:
    """The school with a full shelf."""
    school.place = replace(school.place, shelf=Shelf(built))
    return school


def at_step(school: School, number: int, channel: str = "telegram", address: str = "bà") -> Talk:
    ba = school.elder(address, channel)
    ba.join(f"bai-{SLUG}")
    ba.tap("Bắt đầu")
    for _ in range(number - 1):
        ba.tap("Tiếp")
    return ba


def kinds(talk: Talk) -> list[str]:
    return [media.kind for reply in talk.replies for media in reply.media]


def test_a_step_has_its_card_and_five_ways_on(stocked: School) -> None:
    ba = at_step(stocked, 2)
    [card] = ba.replies[0].media
    assert (card.kind, card.alt in ba.replies[0].text) == ("picture", True)
    assert ba.labels == ["Tiếp", "Nghe", "Quay lại", "Làm lại từ đầu", "Nghỉ"]


def test_a_step_is_heard_and_heard_again_and_the_way_goes_on(stocked: School) -> None:
    ba = at_step(stocked, 2)
    assert ba.tap("Nghe") == "Nghe bước 2"
    assert kinds(ba) == ["voice"]
    assert ba.labels == ["Tiếp", "Nghe lại", "Quay lại", "Làm lại từ đầu", "Nghỉ"]
    ba.say("nghe lai")
    assert kinds(ba) == ["voice"]
    assert ba.say("1").startswith("Bước 3/5.")


def test_on_our_page_the_voice_comes_with_the_step_and_the_page_has_the_button(stocked: School) -> None:
    ba = at_step(stocked, 2, channel="web")
    assert kinds(ba) == ["picture", "voice"]
    assert ba.labels == ["Tiếp", "Quay lại", "Làm lại từ đầu", "Nghỉ"]


def test_what_to_remember_is_heard_before_the_question(stocked: School) -> None:
    ba = at_step(stocked, 5)
    ba.tap("Tiếp")
    ba.tap("Làm được")
    ba.tap("Nghe điều cần nhớ")
    assert kinds(ba) == ["voice"]
    assert ba.replies[-1].text.startswith("Một câu nhỏ trước khi nghỉ:")
    assert "Nghe điều cần nhớ" not in ba.labels
    on_page = at_step(stocked, 5, channel="web")
    on_page.tap("Tiếp")
    on_page.tap("Làm được")
    assert [media.kind for media in on_page.replies[0].media] == ["voice"]
    assert "Nghe điều cần nhớ" not in on_page.labels


def test_with_four_options_there_is_no_room_to_listen_but_the_way_back_stays(
    stocked: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = content.lessons()[SLUG]
    four = lesson.questions[0].model_copy(update={"options": ("Một", "Hai", "Ba", "Bốn")})
    monkeypatch.setitem(content.lessons(), SLUG, lesson.model_copy(update={"questions": (four,)}))
    ba = at_step(stocked, 5)
    ba.tap("Tiếp")
    ba.tap("Làm được")
    assert ba.labels == ["Một", "Hai", "Ba", "Bốn", "Xem lại bài"]


def test_a_lesson_is_passed_on_as_words_picture_and_page(stocked: School) -> None:
    ba = at_step(stocked, 5)
    ba.tap("Tiếp")
    ba.tap("Làm được")
    question = content.lessons()[SLUG].questions[0]
    ba.tap(question.options[question.right - 1])
    ba.tap("Chia sẻ bài này")
    assert ba.replies[1].text.startswith(f"{TITLE}\n1. ")
    assert [(media.kind, media.alt) for media in ba.replies[2].media] == [
        ("picture", f"Hình cả bài “{TITLE}”"),
        ("document", f"Tờ A5 để in, bài “{TITLE}” (PDF)"),
    ]
    assert ba.labels == ["Bài khác", "Trang chính"]


@pytest.mark.parametrize("channel", ["web", "telegram"])
def test_where_nothing_was_built_the_words_are_enough(school: School, channel: str) -> None:
    ba = at_step(school, 2, channel)
    assert (kinds(ba), ba.labels) == ([], ["Tiếp", "Quay lại", "Làm lại từ đầu", "Nghỉ"])
    assert ba.replies[0].text.startswith("Bước 2/5.")


def test_a_voice_that_is_gone_since_is_the_words_again(stocked: School) -> None:
    ba = at_step(stocked, 2)
    stocked.place = turns.Place("vi", stocked.place.public_url)
    assert ba.tap("Nghe").startswith("Bước 2/5.")
    ba.choose(ba.value("Tiếp"))


def test_no_answer_to_a_question_reads_like_the_way_to_listen() -> None:
    ways = {"nghe", "nghe lại", "nghe điều cần nhớ", "listen", "listen again", "listen to what to remember"}
    vi = [question.options for lesson in content.lessons().values() for question in lesson.questions]
    en = [question.options for lesson in content.translations("en").values() for question in lesson.questions]
    assert [option for options in (*vi, *en) for option in options if option.lower() in ways] == []
