"""Pages to be shown inside other sites: what everybody may read, without cookie, script, form, or anything to press but
links that open the page itself."""

from typing import Any

from flask import Response, render_template, request

from forum.web.assets import stylesheet
from forum.web.headers import FRAMED, source_of

# So long a copy may stand in another site before it is asked for again, in seconds.
FRESH = 30
# What it is in a page of another site: as wide as a phone.
WIDTH, HEIGHT = 360, 480


def framed(template: str, **facts: Any) -> Response:
    """The page of this template, which extends layouts/frame.html, as any site may embed it."""
    policy = (
        f"default-src 'none'; style-src {source_of(stylesheet())}; img-src data:; "
        f"form-action 'none'; base-uri 'none'; {FRAMED}"
    )
    headers = {
        "Content-Security-Policy": policy,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": f"public, max-age={FRESH}",
    }
    page = request.path.removesuffix("/cadre")
    return Response(render_template(template, page=page, **facts), headers=headers)
