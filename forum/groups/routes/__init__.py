"""Groups over HTTP: one file for each page, all on one blueprint."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint

from forum.groups import queries
from forum.web.requests import me

bp = Blueprint("groups", __name__)
# How many belong, as whoever looks may know it.
bp.add_app_template_filter(lambda group: queries.members_told(me(), group), "members")

for page in iter_modules(__path__):
    import_module(f"{__name__}.{page.name}")
