"""Whether a line tells of help that was given; if not, what it is instead."""

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from bot.rules.reading.line import Line
from bot.rules.reading.matcher import Tag
from bot.rules.reading.outcomes import STUCK, UNKNOWN, UNWILLING
from bot.rules.reading.person import Person, owns

NotLog = Literal[
    "", "question", "plan", "cheat", "greeting", "command", "no_attempt", "victim", "data", "other"
]  # fmt: skip
# "bà nội, vneid, 45p, chưa quen" has no verb of helping; a longer line without one is another story.
FRAGMENT = 6
NEAR = 2
# "Làm sao cho bà nhớ được, em dạy 30p rồi", "nếu không có em thì …": wondering, not asking.
WONDERING = ("làm", "lam", "sao", "nếu", "neu", "có", "co", "ai")
# "…, cứ bảo nhỡ công an thật thì sao": the learner asked.
REPORTING = ("hỏi", "hoi", "bảo", "bao", "kêu", "keu", "nói", "noi", "sợ", "nhắc", "nhac")
# "my aunt showed me"
TAUGHT = ("showed", "taught", "helped", "teaches", "shows", "helps")
# "đồng nào", "câu gì", "mấy phút" after "chưa", "chẳng".
NONE_OF = ("nao", "gi", "chi", "may", "bao", "dau")
TRADES = ("CHO_BAN", "MUASAM")
# "tới chơi", "sang chơi": somebody called.
VISITS = ("tới", "toi", "sang", "qua", "đến", "den", "ghé", "ghe")
WITH = ("cho", "voi", "cung", "to", "with")


class Told(NamedTuple):
    """What was found in a line before asking whether it is a log."""

    people: Sequence[Person]
    skills: Sequence[Tag]
    minutes: int | None
    dated: bool
    outcome: str
    asks: bool


def not_log(line: Line, told: Told) -> NotLog:
    """ "" for a log; else the first kind of non-log that fits, the urgent ones first."""
    helping = _Helping(line, told)
    if line.has("data") and not helping.ours:
        return "data"
    if line.text(0) == "/" or _opens_with(line, "orders") or (_opens_with(line, "command") and not told.people):
        return "command"
    if _said(line, "victim", told, but="not_victim") and not (
        told.minutes and (helping.ours or (told.people and told.skills))
    ):
        return "victim"
    if _said(line, "cheat", told, but="not_cheat") and not _is_doubtful_cheat(line, told):
        return "cheat"
    if line.has("keep") and told.minutes is None:
        return "other"
    if told.asks or _asks_aside(line, told) or _asks(line, told, helping.ours):
        return "question"
    if _plans(line, told):
        return "plan"
    if line.has("nobody") and told.minutes is None:
        return "no_attempt"
    if any(line.stop(tag.end) and not _helps_after(line, tag.end) for tag in line.words("not_us")):
        return "no_attempt"  # "… 30p rồi, không phải em làm đâu ạ"
    if _said(line, "no_attempt", told) and not (
        told.minutes or line.has("tried") or (told.outcome == STUCK and told.skills)
    ):
        return "no_attempt"
    if _tells(line, told, helping):
        return ""
    return "greeting" if _opens_with(line, "greeting") and not told.people else "other"


def _helps_after(line: Line, place: int) -> bool:
    """ "không phải em làm hộ đâu ạ, em hướng dẫn anh trai …" """
    return any(verb.start > place and line.before("speakers", verb.start) for verb in line.words("verbs"))


class _Helping:
    """Who helps whom: ours when the pupil helped, theirs when somebody else did or the pupil was helped.

    `by_speaker` when a pupil says "em" before the verb: "em nhắc …", not "hướng dẫn …".
    """

    def __init__(self, line: Line, told: Told) -> None:
        people = told.people
        verbs = [tag for tag in line.words("verbs") if not _is_no_verb(line, tag, people, told.skills)]
        kinds = {_agent(line, people, verb) for verb in verbs}
        self.ours = "ours" in kinds or line.has("asked")
        self.theirs = "theirs" in kinds
        self.by_speaker = any(line.before("speakers", verb.start) for verb in verbs)


