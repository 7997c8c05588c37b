"""A worker killed, frozen or stopped in a task: the task is done once, and one clock goes on."""

import signal

import pytest

from lms.tick.management.commands.tick import LOST
from tests.survival.house import House, until


@pytest.mark.only_sqlite
def test_the_one_process_killed_in_a_task_takes_it_up_again(house: House) -> None:
    server = house.web(EMBEDDED_THREADS="1")
    assert server.process
    assert begun(house, "killed", 1) == server.process.pid
    server.kill()
    server.start()
    for name in ("frozen", "stopped"):
        release(house, name, server.process.pid)
    assert begun(house, "killed", 2) == server.process.pid
    release(house, "killed", server.process.pid)
    server.stop()


@pytest.mark.only_postgres
def test_killed_frozen_and_stopped_workers(house: House) -> None:
    """One story of three workers, as starting them is what takes the time."""
    both = {worker.pid: worker for worker in (house.worker(), house.worker())}
    first, second = both[begun(house, "killed", 1)], both[begun(house, "frozen", 1)]
    first.kill()
    until(lambda: ready(house) == 2, "the killed worker's task is ready again")

    third = house.worker()
    assert begun(house, "killed", 2) == third.pid
    second.send(signal.SIGSTOP)
    until(lambda: ready(house) == 2, "the frozen worker's task is ready again")
    release(house, "killed", third.pid)
    assert begun(house, "frozen", 2) == third.pid

    turns = [first.pid, second.pid, third.pid]
    until(lambda: keepers_in_turn(house) in (turns, turns[1:]), "the clock went over, and never back")
    second.send(signal.SIGCONT)
    assert second.process.wait(timeout=60) == LOST
    release(house, "frozen", third.pid)

    assert begun(house, "stopped", 1) == third.pid
    third.send(signal.SIGTERM)
    release(house, "stopped", third.pid)
    assert third.process.wait(timeout=60) == 0
    assert house.rows("SELECT count(*) FROM tick_lease WHERE renewed_at > now() - interval '1 second'") == [(0,)]


def said(house: House, name: str) -> list[tuple[str, int]]:
    """What was written under `name`: a word and the number of the process that wrote it."""
    path = house.place / name
    lines = path.read_text().splitlines() if path.exists() else []
    return [(line.split()[0], int(line.split()[1])) for line in lines]


def begun(house: House, name: str, times: int) -> int:
    """Wait until it was begun so many times; the number of the process that began last."""
    until(lambda: len(said(house, name)) == times, f"{name} was begun {times} times")
    return said(house, name)[-1][1]


def release(house: House, name: str, done_by: int) -> None:
    (house.place / f"release-{name}").touch()
    until(lambda: ("done", done_by) in said(house, name), f"{name} is done by {done_by}")
    assert [word for word, _ in said(house, name)].count("done") == 1


def ready(house: House) -> int:
    query = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'"
    return int(house.rows(query)[0][0])


def keepers_in_turn(house: House) -> list[int]:
    """The processes that kept the clock, one entry for each time that it went over."""
    pids = [pid for _, pid in said(house, "clock")]
    return [pid for pid, before in zip(pids, [0, *pids], strict=False) if pid != before]
