"""The worker process: jobs from the queue, the index and the notices kept up with the journal, letters sent."""

import logging
import threading
import time
from collections.abc import Callable

from huey import crontab

from forum import limits
from forum.database.connection import database
from forum.notifications import delivery
from forum.search.actions import index_changes
from forum.tasks import mail
from forum.tasks.jobs import huey

logger = logging.getLogger("parvis.worker")

# A new text is found within two seconds: what waits in the journal is looked for this often, in seconds.
PAUSE = 0.25
# What follows acts, by the name of its thread; each returns 0 when nothing waits.
FOLLOWERS: dict[str, Callable[[], int]] = {
    "index": index_changes,
    "notices": delivery.run_once,
    "letters": mail.run_once,
}


def run() -> None:
    """Work until a signal ends the process."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    stop = threading.Event()
    loops = [threading.Thread(target=follow, args=(name, stop), name=name, daemon=True) for name in FOLLOWERS]
    for loop in loops:
        loop.start()
    consumer = huey.create_consumer(workers=1, initial_delay=0.1, max_delay=0.5, scheduler_interval=1)
    try:
        consumer.run()
    finally:
        stop.set()
        for loop in loops:
            loop.join(5)


def follow(name: str, stop: threading.Event) -> None:
    """Do what waits, again and again; what goes wrong is logged, and tried again after a while."""
    while not stop.is_set():
        try:
            with database.connection_context():
                busy = FOLLOWERS[name]()
        except OSError as problem:
            # A full disk, a folder closed to us, a network down: where it was met says less than the system does.
            logger.error("%s: %s; trying again, readers get what can be read meanwhile", name, problem)
            busy = 0
            stop.wait(2)
        except Exception:
            logger.exception("%s", name)
            busy = 0
            stop.wait(2)
        if not busy:
            stop.wait(PAUSE)


@huey.periodic_task(crontab(minute="*/10"))
def forget_old_counts() -> None:
    """Rate counts are kept for a day at most."""
    limits.forget_counts(time.time())
