"""Phrases compiled into one automaton that finds them in a line, marks or no marks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.rules.reading.lexicon import Lexicon, slots
from bot.rules.reading.shorthand import Shorthand
from bot.rules.reading.spelling import differ_in_tone, fits, one_slip, rhyme, said_alike, sound
from bot.rules.reading.tokens import Token, token


class Tag(NamedTuple):
    """A phrase found at tokens `start` to `end`; `loose` counts syllables without marks, `slip` is a typing error."""

    kind: str
    value: str
    start: int
    end: int
    loose: int = 0
    slip: bool = False

    @property
    def size(self) -> int:
        return self.end - self.start

    def overlaps(self, other: "Tag") -> bool:
        return self.start < other.end and other.start < self.end


class _End(NamedTuple):
    """A phrase that ends at a node, and how long it is at least."""

    kind: str
    value: str
    syllables: int
    letters: int


class _Node:
    """A place in the automaton: the syllables that lead on, and the phrases that end here.

    Where the choices of a pattern meet again the node is `shared`: other phrases may not grow from it.
    """

    __slots__ = ("anything", "edges", "ends", "shared", "sounds")

    def __init__(self, shared: bool = False) -> None:
        self.shared = shared
        # Tuples, since there are twenty thousand nodes and most hold one of each.
        self.edges: dict[str, tuple[tuple[Token, _Node], ...]] = {}
        self.sounds: dict[str, tuple[str, ...]] = {}
        # Where any word leads.
        self.anything: tuple[_Step, ...] = ()
        self.ends: tuple[_End, ...] = ()

    def follow(self, syllable: Token) -> "_Node":
        for known, node in self.edges.get(syllable.bare, ()):
            if known.text == syllable.text and not node.shared:
                return node
        if syllable.text == ANY and (own := [node for node, _ in self.anything if not node.shared]):
            return own[0]
        node = _Node()
        self.link(syllable, node)
        return node

    def link(self, syllable: Token, node: "_Node") -> None:
        if syllable.text == ANY:
            self.anything = (*self.anything, (node, _SURE))
            return
        bare, heard = syllable.bare, sound(syllable.bare)
        self.edges[bare] = (*self.edges.get(bare, ()), (syllable, node))
        if bare not in (known := self.sounds.get(heard, ())):
            self.sounds[heard] = (*known, bare)


# The places a slot starts from and its choices.
_Meeting = tuple[tuple[int, ...], tuple[tuple[str, ...], ...]]


class _Doubt(NamedTuple):
    """How far from the phrase the words so far are: marks missing, marks half written, the one slip."""

    loose: int = 0
    partial: int = 0
    slip: str = ""


_SURE, _TONE, _LETTER = _Doubt(), _Doubt(slip="tone"), _Doubt(slip="letter")
_Step = tuple[_Node, _Doubt]
# A node, the next word's place, the doubt so far, and whether the last word was one of the phrase.
_Way = tuple[_Node, int, _Doubt, bool]
# A word of the line, its text, its letters without marks, whether it is a small word, whether it may stand for any
# word, and `Matcher._slips` of it.
_Word = tuple[Token, str, str, bool, bool, str, bool]
# Steps of the automaton kept in memory, some 5 MB at most.
_REMEMBERED = 20_000


# Stands for any one word in a phrase: "bán * trên mạng".
ANY = "*"
# "nói … biết" is no "noi chua biet".
_NOT_ANY = frozenset({"khong", "chua"})
# One word alone may hold a slip when it names an app or a skill ("shoppe"); small words are too alike.
_NAMES = ("skill", "generic", "vague")
_KIN = ("relative", "pair")
_EXACT = ("pair", "day", "minutes")
# "hường dẫn", "sinh trác học"; never kin or outcomes, where a tone makes another word ("mật", "mất").
_TONE_FORGIVEN = ("skill", "generic", "word")


class Matcher:
    """Finds every phrase of the lexicon in a line."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._shorthand = Shorthand(lexicon.abbreviations)
        self._fillers = frozenset(word for small in lexicon.fillers for word in (small, token(small).bare))
        self._root = _Node()
        self._meetings: dict[_Meeting, _Node] = {}
        self._known_words: dict[str, tuple[str, bool]] = {}
        self._known_steps: dict[tuple[int, str], tuple[_Step, ...]] = {}
        self._classes = lexicon.classes
        for kind, values in lexicon.tags.items():
            for value, phrases in values.items():
                for phrase in phrases:
                    self._add(phrase, kind, value)
        self._meetings.clear()  # they only served to build; 5 MB
        _share_sounds(self._root)

    def tokens(self, line: str) -> tuple[list[Token], bool]:
        """The line as tokens, shorthand written out; and whether its writer uses marks."""
        return self._shorthand.read(line)

    def tags(self, tokens: Sequence[Token]) -> list[Tag]:
        """Every phrase at every place, overlapping ones too."""
        words = [
            (word, word.text, word.bare, word.text in self._fillers, _is_any(word), *self._slips(word))
            for word in tokens
        ]
        return [tag for start in range(len(words)) for tag in self._at(words, start)]

    def _add(self, phrase: str, kind: str, value: str) -> None:
        places = [self._root]
        syllables = letters = 0
        for choices, optional in slots(phrase, self._classes):
            spelled = [self._shorthand.written_out(choice) for choice in choices]
            for choice in spelled:
                self._shorthand.learn(choice)
            after = self._step(places, spelled)
            places = [*places, after] if optional else [after]
            if not optional:
                syllables += min(map(len, spelled))
                letters += min(sum(len(word.bare) for word in choice) for choice in spelled)
        for place in places:
            if (end := _End(kind, value, syllables, letters)) not in place.ends:
                place.ends = (*place.ends, end)

    def _step(self, places: Sequence[_Node], choices: Sequence[Sequence[Token]]) -> _Node:
        """The place after one slot; choices meet again in one place, so a pattern never multiplies out.

        Patterns that begin alike, choice by choice, go the same way.
        """
        if len(places) == 1 and len(choices) == 1:
            return _path(places[0], choices[0])
        key = tuple(map(id, places)), tuple(tuple(word.text for word in choice) for choice in choices)
        if key not in self._meetings:
            meeting = self._meetings[key] = _Node(shared=True)
            for place in places:
                for *head, last in choices:
                    _path(place, head).link(last, meeting)
        return self._meetings[key]

    def _at(self, words: Sequence[_Word], start: int) -> Iterable[Tag]:
        """The phrases that start here, each in its surest reading.

        It is one loop, since a line passes some four hundred places: calls would cost more than the work.
        """
        found: dict[tuple[str, str, int], Tag] = {}
        root, known_steps, size = self._root, self._known_steps, len(words)
        waiting: list[_Way] = [(root, start, _SURE, True)]
        seen: set[_Way] = set()
        while waiting:
            way = node, place, doubt, arrived = waiting.pop()
            if node.shared:  # several ways meet here
                if way in seen:
                    continue
                seen.add(way)
            for end in node.ends if arrived else ():
                if self._is_sure(words[start][0], end, doubt, place - start):
                    tag = Tag(end.kind, end.value, start, place, doubt.loose, bool(doubt.slip))
                    known = found.setdefault((end.kind, end.value, place), tag)
                    if (tag.slip, tag.loose) < (known.slip, known.loose):
                        found[end.kind, end.value, place] = tag
            edges = node.edges
            if place == size or not (edges or node.anything):
                continue
            written, text, bare, filler, wild, heard, strange = words[place]
            place += 1
            if place < size:
                _next, _text, next_bare, next_filler, next_wild, next_heard, next_strange = words[place]
                go_on = next_filler or next_strange
                # A small word in the middle of a phrase ("quét cái mã") does not break it.
                if (
                    filler
                    and node is not root
                    and (go_on or next_bare in edges or (next_wild and node.anything) or next_heard in node.sounds)
                ):
                    waiting.append((node, place, doubt, False))
            steps: tuple[_Step, ...] = ()
            if strange or bare in edges or heard in node.sounds:
                known_step = known_steps.get((id(node), text))
                steps = self._remembered(node, written) if known_step is None else known_step
            if wild and node.anything:
                steps += node.anything
            for following, step in steps:  # the best one last
                if not following.ends:  # nothing is found there: is it a way to anywhere?
                    onward = following.edges
                    if place == size or not (
                        go_on
                        or next_bare in onward
                        or (next_wild and following.anything)
                        or next_heard in following.sounds
                    ):
                        continue
                if step is _SURE:
                    waiting.append((following, place, doubt, True))
                elif not step.slip:
                    after = _Doubt(doubt.loose + step.loose, doubt.partial + step.partial, doubt.slip)
                    waiting.append((following, place, after, True))
                elif not doubt.slip:
                    waiting.append((following, place, _Doubt(doubt.loose, doubt.partial, step.slip), True))
        return found.values()

    def _is_sure(self, first: Token, end: _End, doubt: _Doubt, size: int) -> bool:
        """One word must be written exactly or wholly without marks; a slip needs a phrase long enough."""
        if (end.kind in _KIN or end.value == "not_people") and size != end.syllables:
            return False  # no small words inside "nội bà" or "con (giúp) chữ"
        if doubt.slip and end.kind in _EXACT:
            return False  # "dì Hương" is no "dì dượng", "tiền thối qua app" no "tối qua"
        if end.syllables < 2 and doubt.partial:
            return False
        if not doubt.slip:
            return True
        if doubt.loose and end.syllables < 3 and end.kind not in _KIN:
            return False  # "anh Tùng" is no "ảnh trùng"
        if end.syllables < 2:
            return end.kind in _NAMES and end.letters > 3 and first.bare not in self._shorthand.vocabulary
        if doubt.slip == "tone":
            return end.letters > 6 and end.kind in _TONE_FORGIVEN
        return end.letters > 4

    def _remembered(self, node: _Node, written: Token) -> tuple[_Step, ...]:
        """Where a word leads from a node and what is doubtful about it, best last; people use few words: remembered."""
        if len(self._known_steps) >= _REMEMBERED:
            self._known_steps.clear()
        steps = self._known_steps[id(node), written.text] = tuple(self._new_steps(node, written))[::-1]
        return steps

    def _slips(self, written: Token) -> tuple[str, bool]:
        """What the word sounds like, "" if it can only be itself; and whether it is strange: any letter may be wrong."""
        known = self._known_words.get(written.text)
        if known is None:
            if len(self._known_words) >= _REMEMBERED:
                self._known_words.clear()
            known = self._known_words[written.text] = self._new_slips(written)
        return known

    def _new_slips(self, written: Token) -> tuple[str, bool]:
        bare = written.bare
        if not bare.isalpha() or self._shorthand.knows(written):
            return "", False
        strange = written.marked or bare not in self._shorthand.vocabulary
        return (sound(bare) if len(bare) > 2 or (len(bare) == 2 and strange) else ""), strange and len(bare) > 2

    def _new_steps(self, node: _Node, written: Token) -> list[_Step]:
        edges, bare = node.edges, written.bare
        steps: list[_Step] = []
        for meant, following in edges.get(bare, ()):
            if fits(written, meant):
                if (written.letters, written.tone) == (meant.letters, meant.tone):
                    steps.append((following, _SURE))
                elif written.marked and self._shorthand.knows(written):
                    steps.append((following, _TONE))  # "nhân tiền" may be "nhận tiền", but "đây" alone is no "đầy"
                else:
                    steps.append((following, _Doubt(loose=1, partial=int(written.marked))))
            elif node is not self._root and self._is_wrong_tone(written, meant):
                steps.append((following, _TONE))
        steps += self._near(node, written)
        return steps

    def _is_wrong_tone(self, written: Token, meant: Token) -> bool:
        """ "hường" for "hướng", unless what was written is a word we know ("dượng" is no "đường")."""
        return not self._shorthand.knows(written) and differ_in_tone(written, meant)

    def _near(self, node: _Node, written: Token) -> Iterator[_Step]:
        """Syllables one slip away: the same sound, or one letter in an unknown word of four or more."""
        bare, tone = written.bare, written.tone
        heard, strange = self._slips(written)
        if heard in node.sounds and heard:
            known = bare in self._shorthand.vocabulary and not written.marked
            for other in node.sounds[heard]:
                # A known word may begin with a letter that sounds alike ("nừa đảo"), not end in another.
                if other != bare and (not known or rhyme(other) == rhyme(bare)):
                    for meant, following in node.edges[other]:
                        if written.marked and strange and said_alike(written, meant):
                            yield following, _SURE
                        elif tone in ("", meant.tone):
                            yield following, _LETTER
        if not strange:
            return
        size = len(bare)
        for other, meanings in node.edges.items():
            if abs(len(other) - size) < 2 and max(len(other), size) > 3 and other != bare and one_slip(bare, other):
                yield from ((following, _LETTER) for meant, following in meanings if tone in ("", meant.tone))


def _share_sounds(root: _Node) -> None:
    """Nodes that go on by the same words keep one dictionary of how those sound; half of the nodes have but one word."""
    known: dict[tuple[tuple[str, tuple[str, ...]], ...], dict[str, tuple[str, ...]]] = {}
    waiting, seen = [root], {id(root)}
    while waiting:
        node = waiting.pop()
        node.sounds = known.setdefault(tuple(node.sounds.items()), node.sounds)
        after = [following for ways in node.edges.values() for _, following in ways]
        for following in [*after, *(following for following, _ in node.anything)]:
            if id(following) not in seen:
                seen.add(id(following))
                waiting.append(following)


def _is_any(word: Token) -> bool:
    return word.text.isalpha() and word.bare not in _NOT_ANY


def _path(place: _Node, syllables: Iterable[Token]) -> _Node:
    for syllable in syllables:
        place = place.follow(syllable)
    return place
