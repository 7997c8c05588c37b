"""Everybody answers within two seconds, three times: 50 to 2,000 people in one room."""

import random
import time
from collections.abc import Iterator

from bench import plan as steps
from bench.cores import fitting
from bench.limits import Limits
from bench.plan import Plan
from bench.row import Row
from bench.stage import Stage
from bench.wanted import Wanted

SIZES = (50, 200, 500, 1000, 2000)
QUESTIONS, EACH, DRAIN = 3, 2.0, 20.0
OPTIONS = "abcd"
Answer = tuple[int, int, int, str]  # attempt, place, seq, option


def people(wanted: Wanted) -> int:
    return wanted.n or SIZES[-1]


def play(stage: Stage, wanted: Wanted) -> Iterator[Row]:
    sizes = [fitting(wanted.n, stage.say)] if wanted.n else SIZES[-1:] if wanted.biggest else SIZES
    entrants = stage.ask("begin", count=max(sizes))
    with stage.serving():
        for number, size in enumerate(sizes):
            stage.quiet()
            yield _room(stage, entrants[:size], first_seq=number * QUESTIONS, each=wanted.seconds or EACH)


def _room(stage: Stage, entrants: list[dict[str, object]], *, first_seq: int, each: float) -> Row:
    plan = Plan(QUESTIONS * each + DRAIN, settled=True, sent=str(stage.scratch / "sent"))
    given = add_players(plan, entrants, door=stage.door, first_seq=first_seq, questions=QUESTIONS, each=each)
    with stage.load(plan) as load:
        load.ready()
        resting = stage.resting()
        meter, begun = stage.meter().start(), time.monotonic()
        load.go()
        load.done()
        cpu = meter.stop() - resting * (time.monotonic() - begun)
        report = load.report()
    row = Row("room", stage.store.kind, len(entrants)).acknowledged(report, "answer")
    row.counted(counted(stage, given))
    row.cpu_us_per_op = cpu * 1e6 / max(1, row.accepted or 0)
    row.ratio_to_limit = Limits(stage).answer_us() / row.cpu_us_per_op
    row.joins_per_s = len(entrants) / load.seconds_to_join if stage.door == "socket" else None
    row.note = f"at rest {resting * 1000:.1f} ms/s, taken off; {troubles(report.counts)}".rstrip("; ")
    return row


def add_players(
    plan: Plan, entrants: list[dict[str, object]], *, door: str, first_seq: int, questions: int, each: float
) -> list[Answer]:
    """One actor an entrant, who answers once in each stretch of `each` seconds; the answers by their numbers."""
    given: list[Answer] = []
    chance = random.Random(len(entrants))
    for entrant in entrants:
        attempt, ticket = int(str(entrant["attempt"])), str(entrant["ticket"])
        actions = [steps.open_socket("/live/attempt/"), steps.say(ticket)] if door == "socket" else []
        actions.append(steps.BARRIER)
        for question in range(questions):
            place, seq = question % 20, first_seq + question + 1
            answer = attempt, place, seq, chance.choice(OPTIONS)
            actions.append(steps.at((question + chance.random()) * each))
            if door == "socket":
                actions.append(steps.ask("answer", len(given), steps.answers(seq, *answer[1:])))
            else:
                actions.append(steps.http("answer", "POST", "/live/answer/", steps.posted(ticket, *answer[1:])))
            given.append(answer)
        plan.actor(*actions, steps.WATCH)
    return given


def counted(stage: Stage, given: list[Answer]) -> dict[str, int]:
    """What became of the answers that left the client: by the database."""
    if stage.door == "socket":
        numbers = (stage.scratch / "sent").read_text().split()
        given = [given[int(number)] for number in numbers]
    counts: dict[str, int] = stage.ask("count_answers", sent=given)
    return counts


def troubles(counts: dict[str, int]) -> str:
    words = {"retries": "told to wait", "reconnects": "reconnected", "errors": "given up"}
    return ", ".join(f"{counts[name]} {word}" for name, word in words.items() if counts.get(name))
