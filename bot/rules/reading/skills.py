"""What a line says was learned: specific skills first, an app's name only when nothing better was said."""

from collections.abc import Collection, Iterable, Sequence

from bot.rules.reading.line import Line, longest
from bot.rules.reading.matcher import Tag

# Where the writer uses marks these are what they look like ("cho zalo" is no market).
PLAIN = frozenset({"cho", "con", "em", "ban", "do", "to", "qua", "trong", "theo", "xem", "tra", "ra", "cao", "cam"})

# Digits and passwords were masked before the line was read.
MASK = "•"
SECRETS = ("AT_OTP", "AT_MATKHAU")
# What stands in the way oftener than it is taught, where a clause tells of a hindrance.
TROUBLES = (
    "AT_OTP", "AT_LINK", "AT_MATKHAU", "AT_SIM", "DT_APP", "DT_CHUP", "DT_COBAN", "DT_MANG", "HOADON", "KHAC",
    "NH_STH", "NH_SO", "ZALO_CHAT", "RIENGTU",
)  # fmt: skip
# Skills that are also the means to others.
APPS = ("NH_SO", "VNEID_CAI", "DVC_TAIKHOAN", "ZALO_CHAT")
# They are done in many ways: what is named right after them is the thing itself ("xài Zalo gọi hình").
BROAD = ("ZALO_CHAT", "WEB_TIM", "DVC_TRACUU", "DVC_NOP", "CHO_BAN", "CHO_QR")
# Two things though no word joins them: "chụp ảnh gửi zalo", "nhắn tin bằng giọng nói".
TOGETHER = {
    ("AI_HOI", "AI_KIEM"), ("AT_CUOCGOI", "AT_OTP"), ("AT_LUADAO", "AT_LINK"), ("AT_LUADAO", "AT_OTP"),
    ("AT_OTP", "AT_LUADAO"), ("CK", "HOADON"), ("DT_APP", "HOADON"), ("DT_CHUP", "ZALO_CHAT"),
    ("DVC_NOP", "YTE_BHYT"), ("VNEID_GIAYTO", "YTE_BHYT"), ("WEB_TIM", "DT_NHAPLIEU"), ("YTE_DATLICH", "YTE_SOSK"),
    ("ZALO_CHAT", "DT_NHAPLIEU"),
}  # fmt: skip
# "mã otp ••••••" was told; "đặt mật khẩu ••••••" was taught.
SECRET_WORDS = frozenset({"ma", "mat", "mk", "otp", "pass", "password", "passcode", "pin", "pw"})
# "không giúp được vì máy đầy": why, not what.
BECAUSE = ("vì", "do", "tại", "bởi")
# "lúc đầu bà ngoại cứ tắt máy"
FIRST_REACH = 3
# "otp ••••••", "mã otp máy gửi về là ••••••"
SECRET_REACH = 5


def find(line: Line, taken: Collection[int], lengths: Collection[int]) -> list[Tag]:
    """The skill phrases that count, in the order of the line; `lengths` are where minutes are said."""
    taught = min((verb.start for verb in line.words("verbs")), default=0)
    told = [tag for tag in line.tags("outcome") if tag.start >= taught and not line.before("leads", tag.start)]
    kinds = ("skill", "generic", "vague")
    everything = [tag for tag in line.tags(*kinds) if not _is_doubtful(line, tag)]
    named = line.words("not_skills")
    chosen = [tag for tag in longest([*everything, *named, *told], taken) if tag.kind in kinds]
    chosen = chosen or [tag for tag in longest([*everything, *named], taken) if tag.kind in kinds]
    chosen = [tag for tag in chosen if not _is_secret(line, tag)] or chosen
    specific = _without_asides(line, [tag for tag in chosen if tag.kind == "skill"], lengths)
    generic = [tag for tag in chosen if tag.kind == "generic" and _counts(line, tag, specific, taken)]
    if not specific:
        begun = line.help_begins()
        generic = [tag for tag in generic if tag.start >= begun or _is_learnt(line, tag)] or generic
        generic = [tag for tag in generic if not _is_means(line, tag)] or generic
    found = sorted([*specific, *generic], key=lambda tag: tag.start)
    return found or [tag for tag in chosen if tag.kind == "vague"][:1]


