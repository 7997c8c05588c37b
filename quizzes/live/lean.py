"""A Channels consumer without the two costs that a stock one pays a message: a thread hop and a task."""

from typing import Any

from channels.consumer import AsyncConsumer
from channels.exceptions import StopConsumer

Message = dict[str, Any]


class LeanConsumer(AsyncConsumer):
    """Handles its messages one after the other in the connection's own task, with no channel layer."""

    channel_layer_alias = "none"

    async def __call__(self, scope: Message, receive: Any, send: Any) -> None:
        self.scope = scope
        self.base_send = send
        try:
            while True:
                await self.dispatch(await receive())
        except StopConsumer:
            return

    async def dispatch(self, message: Message) -> None:
        await getattr(self, message["type"].replace(".", "_"))(message)

    async def accept(self) -> None:
        await self.base_send({"type": "websocket.accept"})

    async def send_text(self, text: str) -> None:
        await self.base_send({"type": "websocket.send", "text": text})

    async def close(self, code: int) -> None:
        await self.base_send({"type": "websocket.close", "code": code})
