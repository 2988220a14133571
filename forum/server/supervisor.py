"""Serve the site with its worker; whatever was started is stopped with it, however it ends."""

import resource
import signal
import socket
import sys
import tempfile

from forum.config import ROOT, Config
from forum.database import migrate
from forum.demo import load as demo
from forum.server import setup
from forum.server.processes import Child, stop, watch

CONNECTIONS = 8_192


def serve(settings: Config) -> None:
    """Set up what is missing, then serve until Ctrl-C. Exits with one line when the port is taken."""
    refuse_taken_port(settings.host, settings.port)
    refuse_unwritable_index(settings.search_url)
    allow_many_connections()
    new = prepare(settings)
    print(f"Parvis: {settings.base_url}{'  (demonstration content: sign in as demo)' if new else ''}", flush=True)
    if note := setup.moderation_note():
        print(f"Parvis: {note}", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # A shell starts its background jobs with Ctrl-C ignored: a signal sent on purpose must still end us.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    children = [Child("web server", web_command(settings)), Child("worker", worker_command())]
    try:
        watch(children)
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        stop(child.process for child in children)


def prepare(settings: Config) -> bool:
    """Schema, places and, on the first start, the demonstration content. Whether that was loaded now."""
    for _ in setup.init(settings):
        pass
    with migrate.alone():
        wanted = settings.demo and setup.is_new()
        return wanted and demo.load()


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
