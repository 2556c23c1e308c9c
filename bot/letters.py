"""Letters without their marks: how words are compared that people type in many ways."""

import unicodedata


def fold(text: str) -> str:
    """Lower case without marks or outer space: "Đúng, ghi lại" → "dung, ghi lai"."""
    parts = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
