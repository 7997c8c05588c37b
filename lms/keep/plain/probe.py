"""python -m lms.keep.plain.probe [clock]: exit 0 if the server here answers, or the worker's clock goes."""

from __future__ import annotations

import http.client
import os
import sys
import time

from lms.keep.plain import site

PULSE_AGE = 120  # seconds; the clock marks its pulse every 15


def answers(host: str, port: int, name: str, path: str = "/healthz", timeout: float = 5) -> bool:
    """Whether the server says that it is well, asked as the proxy before it would."""
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    try:
        connection.request("GET", path, headers={"Host": name, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def clock_goes() -> bool:
    try:
        return time.time() - (site.var() / "pulse").stat().st_mtime < PULSE_AGE
    except FileNotFoundError:
        return False


def main(argv: list[str]) -> int:
    if argv[1:] == ["clock"]:
        return 0 if clock_goes() else 1
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    return 0 if answers("127.0.0.1", int(os.environ.get("PORT", "8000")), name) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv))
