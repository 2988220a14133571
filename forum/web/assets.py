"""The site's own files: one stylesheet, scripts and icon under names that change with them.

The stylesheet stands in the first page somebody is shown, which paints without waiting for another file; the pages that
links of this site lead to name the file, which the browser has kept by then.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import brotli
from flask import Flask, Response, abort, request
from flask_login import current_user
from markupsafe import Markup

from forum.config import ROOT
from forum.web.headers import source_of

STATIC = ROOT / "static"
BUILD = STATIC / "build"

# What is served, and the files each is made of, in order: htmx and our own lines travel as one request.
# (A browser too old for the syntax of htmx runs neither: the site is then plain pages and forms.)
SOURCES = {
    "parvis.js": ("vendor/htmx-4.0.1.min.js", "parvis.js", "focus.js", "live.js"),
    # For members, apart: it also runs where htmx does not.
    "line.js": ("outbox.js", "waiting.js", "drafts.js", "acts.js"),
    # On the page of a discussion, for members.
    "answers.js": ("reading.js", "answering.js"),
    # In the form of a proposal.
    "dates.js": ("dates.js",),
    # On the page of a ticket alone.
    "draws.js": ("draws.js",),
    "parvis.css": ("parvis.css",),
    "icon.svg": ("icon.svg",),
    # For a phone's home screen; static/make_icons.py draws them.
    "icon-192.png": ("icon-192.png",),
    "icon-512.png": ("icon-512.png",),
}
# What a phone keeps of it to read without a line, and the script that does so.
IN_SHELL = ("parvis.js", "line.js", "answers.js", "icon.svg")
WORKER = ("outbox.js", "sw.js")
TYPES = {
    ".png": "image/png",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """One served file: its hashed name, media type, and its bytes by content coding ("" is plain)."""

    name: str
    type: str
    bodies: dict[str, bytes]


def install(app: Flask) -> None:
    """Serve /static/build/<name> and /sw.js; give templates `stylesheet`, `asset(name)`, `signed_in()` and `ui`.

    The macros are compiled here: raises TemplateAssertionError where a filter of theirs is still to come.
    """
    app.add_url_rule("/static/build/<name>", "assets.file", serve)
    app.add_url_rule("/sw.js", "assets.worker", serve_worker)
    env = app.jinja_env
    env.globals.update(stylesheet=Markup(stylesheet()), asset=address, signed_in=_signed_in)  # noqa: S704
    ui = env.get_template("ui.html").module
    # The same few ornaments stand in every page.
    ui.icon = lru_cache(maxsize=200)(ui.icon)  # type: ignore[attr-defined]
    env.globals["ui"] = ui


def address(source: str) -> str:
    """The address of a file of SOURCES; raises KeyError for any other."""
    return f"/static/build/{_names()[source]}"


def serve(name: str) -> Response:
    """The file in the best coding the browser takes; kept a year, for its name changes whenever it does."""
    asset = _assets().get(name) or abort(404)
    coding = next((code for code in ("br", "gzip") if code in asset.bodies and request.accept_encodings[code] > 0), "")
    response = Response(asset.bodies[coding], content_type=asset.type)
    if coding:
        response.content_encoding = coding
    response.vary.add("Accept-Encoding")
    response.cache_control.public = True
    response.cache_control.max_age = 31_536_000
    response.cache_control.immutable = True
    response.set_etag(f"{name}{coding and '-' + coding}")
    response.make_conditional(request)
    return response


def serve_worker() -> Response:
    """The service worker: always asked for again, as it says which edition of the other files a phone keeps."""
    response = Response(_worker(), content_type=TYPES[".js"])
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    response.set_etag(hashlib.sha256(_worker().encode()).hexdigest()[:20])
    response.make_conditional(request)
    return response


@cache
def _worker() -> str:
    files = [address(source) for source in IN_SHELL]
    known = json.dumps({"files": files, "edition": hashlib.sha256("".join(files).encode()).hexdigest()[:10]})
    return "\n".join((f"self.PARVIS={known};", *map(_read, WORKER)))


@cache
def stylesheet() -> str:
    """The minified stylesheet, as it stands inside <style>."""
    return minified((STATIC / "parvis.css").read_text())


def style_source() -> str:
    """The source expressions that let exactly this stylesheet through a Content-Security-Policy, in a page (CSP 3,
    6.7.3.3) or as a file of this site. The worker (static/sw.js) reads the first."""
    return f"{source_of(stylesheet())} 'self'"


def minified(css: str) -> str:
    """The stylesheet without comments and idle white space. Strings stay as they are; nothing is renamed or moved."""
    parts = re.split(r"""("[^"\n]*"|'[^'\n]*')""", re.sub(r"/\*.*?\*/", "", css, flags=re.S))
    return "".join(part if index % 2 else _squeezed(part) for index, part in enumerate(parts)).strip()


def _squeezed(css: str) -> str:
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    return re.sub(r":\s", ":", css).replace(";}", "}")


@cache
def _assets() -> dict[str, Asset]:
    """Every served file by its hashed name. They are small (about 55 kB in all codings) and stay in memory."""
    return {asset.name: asset for asset in map(_built, SOURCES)}


@cache
def _names() -> dict[str, str]:
    return dict(zip(SOURCES, _assets(), strict=True))


def _built(source: str) -> Asset:
    stem, suffix = Path(source).stem, Path(source).suffix
    packed = suffix == ".png"
    plain = (STATIC / source).read_bytes() if packed else "\n".join(map(_read, SOURCES[source])).encode()
    name = f"{stem}.{hashlib.sha256(plain).hexdigest()[:10]}{suffix}"
    bodies = {"": _kept(BUILD / name, lambda: plain)}
    if packed:
        return Asset(name, TYPES[suffix], bodies)
    bodies |= {
        "br": _kept(BUILD / f"{name}.br", lambda: brotli.compress(plain)),
        "gzip": _kept(BUILD / f"{name}.gz", lambda: gzip.compress(plain, mtime=0)),
    }
    return Asset(name, TYPES[suffix], bodies)


def _read(part: str) -> str:
    """A source; our own scripts lose their comments and indentation, which hold no string over several lines."""
    if part == "parvis.css":
        return stylesheet()
    text = (STATIC / part).read_text().strip()
    if part.startswith("vendor/") or not part.endswith(".js"):
        return text
    return re.sub(r"^\s+", "", re.sub(r"^ */\*.*?\*/$", "", text, flags=re.S | re.M), flags=re.M)


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """The file's bytes, made and written on the first start; a server in front may serve static/build by itself."""
    if path.exists():
        return path.read_bytes()
    body = make()
    try:
        path.parent.mkdir(exist_ok=True)
        draft = path.with_name(f"{path.name}.{id(body)}.new")
        draft.write_bytes(body)
        draft.replace(path)
    except OSError:
        # The disk may be read-only: then each start compresses anew, and memory serves.
        return body
    return body


def _signed_in() -> bool:
    return current_user.is_authenticated
