"""What else of a request an answer depends on (Vary: RFC 9110, 12.5.5)."""

from werkzeug.wrappers import Response


def vary(response: Response, *names: str) -> None:
    """Tell caches that this answer differs by these headers of the request, besides those it names already."""
    # werkzeug's own set of names is read and written whole at each name: four of them cost as much as a question to the
    # database.
    known = response.headers.get("Vary", "")
    listed = {name.strip().lower() for name in known.split(",")}
    new = [name for name in names if name.lower() not in listed]
    if new:
        response.headers["Vary"] = ", ".join([known, *new] if known else new)
