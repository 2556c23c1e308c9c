"""A short test before and after a topic."""

import content
from bot.rules import path as rule
from handlers import lesson_words
from tests.talk import School, Talk

TOPIC = "dien-thoai"


def take(ba: Talk, stage: str, right: int) -> str:
    """Take the test with so many right answers."""
    ba.say("học bài")
    ba.tap("Điện thoại")
    while not any(label.startswith("Kiểm tra") for label in ba.labels):
        ba.tap("Bài khác")
    said = ba.tap("Kiểm tra trước khi học" if stage == "before" else "Kiểm tra sau khi học")
    asked = rule.questions_of_test(lesson_words.facts(), TOPIC, stage)  # type: ignore[arg-type]  # one of the two
    for at, (slug, number) in enumerate(asked):
        place = content.lessons()[slug].questions[number - 1].right if at < right else 0
        said = ba.choose(f"test:{TOPIC}:{at}:{place}")
    return said


def test_before_and_after_show_what_changed_and_say_that_it_is_nothing_official(school: School) -> None:
    ba = school.elder("bà")
    said = take(ba, "before", 2)
    assert "Bà đúng 2/5 câu." in said
    assert "Đánh giá nội bộ, không thay cho xác nhận chính thức" in said
    said = take(ba, "after", 4)
    assert "Bà đúng 4/5 câu. Trước khi học: 2/5." in said
    assert "Bà tiến bộ rồi" in said


def test_a_worse_result_is_told_without_blame(school: School) -> None:
    ba = school.elder("bà")
    take(ba, "before", 4)
    said = take(ba, "after", 3)
    assert "tiến bộ" not in said
    assert "Bà đúng 3/5 câu. Trước khi học: 4/5." in said


def test_an_answer_counts_once(school: School) -> None:
    ba = school.elder("bà")
    ba.say("học bài")
    ba.tap("Điện thoại")
    while "Kiểm tra trước khi học" not in ba.labels:
        ba.tap("Bài khác")
    ba.tap("Kiểm tra trước khi học")
    first = ba.value("Chưa biết")
    ba.choose(first)
    assert "Câu này đã qua rồi" in ba.choose(first)


def test_words_end_the_test_without_a_result(school: School) -> None:
    ba = school.elder("bà")
    ba.say("học bài")
    ba.tap("Điện thoại")
    while "Kiểm tra trước khi học" not in ba.labels:
        ba.tap("Bài khác")
    ba.tap("Kiểm tra trước khi học")
    assert "chưa ghi kết quả" in ba.say("thôi nghỉ đã")
    with school.database.transaction() as store:
        assert store.tests(ba.person(store).id) == {}
