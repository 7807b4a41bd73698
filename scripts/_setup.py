"""Makes the project ready on a machine with bare Python 3.11+: a folder .venv with everything in it.

Runs before anything is installed, so it uses the standard library only and speaks
in sentences: what is missing, and what to do about it.
"""

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "scripts" / "requirements.txt"
TEST_LOCK = ROOT / "scripts" / "requirements-test.txt"
WEB_STAMP = VENV / "kinopress-web.txt"
BUNDLES = [
    ROOT / "src" / "kinopress" / "engines" / "theme" / "assets" / "web",
    ROOT / "src" / "kinopress" / "studio" / "assets" / "web",
    ROOT / "src" / "kinopress" / "engines" / "theme" / "workers" / "web",
]
ENVIRONMENT = 3
OLDEST = (3, 11)


def stop(sentence: str) -> None:
    """Say what is wrong and what to do, and end with exit code 3."""
    print(sentence, file=sys.stderr)
    raise SystemExit(ENVIRONMENT)


def ready(lock: Path = LOCK) -> None:
    """Make .venv as ``lock`` says; does nothing when it is so already."""
    if sys.version_info < OLDEST:
        stop(
            f"This is Python {sys.version_info[0]}.{sys.version_info[1]}; Kinopress needs 3.11 or newer."
            " Install it from python.org and run this again with python3.11 (or newer)."
        )
    stamp = VENV / "kinopress-setup.txt"
    # A test set-up holds all that a build needs: it is kept when a build asks for less.
    wanted = {_wanted(known): known for known in (lock, TEST_LOCK)}
    if PYTHON.exists() and stamp.exists() and stamp.read_text("utf-8") in wanted and _works():
        _bundle_when_changed()
        return
    print("Setting up .venv (the first time takes a minute or two) …", file=sys.stderr)
    stamp.unlink(missing_ok=True)
    try:
        _make_venv()
        # The lock names everything there is to install, so nothing is left to be resolved: pip 23
        # asks for a newer coverage[toml] than the coverage that is pinned, once there is one.
        _install(lock)
        _pip(["install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
        stamp.write_text(_wanted(lock), "utf-8")
        WEB_STAMP.write_text(_web_digest(), "utf-8")
    except OSError as error:
        stop(
            f"Could not write to {error.filename or VENV}: {error.strerror}. Free some space or correct the folder's permissions, then run this again."
        )


def _web_digest() -> str:
    return subprocess.run(
        [PYTHON, str(ROOT / "web" / "build.py"), "digest"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout


def _bundle_when_changed() -> None:
    """Bundle the browser's scripts again when somebody worked on them since."""
    now = _web_digest()
    if (
        WEB_STAMP.exists()
        and WEB_STAMP.read_text("utf-8") == now
        and all(folder.is_dir() for folder in BUNDLES)
    ):
        return
    if run([str(PYTHON), str(ROOT / "web" / "build.py"), "bundle"]):
        stop("The scripts for the browser could not be bundled; the reason is above.")
    WEB_STAMP.write_text(now, "utf-8")


def _wanted(lock: Path) -> str:
    parts = [lock.read_bytes(), (ROOT / "pyproject.toml").read_bytes(), str(ROOT).encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _works() -> bool:
    check = subprocess.run(
        [PYTHON, "-c", "import kinopress, mkdocs"], capture_output=True, check=False
    )
    return check.returncode == 0


def _make_venv() -> None:
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian and Ubuntu ship Python without it
        import venv  # noqa: PLC0415
    except ImportError:
        stop(
            "Python's venv part is missing. On Debian or Ubuntu: sudo apt install python3-venv. Then run this again."
        )
    if VENV.exists():
        shutil.rmtree(VENV)
    venv.create(VENV, with_pip=True, symlinks=os.name != "nt")


def _install(lock: Path) -> None:
    """Install all that a lock names, by two pips that share it: one alone leaves a processor idle for a minute.

    No package needs another one to be there already. The few that have a file in common, which is a mistake of theirs,
    are neighbours in the alphabet and so in one half.
    """
    # A requirement begins at the margin, its digests are on the lines below it.
    parts = re.split(r"(?m)^(?=\w)", lock.read_text("utf-8"))
    with tempfile.TemporaryDirectory(prefix="kinopress-setup-") as folder:
        halves = []
        middle = len(parts) // 2
        for number, some in enumerate((parts[:middle], parts[middle:])):
            half = Path(folder) / f"{number}.txt"
            half.write_text("".join(some), "utf-8")
            # What Python compiles it compiles when it is first needed; most of it never is.
            options = ["--no-deps", "--no-compile", "--require-hashes", "--only-binary", ":all:"]
            halves.append(["install", *options, "-r", str(half)])
        _pip(*halves)


def _pip(*calls: list[str]) -> None:
    """Run pip, as often as there are calls, at the same time."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "--quiet"]
    with contextlib.ExitStack() as stack:
        running = [
            stack.enter_context(
                subprocess.Popen(
                    [*pip, *call],
                    cwd=ROOT,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                )
            )
            for call in calls
        ]
        try:
            answers = [(process.communicate()[0], process.returncode) for process in running]
        except BaseException:
            for process in running:
                process.kill()
            raise
    said = "".join(words for words, code in answers if code)
    if not any(code for _, code in answers):
        return
    print(said, file=sys.stderr)
    if "No space left" in said:
        stop("The disk is full. Free about 2 GB, then run this again.")
    if "No matching distribution" in said:
        stop(
            "A package this project needs does not exist for this computer or this Python. Try Python 3.11, 3.12 or 3.13 on a 64-bit Linux, macOS or Windows."
        )
    stop(
        "Setting up failed; pip's own words are above. Check that this computer is online, then run this again."
    )


def kinopress(verb: str) -> None:
    """Set up, then run one verb of the command with the arguments of this script; ends the process."""
    try:
        with _ended_by_signals():
            ready()
    except KeyboardInterrupt:
        stop("Stopped while setting up; nothing of yours was changed. Run it again.")
    command = [str(PYTHON), "-m", "kinopress.cli.main", verb, *sys.argv[1:]]
    if (
        os.name == "nt"
    ):  # there, a program that takes another's place comes back to the shell at once
        raise SystemExit(run(command))
    # The command takes our place: whoever stops or kills us stops it, and nothing stays behind.
    sys.stdout.flush()
    sys.stderr.flush()
    os.chdir(ROOT)
    os.execve(command[0], command, _environment())  # noqa: S606 - no shell is needed


class Steps:
    """Programs that run at the same time, each by its name; what one says is printed once it is done."""

    def __init__(self, begun: dict[str, tuple[subprocess.Popen, IO[bytes]]]) -> None:
        self._begun = begun

    @property
    def processes(self) -> list[subprocess.Popen]:
        """All of them, done or not."""
        return [process for process, _ in self._begun.values()]

    def wait(self, *names: str) -> list[str]:
        """Wait for some of them and print what each said; the names of those that failed."""
        failed = []
        with _given_on(*self.processes):
            for name in names:
                process, said = self._begun[name]
                failed += [name] if _waited_for(process) else []
                print(f"== {name}", flush=True)
                said.seek(0)
                print(said.read().decode("utf-8", "replace"), end="", flush=True)
        return failed


@contextlib.contextmanager
def begun(commands: dict[str, list[str]]) -> Iterator[Steps]:
    """Run programs at the same time; all of them have ended when this has."""
    with contextlib.ExitStack() as stack:
        running = {}
        with _given_on() as also:
            for name, command in commands.items():
                said = stack.enter_context(tempfile.TemporaryFile())
                process = stack.enter_context(
                    subprocess.Popen(
                        command, cwd=ROOT, env=_environment(), stdout=said, stderr=subprocess.STDOUT
                    )
                )
                also(process)
                running[name] = (process, said)
        yield Steps(running)


def run_together(commands: dict[str, list[str]]) -> list[str]:
    """Run programs at the same time and print what each said when it is done; the names of those that failed."""
    with begun(commands) as steps:
        return steps.wait(*commands)


def run(command: list[str], beside: Steps | None = None, **environment: str) -> int:
    """Run a program in the project, with our output; it is stopped when we are. Its exit code.

    Args:
        command: The program and its arguments.
        beside: What has begun before and goes on meanwhile; it is stopped when we are, too.
        environment: More variables of its environment.
    """
    others = beside.processes if beside else []
    with (
        _given_on(*others) as also,
        subprocess.Popen(command, cwd=ROOT, env=_environment(**environment)) as process,
    ):
        also(process)
        return _waited_for(process)


def _waited_for(process: subprocess.Popen) -> int:
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the program was interrupted as well and says so itself


def _environment(**environment: str) -> dict[str, str]:
    inherited = {
        key: value
        for key, value in os.environ.items()
        if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }
    return {**inherited, **environment}


@contextlib.contextmanager
def _given_on(*processes: subprocess.Popen) -> Iterator[Callable[[subprocess.Popen], None]]:
    """Give the signals that would end us alone to the programs for which we wait.

    Yields:
        What takes one program more. It is given what came before, too: whoever only listened once it runs would end
        alone on a signal in between, and leave it behind.
    """
    listening = list(processes)
    came: list[int] = []

    def give(number: int, frame: object) -> None:
        came.append(number)
        for process in listening:
            process.send_signal(number)

    def also(process: subprocess.Popen) -> None:
        listening.append(process)
        for number in came:
            process.send_signal(number)

    with _handled(give):
        yield also


@contextlib.contextmanager
def _ended_by_signals() -> Iterator[None]:
    """End with an exception, so that a pip at work for us is ended as well."""

    def end(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    with _handled(end):
        yield


@contextlib.contextmanager
def _handled(handler: Callable[[int, object], None]) -> Iterator[None]:
    names = [name for name in ("SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)]
    before = {getattr(signal, name): signal.getsignal(getattr(signal, name)) for name in names}
    caught = [number for number, how in before.items() if how not in (signal.SIG_IGN, None)]
    for number in caught:
        signal.signal(number, handler)
    try:
        yield
    finally:
        for number in caught:
            signal.signal(number, before[number])
