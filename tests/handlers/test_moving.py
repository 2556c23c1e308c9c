"""A pupil changes class: one logbook, counted once, and the old class keeps the figures of what was told in it."""

from datetime import timedelta

import pytest

from bot.rules import period
from db.store import Draft
from handlers.reports import figures
from handlers.reports.figures import Counted
from tests.handlers.test_cards import cards, joins
from tests.handlers.test_class_list import codes, imported
from tests.lists import Value, workbook
from tests.talk import School, Talk

TWO: list[list[Value]] = [["Mã HS", "Biệt danh"], ["A1", "Bống"], ["A2", "Bang"]]


@pytest.fixture
def board(school: School) -> Talk:
    with school.database.transaction() as store:
        store.invite("BOARD", school.school, "board")
    talk = school.stranger("board")
    talk.join("BOARD")
    talk.tap("Cô")
    return talk


def rows(**rooms: str) -> list[list[Value]]:
    """ "A1 Bống, A2 Bang" by class."""
    pupils: list[tuple[Value, ...]] = [
        (room[1:], *one.split()) for room, told in rooms.items() for one in filter(None, told.split(", "))
    ]
    return [["Lớp", "Mã HS", "Biệt danh"], *map(list, pupils)]


def helped(school: School, pupil: Talk, relative: str = "BA_NGOAI") -> None:
    school.told(pupil, school.now, Draft(school.now.date(), 20, False, "TU_LAM", (relative,), ("ZALO_VIDEO",)))


def counted(school: School, unit_id: int, over: period.Period | None = None) -> Counted:
    with school.database.reading() as store:
        return figures.counted(store, unit_id, over or period.month(school.now.date()), school.now)


def sizes(found: Counted) -> list[tuple[int, int, int]]:
    """Size, pupils who helped and sessions: of each class, then of all."""
    parts = [part.figures for part in found.parts]
    return [(one.size, one.pupils.count, one.sessions) for one in (*parts, found.figures)]


def test_the_teacher_moves_a_pupil_and_the_logbook_goes_along(school: School) -> None:
    teacher = school.teacher()
    bong = school.pupil("Bống")
    imported(teacher, TWO)
    imported(school.teacher("TEACHER7B"), [["Mã HS", "Biệt danh"], ["B1", "Cún"]])
    helped(school, bong)
    teacher.say("danh sách lớp")
    teacher.tap("Em chuyển lớp")
    teacher.tap("A1 Bống")
    said = teacher.tap("Lớp 7B")
    assert said == ("A1 Bống sang Lớp 7B: các buổi đã ghi vẫn tính cho Lớp 7A, sổ của em ấy còn đủ. Chuyển ạ?")
    assert "Đã chuyển A1 Bống sang Lớp 7B." in teacher.tap("Đúng, chuyển")
    assert codes(school) == {"A2": "Bang"}
    assert codes(school, school.other_room) == {"A1": "Bống", "B1": "Cún"}
    assert len(bong.logs()) == 1
    helped(school, bong)
    assert len(bong.logs()) == 2
    found = counted(school, school.school)
    assert sizes(found) == [(1, 1, 1), (2, 1, 1), (3, 1, 2)]
    assert found.figures.people.count == 1, "one grandmother, whatever the class"


def test_the_class_is_as_big_in_a_past_month_as_it_was(school: School) -> None:
    teacher, bong = school.teacher(), school.pupil("Bống")
    imported(teacher, TWO)
    helped(school, bong)
    november = period.month(school.now.date())
    assert sizes(counted(school, school.room, november))[0] == (2, 1, 1)
    school.wait(days=10)
    moved(teacher, "A1 Bống", "Lớp 7B")
    assert sizes(counted(school, school.room, november))[0] == (2, 1, 1)
    assert sizes(counted(school, school.room))[0] == (1, 0, 0)


def test_a_share_never_passes_the_whole_when_helpers_leave_within_the_month(school: School) -> None:
    teacher = school.teacher()
    for name in ("Bống", "Bang"):
        helped(school, school.pupil(name))
    imported(teacher, TWO)
    moved(teacher, "A1 Bống", "Lớp 7B")
    assert sizes(counted(school, school.room))[0] == (2, 2, 2)


def moved(teacher: Talk, name: str, room: str) -> str:
    teacher.say("chuyển lớp")
    teacher.tap(name)
    teacher.tap(room)
    return teacher.tap("Đúng, chuyển")


def test_neither_teacher_sees_what_was_told_in_the_other_class(school: School) -> None:
    teacher, other, bong = school.teacher(), school.teacher("TEACHER7B"), school.pupil("Bống")
    helped(school, bong)
    moved(teacher, "Bống", "Lớp 7B")
    assert "Bống" not in teacher.say("/chitiet")
    assert "một em đã rời lớp" in teacher.say("/duyet"), "what waits there is still that teacher's"
    assert "Chưa ghi (1 em): Bống" in other.say("/chitiet")
    assert "Bống" not in other.say("/duyet")


