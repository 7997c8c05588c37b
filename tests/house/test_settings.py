"""Settings are strict: what can't be understood refuses to start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from lms.settings import env
from tests.house.source import ROOT


@pytest.mark.parametrize(("raw", "value"), [("1", True), ("Yes", True), ("off", False), ("", False)])
def test_a_known_boolean_is_read(monkeypatch: pytest.MonkeyPatch, raw: str, value: bool) -> None:
    monkeypatch.setenv("SWITCH", raw)

    assert env.boolean("SWITCH", default=not value) is value


@pytest.mark.parametrize("raw", ["ja", "2", "truee", "None"])
def test_an_unknown_boolean_is_refused(monkeypatch: pytest.MonkeyPatch, raw: str) -> None:
    monkeypatch.setenv("SWITCH", raw)

    with pytest.raises(ImproperlyConfigured, match=f"SWITCH must be one of .* got '{raw}'"):
        env.boolean("SWITCH", default=False)


def test_a_number_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_THREADS", "eight")

    with pytest.raises(ImproperlyConfigured, match="PAGE_THREADS must be a whole number; got 'eight'"):
        env.integer("PAGE_THREADS", default=8)


def test_a_secret_may_come_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "key").write_text("of-the-file\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("SECRET_KEY", "of-the-environment")

    assert env.secret("SECRET_KEY") == "of-the-file"


@pytest.mark.parametrize(
    ("settings", "environment", "sentence"),
    [
        ("development", {"DEBUG": "perhaps"}, "DEBUG must be one of"),
        ("development", {"EMBEDDED_THREADS": "2"}, "EMBEDDED_THREADS must be one of"),
        ("development", {"DATABASE_URL": "mysql://localhost/benhoc"}, "DATABASE_URL must be a sqlite: or a postgres:"),
        ("development", {"EMAIL_URL": "pigeon://mail.example"}, "Invalid email schema pigeon"),
        ("production", {}, "Set SECRET_KEY or SECRET_KEY_FILE."),
        ("production", {"SECRET_KEY": "x" * 50}, "Set ALLOWED_HOSTS"),
    ],
)
def test_a_start_with_what_cannot_be_understood_ends_in_a_sentence(
    settings: str, environment: dict[str, str], sentence: str
) -> None:
    plain = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    command = [sys.executable, "manage.py", "check"]
    env = plain | environment | {"DJANGO_SETTINGS_MODULE": f"lms.settings.{settings}"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True)

    assert done.returncode == 1
    assert sentence in done.stderr


def test_the_run_is_on_the_database_that_was_asked_for() -> None:
    assert connection.vendor == os.environ.get("EXPECTED_VENDOR", connection.vendor)
    assert bool(os.environ.get("REDIS_URL")) == (connection.vendor == "postgresql")
