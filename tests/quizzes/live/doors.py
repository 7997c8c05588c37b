"""The HTTP doors of the live rooms, asked as the server would ask them."""

from dataclasses import dataclass
from typing import Any

from quizzes.live.routing import http_application


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


async def get(path: str, *, method: str = "GET", **headers: str) -> Reply:
    """`if_none_match="…"` becomes a header of that name."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    await http_application({"type": "http", "path": path, "method": method, "headers": named}, receive, send)
    start, *rest = sent
    told = {name.decode(): value.decode() for name, value in start["headers"]}
    return Reply(start["status"], told, b"".join(one["body"] for one in rest))
