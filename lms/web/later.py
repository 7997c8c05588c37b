"""Work for later: tasks by name, stored with the transaction that asks for them, and functions the clock calls.

Each app's `tasks.py` registers its own; `lms.tick` runs them. Lower packages thus ask for work without importing
the package that does it.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django_tasks import task as stored_task

from lms.web import logs

Function = TypeVar("Function", bound=Callable[..., object])
Periodic = Callable[[datetime], object]


@dataclass(frozen=True)
class Beat:
    """A function that the clock calls with the time of the call, again and again. It must be idempotent."""

    name: str
    seconds: float
    function: Periodic


tasks: dict[str, Callable[..., object]] = {}
beats: dict[str, Beat] = {}
wanted = threading.Event()  # set when a task was committed by this process: its worker needn't wait for its next look


def task(name: str) -> Callable[[Function], Function]:
    """Register a function for `enqueue(name, …)`. It must bear being run twice: after a crash it is run again."""

    def register(function: Function) -> Function:
        if name in tasks:
            raise ValueError(f"two tasks are called {name!r}")
        tasks[name] = function
        return function

    return register


def every(name: str, *, seconds: float) -> Callable[[Periodic], Periodic]:
    """Register a function of `now` that the clock calls every so many seconds."""

    def register(function: Periodic) -> Periodic:
        if name in beats:
            raise ValueError(f"two periodic functions are called {name!r}")
        beats[name] = Beat(name, seconds, function)
        return function

    return register


def enqueue(name: str, **kwargs: Any) -> None:
    """Store a task; it runs soon after the surrounding transaction commits, never if that rolls back.

    `kwargs` are JSON values: ids, not objects. LookupError if nobody registered `name`.
    """
    if name not in tasks:
        raise LookupError(f"no task is called {name!r}")
    run.enqueue(name, kwargs, logs.current_id.get())
    transaction.on_commit(wanted.set)


@stored_task()  # type: ignore[untyped-decorator]  # django-tasks comes without types
def run(name: str, kwargs: dict[str, Any], asked_by: str = "-") -> None:
    """What the queue stores: the one function it knows, with the name of ours and the request that asked for it."""
    with logs.under(asked_by):
        tasks[name](**kwargs)
