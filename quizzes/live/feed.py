"""Deltas of other processes, over Redis. A lost one does no harm: the boards look at the database every second."""

import asyncio
import logging
import random
from collections.abc import Callable

from redis.asyncio import Redis
from redis.exceptions import RedisError

from quizzes.live.protocol import Delta, decode_delta
from quizzes.live.publisher import channel as our_channel

_log = logging.getLogger(__name__)


async def follow(url: str, take: Callable[[Delta], None]) -> None:
    """Hand every delta that is published to `take`, until cancelled; reconnects with jitter."""
    while True:
        try:
            async with Redis.from_url(url) as redis, redis.pubsub(ignore_subscribe_messages=True) as channel:
                await channel.subscribe(our_channel())
                async for message in channel.listen():
                    _hand_over(message["data"], take)
        except (RedisError, OSError):
            _log.warning("Redis does not answer; boards follow the database for now")
        await asyncio.sleep(1 + random.random())  # noqa: S311  # jitter, no secret


def _hand_over(data: bytes, take: Callable[[Delta], None]) -> None:
    try:
        take(decode_delta(data))
    except (ValueError, KeyError, TypeError):
        _log.warning("a message on the channel of the boards is no delta")
