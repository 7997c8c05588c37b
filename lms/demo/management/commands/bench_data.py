"""`./dev manage bench_data`: the bench's hand in its own database. A request a line in (JSON), an answer a line out."""

import json
import sys
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from lms.demo.bench import counts, people, place


class Command(BaseCommand):
    help = "Prepare and count the throw-away database of a bench run (bench/ calls this; it refuses any other)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            place.refuse_real_people()
        except place.NotOurs as refusal:
            raise CommandError(str(refusal)) from None
        for line in sys.stdin:
            self.stdout.write(json.dumps(_answer(json.loads(line))))
            self.stdout.flush()
            connection.close()  # nothing of ours is open while the server is measured


def _answer(request: dict[str, Any]) -> Any:
    now = timezone.now()
    match request:
        case {"do": "fill", "members": members}:
            return place.fill(members, now=now)
        case {"do": "begin", "count": count}:
            return people.begin(count, now=now)
        case {"do": "hand_in", "count": count}:
            return people.hand_in(count, now=now)
        case {"do": "newcomers", "count": count}:
            return people.newcomers(count)
        case {"do": "names", "count": count}:
            return people.names(count)
        case {"do": "tokens", "members": members}:
            return people.tokens(members, now=now)
        case {"do": "cookies", "members": members}:
            return people.cookies(members, now=now)
        case {"do": "count_answers", "sent": sent}:
            return counts.answers([tuple(one) for one in sent])
        case {"do": "count_attempts", "members": members}:
            return counts.handed_in(members)
        case {"do": "count_sessions"}:
            return counts.sessions()
        case {"do": "moves", "since": since}:
            return counts.moves(since=datetime.fromtimestamp(since, UTC))
        case _:
            raise CommandError(f"nobody knows what this asks for: {request}")
