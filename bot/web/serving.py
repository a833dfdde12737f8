"""A web server in the loop of a process: it binds, serves until cancelled, leaves signals alone."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

ANYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, not bound to
STOP_WITHIN = 2  # seconds for answers that are being sent


class WebError(Exception):
    """The pages cannot be served; one sentence that says what to do."""


async def serve(
    app: ASGIApp,
    listening: socket.socket,
    on_start: Callable[[], None],
    *,
    on_stop: Callable[[], None] = lambda: None,
) -> None:
    """Serve until cancelled; `on_stop` ends what would keep answers open."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        lifespan="off",
        ws="none",
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN,
    )
    server = _Server(config, on_start)
    try:
        await server.serve(sockets=[listening])
    finally:
        on_stop()
        server.force_exit = True
        await server.shutdown(sockets=[listening])


class _Server(uvicorn.Server):
    """uvicorn without its hands on the process: signals belong to the bot."""

    def __init__(self, config: uvicorn.Config, on_start: Callable[[], None]) -> None:
        super().__init__(config)
        self._on_start = on_start

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_start()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. WebError, in one sentence, if it cannot be had."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(place)
            listening.listen(128)
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise WebError(_sentence(error, host, port)) from None
    listening.setblocking(False)
    return listening


def _sentence(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"port {port} on {host} is in use: stop the other program, perhaps another Qunguan, "
            "or take another number (0 takes a free one): QUNGUAN_WEB_PORT, or --port where the "
            "command has it"
        )
    if error.errno == errno.EACCES:
        return f"port {port} may not be used by this user: set QUNGUAN_WEB_PORT above 1023"
    return f"{host} is no address of this machine: set QUNGUAN_WEB_HOST, for example to 127.0.0.1"


def address_of(host: str, port: int) -> str:
    """The address that a browser on this machine opens."""
    name = "127.0.0.1" if host in ANYWHERE else host.strip("[]")
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"
