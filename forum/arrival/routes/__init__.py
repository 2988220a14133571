"""Coming in over HTTP: one file for each page, all on one blueprint."""

from importlib import import_module
from pkgutil import iter_modules

from flask import Blueprint

bp = Blueprint("arrival", __name__)

for page in iter_modules(__path__):
    import_module(f"{__name__}.{page.name}")
