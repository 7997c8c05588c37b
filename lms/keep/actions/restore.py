"""A backup put in the place of what there is: built beside, proved, swapped at once; the old state is kept."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from lms.keep.actions import places, snapshot
from lms.keep.actions.backup import key_digest, refuse_full_disk
from lms.keep.actions.packing import unpack
from lms.keep.actions.sentences import Refused
from lms.keep.engine.manifest import Manifest, differing

PACKED = 6  # a database shrinks to about a sixth in a backup


@dataclass
class Restored:
    manifest: Manifest
    kept: str  # where the state before is
    warnings: list[str] = field(default_factory=list)


def restore(file: Path, *, now: datetime, tell: Callable[[str], None]) -> Restored:
    """Put the backup `file` in place. Until its last step, and if any step fails, everything stays as it was."""
    if not file.is_file():
        raise Refused(_("There is no file %(file)s.") % {"file": file})
    var = Path(settings.VAR_DIR)
    var.mkdir(parents=True, exist_ok=True)
    refuse_full_disk(var, PACKED * file.stat().st_size)
    stamp = f"{localtime(now):%Y%m%d-%H%M%S}"
    with _room(var / f"restoring-{stamp}") as room:
        tell(_("Reading %(file)s …") % {"file": file.name})
        manifest = unpack(file, room)
        _refuse_foreign(manifest)
        copy = room / snapshot.MEMBER[manifest.vendor]
        _refuse_other_rows(manifest, snapshot.look_into(copy, manifest.vendor))
        place = places.of(connection.vendor, copy, stamp)
        with place.beside():
            _refuse_other_rows(manifest, place.counts())
            kept = _swap(place, room, var / f"before-restore-{stamp}")
    connection.close()
    call_command("migrate", verbosity=0)
    return Restored(manifest, kept, _warnings(manifest))


def _refuse_foreign(manifest: Manifest) -> None:
    if manifest.vendor != connection.vendor:
        said = _("This backup is of %(theirs)s, but this server runs on %(ours)s. Set DATABASE_URL accordingly.")
        raise Refused(said % {"theirs": manifest.vendor, "ours": connection.vendor})
    ours = MigrationLoader(None, ignore_no_migrations=True)
    known = {f"{app}.{name}" for app, name in ours.disk_migrations} | {
        f"{app}.{name}" for migration in ours.disk_migrations.values() for app, name in migration.replaces
    }
    if unknown := sorted(set(manifest.migrations) - known):
        said = _("This backup was made by a newer version (%(unknown)s). Upgrade first, then restore.")
        raise Refused(said % {"unknown": unknown[0]})


def _refuse_other_rows(manifest: Manifest, found: dict[str, int]) -> None:
    if wrong := differing(manifest.counts, found):
        table, expected, got = wrong[0]
        said = _("This backup is damaged: table %(table)s has %(got)s rows instead of %(expected)s.")
        raise Refused(said % {"table": table, "got": got, "expected": expected})


def _swap(place: places.Place, room: Path, kept: Path) -> str:
    """Media first, then the database in one step. A failure puts the media back."""
    media, fresh = Path(settings.MEDIA_ROOT), room / "media"
    fresh.mkdir(exist_ok=True)
    kept.mkdir(mode=0o700)
    had_media = media.exists()
    if had_media:
        media.rename(kept / "media")
    try:
        fresh.rename(media)
        return place.swap(kept)
    except BaseException:
        if had_media:
            shutil.rmtree(media, ignore_errors=True)
            (kept / "media").rename(media)
        raise


def _warnings(manifest: Manifest) -> list[str]:
    if manifest.key == key_digest():
        return []
    said = _("The secret key here is another one: PINs of members work only with the key of that time (%(path)s).")
    return [said % {"path": settings.SECRET_KEY_PLACE}]


@contextmanager
def _room(path: Path) -> Iterator[Path]:
    path.mkdir(mode=0o700)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)
