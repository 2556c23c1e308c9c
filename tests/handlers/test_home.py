"""Help, language, and what was not understood."""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from handlers import ROUTES, home
from handlers.routes import Routes, command
from tests.talk import School, Talk


@pytest.mark.parametrize("said", ["/trogiup", "/help", "trợ giúp", "tro giup", "Trợ giúp!"])
def test_help_is_found_by_command_and_by_plain_words(school: School, said: str) -> None:
    assert "Dừng nhắc" in school.pupil("An").say(said)


@pytest.mark.parametrize(
    ("vietnamese", "english"),
    [
        ("/giup", "/help_log"),
        ("/bai", "/lesson"),
        ("/so", "/logbook"),
        ("/nhac", "/remind"),
        ("/trogiup", "/help"),
        ("/ngonngu", "/language"),
    ],
)
def test_every_command_has_an_english_alias(school: School, vietnamese: str, english: str) -> None:
    an = school.pupil("An")
    assert an.say(vietnamese) == an.say(english)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("who", ["pupil", "teacher", "officer", "elder"])
def test_help_names_only_commands_there_are_and_how_to_be_left_in_peace(
    school: School, who: str, language: str
) -> None:
    people: dict[str, Callable[[], Talk]] = {
        "pupil": school.pupil,
        "teacher": school.teacher,
        "officer": school.officer,
        "elder": school.elder,
    }
    talk = people[who]()
    talk.say("/ngonngu")
    talk.tap({"vi": "Tiếng Việt", "en": "English"}[language])
    said = talk.say("/trogiup")
    named = re.findall(r"^• (/\w+): ", said, re.MULTILINE)
    assert len(named) >= 7
    assert set(named) <= set(ROUTES.names("command"))
    assert ("giờ yên" if language == "vi" else "quiet hours") in said
    for one in named:
        assert not re.search("chưa hiểu|not understand", talk.say(one)), one


def test_the_language_is_switched_and_stays(school: School) -> None:
    an = school.pupil("An")
    an.say("/ngonngu")
    assert "Log a session" in an.tap("English") or "Log a session" in an.labels
    assert an.answer.locale == "en"
    assert "Your log: today" in an.say("helped grandma with zalo call 20 mins, she did it herself") or an.labels
    an.say("/language")
    an.tap("Tiếng Việt")
    assert an.answer.locale == "vi"


def test_what_is_not_understood_gets_the_menu(school: School) -> None:
    an = school.pupil("An")
    assert "chưa hiểu ý em" in an.say("asdf qwer zxcv")
    assert "Ghi buổi giúp" in an.labels


def test_a_picture_is_not_kept_and_answered_kindly(school: School) -> None:
    assert "không lưu lại" in school.elder().send_picture()


def test_a_bare_number_without_a_menu_opens_nothing(school: School) -> None:
    an = school.pupil("An")
    school.wait(minutes=31)
    assert "chưa hiểu" in an.say("2")


def test_two_routes_for_the_same_words_are_refused() -> None:
    with pytest.raises(ValueError, match="two routes"):
        Routes((command("a", (), home.show), command("b a", (), home.show)))


def test_words_with_marks_must_have_the_right_ones(school: School) -> None:
    """ "Dũng" is a name and "đúng" a yes; neither is "dừng"."""
    dung = school.pupil("Dũng")
    dung.say("nhắc")
    dung.tap("Thứ Bảy")
    dung.tap("19:00")
    dung.say("đúng nhạc")
    with school.database.transaction() as store:
        assert not dung.person(store).quiet


def offered_names() -> Iterator[str]:
    """The first word of every value in a `Choice(…)` of the handlers' code."""
    for path in Path(home.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Choice":
                value = node.args[1]
                start = value.values[0] if isinstance(value, ast.JoinedStr) else value
                if isinstance(start, ast.Constant):
                    yield str(start.value).split(":")[0]


def test_every_choice_a_handler_offers_has_a_route() -> None:
    offered = set(offered_names())
    assert {"log", "save", "step", "nudge", "week"} <= offered
    assert offered <= ROUTES.names("choice")
