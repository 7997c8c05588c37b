"""./dev bench SCENARIO [--n N] [--store sqlite|postgres] [--seconds S] [--json]"""

import argparse
import runpy
import signal
import sys
import time
from collections.abc import Iterator
from math import inf
from pathlib import Path
from types import ModuleType

from bench import page
from bench.native import Unable, compiled
from bench.row import Row, table_head, table_line
from bench.scenarios import SCENARIOS
from bench.stage import stage
from bench.store import postgres_answers
from bench.wanted import Wanted

BESIDE = 20  # accounts of the demo, and people who organise
ON_BOTH = ("room", "attempt", "mixed")  # what `all` plays on PostgreSQL too, with its biggest number
ENOUGH = 540.0  # seconds after which `all` begins nothing more: it promises to end within ten minutes


def main() -> int:
    if sys.argv[1:2] == ["coverage"]:
        sys.argv[:2] = ["coverage"]
        runpy.run_path(str(Path(__file__).with_name("coverage.py")), run_name="__main__")
        return 0
    if sys.argv[1:2] == ["page"] and len(sys.argv) == 3:
        return page.main(sys.argv[2])
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    begun = time.monotonic()
    try:
        compiled("load")
        if not options.json:
            print(table_head(), flush=True)
        for row in _rows(options):
            print(row.as_json() if options.json else table_line(row), flush=True)
    except Unable as reason:
        _say(str(reason))
        return 1
    except KeyboardInterrupt:
        _say("Stopped; everything that was started has ended.")
        return 130
    _say(f"Done in {time.monotonic() - begun:.0f} s.")
    return 0


def _options() -> argparse.Namespace:
    names = [*SCENARIOS, "all", "coverage"]
    parser = argparse.ArgumentParser("./dev bench", description="Load on this machine, measured: docs/performance.md.")
    parser.add_argument("scenario", choices=names, metavar="SCENARIO", help=", ".join(names))
    parser.add_argument("--n", type=int, help="people or sockets (each scenario has its own numbers)")
    parser.add_argument("--store", choices=("sqlite", "postgres"), help="the database (sqlite)")
    parser.add_argument("--seconds", type=float, help="how long the measured part takes")
    parser.add_argument("--json", action="store_true", help="one object a line")
    parser.add_argument("--door", choices=("socket", "http"), default="socket", help="the way of answers (socket)")
    options = parser.parse_args()
    if options.n is not None and not 1 <= options.n <= 100_000:
        parser.error("--n must be between 1 and 100000")
    if options.seconds is not None and not 0.5 <= options.seconds <= 300:
        parser.error("--seconds must be between 0.5 and 300")
    return options


def _rows(options: argparse.Namespace) -> Iterator[Row]:
    begun, wanted = time.monotonic(), Wanted(options.n, options.seconds)
    if options.scenario != "all":
        yield from _played([SCENARIOS[options.scenario]], options.store or "sqlite", wanted, options)
        return
    yield from _played(list(SCENARIOS.values()), options.store or "sqlite", wanted, options)
    if options.store is None and postgres_answers():
        chosen = [SCENARIOS[name] for name in ON_BOTH]
        yield from _played(
            chosen,
            "postgres",
            Wanted(wanted.n, wanted.seconds, biggest=True),
            options,
            ENOUGH - (time.monotonic() - begun),
        )


def _played(
    scenarios: list[ModuleType], kind: str, wanted: Wanted, options: argparse.Namespace, seconds: float = inf
) -> Iterator[Row]:
    """The rows of all of them; what would begin after `seconds` is left out, and said."""
    end = time.monotonic() + seconds
    members = sum(scenario.people(wanted) for scenario in scenarios) + BESIDE
    with stage(kind, members=members, door=options.door, say=_say) as one:
        for scenario in scenarios:
            name = scenario.__name__.rpartition(".")[2]
            if time.monotonic() < end:
                yield from scenario.play(one, wanted)
            else:
                _say(f"Left out for time: ./dev bench {name} --store {kind}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
