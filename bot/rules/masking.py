"""Takes secrets out of what people write, before anything is stored or echoed."""

import re
import unicodedata
from functools import cache
from typing import Literal, NamedTuple

Secret = Literal["otp", "id", "account", "phone", "password"]
HIDDEN = "•••"

_TIME = r"(?:p|ph|phút|phut|pút|h|g|giờ|gio|tiếng|tieng|k|tuổi|tuoi|lần|lan|%|mah|')"
_IS = r"(?:(?:là|la|thành|thanh|sang)\b|:|=)"
# With its slips: "mât khâu", "mat khẫu", "mậy khẩu", "mkhẩu".
_PASSWORD = r"\b(?:m[aăâàáảãạấầẩẫậ][tycn]\s?kh[aâàáảãạấầẩẫậ]u|m\.?kh[aâẩẫ]u|ma+tj?\s?kha+ur?|password|passcode|passw?|pas|pwd|pw|mk)\b"
_NOT_TIME = rf"(?!\d[\d\-~./:]*\s?{_TIME}(?:\b|\d))"
_APPS = r"(?:zalo|fb|facebook|gmail|email|mail|wifi|vneid|iphone|samsung|youtube|tiktok|shopee|momo|google|instagram|telegram|messenger|vietcombank|techcombank|agribank|sacombank|vietinbank|vpbank|mbbank|lazada|internet|icloud|chatgpt|gemini|vssid|outlook|viettel|mobifone|vinaphone|laptop|android|windows)"
# A word of the language has neither digits nor signs, and no syllable is longer than seven letters.
_LIKE_PASSWORD = rf"{_NOT_TIME}(?!{_APPS}\b)(?:(?=[^\s,;]*[\d@#$%^&*_!])[^\s,;•]{{4,}}|[A-Za-z]{{8,}})"
_LETTERS_AND_DIGITS = rf"{_NOT_TIME}(?=[^\s,;/]*\d)(?=[^\s,;/]*[^\W\d_])[^\s,;•/]{{5,}}"
_CODE = r"(?:\botp|\bpuk|(?<!lỗi )\bmã|\bma\s(?:otp|pin|xac\s\w+|so|kich\s\w+)|\bpin|\bcode|\bma)\b"
_FEW_WORDS = r"(?:[^\W\d_]{1,8}[ :]+){0,6}"
# A run of plain letters that is no single syllable ("bongcuc"), so no word of the language.
_RUN = rf"(?!{_APPS}\b)(?![bcdghklmnpqrstvx]{{0,3}}[aeiouy]{{1,3}}(?:ch|ng|nh|[cmnpt])?\b)[A-Za-z]{{5,}}\b"
_SYLLABLE = r"[bcdđghklmnpqrstvx]{0,3}[^\W\d_bcdđghklmnpqrstvx]{1,3}(?:ch|ng|nh|[cmnpt])?"
# A syllable typed with numbers for its marks ("ngoa5i").
_VNI = r"(?:[bcdghklmnpqrstvx]\d?){0,3}(?:[aeiouy]\d{0,2}){1,3}(?:[cghmnpt]\d?){0,2}(?![\w@\-])"
_SPELLED = r"(?:[^\W_] ){3,}[^\W_]\b"  # "h o a 1 2"
_DIGIT = r"(?:không|khong|một|mot|hai|ba|bốn|bon|tư|năm|nam|sáu|sau|bảy|bẩy|bay|tám|tam|chín|chin)"
_SAID = rf"{_DIGIT}(?:[ ,]+{_DIGIT}){{3,}}\b"  # "bốn tám hai chín"
_DATE = r"\d{1,2}[ .\-/]\d{1,2}[ .\-/](?:19|20)\d\d"
# "mật khẩu Zalo, mợ đặt là loan0987": it is said a clause later which one was chosen.
_CHOSEN = r"\b(?:đặt|dat|chọn|chon|đổi|doi|để|lấy|lay|nghĩ\s?ra|nghi\s?ra)(?:\s+[^\W\d_]+){0,2}?\s+"
_PIN = r"\b(?:otp|pin|passcode|mã\s?(?:pin|khóa|khoá|mở)|ma\s?(?:pin|khoa|mo)|mật\s?mã|mat\s?ma)\b"
_ID = r"\b(?:cccd|cmnd|cmt|căn\s?cước|can\s?cuoc|chứng\s?minh|định\s?danh|hộ\s?chiếu|mã\s?số\s?thuế|mst)\b"
_ACCOUNT = r"\b(?:stk|số\s?tk|so\s?tk|số\s?tài\s?khoản|so\s?tai\s?khoan|số\s?thẻ|so\s?the|thẻ\s?atm)\b"
_ENDS = rf"(?!\d|[/.]\d|\s?{_TIME}\b)"
_HOTLINE = r"(?:11\d|156|5656|5565|1414|1022|1[89]00)"
_KNOWN = rf"(?:(?:19|20)\d\d|{_HOTLINE})"  # years and hotlines are no secrets
_MONEY = r"\s?(?:đ|đồng|dong|vnd|vnđ|k)\b"


