"""The first page, the pages about the site, and the two addresses that watchers ask."""

from flask import Blueprint, Response, abort, current_app, jsonify, make_response
from peewee import PeeweeException

from forum.database import migrate
from forum.database.connection import connected
from forum.discussions import queries as discussions
from forum.groups import queries as groups
from forum.initiatives import queries as initiatives
from forum.proposals import queries as proposals
from forum.search import queries as search
from forum.tags import queries as tags
from forum.text.typed import one_line
from forum.web import assets
from forum.web.pages import show
from forum.web.requests import me

bp = Blueprint("home", __name__)

ABOUT = {
    "a-propos": "about",
    "donnees": "data",
    "accessibilite": "accessibility",
    "hors-ligne": "offline",
}


# So many of my groups stand on the first page, the liveliest; the others are on mine.
MINE = 8


@bp.get("/")
def home() -> Response:
    coming = initiatives.upcoming_for(me(), 3)
    listed = discussions.recent_for(me(), 10)
    mine = groups.liveliest(me(), 6) if me().is_guest else groups.groups_of(me(), MINE + 1)
    return show(
        "home/home.html",
        groups=mine[:MINE],
        more_groups=len(mine) > MINE,
        proposals=proposals.open_anywhere(me(), 2) if me().is_guest else proposals.open_for(me(), 5),
        discussions=listed,
        unread=discussions.unread_in(me(), listed),
        initiatives=coming,
        coming=initiatives.counts(coming),
        sandbox=current_app.config["SETTINGS"].sandbox,
        news=[] if me().is_guest else tags.news_for(me()),
    )


@bp.get("/<any('a-propos', donnees, accessibilite, 'hors-ligne'):page>")
def about(page: str) -> Response:
    return show(f"home/{ABOUT.get(page) or abort(404)}.html", settings=current_app.config["SETTINGS"])


@bp.get("/manifest.webmanifest")
def manifest() -> Response:
    """What a phone needs to put the site on its home screen (w3.org/TR/appmanifest)."""
    name = current_app.config["SETTINGS"].site_name
    response = jsonify(
        id="/",
        name=name,
        short_name=name[:12],
        description="Trouver son groupe, discuter, proposer, décider ensemble.",
        lang="fr",
        start_url="/",
        scope="/",
        display="standalone",
        theme_color="#fffdf9",
        background_color="#fffdf9",
        icons=[
            _icon("icon.svg", "any", "any"),
            *(_icon(f"icon-{w}.png", f"{w}x{w}", "any maskable") for w in (192, 512)),
        ],
        shortcuts=[{"name": "Mes groupes", "url": "/moi"}, {"name": "Trouver un groupe", "url": "/groupes"}],
    )
    response.mimetype = "application/manifest+json"
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response


def _icon(source: str, sizes: str, purpose: str) -> dict[str, str]:
    kind = "image/svg+xml" if source.endswith(".svg") else "image/png"
    return {"src": assets.address(source), "sizes": sizes, "type": kind, "purpose": purpose}


@bp.get("/healthz")
def alive() -> Response:
    """That this process answers, whatever the database does: who asks may start it again, which mends no database."""
    return _plain("ok")


@bp.get("/readyz")
def ready() -> Response:
    """Whether requests can be served: the schema is there, and search answers."""
    try:
        with connected():
            problem = _unready()
    except PeeweeException as failure:
        problem = f"database: {one_line(str(failure))}"
    return _plain(problem, 503) if problem else _plain("ok")


def _unready() -> str:
    """What keeps requests from being served, '' for nothing."""
    if migrate.missing():
        return "database: migrations not applied"
    unready = search.index_problem()
    return f"search: {unready}" if unready else ""


def _plain(text: str, status: int = 200) -> Response:
    response = make_response(f"{text}\n", status)
    response.mimetype = "text/plain"
    response.headers["Cache-Control"] = "no-store"
    return response