def _is_no_verb(line: Line, tag: Tag, people: Sequence[Person], skills: Sequence[Tag]) -> bool:
    """A kin word that looks like a verb, or "em chỉ ngồi xem": only sat."""
    only = any(other.overlaps(tag) and other.size >= tag.size for other in line.words("not_verbs"))
    only = only or line.text(tag.start - 1) == "ai"  # "khỏi cần ai bày"
    only = only or (tag.loose > 0 and line.marked and tag.size == 1 and bool(line.word("not_people", tag.start)))
    return only or any(_covers(person, tag) for person in people) or _is_inside(tag, skills)


def _is_inside(tag: Tag, skills: Sequence[Tag]) -> bool:
    """The "chi" of "ghi so chi tieu"."""
    return any(other.start < tag.start and tag.end <= other.end for other in skills)


def _covers(person: Person, tag: Tag) -> bool:
    return person.start <= tag.start < person.end


def _agent(line: Line, people: Sequence[Person], verb: Tag) -> Literal["ours", "theirs", "unclear"]:
    younger = any("EM" in person.codes and person.end < verb.start for person in people)
    again = younger and line.before("speakers", verb.start)  # "em gái muốn xem hoạt hình, em chỉ em cách mở"
    to_us = line.word("speakers", verb.end) and not again
    to_us = to_us or (line.text(verb.end) == "me" and line.text(verb.end - 1) in TAUGHT)
    if to_us and not any(person.start == verb.end for person in people):
        return "theirs"  # "giúp em", "bà dạy em"
    learner = next((other for other in people if verb.start < other.start <= verb.end + NEAR), None)
    if learner and _is_others(line, learner.end) and not line.before("speakers", verb.start):
        return "theirs"  # "bạn Nam khoe chỉ mẹ nó"
    doer = next((person for person in people if _does(line, person, verb)), None)
    speaker = _last_speaker(line, people, verb.start)
    if doer is None and line.before("occupations", verb.start):
        return "theirs"  # "nhân viên chỉ bố em"
    if doer is None or speaker > doer.end:
        return "ours"
    if line.before("passive", doer.start):
        return "theirs"  # "em được cô dạy"
    if doer.start == speaker + 1 and line.word("joins", speaker):
        return "ours"  # "em với bạn Minh chỉ ..."
    if learner is None:
        return "unclear"
    return "ours" if set(learner.codes) <= {*doer.codes, *doer.within} else "theirs"


def _is_others(line: Line, place: int) -> bool:
    """ "mẹ nó"; not the "nho" that is "nhờ"."""
    others = [tag for tag in line.words("others") if tag.start == place]
    return any(not tag.loose or tag.size > 1 or line.text(place) != "nho" for tag in others)


def _does(line: Line, person: Person, verb: Tag) -> bool:
    """Whether this person stands right before the verb: "chị gái em dạy bà"."""
    start = line.word("possessors", person.end) or person.end
    start = line.word("being", start) or start
    between = range(start, verb.start)
    if owns(line, person):
        return False  # "em sang nhà cô dạy bà"
    return person.end <= verb.start <= start + NEAR and not any(
        line.stop(place) or line.word("joins", place) for place in between
    )


def _last_speaker(line: Line, people: Sequence[Person], place: int) -> int:
    """Where the nearest "em", "con", "mình" before the verb ends; not the "em" of "bà em"."""
    return max(
        (
            tag.end
            for tag in line.words("speakers")
            if tag.end <= place
            and _same_clause(line, tag.end, place)
            and not any(_is_owner(line, person, tag) or _covers(person, tag) for person in people)
        ),
        default=-1,
    )


def _is_owner(line: Line, person: Person, speaker: Tag) -> bool:
    """ "bà em", "anh Hai em" """
    return (line.word("ranks", person.end) or person.end) == speaker.start or person.end == speaker.start


def _same_clause(line: Line, end: int, place: int) -> bool:
    return end <= place and line.clause_start(place) < end


def _opens_with(line: Line, name: str) -> bool:
    return bool(line.word(name, 0)) or (line.before("not_people", 2) and bool(line.word(name, 2)))


