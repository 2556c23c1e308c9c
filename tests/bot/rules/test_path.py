"""Which lesson comes next, and why."""

from dataclasses import dataclass

import pytest

from bot.rules.path import (
    Measure,
    Standing,
    Suggestion,
    default_group,
    placed,
    placement,
    questions_of_test,
    suggest,
)


@dataclass(frozen=True)
class Lesson:
    """A lesson as the rule sees it."""

    slug: str
    groups: tuple[str, ...] = ("NCT",)
    skill: str = ""
    topic: str = "basics"
    needs: tuple[str, ...] = ()


ON_OFF, LETTERS = Lesson("on-off"), Lesson("letters")
INSTALL = Lesson("install", ("NCT", "HS"), "VNEID_CAI", "vneid")
USE = Lesson("use", ("NCT",), "VNEID_KHAC", "vneid", ("install",))
SHOP = Lesson("shop", ("TT",), "CHO_QR", "market")
ALL = (ON_OFF, LETTERS, INSTALL, USE, SHOP)


@pytest.mark.parametrize(
    ("group", "standing", "expected"),
    [
        ("NCT", Standing(), Suggestion("on-off", "first")),
        ("NCT", Standing(known={"on-off"}), Suggestion("letters", "group")),
        ("HS", Standing(), Suggestion("install", "first")),
        ("TT", Standing(), Suggestion("shop", "first")),
        ("NCT", Standing(begun=["use", "letters"]), Suggestion("use", "begun")),
        ("NCT", Standing(known={"use"}, begun=["use"]), Suggestion("on-off", "group")),
        ("NCT", Standing(known={"on-off", "letters"}, weak=["letters"]), Suggestion("letters", "weak")),
        ("NCT", Standing(helped=["VNEID_CAI"]), Suggestion("install", "helped")),
        ("NCT", Standing(helped=["VNEID_KHAC"]), Suggestion("install", "opens", "use")),
        ("NCT", Standing(known={"on-off", "letters", "install"}), Suggestion("use", "group")),
        ("NCT", Standing(known={"on-off", "letters", "use"}), Suggestion("install", "group")),
        ("TT", Standing(known={"shop"}), None),
        ("NCT", Standing(weak=["gone"], begun=["gone"]), Suggestion("on-off", "first")),
    ],
)
def test_the_next_lesson_and_why(group: str, standing: Standing, expected: Suggestion | None) -> None:
    assert suggest(ALL, group, standing) == expected  # type: ignore[arg-type]  # the table's groups are groups


@pytest.mark.parametrize(
    ("role", "address", "group"),
    [("pupil", "em", "HS"), ("teacher", "cô", "GV"), ("officer", "anh", "GV"), ("learner", "bà", "NCT"),
     ("learner", "cô", "ND"), (None, "", "ND")],
)  # fmt: skip
def test_everybody_has_a_group_to_begin_with(role: str | None, address: str, group: str) -> None:
    assert default_group(role, address) == group


def test_placement_asks_five_questions_at_most_spread_over_the_path() -> None:
    many = [Lesson(str(number)) for number in range(20)]
    assert placement(many, "NCT") == ["0", "4", "8", "12", "16"]
    assert placement(ALL, "TT") == ["shop"]
    assert placement(ALL, "GV") == []


def test_a_right_answer_spares_the_lesson_and_what_it_needs() -> None:
    assert placed(ALL, "NCT", ["use"]) == {"use", "install"}
    assert placed(ALL, "NCT", []) == set()
    assert placed((Lesson("a", needs=("b",)), Lesson("b", needs=("a",))), "NCT", ["a"]) == {"a", "b"}


def test_before_and_after_ask_other_questions_of_the_same_lessons() -> None:
    before, after = (questions_of_test(ALL, "basics", when) for when in ("before", "after"))
    assert before == [("on-off", 1), ("letters", 1)]
    assert after == [("on-off", 2), ("letters", 2)]
    assert len(questions_of_test([Lesson(str(n)) for n in range(12)], "basics", "before")) == 5


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [((2, 5), (4, 5), 40), ((3, 3), (2, 3), -33), (None, (4, 5), None), ((0, 0), (4, 5), None)],
)
def test_the_change_is_in_percentage_points(
    before: tuple[int, int] | None, after: tuple[int, int] | None, change: int | None
) -> None:
    assert Measure(before, after).change == change
