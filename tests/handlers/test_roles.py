"""Who may see what: every role tries every command and every button of a class that is not theirs; nothing leaks."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.port import EmptyShelf, Media, NoPapers, Reply
from bot.rules import period, rights
from bot.texts import manner_for, speaking
from db.models import Unit
from db.store import Store
from handlers import ROUTES
from handlers.reports import labels, sending
from handlers.turn import Turn
from tests.examples import MOST
from tests.handlers.test_cards import cards, joins
from tests.handlers.test_class_list import imported
from tests.lists import Value, workbook
from tests.talk import School, Talk

# What only the people of class 7A may read: names, notes, questions, codes.
SECRETS = (
    "Bốngsecret",
    "Bangsecret",
    "Cúnsecret",
    "HSECRET",
    "quênsecret",
    "hỏisecret",
    "họpsecret",
    "HS91",
    "SECRETCARD",
)
LIST: list[list[Value]] = [
    ["Mã HS", "Biệt danh"],
    ["HS91", "Bốngsecret"],
    ["HSECRET", "Bangsecret"],
    ["HS93", "Cúnsecret"],
    ["HS94", "Tít"],
    ["HS95", "Mít"],
    ["HS96", "Chít"],
]
PEOPLE = "(SELECT person_id FROM role WHERE unit_id = :room)"
OUTSIDERS = (
    *("stranger", "learner", "pupil of 7B", "leader of 7B", "teacher of 7B", "teacher of another school"),
    *("organiser of another school", "board of another school", "officer of another ward", "officer of a village"),
    "admin of another school",
)
ABOVE = ("organiser", "board", "officer", "admin")


@dataclass
class Town:
    """Two wards; class 7A of the first school is the one that keeps its secrets."""

    school: School
    teacher: Talk
    pupil: Talk
    asked: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def path(self) -> list[int]:
        """Class 7A, its school and its ward."""
        with self.school.database.reading() as store:
            return store.path(self.school.room)

    def outsider(self, who: str) -> Talk:
        found: Talk = self._people()[who]()
        return found

    def _people(self) -> dict[str, Any]:
        school = self.school
        codes = {
            "teacher of another school": "T-OTHER",
            "organiser of another school": "O-OTHER",
            "board of another school": "B-OTHER",
            "officer of another ward": "W-OTHER",
            "officer of a village": "V-OTHER",
            "admin of another school": "A-OTHER",
            **{role: f"{role.upper()}1" for role in ABOVE},
        }
        staff = {who: lambda code=code: school.teacher(code.replace("-", "")) for who, code in codes.items()}
        return {
            "stranger": school.stranger,
            "learner": school.elder,
            "pupil of 7B": lambda: school.pupil("Dũng", "PUPIL7B"),
            "leader of 7B": self._leader,
            "teacher of 7B": lambda: school.teacher("TEACHER7B"),
            **staff,
        }

    def _leader(self) -> Talk:
        talk = self.school.pupil("Hân", "PUPIL7B")
        with self.school.database.transaction() as store:
            store.make_leader(talk.person(store).id, self.school.other_room, self.school.now)
        return talk


@pytest.fixture
def town(school: School) -> Town:
    with school.database.transaction() as store:
        far = store.add_unit(Unit(kind="ward", name="Phường Xa", code="XA"))
        village = store.add_unit(Unit(parent_id=far, kind="village", name="Thôn Xa", code="THON"))
        other = store.add_unit(Unit(parent_id=far, kind="school", name="THCS Xa", code="THCS-XA"))
        room = store.add_unit(Unit(parent_id=other, kind="class", name="Lớp 7A", code="7A-XA", size=30))
        (_room, own, ward) = store.path(school.room)
        for code, unit, role in (
            *(("TOTHER", room, "teacher"), ("OOTHER", other, "organiser"), ("BOTHER", other, "board")),
            *(("WOTHER", far, "officer"), ("VOTHER", village, "officer"), ("AOTHER", other, "admin")),
            *(("ORGANISER1", own, "organiser"), ("BOARD1", own, "board")),
            *(("OFFICER1", ward, "officer"), ("ADMIN1", ward, "admin")),
        ):
            store.invite(code, unit, role)
    bong = school.pupil("Bốngsecret")
    teacher = school.teacher()
    imported(teacher, LIST)
    bong.say("giúp bố cài vneid 15p, bố bị vướng")
    bong.tap("Đúng, ghi lại")
    bong.say("quênsecret ở bước hai")
    for minutes in (20, 250):
        school.wait(days=1)
        bong.say(f"giúp bà ngoại gọi video zalo {minutes}p, bà tự làm được")
        bong.tap("Đúng, ghi lại")
        bong.tap("Đưa máy cho bà ngoại")
        bong.tap("Đúng rồi")
    bong.say("/hoi hỏisecret là gì ạ?")
    teacher.say("/thongbao")
    teacher.say("Mai lớp mình họpsecret nhé.")
    teacher.tap("Gửi")
    with school.database.transaction() as store, speaking(labels.VIETNAMESE):
        week = period.named("2026-W46")
        assert week is not None
        sending.send(store, store.unit(school.room), week, teacher.person(store).id, school.now)
    school.wait(days=1)
    return Town(school, teacher, bong)


# All that belongs to class 7A and to its people, and the units above it.
OURS = (
    *(f"SELECT * FROM {table} WHERE unit_id = :room" for table in ("log", "listed", "report", "announcement", "exams")),
    *(f"SELECT * FROM {table} WHERE unit_id = :room" for table in ("pupil_question", "goal_change", "role")),
    *(f"SELECT * FROM {table} WHERE unit_id IN (:room, :school, :ward)" for table in ("invitation", "reporting")),
    "SELECT * FROM unit WHERE id IN (:room, :school, :ward)",
    "SELECT change.* FROM change JOIN log ON log.id = change.log_id WHERE log.unit_id = :room",
    *(f"SELECT * FROM {table} WHERE person_id IN {PEOPLE}" for table in ("outbox", "consent", "due", "course_word")),
    f"SELECT * FROM kin WHERE pupil_id IN {PEOPLE}",
    f"SELECT id, nickname, address, quiet FROM person WHERE id IN {PEOPLE}",
)


def ours(town: Town, connection: Connection) -> list[list[tuple[object, ...]]]:
    """What nobody else may change."""
    room, school, ward = town.path
    values = {"room": room, "school": school, "ward": ward}
    return [sorted(map(tuple, connection.execute(text(one), values)), key=str) for one in OURS]


def harvest(town: Town) -> list[str]:
    """Every button that the teacher and a pupil of 7A are offered, found by pressing them."""
    values: dict[str, Talk] = {}
    for talk, commands in ((town.teacher, ROUTES.names("command")), (town.pupil, ROUTES.names("command"))):
        for command in sorted(name for name in commands if name.startswith("/")):
            if command in ("/xoadulieu", "/erase", "/rutdongy", "/unconsent"):
                continue
            talk.say(command)
            values |= {choice.value: talk for reply in talk.replies for choice in reply.choices}
    for value, talk in list(values.items()):  # one step deeper
        if value.split(":")[0] in (
            "class",
            "class_by",
            "class_more",
            "pick",
            "view",
            "questions",
            "waiting",
            "mine",
            "book",
            "report",
            "periods",
            "list",
            "moving",
            "cards",
            "leaders",
            "on_paper",
            "new_card",
        ):
            talk.say("/lop" if talk is town.teacher else "/so")
            replies = press(town, talk, value)
            values |= {choice.value: talk for reply in replies for choice in reply.choices}
    return sorted(values)


def changes_made(connection: Connection) -> bool:
    """Whether this connection has written anything since it began; where the driver does not count, perhaps."""
    written = getattr(connection.connection.driver_connection, "total_changes", None)
    before, connection.info["written"] = connection.info.get("written", 0), written
    return written is None or written != before


def press(town: Town, talk: Talk, value: str, before: list[list[tuple[object, ...]]] | None = None) -> list[Reply]:
    """Press a button, whether or not it was ever offered; what it does is taken back."""
    return act(town, talk, lambda turn: ROUTES.tapped(turn, value), before)


@dataclass
class Desk(NoPapers):
    """Signs a link to whatever is asked for, and says what was asked for."""

    asked: list[tuple[int, str, str]]

    def documents(
        self, unit_id: int, what: str, period: str, forms: tuple[str, ...], until: datetime
    ) -> tuple[Media, ...]:
        self.asked.append((unit_id, what, period))
        return tuple(Media("document", f"/media/report-{unit_id}.{form}", what) for form in forms)

    def page(self, unit_id: int, what: str, period: str, until: datetime) -> str | None:
        self.asked.append((unit_id, what, period))
        return f"/r/{unit_id}"


@dataclass
class Printer(EmptyShelf):
    """Prints whatever cards are asked for, and says whose."""

    asked: list[tuple[int, str, str]]

    def join_cards(self, unit_id: int, listed_id: int, until: datetime) -> Media | None:
        self.asked.append((unit_id, "cards", str(listed_id)))
        return Media("document", f"/media/cards-{unit_id}.pdf", "")


def strange(town: Town, talk: Talk, reaches: bool) -> list[tuple[int, str, str]]:
    """Links that were signed and should not have been; `reaches`: the person sees counts of all below their unit."""
    with town.school.database.transaction() as store:
        person = talk.person(store)
        own = person.unit_id
        tree = {unit.id for unit in store.units_under(own)} if own is not None and reaches else {own}
    names_too = [one for one in town.asked if one[1] in ("book", "cards", "chart")]
    wrong = [one for one in town.asked if one[0] not in tree]
    return wrong + [one for one in names_too if (person.role, one[0]) != ("teacher", own)]


def act(town: Town, talk: Talk, do: Any, before: list[list[tuple[object, ...]]] | None = None) -> list[Reply]:
    """Do something as somebody, and take it back; what belongs to 7A must be as it was `before`."""
    replies: list[Reply] = []
    with town.school.database.engine.connect() as connection, connection.begin() as transaction:
        store = Store(connection)
        person = store.speaker(talk.who.channel, talk.who.address, "")
        assert person is not None
        turn = Turn(person, store, town.school.now, channel="web", public_url="https://hocvuso.example.vn")
        turn.papers, turn.shelf = Desk(town.asked), Printer(town.asked)
        try:
            with speaking(manner_for("vi", person.address, person.role)):
                replies = do(turn)
            store.flush()
            if before is not None and changes_made(connection):
                assert ours(town, connection) == before
        finally:
            transaction.rollback()
    return replies


def leaks(replies: list[Reply] | tuple[Reply, ...]) -> list[str]:
    said = "\n".join(part for reply in replies for part in (reply.text, *(choice.label for choice in reply.choices)))
    return [secret for secret in SECRETS if secret in said]


def test_the_people_of_the_class_do_see_what_the_others_must_not(town: Town) -> None:
    seen = "".join(town.teacher.say(command) for command in ("/chitiet", "/cauhoi", "/the", "/duyet", "/lop"))
    seen += town.teacher.say("/thongbao") + town.teacher.tap("Tin gần nhất")
    assert {"Bốngsecret", "hỏisecret", "họpsecret", "HS93", "quênsecret"} <= {
        secret for secret in (*SECRETS, "HS93") if secret in seen
    }
    assert "Bốngsecret" in town.pupil.say("/dulieu")


@pytest.mark.sqlite_only  # thousands of buttons
def test_outsiders_get_nothing_by_any_command_or_button(town: Town) -> None:
    values = harvest(town)
    hidden = {
        "check",
        "view",
        "nudge",
        "class",
        "class_by",
        "reply_to",
        "goal",
        "withdraw",
        "one",
        "waiting",
        "approve_all",
        "report",
        "papers",
        "announced",
    }
    assert {value.split(":")[0] for value in values} >= hidden, "the class has something to hide"
    values += [f"{name}:{number}{rest}" for name, rest in WITH_IDS for number in NUMBERS]
    values += {value.format(number): None for value in PATTERNS for number in NUMBERS}
    values += [f"{name}:{when.name}" for name in ("report", "papers", "submit", "board") for when in PERIODS]
    talks = {who: town.outsider(who) for who in OUTSIDERS}
    for talk in talks.values():
        talk.join()
    with town.school.database.engine.connect() as connection:
        before = ours(town, connection)
    for who, talk in talks.items():
        town.asked.clear()
        for command in sorted(name for name in ROUTES.names("command") if name.startswith("/")):
            assert leaks(act(town, talk, partial(_typed, command=command), before)) == [], (who, command)
        for value in values:
            try:
                replies = press(town, talk, value, before)
            except (ValueError, KeyError, TypeError):
                continue  # a button that no menu ever held: the menu refuses it before any handler sees it
            assert leaks(replies) == [], (who, value)
        assert strange(town, talk, who.partition(" ")[0] in ABOVE) == [], who


# All that class 7A keeps has one of the first numbers; `make soak` tries what comes after them too.
NUMBERS = range(1, 13 if MOST else 4)
WEEK = (date(2026, 11, 9), date(2026, 11, 15))
PERIODS = (period.week(WEEK[0]), period.month(date(2026, 11, 1)), period.month(date(2026, 10, 1)), period.days(*WEEK))
# Buttons that name a person, a unit or a role in the middle.
PATTERNS = (
    *(
        "moving_who:l{0}:0",
        "moving_who:p{0}:0",
        "moving_to:l{0}:3:yes",
        "moving_to:p{0}:4:yes",
        "moving_to:p{0}:{0}:yes",
    ),
    *(
        "role:{0}",
        "end_role:{0}",
        "unit_rename:{0}",
        "invite_as:officer:{0}",
        "invite_as:board:{0}",
        "unit_add:village",
    ),
    *("received:{0}", "add_role:PUPIL7A", "add_role:SECRETCARD"),
)


# Buttons that name a person, a log, a question or a unit, with what follows the number.
WITH_IDS = (
    *(("view", ""), ("view", ":decided"), ("decide", ":check"), ("check", ""), ("undo", ":1"), ("amend", "")),
    *(("spoken", ":right"), ("unsay", ":1"), ("nudge", ":quiet"), ("reply_to", ""), ("leader", ":0"), ("fill", "")),
    *(
        ("signed", ""),
        ("signed", ":yes"),
        ("new_card_for", ""),
        ("invite_as:teacher", ""),
        ("one", ""),
        ("withdraw", ""),
    ),
    *(
        ("correct", ""),
        ("kin_end", ""),
        ("approve_all", "00"),
        ("announced", ""),
        ("unannounce", ""),
        ("approve", ""),
        ("return", ""),
        ("hand", ":BA_NGOAI"),
        ("next", ""),
        ("why:slip", ""),
    ),
)


def _typed(turn: Turn, command: str) -> list[Reply]:
    turn.said = command
    return ROUTES.typed(turn)


@pytest.mark.parametrize("who", ["officer of another ward", "board of another school", "teacher of 7B", "pupil of 7B"])
def test_free_words_in_another_class_find_nothing(town: Town, who: str) -> None:
    talk = town.outsider(who)
    for words in ("tuần của lớp", "chi tiết lớp", "sổ giấy", "Bốngsecret", "duyệt", "lớp 7A", "7A-HOAMAI", "1", "2"):
        assert leaks([Reply(talk.say(words))]) == [], words


@pytest.mark.sqlite_only  # hundreds of buttons
@pytest.mark.parametrize("who", ABOVE)
def test_above_the_class_there_are_counts_and_no_names(town: Town, who: str) -> None:
    talk = town.outsider(who)
    assert "mới có ít em ghi nên chưa hiện số" in talk.say("/lop"), "one pupil is no statistic"
    many(town)
    said = talk.say("/lop")
    assert "Lớp 7A: 5/6 (83%)" in said.replace("\xa0", "")
    assert leaks(talk.replies) == []
    assert "Cần cô để ý" not in said
    values = [*harvest(town), "received:1"]
    town.asked.clear()
    for value in values:
        assert leaks(press(town, talk, value)) == [], value
    papers = {"report", "sent"} if who in ("organiser", "board") else {"report"}
    assert {one[1] for one in town.asked} == papers, "the own units' papers, what was sent to them, and none with names"
    assert strange(town, talk, reaches=True) == []


def test_small_groups_are_hidden_above_the_class_and_cannot_be_computed(town: Town) -> None:
    officer = town.outsider("officer")
    many(town)
    assert "Lớp 7B: 0/30" in officer.say("/lop")
    helps(town.outsider("pupil of 7B"))
    said = officer.say("/lop")
    assert "Lớp 7B: ít em ghi nên không hiện số" in said, "one pupil is no statistic"
    assert "Lớp 7A: ít em ghi nên không hiện số" in said, "else 7B is the sum without 7A"


def test_each_role_invites_only_whom_and_where_it_may(town: Town) -> None:
    talks = {who: town.outsider(who) for who in (*OUTSIDERS, *ABOVE)}
    for who, talk in {**talks, "teacher": town.teacher, "pupil": town.pupil}.items():
        talk.join()
        for unit_id, path, kind in units_above(town):
            with town.school.database.transaction() as store:
                person = talk.person(store)
            for role in rights.KINDS:
                allowed = rights.may_invite(person.role, role, person.unit_id, path, kind)
                said = "\n".join(reply.text for reply in press(town, talk, f"invite_as:{role}:{unit_id}"))
                assert ("?join=" in said) == allowed, (who, role, kind)


def many(town: Town) -> None:
    """Four more pupils of 7A come with their cards and help at home."""
    town.teacher.say("/the")
    for code, card in cards(town.school).items():
        if code != "HSECRET":
            helps(joins(town.school, card, code))


def helps(pupil: Talk) -> None:
    pupil.say("giúp mẹ quét qr 20p, mẹ tự làm được")
    pupil.tap("Đúng, ghi lại")


def units_above(town: Town) -> list[tuple[int, list[int], str]]:
    """Class 7A, its school and its ward."""
    with town.school.database.transaction() as store:
        path = store.path(town.school.room)
        return [(unit_id, store.path(unit_id), store.unit(unit_id).kind) for unit_id in path]


def test_a_school_brings_its_list_and_each_class_keeps_its_names(town: Town) -> None:
    board = town.outsider("board")
    rows: list[list[Value]] = [["Lớp", "Mã HS", "Biệt danh"]]
    rows += [
        [room, f"{room}-{number}", f"Bé {letter}"] for room in ("7B", "7C") for number, letter in enumerate("abcde")
    ]
    said = board.send_file("truong.xlsx", workbook(rows))
    assert "• Lớp 7B: 5 em mới\n• Lớp 7C (mới): 5 em mới" in said
    assert "Đã nhập: Lớp 7B 5 em và Lớp 7C 5 em." in board.tap("Đúng, nhập")
    assert "In thẻ vào lớp" not in board.labels
    said = board.say("/lop")
    assert "Lớp 7C: 0/5" not in said or "Bé" not in said
    board.say("/moi")
    board.tap("Giáo viên chủ nhiệm")
    link = board.tap("Lớp 7C")
    teacher = town.school.stranger("new teacher")
    teacher.join(link.rpartition("=")[2])
    teacher.tap("Thầy")
    assert "5 thẻ vào Lớp 7C" in teacher.say("/the")
    assert "không đúng" in town.school.stranger("second").join(link.rpartition("=")[2]), "a link is good once"
