"""./dev rehearse: opening night played on a copy of the own database, and what this machine bears."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.keep.actions.rehearsal import HOST, copied, cpu_seconds, served
from lms.keep.actions.sentences import Refused
from lms.keep.actions.stage import PIN, set_stage
from lms.keep.crowd.visit import Crowd, come
from lms.keep.engine import verdict


class Command(BaseCommand):
    help = (
        "Diễn tập đêm khai mạc trên một bản sao của cơ sở dữ liệu: đăng nhập, vào thi, trả lời; "
        "cho biết máy này chịu được bao nhiêu lượt vào thi mỗi phút. Dữ liệu thật không bị đụng tới."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--people", type=int, default=2500, help="số người dự thi (2500)")
        parser.add_argument("--seconds", type=float, default=60, help="họ đến trong bấy nhiêu giây (60)")
        parser.add_argument("--most", type=float, default=300, help="dừng sau bấy nhiêu giây (300)")
        parser.add_argument("--stage", action="store_true", help="chỉ chuẩn bị bản sao (lệnh tự gọi)")

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            try:
                if options["stage"]:
                    self.stdout.write(json.dumps(set_stage(options["people"], now=timezone.now())))
                else:
                    self._rehearse(options["people"], options["seconds"], options["most"])
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal

    def _rehearse(self, people: int, seconds: float, most: float) -> None:
        self.stdout.write(_("Copying the database. The real one is only read."))
        with copied() as env:
            slug, names = _stage(env, people)
            with served(env) as (port, process):
                said = _("%(people)s people come within %(seconds)s seconds …")
                self.stdout.write(said % {"people": people, "seconds": round(seconds)})
                before = cpu_seconds(process.pid)
                entrants = [(name, PIN) for name in names]
                crowd = asyncio.run(come(entrants, port=port, host=HOST, slug=slug, within=seconds, most=most))
                self._tell(crowd, people, cpu_seconds(process.pid) - before)

    def _tell(self, crowd: Crowd, people: int, cpu: float) -> None:
        found = verdict.of(crowd.begun_at, crowd.started, people=people, failures=len(crowd.failures))
        told = {
            "people": people, "in": len(crowd.signed_in), "started": len(crowd.begun_at),
            "answers": len(crowd.answered),
            "median": f"{verdict.percentile(crowd.signed_in, 50):.1f}", "slow": f"{found.slow:.1f}",
            "waited": crowd.waited, "cpu": f"{1000 * cpu / max(1, len(crowd.begun_at)):.0f}", "pace": found.per_minute,
        }  # fmt: skip
        lines = [
            _("Signed in: %(in)s of %(people)s (half of them within %(median)s s)."),
            _("Started: %(started)s of %(people)s (95 of 100 within %(slow)s s, told to wait %(waited)s times)."),
            _("Answers saved: %(answers)s. The server's processor time: %(cpu)s ms a person."),
            _("This machine bears %(pace)s starts a minute."),
        ]
        for line in lines:
            self.stdout.write(line % told)
        for reason, count in Counter(crowd.failures).most_common(5):
            self.stdout.write(f"  {count} × {reason}")
        if not found.bears:
            raise CommandError(
                _("Not everybody came in smoothly. Let unions start at different hours, or take a larger machine.")
            )


def _stage(env: dict[str, str], people: int) -> tuple[str, list[str]]:
    """In a process of its own: this one is connected with the real database."""
    command = [sys.executable, "manage.py", "rehearse", "--stage", "--people", str(people)]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=env, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise Refused(_("The copy for the rehearsal could not be made; see above."))
    slug, names = json.loads(done.stdout)
    return slug, names
