"""Take a lesson."""

import pytest

import content
from tests.talk import School, Talk


def test_lessons_are_found_by_topic(school: School) -> None:
    ba = school.elder("bà")
    ba.say("học bài")
    ba.tap("Điện thoại")
    assert "10 bài, đã xong 0" in ba.replies[0].text
    ba.tap("Bài khác")
    ba.tap("Bài khác")
    assert ba.labels[-1] == "Chủ đề khác"


def opened(school: School, address: str = "bà") -> Talk:
    ba = school.elder(address)
    ba.say("học bài")
    ba.tap("Điện thoại")
    ba.tap("Chữ to hơn, màn hình sáng hơn")
    return ba


def test_a_lesson_goes_forward_back_and_again(school: School) -> None:
    ba = opened(school)
    assert "Bà bắt đầu nhé" in ba.replies[0].text
    first = ba.tap("Bắt đầu")
    assert first.startswith("Bước 1/5.")
    assert ba.tap("Đọc lại bước này") == first
    assert ba.tap("Tiếp").startswith("Bước 2/5.")
    assert ba.tap("Bước trước") == first


def test_a_lesson_is_answered_by_numbers_too(school: School) -> None:
    ba = opened(school)
    ba.say("1")
    assert ba.say("số 1").startswith("Bước 2/5.")
    assert ba.say("buoc truoc").startswith("Bước 1/5.")


def tried(school: School) -> Talk:
    """Somebody who has read every step and is asked to try."""
    ba = opened(school)
    ba.tap("Bắt đầu")
    for _ in range(5):
        ba.tap("Tiếp")
    return ba


def test_after_the_steps_something_is_tried_on_the_own_phone(school: School) -> None:
    ba = tried(school)
    assert ba.replies[0].text == "Làm thử nhé. Bà thử kéo cho chữ to lên một nấc. Được chưa ạ?"
    assert ba.labels == ["Làm được", "Chưa được", "Hỏi người giúp", "Xem lại bài"]
    assert ba.tap("Làm được").startswith("Hay quá ạ!")
    assert "Một câu nhỏ trước khi nghỉ" in ba.replies[-1].text


def test_who_could_not_do_it_yet_tries_again_asks_somebody_or_goes_on(school: School) -> None:
    ba = tried(school)
    assert "không sao ạ" in ba.tap("Chưa được").lower()
    assert ba.tap("Thử lại").startswith("Làm thử nhé.")
    ba.tap("Chưa được")
    assert "Bà đưa máy cho người nhà" in ba.tap("Hỏi người giúp")
    assert "Hỏi người giúp" not in ba.labels
    assert ba.tap("Sang câu hỏi").startswith("Nhớ nhé:")


def test_a_lesson_ends_with_warning_and_question_and_is_finished_by_the_right_answer(school: School) -> None:
    ba = tried(school)
    ba.tap("Làm được")
    question = content.lessons()["chu-to-hon"].questions[0]
    assert content.lessons()["chu-to-hon"].warning in ba.replies[1].text
    wrong = next(option for number, option in enumerate(question.options, 1) if number != question.right)
    assert "không sao ạ" in ba.tap(wrong)
    assert question.why in ba.replies[0].text
    ba.tap("Trả lời lại")
    assert "Bà đã xong bài" in ba.tap(question.options[question.right - 1])
    ba.tap("Bài khác")
    assert "đã xong 1" in ba.replies[0].text
    assert "Chữ to hơn, màn hình sáng hơn ✓" in ba.labels


def test_a_lesson_goes_on_where_it_stopped_days_later(school: School) -> None:
    ba = opened(school)
    ba.tap("Bắt đầu")
    ba.tap("Tiếp")
    ba.tap("Học sau")
    school.wait(days=3)
    assert "lần trước bà dừng ở bước 2/5" in ba.say("học tiếp")
    assert ba.tap("Học tiếp").startswith("Bước 2/5.")


def test_the_learner_is_addressed_by_kinship(school: School) -> None:
    ong = opened(school, "ông")
    assert "Ông bắt đầu nhé" in ong.replies[0].text
    for _ in range(3):
        ong.tap("Bài khác")
    ong.tap("Đặt khóa màn hình")
    ong.tap("Bắt đầu")
    assert "dễ nhớ với ông" in ong.tap("Tiếp")
    for _ in range(3):
        ong.tap("Tiếp")
    assert "mã PIN của ông?" in ong.tap("Làm được")
    assert "Ông tự gõ" in ong.labels
    assert ong.tap("Ông tự gõ").startswith("Đúng rồi ạ! Ông tự gõ thì")


@pytest.mark.parametrize("slug", content.lessons())
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_lesson_can_be_taken_to_its_end(school: School, slug: str, language: str) -> None:
    guest = school.stranger()
    guest.join("LEARNER")
    guest.say("/ngonngu")
    guest.tap("English" if language == "en" else "Tiếng Việt")
    with school.database.transaction() as store:
        person = guest.person(store)
        person.menu = f'[0,[["open","lesson:{slug}"]],[]]'
        store.remember(person)
    guest.choose(f"lesson:{slug}")
    for _ in range(len(content.lessons()[slug].steps) + 2):
        assert "{" not in "".join([*(reply.text for reply in guest.replies), *guest.labels])
        guest.choose(guest.replies[-1].choices[0].value)
    right = content.lessons()[slug].questions[0].right
    guest.choose(f"answer:{slug}:{right}")
    with school.database.transaction() as store:
        progress = store.progress(guest.person(store).id)[slug]
    assert progress.finished_at is not None
