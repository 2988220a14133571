"""A text browser, driven key by key in a terminal of its own."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import threading
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

# Cookies that are meant to last are kept in a file from one run to the next; lynx forgets the others.
SETTINGS = "PERSISTENT_COOKIES:TRUE\nACCEPT_ALL_COOKIES:TRUE\n"
TAB, ENTER = "<tab>", "^J"
ROWS, COLUMNS = 400, 120


class Lynx:
    """One visitor's lynx. Each act is a run of its own: the page is opened, keys are pressed, lynx is left."""

    def __init__(self, program: str, folder: Path, address: str):
        self.program, self.folder, self.address = program, folder, address
        (folder / "lynx.cfg").write_text(SETTINGS)

    def read(self, path: str) -> str:
        """A page as it stands on the screen, each link and each field with its number in front."""
        command = [*self._command(), "-dump", "-nolist", f"-width={COLUMNS}", self.address + quote(path, "/?=&#")]
        return subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout

    def press(self, path: str, name: str, typed: Mapping[str, str] | None = None) -> None:
        """Type into the fields after these labels, in their order on the page, then press the button of this name."""
        page, keys, place = self.read(path), [], 0
        stops = tab_stops(page)
        for label, text in (typed or {}).items():
            field = stops.index(after(page, label))
            keys += [TAB] * (field - place) + [ENTER, *text, TAB]
            place = field + 1
        keys += [TAB] * (stops.index(before(page, name)) - place) + [ENTER, "Q"]
        self._run(path, keys)

    def _run(self, path: str, keys: list[str]) -> None:
        script = self.folder / "keys"
        script.write_text("".join(f"key {'<space>' if key == ' ' else key}\n" for key in keys))
        terminal, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        command = [*self._command(), f"-cmd_script={script}", "-tna", "-nopause", self.address + quote(path, "/?=&#")]
        environment = {**os.environ, "TERM": "vt100", "LC_ALL": "C.UTF-8"}
        process = subprocess.Popen(command, stdin=inside, stdout=inside, stderr=inside, env=environment)
        os.close(inside)
        threading.Thread(target=drain, args=(terminal,), daemon=True).start()
        try:
            assert process.wait(30) == 0
        finally:
            process.kill()

    def _command(self) -> list[str]:
        jar = self.folder / "cookies"
        files = [f"-cfg={self.folder / 'lynx.cfg'}", f"-cookie_file={jar}", f"-cookie_save_file={jar}"]
        return [self.program, *files, "-number_fields", "-assume_charset=utf-8", "-display_charset=utf-8"]


def tab_stops(page: str) -> list[int]:
    """The numbers that the tab key leads to, in their order: the lines of a text area are numbered but are one stop."""
    area = re.compile(r"^ *\[\s*\d+\]_+\n(?: *\[\s*\d+\]_+\n)+", re.MULTILINE)
    page = area.sub(lambda lines: lines[0].partition("\n")[0] + "\n", page)
    return [int(number) for number in re.findall(r"\[\s*(\d+)\]", page)]


def after(page: str, label: str) -> int:
    """The number of the field that follows a label."""
    found = re.search(rf"{re.escape(label)}.*?\[\s*(\d+)\]", page, re.DOTALL)
    assert found, f"no field after {label!r} on:\n{page}"
    return int(found[1])


def before(page: str, name: str) -> int:
    """The number of the button of this name."""
    found = re.search(rf"\[\s*(\d+)\]\w+\)\s*{re.escape(name)}", page)
    assert found, f"no button {name!r} on:\n{page}"
    return int(found[1])


def drain(terminal: int) -> None:
    """Read what is shown until its program ends; unread, it would stop the program."""
    try:
        while os.read(terminal, 65_536):
            pass
    except OSError:
        pass
    finally:
        os.close(terminal)
