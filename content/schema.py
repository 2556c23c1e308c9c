"""What a content file may say: strict, so that a slip is found before a learner meets it."""

import re
import unicodedata
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

# One idea a message: 240 characters fit a small phone without scrolling (docs/decisions/0003).
MESSAGE_LENGTH = 240


def _composed(text: str) -> str:
    if unicodedata.normalize("NFC", text) != text:
        raise ValueError("chữ chưa ở dạng dựng sẵn (NFC): hãy gõ lại hoặc lưu lại bằng bảng mã NFC")
    if text != text.strip():
        raise ValueError("thừa dấu cách ở đầu hoặc cuối")
    return text


Text = Annotated[str, Field(min_length=1), AfterValidator(_composed)]
Message = Annotated[Text, Field(max_length=MESSAGE_LENGTH)]
Label = Annotated[Text, Field(max_length=60)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=30)]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9_]+$")]


class Sheet(BaseModel):
    """A content file: unknown keys are errors, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Step(Sheet):
    """One instruction; `check` marks a menu name or a procedure a person must still verify."""

    text: Message
    check: bool = False


class Question(Sheet):
    """One question with two to four options; `right` counts from 1."""

    ask: Message
    options: Annotated[tuple[Label, ...], Field(min_length=2, max_length=4)]
    right: Annotated[int, Field(ge=1)]
    why: Message

    @model_validator(mode="after")
    def _right_is_an_option(self) -> Self:
        if self.right > len(self.options):
            raise ValueError(f"đáp án đúng là {self.right} nhưng chỉ có {len(self.options)} lựa chọn")
        if len(set(self.options)) != len(self.options):
            raise ValueError("có hai lựa chọn giống hệt nhau")
        return self


Group = Literal["NCT", "ND", "HS", "TT", "GV"]


class Lesson(Sheet):
    """One lesson in Vietnamese; `groups` are elders, citizens, pupils, market sellers, staff."""

    code: Annotated[str, Field(pattern=r"^L\d{2}$")]
    title: Label
    topic: Slug
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    framework: Annotated[tuple[Annotated[str, Field(pattern=r"^(TT02|DLGF) \d\.\d$")], ...], Field(min_length=1)]
    skill: Code
    status: Literal["ready", "draft"]
    checked_on: date
    needs: tuple[Slug, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=5)]
    mistake: Message
    warning: Message
    question: Question


class QuestionTranslation(Sheet):
    """The same question in another language; the right answer keeps its place."""

    ask: Message
    options: Annotated[tuple[Label, ...], Field(min_length=2, max_length=4)]
    why: Message


class LessonTranslation(Sheet):
    """The words of a lesson in another language (`<slug>.en.yaml`)."""

    title: Label
    steps: Annotated[tuple[Message, ...], Field(min_length=3, max_length=5)]
    mistake: Message
    warning: Message
    question: QuestionTranslation


class Topic(Sheet):
    """A shelf of lessons."""

    title: Label
    title_en: Label


# A word that keeps its capital at the start of a phrase that stands inside a sentence.
NAMES = frozenset({"AI", "QR", "SIM", "VNeID", "VssID", "Wi-Fi", "Zalo"})
# One question for every relative: an address written out would be wrong for all the others.
_ONE_KIN_ONLY = frozenset({"bà", "ông"})
_ENDS = ".!?…"
_ADDRESS = re.compile(r"\{[Yy]ou\}")
EASY_LENGTH = 120
EASY_OPTION_LENGTH = 40


def _inside_a_sentence(text: str) -> str:
    if not text[0].islower() and text.split()[0] not in NAMES:
        raise ValueError("cụm từ này đứng giữa câu: viết thường chữ đầu, trừ tên riêng")
    if text[-1] in _ENDS:
        raise ValueError("cụm từ này đứng giữa câu: bỏ dấu ở cuối")
    return text


def _to_any_relative(text: str) -> str:
    if set("{}") & set(_ADDRESS.sub("", text)):
        raise ValueError("chỗ trống chỉ được là {you} hoặc {You}")
    for blank in _ADDRESS.finditer(text):
        before = text[: blank.start()].rstrip()
        if (not before or before[-1] in _ENDS) != (blank[0] == "{You}"):
            raise ValueError("đầu câu viết {You}, giữa câu viết {you}")
    if fixed := _ONE_KIN_ONLY.intersection(re.findall(r"\w+", text.lower())):
        raise ValueError(f"viết {{you}} thay cho “{min(fixed)}”, vì câu này hỏi mọi người thân")
    return text


def _politely_asked(text: str) -> str:
    if not _ADDRESS.search(text):
        raise ValueError("câu hỏi phải gọi người được hỏi: thêm {you} hoặc {You}")
    if not text.endswith(" ạ?"):
        raise ValueError("câu hỏi phải lễ phép: kết thúc bằng “ạ?”")
    return text


def _without_blanks(text: str) -> str:
    if set("{}") & set(text):
        raise ValueError("bản tiếng Anh không có chỗ trống: viết thẳng “you”")
    return text


def _told_apart(options: tuple[str, str]) -> tuple[str, str]:
    if len({_letters(option) for option in options}) < len(options):
        raise ValueError("hai lựa chọn giống nhau (không kể dấu, chữ hoa và hình)")
    return options


def _letters(text: str) -> str:
    """What is left when somebody types a choice without marks, capitals or pictures."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if letter.isalnum())


