"""Where this computer is in its network."""

from __future__ import annotations

import socket


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
