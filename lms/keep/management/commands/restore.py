"""./dev restore FILE: the state of a backup in the place of the present one, which is kept aside."""

import io
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.keep.actions.restore import Restored, restore
from lms.keep.actions.sentences import Refused


class Command(BaseCommand):
    help = "Phục hồi một bản sao lưu: dựng bên cạnh, kiểm tra, rồi mới thay; dữ liệu trước đó được giữ lại."
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="bản sao lưu benhoc-….tar.gz")
        parser.add_argument("--without-recount", action="store_true", help="không đếm lại các số liệu sau khi phục hồi")

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            try:
                done = restore(options["file"], now=timezone.now(), tell=self.stdout.write)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
            self._tell(done)
            if not options["without_recount"]:
                self._recount()

    def _tell(self, done: Restored) -> None:
        for table, rows in sorted(done.manifest.counts.items()):
            if rows:
                self.stdout.write(f"{rows:>10}  {table}")
        said = _("Restored: %(rows)s rows in %(tables)s tables and %(media)s files, all as in the backup of %(when)s.")
        told = {"rows": done.manifest.rows, "tables": len(done.manifest.counts), "media": done.manifest.media}
        self.stdout.write(said % (told | {"when": done.manifest.made_at}))
        self.stdout.write(
            _("What was here before is kept: %(kept)s. Delete it when all is well.") % {"kept": done.kept}
        )
        for sentence in done.warnings:
            self.stdout.write(_("Attention: %(sentence)s") % {"sentence": sentence})

    def _recount(self) -> None:
        """Differences were in the backup already: the restored state stays, but it is said."""
        told = io.StringIO()
        try:
            call_command("recount", stdout=told)
        except CommandError as error:
            raise CommandError(_("The backup is in place, but: %(said)s") % {"said": error}, returncode=3) from error
        self.stdout.write(told.getvalue().strip())
