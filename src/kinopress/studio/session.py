"""Who may use the studio: whoever opened the link that it printed when it started."""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie


class Session:
    """One run of the studio.

    The link in the terminal holds a token that opens the studio once; the browser that used it gets a
    cookie, which is worth something only to this run and only on this port. A cookie goes to every
    program on 127.0.0.1 whatever its port, so its name holds the port, and its secret is used for
    nothing else.

    Attributes:
        host: The name under which the studio answers.
        port: Its port.
    """

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.host, self.port = host, port
        self._token: str | None = secrets.token_urlsafe(24)
        self._secret = secrets.token_urlsafe(32)

    @property
    def authority(self) -> str:
        """What a browser must name as the host, port included."""
        return f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """What a browser names as the origin of a request that a page of the studio sends."""
        return f"http://{self.authority}"

    @property
    def is_open(self) -> bool:
        """Whether somebody has used the link."""
        return self._token is None

    @property
    def link(self) -> str:
        """The address that opens the studio, once; of no use when somebody has used it."""
        return f"{self.origin}/start?token={self._token}"

    @property
    def cookie_name(self) -> str:
        """The cookie's name; each port has its own."""
        return f"kinopress-studio-{self.port}"

    def open_with(self, token: str) -> str | None:
        """The cookie's value for the right token, which then opens nothing more; ``None`` for any other."""
        if self._token is None or not secrets.compare_digest(token.encode(), self._token.encode()):
            return None
        self._token = None
        return self._secret

    def knows(self, cookie_header: str) -> bool:
        """Whether a request's ``Cookie`` line holds this run's secret."""
        try:
            morsel = SimpleCookie(cookie_header).get(self.cookie_name)
        except CookieError:
            return False
        return morsel is not None and secrets.compare_digest(
            morsel.value.encode(), self._secret.encode()
        )
