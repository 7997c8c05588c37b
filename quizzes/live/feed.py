"""Deltas of other processes, over Redis. A lost one does no harm: its number is missed, the boards are read again."""

import asyncio
import logging
import random
from collections import OrderedDict
from collections.abc import Callable, Sequence

from redis.asyncio import Redis
from redis.exceptions import RedisError

from quizzes.live.protocol import Delta, decode_batch

MOST_SENDERS = 256  # processes remembered; one that is forgotten counts as new

_log = logging.getLogger(__name__)


class Feed:
    """Hands on the deltas of every message, in whatever order they come, and says when one is missing."""

    def __init__(self, take: Callable[[Sequence[Delta]], None], doubt: Callable[[], None]) -> None:
        self._take, self._doubt = take, doubt
        self._last: OrderedDict[str, int] = OrderedDict()  # number of the newest message of each process

    def begin(self) -> None:
        """A line to Redis is open: whatever was sent before is lost."""
        self._last.clear()
        self._doubt()

    def receive(self, data: bytes) -> None:
        try:
            batch = decode_batch(data)
        except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError):
            _log.warning("a message on the channel of the boards is none of ours")
            return
        self._take(batch.deltas)
        last = self._last.get(batch.sender)
        if last is not None and batch.number > last + 1:
            self._doubt()
        if last is None or batch.number > last:
            self._last[batch.sender] = batch.number
            self._last.move_to_end(batch.sender)
            if len(self._last) > MOST_SENDERS:
                self._last.popitem(last=False)


async def follow(url: str, name: str, feed: Feed) -> None:
    """Keep `feed` supplied by the channel `name` until cancelled; reconnects with jitter."""
    while True:
        try:
            async with Redis.from_url(url) as redis, redis.pubsub() as channel:
                await channel.subscribe(name)
                async for message in channel.listen():
                    if message["type"] == "subscribe":
                        feed.begin()
                    elif message["type"] == "message":
                        feed.receive(message["data"])
        except (RedisError, OSError):
            _log.warning("Redis does not answer; boards follow the database for now")
        await asyncio.sleep(1 + random.random())  # noqa: S311  # jitter, no secret
