"""The worker goes on whatever happens to what it follows."""

import errno
import threading

from forum.server import worker


def test_a_full_disk_is_said_in_one_sentence_and_tried_again(site, monkeypatch, caplog):
    stop, tries = threading.Event(), []

    def full() -> int:
        tries.append(1)
        if len(tries) < 3:
            raise OSError(errno.ENOSPC, "No space left on device", "search_index/groupes")
        stop.set()
        return 0

    monkeypatch.setitem(worker.FOLLOWERS, "index", full)
    monkeypatch.setattr(stop, "wait", lambda _: None)
    worker.follow("index", stop)
    said = [record for record in caplog.records if record.levelname == "ERROR"]
    assert [record.getMessage() for record in said] == [
        "index: [Errno 28] No space left on device: 'search_index/groupes'; trying again, "
        "readers get what can be read meanwhile"
    ] * 2
    assert not any(record.exc_info for record in said)