# Where a line speaks of passwords or of logging in, what looks like one is one, before or after the word.
_CONTEXT = rf"{_PASSWORD}|\b(?:đăng\s?nhập|dang\s?nhap|log\s?in|login|sign\s?in|nick|changed|wi-?fi|api key|bí mật|chữ cái|vào bằng|vao bang|gõ đúng|go dung)\b"
# Makes, apps and school words that look like letters with digits after them.
_NO_PASSWORD = rf"(?!(?:{_APPS}|level|oppo|redmi|vivo|xiaomi|nokia|windows|office|covid|lớp|lop|bài|bai|buổi|tuần|android|ios|galaxy|https?)[\W_]?\d*)"
_LETTER_NAMES = (
    r"(?:a còng|a móc|a|bê|bờ|cê|xê|cờ|dê|dờ|đê|đờ|e|ép|phờ|gờ|giê|hát|hờ|i|ca|ka|lờ|en lờ|mờ|em mờ|nờ|en nờ|o|ô|ơ|pê|pờ"
    r"|quy|rờ|e rờ|sờ|ét|ét sờ|tê|tờ|u|ư|vê|vờ|ích|xờ|hoa|thường|rồi|chấm|gạch|gạch dưới|thăng|sao)"
)
_WHOSE = (
    rf"(?:wi-?fi|{_APPS}|nhà|máy|mới|cũ|app|ngân|hàng|tài|khoản|văn|hoá|hóa|thôn|xóm|lớp|trường|của|cô|chú|bà|ông|bố|mẹ|ba|má"
    rf"|em|con|cháu|chị|anh|dì|bác|cậu|mợ|nội|ngoại|nha|may|moi|cua|ba|bo|me|ong)"
)
_PLAIN_TALK = (
    rf"(?:gì|gi|sao|thứ|dãy|chuỗi|cái|điều|quan|rất|phải|không|khong|chưa|chua|tự|tu|được|duoc|dc|rồi|roi|đặt|dat|đổi|doi|làm"
    rf"|lam|nên|cần|dễ|khó|yếu|mạnh|ngày|tên|số|chữ|bố|mẹ|bà|ông|em|cháu|mk|bao|mấy|ai|quên|nhớ|{_APPS})\b"
)

_Rules = tuple[tuple[Secret, re.Pattern[str]], ...]


class Masked(NamedTuple):
    """The text without its secrets, and what kinds they were."""

    text: str
    kinds: frozenset[Secret]


def mask(text: str) -> Masked:
    """One-time codes, ID, card, account and phone numbers and passwords become "•••".

    Masking twice changes nothing; lengths, years, ages, dates, hotlines and amounts stay.
    """
    text = unicodedata.normalize("NFC", text)
    kinds: set[Secret] = set()
    if not _suspicious().search(text):
        return Masked(text, frozenset())
    while (hidden := _masked_once(text, kinds)) != text:
        text = hidden  # what was hidden may show that its neighbour is one, too
    return Masked(text, frozenset(kinds))


@cache
def _suspicious() -> re.Pattern[str]:
    """What every secret shows: three digits near each other, a word of passwords, digits said, signs inside a word.

    Most lines have none ("20p, bà tự làm được"), and are not looked at further.
    """
    return re.compile(
        rf"\d[ .\-/_o]*\d[ .\-/_o]*\d|\bo\d|{_CONTEXT}|{_PIN}|{_DIGIT}[ ,]+{_DIGIT}[ ,]+{_DIGIT}|{_DIGIT} số {_DIGIT}"
        r"|\w[@#$%^&*]|[^\W\d_]{2,}_?\d{2}|[?&]\w+=|(?<!\w)sk-",
        re.IGNORECASE,
    )


