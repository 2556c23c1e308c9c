"""Whether words said while a log is half told answer or correct it, or are about something else."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from bot.rules import agreeing
from bot.rules.draft import UNCLEAR_OUTCOME, Missing, Partial, bare, missing, name, past, sensible
from bot.rules.reading import NotLog, Pieces
from bot.rules.spoken import whole

Field = Literal["who", "skill", "length", "day", "outcome"]

# A fragment of so many words, "bà ngoại chứ ạ", is read by itself; only a longer line may be chat.
FRAGMENT = 4
# The reader says these of a line only when it is sure; "other" is also what an answer is to it.
SURE: tuple[NotLog, ...] = ("question", "plan", "cheat", "command", "no_attempt", "victim", "data")
_NOT_YET = r"(?:dạ\s+)?(?:chưa|not yet)(?:\s+(?:đâu|ạ|nữa))*"


def meant(said: str, found: Pieces, partial: Partial) -> Pieces:
    """What was found, with what the shortest words mean at this question: "25" is minutes, "chưa" how it went."""
    outcome = found.outcome
    if missing(partial) == "outcome":
        outcome = "CHUA_DUOC" if whole(_NOT_YET, said) else outcome
    elif agreeing.agrees(said):
        outcome = UNCLEAR_OUTCOME  # "ok" to a line that was shown is no "tự làm được"
    return found._replace(
        minutes=sensible(found.minutes or bare(said, partial)),
        date_offset_days=past(found.date_offset_days) if found.dated else None,
        outcome=outcome,
    )


def fields(found: Pieces) -> frozenset[Field]:
    """The parts of a log that words name."""
    named: dict[Field, bool] = {
        "who": bool(found.relatives),
        "skill": bool(found.skills),
        "length": found.minutes is not None,
        "day": found.dated and found.date_offset_days is not None,
        "outcome": found.outcome != UNCLEAR_OUTCOME,
    }
    return frozenset(field for field, is_named in named.items() if is_named)


def completes(named: frozenset[Field], asked: Missing | None) -> bool:
    """Whether a line that could be a log by itself answers the question: it names what is asked, and no whole log.

    "bà vẫn cần em nhắc từng bước", asked how it went, begins no other log.
    """
    return _field(asked) in named and not named >= {"who", "skill"}


def is_answer(kind: NotLog, named: frozenset[Field], asked: Missing | None, words: int) -> bool:
    """Whether words of this kind answer the question or correct the log; else they are about something else.

    What the reader is sure of, a question or a plan, is no answer whatever it names, and nothing is one that
    names nothing. "mẹ em đang nấu cơm" names only a person nobody asked for: chat.
    """
    if not named or kind in SURE:
        return False
    if kind == "":
        return True
    return words <= FRAGMENT or named != {"who"} or _field(asked) == "who"


def _field(asked: Missing | None) -> Field | None:
    return "who" if asked == "which" else asked


def filled(partial: Partial, found: Pieces, today: date) -> Partial:
    """The log with what was named."""
    named = fields(found)
    if "who" in named:
        partial = name(partial, "who", found.relatives)
    if "skill" in named:
        partial = name(partial, "skill", found.skills)
    if found.minutes is not None:
        partial = replace(partial, minutes=found.minutes, habitual=False)
    if found.date_offset_days is not None:
        partial = replace(partial, day=today + timedelta(days=found.date_offset_days))
    return replace(partial, outcome=found.outcome) if "outcome" in named else partial
