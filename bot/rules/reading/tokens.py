"""A line as tokens: composed, lower case, each syllable split into letters and tone."""

import re
import unicodedata
from collections.abc import Collection, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"•+|\d+[.,]\d(?!\d)|\d+|[^\W\d_]+|[^\w\s]")
_MONEY = re.compile(r"\d+(?:[.,]\d+)*(?:k|\s?(?:tr|triệu|trieu|nghìn|nghin|ngàn|ngan|đồng|vnđ|vnd|đ))\b", re.IGNORECASE)
_LAUGH = re.compile(r"\bk{3,}\b", re.IGNORECASE)  # "kkk", not the "k" of "không"
_STRETCHED = re.compile(r"([^\W\d_])\1{2,}(?!d\b)", re.IGNORECASE)  # "rồiiii", not "cccd"
# "baà", "dâẫn", "Ôông": the keyboard program wrote the vowel twice; not the "ưu" of "lưu".
_TWICE = re.compile(r"([aàáảãạăằắẳẵặâầấẩẫậ]{2}|[eèéẻẽẹêềếểễệ]{2}|[iìíỉĩị]{2}|[oòóỏõọôồốổỗộơờớởỡợ]{2})", re.IGNORECASE)
# "quétQR", "đổimãPIN"; not "VNeID", "VssID", "ChatGPT", "VietQR".
_GLUED = re.compile(r"(?<!V)([a-zà-ỹđ]{3})(?!GPT)([A-ZĐ]{2,})")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "′": "'", "´": "'", "`": "'", "–": "-", "—": "-", "½": "1/2"})
_STOPS = frozenset(",.;:!?\n()-+&/|•=")
_TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook above, dot below


class Token(NamedTuple):
    """One syllable, number or sign.

    `letters` keep â, ă, đ, ê, ô, ơ, ư but not the tone; `tone` is the tone alone, so that "hoà" and
    "hòa", "ngọai" and "ngoại" are the same token; `bare` has no marks at all.
    """

    text: str
    letters: str
    tone: str
    bare: str

    @property
    def marked(self) -> bool:
        return bool(self.tone) or self.letters != self.bare

    @property
    def stop(self) -> bool:
        return self.text in _STOPS or self.text[:1] > "\u2190"  # emoji part clauses as commas do


@cache
def _letter(character: str) -> tuple[str, str, str]:
    """A Latin letter as itself without the tone, the tone, and itself bare; worked out when it is first met."""
    if not ("\u00c0" <= character <= "\u01b0" or "\u1ea0" <= character <= "\u1ef9") or not character.isalpha():
        return character, "", character
    parts = unicodedata.normalize("NFD", character)
    tone = "".join(mark for mark in parts[1:] if mark in _TONES)
    letter = unicodedata.normalize("NFC", parts[0] + "".join(mark for mark in parts[1:] if mark not in _TONES))
    return letter, tone, "d" if character == "đ" else parts[0]


@lru_cache(maxsize=8192)  # people use few words; each is looked at many times
def token(text: str) -> Token:
    """The token of one word already in lower case."""
    if text.isascii():
        return Token(text, text, "", text)
    split = [_letter(character) for character in text]
    return Token(
        text,
        "".join(letter for letter, _, _ in split),
        "".join(tone for _, tone, _ in split)[-1:],
        "".join(bare for _, _, bare in split),
    )


_HOOKS = str.maketrans({"\u0309": "\u0303", "\u0303": "\u0309"})


def other_hook(word: str) -> str:
    """ "chĩ" for "chỉ" and the other way round: half the country says both tones alike; "" if it has neither."""
    turned = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word).translate(_HOOKS))
    return turned if turned != word else ""


def _once(twice: re.Match[str]) -> str:
    """The vowel with more marks; "oo" and "aa" without any are left to Telex."""
    if twice[0].isascii():
        return twice[0]
    return max(twice[0][1], twice[0][0], key=lambda vowel: len(unicodedata.normalize("NFD", vowel)))


def words(line: str) -> list[str]:
    """The words and signs of a line; capital "AI" keeps its capitals, everything else loses them."""
    composed = unicodedata.normalize("NFC", line).translate(_APOSTROPHES)
    capitals = not composed.isupper() or len(composed) < 3
    composed = _GLUED.sub(r"\1 \2", composed)
    calm = _MONEY.sub("₫", _TWICE.sub(_once, _STRETCHED.sub(r"\1", _LAUGH.sub("haha", composed))))
    return [word if word == "AI" and capitals else word.lower() for word in _TOKEN.findall(calm)]


# What typing without the keyboard program leaves behind.
TELEX_TONES = dict(zip("fsxrj", _TONES, strict=True))
_TELEX = (
    ("dd", "đ"),
    ("aa", "â"),
    ("ee", "ê"),
    ("oo", "ô"),
    ("uwow", "ươ"),
    ("uow", "ươ"),
    ("aw", "ă"),
    ("ow", "ơ"),
    ("uw", "ư"),
)
_VNI_TONES = dict(zip("21435", _TONES, strict=True))
_VNI = (("a6", "â"), ("e6", "ê"), ("o6", "ô"), ("uo7", "ươ"), ("o7", "ơ"), ("u7", "ư"), ("a8", "ă"), ("d9", "đ"))
_LAST_VOWEL = re.compile(r"([aăâeêioôơuưy])([^aăâeêioôơuưy]*)$")
_VNI_WORD = re.compile(r"\b[a-zA-Z]+[1-9][a-zA-Z1-9]*\b")


def _keystrokes(word: str, tones: dict[str, str], pairs: tuple[tuple[str, str], ...]) -> str:
    """The word as it would look had the keyboard program been on; the tone goes to the last vowel."""
    tone = next((tones[key] for key in reversed(word[1:]) if key in tones), "")
    letters = word[0] + "".join(key for key in word[1:] if key not in tones)
    for typed, meant in pairs:
        letters = letters.replace(typed, meant)
    return _LAST_VOWEL.sub(rf"\1{tone}\2", letters)


def from_telex(word: str, syllables: Collection[tuple[str, str]]) -> str:
    """ "nooij" → "nội", "sôs" → "số" when that is a known syllable, else the word unchanged."""
    if len(word) < 3 or (not word.isascii() and (token(word).tone or word[-1] not in TELEX_TONES)):
        return word
    return _known(_keystrokes(word, TELEX_TONES, _TELEX), word, syllables)


def from_vni(line: str, syllables: Collection[tuple[str, str]]) -> str:
    """ "ba2 no6i5" → "bà nội", word by word, where that gives known syllables."""

    def meant(match: re.Match[str]) -> str:
        word = match[0].lower()
        # The mark may be typed after the whole syllable ("noi65"): try the digit at each vowel.
        return next((found for form in _orders(word) if (found := _vni(form, syllables))), match[0])

    return _VNI_WORD.sub(meant, line)


def _orders(word: str) -> Iterator[str]:
    yield word
    letters = re.sub(r"[6-9]", "", word)
    for mark in re.findall(r"[6-9]", word):
        yield from (letters[:place] + mark + letters[place:] for place in range(1, len(letters) + 1))


def _vni(word: str, syllables: Collection[tuple[str, str]]) -> str:
    return _known(_keystrokes(word, _VNI_TONES, _VNI), "", syllables)


def _known(meant: str, otherwise: str, syllables: Collection[tuple[str, str]]) -> str:
    composed = unicodedata.normalize("NFC", meant)
    syllable = token(composed)
    return composed if (syllable.letters, syllable.tone) in syllables else otherwise
