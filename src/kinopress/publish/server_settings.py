"""What a web server is to say with each file of a site, in the words of servers: types, lifetimes, policy, compression.

The pages bring their policy themselves. Said by the server it also holds for what is not a page, and
``frame-ancestors``, which keeps other sites from showing this one inside them, holds only there.
"""

from __future__ import annotations

from collections.abc import Iterable

from kinopress.media.lasting import LASTING, is_lasting
from kinopress.patterns import lazily
from kinopress.publish.headers import (
    BESIDE_CACHED,
    CACHED,
    OPENED,
    RECORD_CACHED,
    TYPES,
    WORKER,
    WORKER_CACHED,
)
from kinopress.publish.record import NAME, Kind

HOSTS_FILE = "_headers"
"""Read at the root of a site by Netlify, Cloudflare Pages and others; no other host minds it."""

_PACKED = (
    "text/css",
    "text/javascript",
    "text/plain",
    "text/markdown",
    "text/vtt",
    "text/calendar",
    "application/json",
    "application/xml",
    "application/manifest+json",
    "image/svg+xml",
)
"""What becomes smaller when it is compressed, beside HTML; films and pictures are compressed already."""
_OPENED = "|".join(sorted(OPENED))
_ENCRYPTED = "/p/(?:index\\.html|withdrawn\\.txt)?$|/p/[a-z2-9]{26}/"
"""Encrypted pages, the blank page in place of a list of them, and which were withdrawn."""
_NO_ROBOTS = "noindex, nofollow"


_HEADER = lazily(r"([A-Za-z0-9-]+):\s*([ -~]*)")


