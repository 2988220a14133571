"""The files of one Whoosh index: builds beside each other, and the pointer that says which one is read.

<shelf>/CURRENT names the build in use; <shelf>/<build>/ holds what Whoosh writes. Whoosh never calls fsync and keeps no
checksum, so a build is disposable. It also unpickles what it reads: whoever writes here runs code, hence mode 0700.
"""

import contextlib
import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from forum.search.engines import analyser
from forum.search.engines.protocol import Busy, Ref

# Raise the first number when the fields change: builds of another version are not read, and the worker rebuilds.
VERSION = f"3.{analyser.VERSION}"
KEEP_SECONDS = 600

_TOC = re.compile(r"^_MAIN_(\d+)\.toc$")
_STRAY_TOC = re.compile(r"^_MAIN_\d+\.toc\..+$")


class Builds:
    """The builds of one shelf."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def current(self) -> Path | None:
        """The build in use, or None when there is none of this version."""
        try:
            # Whatever a failing disk has put there names no build.
            name = (self.folder / "CURRENT").read_text(errors="replace")
        except (FileNotFoundError, NotADirectoryError):
            return None
        build = self.folder / name
        return build if name.startswith(f"{VERSION}-") and "/" not in name and build.is_dir() else None

    def generation(self) -> str:
        """Name of the build and number of its last commit; empty without a build."""
        build = self.current()
        if build is None:
            return ""
        commits = [int(match[1]) for name in os.listdir(build) if (match := _TOC.match(name))]
        return f"{build.name}/{max(commits)}" if commits else ""

    def new(self) -> Path:
        """An empty folder for a build, not yet in use."""
        self._own()
        build = self.folder / f"{VERSION}-{time.time_ns()}"
        build.mkdir(mode=0o700)
        return build

    def swap(self, build: Path) -> None:
        """Put `build` in use, once its bytes are on the disk."""
        for path in build.iterdir():
            _flush(path)
        _flush(build)
        pointer = self.folder / "CURRENT.new"
        pointer.write_text(build.name)
        _flush(pointer)
        pointer.replace(self.folder / "CURRENT")
        _flush(self.folder)
        self.mend()

    def sweep(self) -> None:
        """Remove what a killed process left, and the builds out of use for ten minutes; the caller holds both locks."""
        current = self.current()
        for path in self.folder.iterdir():
            old = time.time() - path.stat().st_mtime > KEEP_SECONDS
            if path.is_dir() and path != current and old:
                shutil.rmtree(path, ignore_errors=True)
        for path in current.iterdir() if current else ():
            if _STRAY_TOC.match(path.name):
                path.unlink(missing_ok=True)

    def spoil(self) -> None:
        """Say that the build in use cannot be read: a reader can do no more, the process that writes rebuilds."""
        with contextlib.suppress(OSError):
            (self.folder / "SPOILT").touch(mode=0o600)

    def mend(self) -> None:
        (self.folder / "SPOILT").unlink(missing_ok=True)

    def spoilt(self) -> bool:
        return (self.folder / "SPOILT").exists()

    @contextlib.contextmanager
    def lock(self, name: str, wait: bool = False) -> Iterator[None]:
        """Hold the lock `name` ("writing", "building"); the kernel frees it if the process dies. Raises Busy."""
        self._own()
        with open(self.folder / f"{name}.flock", "w") as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy(f"{self.folder.name}: {name}") from error
            yield

    def follow(self) -> None:
        """Start noting what is written, for the build that is being made; the caller holds "writing"."""
        (self.folder / "TOUCHED").write_text("")

    def note(self, refs: Iterable[Ref]) -> None:
        """Add `refs` to what was written during a build, if one is being made; the caller holds "writing"."""
        if not (self.folder / "TOUCHED").exists():
            return
        try:
            with self.lock("building"):
                (self.folder / "TOUCHED").unlink()
        except Busy:
            with (self.folder / "TOUCHED").open("a") as touched:
                touched.writelines(f"{kind} {number}\n" for kind, number in refs)

    def noted(self) -> list[Ref]:
        """What was written since `follow`, each once; stops noting."""
        lines = (self.folder / "TOUCHED").read_text().splitlines()
        (self.folder / "TOUCHED").unlink()
        return [(kind, int(number)) for kind, number in (line.split() for line in dict.fromkeys(lines))]

    def _own(self) -> None:
        for folder in (self.folder.parent, self.folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if folder.stat().st_mode & 0o077:
                folder.chmod(0o700)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
