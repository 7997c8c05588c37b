import os
import time
from datetime import datetime
from pathlib import Path

from lms.web.later import every, task


@task("survival.chore")
def chore(called: str, place: str) -> None:
    """Says who begins and who is done; between, waits for the file `release-<called>`."""
    _write(Path(place) / called, "begun")
    while not (Path(place) / f"release-{called}").exists():
        time.sleep(0.05)
    _write(Path(place) / called, "done")


@every("survival.clock", seconds=0.2)
def mark(_now: datetime) -> None:
    if place := os.environ.get("SURVIVAL_CLOCK"):
        _write(Path(place), "beat")


def _write(path: Path, word: str) -> None:
    with path.open("a") as file:
        file.write(f"{word} {os.getpid()}\n")
