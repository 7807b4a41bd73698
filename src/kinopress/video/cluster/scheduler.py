"""What is said of a scheduler that is not one, or does not answer."""

from __future__ import annotations

from kinopress.codes import Code
from kinopress.problems import ExitCode, Problem, Refusal, quoted

SCHEMES = ("tcp://", "tls://")
"""What addresses begin with: open, and encrypted for those who have the keys."""


def check_address(address: str) -> None:
    """Whether something can be an address.

    Raises:
        Refusal: ``USAGE``, it cannot.
    """
    host, _, port = address.partition("://")[2].rpartition(":")
    if not (address.startswith(SCHEMES) and host and port.isdigit() and 0 < int(port) < 1 << 16):
        raise no_address(address)


def no_address(address: str) -> Refusal:
    """It is not an address."""
    problem = Problem(
        "--scheduler",
        f"{quoted(address)} is not the address of a scheduler",
        "write it as tcp://name:8786, or tls://name:8786",
        Code.CLUSTER_ADDRESS,
    )
    return Refusal([problem], ExitCode.USAGE)


def not_reached(address: str) -> Refusal:
    """Nobody answers."""
    problem = Problem(
        "--scheduler",
        f"no scheduler answers at {address}",
        "start it there (dask scheduler), or check the address, the network and, for tls://, the keys",
        Code.CLUSTER_LOST,
    )
    return Refusal([problem], ExitCode.ENVIRONMENT)


def lost(path: str) -> Problem:
    """It has answered, and does not any more."""
    return Problem(
        path,
        "the scheduler does not answer any more",
        "check that it is running and can be reached, then run this again; parts that had come back are kept",
        Code.CLUSTER_LOST,
    )


def gone() -> Refusal:
    """What a worker says at its end."""
    problem = Problem(
        "worker",
        "the scheduler has ended, or cannot be reached any more",
        "start this again when it is running",
        Code.CLUSTER_LOST,
    )
    return Refusal([problem], ExitCode.ENVIRONMENT)


def busy(path: str) -> Problem:
    """Somebody else has the same film made."""
    return Problem(
        path,
        "another computer is having this film encoded by the same scheduler",
        "wait until it has finished, then run this again",
        Code.CLUSTER_BUSY,
    )
