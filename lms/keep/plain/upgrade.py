"""./dev upgrade: backup, new code, new requirements, new database, checks; whatever fails leads back."""

from __future__ import annotations

import argparse
import fcntl
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from lms.keep.plain import site

DEV = [sys.executable, str(site.ROOT / "dev")]
PATIENCE = 60.0  # seconds for the server to end


class Failed(Exception):
    """A step didn't succeed; its own words are on the screen already."""


def upgrade(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(
        "./dev upgrade",
        description="Nâng cấp: sao lưu, lấy phiên bản mới, cài thư viện, cập nhật cơ sở dữ liệu, kiểm tra, chạy lại. "
        "Bước nào hỏng thì mọi thứ trở về như trước.",
    )
    parser.add_argument("revision", nargs="?", help="phiên bản (thẻ hoặc nhánh git); mặc định: bản mới nhất của nhánh")
    parser.add_argument("--settle", action="store_true", help=argparse.SUPPRESS)  # the new version's own part
    options = parser.parse_args(argv)
    return _settle() if options.settle else _upgrade(options.revision)


def _upgrade(revision: str | None) -> int:
    if not site.is_set_up():
        return _say("Máy chủ này chưa được thiết lập: ./dev serve --domain … trước đã.", code=2)
    if _git("status", "--porcelain", "--untracked-files=no"):
        return _say("Có tệp mã nguồn bị sửa tay (git status). Hãy cất hoặc bỏ các sửa đổi đó rồi nâng cấp.", code=2)
    before, branch = _git("rev-parse", "HEAD"), _git("symbolic-ref", "--short", "--quiet", "HEAD")
    if not (revision or branch):
        return _say("Mã nguồn không ở trên nhánh nào: hãy nói rõ phiên bản, ./dev upgrade v…", code=2)
    if subprocess.run([*DEV, "backup", "--kind", "upgrade"]).returncode:
        return _say("Không sao lưu được nên không nâng cấp. Chưa có gì thay đổi.", code=1)
    backup = _newest_backup()
    with (site.var() / "upgrading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # systemd starts the server again, and it waits here
        _end_server()
        try:
            _fetch(revision)
            _run([*DEV, "upgrade", "--settle"])
        except (Failed, KeyboardInterrupt):
            return _back_to(before, branch or before, backup)
    _say(f"Đã nâng cấp: {before[:10]} → {_git('rev-parse', 'HEAD')[:10]}. Máy chủ tự chạy lại trong vài giây.")
    return _say(f"Bản sao lưu trước nâng cấp: {backup}. Kiểm tra: ./dev doctor")


def _settle() -> int:
    """In the new version's own words: its requirements are installed by `dev manage` on the way."""
    if code := subprocess.run([*DEV, "manage", "check"]).returncode:
        return code
    from lms.keep.plain.serve import is_settled, settle, warm  # noqa: PLC0415  # of the new version

    if not is_settled(site.environment()):
        warm()
    return settle()


def _back_to(before: str, branch: str, backup: Path) -> int:
    _say("Nâng cấp không thành. Đang trở về phiên bản và dữ liệu trước đó …")
    steps: dict[str, Callable[[], None]] = {
        f"git checkout {branch}": lambda: _run(["git", "checkout", "--quiet", branch]),
        f"git reset --hard {before}": lambda: _run(["git", "reset", "--quiet", "--hard", before]),
        f"./dev restore {backup}": lambda: _run([*DEV, "restore", "--without-recount", str(backup)]),
        "./dev upgrade --settle": lambda: _run([*DEV, "upgrade", "--settle"]),
    }
    for command, step in steps.items():
        try:
            step()
        except Failed:
            return _say(f"Chưa trở về được. Hãy chạy tay: {command}. Bản sao lưu: {backup}", code=3)
    return _say("Đã trở về như trước khi nâng cấp. Máy chủ tự chạy lại trong vài giây.", code=1)


def _fetch(revision: str | None) -> None:
    if revision:
        subprocess.run(["git", "fetch", "--quiet", "--tags"], cwd=site.ROOT)  # a revision may be here already
        _run(["git", "checkout", "--quiet", revision])
    else:
        _run(["git", "pull", "--quiet", "--ff-only"])


def _end_server() -> None:
    """Ask it to end, as systemd would; it comes back by itself and waits until we are done."""
    server = serving()
    if server is None:
        return
    os.kill(server, signal.SIGTERM)
    end = time.monotonic() + PATIENCE
    while serving() == server and time.monotonic() < end:
        time.sleep(0.2)


def serving() -> int | None:
    """The process that serves now, None if there is none: the lock tells, not the number in the file."""
    path = site.var() / "serving"
    if not path.exists():
        return None
    with path.open() as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(file.read().strip() or 0) or None
    return None


def _newest_backup() -> Path:
    directory = Path(site.environment().get("BACKUP_DIR", site.var() / "backups"))
    return max(directory.glob("benhoc-*-upgrade.tar.gz"), key=lambda path: path.name)


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=site.ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def _run(command: list[str]) -> None:
    if subprocess.run(command, cwd=site.ROOT).returncode:
        raise Failed


def _say(sentence: str, code: int = 0) -> int:
    print(sentence, file=sys.stderr if code else sys.stdout, flush=True)
    return code
