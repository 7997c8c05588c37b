"""Pages as fast as they come, 16 at a time: through our WSGI bridge, and the same Django under its ASGI handler."""

from collections.abc import Iterator
from dataclasses import dataclass

from bench import plan as steps
from bench.limits import Limits
from bench.plan import Plan
from bench.row import Row
from bench.stage import OURS, Stage
from bench.wanted import Wanted

LINES, SECONDS = 16, 3.0
ASGI = "bench.plain:application"


@dataclass(frozen=True)
class Measured:
    requests: int
    rate: float
    cpu_us: float
    row: Row


def people(wanted: Wanted) -> int:
    return wanted.n or LINES


def addresses(stage: Stage) -> dict[str, str]:
    """A view that asks nothing of the database, a lesson, and the contest's page, for who is signed in."""
    return {
        "trivial": "/manifest.webmanifest",
        "lesson": stage.facts["lesson"],
        "contest": f"/contests/{stage.facts['slug']}/",
    }


def play(stage: Stage, wanted: Wanted) -> Iterator[Row]:
    cookies = stage.ask("cookies", members=stage.ask("newcomers", count=wanted.n or LINES))
    seconds = wanted.seconds or SECONDS
    usual = _all(stage, ASGI, cookies, seconds)
    for name, one in _all(stage, OURS, cookies, seconds).items():
        bare = Limits(stage).request_us(20_000)
        for measured, handler in ((one, "wsgi"), (usual[name], "asgi")):
            row = measured.row
            row.scenario = f"pages/{name}/{handler}"
            row.ratio_to_limit = bare / measured.cpu_us
            row.note = f"{measured.rate:.0f} pages/s"
        one.row.note += f", {one.rate / usual[name].rate:.1f} × ASGI"
        yield one.row
        yield usual[name].row


def _all(stage: Stage, application: str, cookies: list[str], seconds: float) -> dict[str, Measured]:
    with stage.serving(application, EMBEDDED_THREADS="0"):
        return {name: _one(stage, path, cookies, seconds) for name, path in addresses(stage).items()}


def _one(stage: Stage, path: str, cookies: list[str], seconds: float) -> Measured:
    _requests(stage, path, cookies, 0.5)  # templates and connections of every thread
    requests, cpu, row = _requests(stage, path, cookies, seconds)
    row.cpu_us_per_op = cpu * 1e6 / max(1, requests)
    return Measured(requests, requests / seconds, row.cpu_us_per_op, row)


def _requests(stage: Stage, path: str, cookies: list[str], seconds: float) -> tuple[int, float, Row]:
    plan = Plan(seconds)
    for cookie in cookies:
        plan.actor(steps.http("page", "GET", path), steps.loop(1), cookie=cookie)
    with stage.load(plan) as load:
        load.ready()
        cpu, report = stage.measured(load)
    row = Row("pages", stage.store.kind, len(cookies)).acknowledged(report, "page")
    row.sent = sum(report.statuses.get("page", {}).values())
    row.accepted = report.good("page")
    row.lost = row.sent - row.accepted
    return row.accepted, cpu, row
