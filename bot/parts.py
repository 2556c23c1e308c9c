"""A reply as a channel's limits want it: long texts cut where a sentence ends, choices as numbered lines."""

import re

from bot.port import Reply

_SENTENCE_END = re.compile(r"""[.!?…]["'”’)\]]*(?=\s)|(?=\n)""")
_WORD_END = re.compile(r"(?=\s)")


def written_out(reply: Reply) -> str:
    """A reply for a channel without buttons: the words, then numbered lines, then the hint."""
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(reply.choices, 1)]
    return "\n".join(filter(None, [reply.text, *lines, reply.hint if lines else ""]))


def units(text: str) -> int:
    """The length in UTF-16 units, in which Telegram and Zalo count."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, most: int) -> list[str]:
    """Cut at sentence ends, else between words, so that each part has at most `most` UTF-16 units."""
    parts = []
    while units(text) > most:
        end = _end(text, most)
        parts.append(text[:end].rstrip())
        text = text[end:].lstrip()
    return [part for part in (*parts, text) if part] or [text]


def _end(text: str, most: int) -> int:
    # "ignore" drops the first half of a character (an emoji) that the limit cuts in two.
    room = len(text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore"))
    for kind in (_SENTENCE_END, _WORD_END):
        # The first half is not searched: a part of three words is worse than a cut in a very long sentence.
        ends = [found.end() for found in kind.finditer(text, room // 2, room + 1) if found.end() <= room]
        if ends:
            return ends[-1]
    return room
