"""What a content file may say: strict, so that a slip is found before a learner meets it."""

import re
import unicodedata
from datetime import date
from functools import cache
from typing import Annotated, Literal, Self
from zoneinfo import available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

# One idea a message: 240 characters fit a small phone without scrolling (docs/decisions/0003).
MESSAGE_LENGTH = 240
# A question today, one when it is asked again days later, and one so that neither is learned by heart.
FEWEST_QUESTIONS = 3


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
Site = Annotated[str, Field(pattern=r"^([a-z0-9-]+\.)+[a-z]{2,}$")]
Code = Annotated[str, Field(pattern=r"^[A-Z0-9_]+$")]


class Sheet(BaseModel):
    """A content file: unknown keys are errors, and nothing changes after loading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# A word that keeps its capital at the start of a phrase that stands inside a sentence.
NAMES = frozenset({"AI", "QR", "SIM", "VNeID", "VssID", "Wi-Fi", "Zalo"})
# One question for every relative: an address written out would be wrong for all the others.
_ONE_KIN_ONLY = frozenset({"bà", "ông"})
_ENDS = ".!?…"
_QUOTES = " “”\"'("
_ADDRESS = re.compile(r"\{[Yy]ou\}")


def _inside_a_sentence(text: str) -> str:
    if not text[0].islower() and text.split()[0] not in NAMES:
        raise ValueError("cụm từ này đứng giữa câu: viết thường chữ đầu, trừ tên riêng")
    if text[-1] in _ENDS:
        raise ValueError("cụm từ này đứng giữa câu: bỏ dấu ở cuối")
    return text


def _addressing(text: str) -> str:
    if set("{}") & set(_ADDRESS.sub("", text)):
        raise ValueError("chỗ trống chỉ được là {you} hoặc {You}")
    for blank in _ADDRESS.finditer(text):
        before = text[: blank.start()].rstrip(_QUOTES)
        if (not before or before[-1] in _ENDS) != (blank[0] == "{You}"):
            raise ValueError("đầu câu viết {You}, giữa câu viết {you}")
    return text


def _to_any_relative(text: str) -> str:
    _addressing(text)
    if fixed := _ONE_KIN_ONLY.intersection(re.findall(r"\w+", text.lower())):
        raise ValueError(f"viết {{you}} thay cho “{min(fixed)}”, vì câu này hỏi mọi người thân")
    return text


def _politely_asked(text: str) -> str:
    if not _ADDRESS.search(text):
        raise ValueError("câu hỏi phải gọi người được hỏi: thêm {you} hoặc {You}")
    if not text.endswith(" ạ?"):
        raise ValueError("câu hỏi phải lễ phép: kết thúc bằng “ạ?”")
    return text


def _asking_whether_it_is_done(text: str) -> str:
    if not _ADDRESS.search(text):
        raise ValueError("việc làm thử phải gọi người học: thêm {you} hoặc {You}")
    if not text.endswith("chưa ạ?"):
        raise ValueError("việc làm thử phải kết thúc bằng câu hỏi lễ phép, ví dụ “Được chưa ạ?”")
    return text


def _asking(text: str) -> str:
    if not text.endswith("?"):
        raise ValueError("việc làm thử phải kết thúc bằng câu hỏi, ví dụ “Could you do it?”")
    return text


def _without_blanks(text: str) -> str:
    if set("{}") & set(text):
        raise ValueError("bản tiếng Anh không có chỗ trống: viết thẳng “you”")
    return text


def _said_to_all(text: str) -> str:
    if set("{}") & set(text):
        raise ValueError("tên không có chỗ trống {you}: tên bài nói với mọi người")
    return text


def _told_apart(options: tuple[str, ...]) -> tuple[str, ...]:
    if len({_letters(option) for option in options}) < len(options):
        raise ValueError("hai lựa chọn giống nhau (không kể dấu, chữ hoa và hình)")
    return options


def _letters(text: str) -> str:
    """What is left when somebody types a choice without marks, capitals or pictures."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in plain if letter.isalnum())


Title = Annotated[Label, AfterValidator(_said_to_all)]
# Words to the learner: `{you}` and `{You}` stand for how the person is addressed, in Vietnamese only.
Told = Annotated[Message, AfterValidator(_addressing)]
Option = Annotated[Label, AfterValidator(_addressing)]
Options = Annotated[tuple[Option, ...], Field(min_length=2, max_length=4), AfterValidator(_told_apart)]
English = Annotated[Message, AfterValidator(_without_blanks)]
EnglishOption = Annotated[Label, AfterValidator(_without_blanks)]
EnglishOptions = Annotated[tuple[EnglishOption, ...], Field(min_length=2, max_length=4), AfterValidator(_told_apart)]


