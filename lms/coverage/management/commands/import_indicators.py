"""./dev manage import_indicators FILE: an indicator file into sets and indicators, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.coverage.actions.indicators import IndicatorFileError, import_indicators


class Command(BaseCommand):
    help = "Import indicators from a CSV file. Run again to update."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override("vi"):
            self._import(options["file"])

    def _import(self, path: Path) -> None:
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(_("%(path)s can't be read: %(error)s") % {"path": path, "error": error}) from None
        try:
            done = import_indicators(content, actor=None, now=timezone.now())
        except IndicatorFileError as error:
            head = _("Nothing was imported. Mend %(path)s and run the command again:") % {"path": path}
            raise CommandError("\n".join([head, *error.sentences])) from None
        self.stdout.write(
            _("Indicators: %(made)s new, %(changed)s changed, %(same)s as before.")
            % {"made": done.made, "changed": done.changed, "same": done.same}
        )
        if done.not_in_file:
            codes = ", ".join(done.not_in_file)
            self.stdout.write(_("Not in the file and kept as they are: %(codes)s.") % {"codes": codes})
