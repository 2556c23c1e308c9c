"""When two syllables may be the same word: marks left out, sounds confused, one letter wrong."""

import re
from collections.abc import Callable
from functools import cache, lru_cache

from bot.rules.reading.tokens import Token

_SOUNDS = (
    (re.compile(r"^ngh"), "ng"), (re.compile(r"^gh"), "g"), (re.compile(r"^ph"), "f"), (re.compile(r"^tr"), "ch"),
    (re.compile(r"^x"), "s"), (re.compile(r"^(gi|r|z)(?=[aeiouy])"), "d"), (re.compile(r"^l"), "n"),
    (re.compile(r"^(k(?!h)|q)"), "c"), (re.compile(r"y"), "i"), (re.compile(r"(ng|nh)$"), "n"),
    (re.compile(r"(c|ch)$"), "t"),
)  # fmt: skip


@lru_cache(maxsize=8192)
def sound(bare: str) -> str:
    """A key that is the same for spellings many Vietnamese pronounce alike (n/l, s/x, tr/ch, n/ng …)."""
    for pattern, same in _SOUNDS:
        bare = pattern.sub(same, bare)
    return bare


_HOOKS = {"\u0303", "\u0309"}
_CONSONANTS = re.compile(r"[bcdghklmnpqrstvxz]")


def said_alike(written: Token, meant: Token) -> bool:
    """Whether two syllables with marks differ only as regions hear them: "đượt" and "được", "hiễu" and "hiểu"."""
    same_tone = written.tone == meant.tone or {written.tone, meant.tone} == _HOOKS
    return same_tone and _vowels(written) == _vowels(meant) and sound(written.bare) == sound(meant.bare)


def _vowels(syllable: Token) -> str:
    return _CONSONANTS.sub("", syllable.letters).replace("y", "i")


def fits(written: Token, meant: Token) -> bool:
    """Whether no mark that was written contradicts the meant syllable; missing marks are forgiven."""
    if written.tone and written.tone != meant.tone:
        return False
    if written.letters == meant.letters:
        return True
    if written.letters[:1] == "d" and meant.letters[:1] == "đ" and written.marked:
        return False  # "diện" has its marks: it is no "điện"
    pairs = zip(written.letters, meant.letters, meant.bare, strict=True)
    return all(letter in (right, bare) for letter, right, bare in pairs)


def differ_in_tone(written: Token, meant: Token) -> bool:
    """ "hường" for "hướng": the letters agree."""
    return fits(Token(written.text, written.letters, "", written.bare), meant)


_ONSET = re.compile(r"^(gi(?=[aeou])|[^aeiouy]+)")


def rhyme(bare: str) -> str:
    """The syllable without its first consonants."""
    return _ONSET.sub("", bare)


def one_slip(bare: str, other: str) -> bool:
    """One letter wrong, missing, doubled or two changed about."""
    return len(other) > 2 and abs(len(bare) - len(other)) < 2 and _distance()(bare, other, score_cutoff=1) < 2


@cache
def _distance() -> Callable[..., int]:
    """Imported at the first unknown word: it takes a fifth of the time the whole reader needs to import."""
    from rapidfuzz.distance import OSA

    return OSA.distance