def denied(line: Line, found: Sequence[Tag]) -> set[int]:
    """The places of clauses like "em không dạy bà", "mẹ không học chuyển khoản", when another thing was taught later.

    Whoever "không học" one thing may have learned the other.
    """
    places: set[int] = set()
    for tag in line.words("denials"):
        after = line.text(tag.start - 1) in ("chứ", "chu")  # "giúp ông chứ không phải bà"
        subject = max((kin.end for kin in line.tags("relative") if kin.start == tag.start), default=tag.start)
        start = subject if after or subject > tag.start else line.clause_start(tag.start)
        end = next(
            (place for place in range(tag.end, len(line)) if line.stop(place) or line.word("rather", place)), len(line)
        )
        if any(other.start >= end for other in found):
            places.update(range(start, end))
    return places


def _without_asides(line: Line, tags: Sequence[Tag], lengths: Collection[int]) -> list[Tag]:
    """What was taught; not its occasion ("khi nghe máy"), the story before it or what the learner did with it."""
    taught = min((verb.start for verb in line.words("verbs")), default=0)
    told = any(tag.start > taught for tag in tags)
    begun = line.help_begins()
    kept = [
        tag
        for place, tag in enumerate(tags)
        if not (place and (line.before("occasions", tag.start) or _is_app_used(line, tag) or _was_first(line, tag)))
        and not (len(tags) > 1 and line.before("forgotten", tag.start + 1) and line.text(tag.start) != "mat")
        and not (told and tag.end <= taught and _is_story(line, tag))
        and not (tag.end <= begun and any(other.start >= begun for other in tags) and not _is_learnt(line, tag))
        and not (place and tag.start > taught and _is_news(line, tag))
        and not any(_is_part(line, tag, other) for other in tags)
        and not (place and tag.start > taught and _is_ours(line, tag))
        and not (place and (_is_slip(line, tag) or line.text(tag.start - 1) in BECAUSE))
        and not (place and _is_told_after(line, tag, tags[0], lengths))
        and not (place and _is_trouble(line, tag))
        and not (place and _is_purpose(line, tags[place - 1], tag))
        and not (place + 1 < len(tags) and _is_tool(line, tag, tags[place + 1]))
        and not (
            len(tags) > 1 and line.before("speakers", tag.start) and line.word("verbs", tag.end)
        )  # "em gọi điện chỉ bà"
    ]
    return _undescribed(line, kept or list(tags))


def _undescribed(line: Line, tags: Sequence[Tag]) -> list[Tag]:
    """Of two things in one breath, with nothing to join them, the second describes the first.

    "xem số dư lương hưu", "chặn người lạ nhắn tin"; or it is what the broad first one was for.
    """
    kept: list[Tag] = []
    for tag in tags:
        last = kept[-1] if kept else tag
        both = (last.value, tag.value) in TOGETHER and line.tokens[tag.end - 1].bare not in ("phi", "hoc")
        if last.value == tag.value or both or _apart(line, last, tag):
            kept.append(tag)
        elif last.value in BROAD and tag.value not in BROAD:
            kept[-1] = tag
    return kept


def _apart(line: Line, first: Tag, second: Tag) -> bool:
    """Whether a sign, a joining word (perhaps the last of the first phrase) or a verb of helping parts them."""
    between = range(first.end, second.start)
    joined = any(line.word("joins", place) for place in range(first.end - 1, second.start))
    return joined or any(line.stop(place) or line.word("verbs", place) for place in between)


def _is_told_after(line: Line, tag: Tag, first: Tag, lengths: Collection[int]) -> bool:
    """ "em dạy bà gọi video 20 phút, vừa xong thì có số lạ gọi": what happened once the help and its length are told."""
    start = line.clause_start(tag.start)
    before = any(first.end <= place < start for place in lengths) or line.word("done", start)  # "…, giờ thấy số lạ"
    if not before or first.start < min((verb.start for verb in line.words("verbs")), default=0):
        return False
    end = line.clause_end(tag.end)
    clause = range(start, end)
    more = any(line.word(name, place) for place in clause for name in ("verbs", "studies"))
    lead = _lead(line, tag)
    listed = lead == start or line.before("joins", lead)
    return not (more or listed or any(place in lengths for place in range(tag.end, end)))


def _is_slip(line: Line, tag: Tag) -> bool:
    """ "dượng bật nhầm chế độ máy bay", "quẹt lộn nút đỏ": done by mistake."""
    near = range(max(tag.start - 2, line.clause_start(tag.start)), min(tag.end + 1, len(line)))
    return any(line.text(place) in ("nhầm", "nham", "lộn") for place in near)


def _is_ours(line: Line, tag: Tag) -> bool:
    """ "thím đọc cho em gõ", "i had to type the code": what the pupil did; "va tao qr" is no "tao"."""
    return line.before("speakers", tag.start) and line.text(tag.start - 1) not in ("tao", "to")


