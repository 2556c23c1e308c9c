"""What a person's own words on the national course come to."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules import course

START = datetime(2026, 11, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Word:
    """A word as the rule sees it, one a day."""

    id: int
    state: str
    certificate: str = ""

    @property
    def at(self) -> datetime:
        return START + timedelta(days=self.id)


def words(*states: str) -> list[Word]:
    return [Word(number, state) for number, state in enumerate(states, 1)]


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def test_who_said_nothing_stands_nowhere() -> None:
    assert course.standing([], set()) == course.Standing()


@pytest.mark.parametrize(
    ("said", "state", "since", "finished"),
    [
        (("learning",), "learning", 1, None),
        (("learning", "finished"), "finished", 2, 2),
        (("finished", "certificate", "seen"), "seen", 3, 1),
        (("finished", "learning"), "learning", 2, None),
        (("finished", "learning", "certificate"), "certificate", 3, 3),
        (("certificate", "certificate"), "certificate", 1, 1),
        (("seen", "finished"), "finished", 2, 1),
    ],
)
def test_the_last_word_holds(said: tuple[str, ...], state: str, since: int, finished: int | None) -> None:
    found = course.standing(words(*said), set())
    assert (found.state, found.since) == (state, day(since))
    assert found.finished == (day(finished) if finished else None)
    assert found.word_id == len(said)


def test_a_word_taken_back_leaves_nothing() -> None:
    assert course.standing(words("certificate", "none"), {1, 2}) == course.Standing()


def test_what_was_compared_is_one_word_only() -> None:
    assert course.standing(words("finished"), {1}).compared
    assert not course.standing(words("finished", "certificate"), {1}).compared
    assert not course.standing(words("finished", "learning", "finished"), {1}).compared


def test_a_certificate_goes_with_the_state_that_has_one() -> None:
    said = [Word(1, "certificate"), Word(2, "certificate", "A1"), Word(3, "seen")]
    assert course.standing(said, set()).certificate == "A1"
    assert course.standing([*said, Word(4, "finished")], set()).certificate == ""
    assert course.standing([*said, Word(4, "finished"), Word(5, "seen")], set()).certificate == ""


def test_a_word_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="no state"):
        course.standing([Word(1, "confirmed")], set())


PEOPLE = st.lists(st.lists(st.tuples(st.sampled_from(course.STATES), st.booleans()), max_size=6), max_size=8)


@given(PEOPLE)
def test_the_counts_by_state_are_all_the_people(people: list[list[tuple[course.State, bool]]]) -> None:
    standings = [
        course.standing(words(*(state for state, _ in said)), {n for n, (_, seen) in enumerate(said, 1) if seen})
        for said in people
    ]
    counts = course.tally(found.state for found in standings)
    assert sum(counts.values()) == len(people)
    assert tuple(counts) == course.STATES
    assert sum(found.compared for found in standings) <= len(people) - counts["none"]
