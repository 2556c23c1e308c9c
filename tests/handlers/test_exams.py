"""Exam weeks, set by a teacher or an officer."""

from tests.talk import School


def test_a_teacher_writes_them_and_deletes_them(school: School) -> None:
    teacher = school.teacher()
    assert "chưa hiểu" not in teacher.say("/tuanthi")
    assert "21/12–2/1 là tuần thi" in teacher.say("từ 21/12 đến 2/1")
    assert "Tuần thi: 21/12–2/1." in teacher.say("tuần thi")
    assert "đã xóa" in teacher.tap("Xóa tuần thi")
    assert "Tuần thi: " not in teacher.say("tuần thi")


def test_what_is_no_span_is_asked_again(school: School) -> None:
    teacher = school.teacher()
    teacher.say("tuần thi")
    assert "chưa hiểu ngày nào" in teacher.say("cuối tháng")
    assert "21/12–27/12 là tuần thi" in teacher.say("21/12 - 27/12")


def test_a_pupil_sets_none(school: School) -> None:
    an = school.pupil("An")
    an.say("tuần thi")
    assert "Tuần này" not in an.labels


def test_exams_of_the_ward_are_exams_of_its_classes(school: School) -> None:
    officer = school.officer()
    officer.say("tuần thi")
    officer.tap("Tuần sau")
    with school.database.transaction() as store:
        today = school.now.date()
        assert not store.has_exams(school.room, today, today)
        later = today.replace(day=30)
        assert store.has_exams(school.room, later, later)
