"""Where requests below /live/ go. `lms.asgi` sends them here instead of to the pages."""

from typing import Any

from channels.security.websocket import AllowedHostsOriginValidator

from quizzes.live.answers import answer_application
from quizzes.live.attempt import attempt_application
from quizzes.live.consumers import BoardConsumer
from quizzes.live.shared import board_application

_sockets: dict[str, Any] = {
    "/live/board/": AllowedHostsOriginValidator(BoardConsumer.as_asgi()),
    "/live/attempt/": AllowedHostsOriginValidator(attempt_application),
}


async def http_application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Boards to read and answers to take; anything else below /live/ is answered there with 404."""
    if scope["path"].startswith("/live/board/"):
        await board_application(scope, send)
    else:
        await answer_application(scope, receive, send)


async def websocket_application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Boards; pages of other origins and other addresses are refused."""
    socket = _sockets.get(scope["path"])
    if socket is None:
        await receive()
        await send({"type": "websocket.close", "code": 4404})
        return
    await socket(scope, receive, send)
