"""The reader of log lines, built once from the content."""

from collections.abc import Mapping, Sequence
from functools import cache

from bot.rules.reading import Lexicon, Reader
from content import outcomes, phrases, relatives, skills
from content.schema import Sheet


@cache
def reader() -> Reader:
    """Reads "hnay e chỉ bà ngoại gọi vd zalo 20p"; see `bot.rules.reading`."""
    return Reader(lexicon())


def lexicon() -> Lexicon:
    """All that the content says about words, as plain data."""
    book = phrases()
    dates, durations = book.dates, book.durations
    return Lexicon(
        tags={
            "relative": {code: relative.spellings for code, relative in relatives().items()},
            "pair": book.people.pairs,
            "skill": {code: skill.spellings for code, skill in skills().items()},
            "generic": {code: skill.generic for code, skill in skills().items()},
            "vague": {code: skill.vague for code, skill in skills().items()},
            "outcome": {code: _outcomes(outcome.phrases, deeds=False) for code, outcome in outcomes().items()},
            "deed": {code: _outcomes(outcome.phrases, deeds=True) for code, outcome in outcomes().items()},
            "weak": {code: outcome.weak for code, outcome in outcomes().items()},
            "day": {**_named(dates.offsets), "vague": dates.vague, "weekend": dates.weekend},
            "weekday": _named(dates.weekdays),
            "minutes": _named(durations.whole),
            "number": {word: (word,) for word in book.numbers.words},
            "word": _words(
                book.numbers,
                durations,
                dates,
                book.people,
                book.helping,
                book.results,
                book.scenes,
                book.mentions,
                book.not_logs,
            ),
        },
        abbreviations=book.abbreviations.words,
        stages={code: outcome.stage for code, outcome in outcomes().items()},
        numbers=book.numbers.words,
        fillers=book.mentions.fillers,
        classes=book.classes.words,
    )


def _outcomes(phrases: Sequence[str], deeds: bool) -> list[str]:
    """The phrases that tell an outcome by what somebody did ("{kin} {act} rẹt rẹt"), or the others."""
    return [phrase for phrase in phrases if deeds == ("{act}" in phrase or "{kin}" in phrase)]


def _named(phrases: Mapping[int, Sequence[str]]) -> dict[str, Sequence[str]]:
    return {str(number): words for number, words in phrases.items()}


def _words(*sheets: Sheet) -> dict[str, Sequence[str]]:
    """The plain word lists of the sheets by their names, which are unique."""
    return {name: words for sheet in sheets for name, words in sheet if isinstance(words, tuple)}
