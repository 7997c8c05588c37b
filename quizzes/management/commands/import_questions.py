"""./dev manage import_questions FILE: take a file of questions into the bank, all of them or none."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from quizzes.actions.bank import import_entries
from quizzes.engine.bank_file import BankFileError, read
from quizzes.forms.sentences import file_sentences

MOST_SHOWN = 20


class Command(BaseCommand):
    help = "Imports questions from a JSON file into the question bank; running it again updates instead of doubling."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            raw = file.read_bytes()
        except OSError:
            raise CommandError(_("The file %(file)s can't be read; please check its name.") % {"file": file}) from None
        try:
            entries = read(raw)
        except BankFileError as error:
            raise CommandError("\n".join(self._told(error))) from None
        done = import_entries(entries, actor=None, now=timezone.now())
        self.stdout.write(
            _("Questions: %(created)s new, %(changed)s with a new version, %(unchanged)s unchanged.")
            % {"created": done.created, "changed": done.changed, "unchanged": done.unchanged}
        )
        self.stdout.write(
            _("Approved: %(approved)s. Drafts that wait for a lawyer: %(drafts)s.")
            % {"approved": done.approved, "drafts": done.drafts}
        )

    def _told(self, error: BankFileError) -> list[str]:
        lines = file_sentences(error.problems[:MOST_SHOWN])
        if len(error.problems) > MOST_SHOWN:
            lines.append(_("… and %(more)s more.") % {"more": len(error.problems) - MOST_SHOWN})
        return [_("Nothing was imported. Please mend the file and run the command again:"), *lines]
