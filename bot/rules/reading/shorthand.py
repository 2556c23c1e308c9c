"""Writes shorthand out and undoes what fingers and keyboard programs leave: "hnay", "baf nooij", "emdạy"."""

import re
from collections.abc import Collection, Mapping, Sequence

from bot.rules.reading.spelling import one_slip, sound
from bot.rules.reading.tokens import TELEX_TONES, Token, from_telex, from_vni, other_hook, token, words

# "ảh", "hìh", "lúg túg": the n of a final nh or ng left out.
_MINUTE, _HOUR = "phut", "tieng"
# Words after which "phứt" and "tếng" can only be minutes and hours.
_COUNTS = frozenset({"nua", "mot", "hai", "ba", "bon", "nam", "lam", "muoi", "chuc", "ruoi"})
_FINAL = re.compile(r"(?<=[^\Whgcn\d])([hg])$")


class Shorthand:
    """Abbreviations by their words; `vocabulary` and `syllables` grow while the phrases are learned."""

    def __init__(self, abbreviations: Mapping[str, str]) -> None:
        self._full = {tuple(words(short)): words(full) for short, full in abbreviations.items()}
        self._sizes: dict[str, list[int]] = {}
        for size, first in sorted({(len(short), short[0]) for short in self._full}, reverse=True):
            self._sizes.setdefault(first, []).append(size)
        self.vocabulary: set[str] = set()
        self.syllables: set[tuple[str, str]] = set()
        self._sounds: set[str] = set()
        self._toned: dict[tuple[str, str], set[str]] = {}

    def learn(self, syllables: Collection[Token]) -> None:
        """Words of a phrase are words we know."""
        self.vocabulary.update(syllable.bare for syllable in syllables)
        self._sounds.update(sound(syllable.bare) for syllable in syllables)
        for syllable in syllables:
            if syllable.tone:
                self._toned.setdefault((syllable.bare, syllable.tone), set()).add(syllable.text)
        self.syllables.update((syllable.letters, syllable.tone) for syllable in syllables if syllable.marked)

    def knows(self, written: Token) -> bool:
        """Whether a word with marks is written exactly as some word we know."""
        return (written.letters, written.tone) in self.syllables

    def read(self, line: str) -> tuple[list[Token], bool]:
        """The tokens of a line, and whether its writer uses marks."""
        typed = words(from_vni(line, self.syllables))
        said = [
            word
            for place, one in enumerate(typed)
            for word in self._unit(typed[place - 1] if place else "", one) or self._healed(one)
        ]
        marked = any(token(word).marked for word in said if (word,) not in self._full)
        return self.written_out(said), marked

    def written_out(self, said: Sequence[str]) -> list[Token]:
        """The words with every abbreviation in full, the longest first ("h nay" before "h")."""
        full: list[str] = []
        place = 0
        while place < len(said):
            size = self._size(said, place)
            full += self._full[tuple(said[place : place + size])] if size else [said[place].lower()]
            place += size or 1
        return [token(word) for word in full]

    def _unit(self, before: str, word: str) -> list[str]:
        """ "30 phtú", "25 phúyt", "nửa tếng", "20 phứt": minutes and hours, where a number stands before."""
        word = word.replace("f", "ph", 1)
        bare = token(word).bare
        if not (before.isdigit() or token(before).bare in _COUNTS) or (word,) in self._full:
            return []
        for unit in (_MINUTE, _HOUR):
            slip = bare not in self.vocabulary and bare[0] == unit[0] and bare[2:3] != "a"
            if (
                bare == unit
                or (unit, word) == (_HOUR, "tiến")
                or (slip and any(one_slip(form, unit) for form in (bare, bare.replace("y", "", 1))))
            ):
                return [unit]
        return []

    def _size(self, said: Sequence[str], place: int) -> int:
        sizes = self._sizes.get(said[place], ())
        return next((size for size in sizes if tuple(said[place : place + size]) in self._full), 0)

    def _healed(self, word: str) -> list[str]:
        bare = token(word).bare
        if bare != word and (twin := other_hook(word)) and not self.knows(token(word)) and self.knows(token(twin)):
            return [twin]
        if word[:1] == "d" and bare != word and not self.knows(token(word)) and self.knows(token("đ" + word[1:])):
            return ["đ" + word[1:]]  # "dộ sáng"
        if bare in self.vocabulary or (word,) in self._full or not word.isalpha():
            return [word]
        meant = from_telex(word, self.syllables)
        if meant != word:
            return [meant]
        toned = self._toned.get((bare[:-1], TELEX_TONES.get(word[-1], "")), ())
        if len(toned) == 1:
            return list(toned)  # "chuyenr" is chuyển, the second e forgotten
        if (longer := _FINAL.sub(r"n\1", word)) != word and token(longer).bare in self.vocabulary:
            return [longer]
        swapped = self._swapped(word)
        return [swapped] if swapped else self._parted(word, bare) or [word]

    def _swapped(self, word: str) -> str:
        """ "ngaoi" → "ngoai", "ngaoij" → "ngoại": two letters changed about."""
        for place in range(1, len(word) - 1) if len(word) > 2 else ():
            other = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
            meant = from_telex(other, self.syllables)
            if meant != other or token(other).bare in self.vocabulary:
                return meant
        return ""

    def _parted(self, word: str, bare: str) -> list[str]:
        """ "emdạy" → "em", "dạy"; "bácc" → "bác"; nothing when it cannot be parted."""
        for cut in range(2, len(bare) - 1):
            if (
                len(bare) > 4
                and sound(bare) not in self._sounds
                and bare[:cut] in self.vocabulary
                and bare[cut:] in self.vocabulary
            ):
                return [word[:cut], word[cut:]]
        doubled = len(bare) > 2 and bare[-1] == bare[-2] and bare[:-1] in self.vocabulary
        return [word[:-1]] if doubled else []
