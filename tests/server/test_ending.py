"""Whatever the site has started ends with it, however it ends, and its port is free again."""

import signal
import socket

import psutil

from tests.server.running import PATIENCE, RunningSite, wait_until


def test_an_interrupt_ends_every_process(run):
    site = run(WEB_WORKERS="2")
    everyone = site.processes()
    assert len(everyone) == 5
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(PATIENCE) == 0
    check_all_ended(site, everyone)


def test_the_web_server_and_the_worker_end_with_whoever_started_them(run):
    site = run(WEB_WORKERS="2")
    eldest, *others = site.processes()
    eldest.kill()
    check_all_ended(site, others)


def test_a_worker_that_dies_is_started_again(run):
    site = run(WEB_WORKERS="1")
    (former,) = workers(site)
    former.kill()
    wait_until(lambda: workers(site) not in ([], [former]), PATIENCE, "no worker is started again")


def workers(site: RunningSite) -> list[psutil.Process]:
    """The processes of the site that run its worker; what has ended but is still listed has no command line."""
    alive = [process for process in site.processes() if process.status() != psutil.STATUS_ZOMBIE]
    return [process for process in alive if process.cmdline()[-1:] == ["worker"]]


def check_all_ended(site: RunningSite, processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, PATIENCE)
    for process in alive:
        process.kill()
    assert not alive
    with socket.create_server(("127.0.0.1", site.port)):
        pass
