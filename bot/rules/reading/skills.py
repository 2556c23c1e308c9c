"""What a line says was learned: specific skills first, an app's name only when nothing better was said."""

from collections.abc import Collection, Iterable, Sequence

from bot.rules.reading.line import Line, longest
from bot.rules.reading.matcher import Tag

# Where the writer uses marks these are what they look like ("cho zalo" is no market).
PLAIN = frozenset({"cho", "con", "em", "ban", "do", "to", "qua", "trong", "theo", "xem", "tra", "ra", "cao", "cam"})

# Digits and passwords were masked before the line was read.
MASK = "•"
SECRETS = ("AT_OTP", "AT_MATKHAU")
# Skills that are also the means to others.
APPS = ("NH_SO", "VNEID_CAI", "DVC_TAIKHOAN", "ZALO_CHAT")
# "mã otp ••••••" was told; "đặt mật khẩu ••••••" was taught.
SECRET_WORDS = frozenset({"ma", "mat", "mk", "otp", "pass", "password", "passcode", "pin", "pw"})
# "otp ••••••", "mã otp của bà là ••••••"
SECRET_REACH = 4


def find(line: Line, taken: Collection[int]) -> list[Tag]:
    """The skill phrases that count, in the order of the line."""
    rivals = [*line.words("not_skills"), *line.tags("outcome")]
    everything = [tag for tag in line.tags("skill", "generic", "vague") if not _is_doubtful(line, tag)]
    chosen = [tag for tag in longest([*everything, *rivals], taken) if tag.kind in ("skill", "generic", "vague")]
    chosen = [tag for tag in chosen if not _is_secret(line, tag)] or chosen
    specific = _without_asides(line, [tag for tag in chosen if tag.kind == "skill"])
    generic = [tag for tag in chosen if tag.kind == "generic" and _counts(line, tag, specific, taken)]
    if not specific:
        generic = [tag for tag in generic if not _is_means(line, tag)] or generic
    found = sorted([*specific, *generic], key=lambda tag: tag.start)
    return found or [tag for tag in chosen if tag.kind == "vague"][:1]


def _without_asides(line: Line, tags: Sequence[Tag]) -> list[Tag]:
    """What was taught; not its occasion ("khi nghe máy"), the story before it or what the learner did with it."""
    taught = min((verb.start for verb in line.words("verbs")), default=0)
    told = any(tag.start > taught for tag in tags)
    kept = [
        tag
        for place, tag in enumerate(tags)
        if not (place and (line.before("occasions", tag.start) or _is_app_used(line, tag)))
        and not (len(tags) > 1 and line.before("forgotten", tag.start + 1))
        and not (told and tag.end <= taught and _is_story(line, tag))
        and not (place and tag.start > taught and _is_news(line, tag))
    ]
    return kept or list(tags)


def _is_app_used(line: Line, tag: Tag) -> bool:
    """ "send money by bank app", "đăng nhập bằng tài khoản định danh": the way, though it could be taught alone."""
    return tag.value in APPS and _is_means(line, tag)


def _is_news(line: Line, tag: Tag) -> bool:
    """ "em bật chữ to cho bà, bà đọc báo rõ hơn": what the learner, named again, did with it."""
    start = line.clause_start(tag.start)
    kin = line.tags("relative")
    subject = next((person for person in kin if start <= person.start <= start + 1 and person.end <= tag.start), None)
    if subject is None or not any(other.value == subject.value and other.end < start for other in kin):
        return False
    clause = range(start, next((place for place in range(tag.end, len(line)) if line.stop(place)), len(line)))
    taught = any(line.word(name, place) for place in clause for name in ("studies", "verbs"))
    return not taught and not any(line.number(place)[0] for place in clause)


def _is_story(line: Line, tag: Tag) -> bool:
    """ "bà nghe điện thoại thấy trúng xe, em giải thích …": how it came about; not "bà học gọi video, em kèm …"."""
    start = line.clause_start(tag.start)
    if any(start <= wish.start < tag.start for wish in line.words("wishes")):
        return False
    return any(start <= person.start < tag.start for person in line.tags("relative", "pair") if not person.loose)


def _is_secret(line: Line, tag: Tag) -> bool:
    """ "…, mã otp ••••••": told, and not taught."""
    near = range(tag.end, min(len(line), tag.end + SECRET_REACH))
    told = tag.value in SECRETS and line.tokens[tag.start].bare in SECRET_WORDS
    return told and any(line.text(place).startswith(MASK) for place in near)


def _is_doubtful(line: Line, tag: Tag) -> bool:
    """ "ban đầu" is no "bán" where the writer uses marks."""
    if not line.marked or not tag.loose:
        placed = line.before("verbs", tag.start) or line.stop(tag.start - 1)
        person = line.word("risky", tag.start) and placed  # "chi ban an": a friend
        return bool(tag.size == 1 and tag.loose and person)
    bare = [token.bare for token in line.tokens[tag.start : tag.end] if not token.marked]
    return tag.loose == 1 and (tag.size == 1 or any(word in PLAIN for word in bare))


def codes(tags: Iterable[Tag]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag.value for tag in tags))


def _counts(line: Line, tag: Tag, specific: Sequence[Tag], taken: Collection[int]) -> bool:
    """An app's name beside a specific skill counts only when it is listed as one more thing."""
    if not specific:
        return True
    if any(_family(tag) == _family(other) for other in specific):
        return False
    return not _is_means(line, tag) and any(_listed(line, tag, other, taken) for other in specific)


def _listed(line: Line, tag: Tag, other: Tag, taken: Collection[int]) -> bool:
    """ "vneid với gọi video", "gọi video 5p, cài vneid": side by side, one joining word between."""
    first, second = sorted((tag, other), key=lambda either: either.start)
    end = next((place for place in range(first.end, second.start) if place not in taken), first.end)
    joined = line.word("joins", end)
    return bool(joined) and joined <= second.start and _lead(line, second) <= joined


def _family(tag: Tag) -> str:
    """Zalo, VNeID, the bank …; phone basics and safety are a mixed lot, each a family of its own."""
    family = tag.value.split("_", maxsplit=1)[0]
    return tag.value if family in ("DT", "AT") else family


def _lead(line: Line, tag: Tag) -> int:
    """Where the phrase begins once "cài", "dùng", "app" before it are counted in."""
    start = tag.start
    while start and any(lead.end == start for lead in line.words("leads")):
        start = min(lead.start for lead in line.words("leads") if lead.end == start)
    return start


def _is_means(line: Line, tag: Tag) -> bool:
    """ "qua app momo", "trên zalo": the way, not the thing learned."""
    return line.before("via", tag.start) or line.before("via", _lead(line, tag))
