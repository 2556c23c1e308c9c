"""Take a lesson."""

import pytest

import content
from content.schema import MESSAGE_LENGTH
from tests.talk import School, Talk

SLUG = "chu-to-hon"
TITLE = "Chữ to hơn, màn hình sáng hơn"


def test_lessons_are_found_by_topic(school: School) -> None:
    ba = school.elder("bà")
    ba.say("học bài")
    ba.tap("Điện thoại")
    assert "10 bài, đã xong 0" in ba.replies[0].text
    ba.tap("Bài khác")
    ba.tap("Bài khác")
    assert ba.labels[-2:] == ["Kiểm tra trước khi học", "Chủ đề khác"]


def opened(school: School, address: str = "bà") -> Talk:
    ba = school.elder(address)
    ba.say("học bài")
    ba.tap("Điện thoại")
    ba.tap(TITLE)
    return ba


def tried(school: School, address: str = "bà") -> Talk:
    """At the practice task."""
    ba = opened(school, address)
    ba.tap("Bắt đầu")
    while "Làm được" not in ba.labels:
        ba.tap("Tiếp")
    return ba


def answer(ba: Talk, number: int = 1, *, right: bool = True) -> str:
    """Tap an option of a question of the lesson."""
    question = content.lessons()[SLUG].questions[number - 1]
    place = question.right if right else question.right % len(question.options) + 1
    return ba.tap(question.options[place - 1])


def test_a_lesson_goes_forward_back_and_from_the_start(school: School) -> None:
    ba = opened(school)
    assert "Bà bắt đầu nhé" in ba.replies[0].text
    first = ba.tap("Bắt đầu")
    assert first.startswith("Bước 1/5.")
    second = ba.tap("Tiếp")
    assert second.startswith("Bước 2/5.")
    assert ba.tap("Quay lại") == first
    ba.tap("Tiếp")
    ba.tap("Tiếp")
    assert ba.tap("Làm lại từ đầu") == first


def test_a_lesson_is_taken_by_numbers_and_without_marks_too(school: School) -> None:
    ba = opened(school)
    ba.say("1")
    assert ba.say("số 1").startswith("Bước 2/5.")
    assert ba.say("quay lai").startswith("Bước 1/5.")


def test_a_lesson_ends_with_a_try_a_warning_and_a_question(school: School) -> None:
    ba = tried(school)
    assert ba.replies[0].text.startswith("Giờ làm thử nhé. ")
    assert ba.labels[:3] == ["Làm được", "Chưa được", "Hỏi người giúp"]
    ba.tap("Làm được")
    assert "Nhớ nhé:" in ba.replies[0].text
    assert "không sao ạ" in answer(ba, right=False)
    ba.tap("Trả lời lại")
    assert f"Bà đã xong bài “{TITLE}”" in answer(ba)
    ba.say("học bài")
    ba.tap("Điện thoại")
    assert "đã xong 1" in ba.replies[0].text
    assert f"{TITLE} ✓" in ba.labels


def test_who_could_not_do_it_is_comforted_and_goes_on_as_they_like(school: School) -> None:
    ba = tried(school)
    assert "chưa quen tay thôi" in ba.tap("Chưa được")
    assert ba.tap("Thử lại").startswith("Giờ làm thử nhé.")
    ba.tap("Chưa được")
    assert ba.tap("Xem lại bài").startswith("Bước 1/5.")


def test_a_linked_grandchild_is_told_that_help_is_wanted(school: School) -> None:
    an, ba = school.pupil("An"), tried(school)
    an.say("nối máy người thân")
    said = an.tap("Bà ngoại")
    ba.say("nối với con cháu")
    ba.say(said.split("“")[1].split("”")[0])
    ba.tap("Đúng, nối máy")
    an.receive()
    ba.say("học tiếp")
    ba.tap("Học tiếp")
    ba.tap("Tiếp")
    assert "Cháu đã nhắn An giúp bà rồi ạ." in ba.tap("Hỏi người giúp")
    assert f"Bà ngoại đang học bài “{TITLE}” và cần em giúp" in an.receive()


def test_without_a_link_somebody_near_is_asked(school: School) -> None:
    ba = tried(school)
    assert "bà tự bấm nhé. Mật khẩu, mã OTP thì không đưa cho ai ạ" in ba.tap("Hỏi người giúp")


def test_who_knows_it_skips_the_lesson_by_one_right_answer(school: School) -> None:
    ba = opened(school)
    assert "cháu hỏi một câu thôi" in ba.tap("Bà biết rồi")
    assert f"Bà đã xong bài “{TITLE}”" in answer(ba)


def test_who_only_thought_so_learns_it(school: School) -> None:
    ba = opened(school)
    ba.tap("Bà biết rồi")
    assert "không sao ạ" in answer(ba, right=False)
    assert ba.tap("Học bài này").startswith("Bước 1/5.")


