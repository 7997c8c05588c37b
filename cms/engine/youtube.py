"""Addresses of YouTube videos."""

import re
from urllib.parse import parse_qs, urlsplit

_ID = re.compile(r"[\w-]{11}\Z", re.ASCII)
_HOSTS = frozenset({"youtube.com", "m.youtube.com", "youtube-nocookie.com"})
_PLAYER_PATHS = frozenset({"embed", "shorts", "live", "v"})


def video_id(address: str) -> str | None:
    """The video's id in any of the forms in which YouTube hands out its addresses, or None."""
    parts = urlsplit(address.strip())
    host = (parts.hostname or "").removeprefix("www.")
    steps = [step for step in parts.path.split("/") if step]
    found = ""
    if host == "youtu.be" and steps:
        found = steps[0]
    elif host in _HOSTS and steps == ["watch"]:
        found = parse_qs(parts.query).get("v", [""])[0]
    elif host in _HOSTS and len(steps) > 1 and steps[0] in _PLAYER_PATHS:
        found = steps[1]
    return found if _ID.match(found) else None


def watch_address(known: str) -> str:
    """Where to watch the video without JavaScript."""
    return f"https://www.youtube.com/watch?v={known}"
