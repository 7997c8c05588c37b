"""python -m bench.rows FOLDER SECONDS: one answer's row a commit, as fast as SQLite's library can, synchronous=FULL."""

import random
import sqlite3
import sys
import time
from pathlib import Path

from bench.store import MARK

UPSERT = """INSERT INTO quizzes_answer (attempt_id, place, given, seq, points, arrived_at) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (attempt_id, place) DO UPDATE
SET given = excluded.given, seq = excluded.seq, points = excluded.points, arrived_at = excluded.arrived_at"""


def main(folder: Path, seconds: float) -> None:
    target = sqlite3.connect(folder / "rows.sqlite3", isolation_level=None)
    target.execute("PRAGMA journal_mode=WAL")
    target.execute("PRAGMA synchronous=FULL")
    for statement in _schema(folder / f"{MARK}.sqlite3"):
        target.execute(statement)
    chance, rows = random.Random(1), 0
    end, cpu = time.monotonic() + seconds, time.process_time()
    while time.monotonic() < end:
        place = chance.randrange(2000), chance.randrange(20)
        target.execute(UPSERT, (*place, '["a"]', rows + 1, "1.00", "2026-01-01 07:00:00.000000"))
        rows += 1
    sys.stdout.write(f"{rows} {time.process_time() - cpu}\n")


def _schema(database: Path) -> list[str]:
    """The table and its indexes, as the product has them."""
    query = "SELECT sql FROM sqlite_master WHERE tbl_name = 'quizzes_answer' AND sql IS NOT NULL ORDER BY type DESC"
    found = [sql for (sql,) in sqlite3.connect(database).execute(query)]
    return [
        sql.replace("CREATE TABLE ", "CREATE TABLE IF NOT EXISTS ").replace("INDEX ", "INDEX IF NOT EXISTS ")
        for sql in found
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]), float(sys.argv[2]))