def test_a_name_that_the_new_class_has_is_told_apart(school: School) -> None:
    teacher = school.teacher()
    school.pupil("An")
    school.pupil("an", "PUPIL7B")
    assert "Lớp ấy có bạn trùng tên nên em ấy là An 2." in moved(teacher, "An", "Lớp 7B")
    with school.database.transaction() as store:
        assert store.nicknames(school.other_room) == {"an", "an 2"}


def test_who_has_not_joined_takes_a_new_card_and_the_old_one_is_worth_nothing(school: School) -> None:
    teacher, other = school.teacher(), school.teacher("TEACHER7B")
    imported(teacher, TWO)
    imported(other, [["Mã HS", "Biệt danh"], ["A2", "Cún"]])
    teacher.say("/the")
    old = cards(school)["A2"]
    moved(teacher, "A2 Bang", "Lớp 7B")
    assert codes(school, school.other_room) == {"A2": "Cún", "HS01": "Bang"}, "a code is one pupil's in a class"
    assert "không đúng" in school.stranger("bang").join(old)
    assert "2 thẻ vào Lớp 7B" in other.say("/the")


def test_who_withdrew_consent_is_not_brought_back_into_a_class(school: School) -> None:
    teacher, bong = school.teacher(), school.pupil("Bống")
    imported(teacher, TWO)
    bong.say("/rutdongy")
    moved(teacher, "A1 Bống", "Lớp 7B")
    with school.database.transaction() as store:
        assert store.pupils(school.other_room) == []


def test_another_classes_pupils_and_schools_are_out_of_reach(school: School) -> None:
    school.pupil("Cún", "PUPIL7B")
    teacher = school.teacher()
    school.pupil("An")
    with school.database.transaction() as store:
        cun = store.pupils(school.other_room)[0].id
        an = store.pupils(school.room)[0].id
    for value in (f"moving_who:p{cun}:0", f"moving_to:p{cun}:{school.room}:yes", f"moving_to:p{an}:{school.ward}:yes"):
        assert "Cún" not in teacher.choose(value)
    with school.database.transaction() as store:
        assert [one.id for one in store.pupils(school.other_room)] == [cun]
        assert [one.id for one in store.pupils(school.room)] == [an]


# -- by a list of the whole school ---------------------------------------------------------------


def test_a_schools_list_finds_the_same_code_in_another_class(school: School, board: Talk) -> None:
    imported(board, rows(r7A="S1 Bống, S2 Bang", r7B="S3 Cún"))
    teacher = school.teacher()
    teacher.say("/the")
    bong = joins(school, cards(school)["S1"], "bong")
    helped(school, bong)
    said = board.send_file("truong.xlsx", workbook(rows(r7A="S2 Bang", r7B="S3 Cún, S1 Bống")))
    assert "• Lớp 7A: 1 em như cũ" in said
    assert "• Lớp 7B: 1 em từ lớp khác sang và 1 em như cũ" in said
    assert "Không còn trong danh sách" not in said
    assert "Đã nhập: Lớp 7A 1 em và Lớp 7B 2 em." in board.tap("Đúng, nhập")
    assert codes(school, school.other_room) == {"S1": "Bống", "S3": "Cún"}
    helped(school, bong)
    found = counted(school, school.school)
    assert [part.figures.sessions for part in found.parts] == [1, 1]
    assert (found.figures.pupils.count, found.figures.people.count, found.figures.sessions) == (1, 1, 2)
    again = board.send_file("truong.xlsx", workbook(rows(r7A="S2 Bang", r7B="S3 Cún, S1 Bống")))
    assert "giống hệt danh sách đang có" in again


def test_and_back_again(school: School, board: Talk) -> None:
    imported(board, rows(r7A="S1 Bống, S2 Bang", r7B="S3 Cún"))
    imported(board, rows(r7A="S2 Bang", r7B="S3 Cún, S1 Bống"))
    imported(board, rows(r7A="S1 Bống, S2 Bang", r7B="S3 Cún"))
    assert codes(school) == {"S1": "Bống", "S2": "Bang"}
    assert codes(school, school.other_room) == {"S3": "Cún"}


def test_our_own_codes_are_every_classs_and_move_nobody_by_themselves(school: School, board: Talk) -> None:
    imported(board, rows(r7A="HS01 Bống, HS02 Bang", r7B="HS01 Cún"))
    board.send_file("truong.xlsx", workbook(rows(r7A="HS01 Bống", r7B="HS01 Cún, HS02 Tít")))
    assert "từ lớp khác sang" not in board.replies[0].text
    said = board.send_file("truong.xlsx", workbook(rows(r7A="HS01 Bống", r7B="HS01 Cún, HS02 Bang")))
    assert "1 em từ lớp khác sang" in said


def test_a_list_of_one_class_alone_takes_the_pupil_too(school: School, board: Talk) -> None:
    imported(board, rows(r7A="S1 Bống, S2 Bang", r7B="S3 Cún"))
    imported(board, rows(r7B="S3 Cún, S1 Bống"))
    assert codes(school) == {"S2": "Bang"}
    with school.database.transaction() as store:
        assert store.unit(school.room).size == 1
        assert store.left_since([school.room], school.now - timedelta(days=1)) == {school.room: 1}
