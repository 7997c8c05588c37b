"""2,500 sign in within a minute, with the PIN hasher of production: form, PIN, first page."""

import random
from collections.abc import Iterator
from urllib.parse import urlencode

from bench import plan as steps
from bench.limits import Limits
from bench.plan import Plan
from bench.row import Row
from bench.scenarios.rush import DRAIN, PEOPLE, SECONDS, measured
from bench.stage import Stage
from bench.wanted import Wanted

PAGES = 3


def people(wanted: Wanted) -> int:
    return wanted.n or PEOPLE


def play(stage: Stage, wanted: Wanted) -> Iterator[Row]:
    count, seconds = wanted.n or PEOPLE, wanted.seconds or SECONDS
    plan, chance = Plan(seconds + DRAIN), random.Random(count)
    for name in stage.ask("names", count=count):
        secret = urlencode({"login": name, "password": stage.facts["pin"]})
        plan.actor(
            steps.http("form", "GET", "/account/login/"),
            steps.http("sign_in", "POST", "/account/login/", secret),
            steps.http("first_page", "GET", "$location"),
            at=chance.random() * seconds,
        )
    before = stage.ask("count_sessions")
    with stage.serving():
        row, cpu = measured(stage, plan, Row("login", stage.store.kind, count), "sign_in")
    row.sent, row.accepted = count, stage.ask("count_sessions") - before
    row.lost, row.doubled = max(0, count - row.accepted), max(0, row.accepted - count)
    row.cpu_us_per_op = cpu * 1e6 / max(1, row.accepted)
    row.ratio_to_limit = PAGES * Limits(stage).request_us(20_000) / row.cpu_us_per_op
    yield row
