"""The spoken check: by chance, and the same for whoever repeats it."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.sampling import pick


@pytest.mark.parametrize(
    ("logs", "picked"), [(0, 0), (1, 1), (2, 1), (20, 1), (21, 2), (40, 2), (41, 3), (100, 5), (1000, 50)]
)
def test_one_in_twenty_rounded_up_and_at_least_one(logs: int, picked: int) -> None:
    assert len(pick("seed", range(logs))) == picked


def test_a_known_seed_gives_a_known_choice() -> None:
    """Fixed for ever: a school that repeats an old draw must find the same logs."""
    assert pick("hoa-mai", range(1, 101)) == [70, 91, 14, 23, 95]


@given(st.text(max_size=10), st.lists(st.integers(1, 10_000), max_size=60))
def test_the_order_of_the_logs_and_doubles_do_not_matter(seed: str, ids: list[int]) -> None:
    assert pick(seed, ids) == pick(seed, [*reversed(ids), *ids])
    assert set(pick(seed, ids)) <= set(ids)


def test_over_many_seeds_every_log_has_the_same_chance() -> None:
    found = Counter(one for seed in range(4000) for one in pick(str(seed), range(20)))
    assert set(found) == set(range(20))
    assert max(found.values()) < 1.5 * min(found.values())
