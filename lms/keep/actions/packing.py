"""The one file of a backup: members are hashed on the way in and on the way out."""

import hashlib
import io
import os
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Protocol

from django.utils.translation import gettext as _

from lms.keep.actions.sentences import Refused
from lms.keep.engine.manifest import NAME, Manifest, NoManifest, is_member, read_manifest

BLOCK = 1024 * 1024


class _Reader(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class _Hashing:
    """A file that is hashed as it is read."""

    def __init__(self, file: _Reader) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        block = self.file.read(size)
        self.digest.update(block)
        return block


def pack(into: Path, members: dict[str, Path], finish: Callable[[dict[str, str]], Manifest]) -> Manifest:
    """Write `members` and, last, the manifest that `finish` makes of their digests."""
    digests: dict[str, str] = {}
    with tarfile.open(into, "w:gz", compresslevel=1, format=tarfile.PAX_FORMAT) as tar:
        for name, path in members.items():
            try:
                with path.open("rb") as file:
                    digests[name] = _add(tar, name, file)
            except FileNotFoundError:  # a picture deleted since the list was made
                continue
        manifest = finish(digests)
        text = manifest.text().encode()
        _add(tar, NAME, io.BytesIO(text), len(text))
    return manifest


def _add(tar: tarfile.TarFile, name: str, file: IO[bytes], size: int | None = None) -> str:
    info = tar.gettarinfo(arcname=name, fileobj=file) if size is None else tarfile.TarInfo(name)
    info.size = info.size if size is None else size
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mode = 0o600
    reader = _Hashing(file)
    tar.addfile(info, reader)  # type: ignore[arg-type]  # it only reads
    return reader.digest.hexdigest()


def unpack(file: Path, into: Path, *, media: bool = True) -> Manifest:
    """Every member below `into` (or all but media), each proved by its digest; Refused if it isn't a whole backup."""
    digests: dict[str, str] = {}
    text = ""
    try:
        with tarfile.open(file, "r:gz") as tar:
            for info in tar:
                if not (info.isreg() and is_member(info.name)):
                    raise NoManifest
                source = tar.extractfile(info)
                assert source
                if info.name == NAME:
                    text = source.read().decode()
                else:
                    wanted = media or not info.name.startswith("media/")
                    digests[info.name] = _write(_Hashing(source), into / info.name if wanted else Path(os.devnull))
        manifest = read_manifest(text)
    except (tarfile.TarError, EOFError, zlib.error, UnicodeDecodeError, NoManifest, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # the disk's or the path's fault, not the file's
            raise Refused(_("%(file)s can't be read: %(said)s") % {"file": file, "said": error.strerror}) from error
        raise Refused(_("%(file)s is not a whole backup of Bến Học.") % {"file": file.name}) from error
    if digests != manifest.digests:
        raise Refused(_("%(file)s is damaged: its content is not what was backed up.") % {"file": file.name})
    return manifest


def _write(reader: _Hashing, path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as out:
        while block := reader.read(BLOCK):
            out.write(block)
    return reader.digest.hexdigest()
