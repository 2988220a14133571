"""The worker process: jobs from the queue, and the index kept up with the journal."""

import logging
import threading
import time

from huey import crontab

from forum import security
from forum.db import database
from forum.jobs import huey
from forum.search import indexer

logger = logging.getLogger("parvis.worker")

# A new text is found within two seconds: what waits for the index is looked for this often, in seconds.
PAUSE = 0.25


def run() -> None:
    """Work until a signal ends the process."""
    logging.getLogger("huey").setLevel(logging.WARNING)
    stop = threading.Event()
    loop = threading.Thread(target=index_forever, args=(stop,), name="index", daemon=True)
    loop.start()
    consumer = huey.create_consumer(workers=1, initial_delay=0.1, max_delay=0.5, scheduler_interval=1)
    try:
        consumer.run()
    finally:
        stop.set()
        loop.join(5)


def index_forever(stop: threading.Event) -> None:
    """Index what waits, again and again; what goes wrong is logged, and tried again after a while."""
    while not stop.is_set():
        try:
            with database.connection_context():
                busy = indexer.run_once()
        except Exception:
            logger.exception("indexing")
            busy = False
            stop.wait(2)
        if not busy:
            stop.wait(PAUSE)


@huey.periodic_task(crontab(minute="*/10"))
def forget_old_counts() -> None:
    """Rate counts are kept for a day at most."""
    security.forget_counts(time.time())
