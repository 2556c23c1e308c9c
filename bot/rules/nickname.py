"""What a pupil may be called: a short name that says nothing by which a stranger finds them."""

import re
from typing import Literal

from bot.rules.masking import mask

Fault = Literal["too_long", "email", "link", "phone", "identity", "digits", "letters"]

MOST_LETTERS = 20
MOST_DIGITS = 4
_NICKNAME = re.compile(r"[^\W_][\w .'-]*")
_EMAIL = re.compile(r"\S+@\S+\.\S+")
_LINK = re.compile(r"https?://|www\.|\.(?:com|vn|net|org|me)\b", re.IGNORECASE)
_PHONE = re.compile(r"(?<!\d)(?:\+?84|0)(?:[ .-]?\d){9}(?!\d)")
_IDENTITY = re.compile(r"\D*(?:\d{9}|\d{12})\D*")


def fault(name: str) -> Fault | None:
    """Why this is no nickname, the weightiest reason first; None when it is one."""
    digits = sum(letter.isdigit() for letter in name)
    if _EMAIL.search(name):
        return "email"
    if _LINK.search(name):
        return "link"
    if _PHONE.search(name):
        return "phone"
    if _IDENTITY.fullmatch(name):
        return "identity"
    if digits > MOST_DIGITS or mask(name).kinds - {"password"}:  # "meomeo99" is a nickname, too
        return "digits"
    if len(name) > MOST_LETTERS:
        return "too_long"
    return None if _NICKNAME.fullmatch(name) else "letters"
