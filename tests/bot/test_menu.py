"""Numbered choices."""

from datetime import timedelta

import pytest

from bot.menu import Menu, fold, is_meant, page
from bot.port import Choice, Reply
from tests.conftest import WEDNESDAY

ASKED = Reply("Bố làm đến đâu rồi?", (Choice("Tự làm được", "went:a"), Choice("Chưa được", "went:b")))


def offered() -> Menu:
    menu = Menu()
    menu.offer([ASKED], WEDNESDAY)
    return menu


@pytest.mark.parametrize(
    "said", ["1", "số 1", "so 1", "1.", "1)", "number 1", "Tự làm được", "tu lam duoc", "TỰ LÀM ĐƯỢC "]
)
def test_a_choice_is_meant_by_number_or_label(said: str) -> None:
    assert offered().pick(said, WEDNESDAY) == "went:a"


SURE = Reply("Đúng lớp 7A chứ ạ?", (Choice("Đúng, chuyển", "go"), Choice("Không phải", "home"), Choice("Sửa", "fix")))


@pytest.mark.parametrize(
    ("said", "value"), [("ừ đúng rồi", "go"), ("ok", "go"), ("không phải ạ", "home"), ("khong", "home"), ("hả", None)]
)
def test_a_plain_yes_or_no_means_the_choice_that_says_so(said: str, value: str | None) -> None:
    menu = Menu()
    menu.offer([SURE], WEDNESDAY)
    assert menu.pick(said, WEDNESDAY) == value
    assert menu.pick(said, WEDNESDAY + timedelta(minutes=31)) is None
    assert offered().pick(said, WEDNESDAY) is None


def test_a_plain_yes_is_heard_in_english_too() -> None:
    menu = Menu()
    menu.offer([Reply("Today, Grandma.", (Choice("Yes, save it", "go"), Choice("Correct it", "fix")))], WEDNESDAY)
    assert menu.pick("ok, save it", WEDNESDAY) == "go"


def test_yesterday_is_no_yes() -> None:
    menu = Menu()
    menu.offer([Reply("Which day?", (Choice("Today", "when:0"), Choice("Yesterday", "when:1")))], WEDNESDAY)
    assert menu.pick("ok", WEDNESDAY) is None


def test_nope_means_the_no() -> None:
    menu = Menu()
    menu.offer([Reply("Is it class 7A?", (Choice("Yes, move", "go"), Choice("No", "home")))], WEDNESDAY)
    assert menu.pick("nope", WEDNESDAY) == "home"


def test_of_two_that_say_yes_neither_is_meant() -> None:
    menu = Menu()
    menu.offer([SURE, SURE], WEDNESDAY)
    assert menu.pick("đúng", WEDNESDAY) is None


@pytest.mark.parametrize("said", ["3", "0", "12", "1 2", "tự làm", "tư lam đuoc", ""])
def test_anything_else_opens_nothing(said: str) -> None:
    assert offered().pick(said, WEDNESDAY) is None


def test_a_number_means_something_only_while_the_menu_is_fresh() -> None:
    assert offered().pick("1", WEDNESDAY + timedelta(minutes=30)) == "went:a"
    assert offered().pick("1", WEDNESDAY + timedelta(minutes=31)) is None


def test_older_buttons_stay_tappable_for_a_while() -> None:
    menu = offered()
    for number in range(50):
        menu.offer([Reply("?", (Choice("x", f"x:{number}"),))], WEDNESDAY)
    assert menu.offered("x:49")
    assert menu.offered("x:9")
    assert not menu.offered("x:8")
    assert not menu.offered("went:a")


def test_a_menu_is_the_same_after_it_was_kept() -> None:
    kept = Menu.load(offered().dump())
    assert (kept.now, kept.at) == (offered().now, offered().at)
    assert Menu.load("").pick("1", WEDNESDAY) is None


@pytest.mark.parametrize(
    ("said", "words", "meant"), [("dung", "đúng", True), ("Đúng", "đúng", True), ("dừng", "đúng", False)]
)
def test_marks_that_are_typed_must_be_right(said: str, words: str, meant: bool) -> None:
    assert is_meant(said, words) is meant


def test_folding_takes_every_mark_and_capitals_of_plain_letters_too() -> None:
    assert fold(" ĐÚNG, Ghi lại OTP ") == "dung, ghi lai otp"


def test_many_choices_come_in_pages() -> None:
    many = [Choice(str(number), str(number)) for number in range(9)]
    assert page(many[:5], 0, "Khác", "more") == tuple(many[:5])
    assert page(many, 0, "Khác", "more") == (*many[:4], Choice("Khác", "more:4"))
    assert page(many, 4, "Khác", "more") == (*many[4:8], Choice("Khác", "more:8"))
    assert page(many, 8, "Khác", "more") == (many[8], Choice("Khác", "more:0"))


def test_pages_leave_a_place_where_the_reply_has_less_room() -> None:
    many = [Choice(str(number), str(number)) for number in range(5)]
    assert page(many, 0, "Khác", "more", room=4) == (*many[:3], Choice("Khác", "more:3"))
    assert page(many, 3, "Khác", "more", room=4) == (*many[3:], Choice("Khác", "more:0"))
    assert page(many[:4], 0, "Khác", "more", room=4) == tuple(many[:4])