def test_taken_again_it_asks_another_question(school: School) -> None:
    ba = opened(school)
    ba.tap("Bà biết rồi")
    answer(ba, 1)
    ba.say("học bài")
    ba.tap("Điện thoại")
    ba.tap(f"{TITLE} ✓")
    asked = ba.tap("Bà biết rồi")
    assert content.lessons()[SLUG].questions[0].ask not in asked


def test_a_finished_lesson_can_be_pasted_anywhere(school: School) -> None:
    ba = tried(school)
    ba.tap("Làm được")
    answer(ba)
    assert "Bà chép đoạn này" in ba.tap("Chia sẻ bài này")
    pasted = ba.replies[1].text
    assert pasted.startswith(f"{TITLE}\n1. Mở Cài đặt")
    assert pasted.endswith(f"\nhttps://hocvuso.example.vn/?join=bai-{SLUG}")


def test_a_lesson_goes_on_where_it_stopped_days_later(school: School) -> None:
    ba = opened(school)
    ba.tap("Bắt đầu")
    ba.tap("Tiếp")
    ba.tap("Nghỉ")
    school.wait(days=3)
    assert "lần trước bà dừng ở bước 2/5" in ba.say("học tiếp")
    assert ba.tap("Học tiếp").startswith("Bước 2/5.")


def test_the_learner_is_addressed_by_kinship(school: School) -> None:
    assert "Ông bắt đầu nhé" in opened(school, "ông").replies[0].text


def test_what_a_pupil_learnt_is_there_to_be_passed_on(school: School) -> None:
    an = school.pupil("An")
    an.join("bai-cai-vneid")
    an.tap("Em biết rồi")
    question = content.lessons()["cai-vneid"].questions[0]
    said = an.tap(question.options[question.right - 1].replace("{you}", "em").replace("{You}", "Em"))
    assert "Giờ em đi giúp người nhà nhé: Cài VNeID." in said
    an.tap("Nhắc em đi giúp")
    assert an.labels[0].startswith("Nhắc ngày mai")


def test_a_link_opens_a_lesson_for_anybody(school: School) -> None:
    guest = school.stranger()
    assert "bước ngắn" in guest.join("bai-cai-vneid")
    assert "Mã này không đúng" in school.stranger("other").join("bai-khong-co")


NAMES = "\n(Tên mục có thể khác theo máy.)"


@pytest.mark.parametrize(
    ("slug", "step", "note"),
    [
        ("wifi", 1, ""),
        ("am-luong", 2, NAMES),
        ("dang-nhap-dvc", 1, "\n(Điều này có thể thay đổi, nên xem lại ở dichvucong.gov.vn.)"),
        ("dang-nhap-dvc", 2, NAMES),
        ("phan-anh-156", 2, ""),  # the step says itself that it may change
    ],
)
def test_a_step_that_may_differ_or_change_says_so_once(school: School, slug: str, step: int, note: str) -> None:
    ba = school.elder("bà")
    ba.join(f"bai-{slug}")
    ba.tap("Bắt đầu")
    for _ in range(step - 1):
        ba.tap("Tiếp")
    _number, said = ba.replies[0].text.split(". ", 1)
    assert said == content.lessons()[slug].steps[step - 1].text + note


def test_a_fact_that_may_change_says_so_in_english_too(school: School) -> None:
    guest = school.stranger()
    guest.join("LEARNER")
    guest.say("/ngonngu")
    guest.tap("English")
    guest.join("bai-dang-nhap-dvc")
    assert guest.tap("Start").endswith("\n(This may change; please check it at dichvucong.gov.vn.)")


def _fits_the_screen(guest: Talk) -> None:
    assert "{" not in "".join([*(reply.text for reply in guest.replies), *guest.labels])
    assert [reply.text for reply in guest.replies if len(reply.text) > MESSAGE_LENGTH] == []


@pytest.mark.parametrize("slug", content.lessons())
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_lesson_can_be_taken_to_its_end(school: School, slug: str, language: str) -> None:
    guest = school.stranger()
    guest.join("LEARNER")
    guest.say("/ngonngu")
    guest.tap("English" if language == "en" else "Tiếng Việt")
    guest.join(f"bai-{slug}")
    for _ in range(len(content.lessons()[slug].steps) + 2):
        _fits_the_screen(guest)
        guest.choose(guest.replies[-1].choices[0].value)
    asked = content.lessons()[slug].questions[0]
    for place in range(1, len(asked.options) + 1):
        if place != asked.right:
            guest.choose(f"answer:{slug}:1:{place}")
            _fits_the_screen(guest)
            guest.choose(f"ask:{slug}")
    guest.choose(f"answer:{slug}:1:{asked.right}")
    with school.database.transaction() as store:
        progress = store.progress(guest.person(store).id)[slug]
    assert progress.finished_at is not None