Inside = Annotated[Label, AfterValidator(_inside_a_sentence)]
_Easy = Annotated[Text, Field(max_length=EASY_LENGTH)]
_Easier = Annotated[Text, Field(max_length=EASY_OPTION_LENGTH)]
Easy = Annotated[_Easy, AfterValidator(_to_any_relative)]
EasyEnglish = Annotated[_Easy, AfterValidator(_without_blanks)]
EasyOption = Annotated[_Easier, AfterValidator(_to_any_relative)]
EasyOptionEnglish = Annotated[_Easier, AfterValidator(_without_blanks)]


class EasyQuestion(Sheet):
    """One question for fun on what was just learned, to any relative; `right` counts from 1.

    `{you}` and `{You}` stand for how the relative is addressed, in Vietnamese only.
    The program adds the third choice, "{You} chưa nhớ"; `why` is said after a right and a wrong answer.
    """

    ask: Annotated[Easy, AfterValidator(_politely_asked)]
    options: Annotated[tuple[EasyOption, EasyOption], AfterValidator(_told_apart)]
    right: Annotated[int, Field(ge=1, le=2)]
    why: Easy
    ask_en: EasyEnglish
    options_en: Annotated[tuple[EasyOptionEnglish, EasyOptionEnglish], AfterValidator(_told_apart)]
    why_en: EasyEnglish


Age = Literal["60+", "<60"]
# Words people write. A phrase may offer choices ("bật|mở wifi"), leave a word out ("gọi (điện) video"),
# "_" is a space inside a choice ("tắt|khởi_động máy"), "*" any word, and "{me}" a class of words (phrases/classes.yaml).
Phrases = tuple[Text, ...]


class Relative(Sheet):
    """Whom a pupil helps, as a kinship code (never a name).

    `name` stands inside a sentence; `you` is how the bot addresses this relative on the pupil's phone;
    `pupil` is what this relative calls the pupil before a nickname ("cháu An");
    `age` is the band assumed until somebody says otherwise.
    """

    name: Label
    name_en: Label
    you: Label
    pupil: Inside
    age: Age
    spellings: Phrases = ()


class Skill(Sheet):
    """What a relative learns; `short` fits a button.

    `doing` fits after "bà tự … được" and "cháu An chỉ bà …", `doing_en` after "how to".
    `generic` words (an app's name) give way to specific spellings, `vague` ones to everything else.
    """

    name: Label
    name_en: Label
    short: Annotated[Text, Field(max_length=30)]
    short_en: Annotated[Text, Field(max_length=30)]
    group: Slug
    doing: Inside
    doing_en: Inside
    easy: EasyQuestion | None = None
    spellings: Phrases = ()
    generic: Phrases = ()
    vague: Phrases = ()


class Outcome(Sheet):
    """How a session went; `stage` orders outcomes from least to most advanced.

    `weak` phrases ("xong", "ok") count only when nothing clearer was said.
    """

    name: Label
    name_en: Label
    short: Annotated[Text, Field(max_length=30)]
    short_en: Annotated[Text, Field(max_length=30)]
    stage: int
    phrases: Phrases = ()
    weak: Phrases = ()


class Abbreviations(Sheet):
    """What is written for short, and the words it stands for."""

    words: dict[Text, Text]


class Classes(Sheet):
    """Words that phrases name together: "{me}" in a phrase is any word of the class `me`."""

    words: dict[Annotated[str, Field(pattern=r"^[a-z_]+$")], Phrases]


