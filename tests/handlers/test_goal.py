"""The goal of a class."""

import pytest

from tests.handlers.test_summary import helped
from tests.talk import School


def goal(school: School) -> int | None:
    with school.database.transaction() as store:
        return store.unit(school.room).goal


@pytest.mark.parametrize("said", ["/muctieu", "/goal", "mục tiêu", "muc tieu cua lop", "Class goal"])
def test_the_goal_is_found_by_command_and_by_plain_words(school: School, said: str) -> None:
    assert "Lớp 7A đang đặt mục tiêu 30/38 em" in school.teacher().say(said)


def test_the_teacher_chooses_among_shares_of_the_class(school: School) -> None:
    helped(school, school.pupil("An"), 1)
    teacher = school.teacher()
    teacher.say("/muctieu")
    assert teacher.labels == ["19 em (50%)", "27 em (70%)", "31 em (80%)", "Cả lớp: 38 em", "Để sau"]
    said = teacher.tap("27 em (70%)")
    assert "Đã đặt mục tiêu của Lớp 7A: 27 em giúp ít nhất 1 người thân. Đến giờ đã có 1 em." in said
    assert goal(school) == 27
    assert "mục tiêu 27 em" in teacher.say("/lop")


@pytest.mark.parametrize(("typed", "expected"), [("25", 25), ("25 em", 25), ("khoang 25 ban", 25), ("80%", 31)])
def test_a_number_may_be_written(school: School, typed: str, expected: int) -> None:
    teacher = school.teacher()
    teacher.say("/muctieu")
    teacher.say(typed)
    assert goal(school) == expected


def test_a_number_may_follow_the_command(school: School) -> None:
    assert "25 em" in school.teacher().say("/muctieu 25")
    assert goal(school) == 25


@pytest.mark.parametrize("typed", ["0", "-3", "500", "12.5", "120%", "abc", "ba mươi", "20 hoặc 30", "9" * 500])
def test_what_is_no_such_number_is_asked_for_again(school: School, typed: str) -> None:
    teacher = school.teacher()
    teacher.say("/muctieu")
    assert teacher.say(typed).startswith("Em cần một số từ 1 đến 38 ạ.")
    assert goal(school) == 30
    teacher.say("25")
    assert goal(school) == 25


def test_who_is_being_scammed_meanwhile_is_helped_first(school: School) -> None:
    teacher = school.teacher()
    teacher.say("/muctieu")
    assert "làm ngay 3 việc" in teacher.say("mẹ em bị lừa mất 10 triệu rồi")


def test_later_leaves_it_as_it_is(school: School) -> None:
    teacher = school.teacher()
    teacher.say("/muctieu")
    teacher.tap("Để sau")
    assert "chưa hiểu" in teacher.say("25")
    assert goal(school) == 30


def test_a_class_without_a_goal_or_a_size_takes_a_number(school: School) -> None:
    with school.database.transaction() as store:
        room = store.unit(school.room)
        room.goal = room.size = None
    teacher = school.teacher()
    assert teacher.say("/muctieu").startswith("Lớp 7A chưa đặt mục tiêu.")
    assert teacher.labels == ["Để sau"]
    assert "từ 1 đến 100" in teacher.say("50%")
    teacher.say("35")
    assert goal(school) == 35


def test_a_choice_that_no_longer_fits_the_class_asks_again(school: School) -> None:
    teacher = school.teacher()
    teacher.say("/muctieu")
    with school.database.transaction() as store:
        store.unit(school.room).size = 20
    assert "30/20 em" in teacher.tap("Cả lớp: 38 em")
    assert goal(school) == 30


def test_only_the_teacher_of_the_class_sets_it(school: School) -> None:
    teacher, other = school.teacher(), school.teacher("TEACHER7B")
    teacher.say("/muctieu")
    tap = teacher.value("27 em (70%)")
    assert "cũ rồi" in other.choose(tap)
    other.say("/muctieu 10")
    for talk in (school.pupil("An"), school.officer(), school.elder()):
        assert "chưa hiểu" in talk.say("/muctieu 10")
    teacher.say("/rutdongy")
    assert "cũ rồi" in teacher.choose(tap)
    assert "Đã đặt" not in teacher.say("25")
    assert goal(school) == 30


def test_the_help_of_a_teacher_names_the_goal_and_the_check(school: School) -> None:
    said = school.teacher().say("/trogiup")
    assert "/muctieu" in said
    assert "/kiem" in said


def test_the_same_in_english(school: School) -> None:
    teacher = school.teacher()
    teacher.say("/language")
    teacher.tap("English")
    assert "The goal of Lớp 7A: 30 of 38 pupils" in teacher.say("/goal")
    assert "I need a number from 1 to 38." in teacher.say("none")
    assert "The goal of Lớp 7A is set: 31 pupils" in teacher.tap("31 pupils (80%)")
