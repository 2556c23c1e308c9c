"""What the grandmother is asked on the pupil's phone: every skill, every relative, every slip."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from content import FOLDER, check, lesson_of_skill, lessons, relatives, skills
from content.schema import EASY_LENGTH, EASY_OPTION_LENGTH, Relative, Skill

# "Bà hoặc bố" is nobody yet: the pupil is asked who was meant before anything is confirmed.
ADDRESSES = sorted({relative.you for code, relative in relatives().items() if code != "BA_HAY_BO"})
ASKED = {code: skill.easy for code, skill in skills().items() if skill.easy}

PUPIL = {
    "con": "BO ME BA_HAY_BO",
    "em": "ANH CHI",
    "anh/chị": "EM",
    "bạn": "BAN",
    "cháu": """ONG BA ONG_NOI BA_NOI ONG_NGOAI BA_NGOAI NOI NGOAI CU BAC CHU THIM CO DUONG CAU MO DI
    HANG_XOM NGUOI_KHAC""",
}


def filled(text: str, you: str) -> str:
    """A text as the program says it to one relative."""
    return text.format(you=you, You=you.capitalize())


def test_every_skill_but_something_else_has_an_easy_question() -> None:
    assert set(skills()) - set(ASKED) == {"KHAC"}


@pytest.mark.parametrize("code", ASKED)
def test_an_easy_question_fits_every_relative(code: str) -> None:
    easy = ASKED[code]
    for you in ADDRESSES:
        assert len(filled(easy.ask, you)) <= EASY_LENGTH, you
        assert len(filled(easy.why, you)) <= EASY_LENGTH, you
        assert all(len(filled(option, you)) <= EASY_OPTION_LENGTH for option in easy.options), you


@pytest.mark.parametrize("code", ASKED)
def test_an_easy_question_is_asked_in_polite_words(code: str) -> None:
    easy = ASKED[code]
    assert easy.ask.endswith("ạ?")
    assert easy.why.endswith("ạ.")
    assert easy.ask_en.endswith("?")
    assert easy.why_en.endswith(".")
    assert not any("chưa nhớ" in option for option in easy.options), "the program adds this choice"


def test_the_right_answer_stands_about_half_the_time_in_each_place() -> None:
    places = Counter(easy.right for easy in ASKED.values())
    assert min(places[1], places[2]) >= 0.4 * len(ASKED)


@pytest.mark.parametrize("code", skills())
def test_what_was_learned_reads_inside_a_sentence(code: str) -> None:
    skill = skills()[code]
    assert "được" not in skill.doing.split(), "“bà tự … được” already says it"
    assert not skill.doing_en.startswith(("to ", "how ")), "it stands after “how to”"


@pytest.mark.parametrize("code", relatives())
def test_a_relative_calls_the_pupil_by_the_right_kin_word(code: str) -> None:
    assert code in PUPIL[relatives()[code].pupil].split()


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("{you} bấm", "{ban} bấm", "easy → ask: chỗ trống chỉ được là {you} hoặc {You}"),
        ("{you} bấm", "{you bấm", "easy → ask: chỗ trống chỉ được là {you} hoặc {You}"),
        ("{you} bấm", "{You} bấm", "easy → ask: đầu câu viết {You}, giữa câu viết {you}"),
        ("{you} bấm", "bà bấm", "easy → ask: viết {you} thay cho “bà”, vì câu này hỏi mọi người thân"),
        ("{you} bấm", "mình bấm", "easy → ask: câu hỏi phải gọi người được hỏi: thêm {you} hoặc {You}"),
        ("nào ạ?", "nào?", "easy → ask: câu hỏi phải lễ phép: kết thúc bằng “ạ?”"),
        ("Muốn thấy", "Muốn thấy " + "rất " * 30, "easy → ask: dài quá, nhiều nhất 120 chữ"),
        ("Hình máy quay", "{you} bấm máy quay", "easy → why: đầu câu viết {You}, giữa câu viết {you}"),
        (
            "Cái điện thoại 📞",
            "cai may quay",
            "easy → options: hai lựa chọn giống nhau (không kể dấu, chữ hoa và hình)",
        ),
        ("Cái điện thoại 📞", "Cái điện thoại " * 3, "easy → options → 2: thừa dấu cách ở đầu hoặc cuối"),
        (
            "Cái điện thoại 📞",
            "Cái điện thoại bàn ở nhà ngày xưa của mình",
            "easy → options → 2: dài quá, nhiều nhất 40 chữ",
        ),
        (', "Cái điện thoại 📞"', "", "easy → options → 2: thiếu mục này"),
        (
            "The telephone 📞",
            "the camera",
            "easy → options_en: hai lựa chọn giống nhau (không kể dấu, chữ hoa và hình)",
        ),
        ("do you tap", "do {you} tap", "easy → ask_en: bản tiếng Anh không có chỗ trống: viết thẳng “you”"),
        ("  why_en:", "  # why_en:", "easy → why_en: thiếu mục này"),
        ("  options_en:", "  # options_en:", "easy → options_en: thiếu mục này"),
        ("right: 1", "right: 3", "easy → right: lớn nhất là 2"),
        ("right: 1", "right: 0", "easy → right: nhỏ nhất là 1"),
        ("  right:", "  wright:", "easy → wright: mục này không có trong mẫu, có thể gõ sai tên"),
        ("doing: gọi", "doing: Gọi", "doing: cụm từ này đứng giữa câu: viết thường chữ đầu, trừ tên riêng"),
        ("doing: gọi video trên Zalo", "doing: gọi video.", "doing: cụm từ này đứng giữa câu: bỏ dấu ở cuối"),
        ("doing_en: make", "doing_en: Make", "doing_en: cụm từ này đứng giữa câu: viết thường chữ đầu, trừ tên riêng"),
        ("doing:", "# doing:", "doing: thiếu mục này"),
    ],
)
def test_a_slip_in_a_skill_is_told(tmp_path: Path, before: str, after: str, said: str) -> None:
    path = tmp_path / "ZALO_VIDEO.yaml"
    text = (FOLDER / "skills" / path.name).read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert said in check.one_file(path, Skill)[1]


def test_a_phrase_may_begin_with_a_name() -> None:
    skill = skills()["VNEID_KHAC"].model_dump()
    assert Skill.model_validate({**skill, "doing": "VNeID và việc cần"}).doing == "VNeID và việc cần"


def test_a_relative_without_a_word_for_the_pupil_is_told(tmp_path: Path) -> None:
    path = tmp_path / "BA.yaml"
    text = (FOLDER / "relatives" / path.name).read_text(encoding="utf-8")
    path.write_text(text.replace("pupil: cháu\n", ""), encoding="utf-8")
    assert check.one_file(path, Relative)[1] == ["pupil: thiếu mục này"]


def test_a_skill_without_an_easy_question_is_told(broken: Path) -> None:
    shutil.copy(broken / "skills" / "KHAC.yaml", broken / "skills" / "ZALO_CHAT.yaml")
    assert check.together(broken) == ["skills/ZALO_CHAT.yaml: thiếu câu hỏi dễ (easy)"]


def test_right_answers_all_in_one_place_are_told(broken: Path) -> None:
    for path in (broken / "skills").glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("  right: 2\n", "  right: 1\n"), encoding="utf-8")
    said = "skills: câu hỏi dễ nào cũng có đáp án đúng ở chỗ 1, hãy đổi chỗ khoảng một nửa"
    assert check.together(broken) == [said]


def test_the_lesson_of_a_skill_is_the_first_that_teaches_it() -> None:
    first = lesson_of_skill()
    assert first["DT_COBAN"] == "bat-tat-sac"  # L01, before L02 of the same skill
    assert first["CK"] == "chuyen-khoan"
    assert set(first) == set(skills()) - {"KHAC"}
    assert all(lessons()[slug].skill == code for code, slug in first.items())
    assert lesson_of_skill() is first
