"""Backups of a real database with a real writer beside them, and restores that are equal or refused."""

import gzip
import io
import tarfile
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from lms.keep.actions import snapshot
from lms.keep.actions.backup import Backup, make_backup, prune, refuse_full_disk
from lms.keep.actions.packing import pack, unpack
from lms.keep.actions.restore import restore
from lms.keep.actions.sentences import Refused
from lms.keep.engine.manifest import NAME, Manifest
from lms.keep.engine.nights import name_of
from lms.people.models import Member
from tests.cast import make_cast
from tests.factories import make_member, make_unit

NOW = timezone.now()


def quiet(_sentence: str) -> None:
    pass


def backed_up(place: Path) -> Backup:
    return make_backup(place / "backups", "manual", now=NOW)


def test_a_backup_beside_a_writer_is_one_moment(place: Path) -> None:
    """Each transaction of the writer makes a member and a membership: the backup holds as many of both."""
    unit = make_unit("CĐCS May Bến Dừa")
    people, stays = counts()
    stop, written = threading.Event(), []

    def write() -> None:
        try:
            while not stop.is_set():
                with transaction.atomic():
                    make_member("Nguyễn Thị Lan", unit=unit)
                written.append(1)
        finally:
            connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    while len(written) < 20:
        stop.wait(0.01)
    before = len(written)
    manifest = backed_up(place).manifest
    stop.set()
    writer.join(60)

    more = manifest.counts["people_member"] - people
    assert more == manifest.counts["people_membership"] - stays
    assert before <= more <= len(written)
    assert counts() == (people + len(written), stays + len(written))  # the writer lost nothing by it


def counts() -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM people_member), (SELECT count(*) FROM people_membership)")
        return cursor.fetchone()


def test_a_restore_brings_everything_back_and_keeps_what_was(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_cast()
    picture = place / "media" / "images" / "ảnh đẹp.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"a picture")
    made = backed_up(place)
    Member.objects.update(full_name="Ai Đó")
    make_member("Người Thêm")
    picture.unlink()
    connection.close()

    call_command("restore", str(made.path))

    assert Member.objects.filter(full_name="Ai Đó").count() == 0
    assert current_counts(place) == made.manifest.counts
    assert picture.read_bytes() == b"a picture"
    (kept,) = place.glob("before-restore-*")
    if connection.vendor == "sqlite":
        assert snapshot.counts_of_sqlite(kept / "database.sqlite3")["people_member"] == 9
    said = capsys.readouterr().out
    assert f"{made.manifest.counts['people_member']:>10}  people_member" in said
    assert len(list(place.glob("restoring-*"))) == 0


def current_counts(place: Path) -> dict[str, int]:
    copy = place / "now"
    found = snapshot.take(copy)
    copy.unlink()
    return found


def cut_short(backup: Path) -> None:
    backup.write_bytes(backup.read_bytes()[:-200])


def one_byte_changed(backup: Path) -> None:
    """Inside the database, with a sound archive around it."""
    raw = bytearray(gzip.decompress(backup.read_bytes()))
    raw[len(raw) // 2] ^= 1
    backup.write_bytes(gzip.compress(bytes(raw)))


def without_manifest(backup: Path) -> None:
    with tarfile.open(backup, "w:gz") as tar:
        add(tar, "database.sqlite3", b"nothing")


def leading_elsewhere(backup: Path) -> None:
    with tarfile.open(backup, "w:gz") as tar:
        add(tar, "media/../../escaped", b"elsewhere")


def no_archive(backup: Path) -> None:
    backup.write_text("Xin chào")


def empty(backup: Path) -> None:
    backup.write_bytes(b"")


def add(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    tar.addfile(info, io.BytesIO(content))


@pytest.mark.parametrize(
    "damage", [cut_short, one_byte_changed, without_manifest, leading_elsewhere, no_archive, empty]
)
def test_a_broken_or_foreign_file_is_refused_and_nothing_changes(place: Path, damage: Callable[[Path], None]) -> None:
    file = backed_up(place).path
    damage(file)
    make_member("Người Ở Lại")

    with pytest.raises(Refused):
        restore(file, now=NOW, tell=quiet)

    assert Member.objects.filter(full_name="Người Ở Lại").count() == 1
    assert not (place.parent / "escaped").exists()
    assert list(place.glob("restoring-*")) + list(place.glob("before-restore-*")) == []


def changed(backup: Backup, place: Path, **other: object) -> Path:
    """The same backup with another word in its manifest."""
    room = place / "room"
    unpack(backup.path, room)
    name = snapshot.MEMBER[backup.manifest.vendor]
    pack(backup.path, {name: room / name}, lambda _digests: Manifest(**(vars(backup.manifest) | other)))
    return backup.path


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"migrations": ["people.9999_of_next_year"]}, "people.9999_of_next_year"),
        ({"vendor": "oracle"}, "oracle"),
        ({"counts": {"a_table": 12345}}, "12345"),
    ],
)
def test_what_does_not_fit_this_server_is_refused(place: Path, other: dict[str, object], word: str) -> None:
    file = changed(backed_up(place), place, **other)

    with pytest.raises(Refused, match=word):
        restore(file, now=NOW, tell=quiet)


def test_a_restore_beside_a_running_server_is_refused(place: Path) -> None:
    made = backed_up(place)
    held = connection.copy()
    held.ensure_connection()
    with held.cursor() as cursor:
        cursor.execute("SELECT 1")
    try:
        with pytest.raises(CommandError, match="systemctl stop benhoc"):
            call_command("restore", str(made.path))
    finally:
        held.close()
        if hasattr(held, "close_pool"):
            held.close_pool()


def test_another_secret_key_is_said(place: Path, settings: Settings) -> None:
    made = backed_up(place)
    settings.SECRET_KEY = "another-key"

    assert len(restore(made.path, now=NOW, tell=quiet).warnings) == 1


def test_a_full_disk_is_refused_before_anything_is_written(place: Path) -> None:
    with pytest.raises(Refused):
        refuse_full_disk(place, 1 << 60)


def test_what_a_killed_backup_left_is_swept_and_stops_nobody(place: Path) -> None:
    left = place / "backups" / ".making-killed"
    left.mkdir(parents=True)
    (left / "draft").write_text("half")

    made = backed_up(place)

    assert [path.name for path in (place / "backups").iterdir() if path.name != ".lock"] == [made.path.name]
    assert made.path.stat().st_mode & 0o777 == 0o600


def test_fourteen_nights_are_kept_and_what_a_person_wanted(place: Path) -> None:
    directory = place / "backups"
    directory.mkdir()
    tonight = timezone.localtime(NOW).replace(hour=2)
    nights = [name_of(tonight - timedelta(days=back), "nightly") for back in range(20)]
    wanted = name_of(tonight - timedelta(days=300), "manual")
    for name in [*nights, wanted, "notes.txt"]:
        (directory / name).touch()

    prune(directory, now=NOW)

    left = {path.name for path in directory.iterdir()}
    assert left == {*nights[:14], wanted, "notes.txt"}


def test_the_manifest_is_the_last_member_and_names_no_secret(place: Path, settings: Settings) -> None:
    made = backed_up(place)

    with tarfile.open(made.path) as tar:
        names = tar.getnames()
        last = tar.extractfile(NAME)
        assert last is not None
        text = last.read().decode()
    assert names[-1] == NAME
    assert settings.SECRET_KEY not in text
    assert datetime.fromisoformat(made.manifest.made_at).tzinfo is not None
