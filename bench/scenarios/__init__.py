"""What is played. Each module has `play(stage, wanted)`, which yields rows, and `people(wanted)`, how many it needs."""

from bench.scenarios import attempt, limit, login, mixed, pages, room, rush, watch

SCENARIOS = {
    "limit": limit,
    "attempt": attempt,
    "pages": pages,
    "room": room,
    "watch": watch,
    "mixed": mixed,
    "rush": rush,
    "login": login,
}
