"""Rules, queries, actions and models load nothing of HTTP and no templates, to the end of what they import.

test_imports reads what each file imports itself; here every room is really imported, in an interpreter of its own.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("models", "rules", "queries", "actions", "holdings")
FORBIDDEN = ("flask", "flask_login", "flask_wtf", "werkzeug", "htmx_flask", "brotli", "jinja2", "forum.web")

# Refuses to load what is forbidden with an error that no `except ImportError` hides; its traceback names the way there.
IMPORTER = """
import sys, traceback
from importlib import import_module

forbidden, names = (each.split(",") for each in sys.argv[1:])

class Guard:
    def find_spec(self, name, path=None, target=None):
        assert name not in forbidden, f"{name} is loaded"

sys.meta_path.insert(0, Guard())
for name in names:
    try:
        import_module(name)
    except AssertionError:
        print(f"{name}:", traceback.format_exc())
"""


def rooms() -> list[str]:
    """Every file of the rooms without HTTP, of every feature, and what counts votes."""
    files, folders = (f"forum/*/{{}}{rest}" for rest in (".py", "/**/*.py"))
    paths = [path for room in ROOMS for where in (files, folders) for path in ROOT.glob(where.format(room))]
    names = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in paths}
    return ["forum.proposals.methods", *sorted(names)]


def load(names: list[str]) -> str:
    """What an interpreter that knows nothing yet says of importing these modules one after the other."""
    arguments = [sys.executable, "-c", IMPORTER, ",".join(FORBIDDEN), ",".join(names)]
    done = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def test_no_room_but_routes_loads_http_or_templates():
    assert len(rooms()) > 100
    assert load(rooms()) == ""


def test_the_guard_sees_what_is_loaded_by_way_of_another_module():
    assert "flask is loaded" in load(["forum.home.routes"])
