"""The services of docker-compose.yml as processes on loopback: `bench/topology` really runs."""

import re
import subprocess
import sys

import pytest

from tests.database import database_url
from tests.house.source import ROOT


@pytest.mark.only_postgres  # what it starts is PostgreSQL and Redis
@pytest.mark.timeout(400)
def test_members_go_on_while_processes_die(real_db: None) -> None:
    command = [sys.executable, "bench/topology", "--own-proxy", "--migrated", database_url()]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search(r"Acknowledged (\d+) answers, in the database \1; handed in 12 of 12\.", done.stdout)