def _masked_once(text: str, kinds: set[Secret]) -> str:
    """The text after every rule has been tried; `kinds` grows by what was found."""
    always, in_context, context = _rules()
    for kind, pattern in (*always, *(in_context if context.search(text) else ())):
        text, found = pattern.subn(_hide, text)
        if found:
            kinds.add(kind)

    def hide_number(match: re.Match[str]) -> str:
        kind = _number(match[0], amount=match["money"] is not None)
        if kind:
            kinds.add(kind)
        return HIDDEN if kind else match[0]

    return _NUMBER.sub(hide_number, text)


def _number(digits: str, *, amount: bool) -> Secret | None:
    """What a number is by its length, in groups of three or more digits ("4221-1234-5678-9012")."""
    groups = re.split(r"[ .\-]", digits)
    size = sum(map(len, groups))
    if all(re.fullmatch(_KNOWN, group) for group in groups):
        return None
    if size == 6 and not amount and not (len(groups) > 1 and (groups[-1] == "000" or "." in digits)):
        return "otp"
    if size in (9, 12):
        return "id"
    if size > 9 and not re.fullmatch(r"1[89]00\d{4,6}", digits):
        return "account"
    return None


def _hide(match: re.Match[str]) -> str:
    start, end = (place - match.start() for place in match.span("secret"))
    return match[0][:start] + HIDDEN + match[0][end:]


@cache
def _rules() -> tuple[_Rules, _Rules, re.Pattern[str]]:
    """Those for every line, those for a line that speaks of passwords, and how to tell it; compiled at the first line."""
    always, in_context = (
        tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in rules) for rules in (_RULES, _IN_CONTEXT)
    )
    return always, in_context, re.compile(_CONTEXT, re.IGNORECASE)


def _digits(least: int) -> str:
    """So many digits or more, in groups or not; a length after them stays outside."""
    return rf"\d(?:[ .\-]?\d){{{least - 1},}}(?!\d|\s?{_TIME}\b)"


