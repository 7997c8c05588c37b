"""The copy of each night: when it is due, and that it really comes, once, in a process of its own."""

import os
import time
from datetime import datetime
from pathlib import Path

import pytest
from django.utils import timezone
from pytest_django import Settings

from lms.keep import tasks
from lms.keep.engine.nights import is_due, kind_of, made_at, name_of, newest, outdated
from lms.keep.plain import probe

NIGHT = datetime(2026, 11, 22, 2, 30)


@pytest.mark.parametrize(
    ("names", "hour", "due"),
    [
        ([], 2, True),
        ([], 1, False),
        (["benhoc-20261122-020000-nightly.tar.gz"], 23, False),
        (["benhoc-20261121-020000-nightly.tar.gz"], 2, True),
        (["benhoc-20261122-010000-manual.tar.gz"], 9, True),  # what a person asked for is no night's copy
        (["benhoc-20261122-020000-nightly.tar.gz.part"], 9, True),
    ],
)
def test_one_copy_a_night_is_due_from_two_o_clock_on(names: list[str], hour: int, due: bool) -> None:
    assert is_due(names, NIGHT.replace(hour=hour)) is due


def test_a_name_tells_its_moment_and_its_reason() -> None:
    name = name_of(NIGHT, "upgrade")

    assert (made_at(name), kind_of(name)) == (NIGHT, "upgrade")
    assert made_at("benhoc-20261122-020000-other.tar.gz") is None


def test_the_newest_is_never_outdated_however_old() -> None:
    old = ["benhoc-20200101-020000-nightly.tar.gz", "benhoc-20200102-020000-nightly.tar.gz"]

    assert newest(old) == old[1]
    assert outdated(old, NIGHT.date(), 14) == [old[0]]


def test_tonights_copy_is_made_once(
    place: Path, elsewhere: dict[str, str], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in elsewhere.items():
        monkeypatch.setenv(name, value)
    settings.BACKUP_NIGHTLY = True
    now = timezone.now()
    at_night = now if timezone.localtime(now).hour >= 2 else now.replace(hour=20)  # 3 o'clock in the morning there

    tasks.nightly(at_night)
    tasks.nightly(at_night)  # while the first is being made
    (process,) = tasks._under_way
    assert process.wait(timeout=110) == 0
    made = [path.name for path in (place / "backups").glob("*.tar.gz")]
    tasks.nightly(at_night)

    assert [kind_of(name) for name in made] == ["nightly"]
    assert tasks._under_way == []


def test_nothing_is_made_unless_the_settings_want_it(place: Path, settings: Settings) -> None:
    settings.BACKUP_NIGHTLY = False

    tasks.nightly(timezone.now().replace(hour=20))

    assert tasks._under_way == []
    assert not (place / "backups").exists()


def test_the_clock_marks_that_it_goes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENHOC_VAR", str(place))
    assert probe.clock_goes() is False
    tasks.pulse(timezone.now())
    assert probe.clock_goes() is True

    an_hour_ago = time.time() - 3600
    os.utime(place / "pulse", (an_hour_ago, an_hour_ago))
    assert probe.clock_goes() is False
