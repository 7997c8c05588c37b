"""Whole attempts, log-in apart: start, the paper, 20 answers saved one by one, hand in, result."""

import http.client
import random
from collections.abc import Iterator

from bench import plan as steps
from bench.limits import Limits
from bench.plan import Plan
from bench.row import Row
from bench.scenarios.room import OPTIONS, troubles
from bench.stage import Stage
from bench.wanted import Wanted

PEOPLE, COUNTED = 60, 4
A_SECOND = 4.0  # attempts begun
PAGES = 4  # start, paper, hand in, result
BETWEEN = 0.05  # seconds between two taps
COUNTING = "bench.counting:application"


def people(wanted: Wanted) -> int:
    return (wanted.n or PEOPLE) + 2 * COUNTED


def play(stage: Stage, wanted: Wanted) -> Iterator[Row]:
    count = wanted.n or PEOPLE
    with stage.serving():
        _attempts(stage, COUNTED)  # what only the first ones cost: templates, papers, connections
        stage.quiet()
        row, cpu = _attempts(stage, count)
    row.cpu_us_per_op = cpu * 1e6 / count
    row.ratio_to_limit = _bare_us(stage) / row.cpu_us_per_op
    row.note = f"{_statements(stage):.0f} SQL an attempt {row.note}".strip()
    yield row


def _attempts(stage: Stage, count: int) -> tuple[Row, float]:
    """The database's count of whole attempts, the times of the saves, and the CPU of all."""
    members = stage.ask("newcomers", count=count)
    questions = stage.facts["questions"]
    plan = Plan(count / A_SECOND + 60)
    for number, cookie in enumerate(stage.ask("cookies", members=members)):
        _whole_attempt(plan, stage, cookie, at=number / A_SECOND)
    with stage.load(plan) as load:
        load.ready()
        cpu, report = stage.measured(load)
    found = stage.ask("count_attempts", members=members)
    row = Row("attempt", stage.store.kind, count).acknowledged(report, "answer")
    row.sent, row.accepted = count, found["handed_in"]
    row.lost = count * questions - found["answers"]  # answers
    row.doubled = found["doubled"]
    row.note = troubles(report.counts)
    return row, cpu


def _whole_attempt(plan: Plan, stage: Stage, cookie: str, *, at: float) -> None:
    chance, slug = random.Random(at), stage.facts["slug"]
    actions = [steps.http("start", "POST", f"/contests/{slug}/start/"), steps.http("paper", "GET", "$location")]
    if stage.door == "socket":
        actions += [steps.open_socket("/live/attempt/"), steps.say("$ticket")]
    for place in range(stage.facts["questions"]):
        actions.append(steps.sleep(BETWEEN))
        answer = place, place + 1, chance.choice(OPTIONS)
        if stage.door == "socket":
            actions.append(steps.ask("answer", place, steps.answers(place + 1, *answer)))
        else:
            actions.append(steps.http("answer", "POST", "/live/answer/", steps.posted("$ticket", *answer)))
    actions += [
        steps.CLOSE,
        steps.http("hand_in", "POST", "$locationsubmit/"),
        steps.http("result", "GET", "$location"),
    ]
    plan.actor(*actions, at=at, cookie=cookie)


def _bare_us(stage: Stage) -> float:
    """The same requests and rows with nothing in between."""
    limits = Limits(stage)
    return PAGES * limits.request_us(20_000) + int(stage.facts["questions"]) * limits.answer_us()


def _statements(stage: Stage) -> float:
    """SQL statements of one attempt: a second, small run of the same server with a counter in it."""
    with stage.serving(COUNTING):
        _attempts(stage, 1)  # opens connections
        before = _counted(stage.port)
        _attempts(stage, COUNTED - 1)
        return (_counted(stage.port) - before) / (COUNTED - 1)


def _counted(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", "/bench/statements")
    return int(connection.getresponse().read())
