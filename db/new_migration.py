"""python -m db.new_migration "what changes": write the next migration; a person reads it afterwards."""

import sys
import tempfile

from db import migrate
from db.database import Database

if __name__ == "__main__":
    if len(sys.argv) < 2 or not sys.argv[1].strip():
        sys.exit('Say what changes: make migration m="what changes"')
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/new.sqlite3")
        migrate.to(database.engine)
        migrate.write(database.engine, sys.argv[1])
        database.close()