def said(policy: str) -> dict[str, str]:
    """What is said with every file, given what pages may load."""
    return {
        "Content-Security-Policy": f"{policy}; frame-ancestors 'self'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }


def hosts_file(policy: str, files: Iterable[str]) -> str:
    """``_headers`` for a release.

    Only what lasts and the worker have a lifetime there: such hosts join what several rules say, and ask again
    for everything else by themselves.

    Args:
        policy: What pages may load.
        files: The files of the release, by their paths on the site.
    """
    every = sorted(files)
    lines = ["/*", *(f"  {name}: {value}" for name, value in said(policy).items())]
    for path in (*_lasting_folders(every), *_lasting_assets(every)):
        lines += [f"/{path}", f"  Cache-Control: {CACHED[Kind.LASTING]}"]
    lines += [f"/{WORKER}", f"  Cache-Control: {WORKER_CACHED}"]
    return "\n".join(lines) + "\n"


def said_in(hosts_file: str) -> dict[str, str]:
    """What a ``_headers`` file has hosts say with every file; nothing where it says nothing of all.

    A coach may have written it: comments, and what a host is to leave out (``! Name``), are not headers.
    """
    found: dict[str, str] = {}
    of_all = False
    for line in hosts_file.splitlines():
        if line[:1].isspace():
            if of_all and (header := _HEADER.fullmatch(line.strip())):
                found[header[1]] = header[2]
        elif line.strip() and not line.startswith("#"):
            of_all = line.strip() == "/*"
    return found


def _lasting_folders(files: Iterable[str]) -> list[str]:
    """Folders of ours as one rule each, since hosts take few; none in which the coach has files of hers."""
    changing = {path.partition("/")[0] for path in files if not is_lasting(path)}
    return [f"{folder}/*" for folder in ("media", "figures") if folder not in changing]


def _lasting_assets(files: Iterable[str]) -> list[str]:
    return [path for path in files if path.startswith("assets/") and is_lasting(path)]


def for_nginx(policy: str) -> str:
    """Lines for the part ``server`` of nginx."""
    by_type: dict[str, list[str]] = {}
    for ending, kind in TYPES.items():
        by_type.setdefault(kind.partition(";")[0], []).append(ending)
    types = [f"  {kind} {' '.join(endings)};" for kind, endings in by_type.items()]
    texts = sorted({kind.partition(";")[0] for kind in TYPES.values() if "charset" in kind})
    return "\n".join(
        [
            "types {",
            *types,
            "}",
            "default_type application/octet-stream;",
            "charset utf-8;",
            f"charset_types {' '.join(kind for kind in texts if kind != 'text/html')};",
            "gzip on;",
            "gzip_vary on;",
            f"gzip_types {' '.join(_PACKED)};",
            f'set $kinopress_kept "{CACHED[Kind.FILE]}";',
            f'if ($uri ~ "(?:/|\\.(?:{_OPENED}))$") {{ set $kinopress_kept "{CACHED[Kind.PAGE]}"; }}',
            f'if ($uri ~ "/{LASTING}$") {{ set $kinopress_kept "{CACHED[Kind.LASTING]}"; }}',
            f'if ($uri ~ "/{_literal(WORKER)}$") {{ set $kinopress_kept "{WORKER_CACHED}"; }}',
            f'if ($uri ~ "/{_literal(NAME)}$") {{ set $kinopress_kept "{RECORD_CACHED}"; }}',
            'set $kinopress_robots "";',
            f'if ($uri ~ "{_ENCRYPTED}") {{',
            f'  set $kinopress_kept "{BESIDE_CACHED}";',
            f'  set $kinopress_robots "{_NO_ROBOTS}";',
            "}",
            "add_header Cache-Control $kinopress_kept;",
            "add_header X-Robots-Tag $kinopress_robots;",
            *(f'add_header {name} "{value}" always;' for name, value in said(policy).items()),
            "",
        ]
    )


def for_apache(policy: str) -> str:
    """Lines for ``.htaccess``, or for the folder in Apache's settings."""
    types = [f'  AddType "{kind}" .{ending}' for ending, kind in TYPES.items() if ending != "gz"]
    kept = [
        (f"(?:/|\\.(?:{_OPENED}))$", Kind.PAGE.value, CACHED[Kind.PAGE]),
        (f"/{LASTING}$", Kind.LASTING.value, CACHED[Kind.LASTING]),
        (f"/{_literal(WORKER)}$", "worker", WORKER_CACHED),
        (f"/{_literal(NAME)}$", "record", RECORD_CACHED),
        (_ENCRYPTED, "encrypted", BESIDE_CACHED),
    ]
    return "\n".join(
        [
            "<IfModule mod_mime.c>",
            *types,
            "</IfModule>",
            "<IfModule mod_deflate.c>",
            f"  AddOutputFilterByType DEFLATE text/html {' '.join(_PACKED)}",
            "</IfModule>",
            "<IfModule mod_headers.c>",
            f'  Header set Cache-Control "{CACHED[Kind.FILE]}"',
            *(
                line
                for pattern, name, value in kept
                for line in (
                    f'  SetEnvIf Request_URI "{pattern}" kinopress_{name}',
                    f'  Header set Cache-Control "{value}" env=kinopress_{name}',
                )
            ),
            f'  Header set X-Robots-Tag "{_NO_ROBOTS}" env=kinopress_encrypted',
            *(f'  Header always set {name} "{value}"' for name, value in said(policy).items()),
            "</IfModule>",
            "# No lists of folders. A host that answers with error 500 forbids this line: remove it.",
            "Options -Indexes",
            "",
        ]
    )


def for_caddy(policy: str) -> str:
    """Lines for the site's part of a Caddyfile, before ``file_server``."""
    kept = [
        ("opened", f"(?:/|\\.(?:{_OPENED}))$", CACHED[Kind.PAGE]),
        ("lasting", f"/{LASTING}$", CACHED[Kind.LASTING]),
        ("worker", f"/{_literal(WORKER)}$", WORKER_CACHED),
        ("record", f"/{_literal(NAME)}$", RECORD_CACHED),
        ("encrypted", _ENCRYPTED, BESIDE_CACHED),
    ]
    endings = {
        ending: kind
        for ending, kind in TYPES.items()
        if ending in {"vtt", "srt", "ics", "js", "webmanifest", "avif", "woff2", "m4s"}
    }
    return "\n".join(
        [
            *(f"@kinopress_{name} path_regexp `{pattern}`" for name, pattern, _ in kept),
            *(f"@kinopress_{ending} path *.{ending}" for ending in endings),
            "route {",
            f'  header Cache-Control "{CACHED[Kind.FILE]}"',
            *(f'  header @kinopress_{name} Cache-Control "{value}"' for name, _, value in kept),
            f'  header @kinopress_encrypted X-Robots-Tag "{_NO_ROBOTS}"',
            *(f'  header {name} "{value}"' for name, value in said(policy).items()),
            *(
                f'  header @kinopress_{ending} Content-Type "{kind}"'
                for ending, kind in endings.items()
            ),
            "  encode gzip {",
            "    match {",
            *(f"      header Content-Type {kind}*" for kind in ("text/html", *_PACKED)),
            "    }",
            "  }",
            "}",
            "",
        ]
    )


def _literal(name: str) -> str:
    return name.replace(".", "\\.")
