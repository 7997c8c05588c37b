"""The chain: what a digest covers, and where a chain is broken."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Link:
    number: int
    actor_id: int | None
    verb: str
    object_type: str
    object_id: str
    details: dict[str, Any]
    happened_at: str  # ISO 8601, UTC, microseconds
    previous_digest: str
    digest: str = ""


def digest_of(link: Link) -> str:
    """SHA-256 over every field but the digest itself, as canonical JSON."""
    body = [link.number, link.actor_id, link.verb, link.object_type, link.object_id, link.details]
    body += [link.happened_at, link.previous_digest]
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def broken_links(chain: Iterable[Link]) -> list[int]:
    """Numbers of the links of one object that don't follow from the one before, in order."""
    broken, previous = [], ""
    for expected, link in enumerate(chain, start=1):
        if link.number != expected or link.previous_digest != previous or link.digest != digest_of(link):
            broken.append(link.number)
        previous = link.digest
    return broken
