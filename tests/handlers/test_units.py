"""Villages and community digital teams by chat: added, named, their people invited; nobody else's tree is touched."""

import pytest

from db.models import Unit
from tests.talk import School, Talk


def with_role(school: School, role: str, unit_id: int) -> Talk:
    with school.database.transaction() as store:
        store.invite(f"A{role.upper()}{unit_id}", unit_id, role, once=True)
    talk = school.stranger(f"{role}-{unit_id}")
    talk.join(f"A{role.upper()}{unit_id}")
    talk.tap("Anh")
    return talk


def units(school: School) -> list[tuple[str, str, str]]:
    with school.database.transaction() as store:
        found = store.units_under(school.ward)
        return [(unit.kind, unit.name, unit.code) for unit in found if unit.kind in ("village", "team")]


def added(talk: Talk, button: str, name: str) -> str:
    talk.say("/donvi")
    talk.tap(button)
    return talk.say(name)


@pytest.mark.parametrize("words", ["/donvi", "đơn vị", "don vi", "thêm thôn", "units"])
def test_an_officer_adds_a_village_and_invites_its_people(school: School, words: str) -> None:
    officer = school.officer()
    assert officer.say(words) == "Phường Hoa Mai:\n• Thôn, tổ dân phố (0): –\n• Tổ công nghệ số (0): –"
    assert officer.labels == ["Thêm thôn, tổ dân phố", "Thêm tổ công nghệ số", "Trang chính"]
    assert "ví dụ “Thôn Đông”" in officer.tap("Thêm thôn, tổ dân phố")
    assert officer.say("  Thôn   Đông ") == "Đã thêm Thôn Đông."
    assert units(school) == [("village", "Thôn Đông", "THON-DONG-PHUONGHOAMAI")]
    said = officer.tap("Mời cán bộ")
    assert "Mời cán bộ thôn, tổ dân phố, Thôn Đông." in said
    somebody = school.stranger("village officer")
    somebody.join(said.rpartition("=")[2])
    somebody.tap("Anh")
    with school.database.transaction() as store:
        person = somebody.person(store)
        assert person.role == "officer"
        assert store.unit(person.unit_id or 0).name == "Thôn Đông"
    assert "không có lớp học nên không có số liệu" in somebody.say("/baocao")
    assert "không có lớp học nên không có số liệu" in somebody.say("/lop")
    assert "Thêm thôn, tổ dân phố" not in (somebody.say("/donvi"), somebody.labels)[1]


def test_a_team_too_and_the_board_and_the_report_expect_nothing_of_them(school: School) -> None:
    officer = school.officer()
    assert added(officer, "Thêm tổ công nghệ số", "Tổ công nghệ số thôn Đông") == "Đã thêm Tổ công nghệ số thôn Đông."
    assert officer.labels[0] == "Mời thành viên"
    officer.say("/baocao")
    officer.tap("Kỳ trước")
    assert "đã nhận 0/1 báo cáo" in officer.tap("Ai đã nộp")
    assert "thôn Đông" not in officer.replies[0].text


def test_villages_and_teams_are_invited_from_the_menu_too(school: School) -> None:
    officer = school.officer()
    added(officer, "Thêm thôn, tổ dân phố", "Thôn Đông")
    officer.say("/moi")
    assert officer.labels == ["Ban giám hiệu", "Tổng phụ trách Đội", "Cán bộ thôn, tổ dân phố"]
    added(officer, "Thêm tổ công nghệ số", "Tổ số 1")
    officer.say("/moi")
    assert officer.tap("Cán bộ thôn, tổ công nghệ số") == "Mời cán bộ thôn, tổ công nghệ số của đơn vị nào ạ?"
    assert "Mời thành viên tổ công nghệ số, Tổ số 1." in officer.tap("Tổ số 1")


def test_a_name_is_changed_and_taken_once(school: School) -> None:
    officer = school.officer()
    added(officer, "Thêm thôn, tổ dân phố", "Thôn Dong")
    assert "thôn dong đã có rồi" in added(officer, "Thêm thôn, tổ dân phố", "thôn dong")
    officer.say("/donvi")
    officer.tap("Đổi tên")
    assert "tên mới của Thôn Dong" in officer.tap("Thôn Dong")
    assert officer.say("Thôn Đông").startswith("Thôn Dong từ giờ là Thôn Đông.\nPhường Hoa Mai:")
    added(officer, "Thêm thôn, tổ dân phố", "Thôn Dòng")
    assert [one[1:] for one in units(school)] == [
        ("Thôn Dòng", "THON-DONG-PHUONGHOAMAI-2"),
        ("Thôn Đông", "THON-DONG-PHUONGHOAMAI"),
    ]


@pytest.mark.parametrize(
    "name", ["0912345678", "Thôn 0912 345 678", "http://xau.vn", "a", "x" * 61, "=1+1", "🙂", "mk: Hoa2011!"]
)
def test_what_is_no_name_is_asked_again_and_nothing_is_added(school: School, name: str) -> None:
    officer = school.officer()
    assert "nhắn lại nhé" in added(officer, "Thêm thôn, tổ dân phố", name)
    assert units(school) == []
    assert officer.tap("Để sau").startswith("Phường Hoa Mai:")
    assert "Đã thêm" not in officer.say("Thôn Đông")


def test_the_wards_administrator_adds_a_school_and_invites_its_board(school: School) -> None:
    admin = with_role(school, "admin", school.ward)
    admin.say("/donvi")
    assert admin.labels[:3] == ["Thêm thôn, tổ dân phố", "Thêm tổ công nghệ số", "Thêm trường"]
    assert added(admin, "Thêm trường", "Tiểu học Hoa Lan") == "Đã thêm Tiểu học Hoa Lan."
    assert "Mời ban giám hiệu, Tiểu học Hoa Lan." in admin.tap("Mời ban giám hiệu")


@pytest.mark.parametrize("role", ["organiser", "board"])
def test_who_has_no_right_adds_and_renames_nothing(school: School, role: str) -> None:
    officer = school.officer()
    added(officer, "Thêm thôn, tổ dân phố", "Thôn Đông")
    with school.database.transaction() as store:
        village = next(unit.id for unit in store.units_under(school.ward) if unit.kind == "village")
    for talk in (with_role(school, role, school.school), school.teacher(), school.pupil("An"), school.elder()):
        for said in (talk.say("/donvi"), talk.choose("unit_add:village"), talk.choose(f"unit_rename:{village}")):
            assert "Thôn" not in said
        talk.say("Thôn Tây")
    assert [name for _kind, name, _code in units(school)] == ["Thôn Đông"]


def test_an_officer_of_another_ward_renames_nothing_here(school: School) -> None:
    added(school.officer(), "Thêm thôn, tổ dân phố", "Thôn Đông")
    with school.database.transaction() as store:
        far = store.add_unit(Unit(kind="ward", name="Phường Xa", code="XA"))
        village = next(unit.id for unit in store.units_under(school.ward) if unit.kind == "village")
    other = with_role(school, "officer", far)
    assert "Thôn Đông" not in other.say("/donvi") + other.choose(f"unit_rename:{village}")
    assert "Thôn Đông" not in other.choose(f"invite_as:officer:{village}")
    other.say("Thôn Tây")
    assert [name for _kind, name, _code in units(school)] == ["Thôn Đông"]


def test_in_english(school: School) -> None:
    officer = school.officer()
    officer.say("/language en")
    assert officer.say("units") == "Phường Hoa Mai:\n• Villages (0): –\n• Digital teams (0): –"
    officer.tap("Add a village")
    assert officer.say("Thôn Đông") == "Thôn Đông was added."
