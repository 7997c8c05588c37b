"""`./dev`: what it promises without installing anything."""

import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import ROOT


def dev(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "dev", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment or None)


@pytest.mark.parametrize("command", ["demo", "test", "check", "serve", "upgrade"])
def test_each_command_explains_itself(command: str) -> None:
    done = dev(command, "--help")

    assert (done.returncode, done.stdout.startswith(f"usage: ./dev {command}")) == (0, True)


@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_without_a_command_all_are_listed(arguments: tuple[str, ...]) -> None:
    done = dev(*arguments)

    assert (done.returncode, re.findall(r"^  \./dev (\w+)", done.stdout, re.M)) == (
        0,
        ["demo", "test", "check", "manage", "serve", "backup", "restore", "upgrade", "doctor", "bench", "rehearse"],
    )


def test_an_unknown_command_is_refused() -> None:
    assert dev("unknown").returncode == 2


def test_a_taken_port_gets_a_sentence_and_touches_nothing(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = dev("demo", "--port", str(port), BENHOC_VAR=str(tmp_path))

    assert done.returncode == 1
    assert done.stderr.strip().endswith(f"Another one: ./dev demo --port {port + 1}")
    assert list(tmp_path.iterdir()) == []


def test_both_locks_name_the_same_versions_and_every_requirement() -> None:
    runtime, whole = _pins("requirements.lock"), _pins("requirements-dev.lock")

    assert runtime - whole == set()
    assert _pins("requirements.txt") - runtime == set()
    assert _pins("requirements-dev.txt") - whole == set()


def test_every_locked_file_has_a_hash() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text(encoding="utf-8").replace("\\\n", " ")
        bare = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line) and "--hash=sha256:" not in line]
        assert bare == []


def _pins(name: str) -> set[tuple[str, str]]:
    text = (ROOT / name).read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([\w.]+)", text, re.M)
    return {(package.lower(), version) for package, version in found}
