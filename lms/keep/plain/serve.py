"""./dev serve: one process in production form behind Caddy; settled before, started again by systemd."""

from __future__ import annotations

import argparse
import fcntl
import getpass
import hashlib
import os
import subprocess
import sys
from pathlib import Path

from lms.keep.engine import units
from lms.keep.plain import site

STAMP = "settled"
PYTHON = site.ROOT / ".venv" / "bin" / "python"
_FIRST = "Chưa biết tên miền của trang. Lần đầu: ./dev serve --domain hoc.example.vn (sau đó chỉ cần ./dev serve)"
_INSTALL = """\
Đã viết {service} và {caddy}. Cài đặt (một lần):

  sudo cp {service} /etc/systemd/system/benhoc.service
  sudo cp {caddy} /etc/caddy/Caddyfile
  sudo systemctl daemon-reload
  sudo systemctl enable --now benhoc
  sudo systemctl restart caddy

Từ đó máy chủ tự chạy lại sau mỗi lần khởi động hay mất điện.
Cất bản sao của {key} ở một nơi khác: sao lưu không có nó."""


def serve(argv: list[str]) -> int:
    options = _parser().parse_args(argv)
    if options.domain:
        site.set_up(options.domain, options.port)
    if not site.is_set_up():
        print(_FIRST, file=sys.stderr)
        return 2
    site.ensure_key()
    if options.write_units:
        return _write_units(options.write_units, options.user)
    held = _only_one()
    if held is None:
        print("Bến Học đang chạy rồi.", file=sys.stderr)
        return 1
    if code := settle():
        return code
    env = site.environment()
    command = server_command(env["PORT"])
    os.chdir(site.ROOT)
    os.execve(command[0], command, env)
    return 0


def server_command(port: str) -> list[str]:
    """The server for one process on this machine, reached through Caddy only."""
    command = [str(PYTHON), "-m", "uvicorn", "lms.asgi:application", "--host", "127.0.0.1", "--port", port]
    command += ["--ws", "quizzes.live.wire:Protocol", "--ws-max-size", "65536", "--no-access-log"]
    command += ["--proxy-headers", "--forwarded-allow-ips", "127.0.0.1", "--timeout-graceful-shutdown", "20"]
    return [*command, "--log-level", "warning"]


def settle() -> int:
    """Database, static files and checks of this version; at once if this was done since the last change."""
    stamp, env = site.var() / STAMP, site.environment()
    if is_settled(env):
        return 0
    stamp.unlink(missing_ok=True)
    for said, arguments in {
        "Chuẩn bị cơ sở dữ liệu …": ["migrate", "--verbosity", "0"],
        "Gom các tệp tĩnh …": ["collectstatic", "--noinput", "--clear", "--verbosity", "0"],
        "Kiểm tra cấu hình …": ["check", "--deploy", "--fail-level", "ERROR"],
    }.items():
        print(said, flush=True)
        if code := subprocess.run([str(PYTHON), "manage.py", *arguments], cwd=site.ROOT, env=env).returncode:
            return code
    stamp.write_text(state_of(env))
    return 0


def is_settled(env: dict[str, str]) -> bool:
    stamp = site.var() / STAMP
    return stamp.exists() and stamp.read_text() == state_of(env)


def warm() -> None:
    """Compile now: the service may not write beside the code, and would compile at every start."""
    places = [str(site.ROOT / ".venv" / "lib"), *(str(site.ROOT / name) for name in ("lms", "quizzes", "cms"))]
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", "-j", "0", *places], stdout=subprocess.DEVNULL)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "./dev serve", description="Chạy Bến Học cho người dùng thật trên một máy chủ nhỏ, sau Caddy (TLS)."
    )
    parser.add_argument("--domain", help="tên miền của trang; ghi nhớ cho các lần sau")
    parser.add_argument("--port", type=int, help="cổng nội bộ mà Caddy chuyển tới (8000)")
    parser.add_argument("--write-units", type=Path, metavar="DIR", help="viết dịch vụ systemd và Caddyfile vào DIR")
    parser.add_argument("--user", default=getpass.getuser(), help="người dùng hệ thống chạy dịch vụ")
    return parser


def state_of(env: dict[str, str]) -> str:
    """Changes with everything that settling depends on."""
    whole = hashlib.sha256(f"{env.get('DATABASE_URL')} {site.var()}".encode())
    sources = [site.ROOT / "requirements.lock", *site.ROOT.glob("*/migrations/*.py")]
    sources += [*site.ROOT.glob("lms/*/migrations/*.py"), *(site.ROOT / "static").rglob("*")]
    for path in sorted(path for path in sources if path.is_file()):
        whole.update(str(path).encode() + path.read_bytes())
    return whole.hexdigest()


def _write_units(directory: Path, user: str) -> int:
    env = site.environment()
    directory.mkdir(parents=True, exist_ok=True)
    service, caddy = directory / "benhoc.service", directory / "Caddyfile"
    warm()
    root, var = str(site.ROOT), str(site.var().resolve())
    service.write_text(units.service(root=root, var=var, user=user, database=env.get("DATABASE_URL", "")))
    caddy.write_text(units.caddyfile(domain=env["ALLOWED_HOSTS"].split(",")[0], port=env["PORT"]))
    print(_INSTALL.format(service=service, caddy=caddy, key=site.var() / "secret-key"))
    return 0


def _only_one() -> int | None:
    """A lock that lives exactly as long as the server's process, however that ends: nothing is ever stale."""
    handle = os.open(site.var() / "serving", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    os.truncate(handle, 0)
    os.write(handle, f"{os.getpid()}\n".encode())
    os.set_inheritable(handle, True)  # the server takes this process over, and the lock with it
    return handle


def wait_for_upgrade() -> None:
    """An upgrade under way ends the server and changes code and packages: whoever starts it again waits here."""
    path = site.var() / "upgrading"
    if path.exists():
        with path.open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH)
