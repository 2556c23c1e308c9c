"""Who may move a log where."""

from itertools import product
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.states import MAY, STATES, Action, State, after, known, reopened

ACTIONS: tuple[Action, ...] = get_args(Action)
PEOPLE = ("pupil", "relative", "teacher")
MOVES: dict[tuple[str, str, str], str] = {
    ("told", "confirm", "relative"): "confirmed",
    ("confirmed", "confirm", "relative"): "confirmed",
    ("told", "deny", "relative"): "told",
    ("confirmed", "deny", "relative"): "told",
    ("told", "withdraw", "pupil"): "withdrawn",
    ("confirmed", "withdraw", "pupil"): "withdrawn",
    ("told", "check", "teacher"): "checked",
    ("confirmed", "check", "teacher"): "checked",
    ("checked", "check", "teacher"): "checked",
    ("told", "refute", "teacher"): "wrong",
    ("confirmed", "refute", "teacher"): "wrong",
    ("checked", "refute", "teacher"): "wrong",
    ("checked", "reopen", "teacher"): "told",
    ("wrong", "reopen", "teacher"): "told",
}


@pytest.mark.parametrize(("state", "action", "who"), list(product(STATES, ACTIONS, PEOPLE)))
def test_every_move_is_in_the_table_or_refused(state: State, action: Action, who: str) -> None:
    assert after(state, action, who) == MOVES.get((state, action, who))


@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(PEOPLE))))
def test_no_row_of_actions_leaves_the_known_states(row: list[tuple[Action, str]]) -> None:
    state: State = "told"
    for action, who in row:
        state = after(state, action, who) or state
        assert state in STATES


@given(st.lists(st.tuples(st.sampled_from(ACTIONS), st.sampled_from(PEOPLE))))
def test_what_the_pupil_took_back_stays_taken_back(row: list[tuple[Action, str]]) -> None:
    assert all(after("withdrawn", action, who) is None for action, who in row)


def test_each_action_is_one_person_s() -> None:
    assert all(len(people) == 1 for people in MAY.values())


@pytest.mark.parametrize(
    ("history", "before"),
    [
        ((), "told"),
        (("wrong",), "told"),
        (("confirmed", "checked"), "confirmed"),
        (("confirmed", "told", "wrong"), "told"),
        (("checked", "wrong"), "checked"),
    ],
)
def test_the_last_step_is_taken_back(history: tuple[State, ...], before: State) -> None:
    assert reopened(history) == before


def test_a_word_that_is_no_state_is_an_error() -> None:
    with pytest.raises(ValueError, match="lost"):
        known("lost")