def _is_learnt(line: Line, tag: Tag) -> bool:
    """ "bà học gọi video, em kèm …": what was taught stands before the help."""
    start = line.clause_start(tag.start)
    learns = any(start <= other.start < tag.start for name in ("studies", "asked") for other in line.words(name))
    ours = [other.end for other in line.words("speakers") if start <= other.start < tag.start]
    return learns or any(
        verb.start == start or any(end <= verb.start for end in ours)
        for verb in line.words("verbs")
        if start <= verb.start < tag.start
    )


def _was_first(line: Line, tag: Tag) -> bool:
    """ "lúc đầu bà tắt máy", told of the learner after the help."""
    return any(0 <= tag.start - other.end <= FIRST_REACH for other in line.words("firsts"))


def _is_trouble(line: Line, tag: Tag) -> bool:
    """ "…, mã otp gửi về máy bố", "…, wifi rớt hoài": what stood in the way."""
    if tag.value not in TROUBLES:
        return False
    start = line.clause_start(tag.start)
    end = line.clause_end(tag.end)
    stuck = [
        other for other in line.tags("outcome") if other.value in ("VUONG", "TU_CHOI") and start <= other.start < end
    ]
    taught = any(line.word(name, place) for place in range(start, end) for name in ("studies", "verbs"))
    return bool(stuck) and not taught


def _is_part(line: Line, tag: Tag, other: Tag) -> bool:
    """ "set up VNeID level 2", "tìm thủ tục làm sổ đỏ": the app or the paper belongs to the other thing."""
    if (tag.value, other.value) == ("VNEID_CAI", "VNEID_MUC2"):
        return tag.end == other.start
    if (
        tag.value in APPS
        and _family(tag) == _family(other)
        and line.tokens[tag.start].bare in ("vao", "vo", "mo", "len")
    ):
        between = range(tag.end, other.start)  # "vào cổng dịch vụ công xem hồ sơ", "mở VNeID ra coi trợ cấp"
        apart = any(line.stop(place) or line.word("joins", place) for place in between)
        return tag.value != other.value and tag.end <= other.start <= tag.end + 2 and not apart
    if (tag.value, other.value) == ("AI_HOI", "AI_KIEM"):
        return tag.size == 1 or line.text(tag.start) == "trí"  # "kiểm tra câu trả lời của chatgpt", "của AI"
    if other.value in ("AT_LUADAO", "AT_OTP", "AT_CUOCGOI") and other.start < tag.start:
        hangs_up = tag.value == "DT_COBAN" and line.text(tag.end - 1) in ("máy", "may")
        return hangs_up or (tag.value == "DT_DANHBA" and line.text(tag.start) in ("gọi", "goi"))
    if (tag.value, other.value) == ("DT_COBAN", "CHO_QR"):
        return any(line.text(place) == "loa" for place in range(tag.start, tag.end))  # "bật loa báo tiền về"
    if (tag.value, other.value) == ("QR_TRA", "HOADON"):
        return line.tokens[tag.start].bare == "thanh"  # "thanh toán hóa đơn"
    if (tag.value, other.value) == ("WEB_TIM", "RIENGTU"):
        return line.text(tag.end - 1) in ("mạng", "mang")  # "không đăng ảnh lên mạng"
    if (tag.value, other.value) == ("AT_LUADAO", "AT_LINK"):
        return other.end == tag.start  # "không bấm link lạ báo trúng thưởng"
    if tag.value == "DVC_NOP" and other.value in ("DVC_TIM", "DVC_TRACUU"):
        between = range(other.end, tag.start)
        return other.end <= tag.start and not any(
            line.stop(place) or line.word("joins", place) or line.word("verbs", place) for place in between
        )
    return False


def _is_app_used(line: Line, tag: Tag) -> bool:
    """ "send money by bank app", "đăng nhập bằng tài khoản định danh": the way, though it could be taught alone."""
    return tag.value in APPS and _is_means(line, tag)


def _is_purpose(line: Line, last: Tag, tag: Tag) -> bool:
    """ "bật 4G để gọi zalo", "quét QR để mua rau": what it is for, when the thing itself was named before."""
    return _for(line, last, tag) and not _is_tool(line, last, tag)


def _is_tool(line: Line, tag: Tag, after: Tag) -> bool:
    """ "tải VNeID để tích hợp bằng lái", "chụp ảnh để đăng bán": only the means to the thing named after it."""
    same = tag.value in APPS and _family(tag) == _family(after)
    return _for(line, tag, after) and (same or (tag.value, after.value) == ("DT_CHUP", "CHO_BAN"))


