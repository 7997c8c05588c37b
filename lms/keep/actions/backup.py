"""One file with database and media, made while everything runs, and read again before it counts as a backup."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.crypto import salted_hmac
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lms.keep.actions import snapshot
from lms.keep.actions.packing import pack, unpack
from lms.keep.actions.sentences import Refused
from lms.keep.engine.manifest import Manifest, differing
from lms.keep.engine.nights import name_of, outdated

RESERVE = 300 * 1024 * 1024  # bytes that stay free whatever happens
VERSION = "0.1.0"


@dataclass(frozen=True)
class Backup:
    path: Path
    manifest: Manifest


def make_backup(directory: Path, kind: str, *, now: datetime) -> Backup:
    """Copy, pack, read again; then only the file gets its name. Refused with a sentence if anything is amiss."""
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(directory), TemporaryDirectory(prefix=".making-", dir=directory) as scratch:
        media = _media()
        refuse_full_disk(directory, 2 * snapshot.size() + sum(path.stat().st_size for path in media.values()))
        copy = Path(scratch) / snapshot.MEMBER[connection.vendor]
        counts = snapshot.take(copy)
        draft = Path(scratch) / "draft"
        manifest = pack(draft, {copy.name: copy} | media, lambda digests: _manifest(now, counts, digests))
        copy.unlink()
        draft.chmod(0o600)
        _prove(draft, manifest, Path(scratch) / "read-again")
        path = directory / name_of(localtime(now), kind)
        _settle(draft, path)
    return Backup(path, manifest)


def refuse_full_disk(directory: Path, needed: int) -> None:
    """Refused unless `needed` bytes fit and enough stays free for the server to go on."""
    free = shutil.disk_usage(directory).free
    if free < needed + RESERVE:
        said = _("Too little space in %(where)s: %(needed)s MB are needed, %(free)s MB are free. Nothing was written.")
        raise Refused(said % {"where": directory, "needed": (needed + RESERVE) >> 20, "free": free >> 20})


def prune(directory: Path, *, now: datetime) -> list[str]:
    """Delete what the house made by itself and nobody needs any more; the names."""
    gone = outdated((path.name for path in directory.iterdir()), localtime(now).date(), settings.BACKUP_DAYS)
    for name in gone:
        (directory / name).unlink(missing_ok=True)
    return gone


def key_digest() -> str:
    """By which the secret key is known again; it can't be computed back."""
    return salted_hmac("lms.keep.key", "which").hexdigest()[:16]


def _manifest(now: datetime, counts: dict[str, int], digests: dict[str, str]) -> Manifest:
    applied = MigrationRecorder(connection).applied_migrations()
    return Manifest(
        made_at=now.astimezone(UTC).isoformat(timespec="seconds"),
        version=VERSION,
        vendor=connection.vendor,
        key=key_digest(),
        migrations=sorted(f"{app}.{name}" for app, name in applied),
        counts=counts,
        digests=digests,
    )


def _media() -> dict[str, Path]:
    root = Path(settings.MEDIA_ROOT)
    files = sorted(path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {f"media/{path.relative_to(root).as_posix()}": path for path in files}


def _prove(draft: Path, manifest: Manifest, room: Path) -> None:
    """Read the file as a restore would."""
    room.mkdir()
    read = unpack(draft, room, media=False)
    counts = snapshot.look_into(room / snapshot.MEMBER[read.vendor], read.vendor)
    if read != manifest or differing(manifest.counts, counts):
        raise Refused(_("The backup could not be read again as it was written. Is the disk sound?"))


def _settle(draft: Path, path: Path) -> None:
    """Onto the disk first, then into its place: a power cut leaves a whole backup or none."""
    with draft.open("rb") as file:
        os.fsync(file.fileno())
    draft.rename(path)


@contextmanager
def _alone(directory: Path) -> Iterator[None]:
    """One backup at a time. The lock ends with the process, however that ends."""
    with (directory / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Refused(_("Another backup is being made right now.")) from error
        for left in directory.glob(".making-*"):  # of one that was killed
            shutil.rmtree(left, ignore_errors=True)
        yield
