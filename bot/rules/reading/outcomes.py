"""How a session went: set phrases, and who is the subject of "được"."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.rules.reading.line import Line, longest
from bot.rules.reading.matcher import Tag
from bot.rules.reading.person import Person
from bot.rules.reading.scenes import Scene

ALONE, WITH_HELP, NOT_USED, NOT_YET = "TU_LAM", "CO_HO_TRO", "CHUA_QUEN", "CHUA_DUOC"
STUCK, UNWILLING, UNKNOWN = "VUONG", "TU_CHOI", "KHONG_RO"
# "bà tự mở được", "ông đọc được": a verb and perhaps its object stand between.
REACH = 4
# A learner who listens, reads or writes something down has not done it yet.
TAKING_IN = ("nghe", "ghi", "doc", "viet", "noi", "hoi", "xem", "coi", "tim", "cam", "dung", "phan", "nhan")
# What an outcome is told by: a set phrase, or what somebody did.
TELLING_KINDS = ("outcome", "deed")
# Words of their own, no slips: "lật trang đọc được", "pha tra cho em", "khong xai" (không xài, not "không sai").
NO_SLIPS = ("trang", "tra", "trà", "xai", "xài", "noi", "nói")
# "con bác", "vợ bác": somebody of the learner's.
THEIRS = ("con", "cháu", "chau", "vợ", "chồng", "chong")
# "tự nhiên", "tự động": nobody did it.
BY_CHANCE = ("nhiên", "nhien", "dưng", "động")
# "bác hay nhớ con", "mẹ em nho sang": whom one misses, or what one asks for.
MISSED = ("con", "cháu", "chau", "chồng", "chong", "quê", "que", "sang", "qua")
# "phân biệt", "để biết", "cho bà biết" name what was taught.
TELLING = ("phan", "nhan", "de", "cho", "muon", "can")


def read(
    line: Line,
    people: Sequence[Person],
    learners: int,
    skills: Sequence[Tag],
    stages: Mapping[str, int],
    lengths: Collection[int] = (),
    denied: Collection[int] = (),
    standing_by: Collection[int] = (),
) -> str:
    """The last outcome said of one learner, the least advanced of several.

    `lengths` are where minutes are said, `denied` where the line says what was not taught, `standing_by` where it
    tells of somebody else.
    """
    begun = _begun(line, people, lengths)
    scene = Scene(line, people, skills, lengths, standing_by)
    phrases = [
        tag
        for tag in _phrases(line, people, skills, begun)
        if not any(place in denied for place in range(tag.start, tag.end))
        and not (tag.start in standing_by and tag.value not in (STUCK, WITH_HELP))
        and not scene.is_taught(tag)
    ]
    taken = {place for tag in phrases for place in range(tag.start, tag.end)}
    helped = [tag for tag in phrases if tag.value == WITH_HELP]
    said = [(tag.start, _turned(line, tag, scene)) for tag in phrases if tag.kind in TELLING_KINDS]
    said += [
        found
        for found in _managed(line, people)
        if found[0] not in taken and not _was(found, begun) and not _thanks_to_us(line, found, helped)
    ]
    if not said:
        weak = [outcome for place, outcome in _weak(line, people, skills, taken) if not _was((place, outcome), begun)]
        if weak:
            outcome = _of_weak(weak, learners, stages)
            return scene.flaw(begun) or outcome if outcome in (ALONE, WITH_HELP) else outcome
        return scene.outcome() or (ALONE if _acts(line, people, begun) else UNKNOWN)
    outcomes = [outcome for _, outcome in sorted(said)]
    if learners < 2 and outcomes[-1] in (NOT_USED, NOT_YET, STUCK, UNWILLING):
        ended = _ended_well(line, skills, taken, max(said)[0])
        if ended:
            return ended
    before = any(tag.value == STUCK and tag.end < begun for tag in line.tags("outcome"))
    if reason := _reason(outcomes, learners, before):
        return reason
    if learners < 2 and outcomes[-1] == ALONE:
        place = max(said)[0]
        if flaw := _flaw(line, place) or scene.flaw(place):
            return flaw
    if outcomes[-1] == NOT_YET and scene.hindered():
        return STUCK
    return outcomes[-1] if learners < 2 else min(outcomes, key=lambda outcome: stages[outcome])


def _of_weak(weak: Sequence[str], learners: int, stages: Mapping[str, int]) -> str:
    """ "loay hoay 25 phút thì xong" ends well."""
    return weak[-1] if learners < 2 and weak[0] == NOT_USED else min(weak, key=lambda outcome: stages[outcome])


def _reason(outcomes: Sequence[str], learners: int, hindered: bool) -> str:
    """Why it ended badly, if a hindrance or a refusal was told; `hindered` when it was told before the help."""
    last = outcomes[-1]
    if last not in (NOT_YET, NOT_USED):
        return ""
    good = [place for place, outcome in enumerate(outcomes) if outcome in (ALONE, WITH_HELP)]
    if learners < 2 and last == NOT_USED and good and good[-1]:
        return NOT_USED  # "vì nhà không có wifi, … làm được nhưng lại tắt nhầm"
    reasons = [outcome for outcome in outcomes[max(good, default=-1) + 1 :] if outcome in (STUCK, UNWILLING)]
    if learners < 2 and reasons and (STUCK in reasons or last == NOT_YET):
        return reasons[-1]
    return STUCK if STUCK in outcomes or (hindered and last == NOT_YET) else ""


def _flaw(line: Line, place: int) -> str:
    """ "gửi được mà hay thả tay sớm", "nghe được nhưng em vẫn phải bấm cùng": done, and then what is still missing."""
    for tag in line.words("contrasts"):
        near = range(tag.end, min(tag.end + 3, len(line)))
        if place < tag.start:
            if any(line.word("negations", other) and line.word("knows", other + 1) for other in near):
                return NOT_USED  # "coi được mà hổng nhớ đường vô lại"
            habits = [other for other in near if line.word("habits", other) and not _comes_out(line, other)]
            ours = [other for other in near if line.word("speakers", other) and line.word("duties", other + 1)]
            if ours:
                return WITH_HELP
            feels = any(
                line.word(name, other)
                for other in range(tag.end, min(tag.end + 6, len(line)))
                for name in ("feelings", "negations")
            )
            if habits and not feels:
                return NOT_USED
    return ""


def _ended_well(line: Line, skills: Sequence[Tag], taken: set[int], place: int) -> str:
    """ "nhập sai một lần, sau đó gửi lại thì xong": what went wrong first was not the end."""
    for tag in longest(line.tags("weak"), taken):
        start = line.clause_start(tag.start)
        then = any(line.text(other) in ("thì", "thi", "là", "rồi", "roi") for other in range(start, tag.start))
        denied = any(line.word("negations", other) for other in range(start, tag.start))
        if start > place and then and not denied and _counts(line, tag, skills) and tag.value in (ALONE, WITH_HELP):
            return tag.value
    return ""


def _comes_out(line: Line, place: int) -> bool:
    """ "bấm một mình mà vẫn lên hình", "… mà vẫn nhớ" """
    if line.word("knows", place + 1):
        return True
    after = range(place + 1, min(place + 4, len(line)))
    return any(line.text(other) in ("lên", "ra", "đúng", "trúng") or line.word("able", other) for other in after)


def _phrases(line: Line, people: Sequence[Person], skills: Sequence[Tag], begun: int) -> list[Tag]:
    """The set phrases that count, and what only looks like one."""
    counting = [
        tag for tag in line.tags(*TELLING_KINDS) if not _inside(tag, skills) and not _is_idle(line, people, tag, begun)
    ]
    asked = line.words("asked")  # "co nho em lam": asked, not remembered
    counting = [
        tag
        for tag in counting
        if tag.value != ALONE or not any(other.start <= tag.start < other.end for other in asked)
    ]
    counting.sort(key=lambda tag: tag.value not in (STUCK, UNWILLING))  # "phải ra phường mới làm được"
    return longest([*counting, *line.words("not_outcomes")])


def _weak(line: Line, people: Sequence[Person], skills: Sequence[Tag], taken: set[int]) -> Iterator[tuple[int, str]]:
    """ "xong", "ok", "đặt được rồi", "chặn luôn": heard only when nothing clearer was said."""
    tags = [
        tag
        for tag in longest(line.tags("weak"), taken)
        if _counts(line, tag, skills) and not line.before("negations", tag.start)
    ]
    for place, outcome in [*((tag.start, tag.value) for tag in tags), *_finished(line, people, taken)]:
        yield place, _by_learner(line, people, place, outcome)
    yield from _at_once(line, people)


def _acts(line: Line, people: Sequence[Person], begun: int) -> bool:
    """ "…, giờ mẹ chặn một lèo sáu số": the learner opens a clause of their own and does something in it."""
    for number, person in enumerate(people):
        start = line.clause_start(person.start)
        opens = person.start - start <= 1 and any(
            set(person.codes) & {*last.codes, *last.within} for last in people[:number]
        )
        place = _past_owner(line, person.end)
        while line.word("also", place) or line.word("done", place):
            place += 1
        if not (start > begun and opens and line.word("acts", place)):
            continue
        end = line.clause_end(place)
        new = line.text(place - 1) in ("mới", "moi") and line.tokens[place].bare == "mua"
        if new or line.text(person.start - 1) in THEIRS:
            continue  # "bác mới mua điện thoại mới", "con bác mua cho"
        names = ("feelings", "negations", "verbs", "speakers", "contrasts", "minute")
        told = any(line.word(name, other) for other in range(place, end) for name in names)
        names_it = line.text(place + 1) in ("là", "la")  # "mợ đặt là •••"
        if not told and end - place > 2 and line.tokens[place].bare not in TAKING_IN and not names_it:
            return True
    return False


def _begun(line: Line, people: Sequence[Person], lengths: Collection[int]) -> int:
    """Where the telling of the help begins; what is said before it was so before it."""
    verbs = [tag.start for tag in line.words("verbs") if not any(person.start == tag.start for person in people)]
    return min([*verbs, *lengths]) if verbs else 0


def _thanks_to_us(line: Line, found: tuple[int, str], helped: Sequence[Tag]) -> bool:
    """ "có em ngồi cạnh mới làm được": not alone."""
    start = line.clause_start(found[0])
    return found[1] == ALONE and any(start <= tag.start < found[0] for tag in helped)


def _able(line: Line, people: Sequence[Person]) -> list[Tag]:
    """ "được", "nổi", "xong" …; not the "noi" that is grandmother."""
    covered = {place for person in people for place in range(person.start, person.end)}
    told = [tag for tag in line.words("able") if tag.start not in covered and not _is_idiom(line, tag)]
    said = ("gì", "gi", "chi", "là", "la", "rằng", "rang")  # "chưa kịp noi gi": "nói"
    return [tag for tag in told if not (tag.loose and line.text(tag.start) == "noi" and line.text(tag.end) in said)]


def _was(found: tuple[int, str], begun: int) -> bool:
    return found[1] == NOT_YET and found[0] < begun


def _is_of_speaker(line: Line, people: Sequence[Person], tag: Tag) -> bool:
    """ "em cũng không biết", "con chưa hiểu": the pupil says it of the pupil."""
    told = tag.value in (NOT_YET, NOT_USED, ALONE) and tag.kind == "outcome"
    return told and _is_after_speaker(line, people, tag.start)


def _is_after_speaker(line: Line, people: Sequence[Person], start: int) -> bool:
    """Whether the pupil is the subject of what starts here: "em cũng | không biết", "nhờ vậy em | hiểu bác hơn"."""
    place = start - 1 if line.before("also", start) else start
    owners = {person.end for person in people}  # "mẹ em", "em gái": the learner
    return any(
        speaker.end == place
        and speaker.start not in owners
        and not line.before("alone", speaker.end)  # "một mình không thèm ngó em"
        and not any(person.start <= speaker.start < person.end for person in people)
        for speaker in line.words("speakers")
    )


def _is_other_word(line: Line, tag: Tag) -> bool:
    """ "hai mẹ con loay hoay" is no "còn loay hoay", "cho cha" no "chờ chả", "không cho em bấm" no "không chờ em"."""
    if tag.slip and any(line.text(place) in NO_SLIPS for place in range(tag.start, tag.end)):
        return True
    if tag.loose and (_is_that_one(line, tag) or (line.text(tag.start - 1), line.text(tag.start)) == ("ho", "so")):
        return True  # "ma ho so nen khong …": no "sợ"
    gives = tag.value == ALONE and any(line.text(place) == "cho" for place in range(tag.start, tag.end))
    if gives and tag.loose and (line.marked or tag.slip):
        return True  # "hai rau cho em" is no "đâu chờ em"
    return (
        line.marked and tag.loose > 0 and (tag.size == tag.loose == 2 or line.text(tag.start) in ("con", "cho", "ma"))
    )


def _is_that_one(line: Line, tag: Tag) -> bool:
    """Words that without marks look like a failure: "dung may" is dùng máy, "cai may do" máy đó, "lai lan nua" lại lần."""
    pair = line.text(tag.start), line.text(tag.start + 1)
    if pair == ("may", "do"):
        return line.text(tag.start - 1) in ("cai", "chiec")
    return pair in (("dung", "may"), ("nut", "do"), ("loa", "do"), ("lai", "lan"))


def _is_idle(line: Line, people: Sequence[Person], tag: Tag, begun: int) -> bool:
    """ "tắt máy khi hết pin", "bà chưa biết nên em dạy", "em cũng không biết": when, before, or not the learner."""
    if _is_of_speaker(line, people, tag) or _is_other_word(line, tag):
        return True  # where marks are written "cho cha" is no "chờ chả"
    given = [person for person in people if line.text(person.start - 1) == "cho"]
    if tag.loose and any(tag.start < person.start < tag.end for person in given):
        return True  # "man hinh cho mo" is no "màn hình chờ mở"
    if tag.slip and tag.kind == "deed" and tag.size < 3:
        return True  # "cô Nhàn" is not "quen"
    if tag.value == ALONE:
        return False
    if tag.value == STUCK and tag.end < begun:  # "bác không có điện thoại thông minh nên em chỉ nói qua"
        return not any(tag.end <= other.start < begun for other in line.words("negations"))
    if any(tag.end <= other.start < begun for other in line.words("although")):
        return False  # "gõ còn chậm dù em kèm 30 phút"
    before = tag.value in (NOT_YET, NOT_USED) or line.word("asked", tag.start)
    return line.before("feared", tag.start) or (bool(before) and tag.start < begun)


def _inside(tag: Tag, skills: Sequence[Tag]) -> bool:
    return any(tag.overlaps(skill) and skill.size >= tag.size for skill in skills)


def _counts(line: Line, tag: Tag, skills: Sequence[Tag]) -> bool:
    """ "dạy xong" says that the pupil was done, "xong em chỉ" what came next; neither says how it went."""
    if _inside(tag, skills) or line.before("verbs", tag.start):
        return False
    ends = (
        line.stop(tag.end) or line.number(tag.end)[0] or line.word("then", tag.end) or not line.text(tag.end).isalpha()
    )
    return bool(ends) or tag.size > 1 or (line.tokens[tag.start].bare == "ok")


def _turned(line: Line, tag: Tag, scene: Scene) -> str:
    """ "chưa tự làm được" is not "tự làm được"."""
    stuck = any(other.value == STUCK and other.end == tag.start for other in line.tags("outcome"))
    if tag.value == WITH_HELP and stuck and line.tokens[tag.start].bare == "moi":
        return STUCK  # "bắt ra quầy | mới làm được"
    stuck = any(
        other.value == STUCK and (other.start, other.end) == (tag.start, tag.end) for other in line.tags("outcome")
    )
    if tag.value == WITH_HELP and stuck:
        return STUCK  # "phải lên công an xã mới được"
    if tag.value in (UNWILLING, NOT_YET) and scene.is_broken(tag):
        return STUCK  # "máy đời cũ quá không cho tải"
    if (
        tag.value == WITH_HELP
        and line.tokens[tag.start].bare in ("can", "phai")
        and line.before("negations", tag.start)
    ):
        return ALONE  # "chẳng cần ai cầm tay"
    if tag.value == ALONE and (line.before("negations", tag.start) or line.before("negations", tag.start - 1)):
        return NOT_YET
    return tag.value


def _managed(line: Line, people: Sequence[Person]) -> Iterator[tuple[int, str]]:
    """Outcomes told by "được" and the words before it in the same clause."""
    named = {place for person in people for place in range(person.start, person.end)}  # "cha" is no "chả"
    for tag in _able(line, people):
        start = max(line.clause_start(tag.start), tag.start - REACH - 1)
        if line.text(line.clause_start(tag.start)) in ("để", "de"):
            continue  # "để ông lưu được ảnh, em …": what it was for
        if _is_limit(line, tag.end) or _is_passive(line, tag.end):
            continue
        if any(line.text(place) in ("mới", "moi") for place in (tag.start - 1, tag.start - 2)):
            if line.word("verbs", tag.start - 1):
                continue  # "em mới bày được cái nút nguồn"
            yield tag.start, WITH_HELP  # "ba lần rồi mới vào được"
            continue
        denials = [other for other in line.words("negations") if other.start not in named]
        negated = max((other.end for other in denials if start <= other.start < tag.start), default=0)
        if negated:
            if _denies(line, negated, tag):
                yield tag.start, NOT_YET
        elif any(start <= other.start and other.end < tag.start for other in _alone(line)) or (
            tag.size == 1 and line.tokens[tag.start].bare == "duoc" and _has_subject(line, people, start, tag.start)
        ):
            yield tag.start, ALONE
    for tag in line.words("knows"):
        if line.word("asked", tag.start):
            continue  # "me nho em": she asked
        missed = line.tokens[tag.start].bare == "nho" and line.text(tag.end) in MISSED
        if missed or _is_after_speaker(line, people, tag.start):
            continue
        told_what = line.before("negations", tag.start) or line.tokens[tag.start - 1].bare in TELLING
        if _has_subject(line, people, tag.start - 2, tag.start + 1) and not told_what:
            yield tag.start, ALONE
    yield from _by_themselves(line, people)
    for tag in line.words("not_yet"):
        after = any(_past_owner(line, person.end) in (tag.start, tag.start - 1) for person in people)
        if (after or line.before("topics", tag.start)) and line.stop(tag.end):
            yield tag.start, NOT_YET  # "dì đặt được, dượng chưa", "gửi ảnh thì chưa"


def _alone(line: Line) -> list[Tag]:
    """ "tự", "một mình"; not the end of "dien tu"."""
    return [tag for tag in line.words("alone") if line.bare(tag.start - 1) != "dien" or not tag.loose]


def _at_once(line: Line, people: Sequence[Person]) -> Iterator[tuple[int, str]]:
    """ "ông chặn luôn một số": done, and by him; "cô mê luôn" is only a feeling."""
    for tag in line.words("at_once"):
        start = max(line.clause_start(tag.start), tag.start - REACH)
        others = [*line.words("feelings"), *line.words("negations"), *line.words("verbs")]
        plain = not any(start <= other.start < tag.start for other in others)
        if plain and _has_subject(line, people, start, tag.start):
            yield tag.start, ALONE


def _by_themselves(line: Line, people: Sequence[Person]) -> Iterator[tuple[int, str]]:
    """ "bà tự gọi", "ba tra một mình"; not "dạy bà tự gọi", which is what was taught."""
    for tag in _alone(line):
        if line.text(tag.end)[:1].isdigit():
            continue  # "tu 19h den 19h20"
        lives = tag.size > 1 and line.text(tag.start - 1) in ("ở", "o", "sống", "song")
        if line.text(tag.end) in BY_CHANCE or lives:
            continue  # "điện thoại bác tự nhiên tắt", "thương bác ở một mình"
        if line.tokens[tag.start - 1].bare in ("phai", "nen") and tag.start:
            continue  # "không chép nguyên bài mà phải tự làm"
        subject = [person for person in people if _past_owner(line, person.end) in (tag.start, tag.start - 1)]
        denied = line.before("negations", tag.start) and line.text(tag.start - 2) != "y"  # "y chang"
        negated = NOT_YET if denied else ALONE
        if line.stop(tag.start - 1) and tag.start and not line.stop(tag.end):
            yield tag.start, negated  # "…, tự gọi luôn rồi"
        elif (subject and not line.stop(tag.end) and not (_object(line, subject[-1]) or _is_rank(line, tag))) or (
            tag.size > 1 and _has_subject(line, people, line.clause_start(tag.start), tag.start + 1)
        ):
            yield tag.start, negated


def _past_owner(line: Line, place: int) -> int:
    """ "bà (nhà em) tự gọi" """
    return line.word("possessors", place) or place


def _is_rank(line: Line, tag: Tag) -> bool:
    """ "chu tu thim tu": uncle and aunt Four."""
    return not line.marked and any(other.start == tag.end for other in line.tags("relative"))


def _is_limit(line: Line, place: int) -> bool:
    """ "được 5 phút" tells how long, not how well."""
    number, end = line.number(line.word("only", place) or place)
    return bool(number) and bool(line.word("minute", end) or line.word("hour", end))


def _is_idiom(line: Line, able: Tag) -> bool:
    """ "phiền chết đi được", "tin làm sao được": nobody managed anything."""
    before = line.tokens[able.start - 1].bare if able.start else ""
    return before == "sao" or (before == "di" and line.text(able.start - 2) in ("chết", "chet"))


def _is_passive(line: Line, place: int) -> bool:
    """ "được em chỉ", "được hướng dẫn" """
    return bool(line.word("speakers", place) or line.word("verbs", place))


def _denies(line: Line, negated: int, able: Tag) -> bool:
    """ "chưa mở được" denies; "không được đọc mã" forbids; "chưa giúp được" is about the helper."""
    if any(line.word("verbs", place) for place in range(negated, able.start)):
        return False
    return negated < able.start or line.stop(able.end)


def _has_subject(line: Line, people: Sequence[Person], start: int, end: int) -> bool:
    """Whether a learner stands before the verb: named or as "nó", "cả hai"; and was not the object of "giúp"."""
    named = [
        person.end for person in people if start <= person.start and person.end < end and not _object(line, person)
    ]
    pronouns = [tag.end for tag in line.words("third_persons") if start <= tag.start and tag.end < end]
    return bool(named or pronouns)


def _object(line: Line, person: Person) -> bool:
    return line.before("verbs", person.start) or line.before("to_others", person.start)


def _finished(line: Line, people: Sequence[Person], taken: set[int]) -> Iterator[tuple[int, str]]:
    """ "đặt được rồi" without saying who."""
    for tag in _able(line, people):
        start = line.clause_start(tag.start)
        helping = any(start <= other.start < tag.start for other in line.words("verbs"))
        negated = any(start <= other.start < tag.start for other in line.words("negations"))
        ends = line.stop(tag.end) or bool(line.word("then", tag.end))
        if (
            tag.start not in taken
            and ends
            and not negated
            and tag.start > start
            and (not helping or not line.stop(tag.end))
        ):
            yield tag.start, WITH_HELP


def _by_learner(line: Line, people: Sequence[Person], place: int, outcome: str) -> str:
    """ "dì làm xong rồi": she did it; "làm xong rồi": it is done."""
    if outcome != WITH_HELP:
        return outcome
    start = max(line.clause_start(place), place - REACH)
    owners = {person.end for person in people}  # "mẹ em": no second person
    ours = any(start <= tag.start < place for tag in line.words("verbs")) or any(
        start <= tag.start < place and tag.start not in owners for tag in line.words("speakers")
    )
    named = any(start <= person.start and person.end <= place and not _object(line, person) for person in people)
    return ALONE if named and not ours else outcome
