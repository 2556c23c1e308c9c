"""A person's own data: seen, withdrawn, erased."""

from tests.handlers.test_book import with_a_log
from tests.talk import School


def test_what_is_kept_is_shown(school: School) -> None:
    said = with_a_log(school).say("/dulieu")
    assert "Tên gọi: An" in said
    assert "1 buổi giúp" in said


def test_a_withdrawn_consent_stops_the_logbook_at_once(school: School) -> None:
    an = with_a_log(school)
    an.say("/dulieu")
    assert "không ghi nữa" in an.tap("Thôi, không ghi nữa")
    assert "mã thầy cô" in an.say("giúp bà ngoại gọi video 20p, bà tự làm được")


def test_everything_is_erased_after_a_second_yes(school: School) -> None:
    an = with_a_log(school)
    an.say("/xoadulieu")
    assert "không lấy lại được" in an.replies[0].text
    assert len(an.logs()) == 1
    assert "Đã xóa hết dữ liệu" in an.tap("Xóa hết")
    assert an.logs() == []
    with school.database.transaction() as store:
        assert store.pupils(school.room) == []
        assert an.person(store).nickname == ""
    assert "0/38 em" in school.teacher().say("/lop")
