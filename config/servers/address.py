"""The address the site is reached at."""

import http.client
import os
import socket

from config.servers.places import Trouble

DEFAULT_PORT = 8000


def bound_socket(host: str, wanted: str | None) -> tuple[socket.socket, str]:
    """Return a listening socket and a remark or "": at the wanted port, else the first free from 8000.

    The socket itself goes to the web server, so nobody can take the port between the look and the start.
    Raise Trouble where the wanted port cannot be had.
    """
    if wanted:
        if not wanted.isdigit() or not 0 < int(wanted) < 65536:
            raise Trouble(f"PORT={wanted}: 请给出 1 到 65535 的数字 say a number from 1 to 65535.")
        try:
            return _bind(host, int(wanted)), ""
        except OSError as error:
            raise Trouble(
                f"端口 {wanted} 不可用 port {wanted} cannot be used ({error.strerror}): "
                "请换一个 choose another, `make run PORT=...`, or none."
            ) from error
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 100):
        try:
            bound = _bind(host, port)
        except OSError:
            continue
        taken = f"端口 {DEFAULT_PORT} 已被占用, 改用 {port}。 Port {DEFAULT_PORT} is taken, using {port}."
        return bound, "" if port == DEFAULT_PORT else taken
    raise Trouble(f"端口 {DEFAULT_PORT} 至 {port} 都被占用 are all taken: `make run PORT=...`")


def answers(port: int, path: str) -> int:
    """Return the status a path answers with, 0 where nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _bind(host: str, port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        # Bound with SO_REUSEADDR two sockets may share a port until one listens; listening is the real claim.
        bound.listen(128)
    except OSError:
        bound.close()
        raise
    return bound
