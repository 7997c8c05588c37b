"""The settings of this server, in one file in var/, so that every command of `dev` and the service read the same."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
FILE = "benhoc.env"
_HEAD = """\
# Cấu hình của máy chủ này: mỗi dòng một biến, TÊN=giá trị. Sửa xong thì khởi động lại: sudo systemctl restart benhoc
# Các biến khác: docs/operations.md. Ví dụ: DATABASE_URL=postgres://benhoc@/benhoc
"""


def var() -> Path:
    return Path(os.environ.get("BENHOC_VAR", ROOT / "var"))


def is_set_up() -> bool:
    """Whether this is a server for real people: then the demo keeps its hands off."""
    return (var() / FILE).exists()


def settings() -> dict[str, str]:
    """What the file says; nothing where there is none."""
    if not is_set_up():
        return {}
    lines = (var() / FILE).read_text(encoding="utf-8").splitlines()
    pairs = (line.partition("=") for line in lines if "=" in line and not line.lstrip().startswith("#"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def environment() -> dict[str, str]:
    """For every command on this server: what the shell says goes before the file, the file before our defaults."""
    if not is_set_up():
        return dict(os.environ)
    ours = {
        "DJANGO_SETTINGS_MODULE": "lms.settings.production",
        "SECRET_KEY_FILE": str(var() / "secret-key"),
        "TRUSTED_PROXIES": "1",
        "EMBEDDED_THREADS": "1",
        "PORT": "8000",
    }
    return ours | settings() | dict(os.environ)


def set_up(domain: str, port: int | None) -> None:
    """Write or renew the file for `domain`; lines that a person added stay."""
    var().mkdir(parents=True, exist_ok=True)
    known = settings() | {"ALLOWED_HOSTS": domain, "SITE_URL": f"https://{domain}"}
    if port:
        known["PORT"] = str(port)
    write_private(var() / FILE, _HEAD + "".join(f"{name}={value}\n" for name, value in known.items()))
    ensure_key()


def ensure_key() -> None:
    """A secret key of this server's own, readable by nobody else. One that is there stays for ever."""
    path = var() / "secret-key"
    if path.exists():
        path.chmod(0o600)
    else:
        write_private(path, secrets.token_urlsafe(48))


def write_private(path: Path, text: str) -> None:
    """The whole file or none, and never readable by others, not for a moment."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
