"""./dev backup: database and media into one proved file, while everything runs."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lms.keep.actions.backup import make_backup, prune
from lms.keep.actions.sentences import Refused
from lms.keep.engine.nights import KINDS


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Sao lưu cơ sở dữ liệu và tệp đã tải lên vào một tệp, trong khi máy chủ vẫn chạy; đọc lại để kiểm tra."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, help="thư mục chứa bản sao lưu")
        parser.add_argument(
            "--kind", choices=KINDS, default="manual", help="ai yêu cầu; bản tự động được dọn sau 14 ngày"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with translation.override(settings.LANGUAGE_CODE):
            now = timezone.now()
            try:
                made = make_backup(options["to"], options["kind"], now=now)
            except Refused as refusal:
                raise CommandError(str(refusal)) from refusal
            gone = prune(options["to"], now=now)
            self._tell(made.path, made.manifest.rows, made.manifest.media, len(gone))

    def _tell(self, path: Path, rows: int, media: int, gone: int) -> None:
        said = _("Backed up and read again: %(path)s (%(rows)s rows, %(media)s files, %(size)s MB).")
        size = f"{path.stat().st_size / 1e6:.1f}"
        self.stdout.write(said % {"path": path, "rows": rows, "media": media, "size": size})
        if gone:
            self.stdout.write(_("%(count)s old backups were deleted.") % {"count": gone})
        self.stdout.write(
            _("The secret key is not in it. Keep a copy of %(path)s in another place.")
            % {"path": settings.SECRET_KEY_PLACE}
        )
