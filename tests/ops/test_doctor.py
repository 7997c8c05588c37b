"""What the doctor sees: real files, a real certificate, rows in the real queue."""

import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from lms.keep.engine import findings
from lms.keep.engine.findings import BAD, OK, WARNING
from lms.keep.engine.nights import name_of
from lms.keep.queries import machine, service
from lms.web import later

GB, MB = 1 << 30, 1 << 20
NAMES = [
    "server", "database", "redis", "queue", "backup", "versions", "certificate", "disk", "memory",
    "clock", "files", "key",
]  # fmt: skip


@pytest.mark.parametrize(("free", "level"), [(50 * GB, OK), (9 * GB, WARNING), (1 * GB, BAD), (400 * MB, BAD)])
def test_space_is_judged_by_share_and_by_size(free: int, level: str) -> None:
    assert findings.of_space(free, 100 * GB) == level


@pytest.mark.parametrize(("hours", "level"), [(5, OK), (27, OK), (30, WARNING), (51, BAD), (None, BAD)])
def test_a_backup_older_than_a_night_is_seen(hours: int | None, level: str) -> None:
    assert findings.of_backup(None if hours is None else timedelta(hours=hours)) == level


@pytest.mark.parametrize(
    ("waiting", "minutes", "failed", "level"),
    [(0, 0, 0, OK), (3, 1, 0, OK), (3, 5, 0, WARNING), (0, 0, 2, WARNING), (1, 30, 0, BAD)],
)
def test_a_queue_that_stands_still_is_bad(waiting: int, minutes: int, failed: int, level: str) -> None:
    assert findings.of_queue(waiting, timedelta(minutes=minutes), failed) == level


def test_the_doctor_says_a_line_about_everything(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", "--json")
    lines = {line["name"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())}

    assert list(lines) == NAMES
    assert (lines["server"]["level"], lines["backup"]["level"]) == (BAD, BAD)  # nothing runs here, nothing is backed up
    assert (lines["database"]["level"], lines["versions"]["level"]) == (OK, OK)
    assert all(line["sentence"] for line in lines.values())
    assert ended.value.code == 1


def test_the_newest_backup_counts(place: Path) -> None:
    directory = place / "backups"
    directory.mkdir()
    now = timezone.now()
    for hours in (3, 40):
        (directory / name_of(timezone.localtime(now - timedelta(hours=hours)), "nightly")).touch()
    (directory / "notes.txt").touch()

    assert service.backup(now).level == OK
    assert service.backup(now + timedelta(hours=26)).level == WARNING


def test_tasks_that_nobody_takes_are_seen(place: Path) -> None:
    now = timezone.now()
    DBTaskResult.objects.all().delete()
    assert service.queue(now).level == OK
    later.run.enqueue("ops.unknown", {})
    assert service.queue(now).level == OK

    assert service.queue(now + timedelta(minutes=30)).level == BAD
    assert DBTaskResult.objects.count() == 1  # looking changes nothing


def test_a_key_that_others_may_read_is_bad(tmp_path: Path, settings: Settings) -> None:
    key = tmp_path / "secret-key"
    settings.SECRET_KEY_PLACE = str(key)
    key.write_text("x")
    key.chmod(0o644)
    assert machine.secret_key().level == BAD

    key.chmod(0o600)
    assert machine.secret_key().level == OK


def test_a_package_of_another_version_is_named(place: Path, settings: Settings) -> None:
    settings.BASE_DIR = place
    (place / "requirements.txt").write_text("django==1.0  # old\npillow==0.1 ; sys_platform == 'win32'\n")

    found = service.versions()

    assert found.level == WARNING
    assert "django" in found.sentence
    assert "pillow" not in found.sentence


@pytest.mark.parametrize(("days", "level"), [(60, OK), (10, WARNING), (1, BAD), (-1, BAD)])
def test_the_certificate_is_asked_for_as_a_browser_would(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch, days: int, level: str
) -> None:
    certificate = make_certificate(tmp_path, days)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with secured_port(certificate) as port:
        settings.WAGTAILADMIN_BASE_URL = f"https://localhost:{port}"
        assert service.certificate(timezone.now()).level == level


def test_a_domain_that_does_not_answer_is_bad(settings: Settings) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        settings.WAGTAILADMIN_BASE_URL = f"https://127.0.0.1:{closed.getsockname()[1]}"
        assert service.certificate(timezone.now()).level == BAD


def make_certificate(place: Path, days: int) -> Path:
    """For localhost, with its key in the same file, ending so many days from now."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90)).not_valid_after(now + timedelta(days=days, hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = place / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    return path


@contextmanager
def secured_port(certificate: Path) -> Iterator[int]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def greet() -> None:
            connection, _ = listening.accept()
            try:
                context.wrap_socket(connection, server_side=True).close()
            except OSError:
                connection.close()

        thread = threading.Thread(target=greet, daemon=True)
        thread.start()
        yield listening.getsockname()[1]
        thread.join(10)
