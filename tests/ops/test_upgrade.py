"""./dev upgrade in a clone of this repository: what is broken leads back, what is sound comes in."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from lms.people.models import Member
from tests.factories import make_member
from tests.house.source import ROOT


@pytest.fixture
def clones(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where versions come from, and the server's own copy; what isn't committed here yet is taken along."""
    base = tmp_path_factory.mktemp("clones")
    origin, ours = base / "origin", base / "ours"
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    for name in filter(None, listed):
        if (ROOT / name).is_file() and not name.startswith(("tests/", "docs/images/")):
            (origin / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, origin / name)
    git(origin, "init", "--quiet", "--initial-branch", "main")
    commit(origin, "One.")
    git(base, "clone", "--quiet", str(origin), str(ours))
    (ours / ".venv").symlink_to(Path(sys.executable).parents[1])
    (ours / ".git" / "info" / "exclude").write_text(".venv\n")
    return origin, ours


def git(place: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Test", "-c", "user.email=test@localhost"]
    return subprocess.run(["git", *who, *arguments], cwd=place, check=True, capture_output=True, text=True).stdout


def commit(place: Path, title: str) -> str:
    git(place, "add", "--all")
    git(place, "commit", "--quiet", "-m", title)
    return git(place, "rev-parse", "HEAD").strip()


@pytest.mark.only_sqlite  # the way is the same, and long
@pytest.mark.timeout(300)
def test_a_broken_version_leads_back_and_its_mending_comes_in(
    place: Path, elsewhere: dict[str, str], clones: tuple[Path, Path]
) -> None:
    """The new version breaks after it has already spoilt the data: both are as before, and it says so."""
    origin, ours = clones
    make_member("Người Ở Lại")
    let_go()
    before = git(ours, "rev-parse", "HEAD").strip()
    (place / "benhoc.env").write_text("ALLOWED_HOSTS=hoc.example.vn\nSITE_URL=https://hoc.example.vn\n")
    (place / "secret-key").write_text("of-this-server-" * 4)
    with (origin / "lms" / "keep" / "apps.py").open("a") as file:
        file.write(
            "\n    def ready(self) -> None:\n"
            "        from django.db import connection\n"
            "        connection.cursor().execute(\"UPDATE people_member SET full_name = 'Spoilt'\")\n"
            "        raise RuntimeError('this version is broken')\n"
        )
    commit(origin, "Two.")

    env = os.environ | {"BENHOC_VAR": str(place), "DATABASE_URL": elsewhere["DATABASE_URL"], "BACKUP_NIGHTLY": "0"}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    settled = "from lms.keep.plain import serve, site; print(serve.state_of(site.environment()), end='')"
    state = subprocess.run(
        [sys.executable, "-c", settled], cwd=ours, env=env, check=True, capture_output=True, text=True
    )
    (place / "settled").write_text(
        state.stdout
    )  # as a server that runs has left it: nothing to gather or compile again
    command = [sys.executable, "dev", "upgrade"]
    done = subprocess.run(command, cwd=ours, env=env, capture_output=True, text=True)

    assert done.returncode == 1, done.stdout + done.stderr
    assert "this version is broken" in done.stderr
    assert "Đã trở về như trước khi nâng cấp" in done.stderr
    assert git(ours, "rev-parse", "main").strip() == git(ours, "rev-parse", "HEAD").strip() == before
    assert git(ours, "symbolic-ref", "--short", "HEAD").strip() == "main"
    assert Member.objects.filter(full_name="Người Ở Lại").count() == 1
    assert Member.objects.filter(full_name="Spoilt").count() == 0

    let_go()
    git(origin, "checkout", "--quiet", before, "--", "lms/keep/apps.py")
    mended = commit(origin, "Three.")
    done = subprocess.run(command, cwd=ours, env=env, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    assert git(ours, "rev-parse", "HEAD").strip() == mended
    assert Member.objects.filter(full_name="Người Ở Lại").count() == 1
    assert len(list((place / "backups").glob("*-upgrade.tar.gz"))) == 2


def test_code_that_was_changed_by_hand_is_not_upgraded(tmp_path: Path, clones: tuple[Path, Path]) -> None:
    _, ours = clones
    (ours / "README.md").write_text("changed by hand")
    (tmp_path / "benhoc.env").write_text("ALLOWED_HOSTS=hoc.example.vn\n")
    env = os.environ | {"BENHOC_VAR": str(tmp_path)}
    done = subprocess.run([sys.executable, "dev", "upgrade"], cwd=ours, env=env, capture_output=True, text=True)

    assert done.returncode == 2
    assert "git status" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["benhoc.env"]


def let_go() -> None:
    connection.close()
    if hasattr(connection, "close_pool"):
        connection.close_pool()
