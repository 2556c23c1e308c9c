"""A pupil, a grandmother with a phone of her own and a teacher do anything in any order; the numbers stay honest."""

from itertools import count

from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import col, select

from bot.rules import states, week
from db.models import Change, Log
from db.store import COUNTED, Store
from tests.examples import examples
from tests.talk import School, Talk

SENTENCES = (
    "hnay e chỉ bà ngoại gọi vd zalo 20p, bà tự làm đc r",
    "hom qua giup me chuyen khoan 200p, me tu lam duoc",
    "giống lần trước",
    "rút lại",
    "sổ của em",
    "/duyet",
    "/lop",
    "2",
)
NAMES = count(1)
ACTOR = st.sampled_from(("pupil", "pupil", "grandmother", "teacher"))
STEP = st.one_of(
    st.tuples(ACTOR, st.just("tap"), st.integers(0, 4)),
    st.tuples(ACTOR, st.just("tap"), st.integers(0, 4)),
    st.tuples(ACTOR, st.just("say"), st.integers(0, len(SENTENCES) - 1)),
    st.tuples(st.just("pupil"), st.just("save"), st.just(0)),
    st.tuples(ACTOR, st.just("wait"), st.integers(0, 8)),
)


def linked(school: School) -> dict[str, Talk]:
    """Three people who know each other; the teacher is the same in every example."""
    name = f"An{next(NAMES)}"
    pupil, elder, teacher = school.pupil(name), school.stranger(f"ba-{name}"), school.stranger("teacher")
    elder.join("LEARNER")
    elder.tap("Bà")
    elder.tap("Chữ to")
    pupil.say("nối máy người thân")
    said = pupil.tap("Bà ngoại")
    elder.say("nối với con cháu")
    elder.say(said.split("“")[1].split("”")[0])
    elder.tap("Đúng, nối máy")
    teacher.join("TEACHER7A")
    if "Cô" in teacher.labels:
        teacher.tap("Cô")
    return {"pupil": pupil, "grandmother": elder, "teacher": teacher}


def act(people: dict[str, Talk], who: str, what: str, number: int) -> None:
    """One step of one person."""
    talk = people[who]
    values = [choice.value for reply in talk.replies for choice in reply.choices]
    if what == "tap" and values:
        talk.choose(values[number % len(values)])
    elif what == "say":
        talk.say(SENTENCES[number])
    elif what == "save":
        talk.say(SENTENCES[0])
        talk.tap("Đúng, ghi lại")
    elif what == "wait":
        talk.school.wait(days=number)
        sent = talk.school.deliver()
        for one in people.values():
            one.replies = tuple(reply for address, reply in sent if address == one.who.address) or one.replies


def check(store: Store, room: int, today: week.Span) -> None:
    """What must hold at any moment."""
    logs = list(store._session.exec(select(Log).order_by(col(Log.id))))
    for log in logs:
        last = store._session.exec(
            select(Change).where(Change.log_id == log.id).order_by(col(Change.id).desc())
        ).first()
        first = "checked" if log.replaces is not None and last is None and log.state == "checked" else "told"
        assert log.state in states.STATES
        assert log.state == (last.state if last else first)
    counted = {log.id for log in logs if log.state in COUNTED and log.unit_id == room}
    assert {log.id for log in store.logs([room], today.first, today.last)} <= counted
    helped = {log.pupil_id for log in logs if log.id in counted}
    assert set(store.first_helped(room)) == helped
    for pupil_id in {log.pupil_id for log in logs}:
        assert {log.id for log in store.own_logs(pupil_id)} <= counted
    replaced = [log.replaces for log in logs if log.replaces is not None]
    assert not counted & set(replaced), "two versions of one session count"


@examples(4)
@given(st.lists(STEP, min_size=8, max_size=30))
def test_no_row_of_taps_and_words_counts_what_was_withdrawn_or_reaches_an_unknown_state(
    school: School, steps: list[tuple[str, str, int]]
) -> None:
    people = linked(school)
    for who, what, number in steps:
        act(people, who, what, number)
        for talk in people.values():
            assert not talk.answer.failed
        with school.database.transaction() as store:
            check(store, school.room, week.week_of(school.now.date()))
