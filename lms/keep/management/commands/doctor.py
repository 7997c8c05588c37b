"""./dev doctor: one line for each thing that a contest night depends on, and what to do about it."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.keep.engine.findings import BAD, OK, WARNING, Finding, worst
from lms.keep.queries import machine, service

_MARKS = {OK: "✓", WARNING: "!", BAD: "✗"}


class Command(BaseCommand):
    help = "Khám máy chủ. Mỗi dòng: ✓ tốt, ! nên xem, ✗ phải sửa. Mã thoát 1 nếu có ✗."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="mỗi mục một dòng JSON, cho máy đọc")

    def handle(self, *_args: Any, **options: Any) -> str | None:
        with translation.override(settings.LANGUAGE_CODE):
            found = list(map(_asked, _questions(timezone.now()).items()))
            for one in found:
                line = json.dumps(asdict(one), ensure_ascii=False) if options["json"] else _line(one)
                self.stdout.write(line)
        if worst([one.level for one in found]) == BAD:
            raise SystemExit(1)
        return None


def _questions(now: datetime) -> dict[str, Callable[[], Finding]]:
    return {
        "server": service.server,
        "database": service.database,
        "redis": service.redis,
        "queue": lambda: service.queue(now),
        "backup": lambda: service.backup(now),
        "versions": service.versions,
        "certificate": lambda: service.certificate(now),
        "disk": machine.disk,
        "memory": machine.memory,
        "clock": machine.clock,
        "files": machine.files,
        "key": machine.secret_key,
    }


def _asked(question: tuple[str, Callable[[], Finding]]) -> Finding:
    """A question that itself fails is a finding too: the other lines are wanted all the more."""
    name, ask = question
    try:
        return ask()
    except Exception as error:
        return Finding(name, BAD, _("Could not be examined: %(said)s") % {"said": str(error).strip()})


def _line(one: Finding) -> str:
    names = {
        "server": _("Server"), "database": _("Database"), "redis": "Redis", "queue": _("Task queue"),
        "backup": _("Backup"), "versions": _("Versions"), "certificate": _("Certificate"), "disk": _("Disk"),
        "memory": _("Memory"), "clock": _("Clock"), "files": _("Open files"), "key": _("Secret key"),
    }  # fmt: skip
    return f"{_MARKS[one.level]} {names[one.name]:<20} {one.sentence}"
