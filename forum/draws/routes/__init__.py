"""Draws over HTTP: one file for each part, all on one blueprint."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint

bp = Blueprint("draws", __name__)

for page in iter_modules(__path__):
    import_module(f"{__name__}.{page.name}")
