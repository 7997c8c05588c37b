"""The figures that this process shows at /metrics. docs/figures.md says what each means and what to do about it.

Each process counts for itself; Prometheus adds them up. A count costs one or two microseconds, one by a label more:
`refused = answers_refused.labels("late")` once, where it is often. Labels are words from the code, never of a person.
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

CONTENT_TYPE = CONTENT_TYPE_PLAIN_0_0_4
disable_created_metrics()  # type: ignore[no-untyped-call]  # else twice the lines, for nothing
_registry = CollectorRegistry()
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_MANY = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)

# Answers in: counted once they are committed, or told no.
answers_accepted = Counter("benhoc_answers_accepted_total", "Answers committed.", registry=_registry)
answers_refused = Counter("benhoc_answers_refused_total", "Answers not taken.", ["why"], registry=_registry)
intake_waiting = Gauge("benhoc_intake_waiting", "Answers taken in, not yet committed.", registry=_registry)
batch_answers = Histogram("benhoc_batch_answers", "Answers committed together.", buckets=_MANY, registry=_registry)
batch_seconds = Histogram(
    "benhoc_batch_seconds", "Time of one commit of answers.", buckets=_SECONDS, registry=_registry
)

# Boards out.
board_age = Histogram(
    "benhoc_board_age_seconds", "Age of the oldest change in a board when it is sent.", buckets=_SECONDS,
    registry=_registry,
)  # fmt: skip
sockets = Gauge("benhoc_sockets", "Open sockets.", ["kind"], registry=_registry)  # board, attempt

# Pages.
requests = Counter("benhoc_requests_total", "Requests answered.", ["door", "status"], registry=_registry)
page_seconds = Histogram(
    "benhoc_page_seconds", "From a request's arrival to its answer, queue included.", buckets=_SECONDS,
    registry=_registry,
)  # fmt: skip
page_queue = Gauge("benhoc_page_queue", "Requests for pages that wait for a thread.", registry=_registry)
rush_waiting = Gauge("benhoc_rush_waiting", "People with a place in a queue.", ["kind"], registry=_registry)

# The worker, as the database shows it; read when somebody asks (lms.web.health).
tasks_waiting = Gauge("benhoc_tasks_waiting", "Tasks stored and not begun.", registry=_registry)
tasks_failed = Gauge("benhoc_tasks_failed", "Tasks given up, for somebody to look at.", registry=_registry)
worker_age = Gauge("benhoc_worker_age_seconds", "Since a worker last said it is alive.", registry=_registry)
ready = Gauge("benhoc_ready", "1 if the check of this name holds.", ["check"], registry=_registry)

ProcessCollector(registry=_registry)
PlatformCollector(registry=_registry)
GCCollector(registry=_registry)


def as_text() -> bytes:
    """Every figure in Prometheus' plain text."""
    return generate_latest(_registry)
