"""A network between browser and server that a test can cut and mend: real sockets, nothing mocked."""

import contextlib
import socket
import struct
import threading

_RESET = struct.pack("ii", 1, 0)  # close with RST, as a vanished network does, not with a polite FIN


class Proxy:
    """Forwards bytes to `target` until cut. `cut()` resets every connection and refuses new ones; `cut(silent=True)`
    lets connections stand but swallows every byte, as a telephone without reception does."""

    def __init__(self, target: int) -> None:
        self.target = target
        self.whole = threading.Event()
        self.whole.set()
        self.silent = False
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._door = socket.create_server(("127.0.0.1", 0), backlog=128)
        threading.Thread(target=self._welcome, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._door.getsockname()[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self, *, silent: bool = False) -> None:
        self.silent = silent
        self.whole.clear()
        if not silent:
            self._drop_all()

    def restore(self) -> None:
        """Connections made before or during the cut are gone; new ones go through."""
        self._drop_all()
        self.whole.set()

    def close(self) -> None:
        self._door.close()
        self._drop_all()

    def _welcome(self) -> None:
        while True:
            try:
                client, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        if not self.whole.is_set() and not self.silent:
            _reset(client)
            return
        try:
            server = socket.create_connection(("127.0.0.1", self.target), timeout=5)
        except OSError:
            _reset(client)
            return
        server.settimeout(None)
        with self._lock:
            self._pairs.add((client, server))
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self._pump, args=(source, sink), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(65536):
                if self.whole.is_set():
                    sink.sendall(block)
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _drop_all(self) -> None:
        with self._lock:
            pairs, self._pairs = self._pairs, set()
        for pair in pairs:
            for end in pair:
                _reset(end)


def _reset(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        end.shutdown(socket.SHUT_RDWR)
    with contextlib.suppress(OSError):
        end.close()
