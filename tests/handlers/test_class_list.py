"""A teacher hands in the class list: problems, preview, import, and a second list."""

import pytest

from bot.app import App
from bot.port import MOST_FILE_BYTES
from bot.settings import load
from tests.lists import Value, commas, nickname, pupils, workbook
from tests.talk import School, Talk

THREE: list[list[Value]] = [
    ["STT", "Mã HS", "Biệt danh", "Ngày sinh"],
    [1, "HS01", "Bống", ""],
    [2, "HS02", "Bang", ""],
    [3, "HS03", "", ""],
]


def codes(school: School, room: int | None = None, gone: bool = False) -> dict[str, str]:
    """The class list: code to nickname."""
    with school.database.transaction() as store:
        found = store.listed(room or school.room)
        return {one.code: one.nickname for one in found if gone or one.left_at is None}


def imported(teacher: Talk, rows: list[list[Value]], label: str = "Đúng, nhập") -> str:
    teacher.send_file("lop7a.xlsx", workbook(rows))
    return teacher.tap(label)


def test_a_list_is_shown_before_it_is_taken_over(school: School) -> None:
    teacher = school.teacher()
    said = teacher.send_file("lop7a.xlsx", workbook(THREE))
    assert "• Lớp 7A: 3 em mới" in said
    assert "Giữ: mã học sinh và biệt danh." in said
    assert "Không lưu: Ngày sinh." in said
    assert codes(school) == {}
    assert "Đã nhập: Lớp 7A 3 em." in teacher.tap("Đúng, nhập")
    assert codes(school) == {"HS01": "Bống", "HS02": "Bang", "HS03": ""}
    assert "In thẻ vào lớp" in teacher.labels
    said = teacher.say("/lop")
    assert "0/3 em" in said, "the class is as big as its list"
    assert "mục tiêu 3 em" in said, "and its goal no bigger"


def test_a_list_shorter_than_the_class_lowers_no_goal_below_those_who_are_in_it(school: School) -> None:
    for name in ("An", "Bình", "Chi", "Dũng"):
        school.pupil(name)
    teacher = school.teacher()
    imported(teacher, THREE)
    said = teacher.say("/lop")
    assert "0/4 em" in said
    assert "mục tiêu 4 em" in said


def test_what_is_wrong_is_told_cell_by_cell_and_nothing_is_taken_over(school: School) -> None:
    teacher = school.teacher()
    rows = pupils(4)
    rows[1][1], rows[2][1], rows[3][3] = "", "HS 02", "Bống 0912345678"
    said = teacher.send_file("lop7a.xlsx", workbook(rows))
    assert said == "\n".join(
        [
            "3 chỗ cần sửa trong tệp, chưa nhập gì cả:",
            "• Ô B2: Thiếu mã học sinh. Điền vào, hoặc xóa dòng.",
            "• Ô B3: Mã học sinh có dấu cách. Viết liền, ví dụ HS07.",
            "• Ô D4: Biệt danh là số điện thoại. Xóa đi, đừng gửi số của các em.",
            "Sửa xong, cô gửi lại cả tệp nhé.",
        ]
    )
    assert "0912345678" not in said
    assert not [label for label in teacher.labels if "nhập" in label.lower()]
    assert codes(school) == {}


def test_many_problems_come_page_by_page_those_of_a_kind_together(school: School) -> None:
    teacher = school.teacher()
    rows = pupils(30)
    for place, code in enumerate(
        ("", "a b", "x" * 13, "0912345678", "031214000123", "a@b.vn", "#", "=A1", "#N/A", True), 1
    ):
        rows[place][1] = code
    for place in range(11, 31):
        rows[place][3] = "Bống <3"
    said = teacher.send_file("lop7a.xlsx", workbook(rows))
    assert "30 chỗ cần sửa" in said
    said = teacher.tap("Xem tiếp")
    assert "• Ô D12, D13, D14, D15, D16, D17, D18, D19, D20, D21, D22, D23 và 8 chỗ nữa: Biệt danh có ký tự lạ." in said


def test_a_second_list_changes_only_what_differs(school: School) -> None:
    teacher = school.teacher()
    imported(teacher, THREE)
    assert "giống hệt" in teacher.send_file("lop7a.xlsx", workbook(THREE))
    said = teacher.send_file(
        "lop7a.csv", commas([["Mã HS", "Biệt danh"], ["HS01", "Bông"], ["HS02", "Bang"], ["HS04", "Cún"]])
    )
    assert "• Lớp 7A: 1 em mới, 1 em đổi và 1 em như cũ" in said
    assert "Không còn trong danh sách: HS03." in said
    assert teacher.labels == ["Nhập, giữ các em thiếu", "Nhập, cho 1 em ra khỏi lớp", "Thôi, không nhập"]
    teacher.tap("Nhập, cho 1 em ra khỏi lớp")
    assert codes(school) == {"HS01": "Bông", "HS02": "Bang", "HS04": "Cún"}
    imported(teacher, THREE[:1] + THREE[3:], "Nhập, giữ các em thiếu")
    assert codes(school) == {"HS01": "Bông", "HS02": "Bang", "HS03": "", "HS04": "Cún"}


