"""Where to begin, what comes next, and why."""

import content
from bot.rules import path as rule
from handlers import lesson_words
from tests.handlers.test_review import learnt
from tests.talk import School, Talk


def test_an_elder_begins_with_an_easy_lesson_and_hears_why(school: School) -> None:
    said = school.elder("bà").say("học tiếp")
    assert said.startswith("Bài tiếp theo: “")
    assert "Bài này dễ, hợp để bắt đầu." in said


def test_what_was_weak_comes_back_first(school: School) -> None:
    ba = learnt(school, "wifi", right=False)
    said = ba.say("đường học")
    assert "có câu của bài này bà chưa nhớ" in said
    assert content.lessons()["wifi"].title in said


def test_a_market_seller_chooses_the_own_path(school: School) -> None:
    co = school.elder("cô")
    co.say("duong hoc")
    co.tap("Đổi đường học")
    said = co.tap("Tiểu thương")
    slug = co.value("Học luôn").split(":")[1]
    assert "TT" in content.lessons()[slug].groups
    assert "Bài tiếp theo" in said


def placed(ba: Talk, *, right: bool) -> str:
    said = ""
    for slug in rule.placement(lesson_words.facts(), "NCT"):
        place = content.lessons()[slug].questions[0].right if right else 0
        said = ba.choose(f"placed:{slug}:{place}")
    return said


def test_five_questions_find_where_to_begin(school: School) -> None:
    ba = school.elder("bà")
    ba.say("đường học")
    assert ba.tap("Xếp lớp nhanh").startswith("5 câu nhỏ để biết bà nên bắt đầu từ đâu.")
    assert "Câu 1/5." in ba.replies[1].text
    said = placed(ba, right=True)
    assert "Bà đúng 5/5 câu." in said
    assert "Bài này kế tiếp trên đường học “Người cao tuổi”." in said or "thì bài" in said


def test_who_knows_nothing_begins_at_the_beginning(school: School) -> None:
    ba = school.elder("bà")
    ba.say("đường học")
    ba.tap("Xếp lớp nhanh")
    said = placed(ba, right=False)
    assert "Bà đúng 0/5 câu." in said
    assert "hợp để bắt đầu" in said


def test_the_questions_can_be_left_by_a_word(school: School) -> None:
    ba = school.elder("bà")
    ba.say("đường học")
    ba.tap("Xếp lớp nhanh")
    old = ba.value("Chưa biết")
    assert "Mình dừng phần xếp lớp" in ba.say("thôi mệt quá")
    assert "Bài tiếp theo" in ba.choose(old)


def test_what_a_grandchild_showed_is_suggested(school: School) -> None:
    from tests.handlers.test_kin import SENTENCE, family

    an, ba = family(school)
    an.say(SENTENCE)
    an.tap("Đúng, ghi lại")
    said = ba.say("đường học")
    assert "Con cháu vừa chỉ bà việc này" in said or "thì bài" in said


def test_in_english(school: School) -> None:
    ba = school.elder("bà")
    ba.say("english")
    ba.tap("English")
    assert ba.say("my path").startswith("The next lesson:")
