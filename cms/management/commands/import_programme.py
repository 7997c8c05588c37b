"""`./dev manage import_programme FILE`: an official document (.txt, .docx) becomes a draft course."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.actions.site import ensure_site
from cms.importer.actions.programme import import_programme, lines_of
from cms.importer.engine import slips
from cms.importer.engine.document import Document
from cms.importer.engine.report import Report
from cms.importer.forms import DOUBTS
from cms.importer.reading import read_document
from lms.imports.documents import unread_parts
from lms.imports.engine.encodings import UnreadableError
from lms.imports.forms import UNREADABLE, unread_sentence


class Command(BaseCommand):
    help = "Read an official document into a draft course; again on the same document: renew it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--tag", action="append", default=[], help="subject code of the course, such as CDS")
        parser.add_argument("--mend", action="store_true", help="correct every listed slip; the original is kept")
        parser.add_argument("--preview", action="store_true", help="write nothing; print what would be read")

    def handle(self, *args: Any, file: Path, tag: list[str], mend: bool, preview: bool, **options: Any) -> None:
        document = self._read(file)
        found = slips.find(lines_of(document))
        if not preview:
            ensure_site()
            chosen = [slip.key for slip in found] if mend else []
            report = import_programme(document, by=None, now=timezone.now(), mended=chosen, tags=tag)
            self._tell(report)
        for kind, count in unread_parts(file.read_bytes(), file.name).items():
            self.stdout.write(f"  {unread_sentence(kind, count)}")
        for doubt in document.doubts:
            self.stdout.write(f"  {_('line')} {doubt.line.number}: {doubt.line.text[:70]} – {DOUBTS[doubt.reason]}")
        line, perhaps = _("line"), _("perhaps a slip")
        for slip in found:
            self.stdout.write(f"  {line} {slip.line}: {perhaps} “{slip.found}” → “{slip.better}”")

    def _read(self, file: Path) -> Document:
        try:
            return read_document(file.read_bytes(), file.name)
        except OSError as error:
            raise CommandError(_("The file %(name)s can’t be opened.") % {"name": file.name}) from error
        except UnreadableError as error:
            raise CommandError(f"{file.name}: {UNREADABLE[error.reason]}") from error

    def _tell(self, report: Report) -> None:
        sentence = _("%(lessons)d lessons: %(added)d passages new, %(renewed)d renewed, %(same)d unchanged.")
        self.stdout.write(sentence % report.counts())
        for kept in report.kept:
            self.stdout.write(_("Kept, because somebody has edited it: “%(lesson)s”") % {"lesson": kept.lesson})
        for title in report.left_over:
            self.stdout.write(_("No longer in the document, kept: “%(lesson)s”") % {"lesson": title})
