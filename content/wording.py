"""Whether a lesson's words are plain, short and honest: one function a rule, each problem in a teacher's words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from content import pasted
from content.schema import Jargon, Lesson, LessonTranslation, Question, QuestionTranslation, says_it_may_differ

# "Mở Zalo, bấm tên người thân; chờ chuông." is one thing to do; a third part is another message.
MOST_PARTS = 2
MOST_ARROWS = 2
# From so many questions on, answers that all stand in one place can be learned without reading.
ENOUGH_TO_GUESS = 3
# Room for the address of a school's own machine under a pasted text.
LONGEST_LINK = 60
# Room for "(Tên mục có thể khác theo máy.)", and for the longer note on facts with the address of a site.
NAMES_NOTE = 33
FACTS_NOTE = 75
# Words of a step about something on the screen; "names may differ" is true of no other step.
_ON_SCREEN = re.compile(
    r"→|\b(bật|bấm|chạm|chỉnh|chọn|chữ|đặt|đọc|giữ|gõ|kéo|mở|mục|nhập|nút|tải|tạo|tắt|tìm|vào|vuốt|đăng nhập)\b",
    re.IGNORECASE,
)
# A date or an amount of money is a rule of its day.
_OF_ITS_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b|\bnăm 20\d\d\b|\b\d+ (?:nghìn|triệu)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_BETWEEN_PARTS = re.compile(r"[.!?…](?=[\s”\")]|$)|;|\brồi\b")
_ADDRESS = re.compile(r"(?<![\w.@-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Lists:
    """The words and sites that lessons are held against."""

    jargon: Mapping[str, Jargon]
    sites: frozenset[str]


def of_lesson(lesson: Lesson, lists: Lists) -> list[str]:
    """What is wrong with the words of a lesson."""
    said = _said(lesson)
    steps = lesson.told_steps()
    return [
        *(problem for at, text in enumerate(steps, 1) for problem in _several_instructions(f"steps → {at}", text)),
        *_jargon(said, lists.jargon),
        *_strange_sites(said, lists.sites),
        *_strange_sites(_links(lesson), lists.sites),
        *_not_on_screen(lesson),
        *_of_its_day(lesson),
        *_too_sure(lesson, lesson),
        *_guessable(lesson),
        *_too_long_to_paste(lesson, lesson),
    ]


def of_translation(lesson: Lesson, twin: LessonTranslation, lists: Lists) -> list[str]:
    """What is wrong with the words of a translation."""
    said, translated = _said(lesson), _said(twin)
    return [
        *(f"{place}: chưa dịch" for place in said if said[place] == translated.get(place) and "options" not in place),
        *_strange_sites(translated, lists.sites),
        *_too_sure(lesson, twin),
        *_too_long_to_paste(lesson, twin),
    ]


def _said(lesson: Lesson | LessonTranslation) -> dict[str, str]:
    """Every text that a learner reads, by its place in the file."""
    said = {"title": lesson.title, **_numbered("steps", lesson.told_steps()), **_numbered("brief", lesson.brief or ())}
    said |= {"practice": lesson.practice, "mistake": lesson.mistake, "warning": lesson.warning}
    questions: Sequence[Question | QuestionTranslation] = lesson.questions
    for at, question in enumerate(questions, 1):
        place = f"questions → {at}"
        said |= {f"{place} → ask": question.ask, **_numbered(f"{place} → options", question.options)}
        said |= {f"{place} → why": question.why}
    return said


def _numbered(name: str, texts: Iterable[str]) -> dict[str, str]:
    return {f"{name} → {at}": text for at, text in enumerate(texts, 1)}


def _links(lesson: Lesson) -> dict[str, str]:
    return {f"sources → {at}": found.url for at, found in enumerate(lesson.sources, 1) if found.url}


def _several_instructions(place: str, text: str) -> Iterator[str]:
    bare = _ASIDE.sub("", text)
    parts = [part for part in _BETWEEN_PARTS.split(bare) if part.strip(' ”"') and not says_it_may_differ(part)]
    if len(parts) > MOST_PARTS:
        yield (
            f"{place}: có {len(parts)} việc trong một bước (đếm câu, dấu “;” và chữ “rồi”), nhiều nhất {MOST_PARTS}: "
            "tách thành hai bước hoặc bớt lời"
        )
    if (arrows := bare.count("→")) > MOST_ARROWS:
        yield f"{place}: đi qua {arrows + 1} chỗ một lúc (dấu →), nhiều nhất {MOST_ARROWS + 1}: tách thành hai bước"


def _jargon(said: Mapping[str, str], jargon: Mapping[str, Jargon]) -> Iterator[str]:
    whole = "\n".join(said.values())
    for word, instead in jargon.items():
        if not _is_said(word, whole) or (instead.explained and _is_explained(word, instead.say, whole)):
            continue
        how = "phải giải thích ít nhất một lần, ví dụ" if instead.explained else "khó hiểu, hãy viết"
        for place, text in said.items():
            if _is_said(word, text.replace(instead.but, "") if instead.but else text):
                yield f"{place}: chữ “{word}” {how} “{instead.say}”"
                break


def _is_explained(word: str, say: str, text: str) -> bool:
    """Whether it is said the plain way, or told right behind: "passcode (mã số riêng)", "mentee, tức là người học"."""
    behind = re.search(rf"(?<![\w-]){re.escape(word)}( \(|, tức là )", text, re.IGNORECASE if word.islower() else 0)
    return say.lower() in text.lower() or behind is not None


def _is_said(word: str, text: str) -> bool:
    """Whether the word stands there; "AI" is not "ai", but "Link" is "link"."""
    found = re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text, re.IGNORECASE if word.islower() else 0)
    return found is not None


def _strange_sites(said: Mapping[str, str], sites: frozenset[str]) -> Iterator[str]:
    for place, text in said.items():
        for host in _ADDRESS.findall(text.lower()):
            if sites and not any(host == site or host.endswith(f".{site}") for site in sites):
                yield (
                    f"{place}: “{host}” không phải trang chính thức (danh sách ở official_sites.yaml); "
                    "ví dụ trang giả thì viết rời, như “ngan-hang .vip”, để không ai bấm được"
                )


def _not_on_screen(lesson: Lesson) -> Iterator[str]:
    for at, step in enumerate(lesson.steps, 1):
        if step.may_surprise(step.text) and not _ON_SCREEN.search(step.text):
            yield (
                f"steps → {at}: check: menu là cho tên nút, tên mục trên màn hình, mà bước này không nói về chúng; "
                "nếu là quy định, ngày hay con số thì ghi check: fact"
            )


def _of_its_day(lesson: Lesson) -> Iterator[str]:
    for at, step in enumerate(lesson.steps, 1):
        if step.check != "fact" and (found := _OF_ITS_DAY.search(step.text)):
            yield f"steps → {at}: “{found[0]}” là ngày hoặc mức tiền, có thể thay đổi: ghi check: fact"


def _too_sure(lesson: Lesson, words: Lesson | LessonTranslation) -> Iterator[str]:
    for at, (step, told) in enumerate(zip(lesson.steps, words.told_steps(), strict=True), 1):
        if step.may_change(told) and not lesson.site():
            yield (
                f"steps → {at}: check: fact mà không nguồn nào có url để chỉ chỗ xem lại: thêm url, "
                "hoặc viết ngay trong bước, ví dụ “(có thể thay đổi, {you} hỏi lại nhà mạng)”"
            )


def _guessable(lesson: Lesson) -> Iterator[str]:
    places = {question.right for question in lesson.questions}
    if len(lesson.questions) >= ENOUGH_TO_GUESS and len(places) == 1:
        yield f"questions: câu nào cũng có đáp án đúng ở chỗ {places.pop()}, hãy đổi chỗ"


def _too_long_to_paste(lesson: Lesson, words: Lesson | LessonTranslation) -> Iterator[str]:
    length = len(pasted.text(lesson, words, "x" * LONGEST_LINK, "x" * NAMES_NOTE, "x" * FACTS_NOTE))
    if length > pasted.LENGTH:
        yield (
            f"bài dán có {length} chữ, nhiều nhất {pasted.LENGTH} (tên bài, các bước, cảnh báo, đường dẫn): "
            "viết ngắn lại, hoặc thêm mục brief với các bước rút gọn"
        )
