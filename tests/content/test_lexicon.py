"""The words log lines are read with: every file, every code, no spelling with two meanings."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

from bot.rules.reading.matcher import Matcher
from content import FOLDER, first_choices, outcomes, phrases, read, relatives, skills, topics
from content.schema import Outcome, Relative, Sheet, Skill
from handlers.reading import lexicon

SHEETS: Mapping[str, type[Sheet]] = {"relatives": Relative, "skills": Skill, "outcomes": Outcome}
FILES = [path for folder in SHEETS for path in sorted((FOLDER / folder).glob("*.yaml"))]
LESSONS = [path for path in sorted((FOLDER / "lessons").glob("*.yaml")) if "." not in path.stem]

RELATIVES = """ONG_NOI BA_NOI ONG_NGOAI BA_NGOAI ONG BA NOI NGOAI BA_HAY_BO CU BO ME BAC CHU THIM CO DUONG CAU MO DI
ANH CHI EM BAN HANG_XOM NGUOI_KHAC"""
SKILLS = """DT_COBAN DT_HIENTHI DT_MANG DT_APP DT_CHUP DT_DANHBA DT_NHAPLIEU ZALO_CHAT ZALO_VIDEO ZALO_ANTOAN WEB_TIM
VNEID_CAI VNEID_MUC2 VNEID_GIAYTO VNEID_KHAC DVC_TAIKHOAN DVC_TIM DVC_NOP DVC_TRACUU YTE_DATLICH YTE_BHYT YTE_SOSK
NH_SO NH_STH CK QR_TRA HOADON MUASAM AT_OTP AT_LUADAO AT_LINK AT_MATKHAU AT_SIM AT_CUOCGOI TINGIA RIENGTU AI_HOI
AI_KIEM CHO_BAN CHO_QR TIETKIEM MOOC HD_NGUOILON KHAC"""
OUTCOMES = "TU_LAM CO_HO_TRO CHUA_QUEN CHUA_DUOC VUONG TU_CHOI KHONG_RO"
WITHOUT_WORDS = {"BA_HAY_BO", "HD_NGUOILON", "KHONG_RO"}

KINDS: list[tuple[str, str, Sequence[str]]] = [
    *(("relative", code, relative.spellings) for code, relative in relatives().items()),
    *(("skill", code, skill.spellings) for code, skill in skills().items()),
    *(("outcome", code, outcome.phrases) for code, outcome in outcomes().items()),
]


@cache
def matcher() -> Matcher:
    return Matcher(lexicon())


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_file_follows_its_schema(path: Path) -> None:
    SHEETS[path.parent.name].model_validate(read(path))


@pytest.mark.parametrize("path", sorted((FOLDER / "phrases").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_list_of_phrases_is_read(path: Path) -> None:
    assert hasattr(phrases(), path.stem)


@pytest.mark.parametrize(("codes", "expected"), [(relatives(), RELATIVES), (skills(), SKILLS), (outcomes(), OUTCOMES)])
def test_every_code_has_its_file(codes: Mapping[str, Sheet], expected: str) -> None:
    assert set(codes) == set(expected.split())


@pytest.mark.parametrize(("kind", "code", "spelled"), KINDS)
def test_every_code_has_words(kind: str, code: str, spelled: Sequence[str]) -> None:
    assert bool(spelled) != (code in WITHOUT_WORDS), kind


@pytest.mark.parametrize(("kind", "code", "spelled"), KINDS)
def test_a_spelling_means_one_code(kind: str, code: str, spelled: Sequence[str]) -> None:
    plain = [phrase for phrase in spelled if not set("|()_{") & set(phrase)]
    assert {phrase: meant for phrase in plain if (meant := meanings(kind, phrase)) != {code}} == {}


def meanings(kind: str, phrase: str) -> set[str]:
    """The codes of this kind that the whole phrase means, written exactly."""
    tokens, _ = matcher().tokens(phrase)
    whole = [tag for tag in matcher().tags(tokens) if tag.kind == kind and tag.size == len(tokens)]
    return {tag.value for tag in whole if not tag.slip and not tag.loose}


@pytest.mark.parametrize("code", skills())
def test_a_skill_stands_on_a_shelf(code: str) -> None:
    assert skills()[code].group in topics()


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_teaches_a_skill_that_exists(path: Path) -> None:
    lesson = read(path)
    assert isinstance(lesson, dict)
    assert lesson["skill"] in skills()


@pytest.mark.parametrize("code", relatives())
def test_grandparents_and_older_are_sixty_and_more(code: str) -> None:
    old = code.startswith(("ONG", "BA_", "NOI", "NGOAI")) or code in ("BA", "CU")
    assert relatives()[code].age == ("60+" if old else "<60")


def test_word_lists_have_names_of_their_own() -> None:
    book = phrases()
    sheets: list[Sheet] = [book.numbers, book.durations, book.dates, book.people, book.helping, book.results]
    sheets += [book.scenes, book.mentions, book.not_logs]
    names = [name for sheet in sheets for name, words in sheet if isinstance(words, tuple)]
    assert len(names) == len(set(names))


def test_everything_can_be_chosen_by_taps_but_what_another_choice_says_more_exactly() -> None:
    first = first_choices()
    assert len(set(first.relatives)) == len(first.relatives)
    assert len(set(first.skills)) == len(first.skills)
    assert set(first.relatives) == set(relatives()) - {"BA_HAY_BO", "BA", "ONG", "NOI", "NGOAI"}
    assert set(first.skills) == set(skills()) - {"HD_NGUOILON"}