def _said(line: Line, name: str, told: Told, but: str = "") -> bool:
    """Whether a phrase of this list was said outside a skill and outside the phrases of `but`."""
    innocent = [*told.skills, *(line.words(but) if but else ()), *line.tags("outcome")]
    if name == "cheat":
        innocent += line.tags("skill")  # "xem chatgpt nói đúng hay xạo"
    if name == "victim":  # "lỡ bấm link lạ" is no lesson about links
        hits = line.words(name)
        innocent = [tag for tag in innocent if tag.kind != "skill" or all(tag.start != hit.start for hit in hits)]
    people = [person for person in told.people if person.end - person.start > 1]  # "ba noi doi": she changes
    return any(
        not any(other.start <= tag.start and tag.end <= other.end and other.size > tag.size for other in innocent)
        and not (tag.loose and any(person.start < tag.start < person.end for person in people))
        for tag in line.words(name)
    )


def _is_doubtful_cheat(line: Line, told: Told) -> bool:
    """ "chi ghi bua nho bua quen" is no "ghi bừa", "con thú nhận là con nóng tính" is no cheat: a whole log."""
    whole = told.people and told.skills and told.minutes and told.outcome != UNKNOWN
    return bool(whole) and all(
        tag.loose == tag.size or any(line.text(place) == "thú" for place in range(tag.start, tag.end))
        for tag in line.words("cheat")
    )


def _asks_aside(line: Line, told: Told) -> bool:
    """ "… thì ghi mấy dòng ạ", "… có được tính không", "… chọn mục nào v bot": of how to log or of anything."""
    if line.has("sure_questions"):
        return True
    if told.minutes is not None:
        return False
    ends = any(line.stop(tag.end) for tag in line.words("asking_ends"))
    return line.has("about_rules") or (ends and told.outcome == UNKNOWN and line.has("asking_words"))


def _asks(line: Line, told: Told, ours: bool) -> bool:
    helped = ours and told.people and told.minutes and (told.outcome != UNKNOWN or line.text(0) in ("làm", "lam"))
    if line.word("question_start", 0) and not (helped and line.text(0) in WONDERING):
        return True
    innocent: Collection[Tag] = [*told.skills, *line.words("question_allowed"), *line.tags("outcome")]
    asked = [tag for tag in line.words("question") if not any(tag.overlaps(other) for other in innocent)]
    asked = [tag for tag in asked if not _is_none(line, tag)]
    result = [told.minutes is not None, told.outcome != UNKNOWN]
    if told.people and (any(result) if ours else all(result)):
        if told.minutes:  # "nhầm mấy lần", "mở được mấy bài"
            asked = [tag for tag in asked if not (line.word("amounts", tag.start) or line.before("able", tag.start))]
        if told.outcome != UNKNOWN and told.skills:
            asked = [tag for tag in asked if not _is_reported(line, tag)]
        return any(tag.end >= len(line) - NEAR for tag in asked)
    return bool(asked)


def _is_reported(line: Line, tag: Tag) -> bool:
    """ "thím hỏi mai học tiếp được không": it is the learner who asks."""
    return any(line.text(place) in REPORTING for place in range(line.clause_start(tag.start), tag.start))


def _is_none(line: Line, tag: Tag) -> bool:
    """ "chưa chuyển được đồng nào", "chẳng nhớ mấy phút": none of it, not a question."""
    start = line.clause_start(tag.start)
    denied = any(start <= other.start and other.end <= tag.start + 1 for other in line.words("negations"))
    wonders = any(line.word("verbs", other.end) for other in line.words("knows") if start <= other.start < tag.start)
    denied = denied and not wonders  # "không biết dạy gì"
    return denied and any(word in NONE_OF for word in (line.tokens[tag.end - 1].bare, line.tokens[tag.start].bare))


