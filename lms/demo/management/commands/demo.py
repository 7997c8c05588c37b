"""`./dev manage demo`: fill an empty database, or let simulated entrants move the boards of a running one."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from lms.demo.actions.load import AS_OF, AlreadyLoaded, load
from lms.demo.data.accounts import ACCOUNTS
from lms.demo.live import simulate
from lms.people.models import Unit


class Command(BaseCommand):
    help = "Load the demo into an empty database, or with --live ADDRESS simulate entrants of the running demo."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--members", type=int, default=3000, help="made-up members (3000)")
        parser.add_argument("--live", metavar="ADDRESS", help="the running demo, such as http://127.0.0.1:8000")

    def handle(self, *args: Any, members: int, live: str | None, **options: Any) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError("The demo's passwords are known to everybody: it is never loaded in production.")
        if live:
            simulate(live)
            return
        try:
            load(members=members, now=timezone.localtime(), tell=self._tell)
        except AlreadyLoaded:
            self._tell("this database holds people already: nothing was loaded")
        self.stdout.write(_notes())

    def _tell(self, what: str) -> None:
        self.stderr.write(f"  {what} …")


def _notes() -> str:
    """What `./dev demo` prints below the address."""
    rows = ["Tài khoản thử (dữ liệu bịa, chỉ dùng trên máy này):"]
    rows += [
        f"  {account.username:<10} {account.secret:<17} {ROLES.get(account.function, 'đoàn viên')}"
        for account in ACCOUNTS
        if account.username
    ]
    waiting = next(account for account in ACCOUNTS if not account.activated)
    code = Unit.objects.values_list("entry_code", flat=True).get(code=waiting.unit)
    rows += [
        f"  Chưa kích hoạt: /join/?u={code} với số {waiting.phone}, năm sinh {waiting.birth_year}",
        "Nên thử:",
        "  1. Đăng nhập doanvien: học tiếp bài thứ ba, rồi vào cuộc thi đang mở.",
        "  2. Mở cuộc thi ở máy thứ hai và xem bảng xếp hạng đổi chỗ; thêm --live để có người thi giả lập.",
        f"  3. Đăng nhập quantri: /coverage/?as_of={AS_OF.isoformat()} và mở từ tỉnh xuống tới danh sách tên.",
        "  4. Đăng nhập giangvien: /cms/ để soạn bài, bientap để duyệt.",
    ]
    return "\n".join(rows)


ROLES = {
    "province_admin": "quản trị tỉnh",
    "unit_officer": "cán bộ LĐLĐ huyện Ba Tri",
    "trainer": "giảng viên",
    "editor": "biên tập viên",
    "organiser": "ban tổ chức cuộc thi",
}
