"""Words as they are said aloud: abbreviations, hotlines, dates and signs become plain Vietnamese."""

import re
import unicodedata

from content.schema import Pronunciation

# What could be a Vietnamese syllable is read as one: "KHÔNG" is only loud, "CMND" is spelled.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|kh|gh|gi|ch|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_LOUD = re.compile(r"(?<!\w)[^\W\d_]{2,}(?!\w)")
_DATE = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(\d{4})(?![\d/])")
_MONTH = re.compile(r"(?<![\d/])(\d{1,2})/(20\d{2})(?![\d/])")
_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{3})+(?![\d.])")
_MINUTES = re.compile(r"(?<!\w)(\d+)p(?!\w)")
_NUMBER = re.compile(r"(?<![\w.])\d+(?!\w|\.\d)")
_EITHER = re.compile(r"(?<=\w)\s*/\s*(?=\w)")
_PAUSES = re.compile(r"\s*,[\s,]*(?=[,.;:!?]|$)|(?<=[.;:!?])\s*,")
_COMMAS = re.compile(r"(?:\s*,)+")
_TYPED_DIGITS = 5


def said(text: str, table: Pronunciation) -> str:
    """The text as a Vietnamese voice should read it."""
    text = unicodedata.normalize("NFC", text)
    text = _by_table(text, table.words)
    text = _DATE.sub(r"\1 tháng \2 năm \3", text)
    text = _MONTH.sub(r"tháng \1 năm \2", text)
    text = _MINUTES.sub(r"\1 phút", text)
    text = _NUMBER.sub(lambda found: _number(found[0], table), text)
    text = _GROUPED.sub(lambda found: found[0].replace(".", ""), text)
    for sign, word in sorted(table.signs.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(sign, word)
    text = _EITHER.sub(" hoặc ", text)
    text = _LOUD.sub(lambda found: _word(found[0], table), text)
    text = _COMMAS.sub(",", " ".join(text.split()))
    return _PAUSES.sub("", text).strip(" ,")


def _by_table(text: str, words: dict[str, str]) -> str:
    longest = sorted(words, key=len, reverse=True)
    return re.sub("|".join(map(_whole, longest)), lambda found: words[found[0]], text)


def _whole(word: str) -> str:
    """The pattern of a word by itself; what begins with a sign (".gov.vn") may stand after anything."""
    before = r"(?<!\w)" if word[0].isalnum() else ""
    return before + re.escape(word) + r"(?!\w)"


def _number(digits: str, table: Pronunciation) -> str:
    typed = digits in table.dialled or len(digits) >= _TYPED_DIGITS or (digits[0] == "0" and len(digits) > 1)
    return " ".join(table.digits[digit] for digit in digits) if typed else digits


def _word(word: str, table: Pronunciation) -> str:
    """A word in capitals: one that is loud, or letters to be spelled."""
    if not word.isupper():
        return word
    plain = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    if _SYLLABLE.fullmatch("".join(letter for letter in plain if not unicodedata.combining(letter))):
        return word.lower()
    return " ".join(table.letters.get(letter, letter) for letter in word)