def _plans(line: Line, told: Told) -> bool:
    future = [tag for tag in line.words("future") if not any(tag.start == person.end for person in told.people)]
    future = [tag for tag in future if not (tag.loose and line.text(tag.start) == "mot" and tag.size == 1)]  # "một"
    weekdays = line.tags("weekday")  # "hôm thứ sáu", written "hom thu sau"
    future = [tag for tag in future if not (tag.loose and any(tag.overlaps(day) for day in weekdays))]
    if told.outcome == UNKNOWN and any(tag.start <= NEAR for tag in future):
        return True
    if told.outcome == UNKNOWN and future and any(line.text(tag.start) == "sẽ" for tag in line.words("intends")):
        return True  # "em hẹn với ông chủ nhật tới sẽ học, 45 phút"
    if told.minutes is None and line.has("unreal"):
        return True
    if told.outcome == UNKNOWN and line.has("hypothetical"):
        return True
    if told.minutes is None and line.word("intends", 0):
        return True  # "đang tính bữa nào rảnh chỉ anh hai …"
    verbs = line.words("verbs")
    later = [verb for verb in verbs if any(line.clause_start(verb.start) <= tag.start < verb.start for tag in future)]
    ours = any(line.before("speakers", tag.start) and not tag.loose for tag in line.words("intends"))
    if verbs and len(later) == len(verbs) and (told.minutes is None or ours):
        return True  # "chắc mai em mới dạy mẹ được", "em tính tuần sau kèm ông 15p"
    if told.minutes is None and told.outcome == UNKNOWN and ours:
        return True  # "cn này mk sẽ qua nhà bà ngoại chỉ bà bật 4g"
    planned = [verb for verb in verbs if _is_planned(line, verb)]
    ended = told.minutes and told.skills and told.outcome != UNKNOWN  # "em tính dạy thím mà máy đầy, loay hoay 20 phút"
    contrast = any(tag.start > verb.end for tag in line.words("contrasts") for verb in planned[:1])
    ended = ended and (contrast or (told.outcome == UNWILLING and not future))
    if (
        planned
        and not ended
        and (told.minutes is None or len({verb.start for verb in planned}) == len({verb.start for verb in verbs}))
    ):
        return True
    return bool(future) and told.minutes is None and told.outcome == UNKNOWN


def _is_planned(line: Line, verb: Tag) -> bool:
    """ "em định dạy", "định dạy"; not "mẹ muốn học"."""
    if line.before("intends", verb.start):
        return True
    return any(
        tag.end <= verb.start <= tag.end + 1 and (line.before("speakers", tag.start) or line.stop(tag.start - 1))
        for tag in line.words("plan")
        if not (tag.loose and line.marked)
    )


def _tells(line: Line, told: Told, helping: _Helping) -> bool:
    result = told.minutes is not None or told.outcome != UNKNOWN
    if not helping.by_speaker and line.word("seen", 0) and told.minutes is None:
        return False  # "em thấy bà tự gọi"
    if helping.ours and not _digital(told) and (_is_offline(line) or _is_chore(line, told)):
        return False
    if not result and _only_told_to(line):
        return False
    if helping.ours:
        return bool(told.people) or (bool(told.skills) and (result or told.dated or helping.by_speaker))
    if helping.theirs or _done_by_another(line, told) or _is_leisure(line) or _chats(line, told):
        return False
    if _given(line) and not (told.minutes and told.outcome != UNKNOWN):
        return False
    if told.minutes is None and any(_alone(line, person) for person in told.people):
        return False
    if told.people and told.skills:
        return result or _is_fragment(line) or _together(line, told)
    short = len(line) <= FRAGMENT + NEAR and not line.has("speakers")
    return short and told.minutes is not None and bool(told.people or told.skills)


def _alone(line: Line, person: Person) -> bool:
    """ "mẹ em tự cài vneid rồi"; not "cho bac Tu, …": a name."""
    ends = [end for place in (person.end, person.end + 1) if (end := line.word("alone", place))]
    return any(not line.stop(end) for end in ends)


def _digital(told: Told) -> bool:
    """Whether something was learned that is done on a screen only; selling and buying are not."""
    return any(tag.kind == "skill" or tag.value not in TRADES for tag in told.skills)


