"""Opening night: 2,500 people begin within a minute. Who is told to wait waits; the database says who is in."""

import random
from collections.abc import Iterator

from bench import plan as steps
from bench.limits import Limits
from bench.plan import Plan
from bench.row import Row
from bench.scenarios.room import troubles
from bench.stage import Stage
from bench.wanted import Wanted

PEOPLE, SECONDS, DRAIN = 2500, 60.0, 60.0
PAGES = 2  # the start, and the paper to which it leads


def people(wanted: Wanted) -> int:
    return wanted.n or PEOPLE


def play(stage: Stage, wanted: Wanted) -> Iterator[Row]:
    count, seconds = wanted.n or PEOPLE, wanted.seconds or SECONDS
    members = stage.ask("newcomers", count=count)
    plan, chance = Plan(seconds + DRAIN), random.Random(count)
    start = steps.http("start", "POST", f"/contests/{stage.facts['slug']}/start/")
    for cookie in stage.ask("cookies", members=members):
        plan.actor(start, steps.http("paper", "GET", "$location"), at=chance.random() * seconds, cookie=cookie)
    with stage.serving():
        row, cpu = measured(stage, plan, Row("rush", stage.store.kind, count), "start")
    found = stage.ask("count_attempts", members=members)
    row.sent, row.accepted, row.doubled = count, found["begun"], found["doubled"]
    row.lost = count - found["begun"] + found["doubled"]
    row.cpu_us_per_op = cpu * 1e6 / max(1, row.accepted)
    row.ratio_to_limit = PAGES * Limits(stage).request_us(20_000) / row.cpu_us_per_op
    yield row


def measured(stage: Stage, plan: Plan, row: Row, label: str) -> tuple[Row, float]:
    with stage.load(plan) as load:
        load.ready()
        cpu, report = stage.measured(load)
    row.acknowledged(report, label)
    row.note = f"{cpu:.1f} s CPU in all; {troubles(report.counts)}".rstrip("; ")
    return row, cpu
