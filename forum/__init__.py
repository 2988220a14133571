"""The map of the house.

Rooms of the ground floor: config (settings), db and postgresql (both databases), errors, security, web (pages and
fragments), compress and vary (what travels), visitors (pages kept for those without a cookie), pieces and frames (parts
of pages kept by what they say, pages kept but for what is one reader's own), packed (these, compressed once), assets
(the site's own files), text and dates (what is shown), prepared and rows (SQL composed once, rows read along a plan),
together (acts written in one transaction), once (a form is one act), mail and signed (letters, addresses that prove
themselves), jobs and journal (what comes after an act), migrate (the schema), serving, gateway and worker (the
processes), commands, setup and backup (the command line).

Features, each a folder with the same rooms (models, rules, queries, actions, routes), from the lowest to the highest;
a feature imports only lower ones, except that routes.py, which nobody imports, may ask any feature:
places, accounts, tags, groups, discussions, proposals, initiatives, live, search, notifications, moderation, sandbox,
home, demo.
"""

from importlib import import_module
from pathlib import Path

from flask import Flask

FEATURES = (
    "places",
    "accounts",
    "tags",
    "groups",
    "discussions",
    "proposals",
    "initiatives",
    "live",
    "search",
    "notifications",
    "moderation",
    "sandbox",
    "home",
)

ROOMS = Path(__file__).parent


def install_features(app: Flask) -> None:
    """Register each feature's blueprint and command group, where it has them, from the lowest to the highest."""
    for feature in FEATURES:
        if _has(feature, "routes"):
            app.register_blueprint(import_module(f"forum.{feature}.routes").bp)
        if _has(feature, "commands"):
            app.cli.add_command(import_module(f"forum.{feature}.commands").commands)


def _has(feature: str, room: str) -> bool:
    """Whether a feature has this room, as a file or as a folder of nouns."""
    return (ROOMS / feature / f"{room}.py").exists() or (ROOMS / feature / room).is_dir()