class Numbers(Sheet):
    """Numbers in words: units, "mười", "mươi", "hăm"."""

    words: dict[Text, Annotated[int, Field(ge=1, le=60)]]
    ten: Phrases
    tens: Phrases
    twenty: Phrases


class Durations(Sheet):
    """Words of length: units, whole phrases by minutes, and what multiplies, sums or names a time of the day."""

    minute: Phrases
    hour: Phrases
    half: Phrases
    less: Phrases
    whole: dict[Annotated[int, Field(ge=1)], Phrases]
    total: Phrases
    times: Phrases
    per_head: Phrases
    per_skill: Phrases
    per_time: Phrases
    clock_before: Phrases
    clock_after: Phrases
    morning: Phrases
    noon: Phrases
    evening: Phrases
    night: Phrases
    to: Phrases
    not_for: Phrases


class Dates(Sheet):
    """Words of the calendar; `offsets` count days from today, `weekdays` from Monday (0)."""

    offsets: dict[Annotated[int, Field(le=0)], Phrases]
    vague: Phrases
    weekdays: dict[Annotated[int, Field(ge=0, le=6)], Phrases]
    weekend: Phrases
    last_week: Phrases
    this_week: Phrases
    just_past: Phrases
    day_unit: Phrases
    week_unit: Phrases
    ago: Phrases
    since: Phrases
    day_word: Phrases
    ordinals: Phrases
    recheck: Phrases
    lunar: Phrases
    future: Phrases


class People(Sheet):
    """Who is who besides the kinship files; `pairs` are two codes said in one breath ("bố mẹ")."""

    pairs: dict[Annotated[str, Field(pattern=r"^[A-Z_]+ [A-Z_]+$")], Phrases]
    speakers: Phrases
    possessors: Phrases
    third_persons: Phrases
    ranks: Phrases
    occupations: Phrases
    nearby: Phrases
    others: Phrases
    of_friend: Phrases
    not_people: Phrases
    risky: Phrases
    particles: Phrases


class Helping(Sheet):
    """Words that mean "I helped": said by the pupil, asked of the pupil, only tried."""

    verbs: Phrases
    asked: Phrases
    being: Phrases
    helps: Phrases
    afterwards: Phrases
    tried: Phrases
    not_verbs: Phrases


class Results(Sheet):
    """The small words outcomes are built from: not, able, when, was … by, then, alone, knows."""

    negations: Phrases
    able: Phrases
    conditions: Phrases
    passive: Phrases
    feared: Phrases
    not_outcomes: Phrases
    not_yet: Phrases
    only: Phrases
    at_once: Phrases
    feelings: Phrases
    then: Phrases
    also: Phrases
    topics: Phrases
    alone: Phrases
    knows: Phrases


class Mentions(Sheet):
    """Words around a skill or a person that change what is meant; `fillers` may stand inside any phrase."""

    not_skills: Phrases
    via: Phrases
    occasions: Phrases
    wishes: Phrases
    studies: Phrases
    forgotten: Phrases
    belongings: Phrases
    purposes: Phrases
    turns: Phrases
    joins: Phrases
    leads: Phrases
    to_others: Phrases
    contact: Phrases
    fillers: Phrases


class NotLogs(Sheet):
    """What is said when it is not a log, by kind."""

    greeting: Phrases
    command: Phrases
    question: Phrases
    amounts: Phrases
    question_start: Phrases
    question_allowed: Phrases
    plan: Phrases
    intends: Phrases
    unreal: Phrases
    cheat: Phrases
    no_attempt: Phrases
    victim: Phrases
    not_victim: Phrases
    data: Phrases
    leisure: Phrases
    told_to: Phrases
    seen: Phrases
    offline: Phrases
    keep: Phrases
    pastimes: Phrases
    used_to: Phrases
    chats: Phrases


class FirstChoices(Sheet):
    """Codes in the order in which they are offered before the person has a habit of their own."""

    relatives: Annotated[tuple[Code, ...], Field(min_length=1)]
    skills: Annotated[tuple[Code, ...], Field(min_length=1)]


class CodeWords(Sheet):
    """Words of a code that is said aloud; no two of a list are the same without their marks."""

    animals: Annotated[tuple[Label, ...], Field(min_length=10)]
    colours: Annotated[tuple[Label, ...], Field(min_length=5)]
