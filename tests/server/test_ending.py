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


def test_a_web_server_whose_processes_keep_dying_is_started_again(run):
    site = run(WEB_WORKERS="1")
    # The web server gives up when one of its processes dies twice in a row, as on a machine short of memory.
    for _ in range(2):
        eldest = site.processes()[0]
        (former,) = descendants(web_server(eldest))
        former.kill()
        wait_until(lambda former=former: not former.is_running() and site.is_ready(), PATIENCE, site.said)
    wait_until(site.is_ready, PATIENCE, site.said)


def test_a_web_server_that_is_killed_leaves_no_orphan_and_comes_back(run):
    site = run(WEB_WORKERS="2")
    former = web_server(site.processes()[0])
    orphans = descendants(former)
    assert len(orphans) == 2
    former.kill()
    _, alive = psutil.wait_procs(orphans, PATIENCE)
    assert not alive
    wait_until(site.is_ready, PATIENCE, site.said)
    assert "the web server ended with status -9, starting it again in 0.5 s" in site.said()


def test_orphans_end_when_nobody_is_left_to_bury_them(run):
    site = run(WEB_WORKERS="2")
    everyone = site.processes()
    web, eldest = web_server(everyone[0]), everyone[0]
    orphans = descendants(web)
    web.kill()
    eldest.kill()
    check_all_ended(site, [process for process in everyone if process not in (web, eldest)])
    assert len(orphans) == 2


def web_server(eldest: psutil.Process) -> psutil.Process:
    (server,) = [process for process in eldest.children() if "granian" in process.cmdline()]
    return server


def descendants(process: psutil.Process) -> list[psutil.Process]:
    """Its processes but for Python's own keeper of shared resources."""
    return [each for each in process.children() if "resource_tracker" not in " ".join(each.cmdline())]


def workers(site: RunningSite) -> list[psutil.Process]:
    """The processes of the site that run its worker; what has ended but is still listed has no command line."""
    alive = [process for process in site.processes() if process.status() != psutil.STATUS_ZOMBIE]
    return [process for process in alive if process.cmdline()[-1:] == ["worker"]]


def check_all_ended(site: RunningSite, processes: list[psutil.Process]) -> None:
    _, alive = psutil.wait_procs(processes, PATIENCE)
    commands = [process.cmdline() for process in alive]
    for process in alive:
        process.kill()
    assert not commands
    with socket.create_server(("127.0.0.1", site.port)):
        pass