def test_who_joined_before_there_was_a_list_is_the_pupil_of_that_nickname(school: School) -> None:
    bong = school.pupil("Bống")
    teacher = school.teacher()
    imported(teacher, THREE)
    with school.database.transaction() as store:
        mine = store.listed_of(bong.person(store).id, school.room)
        assert mine is not None
        assert mine.code == "HS01"
    assert "không đúng hoặc đã hết hạn" in school.stranger("late").join("PUPIL7A"), "from now on each has a card"


def test_who_leaves_the_list_leaves_the_class_and_comes_back_with_it(school: School) -> None:
    bong = school.pupil("Bống")
    teacher = school.teacher()
    imported(teacher, THREE)
    imported(teacher, THREE[:1] + THREE[2:], "Nhập, cho 1 em ra khỏi lớp")
    assert "Ghi buổi giúp" not in bong.say("/menu")
    assert "1 em trở lại" in teacher.send_file("a.xlsx", workbook(THREE))
    teacher.tap("Đúng, nhập")
    bong.say("/menu")
    assert "Ghi buổi giúp" in bong.labels


def test_a_yes_is_for_the_very_list_that_was_shown(school: School) -> None:
    teacher = school.teacher()
    teacher.send_file("a.xlsx", workbook(THREE))
    old = teacher.value("Đúng, nhập")
    teacher.send_file("b.xlsx", workbook(THREE[:2]))
    assert "Nút này cũ" in teacher.choose(old)
    assert codes(school) == {}
    teacher.send_file("b.xlsx", workbook(THREE[:2]))
    teacher.tap("Thôi, không nhập")
    assert codes(school) == {}


def test_a_list_without_codes_needs_them_or_nicknames_the_second_time(school: School) -> None:
    teacher = school.teacher()
    names: list[list[Value]] = [["STT", "Họ và tên"], [1, "Trần Văn Mẫu"], [2, "Lê Thị Mẫu"]]
    said = teacher.send_file("a.xlsx", workbook(names))
    assert "đặt mã theo số thứ tự" in said
    assert "Không lưu: họ tên." in said
    teacher.tap("Đúng, nhập")
    assert codes(school) == {"HS01": "", "HS02": ""}
    again = teacher.send_file("a.xlsx", workbook([*names, [3, "Võ Mẫu"]]))
    assert "• Dòng 2, 3, 4: Chưa rõ là em nào. Thêm cột “Mã học sinh”" in again
    assert codes(school) == {"HS01": "", "HS02": ""}


def test_real_names_are_kept_only_where_the_school_says_so(school: School) -> None:
    teacher = school.teacher()
    for keep, name in ((False, ""), (True, "Trần Văn Mẫu")):
        with school.database.transaction() as store:
            (_room, parent, *_ward) = store.path(school.room)
            store.keep_names(parent, keep)
        imported(teacher, pupils(1))
        with school.database.transaction() as store:
            assert [one.name for one in store.listed(school.room)] == [name]
    with school.database.transaction() as store:
        store.keep_names(parent, False)
        assert [one.name for one in store.listed(school.room)] == [""]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "trống"),
        (b"x" * (MOST_FILE_BYTES + 1), "lớn quá"),
        (b"PK\x03\x04 broken", "bị hỏng"),
        (bytes.fromhex("d0cf11e0") + b"\x00", "đời cũ"),
        (b"%PDF-1.7", ".xlsx hoặc .csv"),
        ("Kính gửi các thầy cô".encode(), "chưa thấy dòng tiêu đề"),
        ("STT;Biệt danh".encode(), "chưa có em nào"),
        (b"\xff\xff\xfe", "không phải dạng Unicode"),
    ],
)
def test_a_file_that_is_no_list_is_kindly_refused(school: School, body: bytes, words: str) -> None:
    teacher = school.teacher()
    assert words in teacher.send_file("a.xlsx", body)
    assert "Tuần của lớp" in teacher.labels


@pytest.mark.parametrize("who", ["pupil", "elder", "officer"])
def test_a_list_from_anybody_else_is_not_looked_at(school: School, who: str) -> None:
    talk = getattr(school, who)()
    assert "chưa xem được" in talk.send_file("a.xlsx", workbook(THREE))
    assert codes(school) == {}


def test_a_list_of_another_class_is_refused_row_by_row(school: School) -> None:
    teacher = school.teacher()
    said = teacher.send_file("a.xlsx", workbook(pupils(3, "7B")))
    assert "• Ô E2, E3, E4: Lớp không phải Lớp 7A. Danh sách này chỉ nhận Lớp 7A." in said
    assert codes(school, school.other_room) == {}


def test_a_class_of_50_and_a_list_of_2000_are_read_alike(school: School) -> None:
    teacher = school.teacher()
    imported(teacher, pupils(50))
    assert len(codes(school)) == 50
    assert codes(school)["HS50"] == f"Bạn {nickname(50)}"
    assert "lớp có hơn 100 em" in teacher.send_file("a.xlsx", workbook(pupils(2000))).lower()


async def test_a_list_without_a_yes_is_forgotten_in_two_days(school: School) -> None:
    teacher = school.teacher()
    teacher.send_file("a.xlsx", workbook(THREE))
    yes = teacher.value("Đúng, nhập")
    app = App(school.database, load(_env_file=None), now=lambda: school.now)
    await app.forget_words()
    with school.database.transaction() as store:
        assert store.list_draft(teacher.person(store).id) is not None
    school.wait(days=2, minutes=1)
    await app.forget_words()
    assert "Nút này cũ" in teacher.choose(yes)
