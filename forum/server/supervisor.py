"""Serve the site with its worker; whatever was started is stopped with it, however it ends."""

import ctypes
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time

from forum.config import ROOT, Config
from forum.demo import load as demo
from forum.server import setup

# prctl(2): the signal a process gets when its parent dies, so that a killed `make run` leaves no port taken.
PR_SET_PDEATHSIG = 1
CONNECTIONS = 8_192


def serve(settings: Config) -> None:
    """Set up what is missing, then serve until Ctrl-C. Exits with one line when the port is taken."""
    refuse_taken_port(settings.host, settings.port)
    refuse_unwritable_index(settings.search_url)
    allow_many_connections()
    new = prepare(settings)
    print(f"Parvis: {settings.base_url}{'  (demonstration content: sign in as demo)' if new else ''}", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # A shell starts its background jobs with Ctrl-C ignored: a signal sent on purpose must still end us.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    processes = [start(web_command(settings)), start(worker_command())]
    try:
        sys.exit(watch(processes))
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        stop(processes)


def prepare(settings: Config) -> bool:
    """Schema, places and, on the first start, the demonstration content. Whether that was loaded now."""
    for _ in setup.init():
        pass
    wanted = settings.demo and setup.is_new()
    if wanted:
        demo.load()
    return wanted


def allow_many_connections() -> None:
    """Let this process and those it starts hold as many connections and files as the system lets them."""
    least, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(least, min(most, 4 * CONNECTIONS)), most))


def web_command(settings: Config) -> list[str]:
    """The web server's command line."""
    options = {
        "--interface": "rsgi",
        "--host": settings.host,
        "--port": str(settings.port),
        "--workers": str(settings.web_workers),
        # Connections held by each process: a page that watches a tally holds one.
        "--backlog": str(CONNECTIONS),
        "--backpressure": str(CONNECTIONS),
        "--workers-kill-timeout": "5",
        "--log-level": "error",
    }
    words = [word for pair in options.items() for word in pair]
    return [sys.executable, "-m", "granian", *words, "--respawn-failed-workers", "app:gate"]


def worker_command() -> list[str]:
    """The worker's command line."""
    return [sys.executable, "-m", "flask", "--app", "app", "worker"]


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, so that Ctrl-C reaches it through us and once."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True, preexec_fn=die_with_parent)  # noqa: S603


def die_with_parent() -> None:
    """Ask Linux to end this process with its parent; elsewhere nothing is promised."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def watch(processes: list[subprocess.Popen[bytes]]) -> int:
    """Wait for the web server's end and return its status; a worker that ends is started again."""
    web, worker = processes
    while web.poll() is None:
        if worker.poll() is not None:
            print(f"parvis: the worker ended with status {worker.returncode}, starting it again", file=sys.stderr)
            time.sleep(1)
            processes[1] = worker = start(worker_command())
        time.sleep(0.2)
    return web.returncode or 0


def stop(processes: list[subprocess.Popen[bytes]]) -> None:
    """End what was started: politely, then after ten seconds by force."""
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


def refuse_taken_port(host: str, port: int) -> None:
    """Exit with one line when this address cannot be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            sys.exit(f"parvis: cannot listen on {host}:{port}: {problem.strerror}. Is another copy running? Set PORT.")


def refuse_unwritable_index(url: str) -> None:
    """Exit with one line when the index cannot be written where this URL says."""
    if not url.startswith("whoosh:"):
        return
    folder = ROOT / url.removeprefix("whoosh:")
    try:
        folder.mkdir(0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as problem:
        sys.exit(f"parvis: SEARCH_URL: nothing can be written in {folder}: {problem.strerror}.")
