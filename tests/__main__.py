"""python -m tests: every test on both columns, as `./dev test` without arguments runs them."""

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
STRICT = os.environ.get("CI", "").lower() in ("1", "true", "yes", "on")  # then nothing may be skipped


def main() -> int:
    totals: dict[str, int] = {}
    skipped: list[str] = []
    begun, found, marks = time.monotonic(), columns(skipped), ["not e2e", "e2e"]
    if not any(map(shutil.which, BROWSERS)):
        marks.remove("e2e")
        skipped.append("Browser tests were skipped: no Chromium is installed (sudo apt install chromium).")
    with ThreadPoolExecutor(len(found)) as side_by_side:  # browser tests wait a lot: half the time on two cores
        worst = max(side_by_side.map(lambda column: run_column(*column, marks, totals), found))
    for sentence in dict.fromkeys(skipped):
        say(sentence)
    if STRICT and (skipped or totals.get("skipped")):
        say("CI is set, and then nothing may be skipped.")
        worst = worst or 1
    parts = ", ".join(f"{count} {word}" for word, count in totals.items())
    say(f"===== {parts or 'no tests'} in {time.monotonic() - begun:.2f}s =====")
    return worst


def columns(skipped: list[str]) -> list[tuple[str, dict[str, str]]]:
    """The two ways of running Bến Học, as environments for pytest; the second only if its servers answer."""
    plain = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    found = [("SQLite + memory", plain | {"EXPECTED_VENDOR": "sqlite"})]
    postgres = os.environ.get("TEST_DATABASE_URL", "postgres://localhost/postgres")
    redis = os.environ.get("TEST_REDIS_URL", "redis://localhost:6379/15")
    probe = "import psycopg as p, redis, sys; p.connect(sys.argv[1]); redis.from_url(sys.argv[2]).ping()"
    if subprocess.run([sys.executable, "-c", probe, postgres, redis], capture_output=True).returncode:
        skipped.append(
            f"The run on PostgreSQL + Redis was skipped: {postgres} and {redis} don't both answer "
            "(others: TEST_DATABASE_URL, TEST_REDIS_URL)."
        )
        return found
    servers = {"DATABASE_URL": postgres, "REDIS_URL": redis, "EXPECTED_VENDOR": "postgresql"}
    return [*found, ("PostgreSQL + Redis", plain | servers)]


def run_column(name: str, env: dict[str, str], marks: list[str], totals: dict[str, int]) -> int:
    """One process of pytest a mark; each prints as a whole when it has ended, its counts are added to `totals`."""
    worst = 0
    for mark in marks:
        title = f"{name}, {'browser tests' if mark == 'e2e' else 'all but browser tests'}"
        say(f"--- {title}: begun")
        command = [sys.executable, "-m", "pytest", "-m", mark, f"--color={'yes' if sys.stdout.isatty() else 'no'}"]
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        say(f"--- {title}\n{done.stdout}")
        last = next((line for line in reversed(done.stdout.splitlines()) if re.search(r" in \d", line)), "")
        for count, word in re.findall(r"(\d+) (passed|failed|skipped|xfailed|xpassed|errors?)\b", last):
            kind = word.rstrip("s") if word.startswith("error") else word
            totals[kind] = totals.get(kind, 0) + int(count)
        worst = max(worst, 0 if done.returncode == 5 else done.returncode)  # 5: no test carries the mark
    return worst


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
