"""Whether a whole sentence is of a pattern, with its marks or with none at all.

A sentence with some marks must have the right ones: "đúng nhắc" is no "dừng nhắc".
"""

import re
import unicodedata
from functools import cache


def whole(pattern: str, said: str) -> re.Match[str] | None:
    """The match of the whole sentence."""
    plain = unicodedata.normalize("NFC", said).strip().lower().rstrip(" .!?")
    return re.fullmatch(as_written(pattern, said), re.sub(r"\s+", " ", plain.replace(",", " , ")))


def as_written(pattern: str, said: str) -> str:
    """The pattern with its marks, or without where the sentence has none at all."""
    return _unmarked(pattern) if said == bare(said) else pattern


def bare(text: str) -> str:
    """Without marks."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@cache
def _unmarked(pattern: str) -> str:
    """Patterns are few and are asked for with every message."""
    return bare(pattern)
