"""A demo school, so that everybody can try the whole at once. All names are invented."""

from datetime import datetime, timedelta
from random import Random

from bot import setup
from bot.settings import Settings
from db.database import Database
from db.models import Unit
from db.store import Draft, Speaker, Store
from handlers.start import NOTICE

PUPILS = [
    "An",
    "Bình",
    "Cúc",
    "Dũng",
    "Giang",
    "Hà",
    "Hiếu",
    "Hoa",
    "Hùng",
    "Hương",
    "Khánh",
    "Khôi",
    "Lan",
    "Linh",
    "Long",
    "Mai",
    "Minh",
    "My",
    "Nam",
    "Nga",
    "Ngân",
    "Ngọc",
    "Nhi",
    "Phong",
    "Phúc",
    "Quân",
    "Quỳnh",
    "Sơn",
    "Tâm",
    "Thảo",
    "Thu",
    "Tiến",
    "Trang",
    "Trung",
    "Tú",
    "Tuấn",
    "Vy",
    "Yến",
]
RELATIVES = ("BA_NGOAI", "BA_NOI", "ONG_NOI", "ME", "BO", "ONG_NGOAI", "CO", "BAC")
SKILLS = ("ZALO_VIDEO", "VNEID_CAI", "QR_TRA", "AT_LUADAO", "DT_HIENTHI", "AT_MATKHAU", "YTE_DATLICH", "CK")
OUTCOMES = ("TU_LAM", "TU_LAM", "CO_HO_TRO", "CHUA_QUEN", "CHUA_DUOC")
WEEKS = 5
CONFIRMED = 0.5  # of the sessions, by the relative on the pupil's phone


def links(database: Database, settings: Settings, now: datetime) -> list[str]:
    """Load the demo into an empty database and return a line with a link for each role; else nothing."""
    with database.transaction() as store:
        if not store.is_empty():
            return _known_links(store, settings.address)
        _load(store, now)
        return _known_links(store, settings.address)


_TRY = (
    ("pupil", "7A-HOAMAI", "Thử làm học sinh"),
    ("learner", None, "Thử làm bà"),
    ("teacher", "7A-HOAMAI", "Thử làm cô giáo"),
    ("officer", "PHUONGHOAMAI", "Thử làm cán bộ phường"),
)


def _known_links(store: Store, address: str) -> list[str]:
    if store.unit_by_code("7A-HOAMAI") is None:
        return []
    lines = []
    for role, unit_code, label in _TRY:
        unit = store.unit_by_code(unit_code) if unit_code else None
        codes = [invitation.code for invitation in store.invitations(unit.id if unit else None, role)]
        lines += [f"{label + ':':<24}{address}/?join={code}" for code in codes]
    return lines


def _load(store: Store, now: datetime) -> None:
    chance = Random("hoa-mai")
    ward = store.add_unit(Unit(kind="ward", name="Phường Hoa Mai", code="PHUONGHOAMAI"))
    school = store.add_unit(Unit(parent_id=ward, kind="school", name="Trường THCS Hoa Mai", code="THCS-HOAMAI"))
    for name, names in (("7A", PUPILS), ("7B", PUPILS[:24])):
        room = store.add_unit(
            Unit(
                parent_id=school,
                kind="class",
                name=f"Lớp {name}",
                code=f"{name}-HOAMAI",
                size=len(names),
                goal=len(names) * 4 // 5,
            )
        )
        _fill(store, room, names, chance, now)
        for role in ("pupil", "teacher"):
            store.invite(setup.new_code(), room, role)
    store.invite(setup.new_code(), ward, "officer")
    store.invite(setup.new_code(), None, "learner")


def _fill(store: Store, room: int, names: list[str], chance: Random, now: datetime) -> None:
    for number, name in enumerate(names):
        pupil = _pupil(store, room, name, now)
        eager = chance.random()
        if number % 8 == 7:
            continue  # some pupils have not begun
        for week in range(WEEKS):
            if chance.random() < eager * (0.5 + week / 10):
                _session(store, pupil, chance, now - timedelta(days=7 * (WEEKS - 1 - week) + chance.randrange(5)))
    stuck = _pupil(store, room, "Vân", now)
    for days in (2, 5):
        _save(
            store, stuck, Draft((now - timedelta(days=days)).date(), 20, False, "VUONG", ("BO",), ("VNEID_CAI",)), now
        )


def _pupil(store: Store, room: int, name: str, now: datetime) -> Speaker:
    speaker = store.newcomer("web", f"demo-{room}-{name}", "vi", now - timedelta(weeks=WEEKS))
    speaker.nickname, speaker.address = name, "em"
    store.describe(speaker)
    for by in ("child", "guardian"):
        store.agree(speaker.id, by, NOTICE, "demo", now)
    store.take_role(speaker.id, "pupil", room, now)
    speaker.role, speaker.unit_id = "pupil", room
    return speaker


def _session(store: Store, pupil: Speaker, chance: Random, when: datetime) -> None:
    draft = Draft(
        day=when.date(),
        minutes=chance.choice((10, 15, 15, 20, 30, 45)),
        habitual=False,
        outcome=chance.choice(OUTCOMES),
        relatives=(chance.choice(RELATIVES),),
        skills=(chance.choice(SKILLS),),
    )
    log_id = _save(store, pupil, draft, when)
    if chance.random() < CONFIRMED:
        log = store.any_log(log_id)
        assert log is not None
        store.move_log(log, "confirmed", "handed", pupil.id, when, f"{log.relatives[0]}:right")
        store.answer(log_id, log.relatives[0], "", 0, "right", "handed", pupil.id, when)


def _save(store: Store, pupil: Speaker, draft: Draft, when: datetime) -> int:
    return store.add_log(pupil, draft, when)
