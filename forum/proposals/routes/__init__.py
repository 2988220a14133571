"""Proposals over HTTP: one file for each page, all on one blueprint."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint

from forum.proposals import queries
from forum.web.cache.guest_pages import expire_at

bp = Blueprint("proposals", __name__)
expire_at(queries.next_opening, queries.next_closing)

for page in iter_modules(__path__):
    import_module(f"{__name__}.{page.name}")
