"""Every question we ask the database, in plain words."""

from db.store.accounts import OurAccounts
from db.store.checking import Checking
from db.store.classes import Asked, Classes
from db.store.courses import Courses
from db.store.keeping import Keeping
from db.store.kin import Relatives
from db.store.learning import Learning
from db.store.linking import Linking
from db.store.logs import COUNTED, UNCHECKED, Draft, Logs, Told
from db.store.outgoing import WITHDRAWN, Failure, Outgoing, Sending, Tally
from db.store.people import People, Speaker
from db.store.post import Appointment, Post
from db.store.reports import Branch, Reports, Seen
from db.store.rosters import Rosters
from db.store.sharing import Sharing
from db.store.units import Pupil, Units

__all__ = [
    "COUNTED",
    "UNCHECKED",
    "WITHDRAWN",
    "Appointment",
    "Asked",
    "Branch",
    "Draft",
    "Failure",
    "Pupil",
    "Seen",
    "Sending",
    "Speaker",
    "Store",
    "Tally",
    "Told",
]


class Store(
    People,
    Units,
    Rosters,
    Classes,
    Logs,
    Relatives,
    Checking,
    Learning,
    Courses,
    Reports,
    Post,
    Outgoing,
    OurAccounts,
    Linking,
    Sharing,
    Keeping,
):
    """The database inside one transaction; whoever opened the transaction commits it."""
