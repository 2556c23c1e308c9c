"""Every question we ask the database, in plain words."""

from db.store.checking import Checking
from db.store.keeping import Keeping
from db.store.kin import Relatives
from db.store.learning import Learning
from db.store.logs import COUNTED, UNCHECKED, Draft, Logs, Told
from db.store.outgoing import WITHDRAWN, Failure, Outgoing, Sending, Tally
from db.store.people import People, Speaker
from db.store.post import Appointment, Post
from db.store.units import Pupil, Units

__all__ = [
    "COUNTED",
    "UNCHECKED",
    "WITHDRAWN",
    "Appointment",
    "Draft",
    "Failure",
    "Pupil",
    "Sending",
    "Speaker",
    "Store",
    "Tally",
    "Told",
]


class Store(People, Units, Logs, Relatives, Checking, Learning, Post, Outgoing, Keeping):
    """The database inside one transaction; whoever opened the transaction commits it."""
