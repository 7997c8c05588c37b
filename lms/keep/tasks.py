"""By the clock: tonight's backup, and a mark that the clock goes."""

import logging
import os
import shutil
import subprocess
import sys
from datetime import datetime

from django.conf import settings
from django.utils.timezone import localtime

from lms.keep.engine.nights import is_due
from lms.web.later import every

log = logging.getLogger(__name__)
_under_way: list["subprocess.Popen[bytes]"] = []


@every("keep.nightly", seconds=300)
def nightly(now: datetime) -> None:
    """In a process of its own, behind everybody else: neither the clock nor an answer waits for a backup."""
    for process in [process for process in _under_way if process.poll() is not None]:
        _under_way.remove(process)
        if process.returncode:
            log.error("the nightly backup failed: see the lines before; ./dev doctor says what to do")
    if settings.BACKUP_NIGHTLY and not _under_way and is_due(_names(), localtime(now)):
        command = [*_behind(), sys.executable, "manage.py", "backup", "--kind", "nightly"]
        _under_way.append(subprocess.Popen(command, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL))


@every("keep.pulse", seconds=15)
def pulse(_now: datetime) -> None:
    """For who looks from outside (lms.keep.plain.probe): no database is needed to see that the clock goes."""
    mark = settings.VAR_DIR / "pulse"
    mark.touch()
    os.utime(mark)


def _names() -> list[str]:
    directory = settings.BACKUP_DIR
    return [path.name for path in directory.iterdir()] if directory.is_dir() else []


def _behind() -> list[str]:
    """With what the system has for it: the last in the queue for processor and disk."""
    quiet = {"nice": ["nice", "-n", "15"], "ionice": ["ionice", "-c", "3"]}
    return [word for program, words in quiet.items() if shutil.which(program) for word in words]
