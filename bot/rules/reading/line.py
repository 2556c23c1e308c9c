"""One line with everything the lexicon found in it, and small questions about its places."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bot.rules.reading.matcher import Tag
from bot.rules.reading.tokens import Token


class Line:
    """Tokens and tags; places are token numbers."""

    def __init__(self, tokens: Sequence[Token], tags: Iterable[Tag], numbers: Mapping[str, int], marked: bool) -> None:
        self.tokens = tokens
        self.marked = marked
        self._numbers = numbers
        self._kinds: defaultdict[str, list[Tag]] = defaultdict(list)
        self._named: defaultdict[str, list[Tag]] = defaultdict(list)
        self._words: dict[tuple[str, int], int] = {}
        self._ends: set[tuple[str, int]] = set()
        self._read: dict[int, tuple[float, int]] = {}
        for tag in tags:
            self._kinds[tag.kind].append(tag)
            if tag.kind == "word":
                key = tag.value, tag.start
                self._words[key] = max(tag.end, self._words.get(key, 0))
                self._named[tag.value].append(tag)
                self._ends.add((tag.value, tag.end))

    def __len__(self) -> int:
        return len(self.tokens)

    def tags(self, *kinds: str) -> list[Tag]:
        return [tag for kind in kinds for tag in self._kinds[kind]]

    def word(self, name: str, place: int) -> int:
        """Where the word or phrase of this list that starts here ends; 0 if none does."""
        return self._words.get((name, place), 0)

    def words(self, name: str) -> list[Tag]:
        return self._named.get(name, [])

    def has(self, name: str) -> bool:
        return name in self._named

    def before(self, name: str, place: int) -> bool:
        """Whether a phrase of this list ends exactly here."""
        return (name, place) in self._ends

    def text(self, place: int) -> str:
        return self.tokens[place].text if 0 <= place < len(self.tokens) else ""

    def bare(self, place: int) -> str:
        return self.tokens[place].bare if 0 <= place < len(self.tokens) else ""

    def stop(self, place: int) -> bool:
        """Whether a clause ends here: a sign, or the line's edge."""
        return not 0 <= place < len(self.tokens) or self.tokens[place].stop

    def clause_end(self, place: int) -> int:
        """Where the clause ends in which this place stands; the place itself when a sign stands there."""
        return next((other for other in range(place, len(self)) if self.stop(other)), len(self))

    def clause_start(self, place: int) -> int:
        while place > 0 and not self.stop(place - 1):
            place -= 1
        return place

    def help_begins(self) -> int:
        """Where "em dạy …" begins after a clause of circumstances; 0 where nothing stands before it."""
        for verb in sorted(self.words("verbs")):
            speaker = [tag.start for tag in self.words("speakers") if tag.end == verb.start]
            if speaker and not self.word("told_to", verb.start - 2):
                return min(speaker) if any(map(self.stop, range(min(speaker)))) else 0
        return 0

    def number(self, place: int) -> tuple[float, int]:
        """The number that starts here, in digits or words, and where it ends; (0, place) if none."""
        known = self._read.get(place)
        if known is None:  # dates, lengths and people all ask
            known = self._read[place] = self._number(place)
        return known

    def _number(self, place: int) -> tuple[float, int]:
        text = self.text(place)
        if text[:1].isdigit():
            tens = (self.word("tens", place + 1) or self.word("ten", place + 1)) if len(text) == 1 else 0
            return float(text.replace(",", ".")) * (10 if tens else 1), tens or place + 1
        if end := self.word("ten", place):
            unit, after = self._digit(end)
            return 10 + unit, after
        if end := self.word("twenty", place):
            unit, after = self._digit(end)
            return 20 + unit, after
        value, after = self._digit(place)
        if value and (end := self.word("tens", after)):
            unit, after = self._digit(end)
            return 10 * value + unit, after
        unit, end = self._digit(after) if value else (0, after)
        return (10 * value + unit, end) if unit else (value, after)  # "hai lăm" is 25

    def _digit(self, place: int) -> tuple[int, int]:
        found = [tag for tag in self._kinds["number"] if tag.start == place]
        if not found:
            return 0, place
        best = max(found, key=lambda tag: (tag.size, -tag.loose))
        return self._numbers[best.value], best.end


def longest(tags: Iterable[Tag], taken: Iterable[int] = ()) -> list[Tag]:
    """The longest phrases first, none overlapping another or a taken place; in the order of the line."""
    used = set(taken)
    chosen: list[Tag] = []
    for tag in sorted(tags, key=_rank):
        places = range(tag.start, tag.end)
        if used.isdisjoint(places):
            used.update(places)
            chosen.append(tag)
    return sorted(chosen, key=lambda tag: tag.start)


def _rank(tag: Tag) -> tuple[bool, int, bool, int, int]:
    """One word with a slip comes last; else the longer, the surer, the earlier.

    A slip costs a word: "khóa sim" rather than "thêm * sim" in "Thơm khóa sim"; not in kin ("bà noij").
    """
    costs = tag.slip and tag.kind not in ("relative", "pair")
    return tag.slip and tag.size == 1, costs - tag.size, tag.slip, tag.loose, tag.start
