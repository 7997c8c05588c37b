"""A contest's evening: 10,000 watch, half of them with a rank of their own, while 1,000 answers arrive each second."""

import time
from collections.abc import Iterator

from bench.cores import fitting
from bench.limits import Limits
from bench.plan import Plan
from bench.row import Row
from bench.scenarios.crowd import add_movers, add_watchers, movers_for, ready_to_hand_in
from bench.scenarios.room import add_players, counted, troubles
from bench.scenarios.watch import age_of, pause_of, size_of
from bench.stage import Stage
from bench.wanted import Wanted

WATCHERS, ANSWERS_A_WATCHER = 10_000, 0.1  # a second
EACH = 2.0  # seconds between two answers of one person
SECONDS = 16.0


def players_for(watchers: int) -> int:
    return max(2, round(watchers * ANSWERS_A_WATCHER * EACH))


def people(wanted: Wanted) -> int:
    watchers = wanted.n or WATCHERS
    return watchers + players_for(watchers) + movers_for(wanted.seconds or SECONDS)


def play(stage: Stage, wanted: Wanted) -> Iterator[Row]:
    seconds, watchers = wanted.seconds or SECONDS, wanted.n or WATCHERS
    watchers = min(watchers, fitting(watchers + players_for(watchers), stage.say) - players_for(watchers))
    ranked = stage.ask("hand_in", count=watchers // 2)
    entrants = stage.ask("begin", count=players_for(watchers))
    movers = ready_to_hand_in(stage, movers_for(seconds))
    onlookers = ranked + stage.ask("newcomers", count=watchers - len(ranked))
    with stage.serving():
        plan = Plan(seconds, sent=str(stage.scratch / "sent"))
        add_watchers(plan, stage.ask("tokens", members=onlookers))
        questions = max(1, round(seconds / EACH) - 1)  # the last seconds are for what is still on its way
        given = add_players(plan, entrants, door=stage.door, first_seq=0, questions=questions, each=EACH)
        add_movers(plan, movers)
        memory, since = stage.memory_kb(), time.time()
        with stage.load(plan) as load:
            load.ready()
            kb = (stage.memory_kb() - memory) / (watchers + len(entrants))
            cpu, report = stage.measured(load)
        row = Row("mixed", stage.store.kind, watchers).acknowledged(report, "answer").counted(counted(stage, given))
        row.board_age_p99_ms = age_of(stage, report, since)
        row.rss_kb_per_socket = kb
        row.joins_per_s = (watchers + len(entrants)) / load.seconds_to_join
        row.cpu_us_per_op = cpu * 1e6 / max(1, row.accepted or 0)
        frames, boards = report.counts["frames"], report.boards()
        if boards:
            limits = Limits(stage)
            bare = limits.frame_us(watchers, size_of(boards), pause_of(seconds, len(boards))) * frames
            row.ratio_to_limit = (bare + limits.answer_us() * (row.accepted or 0)) / 1e6 / cpu
        row.note = f"{cpu / seconds:.2f} cores, {frames / seconds:.0f} frames/s; {troubles(report.counts)}".rstrip("; ")
    yield row