# What keeps a step true when menus move or rules change, in both languages.
MAY_CHANGE = ("có thể khác", "có thể thay đổi", "may differ", "may be different", "may change")
# What a person must still verify: how a thing is called and where it stands, or a rule, a date, a number.
Doubt = Literal["menu", "fact"]


def says_it_may_differ(text: str) -> bool:
    """Whether a step says itself that it may look different one day, or on another phone."""
    return any(words in text.lower() for words in MAY_CHANGE)


class Step(Sheet):
    """One instruction; `check` says what in it a person must still verify.

    Where the step does not say so itself, the program adds that names may differ, or that the fact may change.
    """

    text: Told
    check: Doubt | None = None

    def may_surprise(self, words: str) -> bool:
        """Whether to add to this step, told in these words, that names may differ."""
        return self.check == "menu" and not says_it_may_differ(words)

    def may_change(self, words: str) -> bool:
        """Whether to add to this step, told in these words, that the fact may change."""
        return self.check == "fact" and not says_it_may_differ(words)


class Question(Sheet):
    """One question with two to four options; `right` counts from 1."""

    ask: Told
    options: Options
    right: Annotated[int, Field(ge=1)]
    why: Told

    @model_validator(mode="after")
    def _right_is_an_option(self) -> Self:
        if self.right > len(self.options):
            raise ValueError(f"đáp án đúng là {self.right} nhưng chỉ có {len(self.options)} lựa chọn")
        return self


class Source(Sheet):
    """Where a lesson's facts come from: an official site; `check` marks what nobody has verified yet."""

    name: Title
    url: Annotated[str, Field(pattern=r"^https://[a-z0-9.-]+(/\S*)?$")] | None = None
    check: bool = False

    @model_validator(mode="after")
    def _known_or_to_check(self) -> Self:
        if self.url is None and not self.check:
            raise ValueError("nguồn không có địa chỉ (url) thì phải ghi check: true để có người kiểm tra")
        return self


Group = Literal["NCT", "ND", "HS", "TT", "GV"]


class Lesson(Sheet):
    """One lesson in Vietnamese; `groups` are elders, citizens, pupils, market sellers, staff.

    `practice` is one small thing to try on the own phone, and asks whether it worked.
    `brief` are shorter steps for the text that is pasted elsewhere, where the steps do not fit.
    """

    code: Annotated[str, Field(pattern=r"^L\d{2}$")]
    title: Title
    topic: Slug
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    framework: Annotated[tuple[Annotated[str, Field(pattern=r"^(TT02|DLGF) \d\.\d$")], ...], Field(min_length=1)]
    skill: Code
    status: Literal["ready", "draft"]
    checked_on: date
    needs: tuple[Slug, ...] = ()
    steps: Annotated[tuple[Step, ...], Field(min_length=3, max_length=5)]
    practice: Annotated[Told, AfterValidator(_asking_whether_it_is_done)]
    brief: Annotated[tuple[Told, ...], Field(min_length=3, max_length=5)] | None = None
    mistake: Told
    warning: Told
    questions: Annotated[tuple[Question, ...], Field(min_length=FEWEST_QUESTIONS)]
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]

    def told_steps(self) -> tuple[str, ...]:
        """The steps without their marks."""
        return tuple(step.text for step in self.steps)

    def site(self) -> str:
        """Where to look a fact up, as somebody types it ("vneid.gov.vn"); empty when no source has an address."""
        return next((source.url.split("/")[2] for source in self.sources if source.url), "")


class QuestionTranslation(Sheet):
    """The same question in another language; the right answer keeps its place."""

    ask: English
    options: EnglishOptions
    why: English


class LessonTranslation(Sheet):
    """The words of a lesson in another language (`<slug>.en.yaml`)."""

    title: Title
    steps: Annotated[tuple[English, ...], Field(min_length=3, max_length=5)]
    practice: Annotated[English, AfterValidator(_asking)]
    brief: Annotated[tuple[English, ...], Field(min_length=3, max_length=5)] | None = None
    mistake: English
    warning: English
    questions: Annotated[tuple[QuestionTranslation, ...], Field(min_length=FEWEST_QUESTIONS)]

    def told_steps(self) -> tuple[str, ...]:
        """The steps, as the original has them."""
        return self.steps


class Competence(Sheet):
    """One competence of a domain; `check` marks a wording nobody has compared with the document."""

    number: Annotated[int, Field(ge=1)]
    name: Text
    name_en: Text
    check: bool = False


class Domain(Sheet):
    """A domain of competences."""

    number: Annotated[int, Field(ge=0)]
    name: Text
    name_en: Text
    competences: Annotated[tuple[Competence, ...], Field(min_length=1)]