# Secrets named by a word or a prefix; a number that only its length gives away comes after them.
_RULES: tuple[tuple[Secret, str], ...] = (
    # "đổi mk zalo thành Hoa2011!", "mat khau la abc123"
    ("password", rf"{_PASSWORD}(?:[^,;.\n•]{{0,25}}?(?:\s{_IS}|[:=]))\s*[\"'“]?(?P<secret>{_LIKE_PASSWORD})"),
    # "bà đọc mk Lan1950", "mk wifi nhà em 12345678"
    ("password", rf"{_PASSWORD}(?:\s+[^\W\d_]+){{0,3}}?\s+(?P<secret>{_LETTERS_AND_DIGITS}|\d{{7,8}}\b)"),
    # "mk: hoa 2010", "pass là bongcuc", "mật khẩu là h o a 1 2"
    ("password", rf"{_PASSWORD}[^,;.\n•]{{0,25}}?(?:\s{_IS}|[:=])\s*(?P<secret>{_RUN}|{_SPELLED}|[^\W\d_]+ \d{{3,}}{_ENDS})"),
    ("password", rf"{_PASSWORD}(?:\s+{_APPS})?\s+(?!{_KNOWN}\b)(?P<secret>\d{{4,6}}){_ENDS}(?!{_MONEY})"),
    ("password", rf"{_PASSWORD}[^\n•]{{0,60}}?{_CHOSEN}{_IS}\s*[\"'“]?(?P<secret>{_LIKE_PASSWORD}|{_RUN}|\d{{4,8}}{_ENDS})"),
    ("password", rf"{_PASSWORD}[^\n•]{{0,60}}?{_CHOSEN}(?P<secret>{_LETTERS_AND_DIGITS})"),
    # "mk camchanhquytbuoi": a run of seven letters and more is no word of the language.
    ("password", rf"\b(?:mật\s?khẩu|mat\s?khau|pass|mk)\s(?:wifi\s|wi-fi\s|zalo\s|fb\s)?(?=[A-Za-z]{{7,}}\b)(?P<secret>{_RUN})"),
    ("password", rf"{_PASSWORD}[^\n•]{{0,60}}?\b(?:là|la)\s(?=[A-Za-z]{{8,}}\b)(?P<secret>{_RUN})"),
    ("password", rf"{_PASSWORD}\s(?:là|la)\s(?P<secret>(?:[^\W\d_]+ ){{1,4}}\d{{2,6}}){_ENDS}"),
    ("password", r"(?<=•••), (?:mới|moi) (?P<secret>\S{5,}?)(?=[,;]|\s|$)"),
    # "loan0987 là mật khẩu mới của mợ"
    ("password", rf"(?<![^\s,;:.])(?P<secret>{_LETTERS_AND_DIGITS}|\d{{4,8}})\s+(?:là|la)\s+{_PASSWORD}"),
    ("id", rf"{_ID}[ :]*{_FEW_WORDS}(?P<secret>{_digits(8)})"),
    ("phone", r"(?<![\w+])(?P<secret>\+\s?84(?:[ .\-]?\d){8,10})(?!\d)"),
    ("phone", r"(?P<secret>\(\+?84\)(?:[ .\-]?\d){8,10}|\(0\d{2,3}\)(?:[ .\-]?\d){7,8})(?!\d)"),
    ("phone", r"(?<!\w)(?P<secret>[o0][ .\-]?[35789](?:[ .\-]?[\do]){8})(?!\w)"),
    ("phone", r"(?<!\d)(?P<secret>0[35789]\d{1,2}/\d{3}/\d{3,4}|0[35789]\d{5,8}_\d{3,4})(?!\d)"),
    ("phone", r"(?<!\d)(?P<secret>(?:84|0)[ .\-]?[35789](?:[ .\-]?\d){8})(?!\d)"),
    ("account", rf"{_ACCOUNT}[ :]*{_FEW_WORDS}(?P<secret>{_digits(6)})"),
    ("otp", rf"{_CODE}[ :]*{_FEW_WORDS}(?P<secret>\d{{4}}(?:[ \-]\d{{4}}){{1,3}}){_ENDS}"),
    ("otp", rf"(?<=•••)[ ,]*(?:và|va|hay|hoặc|vs|với|voi|,)\s(?P<secret>\d{{4}}(?:[ \-]?\d{{4}})+){_ENDS}"),
    ("otp", rf"{_CODE}[ :]*(?:{_IS}[ :]*)?(?!{_HOTLINE}\b)(?P<secret>\d{{4,8}}){_ENDS}"),
    # "mã pin điện thoại là 1953", "đặt mã pin cho máy, bà chọn 4821", "4821 là mã pin"
    ("otp", rf"{_CODE}[ :]*{_FEW_WORDS}{_IS}\s*(?!{_HOTLINE}\b)(?P<secret>\d{{4,8}}){_ENDS}(?!{_MONEY})"),
    ("otp", rf"{_PIN}[^\n•]{{0,60}}?{_CHOSEN}(?:{_IS}\s*)?(?!{_HOTLINE}\b)(?P<secret>\d{{4,8}}){_ENDS}(?!{_MONEY})"),
    ("otp", rf"(?<![\d/.\-])(?P<secret>\d{{4,8}})\s+(?:là|la)\s+(?:cái\s+|số\s+)?{_PIN}"),
    # "mã OTP của bà em là 482913", "otp 7 7 5 1 0 2"
    ("otp", rf"{_CODE}[ :]*{_FEW_WORDS}(?!{_KNOWN}\b)(?P<secret>\d{{4,8}}){_ENDS}"),
    ("otp", rf"{_CODE}[ :]*{_FEW_WORDS}(?P<secret>\d(?:[ .\-]\d){{3,7}})(?! ?\d|\s?{_TIME}\b)"),
    ("otp", rf"{_CODE}[ :]*{_FEW_WORDS}(?!{_DATE})(?P<secret>\d{{2,4}}(?:[ .\-]\d{{2,4}}){{1,3}}){_ENDS}"),
    ("otp", rf"(?:\botp|\bmã|\bpin|\bpuk|\bcode)\b[^\d\n•]{{0,80}}?\b(?:là|la)\s+(?!{_HOTLINE}\b)(?P<secret>\d{{4,8}}|\d{{2,3}}(?:[ .\-]\d{{2,3}}){{1,3}}){_ENDS}(?!{_MONEY})"),
    ("otp", rf"{_CODE}\s\d\s(?:chữ\s)?(?:số|so)\s(?:là\s|la\s)?(?P<secret>\d{{4,8}}){_ENDS}(?!{_MONEY})"),
    # "mã PIN dễ lắm, năm sinh của bà thôi. 1952 đó"
    ("otp", rf"{_PIN}[^\d\n•]{{0,60}}(?<!năm )(?<!nam )(?<!số )(?<!so )\b(?P<secret>\d{{4}}){_ENDS}(?!{_MONEY})"),
    ("otp", r"(?<![\w./\-])(?P<secret>\d(?: \d){4,})(?![\w./]|,\d| ?(?:phút|p|lần|bước)\b)"),
    ("otp", r"(?<!\d)(?P<secret>(\d)\2{3,7})(?!\d|[.,]\d|\s?(?:đ|k|đồng|vnd)\b)"),
    ("otp", rf"(?<=•••) (?:sang|thành|qua|rồi) (?P<secret>\d{{4,8}}){_ENDS}"),
    ("otp", rf"\b(?:mã|otp|pin)\b[^\n•]{{0,60}}?\b(?:nhập|nhap|gõ|bấm|đọc|ghi|gửi|báo|hiện|đầu)\s(?!{_KNOWN}\b)(?P<secret>\d{{4,8}}|\d\d(?: \d\d){{1,3}}){_ENDS}(?!{_MONEY})"),
    ("otp", r"(?<![\d/.\-])(?P<secret>\d{4,8})\s+(?:làm|lam|là|la)\s+(?:cái\s+)?(?:mã|ma|otp)\b"),
    ("otp", rf"\b(?:két|khoá|khóa|khoa)\b[^\d\n•]{{0,40}}\b(?:là|la)\s(?P<secret>\d{{4,6}}){_ENDS}"),
    # "FB-71936", "G-482913"
    ("otp", r"(?<![\w\-])(?P<secret>(?:G|FB|IG|TG|TT|ZL|HS|GV)-\d{4,8})(?!\w)"),
    # Words run together with digits after them ("hoacuc77"); after "gõ" one word is enough ("sen2468").
    ("password", rf"(?<![\w@#$%^&*./\-]){_NO_PASSWORD}(?!{_SYLLABLE}[\d_])(?P<secret>[^\W\d_]{{6,}}_?\d{{2,6}})(?![\w@])"),
    ("password", rf"\b(?:gõ|go|bấm|bam|nhập|nhap|đặt|dat|là|la)\s(?:là\s|la\s)?{_NO_PASSWORD}(?P<secret>[^\W\d_]{{2,}}_?\d{{3,6}})(?![\w@])"),
    # Said or written digit by digit, whatever they are; not "bước 1 2 3 4".
    ("otp", rf"\b(?P<secret>{_SAID})(?!\s?(?:lần|phút|giờ|tiếng|bước|người)\b)"),
    ("otp", r"(?<![\w./\-] )(?<![\w./\-])(?!1 2 3 4)(?P<secret>\d(?: \d){3,})(?![\w./]|,\d| ?(?:phút|p|lần|bước)\b)"),
    ("otp", r"(?:\bsố|\bso|\bdãy|\bday|\bkhoá|\bkhóa|\bkhoa|\blà|\bla|\bbằng|\bbang|\bghi)\s(?!1 2 3 4)(?P<secret>\d(?: \d){3,})(?![\w./])"),
    # The three digits on the back of a card.
    ("account", r"\b(?:cvv2?|cvc2?)\b[^\d\n•]{0,20}(?P<secret>\d{3,4}|\d(?: \d){2,3})(?!\d)"),
    ("account", r"\b(?:ba|3)\s(?:chữ\s|chu\s)?(?:số|so)\s[^\d\n•]{0,25}?(?:là|la|:)\s*(?P<secret>\d{3,4})(?!\d)"),
    # Passports ("C7319204"), insurance cards ("HT3 01 24 118 06532"), accounts with a letter ("711A-30962584").
    ("id", r"(?<!\w)(?P<secret>(?-i:[A-Z] )\d{7,8}|[A-Z]\d{7,8})(?!\w)"),
    ("id", r"(?<!\w)(?P<secret>[A-Z]{2}\d(?:[ .\-]?\d){9,13})(?!\w)"),
    ("account", r"(?<!\w)(?P<secret>\d{2,4}[A-Z]-?\d{5,})(?!\w)"),
    # What opens a link.
    ("password", r"[?&](?:token|code|sig|signature|key|auth|otp|session|sid|access_token|ticket|password|pass)=(?P<secret>[\w\-.%~]{4,})"),
    ("password", r"(?<!\w)(?P<secret>sk-[\w\-]{8,})"),
    # A word with signs and digits in it is a password wherever it stands; an address of e-mail is not.
    ("password", r"(?<![\w@#$%^&*])(?P<secret>(?!\S+@\S+\.[a-z])(?=[^\s,;]*[A-Za-z])(?=[^\s,;]*\d)[\w]+[@#$%^&*][\w@#$%^&*!]{2,})"),
    ("otp", rf"(?:{_CODE}|{_PASSWORD})[ :]*{_FEW_WORDS}?(?P<secret>{_SAID})"),
)  # fmt: skip

