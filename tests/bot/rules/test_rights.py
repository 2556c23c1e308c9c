"""Who may what, where: the table itself."""

import pytest

from bot.rules.rights import INVITES, KINDS, MAY, hidden, may, may_invite

CLASS, OTHER_CLASS, SCHOOL, WARD = 1, 2, 10, 100
PATHS = {CLASS: [CLASS, SCHOOL, WARD], OTHER_CLASS: [OTHER_CLASS, SCHOOL, WARD], SCHOOL: [SCHOOL, WARD], WARD: [WARD]}
HOMES = {
    **dict.fromkeys(("pupil", "leader", "teacher"), CLASS),
    **dict.fromkeys(("organiser", "board"), SCHOOL),
    **dict.fromkeys(("officer", "admin"), WARD),
}


@pytest.mark.parametrize("act", ["names", "check", "goal", "cards", "answer", "fill", "log", "ask"])
def test_names_and_what_belongs_to_them_end_at_the_class(act: str) -> None:
    for role, home in HOMES.items():
        for unit, path in PATHS.items():
            if may(role, act, home, path):  # type: ignore[arg-type]  # an Act
                assert unit == CLASS == home


@pytest.mark.parametrize("role", HOMES)
def test_counts_are_seen_in_the_own_unit_and_below(role: str) -> None:
    seen = {unit for unit, path in PATHS.items() if may(role, "counts", HOMES[role], path)}
    below = {"organiser": {CLASS, OTHER_CLASS, SCHOOL}, "officer": {CLASS, OTHER_CLASS, SCHOOL, WARD}}
    below |= {"board": below["organiser"], "admin": below["officer"], "teacher": {CLASS}}
    assert seen == below.get(role, set())


def test_who_has_no_role_or_no_unit_may_nothing() -> None:
    assert not any(may(None, act, CLASS, PATHS[CLASS]) or may("teacher", act, None, []) for act in MAY)


def test_everybody_invited_is_invited_into_a_unit_of_their_kind() -> None:
    for role, invited in INVITES.items():
        for one in invited:
            assert any(may_invite(role, one, WARD, [WARD], kind) for kind in KINDS[one]), (role, one)
            assert not may_invite(role, one, SCHOOL, [WARD], KINDS[one][0]), "not above"
            assert not may_invite(role, one, WARD, [WARD], "class" if "class" not in KINDS[one] else "ward")
    assert not may_invite("teacher", "teacher", CLASS, PATHS[CLASS], "class")


@pytest.mark.parametrize(
    ("sizes", "places"),
    [
        ([], set()),
        ([0, 5, 12], set()),
        ([4, 3, 12], {0, 1}),
        ([4, 12, 7], {0, 2}),  # one alone could be told from the total, so the next smallest goes too
        ([0, 4], {1}),
        ([1], {0}),
    ],
)
def test_small_groups_are_hidden_never_one_alone(sizes: list[int], places: set[int]) -> None:
    assert hidden(sizes) == places