class OfficialGroup(Sheet):
    """A group of people in an official document, and which groups of our lessons belong to it."""

    code: Code
    name: Text
    name_en: Text
    ours: tuple[Group, ...] = ()


class Framework(Sheet):
    """What an official document says people should be able to do, or in which groups it sees them."""

    code: Code
    name: Text
    name_en: Text
    issued: date | None = None
    domains: tuple[Domain, ...] = ()
    groups: tuple[OfficialGroup, ...] = ()

    def codes(self) -> dict[str, Competence]:
        """The competences by the code that lessons write: "TT02 4.2"."""
        return {
            f"{self.code} {domain.number}.{found.number}": found
            for domain in self.domains
            for found in domain.competences
        }


class Jargon(Sheet):
    """What to say instead of a word; an `explained` one may be used once the lesson has said it this way.

    `but` is a name in which the word is no jargon ("App Store").
    """

    say: Text
    but: str = ""
    explained: bool = False


class Topic(Sheet):
    """A shelf of lessons."""

    title: Label
    title_en: Label


EASY_LENGTH = 120
EASY_OPTION_LENGTH = 40

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

    networked: Phrases
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
    appointments: Phrases
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
    aspects: Phrases
    both: Phrases
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
    denials: Phrases
    rather: Phrases


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
    firsts: Phrases
    knows: Phrases
    contrasts: Phrases
    although: Phrases
    duties: Phrases
    habits: Phrases
    acts: Phrases
    done: Phrases


class Scenes(Sheet):
    """Cues in what is told after the help, where no set phrase says how it went."""

    things: Phrases
    breaks: Phrases
    refusals: Phrases
    slips: Phrases
    leans: Phrases
    frees: Phrases
    eases: Phrases


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
    about_rules: Phrases
    sure_questions: Phrases
    orders: Phrases
    asking_words: Phrases
    asking_ends: Phrases
    plan: Phrases
    intends: Phrases
    unreal: Phrases
    hypothetical: Phrases
    cheat: Phrases
    no_attempt: Phrases
    nobody: Phrases
    not_us: Phrases
    victim: Phrases
    not_victim: Phrases
    not_cheat: Phrases
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


class Pronunciation(Sheet):
    """How words, numbers, letters and signs are said where a Vietnamese voice would read them wrongly."""

    words: dict[Text, str]
    dialled: Annotated[tuple[Annotated[str, Field(pattern=r"^\d+$")], ...], Field(min_length=1)]
    digits: dict[Annotated[str, Field(pattern=r"^\d$")], Text]
    letters: dict[Annotated[str, Field(min_length=1, max_length=1)], Text]
    signs: dict[str, str]

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if missing := set("0123456789") - set(self.digits):
            raise ValueError(f"thiếu cách đọc chữ số {min(missing)}")
        return self


class Holidays(Sheet):
    """Days, first to last, on which nobody is reminded; `check` until somebody has read this year's decision."""

    name: Label
    name_en: Label
    first: date
    last: date
    check: bool = False

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            raise ValueError("ngày cuối phải sau ngày đầu")
        return self


class Year(Sheet):
    """The holidays of a calendar year."""

    holidays: Annotated[list[Holidays], Field(min_length=1)]


@cache
def _zones() -> set[str]:
    return available_timezones()


def _is_zone(name: str) -> str:
    if name not in _zones():
        raise ValueError("không có múi giờ này trong cơ sở dữ liệu IANA, viết như Asia/Ho_Chi_Minh")
    return name


ZoneName = Annotated[str, AfterValidator(_is_zone)]


class Zone(Sheet):
    """A time zone that people live in, by the name of the country or city."""

    name: Label
    name_en: Label


class Plan(Sheet):
    """A plan that targets come from."""

    title: Text
    title_en: Text


class Target(Sheet):
    """What a plan aims at: so many percent, or so many people, in a year or always.

    `above` means more than `goal`, else at least so many. `measure` is how the bot counts it
    (bot/rules/target.py); without one, a person counts and writes it in. `paragraph` is the plan's own
    sentence, word for word.
    """

    name: Text
    name_en: Text
    plan: Slug
    year: Annotated[int, Field(ge=2025, le=2045)] | None = None
    goal: Annotated[int, Field(ge=1, le=100)]
    of: Literal["percent", "people"]
    above: bool = False
    measure: Literal["pupils_helped", "classes_active", "schools_active"] | None = None
    paragraph: Text


class Letterhead(Sheet):
    """The heading of an official paper: the last line of each side is bold.

    `{superior}`, `{unit}` and `{ward}` are filled in, in capitals. `check` marks one that nobody has
    compared with the rules of its world.
    """

    name: Text
    name_en: Text
    left: tuple[Text, ...]
    right: tuple[Text, ...]
    sign: Text
    recipients: tuple[Text, ...] = ()
    check: bool = False
