"""Who is named in a line: kin words, pairs, neighbours and strangers; not a word that only looks like kin."""

from collections.abc import Collection, Iterable, Sequence

from bot.rules.reading.line import Line, longest
from bot.rules.reading.matcher import Tag
from bot.rules.reading.person import NAME_LENGTH, UNCLEAR, Person, is_object
from bot.rules.reading.strangers import strangers

# Bare words that are verbs or "ở" far more often than kin ("mo zalo", "bo so cu").
VERBLIKE = frozenset({"bo", "o", "on", "co", "di", "mo", "u", "be", "chi"})
# They are opened, so "mo" before their names is no aunt.
APPS = ("NH_SO", "VNEID_CAI", "ZALO_CHAT")
# Bare words that stand before what somebody does, as kin or as a verb ("chi mo", "co lam").
ACTLIKE = frozenset({"chi", "co", "di", "mo", "bo"})


def find(line: Line, taken: Collection[int], others: Iterable[Tag]) -> list[Person]:
    """Every person named, in the order of the line; `others` are phrases that may swallow a bare kin word."""
    # A name beside a kin word may look like a slip ("anh Tùng", "anh hùng").
    blocked = [tag for tag in line.words("not_people") if not tag.slip]
    blocked += [tag for tag in line.words("speakers") if tag.size > 1]
    kin = _kin(line, taken, blocked)
    chosen = longest([*_blocking(line, blocked, kin), *_unswallowed(line, kin, others)], taken)
    places = {tag.start: tag for tag in chosen if tag.kind != "word"}
    placed = [tag for tag in chosen if tag.kind != "word" and _in_place(line, tag, places)]
    sure = {other.value for tag in placed for other in kin if tag.start <= other.start and other.end <= tag.end}
    placed = [tag for tag in chosen if tag in placed or (tag.value in sure and _comes_again(line, tag))]
    people = [_person(line, tag, kin) for tag in _without_ranks(line, placed)]
    return strangers(line, people)


def _kin(line: Line, taken: Collection[int], blocked: Iterable[Tag]) -> list[Tag]:
    """The kin words and pairs, without those that are other words where no marks are written."""
    kin = [
        tag for tag in line.tags("relative", "pair") if not any(place in taken for place in range(tag.start, tag.end))
    ]
    opened = {tag.start for tag in blocked if line.text(tag.start) == "mo"}  # "cau mo duoc": he opens it
    apps = {tag.start for tag in line.tags("generic") if tag.size == 1 and tag.value in APPS}
    opened |= {place - 1 for place in apps if line.text(place - 1) == "mo"}  # "cau mo momo"
    verbs = [tag for tag in line.words("verbs") if tag.size > 1]  # "giái thích" is no "gái"
    asked = line.words("asked")  # "nho em" is no kin
    mothers = [
        tag.start for tag in kin if tag.size == 1 and line.text(tag.start) == "me" and is_object(line, tag.start)
    ]
    first_mother = min(mothers, default=len(line))

    def is_other_word(tag: Tag) -> bool:
        first, last = line.text(tag.start), line.text(tag.end - 1)
        if line.marked and first == "chi" and tag.size == 1:
            return True  # "bày chi": gì
        if tag.slip and any(tag.overlaps(verb) for verb in verbs):
            return True
        if not tag.loose:
            return False
        if tag.kind == "pair" and (tag.end - 1 in opened or (first, last) == ("bo", "ma")):
            return True  # "cho bo ma may cu": father, but …
        if any(tag.overlaps(other) for other in asked):
            return True
        again = first == "me" and tag.loose == 2 and first_mother < tag.start  # "chi me zalo, me noi duoc": she speaks
        return tag.size == 2 and (again or _connects(line, tag))

    return [tag for tag in kin if not is_other_word(tag)]


def _blocking(line: Line, blocked: Iterable[Tag], kin: Iterable[Tag]) -> list[Tag]:
    """What only looks like kin, unless kin words in it or around it say otherwise."""
    long = [tag for tag in kin if tag.size > 1]

    def is_kin_after_all(tag: Tag) -> bool:
        if any(other.start < tag.start < other.end for other in long):
            return True  # "ba noi dung": grandmother, then "dùng"
        if line.text(tag.start) == "cu" and is_object(line, tag.start):
            return True  # "day cu bam nut": no "cứ bấm"
        if not tag.loose:
            return False
        if line.text(tag.start) == "ca" and any(tag.end - 1 == other.start for other in long):
            return True  # "ca ba ngoai va ong ngoai"
        return _is_taught_there(line, tag) or _sells_or_learns(line, tag)

    return [tag for tag in blocked if not is_kin_after_all(tag)]


def _comes_again(line: Line, tag: Tag) -> bool:
    """ "em giup bo chuyen khoan bo tu bam het": father again."""
    acts = any(line.word(name, tag.end) for name in ("alone", "acts", "aspects", "negations"))
    after_length = line.before("minute", tag.start) or line.before("hour", tag.start)  # "nua tieng mo ghi dc"
    return line.stop(tag.start - 1) or (acts and (after_length or line.tokens[tag.start].bare not in ACTLIKE))


def _is_taught_there(line: Line, tag: Tag) -> bool:
    """ "em chi duong" is "em chỉ dượng" where no marks are written, not "chỉ đường"."""
    return bool(line.word("verbs", tag.start)) and line.before("speakers", tag.start) and tag.size == 2


def _sells_or_learns(line: Line, tag: Tag) -> bool:
    """ "chi co ban hu tieu", "bay cho bo phan biet link": the woman who sells noodles, not "cơ bản"; no "bộ phận"."""
    if tag.size != 2:
        return False
    learns = is_object(line, tag.start) and any(
        skill.start == tag.start + 1 and skill.size > 2 for skill in line.tags("skill")
    )
    return learns or any(job.start == tag.start + 1 and job.size > 1 for job in line.words("occupations"))