def _is_offline(line: Line) -> bool:
    """ "nhổ cỏ", "trông em"; one word needs its marks: "chan" is oftener "chặn" than "chăn"."""
    return any(tag.size > 1 or not tag.loose for tag in line.words("offline"))


def _is_leisure(line: Line) -> bool:
    """ "chơi", "xem phim", "thi"; not "bác Tư tới chơi"; where no marks are written "thi" is "thì"."""
    told = [tag for tag in line.words("leisure") if tag.size > 1 or line.text(tag.start - 1) not in VISITS]
    return any(line.marked or tag.size > 1 or line.text(tag.start) != "thi" for tag in told)


def _is_chore(line: Line, told: Told) -> bool:
    """ "em giúp mẹ phơi lúa 30 phút": helped, and in words that name no skill; not "em giúp bà nội 20 phút"."""
    verbs = line.words("verbs")
    if not told.people or told.outcome != UNKNOWN or not all(line.word("helps", verb.start) for verb in verbs):
        return False
    clause = [person for person in told.people if verbs and line.clause_start(person.start) <= verbs[0].start]
    end = (clause or told.people)[-1].end
    end = line.word("possessors", end) or end
    return not (line.stop(end) or line.number(end)[0] or line.word("afterwards", end)) and line.text(end).isalpha()


def _is_fragment(line: Line) -> bool:
    return len(line) <= FRAGMENT and any(token.stop for token in line.tokens)


def _together(line: Line, told: Told) -> bool:
    """ "em với bố ra công an xã làm định danh mức 2", "em cài vneid cho bà" """
    if line.has("speakers") and any(line.text(person.start - 1) == "cho" for person in told.people):
        return True
    return any(
        line.before("joins", person.start) and line.before("speakers", person.start - 1) for person in told.people
    )


def _only_told_to(line: Line) -> bool:
    """ "mẹ dặn em tối dạy bà": nothing says that it was done."""
    verbs = [tag.start for tag in line.words("verbs") if not line.word("told_to", tag.start)]
    frames = [tag.end for tag in line.words("told_to")]
    return bool(frames) and all(any(end <= verb <= end + NEAR for end in frames) for verb in verbs)


def _done_by_another(line: Line, told: Told) -> bool:
    """ "chị em cài vneid cho ông rồi": neither asked of the pupil nor done by the pupil."""
    if not told.people or line.has("asked") or (told.outcome != UNKNOWN and line.has("chats")):
        return False
    doer = told.people[0]
    gainers = [tag.start for tag in line.tags("relative") if tag.start > doer.end and line.text(tag.start - 1) == "cho"]
    if not gainers or line.stop(line.word("possessors", doer.end) or doer.end):
        return False
    owners = {person.end for person in told.people}
    by_us = any(tag.start < gainers[0] and tag.start not in owners for tag in line.words("speakers"))
    return line.stop(doer.start - 1) and not by_us


def _chats(line: Line, told: Told) -> bool:
    """ "em gọi video cho bà 20p": time spent together or a call, unless something was learned."""
    if told.outcome != UNKNOWN:
        return line.has("used_to")
    if any(tag.value == "AI_HOI" for tag in told.skills):
        return False  # "nói chuyện với Gemini"
    together = any(line.tokens[person.start - 1].bare in ("voi", "cung") for person in told.people if person.start)
    if line.has("pastimes") and (line.has("speakers") or together):
        return True
    return any(_is_called(line, person) for person in told.people)


def _is_called(line: Line, person: Person) -> bool:
    start = line.clause_start(person.start)
    chats = [tag.end for tag in line.words("chats") if start <= tag.start and tag.end <= person.start]
    if not chats:
        return False
    by_us = any(start <= tag.start < person.start for tag in line.words("speakers"))
    return (by_us and max(chats) == person.start) or line.tokens[person.start - 1].bare in WITH


def _given(line: Line) -> bool:
    """ "mẹ ck cho con 50k": something given to the pupil."""
    return any(
        line.word("speakers", tag.end) and not line.word("not_people", tag.end)  # "khai sinh cho em bé"
        for tag in line.words("to_others")
        if line.tokens[tag.start].bare == "cho"
    )