def _for(line: Line, first: Tag, second: Tag) -> bool:
    """Whether "để" stands between two things of one clause, right before the second."""
    between = range(first.end, second.start)
    return not any(line.stop(place) or line.word("verbs", place) for place in between) and any(
        line.text(place) in ("để", "de") for place in between if place >= second.start - 2
    )


def _is_news(line: Line, tag: Tag) -> bool:
    """ "em bật chữ to cho bà, bà đọc báo rõ hơn": what the learner, named again, did with it."""
    start = line.clause_start(tag.start)
    while any(line.word(name, start) for name in ("turns", "done")) or any(
        day.start == start for day in line.tags("day")
    ):
        start += 1  # "… rồi bà tự gọi", "giờ mẹ …"
    pronouns = [tag for tag in line.words("third_persons") if line.tokens[tag.start].bare not in ("chi", "anh")]
    kin = [*line.tags("relative"), *pronouns]
    subject = next((person for person in kin if start <= person.start <= start + 1 and person.end <= tag.start), None)
    pronoun = subject is not None and subject.kind == "word" and not subject.loose
    if (
        subject is None
        or line.before("verbs", subject.start)
        or _is_verb(line, subject)
        or not (pronoun or any(other.value == subject.value and other.end < start for other in kin))
    ):
        return False
    clause = range(subject.end, line.clause_end(tag.end))
    taught = any(line.word(name, place) for place in clause for name in ("studies", "verbs"))
    return not taught and not any(line.text(place).isdigit() for place in clause)


def _is_verb(line: Line, subject: Tag) -> bool:
    """ "chi mo nhan tin": the verb "chỉ" before the learner."""
    learner = any(person.start == subject.end for person in line.tags("relative"))
    return learner and bool(line.word("verbs", subject.start))


def _is_idle_wish(line: Line, wish: Tag) -> bool:
    """ "muốn biết", "nhận được": no wish to learn it."""
    return line.text(wish.end) == "biết" or line.text(wish.start - 1) in ("nhận", "nhan")


def _is_story(line: Line, tag: Tag) -> bool:
    """ "bà nghe điện thoại thấy trúng xe, em giải thích …": how it came about; not "bà học gọi video, em kèm …"."""
    start = line.clause_start(tag.start)
    if any(start <= wish.start < tag.start and not _is_idle_wish(line, wish) for wish in line.words("wishes")):
        return False
    kin = [person for person in line.tags("relative", "pair") if start <= person.start < tag.start]
    return any(not person.loose or (not line.marked and not line.word("risky", person.start)) for person in kin)


def _is_secret(line: Line, tag: Tag) -> bool:
    """ "…, mã otp ••••••", "số bảo hiểm ••••••": told, and not taught."""
    near = range(tag.end, min(len(line), tag.end + SECRET_REACH))
    number = line.text(tag.start - 1) in ("số", "so")
    if line.text(tag.end).startswith(MASK) and line.tokens[tag.end - 1].bare in ("pin", "cuoc", "cccd", "cmnd"):
        return True  # "…, pin ••••••": no battery; "khai căn cước ••••"
    if line.text(tag.end).startswith(MASK) and tag.loose and line.text(tag.end - 1) == "la":
        return True  # "so la ••••": no strange number
    told = number or (tag.value in SECRETS and line.tokens[tag.start].bare in SECRET_WORDS)
    return told and any(line.text(place).startswith(MASK) for place in near)


def _is_doubtful(line: Line, tag: Tag) -> bool:
    """ "ban đầu" is no "bán" where the writer uses marks, "em chi duong …" no "chỉ đường" where none are used."""
    if any(line.text(place) in ("giúp", "giup") for place in range(tag.start + 1, tag.end)):
        return True  # "thu giup chi ho": no "thu chi"
    if tag.loose and tag.size == 1 and line.text(tag.start) in ("vi", "lua"):
        return True  # "vì", "lúa" far more often than "ví", "lừa"
    inside = any(other.start > tag.start and other.end == tag.end for other in line.tags("skill"))
    if line.text(tag.start) == "ma" and line.before("verbs", tag.start) and inside:
        return True  # "em chi ma chuyen khoan": mother, no code
    if tag.loose and line.word("verbs", tag.start) and line.before("speakers", tag.start):
        return any(person.start == tag.start + 1 for person in line.tags("relative"))
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
    if tag.value == "DT_CHUP" and any(other.value == "CHO_BAN" for other in specific):
        return False  # "chụp rồi đăng bán"
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
