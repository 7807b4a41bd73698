"""This computer in its network: its address there, and its ports."""

from __future__ import annotations

import errno
import socket

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal


def network_address() -> str | None:
    """This computer's address in its network, as other devices of it know it; ``None`` without a network.

    Nothing is sent: the system is asked from where it would send to an address that nobody has
    (https://www.rfc-editor.org/rfc/rfc5737).
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(("192.0.2.1", 9))
            address = str(asked.getsockname()[0])
        except OSError:
            return None
    return None if address.startswith("127.") or address == "0.0.0.0" else address  # noqa: S104 - compared


def hold_port(host: str, port: int, *, path: str, other: int) -> socket.socket:
    """Listen at a port.

    Args:
        host: The address of this computer to listen at.
        port: The port.
        path: Who wants it, as the problem names them.
        other: A port to propose if another program has this one.

    Raises:
        Refusal: it cannot be had (exit code 3).
    """
    try:
        return socket.create_server((host, port), reuse_port=False)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            what = f"port {port} is in use by another program"
            hint = f"stop that one, or use --port {other}"
        elif error.errno in {errno.EACCES, errno.EPERM}:
            what = f"this computer does not let you use port {port}"
            hint = "use one above 1023, like --port 8001"
        else:
            what = f"port {port} cannot be used: {(error.strerror or str(error)).lower()}"
            hint = "use another one, like --port 8001"
        raise Refusal([Problem(path, what, hint, Code.PORT_TAKEN)], ExitCode.ENVIRONMENT) from None