_IN_CONTEXT: tuple[tuple[Secret, str], ...] = (
    ("password", rf"(?<![\w@#$%^&*./\-]){_NO_PASSWORD}(?!{_VNI})(?P<secret>(?=[^\s,;]*[^\W\d_]{{3}})(?=[^\s,;]*\d)[^\W\d_][\w@#$%^&*!\-]{{5,}})"),
    ("password", rf"(?:{_PASSWORD}|wi-?fi key)(?:\s(?:là|la|is|{_APPS}|của\s\w+)){{0,3}}\s?[:=]?\s?[\"“‘](?P<secret>(?!(?:to|cho|để|học|quên|forgot|study)\b)[^\"”’\n•]{{4,40}})(?=[\"”’])"),
    ("password", rf"(?<![\d/.\-])(?P<secret>\d{{6,8}})\s+(?:làm|lam|là|la|có phải|co phai)\s+(?:\w+\s){{0,2}}{_PASSWORD}"),
    ("password", rf"(?<!\w)(?P<secret>{_RUN})[.,]?\s+(?:đó |đấy |do |day )?(?:là|la)\s+{_PASSWORD}"),
    ("password", rf"{_PASSWORD}[^\n•]{{0,40}}?\b(?:là|la|chữ|:)\s+(?P<secret>(?:(?:{_LETTER_NAMES}|{_DIGIT})\s){{3,}}(?:{_LETTER_NAMES}|{_DIGIT})\b)"),
    # "mật khẩu của cháu là con mèo xanh", "mkhẩu: thỏ trắng tai dài"; not "mật khẩu là gì", "mật khẩu: tự đặt được rồi".
    ("password", rf"{_PASSWORD}(?:(?:\s{_WHOSE})*\scủa\s[^\W\d_]+(?:\s[^\W\d_]+)?\s(?:là|la)(?:\shai\schữ)?:?|(?:\s{_WHOSE})*\s?:)\s+(?P<secret>(?!{_PLAIN_TALK})[^\W\d_]+(?: (?!{_PLAIN_TALK})[^\W_]+){{1,4}})(?=\s*(?:[,.;!?)\n]|$|(?:cho|có|rồi|co|roi)\b))"),
    ("password", r"\b(?:bí mật|bi mat)[^\n•]{0,60}?\b(?:trả lời|tra loi|đáp án|dap an) (?:là|la) (?P<secret>[^\W\d_]+(?: [^\W\d_]+){0,3})(?=[,.;!?]|$)"),
    ("password", rf"\b(?P<secret>{_DIGIT} số {_DIGIT}(?:,? (?:rồi|và) {_DIGIT} số {_DIGIT})*)\b"),
    ("password", rf"(?<![\d./\-])(?P<secret>\d{{7,8}})(?![\d/]|[.,]\d|{_MONEY})"),
    ("password", rf"{_PASSWORD}[^\d\n•]{{0,40}}\b(?:bằng|là|la)\s[^\d\n•]{{0,20}}(?P<secret>{_DATE})"),
)  # fmt: skip

_NUMBER = re.compile(rf"(?<!\d)\d{{3,}}(?:[ .\-]\d{{3,}})*(?!\d)(?=(?P<money>{_MONEY})?)", re.IGNORECASE)
