"""What a backup says about itself: its last member, without which the file is not whole."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

PRODUCT, FORMAT = "ben-hoc", 1
NAME = "manifest.json"


class NoManifest(Exception):
    """The text is not the manifest of a backup of ours."""


@dataclass(frozen=True)
class Manifest:
    made_at: str  # ISO, UTC
    version: str  # of the product
    vendor: str  # sqlite, postgresql
    key: str  # digest of the secret key, to know it again: the key itself is never in a backup
    migrations: list[str]  # "people.0001_first", sorted
    counts: dict[str, int]  # rows of each table
    digests: dict[str, str]  # SHA-256 of each member of the file

    def text(self) -> str:
        return json.dumps({"product": PRODUCT, "format": FORMAT} | asdict(self), indent=1, sort_keys=True)

    @property
    def rows(self) -> int:
        return sum(self.counts.values())

    @property
    def media(self) -> int:
        """Files besides the database."""
        return sum(1 for name in self.digests if name.startswith("media/"))


def read_manifest(text: str) -> Manifest:
    """The manifest in `text`; NoManifest if it isn't one, or one of a later form."""
    try:
        raw = json.loads(text)
        if raw.pop("product") != PRODUCT or raw.pop("format") != FORMAT:
            raise NoManifest
        manifest = Manifest(**raw)
        datetime.fromisoformat(manifest.made_at)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NoManifest from error
    return manifest


def differing(expected: Mapping[str, int], found: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Tables whose number of rows isn't the expected one: name, expected, found."""
    tables = sorted(set(expected) | set(found))
    both = [(table, expected.get(table, 0), found.get(table, 0)) for table in tables]
    return [(table, wanted, got) for table, wanted, got in both if wanted != got]


def is_member(name: str) -> bool:
    """Whether a backup of ours may hold a file of this name: nothing that could land elsewhere."""
    if name in (NAME, "database.sqlite3", "database.dump"):
        return True
    parts = name.split("/")
    return len(parts) > 1 and parts[0] == "media" and not {"", ".", ".."} & set(parts) and "\\" not in name
