"""What a report counts: sessions once, people once, shares as Σ numerator / Σ denominator."""

from collections.abc import Sequence
from datetime import date

from bot.rules import tally
from bot.rules.tally import Distinct, Figures, Known, Part, Share
from db.store import Seen

KNOWN = Known(
    elders=frozenset({"BA_NOI", "BA_NGOAI"}), group_of={"ZALO_VIDEO": "zalo", "ZALO_CHAT": "zalo", "QR_TRA": "tien"}
)


def session(
    pupil: int,
    relatives: Sequence[str] = ("BA_NGOAI",),
    skills: Sequence[str] = ("ZALO_VIDEO",),
    outcome: str = "TU_LAM",
    state: str = "told",
    on_paper: bool = False,
) -> Seen:
    return Seen(pupil, date(2026, 11, 25), 20, outcome, state, on_paper, tuple(relatives), tuple(skills))


def test_a_relative_counts_once_however_many_sessions() -> None:
    found = tally.count([session(1), session(1, outcome="VUONG"), session(2)], 38, KNOWN)
    assert (found.sessions, found.minutes, found.people.count, found.elders.count) == (3, 60, 2, 2)
    assert (found.alone_people.count, found.of("TU_LAM"), found.of("VUONG")) == (2, 2, 1)


def test_what_was_copied_from_the_paper_book_counts_and_is_counted_apart() -> None:
    one = tally.count([session(1, on_paper=True), session(2)], 38, KNOWN)
    assert (one.sessions, one.on_paper) == (2, 1)
    assert (one + one).on_paper == 2


def test_a_session_with_two_relatives_and_two_skills_is_one_session() -> None:
    found = tally.count([session(1, ("BA_NOI", "ME"), ("ZALO_VIDEO", "ZALO_CHAT"))], 38, KNOWN)
    assert (found.sessions, found.minutes, found.people.count, found.elders.count) == (1, 20, 2, 1)
    assert found.skills["ZALO_CHAT"] == Part(1, Distinct(2), alone=1)
    assert found.groups == {"zalo": Part(1, Distinct(2), alone=1)}
    assert found.relatives["ME"] == Part(1, Distinct(1), alone=1)


def test_a_pupil_counts_by_the_surest_word_for_any_session() -> None:
    logs = [session(1), session(1, state="confirmed"), session(2), session(3, state="checked"), session(3)]
    found = tally.count(logs, 38, KNOWN)
    assert found.helped == Share(3, 38, told=1, confirmed=1, checked=1)
    assert (found.told, found.confirmed, found.checked) == (3, 1, 1)
    assert found.managed == Share(5, 5, told=3, confirmed=1, checked=1)


def test_two_pupils_who_linked_the_same_grandmother_helped_one_person() -> None:
    linked = Known(accounts={(1, "BA_NGOAI"): 7, (2, "BA_NOI"): 7})
    one = tally.count([session(1)], 38, linked)
    other = tally.count([session(2, ("BA_NOI",))], 30, linked)
    assert (one.people.count, other.people.count, (one + other).people.count) == (1, 1, 1)
    assert tally.count([session(1), session(2, ("BA_NOI",))], 38, linked).people.count == 1


def test_a_pupil_who_changed_class_counts_once_and_so_do_the_relatives() -> None:
    moved = Known(moved=frozenset({1}))
    before, after = tally.count([session(1)], 38, moved), tally.count([session(1), session(2)], 30, moved)
    together = tally.total([before, after])
    assert (together.pupils.count, together.people.count, together.sessions) == (2, 2, 3)
    assert together.helped == Share(2, 68, told=2, confirmed=0, checked=0)


def test_a_sum_is_the_sum_in_any_order_and_of_nothing_is_nothing() -> None:
    parts = [tally.count([session(1)], 38, KNOWN), tally.count([session(2, ("ME",))], 30, KNOWN), Figures(size=5)]
    assert tally.total(parts) == tally.total(reversed(parts)) == tally.total([tally.total(parts[:2]), parts[2]])
    assert tally.total([]) == Figures()