def _connects(line: Line, tag: Tag) -> bool:
    """ "em chi me noi wifi": mother connects, it is not "mệ nội"; "day me co dau" is no "mệ cố"."""
    if line.text(tag.end - 1) == "co" and tag.loose == tag.size:
        return line.text(tag.start) in ("me", "on")
    return line.text(tag.end - 1) == "noi" and any(
        skill.start == tag.end - 1 and skill.size > 1 and skill.value == "DT_MANG" for skill in line.tags("skill")
    )


def _unswallowed(line: Line, kin: Iterable[Tag], others: Iterable[Tag]) -> list[Tag]:
    longer = [tag for tag in others if tag.size > 1]
    return [
        tag
        for tag in kin
        if (tag.size > 1 and is_object(line, tag.start))
        or (line.text(tag.start - 1) == "cho" and _is_for(line, tag))
        or not (tag.loose or tag.slip or tag.value == "NGUOI_KHAC" or (tag.size == 1 and not line.marked))
        or not any(tag.overlaps(other) and other.size > tag.size for other in longer)
    ]


def _in_place(line: Line, tag: Tag, people: dict[int, Tag]) -> bool:
    """Whether a word that is usually something else without marks stands where a person stands."""
    if _is_called_on(line, tag):
        return False
    if tag.value == "HANG_XOM" and line.before("belongings", tag.start):
        return True  # "qua nhà hx"
    if tag.value == "HANG_XOM" and any(other.end == tag.start for other in people.values()):
        return True  # "bà hx"
    if line.text(tag.start - 1) == "cho" and (line.word("ranks", tag.end) or _is_for(line, tag)):
        return True  # "cai vneid cho chu Ba"
    if tag.size > 1 or not line.word("risky", tag.start) or (line.marked and line.text(tag.start) == "o"):
        return True
    if line.text(tag.start) == "chi" and line.before("speakers", tag.start) and line.stop(tag.end):
        return False  # "sau khi em chi, …": the verb
    if line.text(tag.end)[:1].isdigit() and line.tokens[tag.start].bare in ("co", "chi", "di"):
        return False  # "em chi co 10p": only ten minutes; "chi 2 ba chau": the verb
    if tag.end in people and line.word("verbs", tag.start) and not line.before("verbs", tag.start):
        return False  # "chi ba noi": the verb; "bay chi Ba": the sister
    return is_object(line, tag.start) or _is_joined(line, tag, people) or _opens(line, tag)


def _is_for(line: Line, tag: Tag) -> bool:
    """ "em mo zalo cho bo 15 phut"; "cho co 10p" is no aunt."""
    ends = line.stop(tag.end) or line.text(tag.end)[:1].isdigit() or line.word("possessors", tag.end)
    return bool(ends) and line.tokens[tag.start].bare in ("bo", "di", "mo", "chi")


def _is_called_on(line: Line, tag: Tag) -> bool:
    """ "làm được rồi đó cô, …": the teacher is told of it."""
    return (
        line.text(tag.start) in ("cô", "co", "thầy", "thay")
        and line.stop(tag.end)
        and line.before("particles", tag.start)
    )


def _is_joined(line: Line, tag: Tag, people: dict[int, Tag]) -> bool:
    after = line.word("joins", tag.end)
    if after and after in people:
        return True
    near = any(other.end <= tag.start - 1 <= other.end + NAME_LENGTH for other in people.values())
    learns = any(skill.start == tag.end for skill in line.tags("skill"))  # "day me zalo va bo quet qr"
    sits = line.tokens[tag.start - 2].bare == "ngoi" if tag.start > 1 else False
    with_us = line.before("speakers", tag.start - 1 - sits)  # "em cùng anh Tùng", "em ngoi voi bo"
    return line.before("joins", tag.start) and (near or with_us or (learns and bool(people)))


def _opens(line: Line, tag: Tag) -> bool:
    if not line.stop(tag.start - 1):
        return False
    names = ("possessors", "asked", "ranks", "negations", "occupations", "aspects")
    if line.stop(tag.end) or any(line.word(name, tag.end) for name in names):
        return True
    learns = any(skill.start == tag.end for skill in line.tags("skill"))  # "ma hoi chatgpt duoc roi"
    return bool(line.word("asked", tag.end + 1)) or (learns and line.tokens[tag.start].bare not in VERBLIKE)


def _without_ranks(line: Line, tags: Sequence[Tag]) -> list[Tag]:
    """ "Thím Ba", "dượng Ba": the word after the kin word is a rank, not father."""
    kept: list[Tag] = []
    ranked: set[tuple[str, str]] = set()
    for tag in tags:
        named = line.text(tag.start - 1), line.text(tag.start)
        if (
            tag.size == 1
            and line.word("ranks", tag.start)
            and (named in ranked or (kept and tag.start == kept[-1].end))
        ):
            ranked.add(named)
            continue  # the second "chi Ba" too, where the first was told
        kept.append(tag)
    return kept


def _person(line: Line, tag: Tag, kin: Iterable[Tag]) -> Person:
    codes = tuple(tag.value.split())
    if tag.size == 1 and not tag.slip:
        same = {other.value for other in kin if (other.start, other.end) == (tag.start, tag.end)}
        if same >= {"BA", "BO"} and not line.marked:
            return Person((UNCLEAR,), tag.start, tag.end)
    inside = [other for other in kin if tag.start <= other.start and other.end <= tag.end and other.size < tag.size]
    within = {code for other in inside for code in other.value.split()}
    return Person(codes, tag.start, tag.end, frozenset(within - set(codes)))
