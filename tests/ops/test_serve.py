"""`./dev serve` as systemd would call it: settled, alone, and back after the power was cut."""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from lms.keep.actions import snapshot
from lms.keep.engine import units
from lms.keep.plain import site
from lms.keep.plain.probe import answers
from lms.keep.plain.upgrade import serving
from lms.people.models import Member
from tests.factories import make_member
from tests.house.source import ROOT
from tests.server import free_port

NAME = "hoc.example.vn"
PATIENCE = 240


@contextmanager
def served(env: dict[str, str], *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [sys.executable, "dev", "serve", *arguments], cwd=ROOT, env=env, text=True, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def wait_until_it_answers(process: "subprocess.Popen[str]", port: int) -> None:
    end = time.monotonic() + PATIENCE
    while not answers("127.0.0.1", port, NAME):
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < end, "the server does not answer"
        time.sleep(0.1)


@pytest.mark.only_sqlite  # whose file has to bear the cut; PostgreSQL has its own in tests/survival
@pytest.mark.timeout(600)
def test_after_a_power_cut_the_same_command_serves_again(
    place: Path, elsewhere: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings for production, a key of its own, one server at a time; killed while somebody writes, it comes back."""
    port = free_port()
    plain = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    env = plain | {"BENHOC_VAR": str(place), "BACKUP_NIGHTLY": "0", "DATABASE_URL": elsewhere["DATABASE_URL"]}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    monkeypatch.setenv("BENHOC_VAR", str(place))

    with served(env, "--domain", NAME, "--port", str(port)) as first:
        wait_until_it_answers(first, port)
        assert serving() == first.pid
        second = subprocess.run([sys.executable, "dev", "serve"], cwd=ROOT, env=env, capture_output=True, text=True)
        assert second.returncode == 1
        assert second.stderr == "Bến Học đang chạy rồi.\n"
        written = [make_member(f"Người {number}").pk for number in range(50)]
        os.killpg(first.pid, signal.SIGKILL)
    assert serving() is None

    with served(env) as again:
        wait_until_it_answers(again, port)
        assert Member.objects.filter(pk__in=written).count() == 50
    connection.close()
    copy = place / "copy"
    assert snapshot.take(copy)["people_member"] >= 50  # reads it whole: integrity_check on SQLite
    assert (place / "secret-key").stat().st_mode & 0o777 == 0o600
    assert (place / "benhoc.env").stat().st_mode & 0o777 == 0o600


def test_a_server_that_starts_during_an_upgrade_waits_for_its_end(tmp_path: Path) -> None:
    (tmp_path / "upgrading").touch()
    env = os.environ | {"BENHOC_VAR": str(tmp_path)}
    with (tmp_path / "upgrading").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = subprocess.Popen([sys.executable, "dev", "serve"], cwd=ROOT, env=env, stderr=subprocess.PIPE)
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=2)
    assert process.wait(timeout=60) == 2  # went on, to find that no domain is set here
    assert process.stderr is not None
    process.stderr.close()


def test_without_a_domain_it_says_what_is_missing(tmp_path: Path) -> None:
    env = os.environ | {"BENHOC_VAR": str(tmp_path)}
    done = subprocess.run([sys.executable, "dev", "serve"], cwd=ROOT, env=env, capture_output=True, text=True)

    assert done.returncode == 2
    assert "--domain" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_demo_keeps_its_hands_off_a_real_server(tmp_path: Path) -> None:
    (tmp_path / site.FILE).write_text("ALLOWED_HOSTS=hoc.example.vn\n")
    env = os.environ | {"BENHOC_VAR": str(tmp_path)}
    done = subprocess.run([sys.executable, "dev", "demo", "--fresh"], cwd=ROOT, env=env, capture_output=True, text=True)

    assert done.returncode == 1
    assert "real people" in done.stderr


def test_settings_stay_when_the_domain_changes_and_the_shell_goes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BENHOC_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    site.set_up("a.example.vn", 8123)
    with (tmp_path / site.FILE).open("a") as file:
        file.write("DATABASE_URL=postgres://benhoc@/benhoc\n# FEDERATION_NAME=x\n")
    site.set_up("b.example.vn", None)

    env = site.environment()
    assert (env["ALLOWED_HOSTS"], env["SITE_URL"], env["PORT"]) == ("b.example.vn", "https://b.example.vn", "8123")
    assert env["DATABASE_URL"] == "postgres://benhoc@/benhoc"
    assert "# FEDERATION_NAME" not in env
    monkeypatch.setenv("PORT", "9000")
    assert site.environment()["PORT"] == "9000"


def test_a_secret_key_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENHOC_VAR", str(tmp_path))
    site.ensure_key()
    key = (tmp_path / "secret-key").read_text()
    site.ensure_key()

    assert len(key) >= 50
    assert (tmp_path / "secret-key").read_text() == key


def test_the_unit_starts_again_for_ever_and_may_do_little(tmp_path: Path) -> None:
    text = units.service(root="/opt/benhoc", var="/opt/benhoc/var", user="benhoc", database="postgres://x")
    lines = text.splitlines()

    for wanted in (
        "Restart=always", "StartLimitIntervalSec=0", "NoNewPrivileges=true", "ProtectSystem=strict", "User=benhoc",
        "ReadWritePaths=/opt/benhoc/var", "LimitNOFILE=65536", "WantedBy=multi-user.target", "ProtectHome=true",
    ):  # fmt: skip
        assert wanted in lines
    assert "postgresql.service" in next(line for line in lines if line.startswith("After="))
    assert "ProtectHome=read-only" in units.service(root="/home/a/b", var="/home/a/b/var", user="a", database="")


def test_systemd_and_caddy_understand_what_is_written(tmp_path: Path) -> None:
    """Judged by the programs themselves where the machine has them; a unit is at least sections with keys."""
    service, caddy = tmp_path / "benhoc.service", tmp_path / "Caddyfile"
    service.write_text(units.service(root=str(ROOT), var=str(tmp_path), user="root", database=""))
    caddy.write_text(units.caddyfile(domain=NAME, port="8000"))
    if shutil.which("systemd-analyze"):
        done = subprocess.run(["systemd-analyze", "verify", str(service)], capture_output=True, text=True)
        assert "benhoc.service" not in done.stderr
    if shutil.which("caddy"):
        for file in (caddy, ROOT / "docs" / "operations" / "Caddyfile"):
            command = ["caddy", "validate", "--adapter", "caddyfile", "--config", str(file)]
            env = os.environ | {"HOME": str(tmp_path), "DOMAIN": NAME}
            done = subprocess.run(command, env=env, capture_output=True, text=True)
            assert done.returncode == 0, done.stderr

    sections = [line for line in service.read_text().splitlines() if line.startswith("[")]
    assert sections == ["[Unit]", "[Service]", "[Install]"]
    assert caddy.read_text().startswith(f"{NAME} {{\n")
