"""Phrases as data, compiled into one automaton that finds them in a line, marks or no marks."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from bot.rules.reading.tokens import Token, from_telex, from_vni, token, words

# A slot of a phrase: "bật|mở", "(cái)" for one that may be missing, "_" for a space inside a choice.
Slot = tuple[tuple[tuple[str, ...], ...], bool]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the reader knows, as plain data.

    `tags` maps a kind ("relative", "skill", "outcome", "word" …) to values to phrases; a phrase may use
    choices ("bật|mở wifi"), optional words ("gọi (điện) video") and "_" for a space inside a choice.
    `stages` orders outcomes from least to most advanced; `numbers` are numbers in words.
    """

    tags: Mapping[str, Mapping[str, Sequence[str]]]
    abbreviations: Mapping[str, str]
    stages: Mapping[str, int]
    numbers: Mapping[str, int]
    fillers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Tag:
    """A phrase found at tokens `start` to `end`; `loose` counts syllables whose marks were missing."""

    kind: str
    value: str
    start: int
    end: int
    loose: int = 0
    slips: int = 0

    @property
    def size(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Tag") -> bool:
        return self.start < other.end and other.start < self.end


@dataclass(slots=True, eq=False)
class _Node:
    """A place in the automaton: the syllables that lead on, and the phrases that end here."""

    shared: bool = False
    edges: dict[str, list[tuple[Token, "_Node"]]] = field(default_factory=dict)
    sounds: dict[str, set[str]] = field(default_factory=dict)
    ends: list[tuple[str, str, int, int]] = field(default_factory=list)  # kind, value, syllables, letters

    def follow(self, syllable: Token) -> "_Node":
        for known, node in self.edges.get(syllable.bare, ()):
            if known.text == syllable.text and not node.shared:
                return node
        node = _Node()
        self.link(syllable, node)
        return node

    def link(self, syllable: Token, node: "_Node") -> None:
        self.edges.setdefault(syllable.bare, []).append((syllable, node))
        self.sounds.setdefault(sound(syllable.bare), set()).add(syllable.bare)


_SOUNDS = (
    (re.compile(r"^ngh"), "ng"), (re.compile(r"^gh"), "g"), (re.compile(r"^ph"), "f"), (re.compile(r"^tr"), "ch"),
    (re.compile(r"^x"), "s"), (re.compile(r"^(gi|r|z)(?=[aeiouy])"), "d"), (re.compile(r"^l"), "n"),
    (re.compile(r"^[kq]"), "c"), (re.compile(r"y"), "i"), (re.compile(r"(ng|nh)$"), "n"), (re.compile(r"(c|ch)$"), "t"),
)  # fmt: skip


def sound(bare: str) -> str:
    """A key that is the same for spellings many Vietnamese pronounce alike (n/l, s/x, tr/ch, n/ng …)."""
    for pattern, same in _SOUNDS:
        bare = pattern.sub(same, bare)
    return bare


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


def _slots(phrase: str) -> list[Slot]:
    slots: list[Slot] = []
    for part in phrase.split():
        optional = part.startswith("(") and part.endswith(")")
        choices = part.strip("()").split("|") if "|" in part or optional or "_" in part else [part]
        slots.append((tuple(tuple(words(choice.replace("_", " "))) for choice in choices), optional))
    return slots


_LETTER, _TONE = 1, 2
# "hường dẫn", "sinh trác học"; never kin or outcomes, where a tone makes another word ("mật", "mất").
_TONE_FORGIVEN = ("skill", "generic", "word")


class Matcher:
    """Finds every phrase of the lexicon in a line."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._short: dict[tuple[str, ...], list[str]] = {
            tuple(words(short)): words(full) for short, full in lexicon.abbreviations.items()
        }
        self._longest_short = max((len(short) for short in self._short), default=0)
        self._fillers = frozenset(token(word).bare for word in lexicon.fillers)
        self._root = _Node()
        self._syllables: set[tuple[str, str]] = set()
        self._vocabulary: set[str] = set()
        for kind, values in lexicon.tags.items():
            for value, phrases in values.items():
                for phrase in phrases:
                    self._add(phrase, kind, value)

    def tokens(self, line: str) -> tuple[list[Token], bool]:
        """The line as tokens, shorthand written out and keyboard leftovers undone; and whether it has marks."""
        said = self._heal(words(from_vni(line, self._syllables)))
        marked = any(token(word).marked for word in said if (word,) not in self._short)
        return [token(word) for word in self._written_out(said)], marked

    def tags(self, tokens: Sequence[Token]) -> list[Tag]:
        """Every phrase at every place, overlapping ones too."""
        return [tag for start in range(len(tokens)) for tag in self._at(tokens, start)]

    def _add(self, phrase: str, kind: str, value: str) -> None:
        places = [self._root]
        syllables = letters = 0
        for choices, optional in _slots(phrase):
            spelled = [[token(word) for word in self._written_out(list(choice))] for choice in choices]
            for choice in spelled:
                self._learn(choice)
            after = self._step(places, spelled)
            places = [*places, after] if optional else [after]
            if not optional:
                syllables += min(map(len, spelled))
                letters += min(sum(len(word.bare) for word in choice) for choice in spelled)
        for place in places:
            place.ends.append((kind, value, syllables, letters))

    def _learn(self, syllables: Iterable[Token]) -> None:
        for syllable in syllables:
            self._vocabulary.add(syllable.bare)
            if syllable.marked:
                self._syllables.add((syllable.letters, syllable.tone))

    def _step(self, places: Sequence[_Node], choices: Sequence[Sequence[Token]]) -> _Node:
        """The place after one slot; choices meet again in one place, so a pattern never multiplies out."""
        if len(places) == 1 and len(choices) == 1:
            return _path(places[0], choices[0])
        meeting = _Node(shared=True)
        for place in places:
            for *head, last in choices:
                _path(place, head).link(last, meeting)
        return meeting

    def _written_out(self, said: list[str]) -> list[str]:
        full: list[str] = []
        place = 0
        while place < len(said):
            for size in range(min(self._longest_short, len(said) - place), 0, -1):
                meant = self._short.get(tuple(said[place : place + size]))
                if meant is not None:
                    full += meant
                    place += size
                    break
            else:
                full.append(said[place].lower())
                place += 1
        return full

    def _heal(self, said: list[str]) -> list[str]:
        healed: list[str] = []
        for word in said:
            bare = token(word).bare
            if bare in self._vocabulary or (word,) in self._short or not word.isalpha():
                healed.append(word)
                continue
            if (meant := from_telex(word, self._syllables)) != word:
                healed.append(meant)
            else:
                healed += self._parted(word, bare)
        return healed

    def _parted(self, word: str, bare: str) -> list[str]:
        """ "emdạy" → "em", "dạy": two known words written as one."""
        for cut in range(2, len(bare) - 1):
            if bare[:cut] in self._vocabulary and bare[cut:] in self._vocabulary and len(bare) > 4:
                return [word[:cut], word[cut:]]
        if len(bare) > 2 and bare[-1] == bare[-2] and bare[:-1] in self._vocabulary:
            return [word[:-1]]
        return [word]

    def _at(self, tokens: Sequence[Token], start: int) -> Iterator[Tag]:
        found: dict[tuple[str, str, int], Tag] = {}
        for tag in self._walk(tokens, start, self._root, start, 0, 0, 0):
            known = found.get((tag.kind, tag.value, tag.end))
            if known is None or (tag.slips, tag.loose) < (known.slips, known.loose):
                found[tag.kind, tag.value, tag.end] = tag
        yield from found.values()

    def _walk(
        self, tokens: Sequence[Token], start: int, node: _Node, place: int, loose: int, slips: int, partial: int
    ) -> Iterator[Tag]:
        for kind, value, syllables, letters in node.ends:
            # One word alone must be written exactly or wholly without marks.
            if (partial and syllables < 2) or (
                slips and not self._excused(tokens[start], slips, kind, syllables, letters)
            ):
                continue
            yield Tag(kind, value, start, place, loose, min(slips, 1))
        if place == len(tokens):
            return
        written = tokens[place]
        for meant, following in node.edges.get(written.bare, ()):
            if fits(written, meant):
                missing = written.text != meant.text and (written.letters, written.tone) != (meant.letters, meant.tone)
                half = missing and written.marked
                yield from self._walk(tokens, start, following, place + 1, loose + missing, slips, partial + half)
            elif not slips and node is not self._root and self._is_wrong_tone(written, meant):
                # A wrong tone mark is forgiven once inside a longer phrase.
                yield from self._walk(tokens, start, following, place + 1, loose, _TONE, partial)
        if not slips:
            for _, following in self._near(node, written):
                yield from self._walk(tokens, start, following, place + 1, loose, _LETTER, partial)
        if node is not self._root and written.bare in self._fillers and place + 1 < len(tokens):
            yield from self._filled(tokens, start, node, place, loose, slips, partial)

    def _is_wrong_tone(self, written: Token, meant: Token) -> bool:
        """ "hường" for "hướng", unless what was written is a word we know ("dượng" is no "đường")."""
        toneless = Token(written.text, written.letters, "", written.bare)
        return (written.letters, written.tone) not in self._syllables and fits(toneless, meant)

    def _excused(self, first: Token, slips: int, kind: str, syllables: int, letters: int) -> bool:
        """A slip needs a phrase long enough to be sure, or one long unknown word."""
        if syllables < 2:
            return letters > 3 and kind != "relative" and first.bare not in self._vocabulary
        return letters > 6 and kind in _TONE_FORGIVEN if slips == _TONE else letters > 4

    def _filled(
        self, tokens: Sequence[Token], start: int, node: _Node, place: int, loose: int, slips: int, partial: int
    ) -> Iterator[Tag]:
        """A small word in the middle of a phrase ("quét cái mã") does not break it."""
        for tag in self._walk(tokens, start, node, place + 1, loose, slips, partial):
            if tag.end > place + 1:
                yield tag

    def _near(self, node: _Node, written: Token) -> Iterator[tuple[Token, _Node]]:
        """Syllables one slip away: the same sound, or one letter in an unknown word of four or more."""
        bare = written.bare
        known = bare in self._vocabulary
        if written.marked and (written.letters, written.tone) in self._syllables:
            return
        for other in node.sounds.get(sound(bare), ()) if len(bare) > 2 else ():
            # A known word may begin with a letter that sounds alike ("nừa đảo"), not end in another.
            if other != bare and (not known or _rhyme(other) == _rhyme(bare)):
                yield from (edge for edge in node.edges[other] if written.tone in ("", edge[0].tone))
        if len(bare) > 3 and not known:
            for other in node.edges:
                if _one_slip(bare, other):
                    yield from node.edges[other]


_ONSET = re.compile(r"^(gi(?=[aeou])|[^aeiouy]+)")


def _rhyme(bare: str) -> str:
    return _ONSET.sub("", bare)


def _one_slip(bare: str, other: str) -> bool:
    return len(other) > 2 and abs(len(bare) - len(other)) < 2 and OSA.distance(bare, other, score_cutoff=1) < 2


def _path(place: _Node, syllables: Iterable[Token]) -> _Node:
    for syllable in syllables:
        place = place.follow(syllable)
    return place
