"""Set up units and the codes with which people join them."""

import re
import secrets

from pydantic import SecretStr

from bot.menu import fold
from db.models import Account, Unit
from db.store import Store
from handlers.codes import ALPHABET

CODE_LETTERS = 8


def new_code(prefix: str = "") -> str:
    """A code nobody guesses: 8 of 25 letters are 150 thousand million."""
    return prefix + "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))


def short(name: str) -> str:
    """A name for codes: "THCS Hoa Mai" → "THCSHOAMAI"."""
    return re.sub(r"[^A-Z0-9]", "", fold(name).upper())


def add_class(store: Store, ward: str, school: str, name: str, size: int, goal: int | None, address: str) -> list[str]:
    """A class below its school and ward, made where missing; the lines to hand to its people."""
    ward_id = _unit(store, "ward", ward, short(ward), None)
    school_id = _unit(store, "school", school, f"{short(school)}-{short(ward)}", ward_id)
    class_code = f"{short(name)}-{short(school)}"
    if store.unit_by_code(class_code) is not None:
        return [f"Lớp {class_code} đã có rồi. (This class exists.)"]
    class_id = store.add_unit(
        Unit(parent_id=school_id, kind="class", name=f"Lớp {name}", code=class_code, size=size, goal=goal)
    )
    lines = [f"Lớp {name}, mã lớp {class_code}"]
    for role, label in (("teacher", "Cô giáo, thầy giáo (teacher)"), ("pupil", "Học sinh (pupils)")):
        code = new_code()
        store.invite(code, class_id, role)
        lines.append(f"  {label}: {code}  {address}/?join={code}")
    return lines


def add_account(store: Store, channel: str, name: str, unit: Unit | None, contact: str, token: str) -> int:
    """An account of ours on a messenger, or a new token for one that is there; its number in our books."""
    found = store.account_named(name) or Account(
        channel=channel, name=name, number="", token=SecretStr(""), signed_by=SecretStr(secrets.token_urlsafe(32))
    )
    found.number, found.token = token.partition(":")[0], SecretStr(token)
    found.unit_id = unit.id if unit else found.unit_id
    found.contact = contact or found.contact
    return store.add_account(found)


def _unit(store: Store, kind: str, name: str, code: str, parent_id: int | None) -> int:
    found = store.unit_by_code(code)
    return found.id if found else store.add_unit(Unit(parent_id=parent_id, kind=kind, name=name, code=code))
