"""Several roles of one person: each keeps to its unit, one tap switches, and nothing of the other is left open."""

import pytest

from db import migrate
from db.database import Database
from tests.handlers.test_check import saved
from tests.talk import School, Talk


@pytest.fixture
def both(school: School) -> Talk:
    """The teacher of 7A, who is the school's organiser too and speaks as that now."""
    with school.database.transaction() as store:
        store.invite("ORGANISER", school.school, "organiser", once=True)
    teacher = school.teacher()
    said = teacher.join("ORGANISER")
    assert "Máy này đang là của giáo viên chủ nhiệm, Lớp 7A. Lời mời làm tổng phụ trách Đội, THCS Hoa Mai" in said
    teacher.tap("Đúng, thêm vai")
    return teacher


def test_one_tap_switches_and_the_menu_says_which_role_it_is(both: Talk) -> None:
    assert "Cô đang là tổng phụ trách Đội, THCS Hoa Mai. Cô chọn giúp em nhé:" in both.say("menu")
    assert both.labels == ["Số liệu tuần", "Báo cáo", "Mời người khác", "Học bài", "Sang vai ở Lớp 7A"]
    said = both.tap("Sang vai ở Lớp 7A")
    assert said.startswith("Từ giờ cô là giáo viên chủ nhiệm, Lớp 7A.")
    assert both.labels == ["Tuần của lớp", "Duyệt buổi ghi", "Chi tiết lớp", "Thẻ vào lớp", "Sang vai ở THCS Hoa Mai"]
    assert "Từ giờ cô là tổng phụ trách Đội" in both.tap("Sang vai ở THCS Hoa Mai")


@pytest.mark.parametrize("words", ["/vaitro", "đổi vai", "doi vai", "Vai trò", "/roles"])
def test_the_roles_by_words(both: Talk, words: str) -> None:
    assert both.say(words) == "Cô đang là tổng phụ trách Đội, THCS Hoa Mai."
    assert both.labels == ["Giáo viên chủ nhiệm, Lớp 7A", "Thôi vai đang dùng", "Trang chính"]
    assert "Từ giờ cô là giáo viên" in both.tap("Giáo viên chủ nhiệm, Lớp 7A")


def test_what_belongs_to_one_role_is_closed_in_the_other(school: School, both: Talk) -> None:
    saved(school)
    both.say("/vaitro")
    both.tap("Giáo viên chủ nhiệm, Lớp 7A")
    assert "An" in both.say("/chitiet")
    both.say("/duyet")
    both.tap("Xem từng buổi")
    both.tap("Buổi 1")
    approve = both.value("Duyệt")
    both.say("menu")
    both.tap("Sang vai ở THCS Hoa Mai")
    for said in (both.choose(approve), both.choose("class:0"), both.say("/chitiet"), both.say("/duyet"), both.say("1")):
        assert "An" not in said
    with school.database.transaction() as store:
        assert store.waiting_logs(school.room), "nothing was approved"


def test_a_step_that_was_half_done_is_put_away(school: School, both: Talk) -> None:
    both.say("/vaitro")
    both.tap("Giáo viên chủ nhiệm, Lớp 7A")
    both.say("/thongbao")
    both.say("/vaitro")
    both.tap("Tổng phụ trách Đội, THCS Hoa Mai")
    assert "xem trước" not in both.say("Mai lớp mình họp nhé.")
    assert "gửi cho" not in both.replies[0].text


def test_another_persons_role_is_nobodys_to_take(school: School, both: Talk) -> None:
    other = school.teacher("TEACHER7B")
    for number in range(1, 10):
        other.choose(f"role:{number}")
        with school.database.transaction() as store:
            person = other.person(store)
        assert (person.role, person.unit_id) == ("teacher", school.other_room)


def test_a_role_is_given_up_after_a_second_yes(school: School, both: Talk) -> None:
    both.say("/vaitro")
    assert "Thôi làm tổng phụ trách Đội, THCS Hoa Mai ạ?" in both.tap("Thôi vai đang dùng")
    assert "Từ giờ cô là giáo viên chủ nhiệm, Lớp 7A." in both.tap("Đúng, thôi vai này")
    assert both.labels[-1] == "Trợ giúp"
    assert both.say("/vaitro").startswith("Cô đang là giáo viên chủ nhiệm, Lớp 7A.")
    assert "Thôi vai đang dùng" not in both.labels


def test_an_invitation_is_not_taken_by_a_colleague_at_the_same_machine(school: School) -> None:
    with school.database.transaction() as store:
        store.invite("ORGANISER", school.school, "organiser", once=True)
    teacher = school.teacher()
    teacher.join("ORGANISER")
    assert "trên máy của mình" in teacher.tap("Không phải")
    with school.database.transaction() as store:
        assert teacher.person(store).role == "teacher"
    other = school.stranger("colleague")
    other.join("ORGANISER")
    assert "Dạ chào" in other.tap("Thầy")


def test_who_learns_for_a_while_finds_the_way_back(school: School) -> None:
    teacher = school.teacher()
    teacher.choose("welcome")
    with school.database.transaction() as store:
        store.take_role(teacher.person(store).id, "learner", None, school.now, beside=("teacher",))
    assert teacher.say("đổi vai") == "Cô muốn dùng vai nào ạ?"
    assert "Từ giờ cô là giáo viên chủ nhiệm, Lớp 7A." in teacher.tap("Giáo viên chủ nhiệm, Lớp 7A")


def test_the_class_keeps_its_teacher_while_they_speak_as_somebody_else(school: School, both: Talk) -> None:
    with school.database.transaction() as store:
        teacher = both.person(store).id
        assert store.staff(school.room) == [teacher]
        assert list(store.members(school.room, ("teacher",))) == [teacher]


def test_who_erases_everything_has_no_role_left(school: School, both: Talk) -> None:
    both.say("/xoadulieu")
    both.tap("Xóa hết")
    assert "chưa hiểu" in both.say("/vaitro")
    with school.database.transaction() as store:
        assert store.staff(school.room) == []


def test_in_english(both: Talk) -> None:
    both.say("/language en")
    assert both.say("/roles") == "You are head of the Young Pioneers, THCS Hoa Mai."
    assert both.labels == ["Class teacher, Lớp 7A", "Give up this role", "Main menu"]


@pytest.mark.sqlite_only
def test_roles_that_were_given_up_before_do_not_come_back(tmp_path) -> None:  # type: ignore[no-untyped-def]  # pytest's own
    database = Database(f"sqlite:///{tmp_path}/old.sqlite3")
    migrate.to(database.engine, "0008")
    with database.engine.begin() as connection:
        connection.exec_driver_sql(
            'INSERT INTO person (id, nickname, address, locale, text_size, "group", doing, memory, menu, quiet, zone,'
            " created_at) VALUES (1, '', 'cô', 'vi', 'normal', '', '', '', '', 0, '', 0)"
        )
        for number, role, current in ((1, "teacher", 0), (2, "board", 1), (3, "leader", 0)):
            connection.exec_driver_sql(
                f"INSERT INTO role (id, person_id, role, current, since) VALUES ({number}, 1, '{role}', {current}, 0)"
            )
    migrate.to(database.engine)
    with database.transaction() as store:
        assert [role.role for role in store.roles(1, ("teacher", "board", "leader"))] == ["board", "leader"]
    database.close()
