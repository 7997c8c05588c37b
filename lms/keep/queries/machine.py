"""What the doctor sees of the machine: space, memory, clock, open files."""

import ctypes
import os
import resource
import shutil
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from lms.keep.engine import findings
from lms.keep.engine.findings import BAD, OK, WARNING, Finding
from lms.keep.plain.upgrade import serving

_NOT_SET = 5  # TIME_ERROR of adjtimex(2): no time server sets this clock
_SLACK = 256  # bytes; `struct timex` is shorter everywhere


def disk() -> Finding:
    usage = shutil.disk_usage(settings.VAR_DIR)
    level = findings.of_space(usage.free, usage.total)
    said = {
        OK: _("%(free)s GB are free."),
        WARNING: _("Only %(free)s GB are free. Delete old backups, or get a larger disk."),
        BAD: _("The disk is nearly full (%(free)s GB free). Delete old backups now: a full disk stops the contest."),
    }
    return Finding("disk", level, said[level] % {"free": f"{usage.free / 1e9:.1f}"})


def memory() -> Finding:
    lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    kilobytes = {name: int(rest.split()[0]) for name, _colon, rest in (line.partition(":") for line in lines)}
    available, total = kilobytes["MemAvailable"] << 10, kilobytes["MemTotal"] << 10
    level = findings.of_memory(available, total)
    said = {
        OK: _("%(available)s MB of %(total)s MB are available."),
        WARNING: _("%(available)s MB of %(total)s MB are available. On contest nights nothing else should run here."),
        BAD: _("Only %(available)s MB of %(total)s MB are available. Stop other programs, or add memory."),
    }
    return Finding("memory", level, said[level] % {"available": available >> 20, "total": total >> 20})


def clock() -> Finding:
    """Asks the kernel, which knows whether a time server sets it and how far it may be off."""
    buffer = ctypes.create_string_buffer(_SLACK)
    state = ctypes.CDLL(None, use_errno=True).adjtimex(buffer)
    microseconds = int.from_bytes(buffer.raw[24:32], "little", signed=True)
    error = timedelta(microseconds=microseconds) if state not in (-1, _NOT_SET) else None
    level = findings.of_clock(error)
    said = (
        _("The clock is set by a time server.")
        if level == OK
        else _("No time server sets this clock. Switch it on: sudo timedatectl set-ntp true")
    )
    return Finding("clock", level, said)


def files() -> Finding:
    """Of the server's process if it runs, else of this one."""
    process = serving()
    limit = _limit_of(process) if process else resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    level = findings.of_files(limit)
    said = (
        _("Up to %(limit)s files and connections may be open.")
        if level == OK
        else _("Only %(limit)s files and connections may be open. Start the service by the unit of ./dev serve.")
    )
    return Finding("files", level, said % {"limit": limit})


def _limit_of(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/limits").read_text(encoding="ascii").splitlines()
    except OSError:
        return resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    words = next(line for line in lines if line.startswith("Max open files")).split()
    return int(words[3]) if words[3].isdigit() else 1 << 20


def secret_key() -> Finding:
    path = Path(settings.SECRET_KEY_PLACE)
    if not path.exists():
        return Finding("key", OK, _("The secret key comes from the environment."))
    open_to_others = bool(os.stat(path).st_mode & 0o077)
    if open_to_others:
        said = _("Others may read %(path)s: chmod 600 %(path)s")
        return Finding("key", BAD, said % {"path": path})
    return Finding("key", OK, _("Keep a copy of %(path)s in another place.") % {"path": path})
