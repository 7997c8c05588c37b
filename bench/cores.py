"""Who runs where: the server on the first core, the client on the last. And how many files a process may open."""

import ctypes
import os
import resource
import signal
from collections.abc import Callable

_LIBC, _DIE_WITH_PARENT = ctypes.CDLL(None), 1
FILES_BESIDE_SOCKETS = 300  # a server's own: database, logs, libraries


def server_core() -> int:
    return min(os.sched_getaffinity(0))


def client_core() -> int:
    return max(os.sched_getaffinity(0))


def pinned(*cores: int) -> Callable[[], None]:
    """For `preexec_fn`: a process of its own group, on these cores, with as many files as the system lets it have."""

    def settle() -> None:
        os.setpgid(0, 0)  # Ctrl+C reaches us first; we end it in order
        _LIBC.prctl(_DIE_WITH_PARENT, signal.SIGKILL)  # and if we can't, the kernel does
        os.sched_setaffinity(0, set(cores))
        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    return settle


def most_sockets() -> int:
    """What one process may hold here."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[1] - FILES_BESIDE_SOCKETS


def fitting(wanted: int, say: Callable[[str], None]) -> int:
    """`wanted` sockets, or as many as this system allows, said plainly."""
    if wanted <= most_sockets():
        return wanted
    say(f"{wanted} sockets can't be had here: the limit of open files is {most_sockets() + FILES_BESIDE_SOCKETS} "
        f"(ulimit -Hn). Measuring with {most_sockets()}.")  # fmt: skip
    return most_sockets()
