"""Who looks on: watchers of a board, and those who move it by handing in."""

from typing import Any

from bench import plan as steps
from bench.plan import Plan
from bench.stage import Stage

HAND_INS_A_SECOND = 5  # so that every beat of the board has something to show
FIRST_FRAMES = 2  # the board and the own line


def add_watchers(plan: Plan, tokens: list[str]) -> None:
    """Each joins, waits for the others, and counts what comes."""
    for token in tokens:
        plan.actor(
            steps.open_socket(f"/live/board/?token={token}"),
            steps.join("join", FIRST_FRAMES),
            steps.BARRIER,
            steps.WATCH,
        )


def movers_for(seconds: float) -> int:
    return round(seconds * HAND_INS_A_SECOND)


def ready_to_hand_in(stage: Stage, count: int) -> list[tuple[int, str]]:
    """Attempt and cookie of each."""
    attempts: list[dict[str, Any]] = stage.ask("begin", count=count)
    cookies: list[str] = stage.ask("cookies", members=[one["member"] for one in attempts])
    return [(one["attempt"], cookie) for one, cookie in zip(attempts, cookies, strict=True)]


def add_movers(plan: Plan, movers: list[tuple[int, str]]) -> None:
    """One after the other hands in, evenly."""
    for number, (attempt, cookie) in enumerate(movers):
        submit = steps.http("hand_in", "POST", f"/attempts/{attempt}/submit/")
        plan.actor(submit, at=(number + 0.5) / HAND_INS_A_SECOND, cookie=cookie)
